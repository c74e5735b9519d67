/* SPDX-License-Identifier: Apache-2.0 */
/* What happens in a sitting, in verbs; and papers with sections that have rules. */
#ifndef KAOCHANG_TESTS_CLIENT_PLAY_H
#define KAOCHANG_TESTS_CLIENT_PLAY_H

#include "client/session/session.h"
#include "tests/check.h"

/* A paper of an hour with these sections of three items each: 0, 1, 2 in the first, 3, 4, 5 in the second …;
 * their ids are k001, k002 … Only the rules of the given sections count. */
struct paper *play_paper(const struct paper_section *section, size_t n);

struct play {
    struct paper *paper;
    struct session s;
};
/* A sitting of such a paper, begun; handing in after nothing. */
struct play *play_begin(const struct paper_section *section, size_t n, int64_t extra_ms);
void play_end(struct play *p);

void happens(struct session *s, enum session_event_kind kind, const char *item, int64_t used_ms);
void answers(struct session *s, const char *item, const char *choice); /* NULL: takes it back */
/* Items by number; the event must be allowed, before and as it is applied. */
void goes_to(struct session *s, size_t item);
void does(struct session *s, size_t item);
void grants(struct session *s, int64_t ms);
/* In steps in which a machine counts them, asking for notices as the clock of a sitting does; what fell due,
 * as counts by enum session_notice (may be NULL). */
void spends(struct session *s, int64_t ms, int told[SESSION_OVER + 1]);

#define MINUTES(n) (INT64_C(60000) * (n))

#define assert_not_allowed(call, wanted)                                                                     \
    do {                                                                                                     \
        struct err e_ = {0};                                                                                 \
        assert_int_equal((call), -ERR_NO);                                                                   \
        assert_int_equal(e_.code, wanted);                                                                   \
        assert_true(e_.what[0]);                                                                             \
    } while (0)
/* An item that cannot be visited now, neither by the program nor in a stored sitting. */
void assert_no_way_to(struct session *s, size_t item, enum session_error why, const char *file, int line);
#define no_way_to(s, item, why) assert_no_way_to(s, item, why, __FILE__, __LINE__)
void assert_no_answer_to(struct session *s, size_t item, enum session_error why, const char *file, int line);
#define no_answer_to(s, item, why) assert_no_answer_to(s, item, why, __FILE__, __LINE__)

#endif
