/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the rules of practical items: what packing would refuse, told while the author is at it.
 */
#ifndef KAOCHANG_CLI_BANK_CHECK_TASKS_H
#define KAOCHANG_CLI_BANK_CHECK_TASKS_H

#include "paperbank/bank/check.h"

/* Every practical item that is not retired, by id; adds to *n. */
MUST_CHECK int bank_check_tasks(struct bank *b, bank_finding_fn *tell, void *context, size_t *n,
                                struct err *e);

#endif
