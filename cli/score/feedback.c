/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/feedback.h"

#include "cli/score/outcomes.h"
#include "scoring/evaluate.h"
#include "scoring/score.h"

static struct response_set every_response(const struct item *item, const struct response_set *given,
                                          struct arena *a)
{
    struct response_set all = {.response = arena_array(a, item->n_declarations, sizeof *all.response)};
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        const struct response *r = response_find(given, d->identifier);
        if (d->what == DECLARED_RESPONSE)
            all.response[all.n++] = r ? *r : (struct response){.identifier = d->identifier};
    }
    return all;
}

static json_t *correct_json(const struct item *item)
{
    json_t *all = json_object();
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->what != DECLARED_RESPONSE || d->n_correct == 0)
            continue;
        json_t *list = json_array();
        for (size_t k = 0; k < d->n_correct; k++)
            json_array_append_new(list, json_string(d->correct[k].text));
        json_object_set_new(all, d->identifier, list);
    }
    return all;
}

/* False where a person has to mark it: no rules, or no score after them. */
static bool points_of(const struct item *item, const struct outcome_set *set, points_t *ret,
                      points_t *ret_maximum)
{
    const struct outcome *score = outcome_find(set, "SCORE");
    double number;
    struct err e = {0};
    if (item_max_score(item, ret_maximum, &e) < 0)
        return false;
    return !item_needs_marker(item) && item->response_processing && score &&
           value_number(&score->value, &number) &&
           score_points(*ret_maximum, number, *ret_maximum, ret, &e) == 0;
}

static json_t *feedback_json(const struct item *item, const struct outcome_set *set, struct arena *a)
{
    points_t points = {0}, maximum = {0};
    char text[32];
    bool scored = points_of(item, set, &points, &maximum);
    json_t *all = json_object();
    json_object_set_new(all, "status", json_string(scored ? "auto" : "pending"));
    if (scored)
        json_object_set_new(all, "points", json_string(points_text(points, text, sizeof text)));
    if (maximum.milli > 0)
        json_object_set_new(all, "maximum", json_string(points_text(maximum, text, sizeof text)));
    json_object_set_new(all, "correct", correct_json(item));
    json_object_set_new(all, "outcomes", outcomes_json(set, a));
    return all;
}

int feedback_of(const char *item_path, const struct response_set *responses, const char *seed, json_t **ret,
                struct err *e)
{
    struct item *item = NULL;
    struct outcome_set set = {0};
    struct arena *a = arena_new();
    int r = item_drawn(&item, item_path, seed, e);
    if (r == 0) {
        struct response_set all = every_response(item, responses, a);
        r = evaluate_item(item, &all, 0, a, &set, e);
    }
    if (r == 0)
        *ret = feedback_json(item, &set, a);
    item_free(item);
    arena_free(a);
    return r;
}
