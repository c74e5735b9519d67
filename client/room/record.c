/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/signatures.h"
#include "exam-packages/station.h"
#include "exam-packages/supplement.h"

enum { MAX_CLOSE = 4 << 20 };

/* A session that was closed here: the one named, or the only one. */
static int choose_session(struct record *rec, const char *home, const char *wanted, char **ret_folder,
                          struct err *e)
{
    struct file_names names = {0};
    char *sessions = path_join(home, "sessions");
    size_t found = 0;
    int r = file_exists(sessions) ? file_list(sessions, &names, e) : 0;
    for (size_t i = 0; r == 0 && i < names.n; i++) {
        char *folder = path_join(sessions, names.name[i]), *closed = path_join(folder, "close.xml");
        bool fits = file_exists(closed) && (!wanted || strcmp(wanted, names.name[i]) == 0);
        free(closed);
        if (!fits) {
            free(folder);
            continue;
        }
        found++;
        free(*ret_folder);
        *ret_folder = folder;
        rec->closed.session = arena_strdup(rec->arena, names.name[i]);
    }
    if (r == 0 && found == 0) {
        r = err_set(e, ERR_ENV, sessions, _("no room has been closed here yet"));
        err_hint(e, _("close the room first; the record is drawn up from what is signed then"));
    } else if (r == 0 && found > 1) {
        r = err_set(e, ERR_USAGE, sessions, _("there are several sessions"));
        err_hint(e, _("say which one is meant with --session"));
    }
    file_names_free(&names);
    free(sessions);
    return r;
}

/* The document's bytes, signed by this machine's certified key. */
static int load_signed(struct record *rec, const char *folder, const char *name, size_t max,
                       const struct minisign_public *by, struct span *ret, uint8_t hash[RECORD_HASH],
                       struct err *e)
{
    struct signatures signatures = {0};
    int r = signatures_load_document(ret, &signatures, rec->arena, folder, name, max, e);
    if (r < 0)
        return r;
    int good = -ERR_NO;
    for (size_t i = 0; good != 0 && i < signatures.n; i++)
        good = minisign_verify(*ret, signatures.list[i].file, by, NULL, NULL);
    blake2b_256(hash, *ret);
    return good == 0
               ? 0
               : err_set(e, ERR_NO, name, _("it is not signed by this machine, or was changed afterwards"));
}

/* What was read to the office by phone: the same from the same documents. */
static int number_record(struct record *rec, struct span document, struct err *e)
{
    uint8_t key[CLOSE_KEY_BYTES];
    char number[CLOSE_NUMBER_TEXT];
    int r = close_key(roster_find_room(rec->roster, rec->closed.site, rec->closed.room), key, e);
    if (r == 0) {
        close_number_make(key, &rec->closed, document, number);
        close_number_show(number, rec->number);
    }
    secret_wipe(key, sizeof key);
    return r;
}

static int load_documents(struct record *rec, const char *folder, const struct minisign_public *by,
                          struct err *e)
{
    struct span close = {0}, minutes = {0};
    int r = load_signed(rec, folder, "close.xml", MAX_CLOSE, by, &close, rec->close_hash, e);
    if (r == 0)
        r = close_record_read(&rec->closed, "close.xml", close, e);
    if (r == 0)
        r = number_record(rec, close, e);
    if (r == 0)
        r = load_signed(rec, folder, "minutes.xml", MINUTES_MAX_BYTES, by, &minutes, rec->minutes_hash, e);
    return r < 0 ? r : minutes_read(&rec->minutes, "minutes.xml", minutes, e);
}

/* Everything speaks of one room, one session and one package. */
static int check_together(const struct record *rec, const struct station *s, const char *session,
                          struct err *e)
{
    const struct minutes_head *m = &rec->minutes->head;
    const struct close_record *c = &rec->closed;
    bool same = strcmp(c->session, session) == 0 && strcmp(m->session, session) == 0 &&
                strcmp(c->site, s->site) == 0 && strcmp(m->site, s->site) == 0 &&
                strcmp(c->room, s->room) == 0 && strcmp(m->room, s->room) == 0 &&
                memcmp(c->package, package_hash(rec->package), sizeof c->package) == 0 &&
                memcmp(m->package, package_hash(rec->package), sizeof m->package) == 0;
    return same ? 0
                : err_set(e, ERR_DATA, session,
                          _("the closing, the minutes and the package are not of one room"));
}

static int open_package(struct record *rec, const struct station *s, const struct trust *t, struct err *e)
{
    struct age_identity site = {0};
    char *file = mem_printf("packages/%s.exam", rec->closed.session), *path = path_join(s->home, file);
    char *folder = supplements_folder(s->home);
    int r = package_open(&rec->package, path, t, e);
    if (r == 0)
        r = station_site_identity(s, &site, e);
    if (r == 0)
        r = supplements_roster(folder, t, rec->package, s->site, &site, &rec->roster, e);
    age_identity_free(&site);
    free(folder);
    free(path);
    free(file);
    return r;
}

static const struct close_sitting *sitting_of(const struct record *rec, const char *ticket)
{
    for (size_t i = 0; i < rec->closed.n; i++)
        if (strcmp(rec->closed.sitting[i].ticket, ticket) == 0)
            return &rec->closed.sitting[i];
    return NULL;
}

static int by_seat(const void *a, const void *b)
{
    const struct record_row *x = a, *y = b;
    long p = atol(x->seat), q = atol(y->seat);
    return p != q ? (p < q ? -1 : 1) : strcmp(x->ticket, y->ticket);
}

static void list_candidates(struct record *rec)
{
    struct roster *all = rec->roster;
    size_t n = 0;
    const struct roster_candidate *sitter = roster_sitters(all, &n);
    const struct roster_room *room = roster_find_room(all, rec->closed.site, rec->closed.room);
    rec->room_name = room ? room->name : "";
    rec->lab = all->n_raters > 0;
    rec->row = arena_array(rec->arena, n + 1, sizeof *rec->row);
    for (size_t i = 0; i < n; i++) {
        const struct roster_candidate *c = &sitter[i];
        if (strcmp(c->site, rec->closed.site) != 0 || strcmp(c->room, rec->closed.room) != 0)
            continue;
        rec->row[rec->n++] = (struct record_row){.ticket = c->ticket,
                                                 .name = c->name,
                                                 .seat = arena_printf(rec->arena, "%lld", (long long)c->seat),
                                                 .sitting = sitting_of(rec, c->ticket)};
    }
    qsort(rec->row, rec->n, sizeof *rec->row, by_seat);
}

static struct record_row *row_of(struct record *rec, const char *ticket)
{
    for (size_t i = 0; ticket[0] && i < rec->n; i++)
        if (strcmp(rec->row[i].ticket, ticket) == 0)
            return &rec->row[i];
    return NULL;
}

static bool is_kind(const struct minute *m, const char *kind)
{
    return strcmp(m->shown.kind, kind) == 0;
}

/* What a minute says about the room. */
static void note_room(struct record *rec, const struct minute *m)
{
    if (is_kind(m, "opened") && rec->opened_ms == 0)
        rec->opened_ms = m->shown.wall_ms;
    if (is_kind(m, "started") && rec->started_ms == 0)
        rec->started_ms = m->shown.wall_ms;
    if (is_kind(m, "closed"))
        rec->closed_ms = m->shown.wall_ms;
}

/* What it says about a candidate; a mark that was taken back is none. */
static void note_candidate(struct record_row *row, const struct minute *m)
{
    if (is_kind(m, "begun") && row->begun_ms == 0)
        row->begun_ms = m->shown.wall_ms;
    if (is_kind(m, "handed-in") || is_kind(m, "time-over") || is_kind(m, "force-end") || is_kind(m, "ended"))
        row->ended_ms = m->shown.wall_ms;
    if (is_kind(m, "extra-time"))
        row->extra_s += m->value;
    if (is_kind(m, "interrupted"))
        row->interruptions++;
    if (is_kind(m, "absent") || is_kind(m, "late") || is_kind(m, "present")) {
        row->absent = is_kind(m, "absent");
        row->late = is_kind(m, "late");
    }
    if (is_kind(m, "violation"))
        row->breach = CONTROL_VIOLATION;
    if (is_kind(m, "cheating"))
        row->breach = CONTROL_CHEATING;
    if (is_kind(m, "no-breach"))
        row->breach = CONTROL_NO_BREACH;
}

static void read_minutes(struct record *rec)
{
    for (size_t i = 0; i < rec->minutes->n; i++) {
        const struct minute *m = &rec->minutes->minute[i];
        struct record_row *row = row_of(rec, m->shown.ticket);
        if (row)
            note_candidate(row, m);
        else
            note_room(rec, m);
    }
    for (size_t i = 0; i < rec->n; i++) {
        rec->late += rec->row[i].late;
        rec->violations += rec->row[i].breach == CONTROL_VIOLATION;
        rec->cheatings += rec->row[i].breach == CONTROL_CHEATING;
    }
    rec->machine = rec->minutes->head.machine;
}

static int load(struct record *rec, const char *home, const char *session, struct err *e)
{
    struct station *s = NULL;
    struct trust *t = NULL;
    struct certificate *c = NULL;
    struct certificate_chain chain;
    char *folder = NULL;
    int r = choose_session(rec, home, session, &folder, e);
    const char *chosen = rec->closed.session;
    if (r == 0)
        r = station_load(&s, home, e);
    if (r == 0)
        r = trust_load(&t, home, e);
    if (r == 0)
        r = station_certificate(s, t, &chain, &c, e);
    if (r == 0)
        r = open_package(rec, s, t, e);
    if (r == 0)
        r = load_documents(rec, folder, &c->key, e);
    if (r == 0)
        r = check_together(rec, s, chosen, e);
    certificate_free(c);
    trust_free(t);
    station_free(s);
    free(folder);
    return r;
}

int record_load(struct record **ret, const char *home, const char *session, struct err *e)
{
    struct record *rec = mem_alloc(sizeof *rec);
    rec->arena = arena_new();
    int r = load(rec, home, session, e);
    if (r < 0) {
        record_free(rec);
        return r;
    }
    list_candidates(rec);
    read_minutes(rec);
    *ret = rec;
    return 0;
}

void record_free(struct record *r)
{
    if (!r)
        return;
    minutes_document_free(r->minutes);
    close_record_release(&r->closed);
    roster_free(r->roster);
    package_close(r->package);
    arena_free(r->arena);
    free(r);
}
