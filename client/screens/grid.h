/* SPDX-License-Identifier: Apache-2.0 */
/* A screen as cells: what the views draw on, what the terminal shows, what tests read as text. Knows no
 * terminal. */
#ifndef KAOCHANG_CLIENT_SCREENS_GRID_H
#define KAOCHANG_CLIENT_SCREENS_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

/* The role of a cell; the terminal may give it a colour, the meaning never depends on it. */
enum look {
    LOOK_TEXT,
    LOOK_FRAME,
    LOOK_TITLE,
    LOOK_STRONG,
    LOOK_CURSOR, /* what the next key acts on */
    LOOK_CHOSEN,
    LOOK_FIELD, /* where one types */
    LOOK_QUIET,
    LOOK_GOOD,
    LOOK_WARN,
    LOOK_ALARM,
    LOOK_COUNT
};

/* How looks are shown: with colours, in black and white of the strongest contrast, or with the terminal's own
 * two colours. */
enum colours { COLOURS_FULL, COLOURS_CONTRAST, COLOURS_NONE, COLOURS };

struct cell {
    uint32_t ch;   /* 0: the right half of the wide character to the left */
    uint32_t mark; /* a combining mark on it, or 0 */
    uint8_t look;
};

/* A place that a mouse click can mean. */
enum target_kind { TARGET_NONE, TARGET_PLACE, TARGET_ITEM, TARGET_BUTTON };
struct target {
    enum target_kind kind;
    int index;  /* of a place, an item, a button */
    int sub;    /* what of the place: 0 itself, others as its kind says */
    int column; /* of the click, from the first column of the target */
};
struct hit {
    int x, y, columns;
    struct target target;
};

enum { GRID_MAX_HITS = 512 };

struct grid {
    int width, height;
    struct cell *cell;      /* height rows of width */
    int cursor_x, cursor_y; /* -1: no cursor */
    enum colours colours;
    int cut;                /* texts that did not fit; a test wants 0 on every screen */
    struct hit hit[GRID_MAX_HITS];
    int n_hits;
};

/* Blank, of that size. The caller releases it. */
void grid_init(struct grid *g, int width, int height);
void grid_release(struct grid *g);
void grid_clear(struct grid *g);

/* Puts one character; beyond the grid nothing happens. A wide one takes two cells. Returns its columns. */
int grid_put(struct grid *g, int x, int y, enum look look, uint32_t ch);
/* A text from x on, at most `columns` wide; what does not fit is left out and counted in g->cut. Control
 * characters show as spaces. Returns the columns used. */
int grid_text(struct grid *g, int x, int y, int columns, enum look look, const char *text);
/* The text ends before column `end`. Returns its first column. */
int grid_text_right(struct grid *g, int end, int y, enum look look, const char *text);
/* A run of one character. */
void grid_fill(struct grid *g, int x, int y, int columns, enum look look, uint32_t ch);
/* Changes the look of cells that are there. */
void grid_mark(struct grid *g, int x, int y, int columns, enum look look);
void grid_cursor(struct grid *g, int x, int y);

/* Makes the cells a target of the mouse; the last one registered at a place wins. */
void grid_target(struct grid *g, int x, int y, int columns, struct target target);
struct target grid_target_at(const struct grid *g, int x, int y);

/* The rows as UTF-8 lines without trailing spaces. */
void grid_dump(const struct grid *g, struct bytes *out);
/* Both of one size. */
void grid_copy(struct grid *to, const struct grid *from);
/* True if the same is shown, cursor included. */
bool grid_equal(const struct grid *a, const struct grid *b);

#endif
