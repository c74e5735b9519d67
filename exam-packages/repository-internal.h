/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by exam-packages/repository*.c only. */
#ifndef KAOCHANG_EXAM_PACKAGES_REPOSITORY_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_REPOSITORY_INTERNAL_H

#include "exam-packages/repository.h"

/* Give r back; where it says that the mirror has no such file, with what to do about it. */
int repository_if_absent(int r, const char *hint, struct err *e);
int repository_is_none(int r, struct err *e);

/* Notes a clock that was set back since the home's trust was written. */
void repository_compare_with_home(const struct source *s, const char *home, int64_t now_ms);

/* As they are listed; the name is in the repository's arena. */
struct repository_file repository_file_of(const struct repository *r, const struct target_package *t);
struct repository_file repository_file_of_supplement(const struct repository *r,
                                                     const struct target_supplement *s);
/* ERR_NO where `packages`, a document or a package in it is a link, a device or the like: what is written there
 * would come out elsewhere. A folder that is not there yet is fine. */
int repository_check_place(const char *folder, struct err *e);
/* True if that very file lies there. */
bool repository_file_is_here(const char *path, const struct repository_file *f);

#endif
