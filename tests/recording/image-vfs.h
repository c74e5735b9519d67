/* SPDX-License-Identifier: Apache-2.0 */
/* Two SQLite VFS for crash images: one that serves the files of an image from memory, so that tens of
 * thousands can be opened in seconds, and one over the real one whose users believe in weaker promises than
 * they ask for. */
#ifndef KAOCHANG_TESTS_RECORDING_IMAGE_VFS_H
#define KAOCHANG_TESTS_RECORDING_IMAGE_VFS_H

#include "tests/recording/image.h"

#define IMAGE_VFS "image"
/* Path of a file of the image: IMAGE_FOLDER "/T001.journal". Nothing may lie there. */
#define IMAGE_FOLDER "/a-crash-image"
/* From now on the VFS serves this one, which must stay as long. */
void image_vfs_serve(struct image *i);

/* "PRAGMA synchronous=FULL" means NORMAL here. */
#define NORMAL_VFS "normal"
/* "PRAGMA journal_mode=WAL" is passed over: a rollback journal, with synchronous=FULL. */
#define ROLLBACK_VFS "rollback"
void weak_vfs(void);

#endif
