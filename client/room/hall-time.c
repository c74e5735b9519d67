/* SPDX-License-Identifier: Apache-2.0 */
/* The used time of a sitting is what its station says. While the station talks and a program is open for a
 * candidate who is answering, the room's own clock runs along; where the two part, the minutes say so. */
#include "base/i18n.h"
#include "client/room/hall-internal.h"

enum {
    MOST_BETWEEN_MS = 30000, /* two questions of a machine that was neither asleep nor cut off */
    LAG_MS = 120000,         /* more than copying, ticks and a program that is started again explain */
};

static void note_lag(struct hall *h, struct hall_station *s, struct seat *seat, int64_t lag_ms)
{
    const struct minute m = {
        .shown = {.wall_ms = h->room->now.wall_ms,
                  .kind = "time-lags",
                  .ticket = seat->who->ticket,
                  .station = s->name,
                  .text = _("less time is counted for this candidate than has passed in the room")},
        .value = lag_ms / 1000};
    if (room_may_note(h->room, m.shown.kind, m.shown.ticket, s->name))
        minutes_add(h->room->minutes, &m);
    hall_sitting(seat)->lag_ms = lag_ms;
}

static bool is_here(const struct seat *seat, const struct hall_told *t)
{
    struct copies_end end;
    copies_end(seat, &end);
    return end.epoch == t->epoch && end.seq >= t->seq;
}

static void watch(struct hall *h, struct hall_station *s, const struct hall_told *t, int64_t passed_ms)
{
    struct hall_sitting *sitting = hall_sitting(t->seat);
    const struct session *session = &t->seat->session;
    bool runs = t->connected && session->state == SITTING_ANSWERING && sitting->at == s;
    if (runs && sitting->watched_at != s) {
        sitting->watched_at = s;
        sitting->watched_ms = sitting->lag_ms = 0;
        sitting->used_before_ms = session->used_ms;
    } else if (runs && sitting->watched && passed_ms <= MOST_BETWEEN_MS) {
        sitting->watched_ms += passed_ms;
    }
    sitting->watched = runs;
    int64_t lag_ms = sitting->watched_ms - (session->used_ms - sitting->used_before_ms);
    if (runs && is_here(t->seat, t) && lag_ms >= sitting->lag_ms + LAG_MS)
        note_lag(h, s, t->seat, lag_ms);
}

void hall_watch_time(struct hall *h, struct hall_station *s)
{
    int64_t now = h->room->now.mono_ms;
    for (size_t i = 0; s->asked_mono_ms && i < s->n_told; i++)
        watch(h, s, &s->told[i], now - s->asked_mono_ms);
    s->asked_mono_ms = now;
}
