/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx.*: a workbook as the library openpyxl shows it. cand.xlsx.*: what a person sees, of xlsx and ods
 * alike. */
#include <string.h>

#include "cli/score/facts-sheet.h"
#include "scoring/practical/sheet/serial.h"

enum about { ABOUT_BOOK, ABOUT_SHEET, ABOUT_CELL };

/* "成绩表!B3": the last "!" parts them. */
static bool find_cell(struct asked *q, const char *text)
{
    const char *mark = strrchr(text, '!');
    if (!mark || !sheet_reference_cell(mark + 1, &q->row, &q->column))
        return false;
    q->s = workbook_sheet(q->w, arena_strndup(q->a, text, (size_t)(mark - text)));
    q->c = q->s ? sheet_cell_at(q->s, q->row, q->column) : NULL;
    return q->s != NULL;
}

static int ask_of(struct facts_file *f, const json_t *locator, enum about about, ask_fn *answer,
                  json_t **ret_value, struct err *e)
{
    void *document;
    const char *text = json_is_string(locator) ? json_string_value(locator) : "";
    int r = facts_document(f, &sheet_family, &document, e);
    if (r < 0)
        return r;
    struct asked q = {.w = document, .a = arena_new()};
    bool there = true;
    if (about == ABOUT_CELL)
        there = find_cell(&q, text);
    else if (about == ABOUT_SHEET)
        there = (q.s = workbook_sheet(q.w, text)) != NULL;
    if (there)
        *ret_value = answer(&q);
    arena_free(q.a);
    return 0;
}

static json_t *number_json(double v)
{
    if (v > -9e15 && v < 9e15 && v == (double)(json_int_t)v)
        return json_integer((json_int_t)v);
    return json_real(v);
}

/* ---- values ---- */

json_t *facts_sheet_value_json(const struct formula_value *v)
{
    switch (v->kind) {
    case VALUE_NUMBER:
        return number_json(v->number);
    case VALUE_TEXT:
        return json_string(v->text);
    case VALUE_BOOL:
        return json_boolean(v->truth);
    case VALUE_ERROR:
        return json_string(formula_error_text(v->error));
    default:
        return json_null();
    }
}

static json_t *stored(const struct asked *q)
{
    struct formula_value v = sheet_stored_value(q->c);
    return facts_sheet_value_json(&v);
}

static json_t *formula_written(const struct asked *q)
{
    const char *text = sheet_formula_text(q->w, q->c, q->row, q->column, q->a);
    return text ? json_string(arena_printf(q->a, "=%s", text)) : json_null();
}

static json_t *value(const struct asked *q)
{
    return q->c && q->c->formula ? formula_written(q) : stored(q);
}

static json_t *date_value(const struct asked *q)
{
    struct serial_moment m;
    if (!q->c || (q->c->type != CELL_NUMBER && q->c->type != CELL_DATE) ||
        !serial_to_moment(q->c->value.number, q->w->date1904, &m))
        return json_null();
    const char *fraction = m.millisecond ? arena_printf(q->a, ".%03d000", m.millisecond) : "";
    const char *day = arena_printf(q->a, "%04d-%02d-%02d", m.year, m.month, m.day);
    const char *time = arena_printf(q->a, "%02d:%02d:%02d%s", m.hour, m.minute, m.second, fraction);
    if (q->c->flags & CELL_ISO_DATE)
        return json_string(day);
    if ((q->c->flags & CELL_ISO_TIME) || (q->c->type == CELL_NUMBER && q->c->value.number < 1))
        return json_string(time);
    return json_string(arena_printf(q->a, "%sT%s", day, time));
}

/* ---- looks ---- */

static const struct sheet_style *own_style(const struct asked *q)
{
    return &q->w->style[q->c ? q->c->style : 0];
}

static json_t *font(const struct asked *q)
{
    const struct sheet_font *f = own_style(q)->font;
    json_t *o = json_object();
    json_object_set_new(o, "name", json_string(f->name));
    json_object_set_new(o, "size", json_real(f->size));
    json_object_set_new(o, "bold", json_boolean(f->bold));
    return o;
}

static json_t *number_format(const struct asked *q)
{
    return json_string(own_style(q)->number_format);
}

/* openpyxl has no built-in formats of Chinese, 5 to 8 without backslashes, and 44 without its semicolons. */
static json_t *openpyxl_format(const struct asked *q)
{
    static const char *const dollars[] = {
        "\"$\"#,##0_);(\"$\"#,##0)", "\"$\"#,##0_);[Red](\"$\"#,##0)", "\"$\"#,##0.00_);(\"$\"#,##0.00)",
        "\"$\"#,##0.00_);[Red](\"$\"#,##0.00)"};
    int id = own_style(q)->builtin;
    if (id >= 5 && id <= 8)
        return json_string(dollars[id - 5]);
    if ((id >= 23 && id <= 36) || id >= 50)
        return json_string("General");
    if (id == 44)
        return json_string("_(\"$\"* #,##0.00_)_(\"$\"* \\(#,##0.00\\)_(\"$\"* \"-\"??_)_(@_)");
    return number_format(q);
}

static json_t *halign(const struct asked *q)
{
    return json_string(own_style(q)->horizontal);
}

static json_t *fill_rgb(const struct asked *q)
{
    const struct sheet_fill *f = own_style(q)->fill;
    const struct sheet_color *c = &f->color;
    if (c->kind == COLOR_NONE && strcmp(f->pattern, "solid") == 0)
        return json_string("00000000");
    return c->kind == COLOR_RGB ? json_string(arena_printf(q->a, "%08X", c->argb)) : json_null();
}

static json_t *font_size(const struct asked *q)
{
    return number_json(own_style(q)->font->size);
}

static json_t *bold(const struct asked *q)
{
    return json_boolean(own_style(q)->font->bold);
}

/* ---- the book ---- */

static json_t *sheet_names(const struct asked *q)
{
    json_t *list = json_array();
    for (size_t i = 0; i < q->w->n_sheets; i++)
        json_array_append_new(list, json_string(q->w->sheet[i].name));
    return list;
}

static json_t *date1904(const struct asked *q)
{
    return json_boolean(q->w->date1904);
}

/* ---- a sheet ---- */

static json_t *chart_types(const struct asked *q)
{
    json_t *list = json_array();
    for (size_t i = 0; i < q->s->n_charts; i++)
        json_array_append_new(list, json_string(q->s->chart[i].element));
    return list;
}

/* The first five that have a width; to four places, by the letter of their first column. */
static json_t *col_width(const struct asked *q)
{
    enum { USUAL_WIDTH = 13 };
    json_t *o = json_object();
    for (size_t i = 0; i < q->s->n_columns && json_object_size(o) < 5; i++) {
        const struct sheet_column *c = &q->s->column[i];
        if (c->width == 0)
            continue;
        const char *rounded = arena_printf(q->a, "%.4f", c->width < 0 ? USUAL_WIDTH : c->width);
        json_object_set_new(o, reference_column_name(q->a, c->first), json_real(strtod(rounded, NULL)));
    }
    return o;
}

static json_t *tables(const struct asked *q)
{
    json_t *o = json_object();
    for (size_t i = 0; i < q->s->n_tables; i++)
        json_object_set_new(o, q->s->table[i].name,
                            json_string(reference_range_name(q->a, &q->s->table[i].range)));
    return o;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **facts_sheet_merge_names(const struct asked *q)
{
    const char **name = arena_array(q->a, q->s->n_merges, sizeof *name);
    for (size_t i = 0; i < q->s->n_merges; i++)
        name[i] = reference_range_name(q->a, &q->s->merge[i]);
    qsort(name, q->s->n_merges, sizeof *name, by_text);
    return name;
}

static json_t *merged(const struct asked *q)
{
    const char **name = facts_sheet_merge_names(q);
    json_t *list = json_array();
    for (size_t i = 0; i < q->s->n_merges; i++)
        json_array_append_new(list, json_string(name[i]));
    return list;
}

/* The entry of those ranges in a list of [ranges, [types]], new where there is none. */
static json_t *types_of(json_t *list, const char *ranges)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *entry = json_array_get(list, i);
        if (strcmp(json_string_value(json_array_get(entry, 0)), ranges) == 0)
            return json_array_get(entry, 1);
    }
    json_t *types = json_array();
    json_array_append_new(list, json_pack("[s, o]", ranges, types));
    return types;
}

static json_t *cond_format(const struct asked *q)
{
    json_t *list = json_array();
    for (size_t i = 0; i < q->s->n_conditions; i++) {
        const struct sheet_condition *c = &q->s->condition[i];
        if (!c->x14)
            json_array_append_new(types_of(list, c->ranges), json_string(c->type));
    }
    return list;
}

static json_t *freeze(const struct asked *q)
{
    if (q->s->pane_row)
        return json_string(reference_cell_name(q->a, q->s->pane_row, q->s->pane_column));
    return json_null();
}

static json_t *autofilter(const struct asked *q)
{
    const struct sheet_range *r = &q->s->filter.range;
    return r->row ? json_string(reference_range_name(q->a, r)) : json_null();
}

/* ---- the table ---- */

static int ask_sheet_names(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_BOOK, sheet_names, ret_value, e);
}

static int ask_date1904(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_BOOK, date1904, ret_value, e);
}

static int ask_value(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, value, ret_value, e);
}

static int ask_stored(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, stored, ret_value, e);
}

static int ask_date_value(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, date_value, ret_value, e);
}

static int ask_formula_written(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, formula_written, ret_value, e);
}

static int ask_font(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, font, ret_value, e);
}

static int ask_openpyxl_format(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, openpyxl_format, ret_value, e);
}

static int ask_number_format(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, number_format, ret_value, e);
}

static int ask_halign(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, halign, ret_value, e);
}

static int ask_fill_rgb(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, fill_rgb, ret_value, e);
}

static int ask_chart_types(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, chart_types, ret_value, e);
}

static int ask_col_width(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, col_width, ret_value, e);
}

static int ask_tables(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, tables, ret_value, e);
}

static int ask_merged(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, merged, ret_value, e);
}

static int ask_cond_format(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, cond_format, ret_value, e);
}

static int ask_freeze(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, freeze, ret_value, e);
}

static int ask_autofilter(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, autofilter, ret_value, e);
}

static int ask_seen_type(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, facts_sheet_type, ret_value, e);
}

static int ask_seen_formula(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, facts_sheet_formula, ret_value, e);
}

static int ask_result(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, facts_sheet_result, ret_value, e);
}

static int ask_seen_merged(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, facts_sheet_merged, ret_value, e);
}

static int ask_font_size(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, font_size, ret_value, e);
}

static int ask_bold(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_CELL, bold, ret_value, e);
}

static int ask_seen_freeze(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, facts_sheet_freeze, ret_value, e);
}

static int ask_conditions(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, facts_sheet_conditions, ret_value, e);
}

static int ask_charts(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    return ask_of(f, locator, ABOUT_SHEET, facts_sheet_charts, ret_value, e);
}

const struct facts_row facts_sheet[] = {
    {"xlsx.sheet_names", ask_sheet_names},
    {"xlsx.date1904", ask_date1904},
    {"xlsx.value", ask_value},
    {"xlsx.cached_value", ask_stored},
    {"xlsx.date_value", ask_date_value},
    {"xlsx.formula", ask_formula_written},
    {"xlsx.font", ask_font},
    {"xlsx.number_format", ask_openpyxl_format},
    {"xlsx.halign", ask_halign},
    {"xlsx.fill_rgb", ask_fill_rgb},
    {"xlsx.chart_types", ask_chart_types},
    {"xlsx.col_width", ask_col_width},
    {"xlsx.tables", ask_tables},
    {"xlsx.merged", ask_merged},
    {"xlsx.cond_format", ask_cond_format},
    {"xlsx.freeze", ask_freeze},
    {"xlsx.autofilter", ask_autofilter},
    {"cand.xlsx.sheet_names", ask_sheet_names},
    {"cand.xlsx.value", ask_stored},
    {"cand.xlsx.value_type", ask_seen_type},
    {"cand.xlsx.formula", ask_seen_formula},
    {"cand.xlsx.result", ask_result},
    {"cand.xlsx.number_format", ask_number_format},
    {"cand.xlsx.merged", ask_seen_merged},
    {"cand.xlsx.halign", ask_halign},
    {"cand.xlsx.font_size", ask_font_size},
    {"cand.xlsx.bold", ask_bold},
    {"cand.xlsx.autofilter", ask_autofilter},
    {"cand.xlsx.freeze", ask_seen_freeze},
    {"cand.xlsx.cf", ask_conditions},
    {"cand.xlsx.chart", ask_charts},
    {0},
};
