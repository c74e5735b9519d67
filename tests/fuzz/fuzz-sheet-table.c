/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of sheets: whatever is taken is whole, of a sheet of the session, and each sheet once. */
#include <stdlib.h>
#include <string.h>

#include "office/sheets/sheet-csv.h"
#include "tests/lab/sheet-sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count(void *context, unsigned line, const char *message)
{
    (void)line, (void)message;
    ++*(size_t *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sample s;
    struct arena *a = arena_new();
    struct sheet *sheet = NULL;
    size_t n = 0, complaints = 0;
    struct err e;
    sample_open(&s, 1);
    int r = sheet_csv_read(&sheet, &n, a, &s.list, "fuzz", span_of(data, size), count, &complaints, &e);
    if (r == 0 && complaints)
        abort();
    for (size_t i = 0; r == 0 && i < n; i++) {
        const struct sheet_place *p = sheet_list_at(&s.list, sheet[i].id);
        if (!p || sheet_check(&sheet[i], p, s.plan, &e) < 0)
            abort();
        for (size_t k = 0; k < i; k++)
            if (strcmp(sheet[k].id, sheet[i].id) == 0)
                abort();
    }
    arena_free(a);
    sample_close(&s);
    return 0;
}
