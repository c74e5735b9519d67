/* SPDX-License-Identifier: Apache-2.0 */
/* A candidate's folder held against the rules of a task. The same folder gives the same result anywhere: no
 * clock, no locale, no order of a disk; points are integers.
 *
 * Each file is opened once. One that cannot be read costs the points of its own checks and nothing else. What
 * the start file meets already earns nothing, unless the rules say that it counts. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_SCORE_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_SCORE_H

#include "scoring/practical/rules/rules.h"

enum practical_status {
    PRACTICAL_PASS,
    PRACTICAL_FAIL,
    PRACTICAL_UNREADABLE,    /* the file or the part cannot be read */
    PRACTICAL_NOT_ATTEMPTED, /* no file, or as it was at the start */
};
const char *practical_status_name(enum practical_status status); /* "pass", "not-attempted" */

/* What became of one <file> of the rules. */
enum practical_file_state {
    PRACTICAL_FILE_MISSING,
    PRACTICAL_FILE_AS_START,
    PRACTICAL_FILE_READ,
    PRACTICAL_FILE_UNREADABLE
};
struct practical_file_result {
    enum practical_file_state state;
    const char *path;    /* that was looked at; of a missing one, the first of the rules */
    const char *message; /* English, of an unreadable one: "NOT_ZIP: …"; else NULL */
};

struct practical_check_result {
    enum practical_status status;         /* of a forbid: pass where nothing forbidden is there */
    points_t points;                      /* that count in the end; of a forbid 0 or less */
    points_t maximum;                     /* of a forbid 0 */
    const char *expected, *found, *place; /* English evidence, bounded; never NULL, may be "" */
    /* Why a check that passes counts less than it gives: "group" (all or nothing, or another one is better),
     * "cap", "start" (so in the start file), or the id of a forbid; else NULL. */
    const char *cut;
};

struct practical_result {
    struct arena *arena; /* owns the texts */
    points_t points, maximum;
    struct practical_check_result *check; /* as in the rules; their points add up to `points` */
    size_t n_checks;
    struct practical_file_result *file; /* as in the rules */
    size_t n_files;
    size_t n_senseless; /* checks whose locator makes no sense for this work's file: the rules are wrong */
};
void practical_result_release(struct practical_result *r);

/* What the start folder says to each check: read once for any number of candidates. `rules` and `folder` must
 * outlive it; folder NULL: there are no start files. ERR_DATA with the rule's line where a check makes no
 * sense, or a start file cannot be read. */
struct practical_start;
MUST_CHECK int practical_start_read(struct practical_start **ret, const struct rules *rules,
                                    const struct practical_folder *folder, struct err *e);
void practical_start_free(struct practical_start *s); /* NULL is fine */

/* ERR_ENV and ERR_BUG only: whatever the work is, it has a result. */
MUST_CHECK int practical_score(struct practical_result *ret, const struct practical_start *start,
                               const struct practical_folder *work, struct err *e);

#endif
