/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside exam-packages/audit/ only. */
#ifndef KAOCHANG_EXAM_PACKAGES_AUDIT_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_AUDIT_INTERNAL_H

#include <stdbool.h>

#include "exam-packages/audit/audit.h"
#include "exam-packages/bundle.h"
#include "exam-packages/container.h"
#include "exam-packages/package.h"
#include "exam-packages/role.h"
#include "exam-packages/supplement.h"
#include "exam-packages/trust.h"

/* A signed document and where the commands find it. */
struct audit_document {
    const char *name; /* for people: "3.targets.xml" */
    const char *at;   /* as a word of shell: "$repo"/3.targets.xml */
    struct span data;
    struct signatures signatures;
};

/* A package of the repository that could be read. */
struct audit_package {
    const char *name; /* "am1.1" */
    const char *path;
    struct container container;
    struct manifest *manifest;
    uint8_t hash[32];
};

struct audit {
    struct arena *arena;
    const struct audit_input *in;
    audit_told_fn *tell;
    void *context;
    struct audit_counts counts;
    char *scratch;       /* a folder of our own, removed at the end */
    struct trust *trust; /* NULL where the documents lead to none */
    struct root *root;   /* the newest one; NULL: none that could be read */
    struct targets *targets;
    struct audit_document root_document, targets_document;
    struct audit_package *package;
    size_t n_packages;
};

/* Tells one check: r 0 is a yes, anything negative a no with *e. Returns r == 0. */
bool audit_tell(struct audit *a, int r, const struct err *e, const char *command, const char *what, ...)
    __attribute__((format(printf, 5, 6)));
/* As audit_tell, but a "no" is only a remark. */
void audit_remark(struct audit *a, int r, const struct err *e, const char *command, const char *what, ...)
    __attribute__((format(printf, 5, 6)));
void audit_unseen(struct audit *a, const char *what, ...) __attribute__((format(printf, 2, 3)));

/* The document's signatures by keys of the role, and their number. Keys of the role `more` (NULL: none) count
 * with it. `holder` is the document with the roles. */
bool audit_signed(struct audit *a, const struct audit_document *d, const struct role *role,
                  const struct role *more, const struct audit_document *holder, const char *comment);
/* The attribute of the document's first element, as a command. */
const char *audit_attribute(struct audit *a, const char *at, const char *name);

/* Opens a container of that kind at path, `file` as a word of shell; tells whether it is one, and whether its
 * entries are its parts. *ret is closed by the caller where true is returned. The commands unpack it to
 * "$work"/NAME. */
bool audit_container(struct audit *a, const char *name, const char *path, const char *file,
                     const struct container_kind *kind, struct container *ret);
void audit_parts(struct audit *a, const char *name, const char *file, const struct container_kind *kind,
                 const struct container *c, const struct container_parts *parts);

/* Whether one of the identities is the recipient's. */
bool audit_holds(const struct audit *a, const struct age_recipient *r);

void audit_documents(struct audit *a);
void audit_packages(struct audit *a);
/* By the role "package"; of a listed package officers who have left count too. */
void audit_signed_by_officers(struct audit *a, const struct audit_document *d, bool listed,
                              const char *comment);
/* A supplement to a package, by the name of its file without .exam; packages have been walked. */
bool audit_is_supplement(const char *name);
void audit_supplement(struct audit *a, const char *name);
/* A command: every roster/SITE.age in "$work"/NAME opens, and is its site's. */
const char *audit_rosters_command(struct audit *a, const char *name, const char *session);
void audit_open_package(struct audit *a, const struct audit_package *p);
void audit_bundles(struct audit *a);

#endif
