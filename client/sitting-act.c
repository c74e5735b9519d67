/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "client/sitting-internal.h"

void sitting_pass_time(struct sitting *s, const struct clock_reading *now)
{
    int64_t elapsed = strcmp(now->boot_id, s->last.boot_id) == 0 ? now->mono_ms - s->last.mono_ms : 0;
    session_pass(&s->session, session_spend(&s->session, elapsed));
    s->last = *now;
}

/* The later of two takes the place of the earlier. */
static bool replaces(enum session_event_kind later, enum session_event_kind earlier)
{
    if (later == SESSION_FLAG || later == SESSION_UNFLAG)
        return earlier == SESSION_FLAG || earlier == SESSION_UNFLAG;
    return later == earlier;
}

static void drop_wish(struct sitting *s, size_t i)
{
    bytes_release(&s->wish[i].response);
    s->n_wishes--;
    memmove(&s->wish[i], &s->wish[i + 1], (s->n_wishes - i) * sizeof *s->wish);
}

void sitting_wish(struct sitting *s, enum session_event_kind kind, size_t item, struct bytes *response)
{
    for (size_t i = s->n_wishes; i-- > 0;)
        if (s->wish[i].item == item && replaces(kind, s->wish[i].kind))
            drop_wish(s, i);
    s->wish = mem_grow(s->wish, s->n_wishes + 1, sizeof *s->wish);
    s->wish[s->n_wishes++] = (struct sitting_wish){.kind = kind,
                                                   .item = item,
                                                   .used_ms = s->session.used_ms,
                                                   .response = response ? *response : (struct bytes){0}};
}

void sitting_hold_end(struct sitting *s, bool held)
{
    s->held = held;
}

static bool names_an_item(enum session_event_kind kind)
{
    return kind == SESSION_VISIT || kind == SESSION_ANSWER || kind == SESSION_RATING ||
           kind == SESSION_FLAG || kind == SESSION_UNFLAG;
}

/* What the proctor wrote in between is read first; it may have ended the sitting. Nothing is ever stored that
 * the rules would refuse to read. */
int sitting_put(struct sitting *s, const struct session_event *event, const struct clock_reading *now,
                struct err *e)
{
    int r = session_check(&s->session, event, e);
    if (r == 0)
        r = sitting_store_put(s->store, event, now, e);
    if (r != -ERR_NO || !e || e->code != JOURNAL_MOVED)
        return r;
    r = sitting_catch_up(s, NULL, e);
    if (r == 0)
        r = session_may_force_end(&s->session, e); /* that is: it has not ended */
    if (r == 0)
        r = session_check(&s->session, event, e);
    return r < 0 ? r : sitting_store_put(s->store, event, now, e);
}

/* It has its place in the journal, but not on the disk. */
static void note_spilled(struct sitting *s, const struct sitting_wish *w, const struct err *why)
{
    int64_t epoch;
    if (why->code || !s->disk.code || sitting_store_spilled(s->store) <= 1)
        s->disk = *why; /* else the disk was not asked again: why it refused before still holds */
    if (w->kind == SESSION_ANSWER || w->kind == SESSION_RATING)
        sitting_head(s, &epoch, &s->answered[w->item]);
    if (w->kind == SESSION_NOTES)
        sitting_head(s, &epoch, &s->notes_seq);
}

static int store_first_wish(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    struct sitting_wish *w = &s->wish[0];
    struct err own;
    struct session_event event = {.kind = w->kind,
                                  .used_ms = w->used_ms,
                                  .item = names_an_item(w->kind) ? s->session.item[w->item].ref->id : "",
                                  .response = bytes_span(&w->response)};
    int r = sitting_put(s, &event, now, &own);
    if (r == 1)
        note_spilled(s, w, &own);
    if (r >= 0)
        r = session_apply(&s->session, &event, &own);
    if (r == -ERR_NO && own.code != JOURNAL_MOVED && s->n_wishes) /* it will never be allowed */
        drop_wish(s, 0);
    if (r < 0) {
        if (e)
            *e = own;
        return r;
    }
    s->ticked_ms = s->session.used_ms;
    if (sitting_state_ended(s->session.state))
        sitting_store_receipt(s->store, s->receipt);
    if (s->n_wishes)
        drop_wish(s, 0);
    return 0;
}

int sitting_flush(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    int r = 0;
    while (r == 0 && s->n_wishes)
        r = store_first_wish(s, now, e);
    return r;
}

/* What was just done is on the disk, or why not. */
static int saved_here(const struct sitting *s, int r, struct err *e)
{
    if (r < 0 || sitting_store_spilled(s->store) == 0)
        return r;
    if (e)
        *e = s->disk;
    return -ERR_ENV;
}

int sitting_retry(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    sitting_pass_time(s, now);
    int r = sitting_store_unspill(s->store, &s->disk);
    return saved_here(s, r == -ERR_ENV || r == 0 ? sitting_flush(s, now, e) : r, e);
}

int sitting_catch_up(struct sitting *s, bool *ret_changed, struct err *e)
{
    bool any = false;
    int r = sitting_store_read(s->store, &s->session, &any, e);
    if (ret_changed)
        *ret_changed = any;
    if (r == 0 && sitting_state_ended(s->session.state)) {
        sitting_store_receipt(s->store, s->receipt);
        while (s->n_wishes)
            drop_wish(s, 0);
    }
    return r;
}

/* Stores at once or not at all: what is left of it is taken back. */
static int at_once(struct sitting *s, enum session_event_kind kind, size_t item,
                   const struct clock_reading *now, struct err *e)
{
    sitting_wish(s, kind, item, NULL);
    int r = sitting_flush(s, now, e);
    if (r < 0 && s->n_wishes && s->wish[s->n_wishes - 1].kind == kind)
        drop_wish(s, s->n_wishes - 1);
    return r;
}

void sitting_room(struct sitting *s, enum room_state room)
{
    s->session.room = room;
}

int sitting_start(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    int r = session_may_start(&s->session, e);
    s->last = *now;
    if (r == 0)
        r = at_once(s, SESSION_START, 0, now, e);
    return s->session.state == SITTING_ANSWERING ? 0 : r; /* it may have reached the disk before it failed */
}

int sitting_visit(struct sitting *s, size_t item, const struct clock_reading *now, struct err *e)
{
    sitting_pass_time(s, now);
    int r = session_may_visit(&s->session, item, e);
    if (r < 0 || (r = at_once(s, SESSION_VISIT, item, now, e)) != -ERR_ENV || session_has_rules(&s->session))
        return r;
    const struct session_event shown = {
        .kind = SESSION_VISIT, .used_ms = s->session.used_ms, .item = s->session.item[item].ref->id};
    return session_apply(&s->session, &shown, NULL) < 0 ? r : 0;
}

int sitting_answer(struct sitting *s, size_t item, const struct response_set *set,
                   const struct clock_reading *now, struct err *e)
{
    struct bytes encoded = {0};
    sitting_pass_time(s, now);
    int r = session_may_answer(&s->session, item, e);
    if (r < 0)
        return r;
    response_encode(set, &encoded);
    sitting_wish(s, SESSION_ANSWER, item, &encoded);
    return saved_here(s, sitting_flush(s, now, e), e);
}

int sitting_rate(struct sitting *s, size_t item, struct span rating, const struct clock_reading *now,
                 struct err *e)
{
    struct bytes whole = {0};
    sitting_pass_time(s, now);
    int r = session_may_rate(&s->session, item, e);
    if (r < 0)
        return r;
    bytes_add(&whole, rating.p, rating.n);
    sitting_wish(s, SESSION_RATING, item, &whole);
    return saved_here(s, sitting_flush(s, now, e), e);
}

int sitting_set_notes(struct sitting *s, const char *text, const struct clock_reading *now, struct err *e)
{
    struct bytes whole = {0};
    size_t n = strlen(text);
    sitting_pass_time(s, now);
    int r = session_may_write_notes(&s->session, e);
    if (r == 0 && (n > SESSION_MAX_NOTES || !utf8_valid(text, n)))
        r = err_set(e, ERR_NO, NULL, _("scratch notes are at most %d bytes of UTF-8"),
                    (int)SESSION_MAX_NOTES);
    if (r < 0)
        return r;
    bytes_add(&whole, text, n);
    sitting_wish(s, SESSION_NOTES, 0, &whole);
    return saved_here(s, sitting_flush(s, now, e), e);
}

int sitting_flag(struct sitting *s, size_t item, bool flagged, const struct clock_reading *now, struct err *e)
{
    sitting_pass_time(s, now);
    int r = session_may_flag(&s->session, item, e);
    if (r < 0)
        return r;
    sitting_wish(s, flagged ? SESSION_FLAG : SESSION_UNFLAG, item, NULL);
    return saved_here(s, sitting_flush(s, now, e), e);
}

int sitting_hand_in(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    sitting_pass_time(s, now);
    int r = session_may_hand_in(&s->session, e);
    if (r == 0 && sitting_unsaved(s) && sitting_retry(s, now, e) < 0 && sitting_kept(s) == SITTING_AT_RISK)
        return -ERR_ENV;
    return r < 0 ? r : at_once(s, SESSION_HAND_IN, 0, now, e);
}

static int tick(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    if (s->session.used_ms - s->ticked_ms < s->session.step_ms)
        return 0;
    int r = sitting_store_tick(s->store, s->session.used_ms, now, e);
    if (r == 0)
        s->ticked_ms = s->session.used_ms;
    return r;
}

/* A time is over. What the proctor wrote just before counts first; then the next section, or the end. */
static int run_out(struct sitting *s, int64_t before_ms, const struct clock_reading *now,
                   enum session_notice *ret, struct err *e)
{
    struct err unread;
    if (sitting_catch_up(s, NULL, &unread) == 0)
        *ret = s->session.state == SITTING_ANSWERING ? session_notice(&s->session, before_ms)
                                                     : SESSION_NO_NOTICE;
    if (s->held)
        return 0;
    if (*ret == SESSION_SECTION_OVER)
        return at_once(s, SESSION_VISIT, session_next_item(&s->session), now, e);
    if (*ret != SESSION_OVER)
        return 0;
    sitting_wish(s, SESSION_FORCED_END, 0, NULL);
    return sitting_flush(s, now, e);
}

int sitting_clock(struct sitting *s, const struct clock_reading *now, enum session_notice *ret, struct err *e)
{
    int64_t before = s->session.used_ms;
    sitting_pass_time(s, now);
    *ret = SESSION_NO_NOTICE;
    if (s->session.state != SITTING_ANSWERING)
        return 0;
    *ret = session_notice(&s->session, before);
    return *ret >= SESSION_SECTION_OVER ? run_out(s, before, now, ret, e) : tick(s, now, e);
}
