/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tests/golden/scoring/NAME.case: "points N", an item, a line "----", then lines "JSON RESPONSES => MILLI-POINTS" (or
 * "=> pending"). One test per file, named by the rule in its first line. */
#include "tests/check.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "paperbank/item/response.h"
#include "tests/scoring/bench.h"

enum { MAX_FILES = 100 };

struct case_file {
    char *path, *rule, *points, *item;
    struct bytes text;
    char *lines; /* behind ---- */
};

static struct response_set read_responses(struct arena *a, const char *line, size_t n)
{
    json_error_t fault;
    json_t *o = json_loadb(line, n, 0, &fault), *list;
    const char *id;
    struct response_set set = {0};
    if (!o)
        fail_msg("not JSON: %.*s", (int)n, line);
    set.response = arena_array(a, json_object_size(o), sizeof *set.response);
    json_object_foreach(o, id, list)
    {
        struct response *r = &set.response[set.n++];
        r->identifier = arena_strdup(a, id);
        r->value = arena_array(a, json_array_size(list), sizeof *r->value);
        for (r->n = 0; r->n < json_array_size(list); r->n++)
            r->value[r->n] = arena_strdup(a, json_string_value(json_array_get(list, r->n)));
    }
    json_decref(o);
    return set;
}

static void check_line(const struct bench *b, const char *line, size_t n)
{
    struct err e;
    struct arena *a = arena_new();
    const char *arrow = memmem(line, n, " => ", 4);
    assert_non_null(arrow);
    struct response_set set = read_responses(a, line, (size_t)(arrow - line));
    struct bytes encoded = {0};
    response_encode(&set, &encoded);
    struct score_answer answer = {.item = "x", .response = bytes_span(&encoded)};
    struct score_work w = bench_work();
    struct score_record rec = {0};
    w.answer = &answer;
    w.n_answers = 1;
    assert_done(score_sitting(b->key, &w, &rec, &e), e);
    bool pending = strncmp(arrow + 4, "pending", 7) == 0;
    int64_t wanted = pending ? 0 : strtoll(arrow + 4, NULL, 10);
    if (rec.points.milli != wanted || rec.status != (pending ? SCORE_PENDING : SCORE_AUTO))
        fail_msg("%.*s: %lld, %s (%s)", (int)n, line, (long long)rec.points.milli, score_status_name(rec.status),
                 rec.item[0].evidence);
    score_record_release(&rec);
    bytes_release(&encoded);
    arena_free(a);
}

static void holds(void **state)
{
    const struct case_file *f = *state;
    const struct bench_item item = {"x", f->item, f->points};
    struct bench b;
    size_t checked = 0;
    bench_open(&b, &item, 1);
    for (const char *line = f->lines; *line; checked++) {
        size_t n = strcspn(line, "\n");
        check_line(&b, line, n);
        line += n + (line[n] == '\n');
    }
    bench_close(&b);
    assert_true(checked > 0);
}

static void load(struct case_file *f, const char *folder, const char *name)
{
    struct err e;
    f->path = path_join(folder, name);
    assert_done(file_read(f->path, 1 << 20, &f->text, &e), e);
    char *text = (char *)f->text.p, *points = strstr(text, "\npoints "), *body = points ? strchr(points + 1, '\n') : NULL;
    char *line = body ? strstr(body, "\n----\n") : NULL;
    if (!line || text[0] != '#')
        fail_msg("%s is not a case file", name);
    *points = *body = *line = '\0';
    f->rule = text + 2;
    f->points = points + 8;
    f->item = body + 1;
    f->lines = line + 6;
}

int main(void)
{
    static struct case_file file[MAX_FILES];
    static struct CMUnitTest tests[MAX_FILES];
    struct file_names names = {0};
    struct err e;
    char *folder = path_join(getenv("SOURCE_ROOT") ? getenv("SOURCE_ROOT") : ".", "tests/golden/scoring");
    size_t n = 0;
    if (file_list(folder, &names, &e) < 0)
        return 1;
    for (size_t i = 0; i < names.n && n < MAX_FILES; i++) {
        if (!strstr(names.name[i], ".case"))
            continue;
        load(&file[n], folder, names.name[i]);
        tests[n] = (struct CMUnitTest){.name = file[n].rule, .test_func = holds, .initial_state = &file[n]};
        n++;
    }
    int failed = _cmocka_run_group_tests("cases", tests, n, NULL, NULL);
    for (size_t i = 0; i < n; i++) {
        free(file[i].path);
        bytes_release(&file[i].text);
    }
    file_names_free(&names);
    free(folder);
    return failed;
}
