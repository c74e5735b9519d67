/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/operators.h"

#include <string.h>

#define XML_BLANKS " \t\r\n"

static const char *const rules[] = {
    "responseCondition", "responseIf",         "responseElseIf",    "responseElse",
    "setOutcomeValue",   "lookupOutcomeValue", "exitResponse",      "responseProcessingFragment",
    "include",           "setResponseValue",   "templateCondition", "templateIf",
    "templateElseIf",    "templateElse",       "setTemplateValue",  "setCorrectResponse",
    "setDefaultValue",   "templateConstraint", "exitTemplate",      "preCondition",
    "matchTable",        "matchTableEntry",
};

static const struct {
    const char *name;
    bool not_sealed;
} expressions[] = {
    {"and", false},
    {"anyN", false},
    {"allN", false},
    {"baseValue", false},
    {"containerSize", false},
    {"contains", false},
    {"correct", false},
    {"customOperator", true},
    {"default", false},
    {"delete", false},
    {"divide", false},
    {"durationGTE", false},
    {"durationLT", false},
    {"equal", false},
    {"equalRounded", false},
    {"fieldValue", false},
    {"gcd", false},
    {"gt", false},
    {"gte", false},
    {"index", false},
    {"inside", false},
    {"integerDivide", false},
    {"integerModulus", false},
    {"integerToFloat", false},
    {"isNotNull", false},
    {"isNull", false},
    {"isTypeOf", true},
    {"lcm", false},
    {"lookupTable", false},
    {"lt", false},
    {"lte", false},
    {"mapResponse", false},
    {"mapResponsePoint", false},
    {"match", false},
    {"mathConstant", true},
    {"mathOperator", true},
    {"max", false},
    {"mean", true},
    {"member", false},
    {"min", false},
    {"mod", true},
    {"multiple", false},
    {"not", false},
    {"notEqual", false},
    {"null", false},
    {"or", false},
    {"ordered", false},
    {"patternMatch", false},
    {"popSD", true},
    {"popVariance", true},
    {"power", true},
    {"product", false},
    {"random", true},
    {"randomFloat", true},
    {"randomInteger", true},
    {"record", false},
    {"repeat", false},
    {"round", false},
    {"roundTo", false},
    {"sampleSD", true},
    {"sampleVariance", true},
    {"statsOperator", false},
    {"stringMatch", false},
    {"substring", false},
    {"subtract", false},
    {"sum", false},
    {"truncate", false},
    {"variable", false},
};

bool operator_known(const char *name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i], name) == 0)
            return true;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
        if (strcmp(expressions[i].name, name) == 0)
            return true;
    return false;
}

bool operator_sealed(const char *name)
{
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
        if (strcmp(expressions[i].name, name) == 0)
            return !expressions[i].not_sealed;
    return true;
}

const char *operator_expression(size_t i)
{
    return i < sizeof expressions / sizeof *expressions ? expressions[i].name : NULL;
}

static const char *digits(const char *p)
{
    return p + strspn(p, "0123456789");
}

static bool is_integer(const char *s)
{
    s += *s == '-' || *s == '+';
    return *s && *digits(s) == '\0';
}

static bool is_float(const char *s)
{
    if (strcmp(s, "INF") == 0 || strcmp(s, "-INF") == 0 || strcmp(s, "NaN") == 0)
        return true;
    s += *s == '-' || *s == '+';
    const char *whole = digits(s), *p = whole;
    bool any = whole > s;
    if (*p == '.') {
        const char *fraction = digits(p + 1);
        any |= fraction > p + 1;
        p = fraction;
    }
    if (any && (*p == 'e' || *p == 'E')) {
        p += p[1] == '-' || p[1] == '+' ? 2 : 1;
        const char *end = digits(p);
        any = end > p;
        p = end;
    }
    return any && *p == '\0';
}

static bool is_pair(const char *s)
{
    size_t first = strcspn(s, XML_BLANKS);
    const char *second = s + first + strspn(s + first, XML_BLANKS);
    return first > 0 && *second && strpbrk(second, XML_BLANKS) == NULL;
}

static bool is_boolean(const char *s)
{
    return strcmp(s, "true") == 0 || strcmp(s, "false") == 0 || strcmp(s, "1") == 0 || strcmp(s, "0") == 0;
}

bool value_fits(const char *text, enum item_base base)
{
    switch (base) {
    case BASE_BOOLEAN:
        return is_boolean(text);
    case BASE_INTEGER:
        return is_integer(text);
    case BASE_FLOAT:
        return is_float(text);
    case BASE_PAIR:
    case BASE_DIRECTED_PAIR:
    case BASE_POINT:
        return is_pair(text);
    case BASE_IDENTIFIER:
        return *text != '\0';
    default:
        return true;
    }
}

/* How many numbers there are; 0 for anything else. */
static size_t count_coords(const char *coords)
{
    size_t n = 0;
    for (const char *p = coords; *p;) {
        p += strspn(p, " ");
        p += *p == '-';
        const char *end = digits(p);
        if (end == p)
            return 0;
        end += *end == '%';
        n++;
        end += strspn(end, " ");
        if (*end != ',' && *end)
            return 0;
        p = end + (*end == ',');
        if (*end && !*p)
            return 0;
    }
    return n;
}

bool area_fits(const char *shape, const char *coords)
{
    size_t n = coords ? count_coords(coords) : 0;
    if (!shape)
        return false;
    if (strcmp(shape, "default") == 0)
        return true;
    if (strcmp(shape, "circle") == 0)
        return n == 3;
    if (strcmp(shape, "rect") == 0 || strcmp(shape, "ellipse") == 0)
        return n == 4;
    return strcmp(shape, "poly") == 0 && n >= 6 && n % 2 == 0;
}
