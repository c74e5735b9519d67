/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/parse.h"

#include <string.h>

#include "base/text.h"
#include "scoring/practical/parts.h"

struct formula_node *parse_node(struct parser *ps, enum formula_node_kind kind)
{
    struct formula_node *n = arena_alloc(ps->a, sizeof *n);
    n->kind = kind;
    n->also = ps->last;
    ps->last = n;
    ps->n_nodes++;
    return n;
}

void parse_adopt(struct formula_node *parent, struct formula_node *child, struct formula_node **tail)
{
    *(*tail ? &(*tail)->next : &parent->first) = child;
    *tail = child;
    parent->n++;
}

struct formula_node *parse_join(struct parser *ps, char op, struct formula_node *left,
                                struct formula_node *right)
{
    struct formula_node *n = parse_node(ps, NODE_BINARY), *tail = NULL;
    n->op = op;
    parse_adopt(n, left, &tail);
    parse_adopt(n, right, &tail);
    return n;
}

struct formula_node *parse_wrap(struct parser *ps, enum formula_node_kind kind, char op,
                                struct formula_node *inner)
{
    struct formula_node *n = parse_node(ps, kind), *tail = NULL;
    n->op = op;
    parse_adopt(n, inner, &tail);
    return n;
}

void parse_refuse(struct parser *ps, const char *what)
{
    if (ps->failed)
        return;
    ps->failed = true;
    size_t at = 1;
    for (const char *s = ps->source; s < ps->p; at++)
        utf8_next(&s, ps->p);
    err_set(ps->e, ERR_DATA, NULL, "no formula: %s at character %zu", what, at);
}

bool parse_deeper(struct parser *ps)
{
    if (++ps->depth <= FORMULA_MAX_DEPTH || ps->failed)
        return !ps->failed;
    ps->failed = true;
    err_set(ps->e, ERR_DATA, NULL, "the formula is nested deeper than %d", FORMULA_MAX_DEPTH);
    if (ps->e)
        ps->e->code = FAULT_LIMIT;
    return false;
}

bool parse_space(struct parser *ps)
{
    const char *before = ps->p;
    while (*ps->p && strchr(" \t\r\n", *ps->p))
        ps->p++;
    return ps->p > before;
}

bool parse_take(struct parser *ps, char c)
{
    parse_space(ps);
    if (*ps->p != c)
        return false;
    ps->p++;
    return true;
}
