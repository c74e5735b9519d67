/* SPDX-License-Identifier: Apache-2.0 */
/* Which SQL functions a query of others may call; inside this folder of the source only. */
#ifndef KAOCHANG_SCORING_PRACTICAL_DATABASE_FUNCTIONS_H
#define KAOCHANG_SCORING_PRACTICAL_DATABASE_FUNCTIONS_H

#include <sqlite3.h>
#include <stdbool.h>

bool function_is_allowed(const char *name);
/* Replaces instr, replace, trim, ltrim and rtrim, which take time by the product of two lengths, by ones that
 * take it by their sum. SQLITE_OK, or SQLite's code. */
int functions_replace(sqlite3 *db);

#endif
