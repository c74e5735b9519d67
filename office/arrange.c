/* SPDX-License-Identifier: Apache-2.0 */
#include "office/arrange.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/rng.h"

static int by_room(const struct roster_candidate *x, const struct roster_candidate *y)
{
    int c = strcmp(x->site, y->site);
    return c ? c : strcmp(x->room, y->room);
}

static int by_room_and_ticket(const void *a, const void *b)
{
    const struct roster_candidate *x = a, *y = b;
    int c = by_room(x, y);
    return c ? c : strcmp(x->ticket, y->ticket);
}

void arrange_position(const struct arrange_plan *plan, int64_t seat, int64_t *ret_row, int64_t *ret_column)
{
    int64_t row = (seat - 1) / plan->columns, column = (seat - 1) % plan->columns;
    *ret_row = row;
    *ret_column = plan->snake && row % 2 ? plan->columns - 1 - column : column;
}

/* Going one seat aside changes the number by 1, one row by 2 (by 1 with fewer than four forms), so neighbours differ
 * modulo the number of forms. */
static size_t form_at(const struct arrange_plan *plan, int64_t seat, uint64_t turn)
{
    int64_t row, column;
    arrange_position(plan, seat, &row, &column);
    uint64_t step = plan->n_forms >= 4 ? 2 : 1;
    return (size_t)(((uint64_t)column + step * (uint64_t)row + turn) % plan->n_forms);
}

/* The next number that no given room of the site bears. */
static const char *new_room_id(struct roster *r, const char *site, int64_t *number)
{
    for (;;) {
        const char *id = arena_printf(r->arena, "%02lld", (long long)++*number);
        size_t i = 0;
        while (i < r->n_rooms && (strcmp(r->room[i].id, id) != 0 || strcmp(r->room[i].site, site) != 0))
            i++;
        if (i == r->n_rooms)
            return id;
    }
}

/* Candidates `from`..`from + n - 1` share site and given room; without one they fill new rooms, which are added behind the
 * given ones. */
static void arrange_group(struct roster *r, const struct arrange_plan *plan, struct rng *rng, size_t from, size_t n)
{
    uint32_t *lot = mem_grow(NULL, n, sizeof *lot);
    for (size_t i = 0; i < n; i++)
        lot[i] = (uint32_t)i;
    rng_shuffle(rng, lot, n);
    const char *site = r->candidate[from].site, *room = r->candidate[from].room;
    bool given = room[0] != '\0';
    int64_t number = 0;
    uint64_t turn = 0;
    for (size_t i = 0; i < n; i++) {
        struct roster_candidate *c = &r->candidate[from + lot[i]];
        c->seat = (int64_t)i % plan->seats + 1;
        if (c->seat == 1) {
            turn = rng_below(rng, plan->n_forms);
            if (!given) {
                room = new_room_id(r, site, &number);
                r->room[r->n_rooms++] = (struct roster_room){.site = site, .id = room, .name = room};
            }
        }
        c->room = room;
        c->form = arena_strdup(r->arena, plan->form[form_at(plan, c->seat, turn)]);
    }
    free(lot);
}

static int check_group(const struct roster_candidate *c, size_t n, const struct arrange_plan *plan, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (c[i].seat) {
            err_set(e, ERR_USAGE, c[i].ticket, _("has a seat already: the lot is drawn once"));
            return err_hint(e, _("import the list again, without seats, to draw anew"));
        }
    if (c->room[0] && n > (size_t)plan->seats)
        return err_set(e, ERR_USAGE, c->room, _("room %s at site %s has %zu candidates and %lld seats"), c->room,
                       c->site, n, (long long)plan->seats);
    return 0;
}

static size_t group_end(const struct roster *r, size_t from)
{
    size_t to = from + 1;
    while (to < r->n_candidates && by_room(&r->candidate[from], &r->candidate[to]) == 0)
        to++;
    return to;
}

int roster_arrange(struct roster *r, const struct arrange_plan *plan, struct err *e)
{
    struct rng rng;
    rng_seed(&rng, plan->seed);
    qsort(r->candidate, r->n_candidates, sizeof *r->candidate, by_room_and_ticket);
    for (size_t from = 0, to; from < r->n_candidates; from = to) {
        to = group_end(r, from);
        int k = check_group(&r->candidate[from], to - from, plan, e);
        if (k < 0)
            return k;
    }
    struct roster_room *rooms = arena_array(r->arena, r->n_rooms + r->n_candidates + 1, sizeof *rooms);
    if (r->n_rooms)
        memcpy(rooms, r->room, r->n_rooms * sizeof *rooms);
    r->room = rooms;
    size_t end;
    for (size_t from = 0; from < r->n_candidates; from = end) {
        end = group_end(r, from);
        arrange_group(r, plan, &rng, from, end - from);
    }
    for (size_t i = 0; i < r->n_rooms; i++)
        r->room[i].seats = plan->seats;
    return 0;
}
