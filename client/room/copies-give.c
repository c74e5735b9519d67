/* SPDX-License-Identifier: Apache-2.0 */
/* What the room has of a sitting, for the machine that goes on with it: as much as one answer holds. */
#include <string.h>

#include "client/room/copies.h"

enum { MOST_BYTES = 4 << 20 }; /* after which no further row is added: one has a MiB at most */

struct giving {
    struct arena *arena;
    struct api_part *part; /* that is being filled */
    size_t rows, bytes, most;
};

static int add_row(void *context, const struct journal_stored *row, struct err *e)
{
    struct giving *g = context;
    (void)e;
    if (g->rows == g->most || g->bytes > MOST_BYTES)
        return 1;
    struct journal_stored *to = &g->part->row[g->part->n++];
    *to = *row;
    to->item = arena_strdup(g->arena, row->item);
    to->payload = span_of(arena_copy(g->arena, row->payload.p, row->payload.n), row->payload.n);
    g->rows++;
    g->bytes += row->payload.n + 256;
    return 0;
}

static int look_at_hash(void *context, const struct journal_stored *row, struct err *e)
{
    (void)e;
    memcpy(context, row->hash, 32);
    return 1;
}

/* The place is in this epoch of the copy, and the same event stands there. */
static bool is_at(struct journal *j, size_t i, const struct copies_end *has)
{
    const int64_t epoch = journal_epoch(j, i)->epoch;
    uint8_t hash[32] = {0};
    if (has->epoch != epoch || has->seq < 0 || has->seq > JOURNAL_MAX_EVENTS)
        return false;
    return has->seq == 0 || (journal_stored_after(j, epoch, has->seq - 1, 1, look_at_hash, hash, NULL) >= 0 &&
                             memcmp(hash, has->head, sizeof hash) == 0);
}

/* One epoch after that event, with its start where nothing of it is there yet. *ret_all: it fitted in. */
static int give_epoch(struct journal *j, size_t i, int64_t after, bool start, struct giving *g, bool *ret_all,
                      struct err *e)
{
    struct api_part *p = g->part;
    int64_t end = 0;
    uint8_t hash[32];
    *p = (struct api_part){.ticket = journal_epoch(j, i)->ticket,
                           .has_start = start,
                           .start = *journal_epoch(j, i),
                           .row = arena_array(g->arena, g->most - g->rows + 1, sizeof *p->row)};
    int r = journal_stored_after(j, p->start.epoch, after, g->most - g->rows, add_row, g, e);
    int64_t last = p->n ? p->row[p->n - 1].seq : after;
    *ret_all = r >= 0 && (!journal_epoch_end(j, i, &end, hash) || last >= end);
    if (r < 0 || !*ret_all)
        return r < 0 ? r : 0;
    p->has_tick = i + 1 == journal_epochs(j) && journal_last_tick(j, &p->tick);
    p->has_seal = journal_epoch_seal(j, i, &p->seal);
    return 0;
}

int copies_give_journal(struct journal *j, const struct copies_end *has, struct arena *a,
                        struct api_rows *ret, struct err *e)
{
    struct giving g = {.arena = a, .most = API_MAX_ROWS};
    size_t first = 0;
    bool all = true;
    int result = 0;
    while (first < journal_epochs(j) && !is_at(j, first, has))
        first++;
    bool known = first < journal_epochs(j);
    *ret = (struct api_rows){.part = arena_array(a, journal_epochs(j), sizeof *ret->part)};
    for (size_t i = known ? first : 0; result == 0 && all && i < journal_epochs(j); i++) {
        g.part = &ret->part[ret->n++];
        result = give_epoch(j, i, known && i == first ? has->seq : 0, !known || i > first, &g, &all, e);
    }
    return result;
}

int copies_give(struct room *r, struct seat *seat, const struct copies_end *has, struct arena *a,
                struct api_rows *ret, struct err *e)
{
    int result = room_refresh(r, seat, e);
    if (result < 0 || !seat->store)
        return result;
    return copies_give_journal(sitting_store_journal(seat->store), has, a, ret, e);
}
