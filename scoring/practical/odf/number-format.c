/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/odf/number-format.h"

#include <string.h>

#include "base/bytes.h"
#include "base/text.h"
#include "scoring/practical/odf/units.h"
#include "scoring/practical/parts.h"

enum { MAX_DIGITS = 20, MAX_SECTIONS = 4, MAX_CODE = 1000 };

static const char *number_attr(const struct xml_tree_node *n, const char *name)
{
    const char *value = xml_tree_attr(n, NS_NUMBER, name);
    return value ? value : xml_tree_attr(n, NS_LOEXT, name);
}

static int digits(const struct xml_tree_node *n, const char *name, int otherwise)
{
    return (int)odf_integer(number_attr(n, name), 0, MAX_DIGITS, otherwise);
}

static bool is_long(const struct xml_tree_node *n)
{
    return odf_is(number_attr(n, "style"), "long");
}

/* Characters that stand for themselves in a code. */
static bool plain(uint32_t c)
{
    return c < 0x80 ? c && strchr("$+(:^'{<=-/)!&~}> %.", (int)c) != NULL
                    : c == 0xa5 || c == 0xffe5 || c == 0x20ac;
}

static void add_text(struct bytes *out, const char *text)
{
    const char *end = text + strlen(text);
    bool quoted = false;
    for (const char *p = text; p < end && out->n < MAX_CODE;) {
        const char *from = p;
        uint32_t c = utf8_next(&p, end);
        if (c == '"')
            continue;
        if (!plain(c) != quoted)
            bytes_u8(out, '"');
        quoted = !plain(c);
        bytes_add(out, from, (size_t)(p - from));
    }
    if (quoted)
        bytes_u8(out, '"');
}

static void add_text_of(struct bytes *out, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    xml_tree_text(n, &text);
    if (text.n)
        add_text(out, (const char *)text.p);
    bytes_release(&text);
}

static void repeat(struct bytes *out, char c, int n)
{
    while (n-- > 0)
        bytes_u8(out, (uint8_t)c);
}

static void add_integer(struct bytes *out, int least, bool grouping)
{
    int all = grouping && least < 4 ? 4 : least > 0 ? least : 1;
    for (int i = all; i > 0; i--) {
        bytes_u8(out, i <= least ? '0' : '#');
        if (grouping && i > 1 && (i - 1) % 3 == 0)
            bytes_u8(out, ',');
    }
}

static void add_decimals(struct bytes *out, const struct xml_tree_node *n)
{
    int all = digits(n, "decimal-places", 0);
    int least = digits(n, "min-decimal-places", number_attr(n, "decimal-replacement") ? 0 : all);
    if (all > 0)
        bytes_u8(out, '.');
    repeat(out, '0', least < all ? least : all);
    repeat(out, '#', all - least);
}

static void add_number(struct bytes *out, const struct xml_tree_node *n)
{
    add_integer(out, digits(n, "min-integer-digits", 0), odf_true(number_attr(n, "grouping")));
    add_decimals(out, n);
    for (int64_t f = odf_integer(number_attr(n, "display-factor"), 1, 1000000000000, 1); f >= 1000; f /= 1000)
        bytes_u8(out, ',');
}

static void add_scientific(struct bytes *out, const struct xml_tree_node *n)
{
    int least = digits(n, "min-integer-digits", 1), interval = digits(n, "exponent-interval", 1);
    repeat(out, '#', interval - least);
    add_integer(out, least, odf_true(number_attr(n, "grouping")));
    add_decimals(out, n);
    bytes_str(out, "E+");
    repeat(out, '0', digits(n, "min-exponent-digits", 2));
}

static void add_fraction(struct bytes *out, const struct xml_tree_node *n)
{
    if (number_attr(n, "min-integer-digits")) {
        int least = digits(n, "min-integer-digits", 0);
        add_integer(out, least, odf_true(number_attr(n, "grouping")));
        bytes_u8(out, ' ');
    }
    repeat(out, '?', digits(n, "min-numerator-digits", 1));
    bytes_u8(out, '/');
    int64_t value = odf_integer(number_attr(n, "denominator-value"), 1, 99999, 0);
    if (value)
        bytes_printf(out, "%d", (int)value);
    else
        repeat(out, '?', digits(n, "min-denominator-digits", 1));
}

static void add_elapsed(struct bytes *out, const char *code, bool *elapsed)
{
    bytes_printf(out, *elapsed ? "[%s]" : "%s", code);
    *elapsed = false;
}

/* Parts of a date or time; false where it is none. `elapsed`: the first of them may pass its usual end ([h]).
 */
static bool add_date_part(struct bytes *out, const struct xml_tree_node *n, bool *elapsed)
{
    const char *name = n->name;
    bool textual = odf_true(number_attr(n, "textual"));
    if (strcmp(name, "year") == 0)
        bytes_str(out, is_long(n) ? "yyyy" : "yy");
    else if (strcmp(name, "month") == 0)
        bytes_str(out, textual ? (is_long(n) ? "mmmm" : "mmm") : is_long(n) ? "mm" : "m");
    else if (strcmp(name, "day") == 0)
        bytes_str(out, is_long(n) ? "dd" : "d");
    else if (strcmp(name, "day-of-week") == 0)
        bytes_str(out, is_long(n) ? "dddd" : "ddd");
    else if (strcmp(name, "era") == 0)
        bytes_str(out, is_long(n) ? "ggg" : "g");
    else if (strcmp(name, "quarter") == 0)
        bytes_str(out, is_long(n) ? "QQ" : "Q");
    else if (strcmp(name, "hours") == 0)
        add_elapsed(out, is_long(n) ? "hh" : "h", elapsed);
    else if (strcmp(name, "minutes") == 0)
        add_elapsed(out, is_long(n) ? "mm" : "m", elapsed);
    else if (strcmp(name, "seconds") == 0)
        add_elapsed(out, is_long(n) ? "ss" : "s", elapsed);
    else if (strcmp(name, "am-pm") == 0)
        bytes_str(out, "AM/PM");
    else
        return false;
    if (strcmp(name, "seconds") == 0 && digits(n, "decimal-places", 0) > 0) {
        bytes_u8(out, '.');
        repeat(out, '0', digits(n, "decimal-places", 0));
    }
    return true;
}

static void add_part(struct bytes *out, const struct xml_tree_node *n, bool *elapsed)
{
    if (n->ns != NS_NUMBER && n->ns != NS_LOEXT)
        return;
    if (add_date_part(out, n, elapsed))
        return;
    if (strcmp(n->name, "number") == 0)
        add_number(out, n);
    else if (strcmp(n->name, "scientific-number") == 0)
        add_scientific(out, n);
    else if (strcmp(n->name, "fraction") == 0)
        add_fraction(out, n);
    else if (strcmp(n->name, "text-content") == 0)
        bytes_u8(out, '@');
    else if (strcmp(n->name, "fill-character") == 0) {
        bytes_u8(out, '*');
        xml_tree_text(n, out);
    } else if (strcmp(n->name, "text") == 0 || strcmp(n->name, "currency-symbol") == 0)
        add_text_of(out, n);
}

static const char *color_word(int32_t color)
{
    static const struct {
        int32_t color;
        const char *word;
    } words[] = {
        {0xff0000, "[Red]"},     {0x0000ff, "[Blue]"}, {0x00ff00, "[Green]"}, {0xffff00, "[Yellow]"},
        {0xff00ff, "[Magenta]"}, {0x00ffff, "[Cyan]"}, {0x000000, "[Black]"}, {0xffffff, "[White]"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].color == color)
            return words[i].word;
    return "";
}

static void add_section(struct bytes *out, const struct odf_style *style)
{
    const struct xml_tree_node *text = odf_style_group(style, "text-properties");
    const char *color = text ? xml_tree_attr(text, NS_FO, "color") : NULL;
    bool elapsed = odf_is(number_attr(style->node, "truncate-on-overflow"), "false");
    if (color)
        bytes_str(out, color_word(odf_color(color)));
    for (const struct xml_tree_node *n = xml_tree_first_element(style->node); n && out->n < MAX_CODE;
         n = xml_tree_next_element(n))
        add_part(out, n, &elapsed);
}

/* "value()>=0" as the section's condition, unless its place among `n` sections says it already. */
static void add_condition(struct bytes *out, const char *condition, int i, int n)
{
    static const char *const usual[] = {">0", "<0", "=0"};
    if (strncmp(condition, "value()", 7) != 0)
        return;
    condition += 7;
    if (n == 2 && i == 0 ? strcmp(condition, ">=0") == 0 : i < 3 && strcmp(condition, usual[i]) == 0)
        return;
    bytes_printf(out, "[%.40s]", strncmp(condition, "!=", 2) == 0 ? condition + 1 : condition);
}

static int count_maps(const struct odf_style *style)
{
    int n = 0;
    for (const struct xml_tree_node *m = xml_tree_child(style->node, NS_STYLE, "map");
         m && n < MAX_SECTIONS - 1; m = xml_tree_next(m, NS_STYLE, "map"))
        n++;
    return n;
}

/* A number without decimal places and groups, alone. */
static bool general(const struct odf_style *style)
{
    const struct xml_tree_node *n = xml_tree_first_element(style->node);
    if (strcmp(style->node->name, "boolean-style") == 0)
        return true;
    return strcmp(style->node->name, "number-style") == 0 && n && !xml_tree_next_element(n) &&
           xml_tree_is(n, NS_NUMBER, "number") && !number_attr(n, "decimal-places") &&
           !odf_true(number_attr(n, "grouping")) && digits(n, "min-integer-digits", 1) <= 1;
}

const char *odf_number_format(const struct odf_style *style, struct arena *a)
{
    if (!style || general(style))
        return "General";
    struct bytes code = {0};
    int maps = count_maps(style), i = 0;
    for (const struct xml_tree_node *m = xml_tree_child(style->node, NS_STYLE, "map"); m && i < maps;
         m = xml_tree_next(m, NS_STYLE, "map"), i++) {
        const char *condition = xml_tree_attr(m, NS_STYLE, "condition");
        const struct odf_style *part = odf_style_find(style->styles, style->part, "data-style",
                                                      xml_tree_attr(m, NS_STYLE, "apply-style-name"));
        add_condition(&code, condition ? condition : "", i, maps + 1);
        if (part && !general(part))
            add_section(&code, part);
        else
            bytes_str(&code, "General");
        bytes_u8(&code, ';');
    }
    add_section(&code, style);
    const char *ret = code.n ? arena_strndup(a, (const char *)code.p, code.n) : "General";
    bytes_release(&code);
    return ret;
}

const char *odf_numbering(const char *num_format)
{
    static const struct {
        const char *odf, *name;
    } names[] = {
        {"1", "decimal"},
        {"a", "lowerLetter"},
        {"A", "upperLetter"},
        {"i", "lowerRoman"},
        {"I", "upperRoman"},
        {"１, ２, ３, ...", "decimalFullWidth"},
        {"①, ②, ③, ...", "decimalEnclosedCircle"},
        {"一, 二, 三, ...", "chineseCountingThousand"},
        {"壹, 贰, 叁, ...", "chineseLegalSimplified"},
        {"甲, 乙, 丙, ...", "ideographTraditional"},
        {"子, 丑, 寅, ...", "ideographZodiac"},
        {"01, 02, 03, ...", "decimalZero"},
    };
    if (!num_format || !*num_format)
        return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].odf, num_format) == 0)
            return names[i].name;
    return num_format;
}
