/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent says without being asked: acts and words of the proctor, what the room has, the move to
 * another machine. */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/seat-internal.h"

enum room_copy seat_copy(const struct seat *s)
{
    if (!s->candidate.has_room)
        return COPY_NONE;
    enum sitting_kept kept = sitting_kept(s->sitting);
    if (kept == SITTING_BOTH || kept == SITTING_ROOM_ONLY)
        return COPY_DONE;
    return s->link && s->kept.reachable ? COPY_RUNNING : COPY_AWAY;
}

static void tell_granted(struct seat *s, int64_t granted_ms)
{
    char text[MODEL_TEXT];
    int64_t seconds = (granted_ms - s->granted_ms) / 1000;
    if (seconds > 0)
        say(text, sizeof text, _("The proctor has given you %lld:%02lld more minutes."),
            (long long)seconds / 60, (long long)seconds % 60);
    else
        say(text, sizeof text, "%s", _("The proctor has changed your time."));
    if (granted_ms != s->granted_ms)
        seat_say(s, EVENT_MESSAGE, text);
    s->granted_ms = granted_ms;
}

static void catch_up(struct seat *s)
{
    struct err e = {0};
    bool changed = false;
    if (!s->sitting || s->m.screen == SCREEN_ENDED)
        return;
    if (sitting_catch_up(s->sitting, &changed, &e) < 0) {
        seat_refuse(s, &e);
        return;
    }
    const struct session *x = sitting_session(s->sitting);
    if (sitting_state_ended(x->state)) {
        seat_ended(s, seat_ending(x));
        return;
    }
    bool paused = x->state == SITTING_PAUSED;
    if (paused != s->m.paused)
        seat_send(s, &(struct event){.kind = EVENT_PAUSED, .on = paused});
    if (changed)
        tell_granted(s, x->granted_ms);
}

static void told(struct seat *s, const struct clock_reading *now)
{
    char at[16];
    seat_send(s, &(struct event){.kind = EVENT_TOLD,
                                 .text = link_told(s->link),
                                 .at = seat_time_of_day(now->wall_ms, at)});
}

static void gone(struct seat *s)
{
    if (s->sitting && sitting_session(s->sitting)->state == SITTING_NEW)
        seat_drop(s);
    seat_disconnect(s);
    seat_say(s, EVENT_NO_AGENT, "");
}

static void heard(struct seat *s, enum link_news news, const struct clock_reading *now)
{
    switch (news) {
    case LINK_CHANGED:
        catch_up(s);
        break;
    case LINK_STARTED:
        seat_say(s, EVENT_BEGIN, "");
        break;
    case LINK_KEPT:
        s->kept = link_kept(s->link);
        if (s->sitting)
            sitting_room_has(s->sitting, s->kept.epoch, s->kept.seq);
        break;
    case LINK_TOLD:
        told(s, now);
        break;
    case LINK_MOVED:
        seat_drop(s);
        s->greeted = true; /* until the candidate has read it */
        seat_say(s, EVENT_MOVED, "");
        break;
    case LINK_GONE:
        gone(s);
        break;
    case LINK_NOTHING:
        break;
    }
}

void seat_hear(struct seat *s, const struct clock_reading *now)
{
    enum { AT_ONCE = 64 };
    enum link_news news = LINK_CHANGED;
    for (int i = 0; i < AT_ONCE && s->link && news != LINK_NOTHING; i++) {
        news = link_poll(s->link);
        heard(s, news, now);
    }
}
