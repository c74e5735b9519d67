/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes and derived keys.
 *
 * Sub-keys (docs/formats.md, "Keys"): K(label) = BLAKE2b-256 keyed with the secret's 32 bytes over
 * "kaochang/1 " + label. HKDF-SHA256 is RFC 5869 (age needs it). */
#ifndef KAOCHANG_EXAM_PACKAGES_DERIVE_H
#define KAOCHANG_EXAM_PACKAGES_DERIVE_H

#include <stdint.h>

#include "exam-packages/secret.h"

/* The secret must have 32 bytes. The caller wipes `out`. */
void derive_key(uint8_t out[32], const struct secret *s, const char *label);
/* As derive_key, into guarded memory. */
MUST_CHECK int derive_secret(struct secret *ret, const struct secret *s, const char *label, struct err *e);

void blake2b_256(uint8_t out[32], struct span data);
void blake2b_512(uint8_t out[64], struct span data);
/* BLAKE2b-256 keyed with 32 bytes. */
void blake2b_256_keyed(uint8_t out[32], const uint8_t key[32], struct span data);
/* BLAKE2b-512 of a regular file, read in pieces; ERR_DATA when it is larger than max bytes. */
MUST_CHECK int blake2b_512_file(uint8_t out[64], const char *path, uint64_t max, struct err *e);

void hmac_sha256(uint8_t out[32], struct span key, struct span data);
/* n at most 255 * 32 bytes; an empty salt stands for 32 zeros, as RFC 5869 says. */
void hkdf_sha256(uint8_t *out, size_t n, struct span ikm, struct span salt, struct span info);

#endif
