/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint's two-way table: out to a spreadsheet, and in again. */
#include <stdlib.h>

#include "base/file.h"
#include "engine/blueprint/two-way.h"
#include "tests/check.h"

#define HEAD                                                                                                 \
    "<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" "        \
    "pass=\"2\" high=\"3\">\n  <section id=\"s1\" title=\"S\" kinds=\"single\" count=\"2\" points=\"2\"/>\n"
#define CELLS                                                                                                \
    "  <!-- <cell min=\"9\"/> is no cell -->\n"                                                              \
    "  <cell knowledgePoint=\"1.10\" min=\"1\" max=\"2\"/>\n"                                                 \
    "  <cell kinds=\"single\" min=\"1\"/> <!-- stays -->\n"                                                   \
    "  <cell knowledgePoint=\"2\" cognitiveLevel=\"apply\" max=\"1\"></cell>\n"                               \
    "  <cell cognitiveLevel=\"apply analyse\" min=\"1\"/>\n"

static struct blueprint *blueprint_of(const char *text)
{
    struct blueprint *b = NULL;
    struct err e = {0};
    assert_done(blueprint_read(&b, "b.xml", span_str(text), NULL, NULL, &e), e);
    return b;
}

static char *csv_of(const char *text, const struct knowledge_point *point, size_t n)
{
    struct bytes csv = {0};
    struct blueprint *b = blueprint_of(text);
    struct two_way *t = two_way_of(b, point, n);
    two_way_csv(t, &csv);
    two_way_free(t);
    blueprint_free(b);
    char *copy = strdup((const char *)csv.p);
    bytes_release(&csv);
    return copy;
}

/* The blueprint after taking the table in; free it. */
static char *taken(const char *text, const char *csv)
{
    struct bytes out = {0};
    struct two_way *t = NULL;
    struct err e = {0};
    struct blueprint *b = blueprint_of(text);
    assert_done(two_way_read(&t, "t.csv", span_str(csv), &e), e);
    assert_done(two_way_put(t, b, span_str(text), &out, &e), e);
    two_way_free(t);
    blueprint_free(b);
    char *copy = strdup((const char *)out.p);
    bytes_release(&out);
    return copy;
}

static void refused(const char *csv, const char *where, const char *words)
{
    struct two_way *t = NULL;
    struct err e = {0};
    assert_refused(two_way_read(&t, "t.csv", span_str(csv), &e), ERR_DATA, words, e);
    assert_string_equal(e.where, where);
}

static void rows_are_points_and_columns_levels(void **state)
{
    (void)state;
    const struct knowledge_point tree[] = {{"1", "Files"}, {"1.10", "Folders"}, {"1.2", "Names"}, {"2", "Texts"}};
    char *csv = csv_of(HEAD CELLS "</blueprint>", tree, 4);
    assert_string_equal(csv, "\xEF\xBB\xBF"
                             "knowledge point,remember,understand,apply,analyse,evaluate,create,apply + analyse,all levels\r\n"
                             "[1] Files,,,,,,,,\r\n"
                             "[1.10] Folders,,,,,,,,1..2\r\n"
                             "[2] Texts,,,..1,,,,,\r\n"
                             "[*] all knowledge points,,,,,,,1..,\r\n");
    free(csv);
}

static void what_came_out_goes_in_and_nothing_else_is_touched(void **state)
{
    (void)state;
    char *csv = csv_of(HEAD CELLS "</blueprint>", NULL, 0), *once = taken(HEAD CELLS "</blueprint>", csv);
    assert_string_equal(once, HEAD "  <!-- <cell min=\"9\"/> is no cell -->\n"
                                   "  <cell knowledgePoint=\"1.10\" min=\"1\" max=\"2\"/>\n"
                                   "  <cell knowledgePoint=\"2\" cognitiveLevel=\"apply\" max=\"1\"/>\n"
                                   "  <cell cognitiveLevel=\"apply analyse\" min=\"1\"/>\n"
                                   "  <cell kinds=\"single\" min=\"1\"/> <!-- stays -->\n"
                                   "</blueprint>");
    char *twice = taken(once, csv);
    assert_string_equal(once, twice);
    free(csv);
    free(once);
    free(twice);
}

static void a_blueprint_without_cells_gets_them_at_its_end(void **state)
{
    (void)state;
    char *text = taken(HEAD "</blueprint>", "点,记忆,理解+应用,all levels\n1.2 Names,2 ,\"≥1\",\n[*],,１～３,<=4\n2\n");
    assert_string_equal(text, HEAD "  <cell knowledgePoint=\"1.2\" cognitiveLevel=\"remember\" min=\"2\" max=\"2\"/>\n"
                                   "  <cell knowledgePoint=\"1.2\" cognitiveLevel=\"understand apply\" min=\"1\"/>\n"
                                   "  <cell cognitiveLevel=\"understand apply\" min=\"1\" max=\"3\"/>\n"
                                   "  <cell max=\"4\"/>\n"
                                   "</blueprint>");
    free(text);
}

static void what_makes_no_sense_is_refused_with_line_and_column(void **state)
{
    (void)state;
    refused("", "t.csv", "header line");
    refused("point\n", "t.csv:1", "at least one of levels");
    refused("point,recall\n", "t.csv:1", "cognitive levels are needed");
    refused("point,apply,apply\n", "t.csv:1", "stands there twice");
    refused("point,apply\n1,2\n1,3\n", "t.csv:3", "this row stands there twice");
    refused("point,apply\n文件,2\n", "t.csv:2", "a code in brackets");
    refused("point,apply\n1,2-May\n", "t.csv:2", "column \"apply\": \"2-May\"");
    refused("point,apply\n1,2-\n", "t.csv:2", "limits like 2..5");
    refused("point,apply\n1,5..2\n", "t.csv:2", "limits like 2..5");
    refused("point,apply\n1,-1\n", "t.csv:2", "limits like");
    refused("point,apply\n1,99999999999999999999\n", "t.csv:2", "limits like");
}

static void a_prefix_before_the_cells_is_refused(void **state)
{
    (void)state;
    static const char text[] =
        "<b:blueprint xmlns:b=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" pass=\"2\" high=\"3\">"
        "<b:section id=\"s1\" title=\"S\" kinds=\"single\" count=\"2\" points=\"2\"/><b:cell min=\"1\"/></b:blueprint>";
    struct bytes out = {0};
    struct two_way *t = NULL;
    struct err e = {0};
    struct blueprint *b = blueprint_of(text);
    assert_done(two_way_read(&t, "t.csv", span_str("point,apply\n1,2\n"), &e), e);
    assert_refused(two_way_put(t, b, span_str(text), &out, &e), ERR_DATA, "prefix", e);
    two_way_free(t);
    blueprint_free(b);
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_points_and_columns_levels),
        cmocka_unit_test(what_came_out_goes_in_and_nothing_else_is_touched),
        cmocka_unit_test(a_blueprint_without_cells_gets_them_at_its_end),
        cmocka_unit_test(what_makes_no_sense_is_refused_with_line_and_column),
        cmocka_unit_test(a_prefix_before_the_cells_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
