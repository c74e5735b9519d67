/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/i18n.h"
#include "client/agent/line.h"

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

static void note_interruption(struct room *r, struct seat *seat)
{
    if (room_refresh(r, seat, NULL) == 0 &&
        (seat->session.state == SITTING_ANSWERING || seat->session.state == SITTING_PAUSED))
        room_note(r, "interrupted", seat, "%s", "");
}

static void take_seat(struct room *r, struct line *l, struct seat *seat)
{
    if (l->seat == seat)
        return;
    leave_seat(l);
    if (seat->line) { /* its program was killed, and the line's end has not been seen yet */
        note_interruption(r, seat);
        seat->line->seat = NULL;
    }
    seat->line = l;
    l->seat = seat;
}

static int sign_in(struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    struct link_candidate candidate = {0};
    int r = room_seat(a->room, a->request->ticket, &seat, e);
    if (r < 0)
        return r;
    if (seat->line && seat->line != a->line && is_alive(seat->line)) {
        line_refuse(e, ERR_OPEN_ELSEWHERE, _("this ticket is in use at another place"));
        return err_hint(e, _("ask the proctor"));
    }
    r = room_candidate(a->room, seat, a->arena, &candidate, e);
    if (r < 0)
        return r;
    bool same_program = a->line->seat == seat || room_knows_program(seat, a->request->text);
    r = same_program ? 0 : room_may_go_on(a->room, seat, a->request->text, e);
    if (r < 0)
        return r;
    take_seat(a->room, a->line, seat);
    if (!same_program)
        room_new_token(seat);
    snprintf(candidate.token, sizeof candidate.token, "%s", seat->token);
    if (!sitting_state_ended(seat->session.state))
        room_note(a->room, seat->session.state == SITTING_NEW ? "sign-in" : "resumed", seat, "%s", "");
    message_put_candidate(&candidate, a->out);
    return 0;
}

static int signed_in(const struct asking *a, struct err *e)
{
    return a->line->seat ? 0 : line_refuse(e, ERR_NOT_SIGNED_IN, _("nobody has signed in on this line"));
}

static int start(struct asking *a, struct err *e)
{
    struct link_terms terms = {0};
    int r = signed_in(a, e);
    if (r == 0)
        r = room_start(a->room, a->line->seat, &terms, e);
    if (r < 0)
        return r;
    message_put_terms(&terms, a->out);
    link_terms_wipe_keys(&terms);
    a->passed_fd = terms.paper_fd;
    room_tell_again(a->room, a->line->seat);
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

static int stored(struct asking *a, struct err *e)
{
    const struct room_hooks *h = &a->room->hooks;
    (void)e;
    if (a->line->seat && h->stored)
        h->stored(h->self, a->line->seat);
    return 0;
}

static int show_code(struct asking *a, struct err *e)
{
    int r = room_check_code(a->room, a->request->text, e);
    a->line->proctor = r == 0;
    if (r == 0)
        message_put_plain(MESSAGE_DONE, a->out);
    return r;
}

/* ---- which request is whose ---- */

static line_handler *candidate_handler(enum message_type type)
{
    static line_handler *const list[] = {[MESSAGE_SIGN_IN] = sign_in,
                                         [MESSAGE_START] = start,
                                         [MESSAGE_SEAL] = seal,
                                         [MESSAGE_STORED] = stored,
                                         [MESSAGE_PROCTOR] = show_code};
    return type < sizeof list / sizeof *list ? list[type] : NULL;
}

/* Raters sign in with their own program, in a lab exam and nowhere else. */
static int fits_exam(const struct asking *a, struct err *e)
{
    bool rates = a->request->value == MESSAGE_RATES;
    if (rates == a->room->lab)
        return 0;
    if (rates)
        line_refuse(e, ERR_NOT_LAB, _("this is no lab exam: there is nothing to rate"));
    else
        line_refuse(e, ERR_LAB, _("this is a lab exam: candidates have no workstation, and raters sign in"));
    return err_hint(e, rates ? _("candidates begin with \"kaochang-client sit\"")
                             : _("raters begin with \"kaochang-rate\""));
}

static int may_ask(const struct asking *a, bool proctors, struct err *e)
{
    enum message_type type = a->request->type;
    if (a->room->state == ROOM_CLOSED)
        return line_refuse(e, ERR_ROOM_CLOSED, _("the room has been closed"));
    if (proctors && !a->line->proctor)
        return line_refuse(e, ERR_NOT_SIGNED_IN, _("only a proctor who has shown the code may do this"));
    if (a->room->state == ROOM_LOCKED && type != MESSAGE_PROCTOR && type != MESSAGE_STATUS &&
        type != MESSAGE_STORED)
        return line_refuse(e, ERR_NOT_OPEN, _("the session is not open on this machine yet"));
    return type == MESSAGE_SIGN_IN && a->room->state != ROOM_LOCKED ? fits_exam(a, e) : 0;
}

static int dispatch(struct asking *a, struct err *e)
{
    const struct room_hooks *h = &a->room->hooks;
    line_handler *handler = candidate_handler(a->request->type);
    bool proctors = !handler;
    int r = may_ask(a, proctors, e);
    if (r < 0)
        return r;
    if (proctors)
        handler = line_proctor_handler(a->request->type);
    r = h->request ? h->request(h->self, a, e) : LINE_PASS;
    if (r != LINE_PASS)
        return r;
    return handler ? handler(a, e) : line_refuse(e, ERR_MESSAGE, _("this machine cannot do that"));
}

static void handle(struct asking *a, enum message_type type, struct span body)
{
    struct request request = {0};
    struct err e = {0};
    a->arena = arena_new();
    a->request = &request;
    a->passed_fd = -1;
    int result = message_get_request(type, body, a->arena, &request, &e);
    if (result == 0)
        result = dispatch(a, &e);
    if (result < 0 || type == MESSAGE_STORED) {
        bytes_clear(a->out);
        a->passed_fd = -1;
    }
    if (result < 0 && type != MESSAGE_STORED) /* that one is never answered */
        message_put_refused(&e, a->out);
    arena_free(a->arena);
}

void line_handle(struct room *r, struct line *l, enum message_type type, struct span body, struct bytes *out,
                 int *ret_fd)
{
    struct asking a = {.room = r, .line = l, .out = out};
    handle(&a, type, body);
    *ret_fd = a.passed_fd;
    if (l->waiting) {
        l->waiting_type = type;
        bytes_clear(&l->waiting_body);
        bytes_add(&l->waiting_body, body.p, body.n);
    }
}

void line_resume(struct room *r, struct line *l, struct bytes *out, int *ret_fd)
{
    struct asking a = {
        .room = r, .line = l, .out = out, .again = l->answered ? LINE_ANSWERED : LINE_TIMED_OUT};
    l->waiting = l->answered = false;
    handle(&a, l->waiting_type, bytes_span(&l->waiting_body));
    *ret_fd = a.passed_fd;
}

void line_leave(struct room *r, struct line *l)
{
    struct seat *seat = l->seat;
    if (r->hooks.left)
        r->hooks.left(r->hooks.self, l);
    if (seat && r->state != ROOM_CLOSED)
        note_interruption(r, seat);
    leave_seat(l);
    bytes_release(&l->waiting_body);
}
