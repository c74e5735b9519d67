/* SPDX-License-Identifier: Apache-2.0 */
/* Trials against brute force: random problems of every kind of requirement, every objective and one to three
 * forms. ORACLE_ROUNDS tries more of them, ORACLE_SEED others, ORACLE_CASE one alone. */
#ifndef KAOCHANG_TESTS_ENGINE_TRIAL_H
#define KAOCHANG_TESTS_ENGINE_TRIAL_H

#include "tests/check.h"
#include "tests/engine/oracle.h"

struct trial {
    uint64_t number;
    struct problem *p;
    struct oracle_answer truth;
    struct rng rng;
};

uint64_t trial_setting(const char *name, uint64_t otherwise);
/* Every so many'th of the trials. */
void trial_each(void (*look)(struct trial *t), uint64_t every);
void trial_show(const struct trial *t);
/* Value of an objective of the trial's problem; truth.value's unit. */
int64_t trial_value(const struct trial *t, const struct selection *s, size_t objective);
bool trial_allows(const struct trial *t, const struct selection *s);

#define assert_so(condition, t, ...)                                                                         \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            trial_show(t);                                                                                   \
            fail_msg(__VA_ARGS__);                                                                           \
        }                                                                                                    \
    } while (0)

#endif
