/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest is refused, or every path in it stays inside its folder and every number is within its bounds. */
#include <stdlib.h>
#include <string.h>

#include "paperbank/bank/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct manifest *m = NULL;
    struct err e;
    if (manifest_read(&m, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    for (size_t i = 0; i < m->n_items; i++) {
        const struct manifest_item *item = &m->item[i];
        if (item->fault)
            continue;
        if (*item->href == '/' || strncmp(item->href, "../", 3) == 0 || strstr(item->href, "/../"))
            abort();
        if (item->has_metadata && item->metadata.facility != BANK_UNKNOWN &&
            (item->metadata.facility < 0 || item->metadata.facility > 1000))
            abort();
    }
    manifest_free(m);
    return 0;
}
