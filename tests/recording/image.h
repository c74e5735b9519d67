/* SPDX-License-Identifier: Apache-2.0 */
/* What may lie on the disk after the power went out, from a recording: whatever was synced, and any part of
 * the rest.
 *
 * The rule is as strict as POSIX allows: a write counts only after a sync of its file, an entry of a folder
 * (a file created, renamed, linked, removed) only after a sync of that folder, and what is not synced may be
 * there or not, each piece for itself, in sectors of 512 bytes. A rename is there or not as a whole.
 */
#ifndef KAOCHANG_TESTS_RECORDING_IMAGE_H
#define KAOCHANG_TESTS_RECORDING_IMAGE_H

#include "base/bytes.h"
#include "tests/recording/record.h"

enum { IMAGE_SECTOR = 512 };

struct image_entry {
    int dir, inode;
    bool folder;
    char name[RECORD_NAME];
};

struct image {
    struct bytes *file; /* by inode */
    int inodes;
    struct image_entry *entry;
    size_t n, cap;
};

/* Contents of the file `path` ("packages/am.exam") in the recorded folder, to be read and changed; NULL when
 * it is not there. */
struct bytes *image_file(struct image *i, const char *path);
/* Creates an empty file, in the recorded folder itself. */
struct bytes *image_create(struct image *i, const char *name);
void image_remove(struct image *i, const char *name);
/* Writes it as a tree; `dir` is emptied before. */
void image_write(const struct image *i, const char *dir);

struct image_plan {
    size_t all_up_to; /* with so many unsynced operations every subset is tried */
    size_t seeded;    /* beyond: so many, drawn at random */
    size_t torn;      /* and so many with sectors missing */
    uint64_t seed;
};
/* Moderate; with KAOCHANG_TEST_LONG set all subsets up to 12 operations, 10,000 drawn beyond. */
struct image_plan image_plan(void);

struct image_result {
    long images, guilty;
    char first[600]; /* what was found in the first guilty one, and which it was */
};
/* Looks at one image: `said` is the highest acknowledgement before the power went out, -1 none. May change
 * the image. NULL when all is as it must be, else what is wrong, borrowed until the next call. */
typedef const char *image_check_fn(void *context, struct image *i, int64_t said);
struct image_result image_each(const struct record *r, const struct image_plan *plan, image_check_fn *check,
                               void *context);

#endif
