/* SPDX-License-Identifier: Apache-2.0 */
/* Between an office's rosters and a draw: the list from rosters and two tables, the rosters from its result. */
#ifndef KAOCHANG_OFFICE_DRAW_GATHER_H
#define KAOCHANG_OFFICE_DRAW_GATHER_H

#include "office/draw.h"
#include "office/roster-store.h"

/* A table as people write it, with its name for messages; text.p NULL: none. Columns: docs/lab.md, "The draw". */
struct draw_table {
    const char *name;
    struct span text;
};

/* Candidates of all sessions of a draw, wherever they are registered now. */
struct draw_pool {
    struct roster **roster;
    size_t n_rosters;
    const struct roster_candidate **candidate; /* by ticket */
    size_t n;
};

/* ERR_USAGE: nobody is registered, or one of the rosters is signed; ERR_DATA: a ticket stands in two of them. */
MUST_CHECK int draw_pool_load(struct draw_pool *ret, struct office *o, const char *const *session, size_t n_sessions,
                              struct err *e);
void draw_pool_release(struct draw_pool *p);

/* Puts the candidates of the pool in place of the list's. */
void draw_list_take_pool(struct draw_list *l, const struct draw_pool *p);
/* Rooms and raters of two tables; sessions must be in the list. ERR_DATA names file and line. */
MUST_CHECK int draw_list_take_rooms(struct draw_list *l, const struct draw_table *t, struct err *e);
MUST_CHECK int draw_list_take_raters(struct draw_list *l, const struct draw_table *t, struct err *e);

/* How many candidates are in one list only; *ret_ticket is one of them (NULL: none). */
void draw_list_compare(const struct draw_list *committed, const struct draw_list *now, size_t *ret_added,
                       size_t *ret_gone, const char **ret_ticket);

/* Saves the rosters of all sessions: places, experiments as forms, rooms with benches, raters by their names in the
 * table. Reserves are not in it. */
MUST_CHECK int draw_apply(struct office *o, const struct draw_list *l, const struct draw_result *r,
                          const struct draw_pool *p, const struct draw_table *raters, struct err *e);

#endif
