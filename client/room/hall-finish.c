/* SPDX-License-Identifier: Apache-2.0 */
/* A sitting whose machine is lost is ended here, from what the room has: the room's machine goes on with it
 * as epoch n + 1, whose only events are the re-seat and the end. */
#include "base/i18n.h"
#include "client/room/hall-internal.h"

#include <string.h>

static int may_finish(struct hall *h, const struct seat *seat, struct err *e)
{
    const struct hall_station *at = hall_sitting(seat)->at;
    const struct hall_told *t = hall_told(at, seat);
    if (!seat->store || seat->session.state == SITTING_NEW)
        return err_set(e, ERR_NO, seat->who->ticket, _("the room has nothing of this candidate"));
    if (sitting_state_ended(seat->session.state))
        return err_set(e, ERR_NO, seat->who->ticket, _("this candidate has finished"));
    if (at && hall_answers(h, at) && t && t->connected) {
        err_set(e, ERR_NO, seat->who->ticket, _("its station answers"));
        return err_hint(e, _("end the exam there by force"));
    }
    return 0;
}

static int begin_epoch(struct hall *h, struct seat *seat, struct err *e)
{
    struct journal *j = sitting_store_journal(seat->store);
    struct journal_epoch fork = {0}, start;
    struct bytes age = {0};
    journal_head(j, &fork.fork_epoch, &fork.fork_seq, fork.fork_hash);
    int r = room_epoch(h->room, seat, &fork, &start, &age, e);
    if (r == 0)
        r = journal_take_epoch(j, &start, e);
    bytes_release(&age);
    if (r < 0)
        return r;
    room_forget(h->room, seat);
    return room_refresh(h->room, seat, e);
}

static int put(struct hall *h, struct seat *seat, enum journal_kind kind, const char *reason,
               struct span order, struct err *e)
{
    const struct sitting_store_act act = {.kind = kind, .reason = reason, .order = order};
    return sitting_store_put_act(seat->store, &seat->session, &act, &h->room->key, &h->room->now, e);
}

static int finish(struct hall *h, struct seat *seat, const char *reason, struct err *e)
{
    const struct hall_giving g = {.kind = JOURNAL_RESEAT, .reason = reason};
    struct hall_station *old = hall_sitting(seat)->at;
    struct bytes order = {0};
    int r = hall_sign_order(h, seat, &g, &order, e);
    if (r == 0)
        r = begin_epoch(h, seat, e);
    if (r == 0)
        r = put(h, seat, JOURNAL_RESEAT, reason, bytes_span(&order), e);
    if (r == 0)
        r = put(h, seat, JOURNAL_FORCED_END, reason, (struct span){0}, e);
    bytes_release(&order);
    if (r < 0)
        return r;
    hall_note(h, "finish", seat, old, (struct span){0}, reason);
    seat->noted = SITTING_FORCED_END;
    if (old)
        hall_tell(old, API_STOP, seat, h->room->station->name);
    r = room_refresh(h->room, seat, e); /* signs it */
    if (r == 0)
        hall_settle_orders(h, seat);
    return r;
}

int hall_finish(struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    int r = hall_need_reason(a->request->text, e);
    if (r == 0)
        r = room_seat(a->room, a->request->ticket, &seat, e);
    if (r == 0)
        r = room_refresh(a->room, seat, e);
    if (r == 0)
        r = may_finish(a->room->hooks.self, seat, e);
    if (r == 0)
        r = finish(a->room->hooks.self, seat, a->request->text, e);
    if (r == 0)
        message_put_plain(MESSAGE_DONE, a->out);
    return r;
}
