/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest is refused, or it is exactly what our writer makes of it. */
#include <stdlib.h>

#include "exam-packages/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct manifest *m = NULL;
    struct bytes again = {0};
    struct err e;
    if (exam_manifest_read(&m, "manifest.xml", span_of(data, size), &e) < 0)
        return 0;
    if (exam_manifest_write(m, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    exam_manifest_free(m);
    return 0;
}
