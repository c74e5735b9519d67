/* SPDX-License-Identifier: Apache-2.0 */
/* A test in practice goes where its rules say; a stand-in for kaochang-score gives a point for A. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/practice/route.h" /* before cmocka, which has a macro test_free */
#include "tests/check.h"

#define ITEM(id)                                                                                             \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"" id "\" title=\"t\" "  \
    "adaptive=\"false\" timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" "               \
    "cardinality=\"single\" "                                                                                \
    "baseType=\"identifier\"/><outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" "              \
    "baseType=\"float\">"                                                                                    \
    "<defaultValue><value>0</value></defaultValue></outcomeDeclaration><itemBody><choiceInteraction "        \
    "responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\"><simpleChoice identifier=\"A\">a" id \
    "</simpleChoice><simpleChoice "                                                                          \
    "identifier=\"B\">b</simpleChoice></choiceInteraction></itemBody></assessmentItem>"
#define SCORE_OUTCOME                                                                                        \
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"><defaultValue>"      \
    "<value>0</value></defaultValue></outcomeDeclaration>"
#define SUM_OF_SCORES "<sum><testVariables variableIdentifier=\"SCORE\"/></sum>"
#define TEMPLATE                                                                                             \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"q4\" title=\"t\" "        \
    "adaptive=\"false\" timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" "               \
    "cardinality=\"single\" baseType=\"integer\"/><outcomeDeclaration identifier=\"SCORE\" "                  \
    "cardinality=\"single\" baseType=\"float\"/><templateDeclaration identifier=\"N\" "                       \
    "cardinality=\"single\" baseType=\"integer\"><defaultValue><value>7</value></defaultValue>"              \
    "</templateDeclaration><itemBody><p><printedVariable identifier=\"N\"/> is shown "                        \
    "<textEntryInteraction responseIdentifier=\"RESPONSE\"/></p></itemBody></assessmentItem>"
#define TEST(parts)                                                                                          \
    "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"t\" title=\"T\">"       \
    SCORE_OUTCOME parts "<outcomeProcessing><setOutcomeValue identifier=\"SCORE\">" SUM_OF_SCORES            \
    "</setOutcomeValue></outcomeProcessing></assessmentTest>"
#define PART(id, how, inside)                                                                                \
    "<testPart identifier=\"" id "\" " how "><assessmentSection identifier=\"S" id                           \
    "\" title=\"s\" visible=\"true\">" inside "</assessmentSection></testPart>"
#define REF(id, inside)                                                                                      \
    "<assessmentItemRef identifier=\"" id "\" href=\"" id ".xml\">" inside "</assessmentItemRef>"
#define LINEAR "navigationMode=\"linear\" submissionMode=\"individual\""
#define TOGETHER "navigationMode=\"nonlinear\" submissionMode=\"simultaneous\""

struct bench {
    char folder[64];
    struct deck *deck;
    struct route *route;
    int judged;
    size_t dealt; /* the card that was drawn anew last */
    struct err e;
};

static void put(struct bench *b, const char *name, const char *text)
{
    char *path = path_join(b->folder, name);
    assert_done(file_put(path, 0644, span_str(text), &b->e), b->e);
    free(path);
}

static int judge(void *context, size_t card, const struct response_set *responses, struct arena *a,
                 struct response_set *ret, struct err *e)
{
    struct bench *b = context;
    const struct response *r = response_find(responses, "RESPONSE");
    (void)card;
    (void)e;
    b->judged++;
    ret->response = arena_array(a, 1, sizeof *ret->response);
    ret->response->identifier = "SCORE";
    ret->response->value = arena_array(a, 1, sizeof *ret->response->value);
    ret->response->value[0] = r && r->n && strcmp(r->value[0], "A") == 0 ? "1" : "0";
    ret->response->n = ret->n = 1;
    return 0;
}

static void dealt(void *context, size_t card)
{
    struct bench *b = context;
    b->dealt = card;
}

static void begin(struct bench *b, const char *test)
{
    *b = (struct bench){0};
    snprintf(b->folder, sizeof b->folder, "/tmp/route-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    put(b, "q1.xml", ITEM("q1"));
    put(b, "q2.xml", ITEM("q2"));
    put(b, "q3.xml", ITEM("q3"));
    put(b, "q4.xml", TEMPLATE);
    put(b, "test.xml", test);
    char *path = path_join(b->folder, "test.xml");
    const char *const paths[] = {path};
    assert_done(deck_open(&b->deck, &(struct deck_options){.path = paths, .n_paths = 1, .home = "."}, &b->e),
                b->e);
    assert_done(deck_draw(b->deck, 1, &b->e), b->e);
    const struct route_host host = {.judge = judge, .dealt = dealt, .context = b};
    assert_done(route_new(&b->route, b->deck, &host, 0, &b->e), b->e);
    free(path);
}

static void end(struct bench *b)
{
    static const char *const names[] = {"q1.xml", "q2.xml", "q3.xml", "q4.xml", "test.xml"};
    route_free(b->route);
    deck_free(b->deck);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = path_join(b->folder, names[i]);
        unlink(path);
        free(path);
    }
    rmdir(b->folder);
}

static int answer(struct bench *b, const char *choice, int64_t now)
{
    struct response r = {.identifier = "RESPONSE", .value = &choice, .n = 1};
    return route_answer(b->route, &(struct response_set){.response = &r, .n = 1}, now, &b->e);
}

static void outcomes_are(struct bench *b, const char *wanted)
{
    char text[200];
    assert_string_equal(route_outcomes(b->route, text, sizeof text), wanted);
}

static void a_linear_part_goes_forward_only_and_scores_each_answer(void **state)
{
    (void)state;
    struct bench b;
    begin(&b, TEST(PART("P", LINEAR, REF("q1", "") REF("q2", ""))));
    assert_string_equal(b.deck->title, "T");
    assert_string_equal(b.deck->card[0].section, "s");
    assert_int_equal(route_current(b.route), 0);
    assert_done(answer(&b, "A", 1000), b.e);
    assert_int_equal(b.judged, 1);
    outcomes_are(&b, "SCORE 1");
    assert_refused(answer(&b, "B", 2000), ERR_NO, "no attempts left", b.e);
    assert_done(route_go(b.route, 1, 3000, &b.e), b.e);
    assert_false(route_open(b.route, 0));
    assert_int_equal(route_go(b.route, 0, 4000, &b.e), -ERR_NO);
    assert_int_equal(route_current(b.route), 1);
    assert_done(route_go(b.route, 2, 5000, &b.e), b.e);
    assert_int_equal(route_current(b.route), -1);
    end(&b);
}

static void a_branch_rule_sees_what_was_scored(void **state)
{
    static const char test[] =
        TEST(PART("P", LINEAR,
                  REF("q1", "<branchRule target=\"q3\"><gte><variable identifier=\"q1.SCORE\"/><baseValue "
                            "baseType=\"float\">1"
                            "</baseValue></gte></branchRule>") REF("q2", "") REF("q3", "")));
    (void)state;
    struct bench b;
    begin(&b, test);
    assert_done(answer(&b, "A", 1000), b.e);
    assert_done(route_go(b.route, 1, 2000, &b.e), b.e);
    assert_int_equal(route_current(b.route), 2);
    end(&b);
    begin(&b, test);
    assert_done(answer(&b, "B", 1000), b.e);
    assert_done(route_go(b.route, 1, 2000, &b.e), b.e);
    assert_int_equal(route_current(b.route), 1);
    end(&b);
}

static void a_simultaneous_part_is_scored_when_it_is_left(void **state)
{
    (void)state;
    struct bench b;
    begin(&b, TEST(PART("P", TOGETHER, REF("q1", "") REF("q2", "")) PART("R", LINEAR, REF("q3", ""))));
    assert_true(route_simultaneous(b.route));
    assert_done(answer(&b, "A", 1000), b.e);
    assert_done(route_go(b.route, 1, 2000, &b.e), b.e);
    assert_done(answer(&b, "A", 3000), b.e);
    assert_done(route_go(b.route, 0, 4000, &b.e), b.e);
    assert_int_equal(route_current(b.route), 0);
    assert_true(route_open(b.route, 1));
    assert_int_equal(b.judged, 0);
    outcomes_are(&b, "SCORE 0");
    assert_done(route_go(b.route, 1, 5000, &b.e), b.e);
    assert_done(route_go(b.route, 2, 6000, &b.e), b.e);
    assert_int_equal(b.judged, 2);
    outcomes_are(&b, "SCORE 2");
    assert_int_equal(route_current(b.route), 2);
    assert_false(route_open(b.route, 0));
    end(&b);
}

static void time_that_runs_out_ends_the_test(void **state)
{
    (void)state;
    struct bench b;
    begin(&b, TEST("<timeLimits maxTime=\"60\"/>" PART("P", LINEAR, REF("q1", "") REF("q2", ""))));
    assert_int_equal(route_left(b.route, 0), 60000);
    assert_done(route_clock(b.route, 30000, &b.e), b.e);
    assert_int_equal(route_left(b.route, 30000), 30000);
    assert_int_equal(route_current(b.route), 0);
    assert_done(route_clock(b.route, 61000, &b.e), b.e);
    assert_int_equal(route_current(b.route), -1);
    assert_int_equal(route_left(b.route, 61000), -1);
    end(&b);
}

/* SAYS becomes "one" when an answer is right. */
#define TEST_SAYING(parts, feedback)                                                                         \
    "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"t\" title=\"T\">"       \
    "<outcomeDeclaration identifier=\"SAYS\" cardinality=\"single\" baseType=\"identifier\"/>" parts         \
    "<outcomeProcessing><outcomeCondition><outcomeIf><gt>" SUM_OF_SCORES "<baseValue baseType=\"float\">0"   \
    "</baseValue></gt><setOutcomeValue identifier=\"SAYS\"><baseValue baseType=\"identifier\">one"           \
    "</baseValue></setOutcomeValue></outcomeIf></outcomeCondition></outcomeProcessing>" feedback             \
    "</assessmentTest>"
#define WORDS(access, show, word)                                                                            \
    "<testFeedback access=\"" access "\" outcomeIdentifier=\"SAYS\" showHide=\"" show                        \
    "\" identifier=\"one\" title=\"" word "\"><p>" word "</p></testFeedback>"

static void says_at_end(struct bench *b, const char *wanted)
{
    const struct route_feedback *l = route_feedback_at_end(b->route);
    assert_int_equal(l->n, *wanted ? 1 : 0);
    if (l->n)
        assert_string_equal(l->at[0]->title, wanted);
}

static void says_during(struct bench *b, const char *wanted)
{
    struct arena *a = arena_new();
    struct route_feedback l = route_feedback_during(b->route, a);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.at[0]->title, wanted);
    arena_free(a);
}

static void feedback_of_the_test_and_its_parts_is_said_once_each(void **state)
{
    (void)state;
    struct bench b;
    begin(&b, TEST_SAYING("<testPart identifier=\"P\" " LINEAR "><assessmentSection identifier=\"SP\" title=\"s\" "
                   "visible=\"true\">" REF("q1", "") "</assessmentSection>" WORDS("atEnd", "show", "part")
                   "</testPart>" PART("R", LINEAR, REF("q2", "") REF("q3", "")),
                   WORDS("during", "hide", "begun") WORDS("during", "show", "one right")
                       WORDS("atEnd", "show", "over")));
    says_at_end(&b, "");
    says_during(&b, "begun");
    assert_done(answer(&b, "A", 1000), b.e);
    says_during(&b, "one right");
    says_at_end(&b, "");
    assert_done(route_go(b.route, 1, 2000, &b.e), b.e);
    says_at_end(&b, "part");
    assert_int_equal(route_current(b.route), 1);
    assert_done(route_clock(b.route, 3000, &b.e), b.e);
    says_at_end(&b, "");
    assert_done(route_go(b.route, 2, 4000, &b.e), b.e);
    assert_int_equal(route_go(b.route, 0, 4500, &b.e), -ERR_NO);
    says_at_end(&b, "");
    assert_done(route_go(b.route, 3, 5000, &b.e), b.e);
    assert_int_equal(route_current(b.route), -1);
    says_at_end(&b, "over");
    end(&b);
}

static void without_a_judge_outcomes_keep_their_defaults(void **state)
{
    (void)state;
    struct bench b;
    begin(&b, TEST(PART("P", LINEAR, REF("q1", "") REF("q2", ""))));
    route_free(b.route);
    assert_done(route_new(&b.route, b.deck, &(struct route_host){0}, 0, &b.e), b.e);
    assert_done(answer(&b, "A", 1000), b.e);
    outcomes_are(&b, "SCORE 0");
    end(&b);
}

static void a_template_default_is_drawn_when_its_card_comes(void **state)
{
    (void)state;
    struct bench b;
    struct arena *a = arena_new();
    begin(&b, TEST(PART("P", LINEAR,
                        REF("q1", "")
                            REF("q4", "<templateDefault templateIdentifier=\"N\"><sum><variable "
                                      "identifier=\"q1.SCORE\"/><baseValue baseType=\"integer\">40"
                                      "</baseValue></sum></templateDefault>"))));
    assert_non_null(strstr(item_node_text(b.deck->card[1].shown->body, a), "7 is shown"));
    assert_ptr_equal(deck_document_of(&b.deck->card[1]).p, b.deck->card[1].document->data.p);
    assert_done(answer(&b, "A", 1000), b.e);
    assert_int_equal(b.dealt, 0);
    assert_done(route_go(b.route, 1, 2000, &b.e), b.e);
    assert_int_equal(b.dealt, 1);
    assert_non_null(strstr(item_node_text(b.deck->card[1].shown->body, a), "41 is shown"));
    struct span judged = deck_document_of(&b.deck->card[1]);
    assert_non_null(memmem(judged.p, judged.n, "41 is shown", strlen("41 is shown")));
    arena_free(a);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_part_goes_forward_only_and_scores_each_answer),
        cmocka_unit_test(a_branch_rule_sees_what_was_scored),
        cmocka_unit_test(a_simultaneous_part_is_scored_when_it_is_left),
        cmocka_unit_test(time_that_runs_out_ends_the_test),
        cmocka_unit_test(feedback_of_the_test_and_its_parts_is_said_once_each),
        cmocka_unit_test(without_a_judge_outcomes_keep_their_defaults),
        cmocka_unit_test(a_template_default_is_drawn_when_its_card_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
