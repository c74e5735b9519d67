/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/opening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/password.h"
#include "client/agent/opening.h"
#include "exam-packages/key-file.h"

enum { CODE_FILE_MAX = 4096 };

static int read_input(struct bytes *data, struct err *e)
{
    char text[CODE_FILE_MAX];
    size_t n = fread(text, 1, sizeof text, stdin);
    bytes_add(data, text, n);
    secret_wipe(text, sizeof text);
    return n > 0 && !ferror(stdin) ? 0
                                   : err_set(e, ERR_USAGE, NULL, _("there is no code on the standard input"));
}

static int read_code(const char *path, struct bytes *data, struct err *e)
{
    return strcmp(path, "-") == 0 ? read_input(data, e) : file_read(path, CODE_FILE_MAX, data, e);
}

static int read_passphrase(const struct args *a, const char *path, int *locked, struct secret *ret,
                           struct err *e)
{
    char *prompt = mem_printf(_("Passphrase of %s"), path_base(path));
    int r =
        password_read(args_each(a, "password-file", (*locked)++), "--password-file", prompt, false, ret, e);
    free(prompt);
    return r;
}

static int add_key(const struct args *a, const char *path, int *locked, struct bytes *data, struct err *e)
{
    struct bytes text = {0};
    struct secret passphrase = {0};
    struct age_identity *keys = NULL;
    size_t n = 0;
    int r = file_read(path, KEY_FILE_MAX, &text, e);
    if (r == 0 && key_file_is_locked(bytes_span(&text)))
        r = read_passphrase(a, path, locked, &passphrase, e);
    if (r == 0 && (r = key_file_open(bytes_span(&text), secret_span(&passphrase), &keys, &n, e)) < 0)
        err_within(e, path);
    for (size_t i = 0; r == 0 && i < n; i++)
        opening_add_key(data, &keys[i]);
    age_identities_free(keys, n);
    secret_free(&passphrase);
    bytes_release(&text);
    return r;
}

int opening_read(const struct args *a, struct bytes *data, const char **ret, struct err *e)
{
    const char *code = args_get(a, "code-file"), *key;
    int locked = 0, r = 0;
    if (code && args_get(a, "key"))
        return err_set(e, ERR_USAGE, NULL, _("only one of --code-file, --key"));
    if (code)
        r = read_code(code, data, e);
    for (int i = 0; r == 0 && (key = args_each(a, "key", i)); i++)
        r = add_key(a, key, &locked, data, e);
    if (r < 0 || data->n == 0)
        return r;
    bytes_u8(data, 0);
    ((char *)data->p)[strcspn((char *)data->p, "\r\n")] = '\0';
    *ret = (const char *)data->p;
    return 0;
}
