/* SPDX-License-Identifier: Apache-2.0 */
/* A table is refused with a place and a reason, or put into a blueprint it comes out of it again. */
#include <stdlib.h>
#include <string.h>

#include "engine/blueprint/two-way.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" pass=\"2\" high=\"3\">\n"
    "<section id=\"s1\" title=\"S\" kinds=\"single\" count=\"2\" points=\"2\"/><cell min=\"1\"/>\n</blueprint>";

static void must(int r)
{
    if (r < 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct two_way *t = NULL;
    struct blueprint *b = NULL, *with = NULL;
    struct bytes out = {0}, again = {0};
    struct err e = {0};
    if (size > TWO_WAY_MAX_BYTES)
        return 0;
    int r = two_way_read(&t, "t.csv", span_of(data, size), &e);
    if (r < 0) {
        if (r != -ERR_DATA || !e.what[0])
            abort();
        return 0;
    }
    must(blueprint_read(&b, "b", span_str(text), NULL, NULL, &e));
    must(two_way_put(t, b, span_str(text), &out, &e));
    if (blueprint_read(&with, "b", bytes_span(&out), NULL, NULL, &e) == 0) {
        must(two_way_put(t, with, bytes_span(&out), &again, &e));
        if (!span_equal(bytes_span(&out), bytes_span(&again)))
            abort();
    }
    blueprint_free(with);
    blueprint_free(b);
    two_way_free(t);
    bytes_release(&out);
    bytes_release(&again);
    return 0;
}
