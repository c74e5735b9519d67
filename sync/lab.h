/* SPDX-License-Identifier: Apache-2.0 */
/* A lab session as the central store knows it: who rated whom, what people decided afterwards, and what
 * follows for each candidate. Computed whole from bundles, the signed plan, the signed roster and the
 * decisions; nothing of it is stored. docs/lab.md, "Two raters", "Decisions". */
#ifndef KAOCHANG_SYNC_LAB_H
#define KAOCHANG_SYNC_LAB_H

#include "exam-packages/decision.h"
#include "exam-packages/roster.h"
#include "scoring/lab/combine.h"
#include "sync/store.h"

/* One rating of one candidate that counts: of each rater the newest complete one; several of one rater only
 * where two devices, or a device and a sheet, contradict each other. */
struct lab_rating {
    const char *ticket, *rater;
    bool sheet;           /* typed from paper */
    int64_t epoch;        /* of the rater's journal; 0 of a sheet */
    uint8_t head[32];     /* of the rater's journal; of a sheet the hash of its decision */
    uint8_t evidence[32]; /* decision_evidence */
    struct span document; /* rating_write */
    bool attested;        /* the station signed the rater's journal; of a sheet true */
    bool unreadable;      /* no rating of a rubric of this plan */
    struct combine_rating reduced;
};

struct lab_decision {
    struct decision *decision;
    uint8_t hash[DECISION_HASH];
    bool active; /* no other one replaces it */
};

struct lab_case {
    const char *ticket;
    const struct roster_candidate *candidate; /* NULL: not on the roster */
    struct lab_rating *rating;                /* by rater */
    size_t n_ratings;
    struct lab_decision *decision; /* by date, then hash */
    size_t n_decisions;
    struct combined rated;         /* what the ratings alone say */
    struct combined outcome;       /* with the decisions; rule "decision" where one of them made it */
    const struct lab_decision *by; /* it made the outcome, or lifted the re-check; NULL none */
    bool reopened; /* a rating came that no decision saw, two decisions do not know each other, or the one
                    * there is cannot be: more than the exam has, or kind "chief" of a settled mark */
};

struct lab_session {
    struct arena *arena;
    struct lab_plan *plan;
    struct roster *roster;
    struct lab_case *each; /* every candidate of the roster, and whoever else was rated; by ticket */
    size_t n;
    struct lab_decision *owned; /* every decision of the session */
    size_t n_owned;
};

/* 1 and *ret, or 0 where the session has no lab plan. ERR_NO when it has two different plans or rosters, or
 * ratings and no plan, or a plan and no roster. */
MUST_CHECK int store_lab(struct store *s, const char *session, struct lab_session **ret, struct err *e);
void lab_session_free(struct lab_session *l); /* NULL is fine */
/* What store_results says of this session; into the arena. */
void lab_session_results(const struct lab_session *l, struct arena *a, struct store_result **ret,
                         size_t *ret_n);
const struct lab_case *lab_session_find(const struct lab_session *l, const char *ticket);
/* The ratings alone settle it: another mark is a changed one, for the chief and two raters (or the
 * arbitration). */
bool lab_is_settled(const struct lab_case *c);

/* The whole rating with its rubric and points; texts in the arena, the rubric belongs to the plan. ERR_DATA
 * where it is unreadable. */
MUST_CHECK int lab_rating_open(const struct lab_session *l, const struct lab_rating *x, struct arena *a,
                               struct rating *ret, const struct rubric **ret_rubric,
                               struct rating_points *ret_points, struct err *e);

/* Plan and decisions into the store, each in a transaction. Verified before, by the intake. The same again
 * changes nothing; more signatures of a decision are added. */
MUST_CHECK int store_put_plan(struct store *s, const char *session, struct span document, struct err *e);
struct lab_signature {
    const char *keyid;
    struct span file, certificate, certificate_signature; /* the last two n 0 of an officer */
};
MUST_CHECK int store_put_decision(struct store *s, const struct decision *d, struct span document,
                                  const struct lab_signature *signature, size_t n, struct err *e);
/* Who signed: name of the certificate or key id, by name, in the arena. */
struct lab_signer {
    const char *name, *kind; /* "chief", "rater", "officer" */
};
MUST_CHECK int store_signers(struct store *s, const uint8_t decision[DECISION_HASH], struct arena *a,
                             struct lab_signer **ret, size_t *ret_n, struct err *e);

#endif
