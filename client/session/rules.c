/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/sections.h"

#include "base/i18n.h"

static int must_be_answering(const struct session *s, struct err *e)
{
    if (s->state == SITTING_NEW)
        return session_refuse(e, ERR_NOT_STARTED, _("the sitting has not begun"));
    if (sitting_state_ended(s->state))
        return session_refuse(e, ERR_ENDED, _("the sitting has ended; nothing can be changed any more"));
    if (s->state == SITTING_PAUSED)
        return session_refuse(e, ERR_PAUSED, _("the proctor has paused the sitting"));
    return 0;
}

static int must_be_an_item(const struct session *s, size_t item, struct err *e)
{
    return item < s->n ? 0 : session_refuse(e, ERR_NO_SUCH_ITEM, _("there is no such item in this form"));
}

int session_may_start(const struct session *s, struct err *e)
{
    if (s->state != SITTING_NEW)
        return session_refuse(e, sitting_state_ended(s->state) ? ERR_ENDED : ERR_STATE,
                              _("the sitting has begun already"));
    if (s->room == ROOM_CLOSED)
        return session_refuse(e, ERR_ENDED, _("the session of this room is closed"));
    return s->room == ROOM_RUNNING
               ? 0
               : session_refuse(e, ERR_HELD, _("the proctor has not started the exam yet"));
}

int session_may_visit(const struct session *s, size_t item, struct err *e)
{
    int r = must_be_answering(s, e);
    if (r == 0)
        r = must_be_an_item(s, item, e);
    return r < 0 ? r : sections_check_visit(s, item, s->used_ms, e);
}

int session_may_answer(const struct session *s, size_t item, struct err *e)
{
    int r = must_be_answering(s, e);
    if (r == 0)
        r = must_be_an_item(s, item, e);
    if (r == 0 && session_time_over(s))
        return session_refuse(e, ERR_TIME_OVER, _("the time is over"));
    return r < 0 ? r : sections_check_answer(s, item, s->used_ms, e);
}

int session_may_rate(const struct session *s, size_t item, struct err *e)
{
    int r = session_may_force_end(s, e); /* that is: it runs, or is paused */
    return r < 0 ? r : must_be_an_item(s, item, e);
}

int session_may_flag(const struct session *s, size_t item, struct err *e)
{
    return session_may_answer(s, item, e);
}

int session_may_collect(const struct session *s, size_t item, struct err *e)
{
    int r = session_may_force_end(s, e); /* that is: it runs, or is paused */
    if (r == 0)
        r = must_be_an_item(s, item, e);
    return r < 0 ? r : sections_check_collect(s, item, e);
}

int session_may_write_notes(const struct session *s, struct err *e)
{
    int r = must_be_answering(s, e);
    if (r == 0 && !s->paper->notes)
        return session_refuse(e, ERR_NO_NOTES, _("this exam gives no scratch notes"));
    if (r == 0 && session_time_over(s))
        return session_refuse(e, ERR_TIME_OVER, _("the time is over"));
    return r;
}

int session_may_hand_in(const struct session *s, struct err *e)
{
    int r = must_be_answering(s, e);
    if (r == 0 && session_hand_in_wait_ms(s) > 0)
        return session_refuse(e, ERR_HAND_IN_EARLY, _("it is too early to hand in"));
    return r;
}

int session_may_force_end(const struct session *s, struct err *e)
{
    if (s->state == SITTING_NEW)
        return session_refuse(e, ERR_NOT_STARTED, _("the sitting has not begun"));
    if (sitting_state_ended(s->state))
        return session_refuse(e, ERR_ENDED, _("the sitting has ended already"));
    return 0;
}

int session_may_grant(const struct session *s, int64_t ms, struct err *e)
{
    int r = session_may_force_end(s, e);
    if (r < 0)
        return r;
    bool sane = ms <= SESSION_MAX_GRANT_MS && ms >= -SESSION_MAX_GRANT_MS;
    if (!sane || s->granted_ms + ms > SESSION_MAX_GRANT_MS || s->granted_ms + ms < 0)
        return session_refuse(e, ERR_EXTRA_TIME, _("extra time is between nothing and four hours in all"));
    if (session_allowance_ms(s) + ms <= s->used_ms || (ms < 0 && session_left(s).ms + ms <= 0))
        return session_refuse(e, ERR_EXTRA_TIME, _("no time would be left"));
    return 0;
}
