/* SPDX-License-Identifier: Apache-2.0 */
/* Cases about whole tests: outcome processing over given outcomes, delivery by actions, navigation. */
#ifndef KAOCHANG_CLI_SCORE_TEST_CASES_H
#define KAOCHANG_CLI_SCORE_TEST_CASES_H

#include <jansson.h>

#include "base/err.h"

/* Adds the answer's members: "outcomes" · "items" and "test" · "entered_items" and "skipped". Moves that the
 * test does not allow change nothing and stand in "refused" with their reason; items whose file is absent
 * stand in "absent", with SCORE 0. */
MUST_CHECK int test_case(const json_t *line, const char *folder, json_t *answer, struct err *e);

#endif
