/* SPDX-License-Identifier: Apache-2.0 */
/* The repository: a folder, a USB stick, a static server, with the office's signed index (after TUF's roles,
 * specification 1.0.34) and its packages. Every document but timestamp.xml has its version in its name and is
 * never changed, so that the one rename of timestamp.xml moves readers from one state to the next. Format:
 * docs/exam-packages.md, "Repository". */
#ifndef KAOCHANG_EXAM_PACKAGES_REPOSITORY_H
#define KAOCHANG_EXAM_PACKAGES_REPOSITORY_H

#include "exam-packages/index.h"
#include "exam-packages/package.h"
#include "exam-packages/source.h"
#include "exam-packages/supplement.h"
#include "exam-packages/trust.h"

/* The verified index of a repository. */
struct repository {
    struct arena *arena;
    struct source *source; /* borrowed */
    struct index *timestamp, *snapshot;
    struct targets *targets;
    struct span timestamp_document, snapshot_document, targets_document;
    struct signatures timestamp_signatures, snapshot_signatures, targets_signatures;
};

/* Goes from the root that the home has to the next, and on, as long as a mirror has one (TUF 5.3); each is
 * pinned durably by trust_rotate. ERR_NO when all that any mirror has for the next root is false. */
MUST_CHECK int repository_follow_root(struct source *s, struct trust *t, struct err *e);

/* Reads and verifies step by step: the timestamp of every mirror, of which the newest counts; then from any
 * of them snapshot, root (the one that the home has), targets. ERR_NO for an unknown signer or a missing
 * threshold, versions below those seen (rollback), expiry before now_ms (freeze), documents that do not
 * belong together (mix-and-match), wrong length or hash, another root. With one mirror its failure; with
 * several, those that fail are noted, and the gravest failure is told when none serves. The source stays the
 * caller's, and is used until repository_close. */
MUST_CHECK int repository_open(struct repository **ret, struct source *s, const struct trust *t,
                               int64_t now_ms, struct err *e);
void repository_close(struct repository *r); /* NULL is fine */
/* Verifies one listed package: length, hash, then as package_open, session, version and package hash. */
MUST_CHECK int repository_check_package(const struct repository *r, const struct target_package *target,
                                        const char *path, const struct trust *t, struct err *e);
/* The same of a supplement: session, number, kind, and the package that it is for. */
MUST_CHECK int repository_check_supplement(const struct repository *r, const struct target_supplement *s,
                                           const char *path, const struct trust *t, struct err *e);

/* The pinned root document of a repository with its signatures, unverified, for enrolment. */
MUST_CHECK int repository_root(struct source *s, struct arena *a, struct span *ret,
                               struct signatures *ret_signatures, struct err *e);

/* The root whose fingerprint was typed at enrolment, be it the first or a later one; when there is none, the
 * first, which trust_pin then refuses. */
MUST_CHECK int repository_root_of(struct source *s, const char *typed, struct arena *a, struct span *ret,
                                  struct signatures *ret_signatures, struct err *e);

/* Publishes a package, or a supplement to one that is published (path NULL: the index alone), into the
 * folder, creating it. The office's trust moves on first, readers last. `expiry` of the index documents,
 * NULL: 60 days after now_ms, or the latest package's if that is later. The secret keys sign targets,
 * snapshot and timestamp. */
MUST_CHECK int repository_publish(const char *folder, struct trust *office, const char *package,
                                  const char *expiry, int64_t now_ms, const struct minisign_secret *officer,
                                  size_t n_officers, struct err *e);

/* As repository_open after repository_follow_root, for who goes on from there: the versions seen are
 * remembered (trust_note_seen), and a clock that was set back since the home last did so is noted. */
MUST_CHECK int repository_begin(struct repository **ret, struct source *s, struct trust *t, const char *home,
                                int64_t now_ms, struct err *e);
/* Notes where this machine's clock and the mirrors' contradict each other: neither is believed. */
void repository_compare_clocks(const struct source *s, int64_t now_ms);

/* A file that the targets list. */
struct repository_file {
    const char *name; /* "packages/SESSION.VERSION.exam" */
    int64_t size;
    const uint8_t *hash; /* BLAKE2b-512 */
};
/* Where it is kept until it is whole: ".SESSION.VERSION.exam.HASH.part" in the folder, malloc'ed. */
char *repository_part(const char *folder, const struct repository_file *f);
/* Brings what is missing of it there from any mirror, and verifies length and hash: as repository_open tells
 * failures. What has come stays after a broken line and is gone on with at the next call; it is removed when
 * it is not the file, and when this disk is full. */
MUST_CHECK int repository_fetch(const struct repository *r, const struct repository_file *f, const char *part,
                                struct err *e);
/* Removes the parts in a folder that are none of these files' (n 0: all). */
void repository_drop_parts(const char *folder, const struct repository_file *f, size_t n);

/* What became of one listed file: copied, or here already. */
typedef void repository_copied_fn(void *context, const char *name, bool is_new);
/* Follows the root, verifies the repository, and makes of the folder a copy that is whole: only what is
 * missing is fetched, and timestamp.xml is put in place last, so that its readers see the old state or the
 * new one. The home's trust moves on. ERR_NO besides as repository_open when the folder holds a newer state.
 * `prune`: packages that the index lists no more are removed. */
MUST_CHECK int repository_mirror(struct source *s, struct trust *t, const char *home, const char *to,
                                 int64_t now_ms, bool prune, repository_copied_fn *tell, void *context,
                                 struct err *e);

/* What a pull did with one session's package. */
typedef void repository_told_fn(void *context, const struct target_package *t, bool is_new);
/* Follows the root, verifies the repository and brings every listed package that is not there yet to
 * HOME/packages/SESSION.exam, and every supplement to HOME/supplements: all are fetched and verified first,
 * then the supplements are put in place, then the home's trust moves on, then the packages are put in place.
 */
MUST_CHECK int repository_pull(struct source *s, struct trust *t, const char *home, int64_t now_ms,
                               repository_told_fn *tell, void *context, struct err *e);

#endif
