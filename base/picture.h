/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures as a screen of characters needs them: PNG (W3C, 2nd edition) decoded row by row into a
 * small gray picture, so that a large one takes little memory. Reads with libpng alone;
 * base/picture-import.h brings pictures in. */
#ifndef KAOCHANG_BASE_PICTURE_H
#define KAOCHANG_BASE_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

/* What is read or kept at most. */
enum { PICTURE_MAX_BYTES = 8 << 20, PICTURE_MAX_SIDE = 4096, PICTURE_MAX_PIXELS = 8 << 20 };

struct picture_size {
    uint32_t width, height;
};

/* Brightness, row by row: 0 black, 255 white. What was transparent lies on white. */
struct picture_gray {
    uint32_t width, height;
    uint8_t *pixel;
};

/* The size that the header tells; ERR_DATA where it is no PNG or out of bounds. `name` stands in
 * messages. */
MUST_CHECK int picture_png_size(const char *name, struct span data, struct picture_size *ret,
                                struct err *e);
/* 0 if the whole is a PNG as picture_import writes it: in bounds, 8 bits, not interlaced, no chunk
 * but IHDR, IDAT and IEND, nothing after it, and every row can be read. */
MUST_CHECK int picture_png_check(const char *name, struct span data, struct picture_size *ret,
                                 struct err *e);
/* Decodes any PNG in bounds, shrunk by a whole number so that it is at most max_width × max_height.
 * ERR_DATA where it is damaged, cut, animated, or interlaced (that needs all of it in memory). The
 * caller releases *ret. */
MUST_CHECK int picture_png_gray(const char *name, struct span data, uint32_t max_width,
                                uint32_t max_height, struct picture_gray *ret, struct err *e);
void picture_gray_release(struct picture_gray *p);

#endif
