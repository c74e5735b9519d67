/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/sheets/commands.h"
#include "cli/sheets/desk.h"
#include "office/sheets/sheet-decision.h"

static const char *kind_name(enum sheet_finding_kind kind)
{
    static const char *const name[] = {"only-first", "only-second", "untyped", "differs", "unknown"};
    return name[kind];
}

static const char *words_of(const struct sheet_files *f, const struct sheet_finding *x)
{
    switch (x->kind) {
    case SHEET_ONLY_FIRST:
        return arena_printf(f->desk.arena, _("%s has not typed it"), f->file[1]->clerk);
    case SHEET_ONLY_SECOND:
        return arena_printf(f->desk.arena, _("%s has not typed it"), f->file[0]->clerk);
    case SHEET_UNTYPED:
        return _("nobody has typed it");
    case SHEET_UNKNOWN:
        return _("it is no sheet of the session as it is drawn now");
    default:
        return x->third ? arena_printf(f->desk.arena, _("%s, decided by %s"),
                                       sheet_difference_text(x, f->desk.arena), f->file[2]->clerk)
                        : sheet_difference_text(x, f->desk.arena);
    }
}

static size_t print_text(const struct sheet_files *f)
{
    const struct sheet_comparison *c = &f->comparison;
    size_t open = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct sheet_finding *x = &c->finding[i];
        const struct sheet *s = x->first ? x->first : x->second;
        const struct sheet_place *p = x->place;
        printf("%s  %s  %s  %s\n", p ? p->id : s->id, p ? p->candidate->ticket : "-",
               p ? p->candidate->name : "-", words_of(f, x));
        open += !x->third;
    }
    printf(_("%zu sheets typed twice alike, %zu decided by a third look, %zu open\n"), c->n_agreed,
           c->n - open, open);
    return open;
}

static json_t *finding_json(const struct sheet_files *f, const struct sheet_finding *x)
{
    const struct sheet *s = x->first ? x->first : x->second;
    json_t *steps = json_array(), *o = json_object();
    for (size_t i = 0; i < RUBRIC_MAX_STEPS; i++)
        if (x->steps >> i & 1)
            json_array_append_new(steps, json_integer((json_int_t)i + 1));
    json_object_set_new(o, "sheet", json_string(x->place ? x->place->id : s->id));
    json_object_set_new(o, "ticket", x->place ? json_string(x->place->candidate->ticket) : json_null());
    json_object_set_new(o, "finding", json_string(kind_name(x->kind)));
    json_object_set_new(o, "steps", steps);
    json_object_set_new(o, "what",
                        json_string(x->kind == SHEET_DIFFERS ? sheet_difference_text(x, f->desk.arena) : ""));
    json_object_set_new(o, "decided", json_boolean(x->third != NULL));
    return o;
}

static size_t print_json(const struct sheet_files *f)
{
    const struct sheet_comparison *c = &f->comparison;
    json_t *list = json_array(), *o = json_object();
    size_t open = 0;
    for (size_t i = 0; i < c->n; i++) {
        json_array_append_new(list, finding_json(f, &c->finding[i]));
        open += !c->finding[i].third;
    }
    json_object_set_new(o, "alike", json_integer((json_int_t)c->n_agreed));
    json_object_set_new(o, "open", json_integer((json_int_t)open));
    json_object_set_new(o, "findings", list);
    json_dumpf(o, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(o);
    return open;
}

static int run(const struct args *a, struct err *e)
{
    const struct sheet_expected expected = {.site = args_get(a, "site"), .room = args_get(a, "room")};
    bool all = expected.site || expected.room || args_get(a, "all");
    struct sheet_files f;
    int r = sheet_files_open(&f, a, all ? &expected : NULL, e);
    if (r == 0 && (args_json(a) ? print_json(&f) : print_text(&f)) > 0) {
        *e = (struct err){.kind = ERR_NO};
        r = -ERR_NO;
    }
    sheet_files_close(&f);
    return r;
}

static const struct command_option options[] = {
    {.name = "all", .help = N_("Every candidate of the session must have a sheet")},
    {.name = "site", .arg = "SITE", .help = N_("Every candidate of this site must have a sheet")},
    {.name = "room", .arg = "ROOM", .help = N_("Every candidate of this room must have a sheet")},
    {0},
};

const struct command cmd_sheets_compare = {
    .name = "sheets compare",
    .args = "FIRST SECOND [THIRD]",
    .min_args = 2,
    .max_args = 3,
    .summary = N_("What two people typed differently, and what one of them has not typed"),
    .example = "kaochang sheets compare first.sheets second.sheets",
    .options = options,
    .run = run,
};
