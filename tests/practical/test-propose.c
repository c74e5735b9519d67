/* SPDX-License-Identifier: Apache-2.0 */
/* Rules made from a start folder and a model solution. */
#include "tests/check.h"

#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/propose.h"
#include "scoring/practical/rules/score.h"
#include "tests/practical/folder-kit.h"
#include "tests/practical/office-kit.h"

#define SLIDE(RUN)                                                                                           \
    "<p:sld " OFFICE_P OFFICE_A                                                                              \
    "><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"T\"/><p:cNvSpPr/>"                          \
    "<p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r>" RUN         \
    "</a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"

static struct span pptx(struct arena *a, const char *slide)
{
    const struct zip_made part[] = {{.name = "ppt/presentation.xml",
                                     .text = "<p:presentation " OFFICE_P OFFICE_R
                                             "><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/></p:sldIdLst>"
                                             "<p:sldSz cx=\"9144000\" cy=\"6858000\"/></p:presentation>"},
                                    {.name = "ppt/_rels/presentation.xml.rels",
                                     .text = OFFICE_RELS(OFFICE_REL("r1", "slide", "slides/slide1.xml"))},
                                    {.name = "ppt/slides/slide1.xml", .text = slide},
                                    {0}};
    struct bytes b = office_package("ppt/presentation.xml", part);
    struct span s = span_of(arena_copy(a, b.p, b.n), b.n);
    bytes_release(&b);
    return s;
}

static void make(struct practical_folder *f, const char *path, struct span bytes)
{
    struct practical_file *file = kit_file(f, path);
    file->bytes = bytes;
    collect_describe(file);
}

struct proposed {
    struct arena *a;
    struct practical_folder *start, *model;
    struct proposal p;
};

static struct proposed propose(struct arena *a, struct practical_folder *start,
                               struct practical_folder *model, bool protect)
{
    struct proposed x = {a, start, model, {0}};
    struct propose_options options = {.id = "t", .points = points_milli(20000), .protect = protect};
    struct err e;
    assert_done(propose_rules(&x.p, start, model, &options, &e), e);
    return x;
}

static int64_t earns(const struct rules *r, const struct practical_folder *start,
                     const struct practical_folder *work)
{
    struct practical_start *s;
    struct practical_result result;
    struct err e;
    assert_done(practical_start_read(&s, r, start, &e), e);
    assert_done(practical_score(&result, s, work, &e), e);
    int64_t points = result.points.milli;
    practical_result_release(&result);
    practical_start_free(s);
    return points;
}

static void release(struct proposed *x)
{
    rules_free(x->p.rules);
    arena_free(x->a);
}

static const struct rules_check *find(const struct rules *r, const char *kind)
{
    for (size_t i = 0; i < r->n_checks; i++)
        if (strcmp(r->check[i].kind->name, kind) == 0)
            return &r->check[i];
    return NULL;
}

static void what_differs_is_proposed_and_the_model_earns_all(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *start = kit_folder(a, "a.txt", "x", "show.pptx", "", "旧.txt", "old", NULL);
    struct practical_folder *model =
        kit_folder(a, "a.txt", "x", "show.pptx", "", "b/", "", "b/a.txt", "x", NULL);
    make(start, "show.pptx", pptx(a, SLIDE("<a:rPr/><a:t>标题</a:t>")));
    make(model, "show.pptx", pptx(a, SLIDE("<a:rPr sz=\"4400\" b=\"1\"/><a:t>标题</a:t>")));
    struct proposed x = propose(a, start, model, false);
    const struct rules *r = x.p.rules;
    assert_int_equal(earns(r, start, model), 20000);
    assert_int_equal(earns(r, start, start), 0);
    assert_string_equal(find(r, "slides.size")->expect, "44pt");
    assert_string_equal(find(r, "slides.bold")->expect, "yes");
    assert_string_equal(find(r, "file.absent")->path, "旧.txt");
    assert_string_equal(find(r, "file.copied")->path, "b/a.txt");
    assert_null(find(r, "slides.title"));
    release(&x);
}

static void what_is_proposed_is_written_and_read_again(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes out = {0};
    struct rules *again = NULL;
    struct err e;
    struct practical_folder *start = kit_folder(a, "a.txt", "x", NULL);
    struct practical_folder *model = kit_folder(a, "a.txt", "y\n<&\"|\\ \t z", "b.txt", "present", NULL);
    struct proposed x = propose(a, start, model, false);
    assert_done(rules_write(x.p.rules, &out, &e), e);
    assert_done(rules_read(&again, "again", bytes_span(&out), NULL, NULL, &e), e);
    assert_int_equal(earns(again, start, model), 20000);
    rules_free(again);
    bytes_release(&out);
    release(&x);
}

static void what_belongs_together_stands_in_one_group(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *start = kit_folder(a, "show.pptx", "", NULL),
                            *model = kit_folder(a, "show.pptx", "", NULL);
    make(start, "show.pptx", pptx(a, SLIDE("<a:rPr/><a:t>标题</a:t>")));
    make(model, "show.pptx", pptx(a, SLIDE("<a:rPr sz=\"4400\" b=\"1\" i=\"1\"/><a:t>标题</a:t>")));
    struct proposed x = propose(a, start, model, false);
    const struct rules *r = x.p.rules;
    assert_int_equal(find(r, "slides.size")->group, find(r, "slides.italic")->group);
    for (size_t i = 1; i < r->n_groups; i++)
        for (size_t k = 1; k < i; k++)
            assert_string_not_equal(r->group[i].title, r->group[k].title);
    release(&x);
}

static void what_stayed_is_protected_when_asked(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *start = kit_folder(a, "show.pptx", "", NULL),
                            *model = kit_folder(a, "show.pptx", "", NULL),
                            *spoilt = kit_folder(a, "show.pptx", "", NULL);
    make(start, "show.pptx", pptx(a, SLIDE("<a:rPr/><a:t>标题</a:t>")));
    make(model, "show.pptx", pptx(a, SLIDE("<a:rPr sz=\"4400\"/><a:t>标题</a:t>")));
    make(spoilt, "show.pptx", pptx(a, SLIDE("<a:rPr sz=\"4400\"/><a:t>标</a:t>")));
    struct proposed x = propose(a, start, model, true);
    assert_int_equal(earns(x.p.rules, start, model), 20000);
    assert_true(earns(x.p.rules, start, spoilt) < 20000);
    assert_true(find(x.p.rules, "slides.title")->forbid);
    release(&x);
}

static const char *many(struct arena *a, size_t n, const char *between)
{
    struct bytes b = {0};
    for (size_t i = 0; i < n; i++)
        bytes_printf(&b, "%s<a:rPr sz=\"2000\"/><a:t>%zu", between, i);
    const char *slide = arena_printf(a, SLIDE("<a:t>%.*s</a:t>"), (int)b.n, (const char *)b.p);
    bytes_release(&b);
    return slide;
}

static void of_a_file_with_very_many_facts_the_first_ones_are_looked_at(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *start = kit_folder(a, "show.pptx", "", NULL),
                            *model = kit_folder(a, "show.pptx", "", NULL);
    make(start, "show.pptx", pptx(a, SLIDE("<a:rPr/><a:t>标题</a:t>")));
    make(model, "show.pptx", pptx(a, many(a, 1000, "</a:t></a:r></a:p><a:p><a:r>")));
    struct proposed x = propose(a, start, model, false);
    assert_int_equal(x.p.n_cut, 1);
    assert_int_equal(x.p.rules->n_checks, PROPOSE_MAX_CHECKS);
    rules_free(x.p.rules);
    make(model, "show.pptx", pptx(a, many(a, 4000, "</a:t></a:r><a:r>"))); /* one paragraph */
    x = propose(a, start, model, false);
    assert_int_equal(x.p.n_cut, 0);
    assert_in_range(x.p.n_differing, 300, 3000);
    release(&x);
}

static void nothing_different_is_said_so_and_unreadable_files_are_counted(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct proposal p = {0};
    struct propose_options options = {.id = "t"};
    struct err e;
    struct practical_folder *start = kit_folder(a, "a.txt", "x", NULL);
    assert_refused(propose_rules(&p, start, start, &options, &e), ERR_DATA, "nothing that can be checked", e);
    struct practical_folder *model = kit_folder(a, "a.txt", "y", "bad.pptx", "no zip", NULL);
    assert_done(propose_rules(&p, start, model, &options, &e), e);
    assert_int_equal(p.n_unreadable, 1);
    rules_free(p.rules);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_differs_is_proposed_and_the_model_earns_all),
        cmocka_unit_test(what_is_proposed_is_written_and_read_again),
        cmocka_unit_test(what_belongs_together_stands_in_one_group),
        cmocka_unit_test(what_stayed_is_protected_when_asked),
        cmocka_unit_test(of_a_file_with_very_many_facts_the_first_ones_are_looked_at),
        cmocka_unit_test(nothing_different_is_said_so_and_unreadable_files_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
