/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <sys/socket.h>

#include "base/i18n.h"
#include "client/agent/delay.h"
#include "client/agent/line.h"

/* What a handler works with. */
struct asking {
    struct room *room;
    struct line *line;
    const struct request *request;
    const struct clock_reading *now;
    struct arena *arena;
    struct bytes *out;
    int passed_fd;
};

static int refuse(struct err *e, enum link_error code, const char *why)
{
    err_set(e, ERR_NO, NULL, "%s", why);
    if (e)
        e->code = (int)code;
    return -ERR_NO;
}

/* The other line that uses the seat is still there; one whose program was killed is not. */
static bool is_alive(const struct line *l)
{
    char byte;
    ssize_t n = recv(l->wire.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n != 0;
}

static void leave_seat(struct line *l)
{
    if (l->seat && l->seat->line == l)
        l->seat->line = NULL;
    l->seat = NULL;
}

static int sign_in(struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    struct link_candidate candidate = {0};
    int r = room_seat(a->room, a->request->ticket, &seat, e);
    if (r < 0)
        return r;
    if (seat->line && seat->line != a->line && is_alive(seat->line)) {
        refuse(e, ERR_OPEN_ELSEWHERE, _("this ticket is in use at another place"));
        return err_hint(e, _("ask the proctor"));
    }
    r = room_candidate(a->room, seat, a->now, &candidate, e);
    if (r < 0)
        return r;
    leave_seat(a->line);
    if (seat->line)
        ((struct line *)seat->line)->seat = NULL;
    seat->line = a->line;
    a->line->seat = seat;
    message_put_candidate(&candidate, a->out);
    return 0;
}

static int signed_in(const struct asking *a, struct err *e)
{
    return a->line->seat ? 0 : refuse(e, ERR_NOT_SIGNED_IN, _("nobody has signed in on this line"));
}

static int start(struct asking *a, struct err *e)
{
    struct link_terms terms = {0};
    int r = signed_in(a, e);
    if (r == 0)
        r = room_start(a->room, a->line->seat, a->now, &terms, e);
    if (r < 0)
        return r;
    message_put_terms(&terms, a->out);
    journal_keys_wipe(&terms.keys);
    a->passed_fd = terms.paper_fd;
    return 0;
}

static int seal(struct asking *a, struct err *e)
{
    char receipt[22];
    int r = signed_in(a, e);
    if (r == 0)
        r = room_seal(a->room, a->line->seat, receipt, e);
    if (r == 0)
        message_put_text(MESSAGE_RECEIPT, receipt, a->out);
    return r;
}

static int show_code(struct asking *a, struct err *e)
{
    int r = room_check_code(a->room, a->request->text, a->now, e);
    a->line->proctor = r == 0;
    if (r == 0)
        message_put_plain(MESSAGE_DONE, a->out);
    return r;
}

static int status(struct asking *a, struct err *e)
{
    struct control_room room = {0};
    int r = room_status(a->room, a->now, a->arena, &room, e);
    if (r == 0)
        message_put_room(&room, a->out);
    return r;
}

/* Tells the candidate's program to look into its journal. */
static void tell(const struct seat *seat)
{
    struct bytes out = {0};
    struct line *l = seat->line;
    if (!l)
        return;
    message_put_plain(MESSAGE_CHANGED, &out);
    if (wire_send(l->wire.fd, bytes_span(&out), -1, NULL) < 0)
        l->wire.gone = true;
    bytes_release(&out);
}

static int act(struct asking *a, struct err *e)
{
    const struct request *q = a->request;
    struct seat *seat = NULL;
    int r = room_seat(a->room, q->ticket, &seat, e);
    if (r == 0 && q->type == MESSAGE_EXTRA_TIME)
        r = room_extra_time(a->room, seat, q->value, q->text, a->now, e);
    if (r == 0 && q->type == MESSAGE_FORCE_END)
        r = room_force_end(a->room, seat, q->text, a->now, e);
    if (r == 0 && q->type == MESSAGE_ABSENT)
        r = room_absent(a->room, seat, q->value == CONTROL_ABSENT, e);
    if (r < 0)
        return r;
    if (q->type != MESSAGE_ABSENT)
        tell(seat);
    message_put_plain(MESSAGE_DONE, a->out);
    return 0;
}

static int close_room(struct asking *a, struct err *e)
{
    struct control_closing closing = {0};
    int r = room_close(a->room, a->now, &closing, e);
    for (size_t i = 0; i < a->room->n; i++)
        tell(&a->room->seat[i]);
    if (r == 0)
        message_put_closed(&closing, a->out);
    return r;
}

static int dispatch(struct asking *a, struct err *e)
{
    static int (*const candidate[])(struct asking *, struct err *) = {[MESSAGE_SIGN_IN] = sign_in,
                                                                      [MESSAGE_START] = start,
                                                                      [MESSAGE_SEAL] = seal,
                                                                      [MESSAGE_PROCTOR] = show_code};
    static int (*const proctor[])(struct asking *, struct err *) = {[MESSAGE_STATUS] = status,
                                                                    [MESSAGE_EXTRA_TIME] = act,
                                                                    [MESSAGE_FORCE_END] = act,
                                                                    [MESSAGE_ABSENT] = act,
                                                                    [MESSAGE_CLOSE_ROOM] = close_room};
    if (a->room->state == ROOM_CLOSED)
        return refuse(e, ERR_ROOM_CLOSED, _("the room has been closed"));
    if (a->request->type <= MESSAGE_PROCTOR && candidate[a->request->type])
        return candidate[a->request->type](a, e);
    if (!a->line->proctor)
        return refuse(e, ERR_NOT_SIGNED_IN, _("only a proctor who has shown the code may do this"));
    if (a->request->type > MESSAGE_CLOSE_ROOM || !proctor[a->request->type])
        return refuse(e, ERR_MESSAGE, _("this machine cannot do that"));
    return proctor[a->request->type](a, e);
}

void line_handle(struct room *r, struct line *l, enum message_type type, struct span body, struct bytes *out,
                 int *ret_fd)
{
    struct request request = {0};
    struct clock_reading now;
    struct err e = {0};
    struct asking a = {.room = r, .line = l, .request = &request, .now = &now, .out = out, .passed_fd = -1};
    if (type == MESSAGE_STORED)
        return; /* never answered */
    clock_read(&now);
    a.arena = arena_new();
    int result = message_get_request(type, body, a.arena, &request, &e);
    if (result == 0)
        result = dispatch(&a, &e);
    if (result < 0) {
        bytes_clear(out);
        a.passed_fd = -1;
        message_put_refused(&e, out);
    }
    *ret_fd = a.passed_fd;
    arena_free(a.arena);
}

void line_leave(struct line *l)
{
    leave_seat(l);
}
