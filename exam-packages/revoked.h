/* SPDX-License-Identifier: Apache-2.0 */
/* The list of what is revoked, at the end of targets.xml: <revoked [key] [serial] since reason>, a whole
 * public key, one certificate by its serial, or both. What a revoked machine or person made and what comes
 * later is set apart for a decision; nothing is thrown away. Format: docs/exam-packages.md, "Revocation". */
#ifndef KAOCHANG_EXAM_PACKAGES_REVOKED_H
#define KAOCHANG_EXAM_PACKAGES_REVOKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/xml.h"
#include "exam-packages/minisign.h"

enum { REVOKED_MAX = 10000, REVOKED_REASON_MAX = 400 };

struct revoked {
    bool has_key;
    struct minisign_public key; /* found by its 32 bytes, whatever id it is shown under */
    const char *serial;         /* of a certificate, 16 hex digits; "" none */
    const char *since;          /* "2026-11-22T09:00:00+08:00": what was done before may stand */
    int64_t since_ms;
    const char *reason; /* for people, at most REVOKED_REASON_MAX bytes */
};

/* Fills since_ms; each entry names a key or a serial, in order of key (none first), then serial, none twice.
 */
MUST_CHECK int revoked_check(struct revoked *list, size_t n, struct err *e);
/* The order of the list. */
int revoked_compare(const struct revoked *a, const struct revoked *b);
void revoked_write(struct xml_out *o, const struct revoked *r);
MUST_CHECK int revoked_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                            struct revoked *ret, struct err *e);

/* The entry that revokes this key or this certificate (serial NULL: the key alone), or NULL. */
const struct revoked *revoked_find(const struct revoked *list, size_t n, const struct minisign_public *key,
                                   const char *serial);

#endif
