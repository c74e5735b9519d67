/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of every version of QTI: the 2.2 form of what can be read can be read, is its own form, and says the same. */
#include <stdlib.h>
#include <string.h>

#include "paperbank/item/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(const struct item *a, const struct item *b)
{
    struct bytes first = {0}, second = {0};
    struct err e;
    int r = item_view_write(a, &first, &e), s = item_view_write(b, &second, &e);
    if (a->kind != b->kind || a->n_problems != b->n_problems || r != s ||
        !span_equal(bytes_span(&first), bytes_span(&second)))
        abort();
    bytes_release(&first);
    bytes_release(&second);
}

static void read_both(struct span original, struct span normal)
{
    struct item *a = NULL, *b = NULL;
    struct err e;
    if (item_read_lenient(&a, "fuzz", original, &e) < 0)
        return;
    if (item_read_lenient(&b, "fuzz", normal, &e) < 0)
        abort();
    compare(a, b);
    item_free(a);
    item_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xml_doc *d = NULL;
    const char *version;
    struct err e;
    struct bytes once = {0}, twice = {0};
    if (size > 100000 || qti_read(&d, &version, "fuzz", span_of(data, size), NULL, &e) < 0)
        return 0;
    qti_write(d, span_of(data, size), &once);
    xml_free(d);
    if (qti_read(&d, &version, "fuzz", bytes_span(&once), NULL, &e) < 0 || strcmp(version, "2.2") != 0)
        abort();
    qti_write(d, bytes_span(&once), &twice);
    if (!span_equal(bytes_span(&once), bytes_span(&twice)))
        abort();
    read_both(span_of(data, size), bytes_span(&once));
    xml_free(d);
    bytes_release(&once);
    bytes_release(&twice);
    return 0;
}
