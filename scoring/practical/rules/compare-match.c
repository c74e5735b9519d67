/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "base/xml.h"
#include "scoring/practical/rules/compare-internal.h"

static const char *one_character(const char *p)
{
    for (p++; ((unsigned char)*p & 0xc0) == 0x80; p++)
        ;
    return p;
}

/* Goes back to the last "*" only: no more than length × length steps. */
bool like_matches(const char *pattern, const char *text)
{
    const char *star = NULL, *from = NULL;
    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (*pattern == '?') {
            pattern++;
            text = one_character(text);
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star;
            text = from = one_character(from);
        } else
            return false;
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool text_matches(const struct alternative *x, enum fact_type type, const char *raw, struct arena *a)
{
    const char *text = text_normalize_answer(a, raw ? raw : "");
    if (!text)
        return false;
    switch (x->match) {
    case MATCH_CONTAINS:
        return strstr(text, x->text);
    case MATCH_STARTS:
        return strncmp(text, x->text, strlen(x->text)) == 0;
    case MATCH_ENDS:
        return ends_with(text, x->text);
    case MATCH_LIKE:
        return like_matches(x->text, text);
    case MATCH_REGEX:
        return xml_pattern_matches(x->text, text, NULL);
    default:
        text = type == FACT_FONT    ? font_canonical(a, text)
               : type == FACT_TOKEN ? token_canonical(a, text)
                                    : text;
        return strcmp(text, x->text) == 0;
    }
}

static bool within(enum match match, double found, double from, double to, double slack)
{
    switch (match) {
    case MATCH_LESS:
        return found < from - slack;
    case MATCH_AT_MOST:
        return found <= from + slack;
    case MATCH_MORE:
        return found > from + slack;
    case MATCH_AT_LEAST:
        return found >= from - slack;
    case MATCH_RANGE:
        return found >= from - slack && found <= to + slack;
    default:
        return found >= from - slack && found <= from + slack;
    }
}

static double size_of(double x)
{
    return x < 0 ? -x : x;
}

/* Doubles that were reached by different ways of adding differ in their last digits: nine count. */
static bool number_matches(const struct alternative *x, double found)
{
    double from = x->from.number, slack = x->allowance.number, part = x->allowance.part * size_of(from);
    slack = part > slack ? part : slack;
    return within(x->match, found, from, x->to.number, slack + 1e-9 * size_of(from));
}

static bool whole_matches(const struct alternative *x, int64_t found, int64_t allowed)
{
    double part = x->allowance.part * size_of((double)x->from.n);
    double slack = part > (double)allowed ? part : (double)allowed;
    return within(x->match, (double)found, (double)x->from.n, (double)x->to.n, slack);
}

/* What is expected in characters is held against characters where the file says them, else against as many
 * widths of the type there; what is expected as a length, against the length that characters come to. */
static bool length_matches(const struct alternative *x, const struct fact_value *v)
{
    const struct allowance *may = &x->allowance;
    int64_t length = v->chars100 && v->em ? v->chars100 * v->em / 100 : v->integer;
    if (x->from.unit == QUANTITY_LENGTH)
        return whole_matches(x, length, may->length);
    if (x->from.unit != QUANTITY_CHARS)
        return false;
    if (v->chars100)
        return whole_matches(x, v->chars100, may->chars100);
    if (v->integer == 0)
        return whole_matches(x, 0, may->chars100);
    struct alternative y = *x;
    if (v->em <= 0)
        return false;
    y.from.n = x->from.n * v->em / 100;
    y.to.n = x->to.n * v->em / 100;
    int64_t chars = may->chars100 * v->em / 100;
    return whole_matches(&y, v->integer, chars > may->length ? chars : may->length);
}

static bool color_matches(const struct alternative *x, int64_t found)
{
    for (size_t i = 0; i < x->n_colors; i++) {
        int64_t wanted = x->color[i], most = 0;
        for (int shift = 0; found >= 0 && wanted >= 0 && shift < 24; shift += 8) {
            int64_t d = ((found >> shift) & 255) - ((wanted >> shift) & 255);
            most = d > most ? d : -d > most ? -d : most;
        }
        if (found == wanted || (found >= 0 && wanted >= 0 && most <= x->allowance.whole))
            return true;
    }
    return false;
}

static bool in_items(const struct alternative *x, const char *text, bool *taken)
{
    for (size_t i = 0; i < x->n_items; i++)
        if (!taken[i] && strcmp(x->item[i], text) == 0)
            return taken[i] = true;
    return false;
}

static bool list_matches(const struct alternative *x, const struct fact_value *v, struct arena *a)
{
    bool *taken = arena_array(a, x->n_items + 1, sizeof *taken);
    size_t found = 0;
    if (x->match != MATCH_HAS && v->n_items != x->n_items)
        return false;
    for (size_t i = 0; i < v->n_items; i++) {
        const char *text = text_normalize_answer(a, v->item[i]);
        if (x->match == MATCH_EQUAL ? text && strcmp(x->item[i], text) == 0
                                    : text && in_items(x, text, taken))
            found++;
    }
    return found == x->n_items;
}

bool alternative_matches(const struct alternative *x, const struct check_kind *kind,
                         const struct fact_value *v, struct arena *scratch)
{
    if (v->type != kind->type &&
        !(kind->number_may_be_ratio && (v->type == FACT_LENGTH || v->type == FACT_RATIO)))
        return false;
    switch (v->type) {
    case FACT_TEXT:
    case FACT_TOKEN:
    case FACT_FONT:
        return text_matches(x, v->type, v->text, scratch);
    case FACT_BOOL:
        return (v->integer != 0) == x->yes;
    case FACT_INTEGER:
        return v->integer < INT64_MAX / 1000000 && v->integer > -INT64_MAX / 1000000 &&
               whole_matches(x, v->integer * 1000000, x->allowance.whole * 1000000);
    case FACT_NUMBER:
        return number_matches(x, v->number);
    case FACT_LENGTH:
        return length_matches(x, v);
    case FACT_RATIO:
        return x->from.unit == QUANTITY_RATIO && whole_matches(x, v->integer, x->allowance.ratio);
    case FACT_COLOR:
        return color_matches(x, v->integer);
    case FACT_LIST:
        return list_matches(x, v, scratch);
    }
    return false;
}
