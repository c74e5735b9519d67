/* SPDX-License-Identifier: Apache-2.0 */
#include "office/draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "office/draw-internal.h"

void draw_complain(struct drawing *d, const char *where, const char *fmt, ...)
{
    char what[400];
    va_list ap;
    d->complaints++;
    if (!d->complain)
        return;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    d->complain(d->context, where, what);
}

void draw_result_free(struct draw_result *r)
{
    if (r)
        arena_free(r->arena);
}

static struct draw_result *new_result(const struct draw_list *l)
{
    struct arena *a = arena_new();
    struct draw_result *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    r->place = arena_array(a, l->n_candidates + 1, sizeof *r->place);
    r->duty = arena_array(a, l->n_raters + 1, sizeof *r->duty);
    for (size_t i = 0; i < l->n_candidates; i++)
        r->place[i].room = DRAW_NOWHERE;
    for (size_t i = 0; i < l->n_raters; i++)
        r->duty[i].room = DRAW_NOWHERE;
    return r;
}

/* Candidates of a school stand together in the list. */
static void count_splits(struct draw_result *r, const struct draw_list *l)
{
    size_t end;
    for (size_t from = 0; from < l->n_candidates; from = end) {
        bool rooms = false, sessions = false;
        const struct draw_candidate *c = &l->candidate[from];
        size_t room = r->place[from].room;
        for (end = from; end < l->n_candidates && strcmp(l->candidate[end].site, c->site) == 0 &&
                         strcmp(l->candidate[end].school, c->school) == 0;
             end++) {
            rooms = rooms || r->place[end].room != room;
            sessions = sessions || l->room[r->place[end].room].session != l->room[room].session;
        }
        r->split_rooms += rooms;
        r->split_sessions += sessions;
    }
}

int draw_run(struct draw_result **ret, const struct draw_list *l, const uint8_t seed[DRAW_SEED],
             draw_complain_fn *complain, void *context, struct err *e)
{
    struct drawing d = {
        .l = l, .seed = seed, .result = new_result(l), .complain = complain, .context = context};
    uint32_t *queue = mem_grow(NULL, l->n_candidates + 1, sizeof *queue);
    size_t *first = mem_grow(NULL, l->n_rooms + 1, sizeof *first);
    int r = draw_rooms(&d, queue, first, e);
    for (size_t i = 0; i < l->n_rooms && r == 0; i++)
        draw_benches(&d, i, queue + first[i], first[i + 1] - first[i]);
    if (r == 0)
        r = draw_raters(&d, e);
    free(first);
    free(queue);
    if (r < 0) {
        draw_result_free(d.result);
        return r;
    }
    count_splits(d.result, l);
    *ret = d.result;
    return 0;
}

static void write_row(struct bytes *out, const char *const *field, size_t n)
{
    for (size_t i = 0; i < n; i++)
        csv_add(out, field[i], i == 0);
    csv_end(out);
}

static void write_candidate(const struct draw_result *r, const struct draw_list *l, size_t i,
                            struct bytes *out)
{
    const struct draw_place *p = &r->place[i];
    const struct draw_room *room = &l->room[p->room];
    const struct draw_session *s = &l->session[room->session];
    char group[24], bench[24];
    snprintf(group, sizeof group, "%lld", (long long)p->group);
    snprintf(bench, sizeof bench, "%lld", (long long)p->bench);
    write_row(out,
              (const char *const[]){"candidate", l->candidate[i].ticket, s->id, room->site, room->id, group,
                                    bench, "", "", s->experiment[p->experiment]},
              10);
}

static void write_rater(const struct draw_result *r, const struct draw_list *l, size_t i, struct bytes *out)
{
    const struct draw_duty *d = &r->duty[i];
    const struct draw_rater *x = &l->rater[i];
    const char *session = l->session[x->session].id;
    char from[24], to[24], order[24];
    if (d->room == DRAW_NOWHERE) {
        write_row(out, (const char *const[]){"reserve", x->id, session, x->site, "", "", "", "", "", ""}, 10);
        return;
    }
    const struct draw_room *room = &l->room[d->room];
    snprintf(from, sizeof from, "%lld", (long long)d->from);
    snprintf(to, sizeof to, "%lld", (long long)d->to);
    snprintf(order, sizeof order, "%lld", (long long)d->order);
    write_row(out,
              (const char *const[]){"rater", x->id, session, room->site, room->id, "", from, to, order, ""},
              10);
}

struct by_ticket {
    const char *ticket;
    size_t i;
};

static int compare_ticket(const void *a, const void *b)
{
    const struct by_ticket *x = a, *y = b;
    return strcmp(x->ticket, y->ticket);
}

void draw_result_write(const struct draw_result *r, const struct draw_list *l, struct bytes *out)
{
    struct by_ticket *order = mem_grow(NULL, l->n_candidates + 1, sizeof *order);
    for (size_t i = 0; i < l->n_candidates; i++)
        order[i] = (struct by_ticket){.ticket = l->candidate[i].ticket, .i = i};
    qsort(order, l->n_candidates, sizeof *order, compare_ticket);
    bytes_str(out, "kind,id,session,site,room,group,bench,to,order,experiment\r\n");
    for (size_t i = 0; i < l->n_candidates; i++)
        write_candidate(r, l, order[i].i, out);
    for (size_t i = 0; i < l->n_raters; i++)
        write_rater(r, l, i, out);
    free(order);
}
