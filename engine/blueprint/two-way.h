/* SPDX-License-Identifier: Apache-2.0 */
/* The two-way table of a blueprint: knowledge points down, cognitive levels across, how many items in each
 * cell; out as CSV, and in again as a teacher edited it in a spreadsheet. It holds the cells that ask for
 * nothing else: no kinds, no attributes, no weight. */
#ifndef KAOCHANG_ENGINE_TWO_WAY_H
#define KAOCHANG_ENGINE_TWO_WAY_H

#include "engine/blueprint/blueprint.h"
#include "paperbank/bank/bank.h"

enum { TWO_WAY_MAX_BYTES = 1 << 20, TWO_WAY_MAX_ROWS = 5000, TWO_WAY_MAX_COLUMNS = 64 };

struct two_way_limits {
    bool asked;
    int64_t min, max; /* INT64_MAX: open */
};

struct two_way {
    struct arena *arena;
    struct two_way_row {
        const char *code, *title; /* code NULL: all knowledge points; title "" */
    } * row;
    size_t n_rows;
    struct blueprint_list *column; /* of cognitive levels; empty: all of them */
    size_t n_columns;
    struct two_way_limits *cell; /* row by row */
};

/* Rows: the first level of the tree (n_points may be 0) and what the cells name, in the order of the tree,
 * then all together. Columns: the six levels, groups of them that cells name, all together. */
struct two_way *two_way_of(const struct blueprint *b, const struct knowledge_point *point, size_t n_points);
void two_way_free(struct two_way *t); /* NULL is fine */

/* "2..5", "4", "2..", "..5"; "" where nothing is asked. */
const char *two_way_limits_text(struct arena *a, const struct two_way_limits *l);
/* Headings and rows as people read them: "记忆", "[1.2] Folders". */
const char *two_way_heading(struct arena *a, const struct blueprint_list *levels);
const char *two_way_row_name(struct arena *a, const struct two_way_row *row);

/* With a byte order mark; a cell is never what a spreadsheet takes for a date, nor a code for a number. */
void two_way_csv(const struct two_way *t, struct bytes *out);
/* Reads such a table: headings in English or in the user's language, in any order; limits also as "2-5",
 * "2~5", "≥2", "<=5". ERR_DATA with file, line and column. */
MUST_CHECK int two_way_read(struct two_way **ret, const char *name, struct span csv, struct err *e);

/* The blueprint `xml`, which b was read from, with the cells of t in place of its own of this sort; all else
 * stays as it was written, comments too. ERR_DATA where cells are written with a prefix. */
MUST_CHECK int two_way_put(const struct two_way *t, const struct blueprint *b, struct span xml,
                           struct bytes *out, struct err *e);
/* Is this cell one of the table? */
bool two_way_holds(const struct blueprint_rule *r);

#endif
