/* SPDX-License-Identifier: Apache-2.0 */
#include "client/store/sitting-store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/code.h"
#include "exam-packages/journal-order.h"
#include "exam-packages/journal-rows.h"
#include "exam-packages/journal-spill.h"
#include "exam-packages/secret.h"

struct sitting_store {
    struct journal *journal;
    bool misfit;
    int64_t saved_wall_ms;
    struct arena *arena;
    const char **serial; /* of the orders that were carried out */
    size_t n_serials;
};

static const struct {
    enum session_event_kind session;
    enum journal_kind journal;
    bool act; /* written by the agent alone */
} kinds[] = {
    {SESSION_START, JOURNAL_START, false},      {SESSION_RESUME, JOURNAL_RESUME, false},
    {SESSION_VISIT, JOURNAL_VISIT, false},      {SESSION_ANSWER, JOURNAL_ANSWER, false},
    {SESSION_FLAG, JOURNAL_FLAG, false},        {SESSION_UNFLAG, JOURNAL_UNFLAG, false},
    {SESSION_NOTES, JOURNAL_NOTES, false},      {SESSION_HAND_IN, JOURNAL_HAND_IN, false},
     {SESSION_FORCED_END, JOURNAL_FORCED_END, false},
    {SESSION_GRANT, JOURNAL_EXTRA_TIME, true},  {SESSION_PAUSE, JOURNAL_PAUSE, true},
    {SESSION_CONTINUE, JOURNAL_CONTINUE, true}, {SESSION_NOTE, JOURNAL_VIOLATION, true},
    {SESSION_NOTE, JOURNAL_RESEAT, true},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* Without memory for one the journal works as well, until the disk fails. */
static void find_spill(struct sitting_store *s, const char *path)
{
    char *spill = journal_spill_path(path);
    if (journal_spill_to(s->journal, spill, &s->misfit, NULL) < 0)
        s->misfit = false;
    bool waits = journal_spilled(s->journal) && journal_unspill(s->journal, NULL) < 0;
    (void)waits; /* tried again by who holds the store */
    free(spill);
}

int sitting_store_open(struct sitting_store **ret, const char *path, const struct journal_keys *keys, const char *vfs,
               struct err *e)
{
    struct sitting_store *s = mem_alloc(sizeof *s);
    s->arena = arena_new();
    int r = journal_open(&s->journal, path, keys, vfs, e);
    if (r < 0) {
        sitting_store_close(s);
        return r;
    }
    find_spill(s, path);
    *ret = s;
    return 0;
}

int64_t sitting_store_spilled(const struct sitting_store *s)
{
    return journal_spilled(s->journal);
}

int sitting_store_unspill(struct sitting_store *s, struct err *e)
{
    return journal_unspill(s->journal, e);
}

bool sitting_store_misfit(const struct sitting_store *s)
{
    return s->misfit;
}

int sitting_store_unseal(struct sitting_store *s, const struct age_identity *id, struct err *e)
{
    return journal_unseal(s->journal, id, 1, e);
}

struct journal *sitting_store_journal(struct sitting_store *s)
{
    return s->journal;
}

void sitting_store_close(struct sitting_store *s)
{
    if (!s)
        return;
    journal_close(s->journal);
    arena_free(s->arena);
    free(s->serial);
    free(s);
}

bool sitting_store_has_serial(const struct sitting_store *s, const char *serial)
{
    for (size_t i = 0; i < s->n_serials; i++)
        if (strcmp(s->serial[i], serial) == 0)
            return true;
    return false;
}

static int repeated(const struct sitting_store *s, const char *serial, struct err *e)
{
    if (!sitting_store_has_serial(s, serial))
        return 0;
    err_set(e, ERR_NO, NULL, _("this order of the proctor was carried out before"));
    if (e)
        e->code = JOURNAL_REPEATED;
    return -ERR_NO;
}

static void note_serial(struct sitting_store *s, const char *serial)
{
    s->serial = mem_grow(s->serial, s->n_serials + 1, sizeof *s->serial);
    s->serial[s->n_serials++] = arena_strdup(s->arena, serial);
}

struct reading {
    struct sitting_store *store;
    struct session *session;
    struct arena *arena;
    bool any;
};

static const struct journal_epoch *epoch_of(const struct journal *j, int64_t epoch)
{
    for (size_t i = 0; i < journal_epochs(j); i++)
        if (journal_epoch(j, i)->epoch == epoch)
            return journal_epoch(j, i);
    return NULL;
}

/* What an act says, once: *ret is applied where the act is accepted. */
static int apply_act(struct reading *r, const struct journal_event *event, struct session_event *what, struct err *e)
{
    struct journal_act act = {0};
    int result = journal_act_check(epoch_of(r->store->journal, event->epoch), event, r->arena, &act, e);
    if (result == 0 && act.serial && repeated(r->store, act.serial, e) < 0)
        result = -ERR_DATA; /* a journal in which it stands twice */
    if (result < 0)
        return result;
    what->value_ms = act.value;
    result = event->kind == JOURNAL_RESEAT && r->session->state == SITTING_NEW
                 ? 0 /* the machine before was lost before the start was copied */
                 : session_apply(r->session, what, e);
    if (result == 0 && act.serial)
        note_serial(r->store, act.serial);
    return result;
}

static int apply(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct reading *r = context;
    struct session_event what = {
        .used_ms = event->at.used_ms, .item = event->item, .response = event->payload};
    int i = 0;
    if (superseded)
        return 0;
    if ((event->kind == JOURNAL_RESEAT) != (event->seq == 1 && event->epoch > 1))
        return err_set(e, ERR_DATA, NULL, _("an epoch after the first begins with the re-seat"));
    while (i < N_KINDS && kinds[i].journal != event->kind)
        i++;
    if (i == N_KINDS)
        return err_set(e, ERR_BUG, NULL, _("an event of unknown kind"));
    what.kind = kinds[i].session;
    r->any = true;
    r->store->saved_wall_ms = event->at.wall_ms;
    if (kinds[i].act || (event->kind == JOURNAL_FORCED_END && event->payload.n))
        return apply_act(r, event, &what, e);
    return session_apply(r->session, &what, e);
}

int sitting_store_read(struct sitting_store *s, struct session *session, bool *ret_any, struct err *e)
{
    struct reading reading = {.store = s, .session = session, .arena = arena_new()};
    struct journal_clock tick;
    int r = journal_read(s->journal, apply, &reading, e);
    arena_free(reading.arena);
    if (r == 0 && session->state == SITTING_ANSWERING && journal_last_tick(s->journal, &tick))
        session_pass(session, tick.used_ms);
    if (r == 0 && ret_any)
        *ret_any = reading.any;
    return r;
}

static struct journal_clock clock_of(int64_t used_ms, const struct clock_reading *now)
{
    struct journal_clock at = {.used_ms = used_ms, .mono_ms = now->mono_ms, .wall_ms = now->wall_ms};
    snprintf(at.boot, sizeof at.boot, "%s", now->boot_id);
    return at;
}

int sitting_store_put(struct sitting_store *s, const struct session_event *event, const struct clock_reading *now,
              struct err *e)
{
    struct journal_clock at = clock_of(event->used_ms, now);
    int i = 0;
    while (i < N_KINDS && (kinds[i].session != event->kind || kinds[i].act))
        i++;
    if (i == N_KINDS)
        return err_set(e, ERR_BUG, NULL, _("an act of the proctor is written by the agent"));
    int r =
        journal_append(s->journal, &at, kinds[i].journal, event->item ? event->item : "", event->response, e);
    if (r == 0)
        s->saved_wall_ms = now->wall_ms;
    return r;
}

/* The payload of an act in that place; act->reason may be NULL. */
static int sign_act(const struct journal_epoch *start, int64_t seq, const struct sitting_store_act *act,
                    const struct minisign_secret *station, int64_t wall_ms, struct bytes *ret, struct err *e)
{
    struct bytes body = {0}, signature = {0};
    const struct journal_act signed_act = {.kind = act->kind,
                                           .session = start->session,
                                           .ticket = start->ticket,
                                           .epoch = start->epoch,
                                           .seq = seq,
                                           .value = act->value_ms,
                                           .wall_ms = wall_ms,
                                           .reason = act->reason ? act->reason : ""};
    journal_act_body(&signed_act, &body);
    int r = minisign_sign(station, bytes_span(&body), "kaochang/1 role=station act", &signature, e);
    if (r == 0)
        journal_act_payload(bytes_span(&body), bytes_span(&signature), act->order, ret);
    bytes_release(&body);
    bytes_release(&signature);
    return r;
}

/* One attempt, for the place after the last event that was read. */
static int put_act(struct sitting_store *s, const struct sitting_store_act *act, const struct minisign_secret *station,
                   const struct journal_clock *at, struct err *e)
{
    const struct journal_epoch *start = journal_epoch(s->journal, journal_epochs(s->journal) - 1);
    struct bytes payload = {0};
    int64_t epoch, seq;
    uint8_t head[32];
    journal_head(s->journal, &epoch, &seq, head);
    int r = sign_act(start, seq + 1, act, station, at->wall_ms, &payload, e);
    if (r == 0)
        r = journal_append(s->journal, at, act->kind, "", bytes_span(&payload), e);
    bytes_release(&payload);
    return r;
}

/* The act that an order asks for; its texts live in the arena. */
static int read_order(struct arena *a, struct sitting_store_act *act,
                      const struct journal_epoch *start, const char **ret_serial, struct err *e)
{
    struct journal_order order = {0};
    int r = journal_order_read(&order, NULL, a, act->order, e);
    if (r < 0)
        return r;
    const struct journal_act wanted = {.kind = order.kind, .value = order.value, .reason = order.reason};
    *ret_serial = order.serial;
    act->kind = order.kind;
    act->value_ms = order.value;
    act->reason = order.reason;
    return journal_order_fits(&order, &wanted, start, e);
}

/* Whether it may still happen: the candidate may have handed in meanwhile, and nothing may be stored that would not be read
 * back. */
static int check_act(const struct session *session, const struct sitting_store_act *act, struct err *e)
{
    struct session_event event = {.used_ms = session->used_ms, .value_ms = act->value_ms};
    int i = 0;
    if (act->kind == JOURNAL_RESEAT && session->state == SITTING_NEW)
        return 0; /* the machine before was lost before the start was copied */
    while (i < N_KINDS && kinds[i].journal != act->kind)
        i++;
    if (i == N_KINDS)
        return err_set(e, ERR_BUG, NULL, _("an event of unknown kind"));
    event.kind = kinds[i].session;
    return session_check(session, &event, e);
}

/* After what others wrote meanwhile. */
static int put_after_others(struct sitting_store *s, struct session *session, const struct sitting_store_act *act,
                            const char *serial, const struct minisign_secret *station,
                            const struct clock_reading *now, struct err *e)
{
    enum { TRIES = 10 };
    struct err own = {0};
    int r = 0;
    for (int tries = 0; tries < TRIES; tries++) {
        if ((r = sitting_store_read(s, session, NULL, &own)) < 0 ||
            (serial && (r = repeated(s, serial, &own)) < 0) || (r = check_act(session, act, &own)) < 0)
            break;
        struct journal_clock at = clock_of(session->used_ms, now);
        r = put_act(s, act, station, &at, &own);
        if (r >= 0 || own.code != JOURNAL_MOVED)
            break;
    }
    if (r < 0 && e)
        *e = own;
    return r;
}

int sitting_store_put_act(struct sitting_store *s, struct session *session, const struct sitting_store_act *given,
                  const struct minisign_secret *station, const struct clock_reading *now, struct err *e)
{
    struct arena *a = arena_new();
    struct sitting_store_act act = *given;
    const char *serial = NULL;
    int i = 0;
    const struct journal_epoch *start = journal_epoch(s->journal, journal_epochs(s->journal) - 1);
    int r = act.order.n ? read_order(a, &act, start, &serial, e) : 0;
    if (r == 0)
        r = put_after_others(s, session, &act, serial, station, now, e);
    if (r >= 0) {
        s->saved_wall_ms = now->wall_ms;
        if (serial)
            note_serial(s, serial);
        while (i < N_KINDS && kinds[i].journal != act.kind)
            i++;
        const struct session_event event = {
            .kind = kinds[i].session, .used_ms = session->used_ms, .item = "", .value_ms = act.value_ms};
        r = act.kind == JOURNAL_RESEAT && session->state == SITTING_NEW ? 0 : session_apply(session, &event, e);
    }
    arena_free(a);
    return r;
}

static int take_used(void *context, const struct journal_stored *row, struct err *e)
{
    (void)e;
    *(int64_t *)context = row->at.used_ms;
    return 0;
}

/* Time spent at the fork; with the tick where nothing came after it. */
static int used_at_fork(struct sitting_store *s, const struct session *session, const struct journal_epoch *start,
                        int64_t *ret, struct err *e)
{
    int64_t epoch, seq;
    uint8_t head[32];
    journal_head(s->journal, &epoch, &seq, head);
    *ret = session->used_ms;
    if (epoch == start->fork_epoch && seq == start->fork_seq)
        return 0;
    *ret = 0;
    return journal_stored_after(s->journal, start->fork_epoch, start->fork_seq - 1, 1, take_used, ret, e);
}

int sitting_store_begin_epoch(struct sitting_store *s, const struct session *session, const struct journal_epoch *start,
                              const struct age_identity *id, struct span order,
                              const struct minisign_secret *station, const struct clock_reading *now, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes payload = {0};
    struct sitting_store_act act = {.order = order};
    const char *serial = NULL;
    int64_t used_ms = 0;
    int r = read_order(a, &act, start, &serial, e);
    if (r == 0 && (act.kind != JOURNAL_RESEAT || sitting_state_ended(session->state)))
        r = err_set(e, ERR_NO, start->ticket, _("the sitting has ended; it does not go on at another machine"));
    if (r == 0)
        r = repeated(s, serial, e);
    if (r == 0)
        r = used_at_fork(s, session, start, &used_ms, e);
    if (r == 0)
        r = sign_act(start, 1, &act, station, now->wall_ms, &payload, e);
    if (r == 0) {
        const struct journal_clock at = clock_of(used_ms, now);
        r = journal_begin_epoch(s->journal, start, id, &at, bytes_span(&payload), e);
    }
    if (r == 0)
        s->n_serials = 0;
    bytes_release(&payload);
    arena_free(a);
    return r;
}

int sitting_store_tick(struct sitting_store *s, int64_t used_ms, const struct clock_reading *now, struct err *e)
{
    struct journal_clock at = clock_of(used_ms, now);
    return journal_tick(s->journal, &at, e);
}

int64_t sitting_store_saved_wall_ms(const struct sitting_store *s)
{
    return s->saved_wall_ms;
}

char *sitting_store_receipt(const struct sitting_store *s, char shown[22])
{
    int64_t epoch, seq;
    uint8_t head[32];
    journal_head(s->journal, &epoch, &seq, head);
    return receipt_show(head, shown);
}
