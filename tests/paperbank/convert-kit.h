/* SPDX-License-Identifier: Apache-2.0 */
/* Questions of other programs for tests: converted, read, and scored. */
#ifndef KAOCHANG_TESTS_PAPERBANK_CONVERT_KIT_H
#define KAOCHANG_TESTS_PAPERBANK_CONVERT_KIT_H

#include "base/arena.h"
#include "paperbank/bank/foreign.h"
#include "paperbank/item/item.h"

struct converted {
    const char *name, *note, *refusal; /* note "": nothing; refusal NULL: an item */
    unsigned line;
    char *qti;
    const char *knowledge_point, *level;
    int64_t points, facility, expected_s; /* points -1: not said */
    size_t n_enemies, n_pictures;
    const char *picture;
};

struct conversion {
    struct arena *arena;
    struct converted item[64];
    size_t n;
    const char *point[64]; /* "code title" */
    size_t n_points;
    enum encoding encoding;
    int result;
    struct err e;
};

/* Converts a text as a file of that format. */
void convert(struct conversion *c, enum foreign_format format, const char *text);
void convert_bytes(struct conversion *c, enum foreign_format format, struct span bytes, enum encoding wanted);
void conversion_free(struct conversion *c);
/* The i-th as an item without problems; fails the test where it was refused or has some. To be freed. */
struct item *converted_item(const struct conversion *c, size_t i);
/* What the responses earn, "1/1", "-1/3" (SCORE/MAXSCORE): NAME, values…, NULL, NAME, …, NULL, NULL. Arena of
 * c. */
const char *earned(struct conversion *c, size_t i, ...);
/* What the item's own correct responses earn. */
const char *key_earns(struct conversion *c, size_t i);

/* "" where a sealed exam may use the item, else why not. */
const char *sealed(struct conversion *c, size_t i);

#endif
