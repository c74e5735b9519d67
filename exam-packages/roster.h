/* SPDX-License-Identifier: Apache-2.0 */
/* The roster of a session: who sits where, with which form and how much extra time. Two views of one document
 * type: the whole session (site "", no room secrets), signed, for merging and reports; and one site's view
 * with the 32 random bytes of each of its rooms, sealed into the package as roster/SITE.age. Format:
 * docs/exam-packages.md, "Roster". */
#ifndef KAOCHANG_EXAM_PACKAGES_ROSTER_H
#define KAOCHANG_EXAM_PACKAGES_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define ROSTER_NS "urn:kaochang:roster:1"
enum {
    ROSTER_MAX_CANDIDATES = 200000,
    ROSTER_MAX_ROOMS = 20000,
    ROSTER_MAX_SEATS = 1000,
    ROSTER_MAX_RATERS = 20000,
    ROSTER_MAX_ORDER = 3, /* of a rater */
    ROSTER_SECRET_BYTES = 32
};

struct roster_room {
    const char *site, *id; /* plain names; together unique */
    const char *name;      /* for people */
    int64_t seats;         /* numbered 1..seats */
    int64_t benches;       /* of a lab exam: seats are taken in groups of so many (roster_bench); else 0 */
    bool has_secret;       /* in a site's view only */
    uint8_t secret[ROSTER_SECRET_BYTES];
};

struct roster_candidate {
    const char *ticket; /* plain name, unique in the session */
    const char *name;
    const char *id_number, *county, *school; /* may be empty */
    const char *site, *room;                 /* a room of the list */
    int64_t seat;                            /* unique in its room */
    const char *form;                        /* plain name */
    int64_t extra_s;                         /* extra time granted beforehand, seconds */
};

/* Who rates in a lab exam: sits down at a device of the room, and rates the candidates at these benches. */
struct roster_rater {
    const char *id;          /* plain name, unique among raters and tickets: "E07" */
    const char *name;
    const char *school;      /* may be empty; never that of a candidate whom this one rates */
    const char *site, *room; /* a room of the list */
    int64_t from, to;        /* benches 1..benches of every group, inclusive */
    int64_t order;           /* 1 rates first, 2 independently besides, 3 where those two differ; one of each
                              * order at a bench */
};
#define ROSTER_RATING_FORM "rating" /* the form of a rater's journal */

struct roster {
    struct arena *arena; /* owns the texts and arrays below */
    const char *session; /* plain name */
    const char *site;    /* "" in the whole-session view */
    int64_t number;      /* of the supplement that it came with; 0: with the package */
    struct roster_room *room;
    size_t n_rooms;
    struct roster_candidate *candidate;
    size_t n_candidates;
    struct roster_rater *rater; /* of a lab exam: by id; else none */
    size_t n_raters;
};

/* An empty roster with its arena; allocate the arrays and texts there. */
struct roster *roster_new(void);
/* Wipes the room secrets. NULL is fine. */
void roster_free(struct roster *r);

/* Puts rooms into the order of site and id, candidates into the order of ticket, raters into the order of id
 * (bytewise), then checks everything the fields above say. ERR_DATA names the ticket, rater, room or seat. */
MUST_CHECK int roster_check(struct roster *r, struct err *e);
/* roster_check, then the canonical bytes. */
MUST_CHECK int roster_write(struct roster *r, struct bytes *out, struct err *e);
/* Reads and checks; refuses what is not in canonical form. */
MUST_CHECK int roster_read(struct roster **ret, const char *name, struct span data, struct err *e);

/* In a checked roster; NULL if there is none. */
const struct roster_candidate *roster_find(const struct roster *r, const char *ticket);
const struct roster_room *roster_find_room(const struct roster *r, const char *site, const char *room);

/* ---- lab exams ---- */

/* Group and bench, both from 1, of a seat in a room with benches. Seat 1 is bench 1 of group 1. */
void roster_bench(const struct roster_room *room, int64_t seat, int64_t *ret_group, int64_t *ret_bench);
const struct roster_rater *roster_find_rater(const struct roster *r, const char *id); /* NULL: none */
/* True if this rater rates this candidate: same room, a bench of his. */
bool roster_rates(const struct roster *r, const struct roster_rater *rater,
                  const struct roster_candidate *candidate);
/* Those who sit down at a device and have a journal: the candidates, or in a lab exam (n_raters > 0) the
 * raters as if they were candidates: ticket is the rater's id, form ROSTER_RATING_FORM, seat their place
 * among the raters of the room. In bytewise order of ticket; array and texts live in the roster's arena. */
const struct roster_candidate *roster_sitters(struct roster *r, size_t *ret_n);

/* The sites of a checked whole-session roster: the i-th, in bytewise order, or NULL. */
const char *roster_site(const struct roster *whole, size_t i);
/* One site's view of a checked whole-session roster, with fresh random room secrets. */
MUST_CHECK int roster_site_view(struct roster **ret, const struct roster *whole, const char *site,
                                struct err *e);
/* Rooms of the view that `from` has too keep its secrets. */
void roster_keep_secrets(struct roster *view, const struct roster *from);

#endif
