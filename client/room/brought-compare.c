/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "client/room/brought-internal.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-rows.h"

/* The hashes of one epoch. */
struct gathering {
    const char *name;
    struct bytes hash, id, body;
    int64_t seq;
};

static int broken(struct err *e, const char *name, int64_t epoch, int64_t seq, const char *why)
{
    err_set(e, ERR_DATA, name, _("epoch %lld, event %lld: %s"), (long long)epoch, (long long)seq, why);
    if (e)
        e->code = JOURNAL_BROKEN;
    return -ERR_DATA;
}

/* A copy that was edited keeps its hash; its columns tell. */
static void add_id(struct gathering *g, const struct journal_stored *row)
{
    uint8_t id[BROUGHT_HASH];
    g->body.n = 0;
    canon_int(&g->body, row->at.used_ms);
    canon_int(&g->body, row->at.mono_ms);
    canon_text(&g->body, row->at.boot);
    canon_int(&g->body, row->at.wall_ms);
    canon_int(&g->body, row->kind);
    canon_text(&g->body, row->item);
    canon_blob(&g->body, row->payload);
    bytes_add(&g->body, row->hash, sizeof row->hash);
    blake2b_256(id, bytes_span(&g->body));
    bytes_add(&g->id, id, sizeof id);
}

static int gather(void *context, const struct journal_stored *row, struct err *e)
{
    struct gathering *g = context;
    const uint8_t *last =
        g->seq ? g->hash.p + g->hash.n - BROUGHT_HASH : row->prev; /* the first is the key's to check */
    if (row->seq != g->seq + 1)
        return broken(e, g->name, row->epoch, g->seq + 1, _("missing"));
    if (memcmp(row->prev, last, BROUGHT_HASH) != 0)
        return broken(e, g->name, row->epoch, row->seq, _("edited, or not in its place"));
    bytes_add(&g->hash, row->hash, sizeof row->hash);
    add_id(g, row);
    g->seq = row->seq;
    return 0;
}

static int check_end(const struct brought_epoch *x, const char *name, struct err *e)
{
    if (!x->sealed)
        return 0;
    if (x->seal.seq != (int64_t)x->n || x->n == 0)
        return broken(e, name, x->start->epoch, (int64_t)x->n, _("not the end that the station signed"));
    return memcmp(x->hash + (x->n - 1) * BROUGHT_HASH, x->seal.head, BROUGHT_HASH) == 0
               ? 0
               : broken(e, name, x->start->epoch, (int64_t)x->n, _("not the end that the station signed"));
}

/* Epochs follow each other, and each begins at an event that is here. */
static int check_fork(const struct brought_work *w, size_t i, const char *name, struct err *e)
{
    const struct journal_epoch *s = w->epoch[i].start;
    const struct brought_epoch *before = i ? &w->epoch[i - 1] : NULL;
    if (s->epoch != (int64_t)i + 1 || s->fork_epoch != (int64_t)i)
        return broken(e, name, s->epoch, 0, _("the epochs before are missing"));
    if (!before || s->fork_seq == 0)
        return 0;
    if (s->fork_seq < 0 || s->fork_seq > (int64_t)before->n ||
        memcmp(before->hash + (s->fork_seq - 1) * BROUGHT_HASH, s->fork_hash, BROUGHT_HASH) != 0)
        return broken(e, name, s->epoch, 0, _("the epoch does not continue what is here"));
    return 0;
}

int brought_read(struct journal *j, const char *name, struct arena *a, struct brought_work *ret,
                 struct err *e)
{
    size_t n = journal_epochs(j);
    int r = n <= JOURNAL_MAX_EPOCHS ? 0 : err_set(e, ERR_DATA, name, _("there are too many epochs"));
    *ret = (struct brought_work){.epoch = arena_array(a, n + 1, sizeof *ret->epoch)};
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct brought_epoch *x = &ret->epoch[ret->n++];
        struct gathering g = {.name = name};
        x->start = journal_epoch(j, i);
        r = journal_stored_after(j, x->start->epoch, 0, JOURNAL_MAX_EVENTS, gather, &g, e);
        x->n = (size_t)g.seq;
        x->hash = arena_copy(a, g.hash.p, g.hash.n);
        ret->events += g.seq;
        x->id = arena_copy(a, g.id.p, g.id.n);
        bytes_release(&g.hash);
        bytes_release(&g.id);
        bytes_release(&g.body);
        x->sealed = journal_epoch_seal(j, i, &x->seal);
        if (r >= 0 && (r = check_end(x, name, e)) == 0)
            r = check_fork(ret, i, name, e);
    }
    return r;
}

/* ---- two of one sitting ---- */

static bool same_start(const struct journal_epoch *a, const struct journal_epoch *b)
{
    return memcmp(a->station, b->station, sizeof a->station) == 0 && a->fork_epoch == b->fork_epoch &&
           a->fork_seq == b->fork_seq && memcmp(a->fork_hash, b->fork_hash, sizeof a->fork_hash) == 0 &&
           strcmp(a->form, b->form) == 0 && span_equal(a->j_age, b->j_age);
}

static bool epochs_agree(const struct brought_epoch *a, const struct brought_epoch *b)
{
    size_t n = a->n < b->n ? a->n : b->n;
    return same_start(a->start, b->start) && (n == 0 || memcmp(a->id, b->id, n * BROUGHT_HASH) == 0) &&
           !(a->sealed && b->n > a->n) && !(b->sealed && a->n > b->n);
}

static bool has_more(const struct brought_epoch *a, const struct brought_epoch *b)
{
    return a->n > b->n || (a->sealed && !b->sealed);
}

enum brought_relation brought_compare(const struct brought_work *here, const struct brought_work *in)
{
    size_t n = here->n < in->n ? here->n : in->n;
    bool here_more = here->n > n, in_more = in->n > n;
    for (size_t i = 0; i < n; i++) { /* epochs are numbered from 1 without a gap */
        if (!epochs_agree(&here->epoch[i], &in->epoch[i]))
            return RELATION_APART;
        here_more = here_more || has_more(&here->epoch[i], &in->epoch[i]);
        in_more = in_more || has_more(&in->epoch[i], &here->epoch[i]);
    }
    if (here_more && in_more)
        return RELATION_BOTH;
    return here_more ? RELATION_LESS : in_more ? RELATION_MORE : RELATION_SAME;
}
