/* SPDX-License-Identifier: Apache-2.0 */
#include "client/store/sitting-store-internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/code.h"
#include "exam-packages/journal-spill.h"

static const struct store_kind kinds[] = {
    {SESSION_START, JOURNAL_START, false},
    {SESSION_RESUME, JOURNAL_RESUME, false},
    {SESSION_VISIT, JOURNAL_VISIT, false},
    {SESSION_ANSWER, JOURNAL_ANSWER, false},
    {SESSION_RATING, JOURNAL_RATING, false},
    {SESSION_FLAG, JOURNAL_FLAG, false},
    {SESSION_UNFLAG, JOURNAL_UNFLAG, false},
    {SESSION_NOTES, JOURNAL_NOTES, false},
    {SESSION_FILE, JOURNAL_FILE, false},
    {SESSION_SNAPSHOT, JOURNAL_SNAPSHOT, false},
    {SESSION_HAND_IN, JOURNAL_HAND_IN, false},
    {SESSION_FORCED_END, JOURNAL_FORCED_END, false},
    {SESSION_GRANT, JOURNAL_EXTRA_TIME, true},
    {SESSION_PAUSE, JOURNAL_PAUSE, true},
    {SESSION_CONTINUE, JOURNAL_CONTINUE, true},
    {SESSION_NOTE, JOURNAL_VIOLATION, true},
    {SESSION_NOTE, JOURNAL_RESEAT, true},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

const struct store_kind *store_kind_of(enum journal_kind kind)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (kinds[i].journal == kind)
            return &kinds[i];
    return NULL;
}

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

int sitting_store_open(struct sitting_store **ret, const char *path, const struct journal_keys *keys,
                       const char *vfs, struct err *e)
{
    struct sitting_store *s = mem_alloc(sizeof *s);
    s->arena = arena_new();
    s->files = journal_files_new();
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

const struct journal_files *sitting_store_files(const struct sitting_store *s)
{
    return s->files;
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
    journal_files_free(s->files);
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

int store_repeated(const struct sitting_store *s, const char *serial, struct err *e)
{
    if (!sitting_store_has_serial(s, serial))
        return 0;
    err_set(e, ERR_NO, NULL, _("this order of the proctor was carried out before"));
    if (e)
        e->code = JOURNAL_REPEATED;
    return -ERR_NO;
}

void store_note_serial(struct sitting_store *s, const char *serial)
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
static int apply_act(struct reading *r, const struct journal_event *event, struct session_event *what,
                     struct err *e)
{
    struct journal_act act = {0};
    int result = journal_act_check(epoch_of(r->store->journal, event->epoch), event, r->arena, &act, e);
    if (result == 0 && act.serial && store_repeated(r->store, act.serial, e) < 0)
        result = -ERR_DATA; /* a journal in which it stands twice */
    if (result < 0)
        return result;
    what->value_ms = act.value;
    result = event->kind == JOURNAL_RESEAT && r->session->state == SITTING_NEW
                 ? 0 /* the machine before was lost before the start was copied */
                 : session_apply(r->session, what, e);
    if (result == 0 && act.serial)
        store_note_serial(r->store, act.serial);
    return result;
}

static int apply(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct reading *r = context;
    struct session_event what = {
        .used_ms = event->at.used_ms, .item = event->item, .response = event->payload};
    if (superseded)
        return 0;
    if ((event->kind == JOURNAL_RESEAT) != (event->seq == 1 && event->epoch > 1))
        return err_set(e, ERR_DATA, NULL, _("an epoch after the first begins with the re-seat"));
    const struct store_kind *kind = store_kind_of(event->kind);
    if (!kind)
        return err_set(e, ERR_BUG, NULL, _("an event of unknown kind"));
    what.kind = kind->session;
    what.worked = event->kind == JOURNAL_SNAPSHOT && journal_snapshot_worked(event->payload);
    journal_files_add(r->store->files, event);
    r->any = true;
    r->store->saved_wall_ms = event->at.wall_ms;
    if (kind->act || (event->kind == JOURNAL_FORCED_END && event->payload.n))
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

struct journal_clock store_clock(int64_t used_ms, const struct clock_reading *now)
{
    struct journal_clock at = {.used_ms = used_ms, .mono_ms = now->mono_ms, .wall_ms = now->wall_ms};
    snprintf(at.boot, sizeof at.boot, "%s", now->boot_id);
    return at;
}

/* What this program wrote itself is not read again. */
static void note_file(struct sitting_store *s, enum journal_kind kind, const struct session_event *what)
{
    struct journal_event event = {
        .kind = kind, .item = what->item ? what->item : "", .payload = what->response};
    journal_head(s->journal, &event.epoch, &event.seq, event.hash);
    journal_files_add(s->files, &event);
}

int sitting_store_put(struct sitting_store *s, const struct session_event *event,
                      const struct clock_reading *now, struct err *e)
{
    struct journal_clock at = store_clock(event->used_ms, now);
    int i = 0;
    while (i < N_KINDS && (kinds[i].session != event->kind || kinds[i].act))
        i++;
    if (i == N_KINDS)
        return err_set(e, ERR_BUG, NULL, _("an act of the proctor is written by the agent"));
    int r =
        journal_append(s->journal, &at, kinds[i].journal, event->item ? event->item : "", event->response, e);
    if (r == 0)
        s->saved_wall_ms = now->wall_ms;
    if (r >= 0)
        note_file(s, kinds[i].journal, event);
    return r;
}

int sitting_store_tick(struct sitting_store *s, int64_t used_ms, const struct clock_reading *now,
                       struct err *e)
{
    struct journal_clock at = store_clock(used_ms, now);
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
