/* SPDX-License-Identifier: Apache-2.0 */
/* A fact held against what a rule expects of it. The same words for every kind of check; what does not fit
 * the kind's type is refused when the rules are read, never while work is scored.
 *
 * An expectation is one or more alternatives with "|" between them (a literal one is "\|"):
 *   any type    present  absent  changed  unchanged (against the start file)
 *               not:ALTERNATIVE
 *   text, font  the text itself  is: contains: starts: ends:  like: with * and ?
 *               regex: of XML Schema; all that follows belongs to it, "|" too
 *   yes or no   yes no true false on off 1 0 是 否 有 无 开 关
 *   numbers     12  >=3  >3  <=3  <3  !=3  3..5  12±0.5  12±5%
 *               a cell's number also 85%
 *   lengths     12pt 12磅 小四 2.5cm 25mm 1in 240twip 96px 9525emu 2字符
 *   ratios      1.5 1.5倍 1.5行 1.5lines 150%
 *   colours     FF0000 #FF0000 红色 red auto 无
 *   lists       a; b; c (in this order)  set: a; b (in any)  has: a; b (others too)
 * Texts are compared after NFKC with white space as one space. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_COMPARE_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_COMPARE_H

#include "scoring/practical/fact.h"

enum { EXPECT_MAX_BYTES = 8000, EXPECT_MAX_ALTERNATIVES = 100 };

struct expectation;

/* Into the arena. `tolerance` NULL: the kind's own. It may name one for each unit: "0.5pt|0.1". ERR_DATA,
 * with a hint where one helps, for what does not fit the kind. */
MUST_CHECK int expectation_read(struct expectation **ret, struct arena *a, const struct check_kind *kind,
                                const char *expect, const char *tolerance, struct err *e);
/* True where an alternative is changed or unchanged: then `start` of expectation_met must be given. */
bool expectation_needs_start(const struct expectation *x);
/* `start` is the same fact of the start file, or NULL where there is none. An unknown fact meets nothing. */
bool expectation_met(const struct expectation *x, const struct fact *found, const struct fact *start);

/* The same state, and where found the same value to the last digit. */
bool fact_equal(const struct fact *a, const struct fact *b);
/* As evidence, in English: "12 pt", "yes", "FF0000", "a; b", or why it is absent or unknown. In the unit that
 * `x` is written in, where x is not NULL. At most 300 bytes, without control characters. */
const char *fact_text(const struct fact *f, const struct expectation *x, struct arena *a);
/* Any text as evidence: cut at `max` bytes, control characters replaced. */
const char *evidence_clean(struct arena *a, const char *text, size_t max);
/* An expectation that this fact meets, for the rule maker; "absent" for an absent one. */
const char *expectation_of(const struct check_kind *kind, const struct fact *f, struct arena *a);

#endif
