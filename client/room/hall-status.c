/* SPDX-License-Identifier: Apache-2.0 */
/* What only the service knows of candidates and stations, for the proctor. */
#include <string.h>

#include "base/i18n.h"
#include "client/room/hall-internal.h"

static enum control_kept kept_of(const struct hall_told *t, const struct copies_end *end)
{
    bool all = t && (end->epoch > t->epoch || (end->epoch == t->epoch && end->seq >= t->seq));
    if (!t || t->seq == 0)
        return end->seq > 0 ? CONTROL_BOTH : CONTROL_NOTHING_YET;
    if (t->spilled)
        return all ? CONTROL_ROOM_ONLY : CONTROL_AT_RISK;
    return all ? CONTROL_BOTH : CONTROL_HERE;
}

static void complete_candidate(struct hall *h, const struct seat *seat, struct arena *a,
                               struct control_candidate *c)
{
    const struct hall_sitting *sitting = hall_sitting(seat);
    const struct hall_told *t = hall_told(sitting->at, seat);
    struct copies_end end;
    copies_end(seat, &end);
    c->kept = kept_of(t, &end);
    c->pending = hall_is_pending(h, seat) || sitting->move_to || sitting->reseat.n;
    c->station = sitting->at ? arena_strdup(a, sitting->at->name) : "";
    c->silent_ms = sitting->at ? hall_silent_ms(h, sitting->at) : 0;
    c->connected = t && t->connected && !c->silent_ms;
    c->sealed = end.sealed;
    if (sitting->beside && !c->trouble[0])
        c->trouble =
            _("two machines have written this exam: both are kept, collect the other one and decide");
}

static const char *sits_at(const struct hall *h, const struct hall_station *s)
{
    for (size_t i = 0; i < h->room->n; i++)
        if (hall_sitting(&h->room->seat[i])->at == s && !sitting_state_ended(h->room->seat[i].session.state))
            return h->room->seat[i].who->ticket;
    return "";
}

static enum control_station_state state_of(const struct hall *h, const struct hall_station *s)
{
    if (!s->admitted)
        return CONTROL_ASKS;
    if (hall_silent_ms(h, s))
        return CONTROL_SILENT;
    return s->asked && s->state != ROOM_LOCKED ? CONTROL_OPEN : CONTROL_ADMITTED;
}

void hall_status(void *self, struct arena *a, struct control_room *ret)
{
    struct hall *h = self;
    ret->service = true;
    for (size_t i = 0; i < ret->n && i < h->room->n; i++)
        complete_candidate(h, &h->room->seat[i], a, &ret->candidate[i]);
    ret->station = arena_array(a, h->n + 1, sizeof *ret->station);
    ret->n_stations = h->n;
    for (size_t i = 0; i < h->n; i++) {
        const struct hall_station *s = h->station[i];
        ret->station[i] = (struct control_station){.name = arena_strdup(a, s->name),
                                                   .ticket = sits_at(h, s),
                                                   .state = state_of(h, s),
                                                   .silent_ms = hall_silent_ms(h, s),
                                                   .battery = s->battery,
                                                   .charging = s->charging,
                                                   .disk = s->disk,
                                                   .clock_off_ms = s->clock_off_ms};
    }
}
