/* SPDX-License-Identifier: Apache-2.0 */
/* A roster is refused, or it is exactly what our writer makes of it, and finds its own people. */
#include <stdlib.h>

#include "exam-packages/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct roster *r = NULL;
    struct bytes again = {0};
    struct err e;
    if (roster_read(&r, "roster.xml", span_of(data, size), &e) < 0)
        return 0;
    for (size_t i = 0; i < r->n_candidates; i++)
        if (roster_find(r, r->candidate[i].ticket) != &r->candidate[i] ||
            !roster_find_room(r, r->candidate[i].site, r->candidate[i].room))
            abort();
    if (roster_write(r, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    roster_free(r);
    return 0;
}
