/* SPDX-License-Identifier: Apache-2.0 */
/* Inside scoring/practical/parts*.c. */
#ifndef KAOCHANG_SCORING_PRACTICAL_PARTS_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_PARTS_INTERNAL_H

#include <zlib.h>

#include "scoring/practical/parts.h"

struct entry {
    const char *name;                   /* UTF-8; NULL for a folder */
    struct span raw;                    /* the name as the file has it */
    uint64_t offset, packed, size, end; /* end: where the next entry or the directory begins */
    uint32_t crc;
    uint16_t method, flags;
    const uint8_t *hash;     /* of its bytes, 32, once somebody asked; in the arena */
    const struct err *fault; /* or why it has none: a bomb that 1,000 pictures show is looked at once */
};

struct parts {
    char *name;
    struct span file;
    struct arena *arena;
    struct entry *entry; /* in the directory's order */
    size_t n, *by_name;  /* sorted without regard to ASCII case */
};

/* ERR_DATA, with the fault in e->code. `part` may be NULL. */
int parts_fault(const struct parts *p, const char *part, int fault, const char *what, struct err *e);

/* Fills entry, n and by_name. */
MUST_CHECK int parts_read_directory(struct parts *p, struct err *e);

/* One part, inflated piece by piece; an xml_source_fn with the stream as its source. At the end its size and
 * its checksum are held against the directory. */
struct part_stream {
    const struct parts *parts;
    const struct entry *entry;
    size_t max;
    struct span packed; /* what is left of it */
    z_stream z;
    uint64_t given;
    uint32_t crc;
    bool inflating, ended;
};
MUST_CHECK int part_stream_open(struct part_stream *s, const struct parts *p, const struct entry *entry,
                                size_t max, struct err *e);
int part_stream_next(void *stream, void *buffer, size_t size, size_t *ret_n, struct err *e);
void part_stream_close(struct part_stream *s);

const struct entry *parts_entry(const struct parts *p, const char *part); /* NULL when absent */

static inline uint16_t le16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

#endif
