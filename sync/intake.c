/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/intake.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/supplement.h"

enum { MAX_ROSTER = 160 << 20 };

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

int intake_withdrawal(const struct intake *x, const char *path, struct err *e)
{
    struct supplement *s = NULL;
    int r = supplement_open(&s, path, x->trust, e);
    if (r < 0)
        return r;
    const struct supplement_document *d = supplement_document_of(s);
    if (d->kind == SUPPLEMENT_WITHDRAWAL) {
        r = store_put_withdrawal(x->store, d, supplement_bytes(s), e);
    } else {
        err_set(e, ERR_USAGE, path, _("is a list of candidates for stations"));
        r = err_hint(e, _("the signed roster.xml of the session says the same for the whole"));
    }
    supplement_close(s);
    return r;
}
