/* SPDX-License-Identifier: Apache-2.0 */
/* The line to a room service is made, gets other addresses, and ends; what it keeps of a seat. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/line.h"
#include "client/agent/uplink-internal.h"

struct uplink_seat *uplink_seat(struct seat *seat)
{
    if (!seat->attached) {
        struct uplink_seat *s = mem_alloc(sizeof *s);
        s->sent_seq = -1;
        seat->attached = s;
    }
    return seat->attached;
}

const struct journal *uplink_journal(const struct seat *seat)
{
    return seat->store ? sitting_store_journal(seat->store) : NULL;
}

static void stored(void *self, struct seat *seat)
{
    (void)self;
    uplink_seat(seat)->dirty = true;
}

/* Opened on the spot: what is here may have been written while nobody copied it. */
static void unlocked(void *self)
{
    struct uplink *u = self;
    uplink_load(u);
    uplink_rows_anew(u);
}

/* The document that names the TLS key, and the recipient of this run. */
static int introduce(struct uplink *u, struct err *e)
{
    const struct room *room = u->room;
    struct introduction who = {.name = room->station->name,
                               .site = room->station->site,
                               .room = room->station->room,
                               .has_recipient = true};
    struct bytes certificate = {0}, key = {0};
    int r = age_identity_new(&u->own, e);
    if (r == 0)
        r = introduction_tls_seed(&room->key, &u->tls, who.tls, e);
    if (r == 0)
        r = tls_certificate_make(who.name, &u->tls, &certificate, &key, e);
    if (r == 0) {
        age_identity_recipient(&u->own, &who.recipient);
        u->courier.who(u->courier.self, &(struct carry_who){bytes_span(&certificate), bytes_span(&key)});
        r = introduction_make(&who, &room->key, &room->chain, &u->introduction, e);
    }
    bytes_release(&certificate);
    bytes_release(&key);
    return r;
}

void uplink_services(struct uplink *u, const char *const *service, size_t n)
{
    u->n_services = n < UPLINK_SERVICES ? n : UPLINK_SERVICES;
    for (size_t i = 0; i < u->n_services; i++)
        u->service[i] = arena_strdup(u->arena, service[i]);
    u->at = 0;
    u->pause_ms = UPLINK_FIRST_PAUSE_MS;
    if (!u->reachable)
        u->next_ms = uplink_now(u);
}

int uplink_new(struct uplink **ret, struct room *room, const struct uplink_options *o,
               const struct uplink_courier *courier, struct err *e)
{
    if (o->n_services == 0 || o->n_services > UPLINK_SERVICES)
        return err_set(e, ERR_USAGE, NULL, _("a station has 1 to %d addresses of its room service"),
                       UPLINK_SERVICES);
    struct uplink *u = mem_alloc(sizeof *u);
    *u = (struct uplink){.room = room,
                         .courier = *courier,
                         .power = o->power ? o->power : "/sys/class/power_supply",
                         .arena = arena_new(),
                         .pause_ms = UPLINK_FIRST_PAUSE_MS,
                         .looked_ms = -UPLINK_LOOK_MS,
                         .battery = -1};
    uplink_services(u, o->service, o->n_services);
    snprintf(u->lost, sizeof u->lost, "%s", _("the room service has not answered yet"));
    int r = introduce(u, e);
    if (r < 0) {
        uplink_free(u);
        return r;
    }
    uplink_load(u);
    room->hooks = (struct room_hooks){.self = u,
                                      .request = uplink_request,
                                      .left = uplink_left,
                                      .stored = stored,
                                      .unlocked = unlocked,
                                      .status = uplink_status};
    *ret = u;
    return 0;
}

static void free_seat(struct seat *seat)
{
    struct uplink_seat *s = seat->attached;
    for (struct uplink_order *o = s ? s->order : NULL, *next; o; o = next) {
        next = o->next;
        bytes_release(&o->packed);
        free(o);
    }
    free(s);
    seat->attached = NULL;
}

void uplink_free(struct uplink *u)
{
    if (!u)
        return;
    if (u->room->hooks.self == u)
        u->room->hooks = (struct room_hooks){0};
    for (size_t i = 0; i < u->room->n; i++)
        free_seat(&u->room->seat[i]);
    age_identity_free(&u->own);
    secret_free(&u->tls);
    bytes_release(&u->introduction);
    arena_free(u->arena);
    free(u);
}
