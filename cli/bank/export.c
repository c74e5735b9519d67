/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/export.h"

static bool is_zip(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".zip") == 0;
}

static int run(const struct args *a, struct err *e)
{
    const char *dir = NULL;
    struct bank *bank = NULL;
    size_t n = 0;
    int r = args_need(a, "output", &dir, e);
    if (r < 0)
        return r;
    struct arena *arena = arena_new();
    const char **id = arena_array(arena, (size_t)args_count(a) + 1, sizeof *id);
    for (int i = 0; i < args_count(a); i++)
        id[i] = args_at(a, i);
    r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = is_zip(dir) ? bank_export_zip(bank, dir, id, (size_t)args_count(a), &n, e)
                        : bank_export(bank, dir, id, (size_t)args_count(a), &n, e);
    if (r == 0 && args_json(a))
        printf("{\"items\":%zu}\n", n);
    else if (r == 0)
        printf(_("exported %zu items to %s\n"), n, dir);
    bank_close(bank);
    arena_free(arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "output",
     .key = 'o',
     .arg = "PATH",
     .help = N_("The folder to write, new or empty, or a new file NAME.zip")},
    {0},
};

const struct command cmd_bank_export = {
    .name = "bank export", .args = "[ID…]", .max_args = -1,
    .summary = N_("Write items, or the whole bank, as a QTI content package"),
    .example = "kaochang bank export -C office -o package",
    .options = options,
    .run = run,
};
