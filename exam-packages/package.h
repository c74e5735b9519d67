/* SPDX-License-Identifier: Apache-2.0 */
/* The exam package FILE.exam: built at the office, verified whole before a byte of it is decrypted, opened
 * part by part with the session identity U, the close identity C, or the office's recovery identity R.
 * Format: docs/exam-packages.md, "Package". */
#ifndef KAOCHANG_EXAM_PACKAGES_PACKAGE_H
#define KAOCHANG_EXAM_PACKAGES_PACKAGE_H

#include "exam-packages/age.h"
#include "exam-packages/code.h"
#include "exam-packages/manifest.h"
#include "exam-packages/roster.h"
#include "exam-packages/trust.h"

enum { PACKAGE_HASH_BYTES = 32 };
/* What the paper and key parts of a lab exam hold in place of paper.xml. */
#define PACKAGE_LAB_PART "lab.xml"

/* One site's sealed roster part. */
struct package_site {
    const char *site;
    struct age_recipient to; /* the site's identity */
    struct span roster;      /* roster_write of roster_site_view */
};

struct package_input {
    bool practice;
    const char *session, *title, *start, *end, *expiry, *ruleset; /* as in struct manifest */
    const char *spare_for;                                        /* likewise; or NULL */
    int64_t version;
    const char *const *form;
    size_t n_forms;
    struct span paper, key;          /* the inner containers, plain; the key one already padded */
    const struct package_site *site; /* in bytewise order of site */
    size_t n_sites;
    struct age_recipient recovery, results; /* R, O */
    struct proctors proctors;               /* who open it together; nobody: a code does */
    bool with_code;                         /* proctors, and a code besides */
    const struct minisign_secret *officer;
    size_t n_officers;
};

/* What must be printed and kept apart. The caller wipes it. */
struct package_codes {
    /* passphrases; both empty in practice mode, unlock where only proctors open the session */
    char unlock[CODE_DATA + 1], close[CODE_DATA + 1];
    uint8_t hash[PACKAGE_HASH_BYTES];
};

/* Makes fresh U, C and codes, seals, signs, and writes the file atomically. Each code is tried on the part it
 * opens before the file is put in place. */
MUST_CHECK int package_build(const struct package_input *in, const char *path, struct package_codes *ret,
                             struct err *e);

struct package;

/* Verifies everything: container, canonical manifest, signatures by the trust's threshold, every part's size
 * and hash. ERR_NO or ERR_DATA says which part and why. */
MUST_CHECK int package_open(struct package **ret, const char *path, const struct trust *t, struct err *e);
void package_close(struct package *p); /* NULL is fine */
const struct manifest *package_manifest(const struct package *p);
const uint8_t *package_hash(const struct package *p); /* PACKAGE_HASH_BYTES */

/* The session identity U by the unlock code, the close identity C by the close code, as people type them.
 * ERR_DATA: no such code can exist (mistyped); ERR_NO: well formed, but wrong. ERR_USAGE in practice mode,
 * and where only proctors open it. The caller frees the identity. */
MUST_CHECK int package_unlock(const struct package *p, const char *typed, struct age_identity *ret_unlock,
                              struct err *e);
MUST_CHECK int package_unlock_close(const struct package *p, const char *typed,
                                    struct age_identity *ret_close, struct err *e);
bool package_has_code(const struct package *p); /* the unlock code opens it */
/* U by the keys of proctors, in any order; keys of others and the same again count for nothing. ERR_NO names
 * whose keys are missing, or says that none of them is of a proctor of this session. ERR_USAGE where no
 * proctors open it. */
MUST_CHECK int package_unlock_by_proctors(const struct package *p, const struct age_identity *id, size_t n,
                                          struct age_identity *ret_unlock, struct err *e);
/* U and C by the recovery identity, or in practice mode from open.txt (recovery NULL). */
MUST_CHECK int package_recover(const struct package *p, const struct age_identity *recovery,
                               struct age_identity *ret_unlock, struct age_identity *ret_close,
                               struct err *e);

/* Decrypts one part: "paper.age", "key.age". The caller releases the bytes. */
MUST_CHECK int package_open_part(const struct package *p, const char *name, const struct age_identity *id,
                                 struct bytes *ret, struct err *e);
/* The site's roster, with its room secrets; checked to be of this session and site. */
MUST_CHECK int package_open_roster(const struct package *p, const char *site, const struct age_identity *id,
                                   struct roster **ret, struct err *e);

#endif
