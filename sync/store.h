/* SPDX-License-Identifier: Apache-2.0 */
/* The central store: a pure function of the set of bundles, signed policy documents and decisions that it was given, in
 * whatever order and however often (docs/sync.md). */
#ifndef KAOCHANG_SYNC_STORE_H
#define KAOCHANG_SYNC_STORE_H

#include "base/arena.h"
#include "base/db.h"
#include "exam-packages/roster.h"
#include "exam-packages/supplement-document.h"
#include "sync/input.h"

struct store;

/* Opens, or creates with DB_CREATE, the store in an SQLite file. ERR_USAGE for postgresql:// (a later version), and with
 * a hint when there is none; ERR_DATA when the file is something else or of a newer version. */
MUST_CHECK int store_open(struct store **ret, const char *path, enum db_mode mode, struct err *e);
void store_close(struct store *s); /* NULL is fine */

/* ---- putting in: one transaction each, so never half of anything ---- */

/* Before much is put in, and after it: between the two the power may take back what was put in last, as if it
 * had never come. Without them each transaction is durable when it is done. */
MUST_CHECK int store_hurry(struct store *s, struct err *e);
MUST_CHECK int store_settle(struct store *s, struct err *e);

struct merge_counts {
    bool known; /* this bundle was merged before: nothing changed */
    size_t sittings, records;
    size_t contradictory; /* sittings of this bundle that stand in quarantine afterwards, and others that came
                             there by the closing in it */
};

/* Merges a bundle. A journal that is a prefix of another of the same epoch is subsumed; contradictions are kept, both
 * sides, and stand in the quarantine. */
MUST_CHECK int store_merge(struct store *s, const struct merge_input *in, struct merge_counts *ret, struct err *e);
/* Keeps a bundle out: its key is unknown or revoked ("unknown-key", "revoked-key"). Merging the same bundle later, when
 * its key is known, lifts this. */
MUST_CHECK int store_hold(struct store *s, const char *session, const uint8_t bundle[MERGE_HASH], const char *reason,
                          struct err *e);
/* Whether this bundle was merged. */
MUST_CHECK int store_knows(struct store *s, const char *session, const uint8_t bundle[MERGE_HASH], bool *ret,
                           struct err *e);
/* The verified whole-session roster with the bytes of its document. The one with the highest number counts.
 */
MUST_CHECK int store_put_roster(struct store *s, const struct roster *r, struct span document, struct err *e);
/* A verified withdrawal of a package: the document of its supplement. What is sat with that package stands as
 * STORE_WITHDRAWN. */
MUST_CHECK int store_put_withdrawal(struct store *s, const struct supplement_document *d,
                                    struct span document, struct err *e);
/* A score record for a work in the store (ERR_DATA when there is no such work). A second, different one for the same
 * work and rule set puts the sitting into quarantine. */
MUST_CHECK int store_put_record(struct store *s, const char *session, const struct merge_record *r, struct err *e);

/* ---- taking out ---- */

struct store_work {
    const char *session, *ticket, *form, *status;
    uint8_t package[MERGE_HASH];
    int64_t epoch, seq;
    uint8_t hash[MERGE_HASH];
    int64_t used_ms;
    struct span answers, files; /* packed: sync/pack.h */
};
typedef int store_work_fn(void *context, const struct store_work *w, struct err *e);
/* Calls `each` for every work that counts (ended or stranded) and has no record under `ruleset`, by session
 * and ticket; a negative result ends the iteration and is returned. session NULL: all sessions; package NULL:
 * all packages; ruleset NULL: also those that have records. `each` may put records into the store. Sittings
 * in quarantine because of their journals are left out. */
MUST_CHECK int store_unscored(struct store *s, const char *session, const uint8_t *package, const char *ruleset,
                              store_work_fn *each, void *context, struct err *e);

/* Appends the canonical bytes of a candidate's score record, of the last epoch that has one. session NULL:
 * the only one. ERR_NO where there is none, or where two contradict each other; ERR_USAGE where several
 * sessions have one. */
MUST_CHECK int store_record(struct store *s, const char *session, const char *ticket, struct bytes *ret,
                            struct err *e);

enum store_mark {
    STORE_ABSENT,      /* registered, and no work has come */
    STORE_UNSCORED,    /* there is a work, but no record under this rule set */
    STORE_PENDING,     /* a record that waits for a marker */
    STORE_QUARANTINED, /* what came is contradictory */
    STORE_SCORED,      /* of a lab exam: rated, or exempt with a fixed score */
    /* of a lab exam only; STORE_PENDING there: raters, chief, re-check or signatures are awaited */
    STORE_POSTPONED, /* not sat yet: comes to a make-up session */
    STORE_BREACH,    /* was there; this mark is cancelled */
    STORE_CHEATING,  /* was there; all marks of the sitting are invalid */
    STORE_VOID,      /* counts nowhere, and is listed */
    STORE_WITHDRAWN, /* sat with a package that was withdrawn: no mark of it counts */
};

struct store_result {
    const char *ticket, *name, *id_number, *county, *school, *site, *room; /* "" when not on the roster */
    int64_t seat;
    bool registered;
    enum store_mark mark;
    points_t points, maximum; /* when scored or pending */
    const char *form, *status, *receipt; /* of the work; "" when absent. Lab: form is the rubric drawn, status
                                            is rating_status_name ("exempt" …) once it is decided */
    const char *waits; /* lab: combine_state_name of what is awaited, for STORE_PENDING and STORE_QUARANTINED;
                          else "" */
    int64_t used_ms;
    bool attested;
};

/* One for each candidate who is registered or has a work, by ticket (bytewise), in the arena. ERR_NO when the
 * session has two different rosters of one number, ERR_USAGE when it has neither roster nor work. */
MUST_CHECK int store_results(struct store *s, const char *session, const char *ruleset, struct arena *a,
                             struct store_result **ret, size_t *ret_n, struct err *e);

/* A session and its make-up session: each ticket once, by ticket. A breach or cheating in either one stands; else the
 * session in which there is a mark, or more of a work; else the first. ret has room for all. Returns how many there are. */
size_t store_results_join(const struct store_result *a, size_t n_a, const struct store_result *b, size_t n_b,
                          struct store_result *ret);

/* A session and its spare session: each ticket once, by ticket; the spare one's where somebody sat it. */
size_t store_results_join_spare(const struct store_result *a, size_t n_a, const struct store_result *spare,
                                size_t n_spare, struct store_result *ret, size_t *ret_counted);

struct store_quarantined {
    const char *session, *ticket; /* ticket "" when it concerns a bundle */
    const char
        *reason; /* "heads", "starts", "records", "unknown-key", "revoked-key"; "raters": of a lab exam;
                  * "close-missing", "close-other", "close-unnamed", "close-announced": sync/closing.h */
    int64_t epoch;
    uint8_t side[MERGE_HASH];
};
/* All rows by session, ticket, reason, epoch, side, in the arena. */
MUST_CHECK int store_quarantine(struct store *s, struct arena *a, struct store_quarantined **ret, size_t *ret_n,
                                struct err *e);

/* BLAKE2b-256 over the canonical bytes of all rows, sorted bytewise (docs/sync.md, "Digest"). */
MUST_CHECK int store_digest(struct store *s, uint8_t ret[32], struct err *e);

#endif
