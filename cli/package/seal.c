/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang seal: one file to age recipients or to a code. */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/commands.h"
#include "cli/package/sealing.h"
#include "exam-packages/age.h"

static int read_recipients(const struct args *a, struct age_recipient **ret, size_t *ret_n, struct err *e)
{
    struct age_recipient *to = NULL;
    size_t n = 0;
    for (const char *text; (text = args_each(a, "recipient", (int)n));) {
        to = mem_grow(to, n + 1, sizeof *to);
        int r = file_exists(text) ? age_recipient_load(text, &to[n], e)
                                  : age_recipient_parse(span_str(text), &to[n], e);
        if (r < 0) {
            if (!file_exists(text))
                err_set(e, ERR_USAGE, text, _("neither an age recipient (age1…) nor a file that holds one"));
            free(to);
            return -(int)e->kind;
        }
        n++;
    }
    *ret = to;
    *ret_n = n;
    return 0;
}

static int run(const struct args *a, struct err *e)
{
    const char *out = NULL;
    struct age_recipient *to = NULL;
    struct secret passphrase = {0};
    struct age_key key = {.log2n = AGE_CODE_LOG2N};
    int r = args_need(a, "output", &out, e);
    if (r == 0)
        r = sealing_may_write(a, out, e);
    if (r == 0)
        r = read_recipients(a, &to, &key.n, e);
    if (r == 0)
        r = sealing_passphrase(a, &passphrase, e);
    if (r == 0 && (key.n > 0) == (passphrase.n > 0)) {
        err_set(e, ERR_USAGE, NULL, _("seal to recipients or to a code: one of the two"));
        r = err_hint(e, _("give -r RECIPIENT, or --code CODE"));
    }
    if (r == 0) {
        key.to = to;
        key.passphrase = secret_span(&passphrase);
        r = age_seal_file(args_at(a, 0), out, 0644, &key, e);
    }
    secret_free(&passphrase);
    free(to);
    return r;
}

static const struct command_option options[] = {
    {.name = "recipient",
     .key = 'r',
     .arg = "RECIPIENT",
     .help = N_("age1… or a file that holds it; repeatable")},
    {.name = "output", .key = 'o', .arg = "OUT", .help = N_("The file to write")},
    {.name = "code", .arg = "CODE", .help = N_("Seal to this code instead; - asks for it")},
    {.name = "code-file", .arg = "FILE", .help = N_("Seal to the code in the first line of a file")},
    {.name = "passphrase-file",
     .arg = "FILE",
     .help = N_("Seal to any passphrase, the first line of a file")},
    {.name = "force", .help = N_("Write over an existing file")},
    {0},
};

const struct command cmd_seal = {
    .name = "seal",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("seal a file with age, to recipients or to a code"),
    .example = "kaochang seal -r keys/recovery.recipient list.csv -o list.csv.age",
    .options = options,
    .no_json = true,
    .run = run,
};
