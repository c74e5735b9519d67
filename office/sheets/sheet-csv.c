/* SPDX-License-Identifier: Apache-2.0 */
#include "office/sheets/sheet-csv.h"

#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/text.h"

enum column {
    COL_SHEET,
    COL_STATUS,
    COL_REASON,
    COL_RATER,
    COL_FATAL,
    COL_SUM,
    COL_NOTE,
    COL_CHIEF,
    COL_UNSIGNED,
    COLUMNS
};

/* Both languages: a spreadsheet is opened where it is, not where the program's language is set. */
static const char *const column_name[COLUMNS][2] = {
    {"sheet", "表号"},     {"status", "状态"},  {"reason", "原因"},
    {"rater", "评分教师"}, {"fatal", "终止项"}, {"sum", "合计"},
    {"note", "备注"},      {"chief", "请主考"}, {"unsigned", "考生未签名"},
};
static const struct {
    const char *name;
    enum rating_status status;
} status_name[] = {
    {"缺考", RATING_ABSENT},   {"免试", RATING_EXEMPT}, {"缓考", RATING_POSTPONED}, {"违纪", RATING_BREACH},
    {"作弊", RATING_CHEATING}, {"作废", RATING_VOID},   {"", RATING_RATED},
};

struct table {
    const struct sheet_list *l;
    struct arena *arena;
    const char *name;
    struct csv csv;
    int column[COLUMNS], step[RUBRIC_MAX_STEPS];
    sheet_complain_fn *complain;
    void *context;
    size_t complaints;
    struct sheet *sheet;
    size_t n;
    bool *seen; /* by place of the list */
};

static void complain(struct table *t, unsigned line, struct err *e)
{
    char text[900];
    e->where[0] = '\0';
    err_text(e, text, sizeof text);
    if (t->complain)
        t->complain(t->context, line, text);
    t->complaints++;
}

static char *cell(const struct table *t, const struct csv_row *row, int column)
{
    const char *raw = column >= 0 && (size_t)column < row->n ? row->field[column] : "";
    char *plain = text_nfkc(t->arena, raw);
    return text_trim(t->arena, plain ? plain : "");
}

static int find_columns(struct table *t, struct err *e)
{
    char number[24];
    for (int i = 0; i < COLUMNS; i++) {
        t->column[i] = csv_column(&t->csv, column_name[i][0]);
        if (t->column[i] < 0)
            t->column[i] = csv_column(&t->csv, column_name[i][1]);
    }
    for (int i = 0; i < RUBRIC_MAX_STEPS; i++) {
        snprintf(number, sizeof number, "%d", i + 1);
        t->step[i] = csv_column(&t->csv, number);
    }
    if (t->column[COL_SHEET] >= 0 && t->column[COL_SUM] >= 0 && t->step[0] >= 0)
        return 0;
    err_set(e, ERR_DATA, t->name, _("the head line needs the columns sheet, sum, and 1, 2, … for the steps"));
    return err_hint(e, _("kaochang sheets type --csv-head gives it"));
}

static int read_status(struct table *t, const struct csv_row *row, struct sheet *s, struct err *e)
{
    const char *word = cell(t, row, t->column[COL_STATUS]);
    s->rating.reason = cell(t, row, t->column[COL_REASON]);
    s->rating.note = cell(t, row, t->column[COL_NOTE]);
    for (size_t i = 0; i < sizeof status_name / sizeof *status_name; i++)
        if (strcmp(word, status_name[i].name) == 0) {
            s->rating.status = status_name[i].status;
            return 0;
        }
    if (rating_status_parse(word, &s->rating.status))
        return 0;
    err_set(e, ERR_DATA, NULL, _("\"%s\" is no status"), word);
    return err_hint(e,
                    "absent, exempt, postponed, breach, cheating, void: 缺考, 免试, 缓考, 违纪, 作弊, 作废");
}

static int read_fatals(const char *text, const struct rubric *r, struct sheet *s, struct err *e)
{
    for (const char *p = text; *p; p++) {
        if (*p == ' ' || *p == ',')
            continue;
        if (*p < '1' || (size_t)(*p - '0') > r->n_fatals)
            return err_set(e, ERR_DATA, NULL, _("\"%s\" is none of the %zu things that end the experiment"),
                           text, r->n_fatals);
        s->rating.fatals |= UINT32_C(1) << (*p - '1');
    }
    return 0;
}

static int read_steps(struct table *t, const struct csv_row *row, const struct sheet_place *p,
                      struct sheet *s, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < RUBRIC_MAX_STEPS; i++) {
        const char *text = cell(t, row, t->step[i]);
        if (i < p->rubric->n_steps)
            r = sheet_marks_read(text, &p->rubric->step[i], &s->rating.step[i], e);
        else if (*text)
            r = err_set(e, ERR_DATA, NULL, _("the rubric %s has no step %zu"), p->rubric->id, i + 1);
    }
    return r;
}

static int read_row(struct table *t, const struct csv_row *row, struct err *e)
{
    const struct sheet_place *p;
    struct sheet *s = &t->sheet[t->n];
    int r = sheet_list_find(t->l, cell(t, row, t->column[COL_SHEET]), &p, e);
    if (r < 0)
        return r;
    sheet_begin(s, p);
    const char *rater = cell(t, row, t->column[COL_RATER]), *sum = cell(t, row, t->column[COL_SUM]);
    if (*rater)
        s->rater = rater;
    s->rating.chief = *cell(t, row, t->column[COL_CHIEF]);
    s->rating.confirmed = !*cell(t, row, t->column[COL_UNSIGNED]);
    s->has_sum = *sum;
    if (*sum && (r = points_parse(sum, &s->sum, e)) < 0)
        return err_set(e, ERR_DATA, NULL, _("the sum \"%s\" is no number of points"), sum);
    if ((r = read_status(t, row, s, e)) < 0 ||
        (r = read_fatals(cell(t, row, t->column[COL_FATAL]), p->rubric, s, e)) < 0 ||
        (r = read_steps(t, row, p, s, e)) < 0)
        return r;
    sheet_settle(s, p);
    return sheet_check(s, p, t->l->plan, e);
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->field[i][0])
            return false;
    return true;
}

static bool stands_twice(const struct table *t)
{
    bool *seen = &t->seen[sheet_list_at(t->l, t->sheet[t->n].id) - t->l->place];
    bool before = *seen;
    *seen = true;
    return before;
}

static void read_rows(struct table *t)
{
    for (size_t i = 1; i < t->csv.n; i++) {
        const struct csv_row *row = &t->csv.row[i];
        struct err e = {0};
        if (is_blank(row))
            continue;
        if (row->n > t->csv.row[0].n)
            err_set(&e, ERR_DATA, NULL, _("the row has %zu fields, the head line %zu"), row->n,
                    t->csv.row[0].n);
        else if (read_row(t, row, &e) == 0 && stands_twice(t))
            err_set(&e, ERR_DATA, NULL, _("the sheet %s stands in the file twice"), t->sheet[t->n].id);
        if (e.kind != ERR_NONE)
            complain(t, row->line, &e);
        else
            t->n++;
    }
}

int sheet_csv_read(struct sheet **ret, size_t *ret_n, struct arena *a, const struct sheet_list *l,
                   const char *name, struct span data, sheet_complain_fn *complain_fn, void *context,
                   struct err *e)
{
    struct table t = {.l = l, .arena = a, .name = name, .complain = complain_fn, .context = context};
    if (data.n > SHEET_CSV_MAX_BYTES)
        return err_set(e, ERR_DATA, name, _("the file is too large"));
    int r = csv_parse_uneven(&t.csv, a, name, data, SHEET_CSV_MAX_ROWS, e);
    if (r == 0 && t.csv.n == 0)
        r = err_set(e, ERR_DATA, name, _("the file is empty"));
    if (r == 0)
        r = find_columns(&t, e);
    if (r < 0)
        return r;
    t.sheet = arena_array(a, t.csv.n, sizeof *t.sheet);
    t.seen = arena_array(a, l->n + 1, sizeof *t.seen);
    read_rows(&t);
    if (t.complaints)
        return err_set(e, ERR_DATA, name, _("%zu rows are not as a sheet is; nothing was taken"),
                       t.complaints);
    *ret = t.sheet;
    *ret_n = t.n;
    return 0;
}

void sheet_csv_head(const struct sheet_list *l, struct bytes *out)
{
    size_t most = 0;
    char number[24];
    csv_add(out, "sheet", 1);
    for (size_t i = 0; i < l->plan->n_rubrics; i++)
        most = l->plan->rubric[i]->n_steps > most ? l->plan->rubric[i]->n_steps : most;
    for (size_t i = 1; i <= most; i++) {
        snprintf(number, sizeof number, "%zu", i);
        csv_add(out, number, 0);
    }
    for (int i = COL_SUM; i >= COL_STATUS; i--)
        csv_add(out, column_name[i][0], 0);
    for (int i = COL_NOTE; i < COLUMNS; i++)
        csv_add(out, column_name[i][0], 0);
    csv_end(out);
}
