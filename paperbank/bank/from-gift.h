/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the reader of GIFT: the answers between the braces. Escaped signs (\~ \= \# \{ \} \: \\ \n) stand
 * there as the control characters 1 to 8 until gift_plain. */
#ifndef KAOCHANG_PAPERBANK_BANK_FROM_GIFT_H
#define KAOCHANG_PAPERBANK_BANK_FROM_GIFT_H

#include "paperbank/bank/draft.h"
#include "paperbank/bank/markup.h"

char *gift_plain(struct arena *a, const char *text);
/* XHTML of a text that may begin with its format, "[html]"; *format is the one of the question and is set by
 * such a beginning. */
const char *gift_xhtml(struct draft *d, enum markup_format *format, enum markup_place place,
                       const char *text);
/* The part that the answers describe, and d->explanation from "####". */
void gift_answers(struct draft *d, enum markup_format format, const char *answers);

#endif
