/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by what walks bundles. */
#ifndef KAOCHANG_EXAM_PACKAGES_AUDIT_BUNDLES_H
#define KAOCHANG_EXAM_PACKAGES_AUDIT_BUNDLES_H

#include "exam-packages/audit/internal.h"

/* An end of a sitting that a bundle lists, or that a room's closing counted. */
struct audit_end {
    const char *session, *ticket;
    int64_t epoch, seq;
    uint8_t head[32];
};

struct audit_ends {
    struct audit_end *list;
    size_t n, room;
};

struct audit_closing {
    const char *name;       /* of its bundle */
    struct audit_ends ends; /* of those who had ended */
};

struct audit_walk {
    struct audit_receipts *receipts;
    struct audit_ends ends; /* of all bundles */
    struct audit_closing *closing;
    size_t n_closings;
};

/* A command: each NAMEcertificate.xml in the folder leads, through NAMEissuer.xml where there is one, to the
 * office. `each` is added for every one, as " && …" with the certificate in $c.
 * Only where there is a trust. */
const char *audit_certified(struct audit *a, const char *folder, const char *each);

/* Remarks on a revoked one among the certificates in the folder; nothing where the office has revoked none.
 */
void audit_revoked(struct audit *a, const char *folder, const char *who, const struct revoked *revoked,
                   const char *name);

/* What is sealed in a bundle, opened; `name` is the bundle's folder in $work, p NULL: of no package here. */
void audit_opened_bundle(struct audit *a, struct audit_walk *w, const char *name, const char *path,
                         struct bundle *b, const struct audit_package *p);

/* In shell, after "cat …/bundle.xml | ": lines "TICKET EPOCH SEQ HEAD". */
#define AUDIT_HEADS                                                                                          \
    "grep -o '<sitting ticket=\"[^\"]*\\|<epoch number=\"[^>]*' | awk -F'\"' '/^<sitting/ {t = $2}"          \
    " /^<epoch/ && $4 > 0 {print t, $2, $4, $6}'"

/* Receipts that candidates showed, looked up in what the bundles list; told at the end. NULL: none given. */
struct audit_receipts *audit_receipts_read(struct audit *a);
void audit_receipts_look(struct audit_receipts *r, const char *bundle, const struct bundle_document *d);
void audit_receipts_tell(struct audit *a, const struct audit_receipts *r);

/* The CLOSE records in opened bundles: signed, and every sitting that they count is in some bundle here. The
 * last is told once all bundles have been walked. */
void audit_closings_look(struct audit *a, struct audit_walk *w, const struct bundle_document *d);
void audit_closing(struct audit *a, struct audit_walk *w, const char *name, const struct bundle *b,
                   const struct zip *inner);
void audit_closings_tell(struct audit *a, struct audit_walk *w);

/* The score records of an opened bundle, against its journals and scored again. */
void audit_scores(struct audit *a, const char *name, const char *path, const struct bundle_document *d,
                  const struct zip *inner, const struct audit_package *p);

#endif
