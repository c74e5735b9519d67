/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

struct mirror {
    char *address;
    const struct source_kind *kind;
    void *place;
};

struct source {
    struct mirror mirror[SOURCE_MIRRORS];
    size_t order[SOURCE_MIRRORS];
    size_t n;
    struct source_watch watch;
};

struct source *source_new(void)
{
    return mem_alloc(sizeof(struct source));
}

void source_close(struct source *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++) {
        s->mirror[i].kind->close(s->mirror[i].place);
        free(s->mirror[i].address);
    }
    free(s);
}

int source_add(struct source *s, const char *address, const struct source_kind *kind, void *place,
               struct err *e)
{
    if (s->n == SOURCE_MIRRORS) {
        kind->close(place);
        return err_set(e, ERR_USAGE, address, _("more than %d mirrors"), SOURCE_MIRRORS);
    }
    s->order[s->n] = s->n;
    s->mirror[s->n++] = (struct mirror){.address = mem_strdup(address), .kind = kind, .place = place};
    return 0;
}

size_t source_mirrors(const struct source *s)
{
    return s->n;
}

const char *source_address(const struct source *s, size_t mirror)
{
    return s->mirror[mirror].address;
}

void source_set_watch(struct source *s, const struct source_watch *w)
{
    s->watch = *w;
}

void source_note(const struct source *s, const char *address, const struct err *why)
{
    if (s->watch.note)
        s->watch.note(s->watch.context, address, why);
}

/* ---- the order ---- */

size_t source_nth(const struct source *s, size_t i)
{
    return s->order[i];
}

static void take_out(struct source *s, size_t mirror)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->order[i] != mirror)
            s->order[kept++] = s->order[i];
}

void source_prefer(struct source *s, size_t mirror)
{
    take_out(s, mirror);
    memmove(s->order + 1, s->order, (s->n - 1) * sizeof *s->order);
    s->order[0] = mirror;
}

void source_give_up(struct source *s, size_t mirror, const struct err *why)
{
    if (s->n < 2)
        return;
    take_out(s, mirror);
    s->order[s->n - 1] = mirror;
    source_note(s, s->mirror[mirror].address, why);
}

static int gravity(const struct err *e)
{
    return e->kind == ERR_BUG    ? 5
           : e->kind == ERR_NO   ? 4
           : e->kind == ERR_DATA ? 3
           : e->kind == ERR_ENV  ? 2
                                 : (e->kind != ERR_NONE);
}

bool source_is_graver(const struct err *a, const struct err *b)
{
    return gravity(a) > gravity(b);
}

int source_each(struct source *s, source_step_fn *step, void *context, struct err *e)
{
    size_t order[SOURCE_MIRRORS], n = s->n;
    struct err gravest = {0};
    memcpy(order, s->order, sizeof order);
    for (size_t i = 0; i < n; i++) {
        struct err own = {0};
        int r = step(context, order[i], &own);
        if (r == 0)
            return 0;
        if (source_is_graver(&own, &gravest))
            gravest = own;
        if (own.kind == ERR_ENV && own.code == SOURCE_THIS_DISK) {
            gravest = own;
            break;
        }
        source_give_up(s, order[i], &own);
    }
    if (n == 0)
        return err_set(e, ERR_USAGE, NULL, _("no repository was given"));
    if (e)
        *e = gravest;
    return -(int)gravest.kind;
}

/* ---- files ---- */

int source_read(const struct source *s, size_t mirror, const char *name, size_t max, struct bytes *ret,
                struct err *e)
{
    const struct mirror *m = &s->mirror[mirror];
    return m->kind->read(m->place, name, max, ret, e);
}

/* From a piece's progress to the watcher's. */
struct telling {
    const struct source *source;
    const char *name;
};

static void tell_moved(struct source_piece *p, void *context)
{
    const struct telling *t = context;
    t->source->watch.moved(t->source->watch.context, t->name, p->have, p->size);
}

int source_fetch(const struct source *s, size_t mirror, const char *name, struct source_piece *p,
                 struct err *e)
{
    const struct mirror *m = &s->mirror[mirror];
    struct telling t = {.source = s, .name = name};
    if (s->watch.moved && !p->moved) {
        p->moved = tell_moved;
        p->context = &t;
    }
    int r = m->kind->fetch(m->place, name, p, e);
    if (p->context == &t) {
        p->moved = NULL;
        p->context = NULL;
    }
    return r;
}

struct source_clock source_clock(const struct source *s, size_t mirror)
{
    const struct mirror *m = &s->mirror[mirror];
    return m->kind->clock(m->place);
}

int source_document(const struct source *s, size_t mirror, const char *name, size_t max, struct arena *a,
                    struct span *ret, struct err *e)
{
    struct bytes data = {0};
    int r = source_read(s, mirror, name, max, &data, e);
    if (r == 0)
        *ret = span_of(arena_copy(a, data.p, data.n), data.n);
    bytes_release(&data);
    return r;
}

static int add_signature(const struct source *s, size_t mirror, const char *name, const char *keyid,
                         struct arena *a, struct signatures *ret, struct err *e)
{
    struct span file;
    int r = source_document(s, mirror, name, SIGNATURE_MAX_BYTES, a, &file, e);
    return r < 0 ? r : signatures_add(ret, keyid, file, e);
}

static int listed(const struct source *s, size_t mirror, const char *document, struct arena *a,
                  struct signatures *ret, struct err *e)
{
    struct file_names names = {0};
    char keyid[SIGNATURE_KEYID];
    int r = s->mirror[mirror].kind->list(s->mirror[mirror].place, &names, e);
    for (size_t i = 0; r == 0 && i < names.n; i++)
        if (signature_name(names.name[i], document, keyid))
            r = add_signature(s, mirror, names.name[i], keyid, a, ret, e);
    file_names_free(&names);
    return r;
}

static bool is_among(const struct signatures *s, const char *keyid)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->list[i].keyid, keyid) == 0)
            return true;
    return false;
}

static int asked_for(const struct source *s, size_t mirror, const char *document, const struct role *role,
                     struct arena *a, struct signatures *ret, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && role && i < role->n; i++) {
        char keyid[MINISIGN_ID_TEXT];
        struct err own = {0};
        if (is_among(ret, minisign_id_text(role->key[i].key.id, keyid)))
            continue;
        r = add_signature(s, mirror, signature_name_of(a, document, &role->key[i].key), keyid, a, ret, &own);
        if (r == -ERR_ENV && own.code == SOURCE_ABSENT)
            r = 0;
        else if (r < 0 && e)
            *e = own;
    }
    return r;
}

int source_signatures(const struct source *s, size_t mirror, const char *document, const struct role *role,
                      const struct role *other, struct arena *a, struct signatures *ret, struct err *e)
{
    *ret = (struct signatures){0};
    if (s->mirror[mirror].kind->list)
        return listed(s, mirror, document, a, ret, e);
    int r = asked_for(s, mirror, document, role, a, ret, e);
    return r < 0 ? r : asked_for(s, mirror, document, other, a, ret, e);
}

/* ---- a file on its way ---- */

int source_piece_put(struct source_piece *p, const char *from, const void *data, size_t n, struct err *e)
{
    if ((uint64_t)(p->size - p->have) < n)
        return err_set(e, ERR_NO, from, _("has another length than the %lld bytes that the index names"),
                       (long long)p->size);
    for (const char *q = data; n > 0;) {
        ssize_t written = pwrite(p->fd, q, n, p->have);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            int r = err_sys(e, NULL, _("cannot write what comes from %.200s"), from);
            if (e)
                e->code = SOURCE_THIS_DISK;
            return r;
        }
        q += written;
        n -= (size_t)written;
        p->have += written;
    }
    if (p->moved)
        p->moved(p, p->context);
    return 0;
}

int source_piece_restart(struct source_piece *p, struct err *e)
{
    p->have = 0;
    if (ftruncate(p->fd, 0) == 0)
        return 0;
    int r = err_sys(e, NULL, _("cannot write"));
    if (e)
        e->code = SOURCE_THIS_DISK;
    return r;
}
