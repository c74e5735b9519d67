/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/recording/image.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tests/recording/image-tree.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* ---- one image ---- */

static struct image_entry *find(const struct image *i, int dir, const char *name)
{
    for (size_t k = 0; k < i->n; k++)
        if (i->entry[k].dir == dir && strcmp(i->entry[k].name, name) == 0)
            return &i->entry[k];
    return NULL;
}

static void put_entry(struct image *i, int dir, const char *name, int inode, bool folder)
{
    struct image_entry *e = find(i, dir, name);
    if (!e) {
        if (i->n == i->cap) {
            i->cap = i->cap ? i->cap * 2 : 64;
            i->entry = mem_grow(i->entry, i->cap, sizeof *i->entry);
        }
        e = &i->entry[i->n++];
    }
    *e = (struct image_entry){.dir = dir, .inode = inode, .folder = folder};
    snprintf(e->name, sizeof e->name, "%s", name);
}

static void drop_entry(struct image *i, int dir, const char *name)
{
    struct image_entry *e = find(i, dir, name);
    if (e)
        *e = i->entry[--i->n];
}

static void resize(struct bytes *b, size_t n)
{
    static const uint8_t nothing[4096];
    if (n < b->n)
        b->n = n;
    while (b->n < n)
        bytes_add(b, nothing, n - b->n < sizeof nothing ? n - b->n : sizeof nothing);
}

/* `sectors`: those of the write that reached the disk. */
static void put_write(struct image *i, const struct record_op *op, uint64_t sectors)
{
    struct bytes *b = &i->file[op->inode];
    for (size_t done = 0, k = 0; done < op->n; k++) {
        size_t at = (size_t)op->at + done, n = IMAGE_SECTOR - at % IMAGE_SECTOR;
        n = n < op->n - done ? n : op->n - done;
        if (sectors >> (k < 63 ? k : 63) & 1) {
            if (b->n < at + n)
                resize(b, at + n);
            memcpy(b->p + at, op->data + done, n);
        }
        done += n;
    }
}

static void apply(struct image *i, const struct record_op *op, uint64_t sectors)
{
    if (op->kind == RECORD_WRITE) {
        put_write(i, op, sectors);
    } else if (op->kind == RECORD_TRUNCATE) {
        resize(&i->file[op->inode], (size_t)op->at);
    } else if (op->kind == RECORD_ENTRY) {
        put_entry(i, op->dir, op->name, op->inode, op->folder);
    } else if (op->kind == RECORD_REMOVE) {
        drop_entry(i, op->dir, op->name);
    } else if (op->kind == RECORD_RENAME) {
        struct image_entry *e = find(i, op->dir, op->name);
        bool folder = e && e->folder;
        drop_entry(i, op->dir, op->name);
        put_entry(i, op->to_dir, op->to_name, op->inode, folder);
    }
}

static void copy(struct image *to, const struct image *from)
{
    for (int k = 0; k < from->inodes; k++) {
        bytes_clear(&to->file[k]);
        if (from->file[k].n)
            bytes_add(&to->file[k], from->file[k].p, from->file[k].n);
    }
    if (to->cap < from->n) {
        to->cap = from->n;
        to->entry = mem_grow(to->entry, to->cap, sizeof *to->entry);
    }
    if (from->n)
        memcpy(to->entry, from->entry, from->n * sizeof *to->entry);
    to->n = from->n;
}

static void start(struct image *i, int inodes)
{
    /* a program that goes on in an image creates files too */
    *i = (struct image){.inodes = inodes + 16};
    i->file = calloc((size_t)i->inodes, sizeof *i->file);
}

static void release(struct image *i)
{
    for (int k = 0; k < i->inodes; k++)
        bytes_release(&i->file[k]);
    free(i->file);
    free(i->entry);
}

struct bytes *image_file(struct image *i, const char *path)
{
    int dir = RECORD_ROOT;
    for (;;) {
        char name[RECORD_NAME];
        size_t n = strcspn(path, "/");
        snprintf(name, sizeof name, "%.*s", (int)n, path);
        struct image_entry *e = find(i, dir, name);
        if (!e)
            return NULL;
        if (!path[n])
            return &i->file[e->inode];
        dir = e->inode;
        path += n + 1;
    }
}

struct bytes *image_create(struct image *i, const char *name)
{
    for (int k = i->inodes; k-- > 0;) {
        bool used = false;
        for (size_t m = 0; m < i->n; m++)
            used = used || i->entry[m].inode == k;
        if (used)
            continue;
        bytes_clear(&i->file[k]);
        put_entry(i, RECORD_ROOT, name, k, false);
        return &i->file[k];
    }
    return NULL;
}

void image_remove(struct image *i, const char *name)
{
    drop_entry(i, RECORD_ROOT, name);
}

static void write_below(const struct image *i, int dir, const char *path)
{
    for (size_t k = 0; k < i->n; k++) {
        const struct image_entry *e = &i->entry[k];
        if (e->dir != dir)
            continue;
        char *to = mem_printf("%s/%s", path, e->name);
        if (e->folder && mkdir(to, 0700) == 0)
            write_below(i, e->inode, to);
        const struct bytes *b = &i->file[e->inode];
        int fd = e->folder ? -1 : open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (fd >= 0 && (write(fd, b->p, b->n) != (ssize_t)b->n || close(fd) < 0))
            abort();
        free(to);
    }
}

void image_write(const struct image *i, const char *dir)
{
    image_tree_remove(dir);
    if (mkdir(dir, 0700) < 0)
        abort();
    write_below(i, RECORD_ROOT, dir);
}

/* ---- all of a recording ---- */

struct walk {
    const struct record *record;
    const struct image_plan *plan;
    image_check_fn *check;
    void *context;
    struct image disk, now; /* what is synced; what is looked at */
    size_t *pending, n;     /* ops that are not synced */
    int64_t said;
    size_t at; /* op before which the power goes */
    bool news; /* since the last look */
    struct rng rng;
    struct image_result result;
};

struct image_plan image_plan(void)
{
    const char *wanted = getenv("KAOCHANG_TEST_LONG");
    bool thorough = wanted && *wanted;
    const struct image_plan moderate =
        SANITIZED ? (struct image_plan){.all_up_to = 5, .seeded = 40, .torn = 8, .seed = 20261122}
                  : (struct image_plan){.all_up_to = 8, .seeded = 300, .torn = 24, .seed = 20261122};
    return thorough ? (struct image_plan){.all_up_to = 12, .seeded = 10000, .torn = 500, .seed = 20261122}
                    : moderate;
}

static void look(struct walk *w, const char *which)
{
    w->result.images++;
    const char *wrong = w->check(w->context, &w->now, w->said);
    if (!wrong)
        return;
    if (w->result.guilty++ == 0)
        snprintf(w->result.first, sizeof w->result.first,
                 "before operation %zu, %zu of them unsynced, %s: %s", w->at, w->n, which, wrong);
}

static void look_at_subset(struct walk *w, uint64_t subset)
{
    char which[60];
    copy(&w->now, &w->disk);
    for (size_t k = 0; k < w->n; k++)
        if (subset >> k & 1)
            apply(&w->now, &w->record->op[w->pending[k]], UINT64_MAX);
    snprintf(which, sizeof which, "subset %llx", (unsigned long long)subset);
    look(w, which);
}

/* The disk wrote more of what came early than of what came late; `torn`: and of some, only sectors. */
static void look_at_random(struct walk *w, size_t number, bool torn)
{
    char which[60];
    uint64_t end = rng_below(&w->rng, w->n + 1), early = 50 + rng_below(&w->rng, 51),
             late = rng_below(&w->rng, 51);
    copy(&w->now, &w->disk);
    for (size_t k = 0; k < w->n; k++) {
        const struct record_op *op = &w->record->op[w->pending[k]];
        uint64_t sectors =
            torn && op->kind == RECORD_WRITE && rng_below(&w->rng, 3) == 0 ? rng_u64(&w->rng) : UINT64_MAX;
        if (rng_below(&w->rng, 100) < (k < end ? early : late))
            apply(&w->now, op, sectors);
    }
    snprintf(which, sizeof which, "draw %zu%s", number, torn ? ", torn" : "");
    look(w, which);
}

static void look_at_all(struct walk *w)
{
    if (!w->news)
        return;
    w->news = false;
    if (w->n <= w->plan->all_up_to)
        for (uint64_t subset = 0; subset < (UINT64_C(1) << w->n); subset++)
            look_at_subset(w, subset);
    else
        for (size_t k = 0; k < w->plan->seeded; k++)
            look_at_random(w, k, false);
    for (size_t k = 0; w->n && k < w->plan->torn; k++)
        look_at_random(w, k, true);
}

static bool settles(const struct record_op *sync, const struct record_op *op)
{
    bool data = op->kind == RECORD_WRITE || op->kind == RECORD_TRUNCATE;
    if (sync->kind == RECORD_SYNC_ALL)
        return true;
    if (sync->kind == RECORD_SYNC)
        return data && op->inode == sync->inode;
    return !data && (op->kind == RECORD_RENAME ? op->to_dir : op->dir) == sync->dir;
}

static void settle(struct walk *w, const struct record_op *sync)
{
    size_t left = 0;
    for (size_t k = 0; k < w->n; k++) {
        const struct record_op *op = &w->record->op[w->pending[k]];
        if (settles(sync, op))
            apply(&w->disk, op, UINT64_MAX);
        else
            w->pending[left++] = w->pending[k];
    }
    w->n = left;
}

/* An image that may be found before a sync may be found for all that was said until then: it is looked at
 * once, just before the sync. */
static void step(struct walk *w, const struct record_op *op)
{
    bool sync = op->kind == RECORD_SYNC || op->kind == RECORD_SYNC_DIR || op->kind == RECORD_SYNC_ALL;
    if (sync) {
        look_at_all(w);
        settle(w, op);
    } else if (op->kind == RECORD_SAID) {
        w->said = op->at;
        w->news = true;
    } else {
        w->pending[w->n++] = w->at;
        w->news = true;
    }
}

struct image_result image_each(const struct record *r, const struct image_plan *plan, image_check_fn *check,
                               void *context)
{
    struct walk w = {.record = r, .plan = plan, .check = check, .context = context, .said = -1};
    start(&w.disk, r->inodes);
    start(&w.now, r->inodes);
    w.pending = mem_alloc((r->n + 1) * sizeof *w.pending);
    rng_seed(&w.rng, plan->seed);
    for (; w.at < r->n_before; w.at++)
        apply(&w.disk, &r->op[w.at], UINT64_MAX);
    for (; w.at < r->n; w.at++)
        step(&w, &r->op[w.at]);
    look_at_all(&w);
    release(&w.disk);
    release(&w.now);
    free(w.pending);
    return w.result;
}
