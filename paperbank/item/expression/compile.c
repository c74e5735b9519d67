/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

static const struct operator_row *const families[] = {
    logic_operators,  comparison_operators, arithmetic_operators, rounding_operators, container_operators,
    string_operators, variable_operators,   inexact_operators,    dialect_operators,  test_operators,
};

const struct operator_row *operator_find(const char *name)
{
    for (size_t f = 0; f < sizeof families / sizeof *families; f++)
        for (const struct operator_row *row = families[f]; row->name; row++)
            if (strcmp(row->name, name) == 0)
                return row;
    return NULL;
}

static struct value op_fault(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)arg;
    return run_fail(r, x->n, "%s", (const char *)x->data);
}

void compile_fault(struct compiler *c, struct expr *x, const char *fmt, ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    if (c->fault->kind == ERR_NONE)
        xml_err(c->fault, c->scope->doc, x->n, "%s", what);
    *x = (struct expr){.run = op_fault, .n = x->n, .index = SIZE_MAX, .data = arena_strdup(c->arena, what)};
}

const char *compile_attr(const struct compiler *c, const struct expr *x, const char *name)
{
    return xml_attr(c->scope->doc, x->n, name);
}

bool compile_true(const struct compiler *c, const struct expr *x, const char *name, bool fallback)
{
    const char *v = compile_attr(c, x, name);
    return v ? strcmp(v, "true") == 0 || strcmp(v, "1") == 0 : fallback;
}

static struct value op_unknown(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)r, (void)x, (void)arg;
    return value_null();
}

bool compile_named(struct compiler *c, struct expr *x)
{
    const char *id = compile_attr(c, x, "identifier");
    x->index = id ? scope_find(c->scope, id) : SIZE_MAX;
    if (x->index != SIZE_MAX)
        return true;
    if (id && c->scope->unknown_is_null)
        x->run = op_unknown;
    else
        compile_fault(c, x, _("<%s> names \"%.60s\", which is not declared"), xml_name(x->n), id ? id : "");
    return false;
}

const struct mapping *compile_mapping(struct compiler *c, size_t index)
{
    const struct scope_variable *v = &c->scope->variable[index];
    if (v->declaration && !c->scope->mapping[index])
        c->scope->mapping[index] = mapping_new(c->arena, v->declaration, v->normalize);
    return c->scope->mapping[index];
}

struct number_ref compile_number(struct compiler *c, const char *text)
{
    struct number_ref ref = {.given = text != NULL, .index = SIZE_MAX};
    struct datum d;
    if (!text)
        return ref;
    if (datum_parse(c->arena, text, BASE_FLOAT, &d)) {
        ref.number = d.number;
        return ref;
    }
    size_t n = strlen(text);
    bool braced = n > 2 && text[0] == '{' && text[n - 1] == '}';
    ref.index = scope_find(c->scope, braced ? arena_strndup(c->arena, text + 1, n - 2) : text);
    ref.given = ref.index != SIZE_MAX;
    return ref;
}

static size_t count_elements(const struct xml_node *n)
{
    size_t count = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        count++;
    return count;
}

static void compile_children(struct compiler *c, struct expr *x)
{
    size_t i = 0;
    x->arg = arena_array(c->arena, x->count, sizeof *x->arg);
    for (const struct xml_node *n = xml_first_element(x->n); n; n = xml_next_element(n))
        compile_expression(c, n, &x->arg[i++]);
}

void compile_expression(struct compiler *c, const struct xml_node *n, struct expr *ret)
{
    const struct operator_row *row = operator_find(xml_name(n));
    size_t count = count_elements(n);
    *ret = (struct expr){.n = n, .count = count, .index = SIZE_MAX};
    if (!row) {
        compile_fault(c, ret, _("<%.60s> is not an expression that is known"), xml_name(n));
        return;
    }
    if (c->depth >= PROGRAM_MAX_DEPTH) {
        compile_fault(c, ret, _("the rules need more steps than the limit"));
        return;
    }
    if (count < (size_t)row->min || (row->max >= 0 && count > (size_t)row->max)) {
        compile_fault(c, ret, _("<%s> has %zu sub-expressions"), row->name, count);
        return;
    }
    ret->run = row->run;
    ret->lazy = row->lazy;
    c->depth++;
    if (!row->own)
        compile_children(c, ret);
    if (row->prepare)
        row->prepare(c, ret);
    c->depth--;
}

static struct program *program_new(struct scope *s, struct compiler *c)
{
    struct program *p = arena_alloc(s->arena, sizeof *p);
    p->scope = s;
    *c = (struct compiler){.scope = s, .arena = s->arena, .fault = &p->fault};
    return p;
}

const struct program *program_rules(struct scope *s, const struct xml_node *parent)
{
    struct compiler c;
    struct program *p = program_new(s, &c);
    p->rules = compile_rules(&c, parent, xml_first_element(parent));
    return p;
}

const struct program *program_expression(struct scope *s, const struct xml_node *expression)
{
    struct compiler c;
    struct program *p = program_new(s, &c);
    p->expression = arena_alloc(s->arena, sizeof *p->expression);
    compile_expression(&c, expression, p->expression);
    return p;
}

int program_check(const struct program *p, struct err *e)
{
    if (p->fault.kind == ERR_NONE)
        return 0;
    return err_set(e, p->fault.kind, p->fault.where, "%s", p->fault.what);
}
