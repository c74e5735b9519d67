/* SPDX-License-Identifier: Apache-2.0 */
/* ZIP archives for tests, honest ones and others. */
#ifndef KAOCHANG_TESTS_ZIP_MAKER_H
#define KAOCHANG_TESTS_ZIP_MAKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct zip_made {
    const char *name, *text;
    struct span bytes; /* in place of the text */
    bool deflate;
    uint16_t flags;
    uint32_t mode;  /* of Unix; 0: none */
    uint32_t claim; /* the size that the directory states; 0: the right one */
    bool wrong_crc, zero_in_name, over_previous;
    const char *local_name; /* another name in the entry's own header */
    uint16_t method;        /* that both headers state; 0: the right one */
    enum { SIZES_FIRST, SIZES_FOLLOW, SIZES_FOLLOW_UNSIGNED, SIZES_64 } sizes;
};

struct zip_maker {
    struct bytes out, directory;
    uint32_t previous;
    uint16_t n;
};

void zip_maker_add(struct zip_maker *z, struct zip_made m);
void zip_maker_end(struct zip_maker *z); /* then z->out is the archive */
void zip_maker_free(struct zip_maker *z);

#endif
