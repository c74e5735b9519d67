/* SPDX-License-Identifier: Apache-2.0 */
#include "office/draw-list.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"

struct draw_list *draw_list_new(void)
{
    struct arena *a = arena_new();
    struct draw_list *l = arena_alloc(a, sizeof *l);
    *l = (struct draw_list){.arena = a, .ratings = 1, .watch = 4};
    return l;
}

void draw_list_free(struct draw_list *l)
{
    if (l)
        arena_free(l->arena);
}

void draw_hash(struct span data, uint8_t ret[DRAW_HASH])
{
    blake2b_256(ret, data);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_session_id(const void *a, const void *b)
{
    const struct draw_session *x = *(const struct draw_session *const *)a;
    const struct draw_session *y = *(const struct draw_session *const *)b;
    return strcmp(x->id, y->id);
}

static int by_room(const void *a, const void *b)
{
    const struct draw_room *x = a, *y = b;
    int c = (x->session > y->session) - (x->session < y->session);
    if (c == 0)
        c = strcmp(x->site, y->site);
    return c ? c : strcmp(x->id, y->id);
}

static int by_school(const void *a, const void *b)
{
    const struct draw_candidate *x = a, *y = b;
    int c = strcmp(x->site, y->site);
    if (c == 0)
        c = strcmp(x->school, y->school);
    return c ? c : strcmp(x->ticket, y->ticket);
}

static int by_rater(const void *a, const void *b)
{
    const struct draw_rater *x = a, *y = b;
    int c = (x->session > y->session) - (x->session < y->session);
    return c ? c : strcmp(x->id, y->id);
}

static void sort(void *p, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    if (n > 1)
        qsort(p, n, size, compare);
}

/* Sessions by their ids; what refers to them follows. */
static void sort_sessions(struct draw_list *l)
{
    size_t place[DRAW_MAX_SESSIONS] = {0};
    const struct draw_session *order[DRAW_MAX_SESSIONS];
    struct draw_session *sorted = arena_array(l->arena, l->n_sessions + 1, sizeof *sorted);
    for (size_t i = 0; i < l->n_sessions; i++)
        order[i] = &l->session[i];
    sort(order, l->n_sessions, sizeof *order, by_session_id);
    for (size_t i = 0; i < l->n_sessions; i++) {
        sorted[i] = *order[i];
        place[order[i] - l->session] = i;
    }
    for (size_t i = 0; i < l->n_rooms; i++)
        l->room[i].session = place[l->room[i].session];
    for (size_t i = 0; i < l->n_raters; i++)
        l->rater[i].session = place[l->rater[i].session];
    l->session = sorted;
}

static int check_session(const struct draw_list *l, size_t i, struct err *e)
{
    const struct draw_session *s = &l->session[i];
    if (!path_is_plain_name(s->id))
        return err_set(e, ERR_DATA, s->id, _("the session is no plain name"));
    if (i > 0 && strcmp(s[-1].id, s->id) == 0)
        return err_set(e, ERR_DATA, s->id, _("the session stands twice in the list"));
    sort(s->experiment, s->n_experiments, sizeof *s->experiment, by_text);
    if (s->n_experiments < 2 || s->n_experiments > DRAW_MAX_EXPERIMENTS) {
        err_set(e, ERR_DATA, s->id,
                ngettext("%zu experiment: a draw needs between 2 and %d",
                         "%zu experiments: a draw needs between 2 and %d", s->n_experiments),
                s->n_experiments, DRAW_MAX_EXPERIMENTS);
        return err_hint(e, _("neighbours would have the same; name more rubrics for this session (--unit)"));
    }
    for (size_t k = 0; k < s->n_experiments; k++) {
        if (!path_is_plain_name(s->experiment[k]))
            return err_set(e, ERR_DATA, s->id, _("experiment \"%.40s\" is no plain name"), s->experiment[k]);
        if (k > 0 && strcmp(s->experiment[k - 1], s->experiment[k]) == 0)
            return err_set(e, ERR_DATA, s->id, _("experiment %s stands twice"), s->experiment[k]);
    }
    return 0;
}

static int check_school(const char *who, const char *school, struct err *e)
{
    if (strlen(school) > DRAW_MAX_SCHOOL)
        return err_set(e, ERR_DATA, who, _("school is longer than %d bytes"), DRAW_MAX_SCHOOL);
    for (const char *p = school; *p; p++)
        if ((unsigned char)*p < 0x20)
            return err_set(e, ERR_DATA, who, _("school holds a control character or a line break"));
    return 0;
}

static int check_room(const struct draw_list *l, size_t i, struct err *e)
{
    const struct draw_room *r = &l->room[i];
    if (!path_is_plain_name(r->id) || !path_is_plain_name(r->site))
        return err_set(e, ERR_DATA, r->id, _("room and site must be plain names"));
    if (i > 0 && by_room(r - 1, r) == 0)
        return err_set(e, ERR_DATA, r->id, _("the room occurs twice at site %s"), r->site);
    if (r->benches < 1 || r->groups < 1 || r->columns < 1 || r->benches > DRAW_MAX_SEATS ||
        r->groups > DRAW_MAX_SEATS || r->benches * r->groups > DRAW_MAX_SEATS ||
        r->columns > DRAW_MAX_SEATS) {
        err_set(e, ERR_DATA, r->id, _("%lld benches and %lld groups: together between 1 and %d places"),
                (long long)r->benches, (long long)r->groups, DRAW_MAX_SEATS);
        return err_hint(e, _("give more rooms or sessions where more places are needed"));
    }
    return check_school(r->id, r->name, e);
}

static int check_rater(const struct draw_list *l, size_t i, struct err *e)
{
    const struct draw_rater *r = &l->rater[i];
    if (!path_is_plain_name(r->id) || (r->site[0] && !path_is_plain_name(r->site)))
        return err_set(e, ERR_DATA, r->id, _("rater and site must be plain names"));
    if (i > 0 && by_rater(r - 1, r) == 0)
        return err_set(e, ERR_DATA, r->id, _("the rater stands twice in session %s"),
                       l->session[r->session].id);
    return check_school(r->id, r->school, e);
}

static int check_candidate(const struct draw_candidate *c, struct err *e)
{
    if (!path_is_plain_name(c->ticket) || !path_is_plain_name(c->site))
        return err_set(e, ERR_DATA, c->ticket, _("ticket number and site must be plain names"));
    return check_school(c->ticket, c->school, e);
}

static int check_tickets(const struct draw_list *l, struct err *e)
{
    const char **ticket = mem_grow(NULL, l->n_candidates + 1, sizeof *ticket);
    int r = 0;
    for (size_t i = 0; i < l->n_candidates; i++)
        ticket[i] = l->candidate[i].ticket;
    sort(ticket, l->n_candidates, sizeof *ticket, by_text);
    for (size_t i = 1; i < l->n_candidates && r == 0; i++)
        if (strcmp(ticket[i - 1], ticket[i]) == 0)
            r = err_set(e, ERR_DATA, ticket[i], _("the ticket number occurs twice"));
    free(ticket);
    return r;
}

static int check_counts(const struct draw_list *l, struct err *e)
{
    if (l->n_sessions < 1 || l->n_sessions > DRAW_MAX_SESSIONS)
        return err_set(e, ERR_DATA, NULL, _("a draw is for 1 to %d sessions"), DRAW_MAX_SESSIONS);
    if (l->n_candidates < 1 || l->n_candidates > DRAW_MAX_CANDIDATES)
        return err_set(e, ERR_DATA, NULL, _("a draw needs between 1 and %d candidates"), DRAW_MAX_CANDIDATES);
    if (l->n_rooms < 1 || l->n_rooms > DRAW_MAX_ROOMS || l->n_raters > DRAW_MAX_RATERS)
        return err_set(e, ERR_DATA, NULL, _("a draw needs between 1 and %d rooms, and at most %d raters"),
                       DRAW_MAX_ROOMS, DRAW_MAX_RATERS);
    if (l->ratings < 1 || l->ratings > DRAW_MAX_RATINGS || l->watch < 1 || l->watch > DRAW_MAX_SEATS)
        return err_set(e, ERR_DATA, NULL, _("each bench has 1 to %d raters, each rater at least one bench"),
                       DRAW_MAX_RATINGS);
    return 0;
}

int draw_list_check(struct draw_list *l, struct err *e)
{
    int r = check_counts(l, e);
    if (r < 0)
        return r;
    sort_sessions(l);
    sort(l->room, l->n_rooms, sizeof *l->room, by_room);
    sort(l->candidate, l->n_candidates, sizeof *l->candidate, by_school);
    sort(l->rater, l->n_raters, sizeof *l->rater, by_rater);
    for (size_t i = 0; i < l->n_sessions && r == 0; i++)
        r = check_session(l, i, e);
    for (size_t i = 0; i < l->n_rooms && r == 0; i++)
        r = check_room(l, i, e);
    for (size_t i = 0; i < l->n_candidates && r == 0; i++)
        r = check_candidate(&l->candidate[i], e);
    for (size_t i = 0; i < l->n_raters && r == 0; i++)
        r = check_rater(l, i, e);
    return r < 0 ? r : check_tickets(l, e);
}

static size_t line_end(struct span s, size_t from)
{
    const uint8_t *p = from < s.n ? memchr(s.p + from, '\n', s.n - from) : NULL;
    return p ? (size_t)(p - s.p) + 1 : s.n;
}

static void copy_line(char *to, size_t size, struct span s, size_t from, size_t end)
{
    size_t n = 0;
    while (from + n < end && n + 1 < size && s.p[from + n] >= 0x20)
        n++;
    if (n)
        memcpy(to, s.p + from, n);
    to[n] = '\0';
}

unsigned draw_first_difference(struct span x, struct span y, char *a, char *b, size_t size)
{
    size_t i = 0, k = 0;
    for (unsigned line = 1; i < x.n || k < y.n; line++) {
        size_t i_end = line_end(x, i), k_end = line_end(y, k);
        if (i_end - i != k_end - k || memcmp(x.p + i, y.p + k, i_end - i) != 0) {
            copy_line(a, size, x, i, i_end);
            copy_line(b, size, y, k, k_end);
            return line;
        }
        i = i_end;
        k = k_end;
    }
    return 0;
}
