/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "scoring/practical/files/collect.h"
#include "tests/practical/folder-kit.h"

int kit_enter_folder(void **state)
{
    char *dir = strdup("/tmp/kaochang-practical-XXXXXX");
    *state = mkdtemp(dir);
    return *state && chdir(dir) == 0 ? 0 : -1;
}

static void remove_all(const char *dir)
{
    struct file_names names;
    struct err e;
    struct stat st;
    chmod(dir, 0700);
    if (file_list(dir, &names, &e) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        char *path = path_join(dir, names.name[i]);
        if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
            remove_all(path);
        else
            unlink(path);
        free(path);
    }
    file_names_free(&names);
    rmdir(dir);
}

int kit_leave_folder(void **state)
{
    if (chdir("/") < 0)
        return -1;
    remove_all(*state);
    free(*state);
    return 0;
}

void kit_write_bytes(const char *path, const void *p, size_t n)
{
    struct err e;
    char *parent = mem_strdup(path), *slash = strrchr(parent, '/');
    if (slash) {
        *slash = '\0';
        assert_done(file_mkdirs(parent, false, &e), e);
    }
    free(parent);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

void kit_write(const char *path, const char *text)
{
    kit_write_bytes(path, text, strlen(text));
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct practical_file *)a)->path, ((const struct practical_file *)b)->path);
}

struct practical_folder *kit_folder(struct arena *a, ...)
{
    struct practical_folder *f = arena_alloc(a, sizeof *f);
    struct practical_file *file = arena_array(a, 64, sizeof *file);
    va_list list;
    va_start(list, a);
    for (const char *path; (path = va_arg(list, const char *)); f->n++) {
        struct practical_file *at = &file[f->n];
        size_t n = strlen(path);
        at->folder = n && path[n - 1] == '/';
        at->path = arena_strndup(a, path, n - at->folder);
        at->bytes = span_str(va_arg(list, const char *));
        collect_describe(at);
    }
    va_end(list);
    if (f->n)
        qsort(file, f->n, sizeof *file, by_path);
    f->file = file;
    return f;
}

struct practical_file *kit_file(struct practical_folder *f, const char *path)
{
    struct practical_file *found = (struct practical_file *)(uintptr_t)practical_find(f, path);
    assert_non_null(found);
    return found;
}

static struct locator locate(struct arena *a, const char *at)
{
    struct locator_key *key = arena_array(a, 16, sizeof *key);
    struct locator l = {.key = key};
    for (char *p = arena_strdup(a, at); *p && l.n < 16;) {
        char *equals = strchr(p, '='), *end = p + strcspn(p, " ");
        assert_non_null(equals);
        *equals = '\0';
        key[l.n++] = (struct locator_key){.name = p, .value = equals + 1};
        p = *end ? end + 1 : end;
        *end = '\0';
    }
    return l;
}

int kit_ask(struct arena *a, const struct practical_folder *work, const struct practical_folder *start,
            const char *path, const char *kind, const char *at, const char *argument, struct fact *ret,
            struct err *e)
{
    const struct practical_family *family = NULL;
    const struct check_kind *k = check_kind_find(kind, &family);
    if (!k)
        fail_msg("no kind %s", kind);
    struct check_target t = {.folder = work, .start = start, .path = path, .kind = k};
    struct locator l = locate(a, at);
    int r = family->open ? family->open(&t.document, work, path, e) : 0;
    if (r < 0)
        return r;
    *ret = (struct fact){0};
    r = k->find(&t, &l, argument, a, ret, e);
    if (family->close)
        family->close(t.document);
    if (r == 0)
        assert_non_null(ret->place);
    return r;
}

static const char *shown(struct arena *a, const struct fact_value *v)
{
    struct bytes out = {0};
    switch (v->type) {
    case FACT_TEXT:
    case FACT_TOKEN:
    case FACT_FONT:
        return v->text;
    case FACT_BOOL:
        return v->integer ? "yes" : "no";
    case FACT_NUMBER:
        return arena_printf(a, "%.15g", v->number);
    case FACT_COLOR:
        return v->integer < 0 ? "auto" : arena_printf(a, "#%06llx", (unsigned long long)v->integer);
    case FACT_LIST:
        for (size_t i = 0; i < v->n_items; i++)
            bytes_printf(&out, "%s%s", i ? " | " : "", v->item[i]);
        break;
    default:
        return arena_printf(a, "%lld", (long long)v->integer);
    }
    const char *text = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return text;
}

const char *kit_value(struct arena *a, const struct practical_folder *work,
                      const struct practical_folder *start, const char *path, const char *kind,
                      const char *at, const char *argument)
{
    struct fact f;
    struct err e = {0};
    if (kit_ask(a, work, start, path, kind, at, argument, &f, &e) < 0)
        return arena_printf(a, "(error: %s)", e.what);
    if (f.state == FACT_FOUND)
        return shown(a, &f.value);
    return arena_printf(a, f.state == FACT_ABSENT ? "(absent: %s)" : "(unknown: %s)", f.why);
}
