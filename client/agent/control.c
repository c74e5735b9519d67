/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/control.h"

#include <stdlib.h>

#include "base/mem.h"
#include "client/agent/wire.h"

enum { CLOSE_WAIT_MS = 180000 }; /* each sitting of the room is ended, signed and written to the disk */

struct control {
    struct wire wire;
};

static int ask(struct control *c, const struct request *r, struct err *e)
{
    struct span body = {0};
    return wire_ask(&c->wire, r, MESSAGE_DONE, &body, e);
}

int control_open(struct control **ret, const char *home, const char *code, struct err *e)
{
    int fd = -1;
    int r = wire_connect(home, &fd, e);
    if (r < 0)
        return r;
    struct control *c = mem_alloc(sizeof *c);
    wire_init(&c->wire, fd);
    const struct request show = {.type = MESSAGE_PROCTOR, .text = code};
    if ((r = ask(c, &show, e)) < 0) {
        control_close(c);
        return r;
    }
    *ret = c;
    return 0;
}

void control_close(struct control *c)
{
    if (!c)
        return;
    wire_release(&c->wire);
    free(c);
}

int control_fd(const struct control *c)
{
    return c->wire.fd;
}

int control_status(struct control *c, struct arena *a, struct control_room *ret, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_STATUS};
    int result = wire_ask(&c->wire, &r, MESSAGE_ROOM, &body, e);
    return result < 0 ? result : message_get_room(body, a, ret, e);
}

int control_extra_time(struct control *c, const char *ticket, int64_t seconds, const char *reason,
                       struct err *e)
{
    const struct request r = {.type = MESSAGE_EXTRA_TIME, .ticket = ticket, .text = reason, .value = seconds};
    return ask(c, &r, e);
}

int control_force_end(struct control *c, const char *ticket, const char *reason, struct err *e)
{
    const struct request r = {.type = MESSAGE_FORCE_END, .ticket = ticket, .text = reason};
    return ask(c, &r, e);
}

int control_absent(struct control *c, const char *ticket, bool absent, struct err *e)
{
    const struct request r = {.type = MESSAGE_ABSENT, .ticket = ticket, .value = absent};
    return ask(c, &r, e);
}

int control_close_room(struct control *c, struct control_closing *ret, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_CLOSE_ROOM};
    c->wire.wait_ms = CLOSE_WAIT_MS;
    int result = wire_ask(&c->wire, &r, MESSAGE_CLOSED, &body, e);
    struct arena *a = arena_new();
    if (result == 0)
        result = message_get_closed(body, a, ret, e);
    arena_free(a);
    return result;
}
