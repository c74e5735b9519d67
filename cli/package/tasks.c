/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/tasks.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/secrecy.h"
#include "paperbank/item/task.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/try.h"

struct part_task {
    const char *id;
    struct bytes document, rules;
};

struct part_file {
    char name[TASK_NAME];
    struct bytes bytes;
};

bool part_tasks_has(const struct part_tasks *p, const char *id)
{
    char *path = mem_printf("%s/tasks/%s", p->exam, id);
    bool there = file_exists(path);
    free(path);
    return there;
}

/* ---- adding ---- */

static int add_content(struct part_tasks *p, const struct task_file *f, struct span bytes, struct err *e)
{
    struct part_file file = {0};
    task_file_part_name(file.name, f);
    for (size_t i = 0; i < p->n_files; i++)
        if (strcmp(p->file[i].name, file.name) == 0)
            return 0;
    p->bytes += bytes.n;
    if (p->bytes > TASKS_MAX_BYTES)
        return err_set(e, ERR_DATA, p->exam,
                       _("the files of the practical items take more than %d MiB together"),
                       TASKS_MAX_BYTES >> 20);
    bytes_add(&file.bytes, bytes.p, bytes.n);
    p->file = mem_grow(p->file, p->n_files + 1, sizeof *p->file);
    p->file[p->n_files++] = file;
    return 0;
}

static int add_given(struct part_tasks *p, struct task *t, const struct practical_folder *all,
                     const char *folder, enum task_role role, struct err *e)
{
    struct practical_file *file = arena_array(p->arena, all->n + 1, sizeof *file);
    size_t n = rules_try_below(all, folder, file);
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        if (file[i].folder)
            continue;
        if (file[i].skipped)
            return err_set(e, ERR_DATA, file[i].path, _("cannot be put into a package: %s"), file[i].skipped);
        task_add(t, file[i].path, (int64_t)file[i].size, file[i].hash, role);
        const struct task_file *added = task_find(t, file[i].path);
        r = added ? add_content(p, added, file[i].bytes, e) : 0; /* too many is told by task_write */
    }
    return r;
}

static int make_document(struct part_tasks *p, struct part_task *x, const struct practical_folder *all,
                         struct err *e)
{
    struct task *t = task_new(x->id);
    int r = add_given(p, t, all, "start/", TASK_START, e);
    if (r == 0)
        r = add_given(p, t, all, "material/", TASK_MATERIAL, e);
    if (r == 0)
        r = task_write(t, &x->document, e);
    task_free(t);
    return r;
}

static int take_rules(struct part_tasks *p, struct part_task *x, const char *folder,
                      const struct practical_folder *all, struct err *e)
{
    struct rules *rules = NULL;
    char *path = path_join(folder, "rules.xml");
    int r = file_read(path, RULES_MAX_BYTES, &x->rules, e);
    if (r == 0)
        r = rules_read(&rules, path, bytes_span(&x->rules), NULL, NULL, e);
    if (r == 0)
        r = rules_try(rules, all, p->arena, e);
    rules_free(rules);
    free(path);
    return r;
}

int part_tasks_add(struct part_tasks *p, const char *id, struct err *e)
{
    struct collected *c = NULL;
    char *folder = mem_printf("%s/tasks/%s", p->exam, id);
    p->task = mem_grow(p->task, p->n + 1, sizeof *p->task);
    struct part_task *x = &p->task[p->n++];
    *x = (struct part_task){.id = id};
    int r = collect_folder(&c, folder, NULL, e);
    if (r == 0)
        r = make_document(p, x, collect_files(c), e);
    if (r == 0)
        r = take_rules(p, x, folder, collect_files(c), e);
    if (r == 0 && (r = secrecy_files(collect_files(c), e)) < 0)
        err_within(e, folder);
    collect_free(c);
    free(folder);
    return r;
}

/* ---- writing ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct part_file *)a)->name, ((const struct part_file *)b)->name);
}

int part_tasks_write(const struct part_tasks *p, bool with_rules, struct zip_writer *w, struct err *e)
{
    char name[TASK_NAME];
    int r = 0;
    for (size_t i = 0; r == 0 && i < p->n; i++)
        r = zip_add(w, task_part_name(name, p->task[i].id), bytes_span(&p->task[i].document), e);
    for (size_t i = 0; r == 0 && with_rules && i < p->n; i++)
        r = zip_add(w, arena_printf(p->arena, "rules/%s.xml", p->task[i].id), bytes_span(&p->task[i].rules),
                    e);
    if (p->n_files)
        qsort(p->file, p->n_files, sizeof *p->file, by_name);
    for (size_t i = 0; r == 0 && i < p->n_files; i++)
        r = zip_add(w, p->file[i].name, bytes_span(&p->file[i].bytes), e);
    return r;
}

void part_tasks_release(struct part_tasks *p)
{
    for (size_t i = 0; i < p->n; i++) {
        bytes_release(&p->task[i].document);
        bytes_release(&p->task[i].rules);
    }
    for (size_t i = 0; i < p->n_files; i++)
        bytes_release(&p->file[i].bytes);
    free(p->task);
    free(p->file);
}
