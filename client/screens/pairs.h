/* SPDX-License-Identifier: Apache-2.0 */
/* The pairs of an associate, a match, a gap match: which choice goes with which, within the limits of the
 * interaction (matchMax, matchGroup, maxAssociations). For part-*.c only. */
#ifndef KAOCHANG_CLIENT_SCREENS_PAIRS_H
#define KAOCHANG_CLIENT_SCREENS_PAIRS_H

#include "client/screens/part.h"

/* One set, paired with itself without direction (associate), or choices with targets. */
void pairs_init(struct part *p, struct arena *a);
bool pairs_answered(const struct part *p);
/* minAssociations, and matchMin and `required` of every choice and target. */
bool pairs_complete(const struct part *p);

/* Index of the pair; SIZE_MAX if there is none. */
size_t pairs_find(const struct part *p, uint32_t source, uint32_t target);
/* How often a choice, a target is paired. */
size_t pairs_of_source(const struct part *p, uint32_t source);
size_t pairs_of_target(const struct part *p, uint32_t target);

/* What stands against pairing the two. */
enum pairs_obstacle { PAIRS_FREE, PAIRS_GROUP, PAIRS_SOURCE_FULL, PAIRS_TARGET_FULL, PAIRS_FULL };
enum pairs_obstacle pairs_obstacle(const struct part *p, uint32_t source, uint32_t target);
/* The obstacle in words for the candidate. */
void pairs_say(const struct part *p, enum pairs_obstacle o, uint32_t source, uint32_t target,
               struct part_turn *t);
/* Makes the pair in place of the one at index `old` (SIZE_MAX: of none); what stands against it is said, and
 * the old pair stays. */
enum part_result pairs_put(struct part *p, size_t old, uint32_t source, uint32_t target, struct part_turn *t);
void pairs_add(struct part *p, uint32_t source, uint32_t target);
void pairs_remove(struct part *p, size_t index);
/* The newest pair of a choice, of a target; SIZE_MAX if there is none. */
size_t pairs_last_of_source(const struct part *p, uint32_t source);
size_t pairs_last_of_target(const struct part *p, uint32_t target);

/* How many pairs are made and asked for, as a line in the body; nothing where any number will do. */
void pairs_note(const struct part *p, struct body_writer *w);

void pairs_response(const struct part *p, struct response *r, struct arena *a);
void pairs_restore(struct part *p, const struct response *r);

#endif
