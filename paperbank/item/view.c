/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/view.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/operators.h"
#include "paperbank/item/slice.h"
#include "paperbank/item/view-allowed.h"
#include "paperbank/item/view-order.h"

enum { MAX_DEPTH = 30 };

static bool fits(enum view_form form, const char *v)
{
    switch (form) {
    case FORM_WHOLE:
        return *v && strspn(v, "0123456789") == strlen(v);
    case FORM_DECIMAL:
        return value_fits(v, BASE_FLOAT);
    case FORM_VERTICAL:
        return strcmp(v, "vertical") == 0;
    case FORM_FORMAT:
        return strcmp(v, "preFormatted") == 0 || strcmp(v, "xhtml") == 0;
    case FORM_HIDE:
        return strcmp(v, "hide") == 0;
    case FORM_NORMALIZE:
        return item_has_word(v, "kc-normalize");
    case FORM_TRUE:
        return strcmp(v, "true") == 0 || strcmp(v, "1") == 0;
    default:
        return true;
    }
}

static const char *shown_value(enum view_form form, const char *v)
{
    switch (form) {
    case FORM_TRUE:
        return "true";
    case FORM_NORMALIZE:
        return "kc-normalize";
    case FORM_CANDIDATE:
        return "candidate";
    default:
        return v;
    }
}

static void put_attr(struct xml_out *o, const struct item *item, const struct xml_node *n,
                     const struct view_attr *a)
{
    const char *v = xml_attr(item->doc, n, a->name);
    if (v && fits(a->form, v))
        xml_put(o, a->name, shown_value(a->form, v));
}

char *item_plain_text(struct arena *a, const char *text)
{
    char *copy = arena_strdup(a, text);
    for (char *p = copy; *p; p++)
        if (*p == '\t' || *p == '\r')
            *p = ' ';
    return copy;
}

static void put_text(struct xml_out *o, const char *text, struct arena *a)
{
    xml_put_text(o, item_plain_text(a, text));
}

static int write_children(struct xml_out *o, const struct item *item, const struct xml_node *parent,
                          struct arena *a, struct err *e);

static bool is_shown(const struct item *item, const struct xml_node *n)
{
    if (item_is_foreign(n) || !view_allowed(xml_name(n)))
        return false;
    const char *view = xml_attr(item->doc, n, "view");
    return !xml_named(n, "rubricBlock") || (view && item_has_word(view, "candidate"));
}

static int write_element(struct xml_out *o, const struct item *item, const struct xml_node *n,
                         struct arena *a, struct err *e)
{
    const struct view_element *rule = view_allowed(xml_name(n));
    if (o->depth >= MAX_DEPTH)
        return xml_err(e, item->doc, n, _("nested deeper than the limit"));
    xml_open(o, rule->name);
    for (size_t i = 0; i < VIEW_ATTRS && rule->attr[i].name; i++)
        put_attr(o, item, n, &rule->attr[i]);
    int r = write_children(o, item, n, a, e);
    xml_close(o);
    return r;
}

/* An object with a picture becomes an img with the object's words. */
static void write_picture(struct xml_out *o, const struct item *item, const struct xml_node *n,
                          struct arena *a)
{
    const char *source = xml_attr(item->doc, n, "data");
    xml_open(o, "img");
    xml_put(o, "src", source ? source : "");
    char *words = text_trim(a, xml_content(n, a));
    for (char *p = words; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
    xml_put(o, "alt", words);
    put_attr(o, item, n, &(struct view_attr){"width", FORM_WHOLE});
    put_attr(o, item, n, &(struct view_attr){"height", FORM_WHOLE});
    xml_close(o);
}

static int write_node(struct xml_out *o, const struct item *item, const struct xml_node *n, struct arena *a,
                      struct err *e)
{
    bool own = !item_is_foreign(n);
    if (xml_is_text(n))
        put_text(o, xml_text(n), a);
    else if (xml_named(n, "math") && strcmp(xml_ns(n), MATHML_NS) == 0)
        put_text(o, item_math_text(a, item->doc, n), a);
    else if (own && xml_named(n, "object") && item_is_picture(item, n))
        write_picture(o, item, n, a);
    else if ((own && xml_named(n, "picture")) || item_is_speech(n))
        return write_children(o, item, n, a, e);
    else if (is_shown(item, n))
        return write_element(o, item, n, a, e);
    return 0;
}

static int write_children(struct xml_out *o, const struct item *item, const struct xml_node *parent,
                          struct arena *a, struct err *e)
{
    const struct xml_node **moved = view_order(item, parent, a);
    int r = 0;
    for (const struct xml_node *c = xml_first(parent); c && r == 0; c = xml_next(c))
        r = write_node(o, item, moved && view_moves(item, c) ? *moved++ : c, a, e);
    return r;
}

static void write_declaration(struct xml_out *o, const struct item *item, const struct xml_node *n)
{
    const struct view_element *rule = view_allowed("responseDeclaration");
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
    xml_put(o, "title", ""); /* names the topic, often the answer; no screen shows it */
    xml_put(o, "adaptive", "false");
    xml_put(o, "timeDependent", "false");
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        if (xml_named(c, "responseDeclaration"))
            write_declaration(o, item, c);
    if (item_is_template(item))
        r = item_write_slice(item, o, a, e);
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
    if (r == 0 && item_is_template(item))
        r = slice_sealed(item, e);
    if (r == 0) {
        xml_begin(&o, out);
        r = write_root(&o, item, a, e);
    }
    if (r == 0 && (r = xml_end(&o, e)) < 0)
        err_within(e, xml_doc_name(item->doc));
    arena_free(a);
    return r;
}

static bool attr_allowed(const struct view_element *rule, const char *ns, const char *name)
{
    for (size_t i = 0; i < VIEW_ATTRS && rule->attr[i].name; i++)
        if (!*ns && strcmp(rule->attr[i].name, name) == 0)
            return true;
    return false;
}

static int check_element(const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    const struct view_element *rule = view_allowed(xml_name(n));
    const char *ns, *name, *value;
    bool of_root = xml_parent(n) == xml_root(d);
    if (of_root && (xml_named(n, "templateDeclaration") || xml_named(n, "templateProcessing")))
        return 0; /* compared with what is written anew */
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
