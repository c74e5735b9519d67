/* SPDX-License-Identifier: Apache-2.0 */
/* A paper is refused with a message, or its rules hold and it is written as it was read. */
#include <stdlib.h>

#include "paperbank/item/paper.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_form(const struct paper *p, const struct paper_form *f)
{
    int64_t sum = 0;
    for (size_t k = 0; k < f->n_sections; k++) {
        sum += f->section[k].time_s;
        if (f->section[k].time_s < 0 ||
            (paper_section_has_rules(&f->section[k]) && f->section[k].n_items == 0))
            abort();
    }
    if (sum > p->duration_s || paper_form(p, f->id) != f)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct paper *p = NULL;
    struct bytes again = {0};
    struct err e = {0};
    int r = paper_read(&p, "fuzz", span_of(data, size), &e);
    if (r < 0) {
        if (r != -ERR_DATA || !e.what[0])
            abort();
        return 0;
    }
    for (size_t i = 0; i < p->n_forms; i++)
        check_form(p, &p->form[i]);
    if (paper_write(p, &again, &e) < 0 || !span_equal(bytes_span(&again), span_of(data, size)))
        abort();
    bytes_release(&again);
    paper_free(p);
    return 0;
}
