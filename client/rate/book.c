/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/book.h"

#include <string.h>

#include "base/mem.h"

#define CLOCK_TRUST_MS (INT64_C(2) * 3600000) /* no experiment stands still for longer */

struct book *book_new(const struct lab_plan *plan, size_t n)
{
    struct arena *a = arena_new();
    struct book *b = arena_alloc(a, sizeof *b);
    *b = (struct book){.arena = a, .plan = plan, .n = n, .room = ""};
    b->entry = arena_array(a, n, sizeof *b->entry);
    for (size_t i = 0; i < n; i++)
        b->entry[i].undo = arena_array(a, BOOK_UNDO, sizeof *b->entry[i].undo);
    return b;
}

void book_free(struct book *b)
{
    if (b)
        arena_free(b->arena);
}

const char *book_text(struct book *b, const char *text)
{
    return *text ? arena_strdup(b->arena, text) : "";
}

static void settle(struct book_entry *x)
{
    rating_points(&x->rating, x->rubric, &x->points);
}

void book_begin(struct book_entry *x)
{
    rating_begin(&x->rating, x->rubric);
    x->n_undo = 0;
    x->step = x->held = x->slip = 0;
    settle(x);
}

static void remember(struct book_entry *x)
{
    if (x->n_undo == BOOK_UNDO) {
        memmove(&x->undo[0], &x->undo[1], (BOOK_UNDO - 1) * sizeof *x->undo);
        x->n_undo--;
    }
    x->undo[x->n_undo++] = x->rating;
}

static bool same_steps(const struct rating *a, const struct rating *b)
{
    for (size_t i = 0; i < a->n_steps; i++) {
        const struct rating_step *x = &a->step[i], *y = &b->step[i];
        if (x->mark != y->mark || x->slips != y->slips || x->hinted != y->hinted ||
            x->wall_ms != y->wall_ms || x->changes != y->changes)
            return false;
    }
    return true;
}

/* But for the time that passes by itself. */
static bool same_rating(const struct rating *a, const struct rating *b)
{
    return a->n_steps == b->n_steps && a->status == b->status && a->fatals == b->fatals &&
           a->chief == b->chief && a->identified == b->identified && a->confirmed == b->confirmed &&
           a->confirmed_milli == b->confirmed_milli && a->begun_ms == b->begun_ms &&
           a->back_ms == b->back_ms && strcmp(a->reason, b->reason) == 0 && strcmp(a->note, b->note) == 0 &&
           same_steps(a, b);
}

static int read_rating(struct book *b, const struct book_entry *x, struct span rating, struct rating *ret,
                       struct err *e)
{
    *ret = (struct rating){0};
    int r = rating_read(ret, b->arena, x->ticket, rating, e);
    if (r == 0)
        r = rating_fits(ret, x->rubric, e);
    ret->rubric = x->rubric->id;
    return r;
}

/* A rating that is again what was before the last one: that was an undo. */
int book_recall(struct book *b, struct book_entry *x, struct span rating, struct err *e)
{
    struct rating next;
    int r = read_rating(b, x, rating, &next, e);
    if (r < 0 || same_rating(&next, &x->rating))
        return r;
    if (x->n_undo > 0 && same_rating(&next, &x->undo[x->n_undo - 1]))
        x->n_undo--;
    else
        remember(x);
    x->rating = next;
    if (next.confirmed)
        x->n_undo = 0; /* what was confirmed is changed with a reason only */
    return 0;
}

int book_restore(struct book *b, struct book_entry *x, struct span rating, struct err *e)
{
    int r = x->n_undo > 0 ? book_recall(b, x, rating, e) : 0; /* one that only the spill has */
    if (r == 0)
        r = read_rating(b, x, rating, &x->rating, e);
    if (r < 0)
        return r;
    settle(x);
    for (x->step = 0; x->step + 1 < x->rating.n_steps; x->step++)
        if (x->rating.step[x->step].mark == RATING_UNMARKED && !x->points.ended[x->step])
            break;
    return 0;
}

void book_change(struct book_entry *x, const struct rating *next)
{
    remember(x);
    x->rating = *next;
    edits_add(&x->edits);
    settle(x);
}

bool book_undo(struct book_entry *x)
{
    if (x->n_undo == 0)
        return false;
    int64_t used_ms = x->rating.used_ms;
    x->rating = x->undo[--x->n_undo];
    x->rating.used_ms = x->rating.begun_ms ? used_ms : 0;
    edits_add(&x->edits);
    x->held = 0;
    settle(x);
    return true;
}

/* ---- what is to be done ---- */

bool book_is_marked(const struct book_entry *x)
{
    for (size_t i = 0; i < x->rating.n_steps; i++)
        if (x->rating.step[i].mark != RATING_UNMARKED)
            return true;
    return x->rating.fatals != 0;
}

enum book_state book_state(const struct book_entry *x)
{
    if (x->rating.status > RATING_RATED)
        return BOOK_SETTLED;
    if (x->rating.confirmed)
        return x->rating.confirmed_milli == x->points.total.milli && x->points.open == 0 ? BOOK_CONFIRMED
                                                                                         : BOOK_UNSIGNED;
    if (!book_is_marked(x))
        return BOOK_NEW;
    return x->points.open > 0 ? BOOK_STARTED : BOOK_READY;
}

bool book_is_final(const struct book_entry *x)
{
    return book_state(x) >= BOOK_CONFIRMED;
}

/* ---- time ---- */

bool book_runs(const struct book_entry *x)
{
    return x->rating.begun_ms > 0 && x->rating.status <= RATING_RATED && !x->rating.confirmed;
}

int64_t book_allowance_ms(const struct book_entry *x)
{
    return x->rubric->minutes * 60000 + x->extra_ms + x->rating.back_ms;
}

int64_t book_left_ms(const struct book_entry *x)
{
    return book_allowance_ms(x) - x->rating.used_ms;
}

void book_pass_time(struct book_entry *x, int64_t ms)
{
    if (book_runs(x) && ms > 0)
        x->rating.used_ms += ms;
}

void book_catch_up(struct book_entry *x, int64_t wall_ms)
{
    int64_t since = wall_ms - x->rating.begun_ms, more = since - x->rating.used_ms;
    if (book_runs(x) && more > 0 && more < CLOCK_TRUST_MS)
        x->rating.used_ms = since;
}

/* ---- groups ---- */

int64_t book_groups(const struct book *b)
{
    int64_t most = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->entry[i].group > most)
            most = b->entry[i].group;
    return most;
}

size_t book_group(const struct book *b, int64_t group, size_t *ret_n)
{
    size_t first = 0, n = 0;
    while (first < b->n && b->entry[first].group != group)
        first++;
    while (first + n < b->n && b->entry[first + n].group == group)
        n++;
    *ret_n = n;
    return first;
}

size_t book_find(const struct book *b, const char *ticket)
{
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->entry[i].ticket, ticket) == 0)
            return i;
    return b->n;
}

const struct book_other *book_find_other(const struct book *b, const char *end)
{
    const struct book_other *found = NULL;
    size_t k = strlen(end);
    for (size_t i = 0; i < b->n_others; i++) {
        const char *ticket = b->other[i].ticket;
        size_t n = strlen(ticket);
        if (n < k || strcmp(ticket + n - k, end) != 0)
            continue;
        if (found)
            return NULL;
        found = &b->other[i];
    }
    return found;
}

size_t book_finals(const struct book *b, size_t first, size_t n)
{
    size_t finals = 0;
    for (size_t i = first; i < first + n; i++)
        finals += book_is_final(&b->entry[i]);
    return finals;
}
