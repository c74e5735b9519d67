/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/rules/compare-internal.h"

enum { EMU_PT = 12700, MAX_EVIDENCE = 300 };

static bool is_steering(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f ||
           c == 0x61c || c == 0xfeff || c == 0x2028 || c == 0x2029;
}

const char *evidence_clean(struct arena *a, const char *text, size_t max)
{
    size_t n = 0;
    const char *end = text + strlen(text);
    char *out = arena_alloc(a, max + 4);
    while (text < end) {
        char utf8[4];
        uint32_t c = utf8_next(&text, end);
        bool white = c == '\n' || c == '\r' || c == '\t';
        bool bad = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff || is_steering(c);
        size_t size = utf8_put(utf8, white ? ' ' : bad ? 0xfffd : c);
        if (n + size > max - 3) {
            memcpy(out + n, "\xe2\x80\xa6", 3);
            return out;
        }
        memcpy(out + n, utf8, size);
        n += size;
    }
    return out;
}

/* x/unit to `decimals` places, half away from zero, without trailing zeros. */
static const char *decimal_text(struct arena *a, int64_t x, int64_t unit, int decimals)
{
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    int64_t size = x < 0 ? -x : x;
    int64_t whole = size / unit, part = ((size % unit) * scale + unit / 2) / unit;
    whole += part / scale;
    part %= scale;
    char *text = arena_printf(a, "%s%lld.%0*lld", x < 0 && (whole || part) ? "-" : "", (long long)whole,
                              decimals, (long long)part);
    size_t n = strlen(text);
    while (n && text[n - 1] == '0')
        text[--n] = '\0';
    if (n && text[n - 1] == '.')
        text[n - 1] = '\0';
    return text;
}

static const struct quantity *unit_of(const struct expectation *x)
{
    for (size_t i = 0; x && i < x->n; i++)
        if (x->alternative[i].from.unit == QUANTITY_LENGTH && x->alternative[i].from.emu_unit)
            return &x->alternative[i].from;
    return NULL;
}

static const char *length_text(const struct fact_value *v, const struct expectation *x, struct arena *a)
{
    const struct quantity *q = unit_of(x);
    int64_t unit = q && q->emu_unit > 1 ? q->emu_unit : EMU_PT;
    int64_t length = v->chars100 && v->em ? v->chars100 * v->em / 100 : v->integer;
    const char *text = arena_printf(a, "%s %s", decimal_text(a, length, unit, 3), quantity_unit_name(unit));
    if (v->chars100)
        return arena_printf(a, "%s characters (%s)", decimal_text(a, v->chars100, 100, 2), text);
    return text;
}

static const char *number_text(double x, struct arena *a)
{
    for (int digits = 15; digits < 17; digits++) {
        const char *text = arena_printf(a, "%.*g", digits, x);
        if (strtod(text, NULL) - x == 0)
            return text;
    }
    return arena_printf(a, "%.17g", x);
}

/* Line breaks and tabs are white space to a comparison, and no attribute holds them. */
static char one_line(char c)
{
    return c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
}

static const char *joined(const struct fact_value *v, struct arena *a)
{
    struct bytes all = {0};
    for (size_t i = 0; i < v->n_items && all.n <= EXPECT_MAX_BYTES; i++) {
        bytes_str(&all, i ? "; " : "");
        for (const char *p = v->item[i]; *p; p++)
            bytes_printf(&all, "%s%c", strchr(";\\|", *p) ? "\\" : "", one_line(*p));
    }
    const char *text = arena_strndup(a, all.p ? (const char *)all.p : "", all.n);
    bytes_release(&all);
    return text;
}

static const char *value_text(const struct fact_value *v, const struct expectation *x, struct arena *a)
{
    switch (v->type) {
    case FACT_BOOL:
        return v->integer ? "yes" : "no";
    case FACT_INTEGER:
        return arena_printf(a, "%lld", (long long)v->integer);
    case FACT_NUMBER:
        return number_text(v->number, a);
    case FACT_LENGTH:
        return length_text(v, x, a);
    case FACT_RATIO:
        return decimal_text(a, v->integer, 1000, 3);
    case FACT_COLOR:
        return v->integer < 0 ? "automatic"
                              : arena_printf(a, "%06llX", (unsigned long long)v->integer & 0xffffff);
    case FACT_LIST:
        return joined(v, a);
    default:
        return v->text ? v->text : "";
    }
}

const char *fact_text(const struct fact *f, const struct expectation *x, struct arena *a)
{
    const char *why = f->why ? f->why : f->state == FACT_ABSENT ? "not there" : "cannot be told";
    return evidence_clean(a, f->state == FACT_FOUND ? value_text(&f->value, x, a) : why, MAX_EVIDENCE);
}

bool fact_equal(const struct fact *a, const struct fact *b)
{
    const struct fact_value *x = &a->value, *y = &b->value;
    if (a->state != b->state)
        return false;
    if (a->state != FACT_FOUND)
        return true;
    if (x->type != y->type)
        return false;
    bool same = true;
    if (x->type == FACT_LIST)
        for (size_t i = 0; (same = same && x->n_items == y->n_items) && i < x->n_items; i++)
            same = strcmp(x->item[i], y->item[i]) == 0;
    else if (x->type == FACT_TEXT || x->type == FACT_TOKEN || x->type == FACT_FONT)
        same = strcmp(x->text ? x->text : "", y->text ? y->text : "") == 0;
    else if (x->type == FACT_NUMBER)
        same = x->number - y->number == 0;
    else
        same = x->integer == y->integer && x->chars100 == y->chars100;
    return same;
}

static const char *escaped(struct arena *a, const char *text)
{
    struct bytes all = {0};
    for (; *text; text++)
        bytes_printf(&all, "%s%c", *text == '|' || *text == '\\' ? "\\" : "", one_line(*text));
    const char *ret = arena_strndup(a, all.p ? (const char *)all.p : "", all.n);
    bytes_release(&all);
    return ret;
}

/* Texts that would be read as something else are marked with "is:". */
static const char *text_expectation(struct arena *a, const char *text)
{
    static const char *const words[] = {"present", "absent", "changed", "unchanged"};
    static const char *const prefixes[] = {"not:", "is:", "contains:", "starts:", "ends:", "like:", "regex:"};
    bool special = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        special = special || strcmp(text, words[i]) == 0;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        special = special || strncmp(text, prefixes[i], strlen(prefixes[i])) == 0;
    return arena_printf(a, "%s%s", special ? "is:" : "", escaped(a, text));
}

static const char *length_expectation(const struct fact_value *v, struct arena *a)
{
    static const int64_t nice[] = {EMU_PT, 360000, 36000, 635};
    if (v->chars100)
        return arena_printf(a, "%s字符", decimal_text(a, v->chars100, 100, 2));
    for (size_t i = 0; i < sizeof nice / sizeof *nice; i++)
        if (v->integer * 100 % nice[i] == 0)
            return arena_printf(a, "%s%s", decimal_text(a, v->integer, nice[i], 2),
                                quantity_unit_name(nice[i]));
    return arena_printf(a, "%lldemu", (long long)v->integer);
}

const char *expectation_of(const struct check_kind *kind, const struct fact *f, struct arena *a)
{
    (void)kind;
    if (f->state != FACT_FOUND)
        return "absent";
    switch (f->value.type) {
    case FACT_LENGTH:
        return length_expectation(&f->value, a);
    case FACT_COLOR:
        return f->value.integer < 0 ? "auto" : value_text(&f->value, NULL, a);
    case FACT_TEXT:
    case FACT_TOKEN:
    case FACT_FONT:
        return text_expectation(a, f->value.text ? f->value.text : "");
    default:
        return value_text(&f->value, NULL, a);
    }
}
