/* SPDX-License-Identifier: Apache-2.0 */
/* What a home trusts: the root document, pinned by the fingerprint that was typed at enrolment, the newest
 * targets document that was seen, and the highest versions seen. Lives in HOME/trust of an office or a
 * station; seen.xml says which of the version-numbered documents beside it count, so that one rename moves
 * from one state to the next. */
#ifndef KAOCHANG_EXAM_PACKAGES_TRUST_H
#define KAOCHANG_EXAM_PACKAGES_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/certificate.h"
#include "exam-packages/root.h"
#include "exam-packages/signatures.h"
#include "exam-packages/targets.h"

#define SEEN_NS "urn:kaochang:seen:1"

struct trust_seen {
    uint8_t root_hash[32];                      /* BLAKE2b-256 of the pinned root document */
    int64_t root, targets, snapshot, timestamp; /* highest versions; 0: none seen yet */
};

struct trust;

/* Loads and verifies again, from the fingerprint on. ERR_ENV when the home is not enrolled, ERR_NO when a
 * document in it was changed. */
MUST_CHECK int trust_load(struct trust **ret, const char *home, struct err *e);
void trust_free(struct trust *t); /* NULL is fine */

const struct root *trust_root(const struct trust *t);
struct span trust_root_document(const struct trust *t);
const struct signatures *trust_root_signatures(const struct trust *t);
/* NULL before the first pull. */
const struct targets *trust_targets(const struct trust *t);
const struct trust_seen *trust_seen(const struct trust *t);

/* Verifies a root document against the typed fingerprint (NULL: the office makes its own) and its own root
 * role, and pins it in the home. ERR_NO when the home is already pinned to another one. */
MUST_CHECK int trust_pin(const char *home, struct span root, const struct signatures *s, const char *typed,
                         struct err *e);

/* A targets document with its signatures: ERR_NO unless it is signed as the root says. */
MUST_CHECK int trust_check_targets(const struct trust *t, struct span document, const struct signatures *s,
                                   struct targets **ret, struct err *e);
/* Keeps a targets document, verified once more, and the versions seen, durably: after a kill either the old
 * or the new state holds. *t then trusts the new one. */
MUST_CHECK int trust_accept(struct trust *t, struct span targets, const struct signatures *s,
                            int64_t snapshot, int64_t timestamp, struct err *e);
/* As trust_load, but with this verified targets document in place of the kept one; nothing is written. */
MUST_CHECK int trust_with_targets(struct trust **ret, const struct trust *t, struct span targets,
                                  const struct signatures *s, struct err *e);

/* An office's first root and targets documents. */
struct trust_policy {
    const struct role_key *root, *officer; /* officers sign targets, index, packages and certificates */
    size_t n_roots, n_officers;
    int64_t root_threshold, officer_threshold;
    struct age_recipient recovery, results; /* R, O */
    const char *expiry;
};
/* Writes and pins them in the office home; every key given here signs. ERR_NO when the home already has a
 * root. */
MUST_CHECK int trust_found(const char *home, const struct trust_policy *p, const struct minisign_secret *root,
                           size_t n_roots, const struct minisign_secret *officer, size_t n_officers,
                           struct err *e);

/* ERR_NO unless the targets' role "package" signed the manifest (docs/exam-packages.md, "Package"). */
MUST_CHECK int trust_check_package(const struct trust *t, const char *name, struct span manifest,
                                   const char *session, int64_t version, const struct signatures *s,
                                   struct err *e);

/* A certificate as it travels: its bytes and its signature file; the issuing site's certificate likewise, or
 * p NULL when an officer issued it. */
struct certificate_chain {
    struct span certificate, signature;
    struct span issuer, issuer_signature;
};
/* ERR_NO unless an officer of the role "certificate" vouches for it, directly or through a site's certificate
 * for stations of that site and within the time of the site's certificate. */
MUST_CHECK int trust_check_certificate(const struct trust *t, const struct certificate_chain *chain,
                                       struct certificate **ret, struct err *e);

#endif
