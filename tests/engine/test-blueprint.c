/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "engine/blueprint/blueprint.h"
#include "tests/check.h"

#define HEAD "<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" pass=\"2\" high=\"3\""
#define SECTION "<section id=\"s1\" title=\"S\" kinds=\"single\" count=\"2\" points=\"2\"/>"

#define WITH(rules) "<section id=\"s1\" title=\"S\" kinds=\"single\" count=\"2\" points=\"2\" " rules "/>"

struct told {
    unsigned n, line[40];
    char message[40][300];
};

static void on_fault(void *context, unsigned line, const char *message)
{
    struct told *t = context;
    if (t->n < 40) {
        t->line[t->n] = line;
        snprintf(t->message[t->n], sizeof t->message[t->n], "%s", message);
    }
    t->n++;
}

static void refused(const char *text, const char *words)
{
    struct told t = {0};
    struct blueprint *b = NULL;
    struct err e = {0};
    assert_int_equal(blueprint_read(&b, "b.xml", span_str(text), on_fault, &t, &e), -ERR_DATA);
    if (!strstr(e.what, words))
        fail_msg("the message is \"%s\", not about \"%s\"", e.what, words);
}

static struct blueprint *taken(const char *text)
{
    struct told t = {0};
    struct blueprint *b = NULL;
    struct err e = {0};
    if (blueprint_read(&b, "b.xml", span_str(text), on_fault, &t, &e) < 0)
        fail_msg("%s: %s", e.where, e.what);
    return b;
}

static void the_smallest_blueprint_has_the_defaults(void **state)
{
    (void)state;
    struct blueprint *b = taken(HEAD ">" SECTION "</blueprint>");
    assert_int_equal(b->forms, 1);
    assert_int_equal(b->max_overlap, 0);
    assert_true(b->enemies_apart);
    assert_int_equal(b->earliest_hand_in_s, 0);
    assert_int_equal(b->section[0].points.milli, 2000);
    blueprint_free(b);
}

static void sections_have_no_rules_of_their_own_unless_it_says_so(void **state)
{
    (void)state;
    struct blueprint *b = taken(HEAD ">" SECTION "</blueprint>");
    assert_true(!b->section[0].time_s && !b->section[0].linear && !b->section[0].once);
    assert_false(b->calculator || b->notes || b->tutorial);
    blueprint_free(b);
    b = taken(HEAD " calculator=\"no\" notes=\"no\" tutorial=\"no\">" WITH(
        "navigation=\"free\" reenter=\"yes\"") "</blueprint>");
    assert_true(!b->section[0].linear && !b->section[0].once && !b->section[0].shuffle);
    assert_false(b->calculator || b->notes || b->tutorial);
    blueprint_free(b);
    b = taken(HEAD " calculator=\"yes\" notes=\"yes\" tutorial=\"yes\">" WITH(
        "time=\"600\" navigation=\"linear\" reenter=\"no\" shuffle=\"yes\"") "</blueprint>");
    assert_int_equal(b->section[0].time_s, 600);
    assert_true(b->section[0].linear && b->section[0].once && b->section[0].shuffle);
    assert_true(b->calculator && b->notes && b->tutorial);
    blueprint_free(b);
}

static void every_fault_is_told_with_its_line(void **state)
{
    (void)state;
    struct told t = {0};
    struct blueprint *b = NULL;
    struct err e = {0};
    const char *text = HEAD ">\n"
                            "<section id=\"s1\" title=\"S\" kinds=\"single\" count=\"-1\" points=\"2\"/>\n"
                            "<cell knowledgePoint=\"1..2\" min=\"1\"/>\n"
                            "<cell cognitiveLevel=\"know\" min=\"x\"/>\n"
                            "<band from=\"0.5\" to=\"7\" max=\"1\"/>\n"
                            "<surprise/>\n"
                            "<meanFacility from=\"0.5\"/>\n"
                            "</blueprint>";
    assert_int_equal(blueprint_read(&b, "b.xml", span_str(text), on_fault, &t, &e), -ERR_DATA);
    const unsigned lines[] = {2, 3, 4, 4, 5, 6, 7};
    assert_int_equal(t.n, 7);
    for (unsigned i = 0; i < 7; i++)
        assert_int_equal(t.line[i], lines[i]);
    assert_string_equal(e.where, "b.xml:2");
}

static void what_cannot_hold_is_refused(void **state)
{
    (void)state;
    refused(HEAD " forms=\"0\">" SECTION "</blueprint>", "forms");
    refused(HEAD " forms=\"101\">" SECTION "</blueprint>", "forms");
    refused(HEAD " maxOverlap=\"-1\">" SECTION "</blueprint>", "maxOverlap");
    refused(HEAD " enemies=\"yes\">" SECTION "</blueprint>", "enemies");
    refused(HEAD " calculator=\"1\">" SECTION "</blueprint>", "calculator=\"1\": either no or yes");
    refused(HEAD " notes=\"maybe\">" SECTION "</blueprint>", "notes");
    refused(HEAD " tutorial=\"\">" SECTION "</blueprint>", "tutorial");
    refused(HEAD ">" WITH("time=\"0\"") "</blueprint>", "whole number");
    refused(HEAD ">" WITH("time=\"601\"") "</blueprint>", "601 seconds of their own, the whole paper 600");
    refused(HEAD ">" WITH("navigation=\"back\"") "</blueprint>", "either free or linear");
    refused(HEAD ">" WITH("reenter=\"never\"") "</blueprint>", "either yes or no");
    refused(HEAD " surprise=\"1\">" SECTION "</blueprint>", "unknown attribute");
    refused(HEAD " earliestHandIn=\"601\">" SECTION "</blueprint>", "earliestHandIn");
    refused(HEAD "></blueprint>", "no section");
    refused(HEAD ">" SECTION SECTION "</blueprint>", "twice");
    refused(HEAD ">" SECTION "<section id=\"s2\" title=\"S\" kinds=\"fill single\" count=\"1\"/></blueprint>", "the same items");
    refused(HEAD "><section id=\"s1\" title=\"S\" kinds=\"single\" count=\"3\" points=\"2\"/></blueprint>", "add up to 6");
    refused(HEAD "><section id=\"s1\" title=\"S\" kinds=\"riddle\" count=\"2\" points=\"2\"/></blueprint>", "not known");
    refused(HEAD ">" SECTION "<cell knowledgePoint=\"1\"/></blueprint>", "asks for nothing");
    refused(HEAD ">" SECTION "<cell knowledgePoint=\"1\" min=\"3\" max=\"2\"/></blueprint>", "min is more than max");
    refused(HEAD ">" SECTION "<band from=\"0.5\" to=\"0.4\" max=\"2\"/></blueprint>", "from is more than to");
    refused(HEAD ">" SECTION "<meanFacility from=\"0.5\" to=\"0.6\" target=\"0.7\"/></blueprint>", "target");
    refused(HEAD ">" SECTION "<coverage min=\"2\"/></blueprint>", "one of depth, knowledgePoints");
    refused(HEAD ">" SECTION "<coverage knowledgePoints=\"1 2\" min=\"3\"/></blueprint>", "listed");
    refused(HEAD ">" SECTION "<include item=\"a\"/><exclude item=\"a\"/></blueprint>", "both included and excluded");
    refused(HEAD ">" SECTION "<include item=\"../a\"/></blueprint>", "only letters");
    refused("<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" pass=\"3\" high=\"2\">"
            SECTION "</blueprint>", "must not fall");
    refused("<paper/>", "not a blueprint");
}

static void what_the_elements_of_goals_and_limits_cannot_mean_is_refused(void **state)
{
    static const struct {
        const char *element, *words;
    } bad[] = {
        {"<quota attribute=\"a b\" max=\"1\"/>", "only letters"},
        {"<quota attribute=\"theme\"/>", "asks for nothing"},
        {"<cell attributes=\"theme\" min=\"1\"/>", "\"theme\" is not known"},
        {"<cell knowledgePoint=\"1\" min=\"1\" weight=\"0\"/>", "1 to 1000"},
        {"<cell knowledgePoint=\"1\" min=\"99999999999999999999\"/>", "whole number"},
        {"<sum attribute=\"words\"/>", "asks for nothing"},
        {"<sum attribute=\"words\" from=\"9\" to=\"-9\"/>", "from is more than to"},
        {"<sum attribute=\"words\" to=\"1e3\"/>", "at most three decimals"},
        {"<sum attribute=\"words\" to=\"10000000000\"/>", "at most three decimals"},
        {"<sum attribute=\"words\" to=\"5\" target=\"6\"/>", "target"},
        {"<expectedTime from=\"5\" to=\"9\" target=\"10\"/>", "target"},
        {"<allOrNone items=\"a\"/>", "fewer than two"},
        {"<allOrNone items=\"a b\" attribute=\"c\"/>", "either items or attribute"},
        {"<enemies/>", "either items or attribute"},
        {"<use min=\"3\" max=\"2\"/>", "min is more than max"},
        {"<use min=\"1\"/>", "no attribute \"max\""},
        {"<exposure/>", "asks for nothing"},
        {"<exposure maxExams=\"2\" years=\"3\"/>", "say the day of the exam"},
        {"<fresh years=\"3\"/>", "say the day of the exam"},
        {"<past max=\"2\"/>", "either exams or years"},
        {"<past exams=\"spring\"/>", "no attribute \"max\""},
        {"<stimuli min=\"3\" max=\"2\"/>", "min is more than max"},
        {"<stimuli itemsMin=\"3\" itemsMax=\"2\"/>", "min is more than max"},
        {"<stimuli/><stimuli/>", "stands there twice"},
        {"<information goal=\"maximin\"/>", "needs elements <at>"},
        {"<information goal=\"best\"><at theta=\"0\"/></information>", "one of these"},
        {"<information goal=\"target\"><at theta=\"0\"/></information>", "no attribute \"target\""},
        {"<information><at theta=\"11\"/></information>", "-10 to 10"},
        {"<information><at theta=\"0\"/><at theta=\"0\"/></information>", "twice"},
        {"<information><at theta=\"0\" min=\"3\" max=\"2\"/></information>", "min is more than max"},
        {"<information><cell min=\"1\"/></information>", "unknown element <cell>"},
        {"<difficultyCurve/>", "needs elements <at>"},
        {"<difficultyCurve><at from=\"0.6\" to=\"0.5\" items=\"1\"/></difficultyCurve>", "from is more than to"},
        {"<equal/>", "either of or attribute"},
        {"<equal of=\"information\"/>", "in <information>"},
        {"<fresh/><fresh/>", "stands there twice"},
        {"<fresh priority=\"0\"/>", "1 to 99"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct bytes text = {0};
        bytes_printf(&text, HEAD ">" SECTION "%s</blueprint>", bad[i].element);
        bytes_add(&text, "", 1);
        refused((const char *)text.p, bad[i].words);
        bytes_release(&text);
    }
    refused(HEAD " date=\"2026-02-30\">" SECTION "</blueprint>", "a day like");
}

static void goals_come_by_priority_then_as_they_stand(void **state)
{
    (void)state;
    struct blueprint *b = taken(HEAD " date=\"2026-06-20\">" SECTION
        "<equal of=\"expectedTime\"/><fresh years=\"2\" priority=\"1\"/><meanFacility from=\"0.5\" to=\"0.7\" give=\"0.01\"/>"
        "<cell knowledgePoint=\"1\" min=\"1\" weight=\"4\"/></blueprint>");
    assert_int_equal(b->n_goals, 4);
    assert_int_equal(b->goal[0].kind, GOAL_WISHES);
    assert_int_equal(b->goal[1].kind, GOAL_FRESH);
    assert_int_equal(b->goal[2].kind, GOAL_EQUAL);
    assert_int_equal(b->goal[3].kind, GOAL_MEAN_FACILITY);
    assert_int_equal(b->goal[3].give, 10);
    blueprint_free(b);
    b = taken(HEAD ">" SECTION "<cell knowledgePoint=\"1\" min=\"1\" weight=\"4\"/><equal of=\"points\"/><wishes/></blueprint>");
    assert_int_equal(b->goal[1].kind, GOAL_WISHES);
    blueprint_free(b);
}

static void count_sum(void *context, unsigned line, const char *message)
{
    struct told *t = context;
    on_fault(t, line, message);
}

static void sums_that_no_bank_can_meet_are_seen_without_one(void **state)
{
    (void)state;
    struct told t = {0};
    struct blueprint *b = taken(HEAD ">" SECTION "\n<cell knowledgePoint=\"1\" min=\"1\"/>"
        "<cell cognitiveLevel=\"apply\" min=\"2\"/>\n<cell knowledgePoint=\"2\" min=\"2\"/></blueprint>");
    assert_false(blueprint_sums(b, count_sum, &t));
    assert_int_equal(t.line[0], 2);
    assert_non_null(strstr(t.message[0], "lines 2, 3: at least 3 items"));
    blueprint_free(b);
    b = taken(HEAD ">" SECTION "<cell knowledgePoint=\"1\" min=\"2\"/><cell knowledgePoint=\"1.2\" min=\"2\"/></blueprint>");
    assert_true(blueprint_sums(b, count_sum, &t));
    blueprint_free(b);
}

static void hostile_bytes_are_refused(void **state)
{
    (void)state;
    struct blueprint *b = NULL;
    struct err e = {0};
    refused("<!DOCTYPE blueprint><blueprint/>", "DOCTYPE");
    refused("<blueprint title=\"\xff\"/>", "not well-formed");
    refused("", "empty");
    char *big = mem_alloc(BLUEPRINT_MAX_BYTES + 2);
    memset(big, ' ', BLUEPRINT_MAX_BYTES + 1);
    assert_refused(blueprint_read(&b, "b.xml", span_of(big, BLUEPRINT_MAX_BYTES + 1), NULL, NULL, &e), ERR_DATA, "larger", e);
    free(big);
}

static void sections_of_one_kind_are_told_apart_by_knowledge_point(void **state)
{
    (void)state;
    struct blueprint *b = taken(HEAD "><section id=\"a\" title=\"A\" kinds=\"single\" knowledgePoints=\"1 2\" count=\"1\" points=\"2\"/>"
                                     "<section id=\"b\" title=\"B\" kinds=\"single\" knowledgePoints=\"3\" count=\"1\" points=\"2\"/></blueprint>");
    blueprint_free(b);
    refused(HEAD "><section id=\"a\" title=\"A\" kinds=\"single\" knowledgePoints=\"1\" count=\"1\" points=\"2\"/>"
                 "<section id=\"b\" title=\"B\" kinds=\"single\" knowledgePoints=\"1.2\" count=\"1\" points=\"2\"/></blueprint>",
            "the same items");
}

static void a_knowledge_point_is_within_itself_and_its_parents_only(void **state)
{
    (void)state;
    assert_true(knowledge_point_within("1.2", "1"));
    assert_true(knowledge_point_within("1", "1"));
    assert_false(knowledge_point_within("10", "1"));
    assert_false(knowledge_point_within("1", "1.2"));
}

static void the_samples_are_valid(void **state)
{
    (void)state;
    static const char *const names[] = {"data/blueprints/sample.xml", "data/blueprints/teacher.xml",
                                        "data/blueprints/sections.xml", "data/blueprints/practical.xml",
                                        "data/blueprints/city.xml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bytes text = {0};
        struct blueprint *b = NULL;
        struct err e = {0};
        char *path = path_join(getenv("SOURCE_ROOT"), names[i]);
        assert_done(file_read(path, 1 << 20, &text, &e), e);
        assert_done(blueprint_read(&b, path, bytes_span(&text), NULL, NULL, &e), e);
        blueprint_free(b);
        bytes_release(&text);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_blueprint_has_the_defaults),
        cmocka_unit_test(sections_have_no_rules_of_their_own_unless_it_says_so),
        cmocka_unit_test(every_fault_is_told_with_its_line),
        cmocka_unit_test(what_cannot_hold_is_refused),
        cmocka_unit_test(what_the_elements_of_goals_and_limits_cannot_mean_is_refused),
        cmocka_unit_test(goals_come_by_priority_then_as_they_stand),
        cmocka_unit_test(sums_that_no_bank_can_meet_are_seen_without_one),
        cmocka_unit_test(hostile_bytes_are_refused),
        cmocka_unit_test(sections_of_one_kind_are_told_apart_by_knowledge_point),
        cmocka_unit_test(a_knowledge_point_is_within_itself_and_its_parents_only),
        cmocka_unit_test(the_samples_are_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
