/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

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

/* The first is part of the second. */
static struct value op_substring(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct text_options *o = x->data;
    const char *a = text_of(r, x, &arg[0], o->case_sensitive), *b = text_of(r, x, &arg[1], o->case_sensitive);
    return a && b ? value_boolean(r->arena, strstr(b, a) != NULL) : value_null();
}

struct pattern {
    const char *text; /* NULL: the text of the variable */
    size_t index;
};

/* The attribute "pattern", or the text of the variable that it names in braces. */
static void prepare_pattern(struct compiler *c, struct expr *x)
{
    struct pattern p = {compile_attr(c, x, "pattern"), SIZE_MAX};
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
    const char *pattern = p->text, *text = text_of(r, x, &arg[0], true);
    bool valid = false;
    if (!pattern && p->index != SIZE_MAX)
        pattern = text_of(r, x, &r->variable[p->index].value, true);
    if (!text)
        return value_null();
    bool matches = pattern && xml_pattern_matches(pattern, text, &valid);
    if (!valid)
        return run_fail(r, x->n, _("the pattern \"%.80s\" is no regular expression of XML Schema"),
                        pattern ? pattern : "");
    return value_boolean(r->arena, matches);
}

const struct operator_row string_operators[] = {
    {.name = "stringMatch", .min = 2, .max = 2, .run = op_string_match, .prepare = prepare_text},
    {.name = "substring", .min = 2, .max = 2, .run = op_substring, .prepare = prepare_text},
    {.name = "patternMatch", .min = 1, .max = 1, .run = op_pattern_match, .prepare = prepare_pattern},
    {0},
};
