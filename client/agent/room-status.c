/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/xml.h"
#include "client/agent/room.h"

static enum control_kept kept_of(const struct seat *seat)
{
    if (seat->session.state == SITTING_NEW)
        return CONTROL_NOTHING_YET;
    return seat->disk_noted ? CONTROL_AT_RISK : CONTROL_HERE;
}

static int64_t running_ms(const struct room *r)
{
    return r->now.wall_ms > r->started_wall_ms ? r->now.wall_ms - r->started_wall_ms : 0;
}

/* Nothing more is asked of anybody: confirmed by the candidate, or a status instead of points. */
static bool is_finished(struct span rating)
{
    struct xml_doc *d = NULL;
    bool finished = false;
    if (rating.n > 0 && xml_read(&d, "rating", rating, NULL, NULL) == 0) {
        const char *status = xml_attr(d, xml_root(d), "status");
        const char *confirmed = xml_attr(d, xml_root(d), "confirmed");
        bool points = status && (strcmp(status, "open") == 0 || strcmp(status, "rated") == 0);
        finished = points ? confirmed && strcmp(confirmed, "yes") == 0 : status != NULL;
    }
    xml_free(d);
    return finished;
}

/* Items that are answered; of a rater, candidates who are rated. */
static int64_t done_of(const struct seat *seat)
{
    int64_t n = 0;
    if (!seat->sheet)
        return (int64_t)session_counts(&seat->session).answered;
    for (size_t i = 0; i < seat->session.n; i++)
        n += is_finished(bytes_span(&seat->session.item[i].response));
    return n;
}

static struct control_candidate status_of(struct arena *a, struct seat *seat)
{
    struct control_candidate c = {
        .ticket = seat->who->ticket,
        .name = seat->who->name,
        .id_number = seat->who->id_number,
        .seat = arena_printf(a, "%lld", (long long)seat->who->seat),
        .form = seat->who->form,
        .state = seat->session.state,
        .connected = seat->line != NULL,
        .absent = seat->presence == CONTROL_ABSENT,
        .late = seat->presence == CONTROL_LATE,
        .breach = seat->breach,
        .sealed = sitting_state_ended(seat->session.state) && room_is_signed(seat),
        .answered = done_of(seat),
        .items = (int64_t)seat->session.n,
        .used_ms = seat->session.used_ms,
        .allowance_ms = session_allowance_ms(&seat->session),
        .interruptions = seat->session.interruptions,
        .kept = kept_of(seat),
        .trouble = seat->trouble,
    };
    if (sitting_state_ended(c.state) && seat->store)
        sitting_store_receipt(seat->store, c.receipt);
    return c;
}

/* A locked station: what it waits with. */
static void locked_status(const struct room *r, struct control_room *ret)
{
    const struct manifest *m = r->package ? package_manifest(r->package) : NULL;
    *ret = (struct control_room){.session = m ? m->session : "",
                                 .title = m ? m->title : "",
                                 .site = r->station->site,
                                 .room = r->station->room,
                                 .room_name = "",
                                 .window_start = m ? m->start_ms : 0,
                                 .window_end = m ? m->end_ms : 0,
                                 .running_ms = -1};
}

int room_status(struct room *r, struct arena *a, struct control_room *ret, struct err *e)
{
    (void)e;
    if (r->state == ROOM_LOCKED) {
        locked_status(r, ret);
        goto complete;
    }
    const struct manifest *m = package_manifest(r->package);
    const struct roster_room *room = roster_find_room(r->roster, r->station->site, r->station->room);
    *ret = (struct control_room){
        .session = m->session,
        .title = m->title,
        .site = r->station->site,
        .room = r->station->room,
        .room_name = room ? room->name : "",
        .window_start = m->start_ms,
        .window_end = m->end_ms,
        .outside_window = room_outside_window(r),
        .state = r->state,
        .lab = r->lab,
        .running_ms = r->started_wall_ms ? running_ms(r) : -1,
        .duration_ms = r->lab ? 0 : r->paper->duration_s * 1000,
        .candidate = arena_array(a, r->n, sizeof *ret->candidate),
        .n = r->n,
    };
    for (size_t i = 0; i < r->n; i++) {
        struct err own = {0};
        char text[sizeof own];
        bool fails = room_refresh(r, &r->seat[i], &own) < 0;
        ret->candidate[i] = status_of(a, &r->seat[i]);
        if (fails && !r->seat[i].trouble[0]) /* the disk: told, and the others are shown all the same */
            ret->candidate[i].trouble = arena_strdup(a, err_text(&own, text, sizeof text));
    }
complete:
    ret->service = r->role == ROOM_AT_SERVICE;
    if (r->hooks.status)
        r->hooks.status(r->hooks.self, a, ret);
    return 0;
}
