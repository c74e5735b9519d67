/* SPDX-License-Identifier: Apache-2.0 */
/* What a constraint asks, in words. */
#include <string.h>

#include "base/i18n.h"
#include "engine/problem/reference-internal.h"

enum { NAMED = 4 };

static const char *value_text(struct arena *a, const json_t *v)
{
    return json_is_string(v)   ? json_string_value(v)
           : json_is_number(v) ? arena_printf(a, "%.9g", json_number_value(v))
                               : "?";
}

/* The first few of a list, "…" for the rest. */
static const char *list_text(struct arena *a, const json_t *list)
{
    const char *text = "";
    for (size_t i = 0; i < json_array_size(list) && i < NAMED; i++)
        text = arena_printf(a, "%s%s%s", text, i ? ", " : "", value_text(a, json_array_get(list, i)));
    return json_array_size(list) > NAMED ? arena_printf(a, "%s …", text) : text;
}

static const char *term_text(struct arena *a, const json_t *term)
{
    static const struct {
        const char *op, *sign;
    } signs[] = {{"ge", ">="}, {"le", "<="}, {"gt", ">"}, {"lt", "<"}};
    const char *attribute = json_string_value(json_array_get(term, 0));
    const char *op = json_string_value(json_array_get(term, 1));
    const json_t *value = json_array_get(term, 2);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(op, signs[i].op) == 0)
            return arena_printf(a, "%s %s %s", attribute, signs[i].sign, value_text(a, value));
    return strcmp(op, "in") == 0 ? arena_printf(a, "%s %s", attribute, list_text(a, value)) : attribute;
}

static const char *where_text(struct arena *a, const json_t *c)
{
    const json_t *where = json_object_get(c, "where");
    const char *text = "";
    for (size_t i = 0; i < json_array_size(where); i++)
        text = arena_printf(a, "%s%s%s", text, i ? "; " : "", term_text(a, json_array_get(where, i)));
    return *text ? text : _("all items");
}

static const char *limits_text(struct arena *a, const struct requirement *q)
{
    const char *lo = arena_printf(a, "%.9g", (double)q->lo / (double)q->unit);
    const char *hi = arena_printf(a, "%.9g", (double)q->hi / (double)q->unit);
    if (q->lo == q->hi)
        return arena_printf(a, _("exactly %s"), lo);
    if (q->hi == OPEN_HI)
        return arena_printf(a, _("at least %s"), lo);
    if (q->lo == OPEN_LO || q->lo == 0)
        return arena_printf(a, _("at most %s"), hi);
    return arena_printf(a, _("%s to %s"), lo, hi);
}

static const char *asked(struct arena *a, const char *kind, const json_t *c, const struct requirement *q)
{
    const char *limits = limits_text(a, q), *where = where_text(a, c);
    const char *items = list_text(a, json_object_get(c, "items"));
    switch (q->kind) {
    case REQUIRE_LINEAR:
        return *kind == 'c' ? arena_printf(a, _("%s: %s items"), where, limits)
                            : arena_printf(a, _("sum of %s (%s): %s"),
                                           json_string_value(json_object_get(c, "attr")), where, limits);
    case REQUIRE_AT_MOST_ONE:
        return arena_printf(a, _("at most one of %s"), items);
    case REQUIRE_ALL_OR_NONE:
        return arena_printf(a, _("all or none of %s"), items);
    case REQUIRE_INCLUDE:
        return arena_printf(a, _("in every form: %s"), where);
    case REQUIRE_EXCLUDE:
        return arena_printf(a, _("in no form: %s"), where);
    case REQUIRE_STIMULI:
        return arena_printf(a, _("stimuli of a form: %s"), limits);
    case REQUIRE_PER_STIMULUS:
        return arena_printf(a, _("items of a stimulus that is used: %s"), limits);
    case REQUIRE_COVER:
        return arena_printf(a, _("at least %lld of %zu values of %s"), (long long)q->lo, q->n_groups,
                            json_string_value(json_object_get(c, "attr")));
    case REQUIRE_USE:
        return arena_printf(a, _("forms that use one item: %s"), limits);
    case REQUIRE_STIMULUS_USE:
        return arena_printf(a, _("forms that use one stimulus: %s"), limits);
    case REQUIRE_OVERLAP:
        return arena_printf(a, _("items that any two forms share: %s"), limits);
    default:
        return kind;
    }
}

const char *reference_words(const struct reader *r, const char *kind, const json_t *c,
                            const struct requirement *q)
{
    return arena_printf(r->p->arena, "%s: %s", q->id, asked(r->p->arena, kind, c, q));
}
