/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/room.h"
#include "exam-packages/supplement.h"

/* A spare session is opened only by its name. */
static bool is_spare(const struct trust *t, const char *session)
{
    const struct target_package *target = trust_targets(t) ? targets_find(trust_targets(t), session) : NULL;
    return target && target->spare_for;
}

/* The package that is listed now; an older version may be withdrawn for its sake. */
static bool is_withdrawn(const struct trust *t, const char *session)
{
    const struct targets *all = trust_targets(t);
    for (size_t i = 0; all && i < all->n_supplements; i++) {
        const struct target_supplement *s = &all->supplement[i];
        const struct target_package *listed = targets_find_package(all, s->package);
        if (s->kind == SUPPLEMENT_WITHDRAWAL && listed && strcmp(listed->session, session) == 0)
            return true;
    }
    return false;
}

/* Nothing is left to do with it: withdrawn, or closed here. */
static bool is_past(const char *home, const struct trust *t, const char *session)
{
    char *closed = mem_printf("%s/sessions/%s/close.xml", home, session);
    bool past = file_exists(closed) || is_withdrawn(t, session);
    free(closed);
    return past;
}

/* The sessions whose packages are here, with commas between them; past ones only where they are asked for. */
static size_t list_sessions(const char *home, const struct trust *t, const struct file_names *files, bool past,
                            struct bytes *ret)
{
    size_t found = 0;
    bytes_release(ret);
    for (size_t i = 0; i < files->n; i++) {
        size_t n = strlen(files->name[i]);
        if (n <= 5 || strcmp(files->name[i] + n - 5, ".exam") != 0)
            continue;
        char *name = mem_printf("%.*s", (int)(n - 5), files->name[i]);
        if (!is_spare(t, name) && (past || !is_past(home, t, name)))
            bytes_printf(ret, "%s%s", found++ ? ", " : "", name);
        free(name);
    }
    return found;
}

static int several_or_none(const char *folder, size_t found, const struct bytes *names, struct err *e)
{
    if (found == 0) {
        err_set(e, ERR_ENV, folder, _("there is no exam package on this station"));
        return err_hint(e, _("fetch it with kaochang-client pull"));
    }
    err_set(e, ERR_USAGE, folder, _("there are several exam packages"));
    return err_hint(e, _("say which session is meant, with --session: %.*s"), (int)names->n,
                    (const char *)names->p);
}

int room_choose_session(const struct agent_start *s, const struct trust *t, char **ret, struct err *e)
{
    struct file_names files = {0};
    struct bytes names = {0};
    char *folder = path_join(s->home, "packages");
    int r = file_exists(folder) ? file_list(folder, &files, e) : 0;
    size_t found = 1;
    if (r == 0 && s->session) {
        bytes_str(&names, s->session);
    } else if (r == 0 && (found = list_sessions(s->home, t, &files, false, &names)) == 0) {
        found = list_sessions(s->home, t, &files, true, &names);
    }
    *ret = NULL;
    if (r == 0 && !(found > 1 && s->waiting)) { /* else the room service names it */
        if (found != 1)
            r = several_or_none(folder, found, &names, e);
        else
            *ret = mem_printf("%.*s", (int)names.n, (const char *)names.p);
        if (r == 0 && !path_is_plain_name(*ret))
            r = err_set(e, ERR_USAGE, NULL, _("\"%s\" is not the name of a session"), *ret);
    }
    bytes_release(&names);
    file_names_free(&files);
    free(folder);
    return r;
}

static int open_station(struct room *r, struct err *e)
{
    int result = station_load(&r->station, r->home, e);
    if (result == 0)
        result = trust_load(&r->trust, r->home, e);
    if (result == 0)
        result = station_key(r->station, &r->key, e);
    if (result == 0)
        result = station_certificate(r->station, r->trust, &r->chain, NULL, e);
    return result;
}

static int not_withdrawn(const struct room *r, struct err *e)
{
    char *folder = supplements_folder(r->home);
    int result = supplements_check(folder, r->trust, r->package, e);
    free(folder);
    return result;
}

static int open_package(struct room *r, const char *session, struct err *e)
{
    char *file = mem_printf("packages/%s.exam", session), *path = path_join(r->home, file);
    char *folder = mem_printf("sessions/%s", session);
    char *closed = NULL;
    int result = 0;
    r->folder = path_join(r->home, folder);
    closed = path_join(r->folder, "close.xml");
    if (!file_exists(path)) {
        result = err_set(e, ERR_ENV, path, _("there is no package of session %s on this station"), session);
        err_hint(e, _("fetch it with kaochang-client pull"));
    } else if (file_exists(closed)) {
        result = err_set(e, ERR_NO, closed, _("session %s has been closed in this room"), session);
        if (e)
            e->code = ERR_ROOM_CLOSED;
    }
    if (result == 0)
        result = package_open(&r->package, path, r->trust, e);
    if (result == 0 && strcmp(package_manifest(r->package)->session, session) != 0)
        result = err_set(e, ERR_DATA, path, _("this is the package of session %s"),
                         package_manifest(r->package)->session);
    if (result == 0)
        result = not_withdrawn(r, e);
    free(closed);
    free(folder);
    free(path);
    free(file);
    return result;
}

static void leave_session(struct room *r)
{
    minutes_close(r->minutes);
    package_close(r->package);
    free(r->folder);
    r->minutes = NULL;
    r->package = NULL;
    r->folder = NULL;
}

/* Damaged minutes are kept beside the new ones; they stop no exam. */
static int open_minutes(struct room *r, struct err *e)
{
    struct err own = {0};
    char *path = path_join(r->folder, "minutes.db"), *aside = NULL;
    int result = file_mkdirs(r->folder, true, e);
    if (result == 0 && (result = minutes_open(&r->minutes, path, NULL, &own)) == -ERR_DATA) {
        aside = mem_printf("%s.damaged-%lld", path, (long long)r->now.wall_ms);
        result = rename(path, aside) < 0 ? err_sys(e, path, _("cannot move the damaged minutes aside"))
                                         : minutes_open(&r->minutes, path, NULL, e);
        if (result == 0)
            room_note(r, "minutes-damaged", NULL, "%s", path_base(aside));
    } else if (result < 0 && own.kind != ERR_NONE && e)
        *e = own;
    free(aside);
    free(path);
    return result;
}

int room_choose(struct room *r, const char *session, struct err *e)
{
    if (r->package && strcmp(package_manifest(r->package)->session, session) == 0)
        return 0;
    if (r->state != ROOM_LOCKED)
        return err_set(e, ERR_NO, session, _("another session is open on this station"));
    if (!path_is_plain_name(session))
        return err_set(e, ERR_USAGE, NULL, _("\"%s\" is not the name of a session"), session);
    leave_session(r);
    int result = open_package(r, session, e);
    if (result == 0)
        result = open_minutes(r, e);
    if (result < 0)
        leave_session(r);
    return result;
}

int room_new(struct room **ret, const struct agent_start *s, const struct clock_reading *now, struct err *e)
{
    struct room *r = mem_alloc(sizeof *r);
    char *session = NULL;
    *r = (struct room){.role = s->role,
                       .hold = s->hold,
                       .resume_codes = s->resume_codes,
                       .now = *now,
                       .home = realpath(s->home, NULL),
                       .paper_fd = -1};
    int result = r->home ? 0 : err_sys(e, s->home, _("cannot open the station's folder"));
    if (result == 0)
        result = open_station(r, e);
    if (result == 0)
        result = room_choose_session(s, r->trust, &session, e);
    if (result == 0 && session)
        result = room_choose(r, session, e);
    free(session);
    if (result < 0) {
        room_free(r);
        return result;
    }
    *ret = r;
    return 0;
}

void room_free(struct room *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++) {
        sitting_store_close(r->seat[i].store);
        session_release(&r->seat[i].session);
        paper_free(r->seat[i].sheet);
        free(r->seat[i].path);
    }
    free(r->seat);
    if (r->paper_fd >= 0)
        close(r->paper_fd);
    paper_free(r->paper);
    roster_free(r->roster);
    age_identity_free(&r->unlock);
    secret_free(&r->code_hash);
    minisign_secret_free(&r->key);
    room_notes_free(r->notes);
    leave_session(r);
    station_free(r->station);
    trust_free(r->trust);
    free(r->home);
    free(r);
}
