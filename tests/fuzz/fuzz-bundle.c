/* SPDX-License-Identifier: Apache-2.0 */
/* A bundle.xml is refused, or it is exactly what our writer makes of it. */
#include <stdlib.h>

#include "exam-packages/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bundle_document *d = NULL;
    struct bytes again = {0};
    struct err e;
    if (bundle_document_read(&d, "bundle.xml", span_of(data, size), &e) < 0)
        return 0;
    if (bundle_document_write(d, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    bundle_document_free(d);
    return 0;
}
