/* SPDX-License-Identifier: Apache-2.0 */
/* A page of a session's roster, to print: what "roster doors" and "roster tickets" have in common. */
#ifndef KAOCHANG_CLI_OFFICE_ROSTER_PAGE_H
#define KAOCHANG_CLI_OFFICE_ROSTER_PAGE_H

#include <stdbool.h>

#include "cli/office/exam.h"
#include "exam-packages/roster.h"

struct roster_page {
    const struct desk *desk;
    const struct roster *roster;
    int64_t group_ms; /* of a lab-skills exam; 0: it is none */
    const char *path;
};

struct roster_page_kind {
    /* What is written to p->path, in the form that its ending names. */
    int (*make)(const struct roster_page *p, struct bytes *ret, struct err *e);
    void (*tell)(const struct roster_page *p); /* when it is written */
};

/* True for "NAME.pdf" and the ending ".pdf". */
bool roster_page_ends(const struct roster_page *p, const char *ending);

/* Writes the page of --session to --output, for its owner alone. */
MUST_CHECK int roster_page_print(const struct args *a, const struct roster_page_kind *kind, struct err *e);

#endif
