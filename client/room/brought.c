/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/agent.h"
#include "client/agent/delay.h"
#include "client/agent/opening.h"
#include "client/room/brought-internal.h"
#include "client/room/seal.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/supplement.h"

const char *brought_outcome_name(enum brought_outcome o)
{
    static const char *const name[] = {"refused", "same", "less", "new", "more", "tail", "beside"};
    return name[o];
}

const char *bringing_session(const struct bringing *b)
{
    return b->session;
}

/* ---- opening ---- */

/* No agent begins meanwhile; one that is there is asked to take in what is brought. */
static int take_lock(struct bringing *b, const char *code, struct err *e)
{
    int fd = -1;
    int r = agent_lock(b->home, &fd, e);
    if (r == 0)
        b->lock = fd;
    if (r != -ERR_NO)
        return r;
    if (code)
        return control_open(&b->room, b->home, code, e);
    err_set(e, ERR_NO, b->home, _("the room is still open on this machine"));
    return err_hint(
        e,
        _("give the unlock code with --code-file, or a proctor's key with --key, or close the room first"));
}

/* The only name in HOME/FOLDER with that ending ("": a folder); *ret_n counts them. */
static char *only_name(const char *home, const char *folder, const char *ending, size_t *ret_n)
{
    struct file_names names = {0};
    char *path = path_join(home, folder), *found = NULL;
    *ret_n = 0;
    if (file_exists(path) && file_list(path, &names, NULL) == 0)
        for (size_t i = 0; i < names.n; i++) {
            size_t n = strlen(names.name[i]), x = strlen(ending);
            if (n <= x || strcmp(names.name[i] + n - x, ending) != 0)
                continue;
            free(found);
            found = mem_printf("%.*s", (int)(n - x), names.name[i]);
            ++*ret_n;
        }
    file_names_free(&names);
    free(path);
    return found;
}

static int choose_session(struct bringing *b, const char *wanted, struct err *e)
{
    size_t n = 0;
    char *name = wanted ? mem_strdup(wanted) : only_name(b->home, "sessions", "", &n);
    int r = 0;
    if (!wanted && n == 0) {
        free(name);
        name = only_name(b->home, "packages", ".exam", &n);
    }
    if (!wanted && n != 1) {
        err_set(e, n ? ERR_USAGE : ERR_ENV, b->home,
                n ? _("there are several sessions") : _("there is no exam package on this station"));
        r = err_hint(e, n ? _("say which one is meant with --session")
                          : _("fetch it with kaochang-client pull"));
    } else if (!path_is_plain_name(name)) {
        r = err_set(e, ERR_USAGE, NULL, _("\"%s\" is not the name of a session"), name);
    } else {
        b->session = arena_strdup(b->arena, name);
        char *folder = mem_printf("sessions/%s", name);
        b->folder = path_join(b->home, folder);
        b->journals = path_join(b->folder, "journals");
        b->staged = path_join(b->folder, "brought.tmp");
        free(folder);
    }
    free(name);
    return r;
}

static int open_package(struct bringing *b, struct err *e)
{
    char *file = mem_printf("packages/%s.exam", b->session), *path = path_join(b->home, file);
    int r;
    if (file_exists(path)) {
        r = package_open(&b->package, path, b->trust, e);
    } else {
        err_set(e, ERR_ENV, path, _("there is no package of session %s on this station"), b->session);
        r = err_hint(e, _("fetch it with kaochang-client pull"));
    }
    if (r == 0 && strcmp(package_manifest(b->package)->session, b->session) != 0)
        r = err_set(e, ERR_DATA, path, _("this is the package of session %s"),
                    package_manifest(b->package)->session);
    free(path);
    free(file);
    return r;
}

/* The list of the room, on a machine that has the site's identity. */
static int open_roster(struct bringing *b, struct err *e)
{
    struct age_identity site = {0};
    char *path = path_join(b->home, "keys/site.identity"), *folder = supplements_folder(b->home);
    int r = 0;
    if (file_exists(path) && (r = station_site_identity(b->station, &site, e)) == 0)
        r = supplements_roster(folder, b->trust, b->package, b->station->site, &site, &b->roster, e);
    age_identity_free(&site);
    free(folder);
    free(path);
    return r;
}

static int open_key(struct bringing *b, const char *code, struct err *e)
{
    struct age_identity close_key = {0};
    int r = 0;
    if (package_manifest(b->package)->practice) {
        r = package_recover(b->package, NULL, &b->unlock, &close_key, e);
        age_identity_free(&close_key);
    } else if (code) {
        bool guessed = !opening_is_keys(code);
        r = guessed ? delay_before(b->folder, &b->now, e) : 0;
        if (r == 0)
            r = opening_unlock(b->package, code, &b->unlock, e);
        if (r == 0 && guessed)
            r = delay_clear(b->folder, e);
    } else {
        return 0;
    }
    b->has_key = r == 0;
    return r;
}

int bringing_open(struct bringing **ret, const char *home, const char *session, const char *code,
                  const struct clock_reading *now, struct err *e)
{
    struct bringing *b = mem_alloc(sizeof *b);
    char *minutes = NULL;
    *b = (struct bringing){.arena = arena_new(), .lock = -1, .now = *now};
    b->home = arena_strdup(b->arena, home);
    int r;
    if ((r = station_load(&b->station, home, e)) < 0 || (r = trust_load(&b->trust, home, e)) < 0 ||
        (r = choose_session(b, session, e)) < 0 || (r = open_package(b, e)) < 0 ||
        (r = take_lock(b, code, e)) < 0 || (r = file_mkdirs(b->journals, true, e)) < 0 ||
        (r = open_roster(b, e)) < 0 || (r = open_key(b, code, e)) < 0)
        goto done;
    minutes = path_join(b->folder, "minutes.db");
    r = b->room ? 0 : minutes_open(&b->minutes, minutes, NULL, e); /* an open room notes it itself */
done:
    free(minutes);
    if (r < 0)
        bringing_close(b);
    else
        *ret = b;
    return r;
}

void bringing_close(struct bringing *b)
{
    if (!b)
        return;
    age_identity_free(&b->unlock);
    roster_free(b->roster);
    minutes_close(b->minutes);
    control_close(b->room);
    package_close(b->package);
    trust_free(b->trust);
    station_free(b->station);
    if (b->lock >= 0)
        close(b->lock);
    free(b->staged);
    free(b->journals);
    free(b->folder);
    arena_free(b->arena);
    free(b);
}

/* ---- taking one ---- */

static void unstage(const struct bringing *b)
{
    static const char *const ending[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char *path = mem_printf("%s%s", b->staged, ending[i]);
        unlink(path);
        free(path);
    }
}

static int check_plain(const char *path, bool *ret_there, struct err *e)
{
    struct stat st;
    *ret_there = lstat(path, &st) == 0;
    if (!*ret_there)
        return 0;
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_DATA, path, _("this is not a plain file"));
    return st.st_size <= BROUGHT_MAX_BYTES
               ? 0
               : err_set(e, ERR_DATA, path, _("the file is too large for a journal"));
}

/* SQLite wants to write beside a file that it reads, and a stick may be read only: so both files are copied
 * here first. */
static int stage(const struct bringing *b, const char *path, struct err *e)
{
    char *wal = mem_printf("%s-wal", path), *to_wal = mem_printf("%s-wal", b->staged);
    bool there = false, has_wal = false;
    unstage(b);
    int r = check_plain(path, &there, e);
    if (r == 0 && !there)
        r = err_set(e, ERR_ENV, path, _("there is no such file"));
    if (r == 0)
        r = check_plain(wal, &has_wal, e);
    if (r == 0)
        r = file_copy(path, b->staged, 0600, e);
    if (r == 0 && has_wal)
        r = file_copy(wal, to_wal, 0600, e);
    free(to_wal);
    free(wal);
    return r;
}

static const char *key_text(const struct journal_epoch *start, struct arena *a)
{
    char hex[9];
    return arena_strdup(a, hex_encode(hex, start->station + 2, 4));
}

static const struct roster_candidate *find_sitter(struct roster *r, const char *ticket)
{
    size_t n = 0;
    const struct roster_candidate *sitter = r ? roster_sitters(r, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (strcmp(sitter[i].ticket, ticket) == 0)
            return &sitter[i];
    return NULL;
}

static int check_place(const struct bringing *b, const struct journal_epoch *start, struct brought *ret,
                       struct err *e)
{
    const struct roster_candidate *c = find_sitter(b->roster, start->ticket);
    if (strcmp(start->session, b->session) != 0)
        return err_set(e, ERR_NO, start->ticket, _("this journal is of session %s"), start->session);
    if (memcmp(start->package, package_hash(b->package), sizeof start->package) != 0)
        return err_set(e, ERR_NO, start->ticket, _("this journal is of another package of this session"));
    ret->listed = b->roster != NULL;
    if (b->roster && !c)
        return err_set(e, ERR_NO, start->ticket, _("this ticket number is not on the list of this site"));
    if (c && b->station->room[0] && strcmp(c->room, b->station->room) != 0)
        return err_set(e, ERR_NO, start->ticket, _("this candidate sits in room %s"), c->room);
    return 0;
}

/* Signed ends, each by a machine of this site and room. */
static int check_seals(const struct bringing *b, const struct brought_work *w, struct arena *a,
                       struct brought *ret, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < w->n; i++) {
        const struct brought_epoch *x = &w->epoch[i];
        struct certificate *c = NULL;
        ret->station = key_text(x->start, a);
        if (!x->sealed)
            continue;
        r = seal_check(b->trust, x->start->ticket, x->start, &x->seal, &c, e);
        if (r == 0 && (strcmp(c->site, b->station->site) != 0 || strcmp(c->room, b->station->room) != 0))
            r = err_set(e, ERR_NO, x->start->ticket, _("its end was signed in room %s of site %s"), c->room,
                        c->site);
        if (r == 0)
            ret->station = arena_strdup(a, c->name);
        ret->ended = r == 0 && i + 1 == w->n;
        certificate_free(c);
    }
    return r;
}

/* Every event, and what they come to: what the office does later is refused here already. */
static int check_events(const struct bringing *b, struct journal *j, struct brought *ret, struct err *e)
{
    struct journal_work work = {0};
    int r = b->has_key ? journal_unseal(j, &b->unlock, 1, e) : 0;
    if (r == 0 && b->has_key)
        r = journal_fold(j, &work, e);
    ret->checked = r == 0 && b->has_key;
    journal_work_release(&work);
    return r;
}

static void add_hint(struct err *e)
{
    if (e->code == JOURNAL_INCOMPLETE)
        err_hint(
            e,
            _("look for the file of the same name that ends with -wal beside the original, and copy both"));
    else if (e->kind == ERR_DATA)
        err_hint(e, _("keep the disk or stick as it is; copy again from the machine itself, or give it to "
                      "the office"));
    else if (e->kind == ERR_NO && !e->hint[0])
        err_hint(e, _("it belongs to another room or exam: bring it in there, or give it to the office"));
}

static int look_at(struct bringing *b, struct journal *j, const char *path, struct brought_work *w,
                   struct arena *a, struct brought *ret, struct err *e)
{
    const struct journal_epoch *start = journal_epoch(j, 0);
    int r = check_place(b, start, ret, e);
    ret->ticket = arena_strdup(a, start->ticket);
    ret->epochs = (int64_t)journal_epochs(j);
    if (r == 0)
        r = brought_read(j, path, a, w, e);
    ret->events = w->events;
    if (r == 0 && w->epoch[w->n - 1].n == 0) {
        err_set(e, ERR_NO, start->ticket, _("its last machine wrote no event"));
        r = err_hint(e, _("nothing is lost with it: the machine before has everything"));
    }
    if (r == 0)
        r = check_seals(b, w, a, ret, e);
    return r < 0 ? r : check_events(b, j, ret, e);
}

static void note(struct bringing *b, const char *path, const struct brought *t, struct arena *a)
{
    const struct minute m = {
        .shown = {.wall_ms = b->now.wall_ms,
                  .kind = "brought",
                  .ticket = t->ticket,
                  .station = t->station,
                  .text = arena_printf(a, "%s: %s, %lld events, kept as %s", brought_outcome_name(t->outcome),
                                       path_base(path), (long long)t->events, t->kept)},
        .value = t->events};
    minutes_add(b->minutes, &m);
}

/* To the agent of the open room, which refuses or says what became of it. */
static int hand_over(struct bringing *b, struct journal *j, struct arena *a, struct brought *ret)
{
    char *path = path_join(b->folder, BROUGHT_FILE);
    const char *became = "";
    int r = journal_copy(j, path, &ret->why);
    if (r == 0)
        r = control_bring(b->room, ret->ticket, ret->station, a, &became, &ret->why);
    if (r < 0 && ret->why.code == ERR_MESSAGE) { /* no room service */
        err_set(&ret->why, ERR_NO, b->home, _("the room is still open on this machine"));
        err_hint(&ret->why,
                 _("close the room first: what is missing is listed then, and can be brought in afterwards"));
    }
    for (int o = BROUGHT_SAME; r == 0 && o <= BROUGHT_BESIDE; o++)
        if (strcmp(became, brought_outcome_name((enum brought_outcome)o)) == 0)
            ret->outcome = (enum brought_outcome)o;
    unlink(path);
    free(path);
    return r;
}

int bringing_take(struct bringing *b, const char *path, struct arena *a, struct brought *ret, struct err *e)
{
    struct journal *j = NULL;
    struct brought_work w = {0};
    *ret = (struct brought){.ticket = "", .station = "", .kept = ""};
    int r = stage(b, path, &ret->why);
    if (r == 0)
        r = journal_open_file(&j, b->staged, &ret->why);
    if (r == 0)
        r = look_at(b, j, path, &w, a, ret, &ret->why);
    if (r == 0 && b->room)
        r = hand_over(b, j, a, ret);
    if (r < 0) {
        if (strcmp(ret->why.where, b->staged) == 0 || ret->why.where[0] == '\0')
            snprintf(ret->why.where, sizeof ret->why.where, "%s", path);
        add_hint(&ret->why);
        r = 0;
    } else if (!b->room && (r = brought_keep(b, j, &w, a, ret, e)) == 0 && ret->kept[0]) {
        note(b, path, ret, a);
        r = minutes_flush(b->minutes, e);
    }
    journal_close(j);
    unstage(b);
    return r;
}
