/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room-pictures.h"

#include "base/i18n.h"
#include "base/picture.h"
#include "paperbank/item/pictures.h"

static int check_picture(const char *item, const char *href, const struct zip *z, struct err *e)
{
    struct picture_size size;
    if (item_picture_is_drawing(href))
        return 0;
    struct span png = item_picture_is_kept(href) ? zip_get(z, href) : (struct span){0};
    if (!png.p)
        return err_set(e, ERR_DATA, item, _("the picture \"%.120s\" is not in the package"), href);
    if (!item_picture_is_named_after(href, png))
        return err_set(e, ERR_DATA, item, _("the picture \"%.120s\" is not what it is named after"),
                       href);
    return picture_png_size(href, png, &size, e);
}

static int check_item(const char *id, const struct zip *z, struct err *e)
{
    struct arena *a = arena_new();
    struct item *item = NULL;
    struct item_picture *picture = NULL;
    struct span document = zip_get(z, arena_printf(a, "items/%s.xml", id));
    int r = 0;
    size_t n = document.p && item_read(&item, id, document, NULL) == 0
                   ? item_pictures(item, a, &picture)
                   : 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = check_picture(id, picture[i].href, z, e);
    item_free(item);
    arena_free(a);
    return r;
}

int room_check_pictures(const struct paper *p, const struct zip *paper_part, struct err *e)
{
    int r = 0;
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t i = 0; r == 0 && i < paper_form_items(&p->form[f]); i++)
            r = check_item(paper_form_item(&p->form[f], i, NULL)->id, paper_part, e);
    return r;
}
