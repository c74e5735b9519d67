/* SPDX-License-Identifier: Apache-2.0 */
#include "office/draw-gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

static int by_ticket(const void *a, const void *b)
{
    const struct roster_candidate *x = *(const struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(const struct roster_candidate *const *)b;
    return strcmp(x->ticket, y->ticket);
}

static int load_one(struct draw_pool *p, struct office *o, const char *session, struct err *e)
{
    bool is_signed = false;
    int64_t n = 0;
    int r = office_roster_is_signed(o, session, &is_signed, e);
    if (r == 0 && is_signed)
        return err_set(e, ERR_USAGE, session, _("the roster of this session is signed and stays as it is"));
    if (r == 0)
        r = db_get_int(office_db(o), &n, 0, e, "SELECT count(*) FROM candidate WHERE session = ?1", "t",
                       session);
    if (r < 0 || n == 0)
        return r;
    r = office_roster_load(o, session, &p->roster[p->n_rosters], e);
    p->n_rosters += r == 0;
    return r;
}

/* A list that was imported again stands beside the places of an earlier draw, in another session: what has no
 * seat is the newer. */
static int merge_twice(struct draw_pool *p, struct err *e)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct roster_candidate *c = p->candidate[i], *before = n ? p->candidate[n - 1] : NULL;
        if (!before || strcmp(before->ticket, c->ticket) != 0)
            p->candidate[n++] = c;
        else if ((before->seat == 0) == (c->seat == 0))
            return err_set(e, ERR_DATA, c->ticket, _("this candidate is registered in two of the sessions"));
        else if (c->seat == 0)
            p->candidate[n - 1] = c;
    }
    p->n = n;
    return 0;
}

int draw_pool_load(struct draw_pool *ret, struct office *o, const char *const *session, size_t n_sessions,
                   struct err *e)
{
    struct draw_pool p = {.roster = mem_grow(NULL, n_sessions + 1, sizeof *p.roster)};
    int r = 0;
    for (size_t i = 0; i < n_sessions && r == 0; i++)
        r = load_one(&p, o, session[i], e);
    for (size_t i = 0; i < p.n_rosters; i++)
        p.n += p.roster[i]->n_candidates;
    p.candidate = mem_grow(NULL, p.n + 1, sizeof *p.candidate);
    for (size_t i = 0, n = 0; i < p.n_rosters; i++)
        for (size_t k = 0; k < p.roster[i]->n_candidates; k++)
            p.candidate[n++] = &p.roster[i]->candidate[k];
    if (p.n > 1)
        qsort(p.candidate, p.n, sizeof *p.candidate, by_ticket);
    if (r == 0)
        r = merge_twice(&p, e);
    if (r == 0 && p.n == 0) {
        err_set(e, ERR_USAGE, session[0], _("nobody is registered in these sessions"));
        r = err_hint(e, _("kaochang roster import FILE.csv --session %s"), session[0]);
    }
    *ret = p;
    if (r < 0)
        draw_pool_release(ret);
    return r;
}

void draw_pool_release(struct draw_pool *p)
{
    for (size_t i = 0; i < p->n_rosters; i++)
        roster_free(p->roster[i]);
    free(p->roster);
    free(p->candidate);
    *p = (struct draw_pool){0};
}

void draw_list_take_pool(struct draw_list *l, const struct draw_pool *p)
{
    l->candidate = arena_array(l->arena, p->n + 1, sizeof *l->candidate);
    l->n_candidates = p->n;
    for (size_t i = 0; i < p->n; i++)
        l->candidate[i] = (struct draw_candidate){.site = arena_strdup(l->arena, p->candidate[i]->site),
                                                  .school = arena_strdup(l->arena, p->candidate[i]->school),
                                                  .ticket = arena_strdup(l->arena, p->candidate[i]->ticket)};
}

static int by_own_ticket(const void *a, const void *b)
{
    return strcmp((*(const struct draw_candidate *const *)a)->ticket,
                  (*(const struct draw_candidate *const *)b)->ticket);
}

static const struct draw_candidate **sorted(const struct draw_list *l)
{
    const struct draw_candidate **all = mem_grow(NULL, l->n_candidates + 1, sizeof *all);
    for (size_t i = 0; i < l->n_candidates; i++)
        all[i] = &l->candidate[i];
    if (l->n_candidates)
        qsort(all, l->n_candidates, sizeof *all, by_own_ticket);
    return all;
}

void draw_list_compare(const struct draw_list *committed, const struct draw_list *now, size_t *ret_added,
                       size_t *ret_gone, const char **ret_ticket)
{
    const struct draw_candidate **was = sorted(committed), **is = sorted(now);
    *ret_added = *ret_gone = 0;
    *ret_ticket = NULL;
    for (size_t i = 0, k = 0; i < committed->n_candidates || k < now->n_candidates;) {
        int c = i == committed->n_candidates ? 1
                : k == now->n_candidates     ? -1
                                             : strcmp(was[i]->ticket, is[k]->ticket);
        if (c && !*ret_ticket)
            *ret_ticket = c < 0 ? was[i]->ticket : is[k]->ticket;
        *ret_gone += c < 0;
        *ret_added += c > 0;
        i += c <= 0;
        k += c >= 0;
    }
    free(was);
    free(is);
}
