/* SPDX-License-Identifier: Apache-2.0 */
/* A rating is refused, or it is exactly what our writer makes of it. */
#include <stdlib.h>

#include "scoring/lab/rating.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rating x;
    struct bytes again = {0};
    struct err e;
    struct arena *a = arena_new();
    if (rating_read(&x, a, "rating", span_of(data, size), &e) == 0 &&
        (rating_write(&x, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size))))
        abort();
    bytes_release(&again);
    arena_free(a);
    return 0;
}
