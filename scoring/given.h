/* SPDX-License-Identifier: Apache-2.0 */
/* What of a journal's answer counts. QTI leaves to the delivery system what becomes of a response that its
 * interaction does not allow; our screens never give one, so such an answer was made by other means. */
#ifndef KAOCHANG_SCORING_GIVEN_H
#define KAOCHANG_SCORING_GIVEN_H

#include "paperbank/item/item.h"
#include "paperbank/item/response.h"

/* The responses as the rules see them: nothing at all where the interaction does not allow what was given: a
 * value that is no choice or pair of choices, more than maxChoices or maxAssociations (a repeated value
 * counts once), a choice in more pairs than its matchMax, one thing in an order twice, several values for
 * cardinality single, a number that is not finite. In the arena. */
struct response_set given_responses(const struct item *item, const struct response_set *responses,
                                    struct arena *a);

#endif
