/* SPDX-License-Identifier: Apache-2.0 */
#include "client/workspace/workspace-internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

struct practical *workspace_practical(const struct workspace *w, size_t item)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->item[i].item == item)
            return &w->item[i];
    return NULL;
}

static void practical_release(struct practical *p)
{
    gather_drop(p);
    task_free(p->task);
    free(p->folder);
    free(p->given);
    found_release(&p->list);
}

void workspace_close(struct workspace *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->n; i++)
        practical_release(&w->item[i]);
    watch_free(w->watch);
    free(w->item);
    free(w->root);
    free(w->home);
    free(w->shown);
    free(w);
}

/* ---- opening ---- */

static int read_tasks(struct workspace *w, struct err *e)
{
    const struct session *x = sitting_session(w->sitting);
    char name[TASK_NAME];
    for (size_t i = 0; i < x->n; i++) {
        struct span document;
        struct task *task = NULL;
        if (sitting_part(w->sitting, task_part_name(name, x->item[i].ref->id), &document, NULL) < 0)
            continue;
        int r = task_read(&task, name, document, e);
        if (r == 0 && strcmp(task->item, x->item[i].ref->id) != 0)
            r = err_set(e, ERR_DATA, name, _("the task is of another item"));
        if (r < 0) {
            task_free(task);
            return r;
        }
        w->item = mem_grow(w->item, w->n + 1, sizeof *w->item);
        w->item[w->n++] = (struct practical){.item = i, .task = task, .reading = {.fd = -1}};
    }
    return 0;
}

static char *absolute(const char *path)
{
    char here[PATH_MAX];
    return *path == '/' || !getcwd(here, sizeof here) ? mem_strdup(path) : path_join(here, path);
}

/* Folders that the candidate has seen already. */
static int find_again(struct workspace *w, struct err *e)
{
    const struct session *x = sitting_session(w->sitting);
    int r = 0;
    for (size_t i = 0; r == 0 && i < w->n; i++)
        if (x->item[w->item[i].item].state != ATTEMPT_NOT_SEEN)
            r = place_item(w, &w->item[i], e);
    return r;
}

int workspace_open(struct workspace **ret, struct sitting *s, const struct workspace_options *o,
                   struct err *e)
{
    struct workspace *w = mem_alloc(sizeof *w);
    *ret = NULL;
    w->sitting = s;
    w->root = absolute(o->root);
    w->home = path_join(w->root, sitting_epoch(s)->ticket);
    w->watch = o->poll ? NULL : watch_new();
    int r = read_tasks(w, e);
    if (r == 0 && w->n > 0 && !sitting_state_ended(sitting_session(s)->state) && (r = place_home(w, e)) == 0)
        r = find_again(w, e);
    if (r < 0 || w->n == 0) {
        workspace_close(w);
        return r;
    }
    *ret = w;
    return 0;
}

int workspace_enter(struct workspace *w, size_t item, struct err *e)
{
    struct practical *p = w ? workspace_practical(w, item) : NULL;
    if (!p || session_may_collect(sitting_session(w->sitting), item, NULL) < 0)
        return 0;
    w->news = true;
    return place_item(w, p, e);
}

/* ---- showing ---- */

static enum workspace_state state_of(const struct workspace *w, const struct practical *p,
                                     const struct found *f)
{
    if (f->why)
        return WORKSPACE_LEFT_OUT;
    if (gather_is_collected(w, p, f))
        return sitting_item_unsaved(w->sitting, p->item) ? WORKSPACE_IN_MEMORY : WORKSPACE_COLLECTED;
    if (f->known && gather_is_given(p, f) && !journal_files_of(sitting_files(w->sitting), p->task->item))
        return WORKSPACE_GIVEN;
    return p->failed ? WORKSPACE_NOT_SAVED : WORKSPACE_CHANGED;
}

/* A folder is shown where no file shows it. */
static bool is_empty(const struct found_list *l, const char *folder)
{
    char *below = mem_printf("%s/", folder);
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(l->file[middle].name, below) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool empty = low == l->n || strncmp(l->file[low].name, below, strlen(below)) != 0;
    free(below);
    return empty;
}

bool workspace_item(struct workspace *w, size_t item, struct workspace_item *ret)
{
    const struct practical *p = workspace_practical(w, item);
    *ret = (struct workspace_item){.folder = ""};
    if (!p)
        return false;
    if (p->list.n > w->shown_cap) {
        w->shown = mem_grow(w->shown, p->list.n, sizeof *w->shown);
        w->shown_cap = p->list.n;
    }
    size_t n = 0;
    for (size_t i = 0; i < p->list.n; i++) {
        const struct found *f = &p->list.file[i];
        if ((f->attributes & JOURNAL_FOLDER) && !is_empty(&p->list, f->name))
            continue;
        const struct journal_file *older = gather_older(w, p, f);
        w->shown[n++] = (struct workspace_file){.name = f->name,
                                                .size = f->size,
                                                .mtime_ms = f->mtime_ns / 1000000,
                                                .state = state_of(w, p, f),
                                                .folder = f->attributes & JOURNAL_FOLDER,
                                                .why = f->why,
                                                .older_ms = older ? older->mtime_ms : 0};
    }
    *ret = (struct workspace_item){.folder = p->folder ? p->folder : "",
                                   .file = w->shown,
                                   .n = n,
                                   .more = p->list.more,
                                   .worked = sitting_session(w->sitting)->item[item].worked};
    return true;
}

bool workspace_news(struct workspace *w)
{
    bool news = w->news;
    w->news = false;
    return news;
}

/* ---- steps ---- */

static void happened(void *context, size_t owner)
{
    struct workspace *w = context;
    for (size_t i = 0; i < w->n; i++)
        if (owner == SIZE_MAX || w->item[i].item == owner)
            w->item[i].event = true;
}

static bool is_open(const struct workspace *w, const struct practical *p)
{
    return p->folder && session_may_collect(sitting_session(w->sitting), p->item, NULL) == 0;
}

static void look(struct workspace *w, struct practical *p, int64_t now_ms)
{
    int64_t since = now_ms - p->looked_ms, period = w->watch && !w->looks_often ? RESCAN_MS : POLL_MS;
    if (p->looked_ms && since < period && !(p->event && since >= LOOK_MS))
        return;
    if (p->hurried && !p->failed && p->looked_ms && since < MOST_WAIT_MS)
        return;
    if (!place_is_there(p) && place_item(w, p, NULL) < 0)
        return;
    gather_look(w, p, now_ms);
}

static void begin_again(struct workspace *w, struct practical *p)
{
    if (place_again(w, p, NULL) == 0)
        p->again = false;
    p->looked_ms = 0;
}

bool workspace_step(struct workspace *w, const struct clock_reading *now)
{
    if (!w || sitting_session(w->sitting)->state == SITTING_NEW ||
        sitting_state_ended(sitting_session(w->sitting)->state))
        return false;
    if (w->watch)
        watch_read(w->watch, happened, w);
    for (size_t i = 0; i < w->n; i++)
        if (is_open(w, &w->item[i]))
            look(w, &w->item[i], now->mono_ms);
    for (size_t i = 0; i < w->n; i++) {
        struct practical *p = &w->item[i];
        if (!is_open(w, p))
            continue;
        if (gather_step(w, p, now))
            return true;
        if (p->again && !p->failed && !gather_is_due(w, p))
            begin_again(w, p);
    }
    return false;
}

void workspace_finish(struct workspace *w, size_t first, size_t n)
{
    for (size_t i = 0; w && i < w->n; i++) {
        struct practical *p = &w->item[i];
        if (p->item < first || p->item >= first + n || !is_open(w, p))
            continue;
        p->final = p->event = true;
        p->failed = false;
        p->looked_ms = p->retry_ms = 0;
    }
}

enum workspace_finish workspace_finished(const struct workspace *w)
{
    enum workspace_finish all = WORKSPACE_FINISHED;
    for (size_t i = 0; w && i < w->n; i++)
        if (w->item[i].final && is_open(w, &w->item[i])) {
            if (w->item[i].failed)
                return WORKSPACE_FAILED;
            all = WORKSPACE_FINISHING;
        }
    return all;
}

void workspace_start_again(struct workspace *w, size_t item)
{
    struct practical *p = workspace_practical(w, item);
    if (p && is_open(w, p)) {
        p->again = p->event = true;
        p->looked_ms = 0;
    }
}
