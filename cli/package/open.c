/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang open: one age file, with identities or a code. */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/commands.h"
#include "cli/package/sealing.h"
#include "exam-packages/age.h"

enum { IDENTITY_FILE_MAX = 1024 * 1024 };

struct identities {
    struct age_identity *at;
    size_t n;
};

static int add_file(struct identities *all, const char *path, struct err *e)
{
    struct bytes text = {0};
    struct age_identity *more = NULL;
    size_t n = 0;
    int r = file_read(path, IDENTITY_FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = age_identities_parse(bytes_span(&text), &more, &n, e);
    bytes_release(&text);
    if (r < 0)
        return err_within(e, path);
    all->at = mem_grow(all->at, all->n + n, sizeof *all->at);
    for (size_t i = 0; i < n; i++)
        all->at[all->n++] = more[i];
    free(more);
    return 0;
}

static int read_identities(const struct args *a, struct identities *ret, struct err *e)
{
    int r = 0;
    const char *path;
    for (int i = 0; r == 0 && (path = args_each(a, "identity", i)); i++)
        r = add_file(ret, path, e);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *out = NULL;
    struct identities ids = {0};
    struct secret passphrase = {0};
    int r = args_need(a, "output", &out, e);
    if (r == 0)
        r = sealing_may_write(a, out, e);
    if (r == 0)
        r = read_identities(a, &ids, e);
    if (r == 0)
        r = sealing_passphrase(a, &passphrase, e);
    if (r == 0 && (ids.n > 0) == (passphrase.n > 0)) {
        err_set(e, ERR_USAGE, NULL, _("open with identities or with a code: one of the two"));
        r = err_hint(e, _("give -i IDENTITY, or --code CODE"));
    }
    struct age_key key = {.id = ids.at, .n = ids.n, .passphrase = secret_span(&passphrase)};
    if (r == 0)
        r = age_open_file(args_at(a, 0), out, 0600, &key, e);
    secret_free(&passphrase);
    age_identities_free(ids.at, ids.n);
    return r;
}

static const struct command_option options[] = {
    {.name = "identity",
     .key = 'i',
     .arg = "IDENTITY",
     .help = N_("A file with AGE-SECRET-KEY-1… lines; repeatable")},
    {.name = "output", .key = 'o', .arg = "OUT", .help = N_("The file to write; only its owner may read it")},
    {.name = "code", .arg = "CODE", .help = N_("Open with this code instead; - asks for it")},
    {.name = "code-file", .arg = "FILE", .help = N_("Open with the code in the first line of a file")},
    {.name = "passphrase-file",
     .arg = "FILE",
     .help = N_("Open with any passphrase, the first line of a file")},
    {.name = "force", .help = N_("Write over an existing file")},
    {0},
};

const struct command cmd_open = {
    .name = "open",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("open an age file, with an identity or a code"),
    .example = "kaochang open -i keys/recovery.identity list.csv.age -o list.csv",
    .options = options,
    .no_json = true,
    .run = run,
};
