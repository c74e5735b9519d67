/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "scoring/practical/rules/rules-internal.h"

static bool says_points(const struct rules *r, size_t group)
{
    for (size_t i = 0; i < r->n_checks; i++)
        if (r->check[i].group == group && !r->check[i].forbid && r->check[i].has_points)
            return true;
    for (size_t i = group + 1; i < r->n_groups; i++)
        if (r->group[i].parent == group && (r->group[i].has_points || says_points(r, i)))
            return true;
    return false;
}

static size_t members(const struct rules *r, size_t group)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_checks; i++)
        n += r->check[i].group == group && !r->check[i].forbid;
    for (size_t i = group + 1; i < r->n_groups; i++)
        n += r->group[i].parent == group;
    return n;
}

/* Members without points of their own share those of the group: equal parts, what is left to the last. */
static void share(struct rules *r, size_t group)
{
    const struct rules_group *g = &r->group[group];
    size_t n = members(r, group);
    if (!g->has_points || n == 0 || says_points(r, group))
        return;
    int64_t each = g->mode == RULES_BEST ? g->maximum.milli : g->maximum.milli / (int64_t)n;
    int64_t rest = g->mode == RULES_BEST ? 0 : g->maximum.milli - each * (int64_t)n;
    int64_t *last = NULL;
    uint32_t last_order = 0;
    for (size_t i = 0; i < r->n_checks; i++) {
        struct rules_check *c = &r->check[i];
        if (c->group != group || c->forbid)
            continue;
        c->points = points_milli(each);
        c->has_points = true;
        last = &c->points.milli;
        last_order = c->order;
    }
    for (size_t i = group + 1; i < r->n_groups; i++) {
        struct rules_group *h = &r->group[i];
        if (h->parent != group)
            continue;
        h->maximum = points_milli(each);
        h->has_points = true;
        if (!last || h->order > last_order) {
            last = &h->maximum.milli;
            last_order = h->order;
        }
    }
    *last += rest;
}

static int64_t joined(enum rules_mode mode, int64_t so_far, int64_t more)
{
    return mode != RULES_BEST ? so_far + more : more > so_far ? more : so_far;
}

/* Groups inside come later in the document: from the last to the first. */
static int64_t give(const struct rules *r, size_t group)
{
    const struct rules_group *g = &r->group[group];
    int64_t all = 0;
    for (size_t i = 0; i < r->n_checks; i++)
        if (r->check[i].group == group && !r->check[i].forbid)
            all = joined(g->mode, all, r->check[i].points.milli);
    for (size_t i = group + 1; i < r->n_groups; i++)
        if (r->group[i].parent == group)
            all = joined(g->mode, all, r->group[i].maximum.milli);
    return g->has_cap && g->cap.milli < all ? g->cap.milli : all;
}

static void compare_sum(const struct rules *r, size_t group, int64_t sum, struct rules_faults *f)
{
    char said[32], given[32];
    const struct rules_group *g = &r->group[group];
    if (!g->has_points || g->maximum.milli == sum)
        return;
    points_text(g->maximum, said, sizeof said);
    points_text(points_milli(sum), given, sizeof given);
    if (group == 0)
        rules_fault(f, g->line, _("the checks give %s points, the rules say %s"), given, said);
    else
        rules_fault(f, g->line, _("the checks of the group \"%.60s\" give %s points, the group says %s"),
                    g->title, given, said);
}

void rules_points(struct rules *r, struct rules_faults *f)
{
    for (size_t i = 0; i < r->n_groups; i++) {
        if (members(r, i) == 0 && i > 0)
            rules_fault(f, r->group[i].line, _("the group \"%.60s\" has no check"), r->group[i].title);
        share(r, i);
    }
    for (size_t i = 0; i < r->n_checks; i++)
        if (!r->check[i].forbid && !r->check[i].has_points)
            rules_fault(f, r->check[i].line, _("the check \"%.60s\" has no points, and others beside it do"),
                        r->check[i].id);
    if (f->count)
        return;
    for (size_t i = r->n_groups; i-- > 0;) {
        int64_t sum = give(r, i);
        compare_sum(r, i, sum, f);
        r->group[i].maximum = points_milli(sum);
    }
    r->points = r->group[0].maximum;
}
