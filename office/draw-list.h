/* SPDX-License-Identifier: Apache-2.0 */
/* What a draw draws from, and nothing else: candidates by school, rooms with their benches, raters, experiments. One
 * table (CSV) in canonical form, whose hash is published before the draw; it holds no names of people. Format:
 * docs/lab.md, "The draw".
 */
#ifndef KAOCHANG_OFFICE_DRAW_LIST_H
#define KAOCHANG_OFFICE_DRAW_LIST_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

enum {
    DRAW_MAX_BYTES = 64 << 20,
    DRAW_MAX_CANDIDATES = 200000,
    DRAW_MAX_ROOMS = 20000,
    DRAW_MAX_RATERS = 20000,
    DRAW_MAX_SESSIONS = 32,
    DRAW_MAX_EXPERIMENTS = 64,
    DRAW_MAX_SCHOOL = 200,
    DRAW_MAX_RATINGS = 3,
    DRAW_MAX_SEATS = 1000, /* benches * groups of a room */
    DRAW_HASH = 32,
};

struct draw_session {
    const char *id;
    const char **experiment; /* rubric ids of this half-day, bytewise order, at least two */
    size_t n_experiments;
};

struct draw_room {
    size_t session; /* index */
    const char *site, *id, *name;
    int64_t benches, groups;
    int64_t columns; /* benches beside each other; bench 1 is in front on the left */
};

struct draw_candidate {
    const char *site, *school, *ticket;
};

struct draw_rater {
    size_t session;
    const char *site; /* "": wherever one is needed */
    const char *id, *school;
};

struct draw_list {
    struct arena *arena;
    int64_t ratings; /* raters of each bench: 1 to 3; the first two rate independently */
    int64_t watch;   /* benches of one rater */
    struct draw_session *session; /* by id */
    size_t n_sessions;
    struct draw_room *room; /* by session, site, id */
    size_t n_rooms;
    struct draw_candidate *candidate; /* by site, school, ticket */
    size_t n_candidates;
    struct draw_rater *rater; /* by session, id; none: raters are placed by hand */
    size_t n_raters;
};

struct draw_list *draw_list_new(void);
void draw_list_free(struct draw_list *l); /* NULL is fine */

/* Puts everything into its order and checks it: ERR_DATA for what can never be drawn (a ticket or a rater twice, fewer
 * than two experiments, a session that is not there). Rooms' and raters' `session` index the sessions as they were. */
MUST_CHECK int draw_list_check(struct draw_list *l, struct err *e);
/* draw_list_check, then the canonical bytes. A text that a spreadsheet would take for a formula changes on the way: draw
 * from what draw_list_read gives for these bytes. */
MUST_CHECK int draw_list_write(struct draw_list *l, struct bytes *out, struct err *e);
/* Refuses what is not in canonical form, naming the first line that differs. */
MUST_CHECK int draw_list_read(struct draw_list **ret, const char *name, struct span data, struct err *e);

/* BLAKE2b-256, as `b2sum -l 256` prints it. */
void draw_hash(struct span data, uint8_t ret[DRAW_HASH]);
/* The first line (from 1) in which the two texts differ, with those lines in `a` and `b` (cut to `size`; "" past the
 * end); 0: they do not. */
unsigned draw_first_difference(struct span x, struct span y, char *a, char *b, size_t size);

#endif
