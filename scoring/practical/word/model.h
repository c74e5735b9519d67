/* SPDX-License-Identifier: Apache-2.0 */
/* A text document as a person sees it: styles, themes and inheritance resolved. Filled by the docx reader
 * (here) and the odt reader (../odf) alike through build.h; the kinds of checks look at nothing else.
 *
 * Lengths are EMU (914,400 to the inch; FACT_LENGTH). Colours are 0xRRGGBB, -1 for automatic or none.
 * Tokens are English words and never NULL unless it is said so: OOXML's own words where it has some.
 * Texts are UTF-8, borrowed from the document's arena; NULL means "the file does not say". "Raw" members
 * hold what the file writes, for those who ask the file and not the person. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_MODEL_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_NO_COLOR = -1 };

/* Which level of inheritance set a property last: nobody (the office program's own default), the document's
 * defaults, a style (of a paragraph, a character, a table) or numbering, the thing itself. */
enum word_source { WORD_UNSET, WORD_DEFAULTS, WORD_STYLE, WORD_DIRECT };

struct word_border {
    const char *kind; /* "none", "single", "double", "dotted", "dashed", "thick" …; NULL as "none" */
    int32_t width;    /* EMU */
    int32_t color;
    int32_t space; /* to the text, EMU */
};
enum word_side { WORD_TOP, WORD_LEFT, WORD_BOTTOM, WORD_RIGHT, WORD_INSIDE_H, WORD_INSIDE_V, WORD_SIDES };

/* ---- characters: one per combination that occurs, shared by runs ---- */
enum word_toggle {
    WORD_BOLD = 1 << 0,
    WORD_ITALIC = 1 << 1,
    WORD_STRIKE = 1 << 2,
    WORD_DOUBLE_STRIKE = 1 << 3,
    WORD_CAPS = 1 << 4,
    WORD_SMALL_CAPS = 1 << 5,
    WORD_OUTLINE = 1 << 6,
    WORD_SHADOW = 1 << 7,
    WORD_EMBOSS = 1 << 8,
    WORD_IMPRINT = 1 << 9,
    WORD_HIDDEN = 1 << 10,
    WORD_BOLD_ASIAN = 1 << 11, /* OOXML: the same as BOLD and ITALIC; ODF has its own for Chinese text */
    WORD_ITALIC_ASIAN = 1 << 12,
};
struct word_chars {
    const char *style;                     /* character style's name; NULL: none */
    const char *latin, *asian;             /* fonts, themes resolved; NULL: not told */
    const char *color_raw;                 /* "FF0000", "auto"; NULL */
    const char *latin_theme, *asian_theme; /* raw: "minorEastAsia"; NULL */
    const char *size_raw;                  /* ODF: "24pt", "115%"; else NULL */
    const char *underline;                 /* "none", "single", "words", "double", "dotted", "wave" … */
    const char *vertical;                  /* "baseline", "superscript", "subscript" */
    const char *emphasis;                  /* 着重号: "none", "dot", "comma", "circle", "underDot" */
    int32_t size, size_asian;              /* EMU */
    int32_t color, underline_color, highlight, shading;
    int32_t spacing, position; /* EMU; wider and raised are positive */
    int32_t scale;             /* thousandths: 1000 is 100 % */
    struct word_border border;
    uint16_t on;                                          /* word_toggle */
    uint8_t asian_from, latin_from, size_from, bold_from; /* word_source */
    uint8_t color_from;
};

/* ---- paragraphs: one per combination that occurs, shared ---- */
struct word_tab {
    int32_t position;   /* EMU */
    const char *kind;   /* "left", "center", "right", "decimal", "bar" */
    const char *leader; /* "none", "dot", "hyphen", "underscore", "middleDot", "heavy" */
};
struct word_list {
    uint32_t id;        /* the same for the paragraphs of one list, from 1 */
    uint32_t level;     /* from 1 */
    const char *format; /* "bullet", "decimal", "chineseCounting", "lowerLetter", "none" …: OOXML's words */
    const char *text;   /* "%1.", "第%1章"; the character of a bullet */
    int64_t start;
};
struct word_measure { /* a length that a file may tell in characters or lines */
    int32_t emu;
    int32_t hundredths; /* of a character or a line; used where `relative` is set, then emu is what the file
                           says besides, or 0 */
    bool relative;
    uint8_t from; /* word_source */
};
enum word_line_rule { WORD_LINE_MULTIPLE, WORD_LINE_EXACT, WORD_LINE_AT_LEAST };
struct word_format {
    const char *style;    /* the style's name as people see it: "heading 1"; NULL: none */
    const char *style_id; /* as the file refers to it; NULL */
    const char *align;    /* "left", "center", "right", "both", "distribute"; start and end resolved */
    const char *align_raw;
    uint8_t align_from;
    uint8_t outline;                        /* 1…9; 0: body text */
    struct word_measure left, right, first; /* first: negative is hanging */
    const char *first_chars_raw, *first_raw, *hanging_raw;
    enum word_line_rule line_rule;
    int32_t line; /* thousandths of a line for MULTIPLE, else EMU */
    uint8_t line_from;
    const char *line_raw, *line_rule_raw;
    struct word_measure before, after;
    bool before_auto, after_auto, contextual;
    struct word_border border[4], between; /* word_side, the first four */
    int32_t shading;
    bool keep_next, keep_lines, page_break_before, break_after, widow_control, bidi;
    const char *column_break_before; /* ODF: "column"; else NULL */
    const struct word_tab *tab;
    size_t n_tabs;
    const struct word_list *list; /* NULL: in no list */
    bool numbering_told;          /* raw: a level says something of lists, be it that there is none */
    const char *drop_cap;         /* "none", "drop" (in the text), "margin" */
    int32_t drop_lines, drop_distance, drop_length; /* lines; EMU; letters (1 where the file has none) */
};

/* ---- what stands in a flow of text ---- */
struct word_table;
struct word_cell;
struct word_paragraph;
struct word_flow {                /* the body, a cell, a header, a text box, a note, a comment */
    const char *part;             /* "word/document.xml" */
    const char *label;            /* "text box 2", "footnote 1"; NULL for what the part itself is */
    const struct word_cell *cell; /* where it is a cell's */
    struct word_block *first, *last;
    uint32_t n_paragraphs, n_tables;
};
struct word_block { /* first member of both */
    struct word_block *next;
    struct word_flow *flow;
    uint32_t number; /* among the paragraphs, or the tables, of its flow, from 1 */
    bool table;
};
struct word_link {
    struct word_link *next;
    const char *address; /* outside; NULL */
    const char *anchor;  /* a bookmark; NULL */
    const char *text;
    const struct word_paragraph *at;
};
enum word_run_kind {
    WORD_RUN_TEXT,
    WORD_RUN_PAGE_BREAK,
    WORD_RUN_COLUMN_BREAK,
    WORD_RUN_OBJECT,
    WORD_RUN_NOTE
};
struct word_run {
    struct word_run *next;
    const char *text; /* tabs and line breaks as characters; "" for other kinds */
    const struct word_chars *chars;
    const struct word_link *link;   /* NULL */
    const struct word_field *field; /* whose result it is; NULL */
    uint32_t number;                /* among the runs of the file's paragraph, from 1 */
    uint8_t kind;
    bool blank;    /* text of white space only */
    bool indirect; /* not a child of the paragraph itself: in a link, an insertion, a control */
};
struct word_paragraph {
    struct word_block block;
    const struct word_format *format;
    const struct word_chars *chars; /* of its mark, and of what is typed into it */
    struct word_run *first, *last;
    const char *text; /* of all runs; made by word_finish */
    /* OOXML keeps a drop cap's letter in a paragraph of its own: that one is marked, has no number of its own
     * (the next one's) and is passed over by word_next_paragraph; the next one has it as `letter`, and begins
     * its text with it. */
    const struct word_paragraph *letter;
    bool is_letter;
    bool in_toc, in_control; /* in a table of contents; in a content control, so no child of the body */
    uint32_t section;        /* index from 0 */
    uint32_t serial;         /* order in the document, over all flows */
};

struct word_cell {
    struct word_cell *next;
    const struct word_row *row;
    struct word_flow flow;
    uint32_t number, column;      /* from 1; grid column from 0 */
    uint32_t span, row_span;      /* 1 and more */
    bool covered;                 /* the rest of a merge downwards (ODF: or to the right) */
    struct word_border border[4]; /* resolved with the table's and its style's */
    int32_t shading;
    const char *valign;  /* "top", "center", "bottom" */
    int32_t width;       /* EMU; 0: not told */
    const char *formula; /* ODF: as written; OOXML has a field */
};
struct word_row {
    struct word_row *next;
    const struct word_table *table;
    struct word_cell *first, *last;
    uint32_t number, n_cells;
    int32_t height;          /* EMU; 0: automatic */
    const char *height_rule; /* "auto", "atLeast", "exact" */
    bool header, may_break;
};
struct word_table {
    struct word_block block;
    const char *style; /* name; NULL */
    struct word_row *first, *last;
    uint32_t n_rows, n_columns;   /* columns of the grid */
    const int32_t *column;        /* widths, EMU; n_columns of them */
    const char *align;            /* "left", "center", "right" */
    int32_t width, width_percent; /* EMU; thousandths; 0: automatic */
    int32_t indent;
    struct word_border border[WORD_SIDES];
    int32_t shading;
    bool nested, in_control;
    uint32_t section, serial;
};

/* ---- things ---- */
enum word_object_kind { WORD_PICTURE, WORD_TEXT_BOX, WORD_SHAPE, WORD_WORD_ART, WORD_CHART, WORD_EMBEDDED };
struct word_object {
    struct word_object *next;
    enum word_object_kind kind;
    const struct word_paragraph *at; /* where it is anchored */
    uint32_t number;                 /* among those of its kind in the part, from 1 */
    int32_t width, height;
    const char *wrap;      /* "inline", "square", "tight", "through", "topAndBottom", "front", "behind" */
    const char *wrap_side; /* "both", "left", "right", "largest"; NULL */
    const char *align_h, *align_v; /* "left", "center", …; NULL: by offset */
    int32_t x, y;
    uint8_t hash[32];
    bool has_hash, has_image_part; /* has_image_part: a:blip with r:embed; for facts */
    const char *media;             /* the part, or the address of a linked one; NULL */
    const char *name, *description;
    const char *shape; /* "rect", "ellipse"…: OOXML's presets; NULL */
    const char *text;  /* WordArt; NULL */
    int32_t fill, line, line_width;
    const char *line_kind;  /* "solid", "dash"…, "none"; NULL: not told */
    struct word_flow *flow; /* text inside; NULL */
};
struct word_bookmark {
    struct word_bookmark *next;
    const char *name, *text;
    const struct word_paragraph *at;
};
struct word_note {
    struct word_note *next;
    bool endnote;
    const char *label;               /* number or sign as shown; NULL: automatic */
    const struct word_paragraph *at; /* where it is referred to */
    struct word_flow *flow;
};
struct word_comment {
    struct word_comment *next;
    const char *author, *about; /* the text it is about; NULL */
    const struct word_paragraph *at;
    struct word_flow *flow;
};
struct word_field {
    struct word_field *next;
    const char *name;        /* upper case: "PAGE", "NUMPAGES", "TOC", "MERGEFIELD", "REF", "=" */
    const char *instruction; /* whole, white space trimmed: "TOC \o \"1-3\" \h"; ODF: made alike */
    const char *result;      /* text shown */
    const char *format;      /* number format of a page number where the field has its own; NULL */
    const struct word_paragraph *at;
};
struct word_toc_entry;
struct word_toc {
    struct word_toc *next;
    const char *part, *instruction;
    uint32_t from, to; /* levels, from 1 */
    struct word_toc_entry *first, *last;
};
struct word_toc_entry {
    struct word_toc_entry *next;
    const char *text; /* without the number of the page and what leads to it */
    const char *page; /* NULL: none */
};

/* ---- pages ---- */
enum word_page_kind { WORD_PAGE_DEFAULT, WORD_PAGE_FIRST, WORD_PAGE_EVEN, WORD_PAGE_KINDS };
struct word_section {
    struct word_section *next;
    uint32_t number; /* from 1 */
    const char *part;
    const char *start; /* how it begins: "nextPage", "continuous", "evenPage", "oddPage", "nextColumn" */
    int32_t width, height;
    bool landscape;
    int32_t margin[4], gutter, header_distance, footer_distance; /* word_side */
    const char *width_raw, *height_raw;
    uint32_t columns; /* 1 and more */
    bool column_separator, columns_equal;
    int32_t column_space;
    const int32_t *column_width, *column_gap; /* where not equal; `columns` of them */
    struct word_border border[4];
    const char *page_format; /* "decimal", "lowerRoman", "numberInDash" … */
    int64_t page_start;      /* -1: goes on */
    bool title_page;
    /* Inherited from the section before where this one has none; NULL: none at all. FIRST counts only with
     * title_page, EVEN only with the document's even_and_odd. */
    struct word_flow *header[WORD_PAGE_KINDS], *footer[WORD_PAGE_KINDS];
    const char *vertical_align;                 /* "top", "center", "both", "bottom" */
    const char *text_direction;                 /* "lrTb", "tbRl" */
    int32_t line_pitch, grid_lines, grid_chars; /* 文档网格; 0: none */
    int32_t background;                         /* ODF keeps it per page style; -1: none */
};
struct word_margin {
    struct word_margin *next;
    struct word_flow flow;
    bool header;
};
struct word_watermark {
    struct word_watermark *next;
    const char *text; /* NULL: a picture */
    const char *part, *font;
    int32_t color;
};
struct word_style {
    struct word_style *next;
    const char *name, *id, *type;     /* "paragraph", "character", "table", "list" */
    const char *based_on, *following; /* names; NULL */
    const struct word_chars *chars;
    const struct word_format *format; /* of a paragraph style; else NULL */
};
struct word_property { /* of the document: "title", "creator", "subject", "keywords", "description" … */
    struct word_property *next;
    const char *name, *value;
};

struct word_document {
    struct arena *arena;
    const char *name; /* of the file */
    const char *part; /* the main part */
    bool odf;
    struct word_flow body;
    const struct word_section *const *section; /* in order; at least one after word_finish */
    size_t n_sections;
    const struct word_paragraph *const *paragraph; /* of the body, tables aside, letters aside, in order */
    size_t n_paragraphs;
    const struct word_paragraph *const *any_paragraph; /* body and its tables, in order, letters aside */
    size_t n_any;
    const char **squashed;                 /* of any_paragraph, how kinds compare texts; NULL until asked */
    const struct word_table *const *table; /* of the body, not nested */
    size_t n_tables;
    uint32_t raw_paragraphs, raw_tables, raw_sections, raw_images; /* as the main part counts them */
    struct word_object *object;
    struct word_link *link;
    struct word_bookmark *bookmark;
    struct word_note *note;
    struct word_comment *comment;
    struct word_field *field;
    struct word_toc *toc;
    struct word_watermark *watermark;
    struct word_style *style;
    struct word_property *property;
    struct word_margin *margin; /* headers and footers, each once */
    const struct word_format *default_format;
    const struct word_chars *default_chars;
    int32_t background;      /* page colour that is shown; -1: none */
    int32_t background_told; /* also where it is not shown */
    const char *protection;  /* "none", "readOnly", "comments", "trackedChanges", "forms" */
    const char *mail_merge;  /* kind of the main document: "formLetters" …; NULL */
    bool even_and_odd, hyphenation, track_changes;
    int32_t default_tab;          /* EMU */
    struct word_builder *builder; /* build.h */
};

struct arena;
/* "word/document.xml, table 1, row 2, cell 3, paragraph 1"; in the arena. A letter is told as the next one.
 */
const char *word_paragraph_place(const struct word_paragraph *p, struct arena *a);
/* As above with ", run 2". */
const char *word_run_place(const struct word_paragraph *p, const struct word_run *r, struct arena *a);
const char *word_table_place(const struct word_table *t, struct arena *a);
const char *word_cell_place(const struct word_cell *c, struct arena *a);
const char *word_flow_place(const struct word_flow *f, struct arena *a);
/* All text in a flow: paragraphs with "\n" between, tables as their cells' paragraphs. */
const char *word_flow_text(const struct word_flow *f, struct arena *a);
/* The flow that f stands in at last: out of cells, and out of text boxes where they are anchored. */
const struct word_flow *word_outer_flow(const struct word_document *d, const struct word_flow *f);
/* The block as what it is, or NULL. */
const struct word_paragraph *word_as_paragraph(const struct word_block *b);
const struct word_table *word_as_table(const struct word_block *b);
/* The next paragraph of a flow after p (NULL: the first), letters aside. */
const struct word_paragraph *word_next_paragraph(const struct word_flow *f, const struct word_paragraph *p);

#endif
