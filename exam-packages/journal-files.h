/* SPDX-License-Identifier: Apache-2.0 */
/* Files that a candidate made, as they stand in a journal (docs/formats.md, "Files").
 *
 * A content is written in pieces (JOURNAL_FILE), named by its id: BLAKE2b-256 keyed with the epoch's sub-key
 * `blob` over the whole content. A snapshot (JOURNAL_SNAPSHOT) says which files an item had, by path and id;
 * every content that it names stands before it, in its own epoch or in an earlier one. The last snapshot of
 * an item is the candidate's work on it. What an epoch superseded does not count, as with answers.
 */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_FILES_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_FILES_H

#include "exam-packages/journal.h"

enum {
    JOURNAL_PIECE = 256 << 10, /* bytes of content in one event; all but the last of a content have so many */
    JOURNAL_MAX_FILE = 32 << 20,      /* bytes of one content */
    JOURNAL_MAX_CONTENTS = 256 << 20, /* of all contents of a sitting together */
    JOURNAL_MAX_FILES = 500,          /* in one snapshot */
    JOURNAL_MAX_DIFFERENT = 10000,    /* contents of a sitting */
    JOURNAL_MAX_FILE_ITEMS = 1000,    /* items of a sitting that have files */
    JOURNAL_MAX_FILE_PATH = 1000,     /* bytes of UTF-8 */
};

/* ---- payloads ---- */
struct journal_piece {
    uint8_t id[32];      /* of the whole content */
    int64_t size;        /* of the whole content */
    int64_t offset;      /* of these bytes */
    struct span content; /* borrowed; empty only where the content is */
};
void journal_piece_put(const struct journal_piece *p, struct bytes *out);
/* ERR_DATA where it is none, or outside the limits. */
MUST_CHECK int journal_piece_read(struct journal_piece *ret, struct span payload, struct err *e);

enum journal_attribute {
    JOURNAL_READ_ONLY = 1, /* nobody may write it */
    JOURNAL_FOLDER = 2,    /* no file: size 0, the id zeros */
};
struct journal_file {
    const char *path; /* path_is_safe */
    int64_t size, mtime_ms;
    int64_t attributes; /* of enum journal_attribute */
    uint8_t id[32];
};
struct journal_snapshot {
    bool final;  /* at the end of the sitting, or of its section: everything was looked at once more */
    bool worked; /* something differs from what the candidate was given */
    struct journal_file *file; /* sorted by path, bytewise; no path twice */
    size_t n;
};
void journal_snapshot_put(const struct journal_snapshot *s, struct bytes *out);
/* Texts and files into the arena. */
MUST_CHECK int journal_snapshot_read(struct journal_snapshot *ret, struct arena *a, struct span payload,
                                     struct err *e);
/* Its `worked`, without reading the rest; false where it is no snapshot. */
bool journal_snapshot_worked(struct span payload);

/* The id of a content in an epoch with that `blob` (journal_keys); step by step, or at once.
 * Without a `blob` (NULL) it is the plain BLAKE2b-256, by which packages name their files. */
struct journal_content_hash {
    _Alignas(64) uint8_t state[384];
};
void journal_content_begin(struct journal_content_hash *h, const uint8_t blob[32]);
void journal_content_add(struct journal_content_hash *h, struct span part);
void journal_content_end(struct journal_content_hash *h, uint8_t ret_id[32]);
void journal_content_id(const uint8_t blob[32], struct span content, uint8_t ret_id[32]);

/* ---- the files of a sitting ---- */
struct journal_files;
struct journal_files *journal_files_new(void);
void journal_files_free(struct journal_files *f); /* NULL is fine */
/* Takes in the next event that counts (not a superseded one), whatever its kind; where it stands is
 * remembered, not its bytes. A piece that does not continue what is there of its content is passed over, and
 * so is a damaged payload, which journal_files_damaged counts: only a program that is not ours writes one,
 * and it must not cost the answers. */
void journal_files_add(struct journal_files *f, const struct journal_event *event);
size_t journal_files_damaged(const struct journal_files *f);
/* All of an unsealed journal, read and verified from its beginning: the work that a scorer looks at. Both are
 * used together afterwards; the journal must stay open. */
MUST_CHECK int journal_files_load(struct journal_files **ret, struct journal *j, struct err *e);

/* Items with a snapshot, in the order of their first one; NULL past the end. Borrowed. */
const char *journal_files_item(const struct journal_files *f, size_t i);
/* The item's last snapshot; NULL: it has none, and nothing was worked on. Borrowed. */
const struct journal_snapshot *journal_files_of(const struct journal_files *f, const char *item);
/* Epoch and seq of that snapshot; false: none. */
bool journal_files_place(const struct journal_files *f, const char *item, int64_t *ret_epoch,
                         int64_t *ret_seq);
/* How many bytes of that content are there, from its beginning on; -1: none of it was written. */
int64_t journal_files_have(const struct journal_files *f, const uint8_t id[32]);
bool journal_files_whole(const struct journal_files *f, const uint8_t id[32], int64_t size);
/* Bytes of all contents together. */
/* No further content is taken in: there are JOURNAL_MAX_DIFFERENT. */
bool journal_files_full(const struct journal_files *f);
int64_t journal_files_bytes(const struct journal_files *f);

/* The content of a file of a snapshot, verified against its id. ERR_DATA when pieces are missing or it is not
 * what its id says. The bytes are added to *ret only when all is well; a folder has none. */
MUST_CHECK int journal_files_get(const struct journal_files *f, struct journal *j,
                                 const struct journal_file *file, struct bytes *ret, struct err *e);

#endif
