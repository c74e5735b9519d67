/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/roster-page.h"

#include <string.h>

#include "base/file.h"
#include "office/roster-store.h"

bool roster_page_ends(const struct roster_page *p, const char *ending)
{
    size_t n = strlen(p->path), x = strlen(ending);
    return n > x && strcmp(p->path + n - x, ending) == 0;
}

static int print(const struct desk *d, const char *path, const struct roster_page_kind *kind, struct err *e)
{
    struct roster *roster = NULL;
    struct bytes page = {0};
    struct roster_page p = {.desk = d, .path = path};
    int r = exam_lab_turn(d->office, &d->session, &p.group_ms, e);
    if (r < 0 || (r = office_roster_load(d->office, d->session.id, &roster, e)) < 0)
        return r;
    p.roster = roster;
    r = kind->make(&p, &page, e);
    if (r == 0)
        r = file_put(path, 0600, bytes_span(&page), e);
    if (r == 0)
        kind->tell(&p);
    bytes_release(&page);
    roster_free(roster);
    return r;
}

int roster_page_print(const struct args *a, const struct roster_page_kind *kind, struct err *e)
{
    const char *out;
    struct desk d = {0};
    int r = args_need(a, "output", &out, e);
    if (r == 0 && (r = desk_open(&d, a, e)) == 0)
        r = print(&d, out, kind, e);
    desk_close(&d);
    return r;
}
