/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "paperbank/item/expression/expression-internal.h"

static double number_or(struct evaluation *ev, const char *text, double fallback)
{
    struct datum d;
    return text && datum_parse(ev->arena, text, BASE_FLOAT, &d) ? d.number : fallback;
}

static struct value bounded(struct evaluation *ev, double sum, const char *lower, const char *upper)
{
    double low = number_or(ev, lower, sum), high = number_or(ev, upper, sum);
    if (lower && sum < low)
        sum = low;
    if (upper && sum > high)
        sum = high;
    return value_float(ev->arena, sum);
}

static bool folds_equal(struct evaluation *ev, const char *a, const char *b)
{
    const char *x = text_fold_case(ev->arena, a), *y = text_fold_case(ev->arena, b);
    return x && y && strcmp(x, y) == 0;
}

static bool key_matches(struct evaluation *ev, const struct variable *v, const struct item_map_entry *entry,
                        const struct datum *d)
{
    const struct item_interaction *i = item_interaction_for(ev->item, v->identifier);
    const char *key = i && i->normalize ? text_normalize_answer(ev->arena, entry->key) : entry->key;
    struct datum parsed;
    if (!key || !datum_parse(ev->arena, key, v->base, &parsed))
        return false;
    if (datum_equal(&parsed, d))
        return true;
    return !entry->case_sensitive && v->base == BASE_STRING && folds_equal(ev, parsed.text, d->text);
}

static double mapped(struct evaluation *ev, const struct variable *v, const struct datum *d)
{
    const struct item_mapping *m = v->declaration->mapping;
    for (size_t i = 0; i < m->n; i++)
        if (key_matches(ev, v, &m->entry[i], d))
            return number_or(ev, m->entry[i].value, 0);
    return number_or(ev, m->fallback, 0);
}

static bool seen_before(const struct value *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (datum_equal(&v->at[k], &v->at[i]))
            return true;
    return false;
}

struct value map_response(struct evaluation *ev, const struct variable *v)
{
    double sum = 0;
    if (!v->declaration || !v->declaration->mapping)
        return value_float(ev->arena, 0);
    for (size_t i = 0; i < v->value.n; i++)
        if (!seen_before(&v->value, i))
            sum += mapped(ev, v, &v->value.at[i]);
    return bounded(ev, sum, v->declaration->mapping->lower, v->declaration->mapping->upper);
}

/* Each area counts once, for the first point in it; a point in no area counts as the fallback. */
struct value map_response_point(struct evaluation *ev, const struct variable *v)
{
    const struct item_area_mapping *m = v->declaration ? v->declaration->area : NULL;
    double sum = 0;
    if (!m)
        return value_float(ev->arena, 0);
    bool *used = arena_array(ev->arena, m->n, sizeof *used);
    for (size_t i = 0; i < v->value.n; i++) {
        size_t k = 0;
        while (k < m->n && !shape_contains(m->area[k].shape, m->area[k].coords, v->value.at[i].number,
                                           v->value.at[i].second_number))
            k++;
        if (k == m->n)
            sum += seen_before(&v->value, i) ? 0 : number_or(ev, m->fallback, 0);
        else if (!used[k])
            sum += number_or(ev, m->area[k].value, 0);
        if (k < m->n)
            used[k] = true;
    }
    return bounded(ev, sum, m->lower, m->upper);
}

enum { MAX_COORDS = 200 };

static size_t read_coords(const char *coords, double ret[MAX_COORDS])
{
    size_t n = 0;
    for (const char *p = coords; n < MAX_COORDS;) {
        p += strspn(p, ", \t\n");
        char *end;
        double v = strtod(p, &end);
        if (end == p)
            break;
        ret[n++] = v;
        p = end;
    }
    return n;
}

static bool on_segment(double x, double y, const double *a, const double *b)
{
    double cross = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    double dot = (x - a[0]) * (x - b[0]) + (y - a[1]) * (y - b[1]);
    return cross == 0 && dot <= 0;
}

/* Even-odd rule; the border belongs to the polygon. */
static bool in_polygon(const double *c, size_t points, double x, double y)
{
    bool inside = false;
    for (size_t i = 0, j = points - 1; i < points; j = i++) {
        const double *a = &c[2 * i], *b = &c[2 * j];
        if (on_segment(x, y, a, b))
            return true;
        if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
            inside = !inside;
    }
    return inside;
}

bool shape_contains(const char *shape, const char *coords, double x, double y)
{
    double c[MAX_COORDS];
    size_t n = read_coords(coords, c);
    if (strcmp(shape, "default") == 0)
        return true;
    if (strcmp(shape, "rect") == 0 && n >= 4)
        return x >= c[0] && x <= c[2] && y >= c[1] && y <= c[3];
    if (strcmp(shape, "circle") == 0 && n >= 3)
        return (x - c[0]) * (x - c[0]) + (y - c[1]) * (y - c[1]) <= c[2] * c[2];
    if (strcmp(shape, "ellipse") == 0 && n >= 4 && c[2] > 0 && c[3] > 0)
        return (x - c[0]) * (x - c[0]) / (c[2] * c[2]) + (y - c[1]) * (y - c[1]) / (c[3] * c[3]) <= 1;
    if (strcmp(shape, "poly") == 0 && n >= 6)
        return in_polygon(c, n / 2, x, y);
    return false;
}
