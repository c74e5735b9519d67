/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the compiler and the families of operators only. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_PROGRAM_INTERNAL_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_PROGRAM_INTERNAL_H

#include "paperbank/item/expression/mapping.h"
#include "paperbank/item/expression/program.h"

struct expr;

/* One operator: its compiled form and its evaluated sub-expressions. Returns NULL (value_null) where QTI says
 * so. */
typedef struct value operator_fn(struct run *r, const struct expr *x, const struct value *arg);

struct expr {
    operator_fn *run;
    const struct xml_node *n;
    struct expr *arg;
    size_t count;
    bool lazy;        /* `run` evaluates the sub-expressions itself */
    size_t index;     /* of the variable it names, or SIZE_MAX */
    const void *data; /* attributes, read by `prepare` */
};

struct compiler {
    struct scope *scope;
    struct arena *arena; /* of the scope */
    struct err *fault;   /* the first thing that cannot be compiled; kind 0 without */
    unsigned depth;
};

struct operator_row {
    const char *name;
    int min, max; /* sub-expressions; max -1: any number */
    operator_fn *run;
    void (*prepare)(struct compiler *c, struct expr *x); /* reads attributes into data; may be NULL */
    bool lazy;
    bool own; /* `prepare` compiles the children itself */
};

/* Families; each ends with a NULL name. */
extern const struct operator_row logic_operators[], comparison_operators[], arithmetic_operators[],
    rounding_operators[], container_operators[], string_operators[], variable_operators[],
    inexact_operators[], dialect_operators[], test_operators[];

const struct operator_row *operator_find(const char *name);

struct scope {
    struct arena *arena;
    const struct xml_doc *doc;
    bool unknown_is_null;
    struct scope_variable *variable;
    const struct mapping **mapping; /* of each variable, made when first used */
    size_t n, room;
    const struct test_calls *test;
};

/* ---- compiling ---- */

void compile_expression(struct compiler *c, const struct xml_node *n, struct expr *ret);
/* Turns x into an expression that fails when it is run. */
void compile_fault(struct compiler *c, struct expr *x, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
const char *compile_attr(const struct compiler *c, const struct expr *x, const char *name);
bool compile_true(const struct compiler *c, const struct expr *x, const char *name, bool fallback);
/* The variable of the attribute "identifier"; false with a fault, or with NULL as x's value, where there is
 * none. */
bool compile_named(struct compiler *c, struct expr *x);
const struct mapping *compile_mapping(struct compiler *c, size_t index);

/* An attribute that holds a number or names a variable ("n" or "{n}"). */
struct number_ref {
    bool given;
    size_t index; /* SIZE_MAX: `number` */
    double number;
};
struct number_ref compile_number(struct compiler *c, const char *text);
/* False when absent or NULL. */
bool number_of(const struct run *r, const struct number_ref *ref, double *ret);
bool integer_of(const struct run *r, const struct number_ref *ref, int64_t *ret);

/* ---- running ---- */

struct value expr_value(struct run *r, const struct expr *x);
/* Notes the fault (the first one stays) and returns NULL. */
struct value run_fail(struct run *r, const struct xml_node *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* `count` places for a result, counted against the limit; NULL and failed beyond. */
struct datum *run_space(struct run *r, const struct xml_node *n, size_t count);
/* Work beside the step itself: a × b members, bytes of text. False and failed beyond the limit. */
bool run_charge(struct run *r, const struct xml_node *n, size_t a, size_t b);
/* Sets the stream of random numbers for what comes next: an assignment to `identifier`, its `count`-th. */
void run_key(struct run *r, const char *identifier, uint32_t count);

/* All variables as the scope has them. */
void run_restart(struct run *r);
/* Rounded to so many decimals or figures (at least 1) as roundTo does: the digits that people see, half away
 * from zero. */
double decimal_places(double v, int places);
double significant_figures(double v, int figures);

/* ---- rules ---- */

struct rule;
struct rule_list {
    struct rule *rule;
    size_t n;
};
struct rule_list compile_rules(struct compiler *c, const struct xml_node *parent,
                               const struct xml_node *first);
void rules_run(struct run *r, const struct rule_list *rules);

struct program {
    const struct scope *scope;
    struct rule_list rules;
    struct expr *expression; /* NULL: rules */
    struct err fault;
};

#endif
