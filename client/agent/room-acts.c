/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/line.h"

int room_put_act(struct room *r, struct seat *seat, enum journal_kind kind, int64_t value, const char *reason,
                 struct err *e)
{
    const struct sitting_store_act act = {.kind = kind, .value_ms = value, .reason = reason};
    if (r->hooks.act)
        return r->hooks.act(r->hooks.self, seat, kind, value, reason, e);
    int result = sitting_store_put_act(seat->store, &seat->session, &act, &r->key, &r->now, e);
    if (result < 0)
        return result;
    line_tell_changed(seat);
    if (r->hooks.stored)
        r->hooks.stored(r->hooks.self, seat);
    return 0;
}

static int need_text(const char *text, const char *what, struct err *e)
{
    size_t n = strlen(text);
    return n > 0 && n <= 1000 ? 0 : err_set(e, ERR_USAGE, NULL, "%s", what);
}

int room_need_reason(const char *reason, struct err *e)
{
    return need_text(reason, _("a reason is needed, of 1000 bytes at most"), e);
}

int room_extra_time(struct room *r, struct seat *seat, int64_t seconds, const char *reason, struct err *e)
{
    const int64_t limit = SESSION_MAX_GRANT_MS / 1000;
    int result = room_need_reason(reason, e);
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    int64_t ms = (seconds > limit ? limit + 1 : seconds < -limit ? -limit - 1 : seconds) * 1000;
    result = session_may_grant(&seat->session, ms, e);
    if (result == 0)
        result = room_put_act(r, seat, JOURNAL_EXTRA_TIME, ms, reason, e);
    if (result == 0)
        room_note_value(r, "extra-time", seat, ms / 1000, reason);
    return result;
}

static int may_pause(const struct room *r, const struct seat *seat, bool pause, struct err *e)
{
    enum sitting_state state = r->hooks.ordered ? r->hooks.ordered(r->hooks.self, seat) : seat->session.state;
    if (sitting_may_move(state, pause ? SITTING_PAUSED : SITTING_ANSWERING) && state != SITTING_NEW)
        return 0;
    return err_set(e, ERR_NO, seat->who->ticket,
                   pause ? _("only a candidate who is answering can be stopped")
                         : _("this candidate has not been stopped"));
}

int room_pause(struct room *r, struct seat *seat, bool pause, const char *reason, struct err *e)
{
    int result = room_need_reason(reason, e);
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result == 0)
        result = may_pause(r, seat, pause, e);
    if (result == 0)
        result = room_put_act(r, seat, pause ? JOURNAL_PAUSE : JOURNAL_CONTINUE, 0, reason, e);
    if (result == 0)
        room_note_value(r, pause ? "pause" : "continue", seat, 0, reason);
    return result;
}

int room_force_end(struct room *r, struct seat *seat, const char *reason, struct err *e)
{
    int result = room_need_reason(reason, e);
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result == 0)
        result = session_may_force_end(&seat->session, e);
    if (result == 0)
        result = room_put_act(r, seat, JOURNAL_FORCED_END, 0, reason, e);
    if (result < 0)
        return result;
    room_note_value(r, "force-end", seat, 0, reason);
    seat->noted = SITTING_FORCED_END;
    return room_refresh(r, seat, e);
}

int room_presence(struct room *r, struct seat *seat, enum control_presence p, struct err *e)
{
    static const char *const kind[] = {"present", "absent", "late"};
    int result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    if (p > CONTROL_LATE)
        return err_set(e, ERR_USAGE, seat->who->ticket, _("a candidate is present, absent or late"));
    if (p == CONTROL_ABSENT && seat->session.state != SITTING_NEW)
        return err_set(e, ERR_NO, seat->who->ticket, _("this candidate has begun and is not absent"));
    if (seat->presence != p)
        room_note_value(r, kind[p], seat, 0, "");
    seat->presence = p;
    return 0;
}

int room_all_absent(struct room *r, struct arena *a, struct err *e)
{
    struct control_room now = {0};
    int64_t marked = 0;
    int result = room_status(r, a, &now, e);
    for (size_t i = 0; i < now.n && result == 0; i++) {
        const struct control_candidate *c = &now.candidate[i];
        if (c->state != SITTING_NEW || c->connected || c->absent || r->seat[i].noted != SITTING_NEW)
            continue;
        result = room_presence(r, &r->seat[i], CONTROL_ABSENT, e);
        marked += result == 0;
    }
    if (result < 0 || marked > 0)
        return result;
    return err_set(e, ERR_NO, NULL, _("everybody has come, or is marked as absent"));
}

int room_breach(struct room *r, struct seat *seat, enum control_breach b, const char *article,
                const char *note, struct err *e)
{
    static const char *const kind[] = {"no-breach", "violation", "cheating"};
    char *reason = mem_printf("%s%s%s", article, *article && *note ? " " : "", note);
    int result = need_text(reason, _("the article or a note is needed, of 1000 bytes at most"), e);
    if (result == 0 && b > CONTROL_CHEATING)
        result = err_set(e, ERR_USAGE, seat->who->ticket, _("a breach is a violation or cheating"));
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result == 0 && seat->session.state != SITTING_NEW && !sitting_state_ended(seat->session.state))
        result = room_put_act(r, seat, JOURNAL_VIOLATION, (int64_t)b, reason, e);
    if (result == 0) {
        room_note_value(r, kind[b], seat, 0, reason);
        seat->breach = b;
    }
    free(reason);
    return result;
}

int room_incident(struct room *r, const struct seat *seat, const char *text, struct err *e)
{
    int result = need_text(text, _("what happened is needed, in 1000 bytes at most"), e);
    if (result == 0)
        room_note_value(r, "incident", seat, 0, text);
    return result;
}

/* ---- everybody ---- */

int room_each_sitting(struct room *r, room_seat_act *act, void *context, struct err *e)
{
    struct err first = {0};
    int64_t done = 0, failed = 0;
    for (size_t i = 0; i < r->n; i++) {
        struct err own = {0};
        struct seat *seat = &r->seat[i];
        if (room_refresh(r, seat, &own) < 0 && !seat->trouble[0]) {
            failed++;
            first = first.kind ? first : own;
            continue;
        }
        if (seat->trouble[0] || seat->session.state == SITTING_NEW ||
            sitting_state_ended(seat->session.state))
            continue;
        int result = act(context, r, seat, &own);
        done += result == 0;
        failed += result < 0 && result != -ERR_NO;
        if (result < 0 && !first.kind)
            first = own;
    }
    if (first.kind && (failed || !done)) {
        *e = first;
        return -(int)first.kind;
    }
    return done ? 0 : err_set(e, ERR_NO, NULL, _("nobody is answering"));
}

/* ---- messages ---- */

int room_tell(struct room *r, struct seat *seat, const char *text, struct err *e)
{
    int result = need_text(text, _("the message is needed, of 1000 bytes at most"), e);
    if (result < 0)
        return result;
    const struct control_minute shown = {.wall_ms = r->now.wall_ms,
                                         .kind = "message",
                                         .ticket = seat ? seat->who->ticket : CONTROL_ALL,
                                         .station = r->station->name,
                                         .text = text};
    minutes_add(r->minutes, &(struct minute){.shown = shown});
    int64_t number = minutes_last(r->minutes);
    for (size_t i = 0; !seat && i < r->n; i++)
        line_tell_text(&r->seat[i], text);
    if (!seat || line_tell_text(seat, text))
        minutes_done(r->minutes, number);
    return 0;
}

void room_tell_again(struct room *r, struct seat *seat)
{
    struct arena *a = arena_new();
    struct bytes text = {0};
    struct minute *m = NULL;
    size_t n = 0;
    const struct minutes_query q = {.kind = "message", .ticket = seat->who->ticket};
    if (minutes_find(r->minutes, &q, a, &m, &n, NULL) < 0)
        n = 0;
    for (size_t i = 0; i < n; i++)
        if (!m[i].done && text.n + strlen(m[i].shown.text) + 1 < FIELD_MAX_TEXT)
            bytes_printf(&text, "%s%s", text.n ? "\n" : "", m[i].shown.text);
    if (text.n && line_tell_text(seat, (const char *)text.p))
        for (size_t i = 0; i < n; i++)
            if (!m[i].done)
                minutes_done(r->minutes, m[i].shown.number);
    bytes_release(&text);
    arena_free(a);
}
