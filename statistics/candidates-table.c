/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "statistics/tables.h"

enum {
    TICKET,
    NAME,
    COUNTY,
    SCHOOL,
    SITE,
    ROOM,
    SEAT,
    FORM,
    STATUS,
    STATUS_NAME,
    POINTS,
    MAXIMUM,
    PASSED,
    ATTESTED,
    RECEIPT,
    N_COLUMNS
};

static const struct table_column columns[N_COLUMNS] = {
    [TICKET] = {.key = "ticket", .head = N_("Ticket no.")},
    [NAME] = {.key = "name", .head = N_("Name")},
    [COUNTY] = {.key = "county", .head = N_("County"), .use = TABLE_BUT_SCREEN},
    [SCHOOL] = {.key = "school", .head = N_("School")},
    [SITE] = {.key = "site", .head = N_("Site"), .use = TABLE_BUT_SCREEN},
    [ROOM] = {.key = "room", .head = N_("Room")},
    [SEAT] = {.key = "seat", .head = N_("Seat"), .kind = TABLE_NUMBER},
    [FORM] = {.key = "form", .head = N_("Form")},
    [STATUS] = {.key = "status", .head = N_("Status"), .use = TABLE_FOR_DATA},
    [STATUS_NAME] = {.key = "statusName", .head = N_("Status"), .use = TABLE_FOR_PEOPLE},
    [POINTS] = {.key = "points", .head = N_("Points"), .kind = TABLE_NUMBER},
    [MAXIMUM] = {.key = "maximum", .head = N_("Maximum"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [PASSED] = {.key = "passed", .head = N_("Passed")},
    [ATTESTED] = {.key = "attested", .head = N_("Attested"), .use = TABLE_FOR_DATA},
    [RECEIPT] = {.key = "receipt", .head = N_("Receipt")},
};

static const struct {
    const char *key, *name;
} marks[] = {
    [STORE_ABSENT] = {"absent", N_("absent")},
    [STORE_UNSCORED] = {"unscored", N_("not scored")},
    [STORE_PENDING] = {"pending", N_("waits for a marker")},
    [STORE_QUARANTINED] = {"quarantined", N_("in quarantine")},
    [STORE_SCORED] = {"scored", N_("scored")},
    [STORE_POSTPONED] = {"postponed", N_("postponed")},
    [STORE_BREACH] = {"breach", N_("breach")},
    [STORE_CHEATING] = {"cheating", N_("cheating")},
    [STORE_VOID] = {"void", N_("void")},
    [STORE_WITHDRAWN] = {"withdrawn", N_("package withdrawn")},
};

const char *mark_key(enum store_mark mark)
{
    return marks[mark].key;
}

const char *mark_name(enum store_mark mark)
{
    return _(marks[mark].name);
}

static void add_candidate(struct table *t, const struct store_result *x, const struct rates_lines *lines)
{
    struct arena *a = t->arena;
    char text[32];
    const char **cell = table_add(t, 0)->cell;
    cell[TICKET] = x->ticket;
    cell[NAME] = x->name;
    cell[COUNTY] = x->county;
    cell[SCHOOL] = x->school;
    cell[SITE] = x->site;
    cell[ROOM] = x->room;
    cell[SEAT] = x->seat ? arena_printf(a, "%lld", (long long)x->seat) : "";
    cell[FORM] = x->form;
    cell[STATUS] = mark_key(x->mark);
    cell[STATUS_NAME] =
        x->registered ? mark_name(x->mark) : arena_printf(a, _("%s (not on the roster)"), mark_name(x->mark));
    cell[ATTESTED] = x->mark == STORE_ABSENT ? "" : x->attested ? "yes" : "no";
    cell[RECEIPT] = x->receipt;
    if (x->mark != STORE_SCORED)
        return;
    cell[POINTS] = arena_strdup(a, points_text(x->points, text, sizeof text));
    cell[MAXIMUM] = arena_strdup(a, points_text(x->maximum, text, sizeof text));
    cell[PASSED] = x->points.milli >= lines->pass.milli ? _("yes") : _("no");
}

struct table *candidates_table(const struct store_result *result, size_t n, const struct rates_lines *lines)
{
    struct table *t = table_new(NULL, N_COLUMNS, n);
    struct table_column *own = arena_copy(t->arena, columns, sizeof columns);
    for (int c = 0; c < N_COLUMNS; c++)
        own[c].head = _(columns[c].head);
    t->column = own;
    for (size_t i = 0; i < n; i++)
        add_candidate(t, &result[i], lines);
    return t;
}
