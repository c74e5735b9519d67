/* SPDX-License-Identifier: Apache-2.0 */
/* A self-signed X.509 certificate for an Ed25519 TLS key, and that key, as PEM: what TLS libraries want to be
 * given. Nobody believes the certificate: the key in it is the one that an introduction named, and is pinned.
 * The same name and key give the same bytes: valid 1970 to 9999, serial from the key (RFC 5280, RFC 8410). */
#ifndef KAOCHANG_CLIENT_ROOM_TLS_CERTIFICATE_H
#define KAOCHANG_CLIENT_ROOM_TLS_CERTIFICATE_H

#include "exam-packages/secret.h"

enum { TLS_PUBLIC_KEY = 32, TLS_PIN = 53 };

/* `name` becomes the common name (at most 64 bytes of it). `seed` is the 32 bytes of the key
 * (introduction_tls_seed). Adds the PEM texts; release the key's with bytes_release, which wipes. */
MUST_CHECK int tls_certificate_make(const char *name, const struct secret *seed,
                                    struct bytes *ret_certificate, struct bytes *ret_key, struct err *e);
/* "sha256//BASE64" over the SPKI, as libcurl's CURLOPT_PINNEDPUBLICKEY reads it (RFC 7469). Returns out. */
char *tls_pin(const uint8_t key[TLS_PUBLIC_KEY], char out[TLS_PIN]);

#endif
