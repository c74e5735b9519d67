/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/evaluate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/formula/compute.h"

enum { MAX_CELL_DEPTH = 16 }; /* cells in one another before the rest waits on a list */

enum memo_state { MEMO_NONE, MEMO_RUNNING, MEMO_DONE };
struct memo {
    uint64_t key; /* 0: free */
    enum memo_state state;
    value result;
};

/* Cells that are computed before the one that asked: a chain of 10,000 formulas needs no deep stack. */
struct waiting {
    uint64_t *key;
    size_t n, cap;
};

struct evaluator {
    const struct evaluator_book *book;
    struct arena *keep, *scratch;
    struct memo *memo;
    size_t n_memo, cap_memo;
    struct waiting waiting;
    uint64_t need; /* a cell that must be computed first */
    size_t steps, all_steps;
    unsigned depth;
    bool failed;
    char why[384];
};

struct evaluator *formula_evaluator_new(const struct evaluator_book *book)
{
    struct evaluator *ev = mem_alloc(sizeof *ev);
    ev->book = book;
    ev->keep = arena_new();
    ev->scratch = arena_new();
    ev->cap_memo = 256;
    ev->memo = mem_alloc(ev->cap_memo * sizeof *ev->memo);
    return ev;
}

void formula_evaluator_free(struct evaluator *ev)
{
    if (!ev)
        return;
    arena_free(ev->keep);
    arena_free(ev->scratch);
    free(ev->memo);
    free(ev->waiting.key);
    free(ev);
}

/* ---- failing ---- */

bool run_failed(const struct run *r)
{
    return r->ev->failed;
}

value formula_run_fail(struct run *r, const char *fmt, ...)
{
    struct evaluator *ev = r->ev;
    if (!ev->failed) {
        va_list list;
        va_start(list, fmt);
        vsnprintf(ev->why, sizeof ev->why, fmt, list);
        va_end(list);
        ev->failed = true;
    }
    return value_error(ERROR_NA);
}

size_t evaluator_steps(const struct evaluator *ev)
{
    return ev->all_steps;
}

bool run_step(struct run *r, size_t n)
{
    struct evaluator *ev = r->ev;
    ev->steps += n;
    ev->all_steps += n;
    if (ev->steps > EVALUATOR_MAX_STEPS || ev->all_steps > EVALUATOR_MAX_ALL_STEPS)
        formula_run_fail(r, "it needs more work than allowed");
    else if (arena_used(ev->scratch) + arena_used(ev->keep) + ev->cap_memo * sizeof *ev->memo >
             EVALUATOR_MAX_MEMORY)
        formula_run_fail(r, "it needs more memory than allowed");
    return !ev->failed;
}

/* ---- memo ---- */

static uint64_t key_of(int32_t sheet, int32_t row, int32_t column)
{
    return ((uint64_t)(uint32_t)sheet << 36 | (uint64_t)(uint32_t)row << 15 | (uint32_t)column) + 1;
}

static struct memo *slot(struct memo *table, size_t cap, uint64_t key)
{
    size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (cap - 1);
    while (table[i].key && table[i].key != key)
        i = (i + 1) & (cap - 1);
    return &table[i];
}

static struct memo *memo_of(struct evaluator *ev, uint64_t key)
{
    if (2 * ev->n_memo >= ev->cap_memo) {
        struct memo *wider = mem_alloc(2 * ev->cap_memo * sizeof *wider);
        for (size_t i = 0; i < ev->cap_memo; i++)
            if (ev->memo[i].key)
                *slot(wider, 2 * ev->cap_memo, ev->memo[i].key) = ev->memo[i];
        free(ev->memo);
        ev->memo = wider;
        ev->cap_memo *= 2;
    }
    struct memo *m = slot(ev->memo, ev->cap_memo, key);
    ev->n_memo += m->key == 0;
    m->key = key;
    return m;
}

/* ---- cells ---- */

static value kept(struct evaluator *ev, value v)
{
    if (v.kind == VALUE_TEXT)
        v.text = arena_strdup(ev->keep, v.text);
    return v;
}

/* The item of an array formula's result that falls on this cell. */
static value share(struct run *r, value v, const struct evaluator_cell *c, int32_t row, int32_t column)
{
    if (v.kind == VALUE_AREA)
        v = c->array ? whole(r, v) : settle(r, v);
    if (v.kind != VALUE_ARRAY)
        return v;
    return c->array ? item_at(&v, row - c->anchor_row, column - c->anchor_column) : v.item[0];
}

static value final(value v)
{
    return v.kind == VALUE_BLANK || v.kind == VALUE_MISSING ? value_number(0) : v;
}

static value run_formula(struct run *r, const char *text, enum formula_dialect dialect)
{
    const struct formula *f;
    struct err e = {0};
    if (formula_parse(&f, r->a, text, dialect, &e) < 0)
        return formula_run_fail(r, "%s", e.what);
    const struct formula_node *root = r->root;
    r->root = f->root;
    value v = compute(r, f->root);
    r->root = root;
    return v;
}

static value compute_cell(struct evaluator *ev, const struct evaluator_cell *c, int32_t sheet, int32_t row,
                          int32_t column)
{
    struct run r = {.ev = ev,
                    .book = ev->book,
                    .a = ev->scratch,
                    .sheet = sheet,
                    .array = c->array,
                    .row = c->array ? c->anchor_row : row,
                    .column = c->array ? c->anchor_column : column};
    value v = run_formula(&r, c->formula, ev->book->dialect);
    if (!ev->failed)
        v = share(&r, v, c, row, column);
    return final(v);
}

static bool needs_computing(const struct evaluator *ev, const struct evaluator_cell *c)
{
    return c->formula && (!c->cached || ev->book->recalculate);
}

/* A1 of the sheet with that index: for messages. */
static value circle(struct run *r, int32_t row, int32_t column)
{
    char letters[4];
    return formula_run_fail(r, "circular reference at %s%d", formula_column_name(letters, column), row);
}

/* Callbacks may reuse their texts at the next call. */
static value borrowed(struct run *r, value v)
{
    if (v.kind == VALUE_TEXT)
        v.text = arena_strdup(r->a, v.text);
    return v;
}

value run_cell(struct run *r, int32_t sheet, int32_t row, int32_t column)
{
    struct evaluator *ev = r->ev;
    struct evaluator_cell c = {0};
    if (!run_step(r, 1))
        return value_error(ERROR_NA);
    uint64_t key = key_of(sheet, row, column);
    struct memo *m = slot(ev->memo, ev->cap_memo, key);
    if (m->key && m->state == MEMO_DONE)
        return m->result;
    ev->book->cell(ev->book->context, sheet, row, column, &c);
    if (!needs_computing(ev, &c))
        return borrowed(r, c.value);
    m = memo_of(ev, key);
    if (m->state == MEMO_RUNNING)
        return circle(r, row, column);
    if (ev->depth >= MAX_CELL_DEPTH) {
        ev->need = key;
        return formula_run_fail(r, "waiting");
    }
    m->state = MEMO_RUNNING;
    c.formula = arena_strdup(ev->scratch, c.formula);
    ev->depth++;
    value v = compute_cell(ev, &c, sheet, row, column);
    ev->depth--;
    m = memo_of(ev, key);
    m->state = ev->failed ? MEMO_NONE : MEMO_DONE;
    if (!ev->failed)
        m->result = kept(ev, v);
    return m->result;
}

bool run_cell_calls(struct run *r, int32_t sheet, int32_t row, int32_t column, const char *function)
{
    struct evaluator_cell c = {0};
    const struct formula *f;
    if (!run_step(r, 1))
        return false;
    r->book->cell(r->book->context, sheet, row, column, &c);
    return c.formula && strcasestr(c.formula, function) &&
           formula_parse(&f, r->a, c.formula, r->book->dialect, NULL) == 0 && formula_calls(f, function);
}

value run_name(struct run *r, const char *name)
{
    const char *text =
        r->book->name ? r->book->name(r->book->context, name, r->sheet, r->row, r->column) : NULL;
    if (!text)
        return formula_run_fail(r, "the name %s is not known", name);
    if (r->names >= COMPUTE_MAX_NAMES)
        return formula_run_fail(r, "names refer to one another at %s", name);
    r->names++;
    value v = run_formula(r, arena_strdup(r->a, text), r->book->dialect);
    r->names--;
    return v;
}

/* ---- from outside ---- */

static void wait_for(struct evaluator *ev, uint64_t key)
{
    if (ev->waiting.n == ev->waiting.cap) {
        ev->waiting.cap = ev->waiting.cap ? 2 * ev->waiting.cap : 64;
        ev->waiting.key = mem_grow(ev->waiting.key, ev->waiting.cap, sizeof *ev->waiting.key);
    }
    ev->waiting.key[ev->waiting.n++] = key;
    memo_of(ev, key)->state = MEMO_RUNNING;
    ev->need = 0;
    ev->failed = false;
}

/* Computes the last cell of the list; 1: another one must come first. */
static void compute_waiting(struct evaluator *ev)
{
    uint64_t key = ev->waiting.key[ev->waiting.n - 1];
    int32_t sheet = (int32_t)((key - 1) >> 36), row = (int32_t)((key - 1) >> 15 & 0x1fffff),
            column = (int32_t)((key - 1) & 0x7fff);
    struct evaluator_cell c = {0};
    arena_reset(ev->scratch);
    ev->book->cell(ev->book->context, sheet, row, column, &c);
    c.formula = arena_strdup(ev->scratch, c.formula);
    value v = compute_cell(ev, &c, sheet, row, column);
    if (ev->failed)
        return;
    struct memo *m = memo_of(ev, key);
    m->result = kept(ev, v);
    m->state = MEMO_DONE;
    ev->waiting.n--;
}

/* Until the list is empty or one of its cells cannot be told. */
static void work_off(struct evaluator *ev)
{
    while (ev->waiting.n > 0) {
        compute_waiting(ev);
        if (ev->failed && ev->need)
            wait_for(ev, ev->need);
        else if (ev->failed)
            break;
    }
    while (ev->waiting.n > 0)
        memo_of(ev, ev->waiting.key[--ev->waiting.n])->state = MEMO_NONE;
}

static void begin(struct evaluator *ev)
{
    ev->steps = 0;
    ev->depth = 0;
    ev->need = 0;
    ev->failed = false;
    arena_reset(ev->scratch);
}

static int hand_out(struct evaluator *ev, value v, struct arena *a, struct formula_value *ret, struct err *e)
{
    if (ev->failed)
        return err_set(e, ERR_NO, NULL, "%s", ev->why);
    *ret = v;
    if (v.kind == VALUE_TEXT)
        ret->text = arena_strdup(a, v.text);
    return 0;
}

int evaluator_cell(struct evaluator *ev, int32_t sheet, int32_t row, int32_t column, struct arena *a,
                   struct formula_value *ret, struct err *e)
{
    struct evaluator_cell c = {0};
    uint64_t key = key_of(sheet, row, column);
    begin(ev);
    ev->book->cell(ev->book->context, sheet, row, column, &c);
    if (!needs_computing(ev, &c))
        return hand_out(ev, c.value, a, ret, e);
    if (memo_of(ev, key)->state != MEMO_DONE) {
        wait_for(ev, key);
        work_off(ev);
    }
    return hand_out(ev, memo_of(ev, key)->result, a, ret, e);
}

int evaluator_formula(struct evaluator *ev, const char *formula, bool array, int32_t sheet, int32_t row,
                      int32_t column, struct arena *a, struct formula_value *ret, struct err *e)
{
    const struct formula *f;
    const struct evaluator_cell c = {
        .formula = formula, .array = array, .anchor_row = row, .anchor_column = column};
    value v;
    if (formula_parse(&f, a, formula, ev->book->dialect, e) < 0)
        return -ERR_DATA;
    begin(ev);
    for (;;) {
        v = compute_cell(ev, &c, sheet, row, column);
        if (!ev->failed || !ev->need)
            break;
        wait_for(ev, ev->need);
        work_off(ev);
        if (ev->failed)
            break;
        arena_reset(ev->scratch);
    }
    return hand_out(ev, v, a, ret, e);
}
