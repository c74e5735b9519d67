/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1: schools and their candidates, in an order by lot, fill the rooms of their site. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "office/draw-internal.h"

/* Candidates from..to - 1 of the list, who are at one site; its rooms over all sessions, and what is left of
 * each. */
struct site {
    const char *name;
    size_t from, to;
    size_t *room, *left, n_rooms;
};

static size_t places(const struct draw_room *room)
{
    return (size_t)(room->benches * room->groups);
}

static bool next_site(const struct draw_list *l, struct site *s)
{
    if (s->to == l->n_candidates)
        return false;
    s->from = s->to;
    s->name = l->candidate[s->from].site;
    while (s->to < l->n_candidates && strcmp(l->candidate[s->to].site, s->name) == 0)
        s->to++;
    s->n_rooms = 0;
    for (size_t i = 0; i < l->n_rooms; i++)
        if (strcmp(l->room[i].site, s->name) == 0)
            s->room[s->n_rooms++] = i;
    for (size_t i = 0; i < s->n_rooms; i++)
        s->left[i] = places(&l->room[s->room[i]]);
    return true;
}

static size_t left_in(const struct site *s, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += s->left[i];
    return n;
}

static void check_site(struct drawing *d, const struct site *s)
{
    size_t n = s->to - s->from, there = left_in(s, 0, s->n_rooms);
    if (n > there)
        draw_complain(d, s->name, _("site %s: %zu candidates and %zu places: %zu are missing"), s->name, n,
                      there, n - there);
}

/* Where a school of n goes: the first room that takes it whole, or the first session, or all rooms. */
static void choose_rooms(const struct drawing *d, const struct site *s, size_t n, size_t *ret_from,
                         size_t *ret_to)
{
    size_t to;
    for (size_t i = 0; i < s->n_rooms; i++)
        if (s->left[i] >= n) {
            *ret_from = i;
            *ret_to = i + 1;
            return;
        }
    *ret_from = 0;
    *ret_to = s->n_rooms;
    for (size_t from = 0; from < s->n_rooms; from = to) {
        size_t session = d->l->room[s->room[from]].session;
        for (to = from; to < s->n_rooms && d->l->room[s->room[to]].session == session; to++)
            ;
        if (left_in(s, from, to) < n)
            continue;
        *ret_from = from;
        *ret_to = to;
        return;
    }
}

/* Of those rooms the first that takes n whole, else the one with most places left, the first of equal ones.
 */
static size_t next_room(const struct site *s, size_t n, size_t from, size_t to)
{
    size_t best = from;
    for (size_t i = from; i < to; i++) {
        if (s->left[i] >= n)
            return i;
        if (s->left[i] > s->left[best])
            best = i;
    }
    return best;
}

struct filling {
    uint32_t *order; /* all candidates in the order in which they came to their rooms */
    size_t n;
};

static void place_school(struct drawing *d, struct site *s, struct filling *f, size_t from, size_t to)
{
    struct draw_stream stream;
    uint32_t *lot = f->order + f->n;
    size_t n = to - from, first_room, end_room;
    for (size_t i = 0; i < n; i++)
        lot[i] = (uint32_t)(from + i);
    draw_stream_begin(&stream, d->seed, "candidates/%s/%s", s->name, d->l->candidate[from].school);
    draw_stream_shuffle(&stream, lot, n);
    f->n += n;
    choose_rooms(d, s, n, &first_room, &end_room);
    while (n > 0) {
        size_t room = next_room(s, n, first_room, end_room), take = s->left[room] < n ? s->left[room] : n;
        for (size_t i = 0; i < take; i++)
            d->result->place[lot[i]].room = s->room[room];
        s->left[room] -= take;
        lot += take;
        n -= take;
    }
}

static void place_site(struct drawing *d, struct site *s, struct filling *f)
{
    struct draw_stream stream;
    size_t n = 0, *begin = mem_grow(NULL, s->to - s->from + 1, sizeof *begin);
    uint32_t *lot = mem_grow(NULL, s->to - s->from, sizeof *lot);
    for (size_t i = s->from; i < s->to; i++)
        if (i == s->from || strcmp(d->l->candidate[i - 1].school, d->l->candidate[i].school) != 0) {
            lot[n] = (uint32_t)n;
            begin[n++] = i;
        }
    begin[n] = s->to;
    draw_stream_begin(&stream, d->seed, "schools/%s", s->name);
    draw_stream_shuffle(&stream, lot, n);
    for (size_t i = 0; i < n; i++)
        place_school(d, s, f, begin[lot[i]], begin[lot[i] + 1]);
    free(lot);
    free(begin);
}

/* From the order over all to one queue after the other. */
static void make_queues(const struct drawing *d, const uint32_t *order, uint32_t *queue, size_t *first)
{
    size_t n_rooms = d->l->n_rooms, *next = mem_grow(NULL, n_rooms + 1, sizeof *next);
    memset(first, 0, (n_rooms + 1) * sizeof *first);
    for (size_t i = 0; i < d->l->n_candidates; i++)
        first[d->result->place[i].room + 1]++;
    for (size_t i = 0; i < n_rooms; i++)
        first[i + 1] += first[i];
    memcpy(next, first, n_rooms * sizeof *next);
    for (size_t i = 0; i < d->l->n_candidates; i++)
        queue[next[d->result->place[order[i]].room]++] = order[i];
    free(next);
}

int draw_rooms(struct drawing *d, uint32_t *queue, size_t *first, struct err *e)
{
    const struct draw_list *l = d->l;
    struct site s = {.room = mem_grow(NULL, l->n_rooms + 1, sizeof *s.room),
                     .left = mem_grow(NULL, l->n_rooms + 1, sizeof *s.left)};
    struct filling f = {.order = mem_grow(NULL, l->n_candidates + 1, sizeof *f.order)};
    int r = 0;
    while (next_site(l, &s))
        check_site(d, &s);
    if (d->complaints) {
        err_set(e, ERR_NO, NULL,
                ngettext("%zu site has more candidates than places",
                         "%zu sites have more candidates than places", d->complaints),
                d->complaints);
        r = err_hint(e, _("give more rooms, groups or sessions"));
        goto done;
    }
    s.from = s.to = 0;
    while (next_site(l, &s))
        place_site(d, &s, &f);
    make_queues(d, f.order, queue, first);
done:
    free(f.order);
    free(s.left);
    free(s.room);
    return r;
}
