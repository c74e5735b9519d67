/* SPDX-License-Identifier: Apache-2.0 */
/* Inside paperbank/bank/media*.c: pictures on their way in. */
#ifndef KAOCHANG_PAPERBANK_BANK_MEDIA_INTERNAL_H
#define KAOCHANG_PAPERBANK_BANK_MEDIA_INTERNAL_H

#include "paperbank/bank/media.h"

struct media_picture {
    const char *href, *name, *type;
    char hash[PICTURE_HASH_DIGITS + 1];
    uint32_t width, height;
    struct bytes bytes; /* empty: not there, the href stays */
};

struct media_set {
    struct media_picture *picture;
    size_t n;
};

#endif
