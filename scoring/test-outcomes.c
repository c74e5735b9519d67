/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/test-outcomes.h"

#include "base/i18n.h"

int test_outcomes(struct test_state *s, struct err *e)
{
    return state_run(s, s->plan->test->outcome_processing, e);
}

struct test_variables test_variables_of(const struct outcome_set *set, struct arena *a)
{
    struct test_variables v = {.at = arena_array(a, set->n, sizeof *v.at), .n = set->n};
    for (size_t i = 0; i < set->n; i++) {
        const struct outcome *o = &set->outcome[i];
        v.at[i] = (struct test_variable){o->identifier, o->base, o->cardinality, o->value};
    }
    return v;
}

static int score(void *context, const struct delivery *d, size_t slot, const struct response_set *responses,
                 struct arena *a, struct test_variables *ret, struct err *e)
{
    const struct test_scorer *scorer = context;
    struct outcome_set set = {0};
    (void)d;
    if (!scorer->item[slot])
        return 0;
    int r = evaluate_item(scorer->item[slot], responses, 0, a, &set, e);
    if (r == 0)
        *ret = test_variables_of(&set, a);
    return r;
}

static int process(void *context, const struct delivery *d, struct test_state *state, struct err *e)
{
    (void)context, (void)d;
    return test_outcomes(state, e);
}

static int draw(void *context, size_t slot, const struct item_default *start, size_t n_starts,
                const struct item **ret, struct err *e)
{
    struct test_scorer *scorer = context;
    if (!scorer->drawn || !scorer->item[slot] || !item_is_template(scorer->item[slot]))
        return 0;
    struct item_draw how = {.seed = scorer->seed[slot], .start = start, .n_starts = n_starts};
    int r = item_drawn_from(&scorer->drawn[slot], scorer->item[slot], &how, e);
    if (r == 0)
        *ret = scorer->item[slot] = scorer->drawn[slot];
    return r;
}

struct delivery_host test_scorer_host(struct test_scorer *scorer)
{
    return (struct delivery_host){.context = scorer, .score = score, .process = process, .draw = draw};
}

int test_move(struct delivery *d, const struct test_action *a, struct err *e)
{
    switch (a->move) {
    case MOVE_SELECT:
        return delivery_select(d, a->at_ms, a->slot, e);
    case MOVE_RESPOND:
        return delivery_respond(d, a->at_ms, a->responses, e);
    case MOVE_NEXT:
        return delivery_next(d, a->at_ms, e);
    case MOVE_BACK:
        return delivery_back(d, a->at_ms, e);
    case MOVE_SKIP:
        return delivery_skip(d, a->at_ms, e);
    case MOVE_END_PART:
        return delivery_end_part(d, a->at_ms, e);
    case MOVE_END_TEST:
        return delivery_end_test(d, a->at_ms, e);
    case MOVE_CLOCK:
        return delivery_clock(d, a->at_ms, e);
    }
    return err_set(e, ERR_BUG, NULL, _("a move of a test that is none"));
}
