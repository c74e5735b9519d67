/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/outcomes.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/instance.h"

/* A text, number or truth as QTI writes it; NULL for anything else. */
static const char *scalar(struct arena *a, const json_t *v)
{
    if (json_is_string(v))
        return arena_strdup(a, json_string_value(v));
    if (json_is_integer(v))
        return arena_printf(a, "%lld", (long long)json_integer_value(v));
    if (json_is_real(v))
        return arena_printf(a, "%.17g", json_real_value(v));
    if (json_is_boolean(v))
        return json_is_true(v) ? "true" : "false";
    return NULL;
}

static int bad(struct err *e, const char *identifier)
{
    return err_set(e, ERR_DATA, NULL, _("the responses of %.60s are not a list of texts"), identifier);
}

static int one_response(struct response *ret, struct arena *a, const char *identifier, const json_t *v,
                        struct err *e)
{
    size_t n = json_is_array(v) ? json_array_size(v) : json_is_null(v) ? 0 : 1;
    if (n > RESPONSE_MAX_VALUES)
        return err_set(e, ERR_DATA, NULL, _("%.60s has more than %d values"), identifier,
                       RESPONSE_MAX_VALUES);
    *ret = (struct response){.identifier = arena_strdup(a, identifier),
                             .value = arena_array(a, n, sizeof *ret->value)};
    for (size_t i = 0; i < n; i++) {
        const char *text = scalar(a, json_is_array(v) ? json_array_get(v, i) : v);
        if (!text || strlen(text) > RESPONSE_MAX_TEXT)
            return bad(e, identifier);
        ret->value[ret->n++] = text;
    }
    return 0;
}

int responses_from_json(struct response_set *ret, struct arena *a, const json_t *object, struct err *e)
{
    struct response_set set = {0};
    const char *identifier;
    const json_t *v;
    if (object && !json_is_object(object))
        return err_set(e, ERR_DATA, NULL, _("the responses are not an object of lists"));
    if (json_object_size(object) > RESPONSE_MAX_VARIABLES)
        return err_set(e, ERR_DATA, NULL, _("more than %d responses"), RESPONSE_MAX_VARIABLES);
    set.response = arena_array(a, json_object_size(object), sizeof *set.response);
    json_object_foreach ((json_t *)(uintptr_t)object, identifier, v) {
        int r = one_response(&set.response[set.n], a, identifier, v, e);
        if (r < 0)
            return r;
        set.n++;
    }
    *ret = set;
    return 0;
}

static json_t *datum_json(struct arena *a, const struct datum *d)
{
    if (d->base == BASE_BOOLEAN)
        return json_boolean(d->integer != 0);
    if (d->base == BASE_INTEGER)
        return json_integer(d->integer);
    if ((d->base == BASE_FLOAT || d->base == BASE_DURATION) && isfinite(d->number))
        return json_real(d->number);
    return json_string(datum_text(a, d));
}

static json_t *value_json(struct arena *a, const struct outcome *o)
{
    const struct value *v = &o->value;
    if (o->cardinality == CARDINALITY_RECORD) {
        json_t *fields = json_object();
        for (size_t i = 0; i < v->n; i++)
            json_object_set_new(fields, v->at[i].field ? v->at[i].field : "", datum_json(a, &v->at[i]));
        return fields;
    }
    if (o->cardinality == CARDINALITY_SINGLE && v->n <= 1)
        return v->n ? datum_json(a, &v->at[0]) : json_null();
    json_t *list = json_array();
    for (size_t i = 0; i < v->n; i++)
        json_array_append_new(list, datum_json(a, &v->at[i]));
    return list;
}

json_t *outcomes_json(const struct outcome_set *set, struct arena *a)
{
    json_t *all = json_object();
    for (size_t i = 0; i < set->n; i++)
        json_object_set_new(all, set->outcome[i].identifier, value_json(a, &set->outcome[i]));
    return all;
}

int item_drawn(struct item **ret, const char *item_path, const char *seed, struct err *e)
{
    struct item *item = NULL;
    int r = item_read_file_lenient(&item, item_path, e);
    if (r < 0 || !seed || !item_is_template(item)) {
        *ret = item;
        return r;
    }
    r = item_instantiate(ret, item, span_str(seed), e);
    item_free(item);
    return r;
}

int outcomes_of(const char *item_path, const struct response_set *responses, const char *seed, json_t **ret,
                struct err *e)
{
    struct item *item = NULL;
    struct outcome_set set = {0};
    struct arena *a = arena_new();
    int r = item_drawn(&item, item_path, seed, e);
    if (r == 0)
        r = evaluate_item(item, responses, 0, a, &set, e);
    if (r == 0)
        *ret = outcomes_json(&set, a);
    item_free(item);
    arena_free(a);
    return r;
}
