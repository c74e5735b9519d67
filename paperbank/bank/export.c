/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/export.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/manifest.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/task-files.h"
#include "paperbank/bank/tests.h"

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct bank_item *)a)->id, ((const struct bank_item *)b)->id);
}

/* The named items, each once, in the order of the bank. */
static int choose(struct bank *b, const char *const *id, size_t n, struct arena *a, struct bank_item **ret,
                  size_t *ret_n, struct err *e)
{
    if (n == 0)
        return bank_items(b, NULL, a, ret, ret_n, e);
    struct bank_item *item = arena_array(a, n, sizeof *item);
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = bank_item(b, id[i], a, &item[i], e);
    if (r < 0)
        return r;
    qsort(item, n, sizeof *item, by_id);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(item[kept - 1].id, item[i].id) != 0)
            item[kept++] = item[i];
    *ret = item;
    *ret_n = kept;
    return 0;
}

static int check_empty(const char *dir, struct err *e)
{
    struct file_names names = {0};
    if (!file_exists(dir))
        return 0;
    int r = file_list(dir, &names, e);
    if (r == 0 && names.n > 0) {
        r = err_set(e, ERR_USAGE, dir, _("this folder is not empty"));
        err_hint(e, _("name a new folder"));
    }
    file_names_free(&names);
    return r;
}

/* "items/ID.xml"; a practical item has a folder of its own: "tasks/ID/item.xml". */
static int write_document(struct bank *b, const char *dir, const struct bank_item *i, struct span xml,
                          struct err *e)
{
    char *path = path_join(dir, i->practical ? "item.xml" : "items"), *own = NULL;
    if (!i->practical)
        own = mem_printf("%s/%s.xml", path, i->id);
    int r = file_put_soon(own ? own : path, 0644, xml, e);
    if (r == 0)
        r = bank_write_pictures(b, i->id, i->version, i->practical ? dir : path, true, e);
    free(own);
    free(path);
    return r;
}

static int write_item(struct bank *b, const char *dir, const struct bank_item *i, struct err *e)
{
    struct arena *a = arena_new();
    struct span xml = {0};
    char *own = i->practical ? mem_printf("%s/tasks/%s", dir, i->id) : NULL;
    int r = bank_item_xml(b, i->id, i->version, a, &xml, e);
    if (r == 0 && own)
        r = file_mkdirs(own, false, e);
    if (r == 0)
        r = write_document(b, own ? own : dir, i, xml, e);
    if (r == 0 && own)
        r = bank_write_files(b, i->id, i->version, own, e);
    free(own);
    arena_free(a);
    return r;
}

static int remove_below(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type;
    return ftw->level > 0 ? remove(path) : 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void export_remove(const char *dir, bool itself)
{
    nftw(dir, itself ? remove_one : remove_below, 16, FTW_DEPTH | FTW_PHYS);
}

static int write_all(struct bank *b, const char *dir, const struct bank_item *item, size_t n,
                     const struct bank_test *test, size_t n_tests, struct span manifest, struct err *e)
{
    char *items = path_join(dir, "items"), *path = path_join(dir, MANIFEST_FILE);
    int r = file_mkdirs(items, false, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = write_item(b, dir, &item[i], e);
    if (r == 0)
        r = bank_write_tests(b, dir, test, n_tests, e);
    if (r == 0)
        r = file_sync_all(dir, e);
    if (r == 0)
        r = file_put(path, 0644, manifest, e);
    free(items);
    free(path);
    return r;
}

int bank_export(struct bank *b, const char *dir, const char *const *id, size_t n, size_t *ret_n,
                struct err *e)
{
    struct arena *a = arena_new();
    struct knowledge_point *point = NULL;
    struct bank_item *item = NULL;
    struct bytes manifest = {0};
    struct bank_test *test = NULL;
    size_t n_points = 0, n_items = 0, n_tests = 0;
    int r = choose(b, id, n, a, &item, &n_items, e);
    bool there = file_exists(dir);
    if (r == 0)
        r = check_empty(dir, e);
    if (r == 0)
        r = bank_knowledge_points(b, a, &point, &n_points, e);
    if (r == 0)
        r = bank_tests_of(b, item, n_items, a, &test, &n_tests, e);
    if (r == 0)
        r = manifest_write(b, point, n_points, item, n_items, test, n_tests, &manifest, e);
    if (r == 0 && (r = write_all(b, dir, item, n_items, test, n_tests, bytes_span(&manifest), e)) < 0)
        export_remove(dir, !there);
    if (r == 0)
        *ret_n = n_items;
    bytes_release(&manifest);
    arena_free(a);
    return r;
}
