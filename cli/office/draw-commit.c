/* SPDX-License-Identifier: Apache-2.0 */
/* roster draw --commit: the list is fixed, a seed is made and kept, their hashes are signed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/drawing.h"
#include "cli/office/exam.h"
#include "exam-packages/secret.h"

struct committing {
    struct drawing_desk *d;
    struct bytes rooms, raters, text;
    struct draw_table rooms_table, raters_table;
    struct draw_list *list;
    int64_t group_ms[DRAW_MAX_SESSIONS], interval_ms[DRAW_MAX_SESSIONS];
};

/* An option's table, or the one of the draw before. */
static int read_table(struct committing *c, const char *option, const char *file, struct bytes *text,
                      struct draw_table *ret, struct err *e)
{
    const char *path = args_get(c->d->a, option);
    if (!path && c->d->folder.path) {
        path = arena_printf(c->d->arena, "%s/%s", c->d->folder.path, file);
        if (!file_exists(path))
            path = NULL;
    }
    *ret = (struct draw_table){.name = path};
    int r = path ? file_read(path, 16 << 20, text, e) : 0;
    if (r == 0 && path)
        ret->text = bytes_span(text);
    return r;
}

static void add_experiments(struct draw_session *s, struct arena *a, const char *names)
{
    char *rest = NULL, *copy = arena_strdup(a, names);
    for (char *t = strtok_r(copy, ", ", &rest); t && s->n_experiments <= DRAW_MAX_EXPERIMENTS;
         t = strtok_r(NULL, ", ", &rest))
        s->experiment[s->n_experiments++] = t;
}

/* --unit SESSION=P1,P2,… */
static const char *find_unit(const struct args *a, const char *session)
{
    const char *unit;
    size_t n = strlen(session);
    for (int i = 0; (unit = args_each(a, "unit", i)); i++)
        if (strncmp(unit, session, n) == 0 && unit[n] == '=')
            return unit + n + 1;
    return NULL;
}

static int check_units(const struct drawing_desk *d, struct err *e)
{
    const char *unit;
    for (int i = 0; (unit = args_each(d->a, "unit", i)); i++) {
        size_t k = 0;
        while (k < d->n && (strncmp(unit, d->id[k], strlen(d->id[k])) != 0 || unit[strlen(d->id[k])] != '='))
            k++;
        if (k == d->n) {
            err_set(e, ERR_USAGE, "--unit", _("\"%.60s\" names none of the sessions"), unit);
            return err_hint(e, "--unit %s=P1,P2,C1", d->id[0]);
        }
    }
    return 0;
}

/* The experiments of a half-day: those that --unit names, else all rubrics of the exam's plan. */
static int take_session(struct committing *c, size_t i, struct err *e)
{
    struct lab_plan *plan = NULL;
    struct draw_list *l = c->list;
    struct draw_session *s = &l->session[l->n_sessions++];
    const char *unit = find_unit(c->d->a, c->d->id[i]);
    int r = exam_lab_plan(c->d->office, &c->d->session[i], &plan, e);
    *s = (struct draw_session){.id = c->d->id[i]};
    s->experiment = arena_array(l->arena, DRAW_MAX_EXPERIMENTS + 1, sizeof *s->experiment);
    if (r == 0 && unit)
        add_experiments(s, l->arena, unit);
    for (size_t k = 0; r == 0 && !unit && k < plan->n_rubrics && k < DRAW_MAX_EXPERIMENTS; k++)
        s->experiment[s->n_experiments++] = arena_strdup(l->arena, plan->rubric[k]->id);
    for (size_t k = 0; r == 0 && k < s->n_experiments; k++)
        if (!lab_plan_rubric(plan, s->experiment[k]))
            r = err_set(e, ERR_USAGE, "--unit", _("the plan of exam %s has no rubric %s"), c->d->session[i].exam,
                        s->experiment[k]);
    if (r == 0 && i == 0)
        l->ratings = plan->raters;
    if (r == 0) {
        c->group_ms[i] = 1000 * exam_lab_seconds(plan);
        c->interval_ms[i] = 1000 * plan->interval_s;
    }
    lab_plan_free(plan);
    return r;
}

/* The last group ends within the session's time. */
static int check_time(const struct committing *c, struct err *e)
{
    for (size_t i = 0; i < c->list->n_rooms; i++) {
        const struct draw_room *room = &c->list->room[i];
        const struct office_session *s = &c->d->session[room->session];
        int64_t group = c->group_ms[room->session], between = c->interval_ms[room->session];
        if (room->groups * (group + between) - between > s->end_ms - s->start_ms)
            return err_set(e, ERR_USAGE, room->id,
                           _("%lld groups of %lld minutes and %lld between them do not fit into session %s"),
                           (long long)room->groups, (long long)(group / 60000), (long long)(between / 60000), s->id);
    }
    return 0;
}

static bool is_in_both(const struct draw_list *l, size_t rater, size_t i, size_t k)
{
    if (l->rater[rater].session != i)
        return false;
    for (size_t j = 0; j < l->n_raters; j++)
        if (l->rater[j].session == k && strcmp(l->rater[j].id, l->rater[rater].id) == 0)
            return true;
    return false;
}

/* Nobody rates in two sessions at the same time. */
static int check_overlap(const struct committing *c, size_t i, size_t k, struct err *e)
{
    const struct office_session *a = &c->d->session[i], *b = &c->d->session[k];
    if (a->end_ms <= b->start_ms || b->end_ms <= a->start_ms)
        return 0;
    for (size_t j = 0; j < c->list->n_raters; j++)
        if (is_in_both(c->list, j, i, k)) {
            err_set(e, ERR_DATA, c->list->rater[j].id,
                    _("this rater is in sessions %s and %s, which overlap"), a->id, b->id);
            return err_hint(e, _("give each rater one of them in the column \"session\""));
        }
    return 0;
}

static int check_overlaps(const struct committing *c, struct err *e)
{
    int r = 0;
    for (size_t i = 0; i < c->d->n; i++)
        for (size_t k = i + 1; k < c->d->n && r == 0; k++)
            r = check_overlap(c, i, k, e);
    return r;
}

static int make_list(struct committing *c, struct err *e)
{
    struct drawing_desk *d = c->d;
    struct draw_pool pool = {0};
    c->list = draw_list_new();
    c->list->session = arena_array(c->list->arena, DRAW_MAX_SESSIONS, sizeof *c->list->session);
    int r = check_units(d, e);
    for (size_t i = 0; i < d->n && r == 0; i++)
        r = take_session(c, i, e);
    if (r == 0)
        r = args_int(d->a, "ratings", 1, DRAW_MAX_RATINGS, c->list->ratings, &c->list->ratings, e);
    if (r == 0)
        r = args_int(d->a, "watch", 1, DRAW_MAX_SEATS, c->list->watch, &c->list->watch, e);
    if (r == 0)
        r = draw_list_take_rooms(c->list, &c->rooms_table, e);
    if (r == 0)
        r = check_time(c, e);
    if (r == 0)
        r = draw_list_take_raters(c->list, &c->raters_table, e);
    if (r == 0)
        r = check_overlaps(c, e);
    if (r == 0 && (r = draw_pool_load(&pool, d->office, d->id, d->n, e)) == 0)
        draw_list_take_pool(c->list, &pool);
    if (r == 0)
        r = draw_list_write(c->list, &c->text, e);
    draw_pool_release(&pool);
    return r;
}

/* What cannot be drawn is told now, not in the morning of the exam. */
static int try_draw(struct committing *c, struct err *e)
{
    static const uint8_t nothing[DRAW_SEED];
    struct draw_list *l = NULL;
    struct draw_result *result = NULL;
    size_t told = 0;
    int r = draw_list_read(&l, "list.csv", bytes_span(&c->text), e);
    if (r == 0)
        r = draw_run(&result, l, nothing, drawing_complain, &told, e);
    draw_result_free(result);
    draw_list_free(l);
    return r;
}

/* A draw after the first: why, instead of which one, and signed by two. */
static int take_reason(const struct drawing_desk *d, struct draw_commitment *m, struct err *e)
{
    const char *reason = args_get(d->a, "reason");
    m->number = 1;
    if (!d->folder.path)
        return reason ? err_set(e, ERR_USAGE, "--reason", _("nothing was drawn for these sessions before")) : 0;
    m->number = d->folder.commitment->number + 1;
    if (m->number > DRAW_MAX_NUMBER)
        return err_set(e, ERR_USAGE, d->id[0], _("at most %d draws for a session"), DRAW_MAX_NUMBER);
    if (!reason || !reason[0] || d->officers.n < 2) {
        err_set(e, ERR_NO, d->id[0], _("draw %lld is committed already; another one needs a reason and two officers"),
                (long long)d->folder.commitment->number);
        return err_hint(e, "--reason TEXT --officer A --officer B");
    }
    m->reason = reason;
    return draw_folder_hash(&d->folder, m->before, e);
}

static void print_commitment(const struct draw_commitment *m, const char *folder, size_t candidates)
{
    char seed[2 * DRAW_HASH + 1], list[2 * DRAW_HASH + 1];
    printf(_("Draw %lld, %zu candidates. Publish %s/commitment.xml with its signatures now.\n"), (long long)m->number,
           candidates, folder);
    printf(_("hash of the list: %s\nhash of the seed: %s\n"), hex_encode(list, m->list, DRAW_HASH),
           hex_encode(seed, m->seed, DRAW_HASH));
}

static int commit(struct committing *c, struct draw_commitment *m, struct err *e)
{
    struct drawing_desk *d = c->d;
    struct draw_secret secret;
    const char *share[DRAW_MAX_SHARES];
    size_t n = 0;
    for (; n < DRAW_MAX_SHARES && args_each(d->a, "share", (int)n); n++)
        share[n] = args_each(d->a, "share", (int)n);
    int r = draw_secret_new(&secret, share, n, e);
    if (r == 0)
        r = draw_commit(d->office, m, &secret, bytes_span(&c->text), &c->rooms_table, &c->raters_table,
                        d->officers.key, d->officers.n, e);
    secret_wipe(&secret, sizeof secret);
    if (r == 0) {
        char *folder = draw_folder_path(d->office, d->id[0], m->number);
        print_commitment(m, folder, c->list->n_candidates);
        free(folder);
    }
    return r;
}

int drawing_commit(struct drawing_desk *d, struct err *e)
{
    struct committing c = {.d = d};
    struct draw_commitment *m = draw_commitment_new();
    m->made = drawing_now(d);
    for (m->n_sessions = 0; m->n_sessions < d->n; m->n_sessions++)
        m->session[m->n_sessions] = d->id[m->n_sessions];
    int r = take_reason(d, m, e);
    if (r == 0)
        r = read_table(&c, "rooms", "rooms.csv", &c.rooms, &c.rooms_table, e);
    if (r == 0)
        r = read_table(&c, "raters", "raters.csv", &c.raters, &c.raters_table, e);
    if (r == 0 && !c.rooms_table.text.p) {
        err_set(e, ERR_USAGE, NULL, _("--%s is missing"), "rooms");
        r = err_hint(e, _("a table with the columns site, room, benches, groups"));
    }
    if (r == 0)
        r = make_list(&c, e);
    if (r == 0)
        r = try_draw(&c, e);
    if (r == 0)
        r = commit(&c, m, e);
    draw_commitment_free(m);
    draw_list_free(c.list);
    bytes_release(&c.text);
    bytes_release(&c.rooms);
    bytes_release(&c.raters);
    return r;
}
