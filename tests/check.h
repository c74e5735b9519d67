/* SPDX-License-Identifier: Apache-2.0 */
/* What every cmocka program includes: the headers cmocka wants before itself, and a few assertions in our words. */
#ifndef KAOCHANG_TESTS_CHECK_H
#define KAOCHANG_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

/* The call succeeded; otherwise its message is shown. */
#define assert_done(call, e)                                                                                           \
    do {                                                                                                               \
        if ((call) < 0)                                                                                                \
            fail_msg("%s: %s: %s", #call, (e).where, (e).what);                                                        \
    } while (0)

/* The call was refused, as that kind, with a message that holds `words`. */
#define assert_refused(call, wanted, words, e)                                                                         \
    do {                                                                                                               \
        assert_int_equal((call), -(wanted));                                                                           \
        if (!strstr((e).what, words))                                                                                  \
            fail_msg("the message is \"%s\", not about \"%s\"", (e).what, words);                                      \
    } while (0)

/* For main, before any test: tells the runner that the whole program is skipped, and why. (cmocka's skip() writes "not ok",
 * which meson counts as a failure.) */
static inline int skip_program(const char *why)
{
    printf("1..0 # SKIP %s\n", why);
    fprintf(stderr, "SKIPPED: %s\n", why);
    return 0;
}

#endif
