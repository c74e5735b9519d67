/* SPDX-License-Identifier: Apache-2.0 */
/* An item in plain words: its stem for lists and comparison, and a page for reading with key and explanation. */
#ifndef KAOCHANG_PAPERBANK_BANK_WORDS_H
#define KAOCHANG_PAPERBANK_BANK_WORDS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "paperbank/item/item.h"

/* Body and prompts on one line, a text entry as "____", without the choices. */
char *item_stem(const struct item *item, struct arena *a);
/* One choice on one line. */
char *item_choice_text(const struct item_choice *c, struct arena *a);
/* The correct values of the declared responses, choices by identifier and text, accepted texts of a mapping. */
void item_write_key(const struct item *item, struct arena *a, struct bytes *out);
/* Body with choices, as lines. */
void item_write_body(const struct item *item, struct arena *a, struct bytes *out);
/* Feedbacks, as lines; nothing if there are none. */
void item_write_explanation(const struct item *item, struct arena *a, struct bytes *out);

#endif
