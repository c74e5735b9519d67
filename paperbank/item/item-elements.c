/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "paperbank/item/item-internal.h"

static const struct body_element elements[] = {
    {"p", NODE_PARAGRAPH, 0},
    {"div", NODE_GROUP, 0},
    {"span", NODE_SPAN, 0},
    {"h1", NODE_HEADING, 1},
    {"h2", NODE_HEADING, 2},
    {"h3", NODE_HEADING, 3},
    {"h4", NODE_HEADING, 4},
    {"h5", NODE_HEADING, 5},
    {"h6", NODE_HEADING, 6},
    {"ul", NODE_LIST, 0},
    {"ol", NODE_LIST, 1},
    {"li", NODE_LIST_ITEM, 0},
    {"dl", NODE_GROUP, 0},
    {"dt", NODE_PARAGRAPH, 0},
    {"dd", NODE_QUOTE, 0},
    {"table", NODE_TABLE, 0},
    {"caption", NODE_CAPTION, 0},
    {"tr", NODE_ROW, 0},
    {"td", NODE_CELL, 1},
    {"th", NODE_CELL, 1},
    {"pre", NODE_PREFORMATTED, 0},
    {"blockquote", NODE_QUOTE, 0},
    {"address", NODE_PARAGRAPH, 0},
    {"hr", NODE_RULE, 0},
    {"em", NODE_EMPHASIS, 0},
    {"i", NODE_EMPHASIS, 0},
    {"dfn", NODE_EMPHASIS, 0},
    {"cite", NODE_EMPHASIS, 0},
    {"var", NODE_EMPHASIS, 0},
    {"strong", NODE_STRONG, 0},
    {"b", NODE_STRONG, 0},
    {"u", NODE_EMPHASIS, 0},
    {"code", NODE_CODE, 0},
    {"kbd", NODE_CODE, 0},
    {"samp", NODE_CODE, 0},
    {"tt", NODE_CODE, 0},
    {"sub", NODE_SUB, 0},
    {"sup", NODE_SUP, 0},
    {"q", NODE_SPAN, 0},
    {"abbr", NODE_SPAN, 0},
    {"acronym", NODE_SPAN, 0},
    {"big", NODE_SPAN, 0},
    {"small", NODE_SPAN, 0},
    {"a", NODE_SPAN, 0},
    {"bdo", NODE_SPAN, 0},
    {"label", NODE_SPAN, 0},
    {"section", NODE_GROUP, 0},
    {"article", NODE_GROUP, 0},
    {"header", NODE_GROUP, 0},
    {"footer", NODE_GROUP, 0},
    {"figure", NODE_GROUP, 0},
    {"figcaption", NODE_PARAGRAPH, 0},
    {"br", NODE_BREAK, 0},
    {"img", NODE_IMAGE, 0},
    {"main", NODE_GROUP, 0},
    {"aside", NODE_GROUP, 0},
    {"nav", NODE_GROUP, 0},
    {"hgroup", NODE_GROUP, 0},
    {"details", NODE_GROUP, 0},
    {"summary", NODE_PARAGRAPH, 0},
    {"bdi", NODE_SPAN, 0},
    {"ruby", NODE_SPAN, 0},
    {"rb", NODE_SPAN, 0},
    {"rtc", NODE_SPAN, 0},
    {"picture", NODE_SPAN, 0},
    {"mark", NODE_EMPHASIS, 0},
    {"time", NODE_SPAN, 0},
    {"s", NODE_SPAN, 0},
    {"del", NODE_SPAN, 0},
    {"ins", NODE_SPAN, 0},
    {"wbr", NODE_SPAN, 0},
    {"templateInline", NODE_TEMPLATE, 0},
    {"templateBlock", NODE_TEMPLATE, 0},
    {"feedbackInline", NODE_FEEDBACK, 0},
    {"feedbackBlock", NODE_FEEDBACK, 0},
    {"printedVariable", NODE_PRINTED, 0},
};

/* Their content is simply more of the same. */
static const char *const transparent[] = {"thead", "tbody", "tfoot"};
/* Nothing of them is shown. */
static const char *const hidden[] = {"infoControl", "stylesheet", "col",    "colgroup",
                                     "rp",          "source",     "param",  "track"};

static bool is_among(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

const struct body_element *item_body_element(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return &elements[i];
    return NULL;
}

bool item_element_transparent(const char *name)
{
    return is_among(transparent, sizeof transparent / sizeof *transparent, name);
}

bool item_element_hidden(const char *name)
{
    return is_among(hidden, sizeof hidden / sizeof *hidden, name);
}
