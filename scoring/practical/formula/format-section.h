/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of formula/: a number format's code as sections of tokens. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_FORMAT_SECTION_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_FORMAT_SECTION_H

#include "base/bytes.h"
#include "scoring/practical/formula/number-format.h"

enum token_kind {
    TOKEN_LITERAL,
    TOKEN_DIGIT, /* letter: 0 # ? */
    TOKEN_POINT,
    TOKEN_PERCENT,
    TOKEN_EXPONENT, /* letter: + or - */
    TOKEN_SLASH,    /* of a fraction */
    TOKEN_DATE, /* letter: y m d h M (minutes) s a (AM/PM) w (aaa) . (parts of a second); count: how many */
    TOKEN_ELAPSED, /* letter: h M s */
    TOKEN_TEXT,    /* @ */
    TOKEN_GENERAL,
};

struct token {
    enum token_kind kind;
    char letter;
    int count;
    const char *text; /* LITERAL; AM/PM: "AM/PM", "A/P", "上午/下午" */
};

enum condition {
    CONDITION_NONE,
    CONDITION_BELOW,
    CONDITION_AT_MOST,
    CONDITION_ABOVE,
    CONDITION_AT_LEAST,
    CONDITION_EQUAL,
    CONDITION_UNEQUAL
};

struct section {
    struct token *token;
    size_t n;
    enum condition condition;
    double bound;
    const char *color, *currency;
    const char *unknown;                                   /* "[DBNum1]": cannot be shown */
    int integers, decimals, min_decimals, percents, scale; /* digits; commas at the end */
    bool thousands, date, time, exponent, fraction, text, general, fillers;
};

enum { FORMAT_MAX_SECTIONS = 4 };
struct sections {
    struct section section[FORMAT_MAX_SECTIONS];
    size_t n;
};

MUST_CHECK int sections_read(struct sections *ret, struct arena *a, const char *code, struct err *e);
/* x as a day and a time, with the literal texts around them; false: it is no date, and nothing is written. */
bool section_put_date(struct bytes *out, const struct section *s, double x, bool date1904);

#endif
