/* SPDX-License-Identifier: Apache-2.0 */
/* From the folder into the journal: look, wait until it is quiet, read and hash, store pieces, and at last
 * the snapshot. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
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

void gather_look(struct workspace *w, struct practical *p, int64_t now_ms)
{
    struct watching x = {w, p->item};
    struct found_list next;
    p->looked_ms = now_ms;
    p->event = false;
    if (scan(&next, p->folder, watch_it, &x, NULL) < 0)
        return;
    if (merge(&next, &p->list)) {
        w->news = true;
        p->changed_ms = now_ms;
        p->first_change_ms = p->first_change_ms ? p->first_change_ms : now_ms;
        gather_drop(p);
    }
    found_release(&p->list);
    p->list = next;
}

/* ---- comparing ---- */

static bool counts(const struct found *f)
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

bool gather_is_given(const struct practical *p, const struct found *f)
{
    const struct task_file *given = task_find(p->task, f->name);
    if (f->attributes)
        return f->attributes == JOURNAL_FOLDER && holds_given(p->task, f->name);
    return given && given->size == f->size && memcmp(given->hash, f->plain, sizeof f->plain) == 0;
}

/* Once every file is known. */
static bool differs_from_start(const struct practical *p)
{
    size_t given = 0;
    for (size_t i = 0; i < p->list.n; i++) {
        if (counts(&p->list.file[i]) && !gather_is_given(p, &p->list.file[i]))
            return true;
        given += counts(&p->list.file[i]) && !(p->list.file[i].attributes & JOURNAL_FOLDER);
    }
    return given != p->task->n;
}

static const struct journal_snapshot *last(const struct workspace *w, const struct practical *p)
{
    return journal_files_of(sitting_files(w->sitting), p->task->item);
}

static bool is_in_snapshot(const struct journal_file *x, const struct found *f)
{
    return x->size == f->size && x->attributes == f->attributes && strcmp(x->path, f->name) == 0 &&
           memcmp(x->id, f->id, sizeof x->id) == 0;
}

static bool equals_snapshot(const struct practical *p, const struct journal_snapshot *s)
{
    size_t n = 0;
    for (size_t i = 0; i < p->list.n; i++) {
        const struct found *f = &p->list.file[i];
        if (!counts(f))
            continue;
        if (!f->known || n == s->n || !is_in_snapshot(&s->file[n], f))
            return false;
        n++;
    }
    return n == s->n;
}

bool gather_is_collected(const struct workspace *w, const struct practical *p, const struct found *f)
{
    const struct journal_snapshot *s = last(w, p);
    for (size_t i = 0; s && f->known && i < s->n; i++)
        if (is_in_snapshot(&s->file[i], f))
            return true;
    return false;
}

static bool all_known(const struct practical *p)
{
    for (size_t i = 0; i < p->list.n; i++)
        if (counts(&p->list.file[i]) && !p->list.file[i].known)
            return false;
    return true;
}

/* Of an item that was never worked on nothing is stored. */
static bool must_be_stored(const struct workspace *w, const struct practical *p)
{
    return last(w, p) || differs_from_start(p);
}

bool gather_is_due(const struct workspace *w, const struct practical *p)
{
    const struct journal_snapshot *s = last(w, p);
    if (!all_known(p))
        return true;
    return s ? !equals_snapshot(p, s) : differs_from_start(p);
}

/* ---- reading ---- */

void gather_drop(struct practical *p)
{
    if (p->reading.on && p->reading.fd >= 0)
        close(p->reading.fd);
    bytes_release(&p->reading.content);
    p->reading = (struct reading){.fd = -1};
}

static struct found *reading_file(struct practical *p)
{
    return &p->list.file[p->reading.index];
}

/* What is read is not what was looked at. */
static void look_again(struct practical *p)
{
    gather_drop(p);
    p->event = true;
    p->looked_ms = 0;
}

static bool is_still(int fd, const struct found *f)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == f->size && st.st_ino == f->inode &&
           (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec == f->mtime_ns;
}

static void begin_reading(struct workspace *w, struct practical *p, size_t index)
{
    struct found *f = &p->list.file[index];
    gather_drop(p);
    int fd = scan_open(p->folder, f->real);
    if (fd < 0) {
        f->why = WORKSPACE_UNREADABLE;
        w->news = true;
        return;
    }
    p->reading = (struct reading){.on = true, .index = index, .fd = fd};
    journal_content_begin(&p->reading.keyed, sitting_content_key(w->sitting));
    journal_content_begin(&p->reading.plain, NULL);
    if (!is_still(fd, f))
        look_again(p);
}

static void end_reading(struct practical *p)
{
    struct reading *r = &p->reading;
    struct found *f = reading_file(p);
    if (!is_still(r->fd, f)) {
        look_again(p);
        return;
    }
    if (!f->known) { /* else it has an id already, perhaps of an earlier epoch */
        journal_content_end(&r->keyed, f->id);
        journal_content_end(&r->plain, f->plain);
    }
    f->known = r->hashed = true;
}

static void read_more(struct practical *p)
{
    struct reading *r = &p->reading;
    struct found *f = reading_file(p);
    size_t want = (size_t)f->size - r->content.n;
    uint8_t *buf = malloc(READ_STEP);
    ssize_t n = !buf ? -1 : want == 0 ? 0 : read(r->fd, buf, want < READ_STEP ? want : READ_STEP);
    if (n > 0) {
        bytes_add(&r->content, buf, (size_t)n);
        journal_content_add(&r->keyed, span_of(buf, (size_t)n));
        journal_content_add(&r->plain, span_of(buf, (size_t)n));
    }
    free(buf);
    if (n < 0) {
        f->why = WORKSPACE_UNREADABLE;
        gather_drop(p);
    } else if (r->content.n == (size_t)f->size)
        end_reading(p);
    else if (n == 0)
        look_again(p);
}

/* ---- storing ---- */

static void refused(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    p->retry_ms = now->mono_ms + RETRY_MS;
    p->failed = true;
    w->news = true;
}

/* The next piece of the content that was read; true while there is one. */
static bool put_piece(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    const struct found *f = reading_file(p);
    struct journal_piece piece = {.size = f->size};
    int64_t have = journal_files_have(sitting_files(w->sitting), f->id);
    if (have >= 0 && have == f->size)
        return false;
    piece.offset = have < 0 ? 0 : have;
    memcpy(piece.id, f->id, sizeof piece.id);
    int64_t left = f->size - piece.offset;
    piece.content =
        span_of(p->reading.content.p + piece.offset, (size_t)(left < JOURNAL_PIECE ? left : JOURNAL_PIECE));
    if (sitting_put_piece(w->sitting, &piece, now, NULL) < 0)
        refused(w, p, now);
    else
        p->failed = false;
    return true;
}

static bool fits(const struct workspace *w, const struct found *f)
{
    const struct journal_files *files = sitting_files(w->sitting);
    int64_t have = journal_files_have(files, f->id);
    return journal_files_bytes(files) + f->size - (have > 0 ? have : 0) <= JOURNAL_MAX_CONTENTS;
}

static void store(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    struct found *f = reading_file(p);
    if (journal_files_whole(sitting_files(w->sitting), f->id, f->size)) {
        f->stored = true;
        w->news = true;
        gather_drop(p);
    } else if (!fits(w, f)) {
        f->why = WORKSPACE_TOO_MUCH;
        w->news = true;
        gather_drop(p);
    } else {
        put_piece(w, p, now);
    }
}

static void put_snapshot(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    struct journal_snapshot s = {.final = p->final, .worked = differs_from_start(p)};
    struct err e = {0};
    struct arena *a = arena_new();
    s.file = arena_array(a, p->list.n, sizeof *s.file);
    for (size_t i = 0; i < p->list.n; i++) {
        const struct found *f = &p->list.file[i];
        if (!counts(f))
            continue;
        s.file[s.n] = (struct journal_file){
            .path = f->name, .size = f->size, .attributes = f->attributes, .mtime_ms = f->mtime_ns / 1000000};
        memcpy(s.file[s.n++].id, f->id, sizeof f->id);
    }
    int r = sitting_put_snapshot(w->sitting, p->item, &s, now, &e);
    arena_free(a);
    if (r < 0) {
        refused(w, p, now);
        return;
    }
    w->news = true;
    p->failed = false;
    p->first_change_ms = 0;
    p->final = false;
}

/* ---- one after the other ---- */

static bool read_unknown(struct workspace *w, struct practical *p)
{
    for (size_t i = 0; i < p->list.n; i++)
        if (counts(&p->list.file[i]) && !p->list.file[i].known) {
            begin_reading(w, p, i);
            return true;
        }
    return false;
}

/* What is known and not in the journal is read once more; most often it is small. */
static bool store_known(struct workspace *w, struct practical *p)
{
    for (size_t i = 0; i < p->list.n; i++) {
        struct found *f = &p->list.file[i];
        if (!counts(f) || f->stored)
            continue;
        if (journal_files_whole(sitting_files(w->sitting), f->id, f->size))
            f->stored = true;
        else {
            begin_reading(w, p, i);
            return true;
        }
    }
    return false;
}

static bool is_quiet(const struct practical *p, int64_t now_ms)
{
    return p->final || p->again || now_ms - p->changed_ms >= SETTLE_MS ||
           now_ms - p->first_change_ms >= MOST_WAIT_MS;
}

static void nothing_to_store(struct practical *p)
{
    p->first_change_ms = 0;
    p->final = false;
}

/* Everything is read and in the journal. */
static bool conclude(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    const struct journal_snapshot *s = last(w, p);
    if (!p->final && !gather_is_due(w, p)) {
        nothing_to_store(p);
        return false;
    }
    if (!s && !differs_from_start(p)) {
        nothing_to_store(p);
        return false;
    }
    put_snapshot(w, p, now);
    return true;
}

/* Straight away while its content is in memory: what is as it was given only where the item was worked on. */
static bool is_worth_storing(const struct workspace *w, struct practical *p)
{
    return !gather_is_given(p, reading_file(p)) || (all_known(p) && must_be_stored(w, p));
}

static bool take_step(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    if (p->reading.on && !p->reading.hashed) {
        read_more(p);
        return true;
    }
    if (p->reading.on && is_worth_storing(w, p)) {
        store(w, p, now);
        return true;
    }
    if (p->reading.on)
        gather_drop(p);
    if (read_unknown(w, p))
        return true;
    if (must_be_stored(w, p) && store_known(w, p))
        return true;
    return conclude(w, p, now);
}

bool gather_step(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    if (p->retry_ms > now->mono_ms)
        return false;
    if (!p->final && !p->reading.on && !gather_is_due(w, p)) {
        p->first_change_ms = 0;
        return false;
    }
    return is_quiet(p, now->mono_ms) && take_step(w, p, now);
}
