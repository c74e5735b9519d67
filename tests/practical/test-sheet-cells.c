/* SPDX-License-Identifier: Apache-2.0 */
/* X1 to X10: sheets, values, formulas. */
#include "tests/check.h"

#include "scoring/practical/parts.h"
#include "tests/practical/sheet-kit.h"

static void X1_the_order_is_that_of_the_book_not_of_part_numbers(void **state)
{
    (void)state;
    struct sheet_made m = {
        .sheets = "<sheet name=\"汇总\" sheetId=\"7\" state=\"hidden\" r:id=\"s2\"/>"
                  "<sheet name=\"成绩表\" sheetId=\"1\" r:id=\"s1\"/>",
        .rels = OFFICE_REL("s2", "worksheet", "worksheets/sheet9.xml"),
        .rows = ROW("1", NUM("A1", "1")),
        .more = {{.name = "xl/worksheets/sheet9.xml",
                  .text = "<worksheet " OFFICE_S "><sheetPr><tabColor rgb=\"FFFF0000\"/></sheetPr><sheetData>"
                          "<row><c><v>2</v></c></row></sheetData></worksheet>"}},
    };
    struct asked_book b = made_open(&m);
    assert_list(&b, "sheet.names", "", "汇总; 成绩表");
    assert_integer(&b, "sheet.count", "", 2);
    assert_integer(&b, "sheet.position", "sheet=成绩表", 2);
    assert_text(&b, "sheet.sheet-name", "sheet=1", "汇总");
    assert_integer(&b, "sheet.hidden", "sheet=汇总", 1);
    assert_integer(&b, "sheet.exists", "sheet=Sheet1", 0);
    assert_integer(&b, "sheet.tab-color", "sheet=汇总", 0xFF0000);
    assert_number(&b, "sheet.number", "cell=汇总!A1", 2);
    assert_string_equal(made_ask(&b, "sheet.number", "cell=汇总!A1", NULL).place,
                        "xl/worksheets/sheet9.xml, 汇总!A1");
    made_close(&b);
}

static void X2_shared_strings_join_runs_without_phonetics(void **state)
{
    (void)state;
    struct sheet_made m = {
        .strings = "<si><r><t xml:space=\"preserve\">期末 </t></r><r><rPr><b/></rPr><t>成绩</t></r>"
                   "<rPh sb=\"0\" eb=\"2\"><t>qimo</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>",
        .rows =
            "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"str\"><f>\"x\"</f><v>x</v></c></row>"
            "<row><c r=\"C2\" t=\"inlineStr\"><is><t>内联</t></is></c><c><v>12</v></c></row>"
            "<row><c t=\"s\"><v>99</v></c></row>",
    };
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.text", "cell=A1", "期末 成绩");
    assert_text(&b, "sheet.text", "cell=B1", "a\rb_x0041_");
    assert_text(&b, "sheet.text", "cell=C1", "x");
    assert_text(&b, "sheet.text", "cell=C2", "内联");
    assert_text(&b, "sheet.text", "cell=D2", "12");
    assert_text(&b, "sheet.type", "cell=D2", "number");
    assert_absent(&b, "sheet.text", "cell=A3", "empty");
    assert_absent(&b, "sheet.text", "cell=Z99", "empty");
    made_close(&b);
}

static void X2_cells_are_found_by_the_text_of_row_and_column(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rows = ROW("2", STR("A2", "姓名") STR("B2", "总 分")) ROW("4", STR("A4", "张三") NUM("B4", "180")),
    };
    struct asked_book b = made_open(&m);
    assert_number(&b, "sheet.number", "row-text=张三;column-text=总分", 180);
    assert_absent(&b, "sheet.number", "row-text=李四;column-text=总分", "no cell contains 李四");
    assert_integer_of(&b, "sheet.row-of", "", "张三", 4);
    made_close(&b);
}

static void X3_a_number_written_as_text_is_no_number(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("1", STR("A1", "202601") NUM("B1", "1.5E1"))};
    struct asked_book b = made_open(&m);
    assert_absent(&b, "sheet.number", "cell=A1", "the text 202601");
    assert_number(&b, "sheet.number", "cell=B1", 15);
    made_close(&b);
}

static void X4_truth_values_and_errors_are_types_of_their_own(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = "<row><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>"};
    struct asked_book b = made_open(&m);
    assert_integer(&b, "sheet.boolean", "cell=A1", 1);
    assert_text(&b, "sheet.error", "cell=B1", "#N/A");
    assert_absent(&b, "sheet.number", "cell=A1", "truth value");
    assert_absent(&b, "sheet.boolean", "cell=B1", "the error #N/A");
    made_close(&b);
}

#define DATE_STYLES "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>"

static void X5_dates_are_numbers_of_two_systems(void **state)
{
    (void)state;
    struct sheet_made m = {
        .styles = DATE_STYLES,
        .rows = "<row><c s=\"1\"><v>45536</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>59</v></c>"
                "<c s=\"1\"><v>61</v></c><c t=\"d\"><v>2021-12-31T23:44:51</v></c><c><v>45536</v></c></row>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.date", "cell=A1", "2024-09-01");
    assert_text(&b, "sheet.date", "cell=B1", "1900-02-29");
    assert_text(&b, "sheet.date", "cell=C1", "1900-02-28");
    assert_text(&b, "sheet.date", "cell=D1", "1900-03-01");
    assert_text(&b, "sheet.date", "cell=E1", "2021-12-31 23:44:51");
    assert_absent(&b, "sheet.date", "cell=F1", "not shown as a date");
    made_close(&b);
    m.before = "<workbookPr date1904=\"1\"/>";
    b = made_open(&m);
    assert_text(&b, "sheet.date", "cell=A1", "2028-09-02");
    made_close(&b);
}

static void X6_formulas_are_compared_normalised(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("1", FORMULA("A1", "sum( c3 : D3 ) + $B$1", "1")
                                                FORMULA("B1", "_xlfn.IFS(A1&gt;1,2)", "2"))};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.formula", "cell=A1", "SUM(C3:D3)+$B$1");
    assert_text(&b, "sheet.formula", "cell=B1", "IFS(A1>1,2)");
    assert_integer_of(&b, "sheet.formula-equals", "cell=A1", "=Sum(C3:D3)+$B$1", 1);
    assert_integer_of(&b, "sheet.formula-equals", "cell=A1", "SUM(C3:D3)+B1", 0);
    assert_integer_of(&b, "sheet.formula-like", "cell=A1", "SUM(C3:D3)+B1", 1);
    assert_integer(&b, "sheet.has-formula", "cell=C1", 0);
    made_close(&b);
}

static void X6_shared_formulas_are_moved_from_their_master(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rows =
            "<row r=\"3\"><c r=\"E3\"><f t=\"shared\" ref=\"E3:E5\" si=\"0\">SUM(C3:D3)*$A$1</f><v>1</v></c></row>"
            "<row r=\"4\"><c r=\"E4\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row>"
            "<row r=\"5\"><c r=\"E5\"><f t=\"shared\" si=\"0\"/><v>3</v></c></row>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.formula", "cell=E5", "SUM(C5:D5)*$A$1");
    assert_integer(&b, "sheet.filled", "range=E3:E5", 1);
    made_close(&b);
}

static void X7_names_of_functions_in_texts_do_not_count(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("1", FORMULA("A1", "IF(B1&gt;1,\"VLOOKUP(\",ROUND(SUM(C1),1))", "0"))};
    struct asked_book b = made_open(&m);
    assert_list(&b, "sheet.functions", "cell=A1", "IF; ROUND; SUM");
    assert_integer_of(&b, "sheet.uses-function", "cell=A1", "round", 1);
    assert_integer_of(&b, "sheet.uses-function", "cell=A1", "VLOOKUP", 0);
    made_close(&b);
}

static void X8_an_empty_v_is_no_result_and_is_computed(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("3", NUM("C3", "88") NUM("D3", "92") FORMULA("E3", "SUM(C3:D3)", "")
                                                FORMULA("F3", "IF(E3&gt;=160,\"优秀\",\"合格\")", "")
                                                    FORMULA("G3", "WEBSERVICE(C3)", "")
                                                        FORMULA("H3", "SUM(C3:D3)", "7"))};
    struct asked_book b = made_open(&m);
    assert_number(&b, "sheet.result", "cell=E3", 180);
    assert_text(&b, "sheet.result-text", "cell=F3", "优秀");
    assert_text(&b, "sheet.text", "cell=F3", "优秀");
    assert_number(&b, "sheet.number", "cell=E3", 180);
    assert_non_null(
        strstr(made_ask(&b, "sheet.result", "cell=E3", NULL).place, "computed, no result is stored"));
    assert_number(&b, "sheet.result", "cell=H3", 7);
    struct fact f = made_ask(&b, "sheet.result", "cell=G3", NULL);
    assert_int_equal(f.state, FACT_UNKNOWN);
    assert_non_null(strstr(f.why, "WEBSERVICE"));
    made_close(&b);
    m.book = "<calcPr calcMode=\"manual\"/>";
    b = made_open(&m);
    assert_number(&b, "sheet.result", "cell=H3", 180);
    made_close(&b);
}

/* Each of them fails for its work; together they would take a minute. */
static void X8_a_book_of_hostile_formulas_is_given_up(void **state)
{
    (void)state;
    char terms[40 * 32 + 1] = "";
    struct bytes rows = {0};
    for (int i = 0; i < 40; i++)
        memcpy(terms + strlen(terms), "+SUMPRODUCT(ROW(A$1:A$99999)*2)", sizeof "+SUMPRODUCT(ROW(A$1:A$99999)*2)");
    bytes_str(&rows, ROW("1", NUM("A1", "1") FORMULA("B1", "A1+1", "")));
    for (int i = 2; i < 2000; i++)
        bytes_printf(&rows, "<row r=\"%d\"><c r=\"A%d\"><f>1%s</f></c></row>", i, i, terms);
    bytes_add(&rows, "", 1);
    struct sheet_made m = {.rows = (const char *)rows.p};
    struct asked_book b = made_open(&m);
    assert_number(&b, "sheet.result", "cell=B1", 2);
    made_ask(&b, "sheet.values", "range=A2:A1999", NULL);
    struct fact f = made_ask(&b, "sheet.result", "cell=A1999", NULL);
    assert_int_equal(f.state, FACT_UNKNOWN);
    assert_non_null(strstr(f.why, "the formulas of this file need more work than allowed"));
    made_close(&b);
    bytes_release(&rows);
}

static void X8_a_formula_is_tested_with_other_numbers(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("3", NUM("C3", "88") NUM("D3", "92") FORMULA("E3", "180", "180")
                                                FORMULA("F3", "C3+D3", "180"))};
    struct asked_book b = made_open(&m);
    assert_number_of(&b, "sheet.result-with", "cell=F3", "C3=70; D3=80", 150);
    assert_number_of(&b, "sheet.result-with", "cell=E3", "C3=70;D3=80", 180);
    made_close(&b);
}

static void X9_dollars_tell_absolute_from_mixed(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("1", FORMULA("A1", "RANK(E3,$E$3:$E$6)", "1") FORMULA(
                                                "B1", "C1*D$1", "1") FORMULA("C1", "\"$A$1\"&amp;D1", "x"))};
    struct asked_book b = made_open(&m);
    assert_text_of(&b, "sheet.reference", "cell=A1", "E3:E6", "absolute");
    assert_text_of(&b, "sheet.reference", "cell=A1", "E3", "relative");
    assert_text(&b, "sheet.reference", "cell=B1", "mixed");
    assert_text(&b, "sheet.reference", "cell=C1", "relative");
    made_close(&b);
}

static void X10_filled_down_means_the_same_in_R1C1(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("1", FORMULA("A1", "B1*2", "1")) ROW("2", FORMULA("A2", "b2 * 2", "1"))
                               ROW("3", FORMULA("A3", "B2*2", "1")) ROW("4", NUM("A4", "1"))};
    struct asked_book b = made_open(&m);
    assert_integer(&b, "sheet.filled", "range=A1:A2", 1);
    assert_integer(&b, "sheet.filled", "range=A1:A3", 0);
    assert_integer(&b, "sheet.filled", "range=A1:A4", 0);
    assert_non_null(strstr(made_ask(&b, "sheet.filled", "range=A1:A3", NULL).place, "A3"));
    made_close(&b);
}

static void cells_outside_the_sheet_are_ignored(void **state)
{
    (void)state;
    struct sheet_made m = {
        .head = "<dimension ref=\"A1:XFD1048576\"/>",
        .rows = "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c><c r=\"B1048577\"><v>1</v></c>"
                "<c r=\"\"><v>1</v></c><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row>"
                "<row r=\"99999999\"><c><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>9</v></c></row>"};
    struct asked_book b = made_open(&m);
    assert_number(&b, "sheet.number", "cell=C1", 3);
    assert_number(&b, "sheet.number", "cell=A1", 9);
    made_close(&b);
}

static void a_document_type_in_a_part_that_is_read_is_refused(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rels = OFFICE_REL("v", "theme", "theme1.xml"),
        .more = {{.name = "xl/theme1.xml", .text = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"}}};
    struct bytes file = made_bytes(&m);
    struct practical_file f = {.path = "a.xlsx", .bytes = bytes_span(&file), .size = file.n};
    struct practical_folder folder = {.file = &f, .n = 1};
    struct err e = {0};
    void *document = NULL;
    assert_int_equal(sheet_family.open(&document, &folder, "a.xlsx", &e), -ERR_DATA);
    assert_int_equal(e.code, XML_TREE_DTD);
    bytes_release(&file);
}

static void a_book_with_more_cells_than_the_limit_is_refused(void **state)
{
    (void)state;
    enum { ROWS = 61000 };
    static const char row[] = "<row><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/></row>";
    struct bytes rows = {0};
    for (int i = 0; i < ROWS; i++)
        bytes_str(&rows, row);
    struct sheet_made m = {.rows = (const char *)rows.p};
    struct bytes file = made_bytes(&m);
    struct practical_file f = {.path = "a.xlsx", .bytes = bytes_span(&file), .size = file.n};
    struct practical_folder folder = {.file = &f, .n = 1};
    struct err e = {0};
    void *document = NULL;
    assert_refused(sheet_family.open(&document, &folder, "a.xlsx", &e), ERR_DATA, "more cells", e);
    assert_int_equal(e.code, FAULT_LIMIT);
    bytes_release(&file);
    bytes_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_type_in_a_part_that_is_read_is_refused),
        cmocka_unit_test(a_book_with_more_cells_than_the_limit_is_refused),
        cmocka_unit_test(X1_the_order_is_that_of_the_book_not_of_part_numbers),
        cmocka_unit_test(X2_shared_strings_join_runs_without_phonetics),
        cmocka_unit_test(X2_cells_are_found_by_the_text_of_row_and_column),
        cmocka_unit_test(X3_a_number_written_as_text_is_no_number),
        cmocka_unit_test(X4_truth_values_and_errors_are_types_of_their_own),
        cmocka_unit_test(X5_dates_are_numbers_of_two_systems),
        cmocka_unit_test(X6_formulas_are_compared_normalised),
        cmocka_unit_test(X6_shared_formulas_are_moved_from_their_master),
        cmocka_unit_test(X7_names_of_functions_in_texts_do_not_count),
        cmocka_unit_test(X8_an_empty_v_is_no_result_and_is_computed),
        cmocka_unit_test(X8_a_book_of_hostile_formulas_is_given_up),
        cmocka_unit_test(X8_a_formula_is_tested_with_other_numbers),
        cmocka_unit_test(X9_dollars_tell_absolute_from_mixed),
        cmocka_unit_test(X10_filled_down_means_the_same_in_R1C1),
        cmocka_unit_test(cells_outside_the_sheet_are_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
