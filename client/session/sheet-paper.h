/* SPDX-License-Identifier: Apache-2.0 */
/* An examiner's sitting in the terms of a candidate's: a paper of one form, ROSTER_RATING_FORM, whose items are
 * the candidates that are rated. */
#ifndef KAOCHANG_CLIENT_SESSION_SHEET_PAPER_H
#define KAOCHANG_CLIENT_SESSION_SHEET_PAPER_H

#include "paperbank/item/paper.h"

/* Owned by the caller. Its time, PAPER_MAX_TIME_S, never ends a sitting: each candidate's experiment has its
 * own. Never written or read as a document. */
struct paper *session_sheet_paper(const char *title, const char *const *ticket, size_t n);

#endif
