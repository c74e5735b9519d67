/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/token.h"
#include "client/workspace/workspace-internal.h"
#include "exam-packages/derive.h"

/* An office file with the exam's token in it; one that cannot carry it, and every other, as it is. */
static void stamp(const struct workspace *w, const struct practical *p, const struct task_file *f,
                  struct span content, struct bytes *ret)
{
    const struct journal_epoch *start = sitting_epoch(w->sitting);
    char token[TOKEN_MAX + 1];
    struct err unwanted;
    token_for(token, start->session, start->ticket, p->task->item);
    if (!token_fits(f->path) || token_stamp(f->path, content, token, ret, &unwanted) < 0)
        bytes_add(ret, content.p, content.n);
}

int given_each(struct workspace *w, const struct practical *p, given_fn *each, void *context, struct err *e)
{
    char name[TASK_NAME];
    struct bytes content = {0};
    int r = 0;
    for (size_t i = 0; r == 0 && i < p->task->n; i++) {
        struct span plain;
        r = sitting_part(w->sitting, task_file_part_name(name, &p->task->file[i]), &plain, e);
        bytes_clear(&content);
        if (r == 0)
            stamp(w, p, &p->task->file[i], plain, &content);
        sitting_rest_parts(w->sitting);
        if (r == 0)
            r = each(context, i, bytes_span(&content), e);
    }
    bytes_release(&content);
    return r;
}

static int note_given(void *context, size_t i, struct span content, struct err *e)
{
    struct given *given = context;
    (void)e;
    given[i].size = (int64_t)content.n;
    blake2b_256(given[i].hash, content);
    return 0;
}

int given_know(struct workspace *w, struct practical *p, struct err *e)
{
    if (p->given)
        return 0;
    struct given *given = mem_alloc((p->task->n + 1) * sizeof *given);
    int r = given_each(w, p, note_given, given, e);
    if (r == 0)
        p->given = given;
    else
        free(given);
    return r;
}
