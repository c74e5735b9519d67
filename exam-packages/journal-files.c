/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-files.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/journal-internal.h"

/* ---- the files of a sitting ---- */

struct place {
    int64_t epoch, seq;
};

struct content {
    uint8_t id[32];
    int64_t size, have;
    struct place *piece; /* one for each JOURNAL_PIECE that is there */
    size_t n;
};

struct item_files {
    char *item;
    struct arena *arena; /* owns the snapshot */
    struct journal_snapshot last;
    struct place at;
};

struct journal_files {
    struct content *content; /* sorted by id */
    size_t n;
    struct item_files *item;
    size_t n_items;
    int64_t bytes;
    size_t damaged;
};

struct journal_files *journal_files_new(void)
{
    return mem_alloc(sizeof(struct journal_files));
}

void journal_files_free(struct journal_files *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++)
        free(f->content[i].piece);
    for (size_t i = 0; i < f->n_items; i++) {
        free(f->item[i].item);
        arena_free(f->item[i].arena);
    }
    free(f->content);
    free(f->item);
    free(f);
}

/* Where the content stands, or would stand. */
static bool find_content(const struct journal_files *f, const uint8_t id[32], size_t *ret)
{
    size_t low = 0, high = f->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(f->content[middle].id, id, 32);
        if (order == 0) {
            *ret = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *ret = low;
    return false;
}

static struct content *new_content(struct journal_files *f, size_t at, const struct journal_piece *p)
{
    f->content = mem_grow(f->content, f->n + 1, sizeof *f->content);
    memmove(&f->content[at + 1], &f->content[at], (f->n - at) * sizeof *f->content);
    f->n++;
    f->content[at] = (struct content){.size = p->size};
    memcpy(f->content[at].id, p->id, sizeof p->id);
    return &f->content[at];
}

static bool add_piece(struct journal_files *f, const struct journal_event *event)
{
    struct journal_piece p = {0};
    size_t at = 0;
    if (journal_piece_read(&p, event->payload, NULL) < 0)
        return false;
    bool there = find_content(f, p.id, &at);
    if (!there && journal_files_full(f))
        return false;
    struct content *c = there ? &f->content[at] : p.offset == 0 ? new_content(f, at, &p) : NULL;
    if (!c || p.size != c->size || p.offset != c->have || (c->n > 0 && c->have == c->size))
        return true;
    c->piece = mem_grow(c->piece, c->n + 1, sizeof *c->piece);
    c->piece[c->n++] = (struct place){event->epoch, event->seq};
    c->have += (int64_t)p.content.n;
    f->bytes += (int64_t)p.content.n;
    return true;
}

static struct item_files *find_item(const struct journal_files *f, const char *item)
{
    for (size_t i = 0; i < f->n_items; i++)
        if (strcmp(f->item[i].item, item) == 0)
            return &f->item[i];
    return NULL;
}

static struct item_files *item_of(struct journal_files *f, const char *item)
{
    struct item_files *there = find_item(f, item);
    if (there || f->n_items == JOURNAL_MAX_FILE_ITEMS)
        return there;
    f->item = mem_grow(f->item, f->n_items + 1, sizeof *f->item);
    there = &f->item[f->n_items++];
    *there = (struct item_files){.item = mem_strdup(item), .arena = arena_new()};
    return there;
}

static bool add_snapshot(struct journal_files *f, const struct journal_event *event)
{
    struct arena *a = arena_new();
    struct journal_snapshot s;
    struct item_files *item =
        journal_snapshot_read(&s, a, event->payload, NULL) < 0 ? NULL : item_of(f, event->item);
    if (!item) {
        arena_free(a);
        return false;
    }
    arena_free(item->arena);
    item->arena = a;
    item->last = s;
    item->at = (struct place){event->epoch, event->seq};
    return true;
}

void journal_files_add(struct journal_files *f, const struct journal_event *event)
{
    if ((event->kind == JOURNAL_FILE && !add_piece(f, event)) ||
        (event->kind == JOURNAL_SNAPSHOT && !add_snapshot(f, event)))
        f->damaged++;
}

size_t journal_files_damaged(const struct journal_files *f)
{
    return f->damaged;
}

static int load_event(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    (void)e;
    if (!superseded)
        journal_files_add(context, event);
    return 0;
}

int journal_files_load(struct journal_files **ret, struct journal *j, struct err *e)
{
    struct journal_files *f = journal_files_new();
    journal_rewind(j);
    int r = journal_read(j, load_event, f, e);
    if (r < 0)
        journal_files_free(f);
    else
        *ret = f;
    return r;
}

const struct journal_snapshot *journal_files_of(const struct journal_files *f, const char *item)
{
    const struct item_files *there = find_item(f, item);
    return there ? &there->last : NULL;
}

bool journal_files_place(const struct journal_files *f, const char *item, int64_t *ret_epoch,
                         int64_t *ret_seq)
{
    const struct item_files *there = find_item(f, item);
    if (there) {
        *ret_epoch = there->at.epoch;
        *ret_seq = there->at.seq;
    }
    return there;
}

int64_t journal_files_have(const struct journal_files *f, const uint8_t id[32])
{
    size_t at;
    return find_content(f, id, &at) ? f->content[at].have : -1;
}

bool journal_files_whole(const struct journal_files *f, const uint8_t id[32], int64_t size)
{
    size_t at;
    return find_content(f, id, &at) && f->content[at].size == size && f->content[at].have == size;
}

bool journal_files_full(const struct journal_files *f)
{
    return f->n == JOURNAL_MAX_DIFFERENT;
}

int64_t journal_files_bytes(const struct journal_files *f)
{
    return f->bytes;
}

/* ---- a content ---- */

/* A content that is put together again. */
struct joining {
    struct journal *j;
    const struct journal_file *file;
    struct bytes plain, whole;
};

static int missing(const struct joining *to, struct err *e)
{
    return err_set(e, ERR_DATA, to->j->name, _("the content of the file %s is not whole in the journal"),
                   to->file->path);
}

static int take_piece(void *context, const struct journal_stored *row, struct err *e)
{
    struct joining *to = context;
    struct journal_piece p = {0};
    const struct journal_part *part = journal_find_part(to->j, row->epoch);
    if (!part || !journal_part_keys(part) || row->kind != JOURNAL_FILE ||
        !journal_row_open(journal_part_keys(part), &part->start, row, &to->plain) ||
        journal_piece_read(&p, bytes_span(&to->plain), e) < 0 || p.offset != (int64_t)to->whole.n ||
        memcmp(p.id, to->file->id, sizeof p.id) != 0)
        return missing(to, e);
    bytes_add(&to->whole, p.content.p, p.content.n);
    return 0;
}

static int join(struct joining *to, const struct content *c, struct err *e)
{
    uint8_t id[32];
    int r = 0;
    for (size_t i = 0; r == 0 && i < c->n; i++)
        r = journal_stored_after(to->j, c->piece[i].epoch, c->piece[i].seq - 1, 1, take_piece, to, e);
    if (r < 0)
        return r;
    const struct journal_part *part = c->n ? journal_find_part(to->j, c->piece[0].epoch) : NULL;
    if (!part || !journal_part_keys(part) || (int64_t)to->whole.n != c->size)
        return missing(to, e);
    journal_content_id(journal_part_keys(part)->blob, bytes_span(&to->whole), id);
    return memcmp(id, c->id, sizeof id) == 0 ? 0 : missing(to, e);
}

int journal_files_get(const struct journal_files *f, struct journal *j, const struct journal_file *file,
                      struct bytes *ret, struct err *e)
{
    struct joining to = {.j = j, .file = file};
    size_t at;
    if (file->attributes & JOURNAL_FOLDER) {
        bytes_add(ret, "", 0);
        return 0;
    }
    int r = find_content(f, file->id, &at) && f->content[at].size == file->size
                ? join(&to, &f->content[at], e)
                : missing(&to, e);
    if (r == 0)
        bytes_add(ret, to.whole.p ? to.whole.p : (const uint8_t *)"", to.whole.n);
    bytes_release(&to.plain);
    bytes_release(&to.whole);
    return r;
}

const char *journal_files_item(const struct journal_files *f, size_t i)
{
    return i < f->n_items ? f->item[i].item : NULL;
}
