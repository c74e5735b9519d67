/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "base/mem.h"

static const char answers_domain[] = "kaochang/1 answers", scores_domain[] = "kaochang/1 item scores",
                  files_domain[] = "kaochang/1 files";
enum { MAX_ITEMS = 10000, MAX_ID = 200, MAX_PATH = 1000 };

static int by_item(const void *a, const void *b)
{
    return strcmp((*(const struct packed_answer *const *)a)->item, (*(const struct packed_answer *const *)b)->item);
}

void answers_pack(const struct packed_answer *answer, size_t n, struct bytes *out)
{
    const struct packed_answer **order = mem_grow(NULL, n + 1, sizeof *order);
    size_t given = 0;
    for (size_t i = 0; i < n; i++)
        if (answer[i].response.n)
            order[given++] = &answer[i];
    qsort(order, given, sizeof *order, by_item);
    canon_domain(out, answers_domain);
    canon_int(out, (int64_t)given);
    for (size_t i = 0; i < given; i++) {
        canon_text(out, order[i]->item);
        canon_blob(out, order[i]->response);
    }
    free(order);
}

static bool begin(struct canon_reader *r, struct span packed, const char *domain, int64_t *ret_n)
{
    *r = canon_reader_of(packed);
    return canon_read_domain(r, domain) && canon_read_int(r, ret_n) && *ret_n >= 0 && *ret_n <= MAX_ITEMS;
}

int answers_unpack(struct span packed, struct arena *a, struct packed_answer **ret, size_t *ret_n, struct err *e)
{
    struct canon_reader r;
    int64_t n = 0;
    bool good = begin(&r, packed, answers_domain, &n);
    struct packed_answer *all = arena_array(a, good ? (size_t)n + 1 : 1, sizeof *all);
    for (int64_t i = 0; good && i < n; i++)
        good = canon_read_text(&r, a, MAX_ID, &all[i].item) && canon_read_blob(&r, &all[i].response);
    if (!good || !canon_at_end(&r))
        return err_set(e, ERR_DATA, NULL, _("the packed answers of a sitting are broken"));
    *ret = all;
    *ret_n = (size_t)n;
    return 0;
}

static int by_item_and_path(const void *a, const void *b)
{
    const struct packed_file *x = *(const struct packed_file *const *)a,
                             *y = *(const struct packed_file *const *)b;
    int order = strcmp(x->item, y->item);
    return order ? order : strcmp(x->path, y->path);
}

void files_pack(const struct packed_file *file, size_t n, struct bytes *out)
{
    if (n == 0)
        return;
    const struct packed_file **order = mem_grow(NULL, n, sizeof *order);
    for (size_t i = 0; i < n; i++)
        order[i] = &file[i];
    qsort(order, n, sizeof *order, by_item_and_path);
    canon_domain(out, files_domain);
    canon_int(out, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        canon_text(out, order[i]->item);
        canon_text(out, order[i]->path);
        canon_int(out, order[i]->attributes);
        canon_blob(out, order[i]->content);
    }
    free(order);
}

int files_unpack(struct span packed, struct arena *a, struct packed_file **ret, size_t *ret_n, struct err *e)
{
    struct canon_reader r;
    int64_t n = 0;
    bool good = packed.n == 0 || begin(&r, packed, files_domain, &n);
    struct packed_file *all = arena_array(a, good ? (size_t)n + 1 : 1, sizeof *all);
    for (int64_t i = 0; good && i < n; i++)
        good = canon_read_text(&r, a, MAX_ID, &all[i].item) &&
               canon_read_text(&r, a, MAX_PATH, &all[i].path) && canon_read_int(&r, &all[i].attributes) &&
               canon_read_blob(&r, &all[i].content);
    if (!good || (packed.n && !canon_at_end(&r)))
        return err_set(e, ERR_DATA, NULL, _("the packed files of a sitting are broken"));
    *ret = all;
    *ret_n = (size_t)n;
    return 0;
}

void scores_pack(const struct packed_score *score, size_t n, struct bytes *out)
{
    canon_domain(out, scores_domain);
    canon_int(out, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        canon_text(out, score[i].item);
        canon_int(out, score[i].version);
        canon_int(out, score[i].points.milli);
        canon_int(out, score[i].maximum.milli);
    }
}

int scores_unpack(struct span packed, struct arena *a, struct packed_score **ret, size_t *ret_n, struct err *e)
{
    struct canon_reader r;
    int64_t n = 0;
    bool good = begin(&r, packed, scores_domain, &n);
    struct packed_score *all = arena_array(a, good ? (size_t)n + 1 : 1, sizeof *all);
    for (int64_t i = 0; good && i < n; i++)
        good = canon_read_text(&r, a, MAX_ID, &all[i].item) && canon_read_int(&r, &all[i].version) &&
               canon_read_int(&r, &all[i].points.milli) && canon_read_int(&r, &all[i].maximum.milli);
    if (!good || !canon_at_end(&r))
        return err_set(e, ERR_DATA, NULL, _("the packed item scores are broken"));
    *ret = all;
    *ret_n = (size_t)n;
    return 0;
}
