/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/expression/mapping.h"

#include <string.h>

#include "base/text.h"

struct bound {
    bool given;
    double number;
};

struct map_entry {
    struct datum key;
    const char *folded; /* of a text without regard to case, else NULL */
    double value;
};

struct map_area {
    const struct shape *shape;
    double value;
};

struct table_row {
    double source;
    bool boundary;       /* an interpolation table's includeBoundary */
    struct value target; /* NULL where it does not fit */
};

struct mapping {
    const struct item_declaration *d;
    struct map_entry *entry;
    size_t n_entries;
    double fallback; /* of the mapping */
    struct bound lower, upper;
    bool folds; /* an entry takes no regard of case */
    struct map_area *area;
    size_t n_areas;
    double area_fallback;
    struct bound area_lower, area_upper;
    struct table_row *row;
    size_t n_rows;
    struct value table_fallback;
};

static double number_or(struct arena *a, const char *text, double fallback)
{
    struct datum d;
    return text && datum_parse(a, text, BASE_FLOAT, &d) ? d.number : fallback;
}

static struct bound bound_of(struct arena *a, const char *text)
{
    struct datum d;
    if (!text || !datum_parse(a, text, BASE_FLOAT, &d))
        return (struct bound){0};
    return (struct bound){.given = true, .number = d.number};
}

static double bounded(double sum, struct bound lower, struct bound upper)
{
    if (lower.given && sum < lower.number)
        sum = lower.number;
    return upper.given && sum > upper.number ? upper.number : sum;
}

static void read_entries(struct arena *a, struct mapping *m, const struct item_mapping *from, bool normalize)
{
    m->entry = arena_array(a, from->n, sizeof *m->entry);
    m->fallback = number_or(a, from->fallback, 0);
    m->lower = bound_of(a, from->lower);
    m->upper = bound_of(a, from->upper);
    for (size_t i = 0; i < from->n; i++) {
        struct map_entry *entry = &m->entry[m->n_entries];
        const char *key = normalize ? text_normalize_answer(a, from->entry[i].key) : from->entry[i].key;
        if (!key || !datum_parse(a, key, m->d->base, &entry->key))
            continue;
        entry->value = number_or(a, from->entry[i].value, 0);
        if (!from->entry[i].case_sensitive && m->d->base == BASE_STRING)
            entry->folded = text_fold_case(a, entry->key.text);
        m->folds |= entry->folded != NULL;
        m->n_entries++;
    }
}

static void read_areas(struct arena *a, struct mapping *m, const struct item_area_mapping *from)
{
    m->area = arena_array(a, from->n, sizeof *m->area);
    m->area_fallback = number_or(a, from->fallback, 0);
    m->area_lower = bound_of(a, from->lower);
    m->area_upper = bound_of(a, from->upper);
    for (; m->n_areas < from->n; m->n_areas++)
        m->area[m->n_areas] =
            (struct map_area){shape_new(a, from->area[m->n_areas].shape, from->area[m->n_areas].coords),
                              number_or(a, from->area[m->n_areas].value, 0)};
}

static struct value target_of(struct arena *a, const char *text, enum item_base base)
{
    struct datum d;
    return text && datum_parse(a, text, base, &d) ? value_of(a, d) : value_null();
}

static void read_table(struct arena *a, struct mapping *m, const struct item_lookup *from)
{
    m->row = arena_array(a, from->n, sizeof *m->row);
    m->table_fallback = target_of(a, from->fallback, m->d->base);
    for (size_t i = 0; i < from->n; i++) {
        struct bound source = bound_of(a, from->entry[i].source);
        if (source.given)
            m->row[m->n_rows++] = (struct table_row){source.number, from->entry[i].include_boundary,
                                                     target_of(a, from->entry[i].target, m->d->base)};
    }
}

const struct mapping *mapping_new(struct arena *a, const struct item_declaration *d, bool normalize)
{
    struct mapping *m = arena_alloc(a, sizeof *m);
    m->d = d;
    if (d->mapping)
        read_entries(a, m, d->mapping, normalize);
    if (d->area)
        read_areas(a, m, d->area);
    if (d->lookup)
        read_table(a, m, d->lookup);
    return m;
}

/* The first entry that fits, with regard to case or, where the entry says so, without. */
static double mapped(const struct mapping *m, const struct datum *d, struct arena *scratch)
{
    const char *folded = m->folds && d->text && !d->second_text ? text_fold_case(scratch, d->text) : NULL;
    for (size_t i = 0; i < m->n_entries; i++) {
        const struct map_entry *entry = &m->entry[i];
        if (datum_equal(&entry->key, d) || (folded && entry->folded && strcmp(folded, entry->folded) == 0))
            return entry->value;
    }
    return m->fallback;
}

static bool seen_before(const struct value *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (datum_equal(&v->at[k], &v->at[i]))
            return true;
    return false;
}

double mapping_sum(const struct mapping *m, const struct value *v, struct arena *scratch)
{
    double sum = 0;
    if (!m || !m->d->mapping)
        return 0;
    for (size_t i = 0; i < v->n; i++)
        if (!seen_before(v, i))
            sum += mapped(m, &v->at[i], scratch);
    return bounded(sum, m->lower, m->upper);
}

static size_t area_of(const struct mapping *m, const struct datum *d)
{
    size_t k = 0;
    while (k < m->n_areas && !shape_contains(m->area[k].shape, d->number, d->second_number))
        k++;
    return k;
}

double mapping_points(const struct mapping *m, const struct value *v, struct arena *scratch)
{
    double sum = 0;
    if (!m || !m->d->area)
        return 0;
    bool *used = arena_array(scratch, m->n_areas, sizeof *used);
    for (size_t i = 0; i < v->n; i++) {
        size_t k = area_of(m, &v->at[i]);
        if (k == m->n_areas)
            sum += seen_before(v, i) ? 0 : m->area_fallback;
        else if (!used[k])
            sum += m->area[k].value;
        if (k < m->n_areas)
            used[k] = true;
    }
    return bounded(sum, m->area_lower, m->area_upper);
}

bool mapping_has_table(const struct mapping *m)
{
    return m && m->d->lookup;
}

struct value mapping_look_up(const struct mapping *m, const struct value *v)
{
    double x;
    for (size_t i = 0; value_number(v, &x) && i < m->n_rows; i++) {
        const struct table_row *row = &m->row[i];
        bool fits = !m->d->lookup->interpolation ? x == row->source
                    : row->boundary              ? x >= row->source
                                                 : x > row->source;
        if (fits)
            return row->target;
    }
    return m->table_fallback;
}
