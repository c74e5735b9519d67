/* SPDX-License-Identifier: Apache-2.0 */
/* Reports by the byte: golden files under tests/golden/reports; UPDATE_GOLDEN=1 writes them anew, and the diff is
 * reviewed. */
#include "statistics/report.h"

#include <locale.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "statistics/tables.h"
#include "tests/check.h"
#include "tests/statistics/city.h"

static const struct city small = {.registered = 60, .sat = 56, .passed = 41, .high = 9, .full = 2};

struct made {
    struct arena *arena;
    struct rates rates;
    struct store_result *result;
    struct table *table;
    struct report report;
};

static void make(struct made *m, bool candidates)
{
    const struct rates_view view = {.level = {true, true, true, false}, .decimals = 2};
    struct err e;
    *m = (struct made){.arena = arena_new()};
    m->result = city_make(&small, m->arena);
    m->result[3].mark = STORE_UNSCORED;
    m->result[4].name = "<b>\"O'Brien\" & =1+1</b>";
    assert_done(rates_compute(&m->rates, m->result, (size_t)small.registered, &city_lines, &e), e);
    m->table = candidates ? candidates_table(m->result, (size_t)small.registered, &city_lines)
                          : rates_table(&m->rates, &view);
    m->report = (struct report){
        .kind = candidates ? "candidates" : "rates", .office = "临海市考试中心", .title = "2026年教师计算机考试",
        .subject = candidates ? "Results of the candidates" : "Pass rates",
        .fact = {{"session", "Session", "am1"}, {"window", "Time", "2026-11-22 09:00 – 11:00"}}, .n_facts = 2,
        .notice = {"Provisional: 1 sittings are not scored yet."}, .n_notices = 1, .rates = &m->rates, .decimals = 2,
        .table = m->table, .footnote = candidates ? NULL : "Rates are over those who sat."};
}

static void unmake(struct made *m)
{
    table_free(m->table);
    rates_release(&m->rates);
    arena_free(m->arena);
}

static void compare(const char *name, const struct bytes *out)
{
    char *path = mem_printf("%s/tests/golden/reports/%s", getenv("SOURCE_ROOT"), name);
    struct bytes golden = {0};
    struct err e;
    if (getenv("UPDATE_GOLDEN"))
        assert_done(file_put(path, 0644, bytes_span(out), &e), e);
    assert_done(file_read(path, 1 << 20, &golden, &e), e);
    if (!span_equal(bytes_span(out), bytes_span(&golden)))
        fail_msg("%s differs from its golden file; UPDATE_GOLDEN=1 writes it anew", name);
    bytes_release(&golden);
    free(path);
}

static void the_rates_are_as_in_the_golden_files(void **state)
{
    (void)state;
    struct made m;
    struct bytes text = {0}, html = {0}, csv = {0}, json = {0};
    make(&m, false);
    report_text(&m.report, &text);
    report_html(&m.report, &html);
    report_csv(&m.report, &csv);
    report_json(&m.report, &json);
    compare("rates.txt", &text);
    compare("rates.html", &html);
    compare("rates.csv", &csv);
    compare("rates.json", &json);
    bytes_release(&text);
    bytes_release(&html);
    bytes_release(&csv);
    bytes_release(&json);
    unmake(&m);
}

static void the_list_of_candidates_is_as_in_the_golden_files(void **state)
{
    (void)state;
    struct made m;
    struct bytes text = {0}, html = {0}, csv = {0};
    make(&m, true);
    report_text(&m.report, &text);
    report_html(&m.report, &html);
    report_csv(&m.report, &csv);
    compare("candidates.txt", &text);
    compare("candidates.html", &html);
    compare("candidates.csv", &csv);
    assert_null(strstr((const char *)html.p, "<b>\"O"));
    bytes_release(&text);
    bytes_release(&html);
    bytes_release(&csv);
    unmake(&m);
}

/* Columns stand under each other although names are wide and narrow. */
static void the_table_is_aligned_on_a_terminal(void **state)
{
    (void)state;
    struct made m;
    struct bytes text = {0};
    size_t width = 0;
    make(&m, false);
    table_text(m.table, &text);
    char *line = (char *)text.p, *end;
    for (int i = 0; (end = strchr(line, '\n')); i++, line = end + 1) {
        *end = '\0';
        if (i == 1)
            width = text_width(line);
        else if (i > 1)
            assert_int_equal(text_width(line), width);
    }
    bytes_release(&text);
    unmake(&m);
}

static void a_page_needs_nothing_from_elsewhere(void **state)
{
    (void)state;
    struct made m;
    struct bytes html = {0};
    make(&m, false);
    report_html(&m.report, &html);
    const char *const never[] = {"<script", "http:", "https:", "src=", "@import", "url("};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr((const char *)html.p, never[i]));
    bytes_release(&html);
    unmake(&m);
}

static void a_locale_changes_no_digit(void **state)
{
    (void)state;
    struct made m;
    struct bytes before = {0}, after = {0};
    make(&m, false);
    report_csv(&m.report, &before);
    unmake(&m);
    setlocale(LC_ALL, "de_DE.UTF-8");
    make(&m, false);
    report_csv(&m.report, &after);
    setlocale(LC_ALL, "C.UTF-8");
    assert_true(span_equal(bytes_span(&before), bytes_span(&after)));
    bytes_release(&before);
    bytes_release(&after);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rates_are_as_in_the_golden_files),
        cmocka_unit_test(the_list_of_candidates_is_as_in_the_golden_files),
        cmocka_unit_test(the_table_is_aligned_on_a_terminal),
        cmocka_unit_test(a_page_needs_nothing_from_elsewhere),
        cmocka_unit_test(a_locale_changes_no_digit),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
