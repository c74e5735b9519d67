/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/adjudicate/deciding.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/derive.h"

static const uint64_t max_video = UINT64_C(1) << 42;

int deciding_video(const struct args *a, struct arena *arena, const char **ret_at, const char **ret_hash,
                   struct err *e)
{
    const char *path = args_get(a, "video"), *at = args_get(a, "video-at");
    uint8_t hash[64];
    char hex[2 * sizeof hash + 1];
    *ret_at = *ret_hash = "";
    if (!path)
        return at ? err_set(e, ERR_USAGE, NULL, _("--video-at comes with --video, whose hash is taken")) : 0;
    int r = blake2b_512_file(hash, path, max_video, e);
    if (r < 0)
        return r;
    *ret_at = arena_strdup(arena, at ? at : path_base(path));
    *ret_hash = arena_strdup(arena, hex_encode(hex, hash, sizeof hash));
    return 0;
}

/* The rating that people hold in their hands: the first rater's. */
static const struct lab_rating *first_rating(const struct lab_case *c)
{
    const struct lab_rating *best = NULL;
    for (size_t i = 0; i < c->n_ratings; i++)
        if (!best || (c->rating[i].reduced.order && c->rating[i].reduced.order < best->reduced.order))
            best = &c->rating[i];
    return best;
}

/* Old mark: what counts now; else what the ratings say where they say one thing. */
static void fill_before(const struct lab_case *c, struct decision *x)
{
    const struct combined *now = c->outcome.state == COMBINE_DONE ? &c->outcome : &c->rated;
    bool marked = now->state == COMBINE_DONE || now->state == COMBINE_RECHECK;
    if (marked) {
        x->before_status = now->status == RATING_OPEN ? "" : rating_status_name(now->status);
        x->has_before = now->status == RATING_RATED || now->status == RATING_EXEMPT;
        x->before = now->total;
    } else if (c->n_ratings == 1 && !c->rating[0].unreadable) {
        x->before_status = rating_status_name(c->rating[0].reduced.status);
        x->has_before = c->rating[0].reduced.status == RATING_RATED;
        x->before = c->rating[0].reduced.total;
    }
}

static void fill_seen(const struct lab_case *c, struct decision *x)
{
    x->saw = arena_array(x->arena, c->n_ratings + 1, sizeof *x->saw);
    x->supersedes = arena_array(x->arena, c->n_decisions + 1, sizeof *x->supersedes);
    for (size_t i = 0; i < c->n_ratings; i++)
        memcpy(x->saw[x->n_saw++], c->rating[i].evidence, DECISION_HASH);
    for (size_t i = 0; i < c->n_decisions; i++)
        if (c->decision[i].active && c->decision[i].decision->kind != DECISION_SHEET &&
            decision_may_replace(x->kind, c->decision[i].decision->kind))
            memcpy(x->supersedes[x->n_supersedes++], c->decision[i].hash, DECISION_HASH);
    decision_sort_hashes(x->saw, &x->n_saw);
    decision_sort_hashes(x->supersedes, &x->n_supersedes);
}

/* "3:1.5": step 3 is worth 1.5 now. */
static int read_step(const char *text, const struct rating_points *p, const struct rubric *rubric,
                     struct decision_step *ret, struct err *e)
{
    char *end = NULL;
    long number = strtol(text, &end, 10);
    if (number < 1 || (size_t)number > rubric->n_steps || *end != ':' ||
        points_parse(end + 1, &ret->after, e) < 0)
        return err_set(e, ERR_USAGE, text, _("--step is written NUMBER:POINTS, with a step of experiment %s"),
                       rubric->id);
    if (ret->after.milli < 0 || ret->after.milli > rubric->step[number - 1].points.milli)
        return err_set(e, ERR_USAGE, text, _("step %ld has no more points than its own"), number);
    ret->number = number;
    ret->before = p->step[number - 1];
    return 0;
}

static int compare_steps(const void *a, const void *b)
{
    const struct decision_step *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* The new total follows from the steps where it is not given and one rater has rated. */
static int fill_steps(const struct docket *d, const struct lab_case *c, const struct args *a,
                      struct decision *x, struct err *e)
{
    const struct lab_rating *first = first_rating(c);
    struct rating rating;
    struct rating_points points;
    const struct rubric *rubric;
    const char *text;
    int64_t change = 0;
    int r;
    if (!args_get(a, "step"))
        return 0;
    if (!first)
        return err_set(e, ERR_USAGE, c->ticket, _("there is no rating whose steps could change"));
    if ((r = lab_rating_open(d->lab, first, x->arena, &rating, &rubric, &points, e)) < 0)
        return r;
    x->step = arena_array(x->arena, DECISION_MAX_STEPS + 1, sizeof *x->step);
    for (int i = 0; (text = args_each(a, "step", i)); i++) {
        if (x->n_steps == DECISION_MAX_STEPS)
            return err_set(e, ERR_USAGE, text, _("too many steps"));
        if ((r = read_step(text, &points, rubric, &x->step[x->n_steps], e)) < 0)
            return r;
        change += x->step[x->n_steps].after.milli - x->step[x->n_steps].before.milli;
        x->n_steps++;
    }
    qsort(x->step, x->n_steps, sizeof *x->step, compare_steps);
    if (!x->has_total && !x->status[0] && c->n_ratings == 1) {
        x->has_total = true;
        x->total = rubric_fold(rubric, points_milli(points.raw.milli + change));
    }
    return 0;
}

static int fill_mark(const struct docket *d, const struct args *a, struct decision *x, struct err *e)
{
    const char *total = args_get(a, "total"), *status = args_get(a, "status");
    x->has_total = total != NULL;
    if (total && points_parse(total, &x->total, e) < 0)
        return err_set(e, ERR_USAGE, total, _("--total is a number of points"));
    if (total && (x->total.milli < 0 || x->total.milli > lab_plan_total(d->lab->plan).milli))
        return err_set(e, ERR_USAGE, total, _("is more than the exam has, or below zero"));
    x->status = status ? arena_strdup(x->arena, status) : "";
    if (args_get(a, "article"))
        x->article = arena_strdup(x->arena, args_get(a, "article"));
    if (strcmp(x->status, "exempt") == 0 && !lab_plan_exemption(d->lab->plan, x->article))
        return err_set(e, ERR_USAGE, x->article,
                       _("--article names the exemption; the plan has no such one"));
    return 0;
}

static int check_kind(const struct lab_case *c, const struct decision *x, struct err *e)
{
    if (x->kind != DECISION_CHIEF || !x->has_total || !lab_is_settled(c))
        return 0;
    err_set(e, ERR_NO, c->ticket,
            _("the raters' mark needs no decision: to change it is more than the chief and one rater"));
    return err_hint(e, _("--kind change, signed by the chief and two raters of the room"));
}

static void fill_time(const struct args *a, struct decision *x)
{
    struct clock_reading now;
    uint8_t serial[8];
    char hex[2 * sizeof serial + 1], text[40];
    clock_read(&now);
    randombytes_buf(serial, sizeof serial);
    x->serial = arena_strdup(x->arena, hex_encode(hex, serial, sizeof serial));
    time_text(now.wall_ms, 0, text, sizeof text);
    x->date =
        args_get(a, "date") ? arena_strdup(x->arena, args_get(a, "date")) : arena_strndup(x->arena, text, 10);
}

int deciding(const struct docket *d, const struct lab_case *c, enum decision_kind kind, const struct args *a,
             struct decision **ret, struct err *e)
{
    struct decision *x = decision_new();
    const char *reason;
    int r = args_need(a, "reason", &reason, e);
    if (r < 0)
        goto done;
    x->kind = kind;
    x->session = arena_strdup(x->arena, d->session);
    x->ticket = arena_strdup(x->arena, c->ticket);
    x->reason = arena_strdup(x->arena, reason);
    fill_time(a, x);
    fill_before(c, x);
    fill_seen(c, x);
    if ((r = fill_mark(d, a, x, e)) < 0 || (r = fill_steps(d, c, a, x, e)) < 0 ||
        (r = check_kind(c, x, e)) < 0 || (r = deciding_video(a, x->arena, &x->video, &x->video_hash, e)) < 0)
        goto done;
    if (kind == DECISION_RECHECK && !x->has_total) {
        x->has_total = x->has_before;
        x->total = x->before;
    }
    if ((r = decision_check(x, e)) == -ERR_DATA)
        e->kind = ERR_USAGE, r = -ERR_USAGE;
done:
    if (r < 0)
        decision_free(x);
    else
        *ret = x;
    return r;
}
