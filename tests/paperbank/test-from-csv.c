/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"
#include "tests/paperbank/convert-kit.h"

static void same(const char *got, const char *wanted)
{
    assert_string_equal(got, wanted);
}

static void holds(const struct conversion *c, size_t i, const char *words)
{
    if (!strstr(c->item[i].qti, words))
        fail_msg("no %s in\n%s", words, c->item[i].qti);
}

static void refused(const struct conversion *c, size_t i, const char *words)
{
    if (i >= c->n || !c->item[i].refusal || !strstr(c->item[i].refusal, words))
        fail_msg("%zu is not refused for %s but %s", i, words,
                 i < c->n && c->item[i].refusal ? c->item[i].refusal : "taken");
}

static void the_template_comes_in_as_it_is(void **state)
{
    (void)state;
    struct conversion c;
    struct bytes table = {0};
    foreign_csv_template(&table);
    convert(&c, FOREIGN_CSV, (const char *)table.p);
    assert_int_equal(c.n, 10);
    for (size_t i = 0; i < 10; i++)
        item_free(converted_item(&c, i));
    for (size_t i = 0; i < 8; i++) {
        const char *got = key_earns(&c, i), *slash = strchr(got, '/');
        if (strncmp(got, slash + 1, strlen(slash + 1)) != 0 || got[strlen(slash + 1)] != '/')
            fail_msg("the key of row %zu earns %s", i, got);
    }
    same(earned(&c, 3, "RESPONSE1", "一千零二十四", NULL, "RESPONSE2", " 中央处理器 ", NULL, NULL), "2/2");
    same(earned(&c, 3, "RESPONSE1", "１０２４", NULL, NULL), "1/2");
    same(earned(&c, 4, "RESPONSE", "3.145", NULL, NULL), "1/1");
    same(earned(&c, 4, "RESPONSE", " ３．１４ ", NULL, NULL), "1/1");
    conversion_free(&c);
    bytes_release(&table);
}

static void headings_are_chinese_or_english(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_CSV,
            "ID,Type,Stem,A,B,Key,Points,Knowledge Point,Level,Facility,Time,Explanation,Enemies,#mine\r\n"
            "e1,single,\"Which, \"\"one\"\"?\nTwo lines\",x,y,b,2.5,1.2 Files,apply,0.7,45,because,e2 "
            "e3,whatever\r\n"
            "\r\n"
            "e2,truefalse,Right?,,,T,,,,,,,,\r\n");
    assert_int_equal(c.n, 2);
    same(c.item[0].name, "e1");
    same(c.item[0].knowledge_point, "1.2");
    same(c.item[0].level, "apply");
    assert_int_equal(c.item[0].points, 2500);
    assert_int_equal(c.item[0].facility, 700);
    assert_int_equal(c.item[0].expected_s, 45);
    assert_int_equal(c.item[0].n_enemies, 2);
    assert_int_equal(c.item[0].line, 2);
    assert_int_equal(c.item[1].line, 5);
    holds(&c, 0, "Which, &quot;one&quot;?<br/>Two lines");
    same(key_earns(&c, 0), "1/1");
    conversion_free(&c);
}

static void multiple_choice_all_or_partly(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_CSV,
            "题型,题干,选项A,选项B,选项C,答案,计分\n多选题,x,1,2,3,\"A、Ｃ\",\n多选,y,1,2,3,AC,部分\n单选,z,"
            "1,2,3,AC,\n");
    same(earned(&c, 0, "RESPONSE", "C", "A", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "A", NULL, NULL), "0/1");
    same(earned(&c, 1, "RESPONSE", "A", NULL, NULL), "1/2");
    same(earned(&c, 1, "RESPONSE", "A", "B", NULL, NULL), "0/2");
    same(key_earns(&c, 1), "2/2");
    refused(&c, 2, "答案");
    conversion_free(&c);
}

static void the_separator_is_found_in_the_headings(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "题型\t题干\t选项A\t选项B\t答案\t分值\n单选\t甲,乙;丙\t\"1\t2\"\t2\tA\t2.5\n",
        "题型;题干;选项A;选项B;答案;分值\n单选;\"甲,乙;丙\";\"1\t2\";2;A;2,5\n",
        "题型,题干,选项A,选项B,答案,分值\n单选,\"甲,乙;丙\",\"1\t2\",2,A,2.5\n",
        "sep=;\n\"题型\";题干;选项A;\"选项B (a,b,c,d,e,f,g)\";答案;分值\n单选;\"甲,乙;丙\";\"1\t2\";2;A;2,5\n"};
    for (size_t i = 0; i < 4; i++) {
        struct conversion c;
        convert(&c, FOREIGN_CSV, tables[i]);
        assert_int_equal(c.n, 1);
        holds(&c, 0, "甲,乙;丙");
        same(key_earns(&c, 0), "1/1");
        assert_int_equal(c.item[0].points, 2500);
        conversion_free(&c);
    }
}

static void a_comma_is_in_numbers_only_where_semicolons_part_fields(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_CSV,
            "type;stem;option A;option B;key;tolerance;facility;points\n"
            "numeric;x;;;3,14;0,01;0,75;1\nmultiple;y;1;2;A,B;;;1,5\nnumeric;z;;;3,1..3,2;;;\nnumeric;z;;;3;;;1.000,5\n");
    same(earned(&c, 0, "RESPONSE", "3.15", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "3.16", NULL, NULL), "0/1");
    assert_int_equal(c.item[0].facility, 750);
    same(key_earns(&c, 1), "1/1");
    assert_int_equal(c.item[1].points, 1500);
    same(earned(&c, 2, "RESPONSE", "3.2", NULL, NULL), "1/1");
    refused(&c, 3, "分值");
    conversion_free(&c);
    convert(&c, FOREIGN_CSV, "type\tstem\tkey\tpoints\nnumeric\tx\t3\t1,234\n");
    refused(&c, 0, "分值");
    conversion_free(&c);
}

static void wrong_cells_are_named_with_line_and_heading(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_CSV,
            "题型,题干,选项A,选项B,选项C,答案,难度,用时,认知层次,图片\n"
            "猜谜,x,,,,,,,,\n"
            "单选,x,1,2,,C,,,,\n"
            "单选,x,1,2,,A,1.5,,,\n"
            "单选,x,1,2,,A,,很久,,\n"
            "单选,x,1,2,,A,,,会,\n"
            "单选,x,1,2,,A,,,,../x.png\n"
            "判断,x,,,,也许,,,,\n"
            "填空,____和____,,,,a,,,,\n"
            "填空,____,,,,,,,,\n"
            "数值,x,,,,三,,,,\n"
            "排序,x,1,2,3,AB,,,,\n"
            "匹配,x,中国,,,,,,,\n"
            "选词填空,x,,,,,,,,\n"
            "单选,,1,2,,A,,,,\n"
            "单选,x,1,2,,A,,,,,多余\n"
            "单选,好,1,2,,A,0.5,60秒,应用,\n");
    static const char *const words[] = {"题型", "答案",  "难度", "用时", "认知层次",
                                        "图片", "答案",  "答案", "答案", "答案",
                                        "答案", "选项A", "题干", "题干", "more fields"};
    assert_int_equal(c.n, 16);
    for (size_t i = 0; i < 15; i++) {
        refused(&c, i, words[i]);
        assert_int_equal(c.item[i].line, i + 2);
    }
    same(key_earns(&c, 15), "1/1");
    same(c.item[15].level, "apply");
    conversion_free(&c);
}

static void tables_without_the_right_headings_are_refused(void **state)
{
    (void)state;
    struct conversion c;
    static const char *const tables[] = {"", "姓名,题型,题干\n", "题型,题型,题干\n", "题干,答案\n"};
    for (size_t i = 0; i < 4; i++) {
        convert_bytes(&c, FOREIGN_CSV, span_str(tables[i]), ENCODING_UNKNOWN);
        assert_int_equal(c.result, -ERR_DATA);
        assert_int_equal(c.n, 0);
        conversion_free(&c);
    }
}

static void a_bad_row_stops_nothing(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_CSV, "题型,题干,答案\n判断,\"x\"y,对\n判断,z,错\n");
    assert_int_equal(c.n, 2);
    refused(&c, 0, "closing quote");
    assert_null(c.item[1].refusal);
    conversion_free(&c);
}

static void tables_of_chinese_spreadsheets_are_read(void **state)
{
    (void)state;
    struct conversion c;
    static const char gbk[] = "\xCC\xE2\xD0\xCD,\xCC\xE2\xB8\xC9,\xB4\xF0\xB0\xB8\r\n\xC5\xD0\xB6\xCF,"
                              "\xB5\xD8\xC7\xF2,\xB6\xD4\r\n";
    convert(&c, FOREIGN_CSV, gbk);
    assert_int_equal(c.encoding, ENCODING_GB18030);
    holds(&c, 0, "地球");
    conversion_free(&c);
    convert_bytes(&c, FOREIGN_CSV, span_str(gbk), ENCODING_GB18030);
    assert_int_equal(c.n, 1);
    conversion_free(&c);
    convert_bytes(&c, FOREIGN_CSV, span_str(gbk), ENCODING_UTF8);
    assert_refused(c.result, ERR_DATA, "not a text in UTF-8", c.e);
    conversion_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_template_comes_in_as_it_is),
        cmocka_unit_test(headings_are_chinese_or_english),
        cmocka_unit_test(multiple_choice_all_or_partly),
        cmocka_unit_test(the_separator_is_found_in_the_headings),
        cmocka_unit_test(a_comma_is_in_numbers_only_where_semicolons_part_fields),
        cmocka_unit_test(wrong_cells_are_named_with_line_and_heading),
        cmocka_unit_test(tables_without_the_right_headings_are_refused),
        cmocka_unit_test(a_bad_row_stops_nothing),
        cmocka_unit_test(tables_of_chinese_spreadsheets_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
