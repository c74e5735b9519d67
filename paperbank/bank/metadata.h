/* SPDX-License-Identifier: Apache-2.0 */
/* What may be said about an item beside its document, and how it is written: in manifests, in tables, by
 * hand. */
#ifndef KAOCHANG_PAPERBANK_BANK_METADATA_H
#define KAOCHANG_PAPERBANK_BANK_METADATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/points.h"
#include "paperbank/bank/bank.h"

#define METADATA_LEVELS "remember understand apply analyse evaluate create"
enum { METADATA_MAX_ENEMIES = 200, METADATA_MAX_ATTRIBUTES = 50 };

struct item_metadata {
    const char *knowledge_point, *level; /* "" unknown */
    int64_t facility, discrimination, expected_s; /* BANK_UNKNOWN */
    struct bank_irt irt;
    const char *attributes; /* "" none */
    bool has_points;
    points_t points;
    const char **enemy; /* sorted, without repeats */
    size_t n_enemies;
};

/* Nothing known. */
struct item_metadata metadata_none(void);

/* Each reads one value, and returns NULL, or what is wrong with it (a sentence without the value); *ret is
 * set on success only. */
const char *metadata_read_code(const char *text, const char **ret); /* "1.2", at most 60 characters */
const char *metadata_read_level(const char *text, const char **ret);
const char *metadata_read_facility(const char *text, int64_t *ret);       /* "0.72" to thousandths */
const char *metadata_read_discrimination(const char *text, int64_t *ret);
const char *metadata_read_points(const char *text, points_t *ret);
const char *metadata_read_time(const char *text, int64_t *ret);           /* seconds, 1 to 86,400 */
/* Ids with white space between them, into the arena; sorted, each once. */
const char *metadata_read_enemies(const char *text, struct arena *a, const char ***ret, size_t *ret_n);

/* "A B", "A B C", and then perhaps the scale, logistic (the default) or normal: "1.2 -0.35 0.2 normal". */
const char *metadata_read_irt(const char *text, struct bank_irt *ret);
/* The same in full, "" where nothing is estimated; buf of 64 is enough. Returns buf. */
const char *metadata_irt_text(const struct bank_irt *irt, char *buf, size_t size);
/* Words NAME=VALUE with white space between them, into the arena: sorted, each once. A name is a plain one, a
 * value has at most 60 bytes; a name may have several values. */
const char *metadata_read_attributes(const char *text, struct arena *a, const char **ret);
/* The next value of that name in an item's attributes from *at on, which moves behind it; *ret_n its bytes.
 * NULL: there is none. */
const char *metadata_attribute(const char **at, const char *name, size_t *ret_n);

bool metadata_is_code(const char *s);
bool metadata_is_title(const char *s); /* of a knowledge point */

#endif
