/* SPDX-License-Identifier: Apache-2.0 */
/* CLOSE records as they come with a bundle or from a stick. */
#include <stddef.h>
#include <stdint.h>

#include "exam-packages/close-record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct close_record c;
    struct bytes again = {0};
    if (close_record_read(&c, "close.xml", span_of(data, size), NULL) < 0)
        return 0;
    if (close_record_write(&c, &again, NULL) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        __builtin_trap();
    bytes_release(&again);
    close_record_release(&c);
    return 0;
}
