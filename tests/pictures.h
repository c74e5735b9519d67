/* SPDX-License-Identifier: Apache-2.0 */
/* PNG files made by hand for tests, right ones and lying ones. */
#ifndef KAOCHANG_TESTS_PICTURES_H
#define KAOCHANG_TESTS_PICTURES_H

#include "base/bytes.h"

struct png_made {
    uint32_t width, height;           /* what the header says */
    uint8_t bits, colour, interlaced; /* as in IHDR */
    struct span rows;                 /* filter byte and pixels of each row, uncompressed */
    const char *extra;                /* type of a chunk before the pixels, or NULL */
    struct span extra_data;
};

void png_make(const struct png_made *m, struct bytes *out);
/* A gray picture: white, with a black frame and a black diagonal. */
void png_make_diagram(uint32_t width, uint32_t height, struct bytes *out);

#endif
