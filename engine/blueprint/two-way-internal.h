/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_ENGINE_TWO_WAY_INTERNAL_H
#define KAOCHANG_ENGINE_TWO_WAY_INTERNAL_H

#include "engine/blueprint/two-way.h"

enum { TWO_WAY_LEVELS = 6 };
extern const char *const two_way_levels[TWO_WAY_LEVELS];
const char *two_way_level_word(size_t level); /* in the user's language */
/* n_columns, n_rows: there is none. */
size_t two_way_column_of(const struct two_way *t, const struct blueprint_list *levels);
size_t two_way_row_of(const struct two_way *t, const char *code);

#endif
