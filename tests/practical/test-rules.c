/* SPDX-License-Identifier: Apache-2.0 */
/* The document of rules: what is refused with its line, how points are summed and shared, what is written. */
#include "tests/check.h"

#include "scoring/practical/rules/rules.h"

#define RULES(INSIDE) "<rules xmlns=\"" RULES_NS "\" id=\"r\" points=\"10\">\n" INSIDE "\n</rules>"
#define CHECK(ID, MORE)                                                                                      \
    "<check id=\"" ID "\" kind=\"file.exists\" path=\"" ID ".txt\" expect=\"yes\" " MORE "/>\n"

struct told {
    unsigned n, line[20];
    char text[20][400];
};

static void tell(void *context, unsigned line, const char *message)
{
    struct told *t = context;
    assert_in_range(t->n, 0, 19);
    t->line[t->n] = line;
    snprintf(t->text[t->n++], sizeof t->text[0], "%s", message);
}

static struct rules *read_rules(const char *xml)
{
    struct rules *r = NULL;
    struct err e;
    assert_done(rules_read(&r, "rules.xml", span_str(xml), NULL, NULL, &e), e);
    return r;
}

/* The first fault stands in that line and holds these words. */
static void refused(const char *xml, unsigned line, const char *words)
{
    struct rules *r = NULL;
    struct told t = {0};
    struct err e = {0};
    int res = rules_read(&r, "rules.xml", span_str(xml), tell, &t, &e);
    assert_int_equal(res, -ERR_DATA);
    assert_null(r);
    if (t.n == 0 || !strstr(t.text[0], words))
        fail_msg("\"%s\" is not about \"%s\"", t.n ? t.text[0] : e.what, words);
    assert_int_equal(t.line[0], line);
}

static int64_t points(const struct rules *r, const char *id)
{
    for (size_t i = 0; i < r->n_checks; i++)
        if (strcmp(r->check[i].id, id) == 0)
            return r->check[i].points.milli;
    fail_msg("no check %s", id);
    return 0;
}

#define ON(DAY)                                                                                              \
    "<rules xmlns=\"" RULES_NS "\" id=\"r\" today=\"" DAY "\" points=\"1\"><check id=\"a\" kind=\"file.exists\" "   \
    "path=\"x\" expect=\"yes\" points=\"1\"/></rules>"

static void the_day_that_counts_as_today_is_kept_or_refused(void **state)
{
    (void)state;
    struct bytes out = {0};
    struct err e;
    struct rules *r = read_rules(ON("2024-02-29"));
    assert_int_equal(r->day[0] * 10000 + r->day[1] * 100 + r->day[2], 20240229);
    assert_done(rules_write(r, &out, &e), e);
    assert_non_null(strstr((const char *)out.p, "today=\"2024-02-29\""));
    rules_free(r);
    bytes_release(&out);
    refused(ON("2023-02-29"), 1, "is no day such as");
}

static void an_unknown_kind_is_refused_with_the_nearest_name(void **state)
{
    (void)state;
    refused(RULES("<check id=\"a\" kind=\"file.exist\" path=\"x\" expect=\"yes\"/>"), 2,
            "did you mean \"file.exists\"");
    refused(RULES("<check id=\"a\" kind=\"zzzzzz.q\" path=\"x\" expect=\"yes\"/>"), 2,
            "no kind \"zzzzzz.q\"");
}

static void a_locator_that_the_kind_does_not_take_is_refused(void **state)
{
    (void)state;
    refused(RULES("\n<check id=\"a\" kind=\"file.text\" path=\"x\" cell=\"B3\" expect=\"y\"/>"), 3,
            "file.text takes no \"cell\"; it takes: line encoding");
    refused(RULES("<check id=\"a\" kind=\"file.text\" path=\"x\" of=\"z\" expect=\"y\"/>"), 2,
            "takes no \"of\"");
    refused(RULES("<check id=\"a\" kind=\"file.word-count\" path=\"x\" expect=\"1\"/>"), 2, "needs of=");
}

static void an_expectation_that_does_not_fit_is_refused_when_read(void **state)
{
    (void)state;
    refused(RULES("<check id=\"a\" kind=\"file.size\" path=\"x\" expect=\"12pt\"/>"), 2,
            "file.size cannot be \"12pt\"");
    refused(RULES("<check id=\"a\" kind=\"file.exists\" path=\"x\" expect=\"maybe\"/>"), 2, "yes or no");
    refused(RULES("<check id=\"a\" kind=\"file.exists\" path=\"x\"/>"), 2, "no attribute \"expect\"");
    refused(RULES("<check id=\"a\" kind=\"file.text\" path=\"x\" expect=\"y\" tolerance=\"2\"/>"), 2,
            "tolerance");
}

static void ids_are_unique_and_files_are_known(void **state)
{
    (void)state;
    refused(RULES(CHECK("a", "") CHECK("b", "") CHECK("a", "")), 4, "\"a\" stands twice, first in line 2");
    refused(RULES("<file id=\"f\" path=\"x.txt\"/>\n<file id=\"f\" path=\"y.txt\"/>" CHECK("a", "")), 3,
            "stands twice");
    refused(RULES("<check id=\"a\" kind=\"file.exists\" file=\"g\" expect=\"yes\"/>"), 2,
            "no <file> of that id");
    refused(RULES("<file id=\"f\" path=\"../x.txt\"/>" CHECK("a", "")), 2, "inside the work's folder");
    refused(RULES("<file id=\"f\" path=\"a.txt|/etc/passwd\"/>" CHECK("a", "")), 2,
            "inside the work's folder");
}

static void points_must_add_up(void **state)
{
    (void)state;
    refused(RULES(CHECK("a", "points=\"4\"") CHECK("b", "points=\"5\"")), 1,
            "give 9 points, the rules say 10");
    refused(RULES("<group title=\"T\" points=\"9\">" CHECK("a", "points=\"10\"") "</group>"), 2,
            "\"T\" give 10 points, the group says 9");
    refused(RULES(CHECK("a", "points=\"10\"") CHECK("b", "")), 3, "\"b\" has no points");
    refused(RULES("<group title=\"T\"></group>" CHECK("a", "points=\"10\"")), 2, "has no check");
    refused(RULES(CHECK("a", "points=\"ten\"")), 2, "write points as");
}

static void points_of_a_group_are_shared_and_the_rest_goes_to_the_last(void **state)
{
    (void)state;
    struct rules *r = read_rules(RULES(CHECK("a", "") CHECK("b", "") CHECK("c", "")));
    assert_int_equal(points(r, "a"), 3333);
    assert_int_equal(points(r, "c"), 3334);
    rules_free(r);
    r = read_rules(RULES("<group mode=\"best\" points=\"4\">" CHECK("a", "") CHECK(
        "b", "") "</group>"
                 "<group mode=\"all\" points=\"6\">" CHECK("c", "") CHECK("d", "") "</group>"));
    assert_int_equal(points(r, "a"), 4000);
    assert_int_equal(points(r, "b"), 4000);
    assert_int_equal(points(r, "c"), 3000);
    assert_int_equal(r->points.milli, 10000);
    rules_free(r);
}

static void a_best_group_is_worth_its_best_and_a_cap_bounds_a_sum(void **state)
{
    (void)state;
    struct rules *r = read_rules(RULES("<group mode=\"best\">" CHECK("a", "points=\"2\"") "<group>" CHECK(
        "b", "points=\"1\"") CHECK("c", "points=\"3\"") "</group></group>"
                                                        "<group cap=\"6\">" CHECK("d", "points=\"4\"")
                                                            CHECK("e", "points=\"4\"") "</group>"));
    assert_int_equal(r->group[1].maximum.milli, 4000);
    assert_int_equal(r->group[3].maximum.milli, 6000);
    rules_free(r);
}

static void a_forbid_takes_points_or_is_a_gate(void **state)
{
    (void)state;
    refused(RULES(CHECK("a",
                        "points=\"10\"") "<forbid id=\"x\" kind=\"file.exists\" path=\"v\" expect=\"yes\"/>"),
            3, "either points or, with gate");
    refused(
        RULES(CHECK(
            "a",
            "points=\"10\"") "<forbid id=\"x\" kind=\"file.exists\" path=\"v\" expect=\"yes\" gate=\"all\"/>"),
        3, "group, file or task");
    struct rules *r = read_rules(RULES(CHECK(
        "a",
        "points=\"10\"") "<forbid id=\"x\" kind=\"file.exists\" path=\"v\" expect=\"yes\" points=\"2\"/>"));
    assert_int_equal(r->points.milli, 10000);
    assert_true(r->check[1].forbid);
    rules_free(r);
}

static void every_fault_is_told_with_its_line(void **state)
{
    (void)state;
    struct rules *r = NULL;
    struct told t = {0};
    struct err e = {0};
    const char *xml =
        RULES("<group mode=\"most\">\n<check id=\"a\" kind=\"no.such\" expect=\"1\"/>\n"
              "<check id=\"b\" kind=\"file.exists\" path=\"x\" expect=\"perhaps\"/>\n</group>\n<chek/>");
    assert_refused(rules_read(&r, "rules.xml", span_str(xml), tell, &t, &e), ERR_DATA, "mode=\"most\"", e);
    assert_int_equal(t.n, 4);
    assert_int_equal(t.line[1], 3);
    assert_int_equal(t.line[2], 4);
    assert_int_equal(t.line[3], 6);
    assert_string_equal(e.where, "rules.xml:2");
}

static void what_is_no_document_of_rules_is_refused(void **state)
{
    (void)state;
    struct rules *r = NULL;
    struct err e = {0};
    assert_int_equal(rules_read(&r, "r", span_str("<rules"), NULL, NULL, &e), -ERR_DATA);
    assert_int_equal(rules_read(&r, "r", span_str("<!DOCTYPE rules []><rules/>"), NULL, NULL, &e), -ERR_DATA);
    assert_refused(rules_read(&r, "r", span_str("<rules/>"), NULL, NULL, &e), ERR_DATA, "these are no rules",
                   e);
    refused(RULES(""), 1, "there is no check");
}

static void rules_written_and_read_again_are_the_same_bytes(void **state)
{
    (void)state;
    struct bytes first = {0}, second = {0};
    struct err e;
    struct rules *r = read_rules(RULES(
        "<file id=\"f\" path=\"通知.txt|*.text\" start=\"\" cap=\"5\"/>"
        "<check id=\"a\" title=\"正文\" kind=\"file.text\" file=\"f\" line=\"2\" expect=\"contains:&quot;a|b&lt;\" points=\"2\"/>"
        "<group title=\"G\" mode=\"best\">" CHECK("b", "points=\"3\" unchanged=\"counts\"") "<group>" CHECK(
            "c",
            "points=\"8\"") "</group></group>"
                            "<forbid id=\"x\" kind=\"file.exists\" path=\"v\" expect=\"yes\" gate=\"task\"/>"));
    assert_done(rules_write(r, &first, &e), e);
    rules_free(r);
    r = read_rules((const char *)first.p);
    assert_done(rules_write(r, &second, &e), e);
    assert_string_equal((const char *)first.p, (const char *)second.p);
    assert_true(r->check[1].unchanged_counts && r->check[3].gate == GATE_TASK);
    assert_non_null(strstr((const char *)first.p, "\n      <check id=\"c\""));
    rules_free(r);
    bytes_release(&first);
    bytes_release(&second);
}

static void no_kind_takes_a_locator_that_rules_use_themselves(void **state)
{
    (void)state;
    static const char *const own[] = {"id",        "kind",   "file", "title",     "expect",
                                      "tolerance", "points", "of",   "unchanged", "gate"};
    for (const struct practical_family *const *f = practical_families; *f; f++)
        for (size_t i = 0; i < (*f)->n_kinds; i++)
            for (size_t k = 0; k < sizeof own / sizeof *own; k++) {
                char word[32], all[512];
                snprintf(word, sizeof word, " %s ", own[k]);
                snprintf(all, sizeof all, " %s ", (*f)->kind[i].locators ? (*f)->kind[i].locators : "");
                if (strstr(all, word))
                    fail_msg("%s takes the locator %s", (*f)->kind[i].name, own[k]);
            }
}

static void every_kind_has_a_tolerance_that_can_be_read(void **state)
{
    (void)state;
    for (const struct practical_family *const *f = practical_families; *f; f++)
        for (size_t i = 0; i < (*f)->n_kinds; i++) {
            const struct check_kind *k = &(*f)->kind[i];
            struct arena *a = arena_new();
            struct expectation *x;
            struct err e;
            if (k->tolerance && expectation_read(&x, a, k, "present", k->tolerance, &e) < 0)
                fail_msg("%s: tolerance %s", k->name, k->tolerance);
            arena_free(a);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_that_counts_as_today_is_kept_or_refused),
        cmocka_unit_test(an_unknown_kind_is_refused_with_the_nearest_name),
        cmocka_unit_test(a_locator_that_the_kind_does_not_take_is_refused),
        cmocka_unit_test(an_expectation_that_does_not_fit_is_refused_when_read),
        cmocka_unit_test(ids_are_unique_and_files_are_known),
        cmocka_unit_test(points_must_add_up),
        cmocka_unit_test(points_of_a_group_are_shared_and_the_rest_goes_to_the_last),
        cmocka_unit_test(a_best_group_is_worth_its_best_and_a_cap_bounds_a_sum),
        cmocka_unit_test(a_forbid_takes_points_or_is_a_gate),
        cmocka_unit_test(every_fault_is_told_with_its_line),
        cmocka_unit_test(what_is_no_document_of_rules_is_refused),
        cmocka_unit_test(rules_written_and_read_again_are_the_same_bytes),
        cmocka_unit_test(no_kind_takes_a_locator_that_rules_use_themselves),
        cmocka_unit_test(every_kind_has_a_tolerance_that_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
