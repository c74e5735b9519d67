/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/item-internal.h"

/* Where the reader is. */
struct place {
    struct item *item;
    struct item_interaction *within;
    bool pre;
};

static struct item_node **read_children(struct place p, const struct xml_node *parent, struct item_node **at);

struct item_node *item_node_new(struct item *item, enum item_node_kind kind)
{
    struct item_node *n = arena_alloc(item->arena, sizeof *n);
    n->kind = kind;
    return n;
}

static struct item_node *text_node(struct item *item, const char *text)
{
    struct item_node *n = item_node_new(item, NODE_TEXT);
    n->text = text;
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

bool item_is_foreign(const struct xml_node *n)
{
    return strcmp(xml_ns(n), QTI_NS_22) != 0 && strcmp(xml_ns(n), QTI_NS_HTML5) != 0;
}

/* How words are spoken; the words stand as they are. */
bool item_is_speech(const struct xml_node *n)
{
    return strstr(xml_ns(n), "/10/synthesis") != NULL;
}

const struct item_condition *item_read_condition(struct item *item, const struct xml_node *n,
                                                 const char *variable, const char *identifier)
{
    struct item_condition *c = arena_alloc(item->arena, sizeof *c);
    const char *show = xml_attr(item->doc, n, "showHide");
    *c = (struct item_condition){variable, identifier, !show || strcmp(show, "hide") != 0};
    return c;
}

bool item_is_picture(const struct item *item, const struct xml_node *n)
{
    const char *type = xml_attr(item->doc, n, "type");
    return xml_named(n, "img") || (xml_named(n, "object") && type && strncmp(type, "image/", 6) == 0);
}

/* A size in pixels; percentages and other lengths say nothing here. */
static int64_t pixels(const struct item *item, const struct xml_node *n, const char *name)
{
    const char *v = xml_attr(item->doc, n, name);
    size_t digits = v ? strspn(v, "0123456789") : 0;
    int64_t x = 0;
    if (digits == 0 || digits > 5 || (v[digits] && strcmp(v + digits, "px") != 0))
        return 0;
    for (size_t i = 0; i < digits; i++)
        x = x * 10 + (v[i] - '0');
    return x;
}

static void read_picture(struct item *item, const struct xml_node *n, struct item_node *ret)
{
    bool object = xml_named(n, "object");
    const char *source = xml_attr(item->doc, n, object ? "data" : "src"),
               *alt = xml_attr(item->doc, n, "alt");
    ret->kind = NODE_IMAGE;
    ret->source = source ? source : "";
    if (object)
        alt = item_trimmed(item, collapsed(item, xml_content(n, item->arena)));
    ret->text = alt ? alt : "";
    ret->width = pixels(item, n, "width");
    ret->height = pixels(item, n, "height");
}

struct item_node *item_read_content(struct item *item, const struct xml_node *n,
                                    struct item_interaction *within)
{
    struct item_node *group = item_node_new(item, NODE_GROUP);
    read_children((struct place){item, within, false}, n, &group->child);
    return group;
}

static bool for_candidates(const struct item *item, const struct xml_node *n)
{
    return item_has_word(xml_attr(item->doc, n, "view"), "candidate");
}

static void read_printed(struct item *item, const struct xml_node *n, struct item_node *ret)
{
    ret->text = item_attr_needed(item, n, "identifier");
    ret->format = xml_attr(item->doc, n, "format");
}

static void read_known(struct place p, const struct xml_node *n, const struct body_element *known,
                       struct item_node *ret)
{
    struct item *item = p.item;
    ret->kind = known->kind;
    ret->number = known->number;
    ret->header = strcmp(known->name, "th") == 0;
    if (known->kind == NODE_CELL)
        ret->number = item_attr_whole(item, n, "colspan", 1);
    if (known->kind == NODE_TEMPLATE || known->kind == NODE_FEEDBACK) {
        bool template = known->kind == NODE_TEMPLATE;
        ret->condition = item_read_condition(
            item, n, item_attr_needed(item, n, template ? "templateIdentifier" : "outcomeIdentifier"),
            item_attr_needed(item, n, "identifier"));
    }
    p.pre |= known->kind == NODE_PREFORMATTED;
    if (known->kind == NODE_IMAGE)
        read_picture(item, n, ret);
    else if (known->kind == NODE_PRINTED)
        read_printed(item, n, ret);
    else
        read_children(p, n, &ret->child);
}

/* Reading of a character, in parentheses after it. */
static void read_ruby_text(struct place p, const struct xml_node *n, struct item_node *ret)
{
    ret->kind = NODE_SPAN;
    ret->child = text_node(p.item, "(");
    struct item_node **end = read_children(p, n, &ret->child->next);
    *end = text_node(p.item, ")");
}

static void read_other(struct place p, const struct xml_node *n, struct item_node *ret)
{
    struct item *item = p.item;
    if (xml_named(n, "rubricBlock")) {
        ret->kind = NODE_GROUP;
        read_children(p, n, &ret->child);
    } else if (xml_named(n, "rt")) {
        read_ruby_text(p, n, ret);
    } else if (item_is_picture(item, n)) {
        read_picture(item, n, ret);
    } else if (p.within && xml_named(n, "gap") && p.within->kind == INTERACTION_GAP_MATCH) {
        item_read_gap(item, n, p.within, ret);
    } else if (p.within && xml_named(n, "hottext") && p.within->kind == INTERACTION_HOTTEXT) {
        item_read_hottext(item, n, p.within, ret);
    } else if (item_is_interaction(xml_name(n))) {
        item_read_interaction(item, n, ret);
    } else {
        ret->text = xml_name(n);
        read_children(p, n, &ret->child);
    }
}

static bool is_choice_of(const struct place *p, const char *name)
{
    return p->within &&
           (strcmp(name, "prompt") == 0 || strcmp(name, "gapText") == 0 || strcmp(name, "gapImg") == 0);
}

/* The node for an element, or NULL where nothing is shown. */
static struct item_node *read_element(struct place p, const struct xml_node *n)
{
    struct item *item = p.item;
    const char *name = xml_name(n);
    bool foreign = item_is_foreign(n);
    if (foreign && strcmp(name, "math") == 0 && strcmp(xml_ns(n), MATHML_NS) == 0)
        return text_node(item, item_math_text(item->arena, item->doc, n));
    if (!foreign && (item_element_hidden(name) || is_choice_of(&p, name)))
        return NULL;
    if (strcmp(name, "rubricBlock") == 0 && !for_candidates(item, n))
        return NULL;
    struct item_node *node = item_node_new(item, NODE_UNSUPPORTED);
    node->line = xml_line(n);
    const struct body_element *known = foreign ? NULL : item_body_element(name);
    if (known) {
        read_known(p, n, known, node);
    } else if (foreign && item_is_speech(n)) {
        node->kind = NODE_SPAN;
        read_children(p, n, &node->child);
    } else if (foreign) {
        node->text = name;
        read_children(p, n, &node->child);
    } else {
        read_other(p, n, node);
    }
    return node;
}

struct item_node *item_read_alone(struct item *item, const struct xml_node *n)
{
    struct item_node *group = item_node_new(item, NODE_GROUP);
    group->child = read_element((struct place){item, NULL, false}, n);
    return group;
}

/* Appends to the list that ends at `at`; returns its new end. */
static struct item_node **read_children(struct place p, const struct xml_node *parent, struct item_node **at)
{
    for (const struct xml_node *c = xml_first(parent); c; c = xml_next(c)) {
        struct item_node *node = NULL;
        if (!xml_is_text(c) && item_element_transparent(xml_name(c)))
            at = read_children(p, c, at);
        else if (!xml_is_text(c))
            node = read_element(p, c);
        else
            node = text_node(p.item, p.pre ? xml_text(c) : collapsed(p.item, xml_text(c)));
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
        .content = item_read_content(item, n, NULL),
    };
    if (!item_find(item, DECLARED_OUTCOME, ret->outcome))
        item_problem(item, xml_line(n), _("modalFeedback names outcome \"%.60s\", which is not declared"),
                     ret->outcome);
}

void item_read_body(struct item *item)
{
    const struct xml_node *root = xml_root(item->doc), *body = xml_child(root, "itemBody");
    if (body)
        item->body = item_read_content(item, body, NULL);
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        n += xml_named(c, "modalFeedback");
    item->feedback = arena_array(item->arena, n, sizeof *item->feedback);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        if (xml_named(c, "modalFeedback"))
            read_feedback(item, c, &item->feedback[item->n_feedbacks++]);
}
