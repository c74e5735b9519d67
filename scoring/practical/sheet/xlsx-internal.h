/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the reader of xlsx. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_XLSX_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_XLSX_INTERNAL_H

#include "scoring/practical/sheet/xlsx.h"

enum { XLSX_THEME_COLORS = 12, XLSX_INDEXED_COLORS = 64, XLSX_MAX_LIST = 65536, XLSX_MAX_RULES = 4096 };

struct xlsx_format {
    int id;
    const char *code;
};

/* What is differential: only what it sets counts. */
struct xlsx_dxf {
    struct sheet_style style;
    bool sets_bold, sets_italic;
};

struct xlsx {
    struct workbook *w;
    struct parts *p;
    struct arena *a; /* the book's */
    int32_t theme[XLSX_THEME_COLORS];
    int32_t indexed[XLSX_INDEXED_COLORS];
    const struct sheet_text **string; /* shared strings */
    size_t n_strings, strings_room;
    const struct xlsx_format *format;
    size_t n_formats;
    const struct sheet_font *font;
    size_t n_fonts;
    const struct sheet_fill *fill;
    size_t n_fills;
    const struct sheet_border *border;
    size_t n_borders;
    const struct xlsx_dxf *dxf;
    size_t n_dxfs;
    uint16_t *style; /* index of cellXfs to the book's */
    size_t n_styles;
};

/* ---- attributes and lists (xlsx-attr.c) ---- */
const char *xlsx_attr(const struct xlsx *x, const struct xml_tree_node *n, const char *name); /* copied; "" */
const char *xlsx_attr_or(const struct xlsx *x, const struct xml_tree_node *n, const char *name,
                         const char *otherwise);
int64_t xlsx_attr_int(const struct xml_tree_node *n, const char *name, int64_t otherwise);
bool xlsx_attr_bool(const struct xml_tree_node *n, const char *name, bool otherwise);
double xlsx_attr_number(const struct xml_tree_node *n, const char *name, double otherwise);
/* A decimal number with nothing behind it. */
bool xlsx_number(const char *text, double *ret);
/* All text inside n, copied; "" for NULL. */
const char *xlsx_text(const struct xlsx *x, const struct xml_tree_node *n);
/* How many children of that name; never more than XLSX_MAX_LIST. */
size_t xlsx_count(const struct xml_tree_node *n, uint8_t ns, const char *name);
/* Without _xHHHH_ escapes, in place. */
void xlsx_unescape(char *text);
/* A sqref without $. */
const char *xlsx_ranges(const struct xlsx *x, const char *text);
/* Of a part that may be absent or broken without harm: *ret NULL then. Limits still count. */
MUST_CHECK int xlsx_optional(struct xlsx *x, const char *part, struct xml_tree **ret, struct err *e);

/* ---- parts ---- */
MUST_CHECK int xlsx_read_theme(struct xlsx *x, const char *part, struct err *e);
MUST_CHECK int xlsx_read_styles(struct xlsx *x, const char *part, struct err *e);
MUST_CHECK int xlsx_read_strings(struct xlsx *x, const char *part, struct err *e);
MUST_CHECK int xlsx_read_sheet(struct xlsx *x, struct sheet *s, const char *part, struct err *e);

struct sheet_color xlsx_color(const struct xlsx *x, const struct xml_tree_node *n); /* NULL: none */
void xlsx_default_colors(struct xlsx *x);
void xlsx_read_indexed(struct xlsx *x, const struct xml_tree_node *colors);
void xlsx_read_font(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_font *f);
/* A `si`, `is` or `text` element: its text with its runs, without phonetics. */
const struct sheet_text *xlsx_rich(const struct xlsx *x, const struct xml_tree_node *n);

/* Shared formulas of a sheet: si to index of the book's formula. */
struct xlsx_shared {
    uint32_t si, formula;
    struct xlsx_shared *next;
};
struct xlsx_rows {
    struct xlsx *x;
    struct sheet *s;
    uint32_t row; /* the last one */
    struct xlsx_shared *bucket[64];
};
/* A record function: one row and its cells; context is a struct xlsx_rows. */
int xlsx_read_row(void *context, const struct xml_tree_node *row, struct err *e);

/* ---- what else a sheet holds: from its tree, without failing ---- */
void xlsx_read_filter(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_filter *ret);
void xlsx_read_conditions(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root);
void xlsx_read_validations(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root);
void xlsx_read_page(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root);
void xlsx_read_links(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root,
                     const struct parts_relationship *r, size_t n);

/* ---- parts of a sheet ---- */
MUST_CHECK int xlsx_read_comments(struct xlsx *x, struct sheet *s, const struct parts_relationship *r,
                                  size_t n, struct err *e);
MUST_CHECK int xlsx_read_tables(struct xlsx *x, struct sheet *s, const struct parts_relationship *r, size_t n,
                                struct err *e);
MUST_CHECK int xlsx_read_pivots(struct xlsx *x, struct sheet *s, const struct parts_relationship *r, size_t n,
                                struct err *e);
MUST_CHECK int xlsx_read_drawing(struct xlsx *x, struct sheet *s, const char *part, struct err *e);
MUST_CHECK int xlsx_read_chart(struct xlsx *x, const char *part, struct sheet_chart *ret, bool *ret_there,
                               struct err *e);

#endif
