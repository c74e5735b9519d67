/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file-map.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/collect-internal.h"
#include "exam-packages/journal.h"

enum { MAX_JOURNAL = 512 << 20 }; /* JOURNAL_MAX_CONTENTS, and as much again for all else */
static const char ending[] = ".journal";

/* A folder below HOME/sessions that holds journals. */
static bool has_journals(const char *sessions, const char *name)
{
    char *folder = path_join(sessions, name), *journals = path_join(folder, "journals");
    struct stat st;
    bool has = stat(journals, &st) == 0 && S_ISDIR(st.st_mode);
    free(journals);
    free(folder);
    return has;
}

static int choose_session(struct collection *c, const char *home, const char *wanted, struct err *e)
{
    struct file_names names = {0};
    char *sessions = path_join(home, "sessions");
    size_t found = 0;
    int r = file_exists(sessions) ? file_list(sessions, &names, e) : 0;
    for (size_t i = 0; r == 0 && i < names.n; i++)
        if ((!wanted || strcmp(wanted, names.name[i]) == 0) && has_journals(sessions, names.name[i])) {
            c->session = arena_strdup(c->arena, names.name[i]);
            found++;
        }
    if (r == 0 && found == 0) {
        err_set(e, ERR_ENV, sessions, _("there is no sitting to hand on"));
        r = err_hint(e, _("sessions appear here when the proctor has opened one"));
    } else if (r == 0 && found > 1) {
        err_set(e, ERR_USAGE, sessions, _("there are several sessions"));
        r = err_hint(e, _("say which one is meant with --session"));
    }
    if (r == 0)
        c->folder = path_join(sessions, c->session);
    file_names_free(&names);
    free(sessions);
    return r;
}

static int open_documents(struct collection *c, const char *home, struct err *e)
{
    char *file = mem_printf("packages/%s.exam", c->session), *path = path_join(home, file);
    int r = station_load(&c->station, home, e);
    if (r == 0)
        r = trust_load(&c->trust, home, e);
    if (r == 0)
        r = package_open(&c->package, path, c->trust, e);
    if (r == 0 && strcmp(package_manifest(c->package)->session, c->session) != 0)
        r = err_set(e, ERR_DATA, path, _("this is the package of session %s"),
                    package_manifest(c->package)->session);
    free(path);
    free(file);
    return r;
}

/* A journal that was put here from elsewhere: in a bundle it would cost the whole room its merge. */
static bool belongs_here(const struct collection *c, const struct journal *j, const char *ticket)
{
    const struct journal_epoch *start = journal_epoch(j, 0);
    return strcmp(start->session, c->session) == 0 && strcmp(start->ticket, ticket) == 0 &&
           memcmp(start->package, package_hash(c->package), sizeof start->package) == 0;
}

/* Facts for bundle.xml. */
struct facts {
    bool begun;  /* there is an event */
    bool whole;  /* the newest epoch has one: there is something to fold */
    bool sealed; /* its station has signed the end */
};

static void note_epochs(struct collection *c, const struct journal *j, struct bundle_sitting *ret,
                        struct facts *f)
{
    struct journal_seal seal;
    size_t n = journal_epochs(j);
    *f = (struct facts){.whole = n > 0 && n <= BUNDLE_MAX_EPOCHS};
    ret->epoch = arena_array(c->arena, n, sizeof *ret->epoch);
    ret->n_epochs = n;
    for (size_t i = 0; i < n; i++) {
        ret->epoch[i].number = journal_epoch(j, i)->epoch;
        f->whole = journal_epoch_end(j, i, &ret->epoch[i].seq, ret->epoch[i].head) && f->whole;
        f->begun = f->begun || ret->epoch[i].seq > 0;
    }
    f->sealed = f->whole && journal_epoch_seal(j, n - 1, &seal);
    f->whole = f->whole && ret->epoch[n - 1].seq > 0;
}

/* Journals with files are large, and a room has many: the copy has no name any more, and costs no memory. */
static int copy_journal(struct collection *c, struct journal *j, struct span *ret, struct err *e)
{
    char *path = path_join(c->folder, "copy.tmp");
    int r = journal_copy(j, path, e);
    if (r == 0)
        r = file_map(path, MAX_JOURNAL, ret, e);
    unlink(path);
    free(path);
    return r;
}

/* The ticket in "TICKET.journal" or "TICKET.other-STATION.journal"; NULL: no journal's name. */
static const char *ticket_in(struct collection *c, const char *name, bool *ret_other)
{
    size_t n = strlen(name), x = sizeof ending - 1;
    const char *other = strstr(name, ".other-");
    if (n <= x || strcmp(name + n - x, ending) != 0)
        return NULL;
    *ret_other = other != NULL;
    return arena_strndup(c->arena, name, other ? (size_t)(other - name) : n - x);
}

static int keep_stranded(struct collection *c, struct journal *j, const char *name, const char *ticket,
                         const struct bundle_sitting *sitting, struct err *e)
{
    size_t i = c->n_stranded;
    c->stranded[i].ticket = ticket;
    c->stranded_sitting[i] = *sitting;
    c->stranded_name[i] = arena_strdup(c->arena, name);
    int r = copy_journal(c, j, &c->stranded[i].journal, e);
    if (r == 0)
        c->n_stranded++;
    return r;
}

static int sort_in(struct collection *c, struct journal *j, const char *name, const char *ticket, bool other,
                   struct err *e)
{
    struct bundle_sitting sitting = {.ticket = ticket};
    struct facts f = {.begun = true};
    bool belongs = belongs_here(c, j, ticket);
    if (belongs)
        note_epochs(c, j, &sitting, &f);
    if (belongs && f.whole && (other || (c->closed && !f.sealed)))
        return keep_stranded(c, j, name, ticket, &sitting, e);
    if (!belongs || !f.sealed) {
        if (f.begun)
            c->behind[c->n_behind++] = other ? arena_strdup(c->arena, name) : ticket;
        return 0;
    }
    c->item[c->n].ticket = ticket;
    c->sitting[c->n] = sitting;
    int r = copy_journal(c, j, &c->item[c->n].journal, e);
    if (r == 0)
        c->n++;
    return r;
}

static int add_journal(struct collection *c, const char *name, struct err *e)
{
    struct journal *j = NULL;
    bool other = false;
    const char *ticket = ticket_in(c, name, &other);
    if (!ticket)
        return 0;
    char *file = mem_printf("journals/%s", name), *path = path_join(c->folder, file);
    int r = journal_open_file(&j, path, e);
    if (r == 0)
        r = sort_in(c, j, name, ticket, other, e);
    else if (r == -ERR_DATA) { /* damaged: it must not keep the others back */
        c->behind[c->n_behind++] = other ? arena_strdup(c->arena, name) : ticket;
        r = 0;
    }
    journal_close(j);
    free(path);
    free(file);
    return r;
}

static int by_ticket(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b); /* ticket is the first member of both */
}

static int add_journals(struct collection *c, struct err *e)
{
    struct file_names names = {0};
    char *journals = path_join(c->folder, "journals");
    int r = file_list(journals, &names, e);
    if (r == 0 && names.n > BUNDLE_MAX_SITTINGS * 3)
        r = err_set(e, ERR_DATA, journals, _("too many files"));
    if (r == 0) {
        c->item = arena_array(c->arena, names.n + 1, sizeof *c->item);
        c->sitting = arena_array(c->arena, names.n + 1, sizeof *c->sitting);
        c->stranded = arena_array(c->arena, names.n + 1, sizeof *c->stranded);
        c->stranded_sitting = arena_array(c->arena, names.n + 1, sizeof *c->stranded_sitting);
        c->stranded_name = arena_array(c->arena, names.n + 1, sizeof *c->stranded_name);
        c->behind = arena_array(c->arena, names.n + 1, sizeof *c->behind);
    }
    for (size_t i = 0; r == 0 && i < names.n; i++)
        r = add_journal(c, names.name[i], e);
    if (r == 0 && c->n + c->n_stranded == 0) {
        err_set(e, ERR_ENV, journals, _("no sitting is closed yet"));
        r = err_hint(e, _("the proctor closes the room first"));
    }
    if (r == 0) {
        qsort(c->item, c->n, sizeof *c->item, by_ticket);
        qsort(c->sitting, c->n, sizeof *c->sitting, by_ticket);
    }
    file_names_free(&names);
    free(journals);
    return r;
}

int collect_open(struct collection **ret, const char *home, const char *session, int64_t *ret_open,
                 struct err *e)
{
    struct collection *c = mem_alloc(sizeof *c);
    c->arena = arena_new();
    int r = choose_session(c, home, session, e);
    if (r == 0)
        r = open_documents(c, home, e);
    if (r == 0) {
        char *closed = path_join(c->folder, "close.xml");
        c->closed = file_exists(closed);
        free(closed);
        r = add_journals(c, e);
    }
    if (r < 0) {
        collect_close(c);
        return r;
    }
    if (ret_open)
        *ret_open = (int64_t)c->n_behind;
    *ret = c;
    return 0;
}

void collect_close(struct collection *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        file_unmap(c->item[i].journal);
    for (size_t i = 0; i < c->n_stranded; i++)
        file_unmap(c->stranded[i].journal);
    package_close(c->package);
    trust_free(c->trust);
    station_free(c->station);
    free(c->folder);
    arena_free(c->arena);
    free(c);
}

size_t collect_count(const struct collection *c)
{
    return c->n;
}

const struct collected *collect_at(const struct collection *c, size_t i)
{
    return i < c->n ? &c->item[i] : NULL;
}

const struct collected *collect_stranded(const struct collection *c, size_t i, const char **ret_name)
{
    if (i >= c->n_stranded)
        return NULL;
    *ret_name = c->stranded_name[i];
    return &c->stranded[i];
}

const char *collect_behind(const struct collection *c, size_t i)
{
    return i < c->n_behind ? c->behind[i] : NULL;
}

const struct package *collect_package(const struct collection *c)
{
    return c->package;
}

const char *collect_session(const struct collection *c)
{
    return c->session;
}
