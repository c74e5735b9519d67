/* SPDX-License-Identifier: Apache-2.0 */
/* Elements that count or add up items of a form. */
#include "base/i18n.h"
#include "engine/blueprint/blueprint-internal.h"

static int64_t read_weight(const struct blueprint_reader *r, const struct xml_node *n)
{
    return blueprint_whole(r, n, "weight", 1, 1000, false, 0);
}

static void asks_for_something(const struct blueprint_reader *r, const struct xml_node *n, const char *low,
                               const char *high)
{
    if (!blueprint_has(r, n, low) && !blueprint_has(r, n, high))
        blueprint_fault(r->f, xml_line(n), _("<%s> asks for nothing: give %s, %s or both"), xml_name(n), low,
                        high);
}

static void read_limits(const struct blueprint_reader *r, const struct xml_node *n,
                        struct blueprint_rule *rule, bool points)
{
    if (points) {
        rule->min = blueprint_decimal(r, n, "min", 0, BLUEPRINT_MAX_MILLI, false, 0);
        rule->max = blueprint_decimal(r, n, "max", 0, BLUEPRINT_MAX_MILLI, false, INT64_MAX);
    } else {
        rule->min = blueprint_whole(r, n, "min", 0, BLUEPRINT_MAX_WHOLE, false, 0);
        rule->max = blueprint_whole(r, n, "max", 0, BLUEPRINT_MAX_WHOLE, false, INT64_MAX);
    }
    rule->weight = read_weight(r, n);
    asks_for_something(r, n, "min", "max");
}

static struct blueprint_rule *add_rule(const struct blueprint_reader *r, const struct xml_node *n,
                                       enum blueprint_rule_kind kind)
{
    struct blueprint_rule *rule = &r->b->rule[r->b->n_rules++];
    *rule = (struct blueprint_rule){.kind = kind, .line = xml_line(n)};
    return rule;
}

void blueprint_read_cell(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {BLUEPRINT_SELECTORS, "min", "max", "weight", NULL};
    bool points = xml_named(n, "points");
    struct blueprint_rule *rule = add_rule(r, n, points ? RULE_POINTS : RULE_CELL);
    blueprint_only_within(r, n, known);
    rule->what = blueprint_selector(r, n);
    read_limits(r, n, rule, points);
}

void blueprint_read_type(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"kinds", "min", "max", "weight", NULL};
    struct blueprint_rule *rule = add_rule(r, n, RULE_TYPE);
    blueprint_only_within(r, n, known);
    rule->what.kinds = blueprint_words(r, n, "kinds", blueprint_kinds, NULL, true);
    read_limits(r, n, rule, false);
}

void blueprint_read_band(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {BLUEPRINT_SELECTORS, "from", "to", "min", "max", "weight", NULL};
    struct blueprint_rule *rule = add_rule(r, n, RULE_BAND);
    blueprint_only_within(r, n, known);
    rule->what = blueprint_selector(r, n);
    rule->what.has_facility = true;
    rule->what.facility_from = blueprint_decimal(r, n, "from", 0, 1000, true, 0);
    rule->what.facility_to = blueprint_decimal(r, n, "to", 0, 1000, true, 1000);
    read_limits(r, n, rule, false);
}

static bool is_value(const char *word)
{
    return *word != '\0';
}

void blueprint_read_quota(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"attribute", "values", "min", "max", "weight", NULL};
    struct blueprint_rule *rule = add_rule(r, n, RULE_QUOTA);
    blueprint_only_within(r, n, known);
    rule->attribute = blueprint_name(r, n, "attribute", true);
    rule->values = blueprint_words(r, n, "values", NULL, is_value, false);
    read_limits(r, n, rule, false);
}

void blueprint_read_coverage(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"depth", "knowledgePoints", "attribute", "min", NULL};
    struct blueprint_coverage *c = &r->b->coverage[r->b->n_coverages++];
    blueprint_only_within(r, n, known);
    c->line = xml_line(n);
    c->depth = blueprint_whole(r, n, "depth", 1, 9, false, 0);
    c->knowledge_points = blueprint_words(r, n, "knowledgePoints", NULL, blueprint_is_code, false);
    c->attribute = blueprint_name(r, n, "attribute", false);
    c->min = blueprint_whole(r, n, "min", 1, 1000, false, 0);
    if (blueprint_has(r, n, "depth") + blueprint_has(r, n, "knowledgePoints") + (c->attribute != NULL) != 1)
        blueprint_fault(r->f, xml_line(n), _("<coverage> needs one of depth, knowledgePoints and attribute"));
}

void blueprint_read_mean_facility(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"from", "to", "target", BLUEPRINT_GOAL, NULL};
    struct blueprint_range *range = &r->b->mean_facility;
    blueprint_twice(r, n, range->given);
    blueprint_only_within(r, n, known);
    *range = (struct blueprint_range){.given = true, .has_target = true, .line = xml_line(n)};
    range->from = blueprint_decimal(r, n, "from", 0, 1000, true, 0);
    range->to = blueprint_decimal(r, n, "to", 0, 1000, true, 1000);
    range->target = blueprint_decimal(r, n, "target", 0, 1000, false, (range->from + range->to + 1) / 2);
    blueprint_add_goal(r, n, GOAL_MEAN_FACILITY);
}

void blueprint_read_expected_time(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"from", "to", "target", "weight", BLUEPRINT_GOAL, NULL};
    struct blueprint_range *range = &r->b->expected_time;
    blueprint_twice(r, n, range->given);
    blueprint_only_within(r, n, known);
    *range = (struct blueprint_range){.given = true, .weight = read_weight(r, n), .line = xml_line(n)};
    range->from = blueprint_whole(r, n, "from", 0, BLUEPRINT_MAX_WHOLE, true, 0);
    range->to = blueprint_whole(r, n, "to", 0, BLUEPRINT_MAX_WHOLE, true, BLUEPRINT_MAX_WHOLE);
    range->has_target = blueprint_has(r, n, "target");
    range->target = blueprint_whole(r, n, "target", 0, BLUEPRINT_MAX_WHOLE, false, range->from);
    if (range->has_target)
        blueprint_add_goal(r, n, GOAL_EXPECTED_TIME);
}

void blueprint_read_sum(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {BLUEPRINT_SELECTORS, "attribute", "from", "to", "target", "weight",
                                        BLUEPRINT_GOAL,      NULL};
    struct blueprint_sum *s = &r->b->sum[r->b->n_sums++];
    struct blueprint_range *range = &s->range;
    blueprint_only_within(r, n, known);
    s->attribute = blueprint_name(r, n, "attribute", true);
    s->what = blueprint_selector(r, n);
    *range = (struct blueprint_range){.given = true, .weight = read_weight(r, n), .line = xml_line(n)};
    range->from =
        blueprint_decimal(r, n, "from", -BLUEPRINT_MAX_MILLI, BLUEPRINT_MAX_MILLI, false, INT64_MIN);
    range->to = blueprint_decimal(r, n, "to", -BLUEPRINT_MAX_MILLI, BLUEPRINT_MAX_MILLI, false, INT64_MAX);
    range->has_target = blueprint_has(r, n, "target");
    range->target = blueprint_decimal(r, n, "target", -BLUEPRINT_MAX_MILLI, BLUEPRINT_MAX_MILLI, false, 0);
    if (range->has_target)
        blueprint_add_goal(r, n, GOAL_SUM)->which = r->b->n_sums - 1;
    else
        asks_for_something(r, n, "from", "to");
}
