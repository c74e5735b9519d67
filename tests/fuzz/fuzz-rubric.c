/* SPDX-License-Identifier: Apache-2.0 */
/* A rubric is refused, or what our writer makes of it reads back as the same bytes and keeps points in
 * bounds. */
#include <stdlib.h>

#include "scoring/lab/rating.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every slip of every step, and every fatal act. */
static void rate_worst(const struct rubric *r)
{
    struct rating x;
    struct rating_points points;
    struct err e;
    rating_begin(&x, r);
    for (size_t i = 0; i < r->n_steps; i++)
        x.step[i] =
            (struct rating_step){.mark = RATING_MARKED, .slips = (UINT32_C(1) << r->step[i].n_slips) - 1};
    x.fatals = (UINT32_C(1) << r->n_fatals) - 1;
    rating_points(&x, r, &points);
    if (rating_fits(&x, r, &e) < 0 || points.total.milli < 0 || points.total.milli > r->total.milli)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rubric *r = NULL, *again = NULL;
    struct bytes one = {0}, two = {0};
    struct err e;
    if (rubric_read(&r, "rubric.xml", span_of(data, size), NULL, NULL, &e) < 0)
        return 0;
    rate_worst(r);
    if (rubric_write(r, &one, &e) == 0) {
        if (rubric_read(&again, "again.xml", bytes_span(&one), NULL, NULL, &e) < 0 ||
            rubric_write(again, &two, &e) < 0 || !span_equal(bytes_span(&one), bytes_span(&two)))
            abort();
        rubric_free(again);
    }
    bytes_release(&one);
    bytes_release(&two);
    rubric_free(r);
    return 0;
}
