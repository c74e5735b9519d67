/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/journal-files.h"
#include "scoring/practical/files/collect.h"
#include "sync/pack.h"

static int find_item(void *context, const char *id, struct span *ret, struct err *e)
{
    char name[300];
    snprintf(name, sizeof name, "items/%s.xml", id);
    *ret = zip_get(context, name);
    return ret->p ? 0
                  : err_set(e, ERR_DATA, "key.age", _("item %.100s is missing from the scoring part"), id);
}

static int find_part(void *context, const char *name, struct span *ret, struct err *e)
{
    (void)e;
    *ret = zip_get(context, name);
    return 0;
}

int key_part_open(struct key_part *ret, struct bytes *plain, struct err *e)
{
    struct key_part part = {.plain = *plain};
    *plain = (struct bytes){0};
    int r = zip_open_span(&part.zip, bytes_span(&part.plain), e);
    if (r < 0)
        err_within(e, "key.age");
    struct span paper = r == 0 ? zip_get(part.zip, "paper.xml") : (struct span){0};
    if (r == 0 && !paper.p)
        r = err_set(e, ERR_DATA, "key.age", _("the scoring part has no paper.xml"));
    if (r == 0)
        r = score_key_open(&part.key, paper, find_item, part.zip, e);
    if (r == 0)
        r = score_key_tasks(part.key, find_part, part.zip, e);
    if (r < 0)
        key_part_release(&part);
    else
        *ret = part;
    return r;
}

void key_part_release(struct key_part *p)
{
    score_key_free(p->key);
    zip_close(p->zip);
    bytes_release(&p->plain);
    *p = (struct key_part){0};
}

/* ---- the files of practical items ---- */

struct work_files {
    struct arena *arena;
    struct score_files *files;
    struct bytes *content;
    size_t n, n_contents;
};

static void describe(struct practical_file *f, int64_t attributes)
{
    collect_describe(f);
    f->folder = attributes & JOURNAL_FOLDER;
    f->read_only = attributes & JOURNAL_READ_ONLY;
}

static int read_folder(struct work_files *f, const struct journal_files *from, struct journal *j,
                       const char *item, const struct journal_snapshot *s, struct err *e)
{
    struct practical_file *file = arena_array(f->arena, s->n + 1, sizeof *file);
    int r = 0;
    f->content = mem_grow(f->content, f->n_contents + s->n + 1, sizeof *f->content);
    for (size_t i = 0; r == 0 && i < s->n; i++) {
        struct bytes *content = &f->content[f->n_contents++];
        *content = (struct bytes){0};
        r = journal_files_get(from, j, &s->file[i], content, e);
        file[i] = (struct practical_file){.path = arena_strdup(f->arena, s->file[i].path),
                                          .bytes = bytes_span(content)};
        describe(&file[i], s->file[i].attributes);
    }
    f->files[f->n++] = (struct score_files){arena_strdup(f->arena, item), {.file = file, .n = s->n}};
    return r;
}

static int read_files(struct work_files *f, const struct paper_form *form, struct journal *j, struct err *e)
{
    struct journal_files *from = NULL;
    int r = journal_files_load(&from, j, e);
    size_t n = r == 0 ? paper_form_items(form) : 0;
    f->files = arena_array(f->arena, n + 1, sizeof *f->files);
    for (size_t i = 0; r == 0 && i < n; i++) {
        const char *item = paper_form_item(form, i, NULL)->id;
        const struct journal_snapshot *s = journal_files_of(from, item);
        if (s)
            r = read_folder(f, from, j, item, s, e);
    }
    journal_files_free(from);
    return r;
}

static void release_files(struct work_files *f)
{
    for (size_t i = 0; i < f->n_contents; i++)
        bytes_release(&f->content[i]);
    free(f->content);
}

int score_journal_work(const struct score_key *k, struct journal *j, const struct journal_work *w,
                       struct bytes *ret, struct err *e)
{
    struct arena *a = arena_new();
    struct work_files f = {.arena = a};
    struct score_answer *answer = arena_array(a, w->n_items, sizeof *answer);
    const struct paper_form *form = paper_form(score_key_paper(k), w->form);
    int r = form && score_key_practical(k) ? read_files(&f, form, j, e) : 0;
    struct score_work work = {.session = w->session,
                              .ticket = w->ticket,
                              .form = w->form,
                              .epoch = w->epoch,
                              .seq = w->seq,
                              .answer = answer,
                              .n_answers = w->n_items,
                              .files = f.files,
                              .n_files = f.n};
    memcpy(work.package, w->package, sizeof work.package);
    memcpy(work.hash, w->hash, sizeof work.hash);
    for (size_t i = 0; i < w->n_items; i++)
        answer[i] = (struct score_answer){w->item[i].id, w->item[i].response};
    if (r == 0)
        r = score_sitting_bytes(k, &work, ret, e);
    release_files(&f);
    arena_free(a);
    return r;
}

/* Files come sorted by item and path. */
static void take_folders(struct work_files *f, const struct packed_file *file, size_t n)
{
    struct practical_file *all = arena_array(f->arena, n + 1, sizeof *all);
    f->files = arena_array(f->arena, n + 1, sizeof *f->files);
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct practical_file){.path = file[i].path, .bytes = file[i].content};
        describe(&all[i], file[i].attributes);
        if (i == 0 || strcmp(file[i].item, file[i - 1].item) != 0)
            f->files[f->n++] = (struct score_files){file[i].item, {.file = &all[i]}};
        f->files[f->n - 1].folder.n++;
    }
}

int score_store_work(const struct score_key *k, const struct store_work *w, struct bytes *ret, struct err *e)
{
    struct arena *a = arena_new();
    struct packed_answer *packed = NULL;
    struct packed_file *file = NULL;
    struct work_files f = {.arena = a};
    size_t n = 0, n_files = 0;
    int r = answers_unpack(w->answers, a, &packed, &n, e);
    if (r == 0)
        r = files_unpack(w->files, a, &file, &n_files, e);
    take_folders(&f, file, n_files);
    struct score_answer *answer = arena_array(a, n, sizeof *answer);
    struct score_work work = {.session = w->session,
                              .ticket = w->ticket,
                              .form = w->form,
                              .epoch = w->epoch,
                              .seq = w->seq,
                              .answer = answer,
                              .n_answers = n,
                              .files = f.files,
                              .n_files = f.n};
    memcpy(work.package, w->package, sizeof work.package);
    memcpy(work.hash, w->hash, sizeof work.hash);
    for (size_t i = 0; r == 0 && i < n; i++)
        answer[i] = (struct score_answer){packed[i].item, packed[i].response};
    if (r == 0)
        r = score_sitting_bytes(k, &work, ret, e);
    arena_free(a);
    return r;
}
