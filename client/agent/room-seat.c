/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include <string.h>

#include "base/i18n.h"
#include "client/agent/line.h"

static const struct roster_candidate *find_sitter(const struct room *r, const char *ticket)
{
    for (size_t i = 0; i < r->n_sitters; i++)
        if (strcmp(r->sitter[i].ticket, ticket) == 0)
            return &r->sitter[i];
    return NULL;
}

int room_seat(struct room *r, const char *ticket, struct seat **ret, struct err *e)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->seat[i].who->ticket, ticket) == 0) {
            *ret = &r->seat[i];
            return 0;
        }
    const struct roster_candidate *elsewhere = find_sitter(r, ticket);
    if (!elsewhere && r->lab) {
        bool candidate = roster_find(r->roster, ticket) != NULL;
        line_refuse(e, ERR_UNKNOWN_TICKET, candidate ? _("this is a candidate's ticket; here the raters sign in")
                                                     : _("no rater of this session has this number"));
        return err_hint(e, _("a rater signs in with the number on the list of raters, in kaochang-rate"));
    }
    if (!elsewhere) {
        line_refuse(e, ERR_UNKNOWN_TICKET, _("this ticket number is not on the list of this session"));
        return err_hint(e, _("check the number and the session on the ticket"));
    }
    line_refuse(e, ERR_OTHER_ROOM,
                r->lab ? _("this rater rates in another room") : _("this candidate sits in another room"));
    return err_hint(e, _("the room is %s"), elsewhere->room);
}

bool room_outside_window(const struct room *r)
{
    const struct manifest *m = package_manifest(r->package);
    return r->now.wall_ms < m->start_ms || r->now.wall_ms >= m->end_ms;
}

int room_candidate(struct room *r, struct seat *seat, struct arena *a, struct link_candidate *ret,
                   struct err *e)
{
    const struct manifest *m = package_manifest(r->package);
    if (seat->presence == CONTROL_ABSENT) {
        line_refuse(e, ERR_MARKED_ABSENT, _("this candidate is marked as absent"));
        return err_hint(e, _("the proctor takes the mark back if the candidate may still begin"));
    }
    int result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    *ret = (struct link_candidate){
        .session = m->session,
        .title = m->title,
        .ticket = seat->who->ticket,
        .name = seat->who->name,
        .id_number = seat->who->id_number,
        .county = seat->who->county,
        .school = seat->who->school,
        .site = seat->who->site,
        .room = seat->who->room,
        .seat = arena_printf(a, "%lld", (long long)seat->who->seat),
        .extra_s = seat->who->extra_s,
        .window_start = m->start_ms,
        .window_end = m->end_ms,
        .outside_window = room_outside_window(r),
        .state = seat->session.state,
        .held = r->state == ROOM_OPEN,
        .has_room = r->role != ROOM_ALONE,
        .rater = r->lab,
    };
    if (sitting_state_ended(seat->session.state))
        sitting_store_receipt(seat->store, ret->receipt);
    return 0;
}

enum { JUMP_MS = 3000 };

void room_clock(struct room *r, const struct clock_reading *now)
{
    int64_t elapsed = now->mono_ms - r->now.mono_ms, jump = now->wall_ms - r->now.wall_ms - elapsed;
    bool same_boot = strcmp(now->boot_id, r->now.boot_id) == 0;
    r->now = *now;
    if (same_boot && (jump > JUMP_MS || jump < -JUMP_MS))
        room_note_value(r, "clock-jump", NULL, jump, "");
}

enum { LOOK_MS = 1000 };

void room_look(struct room *r)
{
    if (!r->minutes || r->now.mono_ms < r->look_mono_ms)
        return;
    r->look_mono_ms = r->now.mono_ms + LOOK_MS;
    bool full = minutes_flush(r->minutes, NULL) < 0;
    if (full != r->minutes_late)
        room_note(r, full ? "disk-failed" : "disk-back", NULL, "%s", "");
    r->minutes_late = full;
    for (size_t i = 0; i < r->n; i++) {
        struct err still;
        if (r->seat[i].store && sitting_store_unspill(r->seat[i].store, &still) < 0)
            continue; /* tried again the next time */
    }
}
