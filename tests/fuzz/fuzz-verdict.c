/* SPDX-License-Identifier: Apache-2.0 */
/* What claims to be a verdict is refused, or its points are within its maximum's sense and its conditions can
 * be asked. */
#include <stdlib.h>

#include "client/practice/verdict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct verdict v;
    struct err e;
    if (verdict_read(&v, a, span_of(data, size), &e) == 0) {
        if (v.mark == MARK_NONE || v.points.milli < 0 || v.maximum.milli < 0 ||
            (v.mark != MARK_WAITING && v.maximum.milli == 0))
            abort();
        for (size_t i = 0; i < v.outcome.n; i++)
            if (verdict_shows(&v, v.outcome.response[i].identifier, "x", true) ==
                verdict_shows(&v, v.outcome.response[i].identifier, "x", false))
                abort();
    }
    arena_free(a);
    return 0;
}
