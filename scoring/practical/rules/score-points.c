/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/score-internal.h"

struct tally {
    const struct rules *r;
    struct practical_check_result *check;
};

static bool within_group(const struct rules *r, size_t check, size_t group)
{
    size_t g = r->check[check].group;
    while (g != group && g != RULES_NONE)
        g = r->group[g].parent;
    return g == group;
}

static bool counts_here(const struct tally *t, size_t check, size_t group, size_t file)
{
    return !t->r->check[check].forbid && within_group(t->r, check, group) &&
           (file == RULES_NONE || t->r->check[check].file == file);
}

static int64_t sum(const struct tally *t, size_t group, size_t file)
{
    int64_t all = 0;
    for (size_t i = 0; i < t->r->n_checks; i++)
        if (counts_here(t, i, group, file))
            all += t->check[i].points.milli;
    return all;
}

static void reduce(struct practical_check_result *c, int64_t to, const char *why)
{
    if (c->points.milli > to) {
        c->points = points_milli(to);
        c->cut = why;
    }
}

/* Takes all points of a group's checks. */
static void strip(struct tally *t, size_t group, size_t file, const char *why)
{
    for (size_t i = 0; i < t->r->n_checks; i++)
        if (counts_here(t, i, group, file))
            reduce(&t->check[i], 0, why);
}

/* What is over the cap is taken from the last checks first. */
static void cap(struct tally *t, size_t group, size_t file, points_t most)
{
    int64_t over = sum(t, group, file) - most.milli;
    for (size_t i = t->r->n_checks; over > 0 && i-- > 0;) {
        int64_t has = t->check[i].points.milli;
        if (!counts_here(t, i, group, file) || has <= 0)
            continue;
        int64_t less = has < over ? has : over;
        reduce(&t->check[i], has - less, "cap");
        over -= less;
    }
}

static bool all_pass(const struct tally *t, size_t group)
{
    for (size_t i = 0; i < t->r->n_checks; i++)
        if (t->r->check[i].group == group && !t->r->check[i].forbid && t->check[i].status != PRACTICAL_PASS)
            return false;
    for (size_t i = group + 1; i < t->r->n_groups; i++)
        if (t->r->group[i].parent == group && sum(t, i, RULES_NONE) < t->r->group[i].maximum.milli)
            return false;
    return true;
}

/* The first of those that give most stays: by order in the document. */
static void keep_best(struct tally *t, size_t group)
{
    int64_t most = -1;
    uint32_t order = 0;
    size_t best_check = RULES_NONE, best_group = RULES_NONE;
    for (size_t i = 0; i < t->r->n_checks; i++)
        if (t->r->check[i].group == group && !t->r->check[i].forbid && t->check[i].points.milli > most) {
            most = t->check[i].points.milli;
            best_check = i;
            order = t->r->check[i].order;
        }
    for (size_t i = group + 1; i < t->r->n_groups; i++) {
        int64_t gives = t->r->group[i].parent == group ? sum(t, i, RULES_NONE) : -1;
        if (gives > most || (gives == most && gives >= 0 && t->r->group[i].order < order)) {
            most = gives;
            best_group = i;
            best_check = RULES_NONE;
            order = t->r->group[i].order;
        }
    }
    for (size_t i = 0; i < t->r->n_checks; i++)
        if (t->r->check[i].group == group && !t->r->check[i].forbid && i != best_check)
            reduce(&t->check[i], 0, "group");
    for (size_t i = group + 1; i < t->r->n_groups; i++)
        if (t->r->group[i].parent == group && i != best_group)
            strip(t, i, RULES_NONE, "group");
}

static void groups(struct tally *t)
{
    for (size_t g = t->r->n_groups; g-- > 0;) {
        const struct rules_group *group = &t->r->group[g];
        if (group->mode == RULES_ALL && !all_pass(t, g))
            strip(t, g, RULES_NONE, "group");
        if (group->mode == RULES_BEST)
            keep_best(t, g);
        if (group->has_cap)
            cap(t, g, RULES_NONE, group->cap);
    }
}

/* First the gates, which take what is there; then points are taken, never more than there are. */
static int64_t forbids(struct tally *t)
{
    for (size_t i = 0; i < t->r->n_checks; i++) {
        const struct rules_check *c = &t->r->check[i];
        if (!c->forbid || t->check[i].status != PRACTICAL_FAIL || c->gate == GATE_NONE)
            continue;
        strip(t, c->gate == GATE_GROUP ? c->group : 0, c->gate == GATE_FILE ? c->file : RULES_NONE, c->id);
    }
    int64_t left = sum(t, 0, RULES_NONE);
    for (size_t i = 0; i < t->r->n_checks; i++) {
        const struct rules_check *c = &t->r->check[i];
        t->check[i].points = c->forbid ? points_milli(0) : t->check[i].points;
        if (!c->forbid || t->check[i].status != PRACTICAL_FAIL || c->gate != GATE_NONE)
            continue;
        int64_t less = c->points.milli < left ? c->points.milli : left;
        t->check[i].points = points_milli(-less);
        left -= less;
    }
    return left;
}

void practical_points(const struct rules *r, struct practical_result *result)
{
    struct tally t = {r, result->check};
    groups(&t);
    for (size_t i = 0; i < r->n_files; i++)
        if (r->file[i].has_cap)
            cap(&t, 0, i, r->file[i].cap);
    result->points = points_milli(forbids(&t));
    result->maximum = r->points;
}
