/* SPDX-License-Identifier: Apache-2.0 */
/* Packed answers and scores: what is read packs to the bytes it was read from, unless its order was another one. */
#include <stdlib.h>

#include "sync/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct bytes again = {0};
    struct packed_answer *answer = NULL;
    struct packed_score *score = NULL;
    size_t n = 0;
    struct err e;
    if (answers_unpack(span_of(data, size), a, &answer, &n, &e) == 0) {
        answers_pack(answer, n, &again);
        if (again.n > size)
            abort();
    }
    bytes_clear(&again);
    if (scores_unpack(span_of(data, size), a, &score, &n, &e) == 0) {
        scores_pack(score, n, &again);
        if (!span_equal(bytes_span(&again), span_of(data, size)))
            abort();
    }
    bytes_release(&again);
    arena_free(a);
    return 0;
}
