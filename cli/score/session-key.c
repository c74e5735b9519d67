/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/session-key.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/password.h"

/* The text of --NAME or the first line of --NAME-file, or NULL with neither. */
static int read_code(const struct args *a, const char *name, struct arena *arena, const char **ret,
                     struct err *e)
{
    const char *file_option = arena_printf(arena, "%s-file", name);
    const char *code = args_get(a, name), *file = args_get(a, file_option);
    struct secret typed = {0};
    *ret = NULL;
    if (code && strcmp(code, "-") != 0) {
        *ret = code;
        return 0;
    }
    if (!code && !file)
        return 0;
    int r = password_read(file, arena_printf(arena, "--%s", file_option), _("Code"), false, &typed, e);
    if (r == 0)
        *ret = arena_strndup(arena, (const char *)typed.p, typed.n);
    secret_free(&typed);
    return r;
}

/* U, where it is given too, opens the journals that an older version did not seal to C. */
static int unlock(struct session_key *k, const struct package *p, const char *close_code,
                  const char *unlock_code, struct err *e)
{
    int r = package_unlock_close(p, close_code, &k->id[0], e);
    if (r < 0)
        return r;
    k->n_ids = 1;
    if (unlock_code && (r = package_unlock(p, unlock_code, &k->id[1], e)) == 0)
        k->n_ids = 2;
    return r;
}

static int open_part(struct session_key *k, const struct package *p, struct err *e)
{
    struct bytes plain = {0};
    int r = package_open_part(p, "key.age", &k->id[0], &plain, e);
    if (r == 0)
        r = key_part_open(&k->part, &plain, e);
    bytes_release(&plain);
    return r;
}

static int open_all(struct session_key *k, const struct args *a, const struct package *p, struct arena *arena,
                    struct err *e)
{
    const char *close_code = NULL, *unlock_code = NULL;
    bool practice = package_manifest(p)->practice;
    int r = read_code(a, "code", arena, &close_code, e);
    if (r == 0)
        r = read_code(a, "unlock-code", arena, &unlock_code, e);
    if (r < 0 || (!close_code && !practice))
        return r;
    if (!practice)
        r = unlock(k, p, close_code, unlock_code, e);
    else if ((r = package_recover(p, NULL, &k->id[1], &k->id[0], e)) == 0)
        k->n_ids = 2;
    return r < 0 ? r : open_part(k, p, e);
}

int session_key_open(struct session_key *ret, const struct args *a, const struct package *p, struct err *e)
{
    struct arena *arena = arena_new();
    *ret = (struct session_key){0};
    int r = open_all(ret, a, p, arena, e);
    arena_free(arena);
    if (r < 0)
        session_key_release(ret);
    return r;
}

void session_key_release(struct session_key *k)
{
    key_part_release(&k->part);
    for (size_t i = 0; i < k->n_ids; i++)
        age_identity_free(&k->id[i]);
    k->n_ids = 0;
}
