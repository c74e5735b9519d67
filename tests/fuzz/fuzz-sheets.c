/* SPDX-License-Identifier: Apache-2.0 */
/* Files of typed sheets: what is taken is written again as the same bytes, but for a torn last line. */
#include <stdlib.h>
#include <string.h>

#include "office/sheets/sheet-file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sheet_file *f = NULL;
    struct bytes again = {0};
    uint8_t head[32] = {0};
    struct err e;
    if (sheet_file_read(&f, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    if (sheet_file_begin(f, head, &again, &e) < 0)
        abort();
    for (size_t i = 0; i < f->n; i++)
        if (sheet_file_line(&f->sheet[i], i + 1, head, &again, &e) < 0)
            abort();
    if (again.n + f->torn != size || memcmp(again.p, data, again.n) != 0 || memcmp(head, f->head, 32) != 0)
        abort();
    bytes_release(&again);
    sheet_file_free(f);
    return 0;
}
