/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/record-input.h"

#include <string.h>

#include "base/i18n.h"
#include "sync/bundle-input-internal.h"
#include "sync/pack.h"

static void take_items(struct merge_record *ret, struct arena *a, const struct score_record *record)
{
    struct packed_score *score = arena_array(a, record->n_items + 1, sizeof *score);
    struct bytes packed = {0};
    for (size_t i = 0; i < record->n_items; i++)
        score[i] = (struct packed_score){record->item[i].id, record->item[i].version, record->item[i].points,
                                         record->item[i].maximum};
    scores_pack(score, record->n_items, &packed);
    ret->items = span_of(arena_copy(a, packed.p, packed.n), packed.n);
    bytes_release(&packed);
}

void record_input_take(struct merge_record *ret, struct arena *a, const struct score_record *record, struct span document)
{
    *ret = (struct merge_record){
        .ticket = arena_strdup(a, record->ticket),
        .epoch = record->epoch,
        .seq = record->seq,
        .ruleset = arena_strdup(a, record->ruleset),
        .points = record->points,
        .maximum = record->maximum,
        .status = score_status_name(record->status),
        .document = span_of(arena_copy(a, document.p, document.n), document.n),
    };
    memcpy(ret->hash, record->hash, sizeof ret->hash);
    take_items(ret, a, record);
}

static bool is_of(const struct score_record *r, const char *session, const struct merge_sitting *s)
{
    const struct merge_epoch *last = &s->epoch[s->n_epochs - 1];
    return strcmp(r->session, session) == 0 && strcmp(r->ticket, s->ticket) == 0 && strcmp(r->form, s->form) == 0 &&
           memcmp(r->package, s->package, sizeof r->package) == 0 && r->epoch == last->epoch &&
           r->seq == (int64_t)last->n_events &&
           memcmp(r->hash, last->chain + (last->n_events - 1) * MERGE_HASH, MERGE_HASH) == 0;
}

int record_input_read(struct merge_record *ret, struct arena *a, const char *name, struct span document,
                      const char *session, const struct merge_sitting *sitting, struct err *e)
{
    struct score_record record = {0};
    int r = score_record_read(&record, name, document, e);
    if (r < 0)
        return r;
    if (!sitting || !is_of(&record, session, sitting))
        r = err_set(e, ERR_DATA, name, _("is a score record of other work than the bundle holds"));
    else
        record_input_take(ret, a, &record, document);
    score_record_release(&record);
    return r;
}
