/* SPDX-License-Identifier: Apache-2.0 */
/* A decision of people about one candidate's result: canonical XML, signed apart by everybody who must sign,
 * as FILE.KEYID.minisig with the trusted comment "kaochang/1 role=decision session=SESSION". It is merged
 * like a bundle: the store is a function of bundles, policies and decisions. What it replaces stays. Format:
 * docs/exam-packages.md, "Decision".
 */
#ifndef KAOCHANG_EXAM_PACKAGES_DECISION_H
#define KAOCHANG_EXAM_PACKAGES_DECISION_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"
#include "exam-packages/signatures.h"
#include "exam-packages/trust.h"

#define DECISION_NS "urn:kaochang:decision:1"
enum {
    DECISION_HASH = 32,
    DECISION_MAX_BYTES = 1 << 20,
    DECISION_MAX_REASON = 4000, /* bytes */
    DECISION_MAX_RATING = 64 << 10,
    DECISION_MAX_SAW = 100,
    DECISION_MAX_STEPS = 64,
    DECISION_MAX_SIGNERS = 10,
};

enum decision_kind {
    DECISION_CHANGE,  /* a confirmed score is changed: the chief and two raters of that room */
    DECISION_CHIEF,   /* raters differ or ask: the chief and one rater of that room */
    DECISION_RECHECK, /* a low score was looked at again and stands: two raters, or the chief */
    DECISION_STATUS,  /* absent, exempt, postponed, breach, cheating, void: the chief */
    DECISION_SHEET,   /* ratings from paper sheets, typed twice: the two who typed */
    DECISION_APPEAL,  /* the arbitration committee: an officer of the office and the chief */
    DECISION_KINDS
};
const char *decision_kind_name(enum decision_kind kind);
bool decision_kind_parse(const char *name, enum decision_kind *ret);
/* Whether `supersedes` of one kind reaches the other: a re-check replaces only re-checks and a typed sheet
 * only sheets, since less than a chief signs them. */
bool decision_may_replace(enum decision_kind kind, enum decision_kind other);

struct decision_step {
    int64_t number; /* from 1 */
    points_t before, after;
};

struct decision {
    struct arena *arena;
    enum decision_kind kind;
    const char *session, *ticket; /* plain names */
    const char *serial;           /* 16 hex digits, random */
    const char *date;             /* "2026-11-22": for people, typed or from the clock */
    const char *before_status;    /* what it was: rating_status_name; "" where there was none yet */
    const char *status;           /* rating_status_name; "" where the status stays */
    bool has_before, has_total;
    points_t before, total;     /* old and new mark */
    struct decision_step *step; /* those that change; may be none */
    size_t n_steps;
    const char *reason;     /* never empty */
    const char *article;    /* of a breach or cheating; of an exemption its name in the plan; else "" */
    const char *video;      /* where the recording lies; "" */
    const char *video_hash; /* 128 hex digits of its BLAKE2b-512 (b2sum); "" */
    struct span rating;     /* DECISION_SHEET: rating_write, else n 0 */
    const char *rater;      /* DECISION_SHEET: whose sheet; else "" */
    uint8_t (*saw)[DECISION_HASH]; /* what was there when it was decided, in bytewise order: decision_evidence
                                    * of each rating. What it did not see reopens the case */
    size_t n_saw;
    uint8_t (*supersedes)[DECISION_HASH]; /* earlier decisions that this one replaces, in bytewise order */
    size_t n_supersedes;
};

struct decision *decision_new(void);
void decision_free(struct decision *d); /* NULL is fine */
MUST_CHECK int decision_check(const struct decision *d, struct err *e);
MUST_CHECK int decision_write(const struct decision *d, struct bytes *out, struct err *e);
MUST_CHECK int decision_read(struct decision **ret, const char *name, struct span data, struct err *e);
/* BLAKE2b-256 of the canonical bytes: what others call it. */
void decision_hash(struct span document, uint8_t ret[DECISION_HASH]);
/* What a decision calls a rating that it saw: BLAKE2b-256 of who rated and the bytes of rating_write. */
void decision_evidence(const char *rater, struct span rating, uint8_t ret[DECISION_HASH]);
/* Sorts and drops what stands twice. */
void decision_sort_hashes(uint8_t (*hash)[DECISION_HASH], size_t *n);
/* The trusted comment of its signatures; into buf, returns buf. */
const char *decision_comment(const char *session, char *buf, size_t size);

/* Who signed, by the certificates that lie beside: a chief's or rater's certificate (kinds "chief", "rater"
 * of certificate.h, with site and room), or an officer of the targets document. */
struct decision_signer {
    const char *name; /* of the certificate, "E07"; of an officer the key's name in the targets */
    bool chief, rater, officer;
    char keyid[SIGNATURE_KEYID]; /* of the signature that counted */
    const char *site, *room; /* room "": at the whole site (a rater: where the roster says) */
};
/* Verifies every signature, and that those who must sign have signed (see the kinds above; nobody counts
 * twice, under whichever key). Chief and raters count for the site and room of the candidate only; those who
 * typed a sheet may be anybody with a certificate. Whether a rater of a whole site is on the roster of the
 * room is for the caller to see. Signatures of strangers count for nothing, a false one of a known key
 * refuses. A chain is { certificate, signature of an officer }. ret (may be NULL) has room for
 * DECISION_MAX_SIGNERS, its texts live in the decision's arena. ERR_NO says who is missing; *ret_n is set
 * then too. */
MUST_CHECK int decision_verify(struct decision *d, struct span document, const struct signatures *s,
                               const struct certificate_chain *certificate, size_t n_certificates,
                               const struct trust *t, const char *site, const char *room,
                               struct decision_signer *ret, size_t *ret_n, struct err *e);

#endif
