/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/place.h"
#include "sync/store.h"

static const char *reason_text(const char *reason)
{
    static const struct {
        const char *key, *text;
    } reasons[] = {
        {"heads", N_("two journals of one epoch contradict each other")},
        {"starts", N_("one epoch was started twice")},
        {"records", N_("different score records for one work")},
        {"raters", N_("rated by somebody who was not to, or twice; \"kaochang adjudicate\" decides")},
        {"unknown-key", N_("signed with an unknown key")},
        {"revoked-key", N_("signed with a revoked key")},
        {"close-missing", N_("the closing of the room names it; it has not come, or not all of it")},
        {"close-other", N_("ends otherwise than the closing of the room says")},
        {"close-unnamed", N_("the closing of the room does not name it")},
        {"close-announced", N_("the closing of the room is not the one that was announced")},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].key, reason) == 0)
            return _(reasons[i].text);
    return reason;
}

static void print_text(const struct store_quarantined *x)
{
    char side[65];
    hex_encode(side, x->side, sizeof x->side);
    if (x->ticket[0])
        printf(_("%s  %s  epoch %lld  %s  side %.16s\n"), x->session, x->ticket, (long long)x->epoch,
               reason_text(x->reason), side);
    else
        printf(_("%s  bundle %.16s  %s\n"), x->session, side, reason_text(x->reason));
}

static void print_json(const struct store_quarantined *all, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        char side[65];
        json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:I,s:s}", "session", all[i].session, "ticket", all[i].ticket,
                                              "reason", all[i].reason, "epoch", (json_int_t)all[i].epoch, "side",
                                              hex_encode(side, all[i].side, sizeof all[i].side)));
    }
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static int list(const struct args *a, struct err *e)
{
    char *path = store_place(a);
    struct arena *arena = arena_new();
    struct store *store = NULL;
    struct store_quarantined *all = NULL;
    size_t n = 0;
    int r = store_open(&store, path, DB_READ, e);
    if (r == 0)
        r = store_quarantine(store, arena, &all, &n, e);
    if (r == 0 && args_json(a))
        print_json(all, n);
    else if (r == 0 && n == 0)
        puts(_("Nothing is in quarantine."));
    else if (r == 0)
        for (size_t i = 0; i < n; i++)
            print_text(&all[i]);
    store_close(store);
    arena_free(arena);
    free(path);
    return r < 0 ? r : n ? err_set(e, ERR_NO, NULL, "%s", "") : 0;
}

static int run(const struct args *a, struct err *e)
{
    if (args_count(a) == 0)
        return list(a, e);
    err_set(e, ERR_USAGE, args_at(a, 0),
            _("decisions on work that contradicts itself come with a later version"));
    return err_hint(
        e, _("both sides are kept until then; \"kaochang quarantine admit\" decides about closings and "
             "revoked keys"));
}

static const struct command_option options[] = {
    {.name = "store", .arg = "FILE", .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_quarantine = {
    .name = "quarantine", .args = "", .max_args = -1,
    .summary = N_("List what contradicts itself and is kept apart, both sides"),
    .example = "kaochang quarantine -C office",
    .options = options,
    .run = run,
};
