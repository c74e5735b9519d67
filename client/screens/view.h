/* SPDX-License-Identifier: Apache-2.0 */
/* Views: model to cells. One file per screen; no terminal, no clock, no I/O. */
#ifndef KAOCHANG_CLIENT_SCREENS_VIEW_H
#define KAOCHANG_CLIENT_SCREENS_VIEW_H

#include "client/screens/model.h"
#include "client/screens/sheet.h"

/* Draws the whole screen; the grid has the model's size. */
void view_draw(const struct model *m, struct grid *g);
/* Whether that is the paper: nothing stands in its place, and the window is large enough. */
bool view_is_paper(const struct model *m);
/* The save line alone, over a drawing of the paper from which nothing else differs. */
void view_paper_saved(const struct model *m, struct grid *g);

void view_waiting(const struct model *m, struct grid *g);
void view_sign_in(const struct model *m, struct grid *g);
void view_check(const struct model *m, struct grid *g);
void view_not_me(const struct model *m, struct grid *g);
void view_rules(const struct model *m, struct grid *g);
void view_paper(const struct model *m, struct grid *g);
void view_picture(const struct model *m, struct grid *g);
void view_overview(const struct model *m, struct grid *g);
void view_hand_in(const struct model *m, struct grid *g);
void view_ended(const struct model *m, struct grid *g);
void view_held(const struct model *m, struct grid *g);
void view_code(const struct model *m, struct grid *g);
void view_moved(const struct model *m, struct grid *g);
void view_paused(const struct model *m, struct grid *g);
void view_messages(const struct model *m, struct grid *g);
void view_leave(const struct model *m, struct grid *g);
void view_error(const struct model *m, struct grid *g);

/* Shared pieces. */
const char *view_title(const struct model *m);
const char *view_time_left(const struct model *m, char *buf, size_t size);
const char *view_kind(const struct question *q);
const char *view_points(points_t p, char *buf, size_t size);
/* "right", "partly right", "wrong", "for a marker", "not checked". */
const char *view_mark(enum question_mark mark);
/* "answered 57   unanswered 2   flagged 1" */
const char *view_counts(const struct model *m, char *buf, size_t size);
/* "Label  value" for a check of who it is, wrapped; nothing for an empty value. Returns the row after it. */
int view_fact(struct grid *g, int y, const char *label, const char *value);
/* As much as fits of a text that is data, ending in ".." where it was cut. Returns the columns used. */
int view_shortened(struct grid *g, int x, int y, int columns, enum look look, const char *text);
/* What is saved, and who sits here, on row y. */
void view_save_line(const struct model *m, struct grid *g, int y);
/* An alert (model_alert) under a rule, on the rows before `end`; view_alert_rows is how many, 0 without one.
 */
void view_alert(const struct model *m, struct grid *g, int end);
int view_alert_rows(const struct model *m);
/* '*' answered, '.' not answered, '?' flagged, '-' closed. */
char view_sign(const struct model *m, size_t item);
/* Palette of items on `rows` rows from y on, the page that holds the current one. Tells which items are
 * shown. */
struct palette_page {
    size_t first, n;
};
struct palette_page view_palette(const struct model *m, struct grid *g, int y, int rows);

/* Notes or calculator from row y on; how many rows they take, 0 when neither is open. */
void view_tool(const struct model *m, struct grid *g, int y);
int view_tool_rows(const struct model *m);
int view_notes_columns(const struct model *m);
/* The keys while one is open; which ones may be opened. */
const char *view_tool_keys(const struct model *m, char *buf, size_t size);
const char *view_tool_hint(const struct model *m, char *buf, size_t size);

/* Lines of a sheet from `first` on, with the signs beside them, on `rows` rows under the head; tells what is
 * above and below. */
void view_lines(struct grid *g, const struct sheet *s, int first, int rows);

/* The body of the item on the screen, and the list of what can be put in at the cursor, which stays in sight
 * below it when the body is longer than its rows and the list takes at most two thirds of them. */
struct paper_layout {
    struct sheet body, bank;
    int rows;      /* of the body */
    int bank_rows; /* with the rule above; 0: not shown */
};
void view_paper_lay_out(const struct model *m, struct paper_layout *ret);
void view_paper_release(struct paper_layout *l);
int view_paper_width(const struct model *m);

/* Geometry that updates need too: rows of the paper's body, of the rules, and of the overview's list; lines
 * that the rules take. */
int view_paper_rows(const struct model *m);
int view_paper_palette_rows(const struct model *m);
int view_rules_rows(const struct model *m);
int view_rules_lines(const struct model *m);
int view_overview_columns(const struct model *m);
int view_overview_rows(const struct model *m);
int view_hand_in_rows(const struct model *m);
int view_messages_rows(const struct model *m);
int view_messages_lines(const struct model *m);

#endif
