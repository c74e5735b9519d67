/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/format-section.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct reader {
    const char *p;
    struct arena *a;
    struct section *s;
    size_t cap;
    bool after_point;
    char digits_before; /* the last token was a digit place */
    struct err *e;
};

static struct token *add(struct reader *r, enum token_kind kind, char letter)
{
    struct section *s = r->s;
    if (s->n == r->cap) {
        struct token *wider = arena_array(r->a, r->cap ? 2 * r->cap : 16, sizeof *wider);
        if (s->n)
            memcpy(wider, s->token, s->n * sizeof *wider);
        s->token = wider;
        r->cap = r->cap ? 2 * r->cap : 16;
    }
    s->token[s->n] = (struct token){.kind = kind, .letter = letter, .count = 1};
    return &s->token[s->n++];
}

static void literal(struct reader *r, const char *s, size_t n)
{
    add(r, TOKEN_LITERAL, 0)->text = arena_strndup(r->a, s, n);
}

/* ---- brackets ---- */

static const char *color_name(struct arena *a, const char *s)
{
    static const char *const names[][2] = {{"Black", "黑色"}, {"Blue", "蓝色"},      {"Cyan", "青色"},
                                           {"Green", "绿色"}, {"Magenta", "洋红色"}, {"Red", "红色"},
                                           {"White", "白色"}, {"Yellow", "黄色"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ascii_casecmp(s, names[i][0]) == 0 || strcmp(s, names[i][1]) == 0) {
            char *lower = arena_strdup(a, names[i][0]);
            lower[0] = (char)(lower[0] | 32);
            return lower;
        }
    if (strncasecmp(s, "Color", 5) == 0 && s[5 + strspn(s + 5, " 0123456789")] == '\0')
        return arena_strdup(a, s);
    return strncmp(s, "颜色", strlen("颜色")) == 0 ? arena_strdup(a, s) : NULL;
}

static bool condition(struct section *s, const char *text)
{
    static const struct {
        const char *sign;
        enum condition condition;
    } signs[] = {{"<>", CONDITION_UNEQUAL}, {"<=", CONDITION_AT_MOST}, {">=", CONDITION_AT_LEAST},
                 {"<", CONDITION_BELOW},    {">", CONDITION_ABOVE},    {"=", CONDITION_EQUAL}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].sign);
        if (strncmp(text, signs[i].sign, n) != 0)
            continue;
        text += n;
        text += strspn(text, " ");
        if (!*text || text[strspn(text, "+-.0123456789eE")])
            return false;
        s->condition = signs[i].condition;
        s->bound = strtod(text, NULL);
        return true;
    }
    return false;
}

/* [$¥-804]: a currency and a language; [$-804]: a language alone. */
static void currency(struct reader *r, const char *inside)
{
    const char *dash = strrchr(inside, '-');
    size_t n = dash ? (size_t)(dash - inside) : strlen(inside);
    if (dash && (ascii_casecmp(dash, "-F800") == 0 || ascii_casecmp(dash, "-F400") == 0))
        r->s->unknown = arena_printf(r->a, "[$%s]", inside);
    if (n == 0)
        return;
    r->s->currency = arena_strndup(r->a, inside, n);
    literal(r, inside, n);
}

static bool elapsed(struct reader *r, const char *inside)
{
    char letter = (char)(inside[0] | 32);
    if (!inside[0] || !strchr("hms", letter))
        return false;
    for (const char *c = inside; *c; c++)
        if ((*c | 32) != letter)
            return false;
    add(r, TOKEN_ELAPSED, letter == 'm' ? 'M' : letter)->count = (int)strlen(inside);
    r->s->time = true;
    return true;
}

static int bracket(struct reader *r)
{
    const char *close = strchr(r->p, ']');
    if (!close)
        return err_set(r->e, ERR_DATA, NULL, "the number format has a [ without ]");
    const char *inside = arena_strndup(r->a, r->p + 1, (size_t)(close - r->p - 1)), *color;
    r->p = close + 1;
    if (inside[0] == '$')
        currency(r, inside + 1);
    else if ((color = color_name(r->a, inside)))
        r->s->color = color;
    else if (!elapsed(r, inside) && !condition(r->s, inside))
        r->s->unknown = arena_printf(r->a, "[%s]", inside);
    return 0;
}

/* ---- digits ---- */

static void digit(struct reader *r)
{
    add(r, TOKEN_DIGIT, *r->p);
    if (r->s->exponent) {
        /* digits of the exponent */
    } else if (r->after_point) {
        r->s->decimals++;
        r->s->min_decimals = *r->p == '#' ? r->s->min_decimals : r->s->decimals;
    } else {
        r->s->integers++;
    }
    r->p++;
}

/* Between digits: thousands; behind the last one: each divides by a thousand. */
static void comma(struct reader *r)
{
    size_t n = strspn(r->p, ",");
    bool follows = r->p[n] && strchr("0#?", r->p[n]);
    bool digits = r->s->n > 0 && r->s->token[r->s->n - 1].kind == TOKEN_DIGIT;
    if (!digits)
        literal(r, r->p, n);
    else if (follows && !r->after_point)
        r->s->thousands = true;
    else
        r->s->scale += (int)n;
    r->p += n;
}

/* ---- dates ---- */

static size_t run_of(const char *s)
{
    size_t n = 0;
    while ((s[n] | 32) == (*s | 32) && s[n])
        n++;
    return n;
}

static bool half_days(struct reader *r)
{
    static const char *const words[] = {"a/p", "AM/PM", "A/P", "上午/下午"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((i ? strncasecmp : strncmp)(r->p, words[i], strlen(words[i])) == 0) {
            add(r, TOKEN_DATE, 'a')->text = words[i];
            r->p += strlen(words[i]);
            r->s->time = true;
            return true;
        }
    return false;
}

static bool date_letter(struct reader *r)
{
    char letter = (char)(*r->p | 32);
    size_t n = run_of(r->p);
    if (half_days(r))
        return true;
    if (letter == 'a' && n >= 3)
        add(r, TOKEN_DATE, 'w')->count = (int)n;
    else if (letter == 'e' && !r->s->integers)
        add(r, TOKEN_DATE, 'y')->count = 4;
    else if (strchr("ymdhs", letter))
        add(r, TOKEN_DATE, letter)->count = (int)n;
    else
        return false;
    if (letter == 'h' || letter == 's')
        r->s->time = true;
    else
        r->s->date = true;
    r->p += n;
    return true;
}

static bool is_clock(const struct token *t, char letter)
{
    return (t->kind == TOKEN_DATE || t->kind == TOKEN_ELAPSED) && t->letter == letter;
}

/* m beside hours or seconds is minutes; zeros behind "s." are parts of a second. */
static void settle_dates(struct section *s)
{
    bool months = false;
    const struct token *before = NULL;
    for (size_t i = 0; i < s->n; i++) {
        struct token *t = &s->token[i], *after = NULL;
        if (t->kind != TOKEN_DATE && t->kind != TOKEN_ELAPSED)
            continue;
        for (size_t k = i + 1; k < s->n && !after; k++)
            after = s->token[k].kind == TOKEN_DATE || s->token[k].kind == TOKEN_ELAPSED ? &s->token[k] : NULL;
        if (t->letter == 'm' && t->count <= 2 &&
            ((before && is_clock(before, 'h')) || (after && is_clock(after, 's'))))
            t->letter = 'M';
        months |= t->letter != 'a' && strchr("ymdw", t->letter) != NULL;
        before = t->letter == 'a' ? before : t;
    }
    s->date = months;
}

static void settle_seconds(struct section *s)
{
    for (size_t i = 0; i + 1 < s->n; i++) {
        if (!is_clock(&s->token[i], 's') || s->token[i + 1].kind != TOKEN_POINT)
            continue;
        int zeros = 0;
        for (size_t k = i + 2; k < s->n && s->token[k].kind == TOKEN_DIGIT; k++, zeros++)
            s->token[k] = (struct token){.kind = TOKEN_LITERAL, .text = ""};
        s->token[i + 1] = (struct token){.kind = TOKEN_DATE, .letter = '.', .count = zeros};
    }
}

/* ---- one section ---- */

static bool general(struct reader *r)
{
    static const char *const words[] = {"General", "G/通用格式", "GENERAL"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(r->p, words[i], strlen(words[i])) == 0) {
            add(r, TOKEN_GENERAL, 0);
            r->s->general = true;
            r->p += strlen(words[i]);
            return true;
        }
    return false;
}

static int one_character(struct reader *r)
{
    const char *start = r->p, *end = start + strlen(start);
    if ((*start >= 'A' && *start <= 'Z') || (*start >= 'a' && *start <= 'z'))
        return err_set(r->e, ERR_DATA, NULL, "the number format has a letter %c that means nothing", *start);
    utf8_next(&r->p, end);
    literal(r, start, (size_t)(r->p - start));
    return 0;
}

static int quoted(struct reader *r)
{
    const char *close = strchr(r->p + 1, '"');
    if (!close)
        return err_set(r->e, ERR_DATA, NULL, "the number format has a text without its end");
    literal(r, r->p + 1, (size_t)(close - r->p - 1));
    r->p = close + 1;
    return 0;
}

/* \x, and !x as a Chinese Excel writes it: x itself; _x: a blank as wide; *x: filled with x, which TEXT leaves out. */
static void escaped(struct reader *r)
{
    char sign = *r->p++;
    const char *start = r->p;
    utf8_next(&r->p, r->p + strlen(r->p));
    if (sign == '\\' || sign == '!')
        literal(r, start, (size_t)(r->p - start));
    else if (sign == '_')
        literal(r, " ", 1);
    r->s->fillers |= sign == '_' || sign == '*';
}

static void sign_of(struct reader *r)
{
    switch (*r->p) {
    case '.':
        add(r, TOKEN_POINT, 0);
        r->after_point = true;
        break;
    case '%':
        add(r, TOKEN_PERCENT, 0);
        r->s->percents++;
        break;
    case '/':
        add(r, TOKEN_SLASH, 0);
        break;
    default:
        add(r, TOKEN_TEXT, 0);
        r->s->text = true;
        break;
    }
    r->p++;
}

static int next_token(struct reader *r)
{
    char c = *r->p;
    if (c == '"')
        return quoted(r);
    if (c == '[')
        return bracket(r);
    if (strchr("\\!_*", c) && r->p[1])
        escaped(r);
    else if (strchr("0#?", c))
        digit(r);
    else if (c == ',')
        comma(r);
    else if (strchr(".%/@", c))
        sign_of(r);
    else if ((c | 32) == 'e' && (r->p[1] == '+' || r->p[1] == '-') && r->s->integers) {
        add(r, TOKEN_EXPONENT, r->p[1]);
        r->s->exponent = true;
        r->p += 2;
    } else if (!general(r) && !date_letter(r))
        return one_character(r);
    return 0;
}

/* A slash between digits makes a fraction; anywhere else it stands for itself. */
static void settle_slashes(struct section *s)
{
    for (size_t i = 0; i < s->n; i++) {
        bool digits = i > 0 && i + 1 < s->n && s->token[i - 1].kind == TOKEN_DIGIT && !s->date && !s->time &&
                      (s->token[i + 1].kind == TOKEN_DIGIT ||
                       (s->token[i + 1].kind == TOKEN_LITERAL && s->token[i + 1].text[0] >= '1' &&
                        s->token[i + 1].text[0] <= '9'));
        if (s->token[i].kind != TOKEN_SLASH)
            continue;
        if (digits)
            s->fraction = true;
        else
            s->token[i] = (struct token){.kind = TOKEN_LITERAL, .text = "/"};
    }
}

int sections_read(struct sections *ret, struct arena *a, const char *code, struct err *e)
{
    struct reader r = {.p = code, .a = a, .e = e};
    *ret = (struct sections){.n = 1};
    if (strlen(code) > NUMBER_FORMAT_MAX_TEXT)
        return err_set(e, ERR_DATA, NULL, "the number format is longer than %d bytes",
                       NUMBER_FORMAT_MAX_TEXT);
    r.s = &ret->section[0];
    while (*r.p) {
        if (*r.p == ';') {
            if (ret->n == FORMAT_MAX_SECTIONS)
                return err_set(e, ERR_DATA, NULL, "the number format has more than four sections");
            r = (struct reader){.p = r.p + 1, .a = a, .e = e, .s = &ret->section[ret->n++]};
        } else if (next_token(&r) < 0) {
            return -ERR_DATA;
        }
    }
    for (size_t i = 0; i < ret->n; i++) {
        settle_dates(&ret->section[i]);
        settle_seconds(&ret->section[i]);
        settle_slashes(&ret->section[i]);
    }
    return 0;
}
