/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang sign: a minisign signature beside a file. */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/commands.h"
#include "cli/package/sealing.h"
#include "cli/password.h"
#include "exam-packages/derive.h"
#include "exam-packages/minisign.h"

#define SIGNED_MAX (1ull << 40)

/* The password only where the key wants one and --no-password does not forbid it. */
static int load_key(const struct args *a, const char *path, struct minisign_secret *ret, struct err *e)
{
    struct bytes text = {0};
    struct secret password = {0};
    bool locked = false;
    int r = file_read(path, MINISIGN_FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = minisign_secret_locked(bytes_span(&text), &locked, e);
    if (r == 0 && locked && !args_get(a, "no-password"))
        r = password_read(args_get(a, "password-file"), "--password-file", _("Password of the key"), false,
                          &password, e);
    if (r == 0)
        r = minisign_secret_parse(bytes_span(&text), &password, ret, e);
    if (r < 0)
        err_within(e, path);
    bytes_release(&text);
    secret_free(&password);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *key_path = NULL, *file = args_at(a, 0), *comment = args_get(a, "comment");
    char *beside = mem_printf("%s.minisig", file), *says = mem_printf("file:%s", path_base(file));
    const char *out = args_get(a, "output") ? args_get(a, "output") : beside;
    struct minisign_secret key = {0};
    struct bytes signature = {0};
    uint8_t hash[64];
    int r = args_need(a, "secret-key", &key_path, e);
    if (r == 0)
        r = sealing_may_write(a, out, e);
    if (r == 0)
        r = blake2b_512_file(hash, file, SIGNED_MAX, e);
    if (r == 0)
        r = load_key(a, key_path, &key, e);
    if (r == 0)
        r = minisign_sign_hash(&key, hash, comment ? comment : says, &signature, e);
    if (r == 0)
        r = file_put(out, 0644, bytes_span(&signature), e);
    minisign_secret_free(&key);
    bytes_release(&signature);
    free(beside);
    free(says);
    return r;
}

static const struct command_option options[] = {
    {.name = "secret-key", .key = 's', .arg = "KEY", .help = N_("The minisign secret key file")},
    {.name = "output", .key = 'o', .arg = "OUT", .help = N_("The signature's file (default: FILE.minisig)")},
    {.name = "comment", .arg = "TEXT", .help = N_("Trusted comment (default: file:NAME)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The key's password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the key must have no password")},
    {.name = "force", .help = N_("Write over an existing file")},
    {0},
};

const struct command cmd_sign = {
    .name = "sign",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("sign a file as minisign does"),
    .example = "kaochang sign -s keys/officer.key list.csv",
    .options = options,
    .no_json = true,
    .run = run,
};
