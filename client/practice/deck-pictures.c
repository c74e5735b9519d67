/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/picture.h"
#include "client/practice/deck.h"

static const struct deck_document *document_of(const struct deck *d, const struct item *item)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->card[i].shown == item)
            return d->card[i].document;
    return NULL;
}

int deck_find_picture(void *context, const struct item *item, const char *href, struct bytes *ret,
                      struct err *e)
{
    struct deck *d = context;
    const struct deck_document *x = document_of(d, item);
    const char *name = x ? test_href(d->arena, x->name, href) : NULL;
    if (name && x->package)
        return package_source_read(x->package, name, PICTURE_MAX_BYTES, ret, e);
    for (size_t i = 0; i < d->n_media; i++)
        if (strcmp(d->media[i].name, href) == 0) {
            bytes_add(ret, d->media[i].data.p, d->media[i].data.n);
            return 0;
        }
    return err_set(e, ERR_DATA, href, _("this picture is not there"));
}
