/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"

static const struct practical_file *any(const struct check_target *t, struct arena *a, struct fact *ret)
{
    const struct practical_file *f = practical_find(t->folder, give_path(a, give_named(t)));
    if (!f)
        give_absent(ret, give_named(t), "no such file or folder");
    return f;
}

int files_read_only(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    const struct practical_file *f = any(t, a, ret);
    return f ? give_bool(ret, f->read_only, f->path) : 0;
}

int files_hidden(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    const struct practical_file *f = any(t, a, ret);
    return f ? give_bool(ret, f->hidden, f->path) : 0;
}

int files_size(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    const struct practical_file *f = any(t, a, ret);
    return f ? give_integer(ret, (int64_t)f->size, f->path) : 0;
}

int files_same(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    (void)at;
    if (!argument)
        return give_bad_locator(t, "of", e);
    const struct practical_file *f = give_file(t->folder, give_path(a, give_named(t)), ret);
    const char *path = give_path(a, argument);
    const struct practical_file *g = t->start ? practical_find(t->start, path) : NULL;
    if (!f)
        return 0;
    if (!g)
        return give_absent(ret, give_named(t), "the start folder has no such file");
    return give_bool(ret, !g->skipped && memcmp(f->hash, g->hash, sizeof f->hash) == 0, f->path);
}
