/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/document.h"
#include "exam-packages/roster-internal.h"

static int compare_place(const char *site_a, const char *room_a, const char *site_b, const char *room_b)
{
    int c = strcmp(site_a, site_b);
    return c ? c : strcmp(room_a, room_b);
}

static int compare_id(const void *a, const void *b)
{
    const struct roster_rater *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static int compare_benches(const void *a, const void *b)
{
    const struct roster_rater *x = *(const struct roster_rater *const *)a;
    const struct roster_rater *y = *(const struct roster_rater *const *)b;
    int c = compare_place(x->site, x->room, y->site, y->room);
    if (c == 0)
        c = (x->order > y->order) - (x->order < y->order);
    if (c == 0)
        c = (x->from > y->from) - (x->from < y->from);
    return c ? c : strcmp(x->id, y->id);
}

static int check_rater(const struct roster *r, const struct roster_rater *x, struct err *e)
{
    if (!path_is_plain_name(x->id))
        return err_set(e, ERR_DATA, x->id, _("the rater's number must be a plain name"));
    if (x != r->rater && strcmp(x[-1].id, x->id) == 0)
        return err_set(e, ERR_DATA, x->id, _("the rater occurs twice"));
    if (roster_find(r, x->id))
        return err_set(e, ERR_DATA, x->id, _("a rater has the ticket number of a candidate"));
    if (x->name[0] == '\0')
        return err_set(e, ERR_DATA, x->id, _("the rater has no name"));
    const struct roster_room *room = roster_find_room(r, x->site, x->room);
    if (!room)
        return err_set(e, ERR_DATA, x->id, _("there is no room %s at site %s"), x->room, x->site);
    if (room->benches == 0)
        return err_set(e, ERR_DATA, x->id, _("room %s has no benches to rate at"), room->id);
    if (x->from < 1 || x->from > x->to || x->to > room->benches)
        return err_set(e, ERR_DATA, x->id, _("benches %lld to %lld are not in room %s, which has %lld"),
                       (long long)x->from, (long long)x->to, room->id, (long long)room->benches);
    if (x->order < 1 || x->order > ROSTER_MAX_ORDER)
        return err_set(e, ERR_DATA, x->id, _("a rater's order is a number from 1 to %d"), ROSTER_MAX_ORDER);
    return 0;
}

/* Nobody rates a candidate of the own school. `by_seat` from `at` on may belong to the rater's room. */
static int check_school(const struct roster *r, const struct roster_rater *x,
                        const struct roster_candidate *const *by_seat, size_t at, struct err *e)
{
    for (size_t i = at; i < r->n_candidates; i++) {
        const struct roster_candidate *c = by_seat[i];
        if (compare_place(c->site, c->room, x->site, x->room) != 0)
            break;
        if (roster_rates(r, x, c) && x->school[0] && strcmp(x->school, c->school) == 0)
            return err_set(e, ERR_DATA, x->id, _("the rater is of the same school as candidate %s (%s)"),
                           c->ticket, c->school);
    }
    return 0;
}

static size_t first_of_room(const struct roster *r, const struct roster_rater *x,
                            const struct roster_candidate *const *by_seat)
{
    size_t lo = 0, hi = r->n_candidates;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (compare_place(by_seat[mid]->site, by_seat[mid]->room, x->site, x->room) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* One rater of each order at a bench. */
static int check_benches(const struct roster *r, struct err *e)
{
    int result = 0;
    const struct roster_rater **all = mem_grow(NULL, r->n_raters + 1, sizeof *all);
    for (size_t i = 0; i < r->n_raters; i++)
        all[i] = &r->rater[i];
    qsort(all, r->n_raters, sizeof *all, compare_benches);
    for (size_t i = 1; i < r->n_raters && result == 0; i++) {
        const struct roster_rater *x = all[i], *before = all[i - 1];
        if (compare_place(x->site, x->room, before->site, before->room) == 0 && x->order == before->order &&
            x->from <= before->to)
            result = err_set(e, ERR_DATA, x->id, _("bench %lld in room %s is also rated by %s, as order %lld"),
                             (long long)x->from, x->room, before->id, (long long)x->order);
    }
    free(all);
    return result;
}

int roster_check_raters(struct roster *r, const struct roster_candidate *const *by_seat, struct err *e)
{
    int result = 0;
    if (r->n_raters == 0)
        return 0;
    if (r->n_raters > ROSTER_MAX_RATERS)
        return err_set(e, ERR_DATA, r->session, _("more than %d raters"), ROSTER_MAX_RATERS);
    qsort(r->rater, r->n_raters, sizeof *r->rater, compare_id);
    for (size_t i = 0; i < r->n_raters && result == 0; i++) {
        const struct roster_rater *x = &r->rater[i];
        result = check_rater(r, x, e);
        if (result == 0)
            result = check_school(r, x, by_seat, first_of_room(r, x, by_seat), e);
    }
    return result < 0 ? result : check_benches(r, e);
}

void roster_write_rater(struct xml_out *o, const struct roster_rater *rater)
{
    xml_open(o, "rater");
    xml_put(o, "id", rater->id);
    xml_put(o, "name", rater->name);
    xml_put(o, "school", rater->school);
    xml_put(o, "site", rater->site);
    xml_put(o, "room", rater->room);
    xml_put_int(o, "from", rater->from);
    xml_put_int(o, "to", rater->to);
    xml_put_int(o, "order", rater->order);
    xml_close(o);
}

int roster_read_rater(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                      struct roster_rater *ret, struct err *e)
{
    const struct {
        const char *attr, **to;
    } text[] = {{"id", &ret->id},
                {"name", &ret->name},
                {"school", &ret->school},
                {"site", &ret->site},
                {"room", &ret->room}};
    int r = 0;
    for (size_t i = 0; i < sizeof text / sizeof *text && r == 0; i++)
        r = document_text(d, n, text[i].attr, a, text[i].to, e);
    if (r < 0 || (r = xml_need_int(d, n, "from", 1, ROSTER_MAX_SEATS, &ret->from, e)) < 0 ||
        (r = xml_need_int(d, n, "to", 1, ROSTER_MAX_SEATS, &ret->to, e)) < 0)
        return r;
    return xml_need_int(d, n, "order", 1, ROSTER_MAX_ORDER, &ret->order, e);
}

void roster_copy_rater(struct roster *to, const struct roster_rater *from)
{
    struct arena *a = to->arena;
    to->rater[to->n_raters++] = (struct roster_rater){.id = arena_strdup(a, from->id),
                                                      .name = arena_strdup(a, from->name),
                                                      .school = arena_strdup(a, from->school),
                                                      .site = to->site,
                                                      .room = arena_strdup(a, from->room),
                                                      .from = from->from,
                                                      .to = from->to,
                                                      .order = from->order};
}

void roster_bench(const struct roster_room *room, int64_t seat, int64_t *ret_group, int64_t *ret_bench)
{
    int64_t benches = room->benches > 0 ? room->benches : room->seats;
    *ret_group = (seat - 1) / benches + 1;
    *ret_bench = (seat - 1) % benches + 1;
}

bool roster_rates(const struct roster *r, const struct roster_rater *rater,
                  const struct roster_candidate *candidate)
{
    int64_t group, bench;
    if (compare_place(rater->site, rater->room, candidate->site, candidate->room) != 0)
        return false;
    const struct roster_room *room = roster_find_room(r, rater->site, rater->room);
    if (!room || room->benches == 0)
        return false;
    roster_bench(room, candidate->seat, &group, &bench);
    return bench >= rater->from && bench <= rater->to;
}

const struct roster_rater *roster_find_rater(const struct roster *r, const char *id)
{
    struct roster_rater key = {.id = id};
    return r->n_raters ? bsearch(&key, r->rater, r->n_raters, sizeof key, compare_id) : NULL;
}

static int compare_room_of(const void *a, const void *b)
{
    const struct roster_candidate *x = *(struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(struct roster_candidate *const *)b;
    int c = compare_place(x->site, x->room, y->site, y->room);
    return c ? c : strcmp(x->ticket, y->ticket);
}

/* Places 1, 2 … in each room, by id. */
static void seat_sitters(struct roster_candidate *sitter, size_t n)
{
    struct roster_candidate **all = mem_grow(NULL, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = &sitter[i];
    qsort(all, n, sizeof *all, compare_room_of);
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && compare_place(all[i]->site, all[i]->room, all[i - 1]->site, all[i - 1]->room) == 0;
        all[i]->seat = same ? all[i - 1]->seat + 1 : 1;
    }
    free(all);
}

const struct roster_candidate *roster_sitters(struct roster *r, size_t *ret_n)
{
    *ret_n = r->n_raters ? r->n_raters : r->n_candidates;
    if (r->n_raters == 0)
        return r->candidate;
    struct roster_candidate *sitter = arena_array(r->arena, r->n_raters, sizeof *sitter);
    for (size_t i = 0; i < r->n_raters; i++)
        sitter[i] = (struct roster_candidate){.ticket = r->rater[i].id,
                                              .name = r->rater[i].name,
                                              .id_number = "",
                                              .county = "",
                                              .school = r->rater[i].school,
                                              .site = r->rater[i].site,
                                              .room = r->rater[i].room,
                                              .form = ROSTER_RATING_FORM};
    seat_sitters(sitter, r->n_raters);
    return sitter;
}
