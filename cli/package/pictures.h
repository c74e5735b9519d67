/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures that a paper part carries: those that candidates' views name, each once, in bytewise
 * order of their names. */
#ifndef KAOCHANG_CLI_PACKAGE_PICTURES_H
#define KAOCHANG_CLI_PACKAGE_PICTURES_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/zip.h"

/* All of them together: an agent holds them in memory. */
enum { PICTURES_MAX_BYTES = 64 << 20 };

struct part_pictures {
    struct arena *arena; /* of the caller */
    const char *exam;    /* its folder */
    struct part_picture *picture;
    size_t n, room;
    size_t bytes;
};

/* Adds those of one view, read from exam/media/HASH.png and checked: whole, in bounds, of that
 * hash. ERR_DATA with the item's path when one is missing or not kept by the bank. SVG pictures are
 * left out: their words stand for them. */
MUST_CHECK int part_pictures_add(struct part_pictures *p, const char *path, struct span view,
                                 struct err *e);
MUST_CHECK int part_pictures_write(struct part_pictures *p, struct zip_writer *w, struct err *e);
void part_pictures_release(struct part_pictures *p);

#endif
