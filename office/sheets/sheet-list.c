/* SPDX-License-Identifier: Apache-2.0 */
#include "office/sheets/sheet-list.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "base/mem.h"

char *sheet_id(const char *session, const char *ticket, const char *rubric, int64_t version, int64_t order,
               int64_t turn, char ret[SHORT_CODE_SHOWN])
{
    uint8_t hash[32];
    struct bytes body = {0};
    canon_domain(&body, "kaochang/1 sheet");
    canon_text(&body, session);
    canon_text(&body, ticket);
    canon_text(&body, rubric);
    canon_int(&body, version);
    canon_int(&body, order);
    canon_int(&body, turn);
    crypto_generichash(hash, sizeof hash, body.p, body.n, NULL, 0);
    bytes_release(&body);
    return short_code_show(hash, ret);
}

/* ---- the list ---- */

static int by_place(const void *a, const void *b)
{
    const struct sheet_place *x = a, *y = b;
    int c = strcmp(x->candidate->site, y->candidate->site);
    if (c == 0)
        c = strcmp(x->candidate->room, y->candidate->room);
    if (c == 0)
        c = (x->candidate->seat > y->candidate->seat) - (x->candidate->seat < y->candidate->seat);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static int by_id(const void *a, const void *b, void *list)
{
    const struct sheet_place *place = list;
    return strcmp(place[*(const size_t *)a].id, place[*(const size_t *)b].id);
}

/* Those who would have one id, by ticket and order, so that the first keeps it. */
static int by_id_then_ticket(const void *a, const void *b, void *list)
{
    const struct sheet_place *x = (const struct sheet_place *)list + *(const size_t *)a;
    const struct sheet_place *y = (const struct sheet_place *)list + *(const size_t *)b;
    int c = strcmp(x->id, y->id);
    if (c == 0)
        c = strcmp(x->candidate->ticket, y->candidate->ticket);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static void name(const struct sheet_list *l, struct sheet_place *p, int64_t turn)
{
    sheet_id(l->roster->session, p->candidate->ticket, p->rubric->id, p->rubric->version, p->order, turn,
             p->id);
}

/* 35 bits are enough for a room and, rarely, not for a city. */
static void tell_apart(struct sheet_list *l)
{
    bool again = true;
    for (int64_t turn = 1; again; turn++) {
        again = false;
        qsort_r(l->by_id, l->n, sizeof *l->by_id, by_id_then_ticket, l->place);
        for (size_t i = 1; i < l->n; i++)
            if (strcmp(l->place[l->by_id[i]].id, l->place[l->by_id[i - 1]].id) == 0) {
                name(l, &l->place[l->by_id[i]], turn);
                again = true;
            }
    }
    qsort_r(l->by_id, l->n, sizeof *l->by_id, by_id, l->place);
}

static const struct roster_rater *rater_of(const struct roster *r, const struct roster_candidate *c,
                                           int64_t order)
{
    for (size_t i = 0; i < r->n_raters; i++)
        if (r->rater[i].order == order && roster_rates(r, &r->rater[i], c))
            return &r->rater[i];
    return NULL;
}

static int put(struct sheet_list *l, const struct roster_candidate *c, int64_t order, struct err *e)
{
    struct sheet_place *p = &l->place[l->n];
    *p = (struct sheet_place){.candidate = c, .order = order};
    p->room = roster_find_room(l->roster, c->site, c->room);
    p->rubric = lab_plan_rubric(l->plan, c->form);
    if (!p->room || !p->rubric) {
        err_set(e, ERR_DATA, c->ticket, _("the exam has no rubric \"%s\""), c->form);
        return err_hint(e, _("draw the experiments first: kaochang roster draw"));
    }
    if (p->room->benches > 0)
        roster_bench(p->room, c->seat, &p->group, &p->bench);
    p->rater = rater_of(l->roster, c, order);
    l->by_id[l->n] = l->n;
    l->n++;
    return 0;
}

int sheet_list_make(struct sheet_list *ret, const struct lab_plan *plan, const struct roster *roster,
                    struct err *e)
{
    struct sheet_list l = {.plan = plan, .roster = roster};
    bool third = plan->raters > 1 && plan->dispute == LAB_DISPUTE_THIRD;
    size_t most = roster->n_candidates * SHEET_MAX_ORDER;
    int r = 0;
    l.place = mem_grow(NULL, most + 1, sizeof *l.place);
    l.by_id = mem_grow(NULL, most + 1, sizeof *l.by_id);
    for (size_t i = 0; r == 0 && i < roster->n_candidates; i++)
        for (int64_t order = 1; r == 0 && order <= SHEET_MAX_ORDER; order++)
            if (order <= plan->raters || (order == SHEET_MAX_ORDER && third))
                r = put(&l, &roster->candidate[i], order, e);
    if (r < 0) {
        sheet_list_release(&l);
        return r;
    }
    qsort(l.place, l.n, sizeof *l.place, by_place);
    for (size_t i = 0; i < l.n; i++)
        name(&l, &l.place[i], 0);
    tell_apart(&l);
    *ret = l;
    return 0;
}

void sheet_list_release(struct sheet_list *l)
{
    free(l->place);
    free(l->by_id);
    *l = (struct sheet_list){0};
}

/* ---- looking up ---- */

const struct sheet_place *sheet_list_at(const struct sheet_list *l, const char *id)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct sheet_place *p = &l->place[l->by_id[middle]];
        int c = strcmp(p->id, id);
        if (c == 0)
            return p;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* An older version of the rubric, or another rubric of the plan: the sheet lay ready before a change. */
static const struct sheet_place *older(const struct sheet_list *l, const char *id, int64_t *ret_version)
{
    char other[SHORT_CODE_SHOWN];
    for (size_t i = 0; i < l->n; i++) {
        const struct sheet_place *p = &l->place[i];
        for (size_t k = 0; k < l->plan->n_rubrics; k++) {
            const struct rubric *r = l->plan->rubric[k];
            int64_t first = r->version > 20 ? r->version - 20 : 1;
            for (int64_t v = first; v <= r->version; v++)
                if (strcmp(sheet_id(l->roster->session, p->candidate->ticket, r->id, v, p->order, 0, other),
                           id) == 0) {
                    *ret_version = v;
                    return p;
                }
        }
    }
    return NULL;
}

int sheet_list_find(const struct sheet_list *l, const char *typed, const struct sheet_place **ret,
                    struct err *e)
{
    char id[SHORT_CODE_SHOWN];
    int64_t version = 0;
    int r = short_code_read(typed, id, e);
    if (r < 0)
        return err_hint(e, _("a sheet's number is eight characters: XXXX-XXXX"));
    const struct sheet_place *p = sheet_list_at(l, id);
    if (p) {
        *ret = p;
        return 0;
    }
    p = older(l, id, &version);
    if (p) {
        err_set(e, ERR_DATA, id,
                _("this sheet of %s (%s) was printed before the draw or the rubric was changed"),
                p->candidate->name, p->candidate->ticket);
        return err_hint(e, _("ask the chief examiner; the sheet that counts now is %s"), p->id);
    }
    err_set(e, ERR_DATA, id, _("session %s has no such sheet"), l->roster->session);
    return err_hint(e, _("look whether the sheet is of this session"));
}
