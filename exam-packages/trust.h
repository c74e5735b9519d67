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
    /* Between a rotation of the root and the next targets: the targets in use are those of this older root.
     */
    int64_t kept, kept_root; /* their version, the root's; 0: none */
    uint8_t kept_root_hash[32];
};

struct trust;

/* Loads and verifies again, from the fingerprint on. ERR_ENV when the home is not enrolled, ERR_NO when a
 * document in it was changed. */
MUST_CHECK int trust_load(struct trust **ret, const char *home, struct err *e);
void trust_free(struct trust *t); /* NULL is fine */
/* Of commands that go on from what a home trusts to something newer, one at a time: held from before
 * trust_load until trust_unlock, or until the process ends. *ret is -1 while the home trusts nothing. ERR_ENV
 * when another one has it. */
MUST_CHECK int trust_lock(const char *home, int *ret, struct err *e);
void trust_unlock(int lock); /* -1 is fine */

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

/* The next root, TUF 5.3: ERR_NO unless its version is exactly one more and it is signed by the thresholds of
 * the root that is trusted and of its own. Pins it durably by one rename; *t then trusts it, and goes on
 * using the targets it has. Where the keys of targets, snapshot or timestamp changed, the versions seen of
 * those are forgotten (5.3.11), as their numbers may be a thief's; older indexes are refused since they name
 * the older root. Its expiry is not looked at: only the last root's counts. */
MUST_CHECK int trust_rotate(struct trust *t, struct span document, const struct signatures *s, struct err *e);
/* The same in the office, whose own numbers go on. */
MUST_CHECK int trust_install(struct trust *t, struct span document, const struct signatures *s,
                             struct err *e);
/* The checks alone. */
MUST_CHECK int trust_check_root(const struct trust *t, struct span document, const struct signatures *s,
                                struct err *e);
/* VERSION.root.xml as this home keeps it, into the arena. An office has them all, a station those since its
 * enrolment. */
MUST_CHECK int trust_root_at(const struct trust *t, int64_t version, struct arena *a, struct span *ret,
                             struct signatures *ret_signatures, struct err *e);

/* A targets document with its signatures: ERR_NO unless it is signed as the root says. */
MUST_CHECK int trust_check_targets(const struct trust *t, struct span document, const struct signatures *s,
                                   struct targets **ret, struct err *e);
/* Keeps a targets document, verified once more, and the versions seen, durably: after a kill either the old
 * or the new state holds. *t then trusts the new one. */
MUST_CHECK int trust_accept(struct trust *t, struct span targets, const struct signatures *s,
                            int64_t snapshot, int64_t timestamp, struct err *e);
/* Remembers durably that an index of these verified versions was seen, though what it lists has not come yet:
 * an older one is refused from now on. Lower numbers change nothing. */
MUST_CHECK int trust_note_seen(struct trust *t, int64_t snapshot, int64_t timestamp, struct err *e);
/* As trust_load, but with this verified targets document in place of the kept one; nothing is written. */
MUST_CHECK int trust_with_targets(struct trust **ret, const struct trust *t, struct span targets,
                                  const struct signatures *s, struct err *e);

/* A copy of the trusted targets to change; ERR_ENV when there are none. */
MUST_CHECK int trust_copy_targets(const struct trust *t, struct targets **ret, struct err *e);
/* In the office: signs the changed copy as the next version, and keeps it as trust_accept does. Readers have
 * it with the next publication. ERR_NO, and nothing changed, when too few officers sign. */
MUST_CHECK int trust_amend(struct trust *t, struct targets *changed, const struct minisign_secret *officer,
                           size_t n_officers, struct err *e);

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

struct trust_recipients {
    struct age_recipient recovery, results; /* R, O */
};
/* The same with a first root that was signed elsewhere, whose officers the targets take over. */
MUST_CHECK int trust_found_signed(const char *home, struct span root, const struct signatures *s,
                                  const struct trust_recipients *to, const struct minisign_secret *officer,
                                  size_t n_officers, struct err *e);
/* In the office, after a new root: the role "package" becomes the root's officers; those who have left count
 * for what is listed, and their certificates hold. Nothing is written when that is so already. Signed as by
 * trust_amend. */
MUST_CHECK int trust_follow_root(struct trust *t, const struct minisign_secret *officer, size_t n_officers,
                                 struct err *e);
/* In the office: adds to the revocations, and takes a revoked key out of the roles. ERR_NO when a role would
 * have fewer keys than must sign, or the key is one of the root's own. Signed as by trust_amend. */
MUST_CHECK int trust_revoke(struct trust *t, const struct revoked *list, size_t n,
                            const struct minisign_secret *officer, size_t n_officers, struct err *e);

/* ERR_NO unless the targets' role "package" signed the manifest (docs/exam-packages.md, "Package"). Of a
 * package that is listed there the officers who have left count too; and one that an earlier index of this
 * home listed stays what it was, signed as that one said. */
MUST_CHECK int trust_check_package(const struct trust *t, const char *name, struct span manifest,
                                   const char *session, int64_t version, const struct signatures *s,
                                   struct err *e);

/* The same of a supplement, which an index lists by the BLAKE2b-512 of its file. */
MUST_CHECK int trust_check_supplement(const struct trust *t, const char *name, struct span document,
                                      const char *session, int64_t number,
                                      const uint8_t file[PART_HASH_BYTES], const struct signatures *s,
                                      struct err *e);

/* A certificate as it travels: its bytes and its signature file; the issuing site's certificate likewise, or
 * p NULL when an officer issued it. */
struct certificate_chain {
    struct span certificate, signature;
    struct span issuer, issuer_signature;
};
enum { TRUST_REVOKED = 0x7255 }; /* in e->code */

/* ERR_NO unless an officer of the role "certificate" vouches for it, directly or through a site's certificate
 * for stations of that site and within the time of the site's certificate; with TRUST_REVOKED in e->code when
 * that is so, and its key, its serial, or its site's was revoked. */
MUST_CHECK int trust_check_certificate(const struct trust *t, const struct certificate_chain *chain,
                                       struct certificate **ret, struct err *e);
/* The same for those who judge by themselves: a revoked one is read too, and *ret_revoked (borrowed from the
 * trust) says by which entry; NULL when it is not. */
MUST_CHECK int trust_read_certificate(const struct trust *t, const struct certificate_chain *chain,
                                      struct certificate **ret, const struct revoked **ret_revoked,
                                      struct err *e);

#endif
