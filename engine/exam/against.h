/* SPDX-License-Identifier: Apache-2.0 */
/* Whether an exam that verifies is also what its blueprint and the bank give: used by verify.c alone. */
#ifndef KAOCHANG_ENGINE_AGAINST_H
#define KAOCHANG_ENGINE_AGAINST_H

#include <jansson.h>

#include "base/bytes.h"
#include "base/err.h"
#include "engine/problem/problem.h"
#include "paperbank/bank/bank.h"
#include "paperbank/item/paper.h"

struct against {
    const char *dir; /* the exam's folder */
    struct span blueprint, problem_text;
    const struct problem *problem;
    const struct selection *selection;
    struct paper *paper;
    const json_t *certificate;
};

/* ERR_NO: problem.txt, paper.xml, the certificate's forms, or an item's text in the version that the paper names, is
 * another one. */
MUST_CHECK int against_bank(const struct against *x, struct bank *bank, struct err *e);

#endif
