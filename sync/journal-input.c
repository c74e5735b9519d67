/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/journal-files.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/journal-order.h"
#include "exam-packages/roster.h"
#include "sync/bundle-input-internal.h"
#include "sync/pack.h"

static const char *const status_name[] = {
    [JOURNAL_IN_PROGRESS] = "in-progress", [JOURNAL_HANDED_IN] = "handed-in", [JOURNAL_FORCED] = "forced"};

/* The hashes of one epoch while its events are read. */
struct gathering {
    const struct journal *journal;
    const struct witness *witness;
    struct arena *scratch;
    struct merge_epoch *epoch;
    struct bytes *chain; /* one for each epoch */
    bool *doubted;       /* one for each epoch: an order in it is not a room's, or a re-seat has none */
    bool *tail;          /* one for each epoch: ratings in it were superseded */
    size_t n;
    bool files; /* some event is of files */
};

/* The order in an act is of this room's machine, which the trust vouches for, and for just this. */
static bool is_ordered(const struct gathering *g, const struct journal_epoch *start,
                       const struct journal_act *act)
{
    struct journal_order order;
    struct journal_signed_order packed;
    const struct certificate *own = g->witness->own;
    return g->witness->trust && journal_order_read(&order, &packed, g->scratch, act->order, NULL) == 0 &&
           journal_order_fits(&order, act, start, NULL) == 0 &&
           journal_order_trusted(&packed, g->witness->trust, own->site, own->room, NULL) == 0;
}

static bool is_doubtful(const struct gathering *g, const struct journal_epoch *start,
                        const struct journal_event *event)
{
    struct journal_act act = {0};
    bool is_act = (event->kind >= JOURNAL_EXTRA_TIME && event->kind <= JOURNAL_RESEAT) ||
                  (event->kind == JOURNAL_FORCED_END && event->payload.n);
    if (!is_act)
        return event->seq == 1 && start->epoch > 1;
    if (journal_act_read(&act, g->scratch, event->payload, NULL, NULL, NULL) < 0)
        return true;
    return act.order.n ? !is_ordered(g, start, &act) : event->kind == JOURNAL_RESEAT;
}

static int take_hash(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct gathering *g = context;
    g->files = g->files || event->kind == JOURNAL_FILE || event->kind == JOURNAL_SNAPSHOT;
    for (size_t i = 0; i < g->n; i++)
        if (g->epoch[i].epoch == event->epoch) {
            bytes_add(&g->chain[i], event->hash, sizeof event->hash); /* the tail belongs to its epoch, too */
            g->tail[i] = g->tail[i] || (superseded && event->kind == JOURNAL_RATING);
            g->doubted[i] = g->doubted[i] || is_doubtful(g, journal_epoch(g->journal, i), event);
            arena_reset(g->scratch);
            return 0;
        }
    return err_set(e, ERR_DATA, NULL, _("there are events that belong to no epoch"));
}

static bool is_key_of(const uint8_t station[JOURNAL_STATION_KEY], const struct certificate *c)
{
    return memcmp(station, "Ed", 2) == 0 && memcmp(station + 2, c->key.id, sizeof c->key.id) == 0 &&
           memcmp(station + 10, c->key.pk, sizeof c->key.pk) == 0;
}

static bool is_certified(const struct journal_epoch *start, const struct journal_seal *seal, const struct witness *w,
                         struct minisign_public *ret)
{
    struct certificate *c = NULL;
    const struct certificate_chain chain = {.certificate = seal->certificate, .signature = seal->certificate_signature,
                                            .issuer = seal->issuer, .issuer_signature = seal->issuer_signature};
    bool good = false;
    if (is_key_of(start->station, w->own)) {
        *ret = w->own->key;
        return true;
    }
    if (w->trust && trust_check_certificate(w->trust, &chain, &c, NULL) == 0 && certificate_is_machine(c) &&
        is_key_of(start->station, c)) {
        *ret = c->key;
        good = true;
    }
    certificate_free(c);
    return good;
}

/* The station signed exactly this head of this epoch. */
static bool is_attested(const struct journal *j, size_t i, const struct bytes *chain, const struct witness *w)
{
    const struct journal_epoch *start = journal_epoch(j, i);
    struct journal_seal seal;
    struct minisign_public key;
    struct bytes body = {0};
    if (!journal_epoch_seal(j, i, &seal) || seal.epoch != start->epoch || chain->n != (size_t)seal.seq * MERGE_HASH ||
        chain->n == 0 || memcmp(chain->p + chain->n - MERGE_HASH, seal.head, MERGE_HASH) != 0 ||
        !is_certified(start, &seal, w, &key))
        return false;
    journal_seal_body(start, seal.seq, seal.head, &body);
    bool good = minisign_verify(bytes_span(&body), seal.signature, &key, NULL, NULL) == 0;
    bytes_release(&body);
    return good;
}

/* What the reading noticed besides. */
struct noticed {
    bool *tail; /* one for each epoch */
    bool files;
};

/* Every event once: its hash, and what all of them fold to. */
static int read_events(struct merge_sitting *ret, struct arena *a, struct journal *j, const struct witness *w,
                       struct journal_work *ret_work, struct noticed *ret_noticed, struct err *e)
{
    size_t n = journal_epochs(j);
    struct gathering g = {.journal = j,
                          .witness = w,
                          .scratch = arena_new(),
                          .n = n,
                          .epoch = arena_array(a, n, sizeof *g.epoch),
                          .chain = arena_array(a, n, sizeof *g.chain),
                          .doubted = arena_array(a, n, sizeof *g.doubted),
                          .tail = arena_array(a, n, sizeof *g.tail)};
    for (size_t i = 0; i < n; i++)
        g.epoch[i].epoch = journal_epoch(j, i)->epoch;
    int r = journal_fold_with(j, take_hash, &g, ret_work, e);
    for (size_t i = 0; i < n; i++) {
        struct bytes *chain = &g.chain[i];
        if (r == 0) {
            g.epoch[i].attested = !g.doubted[i] && is_attested(j, i, chain, w);
            g.epoch[i].chain = arena_copy(a, chain->p, chain->n);
            g.epoch[i].n_events = chain->n / MERGE_HASH;
            if (chain->n)
                memcpy(g.epoch[i].start, chain->p, MERGE_HASH);
        }
        bytes_release(chain);
    }
    arena_free(g.scratch);
    ret->epoch = g.epoch;
    ret->n_epochs = n;
    *ret_noticed = (struct noticed){g.tail, g.files};
    return r;
}

static void take_work(struct merge_sitting *ret, struct arena *a, const struct journal_work *work)
{
    struct packed_answer *answer = arena_array(a, work->n_items + 1, sizeof *answer);
    struct bytes packed = {0};
    for (size_t i = 0; i < work->n_items; i++)
        answer[i] = (struct packed_answer){work->item[i].id, work->item[i].response};
    answers_pack(answer, work->n_items, &packed);
    ret->ticket = arena_strdup(a, work->ticket);
    ret->form = arena_strdup(a, work->form);
    ret->status = status_name[work->status];
    ret->used_ms = work->used_ms;
    ret->receipt = arena_strdup(a, work->receipt);
    memcpy(ret->package, work->package, sizeof ret->package);
    ret->answers = span_of(arena_copy(a, packed.p, packed.n), packed.n);
    bytes_release(&packed);
}

static int add_item_files(struct packed_file **all, size_t *n, const struct journal_files *from,
                          struct journal *j, const char *item, struct arena *a, struct err *e)
{
    const struct journal_snapshot *s = journal_files_of(from, item);
    int r = 0;
    *all = mem_grow(*all, *n + s->n + 1, sizeof **all);
    for (size_t i = 0; r == 0 && i < s->n; i++) {
        struct bytes content = {0};
        r = journal_files_get(from, j, &s->file[i], &content, e);
        (*all)[(*n)++] =
            (struct packed_file){.item = item,
                                 .path = s->file[i].path,
                                 .attributes = s->file[i].attributes,
                                 .content = span_of(arena_copy(a, content.p, content.n), content.n)};
        bytes_release(&content);
    }
    return r;
}

/* The files of practical items, from the journal whose events are folded; NULL where it has none. */
static int take_files(struct merge_sitting *ret, struct arena *a, struct journal *j, struct err *e)
{
    struct journal_files *from = NULL;
    struct arena *scratch = arena_new();
    struct packed_file *all = NULL;
    struct bytes packed = {0};
    const char *item;
    size_t n = 0;
    int r = j ? journal_files_load(&from, j, e) : 0;
    for (size_t i = 0; r == 0 && from && (item = journal_files_item(from, i)); i++)
        r = add_item_files(&all, &n, from, j, item, scratch, e);
    if (r == 0)
        files_pack(all, n, &packed);
    ret->files = span_of(arena_copy(a, packed.p, packed.n), packed.n);
    bytes_release(&packed);
    free(all);
    arena_free(scratch);
    journal_files_free(from);
    return r;
}

static int open_journal(struct journal **ret, const char *name, struct span data, const struct age_identity *id,
                        size_t n_ids, struct err *e)
{
    int r = journal_open_bytes(ret, name, data, e);
    return r < 0 ? r : journal_unseal(*ret, id, n_ids, e);
}

/* ---- what a rater's device had rated after the place from which he went on elsewhere ---- */

struct tail_folding {
    const struct journal *journal;
    struct journal_work *work;
    int64_t epoch, at; /* the one whose tail counts here; the one that is read */
};

static int fold_tail(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct tail_folding *f = context;
    if (event->epoch > f->epoch || (superseded && event->epoch < f->epoch))
        return 0;
    for (size_t i = 0; event->epoch != f->at && i < journal_epochs(f->journal); i++)
        if (journal_epoch(f->journal, i)->epoch == event->epoch) {
            journal_work_begin(f->work, journal_epoch(f->journal, i));
            f->at = event->epoch;
        }
    return journal_work_add(f->work, event, e);
}

/* A tail that makes no sense counts nowhere, and stays evidence. */
static bool take_tail(struct merge_sitting *ret, struct arena *a, struct journal *j,
                      const struct merge_epoch *epoch)
{
    struct journal_work work = {0};
    struct tail_folding f = {.journal = j, .work = &work, .epoch = epoch->epoch};
    bool good = journal_read(j, fold_tail, &f, NULL) == 0 && work.epoch == epoch->epoch;
    if (good) {
        *ret = (struct merge_sitting){.epoch = epoch, .n_epochs = 1};
        take_work(ret, a, &work);
    }
    journal_work_release(&work);
    return good;
}

static int take_tails(struct merge_sitting *ret, struct arena *a, const char *name, struct span data,
                      const struct age_identity *id, size_t n_ids, const bool *tail, struct err *e)
{
    struct merge_sitting *all = arena_array(a, ret->n_epochs + 1, sizeof *all);
    int r = 0;
    for (size_t i = 0; r == 0 && i < ret->n_epochs; i++) {
        struct journal *j = NULL;
        if (!tail[i] || strcmp(ret->form, ROSTER_RATING_FORM) != 0)
            continue;
        r = open_journal(&j, name, data, id, n_ids, e);
        if (r == 0)
            ret->n_tails += take_tail(&all[ret->n_tails], a, j, &ret->epoch[i]);
        journal_close(j);
    }
    ret->tail = all;
    return r;
}

/* The last event of the fold is the last event of the last epoch. */
static bool ends_together(const struct merge_sitting *s, const struct journal_work *work)
{
    const struct merge_epoch *last = &s->epoch[s->n_epochs - 1];
    return last->epoch == work->epoch && last->n_events == (size_t)work->seq && last->n_events > 0 &&
           memcmp(last->chain + (last->n_events - 1) * MERGE_HASH, work->hash, MERGE_HASH) == 0;
}

int journal_input_read(struct merge_sitting *ret, struct arena *a, const char *name, struct span data,
                       const char *session, const struct witness *w, const struct age_identity *id, size_t n_ids,
                       struct err *e)
{
    struct journal *j = NULL;
    struct journal_work work = {0};
    struct merge_sitting s = {0};
    struct noticed noticed = {0};
    int r;
    if ((r = open_journal(&j, name, data, id, n_ids, e)) < 0 ||
        (r = read_events(&s, a, j, w, &work, &noticed, e)) < 0)
        goto done;
    if (strcmp(work.session, session) != 0)
        r = err_set(e, ERR_DATA, name, _("is of session %s"), work.session);
    else if (!ends_together(&s, &work))
        r = err_set(e, ERR_DATA, name, _("its last epoch holds no event"));
    if (r < 0)
        goto done;
    take_work(&s, a, &work);
    if ((r = take_tails(&s, a, name, data, id, n_ids, noticed.tail, e)) == 0)
        r = take_files(&s, a, noticed.files ? j : NULL, e);
    *ret = s;
done:
    journal_work_release(&work);
    journal_close(j);
    return r;
}
