/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a stranger shows as its introduction, up to the question whether to believe it. */
#include <stddef.h>
#include <stdint.h>

#include "client/room/introduction.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct introduction who;
    struct introduction_parts parts;
    if (introduction_read(&who, &parts, a, span_of(data, size), NULL) == 0 &&
        (!who.name || !who.site || !who.room))
        __builtin_trap();
    arena_free(a);
    return 0;
}
