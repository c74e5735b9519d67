/* SPDX-License-Identifier: Apache-2.0 */
/* How many responses of one compiled item are evaluated per second on one core, beside a bare comparison of
 * texts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/clock.h"
#include "scoring/evaluate.h"

#define HEAD                                                                                                 \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"b\" title=\"\">"        \
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
#define RESPONSE(cardinality, base, inside)                                                                  \
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"" cardinality "\" baseType=\"" base          \
    "\">" inside "</responseDeclaration>"
#define CORRECT(values) "<correctResponse>" values "</correctResponse>"
#define TEMPLATE(name)                                                                                       \
    "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/" name "\"/>"
#define RULES(rules) "<responseProcessing>" rules "</responseProcessing>"
#define SCORE(expression) "<setOutcomeValue identifier=\"SCORE\">" expression "</setOutcomeValue>"
#define ONE "<baseValue baseType=\"float\">1</baseValue>"
#define TAIL "</assessmentItem>"

static const struct kind {
    const char *name, *xml;
    const char *value[4];
    size_t n;
} kinds[] = {
    {"match_correct, one choice",
     HEAD RESPONSE("single", "identifier", CORRECT("<value>C</value>")) TEMPLATE("match_correct") TAIL,
     {"C"},
     1},
    {"match_correct, three of many",
     HEAD RESPONSE("multiple", "identifier", CORRECT("<value>A</value><value>C</value><value>E</value>"))
         TEMPLATE("match_correct") TAIL,
     {"E", "A", "C"},
     3},
    {"match_correct, order of four",
     HEAD RESPONSE("ordered", "identifier",
                   CORRECT("<value>A</value><value>B</value><value>C</value><value>D</value>"))
         TEMPLATE("match_correct") TAIL,
     {"A", "B", "C", "D"},
     4},
    {"map_response, one text",
     HEAD RESPONSE("single", "string",
                   "<mapping defaultValue=\"0\"><mapEntry mapKey=\"York\" mappedValue=\"1\"/>"
                   "<mapEntry mapKey=\"york\" mappedValue=\"0.5\"/></mapping>") TEMPLATE("map_response") TAIL,
     {"york"},
     1},
    {"map_response, three of many",
     HEAD RESPONSE(
         "multiple", "identifier",
         "<mapping lowerBound=\"0\" upperBound=\"2\" defaultValue=\"-1\"><mapEntry mapKey=\"A\" "
         "mappedValue=\"1\"/>"
         "<mapEntry mapKey=\"C\" mappedValue=\"1\"/><mapEntry mapKey=\"E\" mappedValue=\"0.5\"/></mapping>")
         TEMPLATE("map_response") TAIL,
     {"E", "A", "B"},
     3},
    {"map_response_point",
     HEAD RESPONSE("single", "point",
                   "<areaMapping defaultValue=\"0\"><areaMapEntry shape=\"circle\" coords=\"100,100,20\" "
                   "mappedValue=\"1\"/></areaMapping>") TEMPLATE("map_response_point") TAIL,
     {"105 95"},
     1},
    {"rules: match, else",
     HEAD RESPONSE("single", "identifier", CORRECT("<value>C</value>"))
         RULES("<responseCondition><responseIf><match><variable identifier=\"RESPONSE\"/><correct "
               "identifier=\"RESPONSE\"/>"
               "</match>" SCORE(ONE) "</responseIf><responseElse>" SCORE(
                   "<baseValue baseType=\"float\">0</baseValue>") "</responseElse></responseCondition>") TAIL,
     {"C"},
     1},
    {"rules: equal with a tolerance",
     HEAD RESPONSE("single", "float", "")
         RULES("<responseCondition><responseIf><equal toleranceMode=\"absolute\" tolerance=\"0.5\"><variable "
               "identifier=\"RESPONSE\"/><baseValue baseType=\"float\">9.8</baseValue></equal>" SCORE(
                   ONE) "</responseIf></responseCondition>") TAIL,
     {"9.81"},
     1},
    {"rules: sum of mapResponse and a condition",
     HEAD RESPONSE("single", "identifier", "<mapping><mapEntry mapKey=\"C\" mappedValue=\"1\"/></mapping>")
         RULES(SCORE("<sum><mapResponse identifier=\"RESPONSE\"/>" ONE
                     "</sum>") "<responseCondition><responseIf><gt><variable identifier=\"SCORE\"/>" ONE
                               "</gt>" SCORE("<product><variable identifier=\"SCORE\"/>" ONE
                                             "</product>") "</responseIf></responseCondition>") TAIL,
     {"C"},
     1},
    {"rules: patternMatch",
     HEAD RESPONSE("single", "string", "")
         RULES("<responseCondition><responseIf><patternMatch pattern=\"[A-Z][a-z]+\"><variable "
               "identifier=\"RESPONSE\"/>"
               "</patternMatch>" SCORE(ONE) "</responseIf></responseCondition>") TAIL,
     {"York"},
     1},
};

struct subject {
    const struct evaluator *ev;
    struct arena *arena;
    struct response_set given;
    size_t scratch; /* bytes of one evaluation */
    double sum;     /* so that nothing is left out */
};

static void evaluate_many(void *context, uint64_t rounds)
{
    struct subject *s = context;
    for (uint64_t i = 0; i < rounds; i++) {
        struct outcome_set set = {0};
        struct err e;
        double score = 0;
        arena_reset(s->arena);
        if (evaluator_run(s->ev, &s->given, (struct span){0}, s->arena, &set, &e) < 0)
            abort();
        if (value_number(&outcome_find(&set, "SCORE")->value, &score))
            s->sum += score;
        s->scratch = arena_used(s->arena);
    }
}

/* What a program would do that knows no QTI: compare the first text. */
static void compare_many(void *context, uint64_t rounds)
{
    struct subject *s = context;
    for (uint64_t i = 0; i < rounds; i++) {
        const char *volatile text = s->given.response[0].value[0];
        s->sum += strcmp(text, "C") == 0;
    }
}

static void measure(const struct kind *k, double seconds)
{
    struct err e;
    struct item *item = NULL;
    if (item_read_lenient(&item, k->name, span_str(k->xml), &e) < 0) {
        fprintf(stderr, "%s: %s\n", e.where, e.what);
        exit(1);
    }
    const char *value[4];
    memcpy(value, k->value, sizeof value);
    struct response r = {.identifier = "RESPONSE", .value = value, .n = k->n};
    size_t before = clock_heap();
    struct evaluator *ev = evaluator_new(item);
    size_t compiled = clock_heap() - before;
    struct subject s = {.ev = ev, .arena = arena_new(), .given = {&r, 1}};
    double rate = clock_rate(evaluate_many, &s, seconds), bare = clock_rate(compare_many, &s, seconds / 4);
    printf("%-42s %12.0f %10.0f %8.1f %10zu %8zu\n", k->name, rate, 1e9 / rate, bare / rate, compiled,
           s.scratch);
    arena_free(s.arena);
    evaluator_free(ev);
    item_free(item);
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 1;
    printf("%-42s %12s %10s %8s %10s %8s\n", "item", "per second", "ns each", "x bare", "compiled B",
           "each B");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        measure(&kinds[i], seconds);
    return 0;
}
