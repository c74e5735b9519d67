/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by what walks bundles. */
#ifndef KAOCHANG_EXAM_PACKAGES_AUDIT_BUNDLES_H
#define KAOCHANG_EXAM_PACKAGES_AUDIT_BUNDLES_H

#include "exam-packages/audit/internal.h"

struct audit_walk {
    struct audit_receipts *receipts;
};

/* A command: each NAMEcertificate.xml in the folder leads, through NAMEissuer.xml where there is one, to the
 * office. `each` is added for every one, as " && …" with the certificate in $c.
 * Only where there is a trust. */
const char *audit_certified(struct audit *a, const char *folder, const char *each);

/* What is sealed in a bundle, opened; `name` is the bundle's folder in $work, p NULL: of no package here. */
void audit_opened_bundle(struct audit *a, struct audit_walk *w, const char *name, const char *path,
                         struct bundle *b, const struct audit_package *p);

/* In shell, after "cat …/bundle.xml | ": lines "TICKET EPOCH SEQ HEAD". */
#define AUDIT_HEADS                                                                                                 \
    "grep -o '<sitting ticket=\"[^\"]*\\|<epoch number=\"[^>]*' | awk -F'\"' '/^<sitting/ {t = $2} /^<epoch/ && $4" \
    " > 0 {print t, $2, $4, $6}'"

/* Receipts that candidates showed, looked up in what the bundles list; told at the end. NULL: none given. */
struct audit_receipts *audit_receipts_read(struct audit *a);
void audit_receipts_look(struct audit_receipts *r, const char *bundle, const struct bundle_document *d);
void audit_receipts_tell(struct audit *a, const struct audit_receipts *r);

/* The score records of an opened bundle, against its journals and scored again. */
void audit_scores(struct audit *a, const char *name, const char *path, const struct bundle_document *d,
                  const struct zip *inner, const struct audit_package *p);

#endif
