/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"

/* How many: the attributes that say it, and what they mean when they are absent (QTI 2.2). */
static const struct kind {
    const char *name;
    enum item_interaction_kind kind;
    const char *max, *min;
    int64_t max_default;
} kinds[] = {
    {"choiceInteraction", INTERACTION_CHOICE, "maxChoices", "minChoices", 1},
    {"orderInteraction", INTERACTION_ORDER, "maxChoices", "minChoices", 0},
    {"associateInteraction", INTERACTION_ASSOCIATE, "maxAssociations", "minAssociations", 1},
    {"matchInteraction", INTERACTION_MATCH, "maxAssociations", "minAssociations", 1},
    {"gapMatchInteraction", INTERACTION_GAP_MATCH, "maxAssociations", "minAssociations", 0},
    {"inlineChoiceInteraction", INTERACTION_INLINE_CHOICE, NULL, "minChoices", 1},
    {"textEntryInteraction", INTERACTION_TEXT_ENTRY, NULL, NULL, 1},
    {"extendedTextInteraction", INTERACTION_EXTENDED_TEXT, "maxStrings", "minStrings", 0},
    {"hottextInteraction", INTERACTION_HOTTEXT, "maxChoices", "minChoices", 1},
    {"sliderInteraction", INTERACTION_SLIDER, NULL, NULL, 1},
    {"uploadInteraction", INTERACTION_UPLOAD, NULL, NULL, 1},
    {"hotspotInteraction", INTERACTION_HOTSPOT, "maxChoices", "minChoices", 1},
    {"selectPointInteraction", INTERACTION_SELECT_POINT, "maxChoices", "minChoices", 1},
    {"graphicOrderInteraction", INTERACTION_GRAPHIC_ORDER, "maxChoices", "minChoices", 0},
    {"graphicAssociateInteraction", INTERACTION_GRAPHIC_ASSOCIATE, "maxAssociations", "minAssociations", 1},
    {"graphicGapMatchInteraction", INTERACTION_GRAPHIC_GAP_MATCH, "maxAssociations", "minAssociations", 0},
    {"positionObjectInteraction", INTERACTION_POSITION_OBJECT, "maxChoices", "minChoices", 1},
};

bool item_is_interaction(const char *name)
{
    size_t n = strlen(name);
    return strcmp(name, "positionObjectStage") == 0 || (n > 11 && strcmp(name + n - 11, "Interaction") == 0);
}

static void append_interaction(struct item *item, struct item_interaction *i)
{
    struct item_interaction **at = &item->interaction;
    while (*at)
        at = &(*at)->next;
    *at = i;
}

/* An order whose minChoices is not said asks for all of them; maxChoices means nothing then. */
static void read_numbers(struct item *item, const struct xml_node *n, const struct kind *k,
                         struct item_interaction *i)
{
    i->max_choices = k->max ? item_attr_whole(item, n, k->max, k->max_default) : k->max_default;
    i->min_choices = k->min ? item_attr_whole(item, n, k->min, 0) : 0;
    bool order = k->kind == INTERACTION_ORDER || k->kind == INTERACTION_GRAPHIC_ORDER;
    if (order && i->min_choices == 0)
        i->max_choices = 0;
    if (k->kind == INTERACTION_INLINE_CHOICE && item_attr_true(item, n, "required", false))
        i->min_choices = 1;
}

static enum item_text_format format_of(const char *format)
{
    if (format && strcmp(format, "preFormatted") == 0)
        return FORMAT_PREFORMATTED;
    return format && strcmp(format, "xhtml") == 0 ? FORMAT_XHTML : FORMAT_PLAIN;
}

static void read_text(struct item *item, const struct xml_node *n, struct item_interaction *i)
{
    i->expected_length = item_attr_whole(item, n, "expectedLength", 0);
    i->expected_lines = item_attr_whole(item, n, "expectedLines", 0);
    i->normalize = item_has_word(xml_attr(item->doc, n, "class"), "kc-normalize");
    i->pattern = xml_attr(item->doc, n, "patternMask");
    i->placeholder = xml_attr(item->doc, n, "placeholderText");
    i->format = format_of(xml_attr(item->doc, n, "format"));
}

static void read_slider(struct item *item, const struct xml_node *n, struct item_interaction *i)
{
    i->lower = item_attr_needed(item, n, "lowerBound");
    i->upper = item_attr_needed(item, n, "upperBound");
    i->step = xml_attr(item->doc, n, "step");
    i->reverse = item_attr_true(item, n, "reverse", false);
    i->step_labels = item_attr_true(item, n, "stepLabel", false);
}

static const struct item_node *picture_in(struct item *item, const struct xml_node *n)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (item_is_picture(item, c))
            return item_read_alone(item, c)->child;
        if (xml_named(c, "picture"))
            return picture_in(item, c);
    }
    return NULL;
}

bool item_is_graphic(enum item_interaction_kind kind)
{
    return kind >= INTERACTION_HOTSPOT && kind <= INTERACTION_POSITION_OBJECT;
}

static struct item_interaction *read_one(struct item *item, const struct xml_node *n)
{
    struct item_interaction *i = arena_alloc(item->arena, sizeof *i);
    const char *response = xml_attr(item->doc, n, "responseIdentifier"),
               *orientation = xml_attr(item->doc, n, "orientation");
    const struct xml_node *prompt = xml_child(n, "prompt");
    *i = (struct item_interaction){.kind = INTERACTION_OTHER, .name = xml_name(n), .line = xml_line(n)};
    i->response = response ? response : "";
    i->max_choices = 1;
    append_interaction(item, i);
    i->shuffle = item_attr_true(item, n, "shuffle", false);
    i->vertical = orientation && strcmp(orientation, "vertical") == 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (strcmp(kinds[k].name, i->name) == 0) {
            i->kind = kinds[k].kind;
            read_numbers(item, n, &kinds[k], i);
        }
    if (prompt)
        i->prompt = item_read_content(item, prompt, NULL);
    if (i->kind == INTERACTION_TEXT_ENTRY || i->kind == INTERACTION_EXTENDED_TEXT)
        read_text(item, n, i);
    else if (i->kind == INTERACTION_SLIDER)
        read_slider(item, n, i);
    else if (i->kind == INTERACTION_UPLOAD)
        i->types = xml_attr(item->doc, n, "type");
    if (item_is_graphic(i->kind))
        i->picture = picture_in(item, n);
    item_read_choices(item, n, i);
    return i;
}

/* The thing that is put is the interaction's own picture; where it is put, the stage's. */
static void read_stage(struct item *item, const struct xml_node *stage, struct item_node *ret)
{
    const struct item_node *picture = picture_in(item, stage);
    struct item_node **at = &ret->child;
    ret->kind = NODE_GROUP;
    for (const struct xml_node *c = xml_first_element(stage); c; c = xml_next_element(c)) {
        if (!xml_named(c, "positionObjectInteraction"))
            continue;
        *at = item_node_new(item, NODE_INTERACTION);
        (*at)->interaction = read_one(item, c);
        (*at)->interaction->content = item_read_content(item, c, NULL);
        (*at)->interaction->picture = picture;
        at = &(*at)->next;
    }
}

void item_read_interaction(struct item *item, const struct xml_node *n, struct item_node *ret)
{
    if (xml_named(n, "positionObjectStage")) {
        read_stage(item, n, ret);
        return;
    }
    ret->kind = NODE_INTERACTION;
    ret->interaction = read_one(item, n);
}
