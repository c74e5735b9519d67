/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/stimulus.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xml-edit.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/pictures.h"

struct putting {
    struct item *item;
    struct package_source *source;
    const char *path;
    const struct xml_node *body;
};

static const struct xml_node *first_reference(const struct item *item)
{
    return xml_child(xml_root(item->doc), "assessmentStimulusRef");
}

bool item_has_stimuli(const struct item *item)
{
    return first_reference(item) != NULL;
}

/* The way from the folder of `path` to a place in the same package, with percent signs where they are needed. */
static const char *way_to(struct arena *a, const char *path, const char *place)
{
    struct bytes b = {0};
    for (const char *p = strchr(path, '/'); p; p = strchr(p + 1, '/'))
        bytes_str(&b, "../");
    for (const char *p = place; *p; p++)
        if (strchr("%?#: ", *p))
            bytes_printf(&b, "%%%02X", (unsigned char)*p);
        else
            bytes_add(&b, p, 1);
    const char *way = arena_strndup(a, (const char *)b.p, b.n);
    bytes_release(&b);
    return way;
}

/* Addresses that lead out of the package stay, and are refused as those of the item are. */
static void turn_addresses(const struct putting *t, const struct xml_node *n, const char *from)
{
    static const char *const names[] = {"src", "data"};
    struct arena *a = t->item->arena;
    for (size_t i = 0; i < 2; i++) {
        const char *href = xml_attr(t->item->doc, n, names[i]),
                   *place = href ? package_source_resolve(from, href, a) : NULL;
        if (place)
            xml_edit_attr(t->item->doc, n, names[i], way_to(a, t->path, place));
    }
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        turn_addresses(t, c, from);
}

static void put_in(const struct putting *t, const struct xml_node *content, const char *from)
{
    const struct xml_node *n = xml_edit_put_first(t->item->doc, t->body, content);
    const char *class = n ? xml_attr(t->item->doc, n, "class") : NULL;
    if (!n)
        return;
    xml_edit_name(t->item->doc, n, "div");
    xml_edit_attr(t->item->doc, n, "class",
                  class ? arena_printf(t->item->arena, STIMULUS_CLASS " %s", class) : STIMULUS_CLASS);
    turn_addresses(t, n, from);
}

static int read_stimulus(const struct putting *t, const char *place, struct xml_doc **ret, struct err *e)
{
    struct bytes data = {0};
    const char *version;
    int r = package_source_read(t->source, place, item_limits.bytes, &data, e);
    if (r == 0)
        r = qti_read(ret, &version, place, bytes_span(&data), &item_limits, e);
    if (r == 0 &&
        (!xml_named(xml_root(*ret), "assessmentStimulus") || !xml_child(xml_root(*ret), "stimulusBody")))
        r = xml_err(e, *ret, xml_root(*ret), _("<%.60s> is no assessmentStimulus with a stimulusBody"),
                    xml_name(xml_root(*ret)));
    bytes_release(&data);
    return r;
}

static int put_one(const struct putting *t, const struct xml_node *reference, struct err *e)
{
    const char *href = xml_attr(t->item->doc, reference, "href");
    const char *place = href && t->source ? package_source_resolve(t->path, href, t->item->arena) : NULL;
    struct xml_doc *d = NULL;
    struct err why = {0};
    int r = place ? read_stimulus(t, place, &d, &why)
                  : err_set(&why, ERR_DATA, NULL, _("it is not a path inside the package"));
    if (r == 0)
        put_in(t, xml_child(xml_root(d), "stimulusBody"), place);
    else
        r = xml_err(e, t->item->doc, reference, _("the stimulus \"%.100s\" cannot be read: %s"),
                    href ? href : "", why.what);
    xml_free(d);
    return r;
}

int item_put_stimuli(struct item *item, struct package_source *source, const char *path, struct bytes *out,
                     struct err *e)
{
    const struct putting t = {item, source, path, xml_child(xml_root(item->doc), "itemBody")};
    const struct xml_node *reference[ITEM_MAX_STIMULI], *n;
    size_t count = 0;
    for (n = first_reference(item); n; n = xml_next_same(n)) {
        if (count == ITEM_MAX_STIMULI)
            return xml_err(e, item->doc, n, _("more than %d stimuli in one item"), ITEM_MAX_STIMULI);
        reference[count++] = n;
    }
    if (!t.body)
        return xml_err(e, item->doc, reference[0], _("an item without a body has a stimulus"));
    int r = 0;
    for (size_t i = count; r == 0 && i-- > 0;) {
        r = put_one(&t, reference[i], e);
        if (r == 0)
            xml_edit_drop(item->doc, reference[i]);
    }
    if (r == 0)
        qti_write(item->doc, item->normal, out);
    return r;
}
