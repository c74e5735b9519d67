/* SPDX-License-Identifier: Apache-2.0 */
/* Requests under way: sent, cancelled, lost. */
#include <stdlib.h>

#include "base/mem.h"
#include "client/agent/uplink-internal.h"

enum { LATE_MS = 2000 }; /* a call that is answered later than it may wait is given up after so much more */

bool uplink_is_under_way(const struct uplink *u, enum uplink_call_kind kind)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind == kind)
            return true;
    return false;
}

static struct uplink_call *free_call(struct uplink *u)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind == CALL_NONE)
            return &u->call[i];
    return NULL;
}

bool uplink_call(struct uplink *u, enum uplink_call_kind kind, const char *path, struct span body,
                 int64_t wait_ms, struct seat *seat)
{
    struct uplink_call *c = free_call(u);
    if (!c)
        return false;
    char *url = mem_printf("%s%s", u->service[u->at], path);
    *c = (struct uplink_call){
        .kind = kind, .id = ++u->next_id, .until_ms = uplink_now(u) + wait_ms + LATE_MS, .seat = seat};
    const struct carry_request r = {.id = c->id,
                                    .url = url,
                                    .pin = kind == CALL_INTRODUCTION ? "" : u->pin,
                                    .post = kind != CALL_INTRODUCTION,
                                    .wait_ms = wait_ms,
                                    .body = body};
    u->courier.send(u->courier.self, &r);
    free(url);
    return true;
}

static void call_ends(struct uplink *u, struct uplink_call *c)
{
    const struct uplink_call ended = *c;
    *c = (struct uplink_call){0};
    if (ended.kind == CALL_ROWS)
        uplink_rows_lost(u);
    if (ended.kind == CALL_CLAIM)
        uplink_claim_lost(u, ended.seat);
}

void uplink_cancel(struct uplink *u, enum uplink_call_kind kind)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind == kind) {
            u->courier.cancel(u->courier.self, u->call[i].id);
            call_ends(u, &u->call[i]);
        }
}
