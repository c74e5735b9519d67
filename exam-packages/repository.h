/* SPDX-License-Identifier: Apache-2.0 */
/* The repository: a folder, a USB stick, a static server, with the office's signed index (after TUF's roles,
 * specification 1.0.34) and its packages. Every document but timestamp.xml has its version in its name and is
 * never changed, so that the one rename of timestamp.xml moves readers from one state to the next. Format:
 * docs/exam-packages.md, "Repository". */
#ifndef KAOCHANG_EXAM_PACKAGES_REPOSITORY_H
#define KAOCHANG_EXAM_PACKAGES_REPOSITORY_H

#include "exam-packages/index.h"
#include "exam-packages/package.h"
#include "exam-packages/supplement.h"
#include "exam-packages/trust.h"

/* The verified index of a repository. */
struct repository {
    struct arena *arena;
    char *folder;
    struct index *timestamp, *snapshot;
    struct targets *targets;
    struct span targets_document;
    struct signatures targets_signatures;
};

/* Reads and verifies step by step: timestamp, snapshot, root (the pinned one), targets. ERR_NO for an unknown
 * signer or a missing threshold, versions below those seen (rollback), expiry before now_ms (freeze),
 * documents that do not belong together (mix-and-match), wrong length or hash, a rotated root. A URL is
 * refused. */
MUST_CHECK int repository_open(struct repository **ret, const char *folder, const struct trust *t,
                               int64_t now_ms, struct err *e);
void repository_close(struct repository *r); /* NULL is fine */
/* Verifies one listed package: length, hash, then as package_open, session, version and package hash. */
MUST_CHECK int repository_check_package(const struct repository *r, const struct target *target,
                                        const char *path, const struct trust *t, struct err *e);
/* The same of a supplement: session, number, kind, and the package that it is for. */
MUST_CHECK int repository_check_supplement(const struct repository *r, const struct target_supplement *s,
                                           const char *path, const struct trust *t, struct err *e);

/* The pinned root document of a repository with its signatures, unverified, for enrolment. */
MUST_CHECK int repository_root(const char *folder, struct arena *a, struct span *ret,
                               struct signatures *ret_signatures, struct err *e);

/* Publishes a package, or a supplement to one that is published (path NULL: the index alone), into the folder, creating it. The office's trust moves on
 * first, readers last. `expiry` of the index documents, NULL: 60 days after now_ms, or the latest package's
 * if that is later. The secret keys sign targets, snapshot and timestamp. */
MUST_CHECK int repository_publish(const char *folder, struct trust *office, const char *package,
                                  const char *expiry, int64_t now_ms, const struct minisign_secret *officer,
                                  size_t n_officers, struct err *e);

/* What a pull did with one session's package. */
typedef void repository_told_fn(void *context, const struct target *t, bool is_new);
/* Verifies the repository and brings every listed package that is not there yet to
 * HOME/packages/SESSION.exam, and every supplement to HOME/supplements: all are staged and verified first, then
 * the supplements are put in place, then the home's trust moves on, then the packages are put in place. */
MUST_CHECK int repository_pull(const char *folder, struct trust *t, const char *home, int64_t now_ms,
                               repository_told_fn *tell, void *context, struct err *e);

#endif
