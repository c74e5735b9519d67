/* SPDX-License-Identifier: Apache-2.0 */
/* What is in the folder, held against what was there before, what was given, and what the journal has. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "client/workspace/workspace-internal.h"

static bool is_same(const struct found *a, const struct found *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->inode == b->inode;
}

/* ---- looking ---- */

static struct found *find(const struct found_list *l, const char *name)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(l->file[middle].name, name);
        if (order == 0)
            return &l->file[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* A file that was renamed, perhaps over another one. */
static struct found *find_inode(const struct found_list *l, const struct found *like)
{
    for (size_t i = 0; i < l->n; i++)
        if (is_same(&l->file[i], like))
            return &l->file[i];
    return NULL;
}

static void inherit(struct found *to, const struct found *from)
{
    if (to->why == WORKSPACE_NO_REASON &&
        (from->why == WORKSPACE_TOO_MUCH || from->why == WORKSPACE_UNREADABLE))
        to->why = from->why; /* found by reading, not by looking */
    to->known = from->known;
    to->stored = from->stored;
    memcpy(to->id, from->id, sizeof to->id);
    memcpy(to->plain, from->plain, sizeof to->plain);
}

/* What is known of files that are still the same; true if the list says something new. */
static bool merge(struct found_list *next, const struct found_list *before)
{
    bool new = next->n != before->n || next->more != before->more;
    for (size_t i = 0; i < next->n; i++) {
        struct found *f = &next->file[i];
        const struct found *old = find(before, f->name);
        f->tries = old ? old->tries : 0;
        bool same = old && is_same(old, f);
        if (!same)
            old = find_inode(before, f);
        if (old && !(f->attributes & JOURNAL_FOLDER))
            inherit(f, old);
        new = new || !same || old->why != f->why || old->attributes != f->attributes;
    }
    return new;
}

struct watching {
    struct workspace *w;
    size_t owner;
};

static void watch_it(void *context, int dir)
{
    struct watching *x = context;
    if (!x->w->watch || !watch_folder(x->w->watch, dir, x->owner))
        x->w->looks_often = true;
}

/* What was collected, or else what was given, is looked at however much there is besides. */
static size_t come_first(const struct workspace *w, const struct practical *p, const char **ret)
{
    const struct journal_snapshot *s = gather_last(w, p);
    size_t n = 0;
    for (size_t i = 0; i < p->list.n; i++)
        if (gather_counts(&p->list.file[i]))
            ret[n++] = p->list.file[i].real;
    for (size_t i = 0; p->list.n == 0 && s && i < s->n; i++)
        ret[n++] = s->file[i].path;
    for (size_t i = 0; p->list.n == 0 && !s && i < p->task->n; i++)
        ret[n++] = p->task->file[i].path;
    return n;
}

/* What is being read has changed, or what is beside it. */
static void drop_reading(struct practical *p, const struct found_list *next)
{
    const struct found *f = p->reading.on ? &p->list.file[p->reading.index] : NULL;
    struct found *now = f ? find(next, f->name) : NULL;
    if (now && !is_same(f, now))
        now->tries++;
    gather_drop(p);
}

void gather_look(struct workspace *w, struct practical *p, int64_t now_ms)
{
    struct watching x = {w, p->item};
    struct found_list next;
    p->looked_ms = now_ms;
    p->event = p->hurried = false;
    const char **first = mem_grow(NULL, p->list.n + p->task->n + JOURNAL_MAX_FILES, sizeof *first);
    struct scan_how how = {watch_it, &x, first, come_first(w, p, first)};
    int r = scan(&next, p->folder, &how, NULL);
    free(first);
    if (r < 0)
        return;
    if (merge(&next, &p->list)) {
        w->news = true;
        p->changed_ms = now_ms;
        p->first_change_ms = p->first_change_ms ? p->first_change_ms : now_ms;
        drop_reading(p, &next);
    }
    found_release(&p->list);
    p->list = next;
}

/* ---- comparing ---- */

bool gather_counts(const struct found *f)
{
    return f->why == WORKSPACE_NO_REASON;
}

static bool holds_given(const struct task *t, const char *folder)
{
    size_t n = strlen(folder);
    for (size_t i = 0; i < t->n; i++)
        if (strncmp(t->file[i].path, folder, n) == 0 && t->file[i].path[n] == '/')
            return true;
    return false;
}

static bool is_content(const struct found *f, int64_t size, const uint8_t hash[32])
{
    return f->size == size && memcmp(hash, f->plain, sizeof f->plain) == 0;
}

bool gather_is_given(const struct practical *p, const struct found *f)
{
    const struct task_file *given = task_find(p->task, f->name);
    if (f->attributes)
        return f->attributes == JOURNAL_FOLDER && holds_given(p->task, f->name);
    return given && (is_content(f, given->size, given->hash) ||
                     (p->given && is_content(f, p->given[given - p->task->file].size,
                                             p->given[given - p->task->file].hash)));
}

/* Once every file is known. */
bool gather_differs(const struct practical *p)
{
    size_t given = 0;
    for (size_t i = 0; i < p->list.n; i++) {
        if (gather_counts(&p->list.file[i]) && !gather_is_given(p, &p->list.file[i]))
            return true;
        given += gather_counts(&p->list.file[i]) && !(p->list.file[i].attributes & JOURNAL_FOLDER);
    }
    return given != p->task->n;
}

const struct journal_snapshot *gather_last(const struct workspace *w, const struct practical *p)
{
    return journal_files_of(sitting_files(w->sitting), p->task->item);
}

static bool is_in_snapshot(const struct journal_file *x, const struct found *f)
{
    return x->size == f->size && x->attributes == f->attributes && strcmp(x->path, f->name) == 0 &&
           memcmp(x->id, f->id, sizeof x->id) == 0;
}

/* What was collected of a file that is left out now. */
const struct journal_file *gather_older(const struct workspace *w, const struct practical *p,
                                        const struct found *f)
{
    const struct journal_snapshot *s = gather_last(w, p);
    bool may =
        f->why == WORKSPACE_TOO_LARGE || f->why == WORKSPACE_TOO_MUCH || f->why == WORKSPACE_UNREADABLE;
    for (size_t i = 0; may && s && i < s->n; i++)
        if (strcmp(s->file[i].path, f->name) == 0 && !(s->file[i].attributes & JOURNAL_FOLDER))
            return &s->file[i];
    return NULL;
}

static struct journal_file entry(const struct found *f)
{
    struct journal_file x = {
        .path = f->name, .size = f->size, .attributes = f->attributes, .mtime_ms = f->mtime_ns / 1000000};
    memcpy(x.id, f->id, sizeof x.id);
    return x;
}

size_t gather_contents(const struct workspace *w, const struct practical *p,
                       struct journal_file ret[JOURNAL_MAX_FILES])
{
    size_t n = 0, room = JOURNAL_MAX_FILES;
    for (size_t i = 0; i < p->list.n; i++)
        room -= gather_counts(&p->list.file[i]);
    for (size_t i = 0; i < p->list.n; i++) {
        const struct journal_file *older = room ? gather_older(w, p, &p->list.file[i]) : NULL;
        if (gather_counts(&p->list.file[i]))
            ret[n++] = entry(&p->list.file[i]);
        else if (older)
            ret[n++] = *older;
        room -= older != NULL;
    }
    return n;
}

static bool equals_snapshot(const struct workspace *w, const struct practical *p,
                            const struct journal_snapshot *s)
{
    struct journal_file file[JOURNAL_MAX_FILES];
    size_t n = gather_contents(w, p, file);
    bool same = n == s->n;
    for (size_t i = 0; same && i < n; i++)
        same = file[i].size == s->file[i].size && file[i].attributes == s->file[i].attributes &&
               strcmp(file[i].path, s->file[i].path) == 0 &&
               memcmp(file[i].id, s->file[i].id, sizeof file[i].id) == 0;
    return same;
}

bool gather_is_collected(const struct workspace *w, const struct practical *p, const struct found *f)
{
    const struct journal_snapshot *s = gather_last(w, p);
    for (size_t i = 0; s && f->known && i < s->n; i++)
        if (is_in_snapshot(&s->file[i], f))
            return true;
    return false;
}

bool gather_all_known(const struct practical *p)
{
    for (size_t i = 0; i < p->list.n; i++)
        if (gather_counts(&p->list.file[i]) && !p->list.file[i].known)
            return false;
    return true;
}

bool gather_is_due(const struct workspace *w, const struct practical *p)
{
    const struct journal_snapshot *s = gather_last(w, p);
    if (!gather_all_known(p))
        return true;
    return s ? !equals_snapshot(w, p, s) : gather_differs(p);
}
