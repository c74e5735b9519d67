/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/work.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/pack.h"

static int find_item(void *context, const char *id, struct span *ret, struct err *e)
{
    char name[300];
    snprintf(name, sizeof name, "items/%s.xml", id);
    *ret = zip_get(context, name);
    return ret->p ? 0
                  : err_set(e, ERR_DATA, "key.age", _("item %.100s is missing from the scoring part"), id);
}

int key_part_open(struct key_part *ret, struct bytes *plain, struct err *e)
{
    struct key_part part = {.plain = *plain};
    *plain = (struct bytes){0};
    int r = zip_open_span(&part.zip, bytes_span(&part.plain), e);
    if (r < 0)
        err_within(e, "key.age");
    struct span paper = r == 0 ? zip_get(part.zip, "paper.xml") : (struct span){0};
    if (r == 0 && !paper.p)
        r = err_set(e, ERR_DATA, "key.age", _("the scoring part has no paper.xml"));
    if (r == 0)
        r = score_key_open(&part.key, paper, find_item, part.zip, e);
    if (r < 0)
        key_part_release(&part);
    else
        *ret = part;
    return r;
}

void key_part_release(struct key_part *p)
{
    score_key_free(p->key);
    zip_close(p->zip);
    bytes_release(&p->plain);
    *p = (struct key_part){0};
}

int score_journal_work(const struct score_key *k, const struct journal_work *w, struct bytes *ret,
                       struct err *e)
{
    struct arena *a = arena_new();
    struct score_answer *answer = arena_array(a, w->n_items, sizeof *answer);
    struct score_work work = {.session = w->session,
                              .ticket = w->ticket,
                              .form = w->form,
                              .epoch = w->epoch,
                              .seq = w->seq,
                              .answer = answer,
                              .n_answers = w->n_items};
    memcpy(work.package, w->package, sizeof work.package);
    memcpy(work.hash, w->hash, sizeof work.hash);
    for (size_t i = 0; i < w->n_items; i++)
        answer[i] = (struct score_answer){w->item[i].id, w->item[i].response};
    int r = score_sitting_bytes(k, &work, ret, e);
    arena_free(a);
    return r;
}

int score_store_work(const struct score_key *k, const struct store_work *w, struct bytes *ret, struct err *e)
{
    struct arena *a = arena_new();
    struct packed_answer *packed = NULL;
    size_t n = 0;
    int r = answers_unpack(w->answers, a, &packed, &n, e);
    struct score_answer *answer = arena_array(a, n, sizeof *answer);
    struct score_work work = {.session = w->session,
                              .ticket = w->ticket,
                              .form = w->form,
                              .epoch = w->epoch,
                              .seq = w->seq,
                              .answer = answer,
                              .n_answers = n};
    memcpy(work.package, w->package, sizeof work.package);
    memcpy(work.hash, w->hash, sizeof work.hash);
    for (size_t i = 0; r == 0 && i < n; i++)
        answer[i] = (struct score_answer){packed[i].item, packed[i].response};
    if (r == 0)
        r = score_sitting_bytes(k, &work, ret, e);
    arena_free(a);
    return r;
}
