/* SPDX-License-Identifier: Apache-2.0 */
/* X20 to X37: order, filters, conditions, validation, tables, pivot tables, charts, pages. */
#include "tests/check.h"

#include "tests/practical/sheet-kit.h"

static void X20_order_is_that_of_the_values(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = ROW("1", STR("A1", "总分")) ROW("2", NUM("A2", "99") STR("B2", "甲"))
                               ROW("3", NUM("A3", "80") STR("B3", "乙")) ROW("4", NUM("A4", "75"))};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.sorted", "range=A2:A4", "descending");
    assert_list(&b, "sheet.values", "range=A2:A4", "99; 80; 75");
    assert_int_equal(made_ask(&b, "sheet.sorted", "range=B2:B3", NULL).state, FACT_UNKNOWN);
    made_close(&b);
}

static void X21_a_filter_has_conditions_and_hides_rows(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rows = ROW("1", STR("A1", "班级") STR("B1", "分")) ROW(
            "2", STR("A2", "一班") NUM(
                     "B2", "90")) "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>2</v></c></row>" ROW("4",
                                                                                                 STR("A4",
                                                                                                     "三班")),
        .tail = "<autoFilter ref=\"A1:B4\"><filterColumn colId=\"1\"><customFilters and=\"1\"><customFilter "
                "operator=\"greaterThanOrEqual\" val=\"60\"/><customFilter operator=\"lessThan\" val=\"95\"/>"
                "</customFilters></filterColumn><filterColumn colId=\"0\"><filters><filter val=\"一班\"/>"
                "<filter val=\"三班\"/></filters></filterColumn></autoFilter>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.filter", "", "A1:B4");
    assert_text(&b, "sheet.filter-condition", "column=B", "greaterThanOrEqual 60 and lessThan 95");
    assert_text(&b, "sheet.filter-condition", "column-text=班级", "一班, 三班");
    assert_integer(&b, "sheet.visible-rows", "range=A2:A4", 2);
    assert_list(&b, "sheet.visible-values", "range=A2:A4", "一班; 三班");
    made_close(&b);
}

static void X22_an_advanced_filter_leaves_rows_and_names(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rows = ROW("1", STR("A1", "姓名") NUM("B1", "9")) ROW("2", STR("A2", "张三") NUM("B2", "8")),
        .book =
            "<definedNames><definedName name=\"_xlnm.Criteria\" localSheetId=\"0\">成绩表!$H$1:$H$2</definedName>"
            "<definedName name=\"_xlnm.Extract\" localSheetId=\"0\">成绩表!$A$20:$F$20</definedName></definedNames>"};
    struct asked_book b = made_open(&m);
    assert_list(&b, "sheet.rows", "range=A1:B2", "姓名 / 9; 张三 / 8");
    assert_text(&b, "sheet.advanced-criteria", "", "成绩表!H1:H2");
    assert_text(&b, "sheet.advanced-extract", "", "成绩表!A20:F20");
    made_close(&b);
}

static void X23_subtotals_are_formulas_and_outline_levels(void **state)
{
    (void)state;
    struct sheet_made m = {.rows = "<row r=\"1\" outlineLevel=\"2\"><c r=\"A1\"><v>1</v></c></row>" ROW(
                               "2", FORMULA("A2", "SUBTOTAL(9,A1:A1)", "1"))
                               ROW("3", FORMULA("A3", "SUBTOTAL(101,A1:A1)", "1"))
                                   ROW("4", FORMULA("A4", "\"SUBTOTAL(\"", "x"))};
    struct asked_book b = made_open(&m);
    assert_integer(&b, "sheet.subtotals", "", 2);
    assert_list(&b, "sheet.subtotal-functions", "", "sum; average");
    assert_integer(&b, "sheet.outline", "row=1", 2);
    assert_integer(&b, "sheet.outline", "row=2", 0);
    made_close(&b);
}

static void X24_the_fill_of_a_condition_is_its_background(void **state)
{
    (void)state;
    struct sheet_made m = {
        .styles =
            "<cellXfs><xf/></cellXfs><dxfs><dxf><font><b/><color rgb=\"FF9C0006\"/></font><fill><patternFill>"
            "<bgColor rgb=\"FFFFC7CE\"/></patternFill></fill></dxf></dxfs>",
        .tail =
            "<conditionalFormatting sqref=\"C3:D6 F1\"><cfRule type=\"cellIs\" dxfId=\"0\" priority=\"1\" "
            "operator=\"lessThan\"><formula>60</formula></cfRule></conditionalFormatting>"
            "<conditionalFormatting sqref=\"E3:E6\"><cfRule type=\"top10\" rank=\"3\" priority=\"2\"/>"
            "<cfRule type=\"dataBar\" priority=\"3\"><dataBar><cfvo type=\"min\"/><cfvo type=\"max\"/><color "
            "rgb=\"FF638EC6\"/></dataBar></cfRule></conditionalFormatting>"
            "<extLst><ext><x14:conditionalFormattings "
            "xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" "
            "xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:conditionalFormatting>"
            "<x14:cfRule type=\"iconSet\" priority=\"4\"><x14:iconSet iconSet=\"3Stars\"/></x14:cfRule>"
            "<xm:sqref>G1:G9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.condition", "range=C3:D6", "C3:D6 F1 cellIs lessThan 60");
    assert_integer(&b, "sheet.condition-fill", "cell=C4", 0xFFC7CE);
    assert_integer(&b, "sheet.condition-color", "cell=C4", 0x9C0006);
    assert_integer(&b, "sheet.condition-bold", "cell=C4", 1);
    assert_text(&b, "sheet.condition", "range=E3:E6", "E3:E6 top10 top 3");
    assert_text(&b, "sheet.condition-type", "range=E3:E6;condition=2", "dataBar");
    assert_integer(&b, "sheet.condition-bar", "range=E3:E6;condition=2", 0x638EC6);
    assert_text(&b, "sheet.condition", "cell=G2", "G1:G9 iconSet 3Stars");
    assert_absent(&b, "sheet.condition", "range=C3:D7", "no conditional format");
    assert_integer(&b, "sheet.conditions", "", 4);
    made_close(&b);
}

static void X25_validation_also_in_extensions(void **state)
{
    (void)state;
    struct sheet_made m = {
        .tail =
            "<dataValidations><dataValidation type=\"list\" sqref=\"B2:B9\" showInputMessage=\"1\" prompt=\"请选择\">"
            "<formula1>\"男,女\"</formula1></dataValidation><dataValidation type=\"whole\" sqref=\"C2\" error=\"超出\">"
            "<formula1>0</formula1><formula2>100</formula2></dataValidation></dataValidations>"
            "<extLst><ext><x14:dataValidations "
            "xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" "
            "xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:dataValidation type=\"list\">"
            "<x14:formula1><xm:f>汇总!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D2</xm:sqref></x14:dataValidation>"
            "</x14:dataValidations></ext></extLst>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.validation", "cell=B5", "list 男,女");
    assert_text(&b, "sheet.validation-prompt", "cell=B5", "请选择");
    assert_text(&b, "sheet.validation", "cell=C2", "whole between 0, 100");
    assert_text(&b, "sheet.validation-error", "cell=C2", "超出");
    assert_text(&b, "sheet.validation", "cell=D2", "list 汇总!A1:A3");
    assert_absent(&b, "sheet.validation", "cell=A1", "no validation");
    made_close(&b);
}

static void X26_only_a_frozen_pane_is_frozen(void **state)
{
    (void)state;
    struct sheet_made m = {.head =
                               "<sheetViews><sheetView showGridLines=\"0\"><pane ySplit=\"2\" xSplit=\"1\" "
                               "topLeftCell=\"B9\" state=\"frozen\"/></sheetView></sheetViews>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.freeze", "", "B3");
    assert_integer(&b, "sheet.gridlines", "", 0);
    made_close(&b);
    m.head = "<sheetViews><sheetView><pane ySplit=\"2000\" topLeftCell=\"A3\"/></sheetView></sheetViews>";
    b = made_open(&m);
    assert_absent(&b, "sheet.freeze", "", "no panes");
    made_close(&b);
}

static void X27_X28_links_and_comments(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rows = ROW("1", FORMULA("C1", "HYPERLINK(\"http://c\",\"去\")", "x")),
        .tail =
            "<hyperlinks><hyperlink ref=\"A1\" r:id=\"h\"/><hyperlink ref=\"B1\" location=\"'Sheet 2'!$A$1\"/></hyperlinks>",
        .sheet_rels = OFFICE_REL_EXTERNAL("h", "hyperlink", "http://www.example.com/")
            OFFICE_REL("c", "comments", "../comments1.xml"),
        .more = {
            {.name = "xl/comments1.xml",
             .text =
                 "<comments " OFFICE_S
                 "><authors><author>王</author></authors><commentList><comment ref=\"B2\" "
                 "authorId=\"0\"><text><r><t>请</t></r><r><t>核对</t></r></text></comment></commentList></comments>"}}};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.link", "cell=A1", "http://www.example.com/");
    assert_text(&b, "sheet.link", "cell=B1", "#Sheet 2!A1");
    assert_text(&b, "sheet.link", "cell=C1", "http://c");
    assert_text(&b, "sheet.comment", "cell=B2", "请核对");
    assert_integer(&b, "sheet.comments", "", 1);
    made_close(&b);
}

static void X29_X30_tables_and_names(void **state)
{
    (void)state;
    struct sheet_made m = {
        .rows = ROW("1", STR("A1", "数")) ROW("2", NUM("A2", "4")) ROW("3", NUM("A3", "5"))
            ROW("5", FORMULA("C5", "SUM(Table1[数])+平均", "")),
        .book = "<definedNames><definedName name=\"平均\">成绩表!$A$2</definedName></definedNames>",
        .sheet_rels = OFFICE_REL("t", "table", "../tables/t.xml"),
        .more = {{.name = "xl/tables/t.xml",
                  .text = "<table " OFFICE_S
                          "name=\"Table1\" displayName=\"Table1\" ref=\"A1:A3\"><autoFilter ref=\"A1:A3\"/>"
                          "<tableColumns><tableColumn name=\"数\"/></tableColumns><tableStyleInfo "
                          "name=\"TableStyleMedium2\" showRowStripes=\"1\"/></table>"}}};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.table", "", "A1:A3");
    assert_text(&b, "sheet.table-style", "table=table1", "TableStyleMedium2");
    assert_integer(&b, "sheet.table-totals", "", 0);
    assert_integer(&b, "sheet.table-stripes", "", 1);
    assert_text(&b, "sheet.filter", "", "A1:A3");
    assert_text(&b, "sheet.name", "name=平均", "成绩表!A2");
    assert_number(&b, "sheet.result", "cell=C5", 13);
    assert_number(&b, "sheet.number", "name=平均", 4);
    made_close(&b);
}

static void X31_fields_of_a_pivot_table_have_names(void **state)
{
    (void)state;
    struct sheet_made m = {
        .sheet_rels = OFFICE_REL("p", "pivotTable", "../pivotTables/p.xml"),
        .more = {
            {.name = "xl/pivotTables/p.xml",
             .text =
                 "<pivotTableDefinition " OFFICE_S
                 "name=\"P\"><location ref=\"H3:I9\"/><rowFields><field x=\"1\"/>"
                 "</rowFields><colFields><field x=\"-2\"/></colFields><dataFields><dataField name=\"平均\" "
                 "fld=\"2\" subtotal=\"average\"/><dataField name=\"和\" fld=\"2\"/></dataFields></pivotTableDefinition>"},
            {.name = "xl/pivotTables/_rels/p.xml.rels",
             .text = OFFICE_RELS(OFFICE_REL("c", "pivotCacheDefinition", "../pivotCache/c.xml"))},
            {.name = "xl/pivotCache/c.xml",
             .text = "<pivotCacheDefinition " OFFICE_S
                     "><cacheSource><worksheetSource ref=\"A1:C9\" sheet=\"成绩表\"/>"
                     "</cacheSource><cacheFields><cacheField name=\"姓名\"/><cacheField name=\"班级\"/>"
                     "<cacheField name=\"总分\"/></cacheFields></pivotCacheDefinition>"}}};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.pivot-source", "", "成绩表!A1:C9");
    assert_list(&b, "sheet.pivot-rows", "", "班级");
    assert_list(&b, "sheet.pivot-columns", "", "Σ values");
    assert_list(&b, "sheet.pivot-values", "", "总分 average; 总分 sum");
    assert_text(&b, "sheet.pivot-place", "sheet=成绩表", "H3:I9");
    made_close(&b);
}

#define XDR "xmlns:xdr=\"" OFFICE_OOXML "drawingml/2006/spreadsheetDrawing\" "
#define SERIES(VAL, NAME)                                                                                    \
    "<c:ser><c:tx><c:strRef><c:f>'成绩表'!$" NAME                                                            \
    "$2</c:f></c:strRef></c:tx><c:cat><c:strRef><c:f>'成绩表'!$B$3:$B$6"                                  \
    "</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>'成绩表'!$" VAL "</c:f></c:numRef></c:val></c:ser>"

static const struct sheet_made with_chart = {
    .rows = ROW("2", STR("C2", "语文") STR("D2", "数学")),
    .tail = "<drawing r:id=\"d\"/>",
    .sheet_rels = OFFICE_REL("d", "drawing", "../drawings/d.xml"),
    .more = {
        {.name = "xl/drawings/d.xml",
         .text =
             "<xdr:wsDr " XDR OFFICE_A OFFICE_C OFFICE_R "><xdr:twoCellAnchor><xdr:from><xdr:col>7</xdr:col>"
             "<xdr:row>1</xdr:row></xdr:from><xdr:to><xdr:col>12</xdr:col><xdr:row>15</xdr:row></xdr:to>"
             "<xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id=\"c\"/></a:graphicData></a:graphic>"
             "</xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>"},
        {.name = "xl/drawings/_rels/d.xml.rels",
         .text = OFFICE_RELS(OFFICE_REL("c", "chart", "../charts/x.xml"))},
        {.name = "xl/charts/x.xml",
         .text =
             "<c:chartSpace " OFFICE_C OFFICE_A
             "><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>成绩</a:t></a:r>"
             "<a:r><a:t>对比</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:barDir "
             "val=\"col\"/><c:grouping val=\"clustered\"/>" SERIES("C$3:$C$6", "C") "<c:dLbls><c:showVal val=\"1\"/></c:dLbls></c:barChart><c:lineChart>" SERIES(
                 "D$3:$D$6",
                 "D") "</c:lineChart><c:catAx><c:title><c:tx><c:rich><a:p><a:r><a:t>姓名</a:t></a:r></a:p></c:rich></c:tx>"
                      "</c:title></c:catAx><c:valAx><c:scaling><c:max val=\"100\"/></c:scaling><c:majorGridlines/></c:valAx>"
                      "</c:plotArea><c:legend><c:legendPos val=\"b\"/></c:legend></c:chart></c:chartSpace>"}}};

static void X32_to_X36_a_chart_is_what_it_shows(void **state)
{
    (void)state;
    struct asked_book b = made_open(&with_chart);
    assert_integer(&b, "sheet.charts", "", 1);
    assert_text(&b, "sheet.chart-type", "", "combo");
    assert_list(&b, "sheet.chart-series-types", "", "column; line");
    assert_text(&b, "sheet.chart-grouping", "", "clustered");
    assert_list(&b, "sheet.chart-values", "", "成绩表!C3:C6; 成绩表!D3:D6");
    assert_list(&b, "sheet.chart-series", "", "语文; 数学");
    assert_text(&b, "sheet.chart-categories", "", "成绩表!B3:B6");
    assert_text(&b, "sheet.chart-title", "", "成绩对比");
    assert_text(&b, "sheet.chart-category-title", "", "姓名");
    assert_absent(&b, "sheet.chart-value-title", "", "none");
    assert_text(&b, "sheet.chart-legend", "", "bottom");
    assert_text(&b, "sheet.chart-labels", "", "value");
    assert_integer(&b, "sheet.chart-gridlines", "", 1);
    assert_integer(&b, "sheet.chart-category-gridlines", "", 0);
    assert_number(&b, "sheet.chart-maximum", "", 100);
    assert_text(&b, "sheet.chart-place", "sheet=成绩表;chart=1", "H2:M16");
    assert_integer_of(&b, "sheet.chart-within", "", "G1:N20", 1);
    assert_integer_of(&b, "sheet.chart-within", "", "A1:F20", 0);
    assert_integer(&b, "sheet.chart-own-sheet", "", 0);
    assert_absent(&b, "sheet.chart-type", "chart=2", "no such chart");
    made_close(&b);
}

static void X37_pages(void **state)
{
    (void)state;
    struct sheet_made m = {
        .head = "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>",
        .tail =
            "<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.5\" right=\"0.7\" top=\"1\" bottom=\"1\" "
            "header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"
            "<headerFooter><oddHeader>&amp;L&amp;\"宋体,加粗\"&amp;14左&amp;C成绩 &amp;&amp; 表</oddHeader>"
            "<oddFooter>&amp;C第 &amp;P 页&amp;R&amp;D</oddFooter></headerFooter>"
            "<rowBreaks><brk id=\"20\" man=\"1\"/></rowBreaks>",
        .book =
            "<definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">成绩表!$A$1:$F$20,成绩表!$H$1:$I$2"
            "</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">成绩表!$A:$B,成绩表!$1:$2</definedName>"
            "</definedNames>"};
    struct asked_book b = made_open(&m);
    assert_text(&b, "sheet.orientation", "", "landscape");
    assert_text(&b, "sheet.paper", "", "A4");
    assert_integer(&b, "sheet.margin-left", "", 457200);
    assert_integer(&b, "sheet.center-horizontally", "", 1);
    assert_text(&b, "sheet.header", "", "左 | 成绩 & 表");
    assert_text_of(&b, "sheet.footer", "", "center", "第 &P 页");
    assert_text_of(&b, "sheet.footer", "", "right", "&D");
    assert_text(&b, "sheet.print-area", "", "A1:F20,H1:I2");
    assert_text(&b, "sheet.title-rows", "", "1:2");
    assert_text(&b, "sheet.title-columns", "", "A:B");
    assert_integer(&b, "sheet.fit-width", "", 1);
    assert_absent(&b, "sheet.fit-height", "", "not set");
    assert_list(&b, "sheet.page-breaks", "", "20");
    made_close(&b);
}

static void every_row_of_the_design_has_a_kind(void **state)
{
    (void)state;
    for (int row = 1; row <= 38; row++) {
        char name[8];
        bool there = false;
        snprintf(name, sizeof name, "X%d", row);
        for (size_t i = 0; i < sheet_family.n_kinds; i++)
            there |= strcmp(sheet_family.kind[i].row, name) == 0;
        assert_true(there);
    }
}

static void count_facts(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    size_t *n = context;
    (void)at;
    assert_non_null(kind);
    assert_int_equal(found->state, FACT_FOUND);
    ++*n;
}

static void every_fact_is_told_to_the_rule_maker(void **state)
{
    (void)state;
    struct asked_book b = made_open(&with_chart);
    struct check_target t = {.document = b.document, .path = "a.xlsx"};
    size_t n = 0;
    sheet_family.enumerate(&t, b.arena, count_facts, &n);
    assert_true(n > 40);
    made_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(X20_order_is_that_of_the_values),
        cmocka_unit_test(X21_a_filter_has_conditions_and_hides_rows),
        cmocka_unit_test(X22_an_advanced_filter_leaves_rows_and_names),
        cmocka_unit_test(X23_subtotals_are_formulas_and_outline_levels),
        cmocka_unit_test(X24_the_fill_of_a_condition_is_its_background),
        cmocka_unit_test(X25_validation_also_in_extensions),
        cmocka_unit_test(X26_only_a_frozen_pane_is_frozen),
        cmocka_unit_test(X27_X28_links_and_comments),
        cmocka_unit_test(X29_X30_tables_and_names),
        cmocka_unit_test(X31_fields_of_a_pivot_table_have_names),
        cmocka_unit_test(X32_to_X36_a_chart_is_what_it_shows),
        cmocka_unit_test(X37_pages),
        cmocka_unit_test(every_row_of_the_design_has_a_kind),
        cmocka_unit_test(every_fact_is_told_to_the_rule_maker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
