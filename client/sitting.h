/* SPDX-License-Identifier: Apache-2.0 */
/* A candidate's sitting: the rules (client/session) over the durable journal (client/store). Screens, scripts
 * and simulated candidates all work through this, and nothing else writes answers.
 *
 * Every action: is it allowed (else -ERR_NO, an enum session_error) → committed to the disk → state. It
 * returns 0 only when it is on the disk. When the disk fails (-ERR_ENV) nothing saved is harmed: an answer is
 * then in the spill (exam-packages/journal-spill.h), in its place, or, where there is none, kept in this
 * program; it is "not saved here", is what the candidate sees, goes to the room from the spill, and
 * sitting_retry tries again. Call sitting_retry on every tick while sitting_unsaved is not 0. `now` is the
 * clock, read by the caller.
 */
#ifndef KAOCHANG_CLIENT_SITTING_H
#define KAOCHANG_CLIENT_SITTING_H

#include "base/clock.h"
#include "client/agent/link.h"
#include "client/session/session.h"

struct sitting;

/* Opens or resumes: reads the journal, verifies all of it, and folds it. Takes over terms->paper_fd, success
 * or not; the rest of the terms may be wiped afterwards. `vfs` is NULL except in tests. A sitting that was
 * begun writes a resume event: one that was killed goes on where it was. */
MUST_CHECK int sitting_open(struct sitting **ret, const struct link_terms *terms, const char *vfs,
                            const struct clock_reading *now, struct err *e);
/* The same with a paper that is not in the package, such as session_sheet_paper; takes it over, success or
 * not. */
MUST_CHECK int sitting_open_with(struct sitting **ret, const struct link_terms *terms, struct paper *paper,
                                 const char *vfs, const struct clock_reading *now, struct err *e);
void sitting_close(struct sitting *s); /* NULL is fine */

/* For simulated candidates whose clock runs in long steps: as much counts at once, and ticks are as rare. */
void sitting_simulate(struct sitting *s, int64_t step_ms);

/* What the clock showed when the sitting last looked: what was done since counts as of then. */
const struct clock_reading *sitting_last_look(const struct sitting *s);

/* The state, for showing: items, time, counts. Borrowed; changes with each action. */
const struct session *sitting_session(const struct sitting *s);
/* File of the paper part by name ("items/k001.xml"), borrowed from the memfd. ERR_DATA when not there. */
MUST_CHECK int sitting_part(const struct sitting *s, const char *name, struct span *ret, struct err *e);
/* Lets go of the memory that parts take which were looked at; what is borrowed stays valid and comes back
 * when it is read. */
void sitting_rest_parts(const struct sitting *s);
/* The i-th item's document: "items/ID.xml". */
MUST_CHECK int sitting_item_part(const struct sitting *s, size_t i, struct span *ret, struct err *e);
/* The candidate's present answer to the i-th item, saved or not, into the arena; no responses when never
 * answered. */
MUST_CHECK int sitting_response(const struct sitting *s, size_t i, struct arena *a, struct response_set *ret,
                                struct err *e);

/* The present rating of the i-th candidate, saved or not; n 0 when there is none. Borrowed until the next
 * action. */
struct span sitting_rating(const struct sitting *s, size_t i);

/* The candidate's scratch notes as written last, saved or not; borrowed until the next call. */
const char *sitting_notes(const struct sitting *s);

/* Saved? */
size_t sitting_unsaved(const struct sitting *s); /* events that this machine's disk does not have */
/* What LINK_KEPT says: the room has every event up to this one. */
void sitting_room_has(struct sitting *s, int64_t epoch, int64_t seq);
enum sitting_kept {
    SITTING_HERE,      /* all on this disk */
    SITTING_BOTH,      /* on this disk, and in the room */
    SITTING_ROOM_ONLY, /* this disk fails; the room has all of it */
    SITTING_AT_RISK,   /* this disk fails, and the room has not got all of it: nobody hands in */
};
enum sitting_kept sitting_kept(const struct sitting *s);
bool sitting_notes_unsaved(const struct sitting *s);
bool sitting_item_unsaved(const struct sitting *s, size_t i);
int64_t sitting_saved_wall_ms(const struct sitting *s); /* of the last event on the disk; 0 if none */
/* Epoch and seq of the last event that is stored: what the room has to have. 0, 0 before the first. */
void sitting_head(const struct sitting *s, int64_t *ret_epoch, int64_t *ret_seq);
MUST_CHECK int sitting_retry(struct sitting *s, const struct clock_reading *now, struct err *e);

/* Time passes: counts what was spent since the last call, writes a tick every 10 s, tells what falls due. At
 * SESSION_SECTION_OVER the sitting has moved on to the next section (session->current); at SESSION_OVER it
 * was ended by force; all unsaved answers first. If that fails (-ERR_ENV) it is tried again at each call, and
 * nothing can be answered meanwhile. *ret is set in any case. Call at least every second. */
MUST_CHECK int sitting_clock(struct sitting *s, const struct clock_reading *now, enum session_notice *ret,
                             struct err *e);

/* The room as the agent tells it: a sitting begins only while it runs, which is what is assumed at first. */
void sitting_room(struct sitting *s, enum room_state room);

/* The candidate's actions; items are counted from 0 over all sections of the form. */
MUST_CHECK int sitting_start(struct sitting *s, const struct clock_reading *now, struct err *e);
/* An item is shown. What the rules of its section forbid is refused: ask session_leaves before, and show the
 * item only when this returned 0. When the disk fails it is shown all the same, and 0 returned: only the note
 * of it is lost. Not so where sections have rules: -ERR_ENV, and the candidate stays until it can be saved.
 */
MUST_CHECK int sitting_visit(struct sitting *s, size_t item, const struct clock_reading *now, struct err *e);
MUST_CHECK int sitting_answer(struct sitting *s, size_t item, const struct response_set *set,
                              const struct clock_reading *now, struct err *e);
/* Kept and tried again as an answer is. */
/* An examiner's rating of the candidate `item`, whole; kept and tried again as an answer is. */
MUST_CHECK int sitting_rate(struct sitting *s, size_t item, struct span rating,
                            const struct clock_reading *now, struct err *e);
MUST_CHECK int sitting_flag(struct sitting *s, size_t item, bool flagged, const struct clock_reading *now,
                            struct err *e);
/* The scratch notes, whole; kept and tried again as an answer is. */
MUST_CHECK int sitting_set_notes(struct sitting *s, const char *text, const struct clock_reading *now,
                                 struct err *e);
/* ---- files of practical items (client/workspace) ---- */
struct journal_epoch;
struct journal_files;
struct journal_file;
struct journal_piece;
struct journal_snapshot;
/* The newest epoch: session, ticket, number. Borrowed. */
const struct journal_epoch *sitting_epoch(const struct sitting *s);
/* What was collected; borrowed, changes with each action. */
const struct journal_files *sitting_files(const struct sitting *s);
/* The content of a file of a snapshot, as journal_files_get. */
MUST_CHECK int sitting_file(const struct sitting *s, const struct journal_file *file, struct bytes *ret,
                            struct err *e);
/* The key of content ids in the newest epoch; 32 bytes, borrowed. */
const uint8_t *sitting_content_key(const struct sitting *s);
/* Stores at once or not at all: 0 on the disk; 1 and the disk's trouble in *e: only in memory, and in the
 * room when it has it; -ERR_ENV: nowhere, try again. Also while paused, and after the time until the end. */
MUST_CHECK int sitting_put_piece(struct sitting *s, const struct journal_piece *piece,
                                 const struct clock_reading *now, struct err *e);
MUST_CHECK int sitting_put_snapshot(struct sitting *s, size_t item, const struct journal_snapshot *snapshot,
                                    const struct clock_reading *now, struct err *e);
/* While held, sitting_clock tells SESSION_SECTION_OVER and SESSION_OVER at each call but ends nothing: first
 * the files. Nothing can be answered meanwhile. */
void sitting_hold_end(struct sitting *s, bool held);

/* Refused (-ERR_ENV) while SITTING_AT_RISK. With SITTING_ROOM_ONLY it is done, and 0 returned, though the end
 * too is only in the spill: tell the candidate to stay until sitting_kept says that the room has it.
 * Afterwards link_seal gives the receipt. */
MUST_CHECK int sitting_hand_in(struct sitting *s, const struct clock_reading *now, struct err *e);
/* "" before the end; the same as link_seal's, known here already. */
const char *sitting_receipt(const struct sitting *s);

/* After LINK_CHANGED: reads what the proctor wrote. If that ended the sitting, what was unsaved is given up.
 * *ret_changed (may be NULL) tells if there was anything. */
MUST_CHECK int sitting_catch_up(struct sitting *s, bool *ret_changed, struct err *e);

#endif
