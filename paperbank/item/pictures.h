/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures that an item's document names, wherever they stand: body, choices, prompts,
 * feedback. */
#ifndef KAOCHANG_PAPERBANK_ITEM_PICTURES_H
#define KAOCHANG_PAPERBANK_ITEM_PICTURES_H

#include "paperbank/item/item.h"

/* How bank, exam and package name a picture: media/HASH.png, with BLAKE2b-256 of its bytes in 64
 * hex digits. */
#define PICTURE_FOLDER "media"
enum { PICTURE_HASH_DIGITS = 64, PICTURE_NAME_MAX = 80 };

struct item_picture {
    const char *href; /* img: src; object of an image type: data */
    bool has_words;   /* alt, or the content of an object, says something, at every place that names
                         it */
    unsigned line;
};

/* Each href once, in document order, into the arena. Returns their number. */
size_t item_pictures(const struct item *item, struct arena *a, struct item_picture **ret);
/* Appends the item's QTI 2.2 bytes with other names for its pictures: `name` gives the new one (borrowed
 * during the call) or NULL to keep the href. The item's model ends with it: free it afterwards. */
typedef const char *item_picture_name_fn(void *context, const char *href);
void item_rename_pictures(struct item *item, item_picture_name_fn *name, void *context,
                          struct bytes *out);
/* The digits by which these bytes are named. */
void item_picture_digits(struct span bytes, char ret[PICTURE_HASH_DIGITS + 1]);
/* True if the href is the name of a PNG by its hash. */
bool item_picture_is_kept(const char *href);
/* True if it is the name of a kept SVG, which is shown by its words alone. */
bool item_picture_is_drawing(const char *href);
/* True if a kept picture or drawing has the bytes that it is named after. */
bool item_picture_is_named_after(const char *href, struct span bytes);

#endif
