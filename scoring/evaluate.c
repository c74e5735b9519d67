/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "paperbank/item/expression/mapping.h"
#include "paperbank/item/expression/program.h"

/* Response processing by a published template, written out here. */
typedef void standard_fn(const struct evaluator *ev, struct run *r);

struct evaluator {
    const struct item *item;
    struct arena *arena;
    struct scope *scope;
    const struct program *templates, *rules; /* NULL: none */
    standard_fn *standard;                   /* instead of rules; NULL: none */
    size_t response, score, maximum, feedback,
        completion;                /* indices of RESPONSE, SCORE, …; SIZE_MAX: not declared */
    const struct mapping *mapping; /* of RESPONSE */
    struct err fault;              /* found when compiling; kind 0 without */
};

static void set_score(const struct evaluator *ev, struct run *r, double v)
{
    if (ev->score == SIZE_MAX)
        return;
    struct value value = value_float(r->arena, v);
    r->variable[ev->score].value = value_as(r->arena, &value, scope_variable(ev->scope, ev->score)->base);
}

static bool is_correct(const struct evaluator *ev, const struct run *r)
{
    const struct run_variable *v = &r->variable[ev->response];
    return v->value.n && v->correct.n && value_equal(&v->value, &v->correct);
}

static void match_correct(const struct evaluator *ev, struct run *r)
{
    set_score(ev, r, is_correct(ev, r));
}

static void match_nothing(const struct evaluator *ev, struct run *r)
{
    set_score(ev, r, value_is_null(&r->variable[ev->response].value));
}

static void map_response(const struct evaluator *ev, struct run *r)
{
    const struct value *v = &r->variable[ev->response].value;
    set_score(ev, r, value_is_null(v) ? 0 : mapping_sum(ev->mapping, v, r->arena));
}

static void map_response_point(const struct evaluator *ev, struct run *r)
{
    const struct value *v = &r->variable[ev->response].value;
    set_score(ev, r, value_is_null(v) ? 0 : mapping_points(ev->mapping, v, r->arena));
}

/* Common Cartridge's CC2_match_basic: MAXSCORE (1 where it is not declared) and a word of feedback. */
static void match_basic(const struct evaluator *ev, struct run *r)
{
    bool right = is_correct(ev, r);
    double maximum = 1;
    if (ev->maximum != SIZE_MAX && !value_number(&r->variable[ev->maximum].value, &maximum))
        maximum = 1;
    set_score(ev, r, right ? maximum : 0);
    if (ev->feedback != SIZE_MAX)
        r->variable[ev->feedback].value = value_of(
            r->arena, (struct datum){.base = BASE_IDENTIFIER, .text = right ? "correct" : "incorrect"});
}

static standard_fn *standard_of(const struct item *item)
{
    static standard_fn *const standard[] = {
        [RULES_MATCH_CORRECT] = match_correct,
        [RULES_MAP_RESPONSE] = map_response,
        [RULES_MAP_RESPONSE_POINT] = map_response_point,
        [RULES_MATCH_NOTHING] = match_nothing,
        [RULES_MATCH_BASIC] = match_basic,
        [RULES_CUSTOM] = NULL,
    };
    return standard[item->rules];
}

static void compile_responses(struct evaluator *ev)
{
    const struct item *item = ev->item;
    const struct xml_node *n = item->response_processing;
    const char *name = n ? xml_attr(item->doc, n, "template") : NULL;
    if (!n)
        return;
    ev->standard = standard_of(item);
    if (ev->standard && ev->response == SIZE_MAX)
        xml_err(&ev->fault, item->doc, n, _("the template needs a response declared as RESPONSE"));
    else if (ev->standard && scope_variable(ev->scope, ev->response)->declaration)
        ev->mapping = mapping_new(ev->arena, scope_variable(ev->scope, ev->response)->declaration,
                                  scope_variable(ev->scope, ev->response)->normalize);
    else if (!xml_first_element(n) && name)
        xml_err(&ev->fault, item->doc, n, _("the response processing template \"%.100s\" is not known"),
                name);
    else
        ev->rules = program_rules(ev->scope, n);
}

struct evaluator *evaluator_new(const struct item *item)
{
    struct evaluator *ev = mem_alloc(sizeof *ev);
    *ev = (struct evaluator){.item = item, .arena = arena_new(), .scope = scope_of_item(item)};
    ev->response = scope_find(ev->scope, "RESPONSE");
    ev->score = scope_find(ev->scope, "SCORE");
    ev->maximum = scope_find(ev->scope, "MAXSCORE");
    ev->feedback = scope_find(ev->scope, "FEEDBACKBASIC");
    ev->completion = scope_find(ev->scope, "completionStatus");
    if (item->template_processing)
        ev->templates = program_rules(ev->scope, item->template_processing);
    compile_responses(ev);
    return ev;
}

void evaluator_free(struct evaluator *ev)
{
    if (!ev)
        return;
    scope_free(ev->scope);
    arena_free(ev->arena);
    free(ev);
}

/* The candidate's texts as values of the declared type. */
static struct value read_response(const struct scope_variable *v, const struct response *given,
                                  struct arena *a)
{
    if (v->cardinality == CARDINALITY_RECORD && given->n == 1)
        return value_typed(a, given->value[0]);
    struct value ret = {.cardinality = v->cardinality, .at = arena_array(a, given->n, sizeof *ret.at)};
    for (size_t i = 0; i < given->n; i++) {
        const char *plain = v->normalize ? text_normalize_answer(a, given->value[i]) : NULL;
        ret.n += datum_parse(a, plain ? plain : given->value[i], v->base, &ret.at[ret.n]);
    }
    return ret;
}

static void bind_response(const struct evaluator *ev, struct run *r, const struct response *given)
{
    size_t i = scope_find(ev->scope,
                          strcmp(given->identifier, "num_attempts") == 0 ? "numAttempts" : given->identifier);
    if (i == SIZE_MAX)
        return;
    const struct scope_variable *v = scope_variable(ev->scope, i);
    struct datum d;
    if (v->declaration && v->declaration->what == DECLARED_RESPONSE)
        r->variable[i].value = read_response(v, given, r->arena);
    else if (!v->declaration && given->n && datum_parse(r->arena, given->value[0], v->base, &d))
        r->variable[i].value = value_of(r->arena, d);
}

static void complete(const struct evaluator *ev, struct run *r)
{
    if (!ev->item->adaptive && !scope_variable(ev->scope, ev->completion)->declaration)
        r->variable[ev->completion].value =
            value_of(r->arena, (struct datum){.base = BASE_IDENTIFIER, .text = "completed"});
}

static struct outcome_set collect(const struct evaluator *ev, const struct run *r)
{
    struct outcome_set set = {.outcome = arena_array(r->arena, scope_count(ev->scope), sizeof *set.outcome)};
    for (size_t i = 0; i < scope_count(ev->scope); i++) {
        const struct scope_variable *v = scope_variable(ev->scope, i);
        if (v->declaration ? v->declaration->what == DECLARED_OUTCOME : i == ev->completion)
            set.outcome[set.n++] =
                (struct outcome){v->identifier, v->base, v->cardinality, r->variable[i].value};
    }
    return set;
}

int evaluator_run(const struct evaluator *ev, const struct response_set *responses, struct span seed,
                  struct arena *a, struct outcome_set *ret, struct err *e)
{
    struct run r;
    int done = 0;
    run_begin(&r, ev->scope, a, &seed);
    if (ev->templates)
        done = run_templates(&r, ev->templates, e);
    for (size_t i = 0; i < responses->n; i++)
        bind_response(ev, &r, &responses->response[i]);
    if (done == 0 && ev->fault.kind != ERR_NONE)
        done = err_set(e, ev->fault.kind, ev->fault.where, "%s", ev->fault.what);
    else if (done == 0 && ev->standard)
        ev->standard(ev, &r);
    else if (done == 0 && ev->rules)
        done = run_rules(&r, ev->rules, e);
    if (done < 0)
        return done;
    complete(ev, &r);
    *ret = collect(ev, &r);
    return 0;
}

int evaluate_item(const struct item *item, const struct response_set *responses, uint64_t seed,
                  struct arena *a, struct outcome_set *ret, struct err *e)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(seed >> (8 * i));
    struct evaluator *ev = evaluator_new(item);
    int r = evaluator_run(ev, responses, span_of(bytes, sizeof bytes), a, ret, e);
    for (size_t i = 0; r == 0 && i < ret->n; i++)
        ret->outcome[i].value = value_copy(a, &ret->outcome[i].value);
    evaluator_free(ev);
    return r;
}

const struct outcome *outcome_find(const struct outcome_set *set, const char *identifier)
{
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->outcome[i].identifier, identifier) == 0)
            return &set->outcome[i];
    return NULL;
}
