/* SPDX-License-Identifier: Apache-2.0 */
/* Payloads of files in a journal: what is read writes back to the same bytes, and the fold takes anything. */
#include <stdlib.h>

#include "exam-packages/journal-files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be(struct bytes *again, struct span data)
{
    if (!span_equal(bytes_span(again), data))
        abort();
    bytes_clear(again);
}

static void fold(struct span data)
{
    struct journal_files *f = journal_files_new();
    struct journal_event event = {.epoch = 1, .item = "p001", .payload = data};
    for (int kind = JOURNAL_FILE; kind <= JOURNAL_SNAPSHOT; kind++)
        for (event.seq = 1; event.seq < 4; event.seq++) {
            event.kind = (enum journal_kind)kind;
            journal_files_add(f, &event);
        }
    if (journal_files_bytes(f) > JOURNAL_PIECE)
        abort();
    journal_files_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct span payload = span_of(data, size);
    struct journal_piece piece;
    struct journal_snapshot snapshot;
    struct bytes again = {0};
    struct err e;
    if (journal_piece_read(&piece, payload, &e) == 0) {
        journal_piece_put(&piece, &again);
        must_be(&again, payload);
    }
    if (journal_snapshot_read(&snapshot, a, payload, &e) == 0) {
        journal_snapshot_put(&snapshot, &again);
        must_be(&again, payload);
    }
    fold(payload);
    bytes_release(&again);
    arena_free(a);
    return 0;
}
