/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the stations into the room's copies. */
#include <string.h>

#include "base/i18n.h"
#include "client/room/hall-internal.h"

/* Who may begin an epoch: the first, any station for itself; a later one, the machine that a re-seat names.
 */
static const char *fault_of_start(const struct hall *h, const struct hall_station *s, const struct seat *seat,
                                  const struct journal_epoch *start)
{
    const struct hall_sitting *sitting = hall_sitting(seat);
    const struct journal *j = seat->store ? sitting_store_journal(seat->store) : NULL;
    (void)h;
    for (size_t i = 0; j && i < journal_epochs(j); i++)
        if (journal_epoch(j, i)->epoch == start->epoch)
            return NULL; /* the same, or two that differ: both are kept */
    if (memcmp(start->station, s->key, sizeof s->key) != 0)
        return _("another station has begun it");
    if (start->epoch == 1)
        return NULL;
    return sitting->reseat.n && sitting->reseat_to == s && start->fork_epoch == sitting->reseat_epoch &&
                   start->fork_seq == sitting->reseat_seq
               ? NULL
               : _("nobody has ordered that it goes on at this station");
}

/* What comes after the place from which another machine goes on waits until that machine's epoch is here. */
static void hold_back(const struct hall_sitting *sitting, struct api_part *p)
{
    if (!sitting->reseat.n || p->start.epoch != sitting->reseat_epoch)
        return;
    size_t n = 0;
    while (n < p->n && p->row[n].seq <= sitting->reseat_seq)
        n++;
    if (n < p->n || (p->has_seal && p->seal.seq > sitting->reseat_seq))
        p->has_seal = p->has_tick = false;
    p->n = n;
}

static void note_beside(struct hall *h, struct hall_station *s, struct seat *seat)
{
    if (!hall_sitting(seat)->beside)
        hall_note(h, "trouble", seat, s, (struct span){0},
                  _("two machines have written this exam: both are kept"));
    hall_sitting(seat)->beside = true;
}

/* The epoch of a re-seat has come: the old machine's later rows are a tail from now on. */
static void settle_reseat(struct hall *h, struct hall_station *s, struct seat *seat, int64_t epoch)
{
    struct hall_sitting *sitting = hall_sitting(seat);
    if (!sitting->reseat.n || epoch != sitting->reseat_epoch + 1 || sitting->reseat_to != s)
        return;
    minutes_done(h->room->minutes, sitting->reseat_minute);
    bytes_release(&sitting->reseat);
    sitting->reseat_to = NULL;
}

static int take(struct hall *h, struct hall_station *s, struct seat *seat, struct api_part *p,
                struct arena *a, struct api_kept_sitting *ret, struct err *e)
{
    struct copies_sender from = {.name = s->name};
    struct copies_taken taken;
    struct copies_end before, after;
    const char *fault = p->has_start ? fault_of_start(h, s, seat, &p->start) : NULL;
    ret->refused = fault ? fault : "";
    if (fault)
        return 0;
    memcpy(from.key, s->key, sizeof from.key);
    hold_back(hall_sitting(seat), p);
    if (!hall_sitting(seat)->at)
        hall_sitting(seat)->at = s;
    copies_end(seat, &before);
    int64_t interruptions = seat->session.interruptions;
    int r = copies_take(h->room, seat, p, &from, &taken, e);
    if (r < 0)
        return r;
    ret->epoch = taken.epoch;
    ret->seq = taken.seq;
    ret->refused = arena_strdup(a, taken.refused);
    copies_end(seat, &after);
    if (taken.beside) {
        note_beside(h, s, seat);
        return 0;
    }
    if (after.epoch != before.epoch) {
        settle_reseat(h, s, seat, after.epoch);
        hall_sitting(seat)->at = s;
    }
    while (interruptions++ < seat->session.interruptions)
        hall_note(h, "interrupted", seat, s, (struct span){0}, "");
    if (taken.any)
        hall_settle_orders(h, seat);
    return 0;
}

int hall_rows(struct hall *h, struct hall_station *s, const struct api_rows *rows, struct arena *a,
              struct api_kept *ret, struct err *e)
{
    hall_heard(h, s);
    *ret = (struct api_kept){.sitting = arena_array(a, rows->n + 1, sizeof *ret->sitting)};
    if (!s->admitted)
        return err_set(e, ERR_NO, s->name, _("the proctor has not admitted this station"));
    for (size_t i = 0; i < rows->n; i++) {
        struct api_kept_sitting *kept = &ret->sitting[ret->n++];
        struct seat *seat = NULL;
        *kept = (struct api_kept_sitting){
            .ticket = rows->part[i].ticket, .epoch = rows->part[i].start.epoch, .refused = ""};
        if (room_seat(h->room, rows->part[i].ticket, &seat, NULL) < 0) {
            kept->refused = _("this ticket number is not on the list of this room");
            continue;
        }
        int r = take(h, s, seat, &rows->part[i], a, kept, e);
        if (r < 0)
            return r;
    }
    return 0;
}
