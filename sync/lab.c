/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/lab.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "sync/lab-internal.h"

/* What is being put together; the arrays become those of the cases. */
struct building {
    struct lab_session *l;
    struct lab_rating *rating;
    struct lab_decision *decision;
    size_t n_ratings, n_decisions;
};

static int compare_rater(const void *id, const void *rater)
{
    return strcmp(id, ((const struct roster_rater *)rater)->id);
}

static int64_t order_of(const struct roster *r, const char *id, const struct roster_candidate *candidate)
{
    const struct roster_rater *rater =
        r->n_raters ? bsearch(id, r->rater, r->n_raters, sizeof *r->rater, compare_rater) : NULL;
    return rater && candidate && roster_rates(r, rater, candidate) ? rater->order : 0;
}

int lab_rating_open(const struct lab_session *l, const struct lab_rating *x, struct arena *a,
                    struct rating *ret, const struct rubric **ret_rubric, struct rating_points *ret_points,
                    struct err *e)
{
    const struct rubric *rubric = NULL;
    int r = rating_read(ret, a, x->rater, x->document, e);
    if (r == 0 && !(rubric = lab_plan_rubric(l->plan, ret->rubric)))
        r = err_set(e, ERR_DATA, x->rater, _("the plan has no rubric %s"), ret->rubric);
    if (r == 0)
        r = rating_fits(ret, rubric, e);
    if (r < 0)
        return r;
    rating_points(ret, rubric, ret_points);
    *ret_rubric = rubric;
    return 0;
}

static bool has_marks(const struct rating *x)
{
    bool any = false;
    for (size_t i = 0; i < x->n_steps; i++)
        any = any || x->step[i].mark != RATING_UNMARKED;
    return any;
}

/* Somebody began, and says no more: he is awaited, and the candidate is not absent. */
static bool has_begun(const struct rating *x)
{
    return x->begun_ms != 0 || has_marks(x);
}

/* A total that was confirmed is changed by any status, too. Who is absent has no marks. */
static void reduce_read(const struct lab_session *l, const struct rating *x, const struct rating_points *p,
                        struct combine_rating *to)
{
    bool confirmed = x->confirmed && x->status == RATING_RATED;
    to->status = x->status == RATING_OPEN && has_begun(x) ? RATING_RATED : x->status;
    to->total = p->total;
    to->complete = p->open == 0 && x->status != RATING_OPEN;
    to->confirmed = confirmed && x->confirmed_milli == p->total.milli;
    to->changed = x->confirmed && !to->confirmed;
    to->chief = x->chief || (x->status == RATING_ABSENT && has_marks(x));
    if (x->status == RATING_EXEMPT) {
        const struct lab_exemption *exemption = lab_plan_exemption(l->plan, x->reason);
        to->chief = to->chief || !exemption;
        to->total = exemption ? exemption->points : points_milli(0);
    }
}

/* What is no rating of this plan stands as one by somebody who was not to rate: people look at it. A rubric
 * that the candidate did not draw is for the chief. */
static void reduce(const struct lab_session *l, struct lab_rating *x)
{
    struct arena *scratch = arena_new();
    const struct roster_candidate *candidate = roster_find(l->roster, x->ticket);
    const struct rubric *rubric;
    struct rating rating;
    struct rating_points points;
    struct err e;
    x->reduced = (struct combine_rating){.rater = x->rater, .status = RATING_RATED};
    x->unreadable = lab_rating_open(l, x, scratch, &rating, &rubric, &points, &e) < 0;
    if (!x->unreadable) {
        reduce_read(l, &rating, &points, &x->reduced);
        x->reduced.order = order_of(l->roster, x->rater, candidate);
        if (candidate && rating.status == RATING_RATED && strcmp(candidate->form, rating.rubric) != 0)
            x->reduced.chief = true;
    }
    arena_free(scratch);
}

/* ---- decisions: which count, and the sheets among them ---- */

static bool same_ticket(const struct lab_decision *a, const struct lab_decision *b)
{
    return strcmp(a->decision->ticket, b->decision->ticket) == 0;
}

static bool replaces(const struct decision *d, enum decision_kind kind, const uint8_t hash[DECISION_HASH])
{
    if (!decision_may_replace(d->kind, kind))
        return false;
    for (size_t i = 0; i < d->n_supersedes; i++)
        if (memcmp(d->supersedes[i], hash, DECISION_HASH) == 0)
            return true;
    return false;
}

static void mark_replaced(struct building *b)
{
    for (size_t i = 0, end; i < b->n_decisions; i = end) {
        for (end = i + 1; end < b->n_decisions && same_ticket(&b->decision[i], &b->decision[end]); end++)
            ;
        for (size_t j = i; j < end; j++)
            for (size_t k = i; k < end; k++)
                if (replaces(b->decision[j].decision, b->decision[k].decision->kind, b->decision[k].hash))
                    b->decision[k].active = false;
    }
}

static void add_sheets(struct building *b)
{
    b->rating = mem_grow(b->rating, b->n_ratings + b->n_decisions + 1, sizeof *b->rating);
    for (size_t i = 0; i < b->n_decisions; i++) {
        const struct decision *d = b->decision[i].decision;
        if (d->kind != DECISION_SHEET || !b->decision[i].active)
            continue;
        struct lab_rating *x = &b->rating[b->n_ratings++];
        *x = (struct lab_rating){
            .ticket = d->ticket, .rater = d->rater, .sheet = true, .attested = true, .document = d->rating};
        memcpy(x->head, b->decision[i].hash, sizeof x->head);
        decision_evidence(x->rater, x->document, x->evidence);
    }
}

/* ---- of one rater's ratings of one candidate, those that count ---- */

static bool says_something(const struct lab_rating *x)
{
    return x->reduced.status != RATING_OPEN || x->reduced.chief;
}

static bool is_finished(const struct lab_rating *x)
{
    return x->unreadable ||
           (x->reduced.status == RATING_RATED ? x->reduced.complete : x->reduced.status != RATING_OPEN);
}

static int compare_ratings(const void *a, const void *b)
{
    const struct lab_rating *x = a, *y = b;
    int k = strcmp(x->ticket, y->ticket);
    if (k == 0)
        k = strcmp(x->rater, y->rater);
    if (k == 0)
        k = (int)x->sheet - (int)y->sheet;
    if (k == 0)
        k = (x->epoch < y->epoch) - (x->epoch > y->epoch);
    if (k == 0)
        k = memcmp(x->evidence, y->evidence, sizeof x->evidence);
    return k ? k : memcmp(x->head, y->head, sizeof x->head);
}

static bool same_word(const struct lab_rating *a, const struct lab_rating *b)
{
    if (memcmp(a->evidence, b->evidence, sizeof a->evidence) == 0)
        return true;
    return (a->sheet || b->sheet) && !a->unreadable && !b->unreadable &&
           a->reduced.status == b->reduced.status && a->reduced.total.milli == b->reduced.total.milli;
}

/* Ratings of one ticket and rater, newest epoch first, sheets last. Keeps the newest epoch that holds a
 * finished one (else the newest that holds any), then whatever differs from what is kept. Returns how many
 * stand in front. */
static size_t choose(struct lab_rating *x, size_t n)
{
    int64_t epoch = -1;
    size_t kept = 0;
    for (size_t i = 0; i < n && epoch < 0; i++)
        if (!x[i].sheet && says_something(&x[i]) && is_finished(&x[i]))
            epoch = x[i].epoch;
    for (size_t i = 0; i < n && epoch < 0; i++)
        if (!x[i].sheet && says_something(&x[i]))
            epoch = x[i].epoch;
    for (size_t i = 0; i < n; i++) {
        bool known = !says_something(&x[i]) || (!x[i].sheet && x[i].epoch != epoch);
        for (size_t j = 0; j < kept && !known; j++)
            known = same_word(&x[j], &x[i]);
        if (!known)
            x[kept++] = x[i];
    }
    return kept;
}

static void choose_all(struct building *b)
{
    size_t kept = 0;
    if (b->n_ratings)
        qsort(b->rating, b->n_ratings, sizeof *b->rating, compare_ratings);
    for (size_t i = 0, end; i < b->n_ratings; i = end) {
        for (end = i + 1; end < b->n_ratings && strcmp(b->rating[i].ticket, b->rating[end].ticket) == 0 &&
                          strcmp(b->rating[i].rater, b->rating[end].rater) == 0;
             end++)
            ;
        size_t n = choose(&b->rating[i], end - i);
        memmove(&b->rating[kept], &b->rating[i], n * sizeof *b->rating);
        kept += n;
    }
    b->n_ratings = kept;
}

/* ---- cases ---- */

static const char *lower(const char *a, const char *b)
{
    return !a ? b : !b ? a : strcmp(a, b) <= 0 ? a : b;
}

static void make_cases(struct building *b)
{
    struct lab_session *l = b->l;
    const struct roster *r = l->roster;
    struct lab_rating *rating = arena_copy(l->arena, b->rating, b->n_ratings * sizeof *rating);
    struct lab_decision *decision = arena_copy(l->arena, b->decision, b->n_decisions * sizeof *decision);
    l->each = arena_array(l->arena, r->n_candidates + b->n_ratings + b->n_decisions + 1, sizeof *l->each);
    for (size_t c = 0, i = 0, d = 0;;) {
        const char *ticket = lower(c < r->n_candidates ? r->candidate[c].ticket : NULL,
                                   lower(i < b->n_ratings ? rating[i].ticket : NULL,
                                         d < b->n_decisions ? decision[d].decision->ticket : NULL));
        if (!ticket)
            break;
        struct lab_case *x = &l->each[l->n++];
        *x = (struct lab_case){.ticket = ticket, .rating = &rating[i], .decision = &decision[d]};
        if (c < r->n_candidates && strcmp(r->candidate[c].ticket, ticket) == 0)
            x->candidate = &r->candidate[c++];
        for (; i < b->n_ratings && strcmp(rating[i].ticket, ticket) == 0; i++)
            x->n_ratings++;
        for (; d < b->n_decisions && strcmp(decision[d].decision->ticket, ticket) == 0; d++)
            x->n_decisions++;
        lab_decide(l, x);
    }
}

static void keep_decisions(struct building *b)
{
    /* the texts of a decision live as long as the session */
    struct lab_session *l = b->l;
    l->owned = arena_copy(l->arena, b->decision, b->n_decisions * sizeof *l->owned);
    l->n_owned = b->n_decisions;
}

static int build(struct store *s, const char *session, struct building *b, struct err *e)
{
    struct lab_session *l = b->l;
    int r;
    if ((r = lab_read_plan(s, session, &l->plan, e)) < 0 || !l->plan ||
        (r = lab_read_roster(s, session, &l->roster, e)) < 0 ||
        (r = lab_read_ratings(s, session, l->arena, &b->rating, &b->n_ratings, e)) < 0)
        return r;
    r = lab_read_decisions(s, session, &b->decision, &b->n_decisions, e);
    keep_decisions(b);
    if (r < 0)
        return r;
    mark_replaced(b);
    add_sheets(b);
    for (size_t i = 0; i < b->n_ratings; i++)
        reduce(l, &b->rating[i]);
    choose_all(b);
    make_cases(b);
    return 1;
}

int store_lab(struct store *s, const char *session, struct lab_session **ret, struct err *e)
{
    struct arena *a = arena_new();
    struct building b = {.l = arena_alloc(a, sizeof *b.l)};
    *b.l = (struct lab_session){.arena = a};
    int r = build(s, session, &b, e);
    free(b.rating);
    free(b.decision);
    if (r == 1)
        *ret = b.l;
    else
        lab_session_free(b.l);
    return r;
}

void lab_session_free(struct lab_session *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n_owned; i++)
        decision_free(l->owned[i].decision);
    lab_plan_free(l->plan);
    roster_free(l->roster);
    arena_free(l->arena);
}

static int compare_case(const void *ticket, const void *x)
{
    return strcmp(ticket, ((const struct lab_case *)x)->ticket);
}

const struct lab_case *lab_session_find(const struct lab_session *l, const char *ticket)
{
    return l->n ? bsearch(ticket, l->each, l->n, sizeof *l->each, compare_case) : NULL;
}
