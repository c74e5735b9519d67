/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded variants of containers and documents: raw bytes changed, and containers whose parts were changed,
 * moved, exchanged with those of another and put together again so that lengths and checksums are right. */
#ifndef KAOCHANG_TESTS_EXAM_PACKAGES_VARIANTS_H
#define KAOCHANG_TESTS_EXAM_PACKAGES_VARIANTS_H

#include "base/rng.h"
#include "exam-packages/zip.h"

/* A container taken apart; names and data are its own. */
enum { PIECES_MAX = 24 };
struct pieces {
    struct bytes name[PIECES_MAX], data[PIECES_MAX];
    size_t n;
};
void pieces_take(struct pieces *x, struct span container);
void pieces_copy(struct pieces *x, const struct pieces *from);
void pieces_swap(struct pieces *x, size_t a, size_t b);
/* False where our writer refuses: a name that is not plain or stands twice. */
bool pieces_join(struct pieces *x, struct bytes *ret);
void pieces_release(struct pieces *x);

/* One small change of bytes: a bit, a byte, a digit, a cut, a hole, an insertion, a piece twice, a piece of
 * `other`. */
void variant_bytes(struct rng *r, struct bytes *b, struct span other);
/* A container changed as bytes, or in one to three of its parts with those of `other` at hand. False: no
 * container came out. */
bool variant_container(struct rng *r, const struct pieces *from, const struct pieces *other,
                       struct bytes *ret);

#endif
