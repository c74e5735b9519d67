/* SPDX-License-Identifier: Apache-2.0 */
/* A plan is refused, or what our writer makes of it reads back as the same bytes and finds its own rubrics.
 */
#include <stdlib.h>

#include "scoring/lab/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lab_plan *p = NULL, *again = NULL;
    struct bytes one = {0}, two = {0};
    struct err e;
    if (lab_plan_read(&p, "lab.xml", span_of(data, size), &e) < 0)
        return 0;
    for (size_t i = 0; i < p->n_rubrics; i++)
        if (lab_plan_rubric(p, p->rubric[i]->id) != p->rubric[i])
            abort();
    if (lab_plan_write(p, &one, &e) == 0) {
        if (lab_plan_read(&again, "again.xml", bytes_span(&one), &e) < 0 ||
            lab_plan_write(again, &two, &e) < 0 || !span_equal(bytes_span(&one), bytes_span(&two)))
            abort();
        lab_plan_free(again);
    }
    bytes_release(&one);
    bytes_release(&two);
    lab_plan_free(p);
    return 0;
}
