/* SPDX-License-Identifier: Apache-2.0 */
/* Score records: what is read writes back to the same bytes and equals itself. */
#include <stdlib.h>

#include "scoring/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct score_record r = {0};
    struct bytes again = {0};
    struct err e;
    if (score_record_read(&r, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    if (score_record_write(&r, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)) ||
        score_record_compare(&r, &r, &e) < 0)
        abort();
    bytes_release(&again);
    score_record_release(&r);
    return 0;
}
