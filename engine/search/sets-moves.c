/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "engine/search/sets-internal.h"

enum { MEND_AFTER_SET = 40, MEND_AFTER_ONE = 4, MEMBER_TRIES = 6, TWO_TRIES = 12, FEW = 12 };

static uint32_t stimulus_of(const struct search *s, uint32_t item)
{
    return s->pool.has_stimuli ? s->p->stimulus[item] : NO_STIMULUS;
}

static uint32_t first_item(const struct search *s, uint32_t piece)
{
    return s->pool.pieces.value[s->pool.pieces.start[piece]];
}

static bool has_piece(const struct search *s, uint32_t piece, size_t form)
{
    return booklets_has(s->b, first_item(s, piece), form);
}

static void toggle_piece(struct search *s, uint32_t piece, size_t form)
{
    for (size_t k = s->pool.pieces.start[piece]; k < s->pool.pieces.start[piece + 1]; k++)
        booklets_toggle(s->b, s->pool.pieces.value[k], form);
}

/* A piece that stands in the form and can be moved; NO_PIECE if luck fails. */
static uint32_t piece_in(struct search *s, size_t form)
{
    if (s->b->n[form] == 0)
        return NO_PIECE;
    uint32_t piece = s->pool.piece_of[s->b->form[form][sets_pick(s, s->b->n[form])]];
    return s->pool.fixed[piece] ? NO_PIECE : piece;
}

static uint32_t from_list(struct search *s, const struct lists *l, uint32_t group)
{
    size_t n = l->start[group + 1] - l->start[group];
    return n ? l->value[l->start[group] + sets_pick(s, n)] : NO_PIECE;
}

/* One that may take the place of `out`: of its class, of its stimulus, or any. */
static uint32_t piece_for(struct search *s, uint32_t out)
{
    size_t how = sets_pick(s, 8);
    uint32_t t = stimulus_of(s, first_item(s, out));
    if (t != NO_STIMULUS && how < 6) {
        uint32_t item = from_list(s, &s->pool.stimuli, t);
        return item == NO_PIECE ? item : s->pool.piece_of[item];
    }
    if (how < 3)
        return from_list(s, &s->pool.classes, s->pool.class_of[out]);
    if (how < 7)
        return from_list(s, &s->pool.kinds, s->pool.kind_of[out]);
    return s->pool.free[sets_pick(s, s->pool.n_free)];
}

/* A lone item of a stimulus of which one is not enough. */
static bool is_alone(const struct search *s, uint32_t piece, size_t form)
{
    const struct pool *q = &s->pool;
    uint32_t item = first_item(s, piece), t = stimulus_of(s, item);
    if (t == NO_STIMULUS || q->per_lo[t] <= (int64_t)(q->pieces.start[piece + 1] - q->pieces.start[piece]))
        return false;
    for (size_t k = q->stimuli.start[t]; k < q->stimuli.start[t + 1]; k++)
        if (booklets_has(s->b, q->stimuli.value[k], form))
            return false;
    return true;
}

/* Some other form that has the piece (has) or has not; n_forms if there is none. */
static size_t other_form(struct search *s, uint32_t piece, size_t form, bool has)
{
    size_t n = s->b->n_forms, g = sets_pick(s, n);
    for (size_t k = 0; k < n; k++, g = g + 1 == n ? 0 : g + 1)
        if (g != form && has_piece(s, piece, g) == has)
            return g;
    return n;
}

static void exchange(struct search *s, size_t f, uint32_t a, size_t g, uint32_t b)
{
    if (g == s->b->n_forms || has_piece(s, a, g) || has_piece(s, b, f))
        return;
    toggle_piece(s, a, f);
    toggle_piece(s, b, f);
    toggle_piece(s, a, g);
    toggle_piece(s, b, g);
}

/* `out` leaves the form and `in` comes; uses at their limit make it an exchange with another form. */
static void replace(struct search *s, size_t f, uint32_t out, uint32_t in)
{
    uint32_t i = first_item(s, in), o = first_item(s, out);
    if (in == out || has_piece(s, in, f) || is_alone(s, in, f))
        return;
    if (s->b->uses[i] >= s->b->use_hi[i]) {
        exchange(s, f, out, other_form(s, in, f, true), in);
    } else if (s->b->uses[o] <= s->b->use_lo[o]) {
        size_t g = other_form(s, out, f, false);
        uint32_t b = g < s->b->n_forms ? piece_in(s, g) : NO_PIECE;
        if (b != NO_PIECE)
            exchange(s, f, out, g, b);
    } else {
        toggle_piece(s, out, f);
        toggle_piece(s, in, f);
    }
}

/* Of a few that may take the place of `out`, the one that the objective likes best. */
static uint32_t best_for(struct search *s, size_t form, uint32_t out, size_t few)
{
    uint32_t best = NO_PIECE;
    double most = 0;
    for (size_t k = 0; k < few; k++) {
        uint32_t in = piece_for(s, out);
        if (in == NO_PIECE || in == out || has_piece(s, in, form))
            continue;
        double gain = booklets_gain(s->b, form, first_item(s, out), first_item(s, in));
        if (best == NO_PIECE || gain > most) {
            best = in;
            most = gain;
        }
    }
    s->b->touched += (int64_t)few;
    return best;
}

static void swap_in(struct search *s, size_t form)
{
    uint32_t out = piece_in(s, form);
    size_t few = s->b->n_goals && sets_pick(s, 2) ? FEW : 1;
    uint32_t in = out == NO_PIECE ? NO_PIECE : best_for(s, form, out, few);
    if (in != NO_PIECE)
        replace(s, form, out, in);
}

/* Two swaps that keep together what neither keeps alone: a leaves for b, c for one of the kind that is then
 * short. */
static void swap_two(struct search *s, size_t f)
{
    const struct pool *q = &s->pool;
    for (size_t k = 0; k < TWO_TRIES; k++) {
        uint32_t a = piece_in(s, f), c = piece_in(s, f), b = q->free[sets_pick(s, q->n_free)];
        if (a == NO_PIECE || c == NO_PIECE || a == c || q->kind_of[a] == q->kind_of[b] ||
            q->kind_of[b] == q->kind_of[c])
            continue;
        uint32_t kind =
            sets_pool_kind(q, q->kind[q->kind_of[a]] + q->kind[q->kind_of[c]] - q->kind[q->kind_of[b]]);
        uint32_t d = kind == NO_PIECE ? NO_PIECE : from_list(s, &q->kinds, kind);
        if (d == NO_PIECE || d == b || d == a || d == c)
            continue;
        replace(s, f, a, b);
        if (s->b->n_journal && has_piece(s, c, f))
            replace(s, f, c, d);
        return;
    }
}

static void add_or_drop(struct search *s, size_t f)
{
    uint32_t piece = sets_pick(s, 2) ? piece_in(s, f) : s->pool.free[sets_pick(s, s->pool.n_free)];
    if (piece == NO_PIECE)
        return;
    uint32_t item = first_item(s, piece);
    bool has = has_piece(s, piece, f);
    if (!has && (is_alone(s, piece, f) || s->b->uses[item] >= s->b->use_hi[item])) {
        size_t g = other_form(s, piece, f, true);
        if (is_alone(s, piece, f) || g == s->b->n_forms)
            return;
        toggle_piece(s, piece, g);
    }
    toggle_piece(s, piece, f);
    sets_move_mend(s, MEND_AFTER_ONE, f);
}

/* ---- sets of a stimulus ---- */
static size_t count_of(const struct search *s, uint32_t t, size_t f)
{
    const struct lists *l = &s->pool.stimuli;
    size_t n = 0;
    for (size_t k = l->start[t]; k < l->start[t + 1]; k++)
        n += booklets_has(s->b, l->value[k], f);
    return n;
}

static void set_out(struct search *s, uint32_t t, size_t f)
{
    const struct lists *l = &s->pool.stimuli;
    for (size_t k = l->start[t]; k < l->start[t + 1]; k++)
        if (booklets_has(s->b, l->value[k], f))
            toggle_piece(s, s->pool.piece_of[l->value[k]], f);
}

/* About `n` items of the stimulus, those that may still be used. */
static void set_in(struct search *s, uint32_t t, size_t f, size_t n)
{
    const struct lists *l = &s->pool.stimuli;
    size_t all = l->start[t + 1] - l->start[t], at = all ? sets_pick(s, all) : 0;
    if (n < (size_t)s->pool.per_lo[t])
        n = (size_t)s->pool.per_lo[t];
    if ((int64_t)n > s->pool.per_hi[t])
        n = (size_t)s->pool.per_hi[t];
    memcpy(s->scratch, &l->value[l->start[t]], all * sizeof *s->scratch);
    for (size_t k = 0; k < all && n > 0; k++) {
        at = k + sets_pick(s, all - k);
        uint32_t item = s->scratch[at];
        s->scratch[at] = s->scratch[k];
        if (booklets_has(s->b, item, f) || s->b->uses[item] >= s->b->use_hi[item])
            continue;
        toggle_piece(s, s->pool.piece_of[item], f);
        n--;
    }
}

/* The piece comes into the form, with others of its stimulus where one is too few; a limit of uses takes it
 * from another form. */
static void bring(struct search *s, uint32_t piece, size_t f)
{
    uint32_t item = first_item(s, piece), t = stimulus_of(s, item);
    if (s->pool.fixed[piece] || has_piece(s, piece, f))
        return;
    if (is_alone(s, piece, f)) {
        set_in(s, t, f, (size_t)s->pool.per_lo[t] + sets_pick(s, 3));
        return;
    }
    if (s->b->uses[item] >= s->b->use_hi[item]) {
        size_t g = other_form(s, piece, f, true);
        if (g == s->b->n_forms)
            return;
        toggle_piece(s, piece, g);
    }
    toggle_piece(s, piece, f);
}

/* A movable piece of the row that is (has) in the form or is not; NO_PIECE if luck fails. */
static uint32_t member_of(struct search *s, uint32_t row, size_t f, bool has)
{
    const struct booklets *b = s->b;
    size_t n = b->member_start[row + 1] - b->member_start[row];
    for (size_t k = 0; n && k < MEMBER_TRIES; k++) {
        uint32_t piece = s->pool.piece_of[b->member[b->member_start[row] + sets_pick(s, n)]];
        if (!s->pool.fixed[piece] && has_piece(s, piece, f) == has)
            return piece;
    }
    for (size_t k = 0; has && k < MEMBER_TRIES; k++) { /* few of many: look at the form instead */
        uint32_t piece = piece_in(s, f);
        for (size_t t = b->term_start[piece == NO_PIECE ? 0 : first_item(s, piece)];
             piece != NO_PIECE && t < b->term_start[first_item(s, piece) + 1]; t++)
            if (b->term[t].row == row)
                return piece;
    }
    return NO_PIECE;
}

static void less(struct search *s, uint32_t row, size_t f)
{
    uint32_t out = member_of(s, row, f, true);
    uint32_t t = out == NO_PIECE ? NO_STIMULUS : stimulus_of(s, first_item(s, out));
    if (out == NO_PIECE)
        return;
    if (t != NO_STIMULUS && sets_pick(s, 3) == 0)
        set_out(s, t, f);
    else if (sets_pick(s, 2) && s->b->uses[first_item(s, out)] > s->b->use_lo[first_item(s, out)])
        toggle_piece(s, out, f);
    else
        replace(s, f, out, s->pool.free[sets_pick(s, s->pool.n_free)]);
}

static void more(struct search *s, uint32_t row, size_t f)
{
    uint32_t in = member_of(s, row, f, false), out;
    if (in == NO_PIECE)
        return;
    if (is_alone(s, in, f) || sets_pick(s, 2)) {
        bring(s, in, f);
    } else {
        out = piece_in(s, f);
        if (out != NO_PIECE)
            replace(s, f, out, in);
    }
}

/* A counter that is broken gets more or less of what it counts. */
static void heal(struct search *s)
{
    struct booklets *b = s->b;
    uint32_t counter = b->broken[sets_pick(s, b->n_broken)], row = b->row_of[counter];
    const struct booklet_row *r = &b->row[row];
    size_t f = r->across ? sets_pick(s, b->n_forms) : counter - r->at;
    bool low = r->kind == ROW_WHOLE ? sets_pick(s, 2) : r->lo != OPEN_LO && b->value[counter] < r->lo;
    if (low && !(r->kind == ROW_WHEN_USED && sets_pick(s, 4) == 0))
        more(s, row, f);
    else
        less(s, row, f);
}

/* A stimulus the form uses; NO_STIMULUS if luck fails. */
static uint32_t stimulus_in(struct search *s, size_t f)
{
    for (size_t k = 0; k < 8 && s->b->n[f]; k++) {
        uint32_t item = s->b->form[f][sets_pick(s, s->b->n[f])];
        if (stimulus_of(s, item) != NO_STIMULUS && !s->pool.fixed[s->pool.piece_of[item]])
            return stimulus_of(s, item);
    }
    return NO_STIMULUS;
}

static size_t form_with(struct search *s, uint32_t t, size_t form)
{
    size_t n = s->b->n_forms, g = sets_pick(s, n);
    for (size_t k = 0; k < n; k++, g = g + 1 == n ? 0 : g + 1)
        if (g != form && count_of(s, t, g))
            return g;
    return n;
}

static void swap_sets(struct search *s, size_t f)
{
    uint32_t in = (uint32_t)sets_pick(s, s->pool.stimuli.n), out = stimulus_in(s, f);
    size_t how = sets_pick(s, 16), g = form_with(s, in, f);
    if (in == out || count_of(s, in, f))
        return;
    size_t n = out == NO_STIMULUS ? (size_t)s->pool.per_lo[in] : count_of(s, out, f);
    if (out != NO_STIMULUS && how != 0)
        set_out(s, out, f);
    if (g < s->b->n_forms && sets_pick(s, 8)) {
        size_t m = count_of(s, in, g);
        set_out(s, in, g);
        if (out != NO_STIMULUS && how > 1)
            set_in(s, out, g, m);
    }
    if (how != 1)
        set_in(s, in, f, n);
    sets_move_mend(s, MEND_AFTER_SET, f);
    if (g < s->b->n_forms)
        sets_move_mend(s, MEND_AFTER_SET, g);
}

void sets_move_mend(struct search *s, size_t n, size_t form)
{
    for (size_t k = 0; k < n; k++) {
        size_t mark = s->b->n_journal;
        double before = sets_energy(s);
        if (s->b->n_broken && sets_pick(s, 2))
            heal(s);
        else
            swap_in(s, form);
        if (sets_energy(s) > before)
            booklets_undo(s->b, mark);
    }
}

void sets_move_any(struct search *s)
{
    size_t f = sets_pick(s, s->b->n_forms), how = sets_pick(s, 256);
    if (s->pool.n_free == 0)
        return;
    if (s->pool.has_stimuli && how < 4)
        swap_sets(s, f);
    else if (s->b->n_broken && how < 64)
        heal(s);
    else if (s->pool.varies && how < 96)
        add_or_drop(s, f);
    else if (how < 104)
        swap_two(s, f);
    else
        swap_in(s, f);
}

void sets_move_fill(struct search *s, size_t f)
{
    struct booklets *b = s->b;
    uint32_t piece = s->pool.free[sets_pick(s, s->pool.n_free)];
    if (b->n_broken && sets_pick(s, 4)) { /* a member of what is short */
        uint32_t counter = b->broken[sets_pick(s, b->n_broken)], row = b->row_of[counter];
        size_t n = b->member_start[row + 1] - b->member_start[row];
        if (n > 0)
            piece = s->pool.piece_of[b->member[b->member_start[row] + sets_pick(s, n)]];
    }
    uint32_t item = first_item(s, piece), t = stimulus_of(s, item);
    if (s->pool.fixed[piece] || has_piece(s, piece, f) || b->uses[item] >= b->use_hi[item])
        return;
    if (is_alone(s, piece, f))
        set_in(s, t, f, (size_t)s->pool.per_lo[t] + sets_pick(s, 3));
    else
        toggle_piece(s, piece, f);
}

void sets_move_pieces(struct search *s, size_t form, uint32_t out, uint32_t in)
{
    toggle_piece(s, out, form);
    toggle_piece(s, in, form);
}

bool sets_move_plain(struct search *s, size_t form, uint32_t *out, uint32_t *in)
{
    const struct booklets *b = s->b;
    *out = piece_in(s, form);
    *in = *out == NO_PIECE ? NO_PIECE : piece_for(s, *out);
    if (*in == NO_PIECE || *in == *out || s->pool.fixed[*in] || has_piece(s, *in, form) ||
        is_alone(s, *in, form) || b->uses[first_item(s, *in)] >= b->use_hi[first_item(s, *in)] ||
        b->uses[first_item(s, *out)] <= b->use_lo[first_item(s, *out)])
        return false;
    sets_move_pieces(s, form, *out, *in);
    return true;
}
