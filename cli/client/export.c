/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/i18n.h"
#include "cli/client/commands.h"
#include "exam-packages/collect.h"

static void print_json(const struct collection *c, const char *path, int64_t behind)
{
    json_t *root = json_pack("{s:s, s:s, s:I, s:I}", "bundle", path, "session", collect_session(c),
                             "sittings", (json_int_t)collect_count(c), "leftBehind", (json_int_t)behind);
    json_dumpf(root, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(root);
}

static int run(const struct args *a, struct err *e)
{
    struct collection *c = NULL;
    char *path = NULL;
    int64_t behind = 0;
    int r = collect_open(&c, args_home(a), args_get(a, "session"), &behind, e);
    if (r == 0)
        r = collect_write(c, NULL, 0, args_get(a, "output"), &path, e);
    if (r == 0 && args_json(a))
        print_json(c, path, behind);
    else if (r == 0)
        printf(_("%s: %zu sittings, without scores\n"), path, collect_count(c));
    if (r == 0 && behind)
        fprintf(stderr, _("%lld sittings are not closed or damaged, and stay behind\n"), (long long)behind);
    for (size_t i = 0; r == 0 && collect_behind(c, i); i++)
        fprintf(stderr, "  %s\n", collect_behind(c, i));
    free(path);
    collect_close(c);
    return r;
}

static const struct command_option options[] = {
    {"session", 0, "SESSION", N_("Which session; needed when there are several")},
    {"output", 'o', "DIR",
     N_("Copy the bundle to this folder or file; without it the station keeps it only")},
    {0},
};

const struct command cmd_export = {
    .name = "export",
    .args = "",
    .summary = N_("hand on the closed sittings as a bundle without scores"),
    .example = "kaochang-client export -C station -o /media/usb",
    .options = options,
    .run = run,
};
