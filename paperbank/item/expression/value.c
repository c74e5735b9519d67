/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/expression/value.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "paperbank/item/operators.h"

struct value value_null(void)
{
    return (struct value){.cardinality = CARDINALITY_SINGLE};
}

struct value value_of(struct arena *a, struct datum d)
{
    return (struct value){.cardinality = CARDINALITY_SINGLE, .at = arena_copy(a, &d, sizeof d), .n = 1};
}

struct value value_boolean(struct arena *a, bool v)
{
    return value_of(a, (struct datum){.base = BASE_BOOLEAN, .integer = v});
}

struct value value_integer(struct arena *a, int64_t v)
{
    return value_of(a, (struct datum){.base = BASE_INTEGER, .integer = v});
}

struct value value_float(struct arena *a, double v)
{
    return value_of(a, (struct datum){.base = BASE_FLOAT, .number = v});
}

bool value_is_null(const struct value *v)
{
    return v->n == 0;
}

bool value_is_true(const struct value *v)
{
    return v->n == 1 && v->at[0].base == BASE_BOOLEAN && v->at[0].integer != 0;
}

bool value_is_false(const struct value *v)
{
    return v->n == 1 && v->at[0].base == BASE_BOOLEAN && v->at[0].integer == 0;
}

bool datum_number(const struct datum *d, double *ret)
{
    if (d->base == BASE_INTEGER)
        *ret = (double)d->integer;
    else if (d->base == BASE_FLOAT || d->base == BASE_DURATION)
        *ret = d->number;
    else
        return false;
    return true;
}

bool value_number(const struct value *v, double *ret)
{
    return v->n == 1 && datum_number(&v->at[0], ret);
}

static bool parse_float(const char *s, double *ret)
{
    if (!value_fits(s, BASE_FLOAT))
        return false;
    *ret = strcmp(s, "NaN") == 0 ? (double)NAN : strtod(s, NULL);
    return true;
}

static bool parse_integer(const char *s, int64_t *ret)
{
    if (!value_fits(s, BASE_INTEGER))
        return false;
    errno = 0;
    *ret = strtoll(s, NULL, 10);
    return errno == 0;
}

/* One number with its unit: "12H". *p moves behind it. */
static bool duration_part(const char **p, char *ret_unit, double *ret)
{
    size_t n = strspn(*p, "0123456789.");
    char number[32];
    if (n == 0 || n >= sizeof number || !(*p)[n])
        return false;
    memcpy(number, *p, n);
    number[n] = '\0';
    *ret_unit = (*p)[n];
    *p += n + 1;
    return parse_float(number, ret);
}

/* Seconds as a float, or xs:duration without years and months ("P1DT2H3M4.5S"). */
static bool parse_duration(const char *s, double *ret)
{
    if (parse_float(s, ret))
        return true;
    if (*s++ != 'P')
        return false;
    double total = 0, part;
    bool time = false, any = false;
    for (char unit; *s; any = true) {
        if (*s == 'T' && !time) {
            time = true;
            s++;
        }
        if (!duration_part(&s, &unit, &part))
            return false;
        if (!time && unit == 'D')
            total += part * 86400;
        else if (time && unit == 'H')
            total += part * 3600;
        else if (time && unit == 'M')
            total += part * 60;
        else if (time && unit == 'S')
            total += part;
        else
            return false;
    }
    *ret = total;
    return any;
}

static bool split(struct arena *a, const char *s, const char **ret_first, const char **ret_second)
{
    if (!value_fits(s, BASE_PAIR))
        return false;
    static const char blanks[] = " \t\r\n";
    size_t first = strcspn(s, blanks);
    *ret_first = arena_strndup(a, s, first);
    *ret_second = arena_strdup(a, s + first + strspn(s + first, blanks));
    return true;
}

static bool parse_point(struct arena *a, const char *s, struct datum *ret)
{
    const char *x, *y;
    return split(a, s, &x, &y) && parse_float(x, &ret->number) && parse_float(y, &ret->second_number);
}

bool datum_parse(struct arena *a, const char *text, enum item_base base, struct datum *ret)
{
    const char *s = base == BASE_STRING || base == BASE_NONE ? text : text_trim(a, text);
    *ret = (struct datum){.base = base};
    switch (base) {
    case BASE_BOOLEAN:
        ret->integer = strcmp(s, "true") == 0 || strcmp(s, "1") == 0;
        return value_fits(s, base);
    case BASE_INTEGER:
        return parse_integer(s, &ret->integer);
    case BASE_FLOAT:
        return parse_float(s, &ret->number);
    case BASE_DURATION:
        return parse_duration(s, &ret->number);
    case BASE_POINT:
        return parse_point(a, s, ret);
    case BASE_PAIR:
    case BASE_DIRECTED_PAIR:
        return split(a, s, &ret->text, &ret->second_text);
    case BASE_NONE:
        ret->base = BASE_STRING;
        break;
    default:
        break;
    }
    ret->text = arena_strdup(a, s);
    return *s != '\0';
}

struct value value_parse(struct arena *a, const struct item_value *v, size_t n,
                         enum item_cardinality cardinality)
{
    struct value ret = {.cardinality = cardinality, .at = arena_array(a, n, sizeof *ret.at)};
    for (size_t i = 0; i < n; i++) {
        if (!datum_parse(a, v[i].text, v[i].base, &ret.at[ret.n]))
            continue;
        ret.at[ret.n++].field = v[i].field;
    }
    return ret;
}

static bool is_text(enum item_base base)
{
    return base == BASE_IDENTIFIER || base == BASE_STRING || base == BASE_URI || base == BASE_FILE;
}

static bool pairs_equal(const struct datum *a, const struct datum *b)
{
    if (strcmp(a->text, b->text) == 0 && strcmp(a->second_text, b->second_text) == 0)
        return true;
    return a->base == BASE_PAIR && b->base == BASE_PAIR && strcmp(a->text, b->second_text) == 0 &&
           strcmp(a->second_text, b->text) == 0;
}

bool datum_equal(const struct datum *a, const struct datum *b)
{
    double x, y;
    if (a->base == BASE_INTEGER && b->base == BASE_INTEGER)
        return a->integer == b->integer;
    if (datum_number(a, &x) && datum_number(b, &y))
        return x == y;
    if (a->base == BASE_BOOLEAN && b->base == BASE_BOOLEAN)
        return a->integer == b->integer;
    if (a->base == BASE_POINT && b->base == BASE_POINT)
        return a->number == b->number && a->second_number == b->second_number;
    if (a->second_text && b->second_text)
        return pairs_equal(a, b);
    return is_text(a->base) && is_text(b->base) && strcmp(a->text, b->text) == 0;
}

static bool same_field(const struct datum *a, const struct datum *b)
{
    if (!a->field || !b->field)
        return a->field == b->field;
    return strcmp(a->field, b->field) == 0;
}

static bool bags_equal(const struct value *a, const struct value *b)
{
    for (size_t i = 0; i < a->n; i++) {
        size_t here = 0, there = 0;
        for (size_t k = 0; k < a->n; k++) {
            here += datum_equal(&a->at[i], &a->at[k]) && same_field(&a->at[i], &a->at[k]);
            there += datum_equal(&a->at[i], &b->at[k]) && same_field(&a->at[i], &b->at[k]);
        }
        if (here != there)
            return false;
    }
    return true;
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->n != b->n)
        return false;
    if (a->cardinality != CARDINALITY_ORDERED || b->cardinality != CARDINALITY_ORDERED)
        return bags_equal(a, b);
    for (size_t i = 0; i < a->n; i++)
        if (!datum_equal(&a->at[i], &b->at[i]))
            return false;
    return true;
}

static struct datum datum_as(struct datum d, enum item_base base)
{
    if (base == BASE_FLOAT && d.base == BASE_INTEGER) {
        d.number = (double)d.integer;
        d.base = BASE_FLOAT;
    } else if (base == BASE_INTEGER && d.base == BASE_FLOAT && fabs(d.number) < 9e15 &&
               floor(d.number) == d.number) {
        d.integer = (int64_t)d.number;
        d.base = BASE_INTEGER;
    }
    return d;
}

struct value value_as(struct arena *a, const struct value *v, enum item_base base)
{
    struct value ret = {.cardinality = v->cardinality, .n = v->n, .at = arena_array(a, v->n, sizeof *ret.at)};
    for (size_t i = 0; i < v->n; i++)
        ret.at[i] = datum_as(v->at[i], base);
    return ret;
}

struct value value_copy(struct arena *a, const struct value *v)
{
    struct value ret = {.cardinality = v->cardinality, .n = v->n, .at = arena_array(a, v->n, sizeof *ret.at)};
    for (size_t i = 0; i < v->n; i++) {
        struct datum *d = &ret.at[i];
        *d = v->at[i];
        d->text = d->text ? arena_strdup(a, d->text) : NULL;
        d->second_text = d->second_text ? arena_strdup(a, d->second_text) : NULL;
        d->field = d->field ? arena_strdup(a, d->field) : NULL;
    }
    return ret;
}

static const char *number_text(struct arena *a, double v)
{
    if (!isfinite(v))
        return isnan(v) ? "NaN" : v > 0 ? "INF" : "-INF";
    if (fabs(v) < 1e15 && floor(v) == v)
        return arena_printf(a, "%.0f", v);
    for (int digits = 1; digits < 17; digits++) {
        char *s = arena_printf(a, "%.*g", digits, v);
        if (strtod(s, NULL) == v)
            return s;
    }
    return arena_printf(a, "%.17g", v);
}

const char *datum_text(struct arena *a, const struct datum *d)
{
    switch (d->base) {
    case BASE_BOOLEAN:
        return d->integer ? "true" : "false";
    case BASE_INTEGER:
        return arena_printf(a, "%lld", (long long)d->integer);
    case BASE_FLOAT:
    case BASE_DURATION:
        return number_text(a, d->number);
    case BASE_POINT:
        return arena_printf(a, "%s %s", number_text(a, d->number), number_text(a, d->second_number));
    case BASE_PAIR:
    case BASE_DIRECTED_PAIR:
        return arena_printf(a, "%s %s", d->text, d->second_text);
    default:
        return d->text ? d->text : "";
    }
}
