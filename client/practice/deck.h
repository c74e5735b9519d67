/* SPDX-License-Identifier: Apache-2.0 */
/* What is practised: items with their keys, read from whatever was named; what cannot be shown is passed over and told. */
#ifndef KAOCHANG_CLIENT_PRACTICE_DECK_H
#define KAOCHANG_CLIENT_PRACTICE_DECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "paperbank/item/item.h"
#include "paperbank/item/paper.h"

enum { DECK_MAX_CARDS = PAPER_MAX_ITEMS, DECK_MAX_SKIPPED = 200, DECK_SEED = 160 };

struct card {
    const char *name;     /* for messages: the file */
    const char *section;  /* title, or "" */
    struct span document; /* with its key: what kaochang-score gets */
    points_t points;      /* what the item can earn; 0: not known */
    struct item *source;  /* as read */
    struct item *shown;   /* with its numbers drawn; the same as source where there is nothing to draw */
    char seed[DECK_SEED]; /* of choices and numbers; changes with every start */
};

struct deck_skipped {
    const char *name, *why;
};

struct deck {
    struct arena *arena;
    const char *title;
    struct card *card;
    size_t n;
    struct deck_skipped *skipped;
    size_t n_skipped; /* all of them; the first DECK_MAX_SKIPPED are kept */
};

struct deck_options {
    const char *const *path;
    size_t n_paths;
    const char *home; /* whose trust practice packages are verified with */
    const char *form; /* of a practice package; NULL: its first */
};

/* Reads items (QTI files, folders with or without imsmanifest.xml, content packages, practice packages). ERR_DATA where
 * a package as a whole cannot be read, and where nothing is left to practise; ERR_NO for a package that does not verify
 * or is sealed. */
MUST_CHECK int deck_open(struct deck **ret, const struct deck_options *o, struct err *e);
void deck_free(struct deck *d); /* NULL is fine */

/* Draws the numbers of all items anew; equal seeds give equal numbers. An item whose numbers cannot be drawn leaves
 * the deck and is told among the skipped. */
void deck_draw(struct deck *d, uint64_t seed);

/* ---- for the readers of the folder ---- */

/* Adds an item from its bytes, which are copied, or notes why not. `points` 0: what the item says. */
struct deck_entry {
    const char *name, *section;
    struct span document;
    points_t points;
};
void deck_add(struct deck *d, const struct deck_entry *x);
void deck_skip(struct deck *d, const char *name, const struct err *e);
/* A practice package: deck-exam.c. */
MUST_CHECK int deck_add_exam(struct deck *d, const char *path, const struct deck_options *o, struct err *e);
/* A file, a folder, a content package: deck-load.c. */
MUST_CHECK int deck_add_path(struct deck *d, const char *path, const struct deck_options *o, struct err *e);

#endif
