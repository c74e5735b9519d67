/* SPDX-License-Identifier: Apache-2.0 */
/* Two moves at once: where items of many kinds stand together, a single swap nearly always breaks a count
 * that a second one must mend. */
#include "engine/search/swap-internal.h"

/* The number of the class with that mark, or n_classes. */
static size_t find_class(const struct swap *w, uint64_t mark)
{
    size_t lo = 0, hi = w->n_classes;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (w->class_mark[mid] < mark)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < w->n_classes && w->class_mark[lo] == mark ? lo : w->n_classes;
}

static bool find_free(struct swap *w, const struct swap_move *first, uint64_t mark, struct swap_move *ret)
{
    enum { LOOKED_AT = 4 };
    const struct state *s = w->s;
    size_t c = find_class(w, mark);
    if (c == w->n_classes)
        return false;
    const uint32_t *member = w->member + w->class_at[c];
    size_t n = w->class_at[c + 1] - w->class_at[c], at = swap_below(w, n);
    for (size_t i = 0; i < n && i < LOOKED_AT; i++) {
        ret->in = member[at + i < n ? at + i : at + i - n];
        if (ret->in != first->in && s->use[ret->in] < s->use_hi[ret->in] && !state_has(s, first->f, ret->in))
            return true;
    }
    return false;
}

static bool find_in_form(struct swap *w, const struct swap_move *first, uint64_t mark, struct swap_move *ret)
{
    const struct state *s = w->s;
    size_t n = s->forms.n[first->g], at = swap_below(w, n);
    if (state_has(s, first->g, ret->out))
        return false;
    for (size_t i = 0; i < n; i++) {
        ret->in = s->forms.form[first->g][at + i < n ? at + i : at + i - n];
        if (w->mark[ret->in] == mark && ret->in != first->in && !state_has(s, first->f, ret->in))
            return true;
    }
    return false;
}

bool swap_second(struct swap *w, const struct swap_move *first, struct swap_move *ret)
{
    const struct state *s = w->s;
    size_t n = s->forms.n[first->f], at = swap_below(w, n);
    uint64_t by = w->mark[first->out] - w->mark[first->in];
    *ret = *first;
    for (size_t i = 0; i < n; i++) {
        ret->out = s->forms.form[first->f][at + i < n ? at + i : at + i - n];
        uint64_t mark = w->mark[ret->out] + by;
        if (ret->out == first->out || w->mark[ret->out] == w->mark[first->in])
            continue;
        if (first->f == first->g ? find_free(w, first, mark, ret) : find_in_form(w, first, mark, ret))
            return true;
    }
    return false;
}

void swap_both(struct swap *w, const struct swap_move *first, const struct swap_move *second, double most)
{
    struct swap_move back = {.f = first->f, .g = first->g, .out = first->in, .in = first->out};
    double before = w->s->cost;
    swap_make(w, first);
    if (w->s->cost - before + swap_try(w, second) <= most) {
        swap_make(w, second);
        return;
    }
    swap_make(w, &back);
    w->s->cost = before;
}
