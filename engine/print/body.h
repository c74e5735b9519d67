/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an item on paper; for the files of this folder alone. */
#ifndef KAOCHANG_ENGINE_PRINT_BODY_H
#define KAOCHANG_ENGINE_PRINT_BODY_H

#include "base/print/print.h"
#include "engine/print/loaded.h"

enum { BODY_SIZE = 10, BODY_INDENT = 24 };

/* Number, body, choices with their letters, how the answer is written; under a heading unless it is NULL. */
MUST_CHECK int body_print(struct print *p, const struct loaded *l, const struct loaded_item *i,
                          const char *heading, struct err *e);
/* All words of a node with marks (print_marked), on one line. */
void body_marked(const struct item_node *n, struct bytes *out);
/* "(2)" where an item has several places to answer, else "". Into the arena. */
const char *body_part_label(struct arena *a, const struct loaded_item *i, size_t part);

#endif
