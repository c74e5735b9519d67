/* SPDX-License-Identifier: Apache-2.0 */
/* Views of the examiner's screens: models to cells. */
#ifndef KAOCHANG_CLIENT_RATE_RATE_VIEW_H
#define KAOCHANG_CLIENT_RATE_RATE_VIEW_H

#include "client/rate/rate-model.h"
#include "client/screens/grid.h"

/* The whole screen; the grid is cleared and of the model's size. */
void rate_draw(const struct rate_model *r, const struct model *m, struct grid *g);

void rate_view_sheets(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_groups(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_identity(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_own(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_status(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_reason(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_keys(const struct rate_model *r, const struct model *m, struct grid *g);
void rate_view_finish(const struct rate_model *r, const struct model *m, struct grid *g);

/* The most that the own sheet and the list when finishing can be scrolled. */
int rate_own_most(const struct rate_model *r, const struct model *m);
int rate_finish_most(const struct rate_model *r, const struct model *m);

/* ---- shared pieces ---- */
/* Save line and keys under a rule; returns the first row that is not for the body. */
int rate_foot(const struct model *m, struct grid *g, const char *keys);
/* What stands beside a candidate in one or two words: "confirmed 17", "absent", "3 steps open". */
const char *rate_state_text(const struct book_entry *x, char *buf, size_t size);
enum look rate_state_look(const struct book_entry *x);
const char *rate_status_text(enum rating_status s);
/* "17", "17.5". */
const char *rate_points(points_t p, char buf[32]);
/* The last `n` characters of a ticket. */
const char *rate_ticket_end(const char *ticket, size_t n);
/* "-1", or why it costs something else. */
const char *rate_cost_text(const struct book_entry *x, size_t step, size_t slip, char *buf, size_t size);
/* Two buttons, the safe one first. */
void rate_buttons(const struct rate_model *r, struct grid *g, int y, const char *safe, const char *other);
/* The slips of the chosen candidate's step, or what is asked, in these rows. */
void rate_view_slips(const struct rate_model *r, const struct model *m, struct grid *g, int y, int end);
int rate_slip_rows(const struct rate_model *r, const struct model *m);

/* Digits and points, five rows high; columns used. */
enum { RATE_BIG_ROWS = 5 };
int rate_big(struct grid *g, int x, int y, enum look look, const char *text);
int rate_big_columns(const char *text);

#endif
