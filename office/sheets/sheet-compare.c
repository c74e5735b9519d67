/* SPDX-License-Identifier: Apache-2.0 */
#include "office/sheets/sheet-compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

/* ---- two typings of one sheet ---- */

static bool marks_differ(const struct rating_step *a, const struct rating_step *b)
{
    return a->mark != b->mark || a->slips != b->slips || a->hinted != b->hinted;
}

bool sheet_differs(const struct sheet *a, const struct sheet *b, uint32_t *ret_steps, unsigned *ret_parts)
{
    const struct rating *x = &a->rating, *y = &b->rating;
    uint32_t steps = 0;
    unsigned parts = 0;
    for (size_t i = 0; i < x->n_steps || i < y->n_steps; i++)
        if (i >= x->n_steps || i >= y->n_steps || marks_differ(&x->step[i], &y->step[i]))
            steps |= UINT32_C(1) << i;
    parts |= x->status != y->status ? SHEET_STATUS : 0;
    parts |= strcmp(x->reason, y->reason) != 0 ? SHEET_REASON : 0;
    parts |= strcmp(a->rater, b->rater) != 0 ? SHEET_RATER : 0;
    parts |= x->fatals != y->fatals ? SHEET_FATALS : 0;
    parts |= a->has_sum != b->has_sum || a->sum.milli != b->sum.milli ? SHEET_SUM : 0;
    parts |= x->chief != y->chief ? SHEET_CHIEF : 0;
    parts |= x->confirmed != y->confirmed ? SHEET_SIGNATURE : 0;
    if (ret_steps)
        *ret_steps = steps;
    if (ret_parts)
        *ret_parts = parts;
    return steps || parts;
}

void sheet_common(struct sheet *ret, const struct sheet_finding *f)
{
    const struct sheet *a = f->first;
    sheet_begin(ret, f->place);
    for (size_t i = 0; i < ret->rating.n_steps; i++)
        if (!(f->steps >> i & 1))
            ret->rating.step[i] = a->rating.step[i];
    if (!(f->parts & SHEET_STATUS))
        ret->rating.status = a->rating.status;
    if (!(f->parts & SHEET_REASON))
        ret->rating.reason = a->rating.reason;
    if (!(f->parts & SHEET_RATER))
        ret->rater = a->rater;
    if (!(f->parts & SHEET_FATALS))
        ret->rating.fatals = a->rating.fatals;
    if (!(f->parts & SHEET_CHIEF))
        ret->rating.chief = a->rating.chief;
    if (!(f->parts & SHEET_SIGNATURE))
        ret->rating.confirmed = a->rating.confirmed;
}

/* A third look stands as long as it says of what both agree the same as they do. */
static bool stands(const struct sheet *third, const struct sheet_finding *f)
{
    uint32_t steps;
    unsigned parts;
    sheet_differs(third, f->first, &steps, &parts);
    const unsigned follows = SHEET_SUM | (f->parts & SHEET_STATUS ? SHEET_REASON | SHEET_SIGNATURE : 0);
    bool all = f->parts & (SHEET_STATUS | SHEET_FATALS);
    return (all || !(steps & ~f->steps)) && !(parts & ~(f->parts | follows));
}

/* ---- the last line of each sheet ---- */

static int by_sheet(const void *a, const void *b)
{
    const struct sheet *x = *(const struct sheet *const *)a, *y = *(const struct sheet *const *)b;
    int c = strcmp(x->id, y->id);
    return c ? c : (x > y) - (x < y);
}

struct last {
    const struct sheet **sheet;
    size_t n;
};

static struct last last_lines(const struct sheet_file *f)
{
    struct last l = {.sheet = mem_grow(NULL, (f ? f->n : 0) + 1, sizeof *l.sheet)};
    for (size_t i = 0; f && i < f->n; i++)
        l.sheet[i] = &f->sheet[i];
    if (f)
        qsort(l.sheet, f->n, sizeof *l.sheet, by_sheet);
    for (size_t i = 0; f && i < f->n; i++) {
        if (i + 1 < f->n && strcmp(l.sheet[i]->id, l.sheet[i + 1]->id) == 0)
            continue;
        l.sheet[l.n++] = l.sheet[i];
    }
    return l;
}

static int by_id(const void *key, const void *element)
{
    return strcmp(key, (*(const struct sheet *const *)element)->id);
}

static const struct sheet *find(const struct last *l, const char *id)
{
    const struct sheet **s = bsearch(id, l->sheet, l->n, sizeof *l->sheet, by_id);
    return s ? *s : NULL;
}

/* ---- comparing ---- */

struct comparing {
    const struct sheet_list *l;
    const struct sheet_expected *expected;
    struct last first, second, third;
    struct sheet_comparison c;
    size_t room;
};

static struct sheet_finding *add(struct comparing *x, enum sheet_finding_kind kind,
                                 const struct sheet_place *p, const struct sheet *first,
                                 const struct sheet *second)
{
    if (x->c.n == x->room) {
        x->room = x->room ? 2 * x->room : 64;
        x->c.finding = mem_grow(x->c.finding, x->room, sizeof *x->c.finding);
    }
    struct sheet_finding *f = &x->c.finding[x->c.n++];
    *f = (struct sheet_finding){.kind = kind, .place = p, .first = first, .second = second};
    return f;
}

static bool is_expected(const struct comparing *x, const struct sheet_place *p)
{
    const struct sheet_expected *w = x->expected;
    return w && (!w->site || strcmp(w->site, p->candidate->site) == 0) &&
           (!w->room || strcmp(w->room, p->candidate->room) == 0) &&
           (w->order ? p->order == w->order : p->order <= x->l->plan->raters);
}

static void compare_place(struct comparing *x, const struct sheet_place *p)
{
    const struct sheet *a = find(&x->first, p->id), *b = find(&x->second, p->id), *third;
    struct sheet_finding *f;
    if (!a && !b) {
        if (is_expected(x, p))
            add(x, SHEET_UNTYPED, p, NULL, NULL);
    } else if (!a || !b) {
        add(x, a ? SHEET_ONLY_FIRST : SHEET_ONLY_SECOND, p, a, b);
    } else if (!sheet_differs(a, b, NULL, NULL)) {
        x->c.agreed[x->c.n_agreed++] = a;
    } else {
        f = add(x, SHEET_DIFFERS, p, a, b);
        sheet_differs(a, b, &f->steps, &f->parts);
        third = find(&x->third, p->id);
        f->third = third && stands(third, f) ? third : NULL;
    }
}

static void find_unknown(struct comparing *x)
{
    for (size_t i = 0; i < x->first.n; i++)
        if (!sheet_list_at(x->l, x->first.sheet[i]->id))
            add(x, SHEET_UNKNOWN, NULL, x->first.sheet[i], find(&x->second, x->first.sheet[i]->id));
    for (size_t i = 0; i < x->second.n; i++)
        if (!sheet_list_at(x->l, x->second.sheet[i]->id) && !find(&x->first, x->second.sheet[i]->id))
            add(x, SHEET_UNKNOWN, NULL, NULL, x->second.sheet[i]);
}

static int check_people(const struct sheet_list *l, const struct sheet_file *a, const struct sheet_file *b,
                        const struct sheet_file *third, struct err *e)
{
    const struct sheet_file *const file[] = {a, b, third};
    const char *const session = l->roster->session;
    for (size_t i = 0; i < 3; i++) {
        if (file[i] && strcmp(file[i]->session, session) != 0)
            return err_set(e, ERR_USAGE, file[i]->clerk, _("this file is of the session %s"),
                           file[i]->session);
        if (file[i] && file[i]->kind != (i == 2 ? SHEET_FILE_THIRD : SHEET_FILE_TYPED))
            return err_set(e, ERR_USAGE, file[i]->clerk,
                           _("two files of typed sheets are compared; the third look is the third file"));
        for (size_t k = 0; file[i] && k < i; k++)
            if (strcmp(file[i]->clerk, file[k]->clerk) == 0) {
                err_set(e, ERR_USAGE, file[i]->clerk, _("this person stands in two of the files"));
                return err_hint(e, _("two people type, and a third one looks where they differ"));
            }
    }
    return 0;
}

int sheet_compare(struct sheet_comparison *ret, const struct sheet_list *l, const struct sheet_file *first,
                  const struct sheet_file *second, const struct sheet_file *third,
                  const struct sheet_expected *expected, struct err *e)
{
    int r = check_people(l, first, second, third, e);
    if (r < 0)
        return r;
    struct comparing x = {.l = l, .expected = expected};
    x.first = last_lines(first);
    x.second = last_lines(second);
    x.third = last_lines(third);
    x.c.agreed = mem_grow(NULL, l->n + 1, sizeof *x.c.agreed);
    for (size_t i = 0; i < l->n; i++)
        compare_place(&x, &l->place[i]);
    find_unknown(&x);
    free(x.first.sheet);
    free(x.second.sheet);
    free(x.third.sheet);
    *ret = x.c;
    return 0;
}

void sheet_comparison_release(struct sheet_comparison *c)
{
    free(c->finding);
    free(c->agreed);
    *c = (struct sheet_comparison){0};
}
