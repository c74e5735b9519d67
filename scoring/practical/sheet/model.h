/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook as a person sees it: what the readers of xlsx and ods fill, and what kinds of checks ask.
 * Sparse: a cell takes 24 bytes, repeated rows and columns are runs, and nothing is as large as a file says
 * it is.
 *
 * Rows and columns count from 1. Lengths are EMU (fact.h). Colours are 0xRRGGBB, or -1: automatic as text,
 * none as a fill. Texts are UTF-8 in the book's arena, "" rather than NULL unless said. Ranges within a sheet
 * are struct sheet_range; text that names ranges ("sqref") is in A1 form without $ and sheet. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_MODEL_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "scoring/practical/sheet/reference.h"

/* Limits of a book; FAULT_LIMIT beyond. */
enum {
    SHEET_MAX_CELLS = 600 * 1000, /* stored, in all sheets */
    SHEET_MAX_MEMORY = 14 << 20,  /* of the arena */
    SHEET_MAX_SHEETS = 1024,
    SHEET_MAX_STYLES = 65535,
};

/* ---- styles ---- */

enum sheet_color_kind { COLOR_NONE, COLOR_AUTO, COLOR_RGB, COLOR_THEME, COLOR_INDEXED };
struct sheet_color {
    enum sheet_color_kind kind; /* as the file says it */
    int32_t rgb;                /* what is seen; -1 */
    uint32_t argb;              /* of COLOR_RGB, as written */
    int theme;                  /* of COLOR_THEME: index in the theme; of COLOR_INDEXED: the index */
};

struct sheet_font {
    const char *name;      /* of Latin text, and of Chinese text in xlsx */
    const char *name_asia; /* ods tells it apart; else the same as name */
    double size;           /* points */
    bool bold, italic, strike;
    const char *underline; /* "none" "single" "double" "singleAccounting" "doubleAccounting" */
    const char *script;    /* "baseline" "superscript" "subscript" */
    struct sheet_color color;
};
struct sheet_fill {
    const char *pattern;       /* "none" "solid" "gray125" … "gradient" */
    struct sheet_color color;  /* what covers the cell: fgColor of solid, bgColor in a dxf */
    struct sheet_color behind; /* the other one of a pattern */
};
enum sheet_edge { EDGE_LEFT, EDGE_RIGHT, EDGE_TOP, EDGE_BOTTOM, EDGE_DIAGONAL, EDGE_COUNT };
struct sheet_line {
    const char *style; /* "none" "thin" "medium" "thick" "double" "dashed" "dotted" "hair" … */
    struct sheet_color color;
};
struct sheet_border {
    struct sheet_line edge[EDGE_COUNT];
};
struct sheet_style {
    const char *number_format; /* a format code in Excel's English form: "General" "0.00" "yyyy\-mm\-dd" */
    const struct sheet_font *font; /* these three are never NULL */
    const struct sheet_fill *fill;
    const struct sheet_border *border;
    const char *horizontal; /* "general" "left" "center" "right" "fill" "justify" "centerContinuous"
                               "distributed" */
    const char *vertical;   /* "top" "center" "bottom" "justify" "distributed" */
    const char *name;       /* of the named style it stands on: "Normal" "常规" "好"; "" */
    int16_t rotation;       /* degrees, 255: upright letters one below the other */
    uint8_t indent;
    bool wrap, shrink, locked, hidden;
    int16_t builtin; /* xlsx: the number_format is the built-in one of this number; -1 */
};

/* ---- cells ---- */

struct sheet_run {
    const char *text;
    const struct sheet_font *font; /* NULL: the cell's */
};
struct sheet_text {
    const char *text;
    const struct sheet_run *run; /* where parts differ in font; else none */
    size_t n_runs;
};

enum sheet_type { CELL_EMPTY, CELL_NUMBER, CELL_TEXT, CELL_BOOL, CELL_ERROR, CELL_DATE };
enum sheet_flag {
    CELL_NO_RESULT = 1, /* has a formula and no value is stored with it */
    CELL_ISO_DATE = 2,  /* CELL_DATE that names only a day … */
    CELL_ISO_TIME = 4,  /* … or only a time */
};
struct sheet_cell {
    uint32_t row;                 /* first of its run (struct sheet_row) */
    uint16_t column, last_column; /* a run of equal cells */
    uint32_t formula;             /* index into book->formula; 0: none */
    uint16_t style;               /* index into book->style */
    uint8_t type, flags;          /* enum sheet_type, enum sheet_flag */
    union {
        double number;                 /* NUMBER, DATE (serial of the book's date system), BOOL (0, 1) */
        const struct sheet_text *text; /* TEXT, ERROR ("#N/A") */
    } value;
};

enum sheet_formula_kind { FORMULA_NORMAL, FORMULA_SHARED, FORMULA_ARRAY, FORMULA_DATA_TABLE };
struct sheet_formula {
    const char *text; /* without the leading "=" in xlsx; as written in ods: "of:=SUM([.C3:.D3])" */
    bool odf;         /* which of the two dialects */
    enum sheet_formula_kind kind;
    uint32_t row, column;     /* the cell that the text is written for */
    struct sheet_range range; /* of SHARED and ARRAY */
};

struct sheet_row {
    uint32_t first, last; /* a run of equal rows */
    size_t cell, n_cells; /* in sheet->cell; set by sheet_finish */
    int64_t height;       /* EMU; -1: default */
    uint16_t style;       /* of its empty cells; 0 none */
    uint8_t outline;
    bool hidden, filtered; /* filtered: hidden by a filter, where the file says so (ods) */
    bool collapsed, custom_height, has_style;
};
struct sheet_column {
    uint16_t first, last;
    double
        width; /* stored unit of xlsx: characters of 7 px with 5 px added; ods: length / (7 px); -1 default */
    uint16_t style;
    uint8_t outline;
    bool hidden, custom, collapsed, has_style;
};

/* ---- what else a sheet holds ---- */

struct sheet_criterion {
    uint32_t column; /* from 1, within the filter's range */
    /* "values" "top10" "bottom10" "aboveAverage" "belowAverage" "color" "blank" "notBlank", or
     * "custom": conditions joined by `and` */
    const char *kind;
    const char **value; /* values; or of custom: "greaterThanOrEqual 60" */
    size_t n_values;
    bool all;    /* custom: both must hold; else one of them */
    double rank; /* of top10 and bottom10 */
    bool percent;
};
struct sheet_filter {
    struct sheet_range range; /* row 0: there is none */
    const struct sheet_criterion *criterion;
    size_t n;
};
struct sheet_condition {
    const char *ranges;    /* "C3:D6 F1" */
    const char *type;      /* "cellIs" "expression" "top10" "dataBar" "colorScale" "iconSet" "containsText"
                              "duplicateValues" "uniqueValues" "aboveAverage" "timePeriod" "beginsWith" … */
    const char *operator_; /* "lessThan" …; "" */
    const char *formula[3];
    const char *text; /* of containsText and the like; the name of an icon set; "" */
    int32_t priority;
    double rank;                            /* of top10; else 0 */
    bool bottom, percent, below, stop, x14; /* below: of aboveAverage; x14: from an extension list */
    const struct sheet_style *format; /* what it changes; NULL: nothing. font->size 0, name "": unchanged */
    bool sets_bold, sets_italic;
    struct sheet_color bar; /* of a data bar; the first colour of a scale */
};
struct sheet_validation {
    const char *ranges;
    const char *type;      /* "list" "whole" "decimal" "date" "time" "textLength" "custom" "none" */
    const char *operator_; /* "between" "notBetween" "equal" … */
    const char *formula1, *formula2;
    const char *error_style; /* "stop" "warning" "information" */
    const char *prompt_title, *prompt, *error_title, *error;
    bool allow_blank, dropdown, show_prompt, show_error;
};
struct sheet_link {
    struct sheet_range range;
    const char *target;   /* address outside; "" */
    const char *location; /* within a book: "Sheet2!A1"; "" */
    const char *tip;
};
struct sheet_comment {
    uint32_t row, column;
    const char *author, *text;
};
struct sheet_table {
    const char *name, *style; /* "TableStyleMedium2"; "" */
    struct sheet_range range;
    const char **column;
    const char **total; /* per column "sum" "average" …; "" */
    size_t n_columns;
    bool header, totals, row_stripes, column_stripes, first_column, last_column;
    struct sheet_filter filter;
};

/* ---- charts ---- */

struct sheet_series {
    const char *name;     /* as seen; "" */
    const char *name_ref; /* "成绩表!C2": without $, sheet unquoted where it may be; "" when typed */
    const char *values, *categories; /* references likewise; "" */
    const char *type; /* of its group: "bar" "column" "line" "pie" "doughnut" "area" "scatter" "radar"
                         "bubble" "stock" "surface" "ofPie" */
    bool labels, trendline, secondary;
    int32_t color; /* of its fill or line; -1 automatic */
};
struct sheet_chart {
    const char *element;  /* of the first group, with a capital: "BarChart" "Pie3DChart" (openpyxl's words) */
    const char *type;     /* as in series; "combo" where groups differ */
    const char *grouping; /* "clustered" "stacked" "percentStacked" "standard"; "" */
    bool three_d;
    const struct sheet_series *series;
    size_t n_series;
    const char *title, *category_title, *value_title; /* NULL: none is shown */
    const char *legend; /* "right" "bottom" "top" "left" "topRight"; NULL: none */
    bool label_value, label_percent, label_category, label_series;
    const char *label_position; /* "outEnd" …; "" */
    bool gridlines_value, gridlines_category, gridlines_minor;
    struct sheet_range anchor;            /* cells it covers; row 0: a chart sheet */
    double axis_min, axis_max, axis_unit; /* of the value axis; NaN: automatic */
    const char *part;                     /* for evidence */
    int style;
};

struct sheet_pivot_data {
    const char *field, *name; /* the column it is over; the caption */
    const char *function;     /* "sum" "count" "average" "max" "min" "product" "countNums" … */
};
struct sheet_pivot {
    const char *name;
    struct sheet_range location;
    const char *source;                 /* "成绩表!A2:F30", or a name */
    const char **row, **column, **page; /* names of fields; "Σ values" stands for -2 */
    size_t n_rows, n_columns, n_pages;
    const struct sheet_pivot_data *data;
    size_t n_data;
    const char *part;
};

struct sheet_page {
    int64_t width, height; /* of the paper, as it lies; 0 unknown */
    int paper;             /* code of xlsx: 9 is A4; 0 unknown */
    bool landscape, has_setup;
    int scale;                                                      /* %; 0 when fitted */
    int fit_width, fit_height;                                      /* pages; 0: not fitted so */
    int64_t left, right, top, bottom, header_margin, footer_margin; /* -1: not told */
    bool center_h, center_v, print_gridlines, print_headings;
    /* left, centre, right; codes as in xlsx: &P page, &N pages, &D date, &T time, &A sheet, &F file; fonts
     * and colours left out. "" */
    const char *header[3], *footer[3];
    const char *even_header[3], *even_footer[3], *first_header[3], *first_footer[3];
    bool different_first, different_even;
    const char *print_area;                   /* "A1:F20", several with "," */
    const char *title_rows, *title_columns;   /* "1:2", "A:A" */
    const uint32_t *row_break, *column_break; /* manual: after which row */
    size_t n_row_breaks, n_column_breaks;
};

struct sheet {
    const char *name, *part; /* part: "xl/worksheets/sheet1.xml", "content.xml" */
    bool hidden, very_hidden, chart_sheet, is_protected, protection_has_password;
    bool protects_nothing_selected; /* selecting locked cells is forbidden */
    struct sheet_color tab;
    uint32_t freeze_row, freeze_column; /* first cell that moves: "A3" is row 3, column 1; 0, 0: not frozen */
    bool frozen;                        /* a split that is no freeze has false */
    uint32_t pane_row, pane_column;     /* xlsx: the first one seen of what moves, as told; 0, 0 */
    int zoom;
    bool shows_gridlines, shows_headings, shows_formulas, shows_zeros, right_to_left;
    double default_width;   /* as sheet_column.width; -1 */
    int64_t default_height; /* EMU; -1 */
    bool summary_below;     /* outline */

    struct sheet_cell *cell; /* by row and column after sheet_finish */
    size_t n_cells, cells_room;
    struct sheet_row *row;
    size_t n_rows, rows_room;
    const struct sheet_column *column; /* in order */
    size_t n_columns;
    const struct sheet_range *merge;
    size_t n_merges;
    struct sheet_filter filter;
    const char *sort; /* what the file says of a sort: "D3:D6 descending"; "" */
    const struct sheet_condition *condition;
    size_t n_conditions;
    const struct sheet_validation *validation;
    size_t n_validations;
    const struct sheet_link *link;
    size_t n_links;
    const struct sheet_comment *comment;
    size_t n_comments;
    const struct sheet_table *table;
    size_t n_tables;
    const struct sheet_chart *chart;
    size_t n_charts;
    size_t n_pictures;
    const struct sheet_pivot *pivot;
    size_t n_pivots;
    struct sheet_page page;
    bool unsorted; /* internal */
    uint32_t used_row, used_column; /* of sheet_used; set by sheet_finish */
};

struct sheet_name {
    const char *name;
    const char *refers; /* as written, without "="; references in xlsx's form */
    int32_t sheet;      /* from 0: local to it; -1 */
    bool hidden;
};

struct workbook {
    struct arena *arena;
    const char *file; /* for messages */
    bool ods;         /* from an OpenDocument file */
    bool date1904;
    bool manual; /* calcMode manual: cached results may be old */
    bool protects_structure, protects_windows;
    const char *application; /* what saved it: "Microsoft Excel", "LibreOffice/7.4"; "" */
    int active;              /* index of the sheet that is shown; 0 */
    struct sheet *sheet;
    size_t n_sheets, sheets_room;
    const struct sheet_name *name;
    size_t n_names;
    struct sheet_style *style; /* 0 is the default */
    size_t n_styles, styles_room;
    struct sheet_formula *formula; /* 0 is unused */
    size_t n_formulas, formulas_room;
    size_t n_cells; /* in all sheets */
    double now;     /* serial of the day that counts as today; 0: none is given */
    /* What sheet_result has computed so far: a place of its own, so that asking leaves the book const. */
    struct sheet_computed **computed;
};

/* ---- building ---- */

struct workbook *workbook_new(const char *file); /* with style 0 and no sheet */
void workbook_free(struct workbook *w);          /* NULL is fine */
/* FAULT_LIMIT once the arena or the cells are beyond the limits. Readers call it for each row and list. */
MUST_CHECK int workbook_within(const struct workbook *w, struct err *e);
/* A new sheet at the end, its texts "", its sizes and freeze as documented above. The pointer holds until the
 * next. */
MUST_CHECK int workbook_add_sheet(struct workbook *w, const char *name, struct sheet **ret, struct err *e);
/* Copies *style; gives its index. */
MUST_CHECK int workbook_add_style(struct workbook *w, const struct sheet_style *style, uint16_t *ret,
                                  struct err *e);
/* Index of a new formula. `text` is copied. */
MUST_CHECK int workbook_add_formula(struct workbook *w, const struct sheet_formula *formula, uint32_t *ret,
                                    struct err *e);
/* Rows first..last, equal; the cells added next belong to it. The pointer holds until the next. */
MUST_CHECK int sheet_add_row(struct workbook *w, struct sheet *s, uint32_t first, uint32_t last,
                             struct sheet_row **ret, struct err *e);
/* A cell (or run of equal ones) of the row added last; empty ones that have a style count too. */
MUST_CHECK int sheet_add_cell(struct workbook *w, struct sheet *s, uint32_t first, uint32_t last,
                              struct sheet_cell **ret, struct err *e);
/* Brings rows and cells into order; of two cells at one place the later stays. Once, when all are there. */
void sheet_finish(struct sheet *s);
const struct sheet_text *workbook_text(struct workbook *w, const char *text); /* copied, without runs */
/* The style that cells have that say nothing. */
extern const struct sheet_style sheet_default_style;

/* ---- asking ---- */

const struct sheet *workbook_sheet(const struct workbook *w, const char *name); /* else without case; NULL */
const struct sheet_row *sheet_row_at(const struct sheet *s, uint32_t row); /* NULL: nothing is told of it */
const struct sheet_column *sheet_column_at(const struct sheet *s, uint32_t column);
const struct sheet_cell *sheet_cell_at(const struct sheet *s, uint32_t row,
                                       uint32_t column); /* NULL: empty */
/* What the cell looks like, from the cell, else its row, else its column. Never NULL. */
const struct sheet_style *sheet_style_at(const struct workbook *w, const struct sheet *s, uint32_t row,
                                         uint32_t column);
/* The merged range that holds the cell, or NULL. */
const struct sheet_range *sheet_merge_at(const struct sheet *s, uint32_t row, uint32_t column);
/* Rows 1..*ret_row and columns 1..*ret_column hold every cell with a value or a formula; 0, 0 when empty.
 * Runs at the far end count with their first row and column only. */
void sheet_used(const struct sheet *s, uint32_t *ret_row, uint32_t *ret_column);
/* The formula of a cell as that cell has it (shared ones moved from where they are written); in xlsx's form
 * without "=", or as written in ods. NULL where it has none or it cannot be moved. In the arena. */
const char *sheet_formula_text(const struct workbook *w, const struct sheet_cell *c, uint32_t row,
                               uint32_t column, struct arena *a);
/* Every cell with a value or a formula, row by row; a row of a run is given once. NULL ends. */
const struct sheet_cell *sheet_next_cell(const struct sheet *s, const struct sheet_cell *previous);

/* A colour of a theme with a tint from -1 to 1 (ECMA-376 part 1, 18.8.19, on HLS), in whole numbers. */
int32_t sheet_tint(int32_t rgb, double tint);

#endif
