/* SPDX-License-Identifier: Apache-2.0 */
/* The tally of a merge: what became of each file, told as it happens and summed up at the end. */
#ifndef KAOCHANG_CLI_RESULTS_TALLY_H
#define KAOCHANG_CLI_RESULTS_TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "sync/intake.h"

/* What has come of the command line's files so far. */
struct tally {
    size_t merged, known, held, refused, rosters, plans, decisions, releases, admissions, withdrawals;
    int64_t missing; /* sittings that closings name and that have not come, in the whole store */
    size_t sittings, records, contradictory;
    bool broken;     /* at least one refusal was bad data */
    bool unreadable; /* at least one file could not be read */
};

/* What came of a bundle that was taken in, or held. */
void tally_add(struct tally *t, const char *path, const struct intake_result *result);
/* A bad or missing file is told and never stops the others (0); a store that cannot be written does:
 * `own`, the error of that file with its return value r, then becomes *e and r is returned. */
MUST_CHECK int tally_refuse(struct tally *t, const char *path, int r, const struct err *own, struct err *e);
void tally_print(const struct tally *t, bool json);
/* 0; with refused files an error that says how many; else, with anything in quarantine, ERR_NO without a
 * text. */
MUST_CHECK int tally_verdict(const struct tally *t, struct err *e);

#endif
