/* SPDX-License-Identifier: Apache-2.0 */
/* The private copy of a database on the disk; inside this folder of the source only. */
#ifndef KAOCHANG_SCORING_PRACTICAL_DATABASE_COPY_H
#define KAOCHANG_SCORING_PRACTICAL_DATABASE_COPY_H

#include "scoring/practical/fact.h"

/* Writes NAME, NAME-wal and NAME-journal as "work", "work-wal", "work-journal" into a new folder under TMPDIR
 * (else /tmp), which only this user may enter. *ret_folder is to be freed, after copy_remove. ERR_DATA, with a
 * practical_fault, for what is no SQLite database. */
MUST_CHECK int copy_make(char **ret_folder, const struct practical_folder *folder, const char *path,
                         struct err *e);
void copy_remove(const char *folder);

#endif
