/* SPDX-License-Identifier: Apache-2.0 */
/* From the folder into the journal: wait until it is quiet, read and hash, store pieces, and at last the
 * snapshot. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/workspace/workspace-internal.h"

/* Of an item that was never worked on nothing is stored. */
static bool must_be_stored(const struct workspace *w, const struct practical *p)
{
    return gather_last(w, p) || gather_differs(p);
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
    reading_file(p)->tries++;
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

/* A file that a program goes on writing, or that is never what a look says, must not keep the others, and the
 * end, waiting: after some tries what is read counts, and the next snapshot has what came after it. */
static bool taken_as_it_is(struct workspace *w, struct practical *p, struct found *f)
{
    struct stat st = {0};
    if (f->tries < MOST_TRIES)
        return false;
    if (fstat(p->reading.fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > JOURNAL_MAX_FILE) {
        f->why = S_ISREG(st.st_mode) ? WORKSPACE_TOO_LARGE : WORKSPACE_UNREADABLE;
        w->news = true;
        gather_drop(p);
        return true;
    }
    f->size = st.st_size;
    f->known = false;
    p->hurried = true;
    return true;
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
    if (!is_still(fd, f) && !taken_as_it_is(w, p, f))
        look_again(p);
}

static void end_reading(struct practical *p)
{
    struct reading *r = &p->reading;
    struct found *f = reading_file(p);
    bool still = is_still(r->fd, f);
    if (!still && f->tries < MOST_TRIES) {
        look_again(p);
        return;
    }
    if (!f->known || !still) { /* else it has an id already, perhaps of an earlier epoch */
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
    else if (n == 0 && f->tries >= MOST_TRIES) {
        f->size = (int64_t)r->content.n; /* it has become shorter */
        end_reading(p);
    } else if (n == 0)
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
    if (left > 0)
        piece.content = span_of(p->reading.content.p + piece.offset,
                                (size_t)(left < JOURNAL_PIECE ? left : JOURNAL_PIECE));
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
    if (have < 0 && journal_files_full(files))
        return false;
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

static void nothing_to_store(struct practical *p)
{
    p->first_change_ms = 0;
    p->final = p->hurried = false;
    for (size_t i = 0; i < p->list.n; i++)
        p->list.file[i].tries = 0;
}

static void put_snapshot(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    struct journal_snapshot s = {.final = p->final, .worked = gather_differs(p)};
    struct err e = {0};
    struct arena *a = arena_new();
    s.file = arena_array(a, JOURNAL_MAX_FILES, sizeof *s.file);
    s.n = gather_contents(w, p, s.file);
    int r = sitting_put_snapshot(w->sitting, p->item, &s, now, &e);
    arena_free(a);
    if (r < 0) {
        refused(w, p, now);
        return;
    }
    w->news = true;
    p->failed = false;
    nothing_to_store(p);
}

/* ---- one after the other ---- */

static bool read_unknown(struct workspace *w, struct practical *p)
{
    for (size_t i = 0; i < p->list.n; i++)
        if (gather_counts(&p->list.file[i]) && !p->list.file[i].known) {
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
        if (!gather_counts(f) || f->stored)
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

/* Everything is read and in the journal. */
static bool conclude(struct workspace *w, struct practical *p, const struct clock_reading *now)
{
    const struct journal_snapshot *s = gather_last(w, p);
    if (!p->final && !gather_is_due(w, p)) {
        nothing_to_store(p);
        return false;
    }
    if (!s && !gather_differs(p)) {
        nothing_to_store(p);
        return false;
    }
    put_snapshot(w, p, now);
    return true;
}

/* Straight away while its content is in memory: what is as it was given only where the item was worked on. */
static bool is_worth_storing(const struct workspace *w, struct practical *p)
{
    return !gather_is_given(p, reading_file(p)) || (gather_all_known(p) && must_be_stored(w, p));
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
