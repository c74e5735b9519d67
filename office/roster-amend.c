/* SPDX-License-Identifier: Apache-2.0 */
#include "office/roster-amend.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "office/roster-import-internal.h"

static struct roster_candidate copy_of(struct arena *a, const struct roster_candidate *c)
{
    return (struct roster_candidate){.ticket = arena_strdup(a, c->ticket),
                                     .name = arena_strdup(a, c->name),
                                     .id_number = arena_strdup(a, c->id_number),
                                     .county = arena_strdup(a, c->county),
                                     .school = arena_strdup(a, c->school),
                                     .site = arena_strdup(a, c->site),
                                     .room = arena_strdup(a, c->room),
                                     .seat = c->seat,
                                     .form = arena_strdup(a, c->form),
                                     .extra_s = c->extra_s};
}

static bool same(const struct roster_candidate *a, const struct roster_candidate *b)
{
    return strcmp(a->ticket, b->ticket) == 0 && strcmp(a->name, b->name) == 0 &&
           strcmp(a->id_number, b->id_number) == 0 && strcmp(a->county, b->county) == 0 &&
           strcmp(a->school, b->school) == 0 && strcmp(a->site, b->site) == 0 &&
           strcmp(a->room, b->room) == 0 && a->seat == b->seat && strcmp(a->form, b->form) == 0 &&
           a->extra_s == b->extra_s;
}

static bool has_changed(const struct roster *a, const struct roster *b, const char *site)
{
    for (size_t i = 0; i < a->n_candidates; i++) {
        const struct roster_candidate *c = &a->candidate[i], *other = roster_find(b, c->ticket);
        if ((!site || strcmp(c->site, site) == 0) && (!other || !same(c, other)))
            return true;
    }
    return false;
}

bool roster_differs_at(const struct roster *a, const struct roster *b, const char *site)
{
    return has_changed(a, b, site) || has_changed(b, a, site);
}

static void copy_base(struct roster *to, const struct roster *base, size_t more)
{
    struct arena *a = to->arena;
    to->session = arena_strdup(a, base->session);
    to->candidate = arena_array(a, base->n_candidates + more + 1, sizeof *to->candidate);
    to->room = arena_array(a, base->n_rooms + more + 1, sizeof *to->room);
    for (size_t i = 0; i < base->n_candidates; i++)
        to->candidate[to->n_candidates++] = copy_of(a, &base->candidate[i]);
    for (size_t i = 0; i < base->n_rooms; i++) {
        to->room[i] = base->room[i];
        to->room[i].site = arena_strdup(a, base->room[i].site);
        to->room[i].id = arena_strdup(a, base->room[i].id);
        to->room[i].name = arena_strdup(a, base->room[i].name);
    }
    to->n_rooms = base->n_rooms;
}

static void need_room(struct roster *r, const struct roster_candidate *c)
{
    size_t i = 0;
    while (i < r->n_rooms && (strcmp(r->room[i].site, c->site) != 0 || strcmp(r->room[i].id, c->room) != 0))
        i++;
    if (i == r->n_rooms)
        r->room[r->n_rooms++] = (struct roster_room){.site = c->site, .id = c->room, .name = c->room};
    if (r->room[i].seats < c->seat)
        r->room[i].seats = c->seat;
}

/* Candidates of the base stand first, in order of ticket, and keep their places until the end. */
static void put(struct roster *r, const struct roster *base, const struct roster_candidate *c)
{
    const struct roster_candidate *old = roster_find(base, c->ticket);
    struct roster_candidate *to =
        old ? &r->candidate[old - base->candidate] : &r->candidate[r->n_candidates++];
    *to = copy_of(r->arena, c);
    need_room(r, to);
}

static void need_place(struct roster_import *im, const struct roster_entry *x)
{
    if (!x->c.seat || !x->c.room[0] || !x->c.form[0])
        roster_import_complain(im, x->line, _("a candidate who comes late is given room, seat and form"));
}

static int build(struct roster_import *im, const struct roster_entry *all, size_t n, struct roster **ret,
                 struct err *e)
{
    struct roster *r = roster_new();
    copy_base(r, im->base, n);
    for (size_t i = 0; i < n; i++)
        put(r, im->base, &all[i].c);
    int k = roster_check(r, e);
    if (k < 0)
        err_within(e, im->file);
    if (k == 0 && !has_changed(r, im->base, NULL))
        k = err_set(e, ERR_USAGE, im->file, _("changes nothing: the list says all that already"));
    if (k < 0) {
        roster_free(r);
        return k;
    }
    *ret = r;
    return 0;
}

int roster_amend_csv(struct roster **ret, const struct roster *base, const char *file, struct span csv,
                     roster_complain_fn *complain, void *context, struct err *e)
{
    struct roster_import im = {
        .arena = arena_new(), .file = file, .base = base, .complain = complain, .context = context};
    struct bytes unused = {0};
    struct roster_entry *all = NULL;
    size_t n = 0;
    int r = csv_parse_uneven(&im.csv, im.arena, file, csv, ROSTER_MAX_CANDIDATES, e);
    if (r < 0 || (r = roster_import_columns(&im, &unused, e)) < 0)
        goto done;
    if (unused.n) {
        err_set(e, ERR_DATA, file, _("there are no such columns: %s"), (const char *)unused.p);
        r = err_hint(e, _("the columns are those of \"kaochang roster import\""));
        goto done;
    }
    all = roster_import_rows(&im, &n);
    for (size_t i = 0; i < n; i++)
        need_place(&im, &all[i]);
    roster_import_clashes(&im, all, n);
    if (im.complaints)
        r = err_set(e, ERR_DATA, file,
                    ngettext("%zu fault in the table; nothing was changed",
                             "%zu faults in the table; nothing was changed", im.complaints),
                    im.complaints);
    else
        r = build(&im, all, n, ret, e);
done:
    bytes_release(&unused);
    free(all);
    arena_free(im.arena);
    return r;
}
