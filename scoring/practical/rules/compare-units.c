/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/rules/compare-internal.h"

enum { EMU_PT = 12700, MAX_WHOLE = 1000000, MILLION = 1000000 };

static const struct unit {
    const char *name;
    enum quantity_unit unit;
    int64_t factor;
} units[] = {
    {"pt", QUANTITY_LENGTH, 12700},      {"磅", QUANTITY_LENGTH, 12700},
    {"cm", QUANTITY_LENGTH, 360000},     {"厘米", QUANTITY_LENGTH, 360000},
    {"公分", QUANTITY_LENGTH, 360000},   {"mm", QUANTITY_LENGTH, 36000},
    {"毫米", QUANTITY_LENGTH, 36000},    {"in", QUANTITY_LENGTH, 914400},
    {"inch", QUANTITY_LENGTH, 914400},   {"inches", QUANTITY_LENGTH, 914400},
    {"英寸", QUANTITY_LENGTH, 914400},   {"twip", QUANTITY_LENGTH, 635},
    {"twips", QUANTITY_LENGTH, 635},     {"缇", QUANTITY_LENGTH, 635},
    {"px", QUANTITY_LENGTH, 9525},       {"像素", QUANTITY_LENGTH, 9525},
    {"emu", QUANTITY_LENGTH, 1},         {"字符", QUANTITY_CHARS, 100},
    {"字", QUANTITY_CHARS, 100},         {"char", QUANTITY_CHARS, 100},
    {"chars", QUANTITY_CHARS, 100},      {"character", QUANTITY_CHARS, 100},
    {"characters", QUANTITY_CHARS, 100}, {"em", QUANTITY_CHARS, 100},
    {"%", QUANTITY_RATIO, 10},           {"倍", QUANTITY_RATIO, 1000},
    {"行", QUANTITY_RATIO, 1000},        {"line", QUANTITY_RATIO, 1000},
    {"lines", QUANTITY_RATIO, 1000},     {"x", QUANTITY_RATIO, 1000},
};

/* Sizes of type as Chinese programs name them (GB/T 148's names as office programs use them), half points. */
static const struct named_size {
    const char *name;
    int half_points;
} sizes[] = {
    {"初号", 84}, {"小初", 72}, {"一号", 52}, {"小一", 48}, {"二号", 44}, {"小二", 36},
    {"三号", 32}, {"小三", 30}, {"四号", 28}, {"小四", 24}, {"五号", 21}, {"小五", 18},
    {"六号", 15}, {"小六", 13}, {"七号", 11}, {"八号", 10},
};

static bool named_size(const char *text, struct quantity *ret)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t n = strlen(sizes[i].name);
        if (strncmp(text, sizes[i].name, n) == 0 && (!text[n] || strcmp(text + n, "号") == 0)) {
            *ret = (struct quantity){QUANTITY_LENGTH, (int64_t)sizes[i].half_points * EMU_PT / 2, 0, EMU_PT,
                                     false};
            return true;
        }
    }
    return false;
}

/* Sign, digits, up to six decimals; in millionths. */
static bool decimal(const char **p, int64_t *ret)
{
    bool minus = **p == '-', any = false;
    int64_t whole = 0, part = 0, place = MILLION;
    *p += minus || **p == '+';
    for (; **p >= '0' && **p <= '9'; ++*p, any = true)
        if ((whole = 10 * whole + (**p - '0')) > (int64_t)MAX_WHOLE * MILLION)
            return false;
    if (**p == '.')
        for (++*p; **p >= '0' && **p <= '9'; ++*p, any = true)
            if (place > 1) {
                place /= 10;
                part += place * (**p - '0');
            }
    *ret = (minus ? -1 : 1) * (whole * MILLION + part);
    return any;
}

/* The whole text as a double, in the C locale's grammar. */
static bool plain_number(const char *text, double *ret)
{
    char *end = NULL;
    if (!*text || text[strspn(text, "0123456789+-.eE")] || !text[strcspn(text, "0123456789")])
        return false;
    *ret = strtod(text, &end);
    return *end == '\0' && *ret - *ret == 0;
}

static const struct unit *unit_find(const char *name)
{
    char lower[24];
    size_t n = strlen(name);
    if (n == 0 || n >= sizeof lower)
        return NULL;
    for (size_t i = 0; i <= n; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, lower) == 0)
            return &units[i];
    return NULL;
}

static int64_t scaled(int64_t millionths, int64_t factor)
{
    int64_t x = millionths * factor;
    return (x >= 0 ? x + MILLION / 2 : x - MILLION / 2) / MILLION;
}

bool quantity_read(const char *text, struct quantity *ret)
{
    const char *p = text;
    int64_t millionths;
    if (named_size(text, ret))
        return true;
    *ret = (struct quantity){0};
    if (plain_number(text, &ret->number)) {
        bool small = decimal(&p, &millionths) && !*p;
        ret->n = small ? millionths : 0;
        return true;
    }
    if (!decimal(&p, &millionths) || millionths > (int64_t)MAX_WHOLE * MILLION ||
        millionths < -(int64_t)MAX_WHOLE * MILLION)
        return false;
    while (*p == ' ')
        p++;
    const struct unit *u = unit_find(p);
    if (!u)
        return false;
    ret->unit = u->unit;
    ret->n = scaled(millionths, u->factor);
    ret->emu_unit = u->unit == QUANTITY_LENGTH ? u->factor : 0;
    ret->percent = strcmp(u->name, "%") == 0;
    ret->number = ret->percent ? (double)millionths / (100.0 * MILLION) : 0;
    return true;
}

const char *quantity_unit_name(int64_t emu_unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].unit == QUANTITY_LENGTH && units[i].factor == emu_unit)
            return units[i].name;
    return NULL;
}

static bool add_allowance(const struct check_kind *kind, const struct quantity *q, struct allowance *ret)
{
    bool length = kind->type == FACT_LENGTH || kind->number_may_be_ratio;
    bool ratio = kind->type == FACT_RATIO || kind->number_may_be_ratio;
    if (q->percent)
        ret->part = q->number;
    else if (q->unit == QUANTITY_LENGTH && length)
        ret->length = q->n;
    else if (q->unit == QUANTITY_CHARS && length)
        ret->chars100 = q->n;
    else if (q->unit == QUANTITY_RATIO && ratio)
        ret->ratio = q->n;
    else if (q->unit != QUANTITY_PLAIN)
        return false;
    else if (kind->type == FACT_NUMBER)
        ret->number = q->number;
    else if (kind->type == FACT_INTEGER || kind->type == FACT_COLOR)
        ret->whole = q->n / MILLION;
    else if (ratio)
        ret->ratio = q->n / 1000;
    else
        return length && q->n == 0;
    return true;
}

bool allowance_read(const struct check_kind *kind, const char *text, struct allowance *ret)
{
    char part[64];
    bool numeric = kind->type == FACT_INTEGER || kind->type == FACT_NUMBER || kind->type == FACT_LENGTH ||
                   kind->type == FACT_RATIO || kind->type == FACT_COLOR;
    *ret = (struct allowance){.given = true};
    while (numeric) {
        struct quantity q;
        size_t n = strcspn(text, "|");
        if (n >= sizeof part)
            return false;
        memcpy(part, text, n);
        part[n] = '\0';
        if (!quantity_read(part, &q) || q.n < 0 || q.number < 0 || !add_allowance(kind, &q, ret))
            return false;
        if (!text[n])
            return true;
        text += n + 1;
    }
    return false;
}
