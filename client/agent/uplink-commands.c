/* SPDX-License-Identifier: Apache-2.0 */
/* What the room tells this station to do: in order, each once. A command that cannot be carried out is said
 * in the report, and does not hold up the next. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/line.h"
#include "client/agent/uplink-internal.h"
#include "exam-packages/journal-order.h"
#include "exam-packages/journal-spill.h"

enum {
    CLOSE_MS = 30000, /* for what is still to be sent */
    FAILED_PAUSE_MS = 5000,
    NOTHING_PAUSE_MS = 50,
    MOST_AT_ONCE =
        40, /* commands, each with a sync of the disk: then the candidates' programs are served again */
    MORE_PAUSE_MS = 200,
    MAX_STEP = 1000000, /* from the number of the last command to the next */
};

/* ---- the session's key ---- */

static int open_key(struct uplink *u, struct span sealed, struct age_identity *ret, struct err *e)
{
    struct bytes text = {0};
    int r = age_open(sealed, &u->own, 1, &text, e);
    if (r == 0)
        r = age_identity_parse(bytes_span(&text), ret, e);
    bytes_release(&text);
    return r;
}

static int open_room(struct uplink *u, const struct api_command *c, struct err *e)
{
    struct age_identity unlock = {0};
    struct roster *roster = NULL;
    if (u->room->state != ROOM_LOCKED)
        return 0;
    if (!u->has_session)
        return err_set(e, ERR_NO, NULL, "%s", u->trouble);
    int r = open_key(u, c->data, &unlock, e);
    if (r == 0)
        r = roster_read(&roster, "roster.xml", c->more, e);
    if (r < 0)
        age_identity_free(&unlock);
    else
        r = room_unlock_key(u->room, &unlock, roster, e);
    if (r == 0) {
        room_keep_roster(u->room, c->more);
        uplink_load(u);
        uplink_rows_anew(u);
    }
    return r;
}

/* ---- orders ---- */

static int may(const struct seat *seat, const struct journal_order *o, struct err *e)
{
    const struct session *s = &seat->session;
    switch (o->kind) {
    case JOURNAL_EXTRA_TIME:
        return session_may_grant(s, o->value, e);
    case JOURNAL_PAUSE:
    case JOURNAL_CONTINUE:
        return s->state != SITTING_NEW &&
                       sitting_may_move(s->state,
                                        o->kind == JOURNAL_PAUSE ? SITTING_PAUSED : SITTING_ANSWERING)
                   ? 0
                   : err_set(e, ERR_NO, o->ticket, _("the order does not fit how far the candidate is"));
    case JOURNAL_FORCED_END:
        return session_may_force_end(s, e);
    case JOURNAL_VIOLATION:
        return sitting_state_ended(s->state) ? err_set(e, ERR_NO, o->ticket, _("the sitting has ended")) : 0;
    default:
        return err_set(e, ERR_NO, o->ticket, _("this is not an order for a station"));
    }
}

static int put_order(struct uplink *u, struct seat *seat, const struct journal_order *o, struct span packed,
                     struct err *e)
{
    struct room *r = u->room;
    const struct sitting_store_act act = {.kind = o->kind, .order = packed};
    int result = may(seat, o, e);
    if (result == 0)
        result = sitting_store_put_act(seat->store, &seat->session, &act, &r->key, &r->now, e);
    if (result < 0)
        return result;
    room_note(r, "ordered", seat, "%s", o->reason);
    line_tell_changed(seat);
    uplink_seat(seat)->dirty = true;
    return o->kind == JOURNAL_FORCED_END ? room_refresh(r, seat, e) : 0;
}

static void keep_order(struct seat *seat, struct span packed)
{
    struct uplink_order *o = mem_alloc(sizeof *o), **at = &uplink_seat(seat)->order;
    bytes_add(&o->packed, packed.p, packed.n);
    while (*at)
        at = &(*at)->next;
    *at = o;
}

/* 0: done, or never to be done: what is in *e then. LATER: the sitting has not begun, or the disk refuses. */
enum { LATER = 1 };

static int carry_out(struct uplink *u, struct span packed, bool again, struct err *e)
{
    struct arena *a = arena_new();
    struct journal_order order;
    struct seat *seat = NULL;
    int r = uplink_read_order(u, packed, a, &order, &seat, e);
    if (r == 0)
        r = room_refresh(u->room, seat, e);
    if (r == -ERR_ENV || (r == 0 && (!seat->store || seat->session.state == SITTING_NEW))) {
        if (seat && !again)
            keep_order(seat, packed);
        arena_free(a);
        return LATER;
    }
    if (r == 0 && sitting_store_has_serial(seat->store, order.serial))
        goto done;
    if (r == 0)
        r = put_order(u, seat, &order, packed, e);
    if (r == -ERR_ENV) {
        if (!again)
            keep_order(seat, packed);
        r = LATER;
    } else if (r < 0) {
        room_note(u->room, "order-refused", seat, "%s", e->what);
    }
done:
    arena_free(a);
    return r;
}

void uplink_try_orders(struct uplink *u)
{
    for (size_t i = 0; i < u->room->n; i++) {
        struct seat *seat = &u->room->seat[i];
        struct uplink_seat *s = seat->attached;
        struct err e = {0};
        while (s && s->order && seat->store && seat->session.state != SITTING_NEW) {
            struct uplink_order *o = s->order;
            if (carry_out(u, bytes_span(&o->packed), true, &e) == LATER)
                break;
            s->order = o->next;
            bytes_release(&o->packed);
            free(o);
        }
    }
}

/* ---- the others ---- */

static int send_again(struct uplink *u, const struct api_command *c, struct err *e)
{
    struct seat *seat = NULL;
    int r = room_seat(u->room, c->ticket, &seat, e);
    if (r < 0)
        return r;
    struct uplink_seat *s = uplink_seat(seat);
    s->epoch = c->value;
    s->seq = c->more.n == 8 ? (int64_t)le64(c->more.p) : 0;
    s->seq = s->seq < 0 ? 0 : s->seq; /* below it nothing would ever be known to be there */
    s->known = s->sealed = false;
    s->dirty = true;
    s->rest_ms = 0;
    return 0;
}

static int tell(struct uplink *u, const struct api_command *c, struct err *e)
{
    struct seat *seat = NULL;
    int r = strcmp(c->ticket, CONTROL_ALL) == 0 ? 0 : room_seat(u->room, c->ticket, &seat, e);
    if (r == 0 && !room_may_note(u->room, "told", c->ticket, ""))
        return err_set(e, ERR_NO, c->ticket, _("there are too many messages"));
    return r < 0 ? r : room_tell(u->room, seat, c->text, e);
}

static int stop(struct uplink *u, const struct api_command *c, struct err *e)
{
    struct seat *seat = NULL;
    int r = room_seat(u->room, c->ticket, &seat, e);
    if (r < 0)
        return r;
    if (!seat->moved)
        room_note(u->room, "moved", seat, "%s", c->text);
    seat->moved = true;
    line_tell_moved(seat);
    return 0;
}

static int close_room(struct uplink *u)
{
    if (!u->closing) {
        u->closing = true;
        u->close_ms = uplink_now(u) + CLOSE_MS;
        room_note(u->room, "closed", NULL, "%s", "");
    }
    return 0;
}

/* Only what the room has to the last event. */
static int check_head(const char *path, struct span head, struct err *e)
{
    struct journal *j = NULL;
    uint8_t hash[32] = {0};
    int64_t seq;
    int r = journal_open(&j, path, NULL, NULL, e);
    if (r == 0 && (!journal_epochs(j) || !journal_epoch_end(j, journal_epochs(j) - 1, &seq, hash) ||
                   head.n != sizeof hash || memcmp(hash, head.p, sizeof hash) != 0))
        r = err_set(e, ERR_NO, path, _("is kept: the room has not got all of it"));
    journal_close(j);
    return r;
}

static void remove_journal(const char *path)
{
    static const char *const tail[] = {"-wal", "-shm", ""};
    journal_spill_forget(path);
    for (size_t i = 0; i < sizeof tail / sizeof *tail; i++) {
        char *file = mem_printf("%s%s", path, tail[i]);
        unlink(file);
        free(file);
    }
}

static int clear(struct uplink *u, const struct api_command *c, struct err *e)
{
    struct seat *seat = NULL;
    if (!u->room->folder || !path_is_plain_name(c->ticket))
        return err_set(e, ERR_NO, c->ticket, _("there is no such journal here"));
    if (room_seat(u->room, c->ticket, &seat, NULL) == 0) {
        if (room_refresh(u->room, seat, NULL) == 0 && !seat->moved &&
            !sitting_state_ended(seat->session.state))
            return err_set(e, ERR_NO, c->ticket, _("nothing is removed before its end"));
        if (seat->store && journal_spilled(uplink_journal(seat)))
            return err_set(e, ERR_NO, c->ticket, _("is kept: its end is not on the disk yet"));
        room_forget(u->room, seat);
    }
    char *path = mem_printf("%s/journals/%s.journal", u->room->folder, c->ticket);
    int r = file_exists(path) ? check_head(path, c->data, e) : 0;
    if (r == 0)
        remove_journal(path);
    room_note(u->room, r == 0 ? "cleared" : "kept", NULL, "%s", c->ticket);
    free(path);
    return r;
}

static int start(struct uplink *u, const struct api_command *c, struct err *e)
{
    bool can_be = c->value > 0 && c->value <= API_MAX_INTEGER;
    return can_be ? room_start_exam(u->room, c->value, e)
                  : err_set(e, ERR_NO, NULL, _("this is no time of a start"));
}

static int run(struct uplink *u, const struct api_command *c, struct err *e)
{
    bool open = u->room->state == ROOM_OPEN || u->room->state == ROOM_RUNNING;
    if (c->kind != API_OPEN && c->kind != API_CLOSE && c->kind != API_CLEAR && !open)
        return err_set(e, ERR_NO, c->ticket, _("the session is not open on this machine yet"));
    switch (c->kind) {
    case API_OPEN:
        return open_room(u, c, e);
    case API_START:
        return start(u, c, e);
    case API_ORDER:
        return carry_out(u, c->data, false, e);
    case API_TELL:
        return tell(u, c, e);
    case API_SEND:
        return send_again(u, c, e);
    case API_STOP:
        return stop(u, c, e);
    case API_CLOSE:
        return close_room(u);
    case API_CLEAR:
        return clear(u, c, e);
    case API_COMMANDS:
        break;
    }
    return err_set(e, ERR_BUG, NULL, _("a command that nobody knows"));
}

/* How long to pause before the next question: a while when something could not be done, a moment when there
 * was nothing to do, or too much. */
static int64_t run_all(struct uplink *u, const struct api_news *news)
{
    int64_t pause = NOTHING_PAUSE_MS;
    for (size_t i = 0, n = 0; i < news->n; i++) {
        const struct api_command *c = &news->command[i];
        struct err e = {0};
        if (c->number <= u->done)
            continue;
        if (c->number > u->done + MAX_STEP) { /* obeyed, no later one would be */
            room_note(u->room, "trouble", NULL, "%s",
                      _("the room's commands are not numbered as they should be"));
            return FAILED_PAUSE_MS;
        }
        if (n++ == MOST_AT_ONCE) /* the room says the others again */
            return pause > MORE_PAUSE_MS ? pause : MORE_PAUSE_MS;
        pause = pause == FAILED_PAUSE_MS ? pause : 0;
        if (run(u, c, &e) < 0) {
            pause = FAILED_PAUSE_MS;
            if (c->kind == API_OPEN)
                uplink_set_trouble(u, &e);
            room_note(u->room, "trouble", NULL, "%s", e.what);
        } else if (c->kind == API_OPEN) {
            uplink_set_trouble(u, NULL);
        }
        u->done = c->number;
    }
    return pause;
}

/* Says whether anything of it is new. */
static bool take_begun(struct uplink *u, const struct api_news *news)
{
    bool changed = false;
    for (size_t i = 0; i < u->room->n; i++) {
        struct uplink_seat *s = uplink_seat(&u->room->seat[i]);
        bool begun = false;
        for (size_t k = 0; k < news->n_begun && !begun; k++)
            begun = strcmp(news->begun[k].ticket, u->room->seat[i].who->ticket) == 0;
        changed = changed || begun != s->begun;
        s->begun = begun;
    }
    return changed;
}

void uplink_take_news(struct uplink *u, struct span body)
{
    struct arena *a = arena_new();
    struct api_news news;
    struct err e = {0};
    if (api_get_news(body, a, &news, &e) < 0) {
        uplink_lost(u, e.what);
    } else {
        u->admitted = news.admitted;
        u->told = true;
        u->said_closed = u->says_closed;
        u->next_ms = uplink_now(u) + run_all(u, &news);
        if (take_begun(u, &news) || news.n)
            uplink_save(u);
    }
    arena_free(a);
}

void uplink_close(struct uplink *u)
{
    if (u->closing && (uplink_now(u) >= u->close_ms || (u->said_closed && uplink_all_sent(u))))
        u->room->state = ROOM_CLOSED;
}
