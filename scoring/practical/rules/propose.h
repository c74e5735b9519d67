/* SPDX-License-Identifier: Apache-2.0 */
/* Rules proposed from a start folder and a model solution: a check for each fact that differs, for an author
 * to prune and weight. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_PROPOSE_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_PROPOSE_H

#include "scoring/practical/rules/rules.h"

enum { PROPOSE_MAX_CHECKS = 1000, PROPOSE_MAX_PROTECTED = 100, PROPOSE_MAX_FACTS = 20000 };

struct propose_options {
    const char *id;  /* of the rules */
    points_t points; /* that all checks together give, equal parts; 0: 100 */
    bool protect;    /* also a forbid for each text and number that stayed, PROPOSE_MAX_PROTECTED at most */
};

struct proposal {
    struct rules *rules; /* rules_free */
    size_t n_differing;  /* facts that differ; more than PROPOSE_MAX_CHECKS are not proposed */
    size_t n_unreadable; /* files that could not be read, and are left out */
    size_t n_cut;        /* files of which only the first PROPOSE_MAX_FACTS facts were looked at */
};

/* Every proposed check is met by the model and not by the start. ERR_DATA where nothing differs. */
MUST_CHECK int propose_rules(struct proposal *ret, const struct practical_folder *start,
                             const struct practical_folder *model, const struct propose_options *options,
                             struct err *e);

#endif
