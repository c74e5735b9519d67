/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "client/agent/line.h"

enum { MAX_MINUTES = 500 };

static int done(struct asking *a)
{
    message_put_plain(MESSAGE_DONE, a->out);
    return 0;
}

static int status(struct asking *a, struct err *e)
{
    struct control_room room = {0};
    int r = room_status(a->room, a->arena, &room, e);
    if (r == 0)
        message_put_room(&room, a->out);
    return r;
}

static int start_room(struct asking *a, struct err *e)
{
    int r = room_start_exam(a->room, a->room->now.wall_ms, e);
    return r < 0 ? r : done(a);
}

/* Two texts in one field: the first is one line. */
static const char *split(struct asking *a, const char **ret_rest)
{
    const char *text = a->request->text, *feed = strchr(text, '\n');
    *ret_rest = feed ? feed + 1 : "";
    return feed ? arena_strndup(a->arena, text, (size_t)(feed - text)) : text;
}

static int act_at(void *context, struct room *room, struct seat *seat, struct err *e)
{
    struct asking *a = context;
    const struct request *q = a->request;
    const char *first, *rest;
    switch (q->type) {
    case MESSAGE_EXTRA_TIME:
        return room_extra_time(room, seat, q->value, q->text, e);
    case MESSAGE_PAUSE:
        return room_pause(room, seat, q->value != 0, q->text, e);
    case MESSAGE_FORCE_END:
        return room_force_end(room, seat, q->text, e);
    case MESSAGE_ABSENT:
        return room_presence(room, seat, (enum control_presence)q->value, e);
    default:
        first = split(a, &rest);
        return room_breach(room, seat, (enum control_breach)q->value, first, rest, e);
    }
}

static int act(struct asking *a, struct err *e)
{
    const struct request *q = a->request;
    struct seat *seat = NULL;
    bool all = strcmp(q->ticket, CONTROL_ALL) == 0;
    int r;
    if (q->type != MESSAGE_EXTRA_TIME && (q->value < 0 || q->value > CONTROL_CHEATING))
        return line_refuse(e, ERR_MESSAGE, _("the figure is out of bounds"));
    if (all && (q->type == MESSAGE_EXTRA_TIME || q->type == MESSAGE_PAUSE)) {
        r = room_each_sitting(a->room, act_at, a, e);
        return r < 0 ? r : done(a);
    }
    if (all && q->type == MESSAGE_ABSENT && q->value == CONTROL_ABSENT) {
        r = room_all_absent(a->room, a->arena, e);
        return r < 0 ? r : done(a);
    }
    r = room_seat(a->room, q->ticket, &seat, e);
    if (r == 0)
        r = act_at(a, a->room, seat, e);
    return r < 0 ? r : done(a);
}

static int incident(struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    int r = a->request->ticket[0] ? room_seat(a->room, a->request->ticket, &seat, e) : 0;
    if (r == 0)
        r = room_incident(a->room, seat, a->request->text, e);
    return r < 0 ? r : done(a);
}

static int tell(struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    bool all = strcmp(a->request->ticket, CONTROL_ALL) == 0;
    int r = all ? 0 : room_seat(a->room, a->request->ticket, &seat, e);
    if (r == 0)
        r = room_tell(a->room, seat, a->request->text, e);
    return r < 0 ? r : done(a);
}

static int resume_code(struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    const char *code = "";
    int r = room_seat(a->room, a->request->ticket, &seat, e);
    if (r == 0)
        r = room_resume_code(a->room, seat, a->request->text, a->arena, &code, e);
    if (r == 0)
        message_put_text(MESSAGE_TEXT, code, a->out);
    return r;
}

static int check(struct asking *a, struct err *e)
{
    struct control_check c = {0};
    int r = room_check(a->room, a->arena, &c, e);
    if (r == 0)
        message_put_check(&c, a->out);
    return r;
}

static int minutes(struct asking *a, struct err *e)
{
    const struct minutes_query q = {.after = a->request->value, .max = MAX_MINUTES};
    struct minute *m = NULL;
    size_t n = 0;
    int r = minutes_find(a->room->minutes, &q, a->arena, &m, &n, e);
    struct control_minute *list = arena_array(a->arena, n + 1, sizeof *list);
    if (r < 0)
        return r;
    for (size_t i = 0; i < n; i++) {
        list[i] = m[i].shown;
        list[i].text = minutes_text(&m[i], a->arena);
    }
    message_put_minutes(list, n, a->out);
    return 0;
}

static int close_room(struct asking *a, struct err *e)
{
    struct control_closing closing = {0};
    int r = room_close(a->room, &closing, e);
    for (size_t i = 0; i < a->room->n; i++)
        line_tell_changed(&a->room->seat[i]);
    if (r == 0)
        message_put_closed(&closing, a->out);
    return r;
}

line_handler *line_proctor_handler(enum message_type type)
{
    static line_handler *const list[] = {[MESSAGE_STATUS] = status,
                                         [MESSAGE_START_ROOM] = start_room,
                                         [MESSAGE_EXTRA_TIME] = act,
                                         [MESSAGE_PAUSE] = act,
                                         [MESSAGE_FORCE_END] = act,
                                         [MESSAGE_ABSENT] = act,
                                         [MESSAGE_VIOLATION] = act,
                                         [MESSAGE_INCIDENT] = incident,
                                         [MESSAGE_TELL] = tell,
                                         [MESSAGE_RESUME_CODE] = resume_code,
                                         [MESSAGE_CHECK] = check,
                                         [MESSAGE_MINUTES] = minutes,
                                         [MESSAGE_CLOSE_ROOM] = close_room};
    return type < sizeof list / sizeof *list ? list[type] : NULL;
}
