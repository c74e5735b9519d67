/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"

static size_t count(const struct xml_node *parent, const char *name)
{
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(parent); c; c = xml_next_element(c))
        n += xml_named(c, name);
    return n;
}

const char *item_base_name(enum item_base base)
{
    static const char *const names[] = {
        [BASE_NONE] = NULL,
        [BASE_IDENTIFIER] = "identifier",
        [BASE_BOOLEAN] = "boolean",
        [BASE_INTEGER] = "integer",
        [BASE_FLOAT] = "float",
        [BASE_STRING] = "string",
        [BASE_POINT] = "point",
        [BASE_PAIR] = "pair",
        [BASE_DIRECTED_PAIR] = "directedPair",
        [BASE_DURATION] = "duration",
        [BASE_FILE] = "file",
        [BASE_URI] = "uri",
    };
    return names[base];
}

static bool read_base(const char *name, enum item_base *ret)
{
    for (*ret = BASE_IDENTIFIER; *ret <= BASE_URI; ++*ret)
        if (strcmp(name, item_base_name(*ret)) == 0)
            return true;
    *ret = BASE_NONE;
    return false;
}

enum item_base item_base_named(const char *name)
{
    enum item_base base = BASE_NONE;
    return name && read_base(name, &base) ? base : BASE_NONE;
}

static const char *attr(const struct item *item, const struct xml_node *n, const char *name)
{
    return xml_attr(item->doc, n, name);
}

static struct item_value *read_values(struct item *item, const struct xml_node *list, enum item_base base,
                                      size_t *ret_n)
{
    struct item_value *v = arena_array(item->arena, count(list, "value"), sizeof *v);
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(list); c; c = xml_next_element(c)) {
        if (!xml_named(c, "value"))
            continue;
        const char *own = attr(item, c, "baseType");
        v[n].text = item_trimmed(item, xml_content(c, item->arena));
        v[n].field = attr(item, c, "fieldIdentifier");
        v[n++].base = own ? item_base_named(own) : base;
    }
    *ret_n = n;
    return v;
}

static void read_mapping(struct item *item, const struct xml_node *n, struct item_declaration *d)
{
    struct item_mapping *m = arena_alloc(item->arena, sizeof *m);
    m->lower = attr(item, n, "lowerBound");
    m->upper = attr(item, n, "upperBound");
    m->fallback = attr(item, n, "defaultValue");
    m->fallback = m->fallback ? m->fallback : "0";
    bool case_sensitive = item_attr_true(item, n, "caseSensitive", true);
    m->entry = arena_array(item->arena, count(n, "mapEntry"), sizeof *m->entry);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, "mapEntry"))
            m->entry[m->n++] = (struct item_map_entry){
                .key = item_attr_needed(item, c, "mapKey"),
                .value = item_attr_needed(item, c, "mappedValue"),
                .case_sensitive = item_attr_true(item, c, "caseSensitive", case_sensitive),
            };
    if (m->n == 0)
        item_problem(item, xml_line(n), _("the mapping of %s has no mapEntry"), d->identifier);
    d->mapping = m;
}

static void read_area(struct item *item, const struct xml_node *n, struct item_declaration *d)
{
    struct item_area_mapping *m = arena_alloc(item->arena, sizeof *m);
    m->lower = attr(item, n, "lowerBound");
    m->upper = attr(item, n, "upperBound");
    m->fallback = attr(item, n, "defaultValue");
    m->fallback = m->fallback ? m->fallback : "0";
    m->area = arena_array(item->arena, count(n, "areaMapEntry"), sizeof *m->area);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, "areaMapEntry"))
            m->area[m->n++] = (struct item_area){
                .shape = item_attr_needed(item, c, "shape"),
                .coords = attr(item, c, "coords") ? attr(item, c, "coords") : "",
                .value = item_attr_needed(item, c, "mappedValue"),
            };
    if (m->n == 0)
        item_problem(item, xml_line(n), _("the areaMapping of %s has no areaMapEntry"), d->identifier);
    d->area = m;
}

static struct item_lookup *read_lookup(struct item *item, const struct xml_node *n)
{
    bool interpolation = xml_named(n, "interpolationTable");
    const char *entry = interpolation ? "interpolationTableEntry" : "matchTableEntry";
    struct item_lookup *t = arena_alloc(item->arena, sizeof *t);
    t->interpolation = interpolation;
    t->fallback = attr(item, n, "defaultValue");
    t->entry = arena_array(item->arena, count(n, entry), sizeof *t->entry);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, entry))
            t->entry[t->n++] = (struct item_lookup_entry){
                .source = item_attr_needed(item, c, "sourceValue"),
                .target = item_attr_needed(item, c, "targetValue"),
                .include_boundary = item_attr_true(item, c, "includeBoundary", true),
            };
    if (t->n == 0)
        item_problem(item, xml_line(n), _("a table has no entries"));
    return t;
}

static void read_parts(struct item *item, const struct xml_node *n, struct item_declaration *d)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (xml_named(c, "correctResponse"))
            d->correct = read_values(item, c, d->base, &d->n_correct);
        else if (xml_named(c, "defaultValue"))
            d->initial = read_values(item, c, d->base, &d->n_initial);
        else if (xml_named(c, "mapping"))
            read_mapping(item, c, d);
        else if (xml_named(c, "areaMapping"))
            read_area(item, c, d);
        else if (xml_named(c, "matchTable") || xml_named(c, "interpolationTable"))
            d->lookup = read_lookup(item, c);
        else if (xml_named(c, "lookupTable") && xml_first_element(c))
            d->lookup = read_lookup(item, xml_first_element(c));
        else
            item_problem(item, xml_line(c), _("<%.60s> is not known in a declaration"), xml_name(c));
    }
}

static void read_cardinality(struct item *item, const struct xml_node *n, struct item_declaration *d)
{
    static const char *const names[] = {"single", "multiple", "ordered", "record"};
    const char *said = item_attr_needed(item, n, "cardinality");
    for (size_t i = 0; i < 4; i++)
        if (strcmp(said, names[i]) == 0) {
            d->cardinality = (enum item_cardinality)i;
            return;
        }
    if (*said)
        item_problem(item, xml_line(n), _("cardinality \"%.40s\" of %s is not one of QTI's"), said,
                     d->identifier);
}

static void read_declaration(struct item *item, const struct xml_node *n, enum item_declared what)
{
    struct item_declaration *d = &item->declaration[item->n_declarations++];
    const char *base = attr(item, n, "baseType");
    d->what = what;
    d->line = xml_line(n);
    d->identifier = item_attr_needed(item, n, "identifier");
    read_cardinality(item, n, d);
    d->normal_maximum = what == DECLARED_OUTCOME ? attr(item, n, "normalMaximum") : NULL;
    d->external_scored = what == DECLARED_OUTCOME ? attr(item, n, "externalScored") : NULL;
    if (base && !read_base(base, &d->base))
        item_problem(item, d->line, _("baseType \"%.40s\" of %s is not one of QTI's"), base, d->identifier);
    if (!base && d->cardinality != CARDINALITY_RECORD && what != DECLARED_OUTCOME)
        item_problem(item, d->line, _("%s has no baseType"), d->identifier);
    read_parts(item, n, d);
}

void item_read_declarations(struct item *item)
{
    static const struct {
        const char *element;
        enum item_declared what;
    } kinds[] = {{"responseDeclaration", DECLARED_RESPONSE},
                 {"outcomeDeclaration", DECLARED_OUTCOME},
                 {"templateDeclaration", DECLARED_TEMPLATE}};
    const struct xml_node *root = xml_root(item->doc);
    size_t n = 0;
    for (size_t k = 0; k < 3; k++)
        n += count(root, kinds[k].element);
    item->declaration = arena_array(item->arena, n, sizeof *item->declaration);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        for (size_t k = 0; k < 3; k++)
            if (xml_named(c, kinds[k].element))
                read_declaration(item, c, kinds[k].what);
}
