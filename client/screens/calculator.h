/* SPDX-License-Identifier: Apache-2.0 */
/* A calculator of one line: + - * / ( ) and % over exact fractions, so that 0.1+0.2 is 0.3 and 1/3*3 is 1.
 * Pure. */
#ifndef KAOCHANG_CLIENT_SCREENS_CALCULATOR_H
#define KAOCHANG_CLIENT_SCREENS_CALCULATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "client/screens/field.h"

enum {
    CALCULATOR_COLUMNS = 40, /* of what can be typed */
    CALCULATOR_RESULT = 48,
    CALCULATOR_HISTORY = 3,
    CALCULATOR_DECIMALS = 12, /* shown; a result with more is rounded, half away from zero, and says so */
    CALCULATOR_DIGITS = 15,   /* before the point, in what is typed and in a result */
};

struct calculator_result {
    char text[CALCULATOR_RESULT]; /* "0.3", "-1250" */
    bool rounded;
};

/* "12*(3+4)%": % is a hundredth of what stands before it. Full-width digits and signs, multiplication and
 * division signs of print, the Chinese full stop and the enumeration comma (where the key of / has it) count
 * as the plain ones; blanks count as nothing. ERR_NO says what is wrong, and where. */
MUST_CHECK int calculator_run(const char *expression, struct calculator_result *ret, struct err *e);

/* What is typed, and what was computed last, the newest last. */
struct calculator {
    struct field line;
    struct calculator_line {
        char expression[3 * CALCULATOR_COLUMNS + 1];
        struct calculator_result result;
    } history[CALCULATOR_HISTORY];
    size_t n;
    char complaint[256]; /* about what was typed; "" if none */
};

/* Typing, Enter computes, Up brings the last expression back. True if the key meant anything. */
bool calculator_key(struct calculator *c, struct key k);

#endif
