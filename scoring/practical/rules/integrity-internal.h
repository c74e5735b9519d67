/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_INTEGRITY_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_INTEGRITY_INTERNAL_H

#include "scoring/practical/rules/integrity.h"

/* Something that a file has and that another file may have too. */
struct feature {
    enum trace_kind kind;
    const char *value; /* in the arena */
    uint32_t owner;    /* index of the file; UINT32_MAX: the start */
};

struct traces {
    struct arena *arena;
    struct feature *feature;
    size_t n, cap;
    const char **file;   /* "candidate/path" by owner */
    uint32_t *candidate; /* by owner */
    const char **base;   /* by owner: the path inside the candidate's folder */
    uint32_t n_files, file_cap, n_candidates;
    bool full;
};

/* Adds one; an empty value is none. */
void traces_feature(struct traces *t, enum trace_kind kind, const char *value, uint32_t owner);
/* All features of one file (integrity-file.c). */
void traces_of_file(struct traces *t, const struct practical_file *f, uint32_t owner);

#endif
