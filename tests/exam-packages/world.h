/* SPDX-License-Identifier: Apache-2.0 */
/* A small exam world for the tests: an office with its keys and root, a station that trusts it, and a package
 * to handle. */
#ifndef KAOCHANG_TESTS_EXAM_PACKAGES_WORLD_H
#define KAOCHANG_TESTS_EXAM_PACKAGES_WORLD_H

#include "exam-packages/bundle.h"
#include "exam-packages/package.h"
#include "exam-packages/repository.h"

#define WORLD_START "2026-11-22T09:00:00+08:00"
#define WORLD_END "2026-11-22T11:00:00+08:00"
#define WORLD_EXPIRY "2027-01-22T11:00:00+08:00"
#define WORLD_NOW INT64_C(1795000000000) /* 2026-11-18 */

struct world {
    char dir[64]; /* with office/, station/, repo/ in it */
    char *office, *station, *repo;
    struct minisign_secret root, officer, second, stranger, station_key;
    struct age_identity recovery, results, site;
    struct trust *trust;  /* the office's */
    struct trust *pinned; /* the station's */
    bool practice;        /* packages are practice packages: no scrypt, so that building takes no time */
    struct proctors proctors; /* who open the packages; none: the code does */
    bool with_code;
};

/* `threshold` of the two officers must sign. */
void world_new(struct world *w, int threshold);
void world_free(struct world *w);

/* Path under the world's folder, malloc'ed. */
char *world_path(const struct world *w, const char *name);
/* Builds a package of one site with two candidates; signed by the first n of officer and second, or by the
 * stranger (n 0). */
void world_package(const struct world *w, const char *session, int64_t version, const char *path,
                   int n_officers, struct package_codes *ret);
/* The station's certificate and its signature by the officer, into the arena. */
struct certificate_chain world_certificate(const struct world *w, struct arena *a);
/* A bundle of two sittings, signed by `key`. */
void world_bundle(const struct world *w, const char *path, const struct minisign_secret *key,
                  uint8_t hash[32]);

/* Publishes into the world's repository, signed by the first n of officer and second. `path` may be NULL. */
int world_publish(struct world *w, const char *path, int64_t now_ms, int n_officers, struct err *e);
/* Pulls from that folder as repository_pull. */
int world_pull(const char *repo, struct trust *t, const char *home, int64_t now_ms, struct err *ret);
void world_copy_tree(const char *from, const char *to);
void world_remove_tree(const char *path);

/* The file's bytes; and writing them. */
struct bytes world_read(const char *path);
void world_write(const char *path, struct span data);

#endif
