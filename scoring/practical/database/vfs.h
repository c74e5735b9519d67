/* SPDX-License-Identifier: Apache-2.0 */
/* A VFS that knows one folder; inside this folder of the source only. */
#ifndef KAOCHANG_SCORING_PRACTICAL_DATABASE_VFS_H
#define KAOCHANG_SCORING_PRACTICAL_DATABASE_VFS_H

#include "base/err.h"

struct folder_vfs;

/* Registers it under a name of its own. `folder` is copied; only files right in it can be opened, looked for
 * and deleted; others are not there. The clock stands at noon of 2026-01-01, UTC, or of another day;
 * randomness is zero. */
MUST_CHECK int folder_vfs_new(struct folder_vfs **ret, const char *folder, struct err *e);
void folder_vfs_set_day(struct folder_vfs *v, int32_t year, int32_t month, int32_t day);
const char *folder_vfs_name(const struct folder_vfs *v);
void folder_vfs_free(struct folder_vfs *v); /* NULL is fine; after the last connection is closed */

#endif
