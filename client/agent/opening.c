/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/opening.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/room.h"
#include "exam-packages/package.h"

static const char secret[] = "AGE-SECRET-KEY-1";

bool opening_is_keys(const char *text)
{
    return strncmp(text, secret, sizeof secret - 1) == 0;
}

void opening_add_key(struct bytes *text, const struct age_identity *key)
{
    if (text->n)
        bytes_u8(text, ' ');
    age_identity_text(key, text);
}

int opening_keys(const char *text, struct age_identity **ret, size_t *ret_n, struct err *e)
{
    struct bytes lines = {0};
    bytes_str(&lines, text);
    for (size_t i = 0; i < lines.n; i++)
        if (lines.p[i] == ' ')
            lines.p[i] = '\n';
    int r = age_identities_parse(bytes_span(&lines), ret, ret_n, e);
    bytes_release(&lines);
    return r;
}

int opening_unlock(const struct package *p, const char *text, struct age_identity *ret, struct err *e)
{
    struct age_identity *keys = NULL;
    size_t n = 0;
    if (!opening_is_keys(text))
        return package_unlock(p, text, ret, e);
    int r = opening_keys(text, &keys, &n, e);
    if (r == 0)
        r = package_unlock_by_proctors(p, keys, n, ret, e);
    age_identities_free(keys, n);
    return r;
}

/* Marks whose keys these are; returns how many. */
static size_t mark(const struct proctors *who, const char *text, bool marked[PROCTORS_MAX])
{
    struct age_identity *keys = NULL;
    size_t n = 0, found = 0;
    if (opening_keys(text, &keys, &n, NULL) < 0)
        return 0;
    for (size_t i = 0; i < n; i++) {
        struct age_recipient to;
        age_identity_recipient(&keys[i], &to);
        size_t place = proctors_find(who, &to);
        if (place == who->n)
            continue;
        marked[place] = true;
        found++;
    }
    age_identities_free(keys, n);
    return found;
}

int opening_is_proctor(const struct package *p, const char *text, struct err *e)
{
    bool marked[PROCTORS_MAX] = {0};
    if (mark(&package_manifest(p)->proctors, text, marked) > 0)
        return 0;
    return err_set(e, ERR_NO, NULL, _("this is the key of no proctor of this session"));
}

const char *opening_names(const struct package *p, const char *text, struct arena *a)
{
    const struct proctors *who = &package_manifest(p)->proctors;
    bool marked[PROCTORS_MAX] = {0};
    const char *names = "";
    mark(who, text, marked);
    for (size_t i = 0; i < who->n; i++)
        if (marked[i])
            names = arena_printf(a, *names ? "%s, %s" : "%s%s", names, who->list[i].name);
    return names;
}

static void copy_who(const struct package *p, struct arena *a, struct opening_who *ret)
{
    const struct proctors *from = &package_manifest(p)->proctors;
    ret->proctors = *from;
    ret->proctors.list = arena_copy(a, from->list, from->n * sizeof *from->list);
    for (size_t i = 0; i < from->n; i++)
        ret->proctors.list[i].name = arena_strdup(a, from->list[i].name);
    ret->has_code = package_has_code(p);
}

int opening_who(const char *home, const char *session, struct arena *a, struct opening_who *ret,
                struct err *e)
{
    const struct agent_start s = {.home = home, .session = session};
    struct trust *t = NULL;
    struct package *p = NULL;
    char *chosen = NULL, *path = NULL;
    int r = trust_load(&t, home, e);
    if (r == 0)
        r = room_choose_session(&s, t, &chosen, e);
    if (r == 0) {
        path = mem_printf("%s/packages/%s.exam", home, chosen);
        r = package_open(&p, path, t, e);
    }
    if (r == 0)
        copy_who(p, a, ret);
    package_close(p);
    trust_free(t);
    free(path);
    free(chosen);
    return r;
}
