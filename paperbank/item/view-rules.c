/* SPDX-License-Identifier: Apache-2.0 */
/* The template variables and rules of a candidate's view: what its slice needs, from an allow-list of its
 * own. */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/slice.h"

enum { MAX_RULE_DEPTH = 30 };

/* Attributes of rules and expressions, written in this order. */
static const char *const allowed[] = {
    "identifier",
    "baseType",
    "min",
    "max",
    "step",
    "n",
    "numberRepeats",
    "figures",
    "roundingMode",
    "toleranceMode",
    "tolerance",
    "includeLowerBound",
    "includeUpperBound",
    "caseSensitive",
    "substring",
    "pattern",
    "name",
    "fieldIdentifier",
    "shape",
    "coords",
};

struct rules_writer {
    struct xml_out *out;
    const struct item *item;
    const struct slice *slice;
    struct arena *arena;
};

static void put_attrs(struct rules_writer *w, const struct xml_node *n)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        const char *v = xml_attr(w->item->doc, n, allowed[i]);
        if (v)
            xml_put(w->out, allowed[i], v);
    }
}

static int too_deep(struct rules_writer *w, const struct xml_node *n, struct err *e)
{
    return w->out->depth >= MAX_RULE_DEPTH ? xml_err(e, w->item->doc, n, _("nested deeper than the limit"))
                                           : 0;
}

static int write_expression(struct rules_writer *w, const struct xml_node *n, struct err *e)
{
    int r = too_deep(w, n, e);
    if (r < 0)
        return r;
    xml_open(w->out, xml_name(n));
    put_attrs(w, n);
    if (xml_named(n, "baseValue"))
        xml_put_text(w->out, item_plain_text(w->arena, xml_content(n, w->arena)));
    for (const struct xml_node *c = xml_first_element(n); c && r == 0; c = xml_next_element(c))
        r = write_expression(w, c, e);
    xml_close(w->out);
    return r;
}

static int write_rules(struct rules_writer *w, const struct xml_node *first, struct err *e);

/* A condition keeps its branches, for which of them runs depends on those before. */
static int write_branches(struct rules_writer *w, const struct xml_node *condition, struct err *e)
{
    int r = 0;
    for (const struct xml_node *n = xml_first_element(condition); n && r == 0; n = xml_next_element(n)) {
        const struct xml_node *first = xml_first_element(n);
        xml_open(w->out, xml_name(n));
        if (first && !xml_named(n, "templateElse")) {
            r = write_expression(w, first, e);
            first = xml_next_element(first);
        }
        if (r == 0)
            r = write_rules(w, first, e);
        xml_close(w->out);
    }
    return r;
}

static int write_rules(struct rules_writer *w, const struct xml_node *first, struct err *e)
{
    int r = 0;
    for (const struct xml_node *n = first; n && r == 0; n = xml_next_element(n)) {
        if (!slice_keeps(w->slice, n))
            continue;
        if ((r = too_deep(w, n, e)) < 0)
            return r;
        xml_open(w->out, xml_name(n));
        put_attrs(w, n);
        const struct xml_node *value = xml_first_element(n);
        if (xml_named(n, "templateCondition"))
            r = write_branches(w, n, e);
        else if (value)
            r = write_expression(w, value, e);
        xml_close(w->out);
    }
    return r;
}

static void write_default(struct rules_writer *w, const struct item_declaration *d)
{
    if (d->n_initial == 0)
        return;
    xml_open(w->out, "defaultValue");
    for (size_t i = 0; i < d->n_initial; i++) {
        xml_open(w->out, "value");
        if (d->initial[i].field) {
            xml_put(w->out, "fieldIdentifier", d->initial[i].field);
            xml_put(w->out, "baseType", item_base_name(d->initial[i].base));
        }
        xml_put_text(w->out, item_plain_text(w->arena, d->initial[i].text));
        xml_close(w->out);
    }
    xml_close(w->out);
}

static void write_declarations(struct rules_writer *w)
{
    static const char *const cardinalities[] = {"single", "multiple", "ordered", "record"};
    for (size_t i = 0; i < w->item->n_declarations; i++) {
        const struct item_declaration *d = &w->item->declaration[i];
        if (d->what != DECLARED_TEMPLATE || !slice_has(w->slice, d->identifier))
            continue;
        xml_open(w->out, "templateDeclaration");
        xml_put(w->out, "identifier", d->identifier);
        xml_put(w->out, "cardinality", cardinalities[d->cardinality]);
        if (d->base != BASE_NONE)
            xml_put(w->out, "baseType", item_base_name(d->base));
        write_default(w, d);
        xml_close(w->out);
    }
}

int item_write_slice(const struct item *item, struct xml_out *out, struct arena *a, struct err *e)
{
    struct rules_writer w = {out, item, slice_new(item, a), a};
    const struct xml_node *rules = item->template_processing;
    int r = 0;
    write_declarations(&w);
    bool any = false;
    for (const struct xml_node *n = rules ? xml_first_element(rules) : NULL; n; n = xml_next_element(n))
        any |= slice_keeps(w.slice, n);
    if (!any)
        return 0;
    xml_open(out, "templateProcessing");
    r = write_rules(&w, xml_first_element(rules), e);
    xml_close(out);
    return r;
}
