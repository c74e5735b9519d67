/* SPDX-License-Identifier: Apache-2.0 */
/* IF and its kin, and what asks for the kind of a value. The ones that choose compute only what they choose.
 */
#include "scoring/practical/formula/compute.h"

#include <string.h>

#include "scoring/practical/formula/decimal.h"

/* ---- choosing ---- */

static value nothing(void)
{
    return (value){.kind = VALUE_MISSING};
}

static value pick_if(struct run *r, value *arg, uint32_t n)
{
    bool truth;
    value error;
    if (!to_bool(r, &arg[0], &truth, &error))
        return error;
    if (truth)
        return arg[1];
    return n > 2 ? arg[2] : value_bool(false);
}

static value pick_ifs(struct run *r, value *arg, uint32_t n)
{
    bool truth;
    value error;
    for (uint32_t i = 0; i + 1 < n; i += 2) {
        if (!to_bool(r, &arg[i], &truth, &error))
            return error;
        if (truth)
            return arg[i + 1];
    }
    return value_error(ERROR_NA);
}

static value pick_switch(struct run *r, value *arg, uint32_t n)
{
    if (arg[0].kind == VALUE_ERROR)
        return arg[0];
    for (uint32_t i = 1; i + 1 < n; i += 2) {
        if (arg[i].kind == VALUE_ERROR)
            return arg[i];
        if (formula_value_equal(r, &arg[0], &arg[i]))
            return arg[i + 1];
    }
    return n % 2 == 0 ? arg[n - 1] : value_error(ERROR_NA);
}

static value pick_choose(struct run *r, value *arg, uint32_t n)
{
    int32_t i;
    value error;
    if (!to_whole(r, &arg[0], &i, &error))
        return error;
    return i >= 1 && (uint32_t)i < n ? arg[i] : value_error(ERROR_VALUE);
}

static value pick_iferror(struct run *r, value *arg, uint32_t n)
{
    (void)r;
    (void)n;
    return arg[0].kind == VALUE_ERROR ? arg[1] : arg[0];
}

static value pick_ifna(struct run *r, value *arg, uint32_t n)
{
    (void)r;
    (void)n;
    return arg[0].kind == VALUE_ERROR && arg[0].error == ERROR_NA ? arg[1] : arg[0];
}

/* With an array among the conditions everything is computed, and then chosen item by item. */
static value choose_all(struct run *r, const struct formula_node *call, compute_fn *pick)
{
    value *arg = arena_array(r->a, call->n + 1, sizeof *arg);
    uint32_t i = 0;
    for (const struct formula_node *c = call->first; c && !run_failed(r); c = c->next)
        arg[i++] = settle(r, compute(r, c));
    return run_failed(r) ? nothing() : lift(r, pick, arg, call->n, UINT32_MAX);
}

static value lazy_if(struct run *r, const struct formula_node *call)
{
    value condition = settle(r, compute(r, call->first)), error;
    const struct formula_node *then = call->first->next;
    bool truth;
    if (condition.kind == VALUE_ARRAY)
        return choose_all(r, call, pick_if);
    if (!to_bool(r, &condition, &truth, &error))
        return error;
    if (truth)
        return compute(r, then);
    return then->next ? compute(r, then->next) : value_bool(false);
}

static value lazy_ifs(struct run *r, const struct formula_node *call)
{
    bool truth;
    for (const struct formula_node *c = call->first; c && c->next && !run_failed(r); c = c->next->next) {
        value condition = settle(r, compute(r, c)), error;
        if (condition.kind == VALUE_ARRAY)
            return choose_all(r, call, pick_ifs);
        if (!to_bool(r, &condition, &truth, &error))
            return error;
        if (truth)
            return compute(r, c->next);
    }
    return value_error(ERROR_NA);
}

static value lazy_switch(struct run *r, const struct formula_node *call)
{
    value what = settle(r, compute(r, call->first));
    const struct formula_node *c = call->first->next;
    if (what.kind == VALUE_ARRAY)
        return choose_all(r, call, pick_switch);
    if (what.kind == VALUE_ERROR)
        return what;
    for (; c && c->next && !run_failed(r); c = c->next->next) {
        value it = settle_one(r, compute(r, c));
        if (it.kind == VALUE_ERROR)
            return it;
        if (formula_value_equal(r, &what, &it))
            return compute(r, c->next);
    }
    return c ? compute(r, c) : value_error(ERROR_NA);
}

static value lazy_choose(struct run *r, const struct formula_node *call)
{
    value index = settle(r, compute(r, call->first)), error;
    const struct formula_node *c = call->first;
    int32_t i;
    if (index.kind == VALUE_ARRAY)
        return choose_all(r, call, pick_choose);
    if (!to_whole(r, &index, &i, &error))
        return error;
    if (i < 1 || (uint32_t)i >= call->n)
        return value_error(ERROR_VALUE);
    while (i-- > 0)
        c = c->next;
    return compute(r, c);
}

static value instead(struct run *r, const struct formula_node *call, compute_fn *pick)
{
    value v = settle(r, compute(r, call->first));
    if (v.kind == VALUE_ARRAY)
        return choose_all(r, call, pick);
    value pair[2] = {v, nothing()}, chosen = pick(r, pair, 2);
    if (chosen.kind == VALUE_MISSING && v.kind == VALUE_ERROR)
        return compute(r, call->first->next);
    return v.kind == VALUE_BLANK ? value_number(0) : v;
}

static value lazy_iferror(struct run *r, const struct formula_node *call)
{
    return instead(r, call, pick_iferror);
}

static value lazy_ifna(struct run *r, const struct formula_node *call)
{
    return instead(r, call, pick_ifna);
}

/* ---- AND OR XOR NOT ---- */

struct truths {
    size_t n, true_ones;
    value error;
};

/* Texts and blanks of ranges do not count. */
static bool count_truth(struct run *r, void *context, const value *v, bool direct)
{
    struct truths *t = context;
    bool truth;
    if (!direct && (v->kind == VALUE_TEXT || v->kind == VALUE_BLANK))
        return true;
    if (!to_bool(r, v, &truth, &t->error))
        return false;
    t->error = (value){0};
    t->n++;
    t->true_ones += truth;
    return true;
}

static struct truths truths(struct run *r, const value *arg, uint32_t n)
{
    struct truths t = {.error = {.kind = VALUE_BLANK}};
    visit(r, arg, n, count_truth, &t);
    if (t.error.kind != VALUE_ERROR && t.n == 0)
        t.error = value_error(ERROR_VALUE);
    return t;
}

static value and_(struct run *r, value *arg, uint32_t n)
{
    struct truths t = truths(r, arg, n);
    return t.error.kind == VALUE_ERROR ? t.error : value_bool(t.true_ones == t.n);
}

static value or_(struct run *r, value *arg, uint32_t n)
{
    struct truths t = truths(r, arg, n);
    return t.error.kind == VALUE_ERROR ? t.error : value_bool(t.true_ones > 0);
}

static value xor_(struct run *r, value *arg, uint32_t n)
{
    struct truths t = truths(r, arg, n);
    return t.error.kind == VALUE_ERROR ? t.error : value_bool(t.true_ones % 2 == 1);
}

static value not_(struct run *r, value *arg, uint32_t n)
{
    bool truth;
    value error;
    (void)n;
    return to_bool(r, &arg[0], &truth, &error) ? value_bool(!truth) : error;
}

static value true_(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)arg, (void)n;
    return value_bool(true);
}

static value false_(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)arg, (void)n;
    return value_bool(false);
}

static value na(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)arg, (void)n;
    return value_error(ERROR_NA);
}

/* ---- what kind it is ---- */

static value is_error(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_ERROR);
}

static value iserr(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_ERROR && arg[0].error != ERROR_NA);
}

static value isna(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_ERROR && arg[0].error == ERROR_NA);
}

static value isnumber(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_NUMBER);
}

static value istext(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_TEXT);
}

static value isnontext(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind != VALUE_TEXT);
}

static value islogical(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_BOOL);
}

static value is_blank(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return value_bool(arg[0].kind == VALUE_BLANK);
}

static value parity(struct run *r, const value *v, bool odd)
{
    int32_t x;
    value error;
    return to_whole(r, v, &x, &error) ? value_bool((x % 2 != 0) == odd) : error;
}

static value iseven(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return parity(r, &arg[0], false);
}

static value isodd(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return parity(r, &arg[0], true);
}

static value n_(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    if (arg[0].kind == VALUE_NUMBER || arg[0].kind == VALUE_ERROR)
        return arg[0];
    return value_number(arg[0].kind == VALUE_BOOL && arg[0].truth);
}

static value t_(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)n;
    return arg[0].kind == VALUE_TEXT || arg[0].kind == VALUE_ERROR ? arg[0] : value_text("");
}

const struct function logic_functions[] = {
    {"IF", 2, 3, "", NULL, lazy_if},
    {"IFS", 2, 254, "", NULL, lazy_ifs},
    {"SWITCH", 3, 254, "", NULL, lazy_switch},
    {"CHOOSE", 2, 254, "", NULL, lazy_choose},
    {"IFERROR", 2, 2, "", NULL, lazy_iferror},
    {"IFNA", 2, 2, "", NULL, lazy_ifna},
    {"AND", 1, 255, "r", and_, NULL},
    {"OR", 1, 255, "r", or_, NULL},
    {"XOR", 1, 255, "r", xor_, NULL},
    {"NOT", 1, 1, "v", not_, NULL},
    {"TRUE", 0, 0, "", true_, NULL},
    {"FALSE", 0, 0, "", false_, NULL},
    {"NA", 0, 0, "", na, NULL},
    {"ISERROR", 1, 1, "x", is_error, NULL},
    {"ISERR", 1, 1, "x", iserr, NULL},
    {"ISNA", 1, 1, "x", isna, NULL},
    {"ISNUMBER", 1, 1, "x", isnumber, NULL},
    {"ISTEXT", 1, 1, "x", istext, NULL},
    {"ISNONTEXT", 1, 1, "x", isnontext, NULL},
    {"ISLOGICAL", 1, 1, "x", islogical, NULL},
    {"ISBLANK", 1, 1, "x", is_blank, NULL},
    {"ISEVEN", 1, 1, "v", iseven, NULL},
    {"ISODD", 1, 1, "v", isodd, NULL},
    {"N", 1, 1, "x", n_, NULL},
    {"T", 1, 1, "x", t_, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};
