/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by office/draw*.c only. */
#ifndef KAOCHANG_OFFICE_DRAW_INTERNAL_H
#define KAOCHANG_OFFICE_DRAW_INTERNAL_H

#include "office/draw-gather.h"
#include "office/draw.h"

struct drawing {
    const struct draw_list *l;
    const uint8_t *seed;
    struct draw_result *result;
    draw_complain_fn *complain;
    void *context;
    size_t complaints;
};

void draw_complain(struct drawing *d, const char *where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Stage 1: place[].room of everybody. In `queue` (as many as candidates) those of a room follow each other in their
 * order, from first[room] to first[room + 1]. */
MUST_CHECK int draw_rooms(struct drawing *d, uint32_t *queue, size_t *first, struct err *e);
/* Stage 2, for one room with its queue. */
void draw_benches(struct drawing *d, size_t room, uint32_t *queue, size_t n);
/* Raters, once everybody has a place. */
MUST_CHECK int draw_raters(struct drawing *d, struct err *e);

/* Names of raters in their table, by id. */
struct draw_name;
struct draw_names {
    struct draw_name *list;
    size_t n;
};
MUST_CHECK int draw_rater_names(struct draw_names *ret, struct arena *a, const struct draw_table *from, struct err *e);
/* The id where there is no name. */
const char *draw_rater_name(const struct draw_names *names, const char *id);

#endif
