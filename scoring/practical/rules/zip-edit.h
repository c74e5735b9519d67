/* SPDX-License-Identifier: Apache-2.0 */
/* A ZIP with a few entries changed: all others are copied as they are packed, in their order, so that the
 * same file and the same change give the same bytes, whatever the compressor's version. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_ZIP_EDIT_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_ZIP_EDIT_H

#include "base/bytes.h"
#include "base/err.h"

struct zip_change {
    const char *name;
    struct span content; /* stored; takes the place of the entry of that name, or comes last */
};

/* Appends to `out`. ERR_DATA for what is no plain ZIP below 4 GiB (PKWARE APPNOTE 6.3.4). Open it with
 * parts_open first: that refuses what lies. `name` stands in messages. */
MUST_CHECK int zip_edit(const char *name, struct span file, const struct zip_change *change, size_t n,
                        struct bytes *out, struct err *e);

#endif
