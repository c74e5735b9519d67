/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/line.h"
#include "client/agent/opening.h"
#include "client/agent/room-pictures.h"
#include "exam-packages/supplement.h"
#include "exam-packages/zip.h"

enum { ROSTER_FILE_MAX = 16 << 20 };

static int open_practice(struct room *r, struct age_identity *ret, struct err *e)
{
    struct age_identity close_key = {0};
    int result = package_recover(r->package, NULL, ret, &close_key, e);
    age_identity_free(&close_key);
    return result;
}

/* The plaintext goes into memory that nobody can change, and never to a disk. */
static int seal_memory(struct span data, int *ret_fd, struct err *e)
{
    int fd = memfd_create("paper", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    size_t done = 0;
    while (fd >= 0 && done < data.n) {
        ssize_t n = write(fd, data.p + done, data.n - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    if (fd < 0 || done < data.n ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0) {
        int r = err_sys(e, NULL, _("there is no memory for the paper"));
        if (fd >= 0)
            close(fd);
        return r;
    }
    *ret_fd = fd;
    return 0;
}

static int read_paper(struct room *r, const struct zip *zip, struct err *e)
{
    struct span lab = zip_get(zip, PACKAGE_LAB_PART);
    r->lab = lab.p && !zip_get(zip, "paper.xml").p;
    r->sitter = roster_sitters(r->roster, &r->n_sitters);
    if (r->lab)
        return room_open_lab(r, lab, e);
    if (r->roster->n_raters > 0)
        return err_set(e, ERR_DATA, r->roster->session, _("the list names raters, but this is no lab exam"));
    int result = paper_read(&r->paper, "paper.xml", zip_get(zip, "paper.xml"), e);
    return result < 0 ? result : room_check_pictures(r->paper, zip, e);
}

static int open_paper(struct room *r, struct err *e)
{
    struct bytes plain = {0};
    struct zip *zip = NULL;
    int result = package_open_part(r->package, "paper.age", &r->unlock, &plain, e);
    if (result == 0)
        result = zip_open_span(&zip, bytes_span(&plain), e);
    if (result == 0)
        result = read_paper(r, zip, e);
    if (result == 0)
        result = seal_memory(bytes_span(&plain), &r->paper_fd, e);
    zip_close(zip);
    bytes_release(&plain);
    return result;
}

static char *kept_roster_path(const struct room *r)
{
    return path_join(r->folder, "roster.age");
}

void room_keep_roster(const struct room *r, struct span document)
{
    struct bytes sealed = {0};
    char *path = kept_roster_path(r);
    if (age_seal(document, &package_manifest(r->package)->recipient[MANIFEST_U], 1, &sealed, NULL) == 0 &&
        file_put(path, 0600, bytes_span(&sealed), NULL) < 0)
        unlink(path);
    bytes_release(&sealed);
    free(path);
}

/* What the room service has given once; only the session's key opens it. */
static int kept_roster(struct room *r, const char *path, struct roster **ret, struct err *e)
{
    struct bytes sealed = {0}, document = {0};
    int result = file_read(path, ROSTER_FILE_MAX, &sealed, e);
    if (result == 0)
        result = age_open(bytes_span(&sealed), &r->unlock, 1, &document, e);
    if (result == 0)
        result = roster_read(ret, path, bytes_span(&document), e);
    bytes_release(&sealed);
    bytes_release(&document);
    return result;
}

static int site_roster(struct room *r, struct roster **ret, struct err *e)
{
    struct age_identity site = {0};
    char *kept = kept_roster_path(r), *own = path_join(r->home, "keys/site.identity");
    bool has_own = file_exists(own), has_kept = file_exists(kept);
    int result = !has_own && has_kept ? kept_roster(r, kept, ret, e) : 1;
    free(own);
    free(kept);
    if (result <= 0)
        return result;
    char *folder = supplements_folder(r->home);
    result = station_site_identity(r->station, &site, e);
    if (result == 0)
        result = supplements_roster(folder, r->trust, r->package, r->station->site, &site, ret, e);
    age_identity_free(&site);
    free(folder);
    return result;
}

/* Who has begun goes on with the form that he began with, whatever a later list says. */
static void keep_begun_forms(struct room *r)
{
    char *journals = path_join(r->folder, "journals");
    for (size_t i = 0; r->roster->number && i < r->roster->n_candidates; i++) {
        struct roster_candidate *c = &r->roster->candidate[i];
        char *file = mem_printf("%s.journal", c->ticket), *path = path_join(journals, file);
        struct sitting_store *store = NULL;
        if (room_seats_here(r, c) && file_exists(path) &&
            sitting_store_open(&store, path, NULL, NULL, NULL) == 0 &&
            journal_epochs(sitting_store_journal(store)) > 0)
            c->form = arena_strdup(r->roster->arena, journal_epoch(sitting_store_journal(store), 0)->form);
        sitting_store_close(store);
        free(path);
        free(file);
    }
    free(journals);
}

/* ---- what the minutes remember ---- */

static void remember(struct room *r, const struct minute *m)
{
    static const char *const presence[] = {"present", "absent", "late"};
    static const char *const breach[] = {"no-breach", "violation", "cheating"};
    struct seat *seat = NULL;
    const char *kind = m->shown.kind;
    if (strcmp(kind, "started") == 0 && !r->started_wall_ms)
        r->started_wall_ms = m->value;
    if (!m->shown.ticket[0] || room_seat(r, m->shown.ticket, &seat, NULL) < 0)
        return;
    for (int i = 0; i < 3; i++) {
        if (strcmp(kind, presence[i]) == 0)
            seat->presence = (enum control_presence)i;
        if (strcmp(kind, breach[i]) == 0)
            seat->breach = (enum control_breach)i;
    }
    if (strcmp(kind, "begun") == 0)
        seat->noted = SITTING_ANSWERING;
    if (strcmp(kind, "handed-in") == 0)
        seat->noted = SITTING_HANDED_IN;
    if (strcmp(kind, "time-over") == 0 || strcmp(kind, "force-end") == 0)
        seat->noted = SITTING_FORCED_END;
}

static int remember_all(struct room *r, struct err *e)
{
    struct arena *a = arena_new();
    struct minute *m = NULL;
    size_t n = 0;
    int result = minutes_find(r->minutes, &(struct minutes_query){0}, a, &m, &n, e);
    for (size_t i = 0; result == 0 && i < n; i++)
        remember(r, &m[i]);
    arena_free(a);
    return result;
}

/* ---- opening ---- */

static void lock_again(struct room *r)
{
    for (size_t i = 0; i < r->n; i++) {
        session_release(&r->seat[i].session);
        paper_free(r->seat[i].sheet);
        free(r->seat[i].path);
    }
    free(r->seat);
    r->seat = NULL;
    r->n = 0;
    if (r->paper_fd >= 0)
        close(r->paper_fd);
    r->paper_fd = -1;
    paper_free(r->paper);
    r->paper = NULL;
    roster_free(r->roster);
    r->roster = NULL;
    r->sitter = NULL;
    r->n_sitters = 0;
    age_identity_free(&r->unlock);
    r->started_wall_ms = 0;
}

static int open_room(struct room *r, const char *how, struct err *e)
{
    keep_begun_forms(r);
    int result = open_paper(r, e);
    if (result == 0)
        result = room_open_seats(r, e);
    if (result == 0)
        result = remember_all(r, e);
    if (result < 0) {
        lock_again(r);
        return result;
    }
    r->state = ROOM_OPEN;
    room_note(r, "opened", NULL, "%s", how);
    if (r->roster->number)
        room_note(r, "list", NULL, "%lld", (long long)r->roster->number);
    if (r->started_wall_ms)
        r->state = ROOM_RUNNING;
    return r->started_wall_ms || r->hold ? 0 : room_start_exam(r, r->now.wall_ms, e);
}

static int may_open(const struct room *r, struct err *e)
{
    if (!r->package) {
        err_set(e, ERR_USAGE, r->home, _("there are several exam packages"));
        return err_hint(e, _("say which session is meant: --session ID"));
    }
    return room_may_move(r->state, ROOM_OPEN) ? 0 : err_set(e, ERR_BUG, NULL, _("the room is open already"));
}

/* The minutes name the proctors whose keys it were. */
static int open_opened(struct room *r, const char *code, struct err *e)
{
    struct arena *a = arena_new();
    bool by_keys = code && opening_is_keys(code);
    int result =
        open_room(r, by_keys ? arena_printf(a, "keys: %s", opening_names(r->package, code, a)) : "code", e);
    arena_free(a);
    return result;
}

int room_unlock_code(struct room *r, const char *code, struct err *e)
{
    int result = may_open(r, e);
    if (result == 0)
        result = package_manifest(r->package)->practice ? open_practice(r, &r->unlock, e)
                                                        : room_open_with_code(r, code, &r->unlock, e);
    if (result == 0)
        result = site_roster(r, &r->roster, e);
    if (result < 0) {
        lock_again(r);
        return result;
    }
    return open_opened(r, code, e);
}

/* The key is of this package, and the list of this session. */
static int check_given(const struct room *r, const struct age_identity *unlock, const struct roster *roster,
                       struct err *e)
{
    const struct manifest *m = package_manifest(r->package);
    struct age_recipient to;
    age_identity_recipient(unlock, &to);
    if (memcmp(&to, &m->recipient[MANIFEST_U], sizeof to) != 0)
        return err_set(e, ERR_NO, m->session, _("the key is not that of this session"));
    if (strcmp(roster->session, m->session) != 0)
        return err_set(e, ERR_NO, roster->session, _("the list of candidates is of another session"));
    return 0;
}

int room_unlock_key(struct room *r, struct age_identity *unlock, struct roster *roster, struct err *e)
{
    int result = may_open(r, e);
    if (result == 0)
        result = check_given(r, unlock, roster, e);
    if (result < 0) {
        age_identity_free(unlock);
        roster_free(roster);
        return result;
    }
    r->unlock = *unlock;
    *unlock = (struct age_identity){0};
    r->roster = roster;
    return open_room(r, "room", e);
}

int room_start_exam(struct room *r, int64_t wall_ms, struct err *e)
{
    if (r->state == ROOM_RUNNING)
        return 0;
    if (!room_may_move(r->state, ROOM_RUNNING))
        return err_set(e, ERR_NO, NULL, _("the room is not open"));
    const struct control_minute shown = {
        .wall_ms = r->now.wall_ms, .kind = "started", .station = r->station->name};
    minutes_add(r->minutes, &(struct minute){.shown = shown, .value = wall_ms});
    r->started_wall_ms = wall_ms;
    r->state = ROOM_RUNNING;
    line_tell_started(r);
    if (r->hooks.started)
        r->hooks.started(r->hooks.self);
    return 0;
}
