/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of sections, for the session's own files; nobody else includes this. */
#ifndef KAOCHANG_CLIENT_SESSION_SECTIONS_H
#define KAOCHANG_CLIENT_SESSION_SECTIONS_H

#include "client/session/session.h"

/* err.kind ERR_NO with the code and the sentence; returns -ERR_NO. */
int session_refuse(struct err *e, enum session_error code, const char *why);

void sections_init(struct session *s);
/* As it stood when the time spent was `used_ms`, if that is before now. */
bool sections_over_at(const struct session *s, size_t section, int64_t used_ms);
MUST_CHECK int sections_check_visit(const struct session *s, size_t item, int64_t used_ms, struct err *e);
/* Of an answer or a flag. */
MUST_CHECK int sections_check_answer(const struct session *s, size_t item, int64_t used_ms, struct err *e);
/* Of the files of an item: whatever the time. */
MUST_CHECK int sections_check_collect(const struct session *s, size_t item, struct err *e);
/* The item was allowed and is shown: leaves the section before, enters that of the item. */
MUST_CHECK int sections_visit(struct session *s, size_t item, int64_t used_ms, struct err *e);

#endif
