/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the parser: its state, the nodes it makes, constants. After a refusal (failed) every function may
 * still be called, and what it returns is never used. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_PARSE_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_PARSE_H

#include "scoring/practical/formula/formula.h"

struct parser {
    const char *source, *p;
    struct arena *a;
    enum formula_dialect dialect;
    unsigned depth;
    struct formula_node *last;
    size_t n_nodes;
    struct err *e;
    bool failed;
};

struct formula_node *parse_node(struct parser *ps, enum formula_node_kind kind);
/* *tail: the parent's last child, NULL before the first. */
void parse_adopt(struct formula_node *parent, struct formula_node *child, struct formula_node **tail);
struct formula_node *parse_join(struct parser *ps, char op, struct formula_node *left,
                                struct formula_node *right);
struct formula_node *parse_wrap(struct parser *ps, enum formula_node_kind kind, char op,
                                struct formula_node *inner);

/* The first refusal is told, with its place. */
void parse_refuse(struct parser *ps, const char *what);
/* One level in, and false once that is FORMULA_MAX_DEPTH; the caller counts it down again. */
bool parse_deeper(struct parser *ps);

bool parse_space(struct parser *ps);        /* true: there was some */
bool parse_take(struct parser *ps, char c); /* behind white space */

/* Each stands at its first sign. */
struct formula_node *parse_number(struct parser *ps);
struct formula_node *parse_text(struct parser *ps);
struct formula_node *parse_fault(struct parser *ps);
struct formula_node *parse_array(struct parser *ps);

#endif
