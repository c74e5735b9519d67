/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/verdict.h"

#include <jansson.h>
#include <string.h>

#include "base/i18n.h"

enum { MAX_VARIABLES = 500, MAX_VALUES = 1000 };

static int odd(struct err *e)
{
    return err_set(e, ERR_DATA, "kaochang-score", _("its answer is not understood"));
}

static bool add_value(struct response *r, struct arena *a, const json_t *v)
{
    if (json_is_string(v))
        r->value[r->n++] = arena_strdup(a, json_string_value(v));
    else if (json_is_integer(v))
        r->value[r->n++] = arena_printf(a, "%lld", (long long)json_integer_value(v));
    else if (json_is_boolean(v))
        r->value[r->n++] = json_is_true(v) ? "true" : "false";
    else if (json_is_real(v))
        r->value[r->n++] = arena_printf(a, "%.15g", json_real_value(v));
    return json_is_string(v) || json_is_number(v) || json_is_boolean(v);
}

/* A list, a bare value, or null; false for anything else. A record is passed over: no condition asks for one.
 */
static bool add_values(struct response *r, struct arena *a, const json_t *v)
{
    size_t n = json_is_array(v) ? json_array_size(v) : 1;
    if (n > MAX_VALUES)
        return false;
    r->value = arena_array(a, n, sizeof *r->value);
    if (json_is_null(v) || json_is_object(v))
        return true;
    if (!json_is_array(v))
        return add_value(r, a, v);
    for (size_t i = 0; i < n; i++)
        if (!add_value(r, a, json_array_get(v, i)))
            return false;
    return true;
}

static int read_set(struct response_set *ret, struct arena *a, json_t *object, struct err *e)
{
    const char *identifier;
    json_t *v;
    if (!json_is_object(object) || json_object_size(object) > MAX_VARIABLES)
        return odd(e);
    ret->response = arena_array(a, json_object_size(object), sizeof *ret->response);
    json_object_foreach(object, identifier, v)
    {
        struct response *r = &ret->response[ret->n++];
        r->identifier = arena_strdup(a, identifier);
        if (!add_values(r, a, v))
            return odd(e);
    }
    return 0;
}

static int read_points(points_t *ret, const json_t *v, struct err *e)
{
    if (!v)
        return 0;
    return json_is_string(v) && points_parse(json_string_value(v), ret, e) == 0 && ret->milli >= 0 ? 0
                                                                                                   : odd(e);
}

static int read_mark(struct verdict *v, const json_t *document, struct err *e)
{
    const char *status = json_string_value(json_object_get(document, "status"));
    bool scored = json_object_get(document, "points") && v->maximum.milli > 0;
    if (!status || (strcmp(status, "auto") != 0 && strcmp(status, "pending") != 0) ||
        (strcmp(status, "auto") == 0 && !scored))
        return odd(e);
    v->mark = strcmp(status, "pending") == 0        ? MARK_WAITING
              : v->points.milli >= v->maximum.milli ? MARK_RIGHT
              : v->points.milli > 0                 ? MARK_PARTLY
                                                    : MARK_WRONG;
    return 0;
}

int verdict_read(struct verdict *ret, struct arena *a, struct span json, struct err *e)
{
    struct verdict v = {0};
    json_t *document = json.n <= VERDICT_MAX_BYTES
                           ? json_loadb((const char *)json.p, json.n, JSON_REJECT_DUPLICATES, NULL)
                           : NULL;
    int r = json_is_object(document) ? 0 : odd(e);
    if (r == 0)
        r = read_points(&v.points, json_object_get(document, "points"), e);
    if (r == 0)
        r = read_points(&v.maximum, json_object_get(document, "maximum"), e);
    if (r == 0)
        r = read_mark(&v, document, e);
    if (r == 0)
        r = read_set(&v.correct, a, json_object_get(document, "correct"), e);
    if (r == 0)
        r = read_set(&v.outcome, a, json_object_get(document, "outcomes"), e);
    if (r == 0)
        *ret = v;
    json_decref(document);
    return r;
}

bool verdict_shows(const struct verdict *v, const char *outcome, const char *identifier, bool show)
{
    const struct response *r = response_find(&v->outcome, outcome);
    bool holds = false;
    for (size_t i = 0; r && i < r->n; i++)
        holds = holds || strcmp(r->value[i], identifier) == 0;
    return holds == show;
}

bool verdict_shows_modal(const struct verdict *v, const struct item_feedback *f)
{
    const struct response *r = response_find(&v->outcome, f->outcome);
    return (r && r->n == 0 && f->show) || verdict_shows(v, f->outcome, f->identifier, f->show);
}
