/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sync/sittings.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "sync/pack.h"
#include "sync/store-internal.h"
#include "tests/check.h"

struct made *made_bundle(const char *name)
{
    struct arena *a = arena_new();
    struct made *m = arena_alloc(a, sizeof *m);
    m->arena = a;
    m->in = (struct merge_input){.session = "am1", .station = "st1", .site = "S01", .room = "R1", .sitting = m->sitting,
                                 .record = m->record};
    blake2b_256(m->in.bundle, span_str(name));
    return m;
}

void made_free(struct made *m)
{
    arena_free(m->arena);
}

static struct merge_epoch epoch_of(struct arena *a, int64_t number, const char *start, const char *chain)
{
    size_t n = strlen(chain);
    uint8_t *hashes = arena_array(a, n + 1, MERGE_HASH);
    struct merge_epoch x = {.epoch = number, .chain = hashes, .n_events = n};
    for (size_t i = 0; i < n; i++)
        blake2b_256(hashes + i * MERGE_HASH, span_of(chain, i + 1));
    blake2b_256(x.start, span_str(start));
    return x;
}

struct merge_sitting *made_sitting(struct made *m, const char *ticket, const char *start, const char *chain)
{
    struct merge_epoch *epoch = arena_array(m->arena, 8, sizeof *epoch);
    struct bytes answers = {0};
    struct merge_sitting *s = &m->sitting[m->in.n_sittings++];
    const struct packed_answer given[] = {{"k002", span_str(chain)}, {"k001", span_str("A")}};
    answers_pack(given, 2, &answers);
    epoch[0] = epoch_of(m->arena, 1, start, chain);
    *s = (struct merge_sitting){.ticket = ticket, .epoch = epoch, .n_epochs = 1, .form = "A", .status = "handed-in",
                                .used_ms = 1000 * (int64_t)strlen(chain), .receipt = "RECEIPT",
                                .answers = span_of(arena_copy(m->arena, answers.p, answers.n), answers.n)};
    bytes_release(&answers);
    return s;
}

void made_epoch(struct made *m, const char *start, const char *chain)
{
    struct merge_sitting *s = &m->sitting[m->in.n_sittings - 1];
    struct merge_epoch *epoch = (struct merge_epoch *)(uintptr_t)s->epoch;
    epoch[s->n_epochs] = epoch_of(m->arena, (int64_t)s->n_epochs + 1, start, chain);
    s->n_epochs++;
}

struct merge_record *made_record(struct made *m, int64_t points, const char *says)
{
    const struct merge_sitting *s = &m->sitting[m->in.n_sittings - 1];
    const struct merge_epoch *last = &s->epoch[s->n_epochs - 1];
    struct merge_record *r = &m->record[m->in.n_records++];
    struct bytes items = {0};
    scores_pack(NULL, 0, &items);
    *r = (struct merge_record){.ticket = s->ticket, .epoch = last->epoch, .seq = (int64_t)last->n_events,
                               .ruleset = "kaochang-1", .points = points_milli(points * 1000),
                               .maximum = points_milli(100000), .status = "auto", .document = span_str(says),
                               .items = span_of(arena_copy(m->arena, items.p, items.n), items.n)};
    memcpy(r->hash, last->chain + (last->n_events - 1) * MERGE_HASH, MERGE_HASH);
    bytes_release(&items);
    return r;
}

void made_closing(struct made *m, const char *says, bool whole)
{
    m->closing = (struct merge_closing){.site = m->in.site,
                                        .room = m->in.room,
                                        .whole = whole,
                                        .registered = 8,
                                        .sitting = m->closed,
                                        .document = span_str(says)};
    blake2b_256(m->closing.hash, m->closing.document);
    m->in.closing = &m->closing;
}

void made_closed(struct made *m, const char *ticket, int64_t epoch, const char *chain, const char *status)
{
    struct merge_closed_sitting *x = &m->closed[m->closing.n_sittings++];
    *x = (struct merge_closed_sitting){.ticket = ticket,
                                       .epoch = epoch,
                                       .seq = (int64_t)strlen(chain),
                                       .status = status};
    if (chain[0])
        blake2b_256(x->head, span_str(chain));
}

struct store *made_store(char path[64])
{
    struct store *s = NULL;
    struct err e;
    snprintf(path, 64, "/tmp/kaochang-store-XXXXXX");
    if (!mkdtemp(path))
        fail_msg("no temporary folder");
    char *file = path_join(path, "store.db");
    assert_done(store_open(&s, file, DB_CREATE, &e), e);
    assert_done(db_script(s->db, "PRAGMA synchronous = OFF;", &e), e); /* hundreds of stores that nobody keeps */
    free(file);
    return s;
}

void made_remove(struct store *s, const char *path)
{
    struct file_names names = {0};
    struct err e;
    store_close(s);
    assert_done(file_list(path, &names, &e), e);
    for (size_t i = 0; i < names.n; i++) {
        char *file = path_join(path, names.name[i]);
        unlink(file);
        free(file);
    }
    file_names_free(&names);
    rmdir(path);
}

struct merge_counts made_merge(struct store *s, const struct made *m)
{
    struct merge_counts counts;
    struct err e;
    assert_done(store_merge(s, &m->in, &counts, &e), e);
    return counts;
}

const char *made_digest(struct store *s)
{
    static char hex[2][65];
    static int turn;
    uint8_t digest[32];
    struct err e;
    assert_done(store_digest(s, digest, &e), e);
    turn = !turn;
    return hex_encode(hex[turn], digest, sizeof digest);
}
