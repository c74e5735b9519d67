/* SPDX-License-Identifier: Apache-2.0 */
/* The end of the room: what is missing, closing, clear-out. */
#include <string.h>

#include "base/i18n.h"
#include "client/room/hall-internal.h"

enum { LOOK_AGAIN_MS = 250 };

const char *hall_fault(void *self, const struct seat *seat, struct arena *a)
{
    struct hall *h = self;
    struct copies_end end;
    copies_end(seat, &end);
    if (hall_sitting(seat)->beside)
        return _("two machines have written it: both are kept; say in the minutes which one counts");
    for (size_t i = 0; i < h->n; i++) {
        const struct hall_told *t = h->station[i]->admitted ? hall_told(h->station[i], seat) : NULL;
        if (t && (t->epoch > end.epoch || (t->epoch == end.epoch && t->seq > end.seq)))
            return arena_printf(a, _("station %s has %lld events more; leave it on until they are here"),
                                h->station[i]->name,
                                (long long)(t->epoch == end.epoch ? t->seq - end.seq : t->seq));
    }
    return NULL;
}

/* ---- closing ---- */

static bool is_open(const struct seat *seat)
{
    return seat->session.state != SITTING_NEW && !seat->trouble[0] &&
           !(sitting_state_ended(seat->session.state) && seat->store &&
             journal_epoch_seal(sitting_store_journal(seat->store),
                                journal_epochs(sitting_store_journal(seat->store)) - 1,
                                &(struct journal_seal){0}));
}

static bool is_ordered_to_end(const struct hall *h, const struct seat *seat)
{
    for (const struct hall_order *o = h->order; o; o = o->next)
        if (o->seat == seat && o->kind == JOURNAL_FORCED_END)
            return true;
    return false;
}

static int order_ends(struct hall *h, struct err *e)
{
    for (size_t i = 0; i < h->room->n; i++) {
        struct seat *seat = &h->room->seat[i];
        const struct hall_giving g = {.kind = JOURNAL_FORCED_END, .reason = "room closed"};
        if (room_refresh(h->room, seat, e) < 0 && !seat->trouble[0])
            return -ERR_ENV;
        if (!is_open(seat) || sitting_state_ended(seat->session.state) || is_ordered_to_end(h, seat))
            continue;
        int r = hall_order(h, seat, &g, e);
        if (r < 0)
            return r;
        h->forced++;
    }
    return 0;
}

/* Stations that answer and have not brought the end yet. */
static bool must_wait(const struct hall *h)
{
    if (h->room->now.mono_ms - h->closing_mono_ms >= HALL_CLOSING_MS)
        return false;
    for (size_t i = 0; i < h->room->n; i++) {
        const struct seat *seat = &h->room->seat[i];
        const struct hall_station *at = hall_sitting(seat)->at;
        if (is_open(seat) && at && hall_answers(h, at))
            return true;
    }
    return false;
}

int hall_close_room(struct asking *a, struct err *e)
{
    struct hall *h = a->room->hooks.self;
    struct control_closing closing = {0};
    int r = 0;
    if (!h->closing_mono_ms) {
        hall_note(h, "closing", NULL, NULL, (struct span){0}, "");
        h->closing_mono_ms = h->room->now.mono_ms;
        r = order_ends(h, e);
    }
    if (r == 0 && must_wait(h))
        return line_later(a, LOOK_AGAIN_MS);
    if (r == 0)
        r = room_close(a->room, &closing, e);
    h->closing_mono_ms = 0;
    if (r < 0)
        return r;
    closing.forced = h->forced > closing.stranded ? h->forced - closing.stranded : 0;
    message_put_closed(&closing, a->out);
    return 0;
}

/* ---- clear-out ---- */

static int must_be_complete(struct hall *h, struct arena *a, struct err *e)
{
    struct control_check c = {0};
    int r = room_check(h->room, a, &c, e);
    if (r < 0 || c.missing == 0)
        return r;
    err_set(e, ERR_NO, NULL, _("the collection check finds %lld exams that are not complete"),
            (long long)c.missing);
    return err_hint(e, _("the stations keep their journals until all is here"));
}

/* What the room has at the place where that station's journal ends. */
static bool end_of_epoch(const struct seat *seat, int64_t epoch, int64_t *ret_seq, uint8_t ret_head[32])
{
    const struct journal *j = seat->store ? sitting_store_journal(seat->store) : NULL;
    for (size_t i = 0; j && i < journal_epochs(j); i++)
        if (journal_epoch(j, i)->epoch == epoch)
            return journal_epoch_end(j, i, ret_seq, ret_head);
    return false;
}

static bool is_told(const struct hall_station *s, const struct seat *seat)
{
    for (const struct hall_command *c = s->first; c; c = c->next)
        if (c->kind == API_CLEAR && strcmp(c->ticket, seat->who->ticket) == 0)
            return true;
    return false;
}

void hall_clear_station(struct hall *h, struct hall_station *s)
{
    for (size_t i = 0; h->clearing && i < s->n_told; i++) {
        const struct hall_told *t = &s->told[i];
        uint8_t head[32];
        int64_t seq = 0;
        if (is_open(t->seat) || is_told(s, t->seat) || !end_of_epoch(t->seat, t->epoch, &seq, head) ||
            seq != t->seq)
            continue; /* more than the room has, or something else: it stays */
        struct hall_command *c = hall_tell(s, API_CLEAR, t->seat, NULL);
        bytes_add(&c->data, head, sizeof head);
    }
}

int hall_clear(struct asking *a, struct err *e)
{
    struct hall *h = a->room->hooks.self;
    int r = must_be_complete(h, a->arena, e);
    if (r < 0)
        return r;
    h->clearing = true;
    for (size_t i = 0; i < h->n; i++)
        hall_clear_station(h, h->station[i]);
    hall_note(h, "cleared", NULL, NULL, (struct span){0}, "");
    message_put_plain(MESSAGE_DONE, a->out);
    return 0;
}
