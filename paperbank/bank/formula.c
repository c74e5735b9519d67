/* SPDX-License-Identifier: Apache-2.0 */
/* Moodle's formulas of calculated questions (numbers, {data}, + - * / **, brackets, functions of PHP) as QTI
 * expressions. */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/from-moodle.h"

#define INTEGER "<baseValue baseType=\"integer\">"

enum { DEPTH_MAX = 40, ARGUMENTS_MAX = 20 };

struct parser {
    struct arena *a;
    const char *p;
    const struct formula_names *names;
    const char *fault;
    int depth;
};

static const char *sum(struct parser *s);

static const char *fault(struct parser *s, const char *format, const char *what)
{
    if (!s->fault) {
        struct err e = {0};
        err_set(&e, ERR_DATA, NULL, "%s (\"%.60s\")", format, what);
        s->fault = arena_strdup(s->a, e.what);
    }
    return "";
}

static char peek(struct parser *s)
{
    s->p += strspn(s->p, " \t\r\n");
    return *s->p;
}

static bool take(struct parser *s, const char *sign)
{
    peek(s);
    if (strncmp(s->p, sign, strlen(sign)) != 0)
        return false;
    s->p += strlen(sign);
    return true;
}

static const char *two(struct parser *s, const char *element, const char *a, const char *b)
{
    return arena_printf(s->a, "<%s>%s%s</%s>", element, a, b, element);
}

static const char *constant(struct parser *s, const char *text)
{
    return arena_printf(s->a, "<baseValue baseType=\"float\">%s</baseValue>", text);
}

static const char *number(struct parser *s)
{
    size_t n = strspn(s->p, "0123456789.");
    if ((s->p[n] | 0x20) == 'e') {
        size_t sign = s->p[n + 1] == '-' || s->p[n + 1] == '+',
               digits = strspn(s->p + n + 1 + sign, "0123456789");
        n += digits ? 1 + sign + digits : 0;
    }
    const char *text = arena_strndup(s->a, s->p, n);
    struct decimal d;
    s->p += n;
    return decimal_parse(text, &d) ? constant(s, decimal_text(s->a, d))
                                   : fault(s, _("this is no number"), text);
}

static const char *variable(struct parser *s)
{
    size_t n = strcspn(++s->p, "}");
    const char *name = arena_strndup(s->a, s->p, n), *id;
    s->p += n + (s->p[n] == '}');
    id = s->names->variable(s->names->context, name);
    return id ? arena_printf(s->a, "<variable identifier=\"%s\"/>", id)
              : fault(s, _("the formula uses data that are not defined"), name);
}

/* True if an expression is made of whole numbers from 0 up. */
static bool whole(struct parser *s, const char *expression)
{
    static const char variable[] = "<variable identifier=\"", constant[] = "<baseValue baseType=\"float\">";
    static const char *const plain[] = {"<sum>",      "</sum>",           "<product>",
                                        "</product>", "<integerModulus>", "</integerModulus>"};
    for (const char *p = expression; *p;) {
        size_t i = 0;
        if (strncmp(p, variable, strlen(variable)) == 0) {
            p += strlen(variable);
            size_t n = strcspn(p, "\"");
            if (!s->names->is_whole || !s->names->is_whole(s->names->context, arena_strndup(s->a, p, n)))
                return false;
            p += n + strlen("\"/>");
        } else if (strncmp(p, constant, strlen(constant)) == 0) {
            size_t n = strspn(p + strlen(constant), "0123456789");
            if (n == 0 || n > 9 || p[strlen(constant) + n] != '<')
                return false;
            p += strlen(constant) + n + strlen("</baseValue>");
        } else if (strncmp(p, INTEGER, strlen(INTEGER)) == 0) {
            p = strstr(p, "</baseValue>") + strlen("</baseValue>");
        } else {
            while (i < sizeof plain / sizeof *plain && strncmp(p, plain[i], strlen(plain[i])) != 0)
                i++;
            if (i == sizeof plain / sizeof *plain)
                return false;
            p += strlen(plain[i]);
        }
    }
    return true;
}

static const char *as_integers(struct parser *s, const char *expression)
{
    static const char constant[] = "<baseValue baseType=\"float\">";
    struct bytes b = {0};
    for (const char *p = expression, *at; *p; p = at) {
        at = strstr(p, constant);
        bytes_add(&b, p, at ? (size_t)(at - p) : strlen(p));
        if (!at)
            break;
        bytes_str(&b, INTEGER);
        at += strlen(constant);
    }
    char *text = arena_strndup(s->a, b.p ? (const char *)b.p : "", b.n);
    bytes_release(&b);
    return text;
}

/* PHP and QTI agree on what is left over only where nothing is negative. */
static const char *modulus(struct parser *s, const char *a, const char *b)
{
    if (s->fault)
        return "";
    if (!whole(s, a) || !whole(s, b))
        return fault(s, _("a remainder is taken of whole numbers that are not negative only"), "%");
    return two(s, "integerModulus", as_integers(s, a), as_integers(s, b));
}

static const char *math(struct parser *s, const char *name, const char *const *arg, size_t n)
{
    return arena_printf(s->a, "<mathOperator name=\"%s\">%s%s</mathOperator>", name, arg[0],
                        n > 1 ? arg[1] : "");
}

static const struct {
    const char *php, *qti;
    size_t n;
} functions[] = {
    {"abs", "abs", 1},           {"ceil", "ceil", 1}, {"floor", "floor", 1}, {"exp", "exp", 1},
    {"log10", "log", 1},         {"sin", "sin", 1},   {"cos", "cos", 1},     {"tan", "tan", 1},
    {"asin", "asin", 1},         {"acos", "acos", 1}, {"atan", "atan", 1},   {"atan2", "atan2", 2},
    {"sinh", "sinh", 1},         {"cosh", "cosh", 1}, {"tanh", "tanh", 1},   {"deg2rad", "toRadians", 1},
    {"rad2deg", "toDegrees", 1},
};

static const char *many(struct parser *s, const char *element, const char *const *arg, size_t n)
{
    struct bytes b = {0};
    bytes_printf(&b, "<%s>", element);
    for (size_t i = 0; i < n; i++)
        bytes_str(&b, arg[i]);
    bytes_printf(&b, "</%s>", element);
    char *text = arena_strndup(s->a, (const char *)b.p, b.n);
    bytes_release(&b);
    return text;
}

/* round(x, 2): the number of places is a plain number. */
static const char *rounded(struct parser *s, const char *const *arg, size_t n)
{
    const char *places = n == 2 ? strchr(arg[1], '>') + 1 : "0";
    size_t len = strspn(places, "0123456789");
    if (len == 0 || len > 2 || (n == 2 && places[len] != '<'))
        return fault(s, _("round() needs its number of places written out"), "round");
    return arena_printf(s->a, "<roundTo roundingMode=\"decimalPlaces\" figures=\"%.*s\">%s</roundTo>",
                        (int)len, places, arg[0]);
}

static const char *call(struct parser *s, const char *name, const char *const *arg, size_t n)
{
    if (strcmp(name, "pi") == 0 && n == 0)
        return "<mathConstant name=\"pi\"/>";
    if (strcmp(name, "sqrt") == 0 && n == 1)
        return two(s, "power", arg[0], constant(s, "0.5"));
    if (strcmp(name, "pow") == 0 && n == 2)
        return two(s, "power", arg[0], arg[1]);
    if (strcmp(name, "fmod") == 0 && n == 2)
        return modulus(s, arg[0], arg[1]);
    if (strcmp(name, "log") == 0 && n == 1)
        return math(s, "ln", arg, 1);
    if (strcmp(name, "log") == 0 && n == 2)
        return two(s, "divide", math(s, "ln", arg, 1), math(s, "ln", arg + 1, 1));
    if (strcmp(name, "round") == 0 && (n == 1 || n == 2))
        return rounded(s, arg, n);
    if ((strcmp(name, "min") == 0 || strcmp(name, "max") == 0) && n >= 2)
        return many(s, name, arg, n);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].php, name) == 0 && functions[i].n == n)
            return math(s, functions[i].qti, arg, n);
    return fault(s, _("the formula uses a function that is not known"), name);
}

static const char *function(struct parser *s)
{
    const char *arg[ARGUMENTS_MAX];
    size_t len = strspn(s->p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), n = 0;
    const char *name = arena_strndup(s->a, s->p, len);
    s->p += len;
    if (!take(s, "("))
        return fault(s, _("a function needs brackets"), name);
    while (!s->fault && peek(s) && peek(s) != ')' && n < ARGUMENTS_MAX) {
        arg[n++] = sum(s);
        if (!take(s, ","))
            break;
    }
    if (!take(s, ")"))
        return fault(s, _("a bracket of the formula is not closed"), name);
    return call(s, name, arg, n);
}

static const char *value(struct parser *s)
{
    char c = peek(s);
    if ((c >= '0' && c <= '9') || c == '.')
        return number(s);
    if (c == '{')
        return variable(s);
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return function(s);
    if (c != '(')
        return fault(s, _("the formula cannot be read here"), s->p);
    s->p++;
    const char *inside = sum(s);
    return take(s, ")") ? inside : fault(s, _("a bracket of the formula is not closed"), s->p);
}

static const char *factor(struct parser *s);

/* "**" binds to the right and stronger than a sign before it. */
static const char *power(struct parser *s)
{
    const char *base = value(s);
    return take(s, "**") ? two(s, "power", base, factor(s)) : base;
}

static const char *factor(struct parser *s)
{
    if (++s->depth > DEPTH_MAX)
        return fault(s, _("the formula is nested too deep"), "");
    char c = peek(s);
    s->p += c == '-' || c == '+';
    const char *x = c == '-'   ? two(s, "subtract", constant(s, "0"), factor(s))
                    : c == '+' ? factor(s)
                               : power(s);
    s->depth--;
    return x;
}

static const char *product(struct parser *s)
{
    const char *x = factor(s);
    while (!s->fault) {
        if (peek(s) == '*' && s->p[1] != '*') {
            s->p++;
            x = two(s, "product", x, factor(s));
        } else if (take(s, "%")) {
            x = modulus(s, x, factor(s));
        } else if (take(s, "/")) {
            x = two(s, "divide", x, factor(s));
        } else {
            break;
        }
    }
    return x;
}

static const char *sum(struct parser *s)
{
    if (++s->depth > DEPTH_MAX)
        return fault(s, _("the formula is nested too deep"), "");
    const char *x = product(s);
    while (!s->fault) {
        if (take(s, "+"))
            x = two(s, "sum", x, product(s));
        else if (take(s, "-"))
            x = two(s, "subtract", x, product(s));
        else
            break;
    }
    s->depth--;
    return x;
}

bool formula_to_qti(struct arena *a, const char *formula, const struct formula_names *names,
                    struct bytes *out, const char **ret_fault)
{
    enum { FORMULA_MAX = 2000 };
    struct parser s = {.a = a, .p = formula, .names = names};
    if (strlen(formula) > FORMULA_MAX)
        fault(&s, _("the formula is too long"), "");
    const char *expression = s.fault ? "" : sum(&s);
    if (!s.fault && peek(&s))
        fault(&s, _("the formula cannot be read here"), s.p);
    *ret_fault = s.fault;
    if (s.fault)
        return false;
    bytes_str(out, expression);
    return true;
}
