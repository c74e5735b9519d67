/* SPDX-License-Identifier: Apache-2.0 */
/* The first forms: filled one item or set at a time, the best of a few each time. */
#include <math.h>

#include "engine/search/sets-internal.h"

enum { TRIES = 24, FAILS = 12, DIVES_AGAIN = 3 };

/* What must stand in every form, with what stands together with it. */
static void put_fixed(struct search *s)
{
    struct booklets *b = s->b;
    const struct pool *q = &s->pool;
    for (uint32_t i = 0; i < b->n_items; i++) {
        uint32_t piece = q->piece_of[i];
        bool every = b->use_lo[i] >= (int64_t)b->n_forms && b->use_hi[i] > 0;
        for (size_t k = q->pieces.start[piece]; every && k < q->pieces.start[piece + 1]; k++)
            for (size_t f = 0; f < b->n_forms; f++)
                if (!booklets_has(b, q->pieces.value[k], f))
                    booklets_toggle(b, q->pieces.value[k], f);
    }
    booklets_keep(b);
}

/* The best of a few moves that fill; false if none helps. */
static bool fill_once(struct search *s, size_t form)
{
    double best = sets_energy(s);
    size_t n = 0;
    for (size_t k = 0; k < TRIES; k++) {
        sets_move_fill(s, form);
        double v = sets_energy(s);
        if (v < best - 1e-9) {
            best = v;
            n = s->b->n_journal;
            for (size_t i = 0; i < n; i++)
                s->kept[i] = s->b->journal[i].item;
        }
        booklets_undo(s->b, 0);
    }
    for (size_t i = 0; i < n; i++)
        booklets_toggle(s->b, s->kept[i], form);
    booklets_keep(s->b);
    return n > 0;
}

static void start_fill(struct search *s)
{
    size_t fails = 0, turns = 0;
    for (size_t f = 0; s->pool.n_free && fails < FAILS * s->b->n_forms; f = (f + 1) % s->b->n_forms) {
        int64_t touched = s->b->touched;
        fails = fill_once(s, f) ? 0 : fails + 1;
        if (!sets_spend(s, touched))
            return;
        if (++turns % 1024 == 0)
            booklets_refresh(s->b);
    }
}

/* Each form is made anew some times; the better one stays. */
static bool again(struct search *s, size_t form, size_t times)
{
    for (size_t k = 0; k < times; k++) {
        double before = sets_energy(s);
        if (!sets_dive_form(s, form)) {
            booklets_undo(s->b, 0);
            return false;
        }
        if (sets_energy(s) < before)
            booklets_keep(s->b);
        else
            booklets_undo(s->b, 0);
        booklets_refresh(s->b);
    }
    return true;
}

/* Form by form by linear programs; without their library, item by item. */
void sets_start_forms(struct search *s)
{
    put_fixed(s);
    for (size_t f = 0; f < s->b->n_forms; f++)
        if (!again(s, f, 1))
            break;
    for (size_t f = 0; sets_has_targets(s->p) && f < s->b->n_forms; f++)
        if (!again(s, f, DIVES_AGAIN))
            break;
    if (!booklets_good(s->b))
        start_fill(s);
}
