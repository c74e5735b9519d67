/* SPDX-License-Identifier: Apache-2.0 */
/* Single items; items that belong together, or never meet; stimuli with their items. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"
#include "paperbank/bank/metadata.h"

static int require_item(struct assembly *a, const struct blueprint_item *named, bool include, struct err *e)
{
    struct arena *arena = a->problem->arena;
    size_t i;
    int status = assembly_need(a, named->id, named->line, &i, e);
    if (status < 0)
        return status;
    uint32_t *item = arena_alloc(arena, sizeof *item);
    *item = (uint32_t)i;
    const struct requirement r = {
        .kind = include ? REQUIRE_INCLUDE : REQUIRE_EXCLUDE,
        .id = arena_printf(arena, "%s %s", include ? "include" : "exclude", named->id),
        .line = named->line,
        .words = include ? arena_printf(arena, _("item %s in every form"), named->id)
                         : arena_printf(arena, _("item %s in no form"), named->id),
        .item = item,
        .n = 1,
        .lo = include,
        .hi = include,
        .unit = 1};
    problem_require(a->problem, &r);
    return 0;
}

/* Sets of items that a person sees as one requirement. */
struct sets {
    struct assembly *a;
    struct requirement like;
    uint32_t first;
};

static void add_set(struct sets *s, const uint32_t *item, size_t n)
{
    struct problem *p = s->a->problem;
    if (n < 2)
        return;
    struct requirement r = s->like;
    r.item = arena_copy(p->arena, item, n * sizeof *item);
    r.n = n;
    r.unit = 1;
    r.hi = 1;
    if (s->first == UINT32_MAX)
        s->first = problem_require(p, &r);
    else
        problem_require_with(p, &r, s->first);
}

static void require_enemies(struct assembly *a)
{
    struct sets s = {.a = a, .first = UINT32_MAX};
    s.like = (struct requirement){.kind = REQUIRE_AT_MOST_ONE,
                                  .id = "enemies",
                                  .line = a->blueprint->line,
                                  .words = _("enemy items: never two in one form")};
    for (size_t i = 0; a->blueprint->enemies_apart && i < a->n_pool; i++)
        for (size_t k = 0; k < a->pool[i].item.n_enemies; k++) {
            size_t j = assembly_find(a, a->pool[i].item.enemy[k]);
            const uint32_t pair[] = {(uint32_t)i, (uint32_t)j};
            if (j < a->n_pool && j > i)
                add_set(&s, pair, 2);
        }
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int add_listed(struct sets *s, const struct blueprint_group *g, struct err *e)
{
    uint32_t *item = arena_array(s->a->problem->arena, g->items.n, sizeof *item);
    int r = 0;
    for (size_t k = 0; r == 0 && k < g->items.n; k++) {
        size_t i;
        r = assembly_need(s->a, g->items.text[k], g->line, &i, e);
        item[k] = (uint32_t)i;
    }
    qsort(item, g->items.n, sizeof *item, by_number);
    if (r == 0)
        add_set(s, item, g->items.n);
    return r;
}

static void add_values(struct sets *s, const char *attribute)
{
    struct valued all = assembly_values(s->a, attribute);
    for (size_t v = 0; v < all.n; v++)
        add_set(s, all.item + all.start[v], all.start[v + 1] - all.start[v]);
}

static const char *group_words(struct arena *arena, const struct blueprint_group *g)
{
    if (g->together)
        return g->attribute ? arena_printf(arena, _("items of one %s: all or none in a form"), g->attribute)
                            : arena_printf(arena, _("items %s: all or none in a form"),
                                           assembly_joined(arena, &g->items));
    return g->attribute
               ? arena_printf(arena, _("items of one %s: never two in one form"), g->attribute)
               : arena_printf(arena, _("items %s: never two in one form"), assembly_joined(arena, &g->items));
}

static int require_group(struct assembly *a, const struct blueprint_group *g, struct err *e)
{
    struct arena *arena = a->problem->arena;
    struct sets s = {.a = a, .first = UINT32_MAX};
    s.like = (struct requirement){
        .kind = g->together ? REQUIRE_ALL_OR_NONE : REQUIRE_AT_MOST_ONE,
        .id = arena_printf(arena, "%s line %u", g->together ? "allOrNone" : "enemies", g->line),
        .line = g->line,
        .words = group_words(arena, g)};
    if (g->items.n)
        return add_listed(&s, g, e);
    add_values(&s, g->attribute);
    return 0;
}

/* Which stimulus each item of the pool belongs to: the value of the attribute. */
static void number_stimuli(struct assembly *a)
{
    struct problem *p = a->problem;
    struct valued all = assembly_values(a, a->blueprint->stimuli.attribute);
    uint32_t *stimulus = arena_array(p->arena, a->n_pool + 1, sizeof *stimulus);
    for (size_t i = 0; i < a->n_pool; i++)
        stimulus[i] = NO_STIMULUS;
    for (size_t v = all.n; v-- > 0;)
        for (size_t k = all.start[v]; k < all.start[v + 1]; k++)
            stimulus[all.item[k]] = (uint32_t)v;
    p->stimulus = stimulus;
    p->n_stimuli = all.n;
}

static void require_stimuli(struct assembly *a)
{
    const struct blueprint_stimuli *s = &a->blueprint->stimuli;
    struct arena *arena = a->problem->arena;
    if (!s->given)
        return;
    number_stimuli(a);
    struct requirement r = {
        .kind = REQUIRE_STIMULI,
        .id = "stimuli",
        .line = s->line,
        .lo = s->min,
        .hi = s->max,
        .unit = 1,
        .words = arena_printf(arena, _("stimuli: %s"), assembly_limits(arena, s->min, s->max, 1))};
    if (s->min > 0 || s->max != INT64_MAX)
        problem_require(a->problem, &r);
    r.kind = REQUIRE_PER_STIMULUS;
    r.id = "itemsPerStimulus";
    r.lo = s->items_min;
    r.hi = s->items_max == INT64_MAX ? (int64_t)a->n_pool : s->items_max;
    r.words = arena_printf(arena, _("items of a stimulus that is used: %s"),
                           assembly_limits(arena, s->items_min, s->items_max, 1));
    if (s->items_min > 1 || s->items_max != INT64_MAX)
        problem_require(a->problem, &r);
    r.kind = REQUIRE_STIMULUS_USE;
    r.id = "stimulusUse";
    r.lo = 0;
    r.hi = s->max_forms;
    r.words = arena_printf(arena, _("forms that use the same stimulus: %s"),
                           assembly_limits(arena, 0, s->max_forms, 1));
    if (s->max_forms != INT64_MAX)
        problem_require(a->problem, &r);
}

int assembly_require_groups(struct assembly *a, struct err *e)
{
    const struct blueprint *b = a->blueprint;
    int r = 0;
    for (size_t i = 0; r == 0 && i < b->n_includes; i++)
        r = require_item(a, &b->include[i], true, e);
    for (size_t i = 0; r == 0 && i < b->n_excludes; i++)
        r = require_item(a, &b->exclude[i], false, e);
    require_enemies(a);
    for (size_t i = 0; r == 0 && i < b->n_groups; i++)
        r = require_group(a, &b->group[i], e);
    if (r == 0)
        require_stimuli(a);
    return r;
}
