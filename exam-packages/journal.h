/* SPDX-License-Identifier: Apache-2.0 */
/* The journal of a sitting: an SQLite file to which events are only ever added (docs/formats.md, "Journal").
 *
 * Each event is sealed and chained to the one before. Whoever has no key still reads who sat, when, and how
 * many events there are; whoever holds J reads the answers and finds every changed, missing or reordered
 * event. The payload of an event is opaque here; the answer of a candidate is a response_set in its encoded
 * form.
 */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct age_identity;
struct secret;

enum {
    JOURNAL_MAX_PAYLOAD = 1 << 20,
    JOURNAL_MAX_EVENTS = 1000000,
    JOURNAL_MAX_EPOCHS = 16, /* a sitting changes its machine no more often */
    JOURNAL_STATION_KEY = 42,
};

/* What an event says. The numbers are the format. */
enum journal_kind {
    JOURNAL_START = 1,       /* the candidate began; payload: allowance (journal_act) */
    JOURNAL_RESUME = 2,      /* the program went on after an interruption; no payload */
    JOURNAL_VISIT = 3,       /* an item was shown; item */
    JOURNAL_ANSWER = 4,      /* item; payload: response_set, encoded */
    JOURNAL_FLAG = 5,        /* item */
    JOURNAL_UNFLAG = 6,      /* item */
    JOURNAL_EXTRA_TIME = 7,  /* an act of the proctor (journal_act); value: milliseconds, may be negative */
    JOURNAL_PAUSE = 8,       /* an act: time stands still */
    JOURNAL_CONTINUE = 9,    /* an act: time goes on */
    JOURNAL_VIOLATION = 10,  /* an act: something for the minutes */
    JOURNAL_RESEAT = 11,     /* an act: first event of an epoch after the first */
    JOURNAL_HAND_IN = 12,    /* the candidate's own end; no payload */
    JOURNAL_FORCED_END = 13, /* the time is over (no payload), or an act of the proctor */
    JOURNAL_NOTES = 14,      /* the candidate's scratch notes, whole; payload: UTF-8; never scored */
    JOURNAL_FILE = 15,       /* a piece of a file's content (journal-files.h); no item */
    JOURNAL_SNAPSHOT = 16,   /* item; the files that it has (journal-files.h) */
    JOURNAL_RATING = 17,     /* item: the candidate's ticket; payload: rating_write (scoring/lab/rating.h), whole.
                              * In the journal of a rater; the last one of each candidate counts */
};
/* "answer", "hand-in" …; NULL for a number that is none of them. */
const char *journal_kind_name(int64_t kind);

struct journal_clock {
    int64_t used_ms; /* time spent on the sitting: the only one that counts */
    int64_t mono_ms; /* since boot */
    int64_t wall_ms; /* for people */
    char boot[37];
};

/* The sub-keys of one epoch's J (docs/formats.md, "Keys"). Lives in the caller's guarded memory; wipe after
 * use. */
struct journal_keys {
    uint8_t seal[32], chain[32], blob[32];
};
void journal_keys_wipe(struct journal_keys *k);
/* The sub-keys of J (32 bytes). */
void journal_keys_derive(const struct secret *j, struct journal_keys *ret);

/* How an epoch begins; its hash is the `prev` of the first event. Texts and spans are borrowed. */
struct journal_epoch {
    int64_t epoch; /* 1, then 2 after a re-seat … */
    const char *session, *ticket, *form;
    uint8_t package[32];                  /* package hash */
    uint8_t station[JOURNAL_STATION_KEY]; /* minisign public key: "Ed", key id, key */
    int64_t fork_epoch, fork_seq;         /* 0, 0 for the first */
    uint8_t fork_hash[32];
    struct span j_age; /* J sealed to U, C, O and R: one age file */
};

struct journal_event {
    int64_t epoch, seq; /* seq counts from 1 in each epoch */
    struct journal_clock at;
    enum journal_kind kind;
    const char *item;    /* "" where the kind has none */
    struct span payload; /* opened */
    uint8_t hash[32];
};

/* The station's word for an epoch: what it signs, and the documents that let anybody check it. */
struct journal_seal {
    int64_t epoch, seq;
    uint8_t head[32];
    struct span signature;             /* .minisig over journal_seal_body */
    struct span certificate;           /* XML, of the station key */
    struct span certificate_signature; /* .minisig of its issuer */
    struct span issuer;                /* the issuing site's certificate; n 0 when the office issued it */
    struct span issuer_signature;
};
/* Canonical bytes: package hash, sitting, epoch, last seq, head. */
void journal_seal_body(const struct journal_epoch *start, int64_t seq, const uint8_t head[32],
                       struct bytes *out);

/* An act of proctor or agent as a payload, signed by the station: canonical body, its .minisig, and, where
 * the proctor's machine told the station to do it, the packed order (journal-order.h). */
struct journal_act {
    enum journal_kind kind;
    const char *session, *ticket;
    int64_t epoch, seq; /* of the event: an act counts once, in its place */
    int64_t value;      /* milliseconds; 0 where there is none */
    int64_t wall_ms;
    const char *reason;
    /* not part of the body */
    struct span order;  /* packed; n 0: given at the station itself. Borrowed */
    const char *serial; /* of the order, once it is checked; else NULL */
};
void journal_act_body(const struct journal_act *act, struct bytes *out);
/* Without an order (n 0) the payload is what it was before there were orders. */
void journal_act_payload(struct span body, struct span signature, struct span order, struct bytes *out);
/* Reads a payload; *ret_body and *ret_signature (may be NULL) and the order are borrowed from it. Nothing is
 * verified. */
MUST_CHECK int journal_act_read(struct journal_act *ret, struct arena *a, struct span payload,
                                struct span *ret_body, struct span *ret_signature, struct err *e);

/* Reads the act in an event's payload and verifies it: signed by the epoch's station for just this event; if
 * an order came along, signed with the certificate of a room (whose chain is not checked:
 * journal_order_trusted) for just this act. Whether its serial stands in the journal already is for the
 * caller to see. */
struct journal_event;
MUST_CHECK int journal_act_check(const struct journal_epoch *start, const struct journal_event *event,
                                 struct arena *a, struct journal_act *ret, struct err *e);

/* ---- writing: one process at a time adds, but agent and client may take turns ---- */

struct journal;

/* Creates the file with its first epoch, durably and whole or not at all; an existing file is refused
 * (ERR_ENV, code EEXIST). `vfs` is NULL except in tests. */
MUST_CHECK int journal_create(const char *path, const struct journal_epoch *start, const char *vfs,
                              struct err *e);
/* Begins a further epoch in a journal that holds the ones before, with its first event, JOURNAL_RESEAT, in
 * one commit. The fork must be here, in the newest epoch; `id` opens start->j_age. What was read may be
 * superseded now: the next journal_read begins at the beginning. */
MUST_CHECK int journal_begin_epoch(struct journal *j, const struct journal_epoch *start,
                                   const struct age_identity *id, const struct journal_clock *at,
                                   struct span payload, struct err *e);
/* Opens for adding, with the keys of the newest epoch, or NULL: journal_unseal follows. Nothing is verified
 * yet: call journal_read. */
MUST_CHECK int journal_open(struct journal **ret, const char *path, const struct journal_keys *keys,
                            const char *vfs, struct err *e);
/* Adds one event; when it returns 0 the event is on the disk. `journal_read` must have read up to the end
 * before: if another process has added meanwhile nothing is written and -ERR_NO with JOURNAL_MOVED in e->code
 * is returned. */
MUST_CHECK int journal_append(struct journal *j, const struct journal_clock *at, enum journal_kind kind,
                              const char *item, struct span payload, struct err *e);
enum {
    JOURNAL_MOVED = 4001,
    JOURNAL_INCOMPLETE = 4002,
    JOURNAL_BROKEN = 4003,
    JOURNAL_SEALED_TO_OTHERS = 4004,
    JOURNAL_REPEATED = 4005, /* this order was carried out before */
};
/* Overwrites the tick row: time used, outside the chain. */
MUST_CHECK int journal_tick(struct journal *j, const struct journal_clock *at, struct err *e);
/* Stores the station's signature of an epoch that has ended. With a spill (journal-spill.h): 1, and it waits
 * in memory for journal_unspill, when the disk refuses it. */
MUST_CHECK int journal_put_seal(struct journal *j, const struct journal_seal *seal, struct err *e);
/* A whole copy by SQLite's backup API: one file, no -wal. */
MUST_CHECK int journal_copy(struct journal *j, const char *path, struct err *e);

/* ---- reading ---- */

/* Opens for reading only. A file that was copied without its -wal is refused where that can be seen
 * (ERR_DATA, code JOURNAL_INCOMPLETE). */
MUST_CHECK int journal_open_file(struct journal **ret, const char *path, struct err *e);
/* The same from memory, for a journal inside a bundle; `name` stands in messages. The data is copied. */
MUST_CHECK int journal_open_bytes(struct journal **ret, const char *name, struct span data, struct err *e);
void journal_close(struct journal *j); /* NULL is fine; wipes the keys */

/* Epochs in the file, ascending; borrowed while the journal is open. */
size_t journal_epochs(const struct journal *j);
const struct journal_epoch *journal_epoch(const struct journal *j, size_t i);
/* The station's seal of the i-th epoch; false if there is none. Borrowed. */
bool journal_epoch_seal(const struct journal *j, size_t i, struct journal_seal *ret);
/* Last event of the i-th epoch as it is stored (on the disk or in the spill), unverified; seq 0 and the zero
 * hash when there is none. */
bool journal_epoch_end(const struct journal *j, size_t i, int64_t *ret_seq, uint8_t ret_hash[32]);
/* The tick row; false if none was written. */
bool journal_last_tick(const struct journal *j, struct journal_clock *ret);

/* Opens j.age of every epoch with whichever identity fits. ERR_NO when none fits. */
MUST_CHECK int journal_unseal(struct journal *j, const struct age_identity *id, size_t n, struct err *e);

/* Gives the keys of one epoch, for a program that gets sub-keys and no identity. */
MUST_CHECK int journal_use_keys(struct journal *j, int64_t epoch, const struct journal_keys *keys,
                                struct err *e);

/* Keys of the i-th epoch, NULL while it is not unsealed; borrowed. */
const struct journal_keys *journal_epoch_keys(const struct journal *j, size_t i);

/* Reads events from the last one read on (from the beginning at first), checks order, chain and seal of each,
 * and gives it to `each`, whose negative result ends the reading and is returned. ERR_DATA with code
 * JOURNAL_BROKEN names epoch and seq of the first event that is edited, missing or out of place. A tail that
 * a later epoch supersedes is checked, and given with `superseded` true. */
typedef int journal_each_fn(void *context, const struct journal_event *event, bool superseded, struct err *e);
MUST_CHECK int journal_read(struct journal *j, journal_each_fn *each, void *context, struct err *e);
/* Last event read: epoch, seq, hash (the start's hash and seq 0 before the first event). */
void journal_head(const struct journal *j, int64_t *ret_epoch, int64_t *ret_seq, uint8_t ret_hash[32]);

#endif
