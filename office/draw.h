/* SPDX-License-Identifier: Apache-2.0 */
/* The draw of a lab-skills exam: a pure function of a list and 32 bytes of seed.
 *
 * Stage 1 gives candidates a session, a room and a group; stage 2 a bench and an experiment within the group; then
 * raters get their room and benches. Every step in words, for whoever computes it again: docs/lab.md, "The draw".
 */
#ifndef KAOCHANG_OFFICE_DRAW_H
#define KAOCHANG_OFFICE_DRAW_H

#include "office/draw-list.h"
#include "office/draw-stream.h"

#define DRAW_NOWHERE SIZE_MAX

struct draw_place {
    size_t room; /* index in the list; DRAW_NOWHERE before stage 1 */
    int64_t group, bench; /* from 1 */
    size_t experiment;    /* index in the session's experiments */
};

struct draw_duty {
    size_t room; /* DRAW_NOWHERE: a reserve */
    int64_t from, to; /* benches */
    int64_t order;    /* 1, 2 or 3 */
};

struct draw_result {
    struct arena *arena;
    struct draw_place *place; /* of each candidate of the list */
    struct draw_duty *duty;   /* of each rater of the list */
    size_t groups;            /* with at least one candidate */
    size_t neighbours; /* pairs with the same experiment beside or behind each other that could not be avoided */
    size_t split_rooms, split_sessions; /* schools in more than one room, in more than one session */
    size_t reserves;                    /* raters without benches */
};

/* Told once for each site that has too few places, and each place without a rater. */
typedef void draw_complain_fn(void *context, const char *where, const char *what);

/* The list as draw_list_read or draw_list_check left it, not longer used by the result. ERR_NO, with every complaint told
 * (complain may be NULL): more candidates than benches; a bench that no rater may rate. */
MUST_CHECK int draw_run(struct draw_result **ret, const struct draw_list *l, const uint8_t seed[DRAW_SEED],
                        draw_complain_fn *complain, void *context, struct err *e);
void draw_result_free(struct draw_result *r); /* NULL is fine */

/* The places as a table in canonical form: candidates by ticket, then raters by session and id. Its hash stands in
 * draw.xml. */
void draw_result_write(const struct draw_result *r, const struct draw_list *l, struct bytes *out);

#endif
