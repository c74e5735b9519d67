/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of paper sheets need first: the session's sheets, and the files that were typed. */
#ifndef KAOCHANG_CLI_SHEETS_DESK_H
#define KAOCHANG_CLI_SHEETS_DESK_H

#include "cli/office/exam.h"
#include "office/sheets/sheet-compare.h"

struct sheet_desk {
    struct arena *arena;
    struct office *office;
    struct office_session session;
    struct roster *roster;
    struct lab_plan *plan;
    struct sheet_list list;
};

/* The sheets of this session (NULL: --session). Close it whether this succeeds or not. */
MUST_CHECK int sheet_desk_open(struct sheet_desk *ret, const struct args *a, const char *session, struct err *e);
void sheet_desk_close(struct sheet_desk *d);

/* FIRST SECOND [THIRD] of the arguments, and the sheets of their session. */
struct sheet_files {
    struct sheet_file *file[3]; /* the third may be NULL */
    struct sheet_desk desk;
    struct sheet_comparison comparison;
};
/* `expected` may be NULL. */
MUST_CHECK int sheet_files_open(struct sheet_files *ret, const struct args *a,
                                const struct sheet_expected *expected, struct err *e);
void sheet_files_close(struct sheet_files *f);

#endif
