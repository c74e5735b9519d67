/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/sealing.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/password.h"
#include "exam-packages/code.h"

/* A typed code becomes its twelve data characters. */
static int code_to_passphrase(const char *typed, struct secret *ret, struct err *e)
{
    char data[CODE_DATA + 1];
    int r = code_read(typed, data, e);
    if (r == 0)
        r = secret_copy(ret, span_of(data, CODE_DATA), e);
    secret_wipe(data, sizeof data);
    return r;
}

static int code_from(const char *file, struct secret *ret, struct err *e)
{
    struct secret line = {0}, text = {0};
    int r = password_read(file, "--code-file", _("Code"), false, &line, e);
    if (r == 0)
        r = secret_new(&text, line.n + 1, e);
    if (r == 0) {
        memcpy(text.p, line.p, line.n);
        r = code_to_passphrase((const char *)text.p, ret, e);
    }
    secret_free(&line);
    secret_free(&text);
    return r;
}

int sealing_passphrase(const struct args *a, struct secret *ret, struct err *e)
{
    const char *code = args_get(a, "code"), *code_file = args_get(a, "code-file"),
               *passphrase_file = args_get(a, "passphrase-file");
    if (!!code + !!code_file + !!passphrase_file > 1)
        return err_set(e, ERR_USAGE, NULL, _("only one of --code, --code-file, --passphrase-file"));
    if (passphrase_file)
        return password_read(passphrase_file, "--passphrase-file", "", false, ret, e);
    if (code_file || (code && strcmp(code, "-") == 0))
        return code_from(code_file, ret, e);
    return code ? code_to_passphrase(code, ret, e) : 0;
}

int sealing_may_write(const struct args *a, const char *path, struct err *e)
{
    if (!file_exists(path) || args_get(a, "force"))
        return 0;
    err_set(e, ERR_USAGE, path, _("is already there and is not written over"));
    return err_hint(e, _("choose another name, or add --force"));
}
