/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/own-sessions.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "exam-packages/signatures.h"
#include "office/roster-store.h"

static int find_roster(struct office *o, struct arena *a, const char *id, const char **ret, struct err *e)
{
    bool is_signed = false;
    char *path = office_session_path(o, id, "roster.xml");
    int r = file_exists(path) ? office_roster_is_signed(o, id, &is_signed, e) : 0;
    if (r == 0 && is_signed)
        *ret = arena_strdup(a, path);
    free(path);
    return r;
}

/* The plan of a lab session, signed as its roster is when the package is made. */
static int find_plan(struct office *o, struct arena *a, const char *id, const char **ret, struct err *e)
{
    struct signatures signatures = {0};
    char *path = office_session_path(o, id, "lab.xml"), *folder = office_session_path(o, id, "");
    int r = file_exists(path) ? signatures_load(&signatures, a, folder, "lab.xml", e) : 0;
    if (r == 0 && signatures.n)
        *ret = arena_strdup(a, path);
    free(folder);
    free(path);
    return r;
}

static bool is_further(const char *name)
{
    static const char withdrawal[] =
        ".withdrawal.exam"; /* SESSION.NUMBER.withdrawal.exam: "session withdraw" */
    size_t n = strlen(name);
    if (n > sizeof withdrawal && strcmp(name + n - (sizeof withdrawal - 1), withdrawal) == 0)
        return true;
    return (strncmp(name, "release-", 8) == 0 || strncmp(name, "admission-", 10) == 0) &&
           strcmp(name + (n < 4 ? 0 : n - 4), ".xml") == 0;
}

static int find_further(struct own_sessions *s, struct office *o, const char *id, struct err *e)
{
    struct file_names names = {0};
    char *folder = office_session_path(o, id, NULL);
    int r = file_exists(folder) ? file_list(folder, &names, e) : 0;
    const char **all = arena_array(s->arena, s->n_further + names.n + 1, sizeof *all);
    if (s->n_further)
        memcpy(all, s->further, s->n_further * sizeof *all);
    s->further = all;
    for (size_t i = 0; r == 0 && i < names.n; i++)
        if (is_further(names.name[i]))
            s->further[s->n_further++] = arena_printf(s->arena, "%s/%s", folder, names.name[i]);
    file_names_free(&names);
    free(folder);
    return r;
}

static int read_all(struct own_sessions *s, struct office *o, struct err *e)
{
    struct office_session *all = NULL;
    int r = office_session_list(o, s->arena, &all, &s->n, e);
    if (r < 0)
        return r;
    s->session = arena_array(s->arena, s->n + 1, sizeof *s->session);
    s->roster = arena_array(s->arena, s->n + 1, sizeof *s->roster);
    s->plan = arena_array(s->arena, s->n + 1, sizeof *s->plan);
    for (size_t i = 0; r == 0 && i < s->n; i++) {
        s->session[i] = (struct intake_session){all[i].id, all[i].start_ms, all[i].end_ms};
        r = find_roster(o, s->arena, all[i].id, &s->roster[i], e);
        if (r == 0)
            r = find_plan(o, s->arena, all[i].id, &s->plan[i], e);
        if (r == 0)
            r = find_further(s, o, all[i].id, e);
    }
    return r;
}

int own_sessions_read(struct own_sessions *ret, const char *home, struct err *e)
{
    struct own_sessions s = {.arena = arena_new()};
    struct office *o = NULL;
    int r = office_open(&o, home, e);
    if (r == 0)
        r = read_all(&s, o, e);
    office_close(o);
    if (r == 0)
        *ret = s;
    else
        own_sessions_release(&s);
    return r;
}

void own_sessions_release(struct own_sessions *s)
{
    arena_free(s->arena);
    *s = (struct own_sessions){0};
}
