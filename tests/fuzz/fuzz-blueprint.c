/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint is refused with a fault, or it has sections and rules that can be asked for. */
#include <stdlib.h>

#include "engine/blueprint/blueprint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_fault(void *context, unsigned line, const char *message)
{
    unsigned *n = context;
    (void)line;
    if (!*message)
        abort();
    ++*n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct blueprint *b = NULL;
    struct err e = {0};
    unsigned n = 0;
    int r = blueprint_read(&b, "fuzz", span_of(data, size), on_fault, &n, &e);
    if (r < 0) {
        if (r != -ERR_DATA || !e.what[0])
            abort();
        return 0;
    }
    if (n || b->n_sections == 0 || b->forms < 1 || b->pass.milli > b->points.milli)
        abort();
    for (size_t i = 0; i < b->n_rules; i++)
        if (b->rule[i].min > b->rule[i].max)
            abort();
    blueprint_free(b);
    return 0;
}
