/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded random numbers: the same seed gives the same numbers on every machine. Never for secrets.
 * xoshiro256** 1.0 (Blackman, Vigna 2018), seeded with splitmix64. */
#ifndef KAOCHANG_BASE_RNG_H
#define KAOCHANG_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
/* A seed from bytes: begin with RNG_SPREAD, then spread each part. FNV-1a, 64 bits (Fowler, Noll, Vo); not a
 * secret. */
#define RNG_SPREAD UINT64_C(0xcbf29ce484222325)
uint64_t rng_spread(uint64_t h, const void *p, size_t n);
uint64_t rng_u64(struct rng *r);
/* Uniform in 0..n-1, without modulo bias; n > 0. */
uint64_t rng_below(struct rng *r, uint64_t n);
/* Uniform in [0, 1) with 53 bits. */
double rng_unit(struct rng *r);
/* Fisher-Yates over indices 0..n-1 in place. */
void rng_shuffle(struct rng *r, uint32_t *index, size_t n);

#endif
