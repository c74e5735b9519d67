/* SPDX-License-Identifier: Apache-2.0 */
/* The report of the quality of rating, by the byte: tests/golden/reports/quality.*; UPDATE_GOLDEN=1 writes
 * them anew. */
#include "statistics/quality/sections.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tests/check.h"
#include "tests/statistics/examiners.h"

static enum examiner_way one_of_each(size_t rater)
{
    static const enum examiner_way way[] = {
        [2] = WAY_SEVERE, [5] = WAY_LENIENT, [9] = WAY_DRIFTING, [13] = WAY_CONSTANT};
    return rater < sizeof way / sizeof *way ? way[rater] : WAY_PLAIN;
}

struct made {
    struct arena *arena;
    struct quality_input in;
    struct quality q;
    struct report report;
};

static void make(struct made *m, bool twice, size_t sites)
{
    const struct examiners x = {.raters = 24,
                                .each = 60,
                                .schools = 8,
                                .rubrics = 2,
                                .sites = sites,
                                .twice = twice,
                                .way = one_of_each};
    const struct quality_view view = {.decimals = 2, .top = 12};
    struct err e;
    *m = (struct made){.arena = arena_new()};
    m->in = examiners_make(&x, 1, m->arena);
    assert_done(quality_compute(&m->q, &m->in, &e), e);
    m->report = (struct report){.kind = "quality",
                                .office = "临海市考试中心",
                                .title = "2026年理化生实验操作考试",
                                .subject = _("Quality of rating"),
                                .decimals = 2,
                                .fact = {{"session", "Session", "lab1"}, {"ratings", "Ratings", "1440"}},
                                .n_facts = 2};
    quality_sections(&m->q, &view, &m->report);
}

static void unmake(struct made *m)
{
    quality_sections_release(&m->report);
    quality_release(&m->q);
    arena_free(m->arena);
}

static void compare(const char *name, struct bytes *out)
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
    bytes_release(out);
    free(path);
}

static void the_report_is_as_in_the_golden_files(void **state)
{
    struct made m;
    struct bytes text = {0}, html = {0}, csv = {0}, json = {0};
    (void)state;
    make(&m, true, 1);
    report_text(&m.report, &text);
    report_html(&m.report, &html);
    report_csv(&m.report, &csv);
    report_json(&m.report, &json);
    const char *const never[] = {"<script", "http:", "https:", "src=", "@import", "url("};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr((const char *)html.p, never[i]));
    compare("quality.txt", &text);
    compare("quality.html", &html);
    compare("quality.csv", &csv);
    compare("quality.json", &json);
    unmake(&m);
}

static void assert_fits(struct bytes *text)
{
    char *line = (char *)text->p, *end;
    for (; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (text_width(line) > 80)
            fail_msg("%zu columns: %s", text_width(line), line);
    }
    bytes_release(text);
}

static void the_text_fits_into_80_columns_in_every_language(void **state)
{
    (void)state;
    const char *const language[] = {"en", "zh_CN"};
    char *folder = mem_printf("%s/po", getenv("BUILD_ROOT"));
    setenv("KAOCHANG_LOCALEDIR", folder, 1);
    for (size_t i = 0; i < 2; i++) {
        struct made m;
        struct bytes text = {0};
        setenv("LANGUAGE", language[i], 1);
        i18n_init();
        assert_string_equal(_("Quality of rating"), i ? "评分质量" : "Quality of rating");
        make(&m, true, 2);
        report_text(&m.report, &text);
        if (getenv("UPDATE_GOLDEN"))
            fwrite(text.p, 1, text.n, stderr);
        assert_fits(&text);
        unmake(&m);
    }
    setenv("LANGUAGE", "en", 1);
    free(folder);
}

static void a_session_without_ratings_still_has_a_report(void **state)
{
    const struct quality_view view = {.decimals = 2, .top = 12};
    const struct quality_input in = {.full = {20000}};
    struct report r = {.kind = "quality", .office = "O", .title = "T", .subject = "S"};
    struct quality q;
    struct bytes text = {0}, html = {0}, json = {0};
    struct err e;
    (void)state;
    assert_done(quality_compute(&q, &in, &e), e);
    quality_sections(&q, &view, &r);
    report_text(&r, &text);
    report_html(&r, &html);
    report_json(&r, &json);
    assert_non_null(strstr((const char *)text.p, "No examiner stands out."));
    assert_null(strstr((const char *)html.p, "<svg"));
    bytes_release(&text);
    bytes_release(&html);
    bytes_release(&json);
    quality_sections_release(&r);
    quality_release(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_is_as_in_the_golden_files),
        cmocka_unit_test(a_session_without_ratings_still_has_a_report),
        cmocka_unit_test(the_text_fits_into_80_columns_in_every_language),
    };
    return cmocka_run_group_tests_name("quality-report", tests, NULL, NULL);
}
