/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/blueprint/assembly-internal.h"

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

/* What items must have, since the blueprint adds it up. */
struct asked {
    bool facility, time, information, past;
    struct blueprint_list numbers;
};

static void ask_number(struct asked *q, const char *attribute)
{
    if (attribute && !blueprint_list_has(&q->numbers, attribute))
        q->numbers.text[q->numbers.n++] = attribute;
}

static struct asked asked_by(const struct blueprint *b, struct arena *arena)
{
    struct asked q = {.facility = b->mean_facility.given || b->curve.given,
                      .time = b->expected_time.given,
                      .information = b->information.given,
                      .past = b->n_exposures > 0 || b->n_pasts > 0};
    q.numbers.text = arena_array(arena, b->n_sums + b->n_goals + 1, sizeof *q.numbers.text);
    for (size_t i = 0; i < b->n_rules; i++)
        q.facility = q.facility || b->rule[i].what.has_facility;
    for (size_t i = 0; i < b->n_sums; i++)
        if (b->sum[i].what.attributes.n + b->sum[i].what.levels.n + b->sum[i].what.kinds.n == 0 &&
            !b->sum[i].what.knowledge_point)
            ask_number(&q, b->sum[i].attribute);
    for (size_t i = 0; i < b->n_goals; i++) {
        const struct blueprint_goal *g = &b->goal[i];
        q.past = q.past || g->kind == GOAL_FRESH;
        q.facility = q.facility || (g->kind == GOAL_EQUAL && g->measure == MEASURE_FACILITY);
        q.time = q.time || (g->kind == GOAL_EQUAL && g->measure == MEASURE_TIME);
        ask_number(&q, g->attribute);
    }
    return q;
}

static bool has_numbers(const struct asked *q, const struct bank_item *i)
{
    int64_t v;
    bool has = true;
    for (size_t k = 0; has && k < q->numbers.n; k++)
        has = assembly_number(i, q->numbers.text[k], &v);
    return has;
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

/* The count of those that lack what this one lacks, or NULL. */
static size_t *lacks(struct assembly *a, const struct asked *q, const struct bank_item *i)
{
    if (q->facility && i->facility == BANK_UNKNOWN)
        return &a->without_facility;
    if (q->time && i->expected_s == BANK_UNKNOWN)
        return &a->without_time;
    if (q->information && !i->irt.a)
        return &a->without_irt;
    return has_numbers(q, i) ? NULL : &a->without_number;
}

static void fill_pool(struct assembly *a, const struct bank_item *item, size_t n, const struct asked *q,
                      const struct pool_rules *rules)
{
    const struct blueprint *b = a->blueprint;
    a->pool = arena_array(a->arena, n + 1, sizeof *a->pool);
    a->n_bank = n;
    for (size_t i = 0; i < n; i++) {
        size_t s = section_for(b, &item[i]);
        if (s == b->n_sections || !may_be_used(a, &item[i], rules))
            continue;
        size_t *left_out = lacks(a, q, &item[i]);
        if (left_out) {
            ++*left_out;
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
    size_t tree, together, item;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->tree != y->tree)
        return x->tree < y->tree ? -1 : 1;
    if (x->together != y->together)
        return x->together < y->together ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* Items of one stimulus stand together, where the first of them does. */
static void rank_pool(struct assembly *a)
{
    const struct problem *p = a->problem;
    struct place *place = arena_array(a->arena, a->n_pool + 1, sizeof *place);
    size_t *first = arena_array(a->arena, p->n_stimuli + 1, sizeof *first);
    for (size_t i = 0; i < a->n_pool; i++) {
        place[i] = (struct place){place_in_tree(a, a->pool[i].item.knowledge_point), i, i};
        size_t *of = p->stimulus && p->stimulus[i] != NO_STIMULUS ? &first[p->stimulus[i]] : NULL;
        if (of && (*of == 0 || place[i].tree < place[*of - 1].tree))
            *of = i + 1;
    }
    for (size_t i = 0; p->stimulus && i < a->n_pool; i++)
        if (p->stimulus[i] != NO_STIMULUS)
            place[i].together = first[p->stimulus[i]] - 1;
    for (size_t i = 0; i < a->n_pool; i++)
        place[i].tree = place_in_tree(a, a->pool[place[i].together].item.knowledge_point);
    qsort(place, a->n_pool, sizeof *place, by_place);
    for (size_t i = 0; i < a->n_pool; i++)
        a->pool[place[i].item].rank = i;
}

static int require_all(struct assembly *a, struct err *e)
{
    int r = assembly_require_rules(a, e);
    if (r == 0)
        r = assembly_require_groups(a, e);
    if (r == 0)
        r = assembly_require_use(a, e);
    if (r == 0)
        assembly_wish(a);
    return r;
}

/* When the exam was assembled; INT64_MAX: never. */
static int64_t assembled_ms(const struct assembly *a, const char *exam)
{
    int64_t ms = INT64_MAX;
    for (size_t i = 0; i < a->n_uses; i++)
        if (strcmp(a->use[i].exam, exam) == 0 && !*a->use[i].session && a->use[i].at_ms < ms)
            ms = a->use[i].at_ms;
    return ms;
}

static void forget_uses(struct assembly *a, const char *exam, bool again)
{
    int64_t before = again ? assembled_ms(a, exam) : INT64_MAX;
    size_t kept = 0;
    for (size_t i = 0; i < a->n_uses; i++)
        if (strcmp(a->use[i].exam, exam) != 0 && a->use[i].at_ms < before)
            a->use[kept++] = a->use[i];
    a->n_uses = kept;
}

int assembly_build(struct assembly **ret, const struct blueprint *b, struct bank *bank, int64_t forms,
                   bool graphic, struct err *e)
{
    return assembly_build_exam(ret, b, bank, forms, graphic, NULL, false, e);
}

int assembly_build_exam(struct assembly **ret, const struct blueprint *b, struct bank *bank, int64_t forms,
                        bool graphic, const char *exam, bool again, struct err *e)
{
    struct arena *arena = arena_new();
    struct assembly *a = arena_alloc(arena, sizeof *a);
    struct bank_item *item = NULL;
    size_t n = 0;
    *a = (struct assembly){.arena = arena, .blueprint = b};
    struct pool_rules rules = {.graphic = graphic};
    const struct asked q = asked_by(b, arena);
    int r = bank_items(bank, NULL, arena, &item, &n, e);
    if (r == 0)
        r = bank_requires_approval(bank, &rules.approved_only, e);
    if (r == 0)
        r = bank_knowledge_points(bank, arena, &a->point, &a->n_points, e);
    if (r == 0 && q.past)
        r = bank_all_uses(bank, arena, &a->use, &a->n_uses, e);
    if (r == 0 && exam)
        forget_uses(a, exam, again);
    if (r == 0) {
        fill_pool(a, item, n, &q, &rules);
        a->problem = problem_new(a->n_pool, (size_t)(forms > 0 ? forms : b->forms));
        a->problem->name = arena_strdup(a->problem->arena, b->id);
        for (size_t i = 0; i < a->n_pool; i++)
            a->problem->id[i] = a->pool[i].item.id;
        r = require_all(a, e);
        rank_pool(a);
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
