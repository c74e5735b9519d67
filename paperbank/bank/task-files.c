/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/task-files.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/importing.h"
#include "paperbank/item/task.h"

static const char sql_list[] =
    "SELECT f.path, f.hash, length(c.bytes) FROM item_file f JOIN file c USING (hash) "
    "WHERE f.item = ?1 AND f.version = ?2 ORDER BY f.path";
static const char sql_bytes[] = "SELECT bytes FROM file WHERE hash = ?1";
static const char sql_file[] = "INSERT INTO file (hash, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
static const char sql_item_file[] =
    "INSERT INTO item_file (item, version, path, hash) VALUES (?1, ?2, ?3, ?4)";

struct taken_file {
    const char *path;
    char hash[65];
    struct bytes bytes;
};
struct task_files {
    struct arena *arena;
    struct taken_file file[TASK_FILES_MAX];
    size_t n;
    size_t bytes;
};

int bank_item_files(struct bank *b, const char *id, int64_t version, struct arena *a, struct bank_file **ret,
                    size_t *ret_n, struct err *e)
{
    struct db_stmt *s = NULL;
    struct bank_file *list = arena_array(a, TASK_FILES_MAX, sizeof *list);
    size_t n = 0;
    int r = db_query(b->db, &s, e, sql_list, "ti", id, version);
    while (r >= 0 && n < TASK_FILES_MAX && (r = db_step(s, e)) == 1)
        list[n++] = (struct bank_file){.path = arena_strdup(a, db_text(s, 0)),
                                       .hash = arena_strdup(a, db_text(s, 1)),
                                       .size = db_int(s, 2)};
    db_done(s);
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return 0;
}

int bank_file_bytes(struct bank *b, const struct bank_file *f, struct arena *a, struct span *ret,
                    struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_bytes, "t", f->hash);
    if (r == 0 && (r = db_step(s, e)) == 1) {
        struct span found = db_blob(s, 0);
        *ret = span_of(arena_copy(a, found.p, found.n), found.n);
    } else if (r == 0)
        r = err_set(e, ERR_DATA, f->path, _("the bank has lost this file"));
    db_done(s);
    return r < 0 ? r : 0;
}

static int write_file(struct bank *b, const struct bank_file *f, const char *dir, struct err *e)
{
    struct db_stmt *s = NULL;
    char *path = path_join(dir, f->path), *folder = mem_strdup(path);
    *strrchr(folder, '/') = '\0';
    int r = path_is_safe(f->path, TASK_MAX_PATH)
                ? file_mkdirs(folder, false, e)
                : err_set(e, ERR_DATA, f->path, _("the bank holds an unsafe path"));
    if (r == 0)
        r = db_query(b->db, &s, e, sql_bytes, "t", f->hash);
    if (r == 0 && (r = db_step(s, e)) == 1)
        r = file_put(path, 0644, db_blob(s, 0), e);
    db_done(s);
    free(folder);
    free(path);
    return r < 0 ? r : 0;
}

int bank_write_files(struct bank *b, const char *id, int64_t version, const char *dir, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_file *list = NULL;
    size_t n = 0;
    int r = bank_item_files(b, id, version, a, &list, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = write_file(b, &list[i], dir, e);
    arena_free(a);
    return r;
}

/* ---- taking in ---- */

static bool is_task_path(const char *path)
{
    return strcmp(path, TASK_FILES_RULES) == 0 || strncmp(path, "start/", 6) == 0 ||
           strncmp(path, "material/", 9) == 0 || strncmp(path, "model/", 6) == 0;
}

static int check_room(const struct task_files *t, const char *name, const char *path, struct err *e)
{
    if (t->n == TASK_FILES_MAX)
        return err_set(e, ERR_DATA, name, _("has more than %d files beside it"), TASK_FILES_MAX);
    if (!path_is_safe(path, TASK_MAX_PATH))
        return err_set(e, ERR_DATA, name, _("the path \"%.120s\" cannot be used"), path);
    return 0;
}

static int take_file(struct task_files *t, const struct prepared_item *p, const char *name, const char *path,
                     struct err *e)
{
    uint8_t hash[32];
    int r = check_room(t, name, path, e);
    if (r < 0)
        return r;
    struct taken_file *f = &t->file[t->n];
    *f = (struct taken_file){.path = arena_strdup(t->arena, path)};
    size_t most = strcmp(path, TASK_FILES_RULES) == 0 ? TASK_FILES_MAX_RULES : TASK_MAX_FILE;
    r = package_source_read(p->source, name, most, &f->bytes, e);
    t->n++;
    t->bytes += f->bytes.n;
    if (r == 0 && t->bytes > 2 * (size_t)TASK_MAX_BYTES)
        r = err_set(e, ERR_DATA, name, _("the files of this item take more than %d MiB together"),
                    2 * TASK_MAX_BYTES >> 20);
    crypto_generichash(hash, sizeof hash, f->bytes.p, f->bytes.n, NULL, 0);
    hex_encode(f->hash, hash, sizeof hash);
    return r;
}

static bool asks_for_files(const struct item *item)
{
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        if (i->kind == INTERACTION_UPLOAD)
            return true;
    return false;
}

/* "tasks/notice/item.xml" gives "tasks/notice/". */
static const char *folder_of(const char *path, struct arena *a)
{
    const char *slash = strrchr(path, '/');
    return arena_strndup(a, path, slash ? (size_t)(slash + 1 - path) : 0);
}

static int take_all(struct task_files *t, const struct prepared_item *p, const char *folder, struct err *e)
{
    const char *const *name = NULL;
    size_t n = 0, prefix = strlen(folder);
    int r = package_source_list(p->source, &name, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (strncmp(name[i], folder, prefix) == 0 && is_task_path(name[i] + prefix))
            r = take_file(t, p, name[i], name[i] + prefix, e);
    return r;
}

static bool has_rules(const struct task_files *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->file[i].path, TASK_FILES_RULES) == 0)
            return true;
    return false;
}

int task_files_take(struct task_files **ret, const struct item *item, const struct prepared_item *p,
                    struct err *e)
{
    *ret = NULL;
    if (!p->source || !p->path || !asks_for_files(item))
        return 0;
    struct task_files *t = mem_alloc(sizeof *t);
    t->arena = arena_new();
    int r = take_all(t, p, folder_of(p->path, t->arena), e);
    if (r < 0 || !has_rules(t))
        task_files_free(t);
    else
        *ret = t;
    return r;
}

void task_files_free(struct task_files *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n; i++)
        bytes_release(&t->file[i].bytes);
    arena_free(t->arena);
    free(t);
}

int task_files_same(struct bank *b, const char *id, int64_t version, const struct task_files *t, bool *ret,
                    struct err *e)
{
    struct arena *a = arena_new();
    struct bank_file *list = NULL;
    size_t n = 0;
    int r = bank_item_files(b, id, version, a, &list, &n, e);
    *ret = r == 0 && n == (t ? t->n : 0);
    for (size_t i = 0; *ret && i < n; i++)
        *ret = strcmp(list[i].path, t->file[i].path) == 0 && strcmp(list[i].hash, t->file[i].hash) == 0;
    arena_free(a);
    return r;
}

int task_files_store(struct bank *b, const char *id, int64_t version, const struct task_files *t,
                     struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && t && i < t->n; i++) {
        const struct taken_file *f = &t->file[i];
        r = db_run(b->db, e, sql_file, "tb", f->hash, bytes_span(&f->bytes));
        if (r == 0)
            r = db_run(b->db, e, sql_item_file, "titt", id, version, f->path, f->hash);
    }
    return r;
}
