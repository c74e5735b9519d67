/* SPDX-License-Identifier: Apache-2.0 */
/* Taking in what comes to the office: one bundle or one policy document at a time, verified before a byte of it is
 * used. */
#ifndef KAOCHANG_SYNC_INTAKE_H
#define KAOCHANG_SYNC_INTAKE_H

#include "exam-packages/bundle.h"
#include "sync/store.h"

struct intake_session {
    const char *id;
    int64_t start_ms, end_ms; /* the window */
};

struct intake {
    struct store *store;
    const struct trust *trust;
    const struct age_identity *id; /* O or R */
    size_t n_ids;
    /* Sessions that the office knows: the time of a station's certificate must touch the window. */
    const struct intake_session *session;
    size_t n_sessions;
    const char *aside; /* folder where bundles of revoked keys are kept as HASH.results; NULL: nowhere */
};

struct intake_result {
    bool held; /* nobody vouches for its key, or not for this session: it stands in quarantine, nothing was merged */
    bool revoked; /* held, for its key, its certificate or its site's was revoked */
    struct merge_counts counts;
};

/* Verifies, opens and merges one bundle in one transaction. ERR_DATA or ERR_NO when it is broken or forged: then the
 * store is as before. */
MUST_CHECK int intake_bundle(const struct intake *x, const char *path, struct intake_result *ret, struct err *e);

/* What became of a bundle: r and *e as intake_bundle gives them. A negative result ends the work. */
typedef int intake_told_fn(void *context, size_t i, int r, const struct intake_result *result,
                           const struct err *bundle, struct err *e);
/* As intake_bundle one after another in this order, which alone decides what the store holds: `threads` open
 * and verify what comes next (base/ahead.h; 0: one for each processor). Returns what `told` ended it with, or
 * 0. */
MUST_CHECK int intake_bundles(const struct intake *x, const char *const *path, size_t n, unsigned threads,
                              intake_told_fn *told, void *context, struct err *e);

/* The whole-session roster with the officers' signatures beside it (PATH.KEYID.minisig). ERR_NO unless signed as the
 * targets' role "package" says, with the trusted comment "kaochang/1 role=roster session=SESSION". */
MUST_CHECK int intake_roster(const struct intake *x, const char *path, struct err *e);
/* That comment into buf; returns buf. */
const char *roster_comment(const char *session, char *buf, size_t size);

/* The withdrawal of a package (exam-packages/supplement.h): the supplement itself. ERR_USAGE for other ones.
 */
MUST_CHECK int intake_withdrawal(const struct intake *x, const char *path, struct err *e);

/* The plan of a lab exam (lab.xml) with the officers' signatures beside it, as the roster; its session is the
 * one that the signatures name: "kaochang/1 role=lab session=SESSION". */
MUST_CHECK int intake_plan(const struct intake *x, const char *path, struct err *e);
const char *lab_plan_comment(const char *session, char *buf, size_t size);

/* What rooms had said when the close code was given out, and what officers let out of the quarantine: a
 * document with the officers' signatures beside it, as the roster. */
MUST_CHECK int intake_release(const struct intake *x, const char *path, struct err *e);
MUST_CHECK int intake_admission(const struct intake *x, const char *path, struct err *e);

/* A decision with signatures and certificates beside it (exam-packages/decision-file.h). The roster of its
 * session must be in the store. ERR_NO says who has not signed. */
MUST_CHECK int intake_decision(const struct intake *x, const char *path, struct err *e);

#endif
