/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"

static bool is_file(const struct practical_file *f)
{
    return f && !f->folder && (!f->skipped || f->size > 0);
}

static int is_there(const struct check_target *t, bool folder, bool wanted, struct arena *a, struct fact *ret)
{
    const struct practical_file *f = practical_find(t->folder, give_path(a, give_named(t)));
    bool there = folder ? f && f->folder : is_file(f);
    return give_bool(ret, there == wanted,
                     f && f->skipped ? arena_printf(a, "%s (%s)", f->path, f->skipped) : give_named(t));
}

int files_exists(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    return is_there(t, false, true, a, ret);
}

int files_absent(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    return is_there(t, false, false, a, ret);
}

int folder_exists(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    return is_there(t, true, true, a, ret);
}

int folder_absent(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    return is_there(t, true, false, a, ret);
}

/* ---- from here to there ---- */

static bool same_content(const struct practical_file *x, const struct practical_file *y)
{
    if (!x || !y || x->folder != y->folder)
        return false;
    if (x->folder)
        return true;
    return !x->skipped && !y->skipped && x->size == y->size && memcmp(x->hash, y->hash, sizeof x->hash) == 0;
}

static bool is_below(const char *path, const char *folder, size_t n)
{
    return n == 0 || (strncmp(path, folder, n) == 0 && path[n] == '/');
}

struct journey {
    const char *from, *to;
    bool any_content;
};

static int find_journey(const struct check_target *t, const struct locator *at, struct arena *a,
                        struct journey *ret, struct err *e)
{
    const char *from = locator_get(at, "from"), *content = locator_get(at, "content");
    ret->from = from ? give_path(a, from) : NULL;
    ret->to = give_path(a, give_named(t));
    if (!ret->from || !*ret->from || !*ret->to)
        return give_bad_locator(t, "from", e);
    ret->any_content = content && strcmp(content, "any") == 0;
    return 0;
}

/* Why what was at `from` in the start folder is not at `to` now, or NULL. */
static const char *not_arrived(const struct check_target *t, const struct journey *j, struct arena *a)
{
    const struct practical_file *then = give_exact(t->start, j->from), *now = give_exact(t->folder, j->to);
    if (!then)
        return arena_printf(a, "%s is not in the start folder", j->from);
    if (!now || now->folder != then->folder)
        return arena_printf(a, "%s is not there", j->to);
    if (!j->any_content && !same_content(then, now))
        return arena_printf(a, "%s has another content than %s had", j->to, j->from);
    size_t n = strlen(j->from);
    for (size_t i = 0; then->folder && i < t->start->n; i++) {
        const struct practical_file *f = &t->start->file[i];
        if (!is_below(f->path, j->from, n))
            continue;
        const char *moved = arena_printf(a, "%s%s", j->to, f->path + n);
        const struct practical_file *g = give_exact(t->folder, moved);
        if (!(j->any_content ? g != NULL : same_content(f, g)))
            return arena_printf(a, "%s is not there as it was", moved);
    }
    return NULL;
}

static int give_journey(struct fact *ret, const struct journey *j, const char *fault, struct arena *a)
{
    return give_bool(ret, !fault, fault ? arena_printf(a, "%s (%s)", j->to, fault) : j->to);
}

/* Renamed and moved are one thing to a folder: gone there, and here with the same content. */
int files_renamed(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    struct journey j;
    (void)argument;
    if (find_journey(t, at, a, &j, e) < 0)
        return -ERR_DATA;
    const char *fault = not_arrived(t, &j, a);
    if (!fault && give_exact(t->folder, j.from))
        fault = arena_printf(a, "%s is still there", j.from);
    return give_journey(ret, &j, fault, a);
}

int files_copied(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    struct journey j;
    (void)argument;
    if (find_journey(t, at, a, &j, e) < 0)
        return -ERR_DATA;
    const char *fault = not_arrived(t, &j, a);
    if (!fault && !give_exact(t->folder, j.from))
        fault = arena_printf(a, "%s is gone", j.from);
    return give_journey(ret, &j, fault, a);
}

/* ---- by pattern ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_candidate(const struct practical_file *f, const char *folder, const char *pattern, bool deep)
{
    size_t n = strlen(folder);
    if (f->folder || f->temporary || !is_file(f) || !is_below(f->path, folder, n))
        return false;
    if (!deep && strchr(f->path + n + (n > 0), '/'))
        return false;
    return give_matches(pattern, base_name(f->path));
}

static const char *folder_of(const struct locator *at, const char *name, struct arena *a)
{
    const char *folder = locator_get(at, name);
    return give_path(a, folder ? folder : "");
}

static bool is_deep(const struct locator *at)
{
    const char *deep = locator_get(at, "deep");
    return !deep || strcmp(deep, "no") != 0;
}

int files_matching(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct give_items l = {0};
    if (!argument)
        return give_bad_locator(t, "of", e);
    const char *folder = folder_of(at, "folder", a);
    for (size_t i = 0; i < t->folder->n; i++)
        if (is_candidate(&t->folder->file[i], folder, argument, is_deep(at)))
            give_add(&l, a, t->folder->file[i].path);
    return give_list(ret, l.item, l.n, *folder ? folder : "the whole folder");
}

/* Every file of the start folder that matches lies in the named folder, and nothing else. */
int files_copied_matching(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    const char *to = give_path(a, give_named(t)), *from = folder_of(at, "from", a), *fault = NULL;
    size_t wanted = 0, there = 0;
    if (!argument)
        return give_bad_locator(t, "of", e);
    for (size_t i = 0; t->start && i < t->start->n && !fault; i++) {
        const struct practical_file *f = &t->start->file[i];
        if (!is_candidate(f, from, argument, is_deep(at)) || is_below(f->path, to, strlen(to)))
            continue;
        wanted++;
        const char *copy = arena_printf(a, "%s/%s", to, base_name(f->path));
        if (!same_content(f, give_exact(t->folder, copy)))
            fault = arena_printf(a, "%s is not there as it was", copy);
    }
    for (size_t i = 0; i < t->folder->n; i++)
        there += is_candidate(&t->folder->file[i], to, "*", true);
    if (!fault && wanted == 0)
        fault = "nothing in the start folder matches";
    if (!fault && there != wanted)
        fault = arena_printf(a, "%zu files are there, %zu belong there", there, wanted);
    return give_bool(ret, !fault, fault ? arena_printf(a, "%s (%s)", to, fault) : to);
}

int files_unchanged(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument, (void)e;
    const char *path = give_path(a, give_named(t));
    return give_bool(ret, same_content(give_exact(t->start, path), give_exact(t->folder, path)),
                     give_named(t));
}
