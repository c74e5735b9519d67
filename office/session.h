/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions of an exam office: one time window with its exam, roster and package each. */
#ifndef KAOCHANG_OFFICE_SESSION_H
#define KAOCHANG_OFFICE_SESSION_H

#include <stdbool.h>

#include "base/arena.h"
#include "office/office.h"

struct office_session {
    const char *id;    /* a plain name (path_is_plain_name); also the folder sessions/ID */
    const char *title; /* for people */
    const char *exam;  /* folder name under exams/ */
    int64_t start_ms, end_ms; /* the window, since 1970 UTC */
    int utc_offset_min;       /* of the place, for showing times */
    int64_t last_end_ms; /* end_ms + the largest extra time of a candidate on the roster; computed when read */
    int64_t candidates;  /* on the roster; counted when read */
};

/* Fills start_ms, end_ms and utc_offset_min from two texts with offset ("2026-11-22T09:00:00+08:00"). ERR_USAGE when
 * ill-formed, or when the end is not after the start, or more than 31 days after it. */
MUST_CHECK int office_session_window(struct office_session *s, const char *start, const char *end, struct err *e);

/* Adds a session and makes its folder (0700). ERR_USAGE: id not a plain name, id taken, no folder exams/EXAM. */
MUST_CHECK int office_session_add(struct office *o, const struct office_session *s, struct err *e);
/* Texts live in the arena. ERR_USAGE when there is no such session; the hint lists those that exist. */
MUST_CHECK int office_session_get(struct office *o, struct arena *a, const char *id, struct office_session *ret,
                                  struct err *e);
/* All sessions by start, then id. */
MUST_CHECK int office_session_list(struct office *o, struct arena *a, struct office_session **ret, size_t *ret_n,
                                   struct err *e);

/* "HOME/sessions/ID" or "HOME/sessions/ID/FILE" (file may be NULL). The caller frees. */
char *office_session_path(const struct office *o, const char *id, const char *file);
/* "HOME/exams/EXAM/FILE" of the session's exam. The caller frees. */
char *office_session_exam_path(const struct office *o, const struct office_session *s, const char *file);

/* 0 when the last sitting anywhere, extra time included, is over at `now_ms`; else ERR_NO saying when it will be. */
MUST_CHECK int office_session_over(const struct office_session *s, int64_t now_ms, struct err *e);

#endif
