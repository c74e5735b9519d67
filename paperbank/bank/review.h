/* SPDX-License-Identifier: Apache-2.0 */
/* The way of an item through its review: draft, reviewed, approved, retired. A new version is a draft again.
 *
 * Who reviews a version is not its author (where the author is known); who approves it is not who reviewed
 * it. Names are compared folded and trimmed; who is who is the office's business. Anybody may send an item
 * back to draft or retire it. */
#ifndef KAOCHANG_PAPERBANK_BANK_REVIEW_H
#define KAOCHANG_PAPERBANK_BANK_REVIEW_H

#include <stdbool.h>

#include "paperbank/bank/bank.h"

#define REVIEW_STATES "draft reviewed approved retired"

/* Moves the current version to `to`, and writes it down. ERR_NO where the way does not lead there (draft to
 * reviewed, reviewed to approved, any to draft or retired) or this person may not; ERR_DATA for an unknown
 * item; ERR_USAGE for a state that does not exist, an empty or unprintable name, a name beyond 200 bytes or a
 * note beyond 2,000. */
MUST_CHECK int bank_review(struct bank *b, const char *id, const char *to, const char *who, const char *note,
                           int64_t at_ms, struct err *e);

/* Whether the assembly takes approved items only; off in a new bank. Retired ones it never takes. */
MUST_CHECK int bank_requires_approval(struct bank *b, bool *ret, struct err *e);
MUST_CHECK int bank_require_approval(struct bank *b, bool on, struct err *e);

/* 0, or ERR_USAGE: a name of a person that can be written down. */
MUST_CHECK int bank_check_person(const char *who, struct err *e);

#endif
