/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/blueprint/blueprint.h"
#include "engine/exam/against.h"
#include "engine/exam/evidence.h"
#include "engine/problem/check.h"
#include "engine/proof/problem-text.h"
#include "paperbank/item/paper.h"

enum { MAX_CERTIFICATE = 64 << 20, MAX_PAPER = 64 << 20 };

struct verifying {
    const char *dir;
    struct bytes blueprint, paper_text, certificate_text, problem_text, proof_text;
    json_t *certificate;
    bool is_exam; /* of a blueprint; otherwise of a problem alone */
    struct paper *paper;
    struct problem *problem;
    struct proof_stage *stage;
    size_t n_stages;
    uint32_t *by_id; /* items of the problem, sorted by id */
    struct selection selection;
    struct err *e;
};

static bool has_file(const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    bool is = file_exists(path);
    free(path);
    return is;
}

bool exam_is_folder(const char *dir)
{
    return has_file(dir, "certificate.json");
}

static int no(const struct verifying *v, const char *file, const char *what)
{
    return err_set(v->e, ERR_NO, file, "%s", _(what));
}

/* ---- reading ---- */

static int read_file(const struct verifying *v, const char *dir, const char *name, size_t max,
                     struct bytes *ret)
{
    char *path = path_join(dir, name);
    int r = file_exists(path) ? file_read(path, max, ret, v->e) : no(v, name, N_("the file is missing"));
    free(path);
    return r;
}

static int read_files(struct verifying *v, const char *dir)
{
    int r = read_file(v, dir, "certificate.json", MAX_CERTIFICATE, &v->certificate_text);
    if (r == 0)
        r = evidence_open(&v->certificate, bytes_span(&v->certificate_text), v->e);
    if (r == 0)
        v->is_exam = json_object_get(v->certificate, "exam") != NULL;
    if (r == 0 && v->is_exam)
        r = read_file(v, dir, "blueprint.xml", BLUEPRINT_MAX_BYTES, &v->blueprint);
    if (r == 0 && v->is_exam)
        r = read_file(v, dir, "paper.xml", MAX_PAPER, &v->paper_text);
    if (r == 0)
        r = read_file(v, dir, "problem.txt", PROBLEM_TEXT_MAX_BYTES, &v->problem_text);
    if (r == 0)
        r = read_file(v, dir, "proof.txt", PROOF_TEXT_MAX_BYTES, &v->proof_text);
    return r;
}

static int has_digest(const struct verifying *v, const char *name, const struct bytes *text)
{
    const char *said = json_string_value(json_object_get(json_object_get(v->certificate, "digests"), name));
    char hex[129];
    evidence_digest(bytes_span(text), hex);
    return said && strcmp(said, hex) == 0
               ? 0
               : no(v, name, N_("it is not the file that the certificate speaks of"));
}

static int check_digests(const struct verifying *v)
{
    int r = v->is_exam ? has_digest(v, "blueprint.xml", &v->blueprint) : 0;
    if (r == 0 && v->is_exam)
        r = has_digest(v, "paper.xml", &v->paper_text);
    if (r == 0)
        r = has_digest(v, "problem.txt", &v->problem_text);
    if (r == 0)
        r = has_digest(v, "proof.txt", &v->proof_text);
    return r;
}

static int parse(struct verifying *v)
{
    int r = check_digests(v);
    if (r == 0 && v->is_exam)
        r = paper_read(&v->paper, "paper.xml", bytes_span(&v->paper_text), v->e);
    if (r == 0)
        r = problem_text_read(&v->problem, "problem.txt", bytes_span(&v->problem_text), v->e);
    if (r == 0)
        r = proof_text_read(&v->stage, &v->n_stages, "proof.txt", bytes_span(&v->proof_text), v->e);
    return r;
}

static int read_item(void *verifying, const struct paper_item *item, struct bytes *ret, struct err *e)
{
    const struct verifying *v = verifying;
    char *name = mem_printf("items/%s.xml", item->id);
    int r = read_file(v, v->dir, name, MAX_PAPER, ret);
    free(name);
    (void)e; /* that of v */
    return r;
}

/* Its items are those that it was made with. */
static int check_items(struct verifying *v)
{
    struct bytes lines = {0};
    int r = evidence_items(v->paper, read_item, v, &lines, v->e);
    if (r == 0)
        r = has_digest(v, "items", &lines);
    bytes_release(&lines);
    return r;
}

/* What stands in the certificate besides what is computed again. */
static int check_head(const struct verifying *v)
{
    const char *exam = json_string_value(json_object_get(v->certificate, "exam"));
    if (json_integer_value(json_object_get(v->certificate, "format")) != 2)
        return no(v, "certificate.json", N_("it is of another format"));
    return !v->is_exam || (exam && strcmp(exam, v->paper->id) == 0)
               ? 0
               : no(v, "paper.xml", N_("it is the paper of another exam"));
}

/* ---- forms ---- */

static int by_id(const void *a, const void *b, void *context)
{
    const struct problem *p = context;
    return strcmp(p->id[*(const uint32_t *)a], p->id[*(const uint32_t *)b]);
}

static int index_items(struct verifying *v)
{
    struct problem *p = v->problem;
    v->by_id = mem_alloc((p->n_items + 1) * sizeof *v->by_id);
    for (uint32_t i = 0; i < p->n_items; i++)
        v->by_id[i] = i;
    qsort_r(v->by_id, p->n_items, sizeof *v->by_id, by_id, p);
    for (size_t i = 1; i < p->n_items; i++)
        if (strcmp(p->id[v->by_id[i - 1]], p->id[v->by_id[i]]) == 0)
            return no(v, "problem.txt", N_("two items have one id"));
    return 0;
}

static bool find_item(const struct verifying *v, const char *id, uint32_t *ret)
{
    size_t lo = 0, hi = v->problem->n_items;
    while (id && lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(v->problem->id[v->by_id[mid]], id);
        if (order == 0) {
            *ret = v->by_id[mid];
            return true;
        }
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* A form of the certificate, as item numbers. */
static int take_form(struct verifying *v, const json_t *form, size_t f)
{
    json_t *items = json_object_get(form, "items");
    size_t n = json_array_size(items);
    v->selection.form[f] = mem_alloc((n + 1) * sizeof **v->selection.form);
    for (size_t i = 0; i < n; i++)
        if (!find_item(v, json_string_value(json_array_get(items, i)), &v->selection.form[f][i]))
            return no(v, "certificate.json", N_("a form has an item that problem.txt does not have"));
    v->selection.n[f] = n;
    qsort(v->selection.form[f], n, sizeof **v->selection.form, ascending);
    return 0;
}

/* The form of paper.xml is that of the certificate. */
static int same_form(struct verifying *v, const struct paper_form *paper, const json_t *form, size_t f)
{
    const char *id = json_string_value(json_object_get(form, "id"));
    const double points = json_number_value(json_object_get(form, "points"));
    size_t n = paper_form_items(paper);
    uint32_t *item = mem_alloc((n + 1) * sizeof *item);
    int64_t milli = 0;
    bool same = id && strcmp(id, paper->id) == 0 && n == v->selection.n[f];
    for (size_t i = 0; same && i < n; i++) {
        const struct paper_item *x = paper_form_item(paper, i, NULL);
        milli += x->points.milli;
        same = find_item(v, x->id, &item[i]);
    }
    if (same) {
        qsort(item, n, sizeof *item, ascending);
        same = n == 0 || memcmp(item, v->selection.form[f], n * sizeof *item) == 0;
    }
    free(item);
    same = same && (double)milli == points * 1000;
    return same ? 0 : no(v, "paper.xml", N_("a form is not the one that the certificate speaks of"));
}

static int take_forms(struct verifying *v)
{
    const json_t *forms = json_object_get(v->certificate, "forms");
    size_t n = json_array_size(forms);
    int r = index_items(v);
    if (r == 0 && (n != v->problem->n_forms || (v->is_exam && n != v->paper->n_forms)))
        r = no(v, "certificate.json", N_("papers, problem and certificate have different numbers of forms"));
    if (r < 0)
        return r;
    v->selection = (struct selection){.form = mem_alloc(n * sizeof *v->selection.form),
                                      .n = mem_alloc(n * sizeof *v->selection.n),
                                      .n_forms = n};
    for (size_t f = 0; r == 0 && f < n; f++)
        r = take_form(v, json_array_get(forms, f), f);
    for (size_t f = 0; v->is_exam && r == 0 && f < n; f++)
        r = same_form(v, &v->paper->form[f], json_array_get(forms, f), f);
    return r;
}

/* ---- computing again ---- */

/* What was computed, through the same text as the certificate, is what the certificate says; takes `computed`
 * over. */
static int says(const struct verifying *v, const char *name, json_t *computed)
{
    json_error_t fault;
    char *text = json_dumps(computed, JSON_REAL_PRECISION(9) | JSON_ENCODE_ANY);
    json_t *again = json_loads(text ? text : "", JSON_DECODE_ANY, &fault);
    bool same = again && json_equal(again, json_object_get(v->certificate, name));
    free(text);
    json_decref(again);
    json_decref(computed);
    return same ? 0
                : err_set(v->e, ERR_NO, "certificate.json",
                          _("\"%s\" is not what problem, papers and proof give"), name);
}

static int compute_again(struct verifying *v, json_t *facts)
{
    json_t *objectives = NULL;
    int r = check_selection(v->problem, &v->selection, NULL, v->e);
    if (r == 0)
        r = evidence_objectives(v->problem, &v->selection, v->stage, v->n_stages, &objectives, v->e);
    if (r < 0)
        return r;
    json_object_set_new(facts, "objectives", json_deep_copy(objectives));
    const char *status = json_string_value(json_object_get(v->certificate, "status"));
    bool best = status && strcmp(status, "optimal") == 0 && evidence_is_best(objectives);
    r = says(v, "proven", json_boolean(best));
    if (r == 0 && v->is_exam)
        r = says(v, "objective", evidence_first(v->problem, objectives));
    if (r == 0)
        r = says(v, "objectives", json_incref(objectives));
    json_decref(objectives);
    if (r == 0)
        r = says(v, "requirements", evidence_requirements(v->problem, &v->selection));
    if (r == 0)
        r = says(v, "overlap", evidence_overlap(&v->selection));
    return r;
}

static void release(struct verifying *v)
{
    bytes_release(&v->blueprint);
    bytes_release(&v->paper_text);
    bytes_release(&v->certificate_text);
    bytes_release(&v->problem_text);
    bytes_release(&v->proof_text);
    json_decref(v->certificate);
    paper_free(v->paper);
    problem_free(v->problem);
    proof_stages_free(v->stage, v->n_stages);
    free(v->by_id);
    selection_release(&v->selection);
}

int exam_verify(const char *dir, struct bank *bank, json_t *facts, struct err *e)
{
    struct verifying v = {.dir = dir, .e = e};
    if (!has_file(dir, "problem.txt"))
        return err_set(e, ERR_NO, dir,
                       _("there is no proof: it was not assembled from a blueprint, or by an older version"));
    int r = read_files(&v, dir);
    if (r == 0)
        r = parse(&v);
    if (r == 0)
        r = check_head(&v);
    if (r == 0)
        r = take_forms(&v);
    if (r == 0 && v.is_exam)
        r = check_items(&v);
    if (r == 0) {
        if (v.is_exam)
            json_object_set_new(facts, "exam", json_string(v.paper->id));
        else
            json_object_set_new(facts, "kind", json_string("papers"));
        json_object_set_new(facts, "forms", json_integer((json_int_t)v.problem->n_forms));
        json_object_set_new(facts, "requirements", json_integer((json_int_t)v.problem->n_requirements));
        r = compute_again(&v, facts);
    }
    if (r == 0 && bank && v.is_exam)
        r = against_bank(&(struct against){dir, bytes_span(&v.blueprint), bytes_span(&v.problem_text),
                                           v.problem, &v.selection, v.paper, v.certificate},
                         bank, e);
    release(&v);
    return r;
}
