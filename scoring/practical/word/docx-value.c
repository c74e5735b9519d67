/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/docx-internal.h"

node *docx_child(node *n, const char *name)
{
    return xml_tree_child(n, NS_W, name);
}

const char *docx_attr(node *n, const char *name)
{
    return n ? xml_tree_attr(n, NS_W, name) : NULL;
}

const char *docx_val(node *n)
{
    return docx_attr(n, "val");
}

const char *docx_keep(struct docx *x, const char *s)
{
    return word_keep(x->d, s);
}

static bool is_known(const char *prefix, size_t n)
{
    static const char *const known[] = {"wps", "wpg", "w14", "w15", "wp14", "a14", "w16se", "w16", NULL};
    for (size_t i = 0; known[i]; i++)
        if (strlen(known[i]) == n && strncmp(prefix, known[i], n) == 0)
            return true;
    return false;
}

/* Prefixes with blanks between; producers keep to the customary ones. */
static bool understood(const char *requires)
{
    for (const char *s = requires; s && *s; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        if (!is_known(s, n))
            return false;
        s += n;
    }
    return true;
}

node *docx_alternative(node *n)
{
    for (node *c = xml_tree_child(n, NS_MC, "Choice"); c; c = xml_tree_next(c, NS_MC, "Choice"))
        if (understood(xml_tree_attr(c, NS_NONE, "Requires")))
            return c;
    return xml_tree_child(n, NS_MC, "Fallback");
}

static bool is_off(const char *s)
{
    return strcmp(s, "0") == 0 || strcmp(s, "false") == 0 || strcmp(s, "off") == 0;
}

bool docx_on(node *n)
{
    const char *val = docx_val(n);
    return n && !(val && is_off(val));
}

bool docx_attr_on(node *n, const char *name, bool otherwise)
{
    const char *val = docx_attr(n, name);
    return val ? !is_off(val) : otherwise;
}

bool docx_integer(const char *s, int64_t *ret)
{
    if (!s)
        return false;
    bool negative = *s == '-';
    s += negative || *s == '+';
    int64_t x = 0;
    if (*s < '0' || *s > '9')
        return false;
    for (; *s >= '0' && *s <= '9'; s++)
        if (x < 100000000000)
            x = 10 * x + (*s - '0');
    *ret = negative ? -x : x;
    return *s == '\0' || *s == '.';
}

bool docx_attr_integer(node *n, const char *name, int64_t *ret)
{
    return docx_integer(docx_attr(n, name), ret);
}

static int64_t unit_of(const char *s, int64_t otherwise)
{
    static const struct {
        const char *name;
        int64_t emu;
    } units[] = {{"pt", 12700},  {"cm", 360000}, {"mm", 36000},
                 {"in", 914400}, {"pc", 152400}, {"pi", 152400}};
    if (*s == '\0')
        return otherwise;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (ascii_casecmp(s, units[i].name) == 0)
            return units[i].emu;
    return 0;
}

/* Decimal digits as millionths. */
static const char *decimal(const char *s, int64_t *ret)
{
    int64_t whole = 0, part = 0, scale = 1000000;
    for (; *s >= '0' && *s <= '9'; s++)
        if (whole < 1000000000)
            whole = 10 * whole + (*s - '0');
    if (*s == '.')
        for (s++; *s >= '0' && *s <= '9'; s++)
            if (scale > 1) {
                scale /= 10;
                part += scale * (*s - '0');
            }
    *ret = whole * 1000000 + part;
    return s;
}

static int32_t clamp(int64_t x)
{
    const int64_t most = 1000000000;
    return (int32_t)(x > most ? most : x < -most ? -most : x);
}

bool docx_length(const char *s, int64_t unit, int32_t *ret)
{
    if (!s)
        return false;
    bool negative = *s == '-';
    s += negative || *s == '+';
    if (!(*s >= '0' && *s <= '9') && *s != '.')
        return false;
    int64_t millionths;
    int64_t emu = unit_of(decimal(s, &millionths), unit);
    if (emu == 0)
        return false;
    int64_t whole = millionths / 1000000, rest = millionths % 1000000;
    int64_t x = whole * emu + (rest * emu + 500000) / 1000000;
    *ret = clamp(negative ? -x : x);
    return true;
}

bool docx_attr_length(node *n, const char *name, int32_t *ret)
{
    return docx_length(docx_attr(n, name), 635, ret);
}

int32_t docx_hex(const char *s)
{
    uint8_t rgb[3];
    if (!s)
        return WORD_NO_COLOR;
    s += *s == '#';
    if (strlen(s) != 6 || !hex_decode(rgb, 3, s))
        return WORD_NO_COLOR;
    return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}

struct word_border docx_border(struct docx *x, node *n)
{
    struct word_border b = {.kind = docx_keep(x, docx_val(n)), .color = WORD_NO_COLOR};
    if (!b.kind || strcmp(b.kind, "nil") == 0)
        b.kind = "none";
    docx_length(docx_attr(n, "sz"), 12700 / 8, &b.width);
    if (docx_attr(n, "sz") && !strpbrk(docx_attr(n, "sz"), "pcmi")) {
        int64_t eighths = 0;
        docx_attr_integer(n, "sz", &eighths);
        b.width = clamp(eighths * 12700 / 8);
    }
    docx_length(docx_attr(n, "space"), 12700, &b.space);
    b.color = docx_color(x, n, "color", "themeColor", "themeTint", "themeShade");
    return b;
}
