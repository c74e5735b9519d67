/* SPDX-License-Identifier: Apache-2.0 */
/* Records what a program asks of the disk: every write, truncation, sync, creation, rename, link and removal
 * below one folder, in its order and with its data. The calls of the C library are taken over by functions of
 * the same name in the test program, so that SQLite's own unix VFS (with its syncs of folders) and
 * base/file.c stand in one log, and nothing is built into the product. Children that are forked while
 * recording write into the same log. What a stream (FILE) writes is seen when its file is synced, renamed,
 * linked or acknowledged.
 *
 * Not recorded: SQLite's -shm files, which are rebuilt after a crash; permissions and times.
 */
#ifndef KAOCHANG_TESTS_RECORDING_RECORD_H
#define KAOCHANG_TESTS_RECORDING_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_kind {
    RECORD_WRITE,    /* inode, at, data */
    RECORD_TRUNCATE, /* inode, at: the new size */
    RECORD_ENTRY,    /* dir, name → inode: a file or folder was created or linked */
    RECORD_REMOVE,   /* dir, name */
    RECORD_RENAME,   /* from dir, name to to_dir, to_name; what it names is settled when it is recorded: inode
                      */
    RECORD_SYNC,     /* inode: its data */
    RECORD_SYNC_DIR, /* dir: its entries */
    RECORD_SYNC_ALL,
    RECORD_SAID, /* at: which acknowledgement, counted by the test */
};

enum { RECORD_NAME = 128, RECORD_ROOT = 0 };

struct record_op {
    enum record_kind kind;
    int inode, dir, to_dir; /* numbers of their own, never used twice; the recorded folder is RECORD_ROOT */
    char name[RECORD_NAME], to_name[RECORD_NAME];
    int64_t at;
    const uint8_t *data; /* borrowed from the log */
    size_t n;
    bool folder; /* RECORD_ENTRY: of a folder */
};

struct record {
    const struct record_op *op;
    size_t n, n_before; /* the first n_before ops are what lay there already: on the disk */
    int inodes;         /* one more than the highest number */
};

/* What is left out of the log, as if the program had not asked for it: tests of the test. */
enum record_deaf { RECORD_ALL = 0, RECORD_NO_SYNC = 1, RECORD_NO_SYNC_DIR = 2 };

/* From now on what happens below `root` is recorded. One recording at a time. */
void record_begin(const char *root, enum record_deaf deaf);
/* "Done" is said to somebody here. */
void record_said(int64_t which);
/* Ends the recording; the log stays until the next one begins. */
struct record record_end(void);

#endif
