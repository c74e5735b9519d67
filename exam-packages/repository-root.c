/* SPDX-License-Identifier: Apache-2.0 */
/* The root of a repository: the first one, for enrolment, and the way from one to the next (TUF 5.3). */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/document.h"
#include "exam-packages/repository-internal.h"

int repository_if_absent(int r, const char *hint, struct err *e)
{
    if (r == -ERR_ENV && e && e->code == SOURCE_ABSENT)
        err_hint(e, "%s", hint);
    return r;
}

int repository_is_none(int r, struct err *e)
{
    return repository_if_absent(r, _("is a repository there? The office makes it with \"kaochang publish\""),
                                e);
}

/* A root as one mirror has it. */
struct first_root {
    struct source *source;
    struct arena *arena;
    const char *typed; /* fingerprint, NULL: the first root */
    struct span document;
    struct signatures signatures;
};

enum { ROOTS_MAX = 1000 }; /* that are looked through */

/* The version whose fingerprint was typed; 1 when none has it, for who pins it to refuse. */
static int64_t find_typed(const struct first_root *f, size_t mirror)
{
    for (int64_t v = 1; f->typed && v <= ROOTS_MAX; v++) {
        struct bytes document = {0};
        char *name = mem_printf("%lld.root.xml", (long long)v);
        int r = source_read(f->source, mirror, name, DOCUMENT_MAX_BYTES, &document, NULL);
        bool found = r == 0 && root_is(bytes_span(&document), f->typed, NULL) == 0;
        bytes_release(&document); /* a stranger may have a thousand, all large */
        free(name);
        if (found)
            return v;
        if (r < 0)
            break;
    }
    return 1;
}

static int read_first_root(void *context, size_t mirror, struct err *e)
{
    struct first_root *f = context;
    struct root *root = NULL;
    const char *name = arena_printf(f->arena, "%lld.root.xml", (long long)find_typed(f, mirror));
    int r = source_document(f->source, mirror, name, DOCUMENT_MAX_BYTES, f->arena, &f->document, e);
    if (r < 0)
        return repository_is_none(r, e);
    r = root_read(&root, name, f->document, e);
    if (r == 0)
        r = source_signatures(f->source, mirror, name, &root->role[ROOT_ROLE_ROOT], NULL, f->arena,
                              &f->signatures, e);
    root_free(root);
    return r;
}

int repository_root_of(struct source *s, const char *typed, struct arena *a, struct span *ret,
                       struct signatures *ret_signatures, struct err *e)
{
    struct first_root f = {.source = s, .arena = a, .typed = typed};
    int r = source_each(s, read_first_root, &f, e);
    if (r == 0) {
        *ret = f.document;
        *ret_signatures = f.signatures;
    }
    return r;
}

int repository_root(struct source *s, struct arena *a, struct span *ret, struct signatures *ret_signatures,
                    struct err *e)
{
    return repository_root_of(s, NULL, a, ret, ret_signatures, e);
}

struct following {
    struct source *source;
    struct trust *t;
    struct arena *arena;
};

/* SOURCE_ABSENT, whatever the mirror says instead of giving the next root: it cannot be made to have one. */
static int take_next_root(struct following *f, size_t mirror, struct err *e)
{
    const struct role *old = &trust_root(f->t)->role[ROOT_ROLE_ROOT];
    struct source *s = f->source;
    struct arena *a = f->arena;
    struct root *next = NULL;
    struct span document;
    struct signatures by;
    const char *name = arena_printf(a, "%lld.root.xml", (long long)trust_root(f->t)->version + 1);
    int r = source_document(s, mirror, name, DOCUMENT_MAX_BYTES, a, &document, e);
    if (r == -ERR_ENV && e)
        e->code = SOURCE_ABSENT;
    if (r == 0)
        r = root_read(&next, name, document, e);
    if (r == 0)
        r = source_signatures(s, mirror, name, old, &next->role[ROOT_ROLE_ROOT], a, &by, e);
    if (r == 0 && (r = trust_rotate(f->t, document, &by, e)) == -ERR_ENV && e)
        e->code = SOURCE_THIS_DISK;
    root_free(next);
    return r;
}

/* 1: one was taken; 0: there is none. A mirror whose next root is a false one is refused, though others may
 * serve. */
static int next_root_of_any(struct following *f, struct err *e)
{
    struct source *s = f->source;
    struct err gravest = {0};
    bool none = false;
    for (size_t i = 0; i < source_mirrors(s); i++) {
        struct err own = {0};
        if (take_next_root(f, i, &own) == 0)
            return 1;
        if (own.kind == ERR_ENV && own.code == SOURCE_ABSENT) {
            none = true;
            continue;
        }
        if (source_is_graver(&own, &gravest))
            gravest = own;
        source_give_up(s, i, &own);
        none = none && own.code != SOURCE_THIS_DISK;
        if (own.code == SOURCE_THIS_DISK)
            break;
    }
    if (none || gravest.kind == ERR_NONE)
        return 0;
    *e = gravest;
    return -(int)gravest.kind;
}

int repository_follow_root(struct source *s, struct trust *t, struct err *e)
{
    struct following f = {.source = s, .t = t, .arena = arena_new()};
    struct err own = {0};
    int r;
    do
        r = next_root_of_any(&f, &own);
    while (r > 0);
    arena_free(f.arena);
    if (r < 0 && e)
        *e = own;
    return r;
}

int repository_begin(struct repository **ret, struct source *s, struct trust *t, const char *home,
                     int64_t now_ms, struct err *e)
{
    struct repository *r = NULL;
    repository_compare_with_home(s, home, now_ms);
    int result = repository_follow_root(s, t, e);
    if (result == 0)
        result = repository_open(&r, s, t, now_ms, e);
    if (result == 0)
        result = trust_note_seen(t, r->snapshot->version, r->timestamp->version, e);
    if (result < 0) {
        repository_close(r);
        return result;
    }
    *ret = r;
    return 0;
}
