/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the docx reader: a table while it is read. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_DOCX_TABLE_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_DOCX_TABLE_H

#include "scoring/practical/word/docx-internal.h"

struct docx_table {
    struct docx *x;
    struct word_table *table;
    const struct docx_style *chain[12]; /* of its style, farthest first */
    size_t n_chain;
    uint32_t row_band, col_band, n_rows, column;
    bool first_row, last_row, first_col, last_col, bands_h, bands_v;
    uint8_t own_borders;
    struct docx_cell_look look; /* of the whole table: the style's, then its own */
};

void docx_cell_read(struct docx_table *t, node *n, struct word_row *r); /* docx-cell.c */

#endif
