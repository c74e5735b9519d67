/* SPDX-License-Identifier: Apache-2.0 */
/* An order as a station gets it over the line. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "exam-packages/journal-order.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct journal_order order;
    struct journal_signed_order packed;
    struct arena *a = arena_new();
    struct span input = {data, size};
    if (journal_order_read(&order, &packed, a, input, NULL) == 0 &&
        (strlen(order.serial) != JOURNAL_SERIAL || packed.body.n > size))
        __builtin_trap();
    arena_free(a);
    return 0;
}
