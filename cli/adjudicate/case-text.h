/* SPDX-License-Identifier: Apache-2.0 */
/* One case as a text for people: who rated what step when, which slips, what they cost, and what was decided.
 */
#ifndef KAOCHANG_CLI_ADJUDICATE_CASE_TEXT_H
#define KAOCHANG_CLI_ADJUDICATE_CASE_TEXT_H

#include "cli/adjudicate/docket.h"

MUST_CHECK int case_text(const struct docket *d, const struct lab_case *c, struct bytes *out, struct err *e);

/* "b eye not level −0.5; c …" of one step; nothing where there was no slip. */
void case_slips(const struct rubric_step *s, const struct rating_step *x, const enum rating_cost *cost,
                struct bytes *out);
/* "4.5 of 5 (mean)", or the status, or what is awaited. */
void case_result(const struct docket *d, const struct lab_case *c, struct bytes *out);
/* What one decision says: "5 -> 4.5; step 2: 2 -> 1.5". */
void case_decided(const struct decision *x, struct bytes *out);

/* The case as JSON; NULL never. The caller releases. */
struct json_t;
struct json_t *case_json(const struct docket *d, const struct lab_case *c);

#endif
