/* SPDX-License-Identifier: Apache-2.0 */
/* When the disk of a station fails (full, read-only, gone), its journal goes on in a spill: a file of the
 * same rows in memory (tmpfs), shared by agent and candidate's program, from which the rows are copied to the
 * room and, when the disk is back, moved into the journal in one commit. A spill survives killed programs; it
 * does not survive the machine, and nothing in it counts as saved here.
 */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_SPILL_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_SPILL_H

#include "exam-packages/journal.h"

/* Lets the journal spill into this file (its folder is made, 0700), and reads what a spill left there holds:
 * rows after the journal's last event, with the right prev. Rows that the journal has already are forgotten;
 * a spill that does not fit is moved aside to PATH.old, never dropped: *ret_misfit. */
MUST_CHECK int journal_spill_to(struct journal *j, const char *path, bool *ret_misfit, struct err *e);
/* Path of the spill for a journal: /dev/shm/kaochang-UID/HASH-OF-THE-FULL-PATH/TICKET.spill. malloc'ed. */
char *journal_spill_path(const char *journal_path);
/* The spill of a journal that is removed goes too. */
void journal_spill_forget(const char *journal_path);

/* With a spill, journal_append returns 1 when the disk refused (ERR_ENV in *e, for the candidate's message)
 * and the event is in the spill: it has its place in the chain, and is no longer in the caller's hands. */

/* Events in the spill that the disk does not have. */
int64_t journal_spilled(const struct journal *j);
/* Whether there are any that no program is just writing to the disk: a row is in the spill first, and while a
 * slow disk takes it nothing fails. Looks at the spill anew; for whoever only reads. */
bool journal_spill_stays(struct journal *j);
/* Tries to move them to the disk; opens the file anew where the disk was gone. 0: nothing is left in the
 * spill. ERR_ENV: still not. Cheap to call every second. */
MUST_CHECK int journal_unspill(struct journal *j, struct err *e);

#endif
