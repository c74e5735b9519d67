/* SPDX-License-Identifier: Apache-2.0 */
/* QTI's rules and expressions, compiled once and run many times: names resolved to places, constants read,
 * operators looked up. For items (scoring/evaluate.h, instance.h) and for tests. After QTI 2.2 "Assessment
 * Test, Section and Item Information Model" (1EdTech), sections 5 and 6. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_PROGRAM_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_PROGRAM_H

#include "base/rng.h"
#include "paperbank/item/expression/value.h"

/* What one run may cost; beyond, it fails. Values: of one container. Depth: of rules and expressions
 * together. Work: members compared, bytes of text folded. */
enum {
    PROGRAM_MAX_STEPS = 200000,
    PROGRAM_MAX_VALUES = 10000,
    PROGRAM_MAX_DEPTH = 60,
    PROGRAM_MAX_WORK = 50 << 20
};

/* ---- what names mean ---- */

/* A variable. Borrowed for the life of the scope. */
struct scope_variable {
    const char *identifier; /* in a test also "ITEM.VARIABLE" and "ITEM.NUMBER.VARIABLE" */
    enum item_base base;
    enum item_cardinality cardinality;
    const struct item_declaration *declaration; /* its mapping and tables; NULL: none */
    bool normalize;                       /* its texts are compared as text_normalize_answer gives them */
    struct value value, initial, correct; /* what a run starts with: now, default, correct */
};

/* What only a test knows: an expression over its items (QTI 2.2, 5.3 "Expressions used only in outcomes
 * processing"). */
enum test_quantity {
    TEST_VARIABLES, /* testVariables: multiple, of all items that have the variable */
    TEST_OUTCOME_MINIMUM,
    TEST_OUTCOME_MAXIMUM,
    TEST_NUMBER_CORRECT,
    TEST_NUMBER_INCORRECT,
    TEST_NUMBER_PRESENTED,
    TEST_NUMBER_RESPONDED,
    TEST_NUMBER_SELECTED,
};
struct test_query {
    enum test_quantity what;
    const char *variable;          /* variableIdentifier or outcomeIdentifier; NULL for the counts */
    const char *weight;            /* weightIdentifier, or NULL */
    const char *section;           /* sectionIdentifier, or NULL: the whole test */
    const char *include, *exclude; /* categories separated by spaces, or NULL */
    enum item_base base;           /* baseType of testVariables; BASE_NONE: not said */
};
struct test_calls {
    /* The answer in the arena; NULL where QTI says so. */
    struct value (*query)(void *context, const struct test_query *q, struct arena *a);
    /* The weight of that name of the item that the qualified variable belongs to; 1 where it has none. */
    double (*weight)(void *context, const char *variable, const char *weight);
};

struct scope;

/* For rules and expressions of that document. `unknown_is_null`: a name that is no variable is NULL (a test's
 * items that were not selected); else running it fails. */
struct scope *scope_new(const struct xml_doc *doc, bool unknown_is_null);
/* With all variables of an item and the built-in ones: numAttempts, duration, completionStatus, and QTI 3.0's
 * QTI_CONTEXT, a record without fields: nothing of where an answer was given reaches its score. */
struct scope *scope_of_item(const struct item *item);
void scope_free(struct scope *s); /* frees its programs too; NULL is fine */
/* Adds a variable; returns its index. The first of one name counts. Before the first program is compiled. */
size_t scope_add(struct scope *s, const struct scope_variable *v);
/* `calls` outlive the scope. Without, expressions over tests fail. */
void scope_set_test(struct scope *s, const struct test_calls *calls);
enum { SCOPE_MAX_VARIABLES = 1 << 20 };
/* Index of a variable, or SIZE_MAX. */
size_t scope_find(const struct scope *s, const char *identifier);
size_t scope_count(const struct scope *s);
const struct scope_variable *scope_variable(const struct scope *s, size_t index);
/* What a variable starts with, and its default, instead of what was declared; copies. Before run_begin. */
void scope_set_default(struct scope *s, size_t index, const struct value *v);

/* ---- compiled form ---- */

struct program; /* lives as long as its scope */

/* The children of an element as rules: responseProcessing, templateProcessing, outcomeProcessing. What cannot
 * be compiled fails when it is run, so that rules that are never reached do no harm. */
const struct program *program_rules(struct scope *s, const struct xml_node *parent);
/* One expression. */
const struct program *program_expression(struct scope *s, const struct xml_node *expression);
/* The first thing that cannot be compiled, as an ERR_DATA with its place; 0 if there is none. */
MUST_CHECK int program_check(const struct program *p, struct err *e);

/* ---- one run ---- */

struct run_variable {
    struct value value, initial, correct;
    uint32_t assigned; /* times, in this attempt of template processing */
};

struct run {
    const struct scope *scope;
    struct arena *arena;           /* everything a run makes; the caller frees or resets it */
    struct run_variable *variable; /* by index */
    void *context;                 /* for the scope's test calls */
    bool left;                     /* exitResponse, exitTemplate, exitTest */
    bool retry;                    /* a templateConstraint did not hold */
    /* private to expression/ */
    struct span seed;
    struct rng rng;
    uint32_t attempt;
    bool failed, last; /* last: the last attempt */
    struct err *e;
    unsigned steps;
    size_t values;
    uint64_t work;
};

/* Variables at their start. `seed` feeds random operators (NULL: none). Borrowed: scope, arena, seed. */
void run_begin(struct run *r, const struct scope *s, struct arena *a, const struct span *seed);
/* ERR_DATA, with file and line, for what cannot be evaluated. */
MUST_CHECK int run_rules(struct run *r, const struct program *rules, struct err *e);
MUST_CHECK int run_expression(struct run *r, const struct program *expression, struct value *ret,
                              struct err *e);

/* templateProcessing: rules, started again when a templateConstraint does not hold, 100 times at most; after
 * that the constraint sets the variables to their defaults and the rules behind it run. Random numbers of
 * each assignment are keyed by (seed, variable, how often it has been assigned, attempt), so that leaving out
 * assignments of other variables changes nothing. Responses then start at their defaults. */
MUST_CHECK int run_templates(struct run *r, const struct program *rules, struct err *e);

#endif
