/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"
#include "client/agent/room.h"
#include "client/session/sheet-paper.h"

static const char lab_ns[] = "urn:kaochang:lab:1";

bool room_seats_here(const struct room *r, const struct roster_candidate *c)
{
    return strcmp(c->site, r->station->site) == 0 &&
           (!r->station->room[0] || strcmp(c->room, r->station->room) == 0);
}

static struct link_rated rated_of(const struct roster_room *room, const struct roster_candidate *c)
{
    struct link_rated x = {.ticket = c->ticket,
                           .name = c->name,
                           .id_number = c->id_number,
                           .county = c->county,
                           .school = c->school,
                           .form = c->form,
                           .seat = c->seat,
                           .extra_s = c->extra_s};
    roster_bench(room, c->seat, &x.group, &x.bench);
    return x;
}

static int by_bench(const void *a, const void *b)
{
    const struct link_rated *x = a, *y = b;
    return (x->seat > y->seat) - (x->seat < y->seat);
}

/* Whom a rater rates, by seat. */
static void find_rated(const struct room *r, struct seat *seat)
{
    const struct roster *all = r->roster;
    const struct roster_rater *rater = roster_find_rater(all, seat->who->ticket);
    const struct roster_room *room = roster_find_room(all, rater->site, rater->room);
    size_t n = 0;
    for (size_t i = 0; i < all->n_candidates; i++)
        n += roster_rates(all, rater, &all->candidate[i]);
    seat->order = rater->order;
    seat->rated = arena_array(all->arena, n + 1, sizeof *seat->rated);
    for (size_t i = 0; i < all->n_candidates; i++)
        if (roster_rates(all, rater, &all->candidate[i]))
            seat->rated[seat->n_rated++] = rated_of(room, &all->candidate[i]);
    qsort(seat->rated, seat->n_rated, sizeof *seat->rated, by_bench);
}

static bool sits_beside(const struct roster *all, const struct roster_rater *rater,
                        const struct roster_candidate *c)
{
    return strcmp(c->site, rater->site) == 0 && strcmp(c->room, rater->room) == 0 &&
           !roster_rates(all, rater, c);
}

/* By the rater of the lowest order, who stands at the bench. */
static struct link_other other_of(const struct roster *all, const struct roster_room *room,
                                  const struct roster_candidate *c)
{
    struct link_other x = {.ticket = c->ticket, .rater = "", .rater_name = ""};
    int64_t order = ROSTER_MAX_ORDER + 1;
    roster_bench(room, c->seat, &x.group, &x.bench);
    for (size_t i = 0; i < all->n_raters; i++)
        if (all->rater[i].order < order && roster_rates(all, &all->rater[i], c)) {
            order = all->rater[i].order;
            x.rater = all->rater[i].id;
            x.rater_name = all->rater[i].name;
        }
    return x;
}

static void find_others(const struct room *r, struct seat *seat)
{
    const struct roster *all = r->roster;
    const struct roster_rater *rater = roster_find_rater(all, seat->who->ticket);
    const struct roster_room *room = roster_find_room(all, rater->site, rater->room);
    size_t n = 0;
    for (size_t i = 0; i < all->n_candidates; i++)
        n += sits_beside(all, rater, &all->candidate[i]);
    seat->other = arena_array(all->arena, n + 1, sizeof *seat->other);
    for (size_t i = 0; i < all->n_candidates; i++)
        if (sits_beside(all, rater, &all->candidate[i]))
            seat->other[seat->n_others++] = other_of(all, room, &all->candidate[i]);
}

/* A rater's sheet has an item for each of them. */
static void make_sheet(const struct room *r, struct seat *seat)
{
    const char **ticket = mem_grow(NULL, seat->n_rated + 1, sizeof *ticket);
    for (size_t i = 0; i < seat->n_rated; i++)
        ticket[i] = seat->rated[i].ticket;
    seat->sheet = session_sheet_paper(package_manifest(r->package)->title, ticket, seat->n_rated);
    free(ticket);
}

const struct paper *room_paper(const struct room *r, const struct seat *seat)
{
    return seat->sheet ? seat->sheet : r->paper;
}

int room_open_lab(const struct room *r, struct span lab, struct err *e)
{
    struct xml_doc *d = NULL;
    int result = xml_read(&d, PACKAGE_LAB_PART, lab, NULL, e);
    if (result == 0 && (!xml_named(xml_root(d), "lab") || strcmp(xml_ns(xml_root(d)), lab_ns) != 0))
        result = xml_err(e, d, xml_root(d), _("this is no plan of a lab exam"));
    if (result == 0 && r->roster->n_raters == 0) {
        result = err_set(e, ERR_DATA, r->roster->session, _("the list names no rater"));
        err_hint(e, _("kaochang roster raters, then kaochang pack"));
    }
    xml_free(d);
    return result;
}

static int add_seat(struct room *r, const struct roster_candidate *c, const char *journals, struct err *e)
{
    if (!r->lab && !paper_form(r->paper, c->form))
        return err_set(e, ERR_DATA, c->ticket, _("the paper has no form %s"), c->form);
    struct seat *seat = &r->seat[r->n++];
    char *file = mem_printf("%s.journal", c->ticket);
    seat->who = c;
    seat->path = path_join(journals, file);
    if (r->lab) {
        find_rated(r, seat);
        find_others(r, seat);
        make_sheet(r, seat);
    }
    const struct paper *paper = room_paper(r, seat);
    session_init(&seat->session, paper, paper_form_for(paper, c->form, r->roster->session, c->ticket),
                 c->extra_s * 1000);
    free(file);
    return 0;
}

static int by_seat(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;
    if (x->who->seat != y->who->seat)
        return x->who->seat < y->who->seat ? -1 : 1;
    return strcmp(x->who->ticket, y->who->ticket);
}

int room_open_seats(struct room *r, struct err *e)
{
    char *journals = path_join(r->folder, "journals");
    int result = file_mkdirs(journals, true, e);
    if (result == 0)
        r->seat = mem_alloc((r->n_sitters + 1) * sizeof *r->seat);
    for (size_t i = 0; result == 0 && i < r->n_sitters; i++)
        if (room_seats_here(r, &r->sitter[i]))
            result = add_seat(r, &r->sitter[i], journals, e);
    if (result == 0 && r->n == 0)
        result = err_set(e, ERR_DATA, r->station->room,
                         r->lab ? _("no rater is on the list of this room") : _("no candidate is seated in this room"));
    if (result == 0)
        qsort(r->seat, r->n, sizeof *r->seat, by_seat);
    free(journals);
    return result;
}
