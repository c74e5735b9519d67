/* SPDX-License-Identifier: Apache-2.0 */
/* Which rooms of a session are closed, as far as the office knows: by CLOSE records that came with bundles or
 * on a stick, and by closing numbers read by phone. */
#ifndef KAOCHANG_CLI_OFFICE_ROOMS_H
#define KAOCHANG_CLI_OFFICE_ROOMS_H

#include "cli/command.h"
#include "exam-packages/package.h"
#include "exam-packages/release-record.h"
#include "exam-packages/supplement.h"
#include "office/session.h"

struct room_state {
    const struct roster_room *room;
    int64_t listed;              /* who is to sit down there: candidates, or raters */
    int64_t records, calls, sat; /* sat: by the records, else by the calls */
    int64_t came;                /* from how many something has been merged */
};

struct rooms {
    struct arena *arena;
    struct roster *roster;
    struct room_state *room; /* those that somebody sits in, by site and room */
    size_t n;
    struct release_room *said; /* records and calls; keys still zero; with room for one more of each room */
    size_t n_said;
};

/* Looks into the office, and into the store where there is one (--store). rooms_release afterwards. */
MUST_CHECK int rooms_read(struct rooms *ret, const struct args *a, struct office *o, const char *session,
                          struct err *e);
void rooms_release(struct rooms *r);
bool room_is_closed(const struct room_state *r);

/* The session's packages, as the office keeps them, the newest first; and their later lists, which have room
 * secrets of their own. */
struct kept_packages {
    struct package **package;
    size_t n;
    struct supplement **list;
    size_t n_lists;
};
MUST_CHECK int kept_packages_open(struct kept_packages *ret, const struct office *o, const char *session,
                                  const struct trust *t, struct err *e);
void kept_packages_close(struct kept_packages *k);
/* Finds the key of the room by which this call's number was made, and fills it in. ERR_NO when there is none:
 * the number is of another room, or another count was heard. */
MUST_CHECK int kept_packages_key(const struct kept_packages *k, const struct age_identity *recovery,
                                 const char *session, struct release_room *call, struct err *e);

#endif
