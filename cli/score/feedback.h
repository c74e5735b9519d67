/* SPDX-License-Identifier: Apache-2.0 */
/* What a learner is told after an answer, as JSON: for practice, which asks for it as a process. */
#ifndef KAOCHANG_CLI_SCORE_FEEDBACK_H
#define KAOCHANG_CLI_SCORE_FEEDBACK_H

#include <jansson.h>

#include "base/err.h"
#include "paperbank/item/response.h"

/* {"status":"auto"|"pending","points":"1.5","maximum":"3","correct":{"RESPONSE":["A"]},"outcomes":{…}}:
 * docs/practice.md, "Feedback". Responses that are not given are NULL, as in a sitting; points are missing
 * while it is pending. The seed's bytes draw the template variables (item_instantiate). *ret is the caller's
 * to json_decref. */
MUST_CHECK int feedback_of(const char *item_path, const struct response_set *responses, const char *seed,
                           json_t **ret, struct err *e);

#endif
