/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the events of files, and the ids of contents. */
#include <sodium.h>
#include <string.h>

#include "base/canon.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/journal-files.h"

static const char piece_domain[] = "kaochang/1 file piece";
static const char snapshot_domain[] = "kaochang/1 snapshot";
enum { FLAG_FINAL = 1, FLAG_WORKED = 2 };

void journal_piece_put(const struct journal_piece *p, struct bytes *out)
{
    canon_domain(out, piece_domain);
    canon_blob(out, span_of(p->id, sizeof p->id));
    canon_int(out, p->size);
    canon_int(out, p->offset);
    canon_blob(out, p->content.p ? p->content : span_str(""));
}

static bool read_id(struct canon_reader *r, uint8_t ret[32])
{
    struct span id;
    if (!canon_read_blob(r, &id) || id.n != 32)
        return false;
    memcpy(ret, id.p, 32);
    return true;
}

/* Every content has one division into pieces. */
static bool is_divided(const struct journal_piece *p)
{
    if (p->size < 0 || p->size > JOURNAL_MAX_FILE || p->offset < 0 || p->offset > p->size ||
        p->offset % JOURNAL_PIECE)
        return false;
    int64_t left = p->size - p->offset;
    return (int64_t)p->content.n == (left < JOURNAL_PIECE ? left : JOURNAL_PIECE) &&
           (p->content.n > 0 || p->size == 0);
}

int journal_piece_read(struct journal_piece *ret, struct span payload, struct err *e)
{
    struct canon_reader r = canon_reader_of(payload);
    if (!canon_read_domain(&r, piece_domain) || !read_id(&r, ret->id) || !canon_read_int(&r, &ret->size) ||
        !canon_read_int(&r, &ret->offset) || !canon_read_blob(&r, &ret->content) || !ret->content.p ||
        !canon_at_end(&r) || !is_divided(ret))
        return err_set(e, ERR_DATA, NULL, _("a piece of a file is damaged"));
    return 0;
}

void journal_snapshot_put(const struct journal_snapshot *s, struct bytes *out)
{
    canon_domain(out, snapshot_domain);
    canon_int(out, (s->final ? FLAG_FINAL : 0) | (s->worked ? FLAG_WORKED : 0));
    canon_int(out, (int64_t)s->n);
    for (size_t i = 0; i < s->n; i++) {
        canon_text(out, s->file[i].path);
        canon_int(out, s->file[i].size);
        canon_int(out, s->file[i].mtime_ms);
        canon_int(out, s->file[i].attributes);
        canon_blob(out, span_of(s->file[i].id, sizeof s->file[i].id));
    }
}

static bool read_head(struct canon_reader *r, int64_t *ret_flags, int64_t *ret_n)
{
    return canon_read_domain(r, snapshot_domain) && canon_read_int(r, ret_flags) && *ret_flags >= 0 &&
           *ret_flags <= (FLAG_FINAL | FLAG_WORKED) && canon_read_int(r, ret_n) && *ret_n >= 0 &&
           *ret_n <= JOURNAL_MAX_FILES;
}

bool journal_snapshot_worked(struct span payload)
{
    struct canon_reader r = canon_reader_of(payload);
    int64_t flags, n;
    return read_head(&r, &flags, &n) && (flags & FLAG_WORKED);
}

static bool read_file(struct canon_reader *r, struct arena *a, struct journal_file *ret)
{
    return canon_read_text(r, a, JOURNAL_MAX_FILE_PATH, &ret->path) &&
           path_is_safe(ret->path, JOURNAL_MAX_FILE_PATH) && canon_read_int(r, &ret->size) &&
           ret->size >= 0 && ret->size <= JOURNAL_MAX_FILE && canon_read_int(r, &ret->mtime_ms) &&
           canon_read_int(r, &ret->attributes) && ret->attributes >= 0 &&
           ret->attributes <= (JOURNAL_READ_ONLY | JOURNAL_FOLDER) &&
           (ret->size == 0 || !(ret->attributes & JOURNAL_FOLDER)) && read_id(r, ret->id);
}

int journal_snapshot_read(struct journal_snapshot *ret, struct arena *a, struct span payload, struct err *e)
{
    struct canon_reader r = canon_reader_of(payload);
    struct journal_snapshot s = {0};
    int64_t flags = 0, n = 0;
    bool ok = read_head(&r, &flags, &n);
    if (ok)
        s.file = arena_array(a, (size_t)n, sizeof *s.file);
    for (; ok && (int64_t)s.n < n; s.n++)
        ok = read_file(&r, a, &s.file[s.n]) &&
             (s.n == 0 || strcmp(s.file[s.n - 1].path, s.file[s.n].path) < 0);
    if (!ok || !canon_at_end(&r))
        return err_set(e, ERR_DATA, NULL, _("a snapshot of files is damaged"));
    s.final = flags & FLAG_FINAL;
    s.worked = flags & FLAG_WORKED;
    *ret = s;
    return 0;
}

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct journal_content_hash), "room for the state");

void journal_content_begin(struct journal_content_hash *h, const uint8_t blob[32])
{
    crypto_generichash_init((crypto_generichash_state *)h, blob, blob ? 32 : 0, 32);
}

void journal_content_add(struct journal_content_hash *h, struct span part)
{
    crypto_generichash_update((crypto_generichash_state *)h, part.p, part.n);
}

void journal_content_end(struct journal_content_hash *h, uint8_t ret_id[32])
{
    crypto_generichash_final((crypto_generichash_state *)h, ret_id, 32);
}

void journal_content_id(const uint8_t blob[32], struct span content, uint8_t ret_id[32])
{
    struct journal_content_hash h;
    journal_content_begin(&h, blob);
    journal_content_add(&h, content);
    journal_content_end(&h, ret_id);
}
