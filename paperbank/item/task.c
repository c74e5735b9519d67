/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/task.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/xml.h"

static const char *const role_names[] = {[TASK_START] = "start", [TASK_MATERIAL] = "material"};

const char *task_role_name(enum task_role role)
{
    return role_names[role];
}

struct task *task_new(const char *item)
{
    struct arena *a = arena_new();
    struct task *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    t->item = arena_strdup(a, item);
    t->file = arena_array(a, TASK_MAX_FILES + 1, sizeof *t->file); /* one more, so that too many are seen */
    return t;
}

void task_free(struct task *t)
{
    if (t)
        arena_free(t->arena);
}

void task_add(struct task *t, const char *path, int64_t size, const uint8_t hash[32], enum task_role role)
{
    size_t i = 0;
    if (t->n > TASK_MAX_FILES)
        return;
    while (i < t->n && strcmp(t->file[i].path, path) < 0)
        i++;
    memmove(&t->file[i + 1], &t->file[i], (t->n - i) * sizeof *t->file);
    t->file[i] = (struct task_file){.path = arena_strdup(t->arena, path), .size = size, .role = role};
    memcpy(t->file[i].hash, hash, sizeof t->file[i].hash);
    t->n++;
}

const struct task_file *task_find(const struct task *t, const char *path)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->file[i].path, path) == 0)
            return &t->file[i];
    return NULL;
}

/* Two names of one place, on some machine. */
static bool meet(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), least = n < m ? n : m;
    for (size_t i = 0; i < least; i++) {
        char x[2] = {a[i], '\0'}, y[2] = {b[i], '\0'};
        if (ascii_casecmp(x, y) != 0)
            return false;
    }
    return n == m || (n < m ? b[n] : a[m]) == '/';
}

static int check_file(const struct task *t, size_t i, int64_t *all, struct err *e)
{
    const struct task_file *f = &t->file[i];
    if (!path_is_safe(f->path, TASK_MAX_PATH))
        return err_set(e, ERR_DATA, t->item, _("a file of the task has a name that cannot be used"));
    for (size_t j = 0; j < i; j++)
        if (meet(t->file[j].path, f->path))
            return err_set(e, ERR_DATA, t->item, _("the files %s and %s of the task are in each other's way"),
                           t->file[j].path, f->path);
    if (f->size < 0 || f->size > TASK_MAX_FILE || *all > TASK_MAX_BYTES - f->size)
        return err_set(e, ERR_DATA, t->item,
                       _("file %s: the files of a task are too large: %d MiB each, %d MiB together"), f->path,
                       TASK_MAX_FILE >> 20, TASK_MAX_BYTES >> 20);
    *all += f->size;
    return 0;
}

static int check(const struct task *t, struct err *e)
{
    int64_t all = 0;
    int r = 0;
    if (!path_is_plain_name(t->item))
        return err_set(e, ERR_DATA, NULL, _("\"%s\" is not a plain item name"), t->item);
    if (t->n > TASK_MAX_FILES)
        return err_set(e, ERR_DATA, t->item, _("a task has at most %d files"), TASK_MAX_FILES);
    for (size_t i = 0; r == 0 && i < t->n; i++)
        r = check_file(t, i, &all, e);
    return r;
}

int task_write(const struct task *t, struct bytes *out, struct err *e)
{
    struct xml_out o;
    int r = check(t, e);
    if (r < 0)
        return r;
    xml_begin(&o, out);
    xml_open(&o, "task");
    xml_put(&o, "xmlns", TASK_NS);
    xml_put(&o, "item", t->item);
    for (size_t i = 0; i < t->n; i++) {
        xml_open(&o, "file");
        xml_put(&o, "path", t->file[i].path);
        xml_put_int(&o, "size", t->file[i].size);
        xml_put_hex(&o, "hash", t->file[i].hash, sizeof t->file[i].hash);
        xml_put(&o, "role", task_role_name(t->file[i].role));
        xml_close(&o);
    }
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_file(struct task *t, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    const char *path, *role;
    int64_t size;
    uint8_t hash[32];
    int r = xml_named(n, "file") ? xml_need(d, n, "path", &path, e) : xml_err(e, d, n, _("unknown element"));
    if (r < 0 || (r = xml_need_int(d, n, "size", 0, TASK_MAX_FILE, &size, e)) < 0 ||
        (r = xml_need_hex(d, n, "hash", hash, sizeof hash, e)) < 0 ||
        (r = xml_need(d, n, "role", &role, e)) < 0)
        return r;
    if (strcmp(role, "start") != 0 && strcmp(role, "material") != 0)
        return xml_err(e, d, n, _("a file of a task is \"start\" or \"material\""));
    task_add(t, path, size, hash, strcmp(role, "start") == 0 ? TASK_START : TASK_MATERIAL);
    return 0;
}

static int read_tree(struct task **ret, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    const char *item;
    if (!xml_named(root, "task") || strcmp(xml_ns(root), TASK_NS) != 0)
        return xml_err(e, d, root, _("not a task of this format"));
    int r = xml_need(d, root, "item", &item, e);
    if (r < 0)
        return r;
    *ret = task_new(item);
    for (const struct xml_node *c = xml_first_element(root); r == 0 && c; c = xml_next_element(c))
        r = read_file(*ret, d, c, e);
    return r;
}

int task_read(struct task **ret, const char *name, struct span data, struct err *e)
{
    static const struct xml_limits limits = {.bytes = 1 << 20, .elements = TASK_MAX_FILES + 2, .depth = 4};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct task *t = NULL;
    int r = xml_read(&d, name, data, &limits, e);
    if (r == 0)
        r = read_tree(&t, d, e);
    if (r == 0)
        r = task_write(t, &again, e) < 0 ? err_within(e, name) : 0;
    if (r == 0 && !span_equal(bytes_span(&again), data))
        r = err_set(e, ERR_DATA, name, _("not in canonical form"));
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        task_free(t);
        return r;
    }
    *ret = t;
    return 0;
}

const char *task_part_name(char ret[TASK_NAME], const char *item)
{
    snprintf(ret, TASK_NAME, "tasks/%s.xml", item);
    return ret;
}

const char *task_file_part_name(char ret[TASK_NAME], const struct task_file *file)
{
    char hex[65];
    snprintf(ret, TASK_NAME, "files/%s", hex_encode(hex, file->hash, sizeof file->hash));
    return ret;
}
