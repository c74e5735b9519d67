/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/exam.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/exam/certificate.h"
#include "engine/proof/problem-text.h"
#include "engine/exam/report.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/task-files.h"
#include "paperbank/bank/use.h"

struct placed {
    size_t rank;
    const struct assembly_item *item;
};

static int by_rank(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* What a shuffled section keeps together: the items of a stimulus. */
static const char *set_of(const struct paper *p, const struct assembly *a, const struct assembly_item *item)
{
    const uint32_t *stimulus = a->problem->stimulus;
    size_t i = (size_t)(item - a->pool);
    if (!a->blueprint->section[item->section].shuffle || !stimulus || stimulus[i] == NO_STIMULUS)
        return NULL;
    return arena_printf(p->arena, "stimulus-%u", stimulus[i] + 1);
}

static void fill_section(struct paper *p, struct paper_section *ret, const struct assembly *a,
                         const struct selection *s, size_t form, size_t section)
{
    const struct blueprint_section *from = &a->blueprint->section[section];
    struct placed *placed = arena_array(p->arena, s->n[form] + 1, sizeof *placed);
    size_t n = 0;
    for (size_t i = 0; i < s->n[form]; i++) {
        const struct assembly_item *item = &a->pool[s->form[form][i]];
        if (item->section == section)
            placed[n++] = (struct placed){item->rank, item};
    }
    qsort(placed, n, sizeof *placed, by_rank);
    *ret = (struct paper_section){.id = arena_strdup(p->arena, from->id),
                                  .title = arena_strdup(p->arena, from->title),
                                  .time_s = from->time_s,
                                  .navigation = from->linear ? PAPER_LINEAR : PAPER_FREE,
                                  .once = from->once,
                                  .shuffle = from->shuffle,
                                  .item = arena_array(p->arena, n + 1, sizeof *ret->item),
                                  .n_items = n};
    for (size_t i = 0; i < n; i++)
        ret->item[i] = (struct paper_item){.id = arena_strdup(p->arena, placed[i].item->item.id),
                                           .version = placed[i].item->item.version,
                                           .points = placed[i].item->points,
                                           .set = set_of(p, a, placed[i].item)};
}

struct paper *exam_paper_of(const struct assembly *a, const struct selection *s, const char *id)
{
    const struct blueprint *b = a->blueprint;
    struct paper *p = paper_new();
    char name[16];
    p->id = arena_strdup(p->arena, id);
    p->title = arena_strdup(p->arena, b->title);
    p->duration_s = b->duration_s;
    p->earliest_hand_in_s = b->earliest_hand_in_s;
    p->points = b->points;
    p->pass = b->pass;
    p->high = b->high;
    p->calculator = b->calculator;
    p->notes = b->notes;
    p->tutorial = b->tutorial;
    p->notice = arena_array(p->arena, b->n_notices + 1, sizeof *p->notice);
    for (size_t i = 0; i < b->n_notices; i++)
        p->notice[p->n_notices++] = arena_strdup(p->arena, b->notice[i]);
    p->form = arena_array(p->arena, s->n_forms + 1, sizeof *p->form);
    p->n_forms = s->n_forms;
    for (size_t f = 0; f < s->n_forms; f++) {
        struct paper_form *form = &p->form[f];
        form->id = arena_strdup(p->arena, form_name(f, name, sizeof name));
        form->section = arena_array(p->arena, b->n_sections + 1, sizeof *form->section);
        form->n_sections = b->n_sections;
        for (size_t k = 0; k < b->n_sections; k++)
            fill_section(p, &form->section[k], a, s, f, k);
    }
    return p;
}

static int put(const char *dir, const char *name, struct span data, struct err *e)
{
    char *path = path_join(dir, name);
    int r = file_put(path, 0644, data, e);
    free(path);
    return r;
}

static int put_item(const char *dir, const struct paper_item *item, struct bank *bank, struct err *e)
{
    struct arena *arena = arena_new();
    struct span xml = {0};
    char *name = mem_printf("items/%s.xml", item->id), *path = path_join(dir, name);
    char *task = mem_printf("%s/tasks/%s", dir, item->id);
    int r = 0;
    if (!file_exists(path)) { /* not yet of another form */
        r = bank_item_xml(bank, item->id, item->version, arena, &xml, e);
        if (r == 0)
            r = put(dir, name, xml, e);
        if (r == 0)
            r = bank_write_pictures(bank, item->id, item->version, dir, false, e);
        if (r == 0)
            r = bank_write_files(bank, item->id, item->version, task, e);
    }
    free(task);
    free(path);
    free(name);
    arena_free(arena);
    return r;
}

static int put_items(const char *dir, const struct paper *p, struct bank *bank, struct err *e)
{
    int r = 0;
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t i = 0; r == 0 && i < paper_form_items(&p->form[f]); i++)
            r = put_item(dir, paper_form_item(&p->form[f], i, NULL), bank, e);
    return r;
}

/* What exam_put was given. */
struct filling {
    const char *name;
    int64_t at_ms;
    const struct paper *paper;
    struct bank *bank;
    const struct exam_file *file;
    size_t n;
    const struct problem *words;
};

static struct span given(const struct filling *x, const char *name)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->file[i].name, name) == 0)
            return x->file[i].bytes;
    return (struct span){0};
}

static int put_facts(const char *dir, const struct filling *x, struct err *e)
{
    struct exam_facts *facts = NULL;
    struct bytes csv = {0}, page = {0};
    int r = exam_facts_gather(&facts, x->paper, x->bank, e);
    if (r < 0)
        return r;
    const struct exam_report_source source = {.paper = x->paper,
                                              .facts = facts,
                                              .certificate = given(x, "certificate.json"),
                                              .blueprint = given(x, "blueprint.xml"),
                                              .words = x->words};
    exam_facts_write(facts, &csv);
    r = put(dir, EXAM_FACTS, bytes_span(&csv), e);
    if (r == 0)
        r = exam_report(&source, &page, e);
    if (r == 0)
        r = put(dir, EXAM_REPORT, bytes_span(&page), e);
    exam_facts_free(facts);
    bytes_release(&page);
    bytes_release(&csv);
    return r;
}

static int fill(const char *dir, const struct filling *x, struct err *e)
{
    struct bytes text = {0};
    char *items = path_join(dir, "items");
    int status = paper_write(x->paper, &text, e);
    if (status == 0)
        status = file_mkdirs(items, false, e);
    if (status == 0)
        status = put_items(dir, x->paper, x->bank, e);
    for (size_t i = 0; status == 0 && i < x->n; i++)
        status = put(dir, x->file[i].name, x->file[i].bytes, e);
    if (status == 0)
        status = put_facts(dir, x, e);
    if (status == 0)
        status = put(dir, "paper.xml", bytes_span(&text), e);
    if (status == 0)
        status = file_sync_dir(items, e);
    free(items);
    bytes_release(&text);
    return status;
}

static void remove_files(const char *dir)
{
    struct file_names names = {0};
    if (file_list(dir, &names, NULL) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        char *path = path_join(dir, names.name[i]);
        unlink(path);
        free(path);
    }
    file_names_free(&names);
}

/* Our own temporary folder, two levels deep. */
static void remove_exam(const char *dir)
{
    static const char *const folder[] = {"items", PICTURE_FOLDER, "."};
    for (size_t i = 0; i < sizeof folder / sizeof *folder; i++) {
        char *path = path_join(dir, folder[i]);
        remove_files(path);
        rmdir(path);
        free(path);
    }
    rmdir(dir);
}

static char *parent_of(const char *dir)
{
    char *parent = mem_strdup(dir);
    char *slash = strrchr(parent, '/');
    if (!slash) {
        free(parent);
        return mem_strdup(".");
    }
    slash[slash == parent] = '\0';
    return parent;
}

/* Before the exam has its name: one that is there has its versions frozen. */
static int note_use(const struct paper *p, const char *exam, struct bank *bank, int64_t at_ms, struct err *e)
{
    size_t n = 0, all = 0;
    for (size_t f = 0; f < p->n_forms; f++)
        all += paper_form_items(&p->form[f]);
    struct bank_used *used = mem_alloc((all + 1) * sizeof *used);
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t i = 0; i < paper_form_items(&p->form[f]); i++) {
            const struct paper_item *item = paper_form_item(&p->form[f], i, NULL);
            used[n++] = (struct bank_used){item->id, item->version};
        }
    int r = bank_use_exam(bank, exam, used, n, at_ms, e);
    free(used);
    return r;
}

static int settle(const char *from, const char *to, const char *parent, struct err *e)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) < 0)
        return err_sys(e, to, _("cannot put the exam in its place"));
    return file_sync_dir(parent, e);
}

int exam_name_free(const char *dir, struct err *e)
{
    if (!path_is_plain_name(path_base(dir)))
        return err_set(e, ERR_USAGE, dir,
                       _("the name of an exam has only letters, digits, hyphen, underline and dot"));
    if (!file_exists(dir))
        return 0;
    err_set(e, ERR_USAGE, dir, _("there is something of this name already"));
    return err_hint(e, _("an exam is never overwritten: choose another name"));
}

/* Who wishes to stop it waits for the little that is left; returns what was let through before. */
static sigset_t hold_signals(void)
{
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    return before;
}

int exam_folder_put(const char *dir, exam_fill_fn *fill_it, void *context, struct err *e)
{
    int status = exam_name_free(dir, e);
    if (status < 0)
        return status;
    char *parent = parent_of(dir);
    char *temporary = mem_printf("%s/.%s.XXXXXX", parent, path_base(dir));
    sigset_t before = hold_signals();
    status = file_mkdirs(parent, false, e);
    if (status == 0 && !mkdtemp(temporary)) {
        status = err_sys(e, parent, _("cannot make a folder"));
    } else if (status == 0) {
        status = fill_it(context, temporary, e);
        if (status == 0)
            status = settle(temporary, dir, parent, e);
        if (status < 0)
            remove_exam(temporary);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(temporary);
    free(parent);
    return status;
}

static int fill_and_note(void *filling, const char *dir, struct err *e)
{
    const struct filling *x = filling;
    int r = fill(dir, x, e);
    return r < 0 ? r : note_use(x->paper, x->name, x->bank, x->at_ms, e);
}

int exam_put(const char *dir, const struct paper *p, struct bank *bank, int64_t at_ms,
             const struct exam_file *file, size_t n, const struct problem *words, struct err *e)
{
    struct filling all = {.name = path_base(dir),
                          .at_ms = at_ms,
                          .paper = p,
                          .bank = bank,
                          .file = file,
                          .n = n,
                          .words = words};
    return exam_folder_put(dir, fill_and_note, &all, e);
}

int exam_write(const char *dir, const struct assembly *a, const struct solve_result *r, struct bank *bank,
               int64_t at_ms, struct span blueprint, struct span certificate, struct err *e)
{
    struct bytes problem = {0}, proof = {0};
    struct paper *p = exam_paper_of(a, &r->selection, path_base(dir));
    problem_text(a->problem, &problem);
    proof_text(r->stage, r->n_stages, &proof);
    const struct exam_file file[] = {{"blueprint.xml", blueprint},
                                     {"problem.txt", bytes_span(&problem)},
                                     {"proof.txt", bytes_span(&proof)},
                                     {"certificate.json", certificate}};
    int status = exam_put(dir, p, bank, at_ms, file, sizeof file / sizeof *file, a->problem, e);
    bytes_release(&problem);
    bytes_release(&proof);
    paper_free(p);
    return status;
}
