/* SPDX-License-Identifier: Apache-2.0 */
#include "office/raters-import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/text.h"

enum column { ID, NAME, SCHOOL, SITE, ROOM, FROM, TO, ORDER, N_COLUMNS };
enum { MAX_TEXT = 200 };

static const struct {
    const char *name, *chinese;
    bool needed;
} columns[N_COLUMNS] = {
    [ID] = {"id", "编号", true},          [NAME] = {"name", "姓名", true},
    [SCHOOL] = {"school", "学校", false}, [SITE] = {"site", "考点", true},
    [ROOM] = {"room", "考场", true},      [FROM] = {"from", "起始实验台", true},
    [TO] = {"to", "终止实验台", true},    [ORDER] = {"order", "评分次序", false},
};

struct entry { /* a row that was taken; the id is the rater's own text, the same in no two rows */
    const char *id;
    unsigned line;
};

struct raters {
    struct csv csv;
    struct arena *arena; /* of the table */
    const char *file;
    int column[N_COLUMNS];
    struct roster *roster;
    roster_complain_fn *complain;
    void *context;
    struct entry *entry;
    size_t n_entries, left_out;
};

static void leave_out(struct raters *im, unsigned line, const char *what)
{
    im->left_out++;
    im->complain(im->context, im->file, line, what);
}

static int find_columns(struct raters *im, struct err *e)
{
    const struct csv_row *head = &im->csv.row[0];
    for (int c = 0; c < N_COLUMNS; c++) {
        im->column[c] = -1;
        for (size_t i = 0; i < head->n; i++) {
            const char *title = text_trim(im->arena, head->field[i]);
            if (strcmp(title, columns[c].name) == 0 || strcmp(title, columns[c].chinese) == 0)
                im->column[c] = (int)i;
        }
        if (columns[c].needed && im->column[c] < 0) {
            err_set(e, ERR_DATA, im->file, _("there is no column %s (%s)"), columns[c].name,
                    columns[c].chinese);
            return err_hint(e, _("the first line names the columns: id,name,school,site,room,from,to,order"));
        }
    }
    return 0;
}

static const char *cell(const struct raters *im, const struct csv_row *row, enum column c)
{
    if (im->column[c] < 0)
        return "";
    const char *text = text_trim(im->arena, row->field[im->column[c]]);
    if (c == NAME || c == SCHOOL)
        return arena_strdup(im->roster->arena, text);
    const char *plain = text_normalize_answer(im->arena, text);
    return arena_strdup(im->roster->arena, plain ? plain : "");
}

/* -1 where it is no number; an order that is not given is the first. */
static int64_t number(const struct raters *im, const struct csv_row *row, enum column c)
{
    const char *text = cell(im, row, c);
    size_t n = strlen(text);
    if (n == 0 && c == ORDER)
        return 1;
    return n > 0 && n <= 6 && strspn(text, "0123456789") == n ? strtoll(text, NULL, 10) : -1;
}

static bool take_row(struct raters *im, const struct csv_row *row, struct roster_rater *ret)
{
    if (row->n != im->csv.row[0].n) {
        char what[160];
        snprintf(what, sizeof what, _("%zu fields, but the header line has %zu"), row->n, im->csv.row[0].n);
        leave_out(im, row->line, what);
        return false;
    }
    *ret = (struct roster_rater){.id = cell(im, row, ID),
                                 .name = cell(im, row, NAME),
                                 .school = cell(im, row, SCHOOL),
                                 .site = cell(im, row, SITE),
                                 .room = cell(im, row, ROOM),
                                 .from = number(im, row, FROM),
                                 .to = number(im, row, TO),
                                 .order = number(im, row, ORDER)};
    if (strlen(ret->name) > MAX_TEXT || strlen(ret->school) > MAX_TEXT)
        leave_out(im, row->line, _("the name or the school is too long"));
    else if (ret->from < 0 || ret->to < 0 || ret->order < 0)
        leave_out(im, row->line, _("benches and order are whole numbers"));
    else
        return true;
    return false;
}

static struct roster_rater *rater_named(const struct raters *im, const char *id, size_t *ret_entry)
{
    struct roster *r = im->roster;
    struct roster_rater *found = NULL;
    for (size_t i = 0; i < r->n_raters; i++)
        for (size_t k = 0; strcmp(r->rater[i].id, id) == 0 && k < im->n_entries; k++)
            if (im->entry[k].id == r->rater[i].id &&
                (!found || im->entry[k].line > im->entry[*ret_entry].line)) {
                found = &r->rater[i];
                *ret_entry = k;
            }
    return found;
}

/* Leaves out, one after the other, the raters that the roster cannot have. */
static int drop_misfits(struct raters *im, struct err *e)
{
    struct roster *r = im->roster;
    struct err own;
    int k;
    while ((k = roster_check(r, &own)) == -ERR_DATA) {
        size_t entry = 0;
        char what[sizeof own.what + sizeof own.where];
        struct roster_rater *x = rater_named(im, own.where, &entry);
        if (!x)
            break;
        snprintf(what, sizeof what, "%s: %s", x->id, own.what);
        leave_out(im, im->entry[entry].line, what);
        memmove(x, x + 1, (size_t)(r->rater + r->n_raters - (x + 1)) * sizeof *x);
        r->n_raters--;
    }
    if (k < 0 && e)
        *e = own;
    return k;
}

static void give_benches(struct roster *r, int64_t benches)
{
    for (size_t i = 0; benches > 0 && i < r->n_rooms; i++)
        if (r->room[i].benches == 0)
            r->room[i].benches = benches < r->room[i].seats ? benches : r->room[i].seats;
}

static int take_rows(struct raters *im, struct err *e)
{
    struct roster *r = im->roster;
    r->rater = arena_array(r->arena, im->csv.n + 1, sizeof *r->rater);
    im->entry = arena_array(im->arena, im->csv.n + 1, sizeof *im->entry);
    r->n_raters = 0;
    for (size_t i = 1; i < im->csv.n; i++) {
        struct roster_rater x;
        if (!take_row(im, &im->csv.row[i], &x))
            continue;
        r->rater[r->n_raters++] = x;
        im->entry[im->n_entries++] = (struct entry){.id = x.id, .line = im->csv.row[i].line};
    }
    int k = drop_misfits(im, e);
    if (k == 0 && r->n_raters == 0)
        k = err_set(e, ERR_DATA, im->file, _("there is no rater in the table that can be taken"));
    return k;
}

int raters_import_csv(struct roster *r, const char *file, struct span csv, int64_t benches,
                      roster_complain_fn *complain, void *context, size_t *ret_left_out, struct err *e)
{
    struct raters im = {
        .arena = arena_new(), .file = file, .roster = r, .complain = complain, .context = context};
    int k = csv_parse_uneven(&im.csv, im.arena, file, csv, ROSTER_MAX_RATERS, e);
    if (k == 0)
        k = find_columns(&im, e);
    give_benches(r, benches);
    if (k == 0)
        k = take_rows(&im, e);
    *ret_left_out = im.left_out;
    arena_free(im.arena);
    return k;
}
