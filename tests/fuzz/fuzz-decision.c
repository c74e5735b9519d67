/* SPDX-License-Identifier: Apache-2.0 */
/* A decision is refused, or it is exactly what our writer makes of it. */
#include <stdlib.h>

#include "exam-packages/decision.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decision *d = NULL;
    struct bytes again = {0};
    struct err e;
    if (decision_read(&d, "decision.xml", span_of(data, size), &e) < 0)
        return 0;
    if (decision_write(d, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    decision_free(d);
    return 0;
}
