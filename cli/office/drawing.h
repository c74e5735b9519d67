/* SPDX-License-Identifier: Apache-2.0 */
/* The three works of "kaochang roster draw": commit, reveal, verify. */
#ifndef KAOCHANG_CLI_OFFICE_DRAWING_H
#define KAOCHANG_CLI_OFFICE_DRAWING_H

#include "cli/keys/keyring.h"
#include "exam-packages/trust.h"
#include "office/draw-folder.h"
#include "office/session.h"

/* The home, the sessions in bytewise order, their newest draw, and the officers who sign. */
struct drawing_desk {
    const struct args *a;
    struct arena *arena;
    struct office *office;
    struct office_session session[DRAW_MAX_SESSIONS];
    const char *id[DRAW_MAX_SESSIONS];
    size_t n;
    struct draw_folder folder; /* path NULL: none yet */
    struct trust *trust;
    struct keyring officers;
};

/* Begin with a zeroed *d; close it whether this succeeds or not. ERR_NO when a key given is not an officer's. */
MUST_CHECK int drawing_open(struct drawing_desk *d, const struct args *a, struct err *e);
void drawing_close(struct drawing_desk *d);
/* "2026-11-22T08:20:00+08:00", from the clock, where the first session is held; in the desk's arena. */
const char *drawing_now(const struct drawing_desk *d);
/* ERR_NO unless so many officers signed these bytes. */
MUST_CHECK int drawing_check_signatures(const struct drawing_desk *d, const char *document, struct span text,
                                        const char *comment, int64_t officers, struct err *e);
/* Tells a complaint of the draw on standard error; the context is a size_t counter. */
void drawing_complain(void *context, const char *where, const char *what);

MUST_CHECK int drawing_commit(struct drawing_desk *d, struct err *e);
MUST_CHECK int drawing_reveal(struct drawing_desk *d, struct err *e);
MUST_CHECK int drawing_verify(const struct args *a, struct err *e);

#endif
