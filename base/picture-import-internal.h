/* SPDX-License-Identifier: Apache-2.0 */
/* Inside base/picture-import*.c: a whole picture in memory. */
#ifndef KAOCHANG_BASE_PICTURE_IMPORT_INTERNAL_H
#define KAOCHANG_BASE_PICTURE_IMPORT_INTERNAL_H

#include "base/picture.h"

struct pixels {
    struct picture_size size;
    unsigned channels; /* 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA */
    uint8_t *byte;     /* free() it */
};

struct pixels pixels_new(struct picture_size size, unsigned channels);
/* Leaves out an alpha that is 255 everywhere, and makes gray what is. */
void pixels_reduce(struct pixels *p);
/* As Exif's orientation 1..8 says; others change nothing. */
void pixels_turn(struct pixels *p, unsigned orientation);
MUST_CHECK int pixels_from_jpeg(const char *name, struct span data, struct pixels *ret,
                                struct err *e);
MUST_CHECK int pixels_to_png(const char *name, const struct pixels *p, struct bytes *out,
                             struct err *e);

#endif
