/* SPDX-License-Identifier: Apache-2.0 */
/* Verifies an assembled exam from its folder alone: that its papers meet every requirement of problem.txt,
 * that they are worth what certificate.json says, and that proof.txt proves the bounds; all in exact
 * integers, without a solver. */
#ifndef KAOCHANG_ENGINE_VERIFY_H
#define KAOCHANG_ENGINE_VERIFY_H

#include <jansson.h>

#include "base/err.h"
#include "paperbank/bank/bank.h"

/* It is an assembled exam's, with or without a proof. */
bool exam_is_folder(const char *dir);

/* With `bank`, also that blueprint.xml and the bank as it is now give problem.txt. Adds what it found to the
 * object `facts`. ERR_NO: files contradict each other. ERR_DATA: a file is ill-formed, ERR_ENV: it cannot be
 * read. */
MUST_CHECK int exam_verify(const char *dir, struct bank *bank, json_t *facts, struct err *e);

#endif
