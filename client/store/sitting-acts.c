/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent alone writes into a sitting: acts of the proctor, and the beginning of a further epoch. */
#include "base/i18n.h"
#include "client/store/sitting-store-internal.h"
#include "exam-packages/journal-order.h"
#include "exam-packages/journal-rows.h"

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
static int put_act(struct sitting_store *s, const struct sitting_store_act *act,
                   const struct minisign_secret *station, const struct journal_clock *at, struct err *e)
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
static int read_order(struct arena *a, struct sitting_store_act *act, const struct journal_epoch *start,
                      const char **ret_serial, struct err *e)
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

/* Whether it may still happen: the candidate may have handed in meanwhile, and nothing may be stored that
 * would not be read back. */
static int check_act(const struct session *session, const struct sitting_store_act *act, struct err *e)
{
    struct session_event event = {.used_ms = session->used_ms, .value_ms = act->value_ms};
    const struct store_kind *kind = store_kind_of(act->kind);
    if (act->kind == JOURNAL_RESEAT && session->state == SITTING_NEW)
        return 0; /* the machine before was lost before the start was copied */
    if (!kind)
        return err_set(e, ERR_BUG, NULL, _("an event of unknown kind"));
    event.kind = kind->session;
    return session_check(session, &event, e);
}

/* After what others wrote meanwhile. */
static int put_after_others(struct sitting_store *s, struct session *session,
                            const struct sitting_store_act *act, const char *serial,
                            const struct minisign_secret *station, const struct clock_reading *now,
                            struct err *e)
{
    enum { TRIES = 10 };
    struct err own = {0};
    int r = 0;
    for (int tries = 0; tries < TRIES; tries++) {
        if ((r = sitting_store_read(s, session, NULL, &own)) < 0 ||
            (serial && (r = store_repeated(s, serial, &own)) < 0) || (r = check_act(session, act, &own)) < 0)
            break;
        struct journal_clock at = store_clock(session->used_ms, now);
        r = put_act(s, act, station, &at, &own);
        if (r >= 0 || own.code != JOURNAL_MOVED)
            break;
    }
    if (r < 0 && e)
        *e = own;
    return r;
}

int sitting_store_put_act(struct sitting_store *s, struct session *session,
                          const struct sitting_store_act *given, const struct minisign_secret *station,
                          const struct clock_reading *now, struct err *e)
{
    struct arena *a = arena_new();
    struct sitting_store_act act = *given;
    const char *serial = NULL;
    const struct journal_epoch *start = journal_epoch(s->journal, journal_epochs(s->journal) - 1);
    int r = act.order.n ? read_order(a, &act, start, &serial, e) : 0;
    if (r == 0)
        r = put_after_others(s, session, &act, serial, station, now, e);
    if (r >= 0) {
        s->saved_wall_ms = now->wall_ms;
        if (serial)
            store_note_serial(s, serial);
        const struct session_event event = {.kind = store_kind_of(act.kind)->session,
                                            .used_ms = session->used_ms,
                                            .item = "",
                                            .value_ms = act.value_ms};
        r = act.kind == JOURNAL_RESEAT && session->state == SITTING_NEW ? 0
                                                                        : session_apply(session, &event, e);
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
static int used_at_fork(struct sitting_store *s, const struct session *session,
                        const struct journal_epoch *start, int64_t *ret, struct err *e)
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

int sitting_store_begin_epoch(struct sitting_store *s, const struct session *session,
                              const struct journal_epoch *start, const struct age_identity *id,
                              struct span order, const struct minisign_secret *station,
                              const struct clock_reading *now, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes payload = {0};
    struct sitting_store_act act = {.order = order};
    const char *serial = NULL;
    int64_t used_ms = 0;
    int r = read_order(a, &act, start, &serial, e);
    if (r == 0 && (act.kind != JOURNAL_RESEAT || sitting_state_ended(session->state)))
        r = err_set(e, ERR_NO, start->ticket,
                    _("the sitting has ended; it does not go on at another machine"));
    if (r == 0)
        r = store_repeated(s, serial, e);
    if (r == 0)
        r = used_at_fork(s, session, start, &used_ms, e);
    if (r == 0)
        r = sign_act(start, 1, &act, station, now->wall_ms, &payload, e);
    if (r == 0) {
        const struct journal_clock at = store_clock(used_ms, now);
        r = journal_begin_epoch(s->journal, start, id, &at, bytes_span(&payload), e);
    }
    if (r == 0) {
        s->n_serials = 0;
        journal_files_free(s->files);
        s->files = journal_files_new();
    }
    bytes_release(&payload);
    arena_free(a);
    return r;
}
