/* SPDX-License-Identifier: Apache-2.0 */
/* Links, pictures, frames: what a page names beside itself. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/web/kinds.h"
#include "scoring/practical/web/style.h"

static bool is_link(const struct page *p, const struct xml_node *n)
{
    return page_is(n, "a|area") && page_attr(p, n, "href");
}

/* What a link shows: its text, else the alternative text of its picture. */
static const char *shown(const struct page *p, const struct xml_node *n, struct arena *a)
{
    const char *text = page_text(n, a);
    const struct xml_node *image = page_walk(n, n);
    while (image && !xml_named(image, "img"))
        image = page_walk(n, image);
    const char *alt = image ? page_attr(p, image, "alt") : NULL;
    return *text || !alt ? text : arena_strdup(a, alt);
}

/* By link-text, else by index. */
static const struct xml_node *find_link(const struct check_target *t, const struct locator *at,
                                        struct arena *a, struct fact *ret, int *fault, struct err *e)
{
    const struct page *p = t->document;
    const char *words = locator_get(at, "link-text");
    int64_t index = locator_index(at, "index", 1);
    *fault = index < 0 ? give_bad_locator(t, "index", e) : 0;
    for (const struct xml_node *n = page_walk(p->root, p->root); n && index > 0; n = page_walk(p->root, n))
        if (is_link(p, n) && (!words || page_contains(shown(p, n, a), words, a)) && --index == 0)
            return n;
    if (*fault == 0)
        give_absent(ret, p->path,
                    words ? arena_printf(a, "no link with the text %s", words) : "no such link");
    return NULL;
}

int web_link(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_link(t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    return give_text(ret, page_address(t->document, page_attr(t->document, n, "href"), a),
                     page_place(t->document, n, a));
}

int web_link_exists(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_link(t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const struct practical_file *f = page_file(t->document, page_attr(t->document, n, "href"), a);
    return give_bool(ret, f && !f->folder, page_place(t->document, n, a));
}

int web_link_text(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    const char *target = locator_get(at, "target");
    (void)argument;
    if (!target) {
        int fault;
        const struct xml_node *n = find_link(t, at, a, ret, &fault, e);
        return n ? give_text(ret, shown(p, n, a), page_place(p, n, a)) : fault;
    }
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        if (is_link(p, n) && ascii_casecmp(page_address(p, page_attr(p, n, "href"), a), target) == 0)
            return give_text(ret, shown(p, n, a), page_place(p, n, a));
    return give_absent(ret, p->path, "no link goes there");
}

int web_links(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
              struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    struct give_items l = {0};
    (void)at, (void)argument, (void)e;
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        if (is_link(p, n))
            give_add(&l, a, page_address(p, page_attr(p, n, "href"), a));
    return give_list(ret, l.item, l.n, p->path);
}

int web_link_frame(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_link(t, at, a, ret, &fault, e);
    return n ? give_text(ret, page_said(t->document, n, "target", a), page_place(t->document, n, a)) : fault;
}

/* ---- pictures ---- */

static const char *source(const struct page *p, const struct xml_node *n)
{
    const char *src = page_attr(p, n, "src");
    return src ? src : "";
}

/* By its file's name (image), else by index. */
static const struct xml_node *find_image(const struct check_target *t, const struct locator *at,
                                         struct arena *a, struct fact *ret, int *fault, struct err *e)
{
    const struct page *p = t->document;
    const char *name = locator_get(at, "image");
    int64_t index = locator_index(at, "index", 1);
    *fault = index < 0 ? give_bad_locator(t, "index", e) : 0;
    for (const struct xml_node *n = page_walk(p->root, p->root); n && index > 0; n = page_walk(p->root, n))
        if (xml_named(n, "img") &&
            (!name || give_matches(arena_printf(a, "*%s", name), page_address(p, source(p, n), a))) &&
            --index == 0)
            return n;
    if (*fault == 0)
        give_absent(ret, p->path, "no such picture");
    return NULL;
}

int web_image(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
              struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_image(t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    return give_text(ret, page_address(t->document, source(t->document, n), a),
                     page_place(t->document, n, a));
}

int web_image_exists(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_image(t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const struct practical_file *f = page_file(t->document, source(t->document, n), a);
    return give_bool(ret, f && !f->folder && !f->skipped, page_place(t->document, n, a));
}

int web_image_alt(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_image(t, at, a, ret, &fault, e);
    return n ? give_text(ret, page_said(t->document, n, "alt", a), page_place(t->document, n, a)) : fault;
}

static int extent(const struct check_target *t, const struct locator *at, const char *which, struct arena *a,
                  struct fact *ret, struct err *e)
{
    int fault;
    const struct xml_node *n = find_image(t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const char *value = style_declared(t->document, n, which, false), *place = page_place(t->document, n, a);
    if (!value)
        value = page_attr(t->document, n, which);
    int64_t emu;
    if (!value || !style_read_length(value, 0, &emu) || strchr(value, '%'))
        return value ? give_absent(ret, place, arena_printf(a, "it is given as %s", value))
                     : give_text(ret, NULL, place);
    return give_integer(ret, (emu + STYLE_PIXEL / 2) / STYLE_PIXEL, place);
}

int web_image_width(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    (void)argument;
    return extent(t, at, "width", a, ret, e);
}

int web_image_height(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    (void)argument;
    return extent(t, at, "height", a, ret, e);
}

/* The picture is the given one, whatever it is called. */
int web_image_same(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    if (!argument)
        return give_bad_locator(t, "of", e);
    const struct xml_node *n = find_image(t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const struct practical_file *f = page_file(t->document, source(t->document, n), a);
    const struct practical_file *g = t->start ? practical_find(t->start, give_path(a, argument)) : NULL;
    return give_bool(ret, f && g && !f->skipped && !g->skipped && memcmp(f->hash, g->hash, 32) == 0,
                     page_place(t->document, n, a));
}

int web_images(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    struct give_items l = {0};
    (void)at, (void)argument, (void)e;
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        if (xml_named(n, "img"))
            give_add(&l, a, page_address(p, source(p, n), a));
    return give_list(ret, l.item, l.n, p->path);
}

/* ---- frames ---- */

int web_frames(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    struct give_items l = {0};
    (void)at, (void)argument, (void)e;
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        if (page_is(n, "frame|iframe"))
            give_add(&l, a, page_address(p, source(p, n), a));
    return give_list(ret, l.item, l.n, p->path);
}

int web_frameset(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = web_nth(t, at, "index", "frameset", ret, &fault, e);
    if (!n)
        return fault;
    const char *rows = page_attr(t->document, n, "rows"), *cols = page_attr(t->document, n, "cols");
    return give_text(ret,
                     rows   ? arena_printf(a, "rows=%s", rows)
                     : cols ? arena_printf(a, "cols=%s", cols)
                            : NULL,
                     page_place(t->document, n, a));
}
