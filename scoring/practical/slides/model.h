/* SPDX-License-Identifier: Apache-2.0 */
/* A slide show as its author sees it, whichever program wrote it: everything inherited is resolved by the
 * reader (run, paragraph, shape, layout, master, theme), so that a check asks one place. Filled by the reader
 * of .pptx (pptx.h) and by that of .odp. Lengths are EMU, ratios thousandths, times milliseconds, colours
 * 0xRRGGBB.
 *
 * Built in document order with the functions at the end. They never fail: past the limit of memory they hand
 * out a spare object that nobody reads, and slides_finish tells it. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SLIDES_MODEL_H
#define KAOCHANG_SCORING_PRACTICAL_SLIDES_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
    SLIDES_MAX_MEMORY = 12 << 20,
    SLIDES_MAX = 2000,
    SLIDES_MAX_EFFECTS = 2000, /* of one slide */
    SLIDES_EMU_PER_POINT = 12700,
    SLIDES_COLOR_NONE = -1, /* no fill, no line */
    SLIDES_UNSAID = INT32_MIN,
};

/* What a click leads to. */
struct slides_link {
    const char *action; /* NULL: none; "url", "slide", "next", "previous", "first", "last", "last-viewed",
                           "end", "file", "macro", "program", "show", "none" (a link that does nothing) */
    const char *target; /* the address as written; of "slide": the slide's part or page name; else "" */
    int slide;          /* number from 1 of "slide", else 0; told by target, set by slides_finish */
};

struct slides_run {
    const char *text;                 /* a line break is "\n", a tab "\t", a field what it shows */
    const char *latin, *east_asian;   /* fonts' names, theme resolved; "" unknown */
    const char *latin_ref, *east_ref; /* as written: "+mn-lt"; NULL where nothing was said */
    int64_t size;                     /* as set; drawn it is size × the shape's font_scale */
    bool bold, italic, strike;
    const char *underline;    /* "none", "single", "double", "dotted", "dash", "wavy", "heavy" */
    int64_t color, highlight; /* highlight may be NONE */
    int64_t baseline;         /* thousandths: 300 is superscript, -250 subscript, 0 */
    int64_t spacing;          /* between characters */
    const char *field;        /* "slidenum", "datetime", "footer" …; NULL: plain text */
    struct slides_link link;
    struct slides_run *next;
};

struct slides_paragraph {
    const char *text;            /* of all runs; set by slides_finish */
    int level;                   /* from 1 */
    const char *align;           /* "left", "center", "right", "justify", "distribute" */
    int64_t line_ratio;          /* 1500: one and a half lines; 0: exact */
    int64_t line_exact;          /* a length, where line_ratio is 0 */
    int64_t before, after;       /* lengths; a share of the line (spcPct) is turned into one by the size */
    int64_t margin_left, indent; /* indent: of the first line, negative when hanging */
    const char *bullet;          /* "none", "char", "number", "picture" */
    const char *bullet_text;     /* the character, or the number format: "arabicPeriod"; else "" */
    int64_t bullet_color;        /* NONE: that of the text */
    int64_t bullet_size;         /* thousandths of the text's */
    struct slides_run *run, *last;
    struct slides_paragraph *next;
};

struct slides_text {
    struct slides_paragraph *paragraph, *last;
};

struct slides_fill {
    const char *kind;   /* "none", "solid", "gradient", "picture", "pattern"; "" nothing is known */
    int64_t color;      /* of solid, the first of a gradient, the foreground of a pattern; else NONE */
    const char *detail; /* hash of the picture (hex), preset of the pattern, "" */
};

enum slides_shape_kind {
    SHAPE_TEXT, /* a text box, a placeholder or a drawn shape */
    SHAPE_PICTURE,
    SHAPE_TABLE,
    SHAPE_CHART,
    SHAPE_DIAGRAM, /* SmartArt */
    SHAPE_OBJECT,  /* embedded by another program */
    SHAPE_MEDIA,
    SHAPE_GROUP,
    SHAPE_CONNECTOR,
};

struct slides_cell {
    struct slides_text text;
    struct slides_fill fill;
    int column_span, row_span; /* 1: not merged; 0: covered by another */
    const char *anchor;        /* "top", "middle", "bottom" */
};

struct slides_table {
    size_t rows, columns;
    struct slides_cell *cell; /* rows × columns, row by row */
    const char *style;        /* its name or id; "" */
    bool first_row, banded_rows;
};

struct slides_shape {
    enum slides_shape_kind kind;
    const char *id, *name; /* id: what animations name */
    /* "title", "body", "subtitle", "picture", "table", "chart", "diagram", "media", "object", "slide-number",
     * "footer", "date", "header", "slide-image"; NULL: no placeholder. Of pptx, ctrTitle is "title". */
    const char *placeholder;
    int depth;   /* 0: not in a group */
    bool placed; /* x … h are known (own or inherited) */
    int64_t x, y, w, h;
    int64_t rotation; /* thousandths of a degree, clockwise */
    bool hidden;
    const char *preset; /* "rect", "ellipse", "star5" … as OOXML names them; "" none */
    const char *warp;   /* of WordArt: "textWave1"; "" none */
    struct slides_fill fill;
    int64_t line_color, line_width; /* NONE: no line */
    const char *line_dash;          /* "solid", "dash", "dot" …; "" */
    const char *effects;            /* blanks between: "shadow glow reflection soft-edge"; "" */
    const char *anchor;             /* of the text: "top", "middle", "bottom" */
    const char *autofit;            /* "none", "shrink", "shape"; "" */
    int64_t font_scale;             /* thousandths: what `shrink` makes of every size; 1000 */
    int text_columns;               /* 1 */
    bool vertical;                  /* text runs downwards */
    const char *alternative;        /* description for who cannot see it; "" */
    struct slides_text text;
    struct slides_table *table; /* of SHAPE_TABLE */
    const char *media;          /* "video", "audio" of SHAPE_MEDIA; else "" */
    const char *part;           /* of a picture or a medium: its part's name or address; "" */
    const char *hash;           /* BLAKE2b-256 of it in hex; "" where it is not in the file */
    const char *chart;          /* "column", "bar", "line", "pie", "area", "scatter", "doughnut",
                                   "radar", "bubble", "stock", "surface", "other"; "" */
    const char *diagram;        /* the layout's name: "default", "hierarchy1"; "" */
    struct slides_link link;    /* of the shape itself */
    struct slides_shape *next;
};

struct slides_transition {
    const char *kind; /* NULL: none; as OOXML names them: "fade", "push", "wipe", "split" …; "none" is cut */
    const char *option; /* direction as written: "l", "in", "horz"; "" */
    const char *speed;  /* "slow", "medium", "fast" */
    int64_t duration;   /* ms; SLIDES_UNSAID */
    bool on_click;
    int64_t after;     /* ms; SLIDES_UNSAID: not by itself */
    const char *sound; /* its name; NULL: none */
};

/* One effect of an animation, in the order of the list that the author sees. */
struct slides_effect {
    const char *kind; /* "entrance", "emphasis", "exit", "path", "action", "media" */
    const char *name; /* "appear", "fly-in", "fade" …; where we have no word, "12" (the preset's number) */
    int preset;       /* 0: unknown */
    const char *option;      /* direction, in words: "from-left"; "" */
    const char *trigger;     /* "click", "with", "after" */
    const char *shape;       /* id of the shape */
    int paragraph;           /* from 1; 0: the shape as a whole */
    int64_t duration, delay; /* ms; SLIDES_UNSAID */
    struct slides_effect *next;
};

struct slides_slide {
    const char *part; /* "ppt/slides/slide1.xml", "content.xml": for places */
    const char *name; /* of odp: draw:name; "" */
    int number;       /* from 1, in the order of the show */
    bool hidden;
    /* OOXML ST_SlideLayoutType: "title", "obj" (title and content), "twoObj", "titleOnly", "blank",
     * "secHead", "vertTx" …; "" where it cannot be told. */
    const char *layout;
    const char *layout_name, *master, *theme, *color_scheme, *font_scheme; /* "" unknown */
    struct slides_fill background;
    bool own_background;
    bool shows_number, shows_date, shows_footer;
    const char *footer, *date; /* as shown; "" */
    const char *notes;         /* text of the notes, paragraphs by "\n"; "" */
    struct slides_shape *shape, *last;
    struct slides_transition transition;
    struct slides_effect *effect, *last_effect;
    int n_effects;
    struct slides_slide *next;
};

struct slides_show {
    const char *kind;                                  /* "present", "browse", "kiosk" */
    bool loop, with_narration, with_animation, manual; /* manual: timings are not used */
    int from, to;                                      /* slide numbers; 0: all */
    const char *custom;                                /* name of a custom show; "" */
};

struct slides {
    struct arena *arena;
    const char *format; /* "pptx", "odp" */
    int64_t width, height;
    struct slides_slide *slide, *last;
    int n_slides;
    struct slides_show show;
    bool full; /* the limit was reached: what came later is not here */
    struct slides_spare *spare;
};

struct slides *slides_new(const char *format);
void slides_free(struct slides *s); /* NULL is fine */

/* A copy in the document's memory; "" for NULL. */
const char *slides_string(struct slides *s, const char *text);
const char *slides_string_n(struct slides *s, const char *text, size_t n);

/* Each is appended, with the defaults that a fresh one has in every program: texts "", colours 0 or NONE,
 * ratios 1000, size 18 pt, on_click true. */
struct slides_slide *slides_add(struct slides *s);
/* Of a group, its children follow it with a greater depth. */
struct slides_shape *slides_add_shape(struct slides *s, struct slides_slide *slide, enum slides_shape_kind k,
                                      int depth);
struct slides_paragraph *slides_add_paragraph(struct slides *s, struct slides_text *t);
struct slides_run *slides_add_run(struct slides *s, struct slides_paragraph *p, const char *text);
struct slides_effect *slides_add_effect(struct slides *s, struct slides_slide *slide);
/* At most 1,000 × 100 cells; smaller where more is asked. */
struct slides_table *slides_add_table(struct slides *s, struct slides_shape *shape, size_t rows,
                                      size_t columns);
/* The word for an effect of PowerPoint, by class ("entr", "emph", "exit", "path", "verb", "mediacall") and
 * number; ODF's "ooo-entrance-fly-in" is kind and name already. */
const char *slides_effect_kind(const char *preset_class);
const char *slides_effect_name(struct slides *s, const char *kind, int preset);

/* Ends the building: joins the texts of paragraphs, resolves links to slides. FAULT_LIMIT (in e->code) where
 * the show is larger than the limit; `name` stands in the message. */
MUST_CHECK int slides_finish(struct slides *s, const char *name, struct err *e);

/* Appends the text of all paragraphs, "\n" between. */
struct bytes;
void slides_text_of(const struct slides_text *t, struct bytes *out);

#endif
