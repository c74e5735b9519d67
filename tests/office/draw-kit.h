/* SPDX-License-Identifier: Apache-2.0 */
/* Lists to draw from, of any shape. */
#ifndef KAOCHANG_TESTS_OFFICE_DRAW_KIT_H
#define KAOCHANG_TESTS_OFFICE_DRAW_KIT_H

#include "office/draw.h"

struct shape {
    int candidates, schools, sites, rooms, benches, groups, columns, sessions, experiments, raters;
    int ratings, watch;
};

/* 200 candidates of 7 schools, 60 raters, 2 sessions at 2 sites. */
extern const struct shape shape_usual;
/* Schools of different sizes; each belongs to one site. */
struct draw_list *shape_list(const struct shape *s);

void draw_seed_of(uint8_t seed[DRAW_SEED], int number);
/* The draw of this list with the seed of that number. */
struct draw_result *draw_with(struct draw_list *l, int number);

#endif
