/* SPDX-License-Identifier: Apache-2.0 */
/* targets.xml: the packages that are published with their supplements, the officers who may sign packages and
 * certificates, the office's recipients R and O, and what is revoked. Format: docs/exam-packages.md,
 * "Repository". */
#ifndef KAOCHANG_EXAM_PACKAGES_TARGETS_H
#define KAOCHANG_EXAM_PACKAGES_TARGETS_H

#include "exam-packages/age.h"
#include "exam-packages/parts.h"
#include "exam-packages/revoked.h"
#include "exam-packages/role.h"

#define TARGETS_NS "urn:kaochang:targets:1"
enum { TARGETS_MAX_PACKAGES = 10000, TARGETS_MAX_SUPPLEMENTS = 20000 };

/* Roles in this order: package, certificate (whose threshold is 1). */
enum targets_role { TARGETS_ROLE_PACKAGE, TARGETS_ROLE_CERTIFICATE, TARGETS_ROLES };

struct target_package {
    const char *session;           /* plain name, unique */
    int64_t version;               /* of the session's package */
    int64_t size;                  /* of the file packages/SESSION.VERSION.exam */
    uint8_t hash[PART_HASH_BYTES]; /* BLAKE2b-512 of the file */
    uint8_t package[32];           /* package hash */
    const char *expiry;            /* of the package: checked at pull */
    int64_t expiry_ms;
    const char *spare_for; /* the session that this one is a spare for, or NULL */
};

/* What is supplied for a package after it was published (supplement.h). */
enum supplement_kind { SUPPLEMENT_ROSTER, SUPPLEMENT_WITHDRAWAL, SUPPLEMENT_KINDS };
const char *supplement_kind_name(enum supplement_kind kind); /* "roster", "withdrawal" */
/* SUPPLEMENT_KINDS: none of them. */
enum supplement_kind supplement_kind_named(const char *name);

struct target_supplement {
    enum supplement_kind kind;
    const char *session;
    int64_t number;                /* rises with each supplement of the session, of whichever kind */
    uint8_t package[32];           /* package hash of the version that it is for */
    int64_t size;                  /* of the file packages/SESSION.NUMBER.KIND.exam */
    uint8_t hash[PART_HASH_BYTES]; /* BLAKE2b-512 of the file */
    const char *expiry;            /* of its package */
    int64_t expiry_ms;
};

struct targets {
    struct arena *arena;
    int64_t version;
    const char *expiry;
    int64_t expiry_ms;
    struct role role[TARGETS_ROLES];
    /* Officers who have left: with those of the role "package" they count for the packages that are listed
     * here, and for nothing else. n 0: none. */
    struct role former;
    struct age_recipient recovery, results; /* R, O */
    struct target_package *package;         /* in bytewise order of session */
    size_t n_packages;
    struct target_supplement *supplement; /* in order of session, of number */
    size_t n_supplements;
    struct revoked *revoked; /* in their order */
    size_t n_revoked;
};

struct targets *targets_new(void);
void targets_free(struct targets *t); /* NULL is fine */
MUST_CHECK int targets_write(struct targets *t, struct bytes *out, struct err *e);
MUST_CHECK int targets_read(struct targets **ret, const char *name, struct span data, struct err *e);

const struct target_package *targets_find(const struct targets *t, const char *session);
/* Adds the session's package or replaces its entry; ERR_NO when the version does not rise, unless it is the
 * same package. */
MUST_CHECK int targets_put(struct targets *t, const struct target_package *package, struct err *e);
/* The entry for the session's package of this hash, or NULL. */
const struct target_package *targets_find_package(const struct targets *t, const uint8_t package[32]);
/* Adds an entry in its place; ERR_NO when it is there. The texts are copied. */
MUST_CHECK int targets_revoke(struct targets *t, const struct revoked *r, struct err *e);
/* "packages/SESSION.VERSION.exam" in the arena. */
const char *target_package_path(struct arena *a, const struct target_package *t);
/* Adds a supplement; ERR_NO when its number does not rise in its session, unless it is the same file. */
MUST_CHECK int targets_put_supplement(struct targets *t, const struct target_supplement *s, struct err *e);
/* "packages/SESSION.NUMBER.KIND.exam" in the arena. */
const char *target_supplement_path(struct arena *a, const struct target_supplement *s);

#endif
