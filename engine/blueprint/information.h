/* SPDX-License-Identifier: Apache-2.0 */
/* Item response theory: what an item tells about a candidate of a given ability. */
#ifndef KAOCHANG_ENGINE_INFORMATION_H
#define KAOCHANG_ENGINE_INFORMATION_H

#include "paperbank/bank/bank.h"

enum { INFORMATION_UNIT = 1000000 };

/* Fisher's information of the three-parameter logistic model at that ability (thousandths), in millionths,
 * half up: (D a)^2 (Q / P) ((P - c) / (1 - c))^2 (Lord 1980, Birnbaum 1968). The same on every machine: + - *
 * / only. irt->a is not 0. */
int64_t information_at(const struct bank_irt *irt, int64_t theta);

#endif
