/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/item-internal.h"

enum passed { SHOWN, HIDDEN }; /* HIDDEN: not part of what a candidate sees before answering */

static const struct body_element {
    const char *name;
    enum item_node_kind kind;
    int64_t number;
    enum passed passed;
} elements[] = {
    {"p", NODE_PARAGRAPH, 0, SHOWN},
    {"div", NODE_GROUP, 0, SHOWN},
    {"span", NODE_SPAN, 0, SHOWN},
    {"h1", NODE_HEADING, 1, SHOWN},
    {"h2", NODE_HEADING, 2, SHOWN},
    {"h3", NODE_HEADING, 3, SHOWN},
    {"h4", NODE_HEADING, 4, SHOWN},
    {"h5", NODE_HEADING, 5, SHOWN},
    {"h6", NODE_HEADING, 6, SHOWN},
    {"ul", NODE_LIST, 0, SHOWN},
    {"ol", NODE_LIST, 1, SHOWN},
    {"li", NODE_LIST_ITEM, 0, SHOWN},
    {"dl", NODE_GROUP, 0, SHOWN},
    {"dt", NODE_PARAGRAPH, 0, SHOWN},
    {"dd", NODE_QUOTE, 0, SHOWN},
    {"table", NODE_TABLE, 0, SHOWN},
    {"caption", NODE_CAPTION, 0, SHOWN},
    {"tr", NODE_ROW, 0, SHOWN},
    {"td", NODE_CELL, 1, SHOWN},
    {"th", NODE_CELL, 1, SHOWN},
    {"pre", NODE_PREFORMATTED, 0, SHOWN},
    {"blockquote", NODE_QUOTE, 0, SHOWN},
    {"address", NODE_PARAGRAPH, 0, SHOWN},
    {"hr", NODE_RULE, 0, SHOWN},
    {"em", NODE_EMPHASIS, 0, SHOWN},
    {"i", NODE_EMPHASIS, 0, SHOWN},
    {"dfn", NODE_EMPHASIS, 0, SHOWN},
    {"cite", NODE_EMPHASIS, 0, SHOWN},
    {"var", NODE_EMPHASIS, 0, SHOWN},
    {"strong", NODE_STRONG, 0, SHOWN},
    {"b", NODE_STRONG, 0, SHOWN},
    {"u", NODE_EMPHASIS, 0, SHOWN},
    {"code", NODE_CODE, 0, SHOWN},
    {"kbd", NODE_CODE, 0, SHOWN},
    {"samp", NODE_CODE, 0, SHOWN},
    {"tt", NODE_CODE, 0, SHOWN},
    {"sub", NODE_SUB, 0, SHOWN},
    {"sup", NODE_SUP, 0, SHOWN},
    {"q", NODE_SPAN, 0, SHOWN},
    {"abbr", NODE_SPAN, 0, SHOWN},
    {"acronym", NODE_SPAN, 0, SHOWN},
    {"big", NODE_SPAN, 0, SHOWN},
    {"small", NODE_SPAN, 0, SHOWN},
    {"a", NODE_SPAN, 0, SHOWN},
    {"bdo", NODE_SPAN, 0, SHOWN},
    {"label", NODE_SPAN, 0, SHOWN},
    {"section", NODE_GROUP, 0, SHOWN},
    {"article", NODE_GROUP, 0, SHOWN},
    {"header", NODE_GROUP, 0, SHOWN},
    {"footer", NODE_GROUP, 0, SHOWN},
    {"figure", NODE_GROUP, 0, SHOWN},
    {"figcaption", NODE_PARAGRAPH, 0, SHOWN},
    {"br", NODE_BREAK, 0, SHOWN},
    {"img", NODE_IMAGE, 0, SHOWN},
    {"feedbackInline", NODE_SPAN, 0, HIDDEN},
    {"feedbackBlock", NODE_GROUP, 0, HIDDEN},
    {"infoControl", NODE_GROUP, 0, HIDDEN},
    {"stylesheet", NODE_GROUP, 0, HIDDEN},
    {"col", NODE_GROUP, 0, HIDDEN},
    {"colgroup", NODE_GROUP, 0, HIDDEN},
};

/* Unknown, but their content is simply more of the same. */
static const char *const transparent[] = {"thead", "tbody", "tfoot"};

static const struct body_element *find(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return &elements[i];
    return NULL;
}

static bool is_transparent(const char *name)
{
    for (size_t i = 0; i < sizeof transparent / sizeof *transparent; i++)
        if (strcmp(transparent[i], name) == 0)
            return true;
    return false;
}

static struct item_node **read_children(struct item *item, const struct xml_node *parent, bool pre,
                                        struct item_node **at);

static struct item_node *node_new(struct item *item, enum item_node_kind kind)
{
    struct item_node *n = arena_alloc(item->arena, sizeof *n);
    n->kind = kind;
    return n;
}

/* Code point that ends before p, 0 at the start. */
static uint32_t before(const char *start, const char *p)
{
    const char *q = p;
    while (q > start && ((unsigned char)*--q & 0xc0) == 0x80)
        ;
    return p > start ? utf8_next(&q, p) : 0;
}

/* Runs of white space become one space; a line break between two wide (Chinese) characters becomes
 * nothing. */
static const char *collapsed(struct item *item, const char *s)
{
    size_t length = strlen(s);
    char *out = arena_alloc(item->arena, length + 1), *w = out;
    const char *end = s + length;
    for (const char *p = s; p < end;) {
        if (!item_is_space(*p)) {
            *w++ = *p++;
            continue;
        }
        bool broken = false;
        const char *from = p;
        for (; p < end && item_is_space(*p); p++)
            broken |= *p == '\n';
        const char *ahead = p;
        bool wide = broken && p < end && from > s && char_width(before(s, from)) == 2 &&
                    char_width(utf8_next(&ahead, end)) == 2;
        if (!wide)
            *w++ = ' ';
    }
    *w = '\0';
    return out;
}

static void read_image(struct item *item, const struct xml_node *n, struct item_node *ret)
{
    const char *src = xml_attr(item->doc, n, "src"), *alt = xml_attr(item->doc, n, "alt");
    ret->source = src ? src : "";
    ret->text = alt ? alt : "";
}

static int64_t whole(const char *s, int64_t fallback)
{
    size_t n = s ? strspn(s, "0123456789") : 0;
    return n > 0 && n <= 6 && s[n] == '\0' ? (int64_t)strtol(s, NULL, 10) : fallback;
}

static int64_t attr_whole(struct item *item, const struct xml_node *n, const char *name, int64_t fallback)
{
    const char *v = xml_attr(item->doc, n, name);
    int64_t x = whole(v, -1);
    if (v && x < 0)
        item_problem(item, xml_line(n), _("%s=\"%.40s\" is not a whole number"), name, v);
    return x < 0 ? fallback : x;
}

static struct item_node *content_of(struct item *item, const struct xml_node *n)
{
    struct item_node *group = node_new(item, NODE_GROUP);
    read_children(item, n, false, &group->child);
    return group;
}

static void read_choices(struct item *item, const struct xml_node *n, struct item_interaction *i)
{
    size_t count = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        count += xml_named(c, "simpleChoice");
    i->choice = arena_array(item->arena, count, sizeof *i->choice);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (xml_named(c, "prompt")) {
            i->prompt = content_of(item, c);
        } else if (xml_named(c, "simpleChoice")) {
            const char *id = xml_attr(item->doc, c, "identifier");
            if (!id)
                item_problem(item, xml_line(c), _("<%s> has no attribute \"%s\""), "simpleChoice",
                             "identifier");
            i->choice[i->n_choices++] = (struct item_choice){
                .identifier = id ? id : "",
                .fixed = item_attr_true(item, c, "fixed", false),
                .content = content_of(item, c),
            };
        } else {
            item_problem(item, xml_line(c), _("<%.60s> is not known in a choiceInteraction"), xml_name(c));
        }
    }
}

static void append_interaction(struct item *item, struct item_interaction *i)
{
    struct item_interaction **at = &item->interaction;
    while (*at)
        at = &(*at)->next;
    *at = i;
}

static void read_interaction(struct item *item, const struct xml_node *n, struct item_node *ret)
{
    struct item_interaction *i = arena_alloc(item->arena, sizeof *i);
    const char *response = xml_attr(item->doc, n, "responseIdentifier");
    i->name = xml_name(n);
    i->line = xml_line(n);
    i->response = response ? response : "";
    i->kind = INTERACTION_OTHER;
    i->shuffle = item_attr_true(item, n, "shuffle", false);
    i->max_choices = 1;
    if (strcmp(i->name, "choiceInteraction") == 0) {
        i->kind = INTERACTION_CHOICE;
        i->max_choices = attr_whole(item, n, "maxChoices", 1);
        i->min_choices = attr_whole(item, n, "minChoices", 0);
        read_choices(item, n, i);
    } else if (strcmp(i->name, "textEntryInteraction") == 0) {
        i->kind = INTERACTION_TEXT_ENTRY;
        i->expected_length = attr_whole(item, n, "expectedLength", 0);
        i->normalize = item_has_word(xml_attr(item->doc, n, "class"), "kc-normalize");
    }
    ret->kind = NODE_INTERACTION;
    ret->interaction = i;
    append_interaction(item, i);
}

static bool is_interaction(const char *name)
{
    size_t n = strlen(name);
    return n > 11 && strcmp(name + n - 11, "Interaction") == 0;
}

static bool for_candidates(const struct item *item, const struct xml_node *n)
{
    return item_has_word(xml_attr(item->doc, n, "view"), "candidate");
}

static void read_known(struct item *item, const struct xml_node *n, const struct body_element *known,
                       bool pre, struct item_node *ret)
{
    ret->kind = known->kind;
    ret->number = known->number;
    ret->header = strcmp(known->name, "th") == 0;
    if (known->kind == NODE_CELL)
        ret->number = attr_whole(item, n, "colspan", 1);
    if (known->kind == NODE_IMAGE)
        read_image(item, n, ret);
    else
        read_children(item, n, pre || known->kind == NODE_PREFORMATTED, &ret->child);
}

/* The node for an element, or NULL where nothing is shown. */
static struct item_node *read_element(struct item *item, const struct xml_node *n, bool pre)
{
    const char *name = xml_name(n);
    bool foreign = strcmp(xml_ns(n), xml_ns(xml_root(item->doc))) != 0;
    const struct body_element *known = foreign ? NULL : find(name);
    if (known && known->passed == HIDDEN)
        return NULL;
    if (strcmp(name, "rubricBlock") == 0 && !for_candidates(item, n))
        return NULL;
    struct item_node *node = node_new(item, NODE_UNSUPPORTED);
    if (known) {
        read_known(item, n, known, pre, node);
    } else if (strcmp(name, "rubricBlock") == 0) {
        node->kind = NODE_GROUP;
        read_children(item, n, pre, &node->child);
    } else if (!foreign && is_interaction(name)) {
        read_interaction(item, n, node);
    } else {
        node->text = name;
        read_children(item, n, pre, &node->child);
    }
    return node;
}

/* Appends to the list that ends at `at`; returns its new end. */
static struct item_node **read_children(struct item *item, const struct xml_node *parent, bool pre,
                                        struct item_node **at)
{
    for (const struct xml_node *c = xml_first(parent); c; c = xml_next(c)) {
        struct item_node *node = NULL;
        if (!xml_is_text(c) && is_transparent(xml_name(c))) {
            at = read_children(item, c, pre, at);
        } else if (!xml_is_text(c)) {
            node = read_element(item, c, pre);
        } else {
            node = node_new(item, NODE_TEXT);
            node->text = pre ? xml_text(c) : collapsed(item, xml_text(c));
        }
        if (node) {
            *at = node;
            at = &node->next;
        }
    }
    return at;
}

static void read_feedback(struct item *item, const struct xml_node *n, struct item_feedback *ret)
{
    const char *outcome = xml_attr(item->doc, n, "outcomeIdentifier"),
               *id = xml_attr(item->doc, n, "identifier");
    const char *show = xml_attr(item->doc, n, "showHide");
    *ret = (struct item_feedback){
        .outcome = outcome ? outcome : "",
        .identifier = id ? id : "",
        .show = !show || strcmp(show, "hide") != 0,
        .content = content_of(item, n),
    };
    if (!item_find(item, DECLARED_OUTCOME, ret->outcome))
        item_problem(item, xml_line(n), _("modalFeedback names outcome \"%.60s\", which is not declared"),
                     ret->outcome);
}

void item_read_body(struct item *item)
{
    const struct xml_node *root = xml_root(item->doc), *body = xml_child(root, "itemBody");
    if (body)
        item->body = content_of(item, body);
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        n += xml_named(c, "modalFeedback");
    item->feedback = arena_array(item->arena, n, sizeof *item->feedback);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        if (xml_named(c, "modalFeedback"))
            read_feedback(item, c, &item->feedback[item->n_feedbacks++]);
}
