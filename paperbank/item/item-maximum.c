/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/item/item-internal.h"

enum { MAX_STEPS = 100000 }; /* of the search for the best pairs */

static bool positive(const char *text, int64_t *ret)
{
    char *end = NULL;
    points_t p;
    struct err unwanted;
    if (points_parse(text, &p, &unwanted) < 0) {
        double v = strtod(text, &end);
        if (end == text || *end || points_from_outcome(v, &p, &unwanted) < 0)
            return false;
    }
    *ret = p.milli;
    return p.milli > 0;
}

static int descending(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

/* The sum of the largest `most` of n numbers above zero; most 0: of all. */
static int64_t sum_of_best(int64_t *value, size_t n, int64_t most)
{
    int64_t sum = 0;
    qsort(value, n, sizeof *value, descending);
    for (size_t i = 0; i < n && (most == 0 || i < (size_t)most); i++)
        sum += value[i];
    return sum;
}

/* How many values a response can hold; 0: any number. */
static int64_t most_values(const struct item_declaration *d, const struct item_interaction *i)
{
    return d->cardinality == CARDINALITY_SINGLE ? 1 : i ? i->max_choices : 0;
}

/* One entry that pairs two things. */
struct pair {
    int64_t value;
    size_t end[2];
};

struct search {
    struct pair *pair;
    size_t n;
    int64_t *before; /* the sum of the pairs before each place */
    int64_t *left;   /* how often each thing may still be used; INT64_MAX: any number */
    int64_t best;
    unsigned steps;
};

static int by_value(const void *a, const void *b)
{
    return descending(&((const struct pair *)a)->value, &((const struct pair *)b)->value);
}

/* What the next `most` pairs are worth together. */
static int64_t rest_of(const struct search *s, size_t from, int64_t most)
{
    size_t to = most < (int64_t)(s->n - from) ? from + (size_t)most : s->n;
    return s->before[to] - s->before[from];
}

/* Takes or leaves the pairs from `from` on; the pairs are in descending order. */
static void search(struct search *s, size_t from, int64_t sum, int64_t most)
{
    s->best = sum > s->best ? sum : s->best;
    if (from == s->n || most == 0 || ++s->steps > MAX_STEPS || sum + rest_of(s, from, most) <= s->best)
        return;
    int64_t *a = &s->left[s->pair[from].end[0]], *b = &s->left[s->pair[from].end[1]];
    bool same = a == b;
    if (*a > same && *b > 0) {
        --*a, --*b;
        search(s, from + 1, sum + s->pair[from].value, most - 1);
        ++*a, ++*b;
    }
    search(s, from + 1, sum, most);
}

static size_t index_of(const struct item_choice *c, size_t n, const char *identifier, size_t length)
{
    size_t i = 0;
    while (i < n && (strlen(c[i].identifier) != length || strncmp(c[i].identifier, identifier, length) != 0))
        i++;
    return i;
}

static bool read_pair(const struct item_interaction *i, bool directed, const char *key, struct pair *ret)
{
    size_t first = strcspn(key, " \t\r\n");
    const char *second = key + first + strspn(key + first, " \t\r\n");
    const struct item_choice *to = directed ? i->target : i->choice;
    size_t n_to = directed ? i->n_targets : i->n_choices;
    ret->end[0] = index_of(i->choice, i->n_choices, key, first);
    ret->end[1] = index_of(to, n_to, second, strlen(second));
    bool there = ret->end[0] < i->n_choices && ret->end[1] < n_to;
    ret->end[1] += directed ? i->n_choices : 0;
    return there;
}

static int64_t best_of_pairs(const struct item_declaration *d, const struct item_interaction *i)
{
    struct arena *a = arena_new();
    struct search s = {.pair = arena_array(a, d->mapping->n, sizeof *s.pair)};
    size_t things = i->n_choices + i->n_targets;
    s.left = arena_array(a, things, sizeof *s.left);
    for (size_t c = 0; c < things; c++) {
        const struct item_choice *it = c < i->n_choices ? &i->choice[c] : &i->target[c - i->n_choices];
        s.left[c] = it->match_max ? it->match_max : INT64_MAX;
    }
    for (size_t m = 0; m < d->mapping->n; m++)
        if (positive(d->mapping->entry[m].value, &s.pair[s.n].value) &&
            read_pair(i, d->base == BASE_DIRECTED_PAIR, d->mapping->entry[m].key, &s.pair[s.n]))
            s.n++;
    qsort(s.pair, s.n, sizeof *s.pair, by_value);
    s.before = arena_array(a, s.n + 1, sizeof *s.before);
    for (size_t m = 0; m < s.n; m++)
        s.before[m + 1] = s.before[m] + s.pair[m].value;
    int64_t most = most_values(d, i);
    search(&s, 0, 0, most ? most : INT64_MAX);
    arena_free(a);
    return s.best;
}

static bool has_key(const struct item_mapping *m, const char *key)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->entry[i].key, key) == 0)
            return true;
    return false;
}

/* Values that are chosen, ordered or typed. What has no entry gives the default. */
static int64_t best_of_values(const struct item_declaration *d, const struct item_interaction *i)
{
    const struct item_mapping *m = d->mapping;
    size_t n = 0, choices = i ? i->n_choices : 0;
    int64_t other;
    int64_t *value = mem_alloc((m->n + choices + 1) * sizeof *value);
    for (size_t k = 0; k < m->n; k++)
        n += positive(m->entry[k].value, &value[n]);
    if (positive(m->fallback, &other)) {
        for (size_t c = 0; c < choices; c++)
            if (!has_key(m, i->choice[c].identifier))
                value[n++] = other;
        if (choices == 0)
            value[n++] = other;
    }
    int64_t best = sum_of_best(value, n, most_values(d, i));
    free(value);
    return best;
}

static int64_t at_most(int64_t value, const char *upper)
{
    int64_t bound;
    return upper && positive(upper, &bound) && bound < value ? bound : value;
}

static int64_t best_of_mapping(const struct item *item, const struct item_declaration *d)
{
    const struct item_interaction *i = item_interaction_for(item, d->identifier);
    bool pairs = i && i->n_choices && (d->base == BASE_PAIR || d->base == BASE_DIRECTED_PAIR);
    return at_most(pairs ? best_of_pairs(d, i) : best_of_values(d, i), d->mapping->upper);
}

/* Each area counts once, whatever the number of points in it. */
static int64_t best_of_areas(const struct item *item, const struct item_declaration *d)
{
    const struct item_area_mapping *m = d->area;
    int64_t *value = mem_alloc((m->n + 1) * sizeof *value);
    size_t n = 0;
    for (size_t k = 0; k < m->n; k++)
        n += positive(m->area[k].value, &value[n]);
    n += positive(m->fallback, &value[n]);
    int64_t best = sum_of_best(value, n, most_values(d, item_interaction_for(item, d->identifier)));
    free(value);
    return at_most(best, m->upper);
}

static bool uses(const struct item *item, const struct xml_node *n, const char *expression,
                 const char *response)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        const char *id = xml_attr(item->doc, c, "identifier");
        if ((xml_named(c, expression) && id && strcmp(id, response) == 0) ||
            uses(item, c, expression, response))
            return true;
    }
    return false;
}

/* The rules use the mapping (area mapping) of that response. */
static bool is_mapped(const struct item *item, const char *response, bool area)
{
    if (item->rules == (area ? RULES_MAP_RESPONSE_POINT : RULES_MAP_RESPONSE))
        return strcmp(response, "RESPONSE") == 0;
    const char *expression = area ? "mapResponsePoint" : "mapResponse";
    return item->response_processing && uses(item, item->response_processing, expression, response);
}

static int64_t best_of_all(const struct item *item)
{
    int64_t sum = 0;
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->mapping && is_mapped(item, d->identifier, false))
            sum += best_of_mapping(item, d);
        if (d->area && is_mapped(item, d->identifier, true))
            sum += best_of_areas(item, d);
    }
    return sum;
}

int item_max_score(const struct item *item, points_t *ret, struct err *e)
{
    const struct item_declaration *max = item_find(item, DECLARED_OUTCOME, "MAXSCORE");
    const struct item_declaration *score = item_find(item, DECLARED_OUTCOME, "SCORE");
    const char *said = max && max->n_initial ? max->initial[0].text : score ? score->normal_maximum : NULL;
    int64_t milli;
    if (said && !positive(said, &milli))
        return err_set(e, ERR_DATA, xml_doc_name(item->doc),
                       _("the maximum \"%.40s\" of item %s is not a number above zero"), said,
                       item->identifier);
    if (!said)
        milli = best_of_all(item);
    *ret = points_milli(milli > 0 ? milli : 1000);
    return 0;
}
