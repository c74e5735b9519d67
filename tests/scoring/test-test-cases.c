/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-score cases over whole tests: the real program, with lines of ours and, where FIXTURES holds them, those that other
 * engines' tests state (qti/cases_test_level.jsonl). */
#include "tests/check.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* Everything that `wanted` states is so in `got`. */
static bool holds(const json_t *wanted, const json_t *got)
{
    const char *key;
    json_t *v;
    if (json_is_number(wanted))
        return json_is_number(got) && fabs(json_number_value(wanted) - json_number_value(got)) < 1e-6;
    if (!json_is_object(wanted))
        return json_equal(wanted, got);
    json_object_foreach((json_t *)(uintptr_t)wanted, key, v)
    {
        if (!holds(v, json_object_get(got, key)))
            return false;
    }
    return true;
}

static json_t *answers_of(const char *path)
{
    char *command = mem_printf("'%s/cli/score/kaochang-score' cases '%s'", getenv("BUILD_ROOT"), path), *line = NULL;
    size_t room = 0;
    json_t *all = json_array();
    FILE *out = popen(command, "r");
    assert_non_null(out);
    while (getline(&line, &room, out) > 0)
        json_array_append_new(all, json_loads(line, 0, NULL));
    assert_int_equal(pclose(out), 0);
    free(line);
    free(command);
    return all;
}

static size_t misses(const char *path)
{
    struct bytes text = {0};
    struct err e;
    json_t *answers = answers_of(path);
    size_t n_missed = 0, i = 0;
    assert_done(file_read(path, 1 << 20, &text, &e), e);
    for (const char *p = (const char *)text.p; *p; i++) {
        size_t n = strcspn(p, "\n");
        json_t *line = json_loadb(p, n, 0, NULL);
        const json_t *kind = json_object_get(line, "kind"), *wanted = json_object_get(line, "expected");
        const json_t *got = json_array_get(answers, i);
        if (strcmp(json_string_value(kind), "outcome_processing") == 0)
            got = json_object_get(got, "outcomes");
        if (!holds(wanted, got)) {
            char *told = json_dumps(json_array_get(answers, i), JSON_COMPACT);
            print_message("# misses: %s: %s\n", json_string_value(json_object_get(line, "id")), told);
            free(told);
            n_missed++;
        }
        json_decref(line);
        p += n + (p[n] == '\n');
    }
    assert_int_equal(i, json_array_size(answers));
    assert_true(i > 0);
    bytes_release(&text);
    json_decref(answers);
    return n_missed;
}

static void other_engines_cases_of_whole_tests_are_met(void **state)
{
    (void)state;
    const char *fixtures = getenv("FIXTURES");
    char *path = path_join(fixtures ? fixtures : "/nonexistent", "qti/cases_test_level.jsonl");
    if (file_exists(path))
        assert_int_equal(misses(path), 0);
    else
        print_message("# SKIPPED: FIXTURES has no qti/cases_test_level.jsonl\n");
    free(path);
}

static void our_own_cases_of_whole_tests_are_met(void **state)
{
    (void)state;
    char *path = path_join(getenv("SOURCE_ROOT"), "tests/golden/tests/cases.jsonl");
    assert_int_equal(misses(path), 0);
    free(path);
}

static void a_case_that_makes_no_sense_is_told_and_the_others_are_scored(void **state)
{
    (void)state;
    char path[] = "/tmp/kaochang-cases-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    static const char lines[] = "{\"id\":1,\"kind\":\"delivery\",\"test_xml_path\":\"no-such-test.xml\"}\n"
                                "{\"id\":2,\"kind\":\"dance\",\"test_xml_path\":\"t.xml\"}\n"
                                "{\"id\":3,\"test_xml_path\":7}\n";
    assert_int_equal(write(fd, lines, sizeof lines - 1), sizeof lines - 1);
    json_t *answers = answers_of(path);
    assert_int_equal(json_array_size(answers), 3);
    for (size_t i = 0; i < 3; i++)
        assert_non_null(json_string_value(json_object_get(json_array_get(answers, i), "error")));
    json_decref(answers);
    close(fd);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_engines_cases_of_whole_tests_are_met),
        cmocka_unit_test(our_own_cases_of_whole_tests_are_met),
        cmocka_unit_test(a_case_that_makes_no_sense_is_told_and_the_others_are_scored),
    };
    return cmocka_run_group_tests_name("test-cases", tests, NULL, NULL);
}
