/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a picture: what is imported is a PNG that the candidate's side takes, and importing it
 * again changes nothing. */
#include <stdlib.h>

#include "base/picture-import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(struct span picture)
{
    struct picture_gray gray = {0};
    struct err e;
    if (picture_png_gray("fuzz", picture, 160, 96, &gray, &e) == 0 &&
        (gray.width > 160 || gray.height > 96))
        abort();
    picture_gray_release(&gray);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes once = {0}, twice = {0};
    struct picture_size s, t;
    struct err e;
    struct span in = span_of(data, size);
    if (picture_png_size("fuzz", in, &s, &e) == 0 && (uint64_t)s.width * s.height > 1 << 20)
        return 0; /* the bounds have tests of their own; here they would only cost time */
    look(in);
    if (picture_import("fuzz", in, &once, &s, &e) == 0) {
        if (picture_png_check("once", bytes_span(&once), &t, &e) < 0 || t.width != s.width ||
            t.height != s.height)
            abort();
        if (picture_import("once", bytes_span(&once), &twice, &t, &e) < 0 ||
            !span_equal(bytes_span(&once), bytes_span(&twice)))
            abort();
        look(bytes_span(&once));
    } else if (e.kind != ERR_DATA)
        abort();
    bytes_release(&once);
    bytes_release(&twice);
    return 0;
}
