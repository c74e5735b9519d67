/* SPDX-License-Identifier: Apache-2.0 */
/* The result of a draw into the rosters of its sessions. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "office/draw-internal.h"

struct applying {
    const struct draw_list *l;
    const struct draw_result *result;
    const struct draw_pool *pool;
    struct draw_names names;
};

static int by_ticket(const void *a, const void *b)
{
    const struct roster_candidate *x = *(const struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(const struct roster_candidate *const *)b;
    return strcmp(x->ticket, y->ticket);
}

static const struct roster_candidate *find(const struct draw_pool *p, const char *ticket)
{
    struct roster_candidate key = {.ticket = ticket};
    const struct roster_candidate *k = &key;
    const struct roster_candidate **x = bsearch(&k, p->candidate, p->n, sizeof k, by_ticket);
    return x ? *x : NULL;
}

/* Rooms in which somebody works. */
static void add_rooms(const struct applying *ap, struct roster *to, size_t session)
{
    const struct draw_list *l = ap->l;
    bool *used = arena_array(to->arena, l->n_rooms + 1, sizeof *used);
    for (size_t i = 0; i < l->n_candidates; i++)
        used[ap->result->place[i].room] = true;
    to->room = arena_array(to->arena, l->n_rooms + 1, sizeof *to->room);
    for (size_t i = 0; i < l->n_rooms; i++)
        if (used[i] && l->room[i].session == session)
            to->room[to->n_rooms++] = (struct roster_room){.site = l->room[i].site,
                                                           .id = l->room[i].id,
                                                           .name = l->room[i].name,
                                                           .benches = l->room[i].benches,
                                                           .seats = l->room[i].benches * l->room[i].groups};
}

static int add_candidates(const struct applying *ap, struct roster *to, size_t session, struct err *e)
{
    const struct draw_list *l = ap->l;
    to->candidate = arena_array(to->arena, l->n_candidates + 1, sizeof *to->candidate);
    for (size_t i = 0; i < l->n_candidates; i++) {
        const struct draw_place *p = &ap->result->place[i];
        const struct draw_room *room = &l->room[p->room];
        if (room->session != session)
            continue;
        const struct roster_candidate *known = find(ap->pool, l->candidate[i].ticket);
        if (!known)
            return err_set(e, ERR_DATA, l->candidate[i].ticket,
                           _("is in the list of the draw, but not registered"));
        struct roster_candidate *c = &to->candidate[to->n_candidates++];
        *c = *known;
        c->room = room->id;
        c->seat = (p->group - 1) * room->benches + p->bench;
        c->form = l->session[session].experiment[p->experiment];
    }
    return 0;
}

static void add_raters(const struct applying *ap, struct roster *to, size_t session)
{
    const struct draw_list *l = ap->l;
    to->rater = arena_array(to->arena, l->n_raters + 1, sizeof *to->rater);
    for (size_t i = 0; i < l->n_raters; i++) {
        const struct draw_duty *d = &ap->result->duty[i];
        if (l->rater[i].session == session && d->room != DRAW_NOWHERE)
            to->rater[to->n_raters++] =
                (struct roster_rater){.id = l->rater[i].id,
                                      .name = draw_rater_name(&ap->names, l->rater[i].id),
                                      .school = l->rater[i].school,
                                      .site = l->room[d->room].site,
                                      .room = l->room[d->room].id,
                                      .from = d->from,
                                      .to = d->to,
                                      .order = d->order};
    }
}

static int make_roster(const struct applying *ap, size_t session, struct roster **ret, struct err *e)
{
    struct roster *to = *ret = roster_new();
    to->session = ap->l->session[session].id;
    add_rooms(ap, to, session);
    int r = add_candidates(ap, to, session, e);
    add_raters(ap, to, session);
    return r;
}

int draw_apply(struct office *o, const struct draw_list *l, const struct draw_result *result,
               const struct draw_pool *pool, const struct draw_table *raters, struct err *e)
{
    struct arena *a = arena_new();
    struct applying ap = {.l = l, .result = result, .pool = pool};
    struct roster **to = arena_array(a, l->n_sessions + 1, sizeof *to);
    size_t n = 0;
    int r = draw_rater_names(&ap.names, a, raters, e);
    for (; n < l->n_sessions && r == 0; n++)
        r = make_roster(&ap, n, &to[n], e);
    if (r == 0)
        r = office_rosters_save(o, to, n, e);
    for (size_t i = 0; i < n; i++)
        roster_free(to[i]);
    arena_free(a);
    return r;
}
