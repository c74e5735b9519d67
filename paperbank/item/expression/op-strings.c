/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/expression/program-internal.h"

static const char *text_of(struct run *r, const struct expr *x, const struct value *v, bool case_sensitive)
{
    if (v->n != 1)
        return NULL;
    const char *s = datum_text(r->arena, &v->at[0]);
    if (!run_charge(r, x->n, strlen(s), 1))
        return NULL;
    return case_sensitive ? s : text_fold_case(r->arena, s);
}

struct text_options {
    bool case_sensitive, substring;
};

static void prepare_text(struct compiler *c, struct expr *x)
{
    struct text_options o = {compile_true(c, x, "caseSensitive", true),
                             compile_true(c, x, "substring", false)};
    x->data = arena_copy(c->arena, &o, sizeof o);
}

static struct value op_string_match(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct text_options *o = x->data;
    const char *a = text_of(r, x, &arg[0], o->case_sensitive), *b = text_of(r, x, &arg[1], o->case_sensitive);
    if (!a || !b)
        return value_null();
    return value_boolean(r->arena, o->substring ? strstr(a, b) != NULL : strcmp(a, b) == 0);
}

static const char *characters(const char *s, double n)
{
    const char *end = s + strlen(s);
    for (double i = 0; s < end && i < n; i++)
        utf8_next(&s, end);
    return s;
}

/* A dialect's form: a text, the number of its first character from 1 on, and how many. */
static struct value part_of(struct run *r, const struct expr *x, const struct value *arg)
{
    double start, count;
    struct datum d;
    const char *text = text_of(r, x, &arg[0], true);
    if (!text || !value_number(&arg[1], &start) || !value_number(&arg[2], &count))
        return value_null();
    const char *from = characters(text, floor(start) - 1), *to = characters(from, floor(count));
    bool any = datum_parse(r->arena, arena_strndup(r->arena, from, (size_t)(to - from)), BASE_STRING, &d);
    return any ? value_of(r->arena, d) : value_null();
}

/* The first is part of the second. */
static struct value op_substring(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct text_options *o = x->data;
    if (x->count == 3)
        return part_of(r, x, arg);
    const char *a = text_of(r, x, &arg[0], o->case_sensitive), *b = text_of(r, x, &arg[1], o->case_sensitive);
    return a && b ? value_boolean(r->arena, strstr(b, a) != NULL) : value_null();
}

struct pattern {
    const char *text; /* NULL: the text of the variable */
    size_t index;
    bool folds; /* without regard to case: a dialect's attribute */
};

/* Folded but for what stands behind a backslash: \S is not \s. */
static const char *fold_pattern(struct arena *a, const char *pattern)
{
    struct bytes out = {0};
    for (const char *p = pattern; *p;) {
        size_t plain = strcspn(p, "\\"), escaped = p[plain] ? 1 + (p[plain + 1] != '\0') : 0;
        bytes_str(&out, text_fold_case(a, arena_strndup(a, p, plain)));
        bytes_add(&out, p + plain, escaped);
        p += plain + escaped;
    }
    const char *folded = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return folded;
}

/* The attribute "pattern", or the text of the variable that it names in braces; in a dialect the second
 * sub-expression. */
static void prepare_pattern(struct compiler *c, struct expr *x)
{
    struct pattern p = {compile_attr(c, x, "pattern"), SIZE_MAX,
                        !compile_true(c, x, "caseSensitive", true)};
    size_t n = p.text ? strlen(p.text) : 0;
    if (n > 2 && p.text[0] == '{' && p.text[n - 1] == '}') {
        p.index = scope_find(c->scope, arena_strndup(c->arena, p.text + 1, n - 2));
        p.text = NULL;
    }
    x->data = arena_copy(c->arena, &p, sizeof p);
}

static struct value op_pattern_match(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct pattern *p = x->data;
    const char *pattern = p->text, *text = text_of(r, x, &arg[0], !p->folds);
    bool valid = false;
    if (!pattern && p->index != SIZE_MAX)
        pattern = text_of(r, x, &r->variable[p->index].value, true);
    else if (!pattern && x->count == 2)
        pattern = text_of(r, x, &arg[1], true);
    if (!text)
        return value_null();
    if (pattern && p->folds)
        pattern = fold_pattern(r->arena, pattern);
    bool matches = pattern && xml_pattern_matches(pattern, text, &valid);
    if (!valid)
        return run_fail(r, x->n, _("the pattern \"%.80s\" is no regular expression of XML Schema"),
                        pattern ? pattern : "");
    return value_boolean(r->arena, matches);
}

const struct operator_row string_operators[] = {
    {.name = "stringMatch", .min = 2, .max = 2, .run = op_string_match, .prepare = prepare_text},
    {.name = "substring", .min = 2, .max = 3, .run = op_substring, .prepare = prepare_text},
    {.name = "patternMatch", .min = 1, .max = 2, .run = op_pattern_match, .prepare = prepare_pattern},
    {0},
};
