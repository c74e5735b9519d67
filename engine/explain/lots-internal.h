/* SPDX-License-Identifier: Apache-2.0 */
/* How lots are made, shared by lots*.c only. */
#ifndef KAOCHANG_ENGINE_LOTS_INTERNAL_H
#define KAOCHANG_ENGINE_LOTS_INTERNAL_H

#include "engine/explain/lots.h"

/* One cell before the lots are made; column: an item, or n_items + number of a further column. */
struct entry {
    uint32_t column, row;
    double value;
};

struct entries {
    struct entry *entry;
    size_t n, room;
};

struct maker {
    struct lots *l;
    struct entries cell, bound; /* a bound's row is the requirement */
    size_t n_columns, rows_room;
    uint32_t stimulus; /* the column of the first stimulus, 0: not there yet */
    bool sets;         /* some requirement says how many items a stimulus has */
};

/* The rows of requirement k, its cells and bounds. */
void lots_rows(struct maker *m, size_t k);

#endif
