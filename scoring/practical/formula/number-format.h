/* SPDX-License-Identifier: Apache-2.0 */
/* Number formats of spreadsheets (ECMA-376 part 1, 18.8.30 and 18.8.31): what a code means, and what a value
 * looks like under it. English names of months and weekdays, Chinese ones for aaa and aaaa. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_NUMBER_FORMAT_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_NUMBER_FORMAT_H

#include "base/err.h"
#include "scoring/practical/formula/value.h"

enum { NUMBER_FORMAT_MAX_TEXT = 1024 /* bytes; Excel allows 255 characters */ };

enum number_format_kind {
    NUMBER_GENERAL,
    NUMBER_NUMBER,
    NUMBER_CURRENCY,   /* has ¥ $ € £ 元 or [$…] */
    NUMBER_ACCOUNTING, /* currency or number with _ and * fillers: _(* #,##0_) */
    NUMBER_PERCENT,
    NUMBER_DATE,
    NUMBER_TIME,
    NUMBER_DATE_TIME,
    NUMBER_TEXT, /* @ */
    NUMBER_SCIENTIFIC,
    NUMBER_FRACTION,
};
const char *number_format_kind_name(enum number_format_kind kind); /* "general", "currency", "date-time" … */

struct number_format {
    enum number_format_kind kind; /* of the first section */
    int decimals;                 /* digits after the point that are always shown: 0.0# has 1; of dates 0 */
    int max_decimals;             /* 0.0# has 2 */
    bool thousands;
    const char *currency; /* "¥", "$", "CNY"; NULL: none */
    bool negative_red;    /* the second section is [Red] */
};

/* Code -> meaning. ERR_DATA with an English message for what is no format. Texts in the arena. */
MUST_CHECK int number_format_read(struct number_format *ret, struct arena *a, const char *code,
                                  struct err *e);

/* What a person sees: sections, conditions, literal texts, thousands, dates. *ret_color (may be NULL): "red"
 * … or NULL. Fillers (* and _) give one space, as TEXT() does for _ and nothing for *. -ERR_NO: the code uses
 * something that is not known ([DBNum1]); the reason in e->what. */
MUST_CHECK int number_format_show(const char *code, const struct formula_value *v, bool date1904,
                                  struct arena *a, const char **ret, const char **ret_color, struct err *e);

/* Codes of the ids that stand in no file (0 to 49, and of a Chinese Excel 27 to 36, 50 to 58); NULL: not
 * built in. Where an id means another form in each country (14, 22, 27 …), `chinese` chooses. */
const char *number_format_builtin(int id, bool chinese);

#endif
