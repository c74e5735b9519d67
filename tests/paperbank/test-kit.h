/* SPDX-License-Identifier: Apache-2.0 */
/* Small tests in delivery: documents from pieces, items that are right with A, and a host that scores them. */
#ifndef KAOCHANG_TESTS_PAPERBANK_TEST_KIT_H
#define KAOCHANG_TESTS_PAPERBANK_TEST_KIT_H

#include "tests/check.h"

#include "paperbank/test/delivery.h"

#define T_HEAD "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"t\" title=\"T\">"
#define T_TAIL "</assessmentTest>"
#define PART(id, nav, sub, inner)                                                                                      \
    "<testPart identifier=\"" id "\" navigationMode=\"" nav "\" submissionMode=\"" sub "\">" inner "</testPart>"
#define LI(inner) PART("p", "linear", "individual", inner)
#define NI(inner) PART("p", "nonlinear", "individual", inner)
#define SECTION(id, attrs, inner)                                                                                      \
    "<assessmentSection identifier=\"" id "\" title=\"" id "\" " attrs ">" inner "</assessmentSection>"
#define S(inner) SECTION("s", "visible=\"true\"", inner)
#define ITEM(id, inner) "<assessmentItemRef identifier=\"" id "\" href=\"items/" id ".xml\">" inner "</assessmentItemRef>"
#define ITEM_A(id, attrs) "<assessmentItemRef identifier=\"" id "\" href=\"items/" id ".xml\" " attrs "/>"
#define I(id) ITEM(id, "")
#define PRE(x) "<preCondition>" x "</preCondition>"
#define BRANCH(target, x) "<branchRule target=\"" target "\">" x "</branchRule>"
#define TRUE "<baseValue baseType=\"boolean\">true</baseValue>"
#define FALSE "<baseValue baseType=\"boolean\">false</baseValue>"
#define FLOAT(v) "<baseValue baseType=\"float\">" v "</baseValue>"
#define INTEGER(v) "<baseValue baseType=\"integer\">" v "</baseValue>"
#define VARIABLE(id) "<variable identifier=\"" id "\"/>"
#define OUTCOME(id, base, value)                                                                                       \
    "<outcomeDeclaration identifier=\"" id "\" cardinality=\"single\" baseType=\"" base "\">"                          \
    "<defaultValue><value>" value "</value></defaultValue></outcomeDeclaration>"
#define TOTAL OUTCOME("TOTAL", "float", "0")
#define SET(id, x) "<setOutcomeValue identifier=\"" id "\">" x "</setOutcomeValue>"
#define PROCESSING(inner) "<outcomeProcessing>" inner "</outcomeProcessing>"
#define SUM_UP PROCESSING(SET("TOTAL", "<sum><testVariables variableIdentifier=\"SCORE\"/></sum>"))

struct kit {
    struct test *test;
    struct test_plan *plan;
    struct item *item;
    struct test_item given[64];
    struct delivery *delivery;
    unsigned scored; /* how often an item was */
    bool valid;      /* what the host says of responses */
    int64_t now_ms;
};

/* A test without faults; otherwise the test program fails. */
struct test *kit_read(const char *xml);
/* Read, planned by the seed. */
void kit_plan(struct kit *k, const char *xml, const char *seed);
/* Planned and begun at time 0. */
void kit_begin(struct kit *k, const char *xml);
void kit_end(struct kit *k);

/* Ids of all slots, of those entered, with spaces between; borrowed until the next call. */
const char *kit_slots(const struct test_plan *p);
const char *kit_entered(const struct kit *k);
/* Answers the current item; `value` "" for no answer. */
int kit_answer(struct kit *k, const char *value, struct err *e);
int kit_next(struct kit *k, struct err *e);
int kit_select(struct kit *k, const char *id, struct err *e);
/* To the end without answers. */
void kit_walk(struct kit *k);
enum slot_fate kit_fate(const struct kit *k, const char *id);
double kit_outcome(const struct kit *k, const char *id);

#endif
