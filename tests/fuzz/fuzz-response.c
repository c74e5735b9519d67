/* SPDX-License-Identifier: Apache-2.0 */
/* Stored answers: what is read writes back to the same bytes. */
#include <stdlib.h>

#include "paperbank/item/response.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct response_set set = {0};
    struct bytes again = {0};
    struct err e;
    if (response_decode(&set, a, span_of(data, size), &e) == 0) {
        response_encode(&set, &again);
        if (!span_equal(bytes_span(&again), span_of(data, size)))
            abort();
    }
    bytes_release(&again);
    arena_free(a);
    return 0;
}
