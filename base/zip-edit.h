/* SPDX-License-Identifier: Apache-2.0 */
/* A plain ZIP with a few entries changed (PKWARE APPNOTE 6.3.4): all others are copied as they are packed, in
 * their order, so that the same file and the same change give the same bytes, whatever the compressor's
 * version. For files that are given to candidates; those that lie about themselves are refused, and nothing
 * grows beyond the file and the change. */
#ifndef KAOCHANG_BASE_ZIP_EDIT_H
#define KAOCHANG_BASE_ZIP_EDIT_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/err.h"

struct zip_change {
    const char *name;
    struct span content; /* stored; takes the place of the entry of that name, or comes last */
};

/* Appends to `out`. ERR_DATA for what is no plain ZIP below 2 GiB: then nothing is appended. `name` stands in
 * messages. At most eight changes. */
MUST_CHECK int zip_edit(const char *name, struct span file, const struct zip_change *change, size_t n,
                        struct bytes *out, struct err *e);
/* Whether there is an entry of exactly that name. */
bool zip_edit_has(struct span file, const char *entry);
/* Inflates one entry, appending to *ret. ERR_DATA where it is not there, larger than `max`, packed otherwise
 * than stored or deflated, or not what its size and checksum say. */
MUST_CHECK int zip_edit_read(const char *name, struct span file, const char *entry, size_t max,
                             struct bytes *ret, struct err *e);

#endif
