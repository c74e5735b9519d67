/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/web/css-internal.h"

static bool has_class(const char *list, const char *name)
{
    size_t n = strlen(name);
    while (list && *list) {
        size_t k = strcspn(list, " \t\r\n\f");
        if (k == n && memcmp(list, name, n) == 0)
            return true;
        list += k;
        list += strspn(list, " \t\r\n\f");
    }
    return false;
}

static bool is_part(const struct css_part *part, const struct xml_doc *d, const struct xml_node *n)
{
    if (part->type && strcmp(part->type, xml_name(n)) != 0)
        return false;
    const char *id = part->id ? xml_attr(d, n, "id") : NULL;
    if (part->id && (!id || strcmp(id, part->id) != 0))
        return false;
    const char *classes = part->n_classes ? xml_attr(d, n, "class") : NULL;
    for (size_t i = 0; i < part->n_classes; i++)
        if (!has_class(classes, part->class[i]))
            return false;
    return true;
}

/* From the last part back; a descendant takes the nearest ancestor that fits. Where a child stands behind it
 * and does not fit there, farther ones are tried from the last descendant on. */
static bool matches(struct css *c, const struct css_selector *s, const struct xml_doc *d,
                    const struct xml_node *n)
{
    size_t i = s->n_parts - 1, again = 0;
    const struct xml_node *resume = NULL;
    if (!is_part(&s->part[i], d, n))
        return false;
    for (char how = s->part[i].before; how; how = s->part[i].before) {
        if (++c->work > CSS_WORK_MAX)
            return false;
        n = xml_parent(n);
        while (n && how == ' ' && !is_part(&s->part[i - 1], d, n) && c->work++ < CSS_WORK_MAX)
            n = xml_parent(n);
        if (n && is_part(&s->part[i - 1], d, n)) {
            i--;
            if (how == ' ') {
                again = i + 1;
                resume = n;
            }
        } else if (resume && how == '>') {
            i = again;
            n = resume;
            resume = NULL;
        } else
            return false;
    }
    return true;
}

struct strongest {
    const char *value;
    uint64_t weight;
};

enum { IMPORTANT_BIT = 41, INLINE_BIT = 40 };

static void hold(struct strongest *s, const struct css_declarations *l, const char *property, uint64_t weight)
{
    for (size_t i = 0; i < l->n; i++) {
        uint64_t w = weight | (uint64_t)l->d[i].important << IMPORTANT_BIT;
        if (strcmp(l->d[i].name, property) == 0 && (!s->value || w >= s->weight))
            *s = (struct strongest){.value = l->d[i].value, .weight = w};
    }
}

const char *css_declared(struct css *c, const struct xml_doc *d, const struct xml_node *n,
                         const char *inline_style, const char *property)
{
    struct strongest s = {0};
    for (size_t i = 0; i < c->n; i++)
        if (++c->work <= CSS_WORK_MAX && matches(c, &c->selector[i], d, n))
            hold(&s, c->selector[i].declarations, property, c->selector[i].specificity);
    if (inline_style) {
        struct css_declarations l;
        css_declarations_read(c->arena, inline_style, &l);
        hold(&s, &l, property, UINT64_C(1) << INLINE_BIT);
    }
    return s.value;
}
