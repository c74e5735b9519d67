/* SPDX-License-Identifier: Apache-2.0 */
/* Task documents: what is read writes back to the same bytes. */
#include <stdlib.h>

#include "paperbank/item/task.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct task *t = NULL;
    struct bytes again = {0};
    struct err e;
    if (task_read(&t, "fuzz", span_of(data, size), &e) == 0) {
        if (task_write(t, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
            abort();
        task_free(t);
    }
    bytes_release(&again);
    return 0;
}
