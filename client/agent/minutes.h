/* SPDX-License-Identifier: Apache-2.0 */
/* The minutes of a room: one durable list of everything that happened, to which is only ever added
 * (HOME/sessions/SESSION/minutes.db, SQLite, WAL, synchronous=FULL). What must be remembered over a restart
 * stands here too: presence, breaches, the start, messages that wait, one-time codes, the service's orders.
 *
 * Kinds are stable words, texts are what people wrote, and figures. No secret is in it.
 */
#ifndef KAOCHANG_CLIENT_AGENT_MINUTES_H
#define KAOCHANG_CLIENT_AGENT_MINUTES_H

#include <stdbool.h>

#include "client/agent/control.h"

struct minutes;

/* Makes the file where there is none. `vfs` is NULL except in tests. */
MUST_CHECK int minutes_open(struct minutes **ret, const char *path, const char *vfs, struct err *e);
void minutes_close(struct minutes *m); /* NULL is fine */

struct minute {
    struct control_minute shown;
    int64_t value;    /* as the kind says; 0 */
    struct span data; /* as the kind says; empty */
    bool done;        /* minutes_done was called: delivered, used, carried out */
};

/* Adds one; its number is minutes_last. 0: on the disk. 1: the disk refused it; it is kept in memory, is in
 * its place in every list, and is written with the next one that can be (or minutes_flush). shown.number is
 * not read; NULL texts are "". */
int minutes_add(struct minutes *m, const struct minute *what);
int64_t minutes_last(const struct minutes *m); /* number of the last one; 0 none */
/* What a minute asks for has been done. Durable or kept in memory, as minutes_add. */
int minutes_done(struct minutes *m, int64_t number);
/* 0: all is on the disk. ERR_ENV: still not. ERR_DATA: the file is damaged, and they stay in memory. */
MUST_CHECK int minutes_flush(struct minutes *m, struct err *e);

struct minutes_query {
    int64_t after;      /* only numbers after this one */
    const char *kind;   /* or NULL: all */
    const char *ticket; /* or NULL: all */
    size_t max;         /* at most so many; 0: all */
};
/* In their order, into the arena. */
MUST_CHECK int minutes_find(struct minutes *m, const struct minutes_query *q, struct arena *a,
                            struct minute **ret, size_t *ret_n, struct err *e);

/* What is shown: the text, with the figure before it where the kind has one ("+300 s: the mouse was broken").
 */
const char *minutes_text(const struct minute *m, struct arena *a);

/* ---- the document (minutes-document.c) ---- */
#define MINUTES_NS "urn:kaochang:minutes:1"
struct minutes_head {
    const char *session, *site, *room, *machine;
    uint8_t package[32];
};
/* XML `minutes`: session, site, room, machine, package; per entry number, time, kind, ticket, station, value,
 * text. Canonical bytes. Fails when entries are not on the disk yet. */
MUST_CHECK int minutes_write(struct minutes *m, const struct minutes_head *head, struct bytes *out,
                             struct err *e);

struct minutes_document {
    struct arena *arena;
    struct minutes_head head;
    struct minute *minute;
    size_t n;
};
/* Refuses what is not canonical; at most MINUTES_MAX entries. */
enum { MINUTES_MAX = 100000, MINUTES_MAX_BYTES = 64 << 20 };
MUST_CHECK int minutes_read(struct minutes_document **ret, const char *name, struct span data, struct err *e);
void minutes_document_free(struct minutes_document *d); /* NULL is fine */

#endif
