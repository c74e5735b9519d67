/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/history.h"

#include "client/agent/link.h"
#include "exam-packages/journal.h"

static int recall(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct book *b = context;
    if (superseded || event->kind != JOURNAL_RATING)
        return 0;
    size_t i = book_find(b, event->item);
    return i < b->n ? book_recall(b, &b->entry[i], event->payload, e) : 0;
}

static void forget(struct book *b)
{
    for (size_t i = 0; i < b->n; i++)
        book_begin(&b->entry[i]);
}

int history_recall(struct book *b, const struct link_terms *terms, const char *vfs, struct err *e)
{
    struct journal *j = NULL;
    int r = journal_open(&j, terms->journal, &terms->keys, vfs, e);
    for (int64_t i = 0; r == 0 && i < terms->n_earlier; i++)
        r = journal_use_keys(j, i + 1, &terms->earlier[i], e);
    if (r == 0)
        r = journal_read(j, recall, b, e);
    journal_close(j);
    if (r < 0)
        forget(b);
    return r;
}
