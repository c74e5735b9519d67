/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/secret-guard.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

enum { KEY_FILE_MAX = 64 << 10 };

static const char age_secret[] = "AGE-SECRET-KEY-";

void secret_mask(char *text)
{
    for (char *at = text; (at = strcasestr(at, age_secret));)
        for (at += sizeof age_secret - 1; isalnum((unsigned char)*at); at++)
            *at = '*';
}

/* "Ed", the KDF's two letters ("Sc" or zeros) and "B2" in base64: how every minisign secret key begins. */
static bool is_secret_line(const char *line)
{
    return strncmp(line, age_secret, sizeof age_secret - 1) == 0 || strncmp(line, "RWRTY0Iy", 8) == 0 ||
           strncmp(line, "RWQAAEIy", 8) == 0;
}

bool secret_in_file(const char *path)
{
    struct bytes text = {0};
    bool found = false;
    if (file_exists(path) && file_read(path, KEY_FILE_MAX, &text, NULL) == 0)
        for (const char *line = (const char *)text.p; line && !found;) {
            found = is_secret_line(line);
            line = strchr(line, '\n');
            line = line ? line + 1 : NULL;
        }
    bytes_release(&text);
    return found;
}

int secret_guard(const struct args *a, struct err *e)
{
    static const char *const written[] = {"output", "out", "unlock-sheet"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        const char *path = args_get(a, written[i]);
        if (!path || !secret_in_file(path))
            continue;
        err_set(e, ERR_USAGE, path, _("holds a secret key, which is never written over"));
        return err_hint(e, _("give another name"));
    }
    return 0;
}
