/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures from outside: PNG and JPEG (ITU-T T.81, JFIF) decoded in bounds and written once as
 * plain PNG. For the bank; the candidate's program does not link it. */
#ifndef KAOCHANG_BASE_PICTURE_IMPORT_H
#define KAOCHANG_BASE_PICTURE_IMPORT_H

#include "base/picture.h"

enum picture_format {
    PICTURE_UNKNOWN,
    PICTURE_PNG,
    PICTURE_JPEG,
    PICTURE_GIF,
    PICTURE_SVG,
    PICTURE_WEBP,
    PICTURE_BMP,
    PICTURE_TIFF,
};

/* By the first bytes, whatever the file's name says. */
enum picture_format picture_format_of(struct span data);

/* Appends the PNG: 8 bits, as few channels as the pixels need (gray, gray and alpha, RGB, RGBA),
 * not interlaced, no metadata, in the position that a JPEG's Exif orientation asks for. The same
 * pixels give the same bytes with the same libpng and zlib; what picture_png_check accepts is taken
 * as it is. ERR_DATA for other formats, CMYK, animations, damaged and cut files, and what is past
 * the bounds of base/picture.h, before or after. At most 100 MiB of memory are used. */
MUST_CHECK int picture_import(const char *name, struct span data, struct bytes *out,
                              struct picture_size *ret, struct err *e);

#endif
