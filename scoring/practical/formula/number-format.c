/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/number-format.h"

#include <string.h>

#include "scoring/practical/formula/format-section.h"

const char *number_format_kind_name(enum number_format_kind kind)
{
    static const char *const names[] = {"general", "number",    "currency", "accounting", "percent", "date",
                                        "time",    "date-time", "text",     "scientific", "fraction"};
    return names[kind];
}

static const char *currency_of(const struct section *s)
{
    static const char *const signs[] = {"¥", "￥", "$", "€", "£", "元", "HK$", "US$", "RMB", "CNY"};
    if (s->currency)
        return s->currency;
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; s->token[i].kind == TOKEN_LITERAL && k < sizeof signs / sizeof *signs; k++)
            if (strstr(s->token[i].text, signs[k]))
                return strcmp(signs[k], "￥") == 0 ? "¥" : signs[k];
    return NULL;
}

static enum number_format_kind kind_of(const struct section *s, const char *money)
{
    if (s->date || s->time)
        return !s->time ? NUMBER_DATE : !s->date ? NUMBER_TIME : NUMBER_DATE_TIME;
    if (s->percents)
        return NUMBER_PERCENT;
    if (s->exponent)
        return NUMBER_SCIENTIFIC;
    if (s->fraction)
        return NUMBER_FRACTION;
    if (s->fillers && s->integers && s->thousands)
        return NUMBER_ACCOUNTING;
    if (money)
        return NUMBER_CURRENCY;
    if (s->general)
        return NUMBER_GENERAL;
    return s->text && !s->integers ? NUMBER_TEXT : NUMBER_NUMBER;
}

int number_format_read(struct number_format *ret, struct arena *a, const char *code, struct err *e)
{
    struct sections s;
    if (sections_read(&s, a, code, e) < 0)
        return -ERR_DATA;
    const struct section *first = &s.section[0];
    bool clock = first->date || first->time;
    ret->currency = clock ? NULL : currency_of(first);
    ret->kind = kind_of(first, ret->currency);
    ret->decimals = clock ? 0 : first->min_decimals;
    ret->max_decimals = clock ? 0 : first->decimals;
    ret->thousands = first->thousands;
    ret->negative_red = s.n > 1 && s.section[1].color && strcmp(s.section[1].color, "red") == 0;
    return 0;
}

/* Ids 5 to 8, 14, 22 and 27 to 58 follow the country; the rest is the same everywhere. */
static const struct {
    int id;
    const char *code, *chinese;
} builtin[] = {
    {0, "General", NULL},
    {1, "0", NULL},
    {2, "0.00", NULL},
    {3, "#,##0", NULL},
    {4, "#,##0.00", NULL},
    {5, "\"$\"#,##0_);\\(\"$\"#,##0\\)", "\"¥\"#,##0;\"¥\"\\-#,##0"},
    {6, "\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)", "\"¥\"#,##0;[Red]\"¥\"\\-#,##0"},
    {7, "\"$\"#,##0.00_);\\(\"$\"#,##0.00\\)", "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"},
    {8, "\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)", "\"¥\"#,##0.00;[Red]\"¥\"\\-#,##0.00"},
    {9, "0%", NULL},
    {10, "0.00%", NULL},
    {11, "0.00E+00", NULL},
    {12, "# ?/?", NULL},
    {13,
     "# ?"
     "?/?"
     "?",
     NULL},
    {14, "mm-dd-yy", "yyyy/m/d"},
    {15, "d-mmm-yy", NULL},
    {16, "d-mmm", NULL},
    {17, "mmm-yy", NULL},
    {18, "h:mm AM/PM", NULL},
    {19, "h:mm:ss AM/PM", NULL},
    {20, "h:mm", NULL},
    {21, "h:mm:ss", NULL},
    {22, "m/d/yy h:mm", "yyyy/m/d h:mm"},
    {27, NULL, "yyyy\"年\"m\"月\""},
    {28, NULL, "m\"月\"d\"日\""},
    {29, NULL, "m\"月\"d\"日\""},
    {30, NULL, "m-d-yy"},
    {31, NULL, "yyyy\"年\"m\"月\"d\"日\""},
    {32, NULL, "h\"时\"mm\"分\""},
    {33, NULL, "h\"时\"mm\"分\"ss\"秒\""},
    {34, NULL, "上午/下午h\"时\"mm\"分\""},
    {35, NULL, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {36, NULL, "yyyy\"年\"m\"月\""},
    {37, "#,##0_);(#,##0)", "#,##0;\\-#,##0"},
    {38, "#,##0_);[Red](#,##0)", "#,##0;[Red]\\-#,##0"},
    {39, "#,##0.00_);(#,##0.00)", "#,##0.00;\\-#,##0.00"},
    {40, "#,##0.00_);[Red](#,##0.00)", "#,##0.00;[Red]\\-#,##0.00"},
    {41, "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)", "_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ "},
    {42, "_(\"$\"* #,##0_);_(\"$\"* \\(#,##0\\);_(\"$\"* \"-\"_);_(@_)",
     "_ \"¥\"* #,##0_ ;_ \"¥\"* \\-#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ "},
    {43, "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
     "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "},
    {44, "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)",
     "_ \"¥\"* #,##0.00_ ;_ \"¥\"* \\-#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ "},
    {45, "mm:ss", NULL},
    {46, "[h]:mm:ss", NULL},
    {47, "mmss.0", NULL},
    {48, "##0.0E+0", NULL},
    {49, "@", NULL},
    {50, NULL, "yyyy\"年\"m\"月\""},
    {51, NULL, "m\"月\"d\"日\""},
    {52, NULL, "yyyy\"年\"m\"月\""},
    {53, NULL, "m\"月\"d\"日\""},
    {54, NULL, "m\"月\"d\"日\""},
    {55, NULL, "上午/下午h\"时\"mm\"分\""},
    {56, NULL, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {57, NULL, "yyyy\"年\"m\"月\""},
    {58, NULL, "m\"月\"d\"日\""},
};

const char *number_format_builtin(int id, bool chinese)
{
    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
        if (builtin[i].id == id)
            return chinese && builtin[i].chinese ? builtin[i].chinese : builtin[i].code;
    return NULL;
}
