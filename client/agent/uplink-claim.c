/* SPDX-License-Identifier: Apache-2.0 */
/* May this candidate sit here? The room is asked where it answers; for UPLINK_CLAIM_MS the candidate waits.
 * Then this machine decides alone, as it does without a room; only "it is elsewhere", once said, and what the
 * room knew as begun when it was heard last, hold until the room says otherwise. */
#include <string.h>

#include "base/i18n.h"
#include "client/agent/line.h"
#include "client/agent/message.h"
#include "client/agent/uplink-internal.h"
#include "exam-packages/secret.h"

enum {
    RESUME_CODE_MOST = 31,
    PIECES_MS =
        10000, /* what goes on here may take so long to be fetched; the candidate's program waits for 15 s */
};

static bool is_resume_code(const char *text)
{
    return text[0] && strlen(text) <= RESUME_CODE_MOST; /* a token is longer */
}

static void put_claim(struct seat *seat, const char *code, struct bytes *out)
{
    const struct uplink_seat *s = uplink_seat(seat);
    const struct journal *j = uplink_journal(seat);
    struct api_claim c = {.ticket = seat->who->ticket, .resume_code = is_resume_code(code) ? code : ""};
    if (j) {
        size_t last = journal_epochs(j) - 1;
        c.epoch = journal_epoch(j, last)->epoch;
        if (!journal_epoch_end(j, last, &c.seq, c.head))
            c.seq = 0;
        c.fresh_agent = !s->sat_here;
    }
    api_put_claim(&c, out);
}

static bool can_ask(const struct uplink *u)
{
    return u->reachable && u->admitted && u->has_session;
}

/* The room asks first; nobody is kept by a room that does not answer. */
static int ask(struct uplink *u, struct asking *a, struct seat *seat)
{
    struct uplink_seat *s = uplink_seat(seat);
    struct bytes body = {0};
    put_claim(seat, a->request->text, &body);
    bool sent = uplink_call(u, CALL_CLAIM, "/1/claim", bytes_span(&body), UPLINK_CLAIM_MS, seat);
    bytes_release(&body);
    if (!sent)
        return LINE_PASS;
    s->claim = CLAIM_ASKED;
    s->claim_ms = uplink_now(u);
    s->line = a->line;
    return line_later(a, UPLINK_CLAIM_MS);
}

static int refuse_again(const struct uplink_seat *s, struct err *e)
{
    if (e)
        *e = s->refusal;
    return -(int)s->refusal.kind;
}

static bool holds(const struct err *refusal)
{
    return refusal->code == ERR_MOVED || refusal->code == ERR_OPEN_ELSEWHERE;
}

/* Without the room: what it said last of this seat being elsewhere holds, and what another machine has begun
 * goes on only with the room's word. */
static int decide_alone(struct uplink *u, struct seat *seat, struct err *e)
{
    const struct uplink_seat *s = uplink_seat(seat);
    if (s->refusal.kind != ERR_NONE && holds(&s->refusal))
        return refuse_again(s, e);
    if (uplink_is_own(u, seat) && (uplink_journal(seat) || !s->begun))
        return LINE_PASS;
    line_refuse(e, ERR_OPEN_ELSEWHERE, _("this exam was begun at another machine"));
    return err_hint(e, _("wait until the room service answers, or ask the proctor"));
}

static int decide(struct uplink *u, struct seat *seat, struct err *e)
{
    struct uplink_seat *s = uplink_seat(seat);
    enum claim_state claim = s->claim;
    s->claim = CLAIM_NONE;
    s->line = NULL;
    if (claim == CLAIM_REFUSED)
        return refuse_again(s, e);
    if (claim != CLAIM_GRANTED)
        return decide_alone(u, seat, e);
    s->refusal = (struct err){0};
    s->sat_here = true;
    return LINE_PASS;
}

static bool same_program(const struct seat *seat, const char *shown)
{
    return seat->token[0] && secret_text_equal(seat->token, shown);
}

static int sign_in(struct uplink *u, struct asking *a, struct err *e)
{
    struct seat *seat = NULL;
    if (room_seat(u->room, a->request->ticket, &seat, NULL) < 0)
        return LINE_PASS;
    struct uplink_seat *s = uplink_seat(seat);
    if (a->again != LINE_FIRST)
        return s->line == a->line ? decide(u, seat, e) : LINE_PASS;
    if (seat->moved && !can_ask(u))
        return line_refuse(e, ERR_MOVED, _("this sitting goes on at another machine"));
    if ((same_program(seat, a->request->text) && !seat->moved) || (seat->line && seat->line != a->line))
        return LINE_PASS;
    if (room_refresh(u->room, seat, NULL) == 0 && sitting_state_ended(seat->session.state) && !seat->moved)
        return LINE_PASS; /* its receipt is here */
    return can_ask(u) ? ask(u, a, seat) : decide_alone(u, seat, e);
}

int uplink_request(void *self, struct asking *a, struct err *e)
{
    struct uplink *u = self;
    if (a->request->type == MESSAGE_SIGN_IN)
        return sign_in(u, a, e);
    if (a->request->type == MESSAGE_SEAL && a->line->seat)
        uplink_seat(a->line->seat)->dirty = true; /* the seal that is about to be made */
    return LINE_PASS;
}

void uplink_left(void *self, struct line *l)
{
    struct uplink *u = self;
    for (size_t i = 0; i < u->room->n; i++) {
        struct uplink_seat *s = u->room->seat[i].attached;
        if (s && s->line == l)
            s->line = NULL;
    }
}

static void known(struct seat *seat, enum claim_state state)
{
    struct uplink_seat *s = uplink_seat(seat);
    if (s->claim != CLAIM_ASKED)
        return;
    s->claim = state;
    if (s->line)
        line_go_on(s->line);
}

void uplink_claim_lost(struct uplink *u, struct seat *seat)
{
    (void)u;
    known(seat, CLAIM_UNKNOWN);
}

static void take_refusal(struct seat *seat, struct span body, struct arena *a)
{
    struct uplink_seat *s = uplink_seat(seat);
    struct err said = {0};
    if (message_get_refused(body, a, &said, NULL) < 0) {
        known(seat, CLAIM_UNKNOWN);
        return;
    }
    s->refusal = said;
    known(seat, CLAIM_REFUSED);
}

/* The rest of a long sitting. Who waits for it waits on, as long as it comes. */
static void fetch_more(struct uplink *u, struct seat *seat)
{
    struct uplink_seat *s = uplink_seat(seat);
    struct bytes body = {0};
    int64_t until = uplink_now(u) + UPLINK_CLAIM_MS, most = s->claim_ms + PIECES_MS;
    put_claim(seat, "", &body);
    bool sent = uplink_now(u) < most &&
                uplink_call(u, CALL_CLAIM, "/1/claim", bytes_span(&body), UPLINK_CLAIM_MS, seat);
    bytes_release(&body);
    if (!sent)
        known(seat, CLAIM_UNKNOWN);
    else if (s->line)
        s->line->until_mono_ms = until < most ? until : most;
}

/* A verdict that cannot be carried out here is a refusal: the candidate must not begin a second exam. */
static void take_verdict(struct uplink *u, struct seat *seat, const struct api_claimed *claimed)
{
    struct uplink_seat *s = uplink_seat(seat);
    struct err e = {0};
    if (s->claim != CLAIM_ASKED)
        return; /* too late: decided here */
    int r = claimed->verdict == API_TAKE ? uplink_take_over(u, seat, claimed, &e) : 0;
    if (r == UPLINK_MORE) {
        fetch_more(u, seat);
        return;
    }
    if (r < 0) {
        room_note(u->room, "trouble", seat, "%s", e.what);
        s->refusal = e;
        s->refusal.kind = ERR_NO;
        known(seat, CLAIM_REFUSED);
        return;
    }
    if (seat->moved) {
        seat->moved = false;
        uplink_save(u);
    }
    s->refusal = (struct err){0};
    known(seat, CLAIM_GRANTED);
}

void uplink_take_claim(struct uplink *u, struct seat *seat, const struct carry_reply *reply)
{
    struct arena *a = arena_new();
    struct api_claimed claimed;
    if (reply->status == 409)
        take_refusal(seat, reply->body, a);
    else if (reply->status != 200 || api_get_claimed(reply->body, a, &claimed, NULL) < 0)
        known(seat, CLAIM_UNKNOWN);
    else
        take_verdict(u, seat, &claimed);
    arena_free(a);
}
