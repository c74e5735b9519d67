/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/identities.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/key-file.h"

enum { MAX_FILE = 64 * 1024, SUFFIX = 9 };

struct found {
    struct age_identity *id;
    size_t n;
};

/* Of a home, a key that takes a passphrase is a proctor's, and is passed over. */
static int add_file(struct found *f, const char *path, bool named, struct err *e)
{
    struct bytes text = {0};
    struct age_identity *more = NULL;
    size_t n = 0;
    int r = file_read(path, MAX_FILE, &text, e);
    if (r == 0 && !named && key_file_is_locked(bytes_span(&text)))
        goto done;
    if (r == 0 && (r = age_identities_parse(bytes_span(&text), &more, &n, e)) < 0)
        err_within(e, path);
    if (r == 0) {
        f->id = mem_grow(f->id, f->n + n, sizeof *f->id);
        memcpy(f->id + f->n, more, n * sizeof *more);
        f->n += n;
        free(more); /* the secrets have moved */
    }
done:
    bytes_release(&text);
    return r;
}

static int add_home(struct found *f, const char *home, struct err *e)
{
    struct file_names names = {0};
    char *keys = path_join(home, "keys");
    int r = file_exists(keys) ? file_list(keys, &names, e) : 0;
    for (size_t i = 0; r == 0 && i < names.n; i++) {
        size_t n = strlen(names.name[i]);
        char *path = path_join(keys, names.name[i]);
        if (n > SUFFIX && strcmp(names.name[i] + n - SUFFIX, ".identity") == 0)
            r = add_file(f, path, false, e);
        free(path);
    }
    file_names_free(&names);
    free(keys);
    return r;
}

int identities_read(const struct args *a, struct age_identity **ret, size_t *ret_n, struct err *e)
{
    struct found f = {0};
    const char *path;
    int r = 0;
    for (int i = 0; r == 0 && (path = args_each(a, "identity", i)); i++)
        r = add_file(&f, path, true, e);
    if (r == 0 && !args_get(a, "identity"))
        r = add_home(&f, args_home(a), e);
    if (r == 0 && f.n == 0) {
        err_set(e, ERR_USAGE, NULL, _("--identity is missing"));
        r = err_hint(e, _("the results or recovery identity; those in keys/ of the home (-C) are tried too"));
    }
    if (r < 0) {
        age_identities_free(f.id, f.n);
        return r;
    }
    *ret = f.id;
    *ret_n = f.n;
    return 0;
}
