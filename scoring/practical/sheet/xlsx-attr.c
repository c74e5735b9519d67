/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/sheet/xlsx-internal.h"

const char *xlsx_attr_or(const struct xlsx *x, const struct xml_tree_node *n, const char *name,
                         const char *otherwise)
{
    const char *value = xml_tree_attr(n, 0, name);
    return value ? arena_strdup(x->a, value) : otherwise;
}

const char *xlsx_attr(const struct xlsx *x, const struct xml_tree_node *n, const char *name)
{
    return xlsx_attr_or(x, n, name, "");
}

bool xlsx_number(const char *text, double *ret)
{
    while (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r')
        text++;
    size_t digits = strspn(text, "0123456789.eE+-");
    if (digits == 0 || digits > 400)
        return false;
    char *end;
    double v = strtod(text, &end);
    if (end != text + digits || text[digits + strspn(text + digits, " \n\t\r")] != '\0')
        return false;
    if (!(v >= -1.7e308 && v <= 1.7e308))
        return false;
    *ret = v;
    return true;
}

double xlsx_attr_number(const struct xml_tree_node *n, const char *name, double otherwise)
{
    const char *value = xml_tree_attr(n, 0, name);
    double v;
    return value && xlsx_number(value, &v) ? v : otherwise;
}

int64_t xlsx_attr_int(const struct xml_tree_node *n, const char *name, int64_t otherwise)
{
    double v = xlsx_attr_number(n, name, 1e300);
    return v >= -4e9 && v <= 4.3e9 ? (int64_t)v : otherwise;
}

bool xlsx_attr_bool(const struct xml_tree_node *n, const char *name, bool otherwise)
{
    const char *value = xml_tree_attr(n, 0, name);
    if (!value)
        return otherwise;
    return strcmp(value, "1") == 0 || ascii_casecmp(value, "true") == 0 || ascii_casecmp(value, "on") == 0;
}

const char *xlsx_text(const struct xlsx *x, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    if (n)
        xml_tree_text(n, &text);
    const char *copy = arena_strndup(x->a, text.p ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return copy;
}

size_t xlsx_count(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    size_t count = 0;
    for (n = xml_tree_child(n, ns, name); n && count < XLSX_MAX_LIST; n = xml_tree_next(n, ns, name))
        count++;
    return count;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "_xHHHH_" at p; the code unit, or -1. */
static int32_t escape_at(const char *p)
{
    if (p[0] != '_' || p[1] != 'x')
        return -1;
    int32_t v = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0)
            return -1;
        v = v << 4 | digit;
    }
    return p[6] == '_' ? v : -1;
}

void xlsx_unescape(char *text)
{
    char *to = strstr(text, "_x");
    if (!to)
        return;
    for (const char *from = to; *from;) {
        int32_t c = escape_at(from);
        int32_t low = c >= 0xd800 && c < 0xdc00 ? escape_at(from + 7) : -1;
        if (low >= 0xdc00 && low < 0xe000) {
            to += utf8_put(to, 0x10000 + ((uint32_t)(c - 0xd800) << 10) + (uint32_t)(low - 0xdc00));
            from += 14;
        } else if (c > 0 && (c < 0xd800 || c >= 0xe000)) {
            to += utf8_put(to, (uint32_t)c);
            from += 7;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

const char *xlsx_ranges(const struct xlsx *x, const char *text)
{
    struct bytes out = {0};
    struct sheet_range r;
    struct arena *scratch = arena_new();
    while (reference_next(&text, &r) && out.n < XLSX_MAX_LIST)
        bytes_printf(&out, "%s%s", out.n ? " " : "", reference_range_name(scratch, &r));
    const char *copy = arena_strndup(x->a, out.p ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    arena_free(scratch);
    return copy;
}

int xlsx_optional(struct xlsx *x, const char *part, struct xml_tree **ret, struct err *e)
{
    struct err why = {0};
    *ret = NULL;
    int r = parts_tree(x->p, part, NULL, ret, &why);
    if (r == 0)
        return 0;
    *ret = NULL;
    if (why.kind == ERR_NO || (why.kind == ERR_DATA && why.code == XML_TREE_MALFORMED))
        return 0;
    *e = why;
    return r;
}
