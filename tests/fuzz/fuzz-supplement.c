/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of a supplement is refused, or it is exactly what our writer makes of it. */
#include <stdlib.h>

#include "exam-packages/supplement-document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct supplement_document *c = NULL;
    struct bytes again = {0};
    struct err e;
    if (supplement_document_read(&c, "manifest.xml", span_of(data, size), &e) < 0)
        return 0;
    if (supplement_document_write(c, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    supplement_document_free(c);
    return 0;
}
