/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures on their way in: found beside the item, decoded, named by their hash. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/picture-import.h"
#include "paperbank/bank/importing.h"
#include "paperbank/bank/media-internal.h"

struct taking {
    const struct prepared_item *from;
    bool shown;
    struct arena *arena;
    struct media_set *set;
    size_t bytes;
};

/* ---- one picture ---- */

static int refuse(const struct taking *t, const struct item_picture *p, const char *what,
                  const char *hint, struct err *e)
{
    const char *place = arena_printf(t->arena, "%s:%u", t->from->file, p->line);
    err_set(e, ERR_DATA, place, _("picture \"%.120s\": %s"), p->href, what);
    return err_hint(e, "%s", hint);
}

static int refuse_as(const struct taking *t, const struct item_picture *p, const struct err *why,
                     struct err *e)
{
    const struct err kept = *why;
    return refuse(t, p, kept.what, kept.hint, e);
}

/* An SVG is not drawn; its words stand for it. */
static int keep_svg(const struct taking *t, const struct item_picture *p, struct media_picture *m,
                    struct span data, struct err *e)
{
    if (!p->has_words)
        return refuse(t, p, _("an SVG picture, which is shown by its words alone, and it has none"),
                      _("add the words (alt), or save it as PNG"), e);
    m->type = "image/svg+xml";
    bytes_add(&m->bytes, data.p, data.n);
    return 0;
}

static int convert(const struct taking *t, const struct item_picture *p, struct media_picture *m,
                   struct span data, struct err *e)
{
    struct picture_size size = {0};
    struct err why = {0};
    if (picture_format_of(data) == PICTURE_SVG)
        return keep_svg(t, p, m, data, e);
    m->type = "image/png";
    int r = picture_import(p->href, data, &m->bytes, &size, &why);
    m->width = size.width;
    m->height = size.height;
    return r < 0 ? refuse_as(t, p, &why, e) : 0;
}

static void name_it(const struct taking *t, struct media_picture *m)
{
    item_picture_digits(bytes_span(&m->bytes), m->hash);
    m->name = arena_printf(t->arena, "%s/%s.%s", PICTURE_FOLDER, m->hash, m->width ? "png" : "svg");
}

static int find(const struct taking *t, const struct item_picture *p, struct bytes *ret,
                struct err *e)
{
    struct err why = {0};
    const struct prepared_item *from = t->from;
    if (package_source_has_scheme(p->href))
        return refuse(t, p, _("lies outside the package"),
                      _("put the picture into the package, beside the item"), e);
    if (!from->source || !from->path)
        return refuse(t, p, _("cannot be found: the item came without files beside it"),
                      _("import a package that holds the picture"), e);
    const char *place = package_source_resolve(from->path, p->href, t->arena);
    if (!place)
        return refuse(t, p, _("leads out of the package"),
                      _("put the picture into the package, beside the item"), e);
    int r = package_source_read(from->source, place, PICTURE_MAX_BYTES, ret, &why);
    return r < 0 ? refuse_as(t, p, &why, e) : 0;
}

static int take(struct taking *t, const struct item_picture *p, struct err *e)
{
    struct media_picture *m = &t->set->picture[t->set->n++];
    struct bytes data = {0};
    *m = (struct media_picture){.href = p->href};
    int r = find(t, p, &data, e);
    if (r < 0 && !t->shown && e->kind == ERR_DATA) {
        bytes_release(&data);
        return 0;
    }
    if (r == 0)
        r = convert(t, p, m, bytes_span(&data), e);
    bytes_release(&data);
    if (r < 0)
        return r;
    name_it(t, m);
    t->bytes += m->bytes.n;
    return t->bytes <= MEDIA_MAX_BYTES
               ? 0
               : refuse(t, p, _("the item's pictures take more than 32 MiB together"),
                        _("save them smaller"), e);
}

/* ---- the item ---- */

const char *media_new_name(void *set, const char *href)
{
    const struct media_set *m = set;
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->picture[i].href, href) == 0)
            return m->picture[i].name;
    return NULL;
}

/* On a copy: the item's own model still points into its document. */
static int rename_all(const struct prepared_item *from, const struct media_set *set, struct bytes *out,
                      struct err *e)
{
    struct item *copy = NULL;
    int r = item_read_lenient(&copy, from->file, from->xml, e);
    if (r == 0)
        item_rename_pictures(copy, media_new_name, (void *)(uintptr_t)set, out);
    if (r == 0 && out->n > item_limits.bytes)
        r = err_set(e, ERR_DATA, from->file, _("the item is too large with the names of its pictures"));
    item_free(copy);
    return r;
}

int media_gather(struct media_set **ret, const struct item *item, const struct prepared_item *from,
                 bool shown, struct arena *a, struct err *e)
{
    struct item_picture *p = NULL;
    size_t n = item_pictures(item, a, &p);
    if (n > MEDIA_MAX_PICTURES)
        return err_set(e, ERR_DATA, from->file, _("the item has more than %d pictures"),
                       MEDIA_MAX_PICTURES);
    struct media_set *set = mem_alloc(sizeof *set);
    set->picture = mem_alloc((n + 1) * sizeof *set->picture);
    struct taking t = {from, shown, a, set, 0};
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = take(&t, &p[i], e);
    if (r < 0)
        media_free(set);
    else
        *ret = set;
    return r;
}

int media_take(struct media_set **ret, struct span *ret_xml, const struct item *item,
               const struct prepared_item *from, bool shown, struct arena *a, struct err *e)
{
    struct media_set *set = NULL;
    struct bytes xml = {0};
    int r = media_gather(&set, item, from, shown, a, e);
    if (r == 0 && set->n)
        r = rename_all(from, set, &xml, e);
    else if (r == 0)
        item_normal(item, &xml);
    if (r == 0) {
        *ret = set;
        *ret_xml = span_of(arena_copy(a, xml.p, xml.n), xml.n);
    } else {
        media_free(set);
    }
    bytes_release(&xml);
    return r;
}

void media_free(struct media_set *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->n; i++)
        bytes_release(&m->picture[i].bytes);
    free(m->picture);
    free(m);
}
