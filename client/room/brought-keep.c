/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a journal that was brought. Each step leaves a state from which the same command goes on:
 * first the new one lies beside, whole and durable, then the old one aside, then one rename. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/brought-internal.h"
#include "exam-packages/journal-rows.h"

enum { MAX_ASIDE = 999, ROWS = 1000 };
static const char ending[] = ".journal";

/* One that is here already. */
struct present {
    const char *name; /* in the folder of the journals */
    char *path;
    struct journal *journal; /* NULL: it cannot be read */
    struct brought_work work;
};

static void let_go(struct present *p)
{
    journal_close(p->journal);
    p->journal = NULL;
    free(p->path);
}

/* As far as this machine can say. */
static bool verifies(const struct bringing *b, struct journal *j)
{
    return !b->has_key ||
           (journal_unseal(j, &b->unlock, 1, NULL) == 0 && journal_read(j, NULL, NULL, NULL) == 0);
}

static void look(const struct bringing *b, const char *name, struct arena *a, struct present *ret)
{
    *ret = (struct present){.name = name, .path = path_join(b->journals, name)};
    if (journal_open_file(&ret->journal, ret->path, NULL) == 0 &&
        (brought_read(ret->journal, ret->path, a, &ret->work, NULL) < 0 || !verifies(b, ret->journal))) {
        journal_close(ret->journal);
        ret->journal = NULL;
    }
}

/* TICKET.journal first, then TICKET.other-….journal. */
static int find_present(const struct bringing *b, const char *ticket, struct arena *a, struct present **ret,
                        size_t *ret_n, struct err *e)
{
    struct file_names names = {0};
    const char *own = arena_printf(a, "%s%s", ticket, ending), *other = arena_printf(a, "%s.other-", ticket);
    int r = file_list(b->journals, &names, e);
    struct present *p = arena_array(a, names.n + 1, sizeof *p);
    *ret_n = 0;
    for (int round = 0; r == 0 && round < 2; round++)
        for (size_t i = 0; i < names.n; i++) {
            const char *name = names.name[i];
            size_t n = strlen(name), x = sizeof ending - 1;
            bool same = strcmp(name, own) == 0, is_other = strncmp(name, other, strlen(other)) == 0 &&
                                                           n > x && strcmp(name + n - x, ending) == 0;
            if (round == 0 ? same : is_other)
                look(b, arena_strdup(a, name), a, &p[(*ret_n)++]);
        }
    file_names_free(&names);
    *ret = p;
    return r;
}

/* ---- putting in place ---- */

/* A whole copy beside the place it goes to, read again and compared. */
static int write_new(struct journal *j, const struct brought_work *w, const char *path, struct arena *a,
                     struct err *e)
{
    struct journal *copy = NULL;
    struct brought_work read = {0};
    int r = journal_copy(j, path, e);
    if (r == 0)
        r = journal_open_file(&copy, path, e);
    if (r == 0)
        r = brought_read(copy, path, a, &read, e);
    if (r == 0 && brought_compare(w, &read) != RELATION_SAME)
        r = err_set(e, ERR_ENV, path,
                    _("the copy is not what was copied; try again, and look after this disk"));
    journal_close(copy);
    return r == -ERR_DATA ? err_set(e, ERR_ENV, path, _("the copy cannot be read; look after this disk")) : r;
}

/* What stands at `path`, with its -wal, into the folder "aside": a whole copy of what can be read, else the
 * files. */
static int put_aside(const struct bringing *b, struct present *p, struct err *e)
{
    char *folder = path_join(b->folder, "aside"), *to = NULL;
    char *wal = mem_printf("%s-wal", p->path), *shm = mem_printf("%s-shm", p->path);
    int r = file_mkdirs(folder, true, e);
    for (int i = 1; r == 0 && !to && i <= MAX_ASIDE; i++) {
        char *name = mem_printf("%s/%s.%d", folder, p->name, i);
        if (file_exists(name))
            free(name);
        else
            to = name;
    }
    if (r == 0 && !to)
        r = err_set(e, ERR_ENV, folder, _("too many files"));
    if (r == 0)
        r = p->journal ? journal_copy(p->journal, to, e) : file_copy(p->path, to, 0600, e);
    if (r == 0 && file_exists(wal)) {
        char *to_wal = mem_printf("%s%s", to, p->journal ? ".raw-wal" : "-wal");
        journal_close(p->journal);
        p->journal = NULL;
        unlink(shm);
        if (rename(wal, to_wal) < 0)
            r = err_sys(e, wal, _("cannot move it aside"));
        free(to_wal);
    }
    if (r == 0)
        r = file_sync_dir(folder, e);
    if (r == 0)
        r = file_sync_dir(b->journals, e);
    free(shm);
    free(wal);
    free(to);
    free(folder);
    return r;
}

static int put(const struct bringing *b, struct journal *j, const struct brought_work *w, const char *name,
               struct present *old, struct arena *a, struct err *e)
{
    char *path = path_join(b->journals, name), *fresh = mem_printf("%s.new", path);
    int r = write_new(j, w, fresh, a, e);
    if (r == 0 && old)
        r = put_aside(b, old, e);
    if (r == 0 && rename(fresh, path) < 0)
        r = err_sys(e, path, _("cannot put it in place"));
    if (r == 0)
        r = file_sync_dir(b->journals, e);
    else
        unlink(fresh);
    free(fresh);
    free(path);
    return r;
}

/* ---- both have something ---- */

struct parcel {
    struct arena *arena;
    struct journal_stored row[ROWS];
    size_t n;
};

static int pack(void *context, const struct journal_stored *row, struct err *e)
{
    struct parcel *p = context;
    (void)e;
    struct journal_stored *to = &p->row[p->n++];
    *to = *row;
    to->item = arena_strdup(p->arena, row->item);
    to->payload = span_of(arena_copy(p->arena, row->payload.p, row->payload.n), row->payload.n);
    return 0;
}

static int take_epoch(const struct bringing *b, struct journal *to, struct journal *from,
                      const struct brought_epoch *x, struct err *e)
{
    struct parcel *p = mem_alloc(sizeof *p);
    int64_t seq = 0;
    int r = journal_take_epoch(to, x->start, e);
    if (r == 0)
        r = journal_unseal(to, &b->unlock, 1, e);
    for (bool more = true; r == 0 && more;) {
        *p = (struct parcel){.arena = arena_new()};
        r = journal_stored_after(from, x->start->epoch, seq, ROWS, pack, p, e);
        r = r > 0 ? 0 : r;
        more = p->n == ROWS;
        if (r == 0 && p->n) {
            seq = p->row[p->n - 1].seq;
            int64_t here = 0;
            r = journal_take(to, p->row, p->n, &here, e);
        }
        arena_free(p->arena);
    }
    if (r == 0 && x->sealed)
        r = journal_take_seal(to, &x->seal, e);
    free(p);
    return r;
}

/* Verified with the session's key, event by event, as the room takes rows of a station. */
static int join(const struct bringing *b, struct journal *j, const struct brought_work *in,
                struct present *here, struct arena *a, struct err *e)
{
    char *path = mem_printf("%s.join", here->path);
    struct journal *to = NULL;
    struct brought_work w = {0};
    int r = journal_copy(here->journal, path, e);
    if (r == 0)
        r = journal_open(&to, path, NULL, NULL, e);
    if (r == 0)
        r = journal_unseal(to, &b->unlock, 1, e);
    for (size_t i = 0; r == 0 && i < in->n; i++)
        r = take_epoch(b, to, j, &in->epoch[i], e);
    if (r == 0)
        r = journal_read(to, NULL, NULL, e);
    if (r == 0)
        r = brought_read(to, path, a, &w, e);
    if (r == 0)
        r = put(b, to, &w, here->name, here, a, e);
    journal_close(to);
    static const char *const rest[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char *file = mem_printf("%s%s", path, rest[i]);
        unlink(file);
        free(file);
    }
    free(path);
    return r;
}

/* ---- deciding ---- */

static bool is_own(const struct present *p)
{
    return !strstr(p->name, ".other-");
}

static int keep_as(struct bringing *b, struct journal *j, const struct brought_work *in, const char *name,
                   struct present *old, struct arena *a, struct brought *ret, enum brought_outcome how,
                   struct err *e)
{
    int r = put(b, j, in, name, old, a, e);
    if (r == 0) {
        ret->outcome = how;
        ret->kept = name;
    }
    return r;
}

static int keep_beside(struct bringing *b, struct journal *j, const struct brought_work *in, struct arena *a,
                       struct brought *ret, struct err *e)
{
    const char *name = arena_printf(a, "%s.other-%s%s", ret->ticket, ret->station, ending);
    for (int i = 2; i <= MAX_ASIDE; i++) {
        char *path = path_join(b->journals, name);
        bool there = file_exists(path);
        free(path);
        if (!there)
            break;
        name = arena_printf(a, "%s.other-%s-%d%s", ret->ticket, ret->station, i, ending);
    }
    return keep_as(b, j, in, name, NULL, a, ret, BROUGHT_BESIDE, e);
}

/* One of them says it all. */
static bool is_known(const struct present *p, size_t n, const struct brought_work *in, struct brought *ret)
{
    for (size_t i = 0; i < n; i++) {
        enum brought_relation how = p[i].journal ? brought_compare(&p[i].work, in) : RELATION_APART;
        if (how != RELATION_SAME && how != RELATION_LESS)
            continue;
        ret->outcome = how == RELATION_SAME ? BROUGHT_SAME : BROUGHT_LESS;
        return true;
    }
    return false;
}

/* Every event of it was verified: it may become, or go into, the room's own. Outcome BROUGHT_REFUSED: it may
 * not. */
static int keep_own(struct bringing *b, struct journal *j, const struct brought_work *in, struct present *own,
                    struct arena *a, struct brought *ret, struct err *e)
{
    const char *name = arena_printf(a, "%s%s", ret->ticket, ending);
    if (!own)
        return keep_as(b, j, in, name, NULL, a, ret, BROUGHT_NEW, e);
    enum brought_relation how = own->journal ? brought_compare(&own->work, in) : RELATION_MORE;
    if (how == RELATION_MORE)
        return keep_as(b, j, in, name, own, a, ret, BROUGHT_MORE, e);
    if (how != RELATION_BOTH)
        return 0;
    int r = join(b, j, in, own, a, e);
    if (r == -ERR_NO || r == -ERR_DATA) /* only whole can it be evidence */
        return 0;
    ret->outcome = BROUGHT_TAIL;
    ret->kept = name;
    return r;
}

/* What came earlier, unverified, and is in the room's own now. */
static int clear_others(const struct bringing *b, const char *kept, struct present *p, size_t n,
                        struct arena *a, struct err *e)
{
    struct present now;
    int r = 0;
    look(b, kept, a, &now);
    for (size_t i = 0; r == 0 && now.journal && i < n; i++) {
        enum brought_relation how =
            is_own(&p[i]) || !p[i].journal ? RELATION_APART : brought_compare(&now.work, &p[i].work);
        if (how != RELATION_SAME && how != RELATION_LESS)
            continue;
        r = put_aside(b, &p[i], e);
        if (r == 0)
            unlink(p[i].path);
    }
    let_go(&now);
    return r;
}

int brought_keep(struct bringing *b, struct journal *j, const struct brought_work *in, struct arena *a,
                 struct brought *ret, struct err *e)
{
    struct present *p = NULL;
    size_t n = 0;
    int r = find_present(b, ret->ticket, a, &p, &n, e);
    struct present *own = r == 0 && n && is_own(&p[0]) ? &p[0] : NULL;
    bool done = r < 0 || is_known(p, b->has_key ? own != NULL : n, in, ret);
    if (!done && b->has_key) {
        r = keep_own(b, j, in, own, a, ret, e);
        done = r < 0 || ret->outcome != BROUGHT_REFUSED;
        if (r == 0 && done)
            r = clear_others(b, ret->kept, p, n, a, e);
    }
    if (!done && !is_known(p, n, in, ret))
        r = keep_beside(b, j, in, a, ret, e);
    for (size_t i = 0; i < n; i++)
        let_go(&p[i]);
    return r;
}
