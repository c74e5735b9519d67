/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/code.h"
#include "exam-packages/journal-files.h"
#include "exam-packages/journal-internal.h"
#include "exam-packages/roster.h"

enum { MAX_WORK_ITEMS = 1000, MAX_ORDERS = 1000 };

static int refuse(const struct journal_event *event, const char *why, struct err *e)
{
    return journal_err(e, JOURNAL_BROKEN, NULL, _("epoch %lld, event %lld (%s): %s"), (long long)event->epoch,
                       (long long)event->seq, journal_kind_name(event->kind), why);
}

const struct journal_work_item *journal_work_find(const struct journal_work *w, const char *item)
{
    for (size_t i = 0; i < w->n_items; i++)
        if (strcmp(w->item[i].id, item) == 0)
            return &w->item[i];
    return NULL;
}

bool journal_work_has_serial(const struct journal_work *w, const char *serial)
{
    for (size_t i = 0; i < w->n_serials; i++)
        if (strcmp(w->serial[i], serial) == 0)
            return true;
    return false;
}

static int item_of(struct journal_work *w, const struct journal_event *event, struct journal_work_item **ret,
                   struct err *e)
{
    *ret = (struct journal_work_item *)journal_work_find(w, event->item);
    if (*ret)
        return 0;
    if (!event->item[0])
        return refuse(event, _("it names no item"), e);
    if (w->n_items == MAX_WORK_ITEMS)
        return refuse(event, _("too many items"), e);
    if (!w->item)
        w->item = arena_array(w->arena, MAX_WORK_ITEMS, sizeof *w->item);
    *ret = &w->item[w->n_items++];
    (*ret)->id = arena_strdup(w->arena, event->item);
    return 0;
}

static int add_to_item(struct journal_work *w, const struct journal_event *event, struct err *e)
{
    struct journal_work_item *item = NULL;
    int r = item_of(w, event, &item, e);
    if (r < 0)
        return r;
    item->visited = true;
    if (event->kind == JOURNAL_FLAG || event->kind == JOURNAL_UNFLAG)
        item->flagged = event->kind == JOURNAL_FLAG;
    if (event->kind == JOURNAL_SNAPSHOT)
        item->worked = journal_snapshot_worked(event->payload);
    if (event->kind != JOURNAL_ANSWER && event->kind != JOURNAL_RATING)
        return 0;
    item->response = span_of(arena_copy(w->arena, event->payload.p, event->payload.n), event->payload.n);
    item->epoch = event->epoch;
    item->seq = event->seq;
    return 0;
}

/* An order counts once, whoever repeats it. */
static int add_serial(struct journal_work *w, const struct journal_event *event, const char *serial,
                      struct err *e)
{
    if (journal_work_has_serial(w, serial))
        return refuse(event, _("this order of the proctor was carried out before"), e);
    if (w->n_serials == MAX_ORDERS)
        return refuse(event, _("too many orders"), e);
    if (!w->serial)
        w->serial = arena_array(w->arena, MAX_ORDERS, sizeof *w->serial);
    w->serial[w->n_serials++] = serial;
    return 0;
}

static int add_act(struct journal_work *w, const struct journal_event *event, struct err *e)
{
    struct journal_act act = {0};
    int r = journal_act_check(&w->start, event, w->arena, &act, e);
    if (r == 0 && act.serial)
        r = add_serial(w, event, act.serial, e);
    if (r < 0)
        return r;
    if (event->kind == JOURNAL_EXTRA_TIME)
        w->extra_ms += act.value;
    if (event->kind == JOURNAL_PAUSE || event->kind == JOURNAL_CONTINUE)
        w->paused = event->kind == JOURNAL_PAUSE;
    return 0;
}

static int add_end(struct journal_work *w, const struct journal_event *event, struct err *e)
{
    int r = 0;
    if (event->kind == JOURNAL_FORCED_END && event->payload.n)
        r = add_act(w, event, e);
    w->status = event->kind == JOURNAL_HAND_IN ? JOURNAL_HANDED_IN : JOURNAL_FORCED;
    w->ended_wall_ms = event->at.wall_ms;
    receipt_show(event->hash, w->receipt);
    return r;
}

static int add_kind(struct journal_work *w, const struct journal_event *event, struct err *e)
{
    switch (event->kind) {
    case JOURNAL_START:
        w->started = true;
        w->started_wall_ms = event->at.wall_ms;
        return 0;
    case JOURNAL_RESUME:
        w->interruptions++;
        return 0;
    case JOURNAL_NOTES:
    case JOURNAL_FILE:
        return 0;
    case JOURNAL_VISIT:
    case JOURNAL_ANSWER:
    case JOURNAL_FLAG:
    case JOURNAL_UNFLAG:
    case JOURNAL_SNAPSHOT:
    case JOURNAL_RATING:
        return add_to_item(w, event, e);
    case JOURNAL_EXTRA_TIME:
    case JOURNAL_PAUSE:
    case JOURNAL_CONTINUE:
    case JOURNAL_VIOLATION:
    case JOURNAL_RESEAT:
        return add_act(w, event, e);
    case JOURNAL_HAND_IN:
    case JOURNAL_FORCED_END:
        return add_end(w, event, e);
    }
    return refuse(event, _("unknown"), e);
}

/* A rater's sheet holds ratings and no answers, a candidate's journal answers and no ratings. */
static bool has_its_place(const struct journal_work *w, enum journal_kind kind)
{
    bool answers = (kind >= JOURNAL_VISIT && kind <= JOURNAL_UNFLAG) || kind == JOURNAL_FILE ||
                   kind == JOURNAL_SNAPSHOT;
    bool sheet = strcmp(w->form, ROSTER_RATING_FORM) == 0;
    return sheet ? !answers : kind != JOURNAL_RATING;
}

int journal_work_add(struct journal_work *w, const struct journal_event *event, struct err *e)
{
    if (w->status != JOURNAL_IN_PROGRESS)
        return refuse(event, _("it stands after the end"), e);
    bool reseat = event->kind == JOURNAL_RESEAT;
    if (reseat != (event->seq == 1 && event->epoch > 1))
        return refuse(event, _("an epoch after the first begins with the re-seat"), e);
    if (!reseat && w->started == (event->kind == JOURNAL_START))
        return refuse(event, _("a sitting begins once, with its start"), e);
    if (!has_its_place(w, event->kind))
        return refuse(event, _("ratings stand in a rater's journal alone, and nothing else does"), e);
    int r = add_kind(w, event, e);
    if (r < 0)
        return r;
    if (event->at.used_ms > w->used_ms)
        w->used_ms = event->at.used_ms;
    w->epoch = event->epoch;
    w->seq = event->seq;
    memcpy(w->hash, event->hash, sizeof w->hash);
    return 0;
}

void journal_work_begin(struct journal_work *w, const struct journal_epoch *start)
{
    if (!w->arena) {
        w->arena = arena_new();
        w->session = arena_strdup(w->arena, start->session);
        w->ticket = arena_strdup(w->arena, start->ticket);
    }
    w->form = arena_strdup(w->arena, start->form);
    memcpy(w->package, start->package, sizeof w->package);
    memcpy(w->station, start->station, sizeof w->station);
    w->start = *start;
    w->start.session = w->session;
    w->start.ticket = w->ticket;
    w->start.form = w->form;
    w->start.j_age = (struct span){0};
}

struct folding {
    struct journal *j;
    struct journal_work *work;
    int64_t epoch;
    journal_each_fn *each; /* who listens; NULL */
    void *context;
};

static int fold_event(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct folding *f = context;
    int r = f->each ? f->each(f->context, event, superseded, e) : 0;
    if (r < 0 || superseded)
        return r;
    if (event->epoch != f->epoch)
        journal_work_begin(f->work, &f->j->part[f->j->at].start);
    f->epoch = event->epoch;
    r = journal_work_add(f->work, event, e);
    return r < 0 ? err_within(e, f->j->name) : 0;
}

int journal_fold(struct journal *j, struct journal_work *ret, struct err *e)
{
    return journal_fold_with(j, NULL, NULL, ret, e);
}

int journal_fold_with(struct journal *j, journal_each_fn *each, void *context, struct journal_work *ret,
                      struct err *e)
{
    struct journal_work w = {0};
    struct folding f = {.j = j, .work = &w, .each = each, .context = context};
    const struct journal_part *last = &j->part[j->n - 1];
    struct journal_clock tick;
    journal_rewind(j);
    journal_work_begin(&w, &last->start);
    int r = journal_read(j, fold_event, &f, e);
    if (r < 0) {
        journal_work_release(&w);
        return r;
    }
    if (w.status == JOURNAL_IN_PROGRESS && journal_last_tick(j, &tick) && tick.used_ms > w.used_ms)
        w.used_ms = tick.used_ms;
    last = &j->part[j->n - 1];
    w.sealed = last->has_seal && last->seal.seq == w.seq && last->start.epoch == w.epoch;
    *ret = w;
    return 0;
}

void journal_work_release(struct journal_work *w)
{
    arena_free(w->arena);
    *w = (struct journal_work){0};
}
