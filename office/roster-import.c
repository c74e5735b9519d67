/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "office/roster-import-internal.h"

enum { MAX_TEXT = 200, MAX_EXTRA_MINUTES = 1440 };

static const struct {
    const char *name, *chinese;
    bool needed;
} columns[N_COLUMNS] = {
    [TICKET] = {"ticket", "准考证号", true},     [NAME] = {"name", "姓名", true},
    [ID_NUMBER] = {"id_number", "证件号", false}, [COUNTY] = {"county", "区县", true},
    [SCHOOL] = {"school", "学校", true},         [SITE] = {"site", "考点", true},
    [ROOM] = {"room", "考场", false},            [SEAT] = {"seat", "座位号", false},
    [FORM] = {"form", "卷别", false},            [EXTRA_MINUTES] = {"extra_minutes", "加时分钟", false},
};

void roster_import_complain(struct roster_import *im, unsigned line, const char *fmt, ...)
{
    char what[320];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    im->complaints++;
    im->complain(im->context, im->file, line, what);
}

int roster_import_columns(struct roster_import *im, struct bytes *unused, struct err *e)
{
    const struct csv_row *head = &im->csv.row[0];
    for (int c = 0; c < N_COLUMNS; c++)
        im->column[c] = -1;
    for (size_t i = 0; i < head->n; i++) {
        const char *title = text_trim(im->arena, head->field[i]);
        int c = 0;
        while (c < N_COLUMNS && strcmp(title, columns[c].name) != 0 && strcmp(title, columns[c].chinese) != 0)
            c++;
        if (c == N_COLUMNS)
            bytes_printf(unused, "%s%s", unused->n ? " " : "", title);
        else if (im->column[c] >= 0)
            return err_set(e, ERR_DATA, im->file, _("the column %s occurs twice"), title);
        else
            im->column[c] = (int)i;
    }
    for (int c = 0; c < N_COLUMNS; c++)
        if ((im->base ? c == TICKET : columns[c].needed) && im->column[c] < 0) {
            err_set(e, ERR_DATA, im->file, _("there is no column %s (%s)"), columns[c].name, columns[c].chinese);
            return err_hint(e, _("the first line names the columns; room, seat, form and extra_minutes may be absent"));
        }
    return 0;
}

/* What the list has of the candidate whom the row changes. */
static const char *known(const struct roster_import *im, enum roster_column c)
{
    const struct roster_candidate *x = im->now;
    const char *const text[N_COLUMNS] = {
        [TICKET] = x->ticket, [NAME] = x->name, [ID_NUMBER] = x->id_number, [COUNTY] = x->county,
        [SCHOOL] = x->school, [SITE] = x->site, [ROOM] = x->room,           [FORM] = x->form};
    return text[c] ? text[c]
                   : arena_printf(im->arena, "%lld", (long long)(c == SEAT ? x->seat : x->extra_s / 60));
}

static const char *cell(const struct roster_import *im, const struct csv_row *row, enum roster_column c)
{
    const char *given = im->column[c] < 0 ? "" : text_trim(im->arena, row->field[im->column[c]]);
    return given[0] || !im->now ? given : known(im, c);
}

/* Numbers and names that become keys: full-width digits and letters are taken as plain ones. */
static const char *key_cell(const struct roster_import *im, const struct csv_row *row, enum roster_column c)
{
    const char *plain = text_normalize_answer(im->arena, cell(im, row, c));
    return plain ? plain : "";
}

static void need_plain(struct roster_import *im, unsigned line, enum roster_column c, const char *text)
{
    if (!text[0])
        roster_import_complain(im, line, _("%s is empty"), columns[c].name);
    else if (!path_is_plain_name(text))
        roster_import_complain(im, line,
                               _("%s \"%.60s\": only letters, digits, point, hyphen and underscore"),
                               columns[c].name, text);
}

static void need_text(struct roster_import *im, unsigned line, enum roster_column c, const char *text,
                      bool may_be_empty)
{
    if (!text[0] && !may_be_empty)
        roster_import_complain(im, line, _("%s is empty"), columns[c].name);
    else if (strlen(text) > MAX_TEXT)
        roster_import_complain(im, line, _("%s is longer than %d bytes"), columns[c].name, MAX_TEXT);
    else
        for (const char *p = text; *p; p++)
            if ((unsigned char)*p < 0x20) {
                roster_import_complain(im, line, _("%s holds a control character or a line break"),
                                       columns[c].name);
                break;
            }
}

static int64_t number(struct roster_import *im, const struct csv_row *row, enum roster_column c, int64_t lo,
                      int64_t hi)
{
    const char *text = key_cell(im, row, c);
    size_t n = strlen(text);
    if (n == 0)
        return 0;
    long long v = n <= 9 && strspn(text, "0123456789") == n ? strtoll(text, NULL, 10) : -1;
    if (v >= lo && v <= hi)
        return v;
    roster_import_complain(im, row->line, _("%s \"%.40s\" is not a whole number from %lld to %lld"),
                           columns[c].name, text, (long long)lo, (long long)hi);
    return lo;
}

static void check_place(struct roster_import *im, const struct roster_entry *x)
{
    if (x->c.seat && (!x->c.room[0] || !x->c.form[0]))
        roster_import_complain(im, x->line, _("a seat is given, but not its room and form too"));
    if (x->c.room[0])
        need_plain(im, x->line, ROOM, x->c.room);
    if (x->c.form[0])
        need_plain(im, x->line, FORM, x->c.form);
}

static void take_row(struct roster_import *im, const struct csv_row *row, struct roster_entry *x)
{
    im->now = NULL;
    im->now = im->base ? roster_find(im->base, key_cell(im, row, TICKET)) : NULL;
    *x = (struct roster_entry){
        .line = row->line,
        .c = {.ticket = key_cell(im, row, TICKET),
              .name = cell(im, row, NAME),
              .id_number = key_cell(im, row, ID_NUMBER),
              .county = cell(im, row, COUNTY),
              .school = cell(im, row, SCHOOL),
              .site = key_cell(im, row, SITE),
              .room = key_cell(im, row, ROOM),
              .form = key_cell(im, row, FORM),
              .seat = number(im, row, SEAT, 1, ROSTER_MAX_SEATS),
              .extra_s = 60 * number(im, row, EXTRA_MINUTES, 0, MAX_EXTRA_MINUTES)},
    };
    need_plain(im, row->line, TICKET, x->c.ticket);
    need_text(im, row->line, NAME, x->c.name, false);
    need_text(im, row->line, ID_NUMBER, x->c.id_number, true);
    need_text(im, row->line, COUNTY, x->c.county, false);
    need_text(im, row->line, SCHOOL, x->c.school, false);
    need_plain(im, row->line, SITE, x->c.site);
    check_place(im, x);
}

static int by_ticket(const void *a, const void *b)
{
    const struct roster_entry *x = a, *y = b;
    int c = strcmp(x->c.ticket, y->c.ticket);
    return c ? c : (x->line > y->line) - (x->line < y->line);
}

static int by_seat(const void *a, const void *b)
{
    const struct roster_entry *x = a, *y = b;
    int c = strcmp(x->c.site, y->c.site);
    if (c == 0)
        c = strcmp(x->c.room, y->c.room);
    if (c == 0)
        c = (x->c.seat > y->c.seat) - (x->c.seat < y->c.seat);
    return c ? c : (x->line > y->line) - (x->line < y->line);
}

void roster_import_clashes(struct roster_import *im, struct roster_entry *all, size_t n)
{
    qsort(all, n, sizeof *all, by_seat);
    for (size_t i = 1; i < n; i++)
        if (all[i].c.seat && all[i].c.seat == all[i - 1].c.seat && strcmp(all[i].c.room, all[i - 1].c.room) == 0 &&
            strcmp(all[i].c.site, all[i - 1].c.site) == 0)
            roster_import_complain(im, all[i].line, _("seat %lld of room %s is already given to line %u"),
                                   (long long)all[i].c.seat, all[i].c.room, all[i - 1].line);
    qsort(all, n, sizeof *all, by_ticket);
    for (size_t i = 1; i < n; i++)
        if (all[i].c.ticket[0] && strcmp(all[i].c.ticket, all[i - 1].c.ticket) == 0)
            roster_import_complain(im, all[i].line, _("the ticket number %s stands already in line %u"),
                                   all[i].c.ticket, all[i - 1].line);
}

/* Copies into the roster's own arena; `all` is sorted by seat, so that a room's candidates stand together. */
static struct roster *gather(const struct roster_entry *all, size_t n, const char *session)
{
    struct roster *r = roster_new();
    struct arena *a = r->arena;
    r->session = arena_strdup(a, session);
    r->candidate = arena_array(a, n + 1, sizeof *r->candidate);
    r->room = arena_array(a, n + 1, sizeof *r->room);
    for (size_t i = 0; i < n; i++) {
        const struct roster_candidate *c = &all[i].c;
        r->candidate[r->n_candidates++] = (struct roster_candidate){
            .ticket = arena_strdup(a, c->ticket), .name = arena_strdup(a, c->name),
            .id_number = arena_strdup(a, c->id_number), .county = arena_strdup(a, c->county),
            .school = arena_strdup(a, c->school), .site = arena_strdup(a, c->site), .room = arena_strdup(a, c->room),
            .form = arena_strdup(a, c->form), .seat = c->seat, .extra_s = c->extra_s};
        const struct roster_candidate *own = &r->candidate[i];
        struct roster_room *last = r->n_rooms ? &r->room[r->n_rooms - 1] : NULL;
        if (!own->room[0])
            continue;
        if (!last || strcmp(last->id, own->room) != 0 || strcmp(last->site, own->site) != 0) {
            last = &r->room[r->n_rooms++];
            *last = (struct roster_room){.site = own->site, .id = own->room, .name = own->room};
        }
        last->seats = own->seat > 0 ? own->seat : 1; /* arranging gives it its seats */
    }
    return r;
}

struct roster_entry *roster_import_rows(struct roster_import *im, size_t *ret_n)
{
    struct roster_entry *all = mem_grow(NULL, im->csv.n, sizeof *all);
    size_t n = 0;
    for (size_t i = 1; i < im->csv.n; i++) {
        const struct csv_row *row = &im->csv.row[i];
        if (row->n != im->csv.row[0].n)
            roster_import_complain(im, row->line, _("%zu fields, but the header line has %zu"), row->n,
                                   im->csv.row[0].n);
        else
            take_row(im, row, &all[n++]);
    }
    *ret_n = n;
    return all;
}

int roster_import_csv(struct roster **ret, const char *session, const char *file, struct span csv,
                      roster_complain_fn *complain_fn, void *context, struct bytes *ret_unused, struct err *e)
{
    struct roster_import im = {
        .arena = arena_new(), .file = file, .complain = complain_fn, .context = context};
    struct roster_entry *all = NULL;
    size_t n = 0;
    int r = csv_parse_uneven(&im.csv, im.arena, file, csv, ROSTER_MAX_CANDIDATES, e);
    if (r < 0 || (r = roster_import_columns(&im, ret_unused, e)) < 0)
        goto done;
    all = roster_import_rows(&im, &n);
    roster_import_clashes(&im, all, n);
    if (im.complaints) {
        r = err_set(e, ERR_DATA, file, ngettext("%zu fault in the table; nothing was stored",
                                                "%zu faults in the table; nothing was stored", im.complaints),
                    im.complaints);
        goto done;
    }
    if (n == 0) {
        r = err_set(e, ERR_DATA, file, _("there is no candidate in the table"));
        goto done;
    }
    qsort(all, n, sizeof *all, by_seat);
    *ret = gather(all, n, session);
done:
    free(all);
    arena_free(im.arena);
    return r;
}

bool roster_is_arranged(const struct roster *r)
{
    for (size_t i = 0; i < r->n_candidates; i++)
        if (!r->candidate[i].seat)
            return false;
    return r->n_candidates > 0;
}
