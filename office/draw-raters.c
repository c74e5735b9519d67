/* SPDX-License-Identifier: Apache-2.0 */
/* Raters to rooms and benches: in an order by lot, never at pupils of their own school. Where the lot leads
 * into a dead end, raters that have benches already change theirs (augmenting paths), so that an answer is
 * found when there is one. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "office/draw-internal.h"

#define NOBODY SIZE_MAX

struct slot {
    size_t room;
    int64_t from, to, order;
    const char **school; /* of those who work there, in any group */
    size_t n_schools;
    bool filled;
};

struct staffing {
    struct drawing *d;
    struct arena *arena;
    struct slot *slot; /* of one session */
    size_t n_slots;
    size_t first, n; /* raters of the session in the list */
    size_t n_taken;
    uint32_t *order; /* by lot */
    size_t *owner;   /* slot of a rater, or NOBODY */
    size_t *visited; /* number of the search + 1 in which a rater was looked at */
};

static bool may_rate(const struct staffing *st, const struct slot *s, const struct draw_rater *x)
{
    if (x->site[0] && strcmp(x->site, st->d->l->room[s->room].site) != 0)
        return false;
    if (!x->school[0])
        return true;
    for (size_t i = 0; i < s->n_schools; i++)
        if (strcmp(s->school[i], x->school) == 0)
            return false;
    return true;
}

static bool find_rater(struct staffing *st, size_t slot, size_t search)
{
    const struct draw_rater *all = st->d->l->rater + st->first;
    const struct slot *s = &st->slot[slot];
    for (size_t i = 0; i < st->n; i++) {
        size_t x = st->order[i];
        if (st->owner[x] == NOBODY && may_rate(st, s, &all[x])) {
            st->owner[x] = slot;
            return true;
        }
    }
    for (size_t i = 0; i < st->n; i++) {
        size_t x = st->order[i];
        if (st->visited[x] == search + 1 || !may_rate(st, s, &all[x]))
            continue;
        st->visited[x] = search + 1;
        if (find_rater(st, st->owner[x], search)) {
            st->owner[x] = slot;
            return true;
        }
    }
    return false;
}

static void add_school(struct slot *s, const char *school)
{
    for (size_t i = 0; i < s->n_schools; i++)
        if (strcmp(s->school[i], school) == 0)
            return;
    s->school[s->n_schools++] = school;
}

/* Slots of a room: blocks of benches, from first to the last bench that is used. */
static void add_slots(struct staffing *st, size_t room, int64_t used)
{
    const struct draw_list *l = st->d->l;
    for (int64_t from = 1; from <= used; from += l->watch)
        for (int64_t order = 1; order <= l->ratings; order++) {
            struct slot *s = &st->slot[st->n_slots++];
            int64_t to = from + l->watch - 1;
            *s = (struct slot){.room = room, .from = from, .order = order};
            s->to = to < l->room[room].benches ? to : l->room[room].benches;
            s->school = arena_array(st->arena, (size_t)((s->to - from + 1) * l->room[room].groups),
                                    sizeof *s->school);
        }
}

/* The first slot of each room (and in [n_rooms] the end), for the session's rooms. */
static size_t *make_slots(struct staffing *st, size_t session)
{
    const struct draw_list *l = st->d->l;
    const struct draw_result *r = st->d->result;
    size_t *first = arena_array(st->arena, l->n_rooms + 1, sizeof *first), most = 0;
    int64_t *used = arena_array(st->arena, l->n_rooms + 1, sizeof *used);
    for (size_t i = 0; i < l->n_candidates; i++)
        if (r->place[i].bench > used[r->place[i].room])
            used[r->place[i].room] = r->place[i].bench;
    for (size_t i = 0; i < l->n_rooms; i++)
        if (l->room[i].session == session)
            most += (size_t)(((used[i] + l->watch - 1) / l->watch) * l->ratings);
    st->slot = arena_array(st->arena, most + 1, sizeof *st->slot);
    for (size_t i = 0; i < l->n_rooms; i++) {
        first[i] = st->n_slots;
        if (l->room[i].session == session)
            add_slots(st, i, used[i]);
    }
    return first;
}

static void note_schools(struct staffing *st, size_t session, const size_t *first)
{
    const struct draw_list *l = st->d->l;
    for (size_t i = 0; i < l->n_candidates; i++) {
        const struct draw_place *p = &st->d->result->place[i];
        if (l->room[p->room].session != session)
            continue;
        size_t block = (size_t)((p->bench - 1) / l->watch),
               slot = first[p->room] + block * (size_t)l->ratings;
        for (size_t order = 0; order < (size_t)l->ratings; order++)
            add_school(&st->slot[slot + order], l->candidate[i].school);
    }
}

static void explain(struct staffing *st, const struct slot *s)
{
    const struct draw_list *l = st->d->l;
    const struct draw_room *room = &l->room[s->room];
    size_t own = 0, elsewhere = 0;
    struct bytes schools = {0};
    for (size_t i = 0; i < st->n; i++) {
        const struct draw_rater *x = &l->rater[st->first + i];
        bool here = !x->site[0] || strcmp(x->site, room->site) == 0;
        elsewhere += !here;
        own += here && !may_rate(st, s, x);
    }
    for (size_t i = 0; i < s->n_schools && i < 4; i++)
        bytes_printf(&schools, "%s%.60s", i ? ", " : "", s->school[i]);
    draw_complain(
        st->d, l->session[room->session].id,
        ngettext(
            "room %s at site %s, benches %lld to %lld: nobody is left for rating %lld: of %zu rater %zu are "
            "bound to other sites, %zu are of the schools rated there (%s), the others have benches",
            "room %s at site %s, benches %lld to %lld: nobody is left for rating %lld: of %zu raters %zu are "
            "bound to other sites, %zu are of the schools rated there (%s), the others have benches",
            st->n),
        room->id, room->site, (long long)s->from, (long long)s->to, (long long)s->order, st->n, elsewhere,
        own, (const char *)schools.p);
    bytes_release(&schools);
}

static void keep(struct staffing *st)
{
    for (size_t x = 0; x < st->n; x++) {
        if (st->owner[x] == NOBODY) {
            st->d->result->reserves++;
            continue;
        }
        struct slot *s = &st->slot[st->owner[x]];
        s->filled = true;
        st->d->result->duty[st->first + x] =
            (struct draw_duty){.room = s->room, .from = s->from, .to = s->to, .order = s->order};
    }
    for (size_t i = 0; i < st->n_slots; i++)
        if (!st->slot[i].filled)
            explain(st, &st->slot[i]);
}

static void staff_session(struct staffing *st, size_t session)
{
    struct draw_stream stream;
    size_t *first = make_slots(st, session);
    note_schools(st, session, first);
    st->order = arena_array(st->arena, st->n + 1, sizeof *st->order);
    st->owner = arena_array(st->arena, st->n + 1, sizeof *st->owner);
    st->visited = arena_array(st->arena, st->n + 1, sizeof *st->visited);
    for (size_t i = 0; i < st->n; i++) {
        st->order[i] = (uint32_t)i;
        st->owner[i] = NOBODY;
    }
    draw_stream_begin(&stream, st->d->seed, "raters/%s", st->d->l->session[session].id);
    draw_stream_shuffle(&stream, st->order, st->n);
    for (size_t i = 0; i < st->n_slots && st->n_taken < st->n; i++)
        st->n_taken += find_rater(st, i, i);
    keep(st);
}

int draw_raters(struct drawing *d, struct err *e)
{
    size_t to = 0;
    if (d->l->n_raters == 0)
        return 0;
    for (size_t session = 0; session < d->l->n_sessions; session++) {
        struct staffing st = {.d = d, .arena = arena_new(), .first = to};
        while (to < d->l->n_raters && d->l->rater[to].session == session)
            to++;
        st.n = to - st.first;
        staff_session(&st, session);
        arena_free(st.arena);
    }
    if (!d->complaints)
        return 0;
    err_set(e, ERR_NO, NULL, ngettext("%zu place has no rater", "%zu places have no rater", d->complaints),
            d->complaints);
    return err_hint(e, _("give more raters of other schools, more benches to each (--watch), or one rating"));
}
