/* SPDX-License-Identifier: Apache-2.0 */
/* A spill as it is found in memory that other programs can write to. */
#include <stdlib.h>
#include <string.h>

#include "exam-packages/journal-spill-file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct spill s = {.fd = -1};
    struct arena *a = arena_new();
    bytes_add(&s.file, data, size);
    if (spill_parse(&s))
        for (size_t i = 0; i < s.n; i++) {
            struct journal_stored row;
            if (spill_row(&s, i, a, &row) &&
                (row.seq > spill_last(&s) || row.payload.n > size || strlen(row.item) > size))
                __builtin_trap();
        }
    arena_free(a);
    bytes_release(&s.file);
    free(s.at);
    return 0;
}
