/* SPDX-License-Identifier: Apache-2.0 */
/* What collect.c and collect-write.c share; nobody else includes this. */
#ifndef KAOCHANG_EXAM_PACKAGES_COLLECT_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_COLLECT_INTERNAL_H

#include "exam-packages/collect.h"
#include "exam-packages/station.h"

struct collection {
    struct arena *arena;
    char *folder; /* HOME/sessions/SESSION */
    const char *session;
    struct station *station;
    struct trust *trust;
    struct package *package;
    struct collected *item;
    struct bundle_sitting *sitting;
    size_t n;
    struct collected *stranded;
    struct bundle_sitting *stranded_sitting;
    const char **stranded_name;
    size_t n_stranded;
    bool closed;
    const char **behind; /* tickets of sittings that are not closed, or damaged */
    size_t n_behind;
};

#endif
