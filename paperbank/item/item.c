/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/item.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "base/text.h"

const struct item_declaration *item_find(const struct item *item, enum item_declared what,
                                         const char *identifier)
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
        [ITEM_SINGLE] = "single", [ITEM_MULTIPLE] = "multiple",   [ITEM_TRUE_FALSE] = "truefalse",
        [ITEM_FILL] = "fill",     [ITEM_NUMBER] = "number",       [ITEM_ORDER] = "order",
        [ITEM_MATCH] = "match",   [ITEM_ASSOCIATE] = "associate", [ITEM_GAP_MATCH] = "gapmatch",
        [ITEM_INLINE] = "inline", [ITEM_ESSAY] = "essay",         [ITEM_HOTTEXT] = "hottext",
        [ITEM_SLIDER] = "slider", [ITEM_UPLOAD] = "upload",       [ITEM_GRAPHIC] = "graphic",
        [ITEM_MIXED] = "mixed",   [ITEM_MATERIAL] = "material",   [ITEM_OTHER] = "other",
    };
    return names[kind];
}

static bool ends_words(enum item_node_kind kind)
{
    return kind == NODE_PARAGRAPH || kind == NODE_BREAK || kind == NODE_CELL || kind == NODE_LIST_ITEM;
}

static bool is_blank(enum item_interaction_kind kind)
{
    return kind == INTERACTION_TEXT_ENTRY || kind == INTERACTION_INLINE_CHOICE;
}

static void gather(const struct item_node *n, struct bytes *out)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_FEEDBACK)
            continue;
        if (n->kind == NODE_TEXT || n->kind == NODE_IMAGE)
            bytes_str(out, n->text ? n->text : "");
        if (n->kind == NODE_GAP || n->kind == NODE_PRINTED)
            bytes_str(out, "____");
        if (n->kind == NODE_INTERACTION && n->interaction) {
            bytes_str(out, is_blank(n->interaction->kind) ? "____" : " ");
            if (n->interaction->prompt)
                gather(n->interaction->prompt, out);
            gather(n->interaction->content, out);
        }
        gather(n->child, out);
        if (ends_words(n->kind))
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

static void shuffle(struct rng *r, const struct item_choice *choice, size_t n, uint32_t *order)
{
    for (size_t c = n; c-- > 1;) {
        if (choice[c].fixed)
            continue;
        size_t below = 0;
        for (size_t k = 0; k <= c; k++)
            below += !choice[k].fixed;
        size_t pick = (size_t)rng_below(r, below), at = 0;
        for (size_t k = 0; k <= c; k++)
            if (!choice[k].fixed && pick-- == 0) {
                at = k;
                break;
            }
        uint32_t swap = order[c];
        order[c] = order[at];
        order[at] = swap;
    }
}

static void order_of(const struct item_interaction *i, struct span seed, const char *which,
                     const struct item_choice *choice, size_t n, bool moves, uint32_t *order)
{
    struct rng r;
    uint64_t h = rng_spread(RNG_SPREAD, seed.p, seed.n);
    h = rng_spread(h, i->response, strlen(i->response));
    rng_seed(&r, rng_spread(h, which, strlen(which)));
    for (size_t c = 0; c < n; c++)
        order[c] = (uint32_t)c;
    if (moves)
        shuffle(&r, choice, n, order);
}

void item_choice_order(const struct item_interaction *i, struct span seed, uint32_t *order)
{
    order_of(i, seed, "", i->choice, i->n_choices, i->shuffle, order);
}

void item_target_order(const struct item_interaction *i, struct span seed, uint32_t *order)
{
    order_of(i, seed, " target", i->target, i->n_targets, i->shuffle && i->kind == INTERACTION_MATCH, order);
}
