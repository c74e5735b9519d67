/* SPDX-License-Identifier: Apache-2.0 */
/* Inside base/picture*.c: libpng as a source of rows. */
#ifndef KAOCHANG_BASE_PICTURE_INTERNAL_H
#define KAOCHANG_BASE_PICTURE_INTERNAL_H

#include <png.h>

#include "base/picture.h"

enum png_form {
    PNG_ROWS_RGBA,   /* four bytes per pixel */
    PNG_ROWS_NATURAL /* one to four bytes: gray, gray and alpha, RGB, RGBA; palettes and less than 8
                        bits expanded */
};

struct png_rows {
    const char *name;
    png_structp png;
    png_infop info;
    struct span data;
    size_t at;
    struct picture_size size;
    unsigned channels;
    bool interlaced;
    char fault[120];
};

/* Header read, bounds checked, rows about to come. Close it whether this succeeds or not. */
MUST_CHECK int png_rows_open(struct png_rows *p, const char *name, struct span data,
                             enum png_form form, struct err *e);
/* Every row in turn; not for interlaced ones. */
typedef void png_row_fn(void *context, uint32_t y, const uint8_t *row);
MUST_CHECK int png_rows_each(struct png_rows *p, png_row_fn *fn, void *context, struct err *e);
/* The whole into height rows of width * channels bytes; interlaced ones too. */
MUST_CHECK int png_rows_all(struct png_rows *p, uint8_t *pixel, struct err *e);
void png_rows_close(struct png_rows *p);

/* ERR_DATA unless 1..PICTURE_MAX_SIDE each way and at most PICTURE_MAX_PIXELS. */
MUST_CHECK int picture_check_size(const char *name, uint64_t width, uint64_t height, struct err *e);

#endif
