/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/explain/change.h"
#include "engine/explain/conflict-proof.h"

/* Of the relaxation: units of work, about a second. Of the search for papers: a part of what it has by
 * default, and how often it may end without an answer. */
enum { RELAXED_WORK = 1000000, SEARCH_PART = 200, MOST_UNKNOWN = 3 };
enum { MOST_BESIDES = 3, MOST_SHOWN = 12, MOST_TRIED = 3, MOST_PLACES = 10000000 };

struct explainer {
    const struct problem *p;
    const struct solve_options *o;
    const struct lots *l;
    struct err *e;
    int status;
    bool by_solver;
    int unknown; /* searches that ended before it was known */
};

size_t requirement_matches(const struct problem *p, const struct requirement *r)
{
    bool *seen = mem_alloc(p->n_items + 1);
    size_t n = 0;
    for (size_t k = 0; k < r->n; k++) {
        n += !seen[r->item[k]];
        seen[r->item[k]] = true;
    }
    free(seen);
    return n;
}

/* Looks for papers of p under the rules of `in` (NULL: all). */
static enum solve_status search(struct explainer *x, const struct problem *p, const bool *in)
{
    if (p->n_items * p->n_forms > MOST_PLACES || x->unknown >= MOST_UNKNOWN)
        return SOLVE_BUDGET;
    bool *keep = mem_alloc(p->n_requirements + 1);
    for (size_t k = 0; k < p->n_requirements; k++)
        keep[k] = !in || (x->l->rule_of[k] != NO_RULE && in[x->l->rule_of[k]]);
    const struct solve_options o = {.seed = x->o->seed,
                                    .work = SOLVE_DEFAULT_WORK / SEARCH_PART,
                                    .seconds = x->o->seconds,
                                    .keep = keep,
                                    .any = true};
    struct solve_result result = {.status = SOLVE_BUDGET};
    if (x->status == 0)
        x->status = solve(p, &o, &result, x->e);
    enum solve_status s = x->status == 0 ? result.status : SOLVE_BUDGET;
    x->unknown += s == SOLVE_BUDGET;
    x->by_solver = x->by_solver || (s == SOLVE_INFEASIBLE && !result.proven);
    solve_result_release(&result);
    free(keep);
    return s;
}

static bool contradict(void *context, const bool *keep)
{
    struct explainer *x = context;
    return search(x, x->p, keep) == SOLVE_INFEASIBLE;
}

static void count(struct conflict *c, size_t n_rules)
{
    c->n = 0;
    for (size_t k = 0; k < n_rules; k++)
        c->n += c->in[k];
}

/* No contradiction of the relaxation: that of whole items, as far as the search can tell; and whether what is
 * left is proven. */
static void whole_items(struct explainer *x, struct conflict *c)
{
    uint32_t *rank = conflict_rank(x->l);
    c->in = mem_alloc(x->l->n_rules + 1);
    memset(c->in, true, x->l->n_rules);
    conflict_reduce(rank, x->l->n_rules, c->in, contradict, x);
    count(c, x->l->n_rules);
    free(rank);
    int unknown = x->unknown;
    x->by_solver = false;
    x->by_solver = search(x, x->p, c->in) != SOLVE_INFEASIBLE || x->by_solver;
    x->unknown = unknown;
}

/* True if papers are found without any one rule. What is a contradiction of whole items without one of them
 * loses it. */
static bool each_is_needed(struct explainer *x, struct conflict *c)
{
    bool all = c->n <= MOST_SHOWN;
    for (size_t k = 0; all && k < x->l->n_rules; k++) {
        if (!c->in[k])
            continue;
        c->in[k] = false;
        enum solve_status s = search(x, x->p, c->in);
        c->in[k] = s != SOLVE_INFEASIBLE;
        all = s != SOLVE_BUDGET;
    }
    count(c, x->l->n_rules);
    return all;
}

/* Whether papers are found with the changes of one way; a number that does not do goes on a little. */
static void try_way(struct explainer *x, struct explain_change *change, size_t n)
{
    bool *in = mem_alloc(x->l->n_rules + 1);
    enum solve_status s = SOLVE_INFEASIBLE;
    memset(in, true, x->l->n_rules);
    for (size_t i = 0; i < n; i++)
        if (change[i].kind == CHANGE_DROP)
            in[x->l->rule_of[change[i].requirement]] = false;
    for (int tries = 0; tries < MOST_TRIED && s == SOLVE_INFEASIBLE; tries++) {
        struct problem *made = change_make(x->p, change, n);
        s = search(x, made, in);
        change_undo(made);
        if (s == SOLVE_INFEASIBLE && n == 1 && change->kind == CHANGE_LOW)
            change->to -= change_step(&x->p->requirement[change->requirement]);
        else if (s == SOLVE_INFEASIBLE && n == 1 && change->kind == CHANGE_HIGH)
            change->to += change_step(&x->p->requirement[change->requirement]);
    }
    for (size_t i = 0; i < n; i++)
        change[i].found = s == SOLVE_OPTIMAL || s == SOLVE_FEASIBLE;
    free(in);
}

static void try_changes(struct explainer *x, struct explanation *ret)
{
    for (size_t i = 0, to; i < ret->n_changes; i = to) {
        for (to = i + 1; to < ret->n_changes && ret->change[to].way == ret->change[i].way;)
            to++;
        try_way(x, &ret->change[i], to - i);
    }
}

/* Rules of which each one can be left out, where the relaxation knows of no numbers. */
static void leave_out(struct explainer *x, const struct conflict *c, struct explanation *ret)
{
    size_t n = 0;
    ret->change = mem_alloc((c->n + 1) * sizeof *ret->change);
    for (size_t k = 0; k < x->l->n_rules && c->n <= MOST_SHOWN; k++)
        if (c->in[k])
            ret->change[ret->n_changes++] = (struct explain_change){
                .kind = CHANGE_DROP, .way = (uint32_t)k, .requirement = x->l->rule[k].requirement};
    try_changes(x, ret);
    for (size_t i = 0; i < ret->n_changes; i++)
        if (ret->change[i].found)
            ret->change[n++] = ret->change[i];
    ret->n_changes = n;
}

static struct explain_rules list_rules(const struct lots *l, const struct conflict *c)
{
    struct explain_rules list = {.requirement = mem_alloc((c->n + 1) * sizeof *list.requirement)};
    for (size_t k = 0; k < l->n_rules; k++)
        if (c->in[k])
            list.requirement[list.n++] = l->rule[k].requirement;
    return list;
}

/* Leaves those of c out that are rows; whether any were. */
static bool ignore_rows(struct lots *l, const struct conflict *c)
{
    bool any = false;
    for (size_t k = 0; k < l->n_rules; k++)
        if (c->in[k] && !l->rule[k].bounds)
            any = l->rule[k].ignored = true;
    return any;
}

/* What else contradicts itself, once the rules with rows of c are left out. */
static void look_besides(struct lots *l, struct elastic *elastic, const struct conflict *c, struct work *w,
                         struct explanation *ret)
{
    struct conflict next, last = *c;
    ret->besides = mem_alloc(MOST_BESIDES * sizeof *ret->besides);
    for (bool more = true; more && ret->n_besides < MOST_BESIDES && ignore_rows(l, &last);) {
        w->left = RELAXED_WORK / 4;
        more = conflict_find(&next, l, elastic, 1, w);
        if (last.in != c->in)
            conflict_release(&last);
        last = next;
        if (more)
            ret->besides[ret->n_besides++] = list_rules(l, &next);
    }
    if (last.in != c->in)
        conflict_release(&last);
}

/* The contradiction in the broad rules if they have one, else in all. False: none of the relaxation. */
static bool relaxed(struct explainer *x, struct elastic *all, struct work *w, struct conflict *c,
                    struct explanation *ret)
{
    struct lots *broad = lots_new(x->p, true, NULL);
    struct elastic *elastic = NULL;
    x->status = elastic_new(&elastic, broad, w, x->e);
    bool found = x->status == 0 && conflict_find(c, broad, elastic, 1, w);
    if (found)
        look_besides(broad, elastic, c, w, ret);
    elastic_free(elastic);
    lots_free(broad);
    return found || (x->status == 0 && conflict_find(c, x->l, all, 1, w));
}

static void explain(struct explainer *x, struct elastic *elastic, struct work *w, struct explanation *ret)
{
    struct conflict c = {0};
    ret->relaxed = relaxed(x, elastic, w, &c, ret);
    if (!ret->relaxed)
        whole_items(x, &c);
    ret->smallest = ret->relaxed ? each_is_needed(x, &c) : x->unknown == 0;
    ret->by_solver = x->by_solver;
    ret->least = c.least;
    ret->inside = c.inside;
    struct explain_rules list = list_rules(x->l, &c);
    ret->requirement = list.requirement;
    ret->n = list.n;
    w->left = RELAXED_WORK;
    if (ret->relaxed) {
        conflict_prove(ret, x->l, elastic, &c);
        change_find(ret, x->l, elastic, &c);
        try_changes(x, ret);
    } else {
        leave_out(x, &c, ret);
    }
    conflict_release(&c);
}

int explain_infeasible(const struct problem *p, const struct solve_options *o, struct explanation *ret,
                       struct err *e)
{
    struct lots *l = lots_new(p, false, NULL);
    struct work w = {.left = RELAXED_WORK};
    struct elastic *elastic = NULL;
    struct explainer x = {.p = p, .o = o, .l = l, .e = e};
    *ret = (struct explanation){0};
    x.status = elastic_new(&elastic, l, &w, e);
    if (x.status == 0)
        explain(&x, elastic, &w, ret);
    if (x.status < 0)
        explanation_release(ret);
    elastic_free(elastic);
    lots_free(l);
    return x.status;
}

void explanation_release(struct explanation *x)
{
    free(x->requirement);
    for (size_t i = 0; i < x->n_besides; i++)
        free(x->besides[i].requirement);
    free(x->besides);
    free(x->term);
    free(x->change);
    free(x->lack);
    *x = (struct explanation){0};
}
