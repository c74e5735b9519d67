/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/root-file.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/keyring.h"
#include "cli/keys/root-show.h"
#include "exam-packages/document.h"

static const int64_t ten_years_ms = 3653LL * 86400 * 1000;

int root_file_read(struct root_file *ret, const char *path, struct err *e)
{
    struct root_file f = {.arena = arena_new()};
    int r =
        signatures_load_document(&f.document, &f.signatures, f.arena, dirname(arena_strdup(f.arena, path)),
                                 path_base(path), DOCUMENT_MAX_BYTES, e);
    if (r == 0)
        r = root_read(&f.root, path, f.document, e);
    if (r < 0) {
        root_file_release(&f);
        return r;
    }
    *ret = f;
    return 0;
}

void root_file_release(struct root_file *f)
{
    root_free(f->root);
    if (f->arena)
        arena_free(f->arena);
    *f = (struct root_file){0};
}

int root_file_propose(const char *path, const struct root *old, const struct root_change *change,
                      struct err *e)
{
    struct bytes document = {0};
    struct root *next = NULL;
    int r = root_propose(old, change, &document, e);
    if (r == 0)
        r = root_read(&next, path, bytes_span(&document), e);
    if (r == 0 && (r = file_put_new(path, 0644, bytes_span(&document), e)) < 0 && file_exists(path))
        err_hint(e, _("a proposal is never written over: others may have signed it"));
    if (r == 0)
        root_show(next, bytes_span(&document), NULL);
    if (r == 0)
        fprintf(
            stderr,
            _("%s: to be signed with \"kaochang keys root --sign\", then brought back for \"--install\"\n"),
            path);
    root_free(next);
    bytes_release(&document);
    return r;
}

/* "wu" of "/media/usb/wu.pub". */
static char *holder_name(const char *given)
{
    const char *base = path_base(given);
    size_t n = strlen(base);
    bool is_file = strchr(given, '/') && n > 4 && strcmp(base + n - 4, ".pub") == 0;
    return mem_printf("%.*s", (int)(is_file ? n - 4 : n), base);
}

int public_keys_read(struct public_keys *ret, const struct args *a, const char *option, const char *fallback,
                     struct err *e)
{
    struct public_keys k = {0};
    const char *given;
    int r = 0;
    for (int i = 0; r == 0 && ((given = args_each(a, option, i)) || (i == 0 && (given = fallback))); i++) {
        k.key = mem_grow(k.key, k.n + 1, sizeof *k.key);
        k.key[k.n] = (struct role_key){.name = holder_name(given)};
        r = keyring_public(a, given, &k.key[k.n++].key, e);
    }
    if (r < 0)
        public_keys_free(&k);
    *ret = k;
    return r;
}

void public_keys_free(struct public_keys *k)
{
    for (size_t i = 0; i < k->n; i++)
        free((char *)k->key[i].name);
    free(k->key);
    *k = (struct public_keys){0};
}

int root_expiry(const struct args *a, char buf[32], const char **ret, struct err *e)
{
    struct clock_reading now;
    clock_read(&now);
    *ret = args_get(a, "expiry") ? args_get(a, "expiry") : time_text(now.wall_ms + ten_years_ms, 0, buf, 32);
    return document_check_time(*ret, NULL, e);
}
