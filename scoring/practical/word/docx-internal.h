/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the docx reader: what the file says (sparse), before it is resolved into the model. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_DOCX_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_DOCX_INTERNAL_H

#include "scoring/practical/parts.h"
#include "scoring/practical/word/build.h"

typedef const struct xml_tree_node node;

/* ---- character and paragraph properties of one level: what it says, and whether it says it ---- */
enum docx_has_r {
    HAS_LATIN = 1 << 0,
    HAS_ASIAN = 1 << 1,
    HAS_SIZE = 1 << 2,
    HAS_COLOR = 1 << 3,
    HAS_UNDERLINE = 1 << 4,
    HAS_UNDERLINE_COLOR = 1 << 5,
    HAS_HIGHLIGHT = 1 << 6,
    HAS_RUN_SHADING = 1 << 7,
    HAS_VERTICAL = 1 << 8,
    HAS_EMPHASIS = 1 << 9,
    HAS_SPACING = 1 << 10,
    HAS_POSITION = 1 << 11,
    HAS_SCALE = 1 << 12,
    HAS_RUN_BORDER = 1 << 13,
};
struct docx_rpr {
    uint32_t has;
    uint16_t toggle_has, toggle_on;
    const char *style; /* rStyle's id */
    struct word_chars c;
};
enum docx_has_p {
    HAS_ALIGN = 1 << 0,
    HAS_OUTLINE = 1 << 1,
    HAS_LEFT = 1 << 2,
    HAS_LEFT_CHARS = 1 << 3,
    HAS_RIGHT = 1 << 4,
    HAS_RIGHT_CHARS = 1 << 5,
    HAS_FIRST = 1 << 6,
    HAS_FIRST_CHARS = 1 << 7,
    HAS_LINE = 1 << 8,
    HAS_LINE_RULE = 1 << 9,
    HAS_BEFORE = 1 << 10,
    HAS_BEFORE_LINES = 1 << 11,
    HAS_AFTER = 1 << 12,
    HAS_AFTER_LINES = 1 << 13,
    HAS_BEFORE_AUTO = 1 << 14,
    HAS_AFTER_AUTO = 1 << 15,
    HAS_CONTEXTUAL = 1 << 16,
    HAS_BORDERS = 1 << 17,
    HAS_SHADING = 1 << 18,
    HAS_KEEP_NEXT = 1 << 19,
    HAS_KEEP_LINES = 1 << 20,
    HAS_PAGE_BREAK = 1 << 21,
    HAS_WIDOW = 1 << 22,
    HAS_BIDI = 1 << 23,
    HAS_TABS = 1 << 24,
    HAS_NUM = 1 << 25,
    HAS_LEVEL = 1 << 26,
    HAS_FRAME = 1 << 27,
};
struct docx_tab {
    struct word_tab tab;
    bool clear;
};
struct docx_ppr {
    uint32_t has;
    const char *style; /* pStyle's id */
    struct word_format f;
    int64_t line;           /* as written, EMU for a length, twips·635 otherwise: told by the rule */
    uint32_t num_id, level; /* level from 0 */
    const struct docx_tab *tab;
    size_t n_tabs;
};
/* Reads a w:rPr or w:pPr (NULL: nothing is said). `source` is written beside what is said. */
struct docx;
void docx_rpr_read(struct docx *x, node *rpr, enum word_source source, struct docx_rpr *ret);
void docx_ppr_read(struct docx *x, node *ppr, enum word_source source, struct docx_ppr *ret);
/* What `over` says is laid over *base. Toggles: the nearer one wins, as within a chain of styles. */
void docx_rpr_over(struct docx_rpr *base, const struct docx_rpr *over);
/* `raw`: also what facts ask in raw form, and tab stops: not from numbering. */
void docx_ppr_over(struct docx *x, struct docx_ppr *base, const struct docx_ppr *over, bool raw);

/* ---- theme ---- */
struct docx_theme {
    const char *latin[2], *asian[2]; /* major, minor */
    int32_t color[12];               /* dk1 lt1 dk2 lt2 accent1…6 hlink folHlink */
    uint8_t map[12];                 /* where the names of documents lead: clrSchemeMapping */
    const char *asian_language;      /* settings' themeFontLang; NULL */
};
int docx_theme_read(struct docx *x, struct err *e);
/* "minorEastAsia" to a font; NULL where the theme has none. */
const char *docx_theme_font(const struct docx *x, const char *ref);
/* A w:color or w:shd: `prefix` "theme" or "themeFill"; `plain` the attribute with hex digits. */
int32_t docx_color(const struct docx *x, node *n, const char *plain, const char *theme, const char *tint,
                   const char *shade);
/* The colour in an a:solidFill and its like; WORD_NO_COLOR where there is none. */
int32_t docx_drawing_color(const struct docx *x, node *fill);
int32_t docx_color_lighten(int32_t color, int64_t keep, int64_t add); /* luminance·keep + add, of 100,000 */

/* ---- styles ---- */
enum docx_condition {
    COND_WHOLE,
    COND_BAND1_VERT,
    COND_BAND2_VERT,
    COND_BAND1_HORZ,
    COND_BAND2_HORZ,
    COND_FIRST_COL,
    COND_LAST_COL,
    COND_FIRST_ROW,
    COND_LAST_ROW,
    COND_NE,
    COND_NW,
    COND_SE,
    COND_SW,
    CONDITIONS,
};
struct docx_cell_look { /* of a table style's condition, or a cell itself */
    uint8_t borders;    /* bits of word_side that are said */
    struct word_border border[WORD_SIDES];
    bool has_shading, has_valign;
    int32_t shading;
    const char *valign;
};
struct docx_condition_look {
    struct docx_rpr *r; /* NULL: nothing said */
    struct docx_ppr *p;
    struct docx_cell_look cell;
};
struct docx_style {
    struct docx_style *next; /* in a bucket */
    const char *id, *name, *type, *based_on, *following;
    struct docx_rpr *r, *full_r; /* own; with its chain, made when asked */
    struct docx_ppr *p, *full_p;
    struct docx_condition_look **look; /* tables: [CONDITIONS], own, NULL where nothing is said */
    struct docx_cell_look table_look;
    const char *table_align;
    uint32_t row_band, col_band;
    struct word_style *listed;
    bool is_default;
};
enum { DOCX_STYLE_BUCKETS = 1024 };
struct docx_styles {
    struct docx_style *bucket[DOCX_STYLE_BUCKETS];
    struct docx_style *default_paragraph, *default_table;
    struct docx_rpr default_r;
    struct docx_ppr default_p;
    size_t n;
};
int docx_styles_read(struct docx *x, struct err *e);
/* Into the model, after numbering has been read. */
void docx_styles_list(struct docx *x);
const struct docx_style *docx_style_find(const struct docx *x, const char *type, const char *id);
/* With all of its chain; never NULL. s may be NULL: nothing is said. */
const struct docx_rpr *docx_style_r(struct docx *x, const struct docx_style *s);
const struct docx_ppr *docx_style_p(struct docx *x, const struct docx_style *s);

/* Levels resolved to what is seen (docx-resolve.c). `look`, `character` and `direct` may be NULL. */
const struct word_chars *docx_chars(struct docx *x, const struct docx_rpr *look,
                                    const struct docx_rpr *paragraph, const struct docx_style *character,
                                    const struct docx_rpr *direct);
/* `p` holds all levels. `s` is the paragraph's style; may be NULL. */
const struct word_format *docx_format(struct docx *x, const struct docx_ppr *p, const struct docx_style *s);

/* ---- numbering ---- */
struct docx_level {
    const char *format, *text, *style;
    int64_t start;
    struct docx_ppr *p;
    bool told;
};
enum { DOCX_LEVELS = 9, DOCX_BUCKETS = 4096 };
struct docx_abstract {
    struct docx_abstract *next;
    uint32_t id;
    const char *link; /* numStyleLink */
    struct docx_level level[DOCX_LEVELS];
};
struct docx_num {
    struct docx_num *next;
    uint32_t id, abstract;
    struct docx_level *own[DOCX_LEVELS]; /* lvlOverride/lvl */
    int64_t start[DOCX_LEVELS];          /* startOverride; -1 */
    const struct word_list *list[DOCX_LEVELS];
};
struct docx_numbering {
    struct docx_abstract *abstract[DOCX_BUCKETS];
    struct docx_num *num[DOCX_BUCKETS];
};
int docx_numbering_read(struct docx *x, struct err *e);
/* NULL where there is no such list or level. */
const struct docx_level *docx_level_find(const struct docx *x, uint32_t num, uint32_t level);
/* The level that a style with this num is meant for: lvl/pStyle, else 0. */
uint32_t docx_level_of_style(const struct docx *x, uint32_t num, const char *style);
const struct word_list *docx_list(struct docx *x, uint32_t num, uint32_t level); /* never NULL */

/* ---- the reading ---- */
struct docx_field {
    struct word_field *field; /* NULL until its instruction is complete */
    struct bytes instruction, result;
    struct word_toc *toc;
    struct word_link *link;
    bool in_result;
};
enum { DOCX_FIELDS = 24 };
struct docx_margin_ref { /* a header or footer that a section names, read after the body */
    struct docx_margin_ref *next;
    struct word_margin *margin;
};
struct docx_note_ref {
    struct docx_note_ref *next;
    const char *id, *mark;
    const struct word_paragraph *at;
    uint8_t kind;       /* 0 footnote, 1 endnote, 2 comment */
    struct bytes about; /* comments */
    bool open;
};
struct docx_bookmark {
    struct docx_bookmark *next;
    const char *id;
    struct word_bookmark *bookmark;
    struct bytes text;
};
struct docx_look { /* what a cell gives the paragraphs in it */
    const struct docx_rpr *r;
    const struct docx_ppr *p;
};
struct docx {
    struct parts *parts;
    struct word_document *d;
    struct arena *scratch;
    struct docx_theme theme;
    struct docx_styles styles;
    struct docx_numbering numbering;
    bool even_and_odd, show_background;
    int32_t background;
    /* Of the part being read: */
    const char *part;
    struct parts_relationship *rel;
    size_t n_rel;
    struct parts_relationship *main_rel;
    size_t n_main_rel;
    bool in_margin;
    struct word_section *section; /* that is being read: it ends with its sectPr */
    struct docx_field field[DOCX_FIELDS];
    size_t n_fields, fields_beyond;
    struct docx_note_ref *note_ref, *last_note_ref;
    size_t n_refs;
    int n_open_comments;
    struct docx_bookmark *bookmark; /* open ones */
    const struct docx_look *look;
    unsigned in_toc_control, in_control, depth, n_boxes;
    const struct word_paragraph *letter; /* a drop cap that waits for its paragraph */
    bool too_much;
};

/* One paragraph while it is read. */
struct docx_paragraph {
    struct word_paragraph *p;
    const struct docx_rpr *style_r; /* pStyle's chain */
    const struct word_chars *plain; /* of a run that says nothing; made once */
    const struct word_link *link;
    uint32_t runs;   /* w:r counted */
    unsigned inside; /* of a link, an insertion, a control */
};

/* What stands among paragraphs, and all of them in an element. */
void docx_block_read(struct docx *x, node *n, struct word_flow *flow);
void docx_flow_read(struct docx *x, node *parent, struct word_flow *flow);     /* docx-body.c */
void docx_paragraph_read(struct docx *x, node *n, struct word_flow *flow);     /* docx-paragraph.c */
void docx_inline_read(struct docx *x, node *parent, struct docx_paragraph *p); /* docx-paragraph.c */
void docx_run_read(struct docx *x, node *n, struct docx_paragraph *p);         /* docx-run.c */
void docx_text_out(struct docx *x, const char *text, size_t n);                /* to open fields, bookmarks */
void docx_field_begin(struct docx *x);                                         /* docx-field.c */
void docx_field_instruction(struct docx *x, node *text);
void docx_field_separate(struct docx *x, struct docx_paragraph *p);
void docx_field_end(struct docx *x, struct docx_paragraph *p);
void docx_field_simple(struct docx *x, node *n, struct docx_paragraph *p);
bool docx_field_hides(const struct docx *x); /* between begin and separate */
const struct docx_field *docx_field_now(const struct docx *x);
bool docx_in_toc(const struct docx *x);
void docx_toc_entry(struct docx *x, struct word_paragraph *p);
void docx_table_read(struct docx *x, node *n, struct word_flow *flow); /* docx-table.c */
void docx_cell_look_read(struct docx *x, node *properties, const char *borders, struct docx_cell_look *ret);
void docx_cell_look_over(struct docx_cell_look *base, const struct docx_cell_look *over);
void docx_section_begin(struct docx *x); /* docx-section.c */
void docx_section_read(struct docx *x, node *sect);
void docx_drawing_read(struct docx *x, node *n, struct docx_paragraph *p); /* docx-drawing.c */
void docx_vml_read(struct docx *x, node *n, struct docx_paragraph *p);     /* docx-vml.c */
/* The media part behind r:embed, and its hash, into o. */
void docx_media(struct docx *x, struct word_object *o, const char *id);
struct word_flow *docx_text_box(struct docx *x, struct word_object *o, node *content);
bool docx_is_watermark(const struct docx *x, const char *name);
void docx_watermark(struct docx *x, const char *text, const char *font, int32_t color);
int docx_settings_read(struct docx *x, struct err *e); /* docx-settings.c */
int docx_properties_read(struct docx *x, struct err *e);
int docx_notes_read(struct docx *x, struct err *e); /* docx-notes.c */
void docx_note_ref_add(struct docx *x, node *n, unsigned kind, const struct word_paragraph *at);
void docx_comment_range(struct docx *x, node *n, bool open);

/* A part related to the main one by this type, as a tree; *ret is NULL where there is none. */
int docx_part(struct docx *x, const char *type, struct xml_tree **ret, const char **ret_part, struct err *e);
/* Its relationships become those that are looked at. */
int docx_enter_part(struct docx *x, const char *part, struct err *e);

/* ---- values (docx-value.c) ---- */
node *docx_child(node *n, const char *name); /* of namespace w */
const char *docx_attr(node *n, const char *name);
const char *docx_val(node *n); /* @w:val, or NULL; n may be NULL */
/* What stands for a mc:AlternateContent: its first Choice that we read, else Fallback. */
node *docx_alternative(node *n);
bool docx_on(node *n); /* a toggle that is there */
bool docx_attr_on(node *n, const char *name, bool otherwise);
/* "240", "12pt", "2.5cm" to EMU; a number alone counts `unit` EMU (635: twips). false: not a length. */
bool docx_length(const char *s, int64_t unit, int32_t *ret);
bool docx_attr_length(node *n, const char *name, int32_t *ret); /* twips */
bool docx_integer(const char *s, int64_t *ret);
bool docx_attr_integer(node *n, const char *name, int64_t *ret);
struct word_border docx_border(struct docx *x, node *n);
const char *docx_keep(struct docx *x, const char *s);
int32_t docx_hex(const char *s); /* RRGGBB; WORD_NO_COLOR for others */

#endif
