/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate is refused, or it is exactly what our writer makes of it. */
#include <stdlib.h>

#include "exam-packages/certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct certificate *c = NULL;
    struct bytes again = {0};
    struct err e;
    if (certificate_read(&c, "certificate.xml", span_of(data, size), &e) < 0)
        return 0;
    if (certificate_write(c, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    certificate_free(c);
    return 0;
}
