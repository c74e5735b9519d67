/* SPDX-License-Identifier: Apache-2.0 */
/* A picture in the body of an item: characters where they show something, and always its words. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/body-writer.h"
#include "client/screens/pictures.h"

/* On a wide screen a picture may be higher. */
enum { ROWS_LEAST = 12, ROWS_MOST = 36, COLUMNS_PER_ROW = 5 };

static int most_rows(int columns)
{
    int rows = columns / COLUMNS_PER_ROW;
    return rows < ROWS_LEAST ? ROWS_LEAST : rows > ROWS_MOST ? ROWS_MOST : rows;
}

/* Its length without what is blank at the end. */
static size_t row_length(const struct picture_cells *c, int row)
{
    size_t n = (size_t)c->columns;
    while (n > 0 && c->cell[(size_t)row * (size_t)c->columns + n - 1] == ' ')
        n--;
    return n;
}

/* Blank rows above and below show nothing. */
static void write_cells(struct body_writer *w, const struct picture_cells *c)
{
    int first = 0, end = c->rows;
    while (first < end && row_length(c, first) == 0)
        first++;
    while (end > first && row_length(c, end - 1) == 0)
        end--;
    body_flush(w);
    for (int row = first; row < end; row++) {
        size_t n = row_length(c, row);
        const char *cells = c->cell + (size_t)row * (size_t)c->columns;
        sheet_verbatim(w->sheet, w->indent, LOOK_TEXT, n ? cells : " ", n ? n : 1);
    }
}

void body_picture(struct body_writer *w, const struct item_node *n)
{
    int columns = w->sheet->width - w->indent - w->margin;
    const struct question *q = w->question;
    const struct picture_cells *c =
        pictures_show(q->pictures, q->item, n, columns, most_rows(w->sheet->width));
    char *words =
        n->text && *n->text ? mem_printf(_("[picture: %s]"), n->text) : mem_strdup(_("[picture]"));
    if (c)
        write_cells(w, c);
    sheet_text(w->sheet, LOOK_QUIET, words);
    if (c)
        body_flush(w);
    free(words);
}
