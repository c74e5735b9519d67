/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures of the items on the screen: found by whoever holds their files, decoded when first
 * shown, and kept as characters for each size. */
#ifndef KAOCHANG_CLIENT_SCREENS_PICTURES_H
#define KAOCHANG_CLIENT_SCREENS_PICTURES_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/item/item.h"

/* The PNG that an item's href stands for, appended to *ret; ERR_DATA or ERR_ENV where there is
 * none. */
typedef int picture_find_fn(void *context, const struct item *item, const char *href,
                            struct bytes *ret, struct err *e);

struct pictures;

struct pictures *pictures_new(picture_find_fn *find, void *context);
void pictures_free(struct pictures *p); /* NULL is fine */
/* To be called when items are freed that it has shown. */
void pictures_forget(struct pictures *p);

/* From now on a picture that is not ready is not shown, but noted as wanted: drawing waits for none. */
void pictures_later(struct pictures *p);
/* Whether one is wanted since the last pictures_make. `p` NULL: no. */
bool pictures_wanted(const struct pictures *p);
/* Makes the first of the item that was drawn last; the item, or NULL if none was wanted. What else was wanted
 * is wanted again when it is drawn again. */
const struct item *pictures_make(struct pictures *p);
enum { PICTURES_KEPT = 64 }; /* so many pictures in so many sizes stay ready */

struct picture_cells {
    int columns, rows;
    const char
        *cell; /* row by row, printable ASCII; valid until the next call with this `pictures` */
};

/* The pictures of an item that a candidate sees, in document order: the first `max` of them;
 * returns how many. */
size_t pictures_of(const struct item *item, const struct item_node **ret, size_t max);
enum { PICTURES_LISTED = 100 };

enum { PICTURES_SMALL = 48 /* pixels; what is smaller in either direction is an icon */ };

/* The picture of a node within max_columns × max_rows, in its own proportions and not larger than
 * its own size (or what width and height say). NULL where words must do: it is an icon, cannot be
 * found or decoded, or there is no room. `p` NULL: always NULL. */
const struct picture_cells *pictures_show(struct pictures *p, const struct item *item,
                                          const struct item_node *image, int max_columns,
                                          int max_rows);
/* The same as large as it fits, even an icon: for a look at it alone. */
const struct picture_cells *pictures_show_large(struct pictures *p, const struct item *item,
                                                const struct item_node *image, int max_columns,
                                                int max_rows);

#endif
