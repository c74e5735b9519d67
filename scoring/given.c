/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/given.h"

#include <math.h>
#include <string.h>

#include "paperbank/item/expression/value.h"

static size_t choice_at(const struct item_choice *c, size_t n, const char *identifier)
{
    size_t i = 0;
    while (i < n && strcmp(c[i].identifier, identifier) != 0)
        i++;
    return i;
}

static struct response without_repeats(const struct response *r, struct arena *a)
{
    struct response once = {.identifier = r->identifier, .value = arena_array(a, r->n, sizeof *once.value)};
    for (size_t i = 0; i < r->n; i++) {
        size_t k = 0;
        while (k < once.n && strcmp(once.value[k], r->value[i]) != 0)
            k++;
        if (k == once.n)
            once.value[once.n++] = r->value[i];
    }
    return once;
}

static bool are_choices(const struct item_interaction *i, const struct response *r)
{
    for (size_t v = 0; v < r->n; v++)
        if (choice_at(i->choice, i->n_choices, r->value[v]) == i->n_choices)
            return false;
    return true;
}

/* Uses one choice of a pair, if it may be used once more. */
static bool use(const struct item_choice *c, size_t n, const char *identifier, size_t *used)
{
    size_t at = choice_at(c, n, identifier);
    return at < n && (c[at].match_max <= 0 || (int64_t)used[at] < c[at].match_max) && ++used[at];
}

static bool are_pairs(const struct item_interaction *i, enum item_base base, const struct response *r,
                      struct arena *a)
{
    bool directed = base == BASE_DIRECTED_PAIR;
    const struct item_choice *to = directed ? i->target : i->choice;
    size_t n_to = directed ? i->n_targets : i->n_choices;
    size_t *from_used = arena_array(a, i->n_choices, sizeof *from_used);
    size_t *to_used = directed ? arena_array(a, n_to, sizeof *to_used) : from_used;
    for (size_t v = 0; v < r->n; v++) {
        struct datum d;
        if (!datum_parse(a, r->value[v], base, &d) || !use(i->choice, i->n_choices, d.text, from_used) ||
            !use(to, n_to, d.second_text, to_used))
            return false;
    }
    return true;
}

static bool are_finite(enum item_base base, const struct response *r, struct arena *a)
{
    for (size_t v = 0; v < r->n; v++) {
        struct datum d;
        if (datum_parse(a, r->value[v], base, &d) && !(isfinite(d.number) && isfinite(d.second_number)))
            return false;
    }
    return true;
}

static bool is_allowed(const struct item_interaction *i, const struct item_declaration *d,
                       const struct response *r, struct arena *a)
{
    bool pairs = d->base == BASE_PAIR || d->base == BASE_DIRECTED_PAIR;
    if (d->cardinality == CARDINALITY_SINGLE && r->n > 1)
        return false;
    if (d->base == BASE_FLOAT || d->base == BASE_POINT || d->base == BASE_DURATION)
        return are_finite(d->base, r, a);
    if (!i || i->n_choices == 0)
        return true;
    if (d->cardinality != CARDINALITY_ORDERED && i->max_choices > 0 && (int64_t)r->n > i->max_choices)
        return false;
    return pairs ? are_pairs(i, d->base, r, a) : are_choices(i, r);
}

static struct response counted(const struct item *item, const struct item_declaration *d,
                               const struct response *r, struct arena *a)
{
    const struct item_interaction *i = item_interaction_for(item, d->identifier);
    bool chosen = i && i->n_choices;
    struct response once = chosen ? without_repeats(r, a) : *r, none = {.identifier = r->identifier};
    bool twice = d->cardinality == CARDINALITY_ORDERED && once.n != r->n;
    return twice || !is_allowed(i, d, &once, a) ? none : *r;
}

struct response_set given_responses(const struct item *item, const struct response_set *responses,
                                    struct arena *a)
{
    struct response_set ret = {.response = arena_array(a, responses->n, sizeof *ret.response)};
    for (size_t i = 0; i < responses->n; i++) {
        const struct response *r = &responses->response[i];
        const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, r->identifier);
        if (d)
            ret.response[ret.n++] = counted(item, d, r, a);
    }
    return ret;
}
