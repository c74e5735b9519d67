/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "paperbank/item/task.h"

static struct err e;
static const uint8_t hash[32] = {1, 2, 3};

static void a_task_reads_back_as_it_was_written(void **state)
{
    (void)state;
    struct task *t = task_new("p001"), *again = NULL;
    struct bytes out = {0};
    char name[TASK_NAME];
    task_add(t, "素材/校徽.png", 300, hash, TASK_MATERIAL);
    task_add(t, "成绩.xlsx", 100, hash, TASK_START);
    assert_done(task_write(t, &out, &e), e);
    assert_done(task_read(&again, "tasks/p001.xml", bytes_span(&out), &e), e);
    assert_string_equal(again->item, "p001");
    assert_int_equal(again->n, 2);
    assert_string_equal(again->file[0].path, "成绩.xlsx"); /* sorted */
    assert_int_equal(task_find(again, "素材/校徽.png")->role, TASK_MATERIAL);
    assert_int_equal(task_find(again, "素材/校徽.png")->size, 300);
    assert_null(task_find(again, "校徽.png"));
    assert_string_equal(task_part_name(name, "p001"), "tasks/p001.xml");
    assert_string_equal(task_file_part_name(name, &again->file[0]),
                        "files/0102030000000000000000000000000000000000000000000000000000000000");
    bytes_release(&out);
    task_free(again);
    task_free(t);
}

static void names_that_leave_the_folder_or_meet_are_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {{"../x", "y"}, {"/etc/x", "y"}, {"a\nb", "y"}, {"a\\b", "y"},
                                         {"", "y"},     {"x", "x"},      {"x", "x/y"},  {"X.docx", "x.DOCX"},
                                         {"a/./b", "y"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct task *t = task_new("p001");
        struct bytes out = {0};
        task_add(t, bad[i][0], 1, hash, TASK_START);
        task_add(t, bad[i][1], 1, hash, TASK_START);
        assert_int_equal(task_write(t, &out, &e), -ERR_DATA);
        bytes_release(&out);
        task_free(t);
    }
}

static void too_many_and_too_large_files_are_refused(void **state)
{
    (void)state;
    struct task *t = task_new("p001");
    struct bytes out = {0};
    char path[32];
    for (int i = 0; i < TASK_MAX_FILES + 5; i++) {
        snprintf(path, sizeof path, "f%03d", i);
        task_add(t, path, 1, hash, TASK_START);
    }
    assert_refused(task_write(t, &out, &e), ERR_DATA, "at most", e);
    task_free(t);
    t = task_new("p001");
    for (int i = 0; i < 3; i++)
        task_add(t, i == 0 ? "a" : i == 1 ? "b" : "c", TASK_MAX_FILE - 1, hash, TASK_START);
    assert_refused(task_write(t, &out, &e), ERR_DATA, "too large", e);
    task_free(t);
    bytes_release(&out);
}

#define TASK "<task xmlns=\"urn:kaochang:task:1\" item=\"p001\">"
static void only_canonical_tasks_are_read(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "<task xmlns=\"urn:kaochang:task:2\" item=\"p001\"></task>\n",
        "<task xmlns=\"urn:kaochang:task:1\" item=\"p001\"/>\n",
        "<task xmlns=\"urn:kaochang:task:1\" item=\"../p\"></task>\n",
        "<task xmlns=\"urn:kaochang:task:1\" item=\"p001\"><rule></rule></task>\n",
        "<task xmlns=\"urn:kaochang:task:1\" item=\"p001\"><file path=\"x\" size=\"1\" hash=\"00\" role=\"start\"></file></task>\n",
        TASK
        "<file path=\"x\" size=\"1\" hash=\"0102030000000000000000000000000000000000000000000000000000000000\" role=\"model\"></file></task>\n",
        "<!DOCTYPE task><task xmlns=\"urn:kaochang:task:1\" item=\"p001\"></task>\n",
    };
    struct task *t = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(task_read(&t, "t.xml", span_str(bad[i]), &e), -ERR_DATA);
    assert_done(
        task_read(&t, "t.xml", span_str("<task xmlns=\"urn:kaochang:task:1\" item=\"p001\"></task>\n"), &e),
        e);
    assert_int_equal(t->n, 0);
    task_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_reads_back_as_it_was_written),
        cmocka_unit_test(names_that_leave_the_folder_or_meet_are_refused),
        cmocka_unit_test(too_many_and_too_large_files_are_refused),
        cmocka_unit_test(only_canonical_tasks_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
