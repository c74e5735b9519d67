/* SPDX-License-Identifier: Apache-2.0 */
/* The list of a container's parts, as manifest.xml and bundle.xml carry it: <part name size blake2b512> in
 * the order of the entries. A container holds these parts and its four unlisted kinds of entry, and nothing
 * else. */
#ifndef KAOCHANG_EXAM_PACKAGES_PARTS_H
#define KAOCHANG_EXAM_PACKAGES_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"

enum { PART_HASH_BYTES = 64, PARTS_MAX = 65000 };

struct container_part {
    const char *name;
    int64_t size;
    uint8_t hash[PART_HASH_BYTES]; /* BLAKE2b-512 of the entry's bytes */
};

struct container_parts {
    struct container_part *part;
    size_t n;
};

/* Room for `n` parts in the arena. */
struct container_parts parts_new(struct arena *a, size_t n);
void parts_add(struct container_parts *p, struct arena *a, const char *name, struct span data);
const struct container_part *parts_find(const struct container_parts *p, const char *name);
/* ERR_NO when size or hash differ. */
MUST_CHECK int part_matches(const struct container_part *p, uint64_t size,
                            const uint8_t hash[PART_HASH_BYTES], struct err *e);

void part_write(struct xml_out *o, const struct container_part *p);
MUST_CHECK int part_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                         struct container_part *ret, struct err *e);

#endif
