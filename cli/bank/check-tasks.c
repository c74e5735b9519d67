/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/check-tasks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/task-files.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/try.h"

struct checking {
    bank_finding_fn *tell;
    void *context;
    size_t *n;
    const char *item;
};

static void find(const struct checking *c, const char *code, const char *what, const char *todo)
{
    const struct bank_finding f = {c->item, code, what, todo};
    ++*c->n;
    c->tell(c->context, &f);
}

static void on_fault(void *context, unsigned line, const char *message)
{
    char what[600];
    snprintf(what, sizeof what, "rules.xml:%u: %s", line, message);
    find(context, "rules-fault", what,
         _("correct it and import the item again; \"kaochang-score rules\" tries it"));
}

static void on_trial(const struct checking *c, const struct err *why)
{
    char what[800];
    snprintf(what, sizeof what, "%s: %s", *why->where ? why->where : "rules.xml", why->what);
    find(c, "rules-points", what, _("\"kaochang-score rules\" tells which check it is"));
}

static bool is_below(const char *path, const char *folder)
{
    return strncmp(path, folder, strlen(folder)) == 0;
}

struct task_folder {
    struct arena *arena;
    struct practical_file *file;
    struct practical_folder all;
    struct span rules;
    bool has_model;
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct practical_file *)a)->path, ((const struct practical_file *)b)->path);
}

/* The bank keeps files; the folders that they lie in are there, too. */
static void add_folders(struct task_folder *t, const char *path)
{
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *folder = arena_strndup(t->arena, path, (size_t)(slash - path));
        bool listed = false;
        for (size_t i = 0; !listed && i < t->all.n; i++)
            listed = strcmp(t->file[i].path, folder) == 0;
        if (!listed)
            t->file[t->all.n++] = (struct practical_file){.path = folder, .folder = true};
    }
}

static size_t room_for(const struct bank_file *list, size_t n)
{
    size_t room = n + 1;
    for (size_t i = 0; i < n; i++)
        for (const char *p = list[i].path; *p; p++)
            room += *p == '/';
    return room;
}

static int read_folder(struct task_folder *t, struct bank *b, const struct bank_file *list, size_t n,
                       struct err *e)
{
    int r = 0;
    t->file = arena_array(t->arena, room_for(list, n), sizeof *t->file);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct practical_file f = {.path = list[i].path};
        r = bank_file_bytes(b, &list[i], t->arena, &f.bytes, e);
        collect_describe(&f);
        t->has_model |= is_below(f.path, "model/");
        if (strcmp(f.path, TASK_FILES_RULES) == 0)
            t->rules = f.bytes;
        add_folders(t, f.path);
        t->file[t->all.n++] = f;
    }
    qsort(t->file, t->all.n, sizeof *t->file, by_path);
    t->all.file = t->file;
    return r;
}

/* ERR_ENV and the like only; what is wrong with the task is told. */
static int check_task(struct checking *c, struct bank *b, const struct bank_file *list, size_t n,
                      struct arena *a, struct err *e)
{
    struct task_folder t = {.arena = a};
    struct rules *rules = NULL;
    struct err why;
    int r = read_folder(&t, b, list, n, e);
    if (r < 0)
        return r;
    if (rules_read(&rules, TASK_FILES_RULES, t.rules, on_fault, c, &why) == 0 &&
        rules_try(rules, &t.all, a, &why) < 0)
        on_trial(c, &why);
    if (!t.has_model)
        find(c, "no-model", _("it has no model solution, so its rules are tried on nothing"),
             _("put one into model/ beside rules.xml"));
    rules_free(rules);
    return 0;
}

int bank_check_tasks(struct bank *b, bank_finding_fn *tell, void *context, size_t *n, struct err *e)
{
    struct arena *all = arena_new();
    struct bank_item *item = NULL;
    size_t n_items = 0;
    int r = bank_items(b, NULL, all, &item, &n_items, e);
    for (size_t i = 0; r == 0 && i < n_items; i++) {
        struct arena *a = arena_new();
        struct checking c = {tell, context, n, item[i].id};
        struct bank_file *list = NULL;
        size_t n_files = 0;
        bool asked = item[i].practical && strcmp(item[i].state, "retired") != 0;
        if (asked && (r = bank_item_files(b, item[i].id, item[i].version, a, &list, &n_files, e)) == 0)
            r = check_task(&c, b, list, n_files, a, e);
        arena_free(a);
    }
    arena_free(all);
    return r;
}
