/* SPDX-License-Identifier: Apache-2.0 */
/* From a blueprint over our own sixty items to an exam's folder. */
#include <ftw.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "engine/exam/certificate.h"
#include "engine/problem/check.h"
#include "engine/exam/exam.h"
#include "engine/explain/explain.h"
#include "paperbank/bank/import.h"
#include "tests/check.h"

struct desk {
    char *dir;
    struct bank *bank;
};

static int setup(void **state)
{
    struct desk *d = mem_alloc(sizeof *d);
    struct err e = {0};
    int64_t n[IMPORT_OUTCOMES] = {0};
    const char *tmp = getenv("TMPDIR");
    d->dir = mem_printf("%s/assembly.XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(d->dir));
    char *path = path_join(d->dir, "bank.db"), *items = path_join(getenv("SOURCE_ROOT"), "data/bank");
    assert_done(bank_open(&d->bank, path, true, &e), e);
    assert_done(bank_import(d->bank, items, NULL, 1, NULL, NULL, n, &e), e);
    free(path);
    free(items);
    *state = d;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static int teardown(void **state)
{
    struct desk *d = *state;
    bank_close(d->bank);
    nftw(d->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(d->dir);
    free(d);
    return 0;
}

static struct bytes file_of(const char *name)
{
    struct bytes text = {0};
    struct err e = {0};
    char *path = path_join(getenv("SOURCE_ROOT"), name);
    assert_done(file_read(path, 1 << 20, &text, &e), e);
    free(path);
    return text;
}

static struct bytes sample(void)
{
    return file_of("data/blueprints/sample.xml");
}

/* The sample with one piece of text replaced. */
static struct bytes sample_with(const char *old, const char *new)
{
    struct bytes text = sample(), out = {0};
    const char *s = (const char *)text.p, *at = strstr(s, old);
    assert_non_null(at);
    bytes_add(&out, s, (size_t)(at - s));
    bytes_str(&out, new);
    bytes_str(&out, at + strlen(old));
    bytes_release(&text);
    return out;
}

struct made {
    struct bytes text;
    struct blueprint *blueprint;
    struct assembly *assembly;
    struct solve_result result;
};

static void make(const struct desk *d, struct made *m, uint64_t seed)
{
    struct err e = {0};
    struct solve_options o = {.seed = seed, .vary = true};
    assert_done(blueprint_read(&m->blueprint, "b.xml", bytes_span(&m->text), NULL, NULL, &e), e);
    assert_done(assembly_build(&m->assembly, m->blueprint, d->bank, 0, false, &e), e);
    assert_done(solve(m->assembly->problem, &o, &m->result, &e), e);
}

static void unmake(struct made *m)
{
    solve_result_release(&m->result);
    assembly_free(m->assembly);
    blueprint_free(m->blueprint);
    bytes_release(&m->text);
}

static void the_sample_gives_two_forms_of_forty_points(void **state)
{
    struct made m = {.text = sample()};
    make(*state, &m, 5);
    assert_int_equal(m.result.status, SOLVE_OPTIMAL);
    struct paper *p = exam_paper_of(m.assembly, &m.result.selection, "spring");
    struct bytes out = {0};
    struct err e = {0};
    assert_done(paper_write(p, &out, &e), e);
    assert_int_equal(p->n_forms, 2);
    assert_string_equal(p->form[1].id, "B");
    assert_int_equal(paper_form_items(&p->form[0]), 20);
    assert_true(check_overlap(&m.result.selection, 0, 1) <= 4);
    bytes_release(&out);
    paper_free(p);
    unmake(&m);
}

static void the_rules_of_the_blueprints_sections_are_those_of_every_form(void **state)
{
    struct made m = {.text = file_of("data/blueprints/sections.xml")};
    struct err e = {0};
    struct bytes out = {0};
    make(*state, &m, 5);
    struct paper *p = exam_paper_of(m.assembly, &m.result.selection, "spring");
    assert_done(paper_write(p, &out, &e), e);
    assert_true(p->calculator && p->notes && p->tutorial);
    for (size_t f = 0; f < 2; f++) {
        const struct paper_section *s = p->form[f].section;
        assert_int_equal(s[0].time_s, 900);
        assert_true(s[0].navigation == PAPER_LINEAR && s[0].once);
        for (size_t k = 1; k < p->form[f].n_sections; k++)
            assert_false(paper_section_has_rules(&s[k]));
    }
    bytes_release(&out);
    paper_free(p);
    unmake(&m);
}

static void enemies_never_stand_in_one_form(void **state)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct made m = {.text = sample_with("<meanFacility from=\"0.62\" to=\"0.80\" target=\"0.72\"/>", "")};
        make(*state, &m, seed);
        for (size_t f = 0; f < 2; f++)
            for (size_t i = 0; i < m.result.selection.n[f]; i++)
                for (size_t j = 0; j < m.result.selection.n[f]; j++) {
                    const struct bank_item *a = &m.assembly->pool[m.result.selection.form[f][i]].item;
                    const struct bank_item *b = &m.assembly->pool[m.result.selection.form[f][j]].item;
                    for (size_t k = 0; k < a->n_enemies; k++)
                        assert_string_not_equal(a->enemy[k], b->id);
                }
        unmake(&m);
    }
}

static void the_same_seed_gives_the_same_bytes_and_others_differ(void **state)
{
    struct bytes first = {0}, again = {0}, other = {0};
    struct bytes *out[] = {&first, &again, &other};
    struct err e = {0};
    for (int i = 0; i < 3; i++) {
        struct made m = {.text = sample()};
        make(*state, &m, i == 2 ? 7 : 5);
        struct paper *p = exam_paper_of(m.assembly, &m.result.selection, "x");
        assert_done(paper_write(p, out[i], &e), e);
        assert_done(certificate_json(m.assembly, &m.result, ((struct desk *)*state)->bank, 1, "x", bytes_span(&m.text), out[i], &e), e);
        paper_free(p);
        unmake(&m);
    }
    assert_true(span_equal(bytes_span(&first), bytes_span(&again)));
    assert_false(span_equal(bytes_span(&first), bytes_span(&other)));
    for (int i = 0; i < 3; i++)
        bytes_release(out[i]);
}

static void too_many_items_are_explained_in_the_offices_words(void **state)
{
    struct made m = {.text = sample_with("kinds=\"multiple\" count=\"3\" points=\"3\"", "kinds=\"multiple\" count=\"9\" points=\"1\"")};
    struct solve_options o = {.seed = 1};
    struct explanation x = {0};
    struct bytes words = {0};
    struct err e = {0};
    make(*state, &m, 5);
    assert_int_equal(m.result.status, SOLVE_INFEASIBLE);
    assert_done(explain_infeasible(m.assembly->problem, &o, &x, &e), e);
    explanation_text(m.assembly, &x, &words);
    assert_int_equal(x.n, 1);
    assert_non_null(strstr((const char *)words.p, "exactly 9 items; 8 items of the bank fit"));
    bytes_release(&words);
    explanation_release(&x);
    unmake(&m);
}

static void an_item_to_include_must_be_there(void **state)
{
    struct desk *d = *state;
    struct bytes text = sample_with("<section id=\"s1\"", "<include item=\"zzz\"/><section id=\"s1\"");
    struct blueprint *b = NULL;
    struct assembly *a = NULL;
    struct err e = {0};
    assert_done(blueprint_read(&b, "b.xml", bytes_span(&text), NULL, NULL, &e), e);
    assert_refused(assembly_build(&a, b, d->bank, 0, false, &e), ERR_DATA, "item zzz is not in the bank", e);
    assert_non_null(strstr(e.where, "b.xml:"));
    blueprint_free(b);
    bytes_release(&text);
}

static void an_exam_is_written_whole_and_never_overwritten(void **state)
{
    struct desk *d = *state;
    struct made m = {.text = sample()};
    struct err e = {0};
    struct bytes json = {0}, xml = {0};
    struct file_names names = {0};
    struct paper *p = NULL;
    make(d, &m, 5);
    char *exams = path_join(d->dir, "exams"), *dir = path_join(exams, "spring"), *paper = path_join(dir, "paper.xml");
    char *items = path_join(dir, "items");
    assert_done(certificate_json(m.assembly, &m.result, d->bank, 1, "spring", bytes_span(&m.text), &json, &e), e);
    assert_done(exam_write(dir, m.assembly, &m.result, d->bank, 1, bytes_span(&m.text),
                           bytes_span(&json), &e),
                e);
    assert_done(file_read(paper, 1 << 20, &xml, &e), e);
    assert_done(paper_read(&p, paper, bytes_span(&xml), &e), e);
    assert_string_equal(p->id, "spring");
    assert_done(file_list(items, &names, &e), e);
    assert_int_equal(names.n, 40 - check_overlap(&m.result.selection, 0, 1));
    file_names_free(&names);
    assert_refused(exam_write(dir, m.assembly, &m.result, d->bank, 1, bytes_span(&m.text),
                              bytes_span(&json), &e),
                   ERR_USAGE,
                   "already", e);
    assert_done(file_list(exams, &names, &e), e);
    assert_int_equal(names.n, 1); /* no temporary folder is left */
    file_names_free(&names);
    paper_free(p);
    bytes_release(&json);
    bytes_release(&xml);
    free(exams);
    free(dir);
    free(paper);
    free(items);
    unmake(&m);
}

static volatile sig_atomic_t interrupts;

static void count_interrupt(int signal)
{
    (void)signal;
    interrupts++;
}

/* Writes a file, is interrupted, and ends as *status says. */
static int fill_interrupted(void *status, const char *dir, struct err *e)
{
    char *path = path_join(dir, "one");
    int r = file_put(path, 0644, span_str("x"), e);
    free(path);
    raise(SIGINT);
    assert_int_equal(interrupts, 0); /* not yet */
    return r < 0 ? r : *(int *)status ? err_set(e, ERR_ENV, "one", "full") : 0;
}

static void a_folder_that_is_interrupted_or_fails_is_there_whole_or_not_at_all(void **state)
{
    struct desk *d = *state;
    struct err e = {0};
    struct file_names names = {0};
    char *parent = path_join(d->dir, "whole"), *dir = path_join(parent, "spring");
    void (*before)(int) = signal(SIGINT, count_interrupt);
    for (int fails = 1; fails >= 0; fails--) {
        interrupts = 0;
        assert_int_equal(exam_folder_put(dir, fill_interrupted, &fails, &e), fails ? -ERR_ENV : 0);
        assert_int_equal(interrupts, 1);
        assert_done(file_list(parent, &names, &e), e);
        assert_int_equal(names.n, fails ? 0 : 1); /* no temporary folder either */
        file_names_free(&names);
    }
    signal(SIGINT, before);
    free(dir);
    free(parent);
}

static void an_interrupt_is_told_in_certificate_and_words(void **state)
{
    struct made m = {.text = sample()};
    struct bytes out = {0}, words = {0};
    struct err e = {0};
    make(*state, &m, 5);
    m.result.interrupted = true;
    assert_done(certificate_json(m.assembly, &m.result, ((struct desk *)*state)->bank, 1, "x", bytes_span(&m.text), &out, &e), e);
    json_t *o = json_loadb((const char *)out.p, out.n, 0, NULL);
    assert_true(json_is_true(json_object_get(o, "interrupted")));
    certificate_text(m.assembly, &m.result, &words);
    bytes_u8(&words, 0);
    assert_non_null(strstr((const char *)words.p, "interrupted: these are the best papers found until then"));
    json_decref(o);
    bytes_release(&words);
    bytes_release(&out);
    unmake(&m);
}

static void the_certificate_counts_what_the_paper_has(void **state)
{
    struct made m = {.text = sample()};
    struct bytes out = {0};
    struct err e = {0};
    make(*state, &m, 5);
    assert_done(certificate_json(m.assembly, &m.result, ((struct desk *)*state)->bank, 1, "x", bytes_span(&m.text), &out, &e), e);
    json_t *o = json_loadb((const char *)out.p, out.n, 0, NULL), *r;
    size_t i;
    assert_non_null(o);
    json_array_foreach(json_object_get(o, "requirements"), i, r) {
        json_t *v;
        size_t f;
        json_array_foreach(json_object_get(r, "met"), f, v) {
            double lo = json_number_value(json_object_get(r, "min")), hi = json_number_value(json_object_get(r, "max"));
            assert_true(json_number_value(v) >= lo);
            assert_true(json_is_null(json_object_get(r, "max")) || json_number_value(v) <= hi);
        }
    }
    assert_int_equal(json_integer_value(json_array_get(json_array_get(json_object_get(o, "overlap"), 0), 0)), 20);
    json_decref(o);
    bytes_release(&out);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_sample_gives_two_forms_of_forty_points, setup, teardown),
        cmocka_unit_test_setup_teardown(the_rules_of_the_blueprints_sections_are_those_of_every_form, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(enemies_never_stand_in_one_form, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_seed_gives_the_same_bytes_and_others_differ, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(too_many_items_are_explained_in_the_offices_words, setup, teardown),
        cmocka_unit_test_setup_teardown(an_item_to_include_must_be_there, setup, teardown),
        cmocka_unit_test_setup_teardown(an_exam_is_written_whole_and_never_overwritten, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_that_is_interrupted_or_fails_is_there_whole_or_not_at_all, setup, teardown),
        cmocka_unit_test_setup_teardown(an_interrupt_is_told_in_certificate_and_words, setup, teardown),
        cmocka_unit_test_setup_teardown(the_certificate_counts_what_the_paper_has, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
