/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/compare.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/xml.h"
#include "scoring/practical/rules/compare-internal.h"

struct reading {
    struct arena *a;
    const struct check_kind *kind;
    struct err *e;
};

static bool is_textual(enum fact_type type)
{
    return type == FACT_TEXT || type == FACT_FONT || type == FACT_TOKEN;
}

static int misfit(const struct reading *r, const char *text, const char *want)
{
    return err_set(r->e, ERR_DATA, NULL, _("%s cannot be \"%.80s\": %s"), r->kind->name, text, want);
}

/* Up to an unescaped `end` (or another of `ends`); "\|" and the like become plain. */
static char *take_part(struct arena *a, const char **p, const char *ends)
{
    char *out = arena_alloc(a, strlen(*p) + 1);
    size_t n = 0;
    while (**p && !strchr(ends, **p)) {
        if (**p == '\\' && (*p)[1] && (strchr(ends, (*p)[1]) || (*p)[1] == '\\'))
            ++*p;
        out[n++] = *(*p)++;
    }
    return out;
}

static bool take_word(const char **text, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*text, word, n) != 0)
        return false;
    *text += n;
    while (**text == ' ')
        ++*text;
    return true;
}

static char *comparable(const struct reading *r, const char *text)
{
    if (r->kind->type == FACT_FONT)
        return arena_strdup(r->a, font_canonical(r->a, text));
    if (r->kind->type == FACT_TOKEN)
        return arena_strdup(r->a, token_canonical(r->a, text));
    return text_normalize_answer(r->a, text);
}

static int read_textual(const struct reading *r, const char *text, struct alternative *x)
{
    static const struct {
        const char *word;
        enum match match;
    } words[] = {{"is:", MATCH_EQUAL},  {"contains:", MATCH_CONTAINS}, {"starts:", MATCH_STARTS},
                 {"ends:", MATCH_ENDS}, {"like:", MATCH_LIKE},         {"regex:", MATCH_REGEX}};
    bool valid = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_word(&text, words[i].word)) {
            x->match = words[i].match;
            break;
        }
    x->text = x->match == MATCH_REGEX   ? text
              : x->match == MATCH_EQUAL ? comparable(r, text)
                                        : text_normalize_answer(r->a, text);
    if (x->match == MATCH_REGEX)
        xml_pattern_matches(text, "", &valid);
    if (!valid)
        return misfit(r, text, _("it is no regular expression of XML Schema"));
    if (!x->text[0] && (x->match != MATCH_EQUAL || r->kind->type != FACT_TEXT))
        return misfit(r, text, _("a text is missing"));
    return 0;
}

static int read_list(const struct reading *r, const char *text, struct alternative *x)
{
    if (take_word(&text, "set:"))
        x->match = MATCH_SET;
    else if (take_word(&text, "has:"))
        x->match = MATCH_HAS;
    x->item = arena_array(r->a, strlen(text) + 1, sizeof *x->item);
    while (*text) {
        x->item[x->n_items++] = text_normalize_answer(r->a, take_part(r->a, &text, ";\n"));
        text += *text != '\0';
    }
    return x->n_items ? 0 : misfit(r, text, _("write items with ; between them"));
}

static int read_quantity(const struct reading *r, const char *text, struct quantity *ret)
{
    enum fact_type type = r->kind->type;
    bool length = type == FACT_LENGTH || r->kind->number_may_be_ratio;
    bool ratio = type == FACT_RATIO || r->kind->number_may_be_ratio;
    if (!quantity_read(text_trim(r->a, text), ret))
        return misfit(r, text,
                      length  ? _("write a length: 12pt, 小四, 2.5cm, 2字符")
                      : ratio ? _("write a ratio: 1.5, 150%")
                              : _("write a number"));
    bool lost = ret->unit == QUANTITY_PLAIN && ret->n == 0 && (ret->number > 0 || ret->number < 0);
    switch (ret->unit) {
    case QUANTITY_PLAIN:
        if (type == FACT_INTEGER && (lost || ret->n % 1000000))
            return misfit(r, text, _("write a whole number"));
        if (ratio) {
            ret->unit = QUANTITY_RATIO;
            ret->n /= 1000;
        } else if (length && ret->n == 0 && !(ret->number > 0 || ret->number < 0))
            ret->unit = QUANTITY_LENGTH;
        else if (length)
            return misfit(r, text, _("a length needs a unit: 12pt, 2.5cm, 2字符"));
        return 0;
    case QUANTITY_LENGTH:
    case QUANTITY_CHARS:
        return length ? 0 : misfit(r, text, _("it is no length"));
    default:
        return ratio || (type == FACT_NUMBER && ret->percent) ? 0 : misfit(r, text, _("it is no ratio"));
    }
}

/* "12±0.5": the second part becomes the tolerance of this alternative. */
static int split_tolerance(const struct reading *r, char *text, struct alternative *x)
{
    char *sign = strstr(text, "±");
    if (!sign)
        return 0;
    *sign = '\0';
    const char *tolerance = sign + strlen("±");
    return allowance_read(r->kind, text_trim(r->a, tolerance), &x->allowance)
               ? 0
               : misfit(r, tolerance, _("a tolerance is written in the same units: 0.5pt, 5%"));
}

static int read_number(const struct reading *r, const char *raw, struct alternative *x)
{
    static const struct {
        const char *word;
        enum match match;
        bool negated;
    } operators[] = {
        {">=", MATCH_AT_LEAST, false}, {"≥", MATCH_AT_LEAST, false}, {"<=", MATCH_AT_MOST, false},
        {"≤", MATCH_AT_MOST, false},   {"!=", MATCH_EQUAL, true},    {"≠", MATCH_EQUAL, true},
        {">", MATCH_MORE, false},      {"<", MATCH_LESS, false},     {"=", MATCH_EQUAL, false}};
    char *text = arena_strdup(r->a, raw);
    const char *from = text;
    int res = split_tolerance(r, text, x);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (take_word(&from, operators[i].word)) {
            x->match = operators[i].match;
            x->negated ^= operators[i].negated;
            break;
        }
    char *dots = x->match == MATCH_EQUAL ? strstr(text, "..") : NULL;
    if (dots) {
        *dots = '\0';
        x->match = MATCH_RANGE;
        if (res == 0)
            res = read_quantity(r, dots + 2, &x->to);
    }
    if (res == 0)
        res = read_quantity(r, from, &x->from);
    if (res == 0 && dots && (x->to.unit != x->from.unit || x->to.n < x->from.n))
        res = misfit(r, raw, _("a range goes from the smaller to the larger, both in one unit"));
    return res;
}

static int read_by_type(const struct reading *r, const char *text, struct alternative *x)
{
    if (is_textual(r->kind->type))
        return read_textual(r, text, x);
    if (r->kind->type == FACT_LIST)
        return read_list(r, text, x);
    char *plain = text_normalize_answer(r->a, text);
    if (r->kind->type == FACT_BOOL) {
        int yes = yes_or_no(plain);
        x->yes = yes == 1;
        return yes >= 0 ? 0 : misfit(r, text, _("write yes or no"));
    }
    if (r->kind->type == FACT_COLOR) {
        x->n_colors = color_values(plain, x->color);
        return x->n_colors ? 0 : misfit(r, text, _("write a colour: FF0000, red, auto"));
    }
    return read_number(r, plain, x);
}

static int read_alternative(const struct reading *r, const char *text, struct alternative *x)
{
    static const struct {
        const char *word;
        enum match match;
    } keywords[] = {{"present", MATCH_PRESENT},
                    {"absent", MATCH_ABSENT},
                    {"changed", MATCH_CHANGED},
                    {"unchanged", MATCH_UNCHANGED}};
    text = text_trim(r->a, text);
    while (take_word(&text, "not:"))
        x->negated = !x->negated;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(text, keywords[i].word) == 0) {
            x->match = keywords[i].match;
            return 0;
        }
    return read_by_type(r, text, x);
}

/* A regular expression takes all that follows: its own "|" is not ours. */
static const char *next_alternative(const struct reading *r, const char **p)
{
    const char *q = *p;
    while (*q == ' ')
        q++;
    while (take_word(&q, "not:"))
        ;
    if (!is_textual(r->kind->type) || strncmp(q, "regex:", 6) != 0)
        return r->kind->type == FACT_LIST ? NULL : take_part(r->a, p, "|");
    const char *all = *p;
    *p += strlen(*p);
    return all;
}

/* As take_part, but what is escaped stays so for the list inside. */
static const char *take_list(struct arena *a, const char **p)
{
    const char *from = *p;
    for (; **p && **p != '|'; ++*p)
        if (**p == '\\' && (*p)[1])
            ++*p;
    char *out = arena_strndup(a, from, (size_t)(*p - from)), *w = out;
    for (const char *s = out; *s; s++)
        if (!(*s == '\\' && s[1] == '|'))
            *w++ = *s;
    *w = '\0';
    return out;
}

static int read_all(const struct reading *r, const char *p, struct expectation *x)
{
    int res = 0;
    for (bool more = true; res == 0 && more;) {
        if (x->n == EXPECT_MAX_ALTERNATIVES)
            return misfit(r, p, _("there are too many alternatives"));
        const char *one = next_alternative(r, &p);
        if (!one)
            one = take_list(r->a, &p);
        res = read_alternative(r, one, &x->alternative[x->n++]);
        more = *p == '|';
        p += more;
    }
    return res;
}

static size_t most_alternatives(const char *text)
{
    size_t n = 1;
    for (; *text; text++)
        n += *text == '|';
    return n < EXPECT_MAX_ALTERNATIVES ? n : EXPECT_MAX_ALTERNATIVES;
}

int expectation_read(struct expectation **ret, struct arena *a, const struct check_kind *kind,
                     const char *expect, const char *tolerance, struct err *e)
{
    struct reading r = {a, kind, e};
    struct allowance own = {0};
    struct expectation *x = arena_alloc(a, sizeof *x);
    if (strlen(expect) > EXPECT_MAX_BYTES || !utf8_valid(expect, strlen(expect)))
        return misfit(&r, "…", _("it is too long, or not in UTF-8"));
    if (tolerance && !allowance_read(kind, text_normalize_answer(a, tolerance), &own))
        return misfit(&r, tolerance, _("this kind takes no such tolerance"));
    if (!tolerance && kind->tolerance && !allowance_read(kind, kind->tolerance, &own))
        own = (struct allowance){0};
    x->kind = kind;
    x->alternative = arena_array(a, most_alternatives(expect), sizeof *x->alternative);
    int res = read_all(&r, expect, x);
    for (size_t i = 0; i < x->n; i++)
        if (!x->alternative[i].allowance.given)
            x->alternative[i].allowance = own;
    if (res == 0)
        *ret = x;
    return res;
}

bool expectation_needs_start(const struct expectation *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->alternative[i].match == MATCH_CHANGED || x->alternative[i].match == MATCH_UNCHANGED)
            return true;
    return false;
}

static bool alternative_met(const struct alternative *x, const struct check_kind *kind,
                            const struct fact *found, const struct fact *start, struct arena *scratch)
{
    bool same = start && fact_equal(found, start), there = found->state == FACT_FOUND;
    switch (x->match) {
    case MATCH_PRESENT:
        return there != x->negated;
    case MATCH_ABSENT:
        return there == x->negated;
    case MATCH_UNCHANGED:
        return start && same != x->negated;
    case MATCH_CHANGED:
        return start && same == x->negated;
    default:
        return there && alternative_matches(x, kind, &found->value, scratch) != x->negated;
    }
}

bool expectation_met(const struct expectation *x, const struct fact *found, const struct fact *start)
{
    bool met = false;
    if (found->state == FACT_UNKNOWN)
        return false;
    struct arena *scratch = arena_new();
    for (size_t i = 0; !met && i < x->n; i++)
        met = alternative_met(&x->alternative[i], x->kind, found, start, scratch);
    arena_free(scratch);
    return met;
}
