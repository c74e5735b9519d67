/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted or added up in each form. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"
#include "engine/blueprint/information.h"

struct gathered assembly_room(const struct assembly *a)
{
    struct arena *arena = a->problem->arena;
    return (struct gathered){.item = arena_array(arena, a->n_pool + 1, sizeof(uint32_t)),
                             .coef = arena_array(arena, a->n_pool + 1, sizeof(int64_t))};
}

void assembly_take(struct gathered *g, size_t item, int64_t coef)
{
    g->item[g->n] = (uint32_t)item;
    g->coef[g->n++] = coef;
}

struct requirement assembly_linear(const struct gathered *g, const char *id, const char *words, unsigned line,
                                   int64_t lo, int64_t hi, int64_t unit)
{
    return (struct requirement){.kind = REQUIRE_LINEAR,
                                .id = id,
                                .words = words,
                                .line = line,
                                .item = g->item,
                                .coef = g->coef,
                                .n = g->n,
                                .lo = lo,
                                .hi = hi,
                                .unit = unit};
}

void assembly_require_or_wish(struct assembly *a, const struct requirement *r, int64_t weight)
{
    struct requirement wish = *r;
    wish.weight = weight * 1000 / r->unit;
    if (weight)
        wish.words =
            arena_printf(a->problem->arena, _("%s (a wish of weight %lld)"), r->words, (long long)weight);
    problem_require(a->problem, &wish);
}

static void require_sections(struct assembly *a)
{
    struct arena *arena = a->problem->arena;
    for (size_t s = 0; s < a->blueprint->n_sections; s++) {
        const struct blueprint_section *section = &a->blueprint->section[s];
        struct gathered g = assembly_room(a);
        for (size_t i = 0; i < a->n_pool; i++)
            if (a->pool[i].section == s)
                assembly_take(&g, i, 1);
        const char *words = arena_printf(arena, _("section %s \"%s\" (%s): %s items"), section->id,
                                         section->title, assembly_named(arena, &section->kinds),
                                         assembly_limits(arena, section->count, section->count, 1));
        struct requirement r = assembly_linear(&g, arena_printf(arena, "section %s", section->id), words,
                                               section->line, section->count, section->count, 1);
        problem_require(a->problem, &r);
    }
}

static void require_total(struct assembly *a)
{
    const struct blueprint *b = a->blueprint;
    struct arena *arena = a->problem->arena;
    bool fixed = true;
    for (size_t s = 0; s < b->n_sections; s++)
        fixed = fixed && b->section[s].has_points;
    if (fixed) /* then the counts of the sections give it */
        return;
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&g, i, a->pool[i].points.milli);
    const char *words = arena_printf(arena, _("points of the paper: %s"),
                                     assembly_limits(arena, b->points.milli, b->points.milli, 1000));
    struct requirement r =
        assembly_linear(&g, "points", words, b->line, b->points.milli, b->points.milli, 1000);
    problem_require(a->problem, &r);
}

static void require_rule(struct assembly *a, const struct blueprint_rule *rule)
{
    static const char *const name[] = {
        [RULE_CELL] = "cell", [RULE_TYPE] = "type", [RULE_BAND] = "band", [RULE_POINTS] = "points"};
    struct arena *arena = a->problem->arena;
    bool points = rule->kind == RULE_POINTS;
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        if (assembly_selected(&rule->what, &a->pool[i].item))
            assembly_take(&g, i, points ? a->pool[i].points.milli : 1);
    const char *limits = assembly_limits(arena, rule->min, rule->max, points ? 1000 : 1);
    const char *words =
        points ? arena_printf(arena, _("%s: %s points"), assembly_selector(a, &rule->what), limits)
               : arena_printf(arena, _("%s: %s items"), assembly_selector(a, &rule->what), limits);
    struct requirement r =
        assembly_linear(&g, arena_printf(arena, "%s line %u", name[rule->kind], rule->line), words,
                        rule->line, rule->min, rule->max, points ? 1000 : 1);
    assembly_require_or_wish(a, &r, rule->weight);
}

static void require_quota_of(struct assembly *a, const struct blueprint_rule *rule, const char *value,
                             const uint32_t *item, size_t n)
{
    struct arena *arena = a->problem->arena;
    const struct gathered g = {.item = arena_copy(arena, item, n * sizeof *item), .n = n};
    const char *words = arena_printf(arena, _("%s %s: %s items"), rule->attribute, value,
                                     assembly_limits(arena, rule->min, rule->max, 1));
    const char *id = arena_printf(arena, "quota line %u %s", rule->line, value);
    struct requirement r = assembly_linear(&g, id, words, rule->line, rule->min, rule->max, 1);
    assembly_require_or_wish(a, &r, rule->weight);
}

/* One requirement for each value; one that is named may have no items. */
static void require_quota(struct assembly *a, const struct blueprint_rule *rule)
{
    struct valued all = assembly_values(a, rule->attribute);
    for (size_t v = 0; v < all.n; v++)
        if (rule->values.n == 0 || blueprint_list_has(&rule->values, all.value[v]))
            require_quota_of(a, rule, all.value[v], all.item + all.start[v], all.start[v + 1] - all.start[v]);
    for (size_t k = 0; k < rule->values.n; k++) {
        size_t v = 0;
        while (v < all.n && strcmp(all.value[v], rule->values.text[k]) != 0)
            v++;
        if (v == all.n)
            require_quota_of(a, rule, rule->values.text[k], all.item, 0);
    }
}

static void require_sum(struct assembly *a, const struct blueprint_sum *s)
{
    struct arena *arena = a->problem->arena;
    struct gathered g = assembly_room(a);
    int64_t v = 0;
    if (s->range.from == INT64_MIN && s->range.to == INT64_MAX) /* a target alone */
        return;
    for (size_t i = 0; i < a->n_pool; i++)
        if (assembly_selected(&s->what, &a->pool[i].item) &&
            assembly_number(&a->pool[i].item, s->attribute, &v))
            assembly_take(&g, i, v);
    const char *words = arena_printf(arena, _("%s of %s: %s"), s->attribute, assembly_selector(a, &s->what),
                                     assembly_limits(arena, s->range.from, s->range.to, 1000));
    struct requirement r = assembly_linear(&g, arena_printf(arena, "sum line %u", s->range.line), words,
                                           s->range.line, s->range.from, s->range.to, 1000);
    assembly_require_or_wish(a, &r, s->range.weight);
}

static int64_t depth_of(const char *code)
{
    int64_t depth = 1;
    for (; *code; code++)
        depth += *code == '.';
    return depth;
}

/* The knowledge points that a coverage counts. */
static struct blueprint_list covered_points(const struct assembly *a, const struct blueprint_coverage *c)
{
    struct blueprint_list list = c->knowledge_points;
    if (list.n)
        return list;
    list.text = arena_array(a->problem->arena, a->n_points + 1, sizeof *list.text);
    for (size_t i = 0; i < a->n_points; i++)
        if (depth_of(a->point[i].code) == c->depth)
            list.text[list.n++] = a->point[i].code;
    return list;
}

/* Which item counts for which of the groups. */
struct cover {
    struct member {
        uint32_t item, group;
    } * member;
    size_t n, n_groups;
};

static int by_member(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    return x->group < y->group ? -1 : x->group > y->group;
}

static struct cover cover_of_values(const struct assembly *a, const char *attribute)
{
    struct valued all = assembly_values(a, attribute);
    struct cover c = {.n_groups = all.n};
    c.member = arena_array(a->problem->arena, all.start[all.n] + 1, sizeof *c.member);
    for (size_t v = 0; v < all.n; v++)
        for (size_t k = all.start[v]; k < all.start[v + 1]; k++)
            c.member[c.n++] = (struct member){all.item[k], (uint32_t)v};
    qsort(c.member, c.n, sizeof *c.member, by_member);
    return c;
}

static struct cover cover_of_points(const struct assembly *a, const struct blueprint_coverage *asked)
{
    struct blueprint_list points = covered_points(a, asked);
    struct cover c = {.n_groups = points.n};
    c.member = arena_array(a->problem->arena, a->n_pool * (points.n ? points.n : 1) + 1, sizeof *c.member);
    for (size_t i = 0; i < a->n_pool; i++)
        for (size_t g = 0; g < points.n; g++)
            if (knowledge_point_within(a->pool[i].item.knowledge_point, points.text[g]))
                c.member[c.n++] = (struct member){(uint32_t)i, (uint32_t)g};
    return c;
}

static const char *coverage_words(struct arena *arena, const struct blueprint_coverage *c, int64_t min,
                                  size_t of)
{
    return c->attribute ? arena_printf(arena, _("coverage: at least %lld of %zu values of %s"),
                                       (long long)min, of, c->attribute)
                        : arena_printf(arena, _("coverage: at least %lld of %zu knowledge points"),
                                       (long long)min, of);
}

static void require_coverage(struct assembly *a, const struct blueprint_coverage *asked)
{
    struct arena *arena = a->problem->arena;
    struct cover c = asked->attribute ? cover_of_values(a, asked->attribute) : cover_of_points(a, asked);
    uint32_t *item = arena_array(arena, c.n + 1, sizeof *item),
             *group = arena_array(arena, c.n + 1, sizeof *group);
    for (size_t k = 0; k < c.n; k++) {
        item[k] = c.member[k].item;
        group[k] = c.member[k].group;
    }
    int64_t min = asked->min ? asked->min : (int64_t)c.n_groups;
    const struct requirement r = {.kind = REQUIRE_COVER,
                                  .id = arena_printf(arena, "coverage line %u", asked->line),
                                  .words = coverage_words(arena, asked, min, c.n_groups),
                                  .line = asked->line,
                                  .item = item,
                                  .group = group,
                                  .n = c.n,
                                  .n_groups = c.n_groups,
                                  .lo = min,
                                  .hi = OPEN_HI,
                                  .unit = 1};
    problem_require(a->problem, &r);
}

struct gathered assembly_facility(const struct assembly *a)
{
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&g, i, a->pool[i].points.milli * a->pool[i].item.facility);
    return g;
}

/* Weighted by points: the share of the points that candidates are expected to reach. In the integers of the
 * problem, milli-points times thousandths, one stands for the paper's points. */
static void require_mean_facility(struct assembly *a)
{
    const struct blueprint_range *m = &a->blueprint->mean_facility;
    struct arena *arena = a->problem->arena;
    int64_t total = a->blueprint->points.milli;
    char from[32], to[32];
    if (!m->given)
        return;
    struct gathered g = assembly_facility(a);
    const char *words = arena_printf(arena, _("mean facility: %s to %s"),
                                     points_text(points_milli(m->from), from, sizeof from),
                                     points_text(points_milli(m->to), to, sizeof to));
    struct requirement r = assembly_linear(&g, "meanFacility", words, m->line, m->from * total, m->to * total,
                                           total > 0 ? total * 1000 : 1);
    problem_require(a->problem, &r);
}

static void require_time(struct assembly *a)
{
    const struct blueprint_range *t = &a->blueprint->expected_time;
    if (!t->given)
        return;
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&g, i, a->pool[i].item.expected_s);
    const char *words = arena_printf(a->problem->arena, _("expected time: %lld to %lld s"),
                                     (long long)t->from, (long long)t->to);
    struct requirement r = assembly_linear(&g, "expectedTime", words, t->line, t->from, t->to, 1);
    assembly_require_or_wish(a, &r, t->weight);
}

struct gathered assembly_information(const struct assembly *a, int64_t theta)
{
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&g, i, information_at(&a->pool[i].item.irt, theta));
    return g;
}

static void require_information(struct assembly *a)
{
    enum { MILLI = INFORMATION_UNIT / 1000 };
    struct arena *arena = a->problem->arena;
    char theta[32];
    for (size_t k = 0; k < a->blueprint->information.n; k++) {
        const struct blueprint_ability *at = &a->blueprint->information.at[k];
        int64_t hi = at->max == INT64_MAX ? OPEN_HI : at->max * MILLI;
        if (at->min == 0 && hi == OPEN_HI)
            continue;
        struct gathered g = assembly_information(a, at->theta);
        points_text(points_milli(at->theta), theta, sizeof theta);
        const char *words = arena_printf(arena, _("information at ability %s: %s"), theta,
                                         assembly_limits(arena, at->min * MILLI, hi, INFORMATION_UNIT));
        struct requirement r = assembly_linear(&g, arena_printf(arena, "information %s", theta), words,
                                               at->line, at->min * MILLI, hi, INFORMATION_UNIT);
        problem_require(a->problem, &r);
    }
}

int assembly_require_rules(struct assembly *a, struct err *e)
{
    const struct blueprint *b = a->blueprint;
    int r = assembly_need_attributes(a, e);
    if (r < 0)
        return r;
    require_sections(a);
    require_total(a);
    for (size_t i = 0; i < b->n_rules; i++)
        if (b->rule[i].kind == RULE_QUOTA)
            require_quota(a, &b->rule[i]);
        else
            require_rule(a, &b->rule[i]);
    for (size_t i = 0; i < b->n_sums; i++)
        require_sum(a, &b->sum[i]);
    for (size_t i = 0; i < b->n_coverages; i++)
        require_coverage(a, &b->coverage[i]);
    require_mean_facility(a);
    require_time(a);
    require_information(a);
    return 0;
}
