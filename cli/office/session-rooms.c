/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang session rooms: which rooms are closed, and what has come from them. */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/rooms.h"

static const char *how(const struct room_state *r)
{
    return r->records ? "record" : r->calls ? "phone" : "open";
}

static void print_json(const struct rooms *r)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->n; i++) {
        const struct room_state *x = &r->room[i];
        json_t *one = json_pack("{s:s,s:s,s:s,s:s,s:I,s:I,s:I}", "site", x->room->site, "room", x->room->id,
                                "name", x->room->name, "closed", how(x), "registered", (json_int_t)x->listed,
                                "records", (json_int_t)x->records, "came", (json_int_t)x->came);
        json_object_set_new(one, "sat", room_is_closed(x) ? json_integer(x->sat) : json_null());
        json_array_append_new(list, one);
    }
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static void print_text_of(const struct room_state *x)
{
    if (x->records)
        printf(_("%s  %s  closed: %lld of %lld sat (CLOSE records: %lld); came from %lld\n"), x->room->site,
               x->room->id, (long long)x->sat, (long long)x->listed, (long long)x->records,
               (long long)x->came);
    else if (x->calls)
        printf(_("%s  %s  closed by phone: %lld of %lld sat; came from %lld\n"), x->room->site, x->room->id,
               (long long)x->sat, (long long)x->listed, (long long)x->came);
    else
        printf(_("%s  %s  NOT CLOSED, %lld registered; came from %lld\n"), x->room->site, x->room->id,
               (long long)x->listed, (long long)x->came);
}

static int tell(const struct args *a, const struct rooms *r, struct err *e)
{
    size_t open = 0;
    for (size_t i = 0; i < r->n; i++)
        open += !room_is_closed(&r->room[i]);
    if (args_json(a))
        print_json(r);
    for (size_t i = 0; !args_json(a) && i < r->n; i++)
        print_text_of(&r->room[i]);
    if (!args_json(a))
        printf(_("rooms: %zu; not closed: %zu\n"), r->n, open);
    return open ? err_set(e, ERR_NO, NULL, "%s", "") : 0;
}

static int run(const struct args *a, struct err *e)
{
    struct office *o = NULL;
    struct rooms rooms = {0};
    int r = office_open(&o, args_home(a), e);
    if (r == 0)
        r = rooms_read(&rooms, a, o, args_at(a, 0), e);
    if (r == 0)
        r = tell(a, &rooms, e);
    rooms_release(&rooms);
    office_close(o);
    return r;
}

static const struct command_option options[] = {
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_session_rooms = {
    .name = "session rooms",
    .args = "ID",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("List the rooms of a session: which are closed, and what has come from them"),
    .example = "kaochang session rooms am1 -C office",
    .options = options,
    .run = run,
};
