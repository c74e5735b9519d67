/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/place.h"
#include "sync/store.h"

static int run(const struct args *a, struct err *e)
{
    char *path = store_place(a);
    struct store *store = NULL;
    uint8_t digest[32];
    char hex[65];
    int r = store_open(&store, path, DB_READ, e);
    if (r == 0)
        r = store_digest(store, digest, e);
    if (r == 0)
        printf(args_json(a) ? "{\"digest\": \"%s\"}\n" : "%s\n", hex_encode(hex, digest, sizeof digest));
    store_close(store);
    free(path);
    return r;
}

static const struct command_option options[] = {
    {.name = "store", .arg = "FILE", .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_digest = {
    .name = "digest", .args = "",
    .summary = N_("Print the digest of the central store: equal stores, equal digests"),
    .example = "kaochang digest -C office",
    .options = options,
    .run = run,
};
