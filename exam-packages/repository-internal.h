/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by exam-packages/repository*.c only. */
#ifndef KAOCHANG_EXAM_PACKAGES_REPOSITORY_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_REPOSITORY_INTERNAL_H

#include "exam-packages/repository.h"

/* Give r back; where it says that the mirror has no such file, with what to do about it. */
int repository_if_absent(int r, const char *hint, struct err *e);
int repository_is_none(int r, struct err *e);

#endif
