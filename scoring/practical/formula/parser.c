/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/parse.h"

#include <string.h>

#include "scoring/practical/formula/scan.h"
#include "scoring/practical/parts.h"

static struct formula_node *parse_expression(struct parser *ps, int least);

/* ---- names, calls, references ---- */

static bool strip(const char **s, const char *prefix)
{
    size_t n = strlen(prefix);
    if (strncasecmp(*s, prefix, n) != 0 || !(*s)[n])
        return false;
    *s += n;
    return true;
}

/* As Excel shows it: _xlfn.STDEV.S and COM.MICROSOFT.STDEV.S are STDEV.S. */
static const char *function_name(struct parser *ps, const char *s, size_t n)
{
    static const char *const prefixes[] = {"_xlfn.",           "_xlws.",          "_xludf.", "COM.MICROSOFT.",
                                           "ORG.LIBREOFFICE.", "ORG.OPENOFFICE.", "LEGACY."};
    const char *name = arena_strndup(ps->a, s, n);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        while (strip(&name, prefixes[i]))
            i = 0;
    char *upper = arena_strdup(ps->a, name);
    for (char *c = upper; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    return upper;
}

static struct formula_node *argument(struct parser *ps, char separator)
{
    parse_space(ps);
    if (*ps->p == separator || *ps->p == ')')
        return parse_node(ps, NODE_MISSING);
    return parse_expression(ps, 0);
}

static struct formula_node *call(struct parser *ps, const char *name, size_t n_name)
{
    struct formula_node *n = parse_node(ps, NODE_CALL), *tail = NULL;
    char separator = ps->dialect == FORMULA_ODF ? ';' : ',';
    n->text = function_name(ps, name, n_name);
    ps->p++;
    if (!parse_deeper(ps))
        return n;
    if (!parse_take(ps, ')')) {
        do
            parse_adopt(n, argument(ps, separator), &tail);
        while (!ps->failed && parse_take(ps, separator));
        if (!ps->failed && !parse_take(ps, ')'))
            parse_refuse(ps, *ps->p ? "an unexpected sign" : "a missing )");
    }
    ps->depth--;
    if (n->n == 0 && (strcmp(n->text, "TRUE") == 0 || strcmp(n->text, "FALSE") == 0)) {
        n->kind = NODE_BOOL;
        n->number = n->text[0] == 'T';
    }
    return n;
}

/* The brackets of Table[[#Totals],[Column]], with 'quoted' signs. */
static void skip_brackets(struct parser *ps)
{
    int depth = 0;
    do {
        depth += *ps->p == '[';
        depth -= *ps->p == ']';
        ps->p += *ps->p == '\'' && ps->p[1] ? 2 : 1;
    } while (depth > 0 && *ps->p);
    if (depth > 0)
        parse_refuse(ps, "a missing ]");
}

static struct formula_node *name(struct parser *ps)
{
    const char *start = ps->p, *sheet;
    if (*ps->p == '\'' && scan_quoted(&ps->p, '\'', ps->a, &sheet) && *ps->p != '!')
        parse_refuse(ps, "a quoted name");
    while (ps->dialect == FORMULA_ODF && *ps->p == '$')
        ps->p++;
    while (word_byte(*ps->p) || *ps->p == '!')
        ps->p++;
    size_t length = (size_t)(ps->p - start);
    if (*ps->p == '(' && length)
        return call(ps, start, length);
    if (length == 4 && strncasecmp(start, "TRUE", 4) == 0) {
        struct formula_node *n = parse_node(ps, NODE_BOOL);
        n->number = 1;
        return n;
    }
    if (length == 5 && strncasecmp(start, "FALSE", 5) == 0)
        return parse_node(ps, NODE_BOOL);
    if (*ps->p == '[' && ps->dialect == FORMULA_EXCEL)
        skip_brackets(ps);
    struct formula_node *n = parse_node(ps, NODE_NAME);
    if (ps->p == start)
        parse_refuse(ps, *ps->p ? "an unexpected sign" : "the end too early");
    const char *s = start + (*start == '$' ? strspn(start, "$") : 0);
    n->text = arena_strndup(ps->a, s, (size_t)(ps->p - s));
    return n;
}

static struct formula_node *cells(struct parser *ps, const char *start, const struct formula_reference *r)
{
    struct formula_node *n = parse_node(ps, NODE_CELLS);
    n->reference = arena_copy(ps->a, r, sizeof *r);
    n->at = (uint32_t)(start - ps->source);
    n->length = (uint32_t)(ps->p - start);
    return n;
}

/* The ] of an ODF reference: not one inside a quoted sheet. */
static const char *bracket_end(const char *s)
{
    bool quoted = false;
    for (; *s && (quoted || *s != ']'); s++)
        quoted ^= *s == '\'';
    return *s ? s : NULL;
}

static struct formula_node *odf_reference(struct parser *ps)
{
    struct formula_reference r;
    const char *start = ps->p, *s = ps->p + 1, *end = bracket_end(s);
    if (!end || !scan_odf_reference(&s, end, ps->a, &r)) {
        parse_refuse(ps, "a reference that makes no sense");
        return parse_node(ps, NODE_MISSING);
    }
    ps->p = end + 1;
    return cells(ps, start, &r);
}

/* ---- expressions ---- */

/* (…); several with commas are a union in Excel. */
static struct formula_node *group(struct parser *ps)
{
    ps->p++;
    if (!parse_deeper(ps))
        return parse_node(ps, NODE_MISSING);
    struct formula_node *inner = parse_expression(ps, 0);
    while (!ps->failed && ps->dialect == FORMULA_EXCEL && parse_take(ps, ','))
        inner = parse_join(ps, FORMULA_OP_UNION, inner, parse_expression(ps, 0));
    if (!ps->failed && !parse_take(ps, ')'))
        parse_refuse(ps, *ps->p ? "an unexpected sign" : "a missing )");
    ps->depth--;
    return parse_wrap(ps, NODE_GROUP, 0, inner);
}

static struct formula_node *quoted_name(struct parser *ps)
{
    struct formula_node *n = parse_node(ps, NODE_NAME);
    n->text = "";
    if (!scan_quoted(&ps->p, '\'', ps->a, &n->text))
        parse_refuse(ps, "a name without its end");
    return n;
}

static struct formula_node *primary(struct parser *ps)
{
    struct formula_reference r;
    parse_space(ps);
    const char *start = ps->p;
    switch (*ps->p) {
    case '(':
        return group(ps);
    case '"':
        return parse_text(ps);
    case '{':
        return parse_array(ps);
    case '#':
        return parse_fault(ps);
    default:
        break;
    }
    if (ps->dialect == FORMULA_ODF && *ps->p == '[')
        return odf_reference(ps);
    if (ps->dialect == FORMULA_ODF && *ps->p == '\'')
        return quoted_name(ps);
    if (ps->dialect == FORMULA_EXCEL && scan_excel_reference(&ps->p, ps->a, &r))
        return cells(ps, start, &r);
    if ((*ps->p >= '0' && *ps->p <= '9') || *ps->p == '.')
        return parse_number(ps);
    return name(ps);
}

/* Can an operand that is no constant begin here? Then white space before it was an intersection. */
static bool reference_begins(const struct parser *ps)
{
    char c = *ps->p;
    return ps->dialect == FORMULA_EXCEL && (c == '$' || c == '\'' || c == '(' || c == '[' ||
                                            (word_byte(c) && (c < '0' || c > '9') && c != '.'));
}

static bool range_operator(struct parser *ps, char *ret)
{
    bool space = parse_space(ps), odf = ps->dialect == FORMULA_ODF;
    *ret = *ps->p == ':'          ? ':'
           : odf && *ps->p == '~' ? FORMULA_OP_UNION
           : odf && *ps->p == '!' ? FORMULA_OP_INTERSECTION
                                  : 0;
    ps->p += *ret != 0;
    if (!*ret && space && reference_begins(ps))
        *ret = FORMULA_OP_INTERSECTION;
    return *ret != 0;
}

/* References joined by : and blanks, the tightest of all operators. */
static struct formula_node *ranges(struct parser *ps)
{
    struct formula_node *left = primary(ps);
    char op;
    while (!ps->failed && range_operator(ps, &op))
        left = parse_join(ps, op, left, primary(ps));
    return left;
}

static struct formula_node *postfixed(struct parser *ps)
{
    struct formula_node *n = ranges(ps);
    while (!ps->failed) {
        parse_space(ps);
        if (*ps->p != '%' && (*ps->p != '#' || ps->dialect == FORMULA_ODF))
            break;
        n = parse_wrap(ps, NODE_POSTFIX, *ps->p++, n);
    }
    return n;
}

/* A sign binds tighter than ^: -2^2 is 4. */
static struct formula_node *operand(struct parser *ps)
{
    parse_space(ps);
    if (!*ps->p || !strchr("+-@", *ps->p))
        return postfixed(ps);
    char op = *ps->p++;
    if (!parse_deeper(ps))
        return parse_node(ps, NODE_MISSING);
    struct formula_node *inner = operand(ps);
    ps->depth--;
    return parse_wrap(ps, NODE_PREFIX, op, inner);
}

/* The operator at p with its strength; 0: none. */
static int operator_at(struct parser *ps, char *op, size_t *length)
{
    static const struct {
        const char *text;
        char op;
        int strength;
    } operators[] = {{"<>", FORMULA_OP_UNEQUAL, 1},
                     {"<=", FORMULA_OP_AT_MOST, 1},
                     {">=", FORMULA_OP_AT_LEAST, 1},
                     {"<", '<', 1},
                     {">", '>', 1},
                     {"=", '=', 1},
                     {"&", '&', 2},
                     {"+", '+', 3},
                     {"-", '-', 3},
                     {"*", '*', 4},
                     {"/", '/', 4},
                     {"^", '^', 5}};
    parse_space(ps);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strncmp(ps->p, operators[i].text, strlen(operators[i].text)) == 0) {
            *op = operators[i].op;
            *length = strlen(operators[i].text);
            return operators[i].strength;
        }
    return 0;
}

static struct formula_node *parse_expression(struct parser *ps, int least)
{
    struct formula_node *left = operand(ps);
    char op = 0;
    size_t length = 0;
    while (!ps->failed) {
        int strength = operator_at(ps, &op, &length);
        if (strength <= least)
            break;
        ps->p += length;
        left = parse_join(ps, op, left, parse_expression(ps, strength));
    }
    return left;
}

/* of:= oooc:= msoxl:= and = before the formula itself; msoxl: holds Excel's dialect. */
static const char *begin(const char *text, enum formula_dialect *dialect)
{
    static const struct {
        const char *text;
        enum formula_dialect dialect;
    } prefixes[] = {{"of:", FORMULA_ODF}, {"oooc:", FORMULA_ODF}, {"msoxl:", FORMULA_EXCEL}};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (*dialect == FORMULA_ODF && strncmp(text, prefixes[i].text, strlen(prefixes[i].text)) == 0) {
            *dialect = prefixes[i].dialect;
            text += strlen(prefixes[i].text);
            break;
        }
    text += strspn(text, " \t\r\n");
    return text + (*text == '=');
}

int formula_parse(const struct formula **ret, struct arena *a, const char *text, enum formula_dialect dialect,
                  struct err *e)
{
    if (strlen(text) > FORMULA_MAX_TEXT) {
        err_set(e, ERR_DATA, NULL, "the formula is longer than %d bytes", FORMULA_MAX_TEXT);
        if (e)
            e->code = FAULT_LIMIT;
        return -ERR_DATA;
    }
    const char *source = begin(text, &dialect);
    struct parser ps = {.source = arena_strdup(a, source), .a = a, .dialect = dialect, .e = e};
    ps.p = ps.source;
    struct formula_node *root = parse_expression(&ps, 0);
    parse_space(&ps);
    if (!ps.failed && *ps.p)
        parse_refuse(&ps, "an unexpected sign");
    if (ps.failed)
        return -ERR_DATA;
    const struct formula f = {
        .source = ps.source, .dialect = dialect, .root = root, .last = ps.last, .n_nodes = ps.n_nodes};
    *ret = arena_copy(a, &f, sizeof f);
    return 0;
}
