/* SPDX-License-Identifier: Apache-2.0 */
/* What officers signed about rooms and the quarantine, as it comes to the office. */
#include <libgen.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/closing.h"
#include "sync/intake.h"

enum { MAX_POLICY = 64 << 20 };

struct policy {
    struct arena *arena;
    struct span document;
    struct signatures signatures;
};

static int load(struct policy *p, const char *path, struct err *e)
{
    char *folder = mem_strdup(path);
    int r = signatures_load_document(&p->document, &p->signatures, p->arena, dirname(folder), path_base(path),
                                     MAX_POLICY, e);
    free(folder);
    return r;
}

static int check_signed(const struct intake *x, const char *path, const struct policy *p, const char *comment,
                        struct err *e)
{
    const struct targets *targets = trust_targets(x->trust);
    if (!targets)
        return err_set(e, ERR_NO, path, _("this home knows no officers yet"));
    return role_verify(&targets->role[TARGETS_ROLE_PACKAGE], path, p->document, comment, &p->signatures, e);
}

int intake_release(const struct intake *x, const char *path, struct err *e)
{
    struct policy p = {.arena = arena_new()};
    struct release_record release = {0};
    char comment[200];
    int r;
    if ((r = load(&p, path, e)) == 0 && (r = release_record_read(&release, path, p.document, e)) == 0 &&
        (r = check_signed(x, path, &p, release_comment(release.session, comment, sizeof comment), e)) == 0)
        r = store_put_release(x->store, &release, p.document, e);
    release_record_free(&release);
    arena_free(p.arena);
    return r;
}

int intake_admission(const struct intake *x, const char *path, struct err *e)
{
    struct policy p = {.arena = arena_new()};
    struct admission admission = {0};
    char comment[200];
    int r;
    if ((r = load(&p, path, e)) == 0 && (r = admission_read(&admission, path, p.document, e)) == 0 &&
        (r = check_signed(x, path, &p, admission_comment(admission.session, comment, sizeof comment), e)) ==
            0)
        r = store_put_admission(x->store, &admission, p.document, e);
    admission_free(&admission);
    arena_free(p.arena);
    return r;
}
