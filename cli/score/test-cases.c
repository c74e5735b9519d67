/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/test-cases.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/score/outcomes.h"
#include "cli/score/test-run.h"
#include "paperbank/item/operators.h"

static const char *text_of(const json_t *line, const char *name)
{
    return json_string_value(json_object_get(line, name));
}

/* The type that an outcome of an unknown item seems to have. */
static enum item_base base_of(const char *text)
{
    static const enum item_base guesses[] = {BASE_INTEGER, BASE_FLOAT};
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return BASE_BOOLEAN;
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++)
        if (value_fits(text, guesses[i]))
            return guesses[i];
    return BASE_IDENTIFIER;
}

static struct test_variable variable_from(struct arena *a, const struct response *r, const struct item *item)
{
    const struct item_declaration *d = item ? item_find(item, DECLARED_OUTCOME, r->identifier) : NULL;
    struct item_value *v = arena_array(a, r->n, sizeof *v);
    struct test_variable ret = {.identifier = r->identifier,
                                .base = d      ? d->base
                                        : r->n ? base_of(r->value[0])
                                               : BASE_NONE,
                                .cardinality = d          ? d->cardinality
                                               : r->n > 1 ? CARDINALITY_MULTIPLE
                                                          : CARDINALITY_SINGLE};
    for (size_t i = 0; i < r->n; i++)
        v[i] = (struct item_value){.text = r->value[i],
                                   .base = d || r->n == 1 ? ret.base : base_of(r->value[i])};
    ret.value = value_parse(a, v, r->n, ret.cardinality);
    return ret;
}

static int variables_from(struct test_variables *ret, struct arena *a, const json_t *object,
                          const struct item *item, struct err *e)
{
    struct response_set set = {0};
    int r = responses_from_json(&set, a, object, e);
    *ret = (struct test_variables){.at = arena_array(a, set.n, sizeof *ret->at)};
    for (size_t i = 0; r == 0 && i < set.n; i++)
        ret->at[ret->n++] = variable_from(a, &set.response[i], item);
    return r;
}

struct given {
    const json_t *outcomes;
    bool selective;
};

static bool keep(void *context, const struct test_node *item)
{
    const struct given *given = context;
    return !given->selective || json_object_get(given->outcomes, item->identifier);
}

static bool selects(const struct test *t)
{
    for (size_t i = 0; i < t->n_nodes; i++)
        if (t->node[i]->selects)
            return true;
    return false;
}

static int set_outcomes(struct test_run *run, struct test_state *s, const json_t *outcomes, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < run->plan->n_slots; i++) {
        const json_t *of_item = json_object_get(outcomes, run->plan->slot[i].id);
        struct test_variables v = {0};
        if (!of_item)
            continue;
        r = variables_from(&v, run->arena, of_item, run->item[i], e);
        if (r == 0)
            state_set_outcomes(s, i, &v);
        s->slot[i].presented = s->slot[i].responded = true;
        s->slot[i].attempts = 1;
    }
    return r;
}

static int outcome_processing(struct test_run *run, const json_t *line, json_t *answer, struct err *e)
{
    const json_t *outcomes = json_object_get(line, "item_outcomes");
    struct given given = {outcomes, selects(run->test)};
    struct test_state *s = NULL;
    int r = plan_of(&run->plan, run->test, keep, &given, e);
    if (r == 0)
        r = test_run_items(run, e);
    for (size_t i = 0; r == 0 && i < run->plan->n_slots; i++) {
        const json_t *of_item = json_object_get(outcomes, run->plan->slot[i].id);
        if (!run->item[i] && of_item)
            r = variables_from(&run->given[i].given, run->arena, of_item, NULL, e);
    }
    if (r == 0)
        r = state_new(&s, run->plan, run->given, e);
    if (r == 0)
        r = set_outcomes(run, s, outcomes, e);
    if (r == 0)
        r = test_outcomes(s, e);
    if (r == 0)
        json_object_set_new(answer, "outcomes", test_run_variables(run->arena, &s->outcomes));
    state_free(s);
    return r;
}

static int deliver(struct test_run *run, const json_t *line, json_t *answer, struct err *e)
{
    const json_t *seed = json_object_get(line, "seed");
    run->seed = json_is_string(seed) ? json_string_value(seed)
                : json_is_integer(seed)
                    ? arena_printf(run->arena, "%lld", (long long)json_integer_value(seed))
                    : NULL;
    int r = plan_make(&run->plan, run->test, span_str(run->seed ? run->seed : ""), e);
    if (r == 0)
        r = test_run_items(run, e);
    if (r == 0)
        r = test_run_start(run, e);
    if (r == 0)
        r = json_object_get(line, "actions") ? test_run_actions(run, line, answer, e)
                                             : test_run_walk(run, line, e);
    return r;
}

int test_case(const json_t *line, const char *folder, json_t *answer, struct err *e)
{
    const char *kind = text_of(line, "kind");
    struct test_run run = {.arena = arena_new(), .folder = folder};
    const char *path = text_of(line, "test_xml_path");
    int r = path ? test_read_folder(&run.test, folder, path, true, e)
                 : err_set(e, ERR_DATA, NULL, _("test_xml_path is not a text"));
    if (r == 0 &&
        (kind ? strcmp(kind, "outcome_processing") == 0 : json_object_get(line, "item_outcomes") != NULL))
        r = outcome_processing(&run, line, answer, e);
    else if (r == 0 && kind && strcmp(kind, "delivery") != 0 && strcmp(kind, "navigation") != 0)
        r = err_set(e, ERR_DATA, NULL, _("\"%.60s\" is no kind of case that is known"), kind);
    else if (r == 0) {
        r = deliver(&run, line, answer, e);
        if (r == 0 && kind && strcmp(kind, "navigation") == 0)
            test_run_path(&run, answer);
        else if (r == 0)
            test_run_result(&run, answer);
    }
    if (r == 0)
        test_run_absent(&run, answer);
    test_run_release(&run);
    return r;
}
