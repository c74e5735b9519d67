/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/ratings.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

static int by_id(const void *id, const void *rater)
{
    return strcmp(id, ((const struct roster_rater *)rater)->id);
}

static void fill_place(struct rated *to, const struct lab_session *l, const struct roster_candidate *c)
{
    to->county = to->school = to->site = to->room = "";
    if (!c)
        return;
    to->county = c->county;
    to->school = c->school;
    to->site = c->site;
    to->room = c->room;
    const struct roster_room *room = roster_find_room(l->roster, c->site, c->room);
    if (room && room->benches > 0)
        roster_bench(room, c->seat, &to->group, &to->bench);
}

static int read_one(struct rated *to, const struct lab_session *l, const struct lab_case *c,
                    const struct lab_rating *x, struct arena *a, struct err *e)
{
    struct rating rating;
    struct rating_points points;
    const struct rubric *rubric;
    int k = lab_rating_open(l, x, a, &rating, &rubric, &points, e);
    if (k < 0)
        return k;
    const struct roster_rater *rater =
        bsearch(x->rater, l->roster->rater, l->roster->n_raters, sizeof *l->roster->rater, by_id);
    *to = (struct rated){.ticket = c->ticket,
                         .rater = x->rater,
                         .rater_name = rater ? rater->name : "",
                         .order = x->reduced.order};
    fill_place(to, l, c->candidate);
    rated_fill(to, &rating, rubric, a);
    return 0;
}

int session_ratings_read(struct session_ratings *ret, const struct lab_session *l, struct arena *a,
                         struct err *e)
{
    struct session_ratings s = {0};
    size_t most = 0;
    int k = 0;
    for (size_t i = 0; i < l->n; i++)
        most += l->each[i].n_ratings;
    s.rated = arena_array(a, most + 1, sizeof *s.rated);
    s.sheet = arena_array(a, most + 1, sizeof *s.sheet);
    for (size_t i = 0; k == 0 && i < l->n; i++)
        for (size_t j = 0; k == 0 && j < l->each[i].n_ratings; j++) {
            const struct lab_rating *x = &l->each[i].rating[j];
            if (x->unreadable) {
                s.unreadable++;
                continue;
            }
            s.sheet[s.n] = x->sheet;
            k = read_one(&s.rated[s.n++], l, &l->each[i], x, a, e);
        }
    *ret = s;
    return k;
}

enum {
    TICKET,
    SCHOOL,
    SITE,
    ROOM,
    GROUP,
    BENCH,
    RATER,
    RATER_NAME,
    ORDER,
    RUBRIC,
    STATUS,
    STATUS_NAME,
    TOTAL,
    STEPS,
    CONFIRMED,
    CHIEF,
    BEGUN,
    SECONDS,
    SHEET,
    N_COLUMNS
};

static const struct table_column columns[N_COLUMNS] = {
    [TICKET] = {.key = "ticket", .head = N_("Ticket no.")},
    [SCHOOL] = {.key = "school", .head = N_("School"), .use = TABLE_BUT_SCREEN},
    [SITE] = {.key = "site", .head = N_("Site"), .use = TABLE_BUT_SCREEN},
    [ROOM] = {.key = "room", .head = N_("Room"), .use = TABLE_BUT_SCREEN},
    [GROUP] = {.key = "group", .head = N_("Group"), .kind = TABLE_NUMBER},
    [BENCH] = {.key = "bench", .head = N_("Bench"), .kind = TABLE_NUMBER},
    [RATER] = {.key = "examiner", .head = N_("Examiner")},
    [RATER_NAME] = {.key = "name", .head = N_("Name"), .use = TABLE_BUT_SCREEN},
    [ORDER] = {.key = "order", .head = N_("Order"), .kind = TABLE_NUMBER},
    [RUBRIC] = {.key = "rubric", .head = N_("Experiment")},
    [STATUS] = {.key = "status", .head = N_("Status"), .use = TABLE_FOR_DATA},
    [STATUS_NAME] = {.key = "statusName", .head = N_("Status"), .use = TABLE_FOR_PEOPLE},
    [TOTAL] = {.key = "total", .head = N_("Points"), .kind = TABLE_NUMBER},
    [STEPS] = {.key = "steps", .head = N_("Steps"), .use = TABLE_BUT_SCREEN},
    [CONFIRMED] = {.key = "confirmed", .head = N_("Confirmed"), .use = TABLE_BUT_SCREEN},
    [CHIEF] = {.key = "chief", .head = N_("Question"), .use = TABLE_BUT_SCREEN},
    [BEGUN] = {.key = "begun", .head = N_("Begun"), .use = TABLE_BUT_SCREEN},
    [SECONDS] = {.key = "seconds", .head = N_("Seconds"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [SHEET] = {.key = "sheet", .head = N_("Paper"), .use = TABLE_BUT_SCREEN},
};

static const char *points(struct arena *a, points_t p)
{
    char text[32];
    return arena_strdup(a, points_text(p, text, sizeof text));
}

static const char *steps(struct arena *a, const struct rated *r)
{
    const char *text = "";
    for (size_t s = 0; s < r->n_steps; s++) {
        bool blank = r->step[s].mark == RATING_UNMARKED && !r->step[s].ended;
        text = arena_printf(a, "%s%s%s", text, s ? " " : "", blank ? "-" : points(a, r->step[s].points));
    }
    return text;
}

static const char *number(struct arena *a, int64_t v)
{
    return v > 0 ? arena_printf(a, "%lld", (long long)v) : "";
}

static const char *status_for_people(enum rating_status s)
{
    static const char *const name[] = {
        [RATING_OPEN] = N_("not rated"),      [RATING_RATED] = N_("rated"),
        [RATING_ABSENT] = N_("absent"),       [RATING_EXEMPT] = N_("exempt"),
        [RATING_POSTPONED] = N_("postponed"), [RATING_BREACH] = N_("breach"),
        [RATING_CHEATING] = N_("cheating"),   [RATING_VOID] = N_("void"),
    };
    return _(name[s]);
}

static void fill_rating(struct arena *a, const struct rated *r, const char **cell)
{
    if (r->status != RATING_RATED)
        return;
    cell[TOTAL] = points(a, r->total);
    cell[STEPS] = steps(a, r);
    cell[CONFIRMED] = r->confirmed ? "yes" : "no";
}

static void add(struct table *t, const struct rated *r, bool sheet, int utc_offset_min)
{
    struct arena *a = t->arena;
    char time[40];
    const char **cell = table_add(t, 0)->cell;
    cell[TICKET] = r->ticket;
    cell[SCHOOL] = r->school;
    cell[SITE] = r->site;
    cell[ROOM] = r->room;
    cell[GROUP] = number(a, r->group);
    cell[BENCH] = number(a, r->bench);
    cell[RATER] = r->rater;
    cell[RATER_NAME] = r->rater_name;
    cell[ORDER] = number(a, r->order);
    cell[RUBRIC] = r->rubric->id;
    cell[STATUS] = rating_status_name(r->status);
    cell[STATUS_NAME] = status_for_people(r->status);
    fill_rating(a, r, cell);
    cell[CHIEF] = r->chief ? "yes" : "no";
    if (r->begun_ms > 0) {
        time_text(r->begun_ms, utc_offset_min, time, sizeof time);
        cell[BEGUN] = arena_strdup(a, time);
    }
    cell[SECONDS] = number(a, r->used_ms / 1000);
    cell[SHEET] = sheet ? "yes" : "no";
}

struct table *ratings_table(const struct session_ratings *s, int utc_offset_min)
{
    struct table *t = table_new(NULL, N_COLUMNS, s->n);
    struct table_column *own = arena_copy(t->arena, columns, sizeof columns);
    for (int c = 0; c < N_COLUMNS; c++)
        own[c].head = _(columns[c].head);
    t->column = own;
    for (size_t i = 0; i < s->n; i++)
        add(t, &s->rated[i], s->sheet[i], utc_offset_min);
    return t;
}
