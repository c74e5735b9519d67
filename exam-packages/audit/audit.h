/* SPDX-License-Identifier: Apache-2.0 */
/* An audit: walks a copy of a repository, its packages, and the result bundles and receipts of an exam, from
 * the root's fingerprint on paper alone. Every check is told with its result and with a line of shell that
 * repeats it with tools that are not ours (docs/guides/auditor.md). */
#ifndef KAOCHANG_EXAM_PACKAGES_AUDIT_AUDIT_H
#define KAOCHANG_EXAM_PACKAGES_AUDIT_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "exam-packages/age.h"

enum audit_result {
    AUDIT_YES,
    AUDIT_NO,
    AUDIT_REMARK, /* worth knowing, and no fault: an index that has expired since */
    AUDIT_UNSEEN  /* not looked at, and why; has no number and no command */
};
/* "yes", "no", "remark", "unseen": for programs. */
const char *audit_result_name(enum audit_result result);

struct audit_check {
    int number; /* from 1, in the order told */
    enum audit_result result;
    bool mild;           /* could only be a yes or a remark */
    const char *what;    /* translated */
    const char *why;     /* of a "no" or a remark; else "" */
    const char *command; /* for sh; uses $repo, $bundles, $receipts, $identity and the folder $work */
};
/* What it points to is gone after the call. */
typedef void audit_told_fn(void *context, const struct audit_check *c);

struct audit_input {
    const char *root;              /* the fingerprint as it stands on paper */
    const char *repo;              /* folder */
    const char *bundles;           /* folder with FILE.results, or NULL */
    const char *receipts;          /* a line "TICKET RECEIPT" each, or NULL */
    const struct age_identity *id; /* R, C, O: what they open is opened */
    size_t n_ids;
    const char *const *identity_file; /* the files that these came from, for kaochang-score */
    const char *scorer;               /* path of kaochang-score, or NULL: no record is scored again */
    int64_t now_ms;
};

struct audit_counts {
    int checks, no, remarks, unseen;
};

/* 0 when it went through to the end, whatever it found; negative when it could not (no such folder, no
 * memory for its temporary files). */
MUST_CHECK int audit_run(const struct audit_input *in, audit_told_fn *tell, void *context,
                         struct audit_counts *ret, struct err *e);

/* The program in Python that recomputes a journal's chain; commands call it "$work"/journal-chain.py. */
extern const char audit_journal_chain[];

#endif
