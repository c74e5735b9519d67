/* SPDX-License-Identifier: Apache-2.0 */
/* Where documents and packages come from: one or several mirrors of a repository, each a folder or a web
 * address. Nothing that a mirror gives is believed; it only has to be bounded. What talks to the network is a
 * library of its own (exam-packages/http/), which is loaded when a web address is added and not before. */
#ifndef KAOCHANG_EXAM_PACKAGES_SOURCE_H
#define KAOCHANG_EXAM_PACKAGES_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/file.h"
#include "exam-packages/role.h"

enum { SOURCE_MIRRORS = 16 };

/* e->code of what fails here, beside the kind; no errno is so large. */
enum source_fault {
    SOURCE_ABSENT = 0x5001, /* the mirror answers that it has no such file */
    SOURCE_BROKEN_OFF,      /* the file came in part; asking again may bring the rest */
    SOURCE_THIS_DISK,       /* not the mirror's fault: it cannot be written here */
};

/* A file on its way to a disk of this machine. */
struct source_piece {
    int fd;                                               /* open for writing */
    int64_t have, size;                                   /* bytes that are in it; what there will be */
    void (*moved)(struct source_piece *p, void *context); /* after each write; may be NULL */
    void *context;
};
/* Appends: ERR_NO when the file becomes longer than it may be, ERR_ENV with SOURCE_THIS_DISK. `from` is the
 * mirror's file, for messages. */
MUST_CHECK int source_piece_put(struct source_piece *p, const char *from, const void *data, size_t n,
                                struct err *e);
/* Empties it: the mirror can only begin at the beginning. */
MUST_CHECK int source_piece_restart(struct source_piece *p, struct err *e);

/* What a clock beyond this machine says. */
struct source_clock {
    int64_t ms;      /* since 1970 UTC; 0: it says nothing */
    bool is_current; /* it says what time it is; otherwise only that it is later than this */
};

/* What a kind of mirror does; `place` is its own. Names are relative paths of plain components. */
struct source_kind {
    /* The whole file. ERR_DATA when it is larger than `max`; ERR_ENV with SOURCE_ABSENT. */
    int (*read)(void *place, const char *name, size_t max, struct bytes *ret, struct err *e);
    /* Brings what p lacks. ERR_NO when the file has another length, ERR_ENV with SOURCE_BROKEN_OFF when it
     * ends early; what came until then stays. */
    int (*fetch)(void *place, const char *name, struct source_piece *p, struct err *e);
    /* The names of the files that lie there, without folders. NULL: this kind cannot tell. */
    int (*list)(void *place, struct file_names *ret, struct err *e);
    struct source_clock (*clock)(void *place);
    void (*close)(void *place);
};

struct source;

struct source *source_new(void);
/* One mirror: that folder. */
struct source *source_of_folder(const char *path);
void source_close(struct source *s); /* NULL is fine */

/* Adds a mirror, after those that are there; `address` is what messages call it. The source owns the place,
 * also when ERR_USAGE says that there are too many. */
MUST_CHECK int source_add(struct source *s, const char *address, const struct source_kind *kind, void *place,
                          struct err *e);
MUST_CHECK int source_add_folder(struct source *s, const char *path, struct err *e);

/* How the network is used. Zeros: no limit of speed, half a minute of patience, the system's authorities. */
struct source_net {
    int64_t bytes_per_second; /* at most; 10,000 or more */
    int64_t patience_ms;      /* a server that says nothing, or next to nothing, for so long is given up */
    const char *authorities;  /* PEM file of those who vouch for https servers */
};
bool source_is_url(const char *address); /* "http://…" or "https://…" */
/* ERR_USAGE when the address is none of a repository's, ERR_ENV when the library is not installed. */
MUST_CHECK int source_add_url(struct source *s, const char *url, const struct source_net *net, struct err *e);

size_t source_mirrors(const struct source *s);
const char *source_address(const struct source *s, size_t mirror);

/* Who wants to know what happens. Any may be NULL. */
struct source_watch {
    /* A mirror was given up for something else; or something about this machine is odd (address NULL). */
    void (*note)(void *context, const char *address, const struct err *why);
    void (*moved)(void *context, const char *name, int64_t have, int64_t size);
    void *context;
};
void source_set_watch(struct source *s, const struct source_watch *w); /* copied */
void source_note(const struct source *s, const char *address, const struct err *why);

/* The mirrors in the order in which they are asked, and its changes: one that served well first, one that
 * failed last. */
size_t source_nth(const struct source *s, size_t i);
void source_prefer(struct source *s, size_t mirror);
/* Puts it last and notes why, if there are others. */
void source_give_up(struct source *s, size_t mirror, const struct err *why);
/* Runs the step with one mirror after the other until it succeeds. A failure of this disk ends it. If none
 * succeeds, *e is the gravest failure: a "no" before bad data before what is out of reach. */
typedef int source_step_fn(void *context, size_t mirror, struct err *e);
MUST_CHECK int source_each(struct source *s, source_step_fn *step, void *context, struct err *e);
/* True if `a` should be told rather than `b`. */
bool source_is_graver(const struct err *a, const struct err *b);

MUST_CHECK int source_read(const struct source *s, size_t mirror, const char *name, size_t max,
                           struct bytes *ret, struct err *e);
MUST_CHECK int source_fetch(const struct source *s, size_t mirror, const char *name, struct source_piece *p,
                            struct err *e);
struct source_clock source_clock(const struct source *s, size_t mirror);
/* A document of at most `max` bytes, in the arena. */
MUST_CHECK int source_document(const struct source *s, size_t mirror, const char *name, size_t max,
                               struct arena *a, struct span *ret, struct err *e);
/* Its signature files, in the arena: all that lie beside it, or where the mirror cannot tell, those by keys
 * of the roles. A role may be NULL. */
MUST_CHECK int source_signatures(const struct source *s, size_t mirror, const char *document,
                                 const struct role *role, const struct role *other, struct arena *a,
                                 struct signatures *ret, struct err *e);

#endif
