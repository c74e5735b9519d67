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

int control_status(struct control *c, struct arena *a, struct control_room *ret, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_STATUS};
    int result = wire_ask(&c->wire, &r, MESSAGE_ROOM, &body, e);
    return result < 0 ? result : message_get_room(body, a, ret, e);
}

static int act(struct control *c, enum message_type type, const char *ticket, int64_t value, const char *text,
               struct err *e)
{
    const struct request r = {.type = type, .ticket = ticket, .text = text, .value = value};
    return ask(c, &r, e);
}

/* Two texts in one field: the first is one line. */
static int act_with(struct control *c, enum message_type type, const char *ticket, int64_t value,
                    const char *first, const char *second, struct err *e)
{
    char *text = mem_printf("%s\n%s", first, second);
    int r = act(c, type, ticket, value, text, e);
    free(text);
    return r;
}

int control_start_room(struct control *c, struct err *e)
{
    return act(c, MESSAGE_START_ROOM, NULL, 0, NULL, e);
}

int control_extra_time(struct control *c, const char *ticket, int64_t seconds, const char *reason,
                       struct err *e)
{
    return act(c, MESSAGE_EXTRA_TIME, ticket, seconds, reason, e);
}

int control_pause(struct control *c, const char *ticket, bool pause, const char *reason, struct err *e)
{
    return act(c, MESSAGE_PAUSE, ticket, pause, reason, e);
}

int control_force_end(struct control *c, const char *ticket, const char *reason, struct err *e)
{
    return act(c, MESSAGE_FORCE_END, ticket, 0, reason, e);
}

int control_presence(struct control *c, const char *ticket, enum control_presence p, struct err *e)
{
    return act(c, MESSAGE_ABSENT, ticket, (int64_t)p, NULL, e);
}

int control_breach(struct control *c, const char *ticket, enum control_breach b, const char *article,
                   const char *note, struct err *e)
{
    return act_with(c, MESSAGE_VIOLATION, ticket, (int64_t)b, article, note, e);
}

int control_incident(struct control *c, const char *ticket, const char *text, struct err *e)
{
    return act(c, MESSAGE_INCIDENT, ticket, 0, text, e);
}

int control_tell(struct control *c, const char *ticket, const char *text, struct err *e)
{
    return act(c, MESSAGE_TELL, ticket, 0, text, e);
}

int control_resume_code(struct control *c, const char *ticket, const char *reason, struct arena *a,
                        const char **ret, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_RESUME_CODE, .ticket = ticket, .text = reason};
    int result = wire_ask(&c->wire, &r, MESSAGE_TEXT, &body, e);
    return result < 0 ? result : message_get_text(body, a, ret, e);
}

int control_admit(struct control *c, const char *station, bool admit, struct err *e)
{
    return act(c, MESSAGE_ADMIT, station, admit, NULL, e);
}

int control_reseat(struct control *c, const char *ticket, const char *station, const char *reason,
                   struct err *e)
{
    return act_with(c, MESSAGE_RESEAT, ticket, 0, station, reason, e);
}

int control_finish(struct control *c, const char *ticket, const char *reason, struct err *e)
{
    return act(c, MESSAGE_FINISH, ticket, 0, reason, e);
}

int control_check(struct control *c, struct arena *a, struct control_check *ret, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_CHECK};
    int result = wire_ask(&c->wire, &r, MESSAGE_CHECKED, &body, e);
    return result < 0 ? result : message_get_check(body, a, ret, e);
}

int control_minutes(struct control *c, int64_t after, struct arena *a, struct control_minute **ret,
                    size_t *ret_n, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_MINUTES, .value = after};
    int result = wire_ask(&c->wire, &r, MESSAGE_MINUTE_LIST, &body, e);
    return result < 0 ? result : message_get_minutes(body, a, ret, ret_n, e);
}

int control_bring(struct control *c, const char *ticket, const char *station, struct arena *a,
                  const char **ret, struct err *e)
{
    struct span body = {0};
    const struct request r = {.type = MESSAGE_BRING, .ticket = ticket, .text = station};
    int result = wire_ask(&c->wire, &r, MESSAGE_TEXT, &body, e);
    return result < 0 ? result : message_get_text(body, a, ret, e);
}

int control_clear(struct control *c, struct err *e)
{
    return act(c, MESSAGE_CLEAR, NULL, 0, NULL, e);
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
