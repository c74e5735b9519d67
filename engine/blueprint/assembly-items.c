/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"
#include "paperbank/bank/metadata.h"

bool assembly_has_value(const struct bank_item *i, const char *attribute, const char *value)
{
    const char *at = i->attributes, *v;
    size_t n;
    while ((v = metadata_attribute(&at, attribute, &n)))
        if (strlen(value) == n && strncmp(v, value, n) == 0)
            return true;
    return false;
}

static size_t name_length(const char *pair)
{
    return strcspn(pair, "=");
}

/* Of the pairs that have the name of list[k], the item has one. */
static bool has_one_of(const struct blueprint_list *list, size_t k, const struct bank_item *i,
                       struct arena *a)
{
    size_t n = name_length(list->text[k]);
    const char *name = arena_strndup(a, list->text[k], n);
    for (size_t j = 0; j < list->n; j++)
        if (name_length(list->text[j]) == n && strncmp(list->text[j], name, n) == 0 &&
            assembly_has_value(i, name, list->text[j] + n + 1))
            return true;
    return false;
}

static bool has_attributes(const struct blueprint_list *list, const struct bank_item *i)
{
    if (list->n == 0)
        return true;
    struct arena *a = arena_new();
    bool has = true;
    for (size_t k = 0; has && k < list->n; k++)
        has = has_one_of(list, k, i, a);
    arena_free(a);
    return has;
}

bool assembly_selected(const struct blueprint_selector *s, const struct bank_item *i)
{
    return (!s->knowledge_point || knowledge_point_within(i->knowledge_point, s->knowledge_point)) &&
           (s->levels.n == 0 || blueprint_list_has(&s->levels, i->level)) &&
           (s->kinds.n == 0 || blueprint_list_has(&s->kinds, i->kind)) &&
           (!s->has_facility || (i->facility >= s->facility_from && i->facility <= s->facility_to)) &&
           has_attributes(&s->attributes, i);
}

bool assembly_number(const struct bank_item *i, const char *attribute, int64_t *ret)
{
    const char *at = i->attributes, *v;
    char text[64];
    points_t p;
    size_t n, more;
    if (!(v = metadata_attribute(&at, attribute, &n)) || n >= sizeof text ||
        metadata_attribute(&at, attribute, &more))
        return false;
    memcpy(text, v, n);
    text[n] = '\0';
    if (points_parse(text, &p, NULL) < 0 || p.milli > 1000000000 || p.milli < -1000000000)
        return false;
    *ret = p.milli;
    return true;
}

struct pair {
    const char *value;
    uint32_t item;
};

static int by_value(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int order = strcmp(x->value, y->value);
    return order ? order : x->item < y->item ? -1 : x->item > y->item;
}

static struct pair *pairs_of(const struct assembly *a, const char *attribute, size_t *ret_n)
{
    struct arena *arena = a->problem->arena;
    size_t n = 0, len;
    for (size_t i = 0; i < a->n_pool; i++)
        for (const char *at = a->pool[i].item.attributes; metadata_attribute(&at, attribute, &len);)
            n++;
    struct pair *pair = arena_array(arena, n + 1, sizeof *pair);
    *ret_n = 0;
    for (size_t i = 0; i < a->n_pool; i++) {
        const char *at = a->pool[i].item.attributes, *v;
        while ((v = metadata_attribute(&at, attribute, &len)))
            pair[(*ret_n)++] = (struct pair){arena_strndup(arena, v, len), (uint32_t)i};
    }
    qsort(pair, n, sizeof *pair, by_value);
    return pair;
}

struct valued assembly_values(const struct assembly *a, const char *attribute)
{
    struct arena *arena = a->problem->arena;
    size_t n;
    const struct pair *pair = pairs_of(a, attribute, &n);
    struct valued all = {.value = arena_array(arena, n + 1, sizeof *all.value),
                         .start = arena_array(arena, n + 1, sizeof *all.start),
                         .item = arena_array(arena, n + 1, sizeof *all.item)};
    for (size_t k = 0; k < n; k++) {
        if (k == 0 || strcmp(pair[k - 1].value, pair[k].value) != 0) {
            all.start[all.n] = k;
            all.value[all.n++] = pair[k].value;
        }
        all.item[k] = pair[k].item;
    }
    all.start[all.n] = n;
    return all;
}

size_t assembly_find(const struct assembly *a, const char *id)
{
    size_t lo = 0, hi = a->n_pool;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(a->pool[mid].item.id, id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < a->n_pool && strcmp(a->pool[lo].item.id, id) == 0 ? lo : a->n_pool;
}

int assembly_need(const struct assembly *a, const char *id, unsigned line, size_t *ret, struct err *e)
{
    *ret = assembly_find(a, id);
    if (*ret < a->n_pool)
        return 0;
    char *where = arena_printf(a->problem->arena, "%s:%u", a->blueprint->name, line);
    err_set(e, ERR_DATA, where, _("item %s is not in the bank, or no section can take it"), id);
    return err_hint(e, _("retired and graphic items are left out, and unapproved ones where the bank "
                         "asks for approval"));
}

int64_t assembly_since(const struct blueprint *b, int64_t years)
{
    char day[32];
    int64_t ms = INT64_MIN;
    if (years == 0 || !b->date)
        return ms;
    snprintf(day, sizeof day, "%04lld%.6sT00:00:00Z", strtoll(b->date, NULL, 10) - (long long)years,
             b->date + 4);
    if (time_parse(day, &ms, NULL) == 0)
        return ms;
    memcpy(day + 8, "28", 2); /* the 29th of February of another year */
    return time_parse(day, &ms, NULL) == 0 ? ms : INT64_MIN;
}
