/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/task.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/token.h"
#include "paperbank/item/task.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/score.h"

struct score_task {
    struct task *task;
    struct rules *rules;
    struct practical_file *file;
    struct practical_folder given;
    struct practical_start *start;
};

static int open_file(const struct task_file *f, score_part_fn *part, void *context,
                     struct practical_file *ret, struct err *e)
{
    char name[TASK_NAME];
    uint8_t hash[sizeof f->hash];
    int r = part(context, task_file_part_name(name, f), &ret->bytes, e);
    if (r < 0)
        return r;
    crypto_generichash(hash, sizeof hash, ret->bytes.p, ret->bytes.n, NULL, 0);
    if ((int64_t)ret->bytes.n != f->size || memcmp(hash, f->hash, sizeof hash) != 0)
        return err_set(e, ERR_DATA, name, _("a file of the practical items is missing or damaged"));
    ret->path = f->path;
    collect_describe(ret);
    return 0;
}

static bool is_listed(const struct score_task *t, const char *path)
{
    for (size_t i = 0; i < t->given.n; i++)
        if (strcmp(t->file[i].path, path) == 0)
            return true;
    return false;
}

static void add_given(struct score_task *t, const struct practical_file *f)
{
    t->file = mem_grow(t->file, t->given.n + 1, sizeof *t->file);
    t->file[t->given.n++] = *f;
    t->given.file = t->file;
}

/* A folder is given with the files that lie in it. */
static void add_folders(struct score_task *t, const char *path)
{
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *folder = arena_strndup(t->task->arena, path, (size_t)(slash - path));
        if (!is_listed(t, folder))
            add_given(t, &(struct practical_file){.path = folder, .folder = true});
    }
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct practical_file *)a)->path, ((const struct practical_file *)b)->path);
}

static int open_given(struct score_task *t, score_part_fn *part, void *context, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < t->task->n; i++) {
        struct practical_file f = {0};
        r = open_file(&t->task->file[i], part, context, &f, e);
        add_folders(t, t->task->file[i].path);
        if (r == 0)
            add_given(t, &f);
    }
    if (t->given.n)
        qsort(t->file, t->given.n, sizeof *t->file, by_path);
    return r;
}

static int open_rules(struct score_task *t, score_part_fn *part, void *context, struct err *e)
{
    struct span data = {0};
    char *name = mem_printf("rules/%s.xml", t->task->item);
    int r = part(context, name, &data, e);
    if (r == 0 && !data.p)
        r = err_set(e, ERR_DATA, name, _("the rules of a practical item are missing"));
    if (r == 0)
        r = rules_read(&t->rules, name, data, NULL, NULL, e);
    free(name);
    return r;
}

int score_task_open(struct score_task **ret, const char *item, score_part_fn *part, void *context,
                    struct err *e)
{
    struct span document = {0};
    char name[TASK_NAME];
    *ret = NULL;
    int r = part(context, task_part_name(name, item), &document, e);
    if (r < 0 || !document.p)
        return r;
    struct score_task *t = mem_alloc(sizeof *t);
    r = task_read(&t->task, name, document, e);
    if (r == 0)
        r = open_given(t, part, context, e);
    if (r == 0)
        r = open_rules(t, part, context, e);
    if (r == 0)
        r = practical_start_read(&t->start, t->rules, &t->given, e);
    if (r < 0)
        score_task_free(t);
    else
        *ret = t;
    return r;
}

void score_task_free(struct score_task *t)
{
    if (!t)
        return;
    practical_start_free(t->start);
    rules_free(t->rules);
    task_free(t->task);
    free(t->file);
    free(t);
}

/* At most SCORE_MAX_EVIDENCE bytes, without control characters. */
static const char *evidence(struct arena *a, const char *text)
{
    size_t n = strlen(text);
    if (n > SCORE_MAX_EVIDENCE)
        for (n = SCORE_MAX_EVIDENCE; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;)
            n--;
    char *copy = arena_strndup(a, text, n);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return copy;
}

static struct score_check record_check(const struct rules_check *c, const struct practical_check_result *x,
                                       struct arena *a)
{
    return (struct score_check){.id = arena_strdup(a, c->id),
                                .kind = arena_strdup(a, c->kind->name),
                                .points = x->points,
                                .maximum = x->maximum,
                                .status = practical_status_name(x->status),
                                .cut = x->cut ? arena_strdup(a, x->cut) : "",
                                .expected = evidence(a, x->expected),
                                .found = evidence(a, x->found),
                                .place = evidence(a, x->place)};
}

static void record_result(const struct score_task *t, const struct practical_result *x, struct arena *a,
                          struct score_item *ret)
{
    size_t passed = 0;
    char have[32], want[32];
    ret->check = arena_array(a, x->n_checks, sizeof *ret->check);
    ret->n_checks = x->n_checks;
    for (size_t i = 0; i < x->n_checks; i++) {
        ret->check[i] = record_check(&t->rules->check[i], &x->check[i], a);
        passed += x->check[i].status == PRACTICAL_PASS;
    }
    points_text(x->points, have, sizeof have);
    points_text(x->maximum, want, sizeof want);
    ret->evidence = arena_printf(a, "%zu of %zu checks passed, %s of %s points of the rules", passed,
                                 x->n_checks, have, want);
    for (size_t i = 0; i < x->n_files; i++)
        if (x->file[i].message)
            ret->evidence = arena_printf(a, "%s; %s: %s", ret->evidence, x->file[i].path, x->file[i].message);
}

const char *score_task_check_title(const struct score_task *t, const char *check)
{
    for (size_t i = 0; i < t->rules->n_checks; i++)
        if (strcmp(t->rules->check[i].id, check) == 0)
            return rules_check_title(&t->rules->check[i]);
    return NULL;
}

/* What became of the tokens of the start files, which is a flag for people: the worst of them, and where. A
 * file of the task that is gone or cannot be read says nothing. */
static void flag_token(const struct score_task *t, const struct practical_folder *work, const char *token,
                       struct arena *a, struct score_item *ret)
{
    const char *kept = NULL, *lost = NULL, *other = NULL;
    for (size_t i = 0; i < work->n; i++) {
        const struct practical_file *f = &work->file[i];
        const char *found = NULL;
        struct err unwanted;
        if (f->folder || f->skipped || f->temporary || !token_fits(f->path) ||
            token_read(f->path, f->bytes, a, &found, &unwanted) < 0)
            continue;
        if (found && strcmp(found, token) == 0)
            kept = f->path;
        else if (found)
            other = other ? other : f->path;
        else if (!lost && task_find(t->task, f->path))
            lost = f->path;
    }
    ret->token = other ? "other" : lost ? "lost" : kept ? "kept" : "";
    if (other)
        ret->evidence = arena_printf(a, "%s; another candidate's token: %s", ret->evidence, other);
    else if (lost)
        ret->evidence = arena_printf(a, "%s; token lost: %s", ret->evidence, lost);
}

int score_task_work(const struct score_task *t, const struct practical_folder *work, const char *token,
                    struct arena *a, struct score_item *ret, struct err *e)
{
    static const struct practical_folder nothing = {0};
    struct practical_result x = {0};
    int r = practical_score(&x, t->start, work ? work : &nothing, e);
    if (r == 0)
        r = points_part(ret->maximum, x.points.milli > 0 ? x.points.milli : 0, x.maximum.milli, &ret->points,
                        e);
    ret->rule = "practical";
    ret->status = SCORE_AUTO;
    if (r == 0)
        record_result(t, &x, a, ret);
    ret->token = "";
    if (r == 0 && work)
        flag_token(t, work, token, a, ret);
    ret->evidence = r == 0 ? evidence(a, ret->evidence) : NULL;
    practical_result_release(&x);
    return r;
}
