/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the kinds of checks of sheets: where a rule points, and how a fact is told. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_KINDS_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_KINDS_H

#include "scoring/practical/fact.h"
#include "scoring/practical/formula/value.h"
#include "scoring/practical/sheet/model.h"

enum { SHEET_MAX_LOOKED_AT = 100 * 1000 }; /* cells of one range */

/* Where a rule points. A book's kinds have sheet NULL; a sheet's kinds range.row 0. */
struct sheet_where {
    const struct workbook *book;
    const struct sheet *sheet;
    struct sheet_range range; /* of one cell: that cell */
    bool whole;               /* range is whole rows or columns, cut to what is used */
};

enum sheet_need { NEED_BOOK, NEED_SHEET, NEED_CELL, NEED_RANGE };

/* Reads the locators "sheet" (a name, or a number from 1; absent: the one that `cell` names, else the first),
 * "cell", "range", "row", "row-text", "column", "column-text" and "name". 0: *w is there. 1: what they name
 * is not there; *ret says so. ERR_DATA: they make no sense. With NEED_CELL a range stands for its first cell;
 * a place that is not told is an error. */
MUST_CHECK int sheet_locate(const struct check_target *t, const struct locator *at, enum sheet_need need,
                            struct arena *a, struct sheet_where *w, struct fact *ret, struct err *e);
/* Is that the kind's name behind "sheet."? */
bool sheet_kind_is(const struct check_target *t, const char *name);
/* "xl/worksheets/sheet1.xml, 成绩表!B3" */
const char *sheet_place(const struct sheet_where *w, struct arena *a);

/* ---- facts; each returns 0 so that it can end a function. Texts must outlive the arena's users: the book's
 * or the arena's. ---- */
int fact_absent(struct fact *ret, const char *place, const char *why);
int fact_unknown(struct fact *ret, const char *place, const char *why);
int fact_text_of(struct fact *ret, const char *place, enum fact_type type, const char *text);
int fact_integer_of(struct fact *ret, const char *place, enum fact_type type, int64_t value);
int fact_number_of(struct fact *ret, const char *place, double value);
int fact_list_of(struct fact *ret, const char *place, const char **item, size_t n);

/* ---- lists that grow in an arena ---- */
struct text_list {
    const char **item;
    size_t n, room;
};
void text_list_add(struct text_list *l, struct arena *a, const char *text);

/* ---- cells ---- */
/* What the cell holds, as the file says it: type, number, text. */
struct formula_value sheet_stored_value(const struct sheet_cell *c);
/* The value as a person would type it: numbers in up to 15 digits, TRUE, #N/A, a date as 2024-09-01. */
const char *sheet_value_text(const struct workbook *w, const struct sheet_cell *c, struct arena *a);
/* Is the number of this cell shown as a date or a time? */
bool sheet_is_date(const struct workbook *w, const struct sheet *s, const struct sheet_cell *c, uint32_t row,
                   uint32_t column, struct arena *a);
/* "2024-09-01", "2024-09-01 08:30:00", "08:30:00" */
const char *sheet_date_text(double serial, bool date1904, struct arena *a);

/* Does text stand in `hay`, after NFKC and without white space? Both are normalised once by the caller. */
char *sheet_squeezed(struct arena *a, const char *text);

/* ---- results (evaluate.c) ---- */
/* The result of a formula, or the value of a cell without one: cached where it may be trusted, else computed;
 * *ret_how says which ("", "cached", "computed: …"). `with` NULL, or numbers put into cells before:
 * "C3=70;D3=80". -ERR_NO: cannot be told, e->what says why. ERR_DATA: `with` makes no sense. */
MUST_CHECK int sheet_result(const struct workbook *w, const struct sheet *s, uint32_t row, uint32_t column,
                            const char *with, struct arena *a, struct formula_value *ret,
                            const char **ret_how, struct err *e);
/* The evaluator that a book keeps from one result to the next; NULL is fine. */
void sheet_computed_free(struct sheet_computed *c);

/* "C3:D6 cellIs lessThan 60" */
const char *sheet_condition_text(const struct sheet_condition *c, struct arena *a);
/* "bar/column, title 成绩对比, series C,D, categories B3:B6, legend bottom" */
const char *sheet_chart_text(const struct sheet_chart *c, struct arena *a);

/* ---- functions of kinds ---- */
fact_fn sheet_book_kind, sheet_sheet_kind, sheet_exists_kind, sheet_position_kind;
fact_fn sheet_text_kind, sheet_number_kind, sheet_boolean_kind, sheet_error_kind, sheet_date_kind,
    sheet_type_kind, sheet_shown_kind, sheet_values_kind, sheet_rows_kind, sheet_row_of_kind,
    sheet_column_of_kind;
fact_fn sheet_formula_kind, sheet_formula_equals_kind, sheet_has_formula_kind, sheet_functions_kind,
    sheet_uses_function_kind, sheet_reference_kind, sheet_filled_kind, sheet_result_kind,
    sheet_result_text_kind, sheet_result_with_kind, sheet_result_text_with_kind;
fact_fn sheet_style_kind, sheet_border_kind, sheet_border_color_kind;
fact_fn sheet_merged_kind, sheet_merges_kind, sheet_merge_of_kind, sheet_merge_center_kind, sheet_width_kind,
    sheet_height_kind, sheet_row_hidden_kind, sheet_column_hidden_kind, sheet_outline_kind;
fact_fn sheet_sorted_kind, sheet_filter_kind, sheet_criterion_kind, sheet_visible_kind,
    sheet_visible_values_kind, sheet_advanced_kind, sheet_subtotals_kind, sheet_subtotal_functions_kind;
fact_fn sheet_condition_kind, sheet_condition_color_kind, sheet_condition_count_kind, sheet_validation_kind;
fact_fn sheet_link_kind, sheet_comment_kind, sheet_comment_count_kind, sheet_table_kind,
    sheet_table_flag_kind, sheet_name_kind, sheet_pivot_kind, sheet_pivot_fields_kind;
fact_fn sheet_chart_text_kind, sheet_chart_list_kind, sheet_chart_flag_kind, sheet_chart_count_kind,
    sheet_chart_number_kind, sheet_chart_color_kind;
fact_fn sheet_page_text_kind, sheet_page_length_kind, sheet_page_number_kind, sheet_page_flag_kind;

/* For the rule maker. */
void sheet_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context);

#endif
