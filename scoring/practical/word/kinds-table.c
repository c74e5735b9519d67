/* SPDX-License-Identifier: Apache-2.0 */
/* Tables (W36–W42); their lines are in kinds-paragraph.c. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/kinds.h"

static const struct word_cell *in_column(const struct word_row *r, uint32_t column)
{
    for (const struct word_cell *c = r->first; c; c = c->next)
        if (column >= c->column && column < c->column + c->span)
            return c->covered ? NULL : c;
    return NULL;
}

static int give_column_texts(struct word_ask *q, const struct word_table *t, const char *place)
{
    struct word_items items = {0};
    int64_t column = locator_index(q->at, "column", 1);
    if (column < 0)
        return word_bad_locator(q, "column");
    for (const struct word_row *r = t->first; r; r = r->next) {
        const struct word_cell *c = in_column(r, (uint32_t)(column - 1));
        if (c)
            word_item_add(&items, q->a, text_trim(q->a, word_flow_text(&c->flow, q->a)));
    }
    return word_give_list(q, items.item, items.n, place);
}

static int give_column_width(struct word_ask *q, const struct word_table *t, const char *place)
{
    int64_t column = locator_index(q->at, "column", 1);
    if (column < 0)
        return word_bad_locator(q, "column");
    for (const struct word_row *r = t->first; r; r = r->next) {
        const struct word_cell *c = in_column(r, (uint32_t)(column - 1));
        if (c && c->span == 1 && c->width > 0)
            return word_give(q, FACT_LENGTH, c->width, word_cell_place(c, q->a));
    }
    if (column > t->n_columns || !t->column)
        return word_give_absent(q, place, arena_printf(q->a, "the table has %u columns", t->n_columns));
    return word_give(q, FACT_LENGTH, t->column[column - 1], place);
}

static int give_width(struct word_ask *q, const struct word_table *t, const char *place)
{
    int64_t sum = 0;
    for (uint32_t i = 0; t->column && i < t->n_columns; i++)
        sum += t->column[i];
    if (t->width_percent)
        return word_give(q, FACT_RATIO, t->width_percent, place);
    return word_give(q, FACT_LENGTH, t->width ? t->width : sum, place);
}

int word_table_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_table *table;
    if (word_is(&q, "word.tables"))
        return word_give(&q, FACT_INTEGER, (int64_t)q.d->n_tables, q.d->part);
    int r = word_find_table(&q, &table);
    if (r < 1)
        return r;
    const char *place = word_table_place(table, a);
    if (word_is(&q, "word.table-rows"))
        return word_give(&q, FACT_INTEGER, table->n_rows, place);
    if (word_is(&q, "word.table-columns"))
        return word_give(&q, FACT_INTEGER, table->n_columns, place);
    if (word_is(&q, "word.table-align"))
        return word_give_text(&q, FACT_TOKEN, table->align, place);
    if (word_is(&q, "word.table-style"))
        return word_give_text(&q, FACT_TOKEN, table->style ? table->style : "none", place);
    if (word_is(&q, "word.table-width"))
        return give_width(&q, table, place);
    if (word_is(&q, "word.table-column-width"))
        return give_column_width(&q, table, place);
    return give_column_texts(&q, table, place);
}

int word_row_kind(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_row *row;
    int r = word_find_row(&q, &row);
    if (r < 1)
        return r;
    const char *place = arena_printf(a, "%s, row %u", word_table_place(row->table, a), row->number);
    if (word_is(&q, "word.row-height-rule"))
        return word_give_text(&q, FACT_TOKEN, row->height_rule, place);
    if (word_is(&q, "word.header-row"))
        return word_give(&q, FACT_BOOL, row->header, place);
    if (word_is(&q, "word.row-may-break"))
        return word_give(&q, FACT_BOOL, row->may_break, place);
    return row->height ? word_give(&q, FACT_LENGTH, row->height, place)
                       : word_give_absent(&q, place, "the height is automatic");
}

static bool in_cell(const struct word_paragraph *p, const struct word_cell *c)
{
    for (const struct word_flow *f = &p->block.flow[0]; f->cell; f = f->cell->row->table->block.flow)
        if (f->cell == c)
            return true;
    return false;
}

static const char *formula_of(const struct word_document *d, const struct word_cell *c)
{
    if (c->formula)
        return c->formula;
    for (const struct word_field *f = d->field; f; f = f->next)
        if (f->name[0] == '=' && f->at && in_cell(f->at, c))
            return f->instruction;
    return NULL;
}

int word_cell_kind(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_cell *c;
    int r = word_find_cell(&q, &c);
    if (r < 1)
        return r;
    const char *place = word_cell_place(c, a), *formula;
    if (word_is(&q, "word.cell-text"))
        return word_give_text(&q, FACT_TEXT, word_flow_text(&c->flow, a), place);
    if (word_is(&q, "word.cell-vertical-align"))
        return word_give_text(&q, FACT_TOKEN, c->valign, place);
    if (word_is(&q, "word.cell-shading"))
        return word_give(&q, FACT_COLOR, c->shading, place);
    if (word_is(&q, "word.cell-span"))
        return word_give(&q, FACT_INTEGER, c->span, place);
    if (word_is(&q, "word.cell-row-span"))
        return word_give(&q, FACT_INTEGER, c->row_span, place);
    formula = formula_of(q.d, c);
    return formula ? word_give_text(&q, FACT_TEXT, formula, place)
                   : word_give_absent(&q, place, "there is no formula in the cell");
}
