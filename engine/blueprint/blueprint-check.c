/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/blueprint-internal.h"

static bool lists_meet(const struct blueprint_list *a, const struct blueprint_list *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (blueprint_list_has(b, a->text[i]))
            return true;
    return false;
}

/* An empty list of knowledge points is the whole tree. */
static bool areas_meet(const struct blueprint_list *a, const struct blueprint_list *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++)
            if (knowledge_point_within(a->text[i], b->text[j]) ||
                knowledge_point_within(b->text[j], a->text[i]))
                return true;
    return a->n == 0 || b->n == 0;
}

/* An item belongs to one section at most: then its place in the paper needs no decision. */
static void check_sections_apart(const struct blueprint *b, size_t i, struct blueprint_faults *f)
{
    const struct blueprint_section *s = &b->section[i];
    for (size_t j = 0; j < i; j++) {
        const struct blueprint_section *t = &b->section[j];
        if (strcmp(s->id, t->id) == 0)
            blueprint_fault(f, s->line, _("section %s stands there twice"), s->id);
        else if (lists_meet(&s->kinds, &t->kinds) && areas_meet(&s->knowledge_points, &t->knowledge_points))
            blueprint_fault(f, s->line,
                            _("sections %s and %s want the same items: give them different kinds or "
                              "knowledge points"),
                            t->id, s->id);
    }
}

static void check_points(const struct blueprint *b, struct blueprint_faults *f)
{
    points_t sum = points_milli(0);
    int64_t items = 0;
    bool fixed = true;
    for (size_t i = 0; i < b->n_sections; i++) {
        sum.milli += b->section[i].points.milli * b->section[i].count;
        items += b->section[i].count;
        fixed = fixed && b->section[i].has_points;
    }
    char have[32], want[32];
    if (fixed ? sum.milli != b->points.milli : sum.milli > b->points.milli)
        blueprint_fault(f, b->line, _("the sections add up to %s points, the paper is to have %s"),
                        points_text(sum, have, sizeof have), points_text(b->points, want, sizeof want));
    if (items > 1000)
        blueprint_fault(f, b->line, _("a paper has at most %d items"), 1000);
}

static void check_times(const struct blueprint *b, struct blueprint_faults *f)
{
    int64_t sum = 0;
    for (size_t i = 0; i < b->n_sections; i++)
        sum += b->section[i].time_s;
    if (sum > b->duration_s)
        blueprint_fault(f, b->line, _("the sections have %lld seconds of their own, the whole paper %lld"),
                        (long long)sum, (long long)b->duration_s);
}

static void check_rules(const struct blueprint *b, struct blueprint_faults *f)
{
    for (size_t i = 0; i < b->n_rules; i++) {
        const struct blueprint_rule *r = &b->rule[i];
        if (r->min > r->max)
            blueprint_fault(f, r->line, _("min is more than max"));
        if (r->what.has_facility && r->what.facility_from > r->what.facility_to)
            blueprint_fault(f, r->line, _("from is more than to"));
    }
    for (size_t i = 0; i < b->n_uses; i++)
        if (b->use[i].min > b->use[i].max)
            blueprint_fault(f, b->use[i].line, _("min is more than max"));
    for (size_t i = 0; i < b->n_coverages; i++) {
        const struct blueprint_coverage *c = &b->coverage[i];
        if (c->knowledge_points.n && c->min > (int64_t)c->knowledge_points.n)
            blueprint_fault(f, c->line, _("min is more than the knowledge points that are listed"));
    }
}

static void check_range(const struct blueprint_range *r, struct blueprint_faults *f)
{
    if (r->given && r->from > r->to)
        blueprint_fault(f, r->line, _("from is more than to"));
    else if (r->given && r->has_target && (r->target < r->from || r->target > r->to))
        blueprint_fault(f, r->line, _("the target lies outside of from and to"));
}

static void check_ranges(const struct blueprint *b, struct blueprint_faults *f)
{
    const struct blueprint_range *m = &b->mean_facility, *t = &b->expected_time;
    check_range(m, f);
    check_range(t, f);
    for (size_t i = 0; i < b->n_sums; i++)
        check_range(&b->sum[i].range, f);
    for (size_t i = 0; i < b->information.n; i++)
        if (b->information.at[i].min > b->information.at[i].max)
            blueprint_fault(f, b->information.at[i].line, _("min is more than max"));
}

static void check_items(const struct blueprint *b, struct blueprint_faults *f)
{
    for (size_t i = 0; i < b->n_includes; i++)
        for (size_t j = 0; j < b->n_excludes; j++)
            if (strcmp(b->include[i].id, b->exclude[j].id) == 0)
                blueprint_fault(f, b->exclude[j].line, _("item %s is both included and excluded"),
                                b->include[i].id);
}

static void check_goals(const struct blueprint *b, struct blueprint_faults *f)
{
    const struct blueprint_stimuli *s = &b->stimuli;
    if (s->given && (s->min > s->max || s->items_min > s->items_max))
        blueprint_fault(f, s->line, _("min is more than max"));
    for (size_t i = 0; i < b->n_goals; i++) {
        const struct blueprint_goal *g = &b->goal[i];
        if (g->kind == GOAL_EQUAL && g->measure == MEASURE_INFORMATION && !b->information.given)
            blueprint_fault(f, g->line, _("equal information: say for which abilities in <information>"));
        for (size_t k = 0; k < i; k++)
            if (g->kind == b->goal[k].kind && (g->kind == GOAL_FRESH || g->kind == GOAL_WISHES))
                blueprint_fault(f, g->line, _("this goal stands there twice"));
    }
}

void blueprint_check(const struct blueprint *b, struct blueprint_faults *f)
{
    if (b->earliest_hand_in_s > b->duration_s)
        blueprint_fault(f, b->line, _("earliestHandIn is later than the end"));
    if (b->pass.milli > b->high.milli || b->high.milli > b->points.milli)
        blueprint_fault(f, b->line, _("pass, high and points must not fall"));
    if (b->n_sections == 0)
        blueprint_fault(f, b->line, _("there is no section"));
    for (size_t i = 0; i < b->n_sections; i++)
        check_sections_apart(b, i, f);
    check_points(b, f);
    check_times(b, f);
    check_rules(b, f);
    check_ranges(b, f);
    check_items(b, f);
    check_goals(b, f);
}
