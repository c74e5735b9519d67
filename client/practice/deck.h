/* SPDX-License-Identifier: Apache-2.0 */
/* What is practised: items with their keys, read from whatever was named; what cannot be shown is passed over
 * and told. */
#ifndef KAOCHANG_CLIENT_PRACTICE_DECK_H
#define KAOCHANG_CLIENT_PRACTICE_DECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/package-source.h"
#include "paperbank/item/expression/instance.h"
#include "paperbank/item/item.h"
#include "paperbank/item/paper.h"
#include "paperbank/test/plan.h"

enum { DECK_MAX_CARDS = PAPER_MAX_ITEMS, DECK_MAX_SKIPPED = 200, DECK_SEED = 200 };

struct deck_document {              /* an item as it was read */
    const char *name;               /* of the file: in its package, if it has one; stands in messages */
    struct package_source *package; /* where its pictures are; NULL: in `media` of the deck, if anywhere */
    struct span data;               /* with its key: what kaochang-score gets */
    struct item *item;
    points_t points; /* what it can earn; 0: not known */
};

struct card {
    const struct deck_document *document;
    const char *section;  /* title, or "" */
    struct item *shown;   /* with its numbers drawn */
    struct item *before;  /* what was shown until the test drew it anew (deck_redeal); NULL: the same */
    struct bytes drawn;   /* its document then, for kaochang-score instead of the card's own */
    char seed[DECK_SEED]; /* of choices and numbers; changes with every start */
};

struct deck_picture {
    const char *name;
    struct span data;
};

struct deck_skipped {
    const char *name, *why;
};

struct deck {
    struct arena *arena;
    const char *title;
    struct deck_document **document;
    size_t n_documents;
    struct card *card; /* after deck_draw */
    size_t n;
    struct test *test;      /* NULL: items one after the other */
    struct test_plan *plan; /* of a test: card i is its slot i */
    struct package_source **package;
    size_t n_packages, package_room;
    struct deck_picture *media; /* of a practice package */
    size_t n_media;
    struct deck_skipped *skipped;
    size_t n_skipped; /* all of them; the first DECK_MAX_SKIPPED are kept */
};

struct deck_options {
    const char *const *path;
    size_t n_paths;
    const char *home; /* whose trust practice packages are verified with */
    const char *form; /* of a practice package; NULL: its first */
    bool test;        /* of a content package: its test instead of its items */
};

/* Reads items (QTI files, folders with or without imsmanifest.xml, content packages, practice packages).
 * ERR_DATA where a package or a test as a whole cannot be read, and where nothing is left to practise; ERR_NO
 * for a package that does not verify or is sealed. */
MUST_CHECK int deck_open(struct deck **ret, const struct deck_options *o, struct err *e);
void deck_free(struct deck *d); /* NULL is fine */

/* Deals the cards: draws selection, orders and numbers anew; equal seeds give equal cards. An item whose
 * numbers cannot be drawn is told among the skipped; in a test that is an error. What was dealt before is
 * gone. */
MUST_CHECK int deck_draw(struct deck *d, uint64_t seed, struct err *e);
/* For pictures_new: the picture of an item that was dealt, as PNG. The context is the deck. */
int deck_find_picture(void *context, const struct item *item, const char *href, struct bytes *ret,
                      struct err *e);

/* ---- for the readers of the folder ---- */

/* Adds an item from its bytes, which are copied. `points` 0: what the item says. ERR_DATA for what cannot be
 * shown. */
struct deck_entry {
    const char *name;
    struct package_source *package;
    struct span data;
    points_t points;
};
MUST_CHECK int deck_add(struct deck *d, const struct deck_entry *x, struct err *e);
void deck_skip(struct deck *d, const char *name, const struct err *e);
/* Adds it or notes why not. */
void deck_try(struct deck *d, const struct deck_entry *x);
/* The deck closes it. */
void deck_keep(struct deck *d, struct package_source *package);
/* A practice package: deck-exam.c. */
MUST_CHECK int deck_add_exam(struct deck *d, const char *path, const struct deck_options *o, struct err *e);
/* A file, a folder, a content package: deck-load.c. */
MUST_CHECK int deck_add_path(struct deck *d, const char *path, const struct deck_options *o, struct err *e);
/* The test of that name in a package, with its items: deck-test.c. */
MUST_CHECK int deck_add_test(struct deck *d, struct package_source *package, const char *name, struct err *e);
/* Deals the cards of a test by that seed. */
MUST_CHECK int deck_draw_test(struct deck *d, const char *seed, struct err *e);
/* Instantiates an item for a card. */
MUST_CHECK int deck_deal(struct card *c, const struct deck_document *document, const char *section,
                         const char *seed, struct err *e);

/* Draws a card again, its template variables starting with these values: templateDefault of a test. What
 * was dealt stays valid until the next deal. */
MUST_CHECK int deck_redeal(struct card *c, const struct item_default *start, size_t n, struct err *e);
/* The document that kaochang-score gets for a card. */
struct span deck_document_of(const struct card *c);

#endif
