/* SPDX-License-Identifier: Apache-2.0 */
/* Names in one folder of the disk, bounded and sorted. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FILES_LISTING_H
#define KAOCHANG_SCORING_PRACTICAL_FILES_LISTING_H

#include <stddef.h>
#include <sys/stat.h>

#define LISTING_TOO_MANY "more files and folders than the limit"

struct listing {
    int fd; /* of the folder, for openat; closed by listing_release */
    char **name;
    size_t n, cap, n_seen;
    void *stream;
};
/* Takes over fd. Reads up to `max` names, sorted bytewise; NULL, or why not (in English): LISTING_TOO_MANY
 * (n is 0 then) or "cannot be read". To be released in either case. */
const char *listing_read(struct listing *l, int fd, size_t max);
void listing_release(struct listing *l);

#endif
