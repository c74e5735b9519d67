/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by odf/text-*.c: the reader of text documents. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_TEXT_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_TEXT_INTERNAL_H

#include "scoring/practical/odf/package.h"
#include "scoring/practical/word/build.h"

enum { TEXT_CACHE = 512, TEXT_LISTS = 64, TEXT_PAGES = 64 };

/* What a style of paragraphs resolves to; kept per style. */
struct text_style {
    const struct odf_style *style;
    struct word_chars chars; /* of paragraphs in it */
    struct word_format format;
    const char *list_style; /* NULL */
    const char *master;     /* page style that begins with the paragraph; NULL */
    bool margin_told;       /* by an automatic style: a list's indent gives way to it */
};

/* A span's style over what is around it. */
struct text_span {
    const struct word_chars *base;
    const struct odf_style *style;
    const struct word_chars *chars;
};

/* A list and where it stands; lists nest as C calls. */
struct text_list {
    const struct text_list *outer;
    const char *style; /* its own name or that of the list around it; NULL */
    uint32_t id, level;
    int64_t start; /* of the item; -1: the level's own */
    bool header;   /* a list header has no number */
};

/* Headers and footers of a page style, read once. */
struct text_page {
    const struct odf_style *master;
    struct word_flow *header[WORD_PAGE_KINDS], *footer[WORD_PAGE_KINDS];
};

struct text_reader {
    struct odf_package *p;
    struct word_document *d;
    enum odf_part part;    /* where names of styles are looked up */
    const char *part_name; /* of places */
    struct text_style *cache[TEXT_CACHE];
    struct text_span span[TEXT_CACHE];
    struct { /* lists with an xml:id, the latest of them */
        const char *name, *style;
        uint32_t id;
    } lists[TEXT_LISTS];
    uint32_t n_lists, last_list;
    const struct word_list *numbering; /* the one made last: paragraphs of a list share it */
    struct text_page page[TEXT_PAGES];
    uint32_t n_pages;
    struct word_section *section;            /* the one that holds now */
    const struct word_section *page_section; /* the one that the page style made */
    bool section_used, columns_over;
    struct word_toc *toc;
    bool in_header; /* a header or footer is being read: shapes there may be watermarks */
    bool in_index_title;
    uint32_t depth;
    int result;
    struct err *e;
};

/* ---- text-chars.c, text-format.c, text-styles.c ---- */
/* Writes over *c what a style's text properties say at one level. */
void text_chars_level(struct text_reader *r, const struct odf_style *level, struct word_chars *c);
/* All levels of a style, the outermost first. */
void text_chars_chain(struct text_reader *r, const struct odf_style *style, struct word_chars *c);
void text_format_level(struct text_reader *r, const struct odf_style *level, struct word_format *f);
/* A border as "0.5pt solid #000000" says it. */
struct word_border text_border(const char *value, const char *line_widths, const char *padding);
/* The four borders of properties: fo:border, then fo:border-left … */
void text_borders(const struct xml_tree_node *properties, struct word_border border[4]);
/* The paragraph style of that name; "Standard", or the family's default, where there is none of it. */
void text_style(struct text_reader *r, const char *name, struct text_style *ret);
/* Chars of a span in that style. */
const struct word_chars *text_span(struct text_reader *r, const struct word_chars *base, const char *name);
/* All common styles into the document. */
void text_styles_list(struct text_reader *r);
/* "Heading_20_1" as OOXML calls it where it is one of its own: "Contents 1" is "toc 1". */
const char *text_style_name(struct text_reader *r, const struct odf_style *style);

/* ---- text-lists.c ---- */
struct text_list text_list_begin(struct text_reader *r, const struct xml_tree_node *list,
                                 const struct text_list *outer);
/* Numbering, and the level's indent where the paragraph tells none, into *f. */
void text_list_apply(struct text_reader *r, const struct text_list *list, const struct text_style *style,
                     struct word_format *f);
/* Numbering of headings outside of lists (text:outline-style). */
void text_outline_apply(struct text_reader *r, const struct text_style *style, struct word_format *f);

/* ---- text-pages.c ---- */
/* A section with the page style of that name (NULL: the default one). */
void text_page_begin(struct text_reader *r, const char *master, const char *page_number);
/* Columns of a text:section, and what comes after it again. */
void text_columns_begin(struct text_reader *r, const struct xml_tree_node *columns);
void text_columns_end(struct text_reader *r);
/* Before anything is added to the body: a section that was over ends here. */
void text_section_use(struct text_reader *r);

/* ---- text-inline.c ---- */
void text_paragraph(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow,
                    const struct text_list *list);

/* ---- text-objects.c ---- */
/* A frame or shape; `at` may be NULL (anchored to the page). */
void text_object(struct text_reader *r, const struct xml_tree_node *n, const struct word_paragraph *at);
bool text_is_object(const struct xml_tree_node *n);

/* ---- text-tables.c ---- */
void text_table(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow);

/* ---- text-body.c ---- */
/* What stands in an element that holds paragraphs, lists, tables and sections. */
void text_blocks(struct text_reader *r, const struct xml_tree_node *holder, struct word_flow *flow,
                 const struct text_list *list);
/* Past the limit of the model: nothing more is read. */
bool text_over(struct text_reader *r);

/* Copies into the document. */
const char *text_keep(struct text_reader *r, const char *s);
/* EMU in an int32_t, held to 100 m. */
int32_t text_emu(const char *length, int32_t otherwise);

#endif
