/* SPDX-License-Identifier: Apache-2.0 */
/* A table of an exam's items is refused with a message, or what it says is written and read again as the
 * same. */
#include <stdlib.h>

#include "engine/exam/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct exam_facts *f = NULL, *again = NULL;
    struct bytes once = {0}, twice = {0};
    struct err e = {0};
    int r = exam_facts_read(&f, "fuzz", span_of(data, size), &e);
    if (r < 0) {
        if (r != -ERR_DATA || !e.what[0])
            abort();
        return 0;
    }
    for (size_t i = 0; i < f->n; i++)
        if (exam_fact(f, f->item[i].id) != &f->item[i])
            abort();
    exam_facts_write(f, &once);
    if (exam_facts_read(&again, "again", bytes_span(&once), &e) == 0)
        exam_facts_write(again, &twice);
    if (again && !span_equal(bytes_span(&once), bytes_span(&twice)))
        abort();
    exam_facts_free(again);
    exam_facts_free(f);
    bytes_release(&once);
    bytes_release(&twice);
    return 0;
}
