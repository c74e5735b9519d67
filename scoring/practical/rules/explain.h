/* SPDX-License-Identifier: Apache-2.0 */
/* A result in words, for a person who asks why: in the interface's language around evidence in English. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_EXPLAIN_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_EXPLAIN_H

#include "scoring/practical/rules/score.h"

/* Appends lines: the total, each file that is missing or unreadable, each check with points, what was
 * expected and found, and where. */
void practical_explain(const struct rules *rules, const struct practical_result *result, struct bytes *out);
/* One check, whether it was scored now or is read from a record. */
struct explained_check {
    const char *id, *title;
    bool forbid;
    enum practical_status status;
    points_t points, maximum;
    const char *cut; /* NULL or "": it counts what it gives */
    const char *expected, *found, *place;
};
void practical_explain_check(const struct explained_check *x, struct bytes *out);
/* "passed", "not met", …: translated. */
const char *practical_status_text(enum practical_status status);
/* Why a check counts less than it gives, translated; "" where cut is NULL. In buf. */
const char *practical_cut_text(const char *cut, char *buf, size_t size);

#endif
