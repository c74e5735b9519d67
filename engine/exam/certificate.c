/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/certificate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "engine/exam/evidence.h"
#include "engine/exam/exam.h"
#include "engine/explain/words.h"
#include "engine/problem/check.h"
#include "engine/proof/problem-text.h"

const char *form_name(size_t form, char *buf, size_t size)
{
    if (form < 26)
        snprintf(buf, size, "%c", (char)('A' + form));
    else
        snprintf(buf, size, "F%zu", form + 1);
    return buf;
}

static json_t *form_json(const struct assembly *a, const struct selection *s, size_t f)
{
    char name[16];
    int64_t points = 0, weighted = 0, seconds = 0;
    bool facility = true, time = true;
    json_t *items = json_array();
    for (size_t i = 0; i < s->n[f]; i++) {
        const struct assembly_item *item = &a->pool[s->form[f][i]];
        facility = facility && item->item.facility != BANK_UNKNOWN;
        time = time && item->item.expected_s != BANK_UNKNOWN;
        points += item->points.milli;
        weighted += facility ? item->points.milli * item->item.facility : 0;
        seconds += time ? item->item.expected_s : 0;
        json_array_append_new(items, json_string(item->item.id));
    }
    json_t *o = json_pack("{s:s,s:o,s:o}", "id", form_name(f, name, sizeof name), "items", items, "points",
                          json_real((double)points / 1000));
    if (facility && points > 0)
        json_object_set_new(o, "meanFacility", json_real((double)weighted / (double)points / 1000));
    if (time)
        json_object_set_new(o, "expectedTime", json_integer(seconds));
    return o;
}

json_t *certificate_forms(const struct assembly *a, const struct selection *s)
{
    json_t *forms = json_array();
    for (size_t f = 0; f < s->n_forms; f++)
        json_array_append_new(forms, form_json(a, s, f));
    return forms;
}

static void dump(json_t *o, struct bytes *out)
{
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    bytes_str(out, text ? text : "");
    bytes_str(out, "\n");
    free(text);
    json_decref(o);
}

static void put_digest(json_t *o, const char *name, struct bytes *text)
{
    char hex[129];
    evidence_digest(bytes_span(text), hex);
    json_object_set_new(o, name, json_string(hex));
    bytes_release(text);
}

static int read_item(void *bank, const struct paper_item *item, struct bytes *ret, struct err *e)
{
    struct arena *arena = arena_new();
    struct span xml = {0};
    int r = bank_item_xml(bank, item->id, item->version, arena, &xml, e);
    bytes_add(ret, xml.p, xml.n);
    arena_free(arena);
    return r;
}

/* Of the files beside it, and of the items that the search chose from. */
static int digests_json(const struct assembly *a, const struct solve_result *r, struct bank *bank,
                        const char *exam, struct span blueprint, json_t *o, struct err *e)
{
    struct bytes problem = {0}, proof = {0}, pool = {0}, plan = {0}, papers = {0}, items = {0};
    struct paper *p = exam_paper_of(a, &r->selection, exam);
    int status = paper_write(p, &papers, e);
    if (status == 0)
        status = evidence_items(p, read_item, bank, &items, e);
    paper_free(p);
    bytes_add(&plan, blueprint.p, blueprint.n);
    problem_text(a->problem, &problem);
    proof_text(r->stage, r->n_stages, &proof);
    for (size_t i = 0; i < a->n_pool; i++)
        bytes_printf(&pool, "%s %lld\n", a->pool[i].item.id, (long long)a->pool[i].item.version);
    put_digest(o, "blueprint.xml", &plan);
    put_digest(o, "paper.xml", &papers);
    put_digest(o, "items", &items);
    put_digest(o, "problem.txt", &problem);
    put_digest(o, "proof.txt", &proof);
    put_digest(o, "pool", &pool);
    return status;
}

static json_t *counts_json(const struct assembly *a)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I}", "bankItems", (json_int_t)a->n_bank, "poolItems",
                     (json_int_t)a->n_pool, "leftOutWithoutFacility", (json_int_t)a->without_facility,
                     "leftOutWithoutExpectedTime", (json_int_t)a->without_time, "leftOutWithoutParameters",
                     (json_int_t)a->without_irt, "leftOutWithoutNumber", (json_int_t)a->without_number);
}

void certificate_search(const struct solve_result *r, const json_t *objectives, json_t *o)
{
    const char *method = r->selection.n_forms == 1
                             ? "linear relaxation, reduced-cost fixing, search tree"
                             : "relaxation over interchangeable forms, local search, exact sub-problems";
    json_t *facts = json_pack("{s:s,s:b,s:s,s:I,s:I,s:b,s:b}", "status", solve_status_text(r->status), "proven",
                              r->status == SOLVE_OPTIMAL && evidence_is_best(objectives), "method", method, "nodes", (json_int_t)r->nodes, "work", (json_int_t)r->work,
                              "cutByClock", (int)r->cut_by_clock, "interrupted", (int)r->interrupted);
    json_object_update(o, facts);
    json_decref(facts);
}

int certificate_json(const struct assembly *a, const struct solve_result *r, struct bank *bank, uint64_t seed,
                     const char *exam, struct span blueprint, struct bytes *out, struct err *e)
{
    const struct problem *p = a->problem;
    struct err broken = {0};
    json_t *objectives = NULL;
    int status = check_selection(p, &r->selection, NULL, &broken);
    if (status == 0)
        status = evidence_objectives(p, &r->selection, r->stage, r->n_stages, &objectives, &broken);
    if (status < 0) {
        return err_set(e, ERR_BUG, exam, "the certificate's check fails: %s: %s", broken.where, broken.what);
    }
    json_t *o = json_pack("{s:i,s:s,s:s,s:I,s:o,s:o,s:s}", "format", 2, "exam", exam, "blueprint",
                          a->blueprint->id, "seed", (json_int_t)seed, "objective",
                          evidence_first(p, objectives), "objectives", objectives, "check", "passed");
    certificate_search(r, objectives, o);
    json_t *counts = counts_json(a);
    json_object_update(o, counts);
    json_decref(counts);
    json_object_set_new(o, "forms", certificate_forms(a, &r->selection));
    json_object_set_new(o, "requirements", evidence_requirements(p, &r->selection));
    json_object_set_new(o, "overlap", evidence_overlap(&r->selection));
    json_t *digests = json_object();
    status = digests_json(a, r, bank, exam, blueprint, digests, e);
    json_object_set_new(o, "digests", digests);
    evidence_seal(o, out);
    return status;
}

/* Decimals of a value in its unit; whole numbers as such. */
static const char *value_text(int64_t v, int64_t unit, char *buf, size_t size)
{
    if (unit == 1)
        snprintf(buf, size, "%lld", (long long)v);
    else
        ratio_text(v, unit, unit == 1000 ? 1 : 3, buf, size);
    return buf;
}

static void requirement_line(const struct assembly *a, uint32_t k, const struct selection *s,
                             struct bytes *out)
{
    const struct requirement *r = &a->problem->requirement[k];
    char text[40], name[16];
    bytes_printf(out, _("  %s: "), r->words);
    if (r->kind == REQUIRE_AT_MOST_ONE || r->kind == REQUIRE_INCLUDE || r->kind == REQUIRE_EXCLUDE) {
        bytes_printf(out, "%s\n", _("kept"));
        return;
    }
    if (r->kind == REQUIRE_OVERLAP) {
        int64_t most = 0;
        for (size_t f = 0; f < s->n_forms; f++)
            most = evidence_met(a->problem, k, s, f) > most ? evidence_met(a->problem, k, s, f) : most;
        bytes_printf(out, _("at most %lld shared\n"), (long long)most);
        return;
    }
    for (size_t f = 0; f < s->n_forms; f++)
        bytes_printf(out, "%s%s %s", f ? _(", ") : "", form_name(f, name, sizeof name),
                     value_text(evidence_met(a->problem, k, s, f), r->unit, text, sizeof text));
    bytes_str(out, "\n");
}

static void left_out_text(const struct assembly *a, struct bytes *out)
{
    if (a->without_facility)
        bytes_printf(out, _("%zu items have no facility and were left out\n"), a->without_facility);
    if (a->without_time)
        bytes_printf(out, _("%zu items have no expected time and were left out\n"), a->without_time);
    if (a->without_irt)
        bytes_printf(out, _("%zu items have no parameters (irt) and were left out\n"), a->without_irt);
    if (a->without_number)
        bytes_printf(out, _("%zu items lack a number that is added up, and were left out\n"),
                     a->without_number);
    if (a->graphic)
        bytes_printf(out, _("%zu graphic items were left out; --graphic takes them\n"), a->graphic);
    if (a->unapproved)
        bytes_printf(out, _("%zu items are not approved and were left out\n"), a->unapproved);
}

static void objective_line(const struct objective *o, const json_t *j, bool by_solver, struct bytes *out)
{
    double value = json_number_value(json_object_get(j, "value"));
    const json_t *bound = json_object_get(j, "bound");
    bytes_printf(out, _("%s: %.6g"), o->words ? o->words : _("objective"), value);
    if (json_is_true(json_object_get(j, "best")))
        bytes_printf(out, "%s\n", _(", proven the best"));
    else if (by_solver)
        bytes_printf(out, "%s\n", _(", the best, says the solver; not proven by us"));
    else if (json_is_number(bound))
        bytes_printf(out, _(", proven that none is better than %.6g\n"), json_number_value(bound));
    else
        bytes_printf(out, "%s\n", _(", the best that was found; nothing is proven"));
}

static void objective_lines(const struct assembly *a, const struct solve_result *r, struct bytes *out)
{
    json_t *list = NULL;
    const struct problem *p = a->problem;
    if (evidence_objectives(p, &r->selection, r->stage, r->n_stages, &list, NULL) < 0)
        return;
    for (size_t k = 0; k < p->n_objectives; k++)
        if (p->objective[k].kind != OBJECTIVE_NONE)
            objective_line(&p->objective[k], json_array_get(list, k),
                           k < r->n_reached && r->reached[k].optimal && !r->reached[k].proven, out);
    json_decref(list);
}

void certificate_text(const struct assembly *a, const struct solve_result *r, struct bytes *out)
{
    const struct problem *p = a->problem;
    bytes_printf(out, _("%zu forms from a pool of %zu items; asked: met\n"), p->n_forms, a->n_pool);
    for (uint32_t k = 0; k < p->n_requirements; k++)
        if (p->requirement[k].unit_no == k)
            requirement_line(a, k, &r->selection, out);
    objective_lines(a, r, out);
    if (r->cut_by_clock)
        bytes_str(out, _("cut by the clock: another run may give other forms\n"));
    if (r->interrupted)
        bytes_str(out, _("interrupted: these are the best papers found until then\n"));
    left_out_text(a, out);
    bytes_str(out, _("every requirement was checked again in whole numbers\n"));
}

static const char *named(const char *word)
{
    return *word ? _(word) : "?";
}

/* "knowledge point 3.2, apply, single" */
char *assembly_describe(const void *assembly, uint32_t item)
{
    const struct assembly *a = assembly;
    const struct bank_item *i = &a->pool[item].item;
    return mem_printf(_("knowledge point %s, %s, %s"), i->knowledge_point, named(i->level), named(i->kind));
}

void explanation_text(const struct assembly *a, const struct explanation *x, struct bytes *out)
{
    explain_rules_text(a->problem, x, out);
    left_out_text(a, out);
    explain_ways_text(a->problem, x, assembly_describe, a, out);
}

void explanation_json(const struct assembly *a, const struct explanation *x, struct bytes *out)
{
    json_t *o = json_pack("{s:s,s:o}", "status", "infeasible", "conflict", explain_rules_json(a->problem, x));
    explain_json(a->problem, x, o);
    dump(o, out);
}
