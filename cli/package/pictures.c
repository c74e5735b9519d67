/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/pictures.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/picture.h"
#include "paperbank/item/pictures.h"

struct part_picture {
    const char *name;
    struct bytes png;
};

static bool has(const struct part_pictures *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->picture[i].name, name) == 0)
            return true;
    return false;
}

static int check(const char *path, const char *name, struct span png, struct err *e)
{
    struct picture_size size;
    if (!item_picture_is_named_after(name, png))
        return err_set(e, ERR_DATA, path,
                       _("these are not the bytes that the picture is named after"));
    return picture_png_check(path, png, &size, e);
}

static int load(struct part_pictures *p, const char *name, struct err *e)
{
    if (p->n == p->room) {
        p->room = p->room ? 2 * p->room : 16;
        p->picture = mem_grow(p->picture, p->room, sizeof *p->picture);
    }
    struct part_picture *x = &p->picture[p->n];
    *x = (struct part_picture){.name = arena_strdup(p->arena, name)};
    char *path = path_join(p->exam, name);
    int r = file_read(path, PICTURE_MAX_BYTES, &x->png, e);
    p->n++;
    if (r == 0)
        r = check(path, name, bytes_span(&x->png), e);
    p->bytes += x->png.n;
    if (r == 0 && p->bytes > PICTURES_MAX_BYTES) {
        r = err_set(e, ERR_DATA, p->exam,
                    _("the pictures of the exam take more than %d MiB together"),
                    PICTURES_MAX_BYTES >> 20);
        err_hint(e, _("save them smaller and import their items again"));
    }
    free(path);
    return r;
}

static int add(struct part_pictures *p, const char *path, const char *href, struct err *e)
{
    if (item_picture_is_drawing(href) || has(p, href))
        return 0;
    if (item_picture_is_kept(href))
        return load(p, href, e);
    err_set(e, ERR_DATA, path, _("its picture \"%.120s\" is not in the bank"), href);
    return err_hint(e, _("import the item again together with its picture, and assemble anew"));
}

int part_pictures_add(struct part_pictures *p, const char *path, struct span view, struct err *e)
{
    struct item *item = NULL;
    struct item_picture *named = NULL;
    int r = item_read(&item, path, view, e);
    size_t n = r == 0 ? item_pictures(item, p->arena, &named) : 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = add(p, path, named[i].href, e);
    item_free(item);
    return r;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct part_picture *)a)->name, ((const struct part_picture *)b)->name);
}

int part_pictures_write(struct part_pictures *p, struct zip_writer *w, struct err *e)
{
    int r = 0;
    if (p->n)
        qsort(p->picture, p->n, sizeof *p->picture, by_name);
    for (size_t i = 0; r == 0 && i < p->n; i++)
        r = zip_add(w, p->picture[i].name, bytes_span(&p->picture[i].png), e);
    return r;
}

void part_pictures_release(struct part_pictures *p)
{
    for (size_t i = 0; i < p->n; i++)
        bytes_release(&p->picture[i].png);
    free(p->picture);
}
