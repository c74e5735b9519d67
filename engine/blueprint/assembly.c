/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/blueprint/assembly.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/review.h"

static bool in_area(const struct blueprint_section *s, const char *code)
{
    for (size_t i = 0; i < s->knowledge_points.n; i++)
        if (knowledge_point_within(code, s->knowledge_points.text[i]))
            return true;
    return s->knowledge_points.n == 0;
}

/* The one section that wants the item, or n_sections. */
static size_t section_for(const struct blueprint *b, const struct bank_item *i)
{
    size_t s = 0;
    while (s < b->n_sections && !(blueprint_list_has(&b->section[s].kinds, i->kind) &&
                                  in_area(&b->section[s], i->knowledge_point)))
        s++;
    return s;
}

static bool asks_facility(const struct blueprint *b)
{
    bool asks = b->mean_facility.given;
    for (size_t i = 0; i < b->n_rules; i++)
        asks = asks || b->rule[i].what.has_facility;
    return asks;
}

struct pool_rules {
    bool graphic, approved_only;
};

static bool may_be_used(struct assembly *a, const struct bank_item *i, const struct pool_rules *r)
{
    bool on_picture = strcmp(i->delivery, "graphic") == 0, graphic = on_picture && !r->graphic;
    bool unapproved = r->approved_only && strcmp(i->state, "approved") != 0;
    if (strcmp(i->state, "retired") == 0 || (!on_picture && strcmp(i->delivery, "terminal") != 0))
        return false;
    a->graphic += graphic;
    a->unapproved += !graphic && unapproved;
    return !graphic && !unapproved;
}

static void fill_pool(struct assembly *a, const struct bank_item *item, size_t n,
                      const struct pool_rules *rules)
{
    const struct blueprint *b = a->blueprint;
    a->pool = arena_array(a->arena, n + 1, sizeof *a->pool);
    a->n_bank = n;
    for (size_t i = 0; i < n; i++) {
        size_t s = section_for(b, &item[i]);
        if (s == b->n_sections || !may_be_used(a, &item[i], rules))
            continue;
        if (asks_facility(b) && item[i].facility == BANK_UNKNOWN) {
            a->without_facility++;
            continue;
        }
        if (b->expected_time.given && item[i].expected_s == BANK_UNKNOWN) {
            a->without_time++;
            continue;
        }
        a->pool[a->n_pool++] = (struct assembly_item){
            .item = item[i],
            .section = s,
            .points = b->section[s].has_points ? b->section[s].points : item[i].points};
    }
}

static size_t place_in_tree(const struct assembly *a, const char *code)
{
    size_t i = 0;
    while (i < a->n_points && strcmp(a->point[i].code, code) != 0)
        i++;
    return i;
}

struct place {
    size_t tree, item;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->tree != y->tree)
        return x->tree < y->tree ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static void rank_pool(struct assembly *a)
{
    struct place *place = arena_array(a->arena, a->n_pool + 1, sizeof *place);
    for (size_t i = 0; i < a->n_pool; i++)
        place[i] = (struct place){place_in_tree(a, a->pool[i].item.knowledge_point), i};
    qsort(place, a->n_pool, sizeof *place, by_place);
    for (size_t i = 0; i < a->n_pool; i++)
        a->pool[place[i].item].rank = i;
}

int assembly_build(struct assembly **ret, const struct blueprint *b, struct bank *bank, int64_t forms,
                   bool graphic, struct err *e)
{
    struct arena *arena = arena_new();
    struct assembly *a = arena_alloc(arena, sizeof *a);
    struct bank_item *item = NULL;
    size_t n = 0;
    *a = (struct assembly){.arena = arena, .blueprint = b};
    struct pool_rules rules = {.graphic = graphic};
    int r = bank_items(bank, NULL, arena, &item, &n, e);
    if (r == 0)
        r = bank_requires_approval(bank, &rules.approved_only, e);
    if (r == 0)
        r = bank_knowledge_points(bank, arena, &a->point, &a->n_points, e);
    if (r == 0) {
        fill_pool(a, item, n, &rules);
        rank_pool(a);
        a->problem = problem_new(a->n_pool, (size_t)(forms > 0 ? forms : b->forms));
        a->problem->name = arena_strdup(a->problem->arena, b->id);
        for (size_t i = 0; i < a->n_pool; i++)
            a->problem->id[i] = a->pool[i].item.id;
        r = assembly_require(a, e);
    }
    if (r < 0) {
        assembly_free(a);
        return r;
    }
    *ret = a;
    return 0;
}

void assembly_free(struct assembly *a)
{
    if (!a)
        return;
    problem_free(a->problem);
    arena_free(a->arena);
}
