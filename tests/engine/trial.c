/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/engine/trial.h"

#include <stdlib.h>

uint64_t trial_setting(const char *name, uint64_t otherwise)
{
    const char *v = getenv(name);
    return v ? strtoull(v, NULL, 10) : otherwise;
}

static void show_requirement(const struct requirement *r)
{
    print_error("  %s kind %d lo %lld hi %lld weight %lld groups %zu:", r->id, r->kind, (long long)r->lo,
                (long long)r->hi, (long long)r->weight, r->n_groups);
    for (size_t i = 0; i < r->n; i++) {
        print_error(" %u", r->item[i]);
        if (r->coef)
            print_error("*%lld", (long long)r->coef[i]);
        if (r->group)
            print_error("/%u", r->group[i]);
    }
    print_error("\n");
}

static void show_objective(const struct problem *p, const struct objective *o)
{
    print_error("  objective %d give %lld indifferent %lld\n", o->kind, (long long)o->give,
                (long long)o->indifferent);
    for (size_t k = 0; k < o->n_rows; k++) {
        print_error("    target %lld weight %lld:", (long long)o->row[k].target, (long long)o->row[k].weight);
        for (size_t i = 0; i < p->n_items; i++)
            print_error(" %lld", (long long)o->row[k].coef[i]);
        print_error("\n");
    }
}

void trial_show(const struct trial *t)
{
    const struct problem *p = t->p;
    print_error("ORACLE_CASE=%llu: %zu items, %zu forms, %s, best %g\n", (unsigned long long)t->number,
                p->n_items, p->n_forms, t->truth.feasible ? "feasible" : "infeasible",
                (double)t->truth.value[0] / ORACLE_SCALE);
    for (size_t i = 0; p->stimulus && i < p->n_items; i++)
        print_error("%s%d%s", i ? " " : "  stimuli: ", (int)p->stimulus[i], i + 1 < p->n_items ? "" : "\n");
    for (size_t k = 0; k < p->n_requirements; k++)
        show_requirement(&p->requirement[k]);
    for (size_t k = 0; k < p->n_objectives; k++)
        show_objective(p, &p->objective[k]);
}

/* A trial of each kind of requirement, objective, number of forms. */
enum {
    KINDS = REQUIRE_OVERLAP + 1,
    OBJECTIVES = OBJECTIVE_MIN_PENALTY + 1,
    SORTS = KINDS * OBJECTIVES * ORACLE_MAX_FORMS
};

void trial_each(void (*look)(struct trial *t), uint64_t every)
{
    uint64_t rounds = trial_setting("ORACLE_ROUNDS", 1), seed = trial_setting("ORACLE_SEED", 1);
    uint64_t only = trial_setting("ORACLE_CASE", UINT64_MAX);
    for (uint64_t n = 0; n < rounds * SORTS; n += every) {
        struct trial t = {.number = only == UINT64_MAX ? n : only};
        size_t kind = t.number % KINDS, objective = t.number / KINDS % OBJECTIVES;
        rng_seed(&t.rng, seed * 1000003 + t.number);
        t.p = oracle_problem(&t.rng, (enum requirement_kind)kind, (enum objective_kind)objective,
                             1 + t.number / KINDS / OBJECTIVES % ORACLE_MAX_FORMS);
        t.truth = oracle_ask(t.p, NULL);
        look(&t);
        problem_free(t.p);
        if (only != UINT64_MAX)
            return;
    }
}

int64_t trial_value(const struct trial *t, const struct selection *s, size_t objective)
{
    struct oracle_pick pick = oracle_of(s);
    return oracle_value(t->p, &t->p->objective[objective], &pick);
}

bool trial_allows(const struct trial *t, const struct selection *s)
{
    struct oracle_pick pick = oracle_of(s);
    return s->n_forms == t->p->n_forms && oracle_allows(t->p, &pick, NULL);
}
