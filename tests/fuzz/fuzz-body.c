/* SPDX-License-Identifier: Apache-2.0 */
/* Any item that can be read can be laid out at any width: no line is wider than the sheet, no choice is lost. */
#include <stdlib.h>

#include "client/screens/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lay_out(const struct question *q, int width)
{
    struct sheet s;
    body_sheet(q, 0, width, &s);
    for (size_t i = 0; i < s.n_lines; i++)
        if (s.line[i].n > 1 && sheet_line_width(&s, &s.line[i]) > s.width)
            abort();
    sheet_release(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct item *item = NULL;
    struct err e;
    if (size > 65536 || item_read_lenient(&item, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    struct work *w = work_new(1);
    work_set(w, 0, item, "", points_milli(1000), span_str("seed"));
    lay_out(&w->question[0], 74);
    lay_out(&w->question[0], 20);
    work_free(w);
    item_free(item);
    return 0;
}
