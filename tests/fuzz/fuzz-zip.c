/* SPDX-License-Identifier: Apache-2.0 */
/* A container is refused, or it is exactly what our writer makes of its parts: nothing can hide in it. */
#include <stdlib.h>

#include "exam-packages/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zip *z = NULL;
    struct err e;
    if (zip_open_span(&z, span_of(data, size), &e) < 0)
        return 0;
    struct bytes again = {0};
    struct zip_writer *w = zip_writer_new(&again);
    for (size_t i = 0; i < zip_count(z); i++)
        if (zip_add(w, zip_name(z, i), zip_part(z, i), &e) < 0)
            abort();
    if (zip_finish(w, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    zip_close(z);
    return 0;
}
