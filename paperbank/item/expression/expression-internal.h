/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the evaluator's families of operators only. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_INTERNAL_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_INTERNAL_H

#include "base/rng.h"
#include "paperbank/item/expression/value.h"

/* What one evaluation may cost; beyond, the item is refused. */
enum { EVALUATE_MAX_STEPS = 200000, EVALUATE_MAX_VALUES = 10000, EVALUATE_MAX_DEPTH = 60 };

struct variable {
    const struct item_declaration *declaration; /* NULL for the built-in ones */
    const char *identifier;
    enum item_base base;
    enum item_cardinality cardinality;
    struct value value, initial, correct;
};

struct evaluation {
    const struct item *item;
    struct arena *arena;
    struct variable *variable;
    size_t n_variables;
    struct rng rng;
    bool left;  /* exitResponse, exitTemplate */
    bool retry; /* templateConstraint failed */
    bool failed;
    struct err *e;
    unsigned steps, depth;
    size_t values;
};

/* One expression: its element, its evaluated sub-expressions. Returns NULL (value_null) where QTI says so. */
typedef struct value operator_fn(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                 size_t count);

struct operator_row {
    const char *name;
    int min, max; /* sub-expressions; max -1: any number */
    operator_fn *run;
    bool lazy; /* evaluates its sub-expressions itself */
};

/* Families; each ends with a NULL name. */
extern const struct operator_row logic_operators[], comparison_operators[], arithmetic_operators[],
    container_operators[], string_operators[], variable_operators[], inexact_operators[], dialect_operators[];

const struct operator_row *operator_find(const char *name);

struct value evaluate(struct evaluation *ev, const struct xml_node *n);
/* The only sub-expression of a rule; NULL without one. */
struct value evaluate_only(struct evaluation *ev, const struct xml_node *rule);
/* Notes the fault (the first one stays) and returns NULL. */
struct value evaluate_fail(struct evaluation *ev, const struct xml_node *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* `n` places for a result, counted against the limit; NULL and failed beyond. */
struct datum *evaluate_space(struct evaluation *ev, const struct xml_node *n, size_t count);

struct variable *variable_find(struct evaluation *ev, const char *identifier);
/* An attribute that holds a number or names a variable ("n" or "{n}"); false when absent or NULL. */
bool attr_number(struct evaluation *ev, const struct xml_node *n, const char *name, double *ret);
bool attr_integer(struct evaluation *ev, const struct xml_node *n, const char *name, int64_t *ret);
bool attr_true(const struct evaluation *ev, const struct xml_node *n, const char *name, bool fallback);

/* Rules: the children of responseProcessing or templateProcessing. */
void run_rules(struct evaluation *ev, const struct xml_node *parent);
void run_response_processing(struct evaluation *ev);

/* The mapping of one response; 0 where there is none. */
struct value map_response(struct evaluation *ev, const struct variable *v);
struct value map_response_point(struct evaluation *ev, const struct variable *v);
/* QTI's shapes: rect, circle, ellipse, poly, default. The border belongs to the shape. */
bool shape_contains(const char *shape, const char *coords, double x, double y);

#endif
