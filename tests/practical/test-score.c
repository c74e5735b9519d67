/* SPDX-License-Identifier: Apache-2.0 */
/* What a folder earns: statuses, groups, caps, forbids, and the start file. */
#include "tests/check.h"

#include "base/token.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/explain.h"
#include "scoring/practical/rules/score.h"
#include "tests/practical/folder-kit.h"
#include "tests/practical/office-kit.h"

#define RULES(POINTS, INSIDE)                                                                                \
    "<rules xmlns=\"" RULES_NS "\" id=\"r\" points=\"" POINTS                                                \
    "\"><file id=\"n\" path=\"通知.txt|通知.text\"/>" INSIDE "</rules>"
#define TEXT(ID, EXPECT, MORE)                                                                               \
    "<check id=\"" ID "\" kind=\"file.text\" file=\"n\" expect=\"" EXPECT "\" " MORE "/>"
#define THERE(ID, PATH, MORE)                                                                                \
    "<check id=\"" ID "\" kind=\"file.exists\" path=\"" PATH "\" expect=\"yes\" " MORE "/>"

struct scored {
    struct arena *arena;
    struct rules *rules;
    struct practical_start *start;
    struct practical_result result;
};

static struct scored score(const char *xml, struct arena *a, const struct practical_folder *start,
                           const struct practical_folder *work)
{
    struct scored s = {.arena = a};
    struct err e;
    assert_done(rules_read(&s.rules, "rules.xml", span_str(xml), NULL, NULL, &e), e);
    assert_done(practical_start_read(&s.start, s.rules, start, &e), e);
    assert_done(practical_score(&s.result, s.start, work, &e), e);
    int64_t sum = 0;
    for (size_t i = 0; i < s.result.n_checks; i++)
        sum += s.result.check[i].points.milli;
    assert_int_equal(sum, s.result.points.milli);
    return s;
}

static void release(struct scored *s)
{
    practical_result_release(&s->result);
    practical_start_free(s->start);
    rules_free(s->rules);
    arena_free(s->arena);
}

static const struct practical_check_result *check(const struct scored *s, const char *id)
{
    for (size_t i = 0; i < s->rules->n_checks; i++)
        if (strcmp(s->rules->check[i].id, id) == 0)
            return &s->result.check[i];
    fail_msg("no check %s", id);
    return NULL;
}

static void expect(const struct scored *s, const char *id, enum practical_status status, int64_t milli)
{
    const struct practical_check_result *c = check(s, id);
    if (c->status != status || c->points.milli != milli)
        fail_msg("%s: %s %lld (%s)", id, practical_status_name(c->status), (long long)c->points.milli,
                 c->found);
}

static void each_check_earns_what_it_finds_with_evidence(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct scored s =
        score(RULES("5", TEXT("a", "contains:2026", "points=\"2\"") TEXT("b", "starts:关于", "points=\"3\"")),
              a, NULL, kit_folder(a, "通知.txt", "放假 2026", NULL));
    expect(&s, "a", PRACTICAL_PASS, 2000);
    expect(&s, "b", PRACTICAL_FAIL, 0);
    assert_int_equal(s.result.points.milli, 2000);
    assert_int_equal(s.result.maximum.milli, 5000);
    assert_string_equal(check(&s, "b")->expected, "starts:关于");
    assert_string_equal(check(&s, "b")->found, "放假 2026");
    assert_non_null(strstr(check(&s, "b")->place, "通知.txt"));
    release(&s);
}

static void what_the_start_file_meets_already_earns_nothing(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *xml =
        RULES("6", TEXT("old", "contains:放假", "points=\"2\"") TEXT("new", "contains:2026", "points=\"2\"")
                       TEXT("kept", "contains:放假", "points=\"2\" unchanged=\"counts\""));
    struct scored s =
        score(xml, a, kit_folder(a, "通知.txt", "放假", NULL), kit_folder(a, "通知.txt", "放假 2026", NULL));
    expect(&s, "old", PRACTICAL_NOT_ATTEMPTED, 0);
    assert_string_equal(check(&s, "old")->cut, "start");
    expect(&s, "new", PRACTICAL_PASS, 2000);
    expect(&s, "kept", PRACTICAL_PASS, 2000);
    release(&s);
}

static void the_start_folder_itself_earns_zero(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *start = kit_folder(a, "通知.txt", "放假", NULL);
    struct scored s = score(
        RULES(
            "4",
            TEXT(
                "kept", "contains:放假",
                "points=\"2\" unchanged=\"counts\"") "<check id=\"same\" kind=\"file.text\" file=\"n\" expect=\"unchanged\" unchanged=\"counts\" points=\"2\"/>"),
        a, start, start);
    expect(&s, "kept", PRACTICAL_NOT_ATTEMPTED, 0);
    expect(&s, "same", PRACTICAL_NOT_ATTEMPTED, 0);
    assert_int_equal(s.result.file[0].state, PRACTICAL_FILE_AS_START);
    release(&s);
}

static void a_missing_file_is_not_attempted_and_absence_can_be_asked(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct scored s = score(
        RULES(
            "4",
            TEXT(
                "t", "contains:x",
                "points=\"2\"") "<check id=\"gone\" kind=\"file.absent\" file=\"n\" expect=\"yes\" points=\"2\"/>"),
        a, kit_folder(a, "通知.txt", "放假", NULL), kit_folder(a, "other.txt", "x", NULL));
    expect(&s, "t", PRACTICAL_NOT_ATTEMPTED, 0);
    expect(&s, "gone", PRACTICAL_PASS, 2000);
    assert_int_equal(s.result.file[0].state, PRACTICAL_FILE_MISSING);
    assert_string_equal(s.result.file[0].path, "通知.txt");
    release(&s);
}

static void the_changed_one_of_several_names_is_taken_and_never_a_lock(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *work =
        kit_folder(a, "通知.text", "放假 2026", "通知.txt", "放假", "~$通知.txt", "2026", NULL);
    kit_file(work, "~$通知.txt")->temporary = true;
    struct scored s =
        score(RULES("2", TEXT("t", "contains:2026", "")), a, kit_folder(a, "通知.txt", "放假", NULL), work);
    expect(&s, "t", PRACTICAL_PASS, 2000);
    assert_string_equal(s.result.file[0].path, "通知.text");
    release(&s);
    a = arena_new();
    work = kit_folder(a, "~$2026-张三.txt", "2026", "2026-张三.txt", "2026", NULL);
    kit_file(work, "~$2026-张三.txt")->temporary = true;
    s = score(
        "<rules xmlns=\"" RULES_NS
        "\" id=\"r\" points=\"2\"><file id=\"n\" path=\"*2026-??.txt\"/>" TEXT("t", "2026", "") "</rules>",
        a, NULL, work);
    assert_string_equal(s.result.file[0].path, "2026-张三.txt");
    expect(&s, "t", PRACTICAL_PASS, 2000);
    release(&s);
}

static void an_all_group_gives_all_or_nothing(void **state)
{
    (void)state;
    const char *xml =
        RULES("6", "<group mode=\"all\" points=\"6\">" THERE("a", "a", "") THERE("b", "b", "") "</group>");
    struct arena *a = arena_new();
    struct scored s = score(xml, a, NULL, kit_folder(a, "a", "1", NULL));
    expect(&s, "a", PRACTICAL_PASS, 0);
    assert_string_equal(check(&s, "a")->cut, "group");
    expect(&s, "b", PRACTICAL_FAIL, 0);
    release(&s);
    a = arena_new();
    s = score(xml, a, NULL, kit_folder(a, "a", "1", "b", "1", NULL));
    assert_int_equal(s.result.points.milli, 6000);
    release(&s);
}

static void a_best_group_counts_the_better_way_only(void **state)
{
    (void)state;
    const char *xml =
        RULES("5", "<group mode=\"best\">" THERE("one", "one", "points=\"5\"") "<group>" THERE(
                       "p", "p", "points=\"2\"") THERE("q", "q", "points=\"2\"") "</group></group>");
    struct arena *a = arena_new();
    struct scored s = score(xml, a, NULL, kit_folder(a, "p", "1", "q", "1", NULL));
    assert_int_equal(s.result.points.milli, 4000);
    release(&s);
    a = arena_new();
    s = score(xml, a, NULL, kit_folder(a, "one", "1", "p", "1", "q", "1", NULL));
    assert_int_equal(s.result.points.milli, 5000);
    expect(&s, "p", PRACTICAL_PASS, 0);
    release(&s);
}

static void caps_of_group_file_and_task_bound_the_sum(void **state)
{
    (void)state;
    const char *xml =
        "<rules xmlns=\"" RULES_NS
        "\" id=\"r\" points=\"7\" cap=\"7\"><file id=\"n\" path=\"n.txt\" cap=\"3\"/>"
        "<group cap=\"5\">" THERE("a", "a", "points=\"4\"")
            THERE("b", "b", "points=\"4\"") "</group>" TEXT("t", "contains:x", "points=\"4\"") "</rules>";
    struct arena *a = arena_new();
    struct scored s = score(xml, a, NULL, kit_folder(a, "a", "1", "b", "1", "n.txt", "x", NULL));
    expect(&s, "a", PRACTICAL_PASS, 4000);
    expect(&s, "b", PRACTICAL_PASS, 1000);
    assert_int_equal(s.result.points.milli, 7000);
    assert_string_equal(check(&s, "t")->cut, "cap");
    release(&s);
}

static void a_forbid_takes_points_but_never_below_zero(void **state)
{
    (void)state;
    const char *xml = RULES(
        "4",
        THERE("a", "a", "points=\"1\"") THERE(
            "b", "b",
            "points=\"3\"") "<forbid id=\"x\" kind=\"file.exists\" path=\"virus\" expect=\"yes\" points=\"2\"/>");
    struct arena *a = arena_new();
    struct scored s = score(xml, a, NULL, kit_folder(a, "b", "1", "virus", "1", NULL));
    expect(&s, "x", PRACTICAL_FAIL, -2000);
    assert_int_equal(s.result.points.milli, 1000);
    release(&s);
    a = arena_new();
    s = score(xml, a, NULL, kit_folder(a, "a", "1", "virus", "1", NULL));
    expect(&s, "x", PRACTICAL_FAIL, -1000);
    assert_int_equal(s.result.points.milli, 0);
    release(&s);
    a = arena_new();
    s = score(xml, a, NULL, kit_folder(a, "a", "1", NULL));
    expect(&s, "x", PRACTICAL_PASS, 0);
    release(&s);
}

static void a_gate_takes_all_of_its_group_file_or_task(void **state)
{
    (void)state;
    static const struct {
        const char *gate;
        int64_t left;
    } gates[] = {{"group", 2000}, {"file", 3000}, {"task", 0}};
    for (size_t i = 0; i < 3; i++) {
        struct arena *a = arena_new();
        char *xml = arena_printf(
            a,
            RULES(
                "5",
                "<group>" THERE("a", "a", "points=\"1\"")
                    TEXT("t", "contains:x", "points=\"2\"") "<forbid id=\"x\" kind=\"file.text\" file=\"n\" expect=\"contains:bad\" gate=\"%s\"/></group>" THERE(
                        "b", "b", "points=\"2\"")),
            gates[i].gate);
        struct scored s = score(xml, a, NULL, kit_folder(a, "a", "1", "b", "1", "通知.txt", "x bad", NULL));
        assert_int_equal(s.result.points.milli, gates[i].left);
        assert_string_equal(check(&s, "t")->cut, "x");
        release(&s);
    }
}

static void what_must_stay_is_protected_by_changed_and_unchanged(void **state)
{
    (void)state;
    const char *xml = RULES(
        "3",
        THERE(
            "a", "a",
            "points=\"3\"") "<forbid id=\"x\" kind=\"file.text\" file=\"n\" line=\"1\" expect=\"changed\" points=\"1\"/>");
    struct arena *a = arena_new();
    const struct practical_folder *start = kit_folder(a, "通知.txt", "第一行\n二", NULL);
    struct scored s = score(xml, a, start, kit_folder(a, "a", "1", "通知.txt", "第一行\n三", NULL));
    expect(&s, "x", PRACTICAL_PASS, 0);
    release(&s);
    a = arena_new();
    start = kit_folder(a, "通知.txt", "第一行\n二", NULL);
    s = score(xml, a, start, kit_folder(a, "a", "1", "通知.txt", "改了\n二", NULL));
    expect(&s, "x", PRACTICAL_FAIL, -1000);
    release(&s);
}

static void a_file_that_cannot_be_read_costs_its_own_points_only(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *work = kit_folder(a, "a", "1", "通知.txt", "", NULL);
    kit_file(work, "通知.txt")->skipped = "larger than 64 MiB";
    kit_file(work, "通知.txt")->size = 1 << 30;
    struct scored s = score(
        RULES("3", THERE("a", "a", "points=\"1\"") TEXT("t", "contains:x", "points=\"2\"")), a, NULL, work);
    expect(&s, "a", PRACTICAL_PASS, 1000);
    assert_int_equal(check(&s, "t")->points.milli, 0);
    assert_non_null(strstr(check(&s, "t")->found, "64 MiB"));
    release(&s);
}

static void a_document_that_is_none_makes_its_checks_unreadable(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct scored s = score(
        "<rules xmlns=\"" RULES_NS "\" id=\"r\" points=\"3\"><file id=\"d\" path=\"a.docx\"/>"
        "<check id=\"d1\" kind=\"word.text\" file=\"d\" paragraph=\"1\" expect=\"not:absent\" points=\"2\"/>"
        "<forbid id=\"x\" kind=\"word.text\" file=\"d\" paragraph=\"1\" expect=\"absent\" points=\"1\"/>" THERE(
            "a", "a", "points=\"1\"") "</rules>",
        a, NULL, kit_folder(a, "a", "1", "a.docx", "PDF-1.4", NULL));
    expect(&s, "d1", PRACTICAL_UNREADABLE, 0);
    expect(&s, "x", PRACTICAL_UNREADABLE, 0);
    expect(&s, "a", PRACTICAL_PASS, 1000);
    assert_string_equal(check(&s, "d1")->found, "NOT_ZIP: no office file, whatever its name says: a.docx");
    assert_int_equal(s.result.file[0].state, PRACTICAL_FILE_UNREADABLE);
    release(&s);
}

/* ---- start files with the exam's token ---- */

static struct bytes notice(const char *token)
{
    static const char types[] =
        "<Types xmlns=\"" OFFICE_OOXML "package/2006/content-types\"><Override PartName=\"/word/document.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    static const char document[] =
        "<w:document " OFFICE_W "><w:body><w:p><w:r><w:t>放假通知</w:t></w:r></w:p></w:body></w:document>";
    const struct zip_made part[] = {{.name = "[Content_Types].xml", .text = types},
                                    {.name = "word/document.xml", .text = document},
                                    {0}};
    struct bytes plain = office_package("word/document.xml", part), out = {0};
    struct err e;
    if (!token)
        return plain;
    assert_done(token_stamp("x.docx", bytes_span(&plain), token, &out, &e), e);
    bytes_release(&plain);
    return out;
}

static void holds(struct practical_folder *folder, const char *path, const struct bytes *content)
{
    struct practical_file *f = kit_file(folder, path);
    f->bytes = bytes_span(content);
    collect_describe(f);
}

#define NOTICE                                                                                               \
    "<rules xmlns=\"" RULES_NS "\" id=\"r\" points=\"4\"><file id=\"d\" path=\"通知.docx\"/>"                  \
    "<check id=\"t\" kind=\"word.text\" file=\"d\" paragraph=\"1\" expect=\"放假通知\" points=\"2\" "            \
    "unchanged=\"counts\"/>"                                                                                 \
    "<check id=\"m\" kind=\"file.moved\" path=\"归档/旧.docx\" from=\"旧.docx\" expect=\"yes\" points=\"2\"/></rules>"

static void a_start_file_with_a_token_is_still_as_it_was_given(void **state)
{
    (void)state;
    struct bytes plain = notice(NULL), mine = notice("kc:s:1:k"), other = notice("kc:s:2:k");
    const struct bytes *const as_given[] = {&plain, &mine, &other};
    for (size_t i = 0; i < 3; i++) {
        struct arena *a = arena_new();
        struct practical_folder *start = kit_folder(a, "旧.docx", "", "通知.docx", "", NULL);
        struct practical_folder *work = kit_folder(a, "旧.docx", "", "通知.docx", "", NULL);
        holds(start, "旧.docx", &plain);
        holds(start, "通知.docx", &plain);
        holds(work, "旧.docx", as_given[i]);
        holds(work, "通知.docx", as_given[i]);
        struct scored s = score(NOTICE, a, start, work);
        expect(&s, "t", PRACTICAL_NOT_ATTEMPTED, 0);
        expect(&s, "m", PRACTICAL_NOT_ATTEMPTED, 0);
        assert_string_equal(check(&s, "t")->found, "the folder is as it was at the start");
        assert_int_equal(s.result.file[0].state, PRACTICAL_FILE_AS_START);
        release(&s);
    }
    bytes_release(&plain);
    bytes_release(&mine);
    bytes_release(&other);
}

static void a_start_file_with_a_token_was_moved_as_it_was_given(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes plain = notice(NULL), mine = notice("kc:s:1:k");
    struct practical_folder *start = kit_folder(a, "旧.docx", "", "通知.docx", "", NULL);
    struct practical_folder *work = kit_folder(a, "归档/", "", "归档/旧.docx", "", "通知.docx", "", NULL);
    holds(start, "旧.docx", &plain);
    holds(start, "通知.docx", &plain);
    holds(work, "归档/旧.docx", &mine);
    holds(work, "通知.docx", &mine);
    struct scored s = score(NOTICE, a, start, work);
    expect(&s, "m", PRACTICAL_PASS, 2000);
    release(&s);
    bytes_release(&plain);
    bytes_release(&mine);
}

/* ---- the day that counts as today ---- */

static struct bytes year_of_today(void)
{
    static const char types[] =
        "<Types xmlns=\"" OFFICE_OOXML "package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    const struct zip_made part[] = {
        {.name = "[Content_Types].xml", .text = types},
        {.name = "xl/workbook.xml",
         .text = "<workbook " OFFICE_S OFFICE_R
                 "><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
        {.name = "xl/_rels/workbook.xml.rels",
         .text = OFFICE_RELS(OFFICE_REL("r1", "worksheet", "worksheets/sheet1.xml"))},
        {.name = "xl/worksheets/sheet1.xml",
         .text = "<worksheet " OFFICE_S
                 "><sheetData><row r=\"1\"><c r=\"A1\"><f>YEAR(TODAY())*100+MONTH(NOW())</f></c></row></sheetData></worksheet>"},
        {0}};
    return office_package("xl/workbook.xml", part);
}

static void TODAY_is_the_day_that_the_rules_give(void **state)
{
    (void)state;
    static const char *const head[] = {"", "today=\"2024-02-29\" "};
    static const enum practical_status wanted[] = {PRACTICAL_FAIL, PRACTICAL_PASS};
    struct bytes book = year_of_today();
    for (size_t i = 0; i < 2; i++) {
        struct arena *a = arena_new();
        struct practical_folder *work = kit_folder(a, "a.xlsx", "", NULL);
        holds(work, "a.xlsx", &book);
        struct scored s = score(
            arena_printf(a,
                         "<rules xmlns=\"" RULES_NS "\" id=\"r\" %spoints=\"1\"><file id=\"d\" path=\"a.xlsx\"/>"
                         "<check id=\"t\" kind=\"sheet.result\" file=\"d\" cell=\"A1\" expect=\"202402\" "
                         "points=\"1\"/></rules>",
                         head[i]),
            a, NULL, work);
        if (check(&s, "t")->status != wanted[i])
            fail_msg("%zu: %s", i, check(&s, "t")->found);
        release(&s);
    }
    bytes_release(&book);
}

static void an_explanation_names_every_check_with_its_reason(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes text = {0};
    struct scored s = score(RULES("5", TEXT("a", "contains:2026", "points=\"2\"")
                                           TEXT("b", "starts:关于", "points=\"3\" title=\"标题\"")),
                            a, NULL, kit_folder(a, "通知.txt", "放假 2026", NULL));
    practical_explain(s.rules, &s.result, &text);
    const char *all = (const char *)text.p;
    assert_non_null(strstr(all, "r: 2 of 5 points"));
    assert_non_null(
        strstr(all, "b 标题: not met, 0 of 3 points\n  expected: starts:关于\n  found: 放假 2026\n"));
    bytes_release(&text);
    release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_earns_what_it_finds_with_evidence),
        cmocka_unit_test(what_the_start_file_meets_already_earns_nothing),
        cmocka_unit_test(the_start_folder_itself_earns_zero),
        cmocka_unit_test(a_missing_file_is_not_attempted_and_absence_can_be_asked),
        cmocka_unit_test(the_changed_one_of_several_names_is_taken_and_never_a_lock),
        cmocka_unit_test(an_all_group_gives_all_or_nothing),
        cmocka_unit_test(a_best_group_counts_the_better_way_only),
        cmocka_unit_test(caps_of_group_file_and_task_bound_the_sum),
        cmocka_unit_test(a_forbid_takes_points_but_never_below_zero),
        cmocka_unit_test(a_gate_takes_all_of_its_group_file_or_task),
        cmocka_unit_test(what_must_stay_is_protected_by_changed_and_unchanged),
        cmocka_unit_test(a_file_that_cannot_be_read_costs_its_own_points_only),
        cmocka_unit_test(a_document_that_is_none_makes_its_checks_unreadable),
        cmocka_unit_test(a_start_file_with_a_token_is_still_as_it_was_given),
        cmocka_unit_test(a_start_file_with_a_token_was_moved_as_it_was_given),
        cmocka_unit_test(TODAY_is_the_day_that_the_rules_give),
        cmocka_unit_test(an_explanation_names_every_check_with_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
