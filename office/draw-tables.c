/* SPDX-License-Identifier: Apache-2.0 */
/* The two tables that people write for a draw: rooms, raters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/text.h"
#include "office/draw-gather.h"
#include "office/draw-internal.h"

enum { MAX_ROWS = 100000, MAX_COLUMNS = 8 };

struct column {
    const char *name, *chinese;
    bool needed;
};

enum room_column { R_SITE, R_ROOM, R_BENCHES, R_GROUPS, R_COLUMNS, R_NAME, R_SESSION, N_ROOM };
static const struct column room_columns[N_ROOM] = {
    [R_SITE] = {"site", "考点", true},       [R_ROOM] = {"room", "考场", true},
    [R_BENCHES] = {"benches", "实验台", true}, [R_GROUPS] = {"groups", "组数", true},
    [R_COLUMNS] = {"columns", "列数", false}, [R_NAME] = {"name", "名称", false},
    [R_SESSION] = {"session", "场次", false}};

enum rater_column { X_ID, X_NAME, X_SCHOOL, X_SITE, X_SESSION, N_RATER };
static const struct column rater_columns[N_RATER] = {[X_ID] = {"id", "编号", true},
                                                     [X_NAME] = {"name", "姓名", true},
                                                     [X_SCHOOL] = {"school", "学校", true},
                                                     [X_SITE] = {"site", "考点", false},
                                                     [X_SESSION] = {"session", "场次", false}};

struct table {
    struct csv csv;
    struct arena *arena;
    const char *name;
    int at[MAX_COLUMNS];
    struct err *e;
};

static int bad_row(const struct table *t, const struct csv_row *row, const char *column, const char *what)
{
    char where[200];
    snprintf(where, sizeof where, "%.150s:%u", t->name, row->line);
    return err_set(t->e, ERR_DATA, where, "%s: %s", column, what);
}

static int open_table(struct table *t, struct arena *a, const struct draw_table *from, const struct column *column,
                      size_t n, struct err *e)
{
    *t = (struct table){.arena = a, .name = from->name, .e = e};
    int r = csv_parse(&t->csv, a, from->name, from->text, MAX_ROWS, e);
    for (size_t c = 0; c < n && r == 0; c++) {
        t->at[c] = -1;
        for (size_t i = 0; t->csv.n && i < t->csv.row[0].n; i++) {
            const char *title = text_trim(a, t->csv.row[0].field[i]);
            if (strcmp(title, column[c].name) == 0 || strcmp(title, column[c].chinese) == 0)
                t->at[c] = (int)i;
        }
        if (t->at[c] < 0 && column[c].needed)
            r = err_set(e, ERR_DATA, from->name, _("there is no column %s (%s)"), column[c].name, column[c].chinese);
    }
    return r;
}

static const char *cell(const struct table *t, const struct csv_row *row, int column)
{
    return t->at[column] < 0 ? "" : text_trim(t->arena, row->field[t->at[column]]);
}

static const char *key_cell(const struct table *t, const struct csv_row *row, int column)
{
    const char *plain = text_normalize_answer(t->arena, cell(t, row, column));
    return plain ? plain : "";
}

static int take_number(const struct table *t, const struct csv_row *row, int c, int64_t absent, int64_t *ret)
{
    const char *text = key_cell(t, row, c);
    size_t n = strlen(text);
    *ret = absent;
    if (n == 0 && absent > 0)
        return 0;
    *ret = n < 1 || n > 4 || strspn(text, "0123456789") != n ? 0 : strtoll(text, NULL, 10);
    return *ret ? 0 : bad_row(t, row, room_columns[c].name, _("not a whole number from 1 to 9999"));
}

/* The session that a row names, or all of them: from..to - 1. */
static int take_sessions(const struct table *t, const struct draw_list *l, const struct csv_row *row, int c,
                         size_t *from, size_t *to)
{
    const char *id = key_cell(t, row, c);
    *from = 0;
    *to = l->n_sessions;
    if (!id[0])
        return 0;
    for (size_t i = 0; i < l->n_sessions; i++)
        if (strcmp(l->session[i].id, id) == 0) {
            *from = i;
            *to = i + 1;
            return 0;
        }
    return bad_row(t, row, "session", _("this draw has no such session"));
}

static int take_room(const struct table *t, struct draw_list *l, const struct csv_row *row)
{
    struct draw_room room = {.site = key_cell(t, row, R_SITE), .id = key_cell(t, row, R_ROOM), .name = cell(t, row, R_NAME)};
    size_t from, to;
    int r = take_sessions(t, l, row, R_SESSION, &from, &to);
    if (r == 0)
        r = take_number(t, row, R_BENCHES, 0, &room.benches);
    if (r == 0)
        r = take_number(t, row, R_GROUPS, 0, &room.groups);
    if (r == 0)
        r = take_number(t, row, R_COLUMNS, room.benches % 4 == 0 ? 4 : room.benches, &room.columns);
    if (!room.name[0])
        room.name = room.id;
    for (; r == 0 && from < to; from++) {
        room.session = from;
        l->room[l->n_rooms++] = room;
    }
    return r;
}

int draw_list_take_rooms(struct draw_list *l, const struct draw_table *from, struct err *e)
{
    struct table t;
    int r = open_table(&t, l->arena, from, room_columns, N_ROOM, e);
    if (r < 0)
        return r;
    l->room = arena_array(l->arena, t.csv.n * l->n_sessions + 1, sizeof *l->room);
    for (size_t i = 1; i < t.csv.n && r == 0; i++)
        r = take_room(&t, l, &t.csv.row[i]);
    return r;
}

static int take_rater(const struct table *t, struct draw_list *l, const struct csv_row *row)
{
    size_t from, to;
    int r = take_sessions(t, l, row, X_SESSION, &from, &to);
    for (; r == 0 && from < to; from++)
        l->rater[l->n_raters++] = (struct draw_rater){.session = from, .site = key_cell(t, row, X_SITE),
                                                      .id = key_cell(t, row, X_ID), .school = cell(t, row, X_SCHOOL)};
    return r;
}

int draw_list_take_raters(struct draw_list *l, const struct draw_table *from, struct err *e)
{
    struct table t;
    if (!from->text.p)
        return 0;
    int r = open_table(&t, l->arena, from, rater_columns, N_RATER, e);
    if (r < 0)
        return r;
    l->rater = arena_array(l->arena, t.csv.n * l->n_sessions + 1, sizeof *l->rater);
    for (size_t i = 1; i < t.csv.n && r == 0; i++)
        r = take_rater(&t, l, &t.csv.row[i]);
    if (r == 0 && l->n_raters == 0)
        r = err_set(e, ERR_DATA, from->name, _("there is no rater in this table"));
    return r;
}

struct draw_name {
    const char *id, *name;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct draw_name *)a)->id, ((const struct draw_name *)b)->id);
}

int draw_rater_names(struct draw_names *ret, struct arena *a, const struct draw_table *from, struct err *e)
{
    struct table t;
    *ret = (struct draw_names){0};
    if (!from->text.p)
        return 0;
    int r = open_table(&t, a, from, rater_columns, N_RATER, e);
    if (r < 0)
        return r;
    ret->list = arena_array(a, t.csv.n + 1, sizeof *ret->list);
    for (size_t i = 1; i < t.csv.n; i++)
        ret->list[ret->n++] = (struct draw_name){.id = key_cell(&t, &t.csv.row[i], X_ID), .name = cell(&t, &t.csv.row[i], X_NAME)};
    if (ret->n > 1)
        qsort(ret->list, ret->n, sizeof *ret->list, by_id);
    return 0;
}

const char *draw_rater_name(const struct draw_names *names, const char *id)
{
    struct draw_name key = {.id = id};
    const struct draw_name *x = names->n ? bsearch(&key, names->list, names->n, sizeof key, by_id) : NULL;
    return x && x->name[0] ? x->name : id;
}
