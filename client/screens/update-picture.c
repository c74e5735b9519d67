/* SPDX-License-Identifier: Apache-2.0 */
/* Keys while a picture is shown alone. */
#include "client/screens/update.h"

void open_picture(struct model *m, struct effects *out)
{
    const struct question *q = model_question(m);
    const struct item_node *first;
    if (!q->pictures || pictures_of(q->item, &first, 1) == 0)
        return;
    model_flush(m, out);
    m->screen = SCREEN_PICTURE;
    m->picture = 0;
}

void update_picture(struct model *m, struct key k)
{
    const struct item_node *image[PICTURES_LISTED];
    size_t n = pictures_of(model_question(m)->item, image, PICTURES_LISTED);
    if (n > 1 && (k.code == K_RIGHT || k.code == K_TAB))
        m->picture = (m->picture + 1) % n;
    else if (n > 1 && (k.code == K_LEFT || k.code == K_BACK_TAB))
        m->picture = (m->picture + n - 1) % n;
    else
        m->screen = SCREEN_PAPER;
}
