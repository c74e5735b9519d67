/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's requests that only a room service knows. All others are the agent's, whose acts become orders
 * here. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"

int hall_need_reason(const char *reason, struct err *e)
{
    size_t n = strlen(reason);
    return n > 0 && n <= 1000 ? 0
                              : err_set(e, ERR_USAGE, NULL, _("a reason is needed, of 1000 bytes at most"));
}

static int done(struct asking *a)
{
    message_put_plain(MESSAGE_DONE, a->out);
    return 0;
}

static struct hall *hall_of(struct asking *a)
{
    return a->room->hooks.self;
}

static int find_station(struct hall *h, const char *name, struct hall_station **ret, struct err *e)
{
    *ret = hall_station_named(h, name);
    return *ret ? 0 : err_set(e, ERR_NO, name, _("no station of this name has shown itself"));
}

/* ---- admitting ---- */

static void admit_one(struct hall *h, struct hall_station *s, bool admit)
{
    if (s->admitted == admit)
        return;
    s->admitted = admit;
    s->fresh_news = true;
    hall_note(h, admit ? "admitted" : "sent-away", NULL, s, span_of(s->key, sizeof s->key), "");
}

static int admit(struct asking *a, struct err *e)
{
    struct hall *h = hall_of(a);
    struct hall_station *s = NULL;
    if (strcmp(a->request->ticket, CONTROL_ALL) == 0) {
        for (size_t i = 0; i < h->n; i++)
            admit_one(h, h->station[i], a->request->value != 0);
        return done(a);
    }
    int r = find_station(h, a->request->ticket, &s, e);
    if (r < 0)
        return r;
    admit_one(h, s, a->request->value != 0);
    return done(a);
}

/* ---- messages ---- */

static int tell(struct asking *a, struct err *e)
{
    struct hall *h = hall_of(a);
    struct seat *seat = NULL;
    bool all = strcmp(a->request->ticket, CONTROL_ALL) == 0;
    int r = all ? 0 : room_seat(a->room, a->request->ticket, &seat, e);
    if (r == 0 && seat && !hall_sitting(seat)->at)
        r = err_set(e, ERR_NO, seat->who->ticket, _("this candidate sits at no station yet"));
    if (r == 0)
        r = room_tell(a->room, seat, a->request->text, e);
    if (r < 0)
        return r;
    int64_t minute = minutes_last(a->room->minutes);
    for (size_t i = 0; i < h->n; i++)
        if (all ? h->station[i]->admitted : h->station[i] == hall_sitting(seat)->at)
            hall_tell(h->station[i], API_TELL, seat, a->request->text)->minute = seat ? minute : 0;
    return done(a);
}

/* ---- another machine ---- */

static int may_move(struct hall *h, const struct seat *seat, const char *to, struct err *e)
{
    struct hall_station *s = NULL;
    if (sitting_state_ended(seat->session.state))
        return err_set(e, ERR_NO, seat->who->ticket, _("this candidate has finished"));
    int r = to[0] ? find_station(h, to, &s, e) : 0;
    if (r == 0 && s && s == hall_sitting(seat)->at)
        return err_set(e, ERR_NO, seat->who->ticket, _("the candidate sits at this station already"));
    if (r == 0 && s && !s->admitted)
        return err_set(e, ERR_NO, to, _("this station has not been admitted"));
    return r;
}

static int reseat(struct asking *a, struct err *e)
{
    struct hall *h = hall_of(a);
    struct seat *seat = NULL;
    const char *feed = strchr(a->request->text, '\n'), *reason = feed ? feed + 1 : "";
    const char *to = feed ? arena_strndup(a->arena, a->request->text, (size_t)(feed - a->request->text)) : "";
    int r = hall_need_reason(reason, e);
    if (r == 0)
        r = room_seat(a->room, a->request->ticket, &seat, e);
    if (r == 0 && (r = room_refresh(a->room, seat, e)) == 0)
        r = may_move(h, seat, to, e);
    if (r < 0)
        return r;
    struct hall_sitting *s = hall_sitting(seat);
    if (s->move_to)
        minutes_done(a->room->minutes, s->move_minute);
    free(s->move_to);
    free(s->move_reason);
    s->move_to = mem_strdup(to);
    s->move_reason = mem_strdup(reason);
    const struct minute m = {.shown = {.wall_ms = a->room->now.wall_ms,
                                       .kind = "reseat",
                                       .ticket = seat->who->ticket,
                                       .station = to,
                                       .text = reason}};
    minutes_add(a->room->minutes, &m);
    s->move_minute = minutes_last(a->room->minutes);
    for (size_t i = 0; i < h->n; i++) /* before the candidate is there, and the room perhaps is not */
        h->station[i]->fresh_news = true;
    return done(a);
}

/* ---- */

static int not_here(struct asking *a, struct err *e)
{
    (void)a;
    line_refuse(e, ERR_NOT_OPEN, _("this is the room's machine: nobody sits the exam here"));
    return err_hint(e, _("candidates sit at the stations"));
}

int hall_request(void *self, struct asking *a, struct err *e)
{
    (void)self;
    switch (a->request->type) {
    case MESSAGE_SIGN_IN:
    case MESSAGE_START:
    case MESSAGE_SEAL:
        return not_here(a, e);
    case MESSAGE_ADMIT:
        return admit(a, e);
    case MESSAGE_TELL:
        return tell(a, e);
    case MESSAGE_RESEAT:
        return reseat(a, e);
    case MESSAGE_FINISH:
        return hall_finish(a, e);
    case MESSAGE_CLOSE_ROOM:
        return hall_close_room(a, e);
    case MESSAGE_CLEAR:
        return hall_clear(a, e);
    case MESSAGE_BRING:
        return hall_bring(a, e);
    default:
        return LINE_PASS;
    }
}

void hall_left(void *self, struct line *l)
{
    (void)self;
    (void)l;
}
