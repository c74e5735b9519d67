/* SPDX-License-Identifier: Apache-2.0 */
/* Asks kaochang-score about an answer, as a process of its own: item and responses go in through sealed
 * memory, nothing touches a disk; what comes back is bounded, and so is the time. */
#ifndef KAOCHANG_CLIENT_PRACTICE_JUDGE_H
#define KAOCHANG_CLIENT_PRACTICE_JUDGE_H

#include "base/bytes.h"
#include "client/practice/verdict.h"

enum { JUDGE_LIMIT_MS = 5000 };

struct judge;

/* Looks for kaochang-score beside this program, then in PATH. Never fails: see judge_there. */
struct judge *judge_new(void);
void judge_free(struct judge *j); /* NULL is fine */
bool judge_there(const struct judge *j);

struct judge_question {
    struct span item; /* the item's document with its key */
    const char *seed; /* of its template variables */
    const struct response_set *responses;
    int limit_ms; /* 0: JUDGE_LIMIT_MS */
};
/* ERR_ENV when the program is missing, is killed, or takes longer than the limit; ERR_DATA when it refuses
 * the item or says what cannot be understood. */
MUST_CHECK int judge_ask(const struct judge *j, const struct judge_question *q, struct arena *a,
                         struct verdict *ret, struct err *e);

#endif
