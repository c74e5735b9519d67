/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/intake.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/bundle-input.h"

enum { MAX_ROSTER = 160 << 20 };

/* A whole and honestly signed bundle of a station that nobody vouches for is kept apart, not thrown away. */
static int hold_unknown(const struct intake *x, const char *path, struct intake_result *ret, const struct err *why,
                        struct err *e)
{
    struct bundle *b = NULL;
    struct err inner;
    if (bundle_open_untrusted(&b, path, &inner) < 0) {
        *e = *why;
        return -(int)why->kind;
    }
    int r = store_hold(x->store, bundle_document_of(b)->session, bundle_hash(b), "unknown-key", e);
    ret->held = r == 0;
    bundle_close(b);
    return r;
}

/* A spare station may be certified in the middle of its session, so its time must touch the window, not span it. */
static bool is_certified_then(const struct intake *x, const struct bundle *b)
{
    const struct certificate *c = bundle_certificate(b);
    for (size_t i = 0; i < x->n_sessions; i++)
        if (strcmp(x->session[i].id, bundle_document_of(b)->session) == 0)
            return c->from_ms <= x->session[i].end_ms && c->until_ms >= x->session[i].start_ms;
    return true;
}

static int merge(const struct intake *x, struct bundle *b, struct merge_counts *ret, struct err *e)
{
    struct bundle_input input = {0};
    int r = bundle_input_read(&input, b, x->trust, x->id, x->n_ids, e);
    if (r == 0)
        r = store_merge(x->store, &input.in, ret, e);
    bundle_input_release(&input);
    return r;
}

int intake_bundle(const struct intake *x, const char *path, struct intake_result *ret, struct err *e)
{
    struct bundle *b = NULL;
    struct err own;
    *ret = (struct intake_result){0};
    int r = bundle_open(&b, path, x->trust, &own);
    if (r == -ERR_NO)
        return hold_unknown(x, path, ret, &own, e);
    if (r < 0) {
        *e = own;
        return r;
    }
    if (!is_certified_then(x, b)) {
        r = store_hold(x->store, bundle_document_of(b)->session, bundle_hash(b), "unknown-key", e);
        ret->held = r == 0;
    } else if ((r = merge(x, b, &ret->counts, e)) == -ERR_DATA || r == -ERR_NO)
        err_within(e, path);
    bundle_close(b);
    return r;
}

const char *roster_comment(const char *session, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=roster session=%s", session);
    return buf;
}

static int check_signed(const struct intake *x, const char *path, const struct roster *roster, struct span document,
                        const struct signatures *s, struct err *e)
{
    char comment[200];
    const struct targets *targets = trust_targets(x->trust);
    if (!targets)
        return err_set(e, ERR_NO, path, _("this home knows no officers yet"));
    return role_verify(&targets->role[TARGETS_ROLE_PACKAGE], path, document,
                       roster_comment(roster->session, comment, sizeof comment), s, e);
}

int intake_roster(const struct intake *x, const char *path, struct err *e)
{
    struct arena *arena = arena_new();
    char *folder = mem_strdup(path);
    struct signatures signatures = {0};
    struct roster *roster = NULL;
    struct bytes document = {0};
    int r;
    if ((r = file_read(path, MAX_ROSTER, &document, e)) < 0 ||
        (r = roster_read(&roster, path, bytes_span(&document), e)) < 0 ||
        (r = signatures_load(&signatures, arena, dirname(folder), path_base(path), e)) < 0 ||
        (r = check_signed(x, path, roster, bytes_span(&document), &signatures, e)) < 0)
        goto done;
    r = roster->site[0] ? err_set(e, ERR_DATA, path, _("is the roster of one site, not of the whole session"))
                        : store_put_roster(x->store, roster, bytes_span(&document), e);
done:
    roster_free(roster);
    bytes_release(&document);
    free(folder);
    arena_free(arena);
    return r;
}
