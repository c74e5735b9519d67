/* SPDX-License-Identifier: Apache-2.0 */
/* Spare sessions: the same window and candidates with another exam, packed and pulled beforehand, opened only
 * when the first one cannot be sat. Kept as the file sessions/ID/spare-for. */
#ifndef KAOCHANG_OFFICE_SPARE_H
#define KAOCHANG_OFFICE_SPARE_H

#include "exam-packages/roster.h"
#include "office/session.h"

/* The forms of both exams: who has form[i] of the main session gets spare[i]. */
struct office_forms {
    const char *const *form, *const *spare;
    size_t n;
};

/* Adds s as a spare for `main`, with its window and arranged roster; everybody keeps room and seat. ERR_USAGE
 * unless the main session's roster is arranged. */
MUST_CHECK int office_spare_add(struct office *o, const struct office_session *s,
                                const struct office_session *main, const struct office_forms *forms,
                                struct err *e);
/* The session that this one is a spare for, in the arena; NULL: none. */
MUST_CHECK int office_spare_for(const struct office *o, struct arena *a, const char *id, const char **ret,
                                struct err *e);
/* The spare sessions of a session, by start and id, in the arena. */
MUST_CHECK int office_spares_of(struct office *o, struct arena *a, const char *id,
                                struct office_session **ret, size_t *ret_n, struct err *e);

#endif
