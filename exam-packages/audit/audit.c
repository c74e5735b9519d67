/* SPDX-License-Identifier: Apache-2.0 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/audit/internal.h"

static int make_scratch(struct audit *a, struct err *e)
{
    const char *folder = getenv("TMPDIR");
    a->scratch = mem_printf("%s/kaochang-audit.XXXXXX", folder && *folder ? folder : "/tmp");
    if (mkdtemp(a->scratch))
        return 0;
    int r = err_sys(e, a->scratch, _("cannot make a temporary folder"));
    free(a->scratch);
    a->scratch = NULL;
    return r;
}

static int drop_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    (void)remove(path);
    return 0;
}

static void release(struct audit *a)
{
    for (size_t i = 0; i < a->n_packages; i++) {
        container_close(&a->package[i].container);
        exam_manifest_free(a->package[i].manifest);
    }
    trust_free(a->trust);
    root_free(a->root);
    targets_free(a->targets);
    if (a->scratch)
        nftw(a->scratch, drop_one, 16, FTW_DEPTH | FTW_PHYS);
    free(a->scratch);
    arena_free(a->arena);
}

int audit_run(const struct audit_input *in, audit_told_fn *tell, void *context, struct audit_counts *ret,
              struct err *e)
{
    struct stat st;
    struct audit a = {.arena = arena_new(), .in = in, .tell = tell, .context = context};
    int r = stat(in->repo, &st) < 0 ? err_sys(e, in->repo, _("cannot read")) : make_scratch(&a, e);
    if (r == 0) {
        audit_documents(&a);
        audit_packages(&a);
        audit_bundles(&a);
        *ret = a.counts;
    }
    release(&a);
    return r;
}
