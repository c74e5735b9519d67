/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong, or merely odd, with a bank's items: for the people who keep it. */
#ifndef KAOCHANG_PAPERBANK_BANK_CHECK_H
#define KAOCHANG_PAPERBANK_BANK_CHECK_H

#include "base/err.h"
#include "paperbank/bank/bank.h"

struct bank_finding {
    const char *item; /* "" about the bank as a whole */
    const char *code; /* "no-explanation": stays the same in every language */
    const char *what; /* the finding */
    const char *todo; /* what to do about it */
};

typedef void bank_finding_fn(void *context, const struct bank_finding *f);

/* Looks at every item, in the order of ids, then at the bank as a whole. *ret_n: how many findings. */
MUST_CHECK int bank_check(struct bank *b, bank_finding_fn *tell, void *context, size_t *ret_n, struct err *e);
/* The same about one item: everything but the habits; its stem is compared with the 50 items that are most like it. ERR_DATA
 * for an item that the bank does not have. */
MUST_CHECK int bank_check_item(struct bank *b, const char *id, bank_finding_fn *tell, void *context, size_t *ret_n,
                               struct err *e);

#endif
