/* SPDX-License-Identifier: Apache-2.0 */
/* What a station or a room may be sent: every body is read as every kind; what is read is written the same
 * again. */
#include <stddef.h>
#include <stdint.h>

#include "client/room/api.h"

enum { INPUT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define READ_AS(kind)                                                                                        \
    do {                                                                                                     \
        struct api_##kind got;                                                                               \
        struct bytes again = {0};                                                                            \
        if (api_get_##kind(body, a, &got, NULL) == 0) {                                                      \
            api_put_##kind(&got, &again);                                                                    \
            if (!span_equal(bytes_span(&again), body))                                                       \
                __builtin_trap();                                                                            \
        }                                                                                                    \
        bytes_release(&again);                                                                               \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span body = {data, size < INPUT_MAX ? size : INPUT_MAX};
    struct arena *a = arena_new();
    READ_AS(hello);
    READ_AS(state);
    READ_AS(news);
    READ_AS(rows);
    READ_AS(kept);
    READ_AS(claim);
    READ_AS(claimed);
    arena_free(a);
    return 0;
}
