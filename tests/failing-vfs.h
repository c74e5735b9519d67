/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS over the real one whose writes and syncs can be made to fail. */
#ifndef KAOCHANG_TESTS_FAILING_VFS_H
#define KAOCHANG_TESTS_FAILING_VFS_H

#include <stdbool.h>

#define FAILING_VFS "failing"

struct failing_vfs {
    long countdown; /* this many writes and syncs still succeed; negative: all do */
    bool for_good;  /* once failed, goes on failing (a full disk), instead of failing once */
    long calls;     /* writes and syncs so far */
    bool unreadable; /* reads fail too, and nothing can be opened: the disk is gone */
    int says;        /* what a failing write says: SQLITE_FULL when 0, else SQLITE_READONLY … */
};

/* Registers the VFS (once) and returns its controls. */
struct failing_vfs *failing_vfs(void);
/* Whoever names no VFS gets this one, or the real one again. */
void failing_vfs_for_all(bool all);

#endif
