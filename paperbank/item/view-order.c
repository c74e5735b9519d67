/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/view-order.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "paperbank/item/item-internal.h"

struct place {
    const struct xml_node *node;
    const char *identifier;
    uint64_t key;
};

bool view_moves(const struct item *item, const struct xml_node *n)
{
    static const char *const names[] = {"simpleChoice", "simpleAssociableChoice", "inlineChoice", "gapText",
                                        "gapImg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_named(n, names[i]) && !item_is_foreign(n))
            return !item_attr_true(item, n, "fixed", false);
    return false;
}

static uint64_t key_of(const struct item *item, const struct xml_node *interaction, const char *identifier)
{
    const char *response = xml_attr(item->doc, interaction, "responseIdentifier");
    const char *part[] = {item->identifier, "/", response ? response : "", "/", identifier};
    uint64_t h = RNG_SPREAD;
    struct rng r;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        h = rng_spread(h, part[i], strlen(part[i]));
    rng_seed(&r, h);
    return rng_u64(&r);
}

static int by_key(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return x->key != y->key ? (x->key < y->key ? -1 : 1) : strcmp(x->identifier, y->identifier);
}

const struct xml_node **view_order(const struct item *item, const struct xml_node *parent, struct arena *a)
{
    const struct xml_node *interaction = xml_named(parent, "simpleMatchSet") ? xml_parent(parent) : parent;
    size_t n = 0, k = 0;
    if (!interaction || !item_attr_true(item, interaction, "shuffle", false))
        return NULL;
    for (const struct xml_node *c = xml_first_element(parent); c; c = xml_next_element(c))
        n += view_moves(item, c);
    struct place *place = arena_array(a, n + 1, sizeof *place);
    const struct xml_node **order = arena_array(a, n + 1, sizeof *order);
    for (const struct xml_node *c = xml_first_element(parent); c; c = xml_next_element(c))
        if (view_moves(item, c)) {
            const char *id = xml_attr(item->doc, c, "identifier");
            place[k].node = c;
            place[k].identifier = id ? id : "";
            place[k].key = key_of(item, interaction, place[k].identifier);
            k++;
        }
    qsort(place, n, sizeof *place, by_key);
    for (k = 0; k < n; k++)
        order[k] = place[k].node;
    return order;
}
