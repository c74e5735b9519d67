/* SPDX-License-Identifier: Apache-2.0 */
/* ZIP archives that a candidate made, and folders that came out of one. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"
#include "scoring/practical/parts.h"

/* 1: open, to be closed; 0: *ret is absent; negative: an error. */
static int open_zip(const struct practical_folder *folder, const char *path, struct parts **ret_parts,
                    struct fact *ret, struct err *e)
{
    const struct practical_file *f = folder ? give_file(folder, path, ret) : NULL;
    if (!folder)
        give_absent(ret, path, "no such file");
    if (!f)
        return 0;
    int r = parts_open(ret_parts, f->path, f->bytes, e);
    return r < 0 ? r : 1;
}

/* Names of Windows in Chinese are GB18030. */
static const char *name_of(struct parts *p, size_t i, struct arena *a)
{
    const char *raw = parts_at(p, i);
    struct bytes out = {0};
    struct err unwanted;
    const char *name = raw;
    if (!utf8_valid(raw, strlen(raw)) &&
        encoding_convert(&out, ENCODING_GB18030, raw, span_str(raw), &unwanted) == 0 && out.n)
        name = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return give_path(a, name);
}

static bool is_folder_entry(struct parts *p, size_t i)
{
    const char *raw = parts_at(p, i);
    size_t n = strlen(raw);
    return n == 0 || raw[n - 1] == '/';
}

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

int files_zip_entries(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct parts *p = NULL;
    struct give_items l = {0};
    (void)at, (void)argument;
    int r = open_zip(t->folder, give_path(a, give_named(t)), &p, ret, e);
    if (r <= 0)
        return r;
    for (size_t i = 0; i < parts_count(p); i++)
        if (!is_folder_entry(p, i))
            give_add(&l, a, name_of(p, i, a));
    parts_close(p);
    if (l.n)
        qsort(l.item, l.n, sizeof *l.item, by_text);
    return give_list(ret, l.item, l.n, give_named(t));
}

int files_zip_contains(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct parts *p = NULL;
    bool there = false;
    (void)at;
    if (!argument)
        return give_bad_locator(t, "of", e);
    int r = open_zip(t->folder, give_path(a, give_named(t)), &p, ret, e);
    if (r <= 0)
        return r;
    for (size_t i = 0; i < parts_count(p) && !there; i++)
        there = give_matches(argument, name_of(p, i, a));
    parts_close(p);
    return give_bool(ret, there, give_named(t));
}

int files_zip_text(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct parts *p = NULL;
    struct bytes content = {0};
    const char *text = NULL;
    (void)at;
    if (!argument)
        return give_bad_locator(t, "of", e);
    int r = open_zip(t->folder, give_path(a, give_named(t)), &p, ret, e);
    if (r <= 0)
        return r;
    const char *place = arena_printf(a, "%s/%s", give_named(t), argument);
    size_t i = 0;
    while (i < parts_count(p) && strcmp(name_of(p, i, a), argument) != 0)
        i++;
    r = i < parts_count(p) ? parts_read(p, parts_at(p, i), GIVE_TEXT_MAX, &content, e) : 0;
    if (r == 0 && i < parts_count(p)) {
        struct practical_file inner = {.path = place, .bytes = bytes_span(&content)};
        r = give_content(&inner, ENCODING_UNKNOWN, a, &text, NULL, e);
    }
    bytes_release(&content);
    parts_close(p);
    if (r < 0)
        return r;
    return text ? give_text(ret, text, place) : give_absent(ret, place, "the archive has no such file");
}

/* ---- an archive and a folder ---- */

static const char *below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    if (n == 0)
        return path;
    return strncmp(path, folder, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

static size_t count_below(const struct practical_folder *f, const char *folder)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        n += !f->file[i].folder && !f->file[i].temporary && below(f->file[i].path, folder) != NULL;
    return n;
}

/* What stands in the folder under that name of the archive; archives may hold the folder itself, or only what
 * is in it. */
static const struct practical_file *counterpart(const struct practical_folder *f, const char *folder,
                                                const char *name, struct arena *a)
{
    const struct practical_file *file =
        give_exact(f, *folder ? arena_printf(a, "%s/%s", folder, name) : name);
    const char *slash = strrchr(folder, '/'), *base = slash ? slash + 1 : folder;
    size_t n = strlen(base);
    if (!file && n && strncmp(name, base, n) == 0 && name[n] == '/')
        file = give_exact(f, arena_printf(a, "%s%s", folder, name + n));
    return file;
}

/* Why the archive's files are not those of the folder, or NULL; *ret_n: how many they are. */
static int compare_all(struct parts *p, const struct practical_folder *f, const char *folder, struct arena *a,
                       size_t *ret_n, const char **ret_fault, struct err *e)
{
    for (size_t i = 0; i < parts_count(p) && !*ret_fault; i++) {
        uint8_t hash[32];
        if (is_folder_entry(p, i))
            continue;
        const char *name = name_of(p, i, a);
        const struct practical_file *file = counterpart(f, folder, name, a);
        int r = parts_hash(p, parts_at(p, i), hash, e);
        if (r < 0)
            return r;
        if (!file || file->skipped || memcmp(hash, file->hash, sizeof hash) != 0)
            *ret_fault = arena_printf(a, "%s is not the same in the archive and in %s", name,
                                      *folder ? folder : "the folder");
        ++*ret_n;
    }
    return 0;
}

static int compare_with(struct parts *p, const struct practical_folder *f, const char *folder, bool others,
                        const char *place, struct arena *a, struct fact *ret, struct err *e)
{
    size_t n = 0;
    const char *fault = NULL;
    int r = compare_all(p, f, folder, a, &n, &fault, e);
    parts_close(p);
    if (r < 0)
        return r;
    size_t there = count_below(f, folder);
    if (!fault && n == 0)
        fault = "the archive holds no file";
    if (!fault && !others && there != n)
        fault = arena_printf(a, "%zu files in the archive, %zu in %s", n, there, folder);
    return give_bool(ret, !fault, fault ? arena_printf(a, "%s (%s)", place, fault) : place);
}

int files_zip_equals(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct parts *p = NULL;
    const char *in = locator_get(at, "in");
    const struct practical_folder *f = in && strcmp(in, "start") == 0 ? t->start : t->folder;
    if (!argument)
        return give_bad_locator(t, "of", e);
    if (!f)
        return give_absent(ret, give_named(t), "there is no start folder");
    int r = open_zip(t->folder, give_path(a, give_named(t)), &p, ret, e);
    return r <= 0 ? r : compare_with(p, f, give_path(a, argument), false, give_named(t), a, ret, e);
}

/* The archive of the start folder was unpacked into the named folder. */
int files_extracted(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct parts *p = NULL;
    const char *from = locator_get(at, "from");
    (void)argument;
    if (!from)
        return give_bad_locator(t, "from", e);
    int r = open_zip(t->start, give_path(a, from), &p, ret, e);
    return r <= 0 ? r
                  : compare_with(p, t->folder, give_path(a, give_named(t)), true, give_named(t), a, ret, e);
}
