/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sheets/desk.h"

#include "base/i18n.h"
#include "office/roster-import.h"
#include "office/roster-store.h"

static int read_roster(struct sheet_desk *d, struct err *e)
{
    int r = office_roster_load(d->office, d->session.id, &d->roster, e);
    if (r == 0 && !roster_is_arranged(d->roster)) {
        err_set(e, ERR_USAGE, d->session.id, _("not every candidate has a seat yet"));
        r = err_hint(e, _("draw first: kaochang roster draw --session %s"), d->session.id);
    }
    return r == 0 ? roster_check(d->roster, e) : r;
}

int sheet_desk_open(struct sheet_desk *ret, const struct args *a, const char *session, struct err *e)
{
    *ret = (struct sheet_desk){0};
    int r = session ? 0 : args_need(a, "session", &session, e);
    if (r < 0 || (r = office_open(&ret->office, args_home(a), e)) < 0)
        return r;
    ret->arena = arena_new();
    r = office_session_get(ret->office, ret->arena, session, &ret->session, e);
    if (r == 0)
        r = exam_lab_plan(ret->office, &ret->session, &ret->plan, e);
    if (r == 0)
        r = read_roster(ret, e);
    return r == 0 ? sheet_list_make(&ret->list, ret->plan, ret->roster, e) : r;
}

void sheet_desk_close(struct sheet_desk *d)
{
    sheet_list_release(&d->list);
    lab_plan_free(d->plan);
    roster_free(d->roster);
    office_close(d->office);
    arena_free(d->arena);
}

int sheet_files_open(struct sheet_files *ret, const struct args *a, const struct sheet_expected *expected,
                     struct err *e)
{
    int r = 0;
    *ret = (struct sheet_files){0};
    for (int i = 0; r == 0 && i < 3 && i < args_count(a); i++)
        r = sheet_file_load(&ret->file[i], args_at(a, i), e);
    if (r == 0)
        r = sheet_desk_open(&ret->desk, a, ret->file[0]->session, e);
    return r == 0 ? sheet_compare(&ret->comparison, &ret->desk.list, ret->file[0], ret->file[1], ret->file[2],
                                  expected, e)
                  : r;
}

void sheet_files_close(struct sheet_files *f)
{
    sheet_comparison_release(&f->comparison);
    sheet_desk_close(&f->desk);
    for (int i = 0; i < 3; i++)
        sheet_file_free(f->file[i]);
}
