/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-client room: kaochang-room serve, under the name that a proctor knows. This program has no network
 * library. */
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/program-path.h"
#include "cli/client/commands.h"
#include "cli/opening.h"

#define PROGRAM "kaochang-room"

static const struct command_option options[] = {
    {.name = "listen",
     .arg = "ADDRESS:PORT",
     .help = N_("Where stations find it (default: port 8443 of every address of this machine)")},
    {.name = "code-file",
     .arg = "FILE",
     .help = N_("Read the unlock code from the first line of this file; \"-\": of the standard input")},
    OPENING_OPTIONS,
    {.name = "session",
     .arg = "SESSION",
     .help = N_("Which accepted package to open (default: the only one)")},
    {.name = "no-admit", .help = N_("The proctor admits each station before it takes part")},
    {.name = "foreground", .help = N_("Stay in this terminal until the room is closed")},
    {0}};

struct words {
    char **word;
    size_t n;
};

static void add_word(struct words *w, const char *text)
{
    w->word = mem_grow(w->word, w->n + 2, sizeof *w->word);
    w->word[w->n++] = mem_strdup(text);
    w->word[w->n] = NULL;
}

static void add_options(const struct args *a, struct words *w)
{
    for (const struct command_option *o = options; o->name; o++) {
        const char *value;
        for (int i = 0; (value = args_each(a, o->name, i)); i++) {
            char *option = mem_printf("--%s", o->name);
            add_word(w, option);
            if (o->arg)
                add_word(w, value);
            free(option);
        }
    }
}

static int run(const struct args *a, struct err *e)
{
    char *path = program_path(PROGRAM);
    struct words w = {0};
    const char *const first[] = {PROGRAM, "serve", "-C", args_home(a)};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        add_word(&w, first[i]);
    add_options(a, &w);
    if (path)
        execv(path, w.word);
    int r = path ? err_sys(e, path, _("cannot start it"))
                 : err_set(e, ERR_ENV, PROGRAM, _("this program is not installed on this machine"));
    if (!path)
        r = err_hint(e, _("the room service is a program of its own: install it beside kaochang-client"));
    for (size_t i = 0; i < w.n; i++)
        free(w.word[i]);
    free(w.word);
    free(path);
    return r;
}

const struct command cmd_room = {
    .name = "room",
    .args = "",
    .summary = N_("the room service, on the proctor's machine: answers are copied to it, candidates can "
                  "change machines"),
    .example = "kaochang-client room -C room --listen 192.168.1.10:8443 --code-file code.txt",
    .options = options,
    .no_json = true,
    .run = run,
};
