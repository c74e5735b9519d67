/* SPDX-License-Identifier: Apache-2.0 */
/* Each requirement of a blueprint as one of the problem, with the words that an office would use. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/assembly.h"

static const char *joined(struct arena *a, const struct blueprint_list *list)
{
    const char *all = "";
    for (size_t i = 0; i < list->n; i++)
        all = arena_printf(a, "%s%s%s", all, i ? ", " : "", list->text[i]);
    return all;
}

/* "at least 2", "at most 5", "2 to 5", "exactly 4"; in points when `milli`. */
static const char *limits_text(struct arena *a, int64_t lo, int64_t hi, bool milli)
{
    char low[32], high[32];
    points_text(points_milli(milli ? lo : lo * 1000), low, sizeof low);
    points_text(points_milli(hi == OPEN_HI ? 0 : milli ? hi : hi * 1000), high, sizeof high);
    if (lo == hi)
        return arena_printf(a, _("exactly %s"), low);
    if (hi == OPEN_HI)
        return arena_printf(a, _("at least %s"), low);
    if (lo <= 0)
        return arena_printf(a, _("at most %s"), high);
    return arena_printf(a, _("%s to %s"), low, high);
}

static bool selected(const struct blueprint_selector *s, const struct bank_item *i)
{
    return (!s->knowledge_point || knowledge_point_within(i->knowledge_point, s->knowledge_point)) &&
           (s->levels.n == 0 || blueprint_list_has(&s->levels, i->level)) &&
           (s->kinds.n == 0 || blueprint_list_has(&s->kinds, i->kind)) &&
           (!s->has_facility || (i->facility >= s->facility_from && i->facility <= s->facility_to));
}

/* Takes every item for which `value` gives something other than `absent`. */
struct gathered {
    uint32_t *item;
    int64_t *coef;
    size_t n;
};

static struct gathered room_for(const struct assembly *a)
{
    struct arena *arena = a->problem->arena;
    return (struct gathered){.item = arena_array(arena, a->n_pool + 1, sizeof(uint32_t)),
                             .coef = arena_array(arena, a->n_pool + 1, sizeof(int64_t))};
}

static void take(struct gathered *g, size_t item, int64_t coef)
{
    g->item[g->n] = (uint32_t)item;
    g->coef[g->n++] = coef;
}

static struct requirement linear(const struct gathered *g, const char *id, const char *words, unsigned line,
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

static void require_sections(struct assembly *a)
{
    struct arena *arena = a->problem->arena;
    for (size_t s = 0; s < a->blueprint->n_sections; s++) {
        const struct blueprint_section *section = &a->blueprint->section[s];
        struct gathered g = room_for(a);
        for (size_t i = 0; i < a->n_pool; i++)
            if (a->pool[i].section == s)
                take(&g, i, 1);
        const char *words = arena_printf(arena, _("section %s \"%s\" (%s): %s items"), section->id,
                                         section->title, joined(arena, &section->kinds),
                                         limits_text(arena, section->count, section->count, false));
        struct requirement r = linear(&g, arena_printf(arena, "section %s", section->id), words,
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
    struct gathered g = room_for(a);
    for (size_t i = 0; i < a->n_pool; i++)
        take(&g, i, a->pool[i].points.milli);
    const char *words = arena_printf(arena, _("points of the paper: %s"),
                                     limits_text(arena, b->points.milli, b->points.milli, true));
    struct requirement r = linear(&g, "points", words, b->line, b->points.milli, b->points.milli, 1000);
    problem_require(a->problem, &r);
}

static const char *selector_text(const struct assembly *a, const struct blueprint_selector *s)
{
    struct arena *arena = a->problem->arena;
    const char *text = "", *comma = "";
    char from[32], to[32];
    if (s->knowledge_point) {
        text = arena_printf(arena, _("knowledge point %s"), s->knowledge_point);
        for (size_t i = 0; i < a->n_points; i++)
            if (strcmp(a->point[i].code, s->knowledge_point) == 0)
                text = arena_printf(arena, _("knowledge point %s %s"), s->knowledge_point, a->point[i].title);
        comma = ", ";
    }
    if (s->levels.n) {
        text = arena_printf(arena, "%s%s%s", text, comma, joined(arena, &s->levels));
        comma = ", ";
    }
    if (s->kinds.n) {
        text = arena_printf(arena, "%s%s%s", text, comma, joined(arena, &s->kinds));
        comma = ", ";
    }
    if (s->has_facility)
        text = arena_printf(arena, _("%s%sfacility %s to %s"), text, comma,
                            points_text(points_milli(s->facility_from), from, sizeof from),
                            points_text(points_milli(s->facility_to), to, sizeof to));
    return *text ? text : _("all items");
}

static void require_rules(struct assembly *a)
{
    static const char *const name[] = {
        [RULE_CELL] = "cell", [RULE_TYPE] = "type", [RULE_BAND] = "band", [RULE_POINTS] = "points"};
    struct arena *arena = a->problem->arena;
    for (size_t k = 0; k < a->blueprint->n_rules; k++) {
        const struct blueprint_rule *rule = &a->blueprint->rule[k];
        bool points = rule->kind == RULE_POINTS;
        struct gathered g = room_for(a);
        for (size_t i = 0; i < a->n_pool; i++)
            if (selected(&rule->what, &a->pool[i].item))
                take(&g, i, points ? a->pool[i].points.milli : 1);
        const char *limits = limits_text(arena, rule->min, rule->max, points);
        const char *words =
            points ? arena_printf(arena, _("%s: %s points"), selector_text(a, &rule->what), limits)
                   : arena_printf(arena, _("%s: %s items"), selector_text(a, &rule->what), limits);
        struct requirement r = linear(&g, arena_printf(arena, "%s line %u", name[rule->kind], rule->line),
                                      words, rule->line, rule->min, rule->max, points ? 1000 : 1);
        problem_require(a->problem, &r);
    }
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

static void require_coverage(struct assembly *a, const struct blueprint_coverage *c)
{
    struct arena *arena = a->problem->arena;
    struct blueprint_list points = covered_points(a, c);
    uint32_t *item = arena_array(arena, a->n_pool * (points.n ? points.n : 1) + 1, sizeof *item);
    uint32_t *group = arena_array(arena, a->n_pool * (points.n ? points.n : 1) + 1, sizeof *group);
    size_t n = 0;
    for (size_t i = 0; i < a->n_pool; i++)
        for (size_t g = 0; g < points.n; g++)
            if (knowledge_point_within(a->pool[i].item.knowledge_point, points.text[g])) {
                item[n] = (uint32_t)i;
                group[n++] = (uint32_t)g;
            }
    int64_t min = c->min ? c->min : (int64_t)points.n;
    const char *words =
        arena_printf(arena, _("coverage: at least %lld of %zu knowledge points"), (long long)min, points.n);
    const struct requirement r = {.kind = REQUIRE_COVER,
                                  .id = arena_printf(arena, "coverage line %u", c->line),
                                  .words = words,
                                  .line = c->line,
                                  .item = item,
                                  .group = group,
                                  .n = n,
                                  .n_groups = points.n,
                                  .lo = min,
                                  .hi = OPEN_HI,
                                  .unit = 1};
    problem_require(a->problem, &r);
}

/* Weighted by points: the share of the points that candidates are expected to reach. In the integers of the
 * problem, milli-points times thousandths, one stands for the paper's points. */
static void require_mean_facility(struct assembly *a)
{
    const struct blueprint_range *m = &a->blueprint->mean_facility;
    struct problem *p = a->problem;
    int64_t total = a->blueprint->points.milli;
    char from[32], to[32];
    if (!m->given)
        return;
    struct gathered g = room_for(a);
    for (size_t i = 0; i < a->n_pool; i++)
        take(&g, i, a->pool[i].points.milli * a->pool[i].item.facility);
    const char *words = arena_printf(p->arena, _("mean facility: %s to %s"),
                                     points_text(points_milli(m->from), from, sizeof from),
                                     points_text(points_milli(m->to), to, sizeof to));
    struct requirement r = linear(&g, "meanFacility", words, m->line, m->from * total, m->to * total,
                                  total > 0 ? total * 1000 : 1);
    problem_require(p, &r);
    p->objective->kind = OBJECTIVE_MINIMAX_DEV;
    p->objective->row = arena_alloc(p->arena, sizeof *p->objective->row);
    p->objective->row[0] =
        (struct objective_row){.coef = g.coef, .target = m->target * total, .weight = 1000};
    p->objective->n_rows = 1;
    p->objective->unit = r.unit;
    p->objective->indifferent = total / 2; /* 0.0005: facility is known to thousandths at best */
}

static void require_time(struct assembly *a)
{
    const struct blueprint_range *t = &a->blueprint->expected_time;
    if (!t->given)
        return;
    struct gathered g = room_for(a);
    for (size_t i = 0; i < a->n_pool; i++)
        take(&g, i, a->pool[i].item.expected_s);
    const char *words = arena_printf(a->problem->arena, _("expected time: %lld to %lld s"),
                                     (long long)t->from, (long long)t->to);
    struct requirement r = linear(&g, "expectedTime", words, t->line, t->from, t->to, 1);
    problem_require(a->problem, &r);
}

/* Place of an id in the pool, or n_pool. */
static size_t find(const struct assembly *a, const char *id)
{
    size_t lo = 0, hi = a->n_pool;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(a->pool[mid].item.id, id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < a->n_pool && strcmp(a->pool[lo].item.id, id) == 0 ? lo : a->n_pool;
}

/* All pairs are one requirement to a person. */
static void require_enemies(struct assembly *a)
{
    struct arena *arena = a->problem->arena;
    uint32_t first = UINT32_MAX;
    for (size_t i = 0; a->blueprint->enemies_apart && i < a->n_pool; i++)
        for (size_t k = 0; k < a->pool[i].item.n_enemies; k++) {
            size_t j = find(a, a->pool[i].item.enemy[k]);
            if (j >= a->n_pool || j <= i)
                continue;
            const uint32_t pair[] = {(uint32_t)i, (uint32_t)j};
            const struct requirement r = {.kind = REQUIRE_AT_MOST_ONE,
                                          .id = "enemies",
                                          .line = a->blueprint->line,
                                          .words = _("enemy items: never two in one form"),
                                          .item = arena_copy(arena, pair, sizeof pair),
                                          .n = 2,
                                          .lo = 0,
                                          .hi = 1,
                                          .unit = 1};
            if (first == UINT32_MAX)
                first = problem_require(a->problem, &r);
            else
                problem_require_with(a->problem, &r, first);
        }
}

static void require_overlap(struct assembly *a)
{
    struct problem *p = a->problem;
    if (p->n_forms < 2)
        return;
    uint32_t *item = arena_array(p->arena, a->n_pool + 1, sizeof *item);
    for (size_t i = 0; i < a->n_pool; i++)
        item[i] = (uint32_t)i;
    const struct requirement r = {
        .kind = REQUIRE_OVERLAP,
        .id = "maxOverlap",
        .line = a->blueprint->line,
        .item = item,
        .n = a->n_pool,
        .words = arena_printf(p->arena, _("%zu forms of which any two share at most %lld items"), p->n_forms,
                              (long long)a->blueprint->max_overlap),
        .lo = 0,
        .hi = a->blueprint->max_overlap,
        .unit = 1};
    problem_require(p, &r);
}

static int require_item(struct assembly *a, const struct blueprint_item *named, bool include, struct err *e)
{
    struct arena *arena = a->problem->arena;
    size_t i = find(a, named->id);
    if (i == a->n_pool) {
        char *where = arena_printf(arena, "%s:%u", a->blueprint->name, named->line);
        err_set(e, ERR_DATA, where, _("item %s is not in the bank, or no section can take it"), named->id);
        return err_hint(e, _("retired and graphic items are left out, and unapproved ones where the bank "
                             "asks for approval"));
    }
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

int assembly_require(struct assembly *a, struct err *e)
{
    const struct blueprint *b = a->blueprint;
    int r = 0;
    require_sections(a);
    require_total(a);
    require_rules(a);
    for (size_t i = 0; i < b->n_coverages; i++)
        require_coverage(a, &b->coverage[i]);
    require_mean_facility(a);
    require_time(a);
    for (size_t i = 0; r == 0 && i < b->n_includes; i++)
        r = require_item(a, &b->include[i], true, e);
    for (size_t i = 0; r == 0 && i < b->n_excludes; i++)
        r = require_item(a, &b->exclude[i], false, e);
    require_enemies(a);
    require_overlap(a);
    return r;
}
