/* SPDX-License-Identifier: Apache-2.0 */
/* Constants of a formula: numbers, texts, error values, arrays. */
#include "scoring/practical/formula/parse.h"

#include <stdlib.h>
#include <string.h>

#include "scoring/practical/formula/scan.h"
#include "scoring/practical/formula/value.h"

/* Digits, a point, an exponent; bounded, since strtod would also take "0x" and "inf". */
static bool scan_number(const char **p, double *ret)
{
    const char *s = *p, *digits;
    size_t n = strspn(s, "0123456789");
    s += n;
    if (*s == '.') {
        size_t more = strspn(s + 1, "0123456789");
        n += more;
        s += 1 + more;
    }
    if (n == 0)
        return false;
    if (*s == 'e' || *s == 'E') {
        digits = s + 1 + (s[1] == '+' || s[1] == '-');
        size_t k = strspn(digits, "0123456789");
        s = k ? digits + k : s;
    }
    *ret = strtod(*p, NULL);
    *p = s;
    return true;
}

struct formula_node *parse_number(struct parser *ps)
{
    struct formula_node *n = parse_node(ps, NODE_NUMBER);
    if (!scan_number(&ps->p, &n->number))
        parse_refuse(ps, "a stray point");
    else if (!(n->number <= 1.7976931348623157e308))
        parse_refuse(ps, "a number too large");
    else if (word_byte(*ps->p))
        parse_refuse(ps, "a letter after a number");
    return n;
}

struct formula_node *parse_text(struct parser *ps)
{
    struct formula_node *n = parse_node(ps, NODE_TEXT);
    if (!scan_quoted(&ps->p, '"', ps->a, &n->text)) {
        parse_refuse(ps, "a text without its end");
        n->text = "";
    }
    return n;
}

struct formula_node *parse_fault(struct parser *ps)
{
    struct formula_node *n = parse_node(ps, NODE_ERROR);
    for (int i = ERROR_NULL; i <= ERROR_CALC && !n->text; i++) {
        const char *known = formula_error_text((enum formula_error)i);
        if (strncasecmp(ps->p, known, strlen(known)) == 0)
            n->text = known;
    }
    if (n->text)
        ps->p += strlen(n->text);
    else
        parse_refuse(ps, "an unknown error value");
    return n;
}

/* {1,2;3,4}, in ODF {1;2|3;4}: constants with a sign or none. */
static struct formula_node *array_item(struct parser *ps)
{
    struct formula_node *n = NULL;
    parse_space(ps);
    char sign = *ps->p == '-' || *ps->p == '+' ? *ps->p++ : 0;
    parse_space(ps);
    if (*ps->p == '"' && !sign)
        return parse_text(ps);
    if (*ps->p == '#' && !sign)
        return parse_fault(ps);
    if (!sign && (strncasecmp(ps->p, "TRUE", 4) == 0 || strncasecmp(ps->p, "FALSE", 5) == 0)) {
        n = parse_node(ps, NODE_BOOL);
        n->number = (*ps->p | 32) == 't';
        ps->p += n->number != 0 ? 4 : 5;
        if (ps->p[0] == '(' && ps->p[1] == ')')
            ps->p += 2;
        return n;
    }
    n = parse_number(ps);
    n->number = sign == '-' ? -n->number : n->number;
    return n;
}

struct formula_node *parse_array(struct parser *ps)
{
    struct formula_node *n = parse_node(ps, NODE_ARRAY), *tail = NULL;
    char item = ps->dialect == FORMULA_ODF ? ';' : ',', row = ps->dialect == FORMULA_ODF ? '|' : ';';
    uint32_t rows = 0;
    ps->p++;
    do {
        uint32_t before = n->n;
        do
            parse_adopt(n, array_item(ps), &tail);
        while (!ps->failed && parse_take(ps, item));
        n->columns = rows++ == 0 ? n->n : n->columns;
        if (!ps->failed && n->n - before != n->columns)
            parse_refuse(ps, "an array with rows of different length");
    } while (!ps->failed && parse_take(ps, row));
    if (!ps->failed && !parse_take(ps, '}'))
        parse_refuse(ps, "an array without its end");
    return n;
}
