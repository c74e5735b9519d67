/* SPDX-License-Identifier: Apache-2.0 */
/* The error value: what failed, where, and what the person can do. Fixed size, never allocates.
 *
 * Every fallible function takes a caller-owned `struct err *` and returns 0 or the negative kind, so
 * that reporting and returning is one line:
 *     return err_set(e, ERR_DATA, name, "the seal is broken in part %s", part);
 * A kind is also the exit status of the program (docs/cli.md).
 */
#ifndef KAOCHANG_BASE_ERR_H
#define KAOCHANG_BASE_ERR_H

#include <stddef.h>

enum err_kind {
    ERR_NONE = 0,
    ERR_NO = 1,    /* the answer is "no": does not verify, infeasible, records differ */
    ERR_USAGE = 2, /* wrong usage of a command */
    ERR_DATA = 3,  /* bad input data */
    ERR_ENV = 4,   /* the environment failed: I/O, disk full, permission, network */
    ERR_BUG = 5,   /* a bug of ours */
};

struct err {
    enum err_kind kind;
    int code;        /* optional finer code of the library that set it; 0 if none */
    char where[256]; /* file, line, item: "items/k001.xml:12" */
    char what[384];  /* what happened, one sentence without a final full stop */
    char hint[256];  /* what to do about it; may be empty */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Sets *e (which may be NULL) and returns -kind. `where` may be NULL. Clears the hint. Long text is cut
 * at a UTF-8 boundary. */
int err_set(struct err *e, enum err_kind kind, const char *where, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* As err_set for a failed system call: appends strerror(errno). Disk full and permission get a hint. */
int err_sys(struct err *e, const char *where, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds what the person can do; returns -e->kind so that it can end a return statement. */
int err_hint(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Puts `outer` before the place already there: "outer: where". Returns -e->kind. */
int err_within(struct err *e, const char *outer);

void err_clear(struct err *e);

/* "where: what; hint" on one line into buf. Returns buf. */
const char *err_text(const struct err *e, char *buf, size_t size);

#endif
