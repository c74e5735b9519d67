/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of candidates: whatever is taken holds plain names, no ticket twice, and becomes a canonical roster when it is
 * arranged. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "office/roster-import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *context, const char *file, unsigned line, const char *what)
{
    (void)file, (void)line, (void)what;
    ++*(size_t *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct roster *r = NULL;
    struct bytes unused = {0}, document = {0};
    size_t complaints = 0;
    struct err e;
    int k = roster_import_csv(&r, "s", "table", span_of(data, size), ignore, &complaints, &unused, &e);
    if ((k < 0) != (r == NULL) || (k == 0 && complaints))
        abort();
    for (size_t i = 0; r && i < r->n_candidates; i++)
        if (!path_is_plain_name(r->candidate[i].ticket) || !r->candidate[i].name[0])
            abort();
    if (r && roster_is_arranged(r) && roster_write(r, &document, &e) < 0 && e.kind != ERR_DATA)
        abort();
    roster_free(r);
    bytes_release(&unused);
    bytes_release(&document);
    return 0;
}
