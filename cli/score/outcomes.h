/* SPDX-License-Identifier: Apache-2.0 */
/* Responses and outcomes as JSON, for the commands that score single items. */
#ifndef KAOCHANG_CLI_SCORE_OUTCOMES_H
#define KAOCHANG_CLI_SCORE_OUTCOMES_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "paperbank/item/response.h"
#include "scoring/evaluate.h"

/* {"RESPONSE": ["A"]}; a bare text or number stands for a list of one, null and [] for NULL. ERR_DATA for
 * anything else. Texts are copied into the arena. */
MUST_CHECK int responses_from_json(struct response_set *ret, struct arena *a, const json_t *object,
                                   struct err *e);

/* The outcomes as an object, the caller's to json_decref. */
json_t *outcomes_json(const struct outcome_set *set, struct arena *a);
/* The item in the file as a candidate with that seed sees it; `seed` NULL: as the file has it. */
MUST_CHECK int item_drawn(struct item **ret, const char *item_path, const char *seed, struct err *e);

/* Outcomes of the item in the file for those responses; *ret is the caller's to json_decref. `seed` draws the
 * numbers of a template; NULL: the same ones every time. */
MUST_CHECK int outcomes_of(const char *item_path, const struct response_set *responses, const char *seed,
                           json_t **ret, struct err *e);

#endif
