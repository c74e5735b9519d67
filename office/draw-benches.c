/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2: within a group benches by lot, then experiments out of a bag. */
#include <string.h>

#include "office/draw-internal.h"

enum { BAGS = 1000 }; /* so often a group begins anew before equal neighbours are taken */

struct group {
    size_t n, n_experiments, columns;
    size_t count[DRAW_MAX_EXPERIMENTS]; /* sheets of each experiment in a full bag */
    size_t left[DRAW_MAX_EXPERIMENTS];
    size_t at[DRAW_MAX_SEATS]; /* experiment at each bench, from 0 */
};

/* Numbers of sheets differ by at most one; which experiments get one more is drawn. */
static void fill_bag(struct group *g, struct draw_stream *s)
{
    uint32_t order[DRAW_MAX_EXPERIMENTS];
    for (size_t i = 0; i < g->n_experiments; i++) {
        order[i] = (uint32_t)i;
        g->count[i] = g->n / g->n_experiments;
    }
    draw_stream_shuffle(s, order, g->n_experiments);
    for (size_t i = 0; i < g->n % g->n_experiments; i++)
        g->count[order[i]]++;
}

static bool is_beside(const struct group *g, size_t bench, size_t experiment)
{
    return (bench % g->columns && g->at[bench - 1] == experiment) ||
           (bench >= g->columns && g->at[bench - g->columns] == experiment);
}

/* One sheet of those that no neighbour has, each as likely as any other; false when there is none. */
static bool take_sheet(struct group *g, struct draw_stream *s, size_t bench, bool any)
{
    uint64_t sheets = 0;
    for (size_t i = 0; i < g->n_experiments; i++)
        if (any || !is_beside(g, bench, i))
            sheets += g->left[i];
    if (sheets == 0)
        return false;
    uint64_t x = draw_stream_below(s, sheets);
    size_t i = 0;
    for (;; i++) {
        if (!any && is_beside(g, bench, i))
            continue;
        if (x < g->left[i])
            break;
        x -= g->left[i];
    }
    g->left[i]--;
    g->at[bench] = i;
    return true;
}

static bool draw_bag(struct group *g, struct draw_stream *s, bool last)
{
    memcpy(g->left, g->count, sizeof g->left);
    for (size_t bench = 0; bench < g->n; bench++)
        if (!take_sheet(g, s, bench, false) && (!last || !take_sheet(g, s, bench, true)))
            return false;
    return true;
}

static size_t equal_neighbours(const struct group *g)
{
    size_t n = 0;
    for (size_t b = 0; b < g->n; b++) {
        n += b % g->columns && g->at[b - 1] == g->at[b];
        n += b >= g->columns && g->at[b - g->columns] == g->at[b];
    }
    return n;
}

static void draw_group(struct drawing *d, size_t room, int64_t number, uint32_t *who, size_t n)
{
    const struct draw_room *place = &d->l->room[room];
    const struct draw_session *session = &d->l->session[place->session];
    struct draw_stream s;
    struct group g = {.n = n, .n_experiments = session->n_experiments, .columns = (size_t)place->columns};
    draw_stream_begin(&s, d->seed, "benches/%s/%s/%s/%lld", session->id, place->site, place->id,
                      (long long)number);
    draw_stream_shuffle(&s, who, n);
    draw_stream_begin(&s, d->seed, "experiments/%s/%s/%s/%lld", session->id, place->site, place->id,
                      (long long)number);
    fill_bag(&g, &s);
    for (int bag = 1; !draw_bag(&g, &s, bag == BAGS); bag++)
        ;
    for (size_t i = 0; i < n; i++) {
        struct draw_place *p = &d->result->place[who[i]];
        p->group = number;
        p->bench = (int64_t)i + 1;
        p->experiment = g.at[i];
    }
    d->result->neighbours += equal_neighbours(&g);
    d->result->groups++;
}

void draw_benches(struct drawing *d, size_t room, uint32_t *queue, size_t n)
{
    size_t benches = (size_t)d->l->room[room].benches;
    int64_t number = 1;
    for (size_t from = 0; from < n; from += benches)
        draw_group(d, room, number++, queue + from, n - from < benches ? n - from : benches);
}
