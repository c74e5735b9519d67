/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"
#include "exam-packages/document.h"
#include "exam-packages/roster-internal.h"

static const struct xml_limits roster_limits = {
    .bytes = 160u << 20, .elements = ROSTER_MAX_CANDIDATES + ROSTER_MAX_RATERS + ROSTER_MAX_ROOMS + 1, .depth = 4};

struct roster *roster_new(void)
{
    struct arena *a = arena_new();
    struct roster *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    r->session = r->site = "";
    return r;
}

void roster_free(struct roster *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n_rooms; i++)
        sodium_memzero(r->room[i].secret, sizeof r->room[i].secret);
    arena_free(r->arena);
}

static int compare_room(const void *a, const void *b)
{
    const struct roster_room *x = a, *y = b;
    int c = strcmp(x->site, y->site);
    return c ? c : strcmp(x->id, y->id);
}

static int compare_ticket(const void *a, const void *b)
{
    const struct roster_candidate *x = a, *y = b;
    return strcmp(x->ticket, y->ticket);
}

static int compare_seat(const void *a, const void *b)
{
    const struct roster_candidate *x = *(const struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(const struct roster_candidate *const *)b;
    int c = strcmp(x->site, y->site);
    if (c == 0)
        c = strcmp(x->room, y->room);
    return c ? c : (x->seat > y->seat) - (x->seat < y->seat);
}

const struct roster_candidate *roster_find(const struct roster *r, const char *ticket)
{
    struct roster_candidate key = {.ticket = ticket};
    return r->n_candidates ? bsearch(&key, r->candidate, r->n_candidates, sizeof key, compare_ticket) : NULL;
}

const struct roster_room *roster_find_room(const struct roster *r, const char *site, const char *room)
{
    struct roster_room key = {.site = site, .id = room};
    return r->n_rooms ? bsearch(&key, r->room, r->n_rooms, sizeof key, compare_room) : NULL;
}

static int check_room(const struct roster *r, const struct roster_room *room, struct err *e)
{
    if (!path_is_plain_name(room->id) || !path_is_plain_name(room->site))
        return err_set(e, ERR_DATA, room->id, _("room and site must be plain names"));
    if (room != r->room && compare_room(room - 1, room) == 0)
        return err_set(e, ERR_DATA, room->id, _("the room occurs twice at site %s"), room->site);
    if (room->seats < 1 || room->seats > ROSTER_MAX_SEATS)
        return err_set(e, ERR_DATA, room->id, _("a room has between 1 and %d seats"), ROSTER_MAX_SEATS);
    if (room->benches < 0 || room->benches > room->seats)
        return err_set(e, ERR_DATA, room->id, _("a room has no more benches than seats"));
    if (r->site[0] && strcmp(r->site, room->site) != 0)
        return err_set(e, ERR_DATA, room->id, _("the room belongs to another site than %s"), r->site);
    if (room->has_secret != (r->site[0] != '\0'))
        return err_set(e, ERR_DATA, room->id,
                       r->site[0] ? _("the room has no secret")
                                  : _("a whole-session roster holds no room secrets"));
    return 0;
}

static int check_candidate(const struct roster *r, const struct roster_candidate *c, struct err *e)
{
    if (!path_is_plain_name(c->ticket) || !path_is_plain_name(c->form))
        return err_set(e, ERR_DATA, c->ticket, _("ticket number and form must be plain names"));
    if (c != r->candidate && strcmp(c[-1].ticket, c->ticket) == 0)
        return err_set(e, ERR_DATA, c->ticket, _("the ticket number occurs twice"));
    if (c->name[0] == '\0')
        return err_set(e, ERR_DATA, c->ticket, _("the candidate has no name"));
    const struct roster_room *room = roster_find_room(r, c->site, c->room);
    if (!room)
        return err_set(e, ERR_DATA, c->ticket, _("there is no room %s at site %s"), c->room, c->site);
    if (c->seat < 1 || c->seat > room->seats)
        return err_set(e, ERR_DATA, c->ticket, _("seat %lld is not in room %s, which has %lld"),
                       (long long)c->seat, room->id, (long long)room->seats);
    if (c->extra_s < 0 || c->extra_s > 86400)
        return err_set(e, ERR_DATA, c->ticket, _("extra time must be between 0 and 86400 seconds"));
    return 0;
}

static int check_seats(struct roster *r, struct err *e)
{
    int result = 0;
    const struct roster_candidate **by_seat = mem_grow(NULL, r->n_candidates + 1, sizeof *by_seat);
    for (size_t i = 0; i < r->n_candidates; i++)
        by_seat[i] = &r->candidate[i];
    qsort(by_seat, r->n_candidates, sizeof *by_seat, compare_seat);
    for (size_t i = 1; i < r->n_candidates && result == 0; i++)
        if (compare_seat(&by_seat[i - 1], &by_seat[i]) == 0)
            result = err_set(e, ERR_DATA, by_seat[i]->ticket, _("seat %lld in room %s is also given to %s"),
                             (long long)by_seat[i]->seat, by_seat[i]->room, by_seat[i - 1]->ticket);
    if (result == 0)
        result = roster_check_raters(r, by_seat, e);
    free(by_seat);
    return result;
}

int roster_check(struct roster *r, struct err *e)
{
    int result = 0;
    if (!path_is_plain_name(r->session) || (r->site[0] && !path_is_plain_name(r->site)))
        return err_set(e, ERR_DATA, r->session, _("session and site must be plain names"));
    if (r->n_candidates > ROSTER_MAX_CANDIDATES || r->n_rooms > ROSTER_MAX_ROOMS)
        return err_set(e, ERR_DATA, r->session, _("more than %d candidates or %d rooms"),
                       ROSTER_MAX_CANDIDATES, ROSTER_MAX_ROOMS);
    if (r->n_rooms)
        qsort(r->room, r->n_rooms, sizeof *r->room, compare_room);
    if (r->n_candidates)
        qsort(r->candidate, r->n_candidates, sizeof *r->candidate, compare_ticket);
    for (size_t i = 0; i < r->n_rooms && result == 0; i++)
        result = check_room(r, &r->room[i], e);
    for (size_t i = 0; i < r->n_candidates && result == 0; i++)
        result = check_candidate(r, &r->candidate[i], e);
    return result < 0 ? result : check_seats(r, e);
}

static void write_room(struct xml_out *o, const struct roster_room *room)
{
    xml_open(o, "room");
    xml_put(o, "site", room->site);
    xml_put(o, "id", room->id);
    xml_put(o, "name", room->name);
    xml_put_int(o, "seats", room->seats);
    if (room->benches)
        xml_put_int(o, "benches", room->benches);
    if (room->has_secret)
        xml_put_hex(o, "secret", room->secret, sizeof room->secret);
    xml_close(o);
}

static void write_candidate(struct xml_out *o, const struct roster_candidate *c)
{
    xml_open(o, "candidate");
    xml_put(o, "ticket", c->ticket);
    xml_put(o, "name", c->name);
    xml_put(o, "idNumber", c->id_number);
    xml_put(o, "county", c->county);
    xml_put(o, "school", c->school);
    xml_put(o, "site", c->site);
    xml_put(o, "room", c->room);
    xml_put_int(o, "seat", c->seat);
    xml_put(o, "form", c->form);
    xml_put_int(o, "extraSeconds", c->extra_s);
    xml_close(o);
}

int roster_write(struct roster *r, struct bytes *out, struct err *e)
{
    int result = roster_check(r, e);
    if (result < 0)
        return result;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "roster");
    xml_put(&o, "xmlns", ROSTER_NS);
    xml_put(&o, "session", r->session);
    xml_put(&o, "site", r->site);
    if (r->number)
        xml_put_int(&o, "number", r->number);
    for (size_t i = 0; i < r->n_rooms; i++)
        write_room(&o, &r->room[i]);
    for (size_t i = 0; i < r->n_candidates; i++)
        write_candidate(&o, &r->candidate[i]);
    for (size_t i = 0; i < r->n_raters; i++)
        roster_write_rater(&o, &r->rater[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_room(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                     struct roster_room *ret, struct err *e)
{
    int r;
    if ((r = document_name(d, n, "site", a, &ret->site, e)) < 0 ||
        (r = document_name(d, n, "id", a, &ret->id, e)) < 0 ||
        (r = document_text(d, n, "name", a, &ret->name, e)) < 0 ||
        (r = xml_need_int(d, n, "seats", 1, ROSTER_MAX_SEATS, &ret->seats, e)) < 0 ||
        (xml_attr(d, n, "benches") &&
         (r = xml_need_int(d, n, "benches", 1, ROSTER_MAX_SEATS, &ret->benches, e)) < 0))
        return r;
    ret->has_secret = xml_attr(d, n, "secret") != NULL;
    return ret->has_secret ? xml_need_hex(d, n, "secret", ret->secret, sizeof ret->secret, e) : 0;
}

static int read_candidate(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                          struct roster_candidate *ret, struct err *e)
{
    const struct {
        const char *attr, **to;
    } text[] = {{"ticket", &ret->ticket}, {"name", &ret->name},     {"idNumber", &ret->id_number},
                {"county", &ret->county}, {"school", &ret->school}, {"site", &ret->site},
                {"room", &ret->room},     {"form", &ret->form}};
    int r = 0;
    for (size_t i = 0; i < sizeof text / sizeof *text && r == 0; i++)
        r = document_text(d, n, text[i].attr, a, text[i].to, e);
    if (r == 0)
        r = xml_need_int(d, n, "seat", 1, ROSTER_MAX_SEATS, &ret->seat, e);
    return r < 0 ? r : xml_need_int(d, n, "extraSeconds", 0, 86400, &ret->extra_s, e);
}

static int read_tree(struct roster *ret, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r;
    if ((r = document_name(d, root, "session", ret->arena, &ret->session, e)) < 0 ||
        (r = document_text(d, root, "site", ret->arena, &ret->site, e)) < 0 ||
        (xml_attr(d, root, "number") &&
         (r = xml_need_int(d, root, "number", 1, INT32_MAX, &ret->number, e)) < 0))
        return r;
    ret->room = arena_array(ret->arena, document_count(root, "room") + 1, sizeof *ret->room);
    ret->candidate = arena_array(ret->arena, document_count(root, "candidate") + 1, sizeof *ret->candidate);
    ret->rater = arena_array(ret->arena, document_count(root, "rater") + 1, sizeof *ret->rater);
    for (const struct xml_node *c = xml_first_element(root); c && r == 0; c = xml_next_element(c)) {
        if (xml_named(c, "room"))
            r = read_room(d, c, ret->arena, &ret->room[ret->n_rooms++], e);
        else if (xml_named(c, "candidate"))
            r = read_candidate(d, c, ret->arena, &ret->candidate[ret->n_candidates++], e);
        else if (xml_named(c, "rater"))
            r = roster_read_rater(d, c, ret->arena, &ret->rater[ret->n_raters++], e);
        else
            r = xml_err(e, d, c, _("unknown element <%s>"), xml_name(c));
    }
    return r;
}

int roster_read(struct roster **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct roster *roster = roster_new();
    int r = document_parse(&d, name, data, "roster", ROSTER_NS, &roster_limits, e);
    if (r == 0)
        r = read_tree(roster, d, e);
    if (r == 0 && (r = roster_write(roster, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        roster_free(roster);
        return r;
    }
    *ret = roster;
    return 0;
}

const char *roster_site(const struct roster *whole, size_t i)
{
    const char *last = NULL;
    for (size_t k = 0; k < whole->n_rooms; k++) {
        const char *site = whole->room[k].site;
        if (last && strcmp(last, site) == 0)
            continue;
        if (i-- == 0)
            return site;
        last = site;
    }
    return NULL;
}

static void copy_room(struct roster *to, const struct roster_room *from)
{
    struct roster_room *room = &to->room[to->n_rooms++];
    *room = (struct roster_room){.site = to->site,
                                 .id = arena_strdup(to->arena, from->id),
                                 .name = arena_strdup(to->arena, from->name),
                                 .seats = from->seats,
                                 .benches = from->benches,
                                 .has_secret = true};
    randombytes_buf(room->secret, sizeof room->secret);
}

static void copy_candidate(struct roster *to, const struct roster_candidate *from)
{
    struct arena *a = to->arena;
    to->candidate[to->n_candidates++] =
        (struct roster_candidate){.ticket = arena_strdup(a, from->ticket),
                                  .name = arena_strdup(a, from->name),
                                  .id_number = arena_strdup(a, from->id_number),
                                  .county = arena_strdup(a, from->county),
                                  .school = arena_strdup(a, from->school),
                                  .site = to->site,
                                  .room = arena_strdup(a, from->room),
                                  .seat = from->seat,
                                  .form = arena_strdup(a, from->form),
                                  .extra_s = from->extra_s};
}

/* Indices of the site's candidates; malloc'ed. */
static size_t *candidates_of(const struct roster *whole, const char *site, size_t *ret_n)
{
    size_t *index = NULL, n = 0, cap = 0;
    for (size_t i = 0; i < whole->n_candidates; i++) {
        if (strcmp(whole->candidate[i].site, site) != 0)
            continue;
        if (n == cap) {
            cap = cap ? 2 * cap : 256;
            index = mem_grow(index, cap, sizeof *index);
        }
        index[n++] = i;
    }
    *ret_n = n;
    return index;
}

static size_t count_rooms(const struct roster *whole, const char *site)
{
    size_t n = 0;
    for (size_t i = 0; i < whole->n_rooms; i++)
        n += strcmp(whole->room[i].site, site) == 0;
    return n;
}

int roster_site_view(struct roster **ret, const struct roster *whole, const char *site, struct err *e)
{
    if (sodium_init() < 0)
        return err_set(e, ERR_ENV, NULL, _("no random numbers on this machine"));
    struct roster *view = roster_new();
    view->session = arena_strdup(view->arena, whole->session);
    view->site = arena_strdup(view->arena, site);
    view->number = whole->number;
    size_t n = 0, *index = candidates_of(whole, site, &n);
    view->room = arena_array(view->arena, count_rooms(whole, site) + 1, sizeof *view->room);
    view->candidate = arena_array(view->arena, n + 1, sizeof *view->candidate);
    view->rater = arena_array(view->arena, whole->n_raters + 1, sizeof *view->rater);
    for (size_t i = 0; i < whole->n_rooms; i++)
        if (strcmp(whole->room[i].site, site) == 0)
            copy_room(view, &whole->room[i]);
    for (size_t i = 0; i < n; i++)
        copy_candidate(view, &whole->candidate[index[i]]);
    free(index);
    for (size_t i = 0; i < whole->n_raters; i++)
        if (strcmp(whole->rater[i].site, site) == 0)
            roster_copy_rater(view, &whole->rater[i]);
    int r =
        view->n_rooms ? roster_check(view, e) : err_set(e, ERR_DATA, site, _("the roster has no such site"));
    if (r < 0) {
        roster_free(view);
        return r;
    }
    *ret = view;
    return 0;
}

void roster_keep_secrets(struct roster *view, const struct roster *from)
{
    for (size_t i = 0; i < view->n_rooms; i++) {
        const struct roster_room *old = roster_find_room(from, view->room[i].site, view->room[i].id);
        if (old && old->has_secret)
            memcpy(view->room[i].secret, old->secret, sizeof old->secret);
    }
}
