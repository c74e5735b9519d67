/* SPDX-License-Identifier: Apache-2.0 */
#include "office/apart.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { AROUND = 4 };

/* Candidates by site, room and seat. */
struct seated {
    const struct arrange_plan *plan;
    const struct roster_candidate **at;
    size_t n;
};

static int by_place(const void *a, const void *b)
{
    const struct roster_candidate *x = *(const struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(const struct roster_candidate *const *)b;
    int c = strcmp(x->site, y->site);
    c = c ? c : strcmp(x->room, y->room);
    return c ? c : (x->seat > y->seat) - (x->seat < y->seat);
}

static struct seated seated_of(const struct roster *r, const struct arrange_plan *plan)
{
    struct seated s = {.plan = plan, .at = mem_alloc((r->n_candidates + 1) * sizeof *s.at), .n = r->n_candidates};
    for (size_t i = 0; i < r->n_candidates; i++)
        s.at[i] = &r->candidate[i];
    qsort(s.at, s.n, sizeof *s.at, by_place);
    return s;
}

static const struct roster_candidate *at_seat(const struct seated *s, const struct roster_candidate *c, int64_t seat)
{
    struct roster_candidate wanted = {.site = c->site, .room = c->room, .seat = seat};
    const struct roster_candidate *key = &wanted;
    const struct roster_candidate **found =
        s->n ? bsearch(&key, s->at, s->n, sizeof *s->at, by_place) : NULL;
    return found ? *found : NULL;
}

/* The i-th of those around; NULL: nobody. */
static const struct roster_candidate *around(const struct seated *s, const struct roster_candidate *c, int i)
{
    static const int step[AROUND][2] = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};
    const struct arrange_plan *p = s->plan;
    int64_t row, column;
    arrange_position(p, c->seat, &row, &column);
    row += step[i][0];
    column += step[i][1];
    if (row < 0 || column < 0 || column >= p->columns)
        return NULL;
    return at_seat(s, c, row * p->columns + (p->snake && row % 2 ? p->columns - 1 - column : column) + 1);
}

static const struct roster_candidate *same_beside(const struct seated *s, const struct roster_candidate *c,
                                                  const char *form)
{
    for (int i = 0; i < AROUND; i++) {
        const struct roster_candidate *other = around(s, c, i);
        if (other && strcmp(other->form, form) == 0)
            return other;
    }
    return NULL;
}

static bool all_apart(const struct roster *r, const struct arrange_plan *plan)
{
    struct seated s = seated_of(r, plan);
    bool apart = true;
    for (size_t i = 0; apart && i < s.n; i++)
        apart = !same_beside(&s, s.at[i], s.at[i]->form);
    free(s.at);
    return apart;
}

static bool sits_as_before(const struct roster *before, const struct roster_candidate *c)
{
    const struct roster_candidate *old = roster_find(before, c->ticket);
    return old && strcmp(old->site, c->site) == 0 && strcmp(old->room, c->room) == 0 && old->seat == c->seat &&
           strcmp(old->form, c->form) == 0;
}

static int refuse(const struct seated *s, const struct roster_candidate *c, const struct roster_candidate *other,
                  struct err *e)
{
    struct bytes good = {0};
    for (size_t i = 0; i < s->plan->n_forms; i++)
        if (!same_beside(s, c, s->plan->form[i]))
            bytes_printf(&good, "%s%s", good.n ? ", " : "", s->plan->form[i]);
    err_set(e, ERR_DATA, c->ticket, _("room %s, seat %lld: %s in seat %lld beside, before or behind has form %s too"),
            c->room, (long long)c->seat, other->ticket, (long long)other->seat, c->form);
    if (good.n)
        err_hint(e, _("give one of these forms: %s; rows of another length than %lld: --columns, --snake"),
                 (const char *)good.p, (long long)s->plan->columns);
    else
        err_hint(e, _("give another seat; rows of another length than %lld: --columns, --snake"),
                 (long long)s->plan->columns);
    bytes_release(&good);
    return -ERR_DATA;
}

int roster_apart(const struct roster *before, const struct roster *after, const struct arrange_plan *plan,
                 bool *ret_known, struct err *e)
{
    *ret_known = all_apart(before, plan);
    if (!*ret_known)
        return 0;
    struct seated s = seated_of(after, plan);
    int r = 0;
    for (size_t i = 0; r == 0 && i < s.n; i++) {
        const struct roster_candidate *other =
            sits_as_before(before, s.at[i]) ? NULL : same_beside(&s, s.at[i], s.at[i]->form);
        if (other)
            r = refuse(&s, s.at[i], other, e);
    }
    free(s.at);
    return r;
}
