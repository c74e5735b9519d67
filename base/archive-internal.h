/* SPDX-License-Identifier: Apache-2.0 */
/* Inside base/archive*.c: the directory of an open archive. */
#ifndef KAOCHANG_BASE_ARCHIVE_INTERNAL_H
#define KAOCHANG_BASE_ARCHIVE_INTERNAL_H

#include "base/archive.h"
#include "base/arena.h"

struct archive_entry {
    const char *name;                   /* UTF-8 */
    struct span raw;                    /* the name as the archive has it */
    uint64_t offset, packed, size, end; /* end: where the next entry or the directory begins */
    uint32_t crc;
    uint16_t method;
};

struct archive {
    int fd;
    char *path;
    struct arena *arena;
    struct archive_limits limits;
    uint64_t size, inflated;
    struct archive_entry *entry;
    size_t n, *by_name;
};

static inline uint16_t le16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

/* Exactly those bytes of the file; ERR_DATA past its end. */
MUST_CHECK int archive_bytes(const struct archive *a, uint64_t at, void *out, size_t n, struct err *e);
/* Fills entry, n, by_name from the central directory, and refuses what archive.h says. */
MUST_CHECK int archive_read_directory(struct archive *a, struct err *e);

#endif
