/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/rules/compare-internal.h"
#include "scoring/practical/rules/score-internal.h"

bool practical_same_file(const struct practical_file *a, const struct practical_file *b)
{
    return a && b && !a->skipped && !b->skipped && a->size == b->size &&
           memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}

bool practical_same_folder(const struct practical_folder *a, const struct practical_folder *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) {
        const struct practical_file *x = &a->file[i], *y = &b->file[i];
        same = strcmp(x->path, y->path) == 0 && x->folder == y->folder && x->read_only == y->read_only &&
               x->hidden == y->hidden && (x->folder || practical_same_file(x, y));
    }
    return same;
}

static bool usable(const struct practical_file *f)
{
    return f && !f->folder && !f->temporary;
}

/* The first file that fits one path and is not like `unlike`, or NULL. */
static const struct practical_file *fitting(const struct practical_folder *folder, const char *path,
                                            const struct practical_file *unlike)
{
    if (!path[strcspn(path, "*?")]) {
        const struct practical_file *f = practical_find(folder, path);
        return usable(f) && !practical_same_file(f, unlike) ? f : NULL;
    }
    for (size_t k = 0; k < folder->n; k++) {
        const struct practical_file *f = &folder->file[k];
        if (usable(f) && !practical_same_file(f, unlike) && like_matches(path, f->path))
            return f;
    }
    return NULL;
}

static const struct practical_file *first_of(const struct rules_file *f,
                                             const struct practical_folder *folder,
                                             const struct practical_file *unlike)
{
    const struct practical_file *found = NULL;
    for (size_t p = 0; !found && p < f->n_paths; p++)
        found = fitting(folder, f->path[p], unlike);
    return found;
}

const struct practical_file *practical_pick_start(const struct rules_file *f,
                                                  const struct practical_folder *start)
{
    if (!start || (f->start && !*f->start))
        return NULL;
    if (!f->start)
        return first_of(f, start, NULL);
    const struct practical_file *found = practical_find(start, f->start);
    return usable(found) ? found : NULL;
}

const struct practical_file *practical_pick(const struct rules_file *f, const struct practical_folder *work,
                                            const struct practical_file *start)
{
    const struct practical_file *changed = start ? first_of(f, work, start) : NULL;
    return changed ? changed : first_of(f, work, NULL);
}
