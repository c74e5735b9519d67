/* SPDX-License-Identifier: Apache-2.0 */
/* Scores to categories. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/irt/irt-internal.h"

static int find(const struct irt_item *item, int32_t score)
{
    for (size_t c = 0; c < item->categories; c++)
        if (item->category[c] == score)
            return (int)c;
    return -1;
}

static void insert(struct irt_item *item, int32_t score)
{
    size_t at = item->categories++;
    for (; at > 0 && item->category[at - 1] > score; at--)
        item->category[at] = item->category[at - 1];
    item->category[at] = score;
}

static int collect(struct irt_item *item, const char *name, const int32_t *x, size_t n, struct err *e)
{
    int32_t last = SCORE_MISSING;
    item->category = mem_alloc(IRT_MAX_CATEGORIES * sizeof *item->category);
    for (size_t i = 0; i < n; i++) {
        item->n += x[i] != SCORE_MISSING;
        if (x[i] == last || x[i] == SCORE_MISSING || find(item, x[i]) >= 0)
            continue;
        if (item->categories == IRT_MAX_CATEGORIES) {
            err_set(e, ERR_DATA, name, _("this item has more than %d different scores"), IRT_MAX_CATEGORIES);
            return err_hint(e, _("leave it out with --skip, or give its scores in coarser steps"));
        }
        insert(item, last = x[i]);
    }
    if (item->categories < 2)
        item->why = item->n ? N_("all have the same score") : N_("nobody has a score");
    return 0;
}

/* Under a model of two categories every item is nothing or all. */
static int check_dichotomous(const struct irt_item *item, const char *name, struct err *e)
{
    if (item->categories <= 2)
        return 0;
    err_set(e, ERR_DATA, name, _("this item has %zu different scores; the model knows right and wrong"),
            item->categories);
    return err_hint(e, _("use --model grm, pcm or gpcm, or leave the item out with --skip"));
}

static void number_indicators(struct responses *r, const struct irt_item *item)
{
    r->first = mem_alloc((r->k + 1) * sizeof *r->first);
    for (size_t j = 0; j < r->k; j++)
        r->first[j + 1] = r->first[j] + (item[j].why ? 0 : item[j].categories - 1);
    r->indicators = r->first[r->k];
}

static int fill(struct responses *r, const struct irt_item *item, const struct score_matrix *m, struct err *e)
{
    r->category = mem_alloc(r->n * r->k + 1);
    for (size_t j = 0; j < r->k; j++) {
        const int32_t *x = matrix_item(m, j);
        int32_t last = SCORE_MISSING;
        int found = NO_RESPONSE;
        for (size_t i = 0; i < r->n; i++) {
            if (x[i] != last)
                found = item[j].why || x[i] == SCORE_MISSING ? NO_RESPONSE : find(&item[j], x[i]);
            last = x[i];
            if (found < 0)
                return err_set(e, ERR_DATA, m->item[j],
                               _("person %zu has a score that nobody had at calibration"), i + 1);
            r->any_missing = r->any_missing || (found == NO_RESPONSE && !item[j].why);
            r->category[i * r->k + j] = (uint8_t)found;
        }
    }
    return 0;
}

/* The commonest; of equals the lowest. */
static void choose_base(struct responses *r)
{
    for (size_t j = 0; j < r->k; j++) {
        size_t count[IRT_MAX_CATEGORIES] = {0}, best = 0;
        for (size_t i = 0; is_calibrated(r, j) && i < r->n; i++)
            if (r->category[i * r->k + j] != NO_RESPONSE)
                count[r->category[i * r->k + j]]++;
        for (size_t c = 1; c < IRT_MAX_CATEGORIES; c++)
            best = count[c] > count[best] ? c : best;
        r->base[j] = (uint8_t)best;
    }
}

int responses_of(struct responses *ret, const struct irt_item *item, const struct score_matrix *m,
                 struct err *e)
{
    *ret = (struct responses){.n = m->n, .k = m->k};
    number_indicators(ret, item);
    ret->base = mem_alloc(ret->k + 1);
    int status = fill(ret, item, m, e);
    if (status == 0)
        choose_base(ret);
    return status;
}

int responses_take(struct responses *ret, struct irt_item *item, const struct score_matrix *m,
                   bool dichotomous, struct err *e)
{
    int r = 0;
    for (size_t j = 0; r == 0 && j < m->k; j++) {
        r = collect(&item[j], m->item[j], matrix_item(m, j), m->n, e);
        if (r == 0 && dichotomous)
            r = check_dichotomous(&item[j], m->item[j], e);
    }
    return r < 0 ? r : responses_of(ret, item, m, e);
}

void responses_release(struct responses *r)
{
    free(r->category);
    free(r->base);
    free(r->first);
    *r = (struct responses){0};
}
