/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "client/agent/message.h"
#include "tests/client/room/hall-room.h"

struct service room;

int hall_set_up(void **state)
{
    (void)state;
    service_open(&room);
    return 0;
}

int hall_tear_down(void **state)
{
    (void)state;
    service_close(&room);
    return 0;
}

int hall_fresh(void **state)
{
    (void)state;
    service_reset(&room, true);
    return 0;
}

void hall_start(void)
{
    service_done(&room, MESSAGE_START_ROOM, "", 0, "");
}

void hall_sit(struct peer *p, const char *name, const char *ticket)
{
    peer_open(p, &room, name);
    hall_start();
    peer_enter(p);
    assert_int_equal(peer_claim(p, ticket, "", false), 200);
    assert_int_equal(p->claimed.verdict, API_BEGIN);
    peer_begin(p, ticket);
    peer_answer(p, "k001", "A");
}
