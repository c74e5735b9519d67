/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/session.h"

int64_t session_allowance_ms(const struct session *s)
{
    return s->paper->duration_s * 1000 + s->extra_ms + s->granted_ms;
}

int64_t session_left_ms(const struct session *s)
{
    int64_t left = session_allowance_ms(s) - s->used_ms;
    return left > 0 ? left : 0;
}

bool session_time_over(const struct session *s)
{
    return s->used_ms >= session_allowance_ms(s) + SESSION_GRACE_MS;
}

int64_t session_spend(const struct session *s, int64_t elapsed_ms)
{
    if (s->state != SITTING_ANSWERING || elapsed_ms <= 0)
        return s->used_ms;
    return s->used_ms + (elapsed_ms < s->step_ms ? elapsed_ms : s->step_ms);
}

static bool passed(const struct session *s, int64_t before_ms, int64_t left_ms)
{
    int64_t mark = session_allowance_ms(s) - left_ms;
    return before_ms < mark && s->used_ms >= mark;
}

enum session_notice session_notice(const struct session *s, int64_t before_ms)
{
    if (session_time_over(s))
        return SESSION_OVER;
    if (passed(s, before_ms, SESSION_LAST_WARNING_MS))
        return SESSION_ONE_MINUTE;
    if (passed(s, before_ms, SESSION_WARNING_MS))
        return SESSION_FIVE_MINUTES;
    return SESSION_NO_NOTICE;
}

int64_t session_hand_in_wait_ms(const struct session *s)
{
    int64_t wait = s->paper->earliest_hand_in_s * 1000 - s->used_ms;
    return wait > 0 ? wait : 0;
}
