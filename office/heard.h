/* SPDX-License-Identifier: Apache-2.0 */
/* What an office heard of rooms that are closed, before their bundles come: a closing number read by phone,
 * or a CLOSE record on a stick. Kept in office.db; docs/office.md, "Closing". */
#ifndef KAOCHANG_OFFICE_HEARD_H
#define KAOCHANG_OFFICE_HEARD_H

#include "exam-packages/close-number.h"
#include "office/session.h"

struct heard {
    const char *site, *room; /* plain names */
    bool phone;
    char number[CLOSE_NUMBER_TEXT]; /* by phone */
    uint8_t hash[32];               /* else: BLAKE2b-256 of the CLOSE record */
    int64_t sat, at_ms;
};

/* Notes it; the same again changes nothing. */
MUST_CHECK int office_heard_add(struct office *o, const char *session, const struct heard *h, struct err *e);
/* Takes back a number that turned out not to be of its room. */
MUST_CHECK int office_heard_drop(struct office *o, const char *session, const struct heard *h, struct err *e);
/* By site, room, and what was said; in the arena. */
MUST_CHECK int office_heard_list(struct office *o, struct arena *a, const char *session, struct heard **ret,
                                 size_t *ret_n, struct err *e);

#endif
