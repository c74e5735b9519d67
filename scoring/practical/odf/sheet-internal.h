/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by odf/sheet-*.c: the reader of spreadsheets. Rows come as records, one after the other; what stands
 * around them is read when all are there. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_SHEET_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_SHEET_INTERNAL_H

#include "scoring/practical/odf/package.h"
#include "scoring/practical/sheet/model.h"

/* Cells that share something that ODF writes at each of them and OOXML as ranges. */
struct sheet_area {
    const char *validation;         /* its name, or … */
    const struct odf_style *mapped; /* … the style with conditions */
    size_t sheet;
    struct sheet_range range;
};
/* An object or picture in a cell. */
struct sheet_thing {
    size_t sheet;
    const char *href, *end;
    uint32_t row, column;
    int64_t width, height;
};

struct sheet_reader {
    struct odf_package *p;
    struct workbook *w;
    const struct odf_styles *styles;
    struct err *e;
    uint16_t *style; /* index in the book, by the style's number; 0: not yet converted */
    /* the sheet whose rows are read */
    const struct xml_tree_node *table;
    size_t at; /* index of it */
    uint32_t row;
    struct sheet_column *column;
    size_t n_columns, columns_room;
    struct sheet_area *area;
    size_t n_areas, areas_room, areas_from;
    struct sheet_thing *thing;
    size_t n_things, things_room;
    struct sheet_range *merge;
    size_t n_merges, merges_room;
    struct sheet_link *link;
    size_t n_links, links_room;
    struct sheet_comment *comment;
    size_t n_comments, comments_room;
    uint32_t *row_break;
    size_t n_row_breaks, row_breaks_room;
    uint32_t header_first, header_last;
    struct sheet_condition *condition; /* room for those of one sheet */
};

/* One more of a growing array. */
void *sheet_more(void *p, size_t n, size_t *room, size_t size);
struct sheet *sheet_now(struct sheet_reader *r);
const char *sheet_keep(struct sheet_reader *r, const char *s); /* in the book's arena; "" for NULL */

/* ---- sheet-styles.c ---- */
MUST_CHECK int odf_sheet_style(struct sheet_reader *r, const struct odf_style *style, uint16_t *ret);
/* What a conditional style changes. */
const struct sheet_style *odf_sheet_format(struct sheet_reader *r, const struct odf_style *style, bool *bold,
                                           bool *italic);
const struct sheet_font *odf_sheet_span(struct sheet_reader *r, const struct sheet_font *base,
                                        const char *span);
const char *odf_style_word(const struct odf_style *style, const char *attribute);

/* ---- sheet-cells.c ---- */
/* The cells of a row that was added last. */
MUST_CHECK int odf_sheet_cells(struct sheet_reader *r, const struct xml_tree_node *row, uint32_t first,
                               uint32_t last, const char *row_style);

/* A frame that is anchored to the sheet at `index` and to no cell. */
void odf_sheet_shape(struct sheet_reader *r, size_t index, const struct xml_tree_node *frame);

/* ---- sheet-address.c ---- */
/* "$成绩表.$A$1:.$B$2" as "成绩表!$A$1:$B$2", or without $ and sheet as the model's ranges. */
const char *odf_sheet_reference(struct sheet_reader *r, const char *address, bool dollars);
/* Ranges with blanks between, without the sheet; *ret_sheet the first one's, or NULL. */
const char *odf_sheet_ranges(struct sheet_reader *r, const char *addresses, const char **ret_sheet);
bool odf_sheet_range(struct sheet_reader *r, const char *address, const char **ret_sheet,
                     struct sheet_range *ret);
/* A formula or part of one in xlsx's form, without "="; as it is where it cannot be read. */
const char *odf_sheet_expression(struct sheet_reader *r, const char *formula);

/* ---- the rest, once all rows are there ---- */
void odf_sheet_validations(struct sheet_reader *r);
void odf_sheet_conditions(struct sheet_reader *r, const struct xml_tree_node *table, size_t sheet);
void odf_sheet_filters(struct sheet_reader *r);
void odf_sheet_names(struct sheet_reader *r);
void odf_sheet_pivots(struct sheet_reader *r);
void odf_sheet_charts(struct sheet_reader *r);
void odf_sheet_page(struct sheet_reader *r, const struct xml_tree_node *table, struct sheet *s);
void odf_sheet_settings(struct sheet_reader *r);

#endif
