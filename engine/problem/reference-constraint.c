/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/reference-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

static int64_t whole_below(int64_t decimal)
{
    int64_t whole = decimal / REFERENCE_UNIT;
    return whole * REFERENCE_UNIT > decimal ? whole - 1 : whole;
}

static int bound(const struct reader *r, const json_t *constraint, const char *name, int64_t unit,
                 int64_t open, int64_t *ret)
{
    const json_t *v = json_object_get(constraint, name);
    int64_t x;
    *ret = open;
    if (!v || json_is_null(v))
        return 0;
    if (!json_is_number(v) || !reference_decimal(json_number_value(v), &x))
        return reference_bad(r, _("a bound is not a number"));
    *ret = unit == REFERENCE_UNIT ? x : open == OPEN_LO ? -whole_below(-x) : whole_below(x);
    return 0;
}

static int bounds(const struct reader *r, const json_t *c, struct requirement *q)
{
    int status = bound(r, c, "lo", q->unit, OPEN_LO, &q->lo);
    return status < 0 ? status : bound(r, c, "hi", q->unit, OPEN_HI, &q->hi);
}

static int read_linear(struct reader *r, const json_t *c, struct requirement *q, bool sum)
{
    int status = reference_matching(r, c, q);
    q->kind = REQUIRE_LINEAR;
    q->unit = sum ? REFERENCE_UNIT : 1;
    if (status == 0)
        status = bounds(r, c, q);
    if (status == 0 && sum) {
        int64_t *coef = arena_array(r->p->arena, q->n + 1, sizeof *coef);
        q->coef = coef;
        status = reference_values(r, json_string_value(json_object_get(c, "attr")), coef, q->item, q->n);
    }
    return status;
}

static size_t item_of(const struct reader *r, const char *id)
{
    size_t lo = 0, hi = r->p->n_items;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(r->p->id[r->by_id[mid]], id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < r->p->n_items && strcmp(r->p->id[r->by_id[lo]], id) == 0 ? r->by_id[lo] : r->p->n_items;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int read_items(const struct reader *r, const json_t *c, struct requirement *q,
                      enum requirement_kind kind)
{
    const json_t *list = json_object_get(c, "items");
    uint32_t *item = arena_array(r->p->arena, json_array_size(list) + 1, sizeof *item);
    size_t i;
    json_t *v;
    if (!json_is_array(list))
        return reference_bad(r, _("items is not a list"));
    json_array_foreach(list, i, v)
    {
        const char *id = json_string_value(v);
        size_t k = id ? item_of(r, id) : r->p->n_items;
        if (k == r->p->n_items)
            return reference_bad(r, _("names an item that items.csv does not have"));
        item[q->n++] = (uint32_t)k;
    }
    qsort(item, q->n, sizeof *item, by_number);
    for (i = 1; i < q->n; i++)
        if (item[i] == item[i - 1])
            return reference_bad(r, _("names an item twice"));
    q->kind = kind;
    q->item = item;
    q->hi = 1;
    return 0;
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " ");
        if (len == n && strncmp(p, word, n) == 0)
            return true;
        p += len;
        p += strspn(p, " ");
    }
    return false;
}

static int read_cover(const struct reader *r, const json_t *c, struct requirement *q)
{
    const json_t *values = json_object_get(c, "values");
    const char *attr = json_string_value(json_object_get(c, "attr"));
    int column = attr ? csv_column(&r->csv, attr) : -1;
    size_t n = json_array_size(values), room = 0;
    if (column < 0 || n == 0)
        return reference_bad(r, _("cover needs values and an attribute that items.csv has"));
    if (!json_is_integer(json_object_get(c, "min_covered")))
        return reference_bad(r, _("min_covered is not a whole number"));
    uint32_t *item = mem_grow(NULL, 1, sizeof *item), *group = mem_grow(NULL, 1, sizeof *group);
    for (size_t k = 0; k < r->p->n_items; k++)
        for (size_t g = 0; g < n; g++) {
            const char *word = json_string_value(json_array_get(values, g));
            if (!word || !has_word(reference_cell(r, k, column), word))
                continue;
            if (q->n == room) {
                room = room ? 2 * room : 256;
                item = mem_grow(item, room, sizeof *item);
                group = mem_grow(group, room, sizeof *group);
            }
            item[q->n] = (uint32_t)k;
            group[q->n++] = (uint32_t)g;
        }
    q->kind = REQUIRE_COVER;
    q->n_groups = n;
    q->lo = json_integer_value(json_object_get(c, "min_covered"));
    q->hi = OPEN_HI;
    q->item = arena_copy(r->p->arena, item, q->n * sizeof *item);
    q->group = arena_copy(r->p->arena, group, q->n * sizeof *group);
    free(item);
    free(group);
    return 0;
}

static int read_use(const struct reader *r, const json_t *c, struct requirement *q,
                    enum requirement_kind kind, bool exact)
{
    const json_t *value = json_object_get(c, "value");
    uint32_t *item = arena_array(r->p->arena, r->p->n_items + 1, sizeof *item);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return reference_bad(r, _("value is not a whole number from 0"));
    for (size_t k = 0; k < r->p->n_items; k++)
        item[k] = (uint32_t)k;
    q->kind = kind;
    q->item = item;
    q->n = r->p->n_items;
    q->hi = json_integer_value(value);
    q->lo = exact ? q->hi : 0;
    return 0;
}

static int read_kind(struct reader *r, const char *kind, const json_t *c, struct requirement *q)
{
    if (strcmp(kind, "count") == 0 || strcmp(kind, "sum") == 0)
        return read_linear(r, c, q, *kind == 's');
    if (strcmp(kind, "enemy") == 0)
        return read_items(r, c, q, REQUIRE_AT_MOST_ONE);
    if (strcmp(kind, "all_or_none") == 0)
        return read_items(r, c, q, REQUIRE_ALL_OR_NONE);
    if (strcmp(kind, "include") == 0 || strcmp(kind, "exclude") == 0) {
        q->kind = *kind == 'i' ? REQUIRE_INCLUDE : REQUIRE_EXCLUDE;
        return reference_matching(r, c, q);
    }
    if (strcmp(kind, "n_stimuli") == 0 || strcmp(kind, "items_per_stimulus") == 0) {
        q->kind = *kind == 'n' ? REQUIRE_STIMULI : REQUIRE_PER_STIMULUS;
        return bounds(r, c, q);
    }
    if (strcmp(kind, "cover") == 0)
        return read_cover(r, c, q);
    if (strcmp(kind, "max_use") == 0 || strcmp(kind, "exact_use") == 0)
        return read_use(r, c, q, REQUIRE_USE, *kind == 'e');
    if (strcmp(kind, "max_stimulus_use") == 0)
        return read_use(r, c, q, REQUIRE_STIMULUS_USE, false);
    if (strcmp(kind, "max_overlap") == 0)
        return read_use(r, c, q, REQUIRE_OVERLAP, false);
    return reference_bad(r, _("this kind of constraint is not known"));
}

int reference_constraint(struct reader *r, const json_t *c)
{
    const char *id = json_string_value(json_object_get(c, "id"));
    const char *kind = json_string_value(json_object_get(c, "kind"));
    r->id = id ? arena_strdup(r->p->arena, id) : "?";
    struct requirement q = {.id = r->id, .unit = 1};
    if (!kind)
        return reference_bad(r, _("a constraint without kind"));
    int status = read_kind(r, kind, c, &q);
    if (status == 0) {
        q.words = reference_words(r, kind, c, &q);
        problem_require(r->p, &q);
    }
    return status;
}
