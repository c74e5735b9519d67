/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

void session_init(struct session *s, const struct paper *paper, const struct paper_form *form,
                  int64_t extra_ms)
{
    *s = (struct session){.paper = paper,
                          .form = form,
                          .room = ROOM_RUNNING,
                          .extra_ms = extra_ms,
                          .n = paper_form_items(form),
                          .step_ms = SESSION_STEP_MS};
    s->item = mem_alloc(s->n * sizeof *s->item);
    for (size_t i = 0; i < s->n; i++)
        s->item[i].ref = paper_form_item(form, i, &s->item[i].section);
    sections_init(s);
}

void session_release(struct session *s)
{
    for (size_t i = 0; i < s->n; i++)
        bytes_release(&s->item[i].response);
    free(s->item);
    free(s->section);
    bytes_release(&s->notes);
    *s = (struct session){0};
}

size_t session_find(const struct session *s, const char *item)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->item[i].ref->id, item) == 0)
            return i;
    return s->n;
}

struct session_counts session_counts(const struct session *s)
{
    struct session_counts c = {0};
    for (size_t i = 0; i < s->n; i++) {
        c.answered += s->item[i].state == ATTEMPT_ANSWERED;
        c.flagged += s->item[i].flagged;
    }
    c.unanswered = s->n - c.answered;
    return c;
}

static bool is_empty(struct span response)
{
    struct arena *a = arena_new();
    struct response_set set = {0};
    bool empty =
        response.n == 0 || (response_decode(&set, a, response, NULL) == 0 && response_is_empty(&set));
    arena_free(a);
    return empty;
}

static int move_attempt(struct session_item *item, struct span response, struct err *e)
{
    bool had = item->state == ATTEMPT_ANSWERED || item->state == ATTEMPT_CLEARED;
    bool has = item->worked || !is_empty(response);
    enum attempt_state to = has ? ATTEMPT_ANSWERED : had ? ATTEMPT_CLEARED : ATTEMPT_SEEN;
    if (!attempt_may_move(item->state, to))
        return err_set(e, ERR_BUG, item->ref->id, _("an attempt makes a move that does not exist"));
    item->state = to;
    return 0;
}

static int apply_answer(struct session_item *item, struct span response, struct err *e)
{
    int r = move_attempt(item, response, e);
    if (r < 0)
        return r;
    bytes_clear(&item->response);
    bytes_add(&item->response, response.p, response.n);
    return 0;
}

static int apply_snapshot(struct session_item *item, bool worked, struct err *e)
{
    item->worked = worked;
    return move_attempt(item, bytes_span(&item->response), e);
}

static int apply_visit(struct session *s, size_t i, int64_t used_ms, struct err *e)
{
    int r = sections_visit(s, i, used_ms, e);
    if (r < 0)
        return r;
    s->current = i;
    if (s->item[i].state == ATTEMPT_NOT_SEEN)
        s->item[i].state = ATTEMPT_SEEN;
    return 0;
}

static int64_t within_grants(int64_t granted_ms, int64_t more_ms)
{
    if (more_ms > SESSION_MAX_GRANT_MS - granted_ms)
        return SESSION_MAX_GRANT_MS;
    return more_ms < -granted_ms ? 0 : granted_ms + more_ms;
}

/* State after each kind of event that moves the sitting; SITTING_STATES: it moves nothing. */
static enum sitting_state moves_to(enum session_event_kind kind)
{
    switch (kind) {
    case SESSION_START:
    case SESSION_CONTINUE:
        return SITTING_ANSWERING;
    case SESSION_PAUSE:
        return SITTING_PAUSED;
    case SESSION_HAND_IN:
        return SITTING_HANDED_IN;
    case SESSION_FORCED_END:
        return SITTING_FORCED_END;
    default:
        return SITTING_STATES;
    }
}

static bool names_an_item(enum session_event_kind kind)
{
    return kind == SESSION_VISIT || kind == SESSION_ANSWER || kind == SESSION_RATING ||
           kind == SESSION_FLAG || kind == SESSION_UNFLAG || kind == SESSION_SNAPSHOT;
}

static int check_move(const struct session *s, enum sitting_state to, struct err *e)
{
    if (to == SITTING_STATES || sitting_may_move(s->state, to))
        return 0;
    err_set(e, ERR_NO, NULL, _("a sitting that is %s cannot become %s"), sitting_state_word(s->state),
            sitting_state_word(to));
    if (e)
        e->code = ERR_STATE;
    return -ERR_NO;
}

/* A sitting begins with its start, and after its end nothing follows, whoever wrote it. */
static int check_place(const struct session *s, const struct session_event *event, struct err *e)
{
    if (!sitting_state_ended(s->state) && (s->state != SITTING_NEW || event->kind == SESSION_START))
        return 0;
    err_set(e, ERR_NO, NULL, _("the sitting is %s: nothing can be added to it"), sitting_state_word(s->state));
    if (e)
        e->code = ERR_STATE;
    return -ERR_NO;
}

static int check_item(const struct session *s, const struct session_event *event, struct err *e)
{
    size_t i = session_find(s, event->item ? event->item : "");
    if (i == s->n) {
        err_set(e, ERR_NO, event->item, _("no item of this form"));
        if (e)
            e->code = ERR_NO_SUCH_ITEM;
        return -ERR_NO;
    }
    if (event->kind == SESSION_SNAPSHOT)
        return sections_check_collect(s, i, e);
    return event->kind == SESSION_VISIT ? sections_check_visit(s, i, event->used_ms, e)
                                        : sections_check_answer(s, i, event->used_ms, e);
}

int session_check(const struct session *s, const struct session_event *event, struct err *e)
{
    int r = check_place(s, event, e);
    if (r == 0)
        r = check_move(s, moves_to(event->kind), e);
    return r < 0 || !names_an_item(event->kind) ? r : check_item(s, event, e);
}

static int apply_to_item(struct session *s, const struct session_event *event, struct err *e)
{
    size_t i = session_find(s, event->item);
    if (event->kind == SESSION_VISIT)
        return apply_visit(s, i, event->used_ms, e);
    if (event->kind == SESSION_SNAPSHOT)
        return apply_snapshot(&s->item[i], event->worked, e);
    if (event->kind == SESSION_ANSWER || event->kind == SESSION_RATING)
        return apply_answer(&s->item[i], event->response, e);
    s->item[i].flagged = event->kind == SESSION_FLAG;
    return 0;
}

int session_apply(struct session *s, const struct session_event *event, struct err *e)
{
    int r = check_place(s, event, e);
    if (r < 0)
        return r;
    session_pass(s, event->used_ms);
    r = session_check(s, event, e);
    if (r < 0)
        return r;
    if (names_an_item(event->kind))
        return apply_to_item(s, event, e);
    if (moves_to(event->kind) != SITTING_STATES)
        s->state = moves_to(event->kind);
    if (event->kind == SESSION_NOTES) {
        bytes_clear(&s->notes);
        bytes_add(&s->notes, event->response.p, event->response.n);
    }
    s->interruptions += event->kind == SESSION_RESUME;
    if (event->kind == SESSION_GRANT)
        s->granted_ms = within_grants(s->granted_ms, event->value_ms);
    return 0;
}
