/* SPDX-License-Identifier: Apache-2.0 */
/* The files of practical items: stored at once or not at all, since they are on the candidate's disk besides.
 */
#include "base/i18n.h"
#include "client/sitting-internal.h"
#include "exam-packages/journal-files.h"

const struct journal_files *sitting_files(const struct sitting *s)
{
    return sitting_store_files(s->store);
}

int sitting_file(const struct sitting *s, const struct journal_file *file, struct bytes *ret, struct err *e)
{
    return journal_files_get(sitting_files(s), sitting_store_journal(s->store), file, ret, e);
}

const struct journal_epoch *sitting_epoch(const struct sitting *s)
{
    const struct journal *j = sitting_store_journal(s->store);
    return journal_epoch(j, journal_epochs(j) - 1);
}

const uint8_t *sitting_content_key(const struct sitting *s)
{
    const struct journal *j = sitting_store_journal(s->store);
    return journal_epoch_keys(j, journal_epochs(j) - 1)->blob;
}

/* After what waits for the disk, in whose place it would otherwise stand. */
static int store(struct sitting *s, const struct session_event *event, const struct clock_reading *now,
                 struct err *e)
{
    struct err own = {0};
    int r = sitting_flush(s, now, &own);
    if (r == 0)
        r = sitting_put(s, event, now, &own);
    if (r == 1 && (own.code || !s->disk.code))
        s->disk = own;
    if (e && r != 0)
        *e = r == 1 ? s->disk : own;
    return r >= 0 && session_apply(&s->session, event, e) < 0 ? -ERR_BUG : r;
}

int sitting_put_piece(struct sitting *s, const struct journal_piece *piece, const struct clock_reading *now,
                      struct err *e)
{
    struct bytes payload = {0};
    sitting_pass_time(s, now);
    int r = session_may_force_end(&s->session, e); /* that is: it has begun and not ended */
    if (r < 0)
        return r;
    journal_piece_put(piece, &payload);
    r = store(s,
              &(struct session_event){.kind = SESSION_FILE,
                                      .used_ms = s->session.used_ms,
                                      .item = "",
                                      .response = bytes_span(&payload)},
              now, e);
    bytes_release(&payload);
    return r;
}

int sitting_put_snapshot(struct sitting *s, size_t item, const struct journal_snapshot *snapshot,
                         const struct clock_reading *now, struct err *e)
{
    struct bytes payload = {0};
    int64_t epoch;
    sitting_pass_time(s, now);
    int r = session_may_collect(&s->session, item, e);
    if (r < 0)
        return r;
    journal_snapshot_put(snapshot, &payload);
    r = store(s,
              &(struct session_event){.kind = SESSION_SNAPSHOT,
                                      .used_ms = s->session.used_ms,
                                      .item = s->session.item[item].ref->id,
                                      .response = bytes_span(&payload),
                                      .worked = snapshot->worked},
              now, e);
    if (r == 1)
        sitting_head(s, &epoch, &s->answered[item]);
    bytes_release(&payload);
    return r;
}
