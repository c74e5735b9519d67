/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "sync/store.h"

/* What tells more of a candidate stands; of two equals the first session's. Who waits for a decision there was there: no
 * second mark comes in its place before it is taken. */
static int weight(enum store_mark mark)
{
    switch (mark) {
    case STORE_BREACH:
    case STORE_CHEATING:
        return 4;
    case STORE_SCORED:
    case STORE_UNSCORED:
    case STORE_PENDING:
    case STORE_QUARANTINED:
        return 3;
    case STORE_WITHDRAWN:
        return 2;
    case STORE_POSTPONED:
        return 1;
    default:
        return 0;
    }
}

size_t store_results_join(const struct store_result *a, size_t n_a, const struct store_result *b, size_t n_b,
                          struct store_result *ret)
{
    size_t n = 0, i = 0, k = 0;
    while (i < n_a || k < n_b) {
        int c = i == n_a ? 1 : k == n_b ? -1 : strcmp(a[i].ticket, b[k].ticket);
        if (c == 0)
            ret[n++] = weight(b[k].mark) > weight(a[i].mark) ? b[k] : a[i];
        else
            ret[n++] = c < 0 ? a[i] : b[k];
        i += c <= 0;
        k += c >= 0;
    }
    return n;
}

static bool was_sat(const struct store_result *x)
{
    return x->mark != STORE_ABSENT && x->mark != STORE_POSTPONED && x->mark != STORE_VOID;
}

size_t store_results_join_spare(const struct store_result *a, size_t n_a, const struct store_result *spare,
                                size_t n_spare, struct store_result *ret, size_t *ret_counted)
{
    size_t n = 0, i = 0, k = 0, counted = 0;
    while (i < n_a || k < n_spare) {
        int c = i == n_a ? 1 : k == n_spare ? -1 : strcmp(a[i].ticket, spare[k].ticket);
        bool from_spare = c > 0 || (c == 0 && was_sat(&spare[k]));
        counted += from_spare && was_sat(&spare[k]);
        ret[n++] = from_spare ? spare[k] : a[i];
        i += c <= 0;
        k += c >= 0;
    }
    *ret_counted = counted;
    return n;
}
