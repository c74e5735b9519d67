/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest is refused, or every path in it stays inside its folder and every number is within its bounds. */
#include <stdlib.h>
#include <string.h>

#include "paperbank/bank/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int on_point(void *context, const struct manifest_point *p, struct err *e)
{
    (void)context, (void)e;
    if (!p->fault && !metadata_is_code(p->code))
        abort();
    return 0;
}

static int on_item(void *context, const struct manifest_item *item, struct err *e)
{
    (void)context, (void)e;
    if (item->fault)
        return 0;
    if (*item->href == '/' || strncmp(item->href, "../", 3) == 0 || strstr(item->href, "/../"))
        abort();
    if (item->has_metadata && item->metadata.facility != BANK_UNKNOWN &&
        (item->metadata.facility < 0 || item->metadata.facility > 1000))
        abort();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct manifest_handler handler = {on_point, on_item, NULL};
    struct span rest = span_of(data, size);
    struct err e;
    if (manifest_read("fuzz", xml_span_source, &rest, &handler, NULL, &e) < 0)
        return 0;
    return 0;
}
