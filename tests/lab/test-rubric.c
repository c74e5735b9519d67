/* SPDX-License-Identifier: Apache-2.0 */
/* Rubrics: what is read, what is refused, and that they come back as they were. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "scoring/lab/plan.h"
#include "scoring/lab/rating.h"

static const char small[] =
    "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"P9\" version=\"1\" subject=\"physics\" title=\"Small\" minutes=\"15\" "
    "total=\"5\">"
    "<step title=\"wire\" points=\"3\" mode=\"deduct\" hint=\"0.5\"><slip code=\"a\" minus=\"2\">switch shut</slip>"
    "<slip code=\"b\" minus=\"1\">wrong range</slip></step>"
    "<step title=\"read\" points=\"2\" mode=\"all\"><slip code=\"a\">eye not level</slip></step>"
    "<fatal from=\"2\" to=\"2\">a battery shorted</fatal></rubric>\n";

static struct rubric *read_rubric(const char *text)
{
    struct rubric *r = NULL;
    struct err e = {0};
    assert_done(rubric_read(&r, "small.xml", span_str(text), NULL, NULL, &e), e);
    return r;
}

static void a_rubric_comes_back_as_the_same_bytes(void **state)
{
    (void)state;
    struct rubric *r = read_rubric(small);
    struct bytes out = {0};
    struct err e = {0};
    assert_done(rubric_write(r, &out, &e), e);
    assert_string_equal((const char *)out.p, small);
    bytes_release(&out);
    rubric_free(r);
}

static void a_rating_comes_back_as_it_was_and_fits_its_rubric(void **state)
{
    (void)state;
    struct rubric *r = read_rubric(small);
    struct rating x, y;
    struct rating_points points;
    struct bytes out = {0};
    struct err e = {0};
    struct arena *a = arena_new();
    rating_begin(&x, r);
    x.status = RATING_RATED;
    x.note = "hands shook\nand \"so\" <on>";
    x.step[0] =
        (struct rating_step){.mark = RATING_MARKED, .slips = 3, .hinted = 1, .wall_ms = 77, .changes = 2};
    x.fatals = 1;
    assert_done(rating_write(&x, &out, &e), e);
    assert_done(rating_read(&y, a, "rating", bytes_span(&out), &e), e);
    assert_done(rating_fits(&y, r, &e), e);
    assert_string_equal(y.note, x.note);
    assert_int_equal(y.step[0].slips, 3);
    rating_points(&y, r, &points);
    assert_int_equal(points.total.milli, 1500);
    assert_int_equal(points.open, 0);
    arena_free(a);
    bytes_release(&out);
    rubric_free(r);
}

static void a_plan_holds_its_rubrics_whole_and_comes_back(void **state)
{
    (void)state;
    struct bytes in = {0}, out = {0};
    struct err e = {0};
    struct lab_plan *p = NULL;
    bytes_printf(&in,
                 "<lab xmlns=\"urn:kaochang:lab:1\" id=\"lab\" title=\"Lab\" interval=\"300\" raters=\"2\" "
                 "tolerance=\"1\" round=\"0.5\" dispute=\"third\" recheck=\"2\"><exemption name=\"injury\" "
                 "points=\"3\">cannot stand</exemption>%.*s</lab>\n",
                 (int)sizeof small - 2, small);
    assert_done(lab_plan_read(&p, "lab.xml", bytes_span(&in), &e), e);
    assert_done(lab_plan_write(p, &out, &e), e);
    assert_string_equal((const char *)out.p, (const char *)in.p);
    assert_int_equal(lab_plan_total(p).milli, 5000);
    assert_non_null(lab_plan_rubric(p, "P9"));
    assert_non_null(lab_plan_exemption(p, "injury"));
    lab_plan_free(p);
    bytes_release(&in);
    bytes_release(&out);
}

static const char *const samples[] = {"B1", "B2", "C1", "C2", "C3", "P1", "P2", "P3"};
enum { SAMPLES = sizeof samples / sizeof *samples };

static void read_source(const char *name, struct bytes *out)
{
    struct err e = {0};
    char path[400];
    snprintf(path, sizeof path, "%s/data/%s.xml", getenv("SOURCE_ROOT"), name);
    assert_done(file_read(path, LAB_MAX_BYTES, out, &e), e);
}

static struct rubric *read_sample(const char *id)
{
    struct bytes text = {0};
    struct err e = {0};
    struct rubric *r = NULL;
    char name[40];
    snprintf(name, sizeof name, "rubrics/%s", id);
    read_source(name, &text);
    assert_done(rubric_read(&r, name, bytes_span(&text), NULL, NULL, &e), e);
    bytes_release(&text);
    return r;
}

static void the_sample_rubrics_are_worth_twenty_and_fit_the_screen(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        struct rubric *r = read_sample(samples[i]);
        assert_string_equal(r->id, samples[i]);
        assert_int_equal(r->total.milli, 20000);
        for (size_t k = 0; k < r->n_steps; k++)
            assert_true(text_width(r->step[k].title) <= 16);
        rubric_free(r);
    }
}

static void the_sample_plan_holds_the_sample_rubrics(void **state)
{
    (void)state;
    struct bytes text = {0}, again = {0};
    struct err e = {0};
    struct lab_plan *p = NULL;
    read_source("labs/science", &text);
    assert_done(lab_plan_read(&p, "science.xml", bytes_span(&text), &e), e);
    assert_done(lab_plan_write(p, &again, &e), e);
    assert_true(span_equal(bytes_span(&text), bytes_span(&again)));
    assert_int_equal(p->n_rubrics, SAMPLES);
    for (size_t i = 0; i < SAMPLES; i++) {
        struct rubric *r = read_sample(samples[i]);
        struct bytes here = {0}, there = {0};
        assert_done(rubric_write(r, &here, &e), e);
        assert_done(rubric_write(p->rubric[i], &there, &e), e);
        assert_true(span_equal(bytes_span(&here), bytes_span(&there)));
        bytes_release(&here);
        bytes_release(&there);
        rubric_free(r);
    }
    lab_plan_free(p);
    bytes_release(&text);
    bytes_release(&again);
}

static void a_plan_that_cannot_be_meant_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } cases[] = {
        {"round=\"0.5\"", "round=\"3\"", "round divides the total"},
        {"tolerance=\"2\"", "tolerance=\"21\"", "not above the total"},
        {"raters=\"2\"", "raters=\"3\"", ""},
        {"dispute=\"third\"", "dispute=\"nobody\"", "third or chief"},
        {"name=\"injury\"", "name=\"disability\"", "stands twice"},
        {"points=\"9\"", "points=\"21\"", "gives more than the total"},
        {"id=\"B2\"", "id=\"B1\"", "the rubric B1 stands twice"},
        {"title=\"擦净玻片\"", "title=\"擦净玻片\" shade=\"x\"", "shade"},
    };
    struct bytes text = {0};
    struct err e = {0};
    struct lab_plan *p = NULL;
    read_source("labs/science", &text);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *all = (const char *)text.p, *at = strstr(all, cases[i].from);
        struct bytes bad = {0};
        assert_non_null(at);
        bytes_printf(&bad, "%.*s%s%s", (int)(at - all), all, cases[i].to, at + strlen(cases[i].from));
        assert_refused(lab_plan_read(&p, "lab.xml", bytes_span(&bad), &e), ERR_DATA, cases[i].words, e);
        bytes_release(&bad);
    }
    bytes_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rubric_comes_back_as_the_same_bytes),
        cmocka_unit_test(a_rating_comes_back_as_it_was_and_fits_its_rubric),
        cmocka_unit_test(a_plan_holds_its_rubrics_whole_and_comes_back),
        cmocka_unit_test(the_sample_rubrics_are_worth_twenty_and_fit_the_screen),
        cmocka_unit_test(the_sample_plan_holds_the_sample_rubrics),
        cmocka_unit_test(a_plan_that_cannot_be_meant_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
