/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/formula.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "scoring/practical/formula/decimal.h"
#include "scoring/practical/formula/scan.h"

char *formula_column_name(char buf[4], int32_t column)
{
    char reversed[4];
    size_t n = 0;
    for (; column > 0 && n < 3; column = (column - 1) / 26)
        reversed[n++] = (char)('A' + (column - 1) % 26);
    for (size_t i = 0; i < n; i++)
        buf[i] = reversed[n - 1 - i];
    buf[n] = '\0';
    return buf;
}

/* ---- references ---- */

/* A name that could be a cell or begins with a digit wants quotes. */
static bool plain_sheet(const char *name)
{
    struct formula_reference r;
    struct arena *none = NULL;
    const char *s = name, *cell = name;
    if ((*s >= '0' && *s <= '9') || *s == '.' || !*s)
        return false;
    while (word_byte(*s) && *s != '\\' && *s != '?')
        s++;
    return !*s && !scan_excel_reference(&cell, none, &r);
}

static void put_quoted(struct bytes *out, const char *s)
{
    for (; *s; s++)
        bytes_printf(out, *s == '\'' ? "''" : "%c", *s);
}

char *formula_quote_sheet(struct arena *a, const char *name)
{
    struct bytes out = {0};
    if (plain_sheet(name))
        return arena_strdup(a, name);
    bytes_str(&out, "'");
    put_quoted(&out, name);
    bytes_str(&out, "'");
    char *copy = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return copy;
}

static void put_sheet(struct bytes *out, const struct formula_reference *r, const struct formula_form *form)
{
    if (!r->book && (!r->sheet || (!r->sheet_to && form->home && strcmp(r->sheet, form->home) == 0)))
        return;
    bool quotes = (r->book && r->book[0] != '[') || (r->sheet && !plain_sheet(r->sheet)) ||
                  (r->sheet_to && !plain_sheet(r->sheet_to));
    bool file = r->book && r->book[0] != '[';
    bytes_str(out, quotes ? "'" : "");
    bytes_str(out, file ? "[" : "");
    put_quoted(out, r->book ? r->book : "");
    bytes_str(out, file ? "]" : "");
    put_quoted(out, r->sheet ? r->sheet : "");
    bytes_str(out, r->sheet_to ? ":" : "");
    put_quoted(out, r->sheet_to ? r->sheet_to : "");
    bytes_str(out, quotes ? "'!" : "!");
}

static void put_relative(struct bytes *out, char letter, int32_t at, int32_t home, bool fixed)
{
    if (fixed)
        bytes_printf(out, "%c%d", letter, at);
    else if (at == home)
        bytes_printf(out, "%c", letter);
    else
        bytes_printf(out, "%c[%d]", letter, at - home);
}

static void put_corner(struct bytes *out, const struct formula_reference *r, const struct formula_corner *c,
                       const struct formula_form *form)
{
    char letters[4];
    if (form->r1c1_row) {
        if (!r->whole_columns)
            put_relative(out, 'R', c->row, form->r1c1_row, c->row_fixed);
        if (!r->whole_rows)
            put_relative(out, 'C', c->column, form->r1c1_column, c->column_fixed);
        return;
    }
    if (!r->whole_rows)
        bytes_printf(out, "%s%s", c->column_fixed && !form->drop_dollars ? "$" : "",
                     formula_column_name(letters, c->column));
    if (!r->whole_columns)
        bytes_printf(out, "%s%d", c->row_fixed && !form->drop_dollars ? "$" : "", c->row);
}

static void put_cells(struct bytes *out, const struct formula_reference *r, const struct formula_form *form)
{
    if (r->lost) {
        bytes_str(out, "#REF!");
        return;
    }
    put_corner(out, r, &r->from, form);
    if (!r->range)
        return;
    bytes_str(out, ":");
    put_corner(out, r, &r->to, form);
}

static void put_reference(struct bytes *out, const struct formula_reference *r,
                          const struct formula_form *form)
{
    put_sheet(out, r, form);
    put_cells(out, r, form);
}

static char *taken(struct arena *a, struct bytes *out)
{
    char *copy = arena_strndup(a, out->p ? (const char *)out->p : "", out->n);
    bytes_release(out);
    return copy;
}

char *formula_reference_text(const struct formula_reference *r, const struct formula_form *form,
                             struct arena *a)
{
    static const struct formula_form plain = {0};
    struct bytes out = {0};
    put_reference(&out, r, form ? form : &plain);
    return taken(a, &out);
}

/* ---- trees ---- */

/* What is still to be written: a node or a text. A stack of our own, since 1+1+… is as deep as it is long. */
struct pending {
    const struct formula_node *node;
    const char *text;
};

struct writer {
    struct bytes *out;
    const struct formula_form *form;
    struct pending *stack;
    size_t n, cap;
};

static void push(struct writer *w, const struct formula_node *node, const char *s)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 64;
        w->stack = mem_grow(w->stack, w->cap, sizeof *w->stack);
    }
    w->stack[w->n++] = (struct pending){.node = node, .text = s};
}

static int strength(const struct formula_node *n)
{
    if (n->kind == NODE_PREFIX)
        return 7;
    if (n->kind == NODE_POSTFIX)
        return 8;
    if (n->kind != NODE_BINARY)
        return 100;
    switch (n->op) {
    case '&':
        return 2;
    case '+':
    case '-':
        return 3;
    case '*':
    case '/':
        return 4;
    case '^':
        return 5;
    case ':':
        return 11;
    case FORMULA_OP_INTERSECTION:
        return 10;
    case FORMULA_OP_UNION:
        return 9;
    default:
        return 1;
    }
}

static const char *operator_text(char op)
{
    static const struct {
        char op;
        const char *text;
    } texts[] = {{FORMULA_OP_UNEQUAL, "<>"},
                 {FORMULA_OP_AT_MOST, "<="},
                 {FORMULA_OP_AT_LEAST, ">="},
                 {'<', "<"},
                 {'>', ">"},
                 {'=', "="},
                 {'&', "&"},
                 {'+', "+"},
                 {'-', "-"},
                 {'*', "*"},
                 {'/', "/"},
                 {'^', "^"},
                 {':', ":"},
                 {',', ","},
                 {' ', " "},
                 {'%', "%"},
                 {'#', "#"},
                 {'@', "@"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].op == op)
            return texts[i].text;
    return "?";
}

static bool is_union(const struct formula_node *n)
{
    return n->kind == NODE_BINARY && n->op == FORMULA_OP_UNION;
}

static const struct formula_node *ungrouped(const struct writer *w, const struct formula_node *n)
{
    while (w->form->plain_groups && n->kind == NODE_GROUP)
        n = n->first;
    return n;
}

/* An operand, in parentheses where what it belongs to binds tighter. */
static void push_operand(struct writer *w, const struct formula_node *n, int least)
{
    n = ungrouped(w, n);
    bool needed = w->form->plain_groups && strength(n) < least && !is_union(n);
    push(w, NULL, needed ? ")" : "");
    push(w, n, NULL);
    push(w, NULL, needed ? "(" : "");
}

static void push_children(struct writer *w, const struct formula_node *n, const struct formula_node *child,
                          uint32_t i)
{
    const char *separator = n->kind == NODE_ARRAY && n->columns && i % n->columns == 0 ? ";" : ",";
    struct writer reversed = {.form = w->form};
    for (; child; child = child->next, i++) {
        separator = n->kind == NODE_ARRAY && n->columns && i % n->columns == 0 ? ";" : ",";
        push(&reversed, NULL, i ? separator : "");
        push(&reversed, ungrouped(w, child), NULL);
    }
    while (reversed.n)
        push(w, reversed.stack[reversed.n - 1].node, reversed.stack[reversed.n - 1].text), reversed.n--;
    free(reversed.stack);
}

static void put_text(struct bytes *out, const char *s)
{
    bytes_str(out, "\"");
    for (; *s; s++)
        bytes_printf(out, *s == '"' ? "\"\"" : "%c", *s);
    bytes_str(out, "\"");
}

static void put_number(struct bytes *out, double x)
{
    char buf[DECIMAL_TEXT];
    bytes_str(out, decimal_shortest(buf, x));
}

static void put_leaf(struct writer *w, const struct formula_node *n)
{
    if (n->kind == NODE_NUMBER)
        put_number(w->out, n->number);
    else if (n->kind == NODE_TEXT)
        put_text(w->out, n->text);
    else if (n->kind == NODE_BOOL)
        bytes_str(w->out, n->number != 0 ? "TRUE" : "FALSE");
    else if (n->kind == NODE_CELLS)
        put_reference(w->out, n->reference, w->form);
    else if (n->kind != NODE_MISSING)
        bytes_str(w->out, n->text);
}

/* (A1,B1,C1): always in parentheses, since a comma parts arguments too. */
static void push_union(struct writer *w, const struct formula_node *n)
{
    push(w, NULL, ")");
    for (; is_union(n); n = n->first) {
        push_operand(w, n->first->next, 10);
        push(w, NULL, ",");
    }
    push_operand(w, n, 10);
    push(w, NULL, "(");
}

static void put_node(struct writer *w, const struct formula_node *n)
{
    int own = strength(n);
    switch (n->kind) {
    case NODE_PREFIX:
        push_operand(w, n->first, own);
        push(w, NULL, operator_text(n->op));
        break;
    case NODE_POSTFIX:
        push(w, NULL, operator_text(n->op));
        push_operand(w, n->first, own);
        break;
    case NODE_BINARY:
        if (is_union(n)) {
            push_union(w, n);
            break;
        }
        push_operand(w, n->first->next, own + 1);
        push(w, NULL, operator_text(n->op));
        push_operand(w, n->first, own);
        break;
    case NODE_GROUP:
        push(w, NULL, is_union(n->first) ? "" : ")");
        push(w, n->first, NULL);
        push(w, NULL, is_union(n->first) ? "" : "(");
        break;
    case NODE_CALL:
    case NODE_ARRAY:
        push(w, NULL, n->kind == NODE_CALL ? ")" : "}");
        push_children(w, n, n->first, 0);
        push(w, NULL, n->kind == NODE_CALL ? "(" : "{");
        push(w, NULL, n->kind == NODE_CALL ? n->text : "");
        break;
    default:
        put_leaf(w, n);
        break;
    }
}

char *formula_text(const struct formula *f, const struct formula_form *form, struct arena *a)
{
    static const struct formula_form plain = {0};
    struct bytes out = {0};
    struct writer w = {.out = &out, .form = form ? form : &plain};
    push(&w, ungrouped(&w, f->root), NULL);
    while (w.n) {
        struct pending next = w.stack[--w.n];
        if (next.text)
            bytes_str(&out, next.text);
        else
            put_node(&w, next.node);
    }
    free(w.stack);
    return taken(a, &out);
}
