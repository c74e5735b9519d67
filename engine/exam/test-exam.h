/* SPDX-License-Identifier: Apache-2.0 */
/* An exam from an assessment test of the bank, without a search: selection and ordering by a seed for each
 * form, sections as the test has them, weights as points, time limits as duration. What a sealed exam cannot
 * honour is refused with its element and line. */
#ifndef KAOCHANG_ENGINE_TEST_EXAM_H
#define KAOCHANG_ENGINE_TEST_EXAM_H

#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/bank/bank.h"
#include "paperbank/item/paper.h"
#include "paperbank/test/plan.h"

struct test_wish {
    uint64_t seed;
    size_t forms;
    int64_t duration_s;  /* 0: as the test says */
    points_t pass, high; /* below 0: 60 and 85 percent of the points */
};

/* Told once for each thing that stands in the way: the line in the test and what to do. */
typedef void test_reason_fn(void *context, unsigned line, const char *what);

/* How many reasons there are; 0: the test can be a sealed exam as far as it can be seen without its items. */
size_t test_reasons(const struct test *t, const struct test_wish *wish, test_reason_fn *tell, void *context);

/* The paper; `id` is the exam's plain name. ERR_DATA for an item that a sealed exam must not use or that
 * occurs twice in a form, a weight that gives no points with three decimals, forms of different worth. Free
 * the paper. */
MUST_CHECK int test_paper(struct paper **ret, const struct test *t, const char *id,
                          const struct test_wish *wish, struct bank *bank, struct err *e);
/* What was done, as JSON for the exam's folder. */
void test_certificate(const struct test *t, int64_t version, const struct test_wish *wish,
                      const struct paper *p, struct bytes *out);

#endif
