/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/supplying.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

/* The number in "SESSION.NUMBER.exam" (ending NULL) or "SESSION.NUMBER.ENDING.exam"; 0: another file. */
static int64_t number_in(const char *name, const char *session, const char *ending)
{
    size_t n = strlen(session);
    char *end;
    if (strncmp(name, session, n) != 0 || name[n] != '.' || name[n + 1] < '0' || name[n + 1] > '9')
        return 0;
    long long number = strtoll(name + n + 1, &end, 10);
    if (ending) {
        size_t k = strlen(ending);
        if (*end++ != '.' || strncmp(end, ending, k) != 0)
            return 0;
        end += k;
    }
    return strcmp(end, ".exam") == 0 ? number : 0;
}

static int64_t highest(const struct file_names *names, const char *session, const char *ending)
{
    int64_t most = 0;
    for (size_t i = 0; i < names->n; i++) {
        int64_t number = number_in(names->name[i], session, ending);
        most = number > most ? number : most;
    }
    return most;
}

static int64_t next_number(const struct supplying *s, const struct file_names *names)
{
    const struct targets *t = trust_targets(s->trust);
    int64_t last = 0;
    for (int kind = 0; kind < SUPPLEMENT_KINDS; kind++) {
        int64_t number = highest(names, s->session.id, supplement_kind_name(kind));
        last = number > last ? number : last;
    }
    for (size_t i = 0; i < t->n_supplements; i++)
        if (strcmp(t->supplement[i].session, s->session.id) == 0 && t->supplement[i].number > last)
            last = t->supplement[i].number;
    return last + 1;
}

static int open_package(struct supplying *s, const struct args *a, const struct file_names *names,
                        struct err *e)
{
    const struct target_package *published = targets_find(trust_targets(s->trust), s->session.id);
    int64_t usual = published ? published->version : highest(names, s->session.id, NULL), version;
    int r = args_int(a, "version", 1, INT32_MAX, usual, &version, e);
    if (r < 0)
        return r;
    if (version == 0) {
        err_set(e, ERR_USAGE, s->session.id, _("no package has been built for this session"));
        return err_hint(e, _("kaochang pack makes it, and its codes with it"));
    }
    char *path = mem_printf("%s/%s.%lld.exam", s->folder, s->session.id, (long long)version);
    r = file_exists(path)
            ? package_open(&s->package, path, s->trust, e)
            : err_set(e, ERR_USAGE, path, _("there is no such version of the session's package"));
    free(path);
    return r;
}

static void fill(struct supplying *s, const struct args *a, enum supplement_kind kind, int64_t number)
{
    const struct manifest *m = package_manifest(s->package);
    struct clock_reading now;
    char text[40];
    clock_read(&now);
    s->in = (struct supplement_input){
        .kind = kind,
        .session = s->session.id,
        .number = number,
        .package = package_hash(s->package),
        .date = arena_strdup(s->arena, time_text(now.wall_ms, s->session.utc_offset_min, text, sizeof text)),
        .expiry = m->expiry,
        .reason = args_get(a, "reason"),
        .recovery = m->recipient[MANIFEST_R],
        .officer = s->officers.key,
        .n_officers = s->officers.n};
    s->built = mem_printf("%s/%s.%lld.%s.exam", s->folder, s->session.id, (long long)number,
                          supplement_kind_name(kind));
}

int supplying_open(struct supplying *s, const struct args *a, const char *session, enum supplement_kind kind,
                   struct err *e)
{
    struct file_names names = {0};
    s->arena = arena_new();
    int r = office_open(&s->office, args_home(a), e);
    if (r == 0)
        r = office_session_get(s->office, s->arena, session, &s->session, e);
    if (r == 0)
        r = trust_load(&s->trust, args_home(a), e);
    if (r == 0 && !trust_targets(s->trust))
        r = err_set(e, ERR_ENV, args_home(a), _("this home knows no officers yet"));
    if (r == 0) {
        s->folder = office_session_path(s->office, session, NULL);
        r = file_list(s->folder, &names, e);
    }
    if (r == 0)
        r = open_package(s, a, &names, e);
    if (r == 0)
        r = keyring_open(&s->officers, a, "officer", "officer", e);
    if (r == 0)
        fill(s, a, kind, next_number(s, &names));
    file_names_free(&names);
    return r;
}

int supplying_build(struct supplying *s, struct err *e)
{
    struct supplement *made = NULL;
    int r = supplement_build(&s->in, s->built, e);
    if (r == 0 && (r = supplement_open(&made, s->built, s->trust, e)) < 0)
        unlink(s->built);
    supplement_close(made);
    return r;
}

void supplying_release(struct supplying *s)
{
    package_close(s->package);
    keyring_close(&s->officers);
    trust_free(s->trust);
    office_close(s->office);
    arena_free(s->arena);
    free(s->folder);
    free(s->built);
}
