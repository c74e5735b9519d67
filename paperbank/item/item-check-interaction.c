/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/operators.h"

/* What an interaction may be bound to (QTI 2.2, section 3.3). */
enum {
    SINGLE = 1 << CARDINALITY_SINGLE,
    MULTIPLE = 1 << CARDINALITY_MULTIPLE,
    ORDERED = 1 << CARDINALITY_ORDERED,
    RECORD = 1 << CARDINALITY_RECORD,
    SEVERAL = SINGLE | MULTIPLE,

    IDENTIFIER = 1 << BASE_IDENTIFIER,
    PAIR = 1 << BASE_PAIR,
    DIRECTED = 1 << BASE_DIRECTED_PAIR,
    POINT = 1 << BASE_POINT,
    NUMBER = 1 << BASE_INTEGER | 1 << BASE_FLOAT,
    TEXT = NUMBER | 1 << BASE_STRING,
};
enum values { VALUES_ANY, VALUES_CHOICES, VALUES_PAIRS, VALUES_DIRECTED };

static const struct rule {
    unsigned cardinalities, bases;
    enum values values;
    const char *choice, *target; /* elements of which there must be one */
} rules[] = {
    [INTERACTION_CHOICE] = {SEVERAL, IDENTIFIER, VALUES_CHOICES, "simpleChoice", NULL},
    [INTERACTION_ORDER] = {ORDERED, IDENTIFIER, VALUES_CHOICES, "simpleChoice", NULL},
    [INTERACTION_ASSOCIATE] = {SEVERAL, PAIR, VALUES_PAIRS, "simpleAssociableChoice", NULL},
    [INTERACTION_MATCH] = {SEVERAL, DIRECTED, VALUES_DIRECTED, "simpleAssociableChoice", NULL},
    [INTERACTION_GAP_MATCH] = {SEVERAL, DIRECTED, VALUES_DIRECTED, "gapText", "gap"},
    [INTERACTION_INLINE_CHOICE] = {SINGLE, IDENTIFIER, VALUES_CHOICES, "inlineChoice", NULL},
    [INTERACTION_TEXT_ENTRY] = {SINGLE | RECORD, TEXT, VALUES_ANY, NULL, NULL},
    [INTERACTION_EXTENDED_TEXT] = {SEVERAL | ORDERED | RECORD, TEXT, VALUES_ANY, NULL, NULL},
    [INTERACTION_HOTTEXT] = {SEVERAL, IDENTIFIER, VALUES_CHOICES, "hottext", NULL},
    [INTERACTION_SLIDER] = {SINGLE, NUMBER, VALUES_ANY, NULL, NULL},
    [INTERACTION_UPLOAD] = {SEVERAL, 1 << BASE_FILE, VALUES_ANY, NULL, NULL},
    [INTERACTION_HOTSPOT] = {SEVERAL, IDENTIFIER, VALUES_CHOICES, "hotspotChoice", NULL},
    [INTERACTION_SELECT_POINT] = {SEVERAL, POINT, VALUES_ANY, NULL, NULL},
    [INTERACTION_GRAPHIC_ORDER] = {ORDERED, IDENTIFIER, VALUES_CHOICES, "hotspotChoice", NULL},
    [INTERACTION_GRAPHIC_ASSOCIATE] = {SEVERAL, PAIR, VALUES_PAIRS, "associableHotspot", NULL},
    [INTERACTION_GRAPHIC_GAP_MATCH] = {SEVERAL, DIRECTED, VALUES_DIRECTED, "gapImg", "associableHotspot"},
    [INTERACTION_POSITION_OBJECT] = {SEVERAL, POINT, VALUES_ANY, NULL, NULL},
};

static const char *cardinality_name(unsigned i)
{
    static const char *const names[] = {"single", "multiple", "ordered", "record"};
    return names[i];
}

static const char *base_name(unsigned i)
{
    return item_base_name((enum item_base)i);
}

/* The names of the bits of a mask, "single, multiple". */
static const char *names_of(struct item *item, unsigned mask, const char *(*name)(unsigned))
{
    const char *list = "";
    for (unsigned i = 0; mask >> i; i++)
        if (mask >> i & 1 && name(i))
            list = arena_printf(item->arena, "%s%s%s", list, *list ? ", " : "", name(i));
    return list;
}

static const struct item_choice *find(const struct item_choice *c, size_t n, const char *identifier,
                                      size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(c[i].identifier) == length && strncmp(c[i].identifier, identifier, length) == 0)
            return &c[i];
    return NULL;
}

static bool is_choice(const struct item_interaction *i, const char *identifier)
{
    return find(i->choice, i->n_choices, identifier, strlen(identifier));
}

/* The two ends of a pair, or false where one is not there. */
static bool ends_of(const struct item_interaction *i, enum values values, const char *pair,
                    const struct item_choice **a, const struct item_choice **b)
{
    size_t first = strcspn(pair, " \t\r\n");
    const char *second = pair + first + strspn(pair + first, " \t\r\n");
    bool directed = values == VALUES_DIRECTED;
    *a = find(i->choice, i->n_choices, pair, first);
    *b = directed ? find(i->target, i->n_targets, second, strlen(second))
                  : find(i->choice, i->n_choices, second, strlen(second));
    return *a && *b;
}

static bool is_value(const struct item_interaction *i, enum values values, const char *text)
{
    const struct item_choice *a, *b;
    if (values == VALUES_CHOICES)
        return is_choice(i, text);
    return values == VALUES_ANY || ends_of(i, values, text, &a, &b);
}

static void check_binding(struct item *item, const struct item_interaction *i, const struct rule *rule,
                          const struct item_declaration *d)
{
    bool record = d->cardinality == CARDINALITY_RECORD && rule->cardinalities & RECORD;
    if (!(rule->cardinalities >> d->cardinality & 1))
        item_problem(item, i->line, _("%s needs cardinality %s for %s"), i->name,
                     names_of(item, rule->cardinalities, cardinality_name), d->identifier);
    if (!record && !(rule->bases >> d->base & 1))
        item_problem(item, i->line, _("%s needs baseType %s for %s"), i->name,
                     names_of(item, rule->bases, base_name), d->identifier);
}

static void check_identifiers(struct item *item, const struct item_interaction *i)
{
    size_t n = i->n_choices + i->n_targets;
    for (size_t c = 0; c < n; c++) {
        const struct item_choice *it = c < i->n_choices ? &i->choice[c] : &i->target[c - i->n_choices];
        size_t own = c < i->n_choices ? c : i->n_choices, length = strlen(it->identifier);
        if (find(i->choice, own, it->identifier, length) ||
            (c >= i->n_choices && find(i->target, c - i->n_choices, it->identifier, length)))
            item_problem(item, it->line, _("two choices have the identifier %s"), it->identifier);
        if (it->match_max && it->match_min > it->match_max)
            item_problem(item, it->line, _("%s: matchMin is above matchMax"), it->identifier);
    }
}

static bool names_max(const struct rule *rule)
{
    return rule->cardinalities == SEVERAL;
}

static void check_numbers(struct item *item, const struct item_interaction *i, const struct rule *rule,
                          const struct item_declaration *d)
{
    bool gaps = i->kind == INTERACTION_GAP_MATCH || i->kind == INTERACTION_GRAPHIC_GAP_MATCH;
    bool several = i->max_choices != 1 && !(gaps && i->n_targets == 1);
    if (names_max(rule) && several && d->cardinality == CARDINALITY_SINGLE)
        item_problem(item, i->line, _("%s lets choose more than one, so %s needs cardinality multiple"),
                     i->name, d->identifier);
    if (i->max_choices && i->min_choices > i->max_choices)
        item_problem(item, i->line, _("%s: more are asked for at least than are allowed at most"), i->name);
    if (rule->values == VALUES_CHOICES && i->min_choices > (int64_t)i->n_choices)
        item_problem(item, i->line, _("%s: %lld are asked for at least, of %zu"), i->name,
                     (long long)i->min_choices, i->n_choices);
}

static void check_correct_number(struct item *item, const struct item_interaction *i, const struct rule *rule,
                                 const struct item_declaration *d)
{
    if (names_max(rule) && i->max_choices && d->n_correct > (size_t)i->max_choices && d->n_correct > 1 &&
        d->cardinality != CARDINALITY_SINGLE)
        item_problem(item, i->line, _("%zu values are correct, but at most %lld can be chosen"), d->n_correct,
                     (long long)i->max_choices);
}

static void check_use(struct item *item, const struct item_choice *c, size_t n, const size_t *used)
{
    for (size_t i = 0; i < n; i++)
        if (c[i].match_max && used[i] > (size_t)c[i].match_max)
            item_problem(item, c[i].line, _("%s is in %zu correct pairs, but may be used %lld times"),
                         c[i].identifier, used[i], (long long)c[i].match_max);
}

static void check_uses(struct item *item, const struct item_interaction *i, const struct rule *rule,
                       const struct item_declaration *d)
{
    size_t *choices = arena_array(item->arena, i->n_choices, sizeof *choices),
           *targets = arena_array(item->arena, i->n_targets, sizeof *targets);
    const struct item_choice *a, *b;
    for (size_t v = 0; v < d->n_correct; v++)
        if (ends_of(i, rule->values, d->correct[v].text, &a, &b)) {
            choices[a - i->choice]++;
            if (rule->values == VALUES_DIRECTED)
                targets[b - i->target]++;
            else
                choices[b - i->choice]++;
        }
    check_use(item, i->choice, i->n_choices, choices);
    check_use(item, i->target, i->n_targets, targets);
}

static void check_values(struct item *item, const struct item_interaction *i, const struct rule *rule,
                         const struct item_declaration *d)
{
    bool pairs = rule->values == VALUES_PAIRS || rule->values == VALUES_DIRECTED;
    for (size_t v = 0; v < d->n_correct; v++) {
        const char *text = d->correct[v].text;
        if (!is_value(i, rule->values, text))
            item_problem(item, d->line,
                         pairs ? _("the correct value \"%.60s\" of %s is no pair of choices")
                               : _("the correct value \"%.60s\" of %s is no choice"),
                         text, d->identifier);
        for (size_t k = 0; k < v && rule->values != VALUES_ANY; k++)
            if (strcmp(d->correct[k].text, text) == 0) {
                item_problem(item, d->line, _("the correct value \"%.60s\" of %s stands twice"), text,
                             d->identifier);
                break;
            }
    }
    for (size_t m = 0; d->mapping && m < d->mapping->n; m++)
        if (!is_value(i, rule->values, d->mapping->entry[m].key))
            item_problem(item, d->line, _("mapKey \"%.60s\" of %s is nothing that can be answered"),
                         d->mapping->entry[m].key, d->identifier);
    if (pairs)
        check_uses(item, i, rule, d);
}

static void check_slider(struct item *item, const struct item_interaction *i,
                         const struct item_declaration *d)
{
    const char *bad = !value_fits(i->lower, BASE_FLOAT)             ? i->lower
                      : !value_fits(i->upper, BASE_FLOAT)           ? i->upper
                      : i->step && !value_fits(i->step, BASE_FLOAT) ? i->step
                                                                    : NULL;
    if (bad) {
        item_problem(item, i->line, _("%s: \"%.40s\" is not a number"), i->name, bad);
        return;
    }
    double low = strtod(i->lower, NULL), high = strtod(i->upper, NULL);
    if (!(low < high))
        item_problem(item, i->line, _("%s: lowerBound is not below upperBound"), i->name);
    if (i->step && !(strtod(i->step, NULL) > 0))
        item_problem(item, i->line, _("%s: the step is not above zero"), i->name);
    for (size_t v = 0; v < d->n_correct; v++) {
        double x = strtod(d->correct[v].text, NULL);
        if (x < low || x > high)
            item_problem(item, d->line, _("the correct value \"%.60s\" of %s is out of the slider's bounds"),
                         d->correct[v].text, d->identifier);
    }
}

static void check_choices(struct item *item, const struct item_interaction *i, const struct rule *rule)
{
    bool sets = i->kind == INTERACTION_MATCH;
    if (rule->choice && (i->n_choices == 0 || (sets && i->n_targets == 0)))
        item_problem(item, i->line, _("%s has no %s"), i->name, rule->choice);
    if (rule->target && !sets && i->n_targets == 0)
        item_problem(item, i->line, _("%s has no %s"), i->name, rule->target);
    check_identifiers(item, i);
}

static void check_areas(struct item *item, const struct item_interaction *i)
{
    const struct item_choice *c = i->n_targets ? i->target : i->choice;
    size_t n = i->n_targets ? i->n_targets : i->n_choices;
    if (!i->picture)
        item_problem(item, i->line, _("%s has no picture"), i->name);
    for (size_t k = 0; k < n; k++)
        if (!area_fits(c[k].shape, c[k].coords))
            item_problem(item, c[k].line, _("%s: \"%.60s\" are no coordinates of shape \"%.20s\""),
                         c[k].identifier, c[k].coords ? c[k].coords : "", c[k].shape ? c[k].shape : "");
}

static void check_bound(struct item *item, const struct item_interaction *i, const struct item_declaration *d)
{
    const struct rule *rule = &rules[i->kind];
    check_choices(item, i, rule);
    check_binding(item, i, rule, d);
    check_numbers(item, i, rule, d);
    check_correct_number(item, i, rule, d);
    check_values(item, i, rule, d);
    if (i->kind == INTERACTION_SLIDER)
        check_slider(item, i, d);
    if (item_is_graphic(i->kind))
        check_areas(item, i);
}

void item_check_interaction(struct item *item, const struct item_interaction *i)
{
    /* the spec lets a stage's interaction go without a response, and these two interactions are never
     * delivered */
    if (i->kind == INTERACTION_POSITION_OBJECT && !*i->response)
        return;
    const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, i->response);
    if (!d) {
        item_problem(item, i->line, _("%s names response \"%.60s\", which is not declared"), i->name,
                     i->response);
        return;
    }
    for (const struct item_interaction *k = item->interaction; k != i; k = k->next)
        if (strcmp(k->response, i->response) == 0)
            item_problem(item, i->line, _("two interactions fill response %s"), i->response);
    if (i->kind != INTERACTION_OTHER)
        check_bound(item, i, d);
}
