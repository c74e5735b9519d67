/* SPDX-License-Identifier: Apache-2.0 */
/* A bundle is read, verified and opened by whoever has time (the store is not looked at), and then put in. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ahead.h"
#include "base/file.h"
#include "base/mem.h"
#include "sync/bundle-input.h"
#include "sync/closing.h"
#include "sync/intake.h"

/* Opened bundles together, as files; opened they take some three times as much. */
enum { MOST_AT_ONCE = 256 << 20 };

static const char unknown[] = "unknown-key", revoked[] = "revoked-key";

/* What a bundle says, and nothing of it in the store yet. */
struct opened {
    struct bundle *bundle;
    struct bundle_input input;
    const char *hold; /* why it stands in quarantine as a whole; NULL: it does not */
    int r;            /* of reading it */
    struct err e;
};

/* A spare station may be certified in the middle of its session, so its time must touch the window, not span
 * it. */
static bool is_certified_then(const struct intake *x, const struct bundle *b)
{
    const struct certificate *c = bundle_certificate(b);
    for (size_t i = 0; i < x->n_sessions; i++)
        if (strcmp(x->session[i].id, bundle_document_of(b)->session) == 0)
            return c->from_ms <= x->session[i].end_ms && c->until_ms >= x->session[i].start_ms;
    return true;
}

static int open_known(struct opened *o, const struct intake *x, const char *path)
{
    if (!is_certified_then(x, o->bundle)) {
        o->hold = unknown;
        return 0;
    }
    int r = bundle_input_read(&o->input, o->bundle, x->trust, x->id, x->n_ids, &o->e);
    if (r == -ERR_DATA || r == -ERR_NO)
        err_within(&o->e, path);
    return r;
}

/* A whole and honestly signed bundle of a station that nobody vouches for is kept apart, not thrown away. */
static struct opened *open_bundle(const struct intake *x, const char *path)
{
    struct opened *o = mem_alloc(sizeof *o);
    struct err unheard;
    o->r = bundle_open(&o->bundle, path, x->trust, &o->e);
    if (o->r == 0)
        o->r = open_known(o, x, path);
    else if (o->r == -ERR_NO && bundle_open_untrusted(&o->bundle, path, &unheard) == 0) {
        o->hold = o->e.code == TRUST_REVOKED ? revoked : unknown;
        o->r = 0;
    }
    return o;
}

static void drop(void *piece)
{
    struct opened *o = piece;
    bundle_input_release(&o->input);
    bundle_close(o->bundle);
    free(o);
}

static int merge(const struct intake *x, const struct opened *o, const char *path, struct intake_result *ret,
                 struct err *e)
{
    int r = store_merge(x->store, &o->input.in, &ret->counts, e);
    return r == -ERR_DATA || r == -ERR_NO ? err_within(e, path) : r;
}

static int keep_aside(const struct intake *x, const char *path, const struct bundle *b, struct err *e)
{
    char hex[2 * BUNDLE_HASH_BYTES + 1];
    if (!x->aside)
        return 0;
    char *copy = mem_printf("%s/%s.results", x->aside, hex_encode(hex, bundle_hash(b), BUNDLE_HASH_BYTES));
    int r = file_exists(copy) ? 0 : file_mkdirs(x->aside, true, e);
    if (r == 0 && !file_exists(copy))
        r = file_copy(path, copy, 0600, e);
    free(copy);
    return r;
}

/* Its key was good once and is revoked: what is here already stays, the rest waits until officers let it in.
 */
static int put_revoked(const struct intake *x, struct opened *o, const char *path, struct intake_result *ret,
                       struct err *e)
{
    const char *session = bundle_document_of(o->bundle)->session;
    const uint8_t *hash = bundle_hash(o->bundle);
    bool admitted = false;
    int r = store_knows(x->store, session, hash, &ret->counts.known, e);
    if (r < 0 || ret->counts.known)
        return r;
    if ((r = store_bundle_admitted(x->store, session, hash, &admitted, e)) < 0)
        return r;
    if (admitted) {
        r = bundle_input_read(&o->input, o->bundle, x->trust, x->id, x->n_ids, e);
        if (r == 0)
            return merge(x, o, path, ret, e);
        return r == -ERR_DATA || r == -ERR_NO ? err_within(e, path) : r;
    }
    if ((r = keep_aside(x, path, o->bundle, e)) == 0 &&
        (r = store_hold(x->store, session, hash, revoked, e)) == 0)
        ret->held = ret->revoked = true;
    return r;
}

static int put_in(const struct intake *x, struct opened *o, const char *path, struct intake_result *ret,
                  struct err *e)
{
    *ret = (struct intake_result){0};
    if (o->r < 0) {
        *e = o->e;
        return o->r;
    }
    if (o->hold == revoked)
        return put_revoked(x, o, path, ret, e);
    if (!o->hold)
        return merge(x, o, path, ret, e);
    int r = store_hold(x->store, bundle_document_of(o->bundle)->session, bundle_hash(o->bundle), o->hold, e);
    ret->held = r == 0;
    return r;
}

int intake_bundle(const struct intake *x, const char *path, struct intake_result *ret, struct err *e)
{
    struct opened *o = open_bundle(x, path);
    int r = put_in(x, o, path, ret, e);
    drop(o);
    return r;
}

/* ---- many ---- */

struct taking {
    const struct intake *x;
    const char *const *path;
    intake_told_fn *told;
    void *context;
};

static void *make(void *context, size_t i)
{
    const struct taking *t = context;
    return open_bundle(t->x, t->path[i]);
}

static int take(void *context, size_t i, void *piece, struct err *e)
{
    const struct taking *t = context;
    struct intake_result result;
    struct err own = {0};
    int r = put_in(t->x, piece, t->path[i], &result, &own);
    drop(piece);
    return t->told(t->context, i, r, &result, &own, e);
}

static size_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

int intake_bundles(const struct intake *x, const char *const *path, size_t n, unsigned threads,
                   intake_told_fn *told, void *context, struct err *e)
{
    struct taking t = {x, path, told, context};
    size_t *weight = mem_grow(NULL, n, sizeof *weight);
    for (size_t i = 0; i < n; i++)
        weight[i] = size_of(path[i]);
    const struct ahead a = {.n = n,
                            .threads = threads,
                            .weight = weight,
                            .heaviest = MOST_AT_ONCE,
                            .context = &t,
                            .make = make,
                            .take = take,
                            .drop = drop};
    int r = ahead_run(&a, e);
    free(weight);
    return r;
}
