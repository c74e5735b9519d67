/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/reporting.h"

int reporting_join(struct reporting *r, const struct args *a, struct err *e)
{
    const char *session;
    int k = 0;
    for (int i = 0; k == 0 && (session = args_each(a, "make-up", i)); i++) {
        struct store_result *other = NULL;
        size_t n = 0;
        k = store_results(r->store, session, r->paper ? r->paper->ruleset : "", r->arena, &other, &n, e);
        if (k < 0)
            return k;
        struct store_result *both = arena_array(r->arena, r->n_results + n + 1, sizeof *both);
        r->n_results = store_results_join(r->result, r->n_results, other, n, both);
        r->result = both;
    }
    if (!args_get(a, "make-up"))
        return 0;
    rates_release(&r->rates);
    r->rates = (struct rates){0};
    return rates_compute(&r->rates, r->result, r->n_results, &r->lines, e);
}
