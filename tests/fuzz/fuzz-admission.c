/* SPDX-License-Identifier: Apache-2.0 */
/* Admissions and releases as they come to a merge: what is accepted has one spelling. */
#include <stddef.h>
#include <stdint.h>

#include "exam-packages/admission.h"
#include "exam-packages/release-record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct admission x;
    struct release_record r;
    struct bytes again = {0};
    if (admission_read(&x, "admission.xml", span_of(data, size), NULL) == 0) {
        if (admission_write(&x, &again, NULL) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
            __builtin_trap();
        admission_free(&x);
    } else if (release_record_read(&r, "release.xml", span_of(data, size), NULL) == 0) {
        if (release_record_write(&r, &again, NULL) < 0 ||
            !span_equal(bytes_span(&again), span_of(data, size)))
            __builtin_trap();
        release_record_free(&r);
    }
    bytes_release(&again);
    return 0;
}
