/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/view.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"

enum form { FORM_TEXT, FORM_TRUE, FORM_NUMBER, FORM_NORMALIZE, FORM_CANDIDATE };

struct allowed_attr {
    const char *name;
    enum form form;
};

struct allowed {
    const char *name;
    struct allowed_attr attr[6];
};

enum { MAX_DEPTH = 30 };

/* The allow-list. Attributes are written in this order. */
static const struct allowed allowed[] = {
    {"assessmentItem",
     {{"identifier", FORM_TEXT},
      {"title", FORM_TEXT},
      {"adaptive", FORM_TEXT},
      {"timeDependent", FORM_TEXT}}},
    {"responseDeclaration", {{"identifier", FORM_TEXT}, {"cardinality", FORM_TEXT}, {"baseType", FORM_TEXT}}},
    {"itemBody", {{0}}},
    {"choiceInteraction",
     {{"responseIdentifier", FORM_TEXT},
      {"shuffle", FORM_TRUE},
      {"maxChoices", FORM_NUMBER},
      {"minChoices", FORM_NUMBER}}},
    {"prompt", {{0}}},
    {"simpleChoice", {{"identifier", FORM_TEXT}, {"fixed", FORM_TRUE}}},
    {"textEntryInteraction",
     {{"class", FORM_NORMALIZE},
      {"responseIdentifier", FORM_TEXT},
      {"expectedLength", FORM_NUMBER},
      {"placeholderText", FORM_TEXT}}},
    {"rubricBlock", {{"view", FORM_CANDIDATE}}},
    {"img", {{"src", FORM_TEXT}, {"alt", FORM_TEXT}, {"width", FORM_NUMBER}, {"height", FORM_NUMBER}}},
    {"td", {{"colspan", FORM_NUMBER}, {"rowspan", FORM_NUMBER}}},
    {"th", {{"colspan", FORM_NUMBER}, {"rowspan", FORM_NUMBER}}},
    {"p", {{0}}},
    {"div", {{0}}},
    {"span", {{0}}},
    {"h1", {{0}}},
    {"h2", {{0}}},
    {"h3", {{0}}},
    {"h4", {{0}}},
    {"h5", {{0}}},
    {"h6", {{0}}},
    {"ul", {{0}}},
    {"ol", {{0}}},
    {"li", {{0}}},
    {"dl", {{0}}},
    {"dt", {{0}}},
    {"dd", {{0}}},
    {"table", {{0}}},
    {"caption", {{0}}},
    {"thead", {{0}}},
    {"tbody", {{0}}},
    {"tfoot", {{0}}},
    {"tr", {{0}}},
    {"pre", {{0}}},
    {"blockquote", {{0}}},
    {"address", {{0}}},
    {"hr", {{0}}},
    {"em", {{0}}},
    {"i", {{0}}},
    {"dfn", {{0}}},
    {"cite", {{0}}},
    {"var", {{0}}},
    {"strong", {{0}}},
    {"b", {{0}}},
    {"u", {{0}}},
    {"code", {{0}}},
    {"kbd", {{0}}},
    {"samp", {{0}}},
    {"tt", {{0}}},
    {"sub", {{0}}},
    {"sup", {{0}}},
    {"q", {{0}}},
    {"abbr", {{0}}},
    {"acronym", {{0}}},
    {"big", {{0}}},
    {"small", {{0}}},
    {"a", {{0}}},
    {"bdo", {{0}}},
    {"label", {{0}}},
    {"section", {{0}}},
    {"article", {{0}}},
    {"header", {{0}}},
    {"footer", {{0}}},
    {"figure", {{0}}},
    {"figcaption", {{0}}},
    {"br", {{0}}},
};

static const struct allowed *find(const char *name)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (strcmp(allowed[i].name, name) == 0)
            return &allowed[i];
    return NULL;
}

static void put_attr(struct xml_out *o, const struct item *item, const struct xml_node *n,
                     const struct allowed_attr *a)
{
    const char *v = xml_attr(item->doc, n, a->name);
    if (!v)
        return;
    if (a->form == FORM_TEXT)
        xml_put(o, a->name, v);
    else if (a->form == FORM_TRUE && item_attr_true(item, n, a->name, false))
        xml_put(o, a->name, "true");
    else if (a->form == FORM_NUMBER && *v && strspn(v, "0123456789") == strlen(v))
        xml_put(o, a->name, v);
    else if (a->form == FORM_NORMALIZE && item_has_word(v, "kc-normalize"))
        xml_put(o, a->name, "kc-normalize");
    else if (a->form == FORM_CANDIDATE)
        xml_put(o, a->name, "candidate");
}

/* As the canonical form wants it: a tab or carriage return becomes a space. */
static void put_text(struct xml_out *o, const char *text, struct arena *a)
{
    char *copy = arena_strdup(a, text);
    for (char *p = copy; *p; p++)
        if (*p == '\t' || *p == '\r')
            *p = ' ';
    xml_put_text(o, copy);
}

static int write_children(struct xml_out *o, const struct item *item, const struct xml_node *parent,
                          struct arena *a, struct err *e);

static bool is_shown(const struct item *item, const struct xml_node *n)
{
    if (strcmp(xml_ns(n), xml_ns(xml_root(item->doc))) != 0 || !find(xml_name(n)))
        return false;
    const char *view = xml_attr(item->doc, n, "view");
    return !xml_named(n, "rubricBlock") || (view && item_has_word(view, "candidate"));
}

static int write_element(struct xml_out *o, const struct item *item, const struct xml_node *n,
                         struct arena *a, struct err *e)
{
    const struct allowed *rule = find(xml_name(n));
    if (o->depth >= MAX_DEPTH)
        return xml_err(e, item->doc, n, _("nested deeper than the limit"));
    xml_open(o, rule->name);
    for (size_t i = 0; i < 6 && rule->attr[i].name; i++)
        put_attr(o, item, n, &rule->attr[i]);
    int r = write_children(o, item, n, a, e);
    xml_close(o);
    return r;
}

static int write_children(struct xml_out *o, const struct item *item, const struct xml_node *parent,
                          struct arena *a, struct err *e)
{
    int r = 0;
    for (const struct xml_node *c = xml_first(parent); c && r == 0; c = xml_next(c)) {
        if (xml_is_text(c))
            put_text(o, xml_text(c), a);
        else if (is_shown(item, c))
            r = write_element(o, item, c, a, e);
    }
    return r;
}

static void write_declaration(struct xml_out *o, const struct item *item, const struct xml_node *n)
{
    const struct allowed *rule = find("responseDeclaration");
    xml_open(o, rule->name);
    for (size_t i = 0; rule->attr[i].name; i++)
        put_attr(o, item, n, &rule->attr[i]);
    xml_close(o);
}

static int write_root(struct xml_out *o, const struct item *item, struct arena *a, struct err *e)
{
    const struct xml_node *root = xml_root(item->doc);
    int r = 0;
    xml_open(o, "assessmentItem");
    xml_put(o, "xmlns", QTI_NS_22);
    xml_put(o, "identifier", item->identifier);
    xml_put(o, "title", item->title);
    xml_put(o, "adaptive", "false");
    xml_put(o, "timeDependent", "false");
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        if (xml_named(c, "responseDeclaration"))
            write_declaration(o, item, c);
    for (const struct xml_node *c = xml_first_element(root); c && r == 0; c = xml_next_element(c))
        if (xml_named(c, "itemBody"))
            r = write_element(o, item, c, a, e);
    xml_close(o);
    return r;
}

int item_view_write(const struct item *item, struct bytes *out, struct err *e)
{
    struct xml_out o;
    struct arena *a = arena_new();
    int r = item_deliverable(item, e);
    if (r == 0) {
        xml_begin(&o, out);
        r = write_root(&o, item, a, e);
    }
    if (r == 0 && (r = xml_end(&o, e)) < 0)
        err_within(e, xml_doc_name(item->doc));
    arena_free(a);
    return r;
}

static bool attr_allowed(const struct allowed *rule, const char *ns, const char *name)
{
    for (size_t i = 0; i < 6 && rule->attr[i].name; i++)
        if (!*ns && strcmp(rule->attr[i].name, name) == 0)
            return true;
    return false;
}

static int check_element(const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    const struct allowed *rule = find(xml_name(n));
    const char *ns, *name, *value;
    if (strcmp(xml_ns(n), QTI_NS_22) != 0 || !rule)
        return xml_err(e, d, n, _("<%.60s> does not belong into a candidate's view"), xml_name(n));
    for (size_t i = 0; xml_attr_at(d, n, i, &ns, &name, &value); i++)
        if (!attr_allowed(rule, ns, name))
            return xml_err(e, d, n,
                           _("the attribute %.60s of <%.60s> does not belong into a candidate's view"), name,
                           xml_name(n));
    if (xml_named(n, "responseDeclaration") && xml_first(n))
        return xml_err(e, d, n, _("a declaration in a candidate's view is empty"));
    int r = 0;
    for (const struct xml_node *c = xml_first_element(n); c && r == 0; c = xml_next_element(c))
        r = check_element(d, c, e);
    return r;
}

int item_view_check(const char *name, struct span data, struct err *e)
{
    struct item *item = NULL;
    struct bytes again = {0};
    int r = item_read(&item, name, data, e);
    if (r == 0)
        r = check_element(item->doc, xml_root(item->doc), e);
    if (r == 0)
        r = item_view_write(item, &again, e);
    if (r == 0 && !span_equal(bytes_span(&again), data))
        r = err_set(e, ERR_DATA, name, _("not a candidate's view in canonical form"));
    bytes_release(&again);
    item_free(item);
    return r;
}
