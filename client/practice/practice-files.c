/* SPDX-License-Identifier: Apache-2.0 */
/* The files that a candidate hands in: offered, and looked at; nothing of them is read. */
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/practice/practice-internal.h"

enum { LOOK_AGAIN_MS = 1000 };

static bool asks_for_file(const struct question *q)
{
    for (size_t i = 0; i < q->n_parts; i++)
        if (q->part[i].interaction->kind == INTERACTION_UPLOAD)
            return true;
    return false;
}

void practice_offer_files(struct practice *p, int64_t now_ms)
{
    const struct question *q = model_question(&p->m);
    struct folder_list found = {0}, old = p->folder;
    struct err e = {0};
    if (!q || !asks_for_file(q) || (p->folder.path && now_ms - p->folder_ms < LOOK_AGAIN_MS))
        return;
    p->folder_ms = now_ms;
    if (folder_read(&found, ".", &e) < 0)
        return;
    if (folder_equal(&found, &old)) {
        folder_release(&found);
        return;
    }
    p->folder = found;
    work_offer(p->work, &p->folder);
    folder_release(&old);
    if (p->m.focus >= question_places(q))
        p->m.focus = 0;
}

int practice_look_at_files(const struct question *q, const struct response_set *responses, struct arena *a,
                            const char **ret, struct err *e)
{
    for (size_t i = 0; i < q->n_parts; i++) {
        const struct item_interaction *x = q->part[i].interaction;
        const struct response *r =
            x->kind == INTERACTION_UPLOAD ? response_find(responses, x->response) : NULL;
        struct stat st;
        if (!r || r->n == 0)
            continue;
        if (stat(r->value[0], &st) < 0)
            return err_sys(e, r->value[0], _("cannot be read"));
        if (!S_ISREG(st.st_mode))
            return err_set(e, ERR_DATA, r->value[0], _("this is not a file"));
        *ret = arena_printf(a, _("File: %s, %lld bytes"), path_base(r->value[0]), (long long)st.st_size);
    }
    return 0;
}
