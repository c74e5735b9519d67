/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/pictures.h"

#include <sodium.h>
#include <string.h>

#include "base/xml-edit.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/qti.h"

struct found {
    const struct item *item;
    struct arena *arena;
    struct item_picture *list;
    size_t n, room;
};

/* The attribute that names a picture; NULL where n is none. */
static const char *attribute_of(const struct item *item, const struct xml_node *n)
{
    if (!item_is_picture(item, n))
        return NULL;
    return xml_named(n, "object") ? "data" : "src";
}

static bool says_something(const struct found *f, const struct xml_node *n)
{
    const char *words =
        xml_named(n, "object") ? xml_content(n, f->arena) : xml_attr(f->item->doc, n, "alt");
    return words && words[strspn(words, " \t\r\n")];
}

static void add(struct found *f, const struct xml_node *n, const char *href)
{
    bool words = says_something(f, n);
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->list[i].href, href) == 0) {
            f->list[i].has_words = f->list[i].has_words && words;
            return;
        }
    if (f->n == f->room) {
        struct item_picture *more = arena_array(f->arena, f->room ? 2 * f->room : 8, sizeof *more);
        if (f->n)
            memcpy(more, f->list, f->n * sizeof *more);
        f->room = f->room ? 2 * f->room : 8;
        f->list = more;
    }
    f->list[f->n++] = (struct item_picture){arena_strdup(f->arena, href), words, xml_line(n)};
}

static void look(struct found *f, const struct xml_node *n)
{
    const char *attr = attribute_of(f->item, n),
               *href = attr ? xml_attr(f->item->doc, n, attr) : NULL;
    if (href && *href)
        add(f, n, href);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        look(f, c);
}

size_t item_pictures(const struct item *item, struct arena *a, struct item_picture **ret)
{
    struct found f = {.item = item, .arena = a};
    look(&f, xml_root(item->doc));
    *ret = f.list;
    return f.n;
}

static void rename_below(struct item *item, const struct xml_node *n, item_picture_name_fn *name,
                         void *context)
{
    const char *attr = attribute_of(item, n), *href = attr ? xml_attr(item->doc, n, attr) : NULL;
    const char *other = href ? name(context, href) : NULL;
    if (other && strcmp(other, href) != 0)
        xml_edit_attr(item->doc, n, attr, other);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        rename_below(item, c, name, context);
}

void item_rename_pictures(struct item *item, item_picture_name_fn *name, void *context,
                          struct bytes *out)
{
    rename_below(item, xml_root(item->doc), name, context);
    qti_write(item->doc, item->normal, out);
}

static bool is_hash_name(const char *href, const char *ending)
{
    static const char folder[] = PICTURE_FOLDER "/";
    size_t n = sizeof folder - 1;
    return strncmp(href, folder, n) == 0 &&
           strspn(href + n, "0123456789abcdef") == PICTURE_HASH_DIGITS &&
           strcmp(href + n + PICTURE_HASH_DIGITS, ending) == 0;
}

bool item_picture_is_kept(const char *href)
{
    return is_hash_name(href, ".png");
}

bool item_picture_is_drawing(const char *href)
{
    return is_hash_name(href, ".svg");
}

void item_picture_digits(struct span bytes, char ret[PICTURE_HASH_DIGITS + 1])
{
    uint8_t hash[PICTURE_HASH_DIGITS / 2];
    crypto_generichash(hash, sizeof hash, bytes.p, bytes.n, NULL, 0);
    hex_encode(ret, hash, sizeof hash);
}

bool item_picture_is_named_after(const char *href, struct span bytes)
{
    char digits[PICTURE_HASH_DIGITS + 1];
    item_picture_digits(bytes, digits);
    return (item_picture_is_kept(href) || item_picture_is_drawing(href)) &&
           strncmp(href + sizeof PICTURE_FOLDER, digits, PICTURE_HASH_DIGITS) == 0;
}
