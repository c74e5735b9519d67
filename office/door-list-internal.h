/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the two writers of door lists. */
#ifndef KAOCHANG_OFFICE_DOOR_LIST_INTERNAL_H
#define KAOCHANG_OFFICE_DOOR_LIST_INTERNAL_H

#include "office/door-list.h"

/* A group in a room: those who work there at the same time, by bench. */
struct door {
    const struct roster_room *room;
    int64_t group;
    const struct roster_candidate **who; /* the first one's array holds all */
    size_t n;
};

/* By site, room, group; end with doors_free. */
struct door *doors_of(const struct roster *r, size_t *ret_n);
void doors_free(struct door *door, size_t n);
/* Texts of a page; the caller frees. */
char *door_title(const struct door *door);
char *door_facts(const struct door_list *d, const struct door *door);
/* Heads of the columns (N_), NULL at the end. */
const char *const *door_heads(void);

#endif
