/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/expression/instance.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/expression/printed.h"
#include "paperbank/item/expression/program-internal.h"
#include "paperbank/item/slice.h"

#define MATHML_NS "http://www.w3.org/1998/Math/MathML"
#define XML_NS "http://www.w3.org/XML/1998/namespace"

/* One item being written anew. */
struct writer {
    const struct item *item;
    struct scope *scope;
    struct run run;
    struct arena *arena;
    struct bytes out;
};

struct span item_seed(struct arena *a, const char *session, const char *ticket, const char *item)
{
    return span_str(arena_printf(a, "%s/%s/%s", session, ticket, item));
}

static void write_children(struct writer *w, const struct xml_node *parent);

static void escape(struct bytes *out, const char *s)
{
    for (; *s; s++) {
        const char *entity = *s == '&'    ? "&amp;"
                             : *s == '<'  ? "&lt;"
                             : *s == '>'  ? "&gt;"
                             : *s == '"'  ? "&quot;"
                             : *s == '\r' ? "&#13;"
                                          : NULL;
        if (entity)
            bytes_str(out, entity);
        else
            bytes_add(out, s, 1);
    }
}

static void put(struct writer *w, const char *name, const char *value)
{
    bytes_printf(&w->out, " %s=\"", name);
    for (const char *p = value; *p; p += strcspn(p, "\n\t") + (p[strcspn(p, "\n\t")] != '\0')) {
        size_t n = strcspn(p, "\n\t");
        escape(&w->out, arena_strndup(w->arena, p, n));
        if (p[n])
            bytes_str(&w->out, p[n] == '\n' ? "&#10;" : "&#9;");
    }
    bytes_str(&w->out, "\"");
}

static const char *attr(const struct writer *w, const struct xml_node *n, const char *name)
{
    return xml_attr(w->item->doc, n, name);
}

/* Start tag. A namespace is declared where it changes; `dropped`: attributes that a condition has used up. */
static void open_element(struct writer *w, const struct xml_node *n, bool dropped)
{
    const struct xml_node *parent = xml_parent(n);
    const char *ns, *name, *value;
    bytes_printf(&w->out, "<%s", xml_name(n));
    if (strcmp(xml_ns(n), parent ? xml_ns(parent) : "") != 0)
        put(w, "xmlns", xml_ns(n));
    for (size_t i = 0; xml_attr_at(w->item->doc, n, i, &ns, &name, &value); i++) {
        bool used = dropped && (strcmp(name, "templateIdentifier") == 0 || strcmp(name, "showHide") == 0);
        if (!*ns && !used)
            put(w, name, value);
        else if (strcmp(ns, XML_NS) == 0)
            put(w, arena_printf(w->arena, "xml:%s", name), value);
        else if (*ns) {
            put(w, arena_printf(w->arena, "xmlns:a%zu", i), ns);
            put(w, arena_printf(w->arena, "a%zu:%s", i, name), value);
        }
    }
    bytes_str(&w->out, ">");
}

static void close_element(struct writer *w, const struct xml_node *n)
{
    bytes_printf(&w->out, "</%s>", xml_name(n));
}

/* The template variable of that name, or SIZE_MAX. */
static size_t template_variable(const struct writer *w, const char *identifier)
{
    size_t i = identifier ? scope_find(w->scope, identifier) : SIZE_MAX;
    const struct item_declaration *d = i == SIZE_MAX ? NULL : scope_variable(w->scope, i)->declaration;
    return d && d->what == DECLARED_TEMPLATE ? i : SIZE_MAX;
}

static int64_t number_attr(struct writer *w, const struct xml_node *n, const char *name)
{
    struct datum d;
    const char *text = attr(w, n, name);
    size_t i = template_variable(w, text);
    double v;
    if (i != SIZE_MAX)
        return value_number(&w->run.variable[i].value, &v) && v > 0 && v < 1e9 ? (int64_t)v : -1;
    return text && datum_parse(w->arena, text, BASE_INTEGER, &d) ? d.integer : 0;
}

static void write_printed(struct writer *w, const struct xml_node *n, size_t variable)
{
    const char *power = attr(w, n, "powerForm");
    struct print_form form = {
        .format = attr(w, n, "format"),
        .base = number_attr(w, n, "base"),
        .index = number_attr(w, n, "index"),
        .field = attr(w, n, "field"),
        .delimiter = attr(w, n, "delimiter"),
        .equals = attr(w, n, "mappingIndicator"),
        .power = power && (strcmp(power, "true") == 0 || strcmp(power, "1") == 0),
    };
    escape(&w->out, print_value(w->arena, &w->run.variable[variable].value, &form));
}

/* Shown if the variable's value is, or holds, the identifier; the other way round with showHide="hide". */
static bool is_shown(struct writer *w, const struct xml_node *n, size_t variable)
{
    const char *identifier = attr(w, n, "identifier"), *show = attr(w, n, "showHide");
    const struct value *v = &w->run.variable[variable].value;
    bool holds = false;
    for (size_t i = 0; identifier && i < v->n; i++)
        holds |= strcmp(datum_text(w->arena, &v->at[i]), identifier) == 0;
    return holds != (show && strcmp(show, "hide") == 0);
}

static void write_value(struct writer *w, const char *name, const struct value *v)
{
    if (v->n == 0)
        return;
    bytes_printf(&w->out, "<%s>", name);
    for (size_t i = 0; i < v->n; i++) {
        bytes_str(&w->out, "<value");
        if (v->cardinality == CARDINALITY_RECORD && v->at[i].field) {
            put(w, "fieldIdentifier", v->at[i].field);
            put(w, "baseType", item_base_name(v->at[i].base));
        }
        bytes_str(&w->out, ">");
        escape(&w->out, datum_text(w->arena, &v->at[i]));
        bytes_str(&w->out, "</value>");
    }
    bytes_printf(&w->out, "</%s>", name);
}

/* Defaults and correct responses as template processing left them; the rest as it is. */
static void write_declaration(struct writer *w, const struct xml_node *n, size_t variable)
{
    const struct run_variable *v = &w->run.variable[variable];
    bool template = xml_named(n, "templateDeclaration");
    open_element(w, n, false);
    write_value(w, "defaultValue", template ? &v->value : &v->initial);
    if (xml_named(n, "responseDeclaration"))
        write_value(w, "correctResponse", &v->correct);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (!xml_named(c, "defaultValue") && !xml_named(c, "correctResponse")) {
            open_element(w, c, false);
            write_children(w, c);
            close_element(w, c);
        }
    close_element(w, n);
}

static bool is_declaration(const struct xml_node *n)
{
    return xml_named(n, "responseDeclaration") || xml_named(n, "outcomeDeclaration") ||
           xml_named(n, "templateDeclaration");
}

/* In MathML an identifier that is a mathVariable stands for its value. */
static bool write_math(struct writer *w, const struct xml_node *n)
{
    const char *number = xml_named(n, "mi") ? "mn" : xml_named(n, "ci") ? "cn" : NULL;
    if (!number || strcmp(xml_ns(n), MATHML_NS) != 0)
        return false;
    const char *name = text_trim(w->arena, xml_content(n, w->arena));
    size_t i = slice_in_math(w->item, name) ? template_variable(w, name) : SIZE_MAX;
    if (i == SIZE_MAX)
        return false;
    bytes_printf(&w->out, "<%s>", number);
    escape(&w->out, print_value(w->arena, &w->run.variable[i].value, &(struct print_form){0}));
    bytes_printf(&w->out, "</%s>", number);
    return true;
}

/* Nothing is added beyond what can be read: the reader then refuses it. */
static bool is_full(const struct writer *w)
{
    return w->out.n > item_limits.bytes;
}

static void write_element(struct writer *w, const struct xml_node *n)
{
    if (is_full(w))
        return;
    size_t condition = template_variable(w, attr(w, n, "templateIdentifier"));
    size_t named = template_variable(w, attr(w, n, "identifier"));
    bool declares = is_declaration(n);
    if (declares)
        named = scope_find(w->scope, attr(w, n, "identifier") ? attr(w, n, "identifier") : "");
    if (xml_named(n, "templateProcessing") || write_math(w, n) ||
        (condition != SIZE_MAX && !is_shown(w, n, condition)))
        return;
    if (xml_named(n, "printedVariable") && named != SIZE_MAX)
        write_printed(w, n, named);
    else if (condition != SIZE_MAX && (xml_named(n, "templateInline") || xml_named(n, "templateBlock")))
        write_children(w, n);
    else if (declares && named != SIZE_MAX &&
             (w->run.variable[named].assigned || xml_named(n, "templateDeclaration")))
        write_declaration(w, n, named);
    else {
        open_element(w, n, condition != SIZE_MAX);
        write_children(w, n);
        close_element(w, n);
    }
}

static void write_children(struct writer *w, const struct xml_node *parent)
{
    for (const struct xml_node *c = xml_first(parent); c; c = xml_next(c))
        if (xml_is_text(c))
            escape(&w->out, xml_text(c));
        else
            write_element(w, c);
}

static int draw(struct writer *w, struct span seed, struct err *e)
{
    run_begin(&w->run, w->scope, w->arena, &seed);
    if (!w->item->template_processing)
        return 0;
    return run_templates(&w->run, program_rules(w->scope, w->item->template_processing), e);
}

/* A fault that the whole item did not have comes from the values drawn. */
static int check_drawn(const struct item *whole, struct item *drawn, struct err *e)
{
    if (whole->n_problems || !drawn->n_problems)
        return 0;
    char where[256];
    snprintf(where, sizeof where, "%s:%u", xml_doc_name(whole->doc), drawn->problem[0].line);
    err_set(e, ERR_DATA, where, _("template processing gives a faulty item: %s"), drawn->problem[0].what);
    return err_hint(e, _("look at what setCorrectResponse and setTemplateValue give"));
}

static void set_starts(struct writer *w, const struct item_draw *how)
{
    for (size_t i = 0; i < how->n_starts; i++) {
        size_t k = template_variable(w, how->start[i].identifier);
        if (k != SIZE_MAX)
            scope_set_default(w->scope, k, &how->start[i].value);
    }
}

int item_instantiate(struct item **ret, const struct item *item, struct span seed, struct err *e)
{
    return item_drawn_from(ret, item, &(struct item_draw){.seed = seed}, e);
}

int item_drawn_from(struct item **ret, const struct item *item, const struct item_draw *how, struct err *e)
{
    struct writer w = {.item = item, .scope = scope_of_item(item), .arena = arena_new()};
    struct item *drawn = NULL;
    set_starts(&w, how);
    int r = draw(&w, how->seed, e);
    if (r == 0) {
        write_element(&w, xml_root(item->doc));
        r = item_read_lenient(&drawn, xml_doc_name(item->doc), bytes_span(&w.out), e);
    }
    if (r == 0)
        r = check_drawn(item, drawn, e);
    if (r == 0 && how->document)
        bytes_add(how->document, w.out.p, w.out.n);
    bytes_release(&w.out);
    scope_free(w.scope);
    arena_free(w.arena);
    if (r < 0)
        item_free(drawn);
    else
        *ret = drawn;
    return r;
}
