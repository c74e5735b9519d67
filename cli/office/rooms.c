/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/rooms.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "office/heard.h"
#include "office/roster-store.h"
#include "sync/closing.h"

bool room_is_closed(const struct room_state *r)
{
    return r->records > 0 || r->calls > 0;
}

static struct room_state *find(struct rooms *r, const char *site, const char *room)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->room[i].room->site, site) == 0 && strcmp(r->room[i].room->id, room) == 0)
            return &r->room[i];
    return NULL;
}

static void list_rooms(struct rooms *r)
{
    size_t n = 0;
    const struct roster_candidate *sitter = roster_sitters(r->roster, &n);
    r->room = arena_array(r->arena, r->roster->n_rooms + 1, sizeof *r->room);
    for (size_t i = 0; i < r->roster->n_rooms; i++) {
        struct room_state x = {.room = &r->roster->room[i]};
        for (size_t k = 0; k < n; k++)
            x.listed += strcmp(sitter[k].site, x.room->site) == 0 && strcmp(sitter[k].room, x.room->id) == 0;
        if (x.listed)
            r->room[r->n++] = x;
    }
}

/* The same record may have come with several bundles and on a stick. */
static bool is_known(const struct rooms *r, const struct release_room *x)
{
    for (size_t i = 0; i < r->n_said; i++)
        if (r->said[i].how == x->how && strcmp(r->said[i].site, x->site) == 0 &&
            strcmp(r->said[i].room, x->room) == 0 && memcmp(r->said[i].hash, x->hash, sizeof x->hash) == 0 &&
            strcmp(r->said[i].number, x->number) == 0)
            return true;
    return false;
}

static void add_said(struct rooms *r, const struct release_room *x)
{
    struct room_state *room = find(r, x->site, x->room);
    if (!room || is_known(r, x))
        return;
    r->said[r->n_said++] = *x;
    if (x->how == RELEASE_RECORD) {
        room->sat = room->records ? room->sat + x->sat : x->sat;
        room->records++;
    } else {
        room->sat = room->records ? room->sat : room->sat + x->sat;
        room->calls++;
    }
}

static int read_store(const struct args *a, const char *session, struct arena *arena, struct rooms *r,
                      struct store_closing **ret, size_t *ret_n, struct err *e)
{
    const char *given = args_get(a, "store");
    char *path = given ? mem_strdup(given) : path_join(args_home(a), "store.db");
    struct store *s = NULL;
    int k = given || file_exists(path) ? store_open(&s, path, DB_READ, e) : 0;
    if (k == 0 && s)
        k = store_closings(s, session, arena, ret, ret_n, e);
    for (size_t i = 0; k == 0 && s && i < r->n; i++)
        k = store_came(s, session, r->room[i].room->site, r->room[i].room->id, &r->room[i].came, e);
    store_close(s);
    free(path);
    return k;
}

static int read_said(struct rooms *r, const struct args *a, struct office *o, const char *session,
                     struct err *e)
{
    struct heard *heard = NULL;
    struct store_closing *closing = NULL;
    size_t n_heard = 0, n_closings = 0;
    int k = office_heard_list(o, r->arena, session, &heard, &n_heard, e);
    if (k == 0)
        k = read_store(a, session, r->arena, r, &closing, &n_closings, e);
    if (k < 0)
        return k;
    r->said = arena_array(r->arena, n_heard + n_closings + r->n + 1, sizeof *r->said);
    for (size_t i = 0; i < n_closings; i++) {
        struct release_room x = {closing[i].site, closing[i].room, .how = RELEASE_RECORD,
                                 .sat = closing[i].sat};
        memcpy(x.hash, closing[i].hash, sizeof x.hash);
        add_said(r, &x);
    }
    for (size_t i = 0; i < n_heard; i++) {
        struct release_room x = {heard[i].site, heard[i].room, .sat = heard[i].sat};
        x.how = heard[i].phone ? RELEASE_PHONE : RELEASE_RECORD;
        memcpy(x.hash, heard[i].hash, sizeof x.hash);
        memcpy(x.number, heard[i].number, sizeof x.number);
        add_said(r, &x);
    }
    return 0;
}

int rooms_read(struct rooms *ret, const struct args *a, struct office *o, const char *session, struct err *e)
{
    struct rooms r = {.arena = arena_new()};
    int k = office_roster_load(o, session, &r.roster, e);
    if (k == 0) {
        list_rooms(&r);
        k = read_said(&r, a, o, session, e);
    }
    if (k < 0)
        rooms_release(&r);
    else
        *ret = r;
    return k;
}

void rooms_release(struct rooms *r)
{
    roster_free(r->roster);
    arena_free(r->arena);
    *r = (struct rooms){0};
}

/* ---- packages ---- */

/* Of "SESSION.VERSION.exam"; 0: another file. */
static long version_in(const char *name, const char *session)
{
    size_t n = strlen(session);
    char *end = NULL;
    if (strncmp(name, session, n) != 0 || name[n] != '.' || name[n + 1] < '1' || name[n + 1] > '9')
        return 0;
    long version = strtol(name + n + 1, &end, 10);
    return strcmp(end, ".exam") == 0 ? version : 0;
}

static bool is_list(const char *name, const char *session)
{
    static const char ending[] = ".roster.exam";
    size_t n = strlen(name), s = strlen(session), x = sizeof ending - 1;
    return n > s + 1 + x && strncmp(name, session, s) == 0 && name[s] == '.' &&
           strcmp(name + n - x, ending) == 0;
}

static int open_lists(struct kept_packages *k, const char *folder, const char *session,
                      const struct file_names *names, const struct trust *t, struct err *e)
{
    int r = 0;
    k->list = mem_alloc((names->n + 1) * sizeof *k->list);
    for (size_t i = 0; r == 0 && i < names->n; i++) {
        char *path = path_join(folder, names->name[i]);
        if (is_list(names->name[i], session) && (r = supplement_open(&k->list[k->n_lists], path, t, e)) == 0)
            k->n_lists++;
        free(path);
    }
    return r;
}

static int by_version(const void *a, const void *b)
{
    const long *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

int kept_packages_open(struct kept_packages *ret, const struct office *o, const char *session,
                       const struct trust *t, struct err *e)
{
    struct file_names names = {0};
    struct kept_packages k = {0};
    char *folder = office_session_path(o, session, NULL);
    int r = file_list(folder, &names, e);
    long *version = mem_alloc((names.n + 1) * sizeof *version);
    size_t n = 0;
    for (size_t i = 0; r == 0 && i < names.n; i++)
        if ((version[n] = version_in(names.name[i], session)) > 0)
            n++;
    qsort(version, n, sizeof *version, by_version);
    k.package = mem_alloc((n + 1) * sizeof *k.package);
    for (size_t i = 0; r == 0 && i < n; i++) {
        char *path = mem_printf("%s/%s.%ld.exam", folder, session, version[i]);
        r = package_open(&k.package[k.n], path, t, e);
        k.n += r == 0;
        free(path);
    }
    if (r == 0)
        r = open_lists(&k, folder, session, &names, t, e);
    free(version);
    free(folder);
    file_names_free(&names);
    if (r < 0)
        kept_packages_close(&k);
    else
        *ret = k;
    return r;
}

void kept_packages_close(struct kept_packages *k)
{
    for (size_t i = 0; i < k->n; i++)
        package_close(k->package[i]);
    for (size_t i = 0; i < k->n_lists; i++)
        supplement_close(k->list[i]);
    free(k->list);
    free(k->package);
    *k = (struct kept_packages){0};
}

/* Frees the roster. */
static bool is_number_of(struct release_room *call, struct roster *roster, const struct close_record *c)
{
    bool found = close_key(roster_find_room(roster, call->site, call->room), call->key, NULL) == 0 &&
                 close_number_is_of_room(call->number, call->key, c);
    roster_free(roster);
    return found;
}

int kept_packages_key(const struct kept_packages *k, const struct age_identity *recovery, const char *session,
                      struct release_room *call, struct err *e)
{
    struct close_record c = {.session = session, .site = call->site, .room = call->room, .count = call->sat};
    bool found = false;
    int r = 0;
    for (size_t i = 0; r == 0 && !found && i < k->n; i++) {
        struct roster *roster = NULL;
        memcpy(c.package, package_hash(k->package[i]), sizeof c.package);
        r = package_open_roster(k->package[i], call->site, recovery, &roster, e);
        found = r == 0 && is_number_of(call, roster, &c);
    }
    for (size_t i = 0; r == 0 && !found && i < k->n_lists; i++) {
        struct roster *roster = NULL;
        memcpy(c.package, supplement_document_of(k->list[i])->package, sizeof c.package);
        r = supplement_open_roster(k->list[i], call->site, recovery, &roster, e);
        found = r == 0 && is_number_of(call, roster, &c);
        r = r == -ERR_NO ? 0 : r; /* it has none of this site */
    }
    if (r < 0 || found)
        return r;
    err_set(e, ERR_NO, call->room,
            _("this closing number is not the one of site %s, room %s, with %lld who sat"), call->site,
            call->room, (long long)call->sat);
    return err_hint(e, _("ask for site, room and how many sat once more; all stand beside the number"));
}
