/* SPDX-License-Identifier: Apache-2.0 */
/* The office changes its targets. */
#include <stdio.h>

#include "base/i18n.h"
#include "exam-packages/trust-internal.h"

int trust_copy_targets(const struct trust *t, struct targets **ret, struct err *e)
{
    struct bytes document = {0};
    if (!t->targets)
        return err_set(e, ERR_ENV, t->folder, _("this home has no targets of its own"));
    int r = targets_write(t->targets, &document, e);
    if (r == 0)
        r = targets_read(ret, "targets.xml", bytes_span(&document), e);
    bytes_release(&document);
    return r;
}

int trust_amend(struct trust *t, struct targets *changed, const struct minisign_secret *officer,
                size_t n_officers, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes document = {0};
    struct signatures s;
    char comment[64];
    changed->version = t->seen.targets + 1;
    snprintf(comment, sizeof comment, "kaochang/1 role=targets version=%lld", (long long)changed->version);
    int r = targets_write(changed, &document, e);
    if (r == 0)
        r = signatures_make(&s, a, bytes_span(&document), comment, officer, n_officers, e);
    if (r == 0)
        r = trust_accept(t, bytes_span(&document), &s, t->seen.snapshot, t->seen.timestamp, e);
    bytes_release(&document);
    arena_free(a);
    return r;
}
