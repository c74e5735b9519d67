/* SPDX-License-Identifier: Apache-2.0 */
/* Counts that contradict each other whatever a bank holds: more items asked for than the paper has. */
#include "base/i18n.h"
#include "engine/blueprint/blueprint.h"

enum { MAX_ITEMS = 1000, MAX_FIRST = 200 };

static bool lists_part(const struct blueprint_list *a, const struct blueprint_list *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (blueprint_list_has(b, a->text[i]))
            return false;
    return a->n && b->n;
}

/* No item fits both. */
static bool apart(const struct blueprint_selector *a, const struct blueprint_selector *b)
{
    return (a->knowledge_point && b->knowledge_point &&
            !knowledge_point_within(a->knowledge_point, b->knowledge_point) &&
            !knowledge_point_within(b->knowledge_point, a->knowledge_point)) ||
           lists_part(&a->levels, &b->levels) || lists_part(&a->kinds, &b->kinds) ||
           (a->has_facility && b->has_facility &&
            (a->facility_to < b->facility_from || b->facility_to < a->facility_from));
}

static bool counts_items(const struct blueprint_rule *r)
{
    return r->kind != RULE_POINTS && r->kind != RULE_QUOTA && r->weight == 0;
}

/* Rules from `first` on of which no two want the same item, each taken as it comes: more than the paper has?
 */
static bool check_from(const struct blueprint *b, size_t first, int64_t items, struct arena *a,
                       blueprint_complaint_fn *complain, void *context)
{
    const struct blueprint_rule *kept[MAX_ITEMS + 1];
    size_t n = 0;
    int64_t sum = 0;
    for (size_t i = first; i < b->n_rules && sum <= items; i++) {
        bool fits = counts_items(&b->rule[i]) && b->rule[i].min > 0;
        for (size_t k = 0; fits && k < n; k++)
            fits = apart(&b->rule[i].what, &kept[k]->what);
        if (!fits)
            continue;
        kept[n++] = &b->rule[i];
        sum += b->rule[i].min;
    }
    if (sum <= items || !counts_items(&b->rule[first]))
        return true;
    const char *lines = "";
    for (size_t k = 0; k < n; k++)
        lines = arena_printf(a, "%s%s%u", lines, k ? ", " : "", kept[k]->line);
    complain(
        context, kept[0]->line,
        arena_printf(a,
                     _("lines %s: at least %lld items are asked for, no item counts twice, and the paper has "
                       "%lld"),
                     lines, (long long)sum, (long long)items));
    return false;
}

bool blueprint_sums(const struct blueprint *b, blueprint_complaint_fn *complain, void *context)
{
    struct arena *a = arena_new();
    int64_t items = 0;
    bool good = true;
    for (size_t i = 0; i < b->n_sections; i++)
        items += b->section[i].count;
    for (size_t i = 0; i < b->n_rules && i < MAX_FIRST && good; i++)
        good = check_from(b, i, items, a, complain, context);
    if (b->stimuli.given && b->stimuli.min * b->stimuli.items_min > items) {
        complain(context, b->stimuli.line,
                 arena_printf(a, _("at least %lld items are asked for, the paper has %lld"),
                              (long long)(b->stimuli.min * b->stimuli.items_min), (long long)items));
        good = false;
    }
    arena_free(a);
    return good;
}
