/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

enum { MAX_ATTEMPTS = 100, FEW = 4 };

struct value run_fail(struct run *r, const struct xml_node *n, const char *fmt, ...)
{
    char what[256];
    va_list ap;
    if (r->failed)
        return value_null();
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    xml_err(r->e, r->scope->doc, n, "%s", what);
    r->failed = true;
    return value_null();
}

struct datum *run_space(struct run *r, const struct xml_node *n, size_t count)
{
    if (count > PROGRAM_MAX_VALUES || (r->values += count) > 10u * PROGRAM_MAX_VALUES) {
        run_fail(r, n, _("more values than the limit"));
        return NULL;
    }
    return arena_array(r->arena, count, sizeof(struct datum));
}

bool run_charge(struct run *r, const struct xml_node *n, size_t a, size_t b)
{
    r->work += (uint64_t)a * b;
    if (r->work <= PROGRAM_MAX_WORK)
        return true;
    run_fail(r, n, _("the rules need more steps than the limit"));
    return false;
}

struct value expr_value(struct run *r, const struct expr *x)
{
    struct value few[FEW], *arg = few;
    if (r->failed)
        return value_null();
    if (++r->steps > PROGRAM_MAX_STEPS)
        return run_fail(r, x->n, _("the rules need more steps than the limit"));
    if (x->lazy || x->count == 0)
        return x->run(r, x, NULL);
    if (x->count > FEW)
        arg = arena_array(r->arena, x->count, sizeof *arg);
    for (size_t i = 0; i < x->count; i++)
        arg[i] = expr_value(r, &x->arg[i]);
    return r->failed ? value_null() : x->run(r, x, arg);
}

bool number_of(const struct run *r, const struct number_ref *ref, double *ret)
{
    if (!ref->given)
        return false;
    if (ref->index != SIZE_MAX)
        return value_number(&r->variable[ref->index].value, ret);
    *ret = ref->number;
    return true;
}

bool integer_of(const struct run *r, const struct number_ref *ref, int64_t *ret)
{
    double v;
    if (!number_of(r, ref, &v) || !(fabs(v) < 1e15) || floor(v) != v)
        return false;
    *ret = (int64_t)v;
    return true;
}

void run_key(struct run *r, const char *identifier, uint32_t count)
{
    uint8_t numbers[8];
    for (int i = 0; i < 4; i++) {
        numbers[i] = (uint8_t)(count >> (8 * i));
        numbers[4 + i] = (uint8_t)(r->attempt >> (8 * i));
    }
    uint64_t h = rng_spread(RNG_SPREAD, r->seed.p, r->seed.n);
    h = rng_spread(h, identifier, strlen(identifier) + 1);
    rng_seed(&r->rng, rng_spread(h, numbers, sizeof numbers));
}

void run_begin(struct run *r, const struct scope *s, struct arena *a, const struct span *seed)
{
    *r = (struct run){.scope = s, .arena = a, .seed = seed ? *seed : (struct span){0}};
    r->variable = arena_array(a, s->n, sizeof *r->variable);
    run_restart(r);
}

static int start(struct run *r, struct err *e, struct err *unwanted)
{
    r->e = e ? e : unwanted;
    r->failed = r->left = r->retry = false;
    r->steps = 0;
    r->values = 0;
    r->work = 0;
    return 0;
}

int run_rules(struct run *r, const struct program *rules, struct err *e)
{
    struct err unwanted;
    start(r, e, &unwanted);
    if (r->seed.n)
        run_key(r, "", 0);
    rules_run(r, &rules->rules);
    return r->failed ? -ERR_DATA : 0;
}

int run_expression(struct run *r, const struct program *expression, struct value *ret, struct err *e)
{
    struct err unwanted;
    start(r, e, &unwanted);
    if (r->seed.n)
        run_key(r, "", 0);
    *ret = expr_value(r, expression->expression);
    return r->failed ? -ERR_DATA : 0;
}

void run_restart(struct run *r)
{
    const struct scope *s = r->scope;
    for (size_t i = 0; i < s->n; i++)
        r->variable[i] =
            (struct run_variable){s->variable[i].value, s->variable[i].initial, s->variable[i].correct, 0};
}

static void responses_to_default(struct run *r)
{
    for (size_t i = 0; i < r->scope->n; i++) {
        const struct item_declaration *d = r->scope->variable[i].declaration;
        if (d && d->what == DECLARED_RESPONSE)
            r->variable[i].value = r->variable[i].initial;
    }
}

int run_templates(struct run *r, const struct program *rules, struct err *e)
{
    struct err unwanted;
    start(r, e, &unwanted);
    for (r->attempt = 0; r->attempt <= MAX_ATTEMPTS && !r->failed; r->attempt++) {
        if (r->attempt)
            run_restart(r);
        r->last = r->attempt == MAX_ATTEMPTS;
        r->retry = r->left = false;
        run_key(r, "", 0);
        rules_run(r, &rules->rules);
        if (!r->retry)
            break;
    }
    r->attempt = 0;
    r->left = r->retry = r->last = false;
    responses_to_default(r);
    return r->failed ? -ERR_DATA : 0;
}
