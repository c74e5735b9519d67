/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>

#include "cli/adjudicate/case-text.h"

static json_t *points_json(points_t p)
{
    char text[32];
    return json_string(points_text(p, text, sizeof text));
}

static json_t *slips_json(const struct rubric_step *s, const struct rating_step *x)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->n_slips; i++)
        if (x->slips & (1u << i))
            json_array_append_new(list, json_stringn(&s->slip[i].code, 1));
    return list;
}

static json_t *steps_json(const struct rating *x, const struct rubric *r, const struct rating_points *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->n_steps; i++)
        json_array_append_new(list, json_pack("{s:I, s:s, s:o, s:o, s:o, s:I, s:I}", "number",
                                              (json_int_t)i + 1, "title", r->step[i].title, "points",
                                              points_json(p->step[i]), "of", points_json(r->step[i].points),
                                              "slips", slips_json(&r->step[i], &x->step[i]), "wallMs",
                                              (json_int_t)x->step[i].wall_ms, "changes",
                                              (json_int_t)x->step[i].changes));
    return list;
}

static json_t *rating_json(const struct docket *d, const struct lab_rating *x)
{
    struct arena *a = arena_new();
    struct rating rating;
    struct rating_points points;
    const struct rubric *rubric;
    struct err own;
    json_t *o = json_pack("{s:s, s:I, s:b, s:b}", "rater", x->rater, "order", (json_int_t)x->reduced.order,
                          "sheet", x->sheet, "attested", x->attested);
    if (lab_rating_open(d->lab, x, a, &rating, &rubric, &points, &own) == 0) {
        json_object_set_new(o, "rubric", json_string(rubric->id));
        json_object_set_new(o, "status", json_string(rating_status_name(rating.status)));
        json_object_set_new(o, "reason", json_string(rating.reason));
        json_object_set_new(o, "total", points_json(points.total));
        json_object_set_new(o, "confirmed", json_boolean(x->reduced.confirmed));
        json_object_set_new(o, "chief", json_boolean(rating.chief));
        json_object_set_new(o, "note", json_string(rating.note));
        json_object_set_new(o, "beginsOutsideSession", json_boolean(docket_clock_is_off(d, rating.begun_ms)));
        json_object_set_new(o, "steps", steps_json(&rating, rubric, &points));
    } else
        json_object_set_new(o, "unreadable", json_string(own.what));
    arena_free(a);
    return o;
}

static json_t *decision_json(const struct docket *d, const struct lab_case *c, const struct lab_decision *x)
{
    struct lab_signer *who = NULL;
    size_t n = 0;
    struct err own;
    char hash[2 * DECISION_HASH + 1];
    const struct decision *y = x->decision;
    json_t *signers = json_array(),
           *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b}", "hash",
                          hex_encode(hash, x->hash, DECISION_HASH), "kind", decision_kind_name(y->kind),
                          "date", y->date, "reason", y->reason, "status", y->status, "beforeStatus",
                          y->before_status, "video", y->video, "videoHash", y->video_hash, "active",
                          x->active, "counts", c->by == x);
    if (y->has_before)
        json_object_set_new(o, "before", points_json(y->before));
    if (y->has_total)
        json_object_set_new(o, "total", points_json(y->total));
    if (store_signers(d->store, x->hash, d->arena, &who, &n, &own) == 0)
        for (size_t i = 0; i < n; i++)
            json_array_append_new(signers, json_pack("{s:s, s:s}", "name", who[i].name, "kind", who[i].kind));
    json_object_set_new(o, "signers", signers);
    return o;
}

json_t *case_json(const struct docket *d, const struct lab_case *c)
{
    json_t *ratings = json_array(), *decisions = json_array(),
           *o = json_pack("{s:s, s:s, s:s, s:s, s:b}", "ticket", c->ticket, "name",
                          c->candidate ? c->candidate->name : "", "state",
                          combine_state_name(c->outcome.state), "rule",
                          c->outcome.rule ? c->outcome.rule : "", "reopened", c->reopened);
    if (c->outcome.state == COMBINE_DONE) {
        json_object_set_new(o, "status", json_string(rating_status_name(c->outcome.status)));
        if (c->outcome.status == RATING_RATED || c->outcome.status == RATING_EXEMPT)
            json_object_set_new(o, "total", points_json(c->outcome.total));
    }
    for (size_t i = 0; i < c->n_ratings; i++)
        json_array_append_new(ratings, rating_json(d, &c->rating[i]));
    for (size_t i = 0; i < c->n_decisions; i++)
        json_array_append_new(decisions, decision_json(d, c, &c->decision[i]));
    json_object_set_new(o, "ratings", ratings);
    json_object_set_new(o, "decisions", decisions);
    return o;
}
