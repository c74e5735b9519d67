/* SPDX-License-Identifier: Apache-2.0 */
/* Who may sit where. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"

struct claiming {
    struct hall *hall;
    struct hall_station *station;
    struct seat *seat;
    struct hall_sitting *sitting;
    const struct api_claim *claim;
    struct copies_end end;
    struct arena *arena;
};

static int refuse_elsewhere(const struct claiming *c, struct err *e)
{
    line_refuse(e, ERR_OPEN_ELSEWHERE, _("this ticket is in use at another place"));
    return err_hint(e, _("it is %s; ask the proctor"), c->sitting->at->name);
}

/* The other machine talks, and a program is open there for this candidate. */
static bool is_open_there(const struct claiming *c)
{
    const struct hall_station *at = c->sitting->at;
    const struct hall_told *t = hall_told(at, c->seat);
    return at != c->station && hall_answers(c->hall, at) && t && t->connected;
}

static bool was_moved_here(const struct claiming *c)
{
    const char *to = c->sitting->move_to;
    return to && (!to[0] || strcmp(to, c->station->name) == 0);
}

static int need_code(const struct claiming *c, struct err *e)
{
    if (was_moved_here(c))
        return 0;
    return room_use_resume_code(c->hall->room, c->seat, c->claim->resume_code, e);
}

/* What the proctor ordered has happened. */
static void drop_move(struct claiming *c)
{
    if (!c->sitting->move_to)
        return;
    minutes_done(c->hall->room->minutes, c->sitting->move_minute);
    free(c->sitting->move_to);
    free(c->sitting->move_reason);
    c->sitting->move_to = c->sitting->move_reason = NULL;
}

/* The old machine stops; what was ordered meanwhile goes to the new one. */
static void change_place(struct claiming *c, const char *reason)
{
    struct hall_station *old = c->sitting->at;
    if (old && old != c->station)
        hall_tell(old, API_STOP, c->seat, c->station->name);
    c->sitting->at = c->station;
    hall_queue_orders(c->hall, c->seat);
    hall_note(c->hall, "moved", c->seat, c->station, (struct span){0}, reason);
    drop_move(c);
}

static int order_reseat(struct claiming *c, struct err *e)
{
    struct hall_sitting *s = c->sitting;
    const char *reason = s->move_reason ? s->move_reason : _("resume code");
    const struct hall_giving g = {.kind = JOURNAL_RESEAT, .reason = reason, .to = c->station};
    struct bytes packed = {0};
    int r = hall_sign_order(c->hall, c->seat, &g, &packed, e);
    if (r < 0)
        return r;
    bytes_release(&s->reseat);
    s->reseat = packed;
    s->reseat_to = c->station;
    s->reseat_epoch = c->end.epoch;
    s->reseat_seq = c->end.seq;
    s->reseat_minute =
        hall_note(c->hall, "reseat-order", c->seat, c->station, bytes_span(&s->reseat), reason);
    change_place(c, reason);
    return 0;
}

/* Epoch n + 1 begins here, from what the room has. Asked again, the same order is the answer. */
static int take_over(struct claiming *c, struct api_claimed *ret, struct err *e)
{
    struct copies_end has = {.epoch = c->claim->epoch, .seq = c->claim->seq};
    int r = c->sitting->reseat.n && c->sitting->reseat_to == c->station ? 0 : order_reseat(c, e);
    memcpy(has.head, c->claim->head, sizeof has.head);
    if (r == 0)
        r = copies_give(c->hall->room, c->seat, &has, c->arena, &ret->rows, e);
    if (r < 0)
        return r;
    ret->verdict = API_TAKE;
    ret->order = bytes_span(&c->sitting->reseat);
    return 0;
}

/* It was begun at another machine. */
static int claim_other(struct claiming *c, struct api_claimed *ret, struct err *e)
{
    if (c->sitting->reseat.n && c->sitting->reseat_to == c->station)
        return take_over(c, ret, e);
    if (!was_moved_here(c) && is_open_there(c) && !c->claim->resume_code[0])
        return refuse_elsewhere(c, e);
    int r = need_code(c, e);
    return r < 0 ? r : take_over(c, ret, e);
}

/* Its disk lost what the room has: the machine lost its power while its disk failed, or the disk was changed.
 */
static bool is_behind(const struct claiming *c)
{
    const struct api_claim *has = c->claim;
    return has->epoch < c->end.epoch || (has->epoch == c->end.epoch && has->seq < c->end.seq);
}

/* It goes on from what the room has, in an epoch of its own: one order for each event at which that happens.
 */
static int take_again(struct claiming *c, struct api_claimed *ret, struct err *e)
{
    struct hall_sitting *s = c->sitting;
    if (s->reseat.n && (s->reseat_epoch != c->end.epoch || s->reseat_seq != c->end.seq))
        bytes_release(&s->reseat);
    return take_over(c, ret, e);
}

static int claim_own(struct claiming *c, struct api_claimed *ret, struct err *e)
{
    if (c->sitting->move_to && !was_moved_here(c))
        return line_refuse(e, ERR_MOVED, _("this sitting goes on at another machine"));
    if (c->sitting->reseat.n && is_behind(c)) /* the rest of what it has been ordered to go on with */
        return take_again(c, ret, e);
    int r = c->claim->fresh_agent ? need_code(c, e) : 0;
    if (r < 0)
        return r;
    drop_move(c); /* moved to any machine: this one it is */
    if (is_behind(c))
        return take_again(c, ret, e);
    ret->verdict = API_GO_ON;
    return 0;
}

static int claim_new(struct claiming *c, struct api_claimed *ret, struct err *e)
{
    struct hall_sitting *s = c->sitting;
    if (s->move_to && !was_moved_here(c))
        return line_refuse(e, ERR_MOVED, _("this sitting goes on at another machine"));
    if (s->at && is_open_there(c) && !s->move_to)
        return refuse_elsewhere(c, e);
    if (s->at && s->at != c->station && s->move_to)
        change_place(c, s->move_reason);
    drop_move(c);
    s->at = c->station;
    ret->verdict = c->claim->epoch ? API_GO_ON : API_BEGIN;
    return 0;
}

static int may_sit(const struct claiming *c, struct err *e)
{
    if (!c->station->admitted)
        return line_refuse(e, ERR_NOT_OPEN, _("the proctor has not admitted this station"));
    if (c->hall->room->state == ROOM_CLOSED || c->hall->closing_mono_ms)
        return line_refuse(e, ERR_ROOM_CLOSED, _("the room has been closed"));
    if (c->seat->presence == CONTROL_ABSENT) {
        line_refuse(e, ERR_MARKED_ABSENT, _("this candidate is marked as absent"));
        return err_hint(e, _("the proctor takes the mark back if the candidate may still begin"));
    }
    return 0;
}

int hall_claim(struct hall *h, struct hall_station *s, const struct api_claim *claim, struct arena *a,
               struct api_claimed *ret, struct err *e)
{
    struct claiming c = {.hall = h, .station = s, .claim = claim, .arena = a};
    hall_heard(h, s);
    *ret = (struct api_claimed){0};
    int r = room_seat(h->room, claim->ticket, &c.seat, e);
    if (r < 0)
        return r;
    c.sitting = hall_sitting(c.seat);
    r = may_sit(&c, e);
    if (r == 0 && room_refresh(h->room, c.seat, e) < 0)
        r = -ERR_NO;
    if (r < 0)
        return r;
    copies_end(c.seat, &c.end);
    bool own = c.end.epoch && memcmp(c.end.station, s->key, sizeof s->key) == 0;
    if (sitting_state_ended(c.seat->session.state) && !own)
        return line_refuse(e, ERR_ALREADY_ENDED, _("this candidate has finished"));
    if (sitting_state_ended(c.seat->session.state)) {
        ret->verdict = API_GO_ON;
        return 0;
    }
    if (!c.end.epoch)
        return claim_new(&c, ret, e);
    bool under_way = c.sitting->reseat.n && c.sitting->reseat_to != s;
    return own && !under_way ? claim_own(&c, ret, e) : claim_other(&c, ret, e);
}
