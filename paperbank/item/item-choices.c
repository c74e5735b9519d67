/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"

static size_t count_deep(const struct xml_node *n, const char *name)
{
    size_t total = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        total += (size_t)xml_named(c, name) + count_deep(c, name);
    return total;
}

/* The words of a list of names that are separated by white space. */
static void read_group(struct item *item, const char *list, struct item_choice *ret)
{
    if (!list)
        return;
    const char **group = arena_array(item->arena, strlen(list) / 2 + 1, sizeof *group);
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " \t\r\n");
        if (n)
            group[ret->n_groups++] = arena_strndup(item->arena, p, n);
        p += n + strspn(p + n, " \t\r\n");
    }
    ret->group = group;
}

static struct item_choice read_common(struct item *item, const struct xml_node *n)
{
    const char *template = xml_attr(item->doc, n, "templateIdentifier");
    struct item_choice c = {
        .identifier = item_attr_needed(item, n, "identifier"),
        .line = xml_line(n),
        .fixed = item_attr_true(item, n, "fixed", false),
        .match_max = item_attr_whole(item, n, "matchMax", 1),
        .match_min = item_attr_whole(item, n, "matchMin", 0),
        .shape = xml_attr(item->doc, n, "shape"),
        .coords = xml_attr(item->doc, n, "coords"),
        .label = xml_attr(item->doc, n, "hotspotLabel"),
    };
    if (!c.label)
        c.label = xml_attr(item->doc, n, "objectLabel");
    if (template)
        c.condition = item_read_condition(item, n, template, c.identifier);
    read_group(item, xml_attr(item->doc, n, "matchGroup"), &c);
    return c;
}

static struct item_choice read_choice(struct item *item, const struct xml_node *n)
{
    struct item_choice c = read_common(item, n);
    c.content = item_read_content(item, n, NULL);
    return c;
}

void item_read_gap(struct item *item, const struct xml_node *n, struct item_interaction *i,
                   struct item_node *ret)
{
    struct item_choice gap = read_common(item, n);
    gap.match_max = 1;
    gap.match_min = item_attr_true(item, n, "required", false);
    ret->kind = NODE_GAP;
    ret->number = (int64_t)i->n_targets;
    i->target[i->n_targets++] = gap;
}

void item_read_hottext(struct item *item, const struct xml_node *n, struct item_interaction *i,
                       struct item_node *ret)
{
    struct item_choice c = read_choice(item, n);
    ret->kind = NODE_HOTTEXT;
    ret->number = (int64_t)i->n_choices;
    ret->child = c.content->child;
    i->choice[i->n_choices++] = c;
}

static struct item_choice *read_all(struct item *item, const struct xml_node *n, const char *name,
                                    size_t *ret_n)
{
    struct item_choice *all = arena_array(item->arena, count_deep(n, name), sizeof *all);
    *ret_n = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, name))
            all[(*ret_n)++] = read_choice(item, c);
    return all;
}

static void read_sets(struct item *item, const struct xml_node *n, struct item_interaction *i)
{
    size_t sets = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (!xml_named(c, "simpleMatchSet"))
            continue;
        if (++sets == 1)
            i->choice = read_all(item, c, "simpleAssociableChoice", &i->n_choices);
        else if (sets == 2)
            i->target = read_all(item, c, "simpleAssociableChoice", &i->n_targets);
    }
    if (sets != 2)
        item_problem(item, i->line, _("a matchInteraction has two simpleMatchSet, not %zu"), sets);
}

/* gapText and gapImg; their order is the document's. */
static void read_gap_choices(struct item *item, const struct xml_node *n, struct item_interaction *i)
{
    i->choice =
        arena_array(item->arena, count_deep(n, "gapText") + count_deep(n, "gapImg"), sizeof *i->choice);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, "gapText") || xml_named(c, "gapImg"))
            i->choice[i->n_choices++] = read_choice(item, c);
}

static void read_texts(struct item *item, const struct xml_node *n, struct item_interaction *i,
                       const char *inner)
{
    if (i->kind == INTERACTION_GAP_MATCH) {
        read_gap_choices(item, n, i);
        i->target = arena_array(item->arena, count_deep(n, inner), sizeof *i->target);
    } else {
        i->choice = arena_array(item->arena, count_deep(n, inner), sizeof *i->choice);
    }
    i->content = item_read_content(item, n, i);
}

static const char *choice_name(enum item_interaction_kind kind)
{
    switch (kind) {
    case INTERACTION_CHOICE:
    case INTERACTION_ORDER:
        return "simpleChoice";
    case INTERACTION_ASSOCIATE:
        return "simpleAssociableChoice";
    case INTERACTION_INLINE_CHOICE:
        return "inlineChoice";
    case INTERACTION_HOTSPOT:
    case INTERACTION_GRAPHIC_ORDER:
        return "hotspotChoice";
    case INTERACTION_GRAPHIC_ASSOCIATE:
        return "associableHotspot";
    default:
        return NULL;
    }
}

/* What else may stand in the interaction, besides its choices. */
static bool may_hold(const struct item *item, const struct item_interaction *i, const struct xml_node *c)
{
    static const char *const others[] = {"prompt", "simpleMatchSet",    "gapText",
                                         "gapImg", "associableHotspot", "label"};
    bool graphic = i->kind >= INTERACTION_HOTSPOT && i->kind <= INTERACTION_POSITION_OBJECT;
    if (xml_named(c, "prompt") || item_is_foreign(c))
        return true;
    if (graphic && (item_is_picture(item, c) || xml_named(c, "object") || xml_named(c, "picture")))
        return true;
    if (i->kind != INTERACTION_MATCH && i->kind != INTERACTION_GRAPHIC_GAP_MATCH)
        return i->kind == INTERACTION_INLINE_CHOICE && xml_named(c, "label");
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (xml_named(c, others[k]))
            return true;
    return false;
}

static void check_parts(struct item *item, const struct xml_node *n, const struct item_interaction *i)
{
    const char *choice = choice_name(i->kind);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (!(choice && xml_named(c, choice)) && !may_hold(item, i, c))
            item_problem(item, xml_line(c), _("<%.60s> is not known in <%.60s>"), xml_name(c), i->name);
}

void item_read_choices(struct item *item, const struct xml_node *n, struct item_interaction *i)
{
    const char *choice = choice_name(i->kind);
    if (choice)
        i->choice = read_all(item, n, choice, &i->n_choices);
    else if (i->kind == INTERACTION_MATCH)
        read_sets(item, n, i);
    else if (i->kind == INTERACTION_GAP_MATCH)
        read_texts(item, n, i, "gap");
    else if (i->kind == INTERACTION_HOTTEXT)
        read_texts(item, n, i, "hottext");
    else if (i->kind == INTERACTION_GRAPHIC_GAP_MATCH) {
        read_gap_choices(item, n, i);
        i->target = read_all(item, n, "associableHotspot", &i->n_targets);
    }
    if (i->kind != INTERACTION_GAP_MATCH && i->kind != INTERACTION_HOTTEXT && i->kind != INTERACTION_OTHER)
        check_parts(item, n, i);
}
