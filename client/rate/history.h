/* SPDX-License-Identifier: Apache-2.0 */
/* What was rated before this program began, for undo: the ratings that the journal holds, in their order. */
#ifndef KAOCHANG_CLIENT_RATE_HISTORY_H
#define KAOCHANG_CLIENT_RATE_HISTORY_H

#include "client/rate/book.h"

struct link_terms;

/* book_recall of every rating in the journal, those of earlier machines too; the entries are begun. After an
 * error (a disk that fails) they are as they were: undo begins anew. `vfs` as in sitting_open_with. */
MUST_CHECK int history_recall(struct book *b, const struct link_terms *terms, const char *vfs, struct err *e);

#endif
