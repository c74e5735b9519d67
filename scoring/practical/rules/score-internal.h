/* SPDX-License-Identifier: Apache-2.0 */
/* Inside scoring: what a check finds, and what it counts in the end. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_SCORE_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_SCORE_INTERNAL_H

#include "scoring/practical/rules/score.h"

/* What one check found in one folder. */
struct finding {
    bool asked;      /* its file was there and could be opened */
    bool senseless;  /* the locator or argument makes no sense */
    bool unreadable; /* `why` says it */
    const char *why;
    struct fact fact; /* its texts in the arena given; where asked and not unreadable */
};

struct practical_start {
    struct arena *arena;
    const struct rules *rules;
    const struct practical_folder *folder;
    struct finding *finding;            /* by check */
    const struct practical_file **file; /* by file: in the start folder, or NULL */
    bool *met;                          /* by check */
};

/* The file that the rules mean in the work, or NULL (score-files.c). */
const struct practical_file *practical_pick_start(const struct rules_file *f,
                                                  const struct practical_folder *start);
const struct practical_file *practical_pick(const struct rules_file *f, const struct practical_folder *work,
                                            const struct practical_file *start);
bool practical_same_file(const struct practical_file *a, const struct practical_file *b);
bool practical_same_folder(const struct practical_folder *a, const struct practical_folder *b);

/* The start folder as this work's candidate was given it: as many files in the same order, each with size and
 * hash as it stands in the work, where it still does (score-given.c). */
struct practical_folder practical_given(const struct practical_folder *start,
                                        const struct practical_folder *work, struct arena *a);

/* Asks the checks of one file (`file` RULES_NONE: those without one) in a folder, opening it once. `picked`
 * may be NULL; with `closed` only kinds that do not look inside are asked. Sets finding[i] of these checks;
 * `message` where the whole file cannot be read (score-ask.c). */
MUST_CHECK int practical_ask(const struct rules *r, size_t file, const struct practical_file *picked,
                             bool closed, const struct practical_folder *folder,
                             const struct practical_folder *start, struct arena *a, struct finding *finding,
                             const char **ret_message, struct err *e);

/* From what each check earns alone to what it counts: groups, caps, forbids (score-points.c). */
void practical_points(const struct rules *r, struct practical_result *result);

#endif
