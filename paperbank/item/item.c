/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/item.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "base/text.h"

const struct item_declaration *item_find(const struct item *item, enum item_declared what, const char *identifier)
{
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->what == what && strcmp(d->identifier, identifier) == 0)
            return d;
    }
    return NULL;
}

const struct item_interaction *item_interaction_for(const struct item *item, const char *response)
{
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        if (strcmp(i->response, response) == 0)
            return i;
    return NULL;
}

const char *item_kind_name(enum item_kind kind)
{
    static const char *const names[] = {
        [ITEM_SINGLE] = "single", [ITEM_MULTIPLE] = "multiple", [ITEM_TRUE_FALSE] = "truefalse",
        [ITEM_FILL] = "fill",     [ITEM_OTHER] = "other",
    };
    return names[kind];
}

static const char *unsupported_in(const struct item_node *n)
{
    for (; n; n = n->next) {
        const char *inner = n->kind == NODE_UNSUPPORTED ? n->text : unsupported_in(n->child);
        for (size_t c = 0; !inner && n->interaction && c < n->interaction->n_choices; c++)
            inner = unsupported_in(n->interaction->choice[c].content);
        if (!inner && n->interaction)
            inner = unsupported_in(n->interaction->prompt);
        if (inner)
            return inner;
    }
    return NULL;
}

static int cannot(const struct item *item, unsigned line, const char *what, struct err *e)
{
    char where[256];
    snprintf(where, sizeof where, "%s:%u", xml_doc_name(item->doc), line);
    err_set(e, ERR_DATA, where, _("item %s uses %s, which this version cannot deliver"), item->identifier, what);
    return err_hint(e, _("choiceInteraction and textEntryInteraction are delivered"));
}

int item_deliverable(const struct item *item, struct err *e)
{
    const char *name = xml_doc_name(item->doc);
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        if (i->kind == INTERACTION_OTHER)
            return cannot(item, i->line, i->name, e);
    if (!item->body)
        return err_set(e, ERR_DATA, name, _("item %s has no itemBody: there is nothing to show"), item->identifier);
    if (!item->interaction)
        return err_set(e, ERR_DATA, name, _("item %s has no interaction: there is nothing to answer"),
                       item->identifier);
    const char *lacks = unsupported_in(item->body);
    if (lacks)
        return cannot(item, 1, lacks, e);
    if (item->adaptive)
        return cannot(item, 1, "adaptive=\"true\"", e);
    if (item->template_processing)
        return cannot(item, xml_line(item->template_processing), "templateProcessing", e);
    return 0;
}

static bool positive(const char *text, points_t *ret)
{
    char *end = NULL;
    struct err unwanted;
    if (points_parse(text, ret, &unwanted) == 0)
        return ret->milli > 0;
    double v = strtod(text, &end);
    return end != text && *end == '\0' && points_from_outcome(v, ret, &unwanted) == 0 && ret->milli > 0;
}

/* The best that a mapping gives: the largest entry, or for containers the sum of those above zero. */
static points_t best_of_mapping(const struct item_declaration *d)
{
    int64_t best = 0, sum = 0;
    points_t p;
    for (size_t i = 0; i < d->mapping->n; i++) {
        if (!positive(d->mapping->entry[i].value, &p))
            continue;
        best = p.milli > best ? p.milli : best;
        sum += p.milli;
    }
    int64_t reach = d->cardinality == CARDINALITY_SINGLE ? best : sum;
    if (d->mapping->upper && positive(d->mapping->upper, &p) && p.milli < reach)
        reach = p.milli;
    return points_milli(reach);
}

int item_max_score(const struct item *item, points_t *ret, struct err *e)
{
    const struct item_declaration *max = item_find(item, DECLARED_OUTCOME, "MAXSCORE");
    const struct item_declaration *score = item_find(item, DECLARED_OUTCOME, "SCORE");
    const char *said = max && max->n_initial ? max->initial[0].text : score ? score->normal_maximum : NULL;
    if (said) {
        if (!positive(said, ret))
            return err_set(e, ERR_DATA, xml_doc_name(item->doc), _("the maximum \"%.40s\" of item %s is not a number above zero"),
                           said, item->identifier);
        return 0;
    }
    int64_t sum = 0;
    for (size_t i = 0; item->rules == RULES_MAP_RESPONSE && i < item->n_declarations; i++)
        if (item->declaration[i].mapping && strcmp(item->declaration[i].identifier, "RESPONSE") == 0)
            sum += best_of_mapping(&item->declaration[i]).milli;
    *ret = points_milli(sum > 0 ? sum : 1000);
    return 0;
}

static void gather(const struct item_node *n, struct bytes *out)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_TEXT || n->kind == NODE_IMAGE)
            bytes_str(out, n->text ? n->text : "");
        if (n->kind == NODE_INTERACTION && n->interaction) {
            bytes_str(out, n->interaction->kind == INTERACTION_TEXT_ENTRY ? "____" : " ");
            if (n->interaction->prompt)
                gather(n->interaction->prompt, out);
        }
        gather(n->child, out);
        if (n->kind == NODE_PARAGRAPH || n->kind == NODE_BREAK || n->kind == NODE_CELL || n->kind == NODE_LIST_ITEM)
            bytes_str(out, " ");
    }
}

char *item_node_text(const struct item_node *n, struct arena *a)
{
    struct bytes all = {0};
    if (n && n->kind == NODE_TEXT)
        bytes_str(&all, n->text);
    else if (n)
        gather(n->child, &all);
    for (size_t i = 0; i < all.n; i++)
        if (all.p[i] == '\n' || all.p[i] == '\t')
            all.p[i] = ' ';
    char *line = text_trim(a, all.p ? (const char *)all.p : "");
    bytes_release(&all);
    return line;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo): spreads the seed's bytes; not a secret. */
static uint64_t spread(uint64_t h, const void *p, size_t n)
{
    const uint8_t *b = p;
    for (size_t i = 0; i < n; i++)
        h = (h ^ b[i]) * UINT64_C(0x100000001b3);
    return h;
}

void item_choice_order(const struct item_interaction *i, struct span seed, uint32_t *order)
{
    struct rng r;
    uint64_t h = spread(UINT64_C(0xcbf29ce484222325), seed.p, seed.n);
    rng_seed(&r, spread(h, i->response, strlen(i->response)));
    for (size_t c = 0; c < i->n_choices; c++)
        order[c] = (uint32_t)c;
    if (!i->shuffle)
        return;
    for (size_t c = i->n_choices; c-- > 1;) {
        if (i->choice[c].fixed)
            continue;
        size_t below = 0;
        for (size_t k = 0; k <= c; k++)
            below += !i->choice[k].fixed;
        size_t pick = (size_t)rng_below(&r, below), at = 0;
        for (size_t k = 0; k <= c; k++)
            if (!i->choice[k].fixed && pick-- == 0) {
                at = k;
                break;
            }
        uint32_t swap = order[c];
        order[c] = order[at];
        order[at] = swap;
    }
}
