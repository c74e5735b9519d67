/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/evidence.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/explain/explain.h"
#include "engine/problem/check.h"
#include "engine/problem/stage.h"

enum { DIGEST = 64 };

#define SEAL_BEFORE ",\n \"digest\": \""
#define SEAL_AFTER "\"\n}\n"

static json_t *number(int64_t v, int64_t unit)
{
    return unit == 1 ? json_integer(v) : json_real((double)v / (double)unit);
}

static json_t *limit(int64_t v, int64_t open, int64_t unit)
{
    return v == open ? json_null() : number(v, unit);
}

int64_t evidence_met(const struct problem *p, uint32_t k, const struct selection *s, size_t form)
{
    int64_t worst = INT64_MIN;
    for (size_t i = k; i < p->n_requirements; i++)
        if (p->requirement[i].unit_no == k) {
            int64_t v = check_value(p, &p->requirement[i], s, form);
            worst = v > worst ? v : worst;
        }
    return worst;
}

/* For each rule and form, at k * n_forms + form. */
static int64_t *all_met(const struct problem *p, const struct selection *s)
{
    size_t forms = s->n_forms;
    int64_t *met = mem_alloc((p->n_requirements * forms + 1) * sizeof *met);
    for (size_t i = 0; i < p->n_requirements * forms; i++)
        met[i] = INT64_MIN;
    for (size_t i = 0; i < p->n_requirements; i++) {
        const struct requirement *r = &p->requirement[i];
        for (size_t f = 0; f < forms; f++) {
            int64_t *to = &met[r->unit_no * forms + f], v = check_value(p, r, s, f);
            *to = v > *to ? v : *to;
        }
    }
    return met;
}

json_t *evidence_requirements(const struct problem *p, const struct selection *s)
{
    json_t *list = json_array();
    int64_t *met = all_met(p, s);
    for (uint32_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        if (r->unit_no != k)
            continue;
        json_t *values = json_array();
        for (size_t f = 0; f < s->n_forms; f++)
            json_array_append_new(values, number(met[k * s->n_forms + f], r->unit));
        json_array_append_new(list, json_pack("{s:s,s:I,s:o,s:o,s:o,s:I}", "id", r->id, "line",
                                              (json_int_t)r->line, "min", limit(r->lo, OPEN_LO, r->unit),
                                              "max", limit(r->hi, OPEN_HI, r->unit), "met", values,
                                              "matching", (json_int_t)requirement_matches(p, r)));
    }
    free(met);
    return list;
}

json_t *evidence_overlap(const struct selection *s)
{
    json_t *table = json_array();
    for (size_t f = 0; f < s->n_forms; f++) {
        json_t *row = json_array();
        for (size_t g = 0; g < s->n_forms; g++)
            json_array_append_new(row, json_integer(check_overlap(s, f, g)));
        json_array_append_new(table, row);
    }
    return table;
}

/* ---- objectives ---- */

static const char *kind_name(enum objective_kind k)
{
    static const char *const name[] = {"none",        "max_sum",   "maximin",
                                       "minimax_dev", "min_range", "min_penalty"};
    return name[k];
}

static json_t *fraction(int64_t num, int64_t den)
{
    char text[48];
    if (den == 1)
        snprintf(text, sizeof text, "%lld", (long long)num);
    else
        snprintf(text, sizeof text, "%lld/%lld", (long long)num, (long long)den);
    return json_string(text);
}

/* What the forms are worth, and what is proven. */
struct worth {
    int64_t value[2];
    bool bounded;
    struct proof_bound bound;
};

static json_t *objective_json(const struct objective *o, const struct worth *w)
{
    double unit = (double)o->unit, value = (double)w->value[0] / (double)w->value[1] / unit;
    double bound = w->bounded ? (double)w->bound.num / (double)w->bound.den / unit : 0;
    bool best = w->bounded && w->bound.num == w->value[0] && w->bound.den == w->value[1];
    bool minimised = o->kind != OBJECTIVE_MAX_SUM && o->kind != OBJECTIVE_MAXIMIN;
    if (minimised && w->value[0] <= o->indifferent)
        best = true;
    double gap = best ? 0 : fabs(value - bound) / fmax(fabs(value), 1e-9);
    json_t *j = json_pack("{s:s,s:f,s:o,s:I}", "kind", kind_name(o->kind), "value", value, "exactValue",
                          fraction(w->value[0], w->value[1]), "unit", (json_int_t)o->unit);
    json_object_set_new(j, "bound", w->bounded ? json_real(bound) : json_null());
    json_object_set_new(j, "exactBound", w->bounded ? fraction(w->bound.num, w->bound.den) : json_null());
    json_object_set_new(j, "gap", w->bounded ? json_real(gap) : json_null());
    json_object_set_new(j, "best", json_boolean(best));
    json_object_set_new(j, "leaves", json_integer((json_int_t)w->bound.leaves));
    return j;
}

static bool worse(const struct objective *o, const int64_t *a, const int64_t *b)
{
    bool up = o->kind == OBJECTIVE_MAX_SUM || o->kind == OBJECTIVE_MAXIMIN;
    __int128 x = (__int128)a[0] * b[1], y = (__int128)b[0] * a[1];
    return up ? x < y : x > y;
}

static int prove_stage(const struct problem *p, size_t k, const int64_t *reached,
                       const struct proof_stage *stage, struct worth *w, struct err *e)
{
    struct problem *one = NULL;
    int r = problem_stage(&one, p, k, reached, e);
    if (r == 0)
        r = proof_bound(one, &stage->proof, stage->has_incumbent ? stage->incumbent : NULL, &w->bound, e);
    problem_free(one);
    if (r < 0)
        return r;
    const int64_t bound[] = {w->bound.num, w->bound.den};
    if (w->bound.infeasible || worse(&p->objective[k], bound, w->value))
        return err_set(e, ERR_NO, p->name,
                       _("objective %zu: the papers are better than what the proof allows"), k + 1);
    w->bounded = true;
    return 0;
}

static int hold_stages(const struct problem *p, const struct selection *s, size_t k, const int64_t *reached,
                       struct err *e)
{
    struct problem *last = NULL;
    int r = problem_stage(&last, p, k, reached, e);
    if (r == 0)
        r = check_selection(last, s, NULL, e);
    problem_free(last);
    return r;
}

int evidence_objectives(const struct problem *p, const struct selection *s, const struct proof_stage *stage,
                        size_t n, json_t **ret, struct err *e)
{
    int64_t *reached = mem_alloc((2 * p->n_objectives + 2) * sizeof *reached);
    json_t *list = json_array();
    int r = 0;
    for (size_t k = 0; r == 0 && k < p->n_objectives; k++) {
        struct worth w = {0};
        bool up = p->objective[k].kind == OBJECTIVE_MAX_SUM || p->objective[k].kind == OBJECTIVE_MAXIMIN;
        bool staged = k < n && (k == 0 || stage[k - 1].has_incumbent) && stage[k].proof.n_nodes;
        r = check_objective(p, &p->objective[k], s, &w.value[0], &w.value[1], e);
        if (r == 0 && staged)
            r = prove_stage(p, k, reached, &stage[k], &w, e);
        else if (!up) /* nothing is below 0 */
            w.bounded = true, w.bound.den = 1;
        memcpy(&reached[2 * k], k < n && stage[k].has_incumbent ? stage[k].incumbent : w.value,
               2 * sizeof *reached);
        if (r == 0)
            json_array_append_new(list, objective_json(&p->objective[k], &w));
    }
    if (r == 0 && p->n_objectives)
        r = hold_stages(p, s, p->n_objectives - 1, reached, e);
    free(reached);
    if (r < 0)
        json_decref(list);
    else
        *ret = list;
    return r;
}

json_t *evidence_first(const struct problem *p, const json_t *objectives)
{
    static const char *const name[] = {"value", "bound", "gap"};
    bool none = p->objective->kind == OBJECTIVE_NONE;
    const json_t *first = json_array_get(objectives, 0);
    json_t *o = json_pack("{s:s}", "what", none ? "none" : "the first objective");
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        json_object_set_new(o, name[i],
                            none ? json_null() : json_deep_copy(json_object_get(first, name[i])));
    return o;
}

bool evidence_is_best(const json_t *objectives)
{
    size_t i;
    json_t *o;
    json_array_foreach((json_t *)objectives, i, o)
    {
        if (!json_is_true(json_object_get(o, "best")))
            return false;
    }
    return true;
}

/* ---- digests ---- */

void evidence_digest(struct span data, char ret[129])
{
    uint8_t hash[DIGEST];
    crypto_generichash(hash, sizeof hash, data.p, data.n, NULL, 0);
    hex_encode(ret, hash, sizeof hash);
}

static int by_item(const void *a, const void *b)
{
    const struct paper_item *x = *(const struct paper_item *const *)a, *y = *(const struct paper_item *const *)b;
    return strcmp(x->id, y->id);
}

int evidence_items(const struct paper *p, evidence_read_fn *read, void *context, struct bytes *out,
                   struct err *e)
{
    size_t all = 0, n = 0;
    for (size_t f = 0; f < p->n_forms; f++)
        all += paper_form_items(&p->form[f]);
    const struct paper_item **item = mem_alloc((all + 1) * sizeof *item);
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t i = 0; i < paper_form_items(&p->form[f]); i++)
            item[n++] = paper_form_item(&p->form[f], i, NULL);
    qsort(item, n, sizeof *item, by_item);
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct bytes text = {0};
        char hex[129];
        if (i && by_item(&item[i - 1], &item[i]) == 0)
            continue;
        r = read(context, item[i], &text, e);
        evidence_digest(bytes_span(&text), hex);
        bytes_printf(out, "%s.xml %s\n", item[i]->id, hex);
        bytes_release(&text);
    }
    free(item);
    return r;
}

void evidence_seal(json_t *o, struct bytes *out)
{
    char hex[129], *text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    struct bytes plain = {0};
    bytes_str(&plain, text ? text : "");
    bytes_str(&plain, "\n");
    evidence_digest(bytes_span(&plain), hex);
    bytes_add(out, plain.p, plain.n - strlen("\n}\n"));
    bytes_printf(out, SEAL_BEFORE "%s" SEAL_AFTER, hex);
    bytes_release(&plain);
    free(text);
    json_decref(o);
}

static bool seal_is_whole(struct span text)
{
    size_t length = strlen(SEAL_BEFORE) + 128 + strlen(SEAL_AFTER);
    const char *p = (const char *)text.p;
    char hex[129];
    struct bytes plain = {0};
    if (text.n < length || memcmp(p + text.n - length, SEAL_BEFORE, strlen(SEAL_BEFORE)) != 0 ||
        memcmp(p + text.n - strlen(SEAL_AFTER), SEAL_AFTER, strlen(SEAL_AFTER)) != 0)
        return false;
    bytes_add(&plain, p, text.n - length);
    bytes_str(&plain, "\n}\n");
    evidence_digest(bytes_span(&plain), hex);
    bytes_release(&plain);
    return memcmp(p + text.n - strlen(SEAL_AFTER) - 128, hex, 128) == 0;
}

int evidence_open(json_t **ret, struct span text, struct err *e)
{
    json_error_t fault;
    json_t *o = json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(o)) {
        json_decref(o);
        return err_set(e, ERR_DATA, "certificate.json", _("this is no certificate of an exam"));
    }
    if (!seal_is_whole(text)) {
        json_decref(o);
        return err_set(e, ERR_NO, "certificate.json", _("it was changed: its digest is of another text"));
    }
    *ret = o;
    return 0;
}
