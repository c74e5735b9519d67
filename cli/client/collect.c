/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-client collect: journals of stranded machines, brought in later. */
#include <stdio.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/i18n.h"
#include "cli/client/commands.h"
#include "cli/opening.h"
#include "client/room/brought.h"

/* What was collected so far. */
struct collecting {
    struct bringing *at;
    struct arena *arena;
    json_t *list; /* NULL: lines for people */
    size_t kept, known, refused;
};

static const char *words(enum brought_outcome o)
{
    static const char *const text[] = {
        [BROUGHT_REFUSED] = N_("refused"),
        [BROUGHT_NEW] = N_("new here: kept"),
        [BROUGHT_SAME] = N_("already here"),
        [BROUGHT_LESS] = N_("a beginning of what is here: nothing to do"),
        [BROUGHT_MORE] =
            N_("more than what was here: kept in its place, the old one is in the folder \"aside\""),
        [BROUGHT_TAIL] =
            N_("put together with what is here; what a later machine superseded is kept as evidence"),
        [BROUGHT_BESIDE] = N_("kept beside what is here: the office joins or decides"),
    };
    return _(text[o]);
}

static void print_json(struct collecting *c, const char *path, const struct brought *t)
{
    json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:b, s:b, s:b}", "file", path, "outcome",
                          brought_outcome_name(t->outcome), "ticket", t->ticket, "station", t->station,
                          "kept", t->kept, "epochs", (json_int_t)t->epochs, "events", (json_int_t)t->events,
                          "signed", t->ended, "eventsChecked", t->checked, "onList", t->listed);
    if (t->outcome == BROUGHT_REFUSED) {
        json_object_set_new(o, "why", json_string(t->why.what));
        json_object_set_new(o, "do", json_string(t->why.hint));
    }
    json_array_append_new(c->list, o);
}

static void print(const char *path, const struct brought *t)
{
    char text[900];
    if (t->outcome == BROUGHT_REFUSED) {
        fprintf(stderr, _("%s: refused: %s\n"), path, err_text(&t->why, text, sizeof text));
        return;
    }
    printf(_("%s: %s from %s, %lld events, %s: %s\n"), path, t->ticket, t->station, (long long)t->events,
           t->ended ? _("ended and signed") : _("not ended"), words(t->outcome));
    if (!t->checked)
        printf("  %s\n", _("checked: session, package, shape, order, signed ends. The office checks each "
                           "event with its key, "
                           "or this machine with --code-file or --key"));
    if (!t->listed)
        printf(
            "  %s\n",
            _("not checked: whether the candidate is on the list of this room; the proctor's machine can"));
}

static void count(struct collecting *c, enum brought_outcome o)
{
    c->refused += o == BROUGHT_REFUSED;
    c->known += o == BROUGHT_SAME || o == BROUGHT_LESS;
    c->kept += o != BROUGHT_REFUSED && o != BROUGHT_SAME && o != BROUGHT_LESS;
}

static void tell(struct collecting *c, const char *path, const struct brought *t)
{
    count(c, t->outcome);
    if (c->list)
        print_json(c, path, t);
    else
        print(path, t);
}

static int collect_from(struct collecting *c, const char *from, struct err *e)
{
    const char **path = NULL;
    size_t n = 0;
    struct brought t = {.ticket = "", .station = "", .kept = ""};
    int r = bringing_find(c->at, from, c->arena, &path, &n, &t.why);
    if (r < 0)
        tell(c, from, &t);
    r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct arena *a = arena_new();
        r = bringing_take(c->at, path[i], a, &t, e);
        if (r == 0)
            tell(c, path[i], &t);
        arena_free(a);
    }
    return r;
}

static int finish(const struct collecting *c, struct err *e)
{
    if (c->list) {
        json_dumpf(c->list, stdout, JSON_COMPACT);
        putchar('\n');
    } else {
        printf(_("session %s: %zu journals kept, %zu were here, %zu refused\n"), bringing_session(c->at),
               c->kept, c->known, c->refused);
        if (c->kept)
            printf("%s\n", _("Make a bundle again: kaochang-client export"));
    }
    return c->refused ? err_set(e, ERR_NO, NULL, _("%zu were refused"), c->refused) : 0;
}

static int run(const struct args *a, struct err *e)
{
    struct collecting c = {.arena = arena_new()};
    struct clock_reading now;
    struct bytes data = {0};
    const char *code = NULL;
    int r = opening_read(a, &data, &code, e);
    clock_read(&now);
    if (r == 0)
        r = bringing_open(&c.at, args_home(a), args_get(a, "session"), code, &now, e);
    if (r == 0 && args_json(a))
        c.list = json_array();
    for (int i = 0; r == 0 && i < args_count(a); i++)
        r = collect_from(&c, args_at(a, i), e);
    if (r == 0)
        r = finish(&c, e);
    json_decref(c.list);
    bringing_close(c.at);
    bytes_release(&data);
    arena_free(c.arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "SESSION", .help = N_("Which session; needed when there are several")},
    {.name = "code-file",
     .arg = "FILE",
     .help = N_("Read the unlock code from the first line of this file, and check every event with it")},
    OPENING_OPTIONS,
    {0},
};

const struct command cmd_collect = {
    .name = "collect",
    .args = "FROM…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("bring in the journals of a machine that was lost: its disk, or a copy on a stick"),
    .example = "kaochang-client collect -C room /media/usb/st07",
    .options = options,
    .run = run,
};
