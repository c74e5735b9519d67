/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by client/room/brought*.c only. */
#ifndef KAOCHANG_CLIENT_ROOM_BROUGHT_INTERNAL_H
#define KAOCHANG_CLIENT_ROOM_BROUGHT_INTERNAL_H

#include "client/agent/control.h"
#include "client/agent/minutes.h"
#include "client/room/brought.h"
#include "exam-packages/package.h"
#include "exam-packages/station.h"

enum { BROUGHT_HASH = 32, BROUGHT_MAX_BYTES = 256 << 20 };

struct bringing {
    struct arena *arena;
    const char *home, *session;
    char *folder, *journals; /* HOME/sessions/SESSION, and in it */
    char *staged;            /* where a file is copied first, with its -wal */
    int lock;                /* -1: not held */
    struct control *room;    /* the agent of a room that is open here, or NULL */
    struct clock_reading now;
    struct station *station;
    struct trust *trust;
    struct package *package;
    struct minutes *minutes;
    struct roster *roster; /* NULL: this machine may not read it */
    bool has_key;
    struct age_identity unlock; /* U, with has_key */
};

/* ---- what a journal holds, without its key (brought-compare.c) ---- */
struct brought_epoch {
    const struct journal_epoch *start;
    const uint8_t *hash; /* n of BROUGHT_HASH, as stored: proof for who has the key */
    const uint8_t *id;   /* n of BROUGHT_HASH, over all columns of a row: to compare without the key */
    size_t n;
    bool sealed;
    struct journal_seal seal;
};
struct brought_work {
    struct brought_epoch *epoch;
    size_t n;
    int64_t events;
};
/* Reads all events as they are stored, each of which names the one before; forks and signed ends are where
 * they say. Into the arena, but the starts are borrowed from the journal. */
MUST_CHECK int brought_read(struct journal *j, const char *name, struct arena *a, struct brought_work *ret,
                            struct err *e);

enum brought_relation {
    RELATION_SAME,
    RELATION_LESS,  /* `in` has nothing that `here` lacks */
    RELATION_MORE,  /* `here` has nothing that `in` lacks */
    RELATION_BOTH,  /* each has something, and nothing contradicts */
    RELATION_APART, /* two wrote one epoch */
};
enum brought_relation brought_compare(const struct brought_work *here, const struct brought_work *in);

/* ---- into the folder of the journals (brought-keep.c) ---- */
/* The journal that was read, into the journals: decides, keeps, and fills outcome and kept. */
MUST_CHECK int brought_keep(struct bringing *b, struct journal *j, const struct brought_work *in,
                            struct arena *a, struct brought *ret, struct err *e);

#endif
