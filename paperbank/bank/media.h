/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures of items: taken in with an item, kept once by the hash of their bytes, and given
 * out. In the item's document as the bank keeps it a picture is named media/HASH.png, so that
 * another picture is another version, and exam and package need no second name for it. */
#ifndef KAOCHANG_PAPERBANK_BANK_MEDIA_H
#define KAOCHANG_PAPERBANK_BANK_MEDIA_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/bank/bank.h"
#include "paperbank/item/item.h"
#include "paperbank/item/pictures.h"

/* Of one item: pictures, and bytes of all of them together. */
enum { MEDIA_MAX_PICTURES = 100, MEDIA_MAX_BYTES = 32 << 20 };

struct bank_picture {
    const char *name; /* media/HASH.png; media/HASH.svg for one that is kept but not shown */
    const char *href; /* what the imported document called it */
    const char *hash, *type;
    int64_t width, height, size; /* pixels (0 for SVG), bytes */
};

/* The pictures of a version, sorted by href, into the arena. */
MUST_CHECK int bank_item_pictures(struct bank *b, const char *id, int64_t version, struct arena *a,
                                  struct bank_picture **ret, size_t *ret_n, struct err *e);
/* False where one before it has the same name: one picture under two hrefs. */
bool bank_picture_is_first(const struct bank_picture *picture, size_t i);
/* Its bytes, appended. ERR_DATA when the bank does not have it. */
MUST_CHECK int bank_picture_bytes(struct bank *b, const char *hash, struct bytes *ret,
                                  struct err *e);
/* Writes those of a version that are PNG (or `all` of them) as dir/media/NAME; one that is there
 * already is left. */
MUST_CHECK int bank_write_pictures(struct bank *b, const char *id, int64_t version, const char *dir,
                                   bool all, struct err *e);

/* ---- for the import ---- */

struct media_set;
struct prepared_item;

/* Finds, decodes and names anew all pictures of `item`, which was read from p->xml; *ret_xml gets
 * its QTI 2.2 bytes with the new names, into the arena. ERR_DATA with "file:line" when a picture is
 * not there, leads out of the package, lies on the network, is past the bounds or no picture; an
 * item that is not `shown` to candidates (a graphic one) keeps the href instead of one that is just
 * not there. An SVG is kept as it is if the item has words for it. */
MUST_CHECK int media_take(struct media_set **ret, struct span *ret_xml, const struct item *item,
                          const struct prepared_item *p, bool shown, struct arena *a, struct err *e);
/* As media_take, without the new document: for documents that are no items, as an item that has only `doc`
 * and `arena`. media_new_name is then for item_rename_pictures; its context is the set. */
MUST_CHECK int media_gather(struct media_set **ret, const struct item *item, const struct prepared_item *p,
                            bool shown, struct arena *a, struct err *e);
const char *media_new_name(void *set, const char *href);
void media_free(struct media_set *m); /* NULL is fine */
/* Stores them for a new version; NULL: there are none. Those of a test stand under "tests/ID". */
MUST_CHECK int media_store(struct bank *b, const char *id, int64_t version, const struct media_set *m,
                           struct err *e);

#endif
