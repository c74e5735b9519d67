/* SPDX-License-Identifier: Apache-2.0 */
/* Elements that say which of the papers that are permitted is the best. */
#include "base/i18n.h"
#include "engine/blueprint/blueprint-internal.h"

enum { MAX_THETA = 10000, MAX_INFORMATION = 1000000 }; /* thousandths */

static size_t count_elements(const struct xml_node *n)
{
    size_t count = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        count++;
    return count;
}

static void only_at(const struct blueprint_reader *r, const struct xml_node *n)
{
    if (count_elements(n) == 0)
        blueprint_fault(r->f, xml_line(n), _("<%s> needs elements <at>"), xml_name(n));
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (!xml_named(c, "at"))
            blueprint_fault(r->f, xml_line(c), _("unknown element <%.60s>"), xml_name(c));
}

static void read_ability(const struct blueprint_reader *r, const struct xml_node *n,
                         struct blueprint_information *i)
{
    static const char *const known[] = {"theta", "weight", "target", "min", "max", NULL};
    struct blueprint_ability *at = &i->at[i->n++];
    blueprint_only_within(r, n, known);
    *at = (struct blueprint_ability){.line = xml_line(n)};
    at->theta = blueprint_decimal(r, n, "theta", -MAX_THETA, MAX_THETA, true, 0);
    at->weight = blueprint_decimal(r, n, "weight", 1, MAX_INFORMATION, false, 1000);
    at->target = blueprint_decimal(r, n, "target", 0, MAX_INFORMATION, i->goal == INFORMATION_TARGET, 0);
    at->min = blueprint_decimal(r, n, "min", 0, MAX_INFORMATION, false, 0);
    at->max = blueprint_decimal(r, n, "max", 0, MAX_INFORMATION, false, INT64_MAX);
    for (size_t k = 0; k + 1 < i->n; k++)
        if (i->at[k].theta == at->theta)
            blueprint_fault(r->f, at->line, _("<%s> %s: \"%.60s\" stands there twice"), xml_name(n), "theta",
                            xml_attr(r->d, n, "theta"));
}

void blueprint_read_information(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"goal", BLUEPRINT_GOAL, NULL};
    static const char *const goals[] = {"limits", "maximin", "sum", "target", NULL};
    struct blueprint_information *i = &r->b->information;
    blueprint_twice(r, n, i->given);
    blueprint_only(r, n, known);
    only_at(r, n);
    *i = (struct blueprint_information){.given = true, .line = xml_line(n)};
    i->goal = (enum blueprint_information_goal)blueprint_choice(r, n, "goal", goals);
    i->at = arena_array(r->b->arena, count_elements(n) + 1, sizeof *i->at);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        read_ability(r, c, i);
    if (i->goal != INFORMATION_LIMITS)
        blueprint_add_goal(r, n, GOAL_INFORMATION);
}

void blueprint_read_curve(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {BLUEPRINT_GOAL, NULL}, *const inside[] = {"from", "to", "items",
                                                                                  NULL};
    struct blueprint_curve *c = &r->b->curve;
    blueprint_twice(r, n, c->given);
    blueprint_only(r, n, known);
    only_at(r, n);
    *c = (struct blueprint_curve){.given = true, .line = xml_line(n)};
    c->at = arena_array(r->b->arena, count_elements(n) + 1, sizeof *c->at);
    for (const struct xml_node *at = xml_first_element(n); at; at = xml_next_element(at)) {
        blueprint_only_within(r, at, inside);
        c->at[c->n].from = blueprint_decimal(r, at, "from", 0, 1000, true, 0);
        c->at[c->n].to = blueprint_decimal(r, at, "to", 0, 1000, true, 1000);
        c->at[c->n].items = blueprint_whole(r, at, "items", 0, 1000, true, 0);
        if (c->at[c->n].from > c->at[c->n].to)
            blueprint_fault(r->f, xml_line(at), _("from is more than to"));
        c->n++;
    }
    blueprint_add_goal(r, n, GOAL_CURVE);
}

void blueprint_read_equal(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"of", "attribute", BLUEPRINT_GOAL, NULL};
    static const char *const measures[] = {[MEASURE_FACILITY] = "facility",
                                           [MEASURE_TIME] = "expectedTime",
                                           [MEASURE_POINTS] = "points",
                                           [MEASURE_INFORMATION] = "information",
                                           [MEASURE_ATTRIBUTE] = NULL};
    blueprint_only_within(r, n, known);
    struct blueprint_goal *g = blueprint_add_goal(r, n, GOAL_EQUAL);
    g->attribute = blueprint_name(r, n, "attribute", false);
    g->measure =
        g->attribute ? MEASURE_ATTRIBUTE : (enum blueprint_measure)blueprint_choice(r, n, "of", measures);
    if (blueprint_has(r, n, "of") == blueprint_has(r, n, "attribute"))
        blueprint_fault(r->f, xml_line(n), _("<equal> needs either of or attribute"));
}

void blueprint_read_fresh(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"years", BLUEPRINT_GOAL, NULL};
    blueprint_only_within(r, n, known);
    struct blueprint_goal *g = blueprint_add_goal(r, n, GOAL_FRESH);
    g->years = blueprint_whole(r, n, "years", 1, 100, false, 0);
    if (g->years && !r->b->date)
        blueprint_fault(r->f, xml_line(n), _("<%s> years: say the day of the exam in <blueprint date=\"…\">"),
                        xml_name(n));
}

void blueprint_read_wishes(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {BLUEPRINT_GOAL, NULL};
    blueprint_only_within(r, n, known);
    blueprint_add_goal(r, n, GOAL_WISHES);
}
