/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/drawing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

enum { MAX_COMPLAINTS = 20 };

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int open_sessions(struct drawing_desk *d, struct err *e)
{
    const char *id;
    int r = args_need(d->a, "session", &id, e);
    for (int i = 0; r == 0 && (id = args_each(d->a, "session", i)); i++) {
        if (d->n == DRAW_MAX_SESSIONS)
            return err_set(e, ERR_USAGE, "--session", _("a draw is for 1 to %d sessions"), DRAW_MAX_SESSIONS);
        d->id[d->n++] = id;
    }
    qsort(d->id, d->n, sizeof *d->id, by_text);
    for (size_t i = 0; i < d->n && r == 0; i++) {
        if (i > 0 && strcmp(d->id[i - 1], d->id[i]) == 0)
            return err_set(e, ERR_USAGE, d->id[i], _("the session is named twice"));
        r = office_session_get(d->office, d->arena, d->id[i], &d->session[i], e);
    }
    return r;
}

static int check_officer(const struct drawing_desk *d, size_t i, struct err *e)
{
    const struct role *role = &trust_targets(d->trust)->role[TARGETS_ROLE_CERTIFICATE];
    struct minisign_public own, other;
    minisign_secret_public(&d->officers.key[i], &own);
    for (size_t k = 0; k < i; k++) {
        minisign_secret_public(&d->officers.key[k], &other);
        if (minisign_public_equal(&own, &other))
            return err_set(e, ERR_USAGE, d->officers.name[i], _("the same officer is named twice"));
    }
    for (size_t k = 0; k < role->n; k++)
        if (minisign_public_equal(&role->key[k].key, &own))
            return 0;
    return err_set(e, ERR_NO, d->officers.name[i], _("this key is not an officer's of this office"));
}

int drawing_open(struct drawing_desk *d, const struct args *a, struct err *e)
{
    d->a = a;
    d->arena = arena_new();
    int r = office_open(&d->office, args_home(a), e);
    if (r == 0)
        r = open_sessions(d, e);
    if (r == 0)
        r = draw_folder_find(&d->folder, d->office, d->id, d->n, e);
    if (r == 0)
        r = trust_load(&d->trust, args_home(a), e);
    if (r == 0)
        r = keyring_open(&d->officers, a, "officer", "officer", e);
    for (size_t i = 0; i < d->officers.n && r == 0; i++)
        r = check_officer(d, i, e);
    return r;
}

void drawing_close(struct drawing_desk *d)
{
    keyring_close(&d->officers);
    trust_free(d->trust);
    draw_folder_release(&d->folder);
    office_close(d->office);
    arena_free(d->arena);
}

const char *drawing_now(const struct drawing_desk *d)
{
    struct clock_reading now;
    char text[40];
    clock_read(&now);
    return arena_strdup(d->arena, time_text(now.wall_ms, d->session[0].utc_offset_min, text, sizeof text));
}

int drawing_check_signatures(const struct drawing_desk *d, const char *document, struct span text,
                             const char *comment, int64_t officers, struct err *e)
{
    struct role role = trust_targets(d->trust)->role[TARGETS_ROLE_CERTIFICATE];
    struct signatures s;
    role.threshold = officers;
    int r = signatures_load(&s, d->arena, d->folder.path, document, e);
    return r < 0 ? r : role_verify(&role, document, text, comment, &s, e);
}

void drawing_complain(void *context, const char *where, const char *what)
{
    size_t *n = context;
    if (++*n <= MAX_COMPLAINTS)
        fprintf(stderr, "%s: %s\n", where, what);
    else if (*n == MAX_COMPLAINTS + 1)
        fputs(_("and others of the same kind\n"), stderr);
}
