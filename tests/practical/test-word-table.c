/* SPDX-License-Identifier: Apache-2.0 */
/* W36–W42: tables. */
#include "tests/check.h"

#include "tests/practical/word-kit.h"

#define TBL(PR, GRID, ROWS) "<w:tbl><w:tblPr>" PR "</w:tblPr><w:tblGrid>" GRID "</w:tblGrid>" ROWS "</w:tbl>"
#define COL(W) "<w:gridCol w:w=\"" W "\"/>"
#define TR(PR, CELLS) "<w:tr><w:trPr>" PR "</w:trPr>" CELLS "</w:tr>"
#define TC(PR, CONTENT) "<w:tc><w:tcPr>" PR "</w:tcPr>" CONTENT "</w:tc>"
#define CELL(TEXT) TC("", P("", T(TEXT)))
#define BORDER(SIDE, KIND, SZ) "<w:" SIDE " w:val=\"" KIND "\" w:sz=\"" SZ "\" w:color=\"auto\"/>"

static const char merged[] =
    TBL("", COL("1000") COL("2000") COL("3000"),
        TR("", CELL("姓名") CELL("学校") CELL("成绩"))
            TR("", TC(V("vMerge", "restart"), P("", T("王"))) CELL("一中") CELL("90"))
                TR("", TC("<w:vMerge/>", "<w:p/>") TC(V("gridSpan", "2"), P("", T("合计")))));

static void W36_rows_and_grid_and_tables_inside_tables(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = TBL("", COL("1000"),
                    TR("", TC("", TBL("", COL("9") COL("9"), TR("", CELL("内") CELL("里"))) "<w:p/>")))
            TBL("", "", TR("", CELL("甲") CELL("乙")))};
    word_is_value(&m, "word.tables", "", "2");
    word_is_value(&m, "word.table-columns", "table=1", "1");
    word_is_value(&m, "word.table-columns", "table=2", "2");
    word_is_value(&m, "word.table-rows", "table=1", "1");
    word_is_value(&m, "word.table-rows", "table-text=乙", "1");
    word_is_value(&m, "word.table-rows", "table=3", "(absent: there are 2 tables)");
}

static void W37_a_tables_style_lies_between_defaults_and_the_paragraphs_style(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles =
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>" STYLE(
                "paragraph", "S", "S", "<w:rPr>" V("sz", "40") "</w:rPr>")
                STYLE(
                    "table", "G", "Grid",
                    "<w:pPr>" V("jc", "center") "</w:pPr><w:rPr>" V(
                        "sz",
                        "28") "</w:rPr>"
                              "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tcPr>" V(
                                  "vAlign",
                                  "center") "<w:shd w:val=\"clear\" w:fill=\"FF0000\"/></w:tcPr></w:tblStylePr>"),
        .body = TBL(V("tblStyle", "G") "<w:tblLook w:firstRow=\"1\"/>", COL("1") COL("1"),
                    TR("", CELL("甲") TC("", P(V("pStyle", "S") V("jc", "right"), T("乙"))))
                        TR("", CELL("丙") CELL("丁")))};
    word_is_value(&m, "word.size", "table=1 row=1 column=1", "177800");
    word_is_value(&m, "word.size", "table=1 row=1 column=2", "254000");
    word_is_value(&m, "word.align", "table=1 row=1 column=1", "center");
    word_is_value(&m, "word.align", "table=1 row=1 column=2", "right");
    word_is_value(&m, "word.bold", "table=1 row=1 column=1", "yes");
    word_is_value(&m, "word.bold", "table=1 row=2 column=1", "no");
    word_is_value(&m, "word.cell-vertical-align", "table=1 row=1 column=1", "center");
    word_is_value(&m, "word.cell-shading", "table=1 row=1 column=1", "#ff0000");
    word_is_value(&m, "word.cell-shading", "table=1 row=2 column=1", "auto");
    word_is_value(&m, "word.table-style", "table=1", "Grid");
}

static void W38_a_merged_cell_is_found_from_each_of_its_places(void **state)
{
    (void)state;
    const struct word_made m = {.body = merged};
    word_is_value(&m, "word.cell-row-span", "table=1 row=2 column=1", "2");
    word_is_value(&m, "word.cell-text", "table=1 row=3 column=1", "王");
    word_is_value(&m, "word.cell-span", "table=1 row=3 column=2", "2");
    word_is_value(&m, "word.cell-text", "table=1 row=3 column=3", "合计");
    word_is_value(&m, "word.cell-span", "table=1 row=1 column=1", "1");
    struct arena *a = arena_new();
    assert_string_equal(word_place(a, &m, "word.cell-text", "row=3 column=3"),
                        "word/document.xml, table 1, row 3, cell 2");
    arena_free(a);
}

static void W39_a_cells_line_is_its_own_else_the_tables_else_the_styles(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles =
            STYLE("table", "G", "Grid",
                  "<w:tblPr><w:tblBorders>" BORDER("top", "single", "4") BORDER("insideH", "single", "4")
                      BORDER("left", "single", "4") "</w:tblBorders></w:tblPr>"),
        .body =
            TBL(V("tblStyle", "G") "<w:tblBorders>" BORDER("top", "double", "12") "</w:tblBorders>", COL("1"),
                TR("", CELL("甲"))
                    TR("", TC("<w:tcBorders>" BORDER("bottom", "dotted", "8") "</w:tcBorders>", "<w:p/>")))};
    word_is_value(&m, "word.cell-border", "row=1 column=1 side=top", "double");
    word_is_value(&m, "word.cell-border-width", "row=1 column=1 side=top", "19050");
    word_is_value(&m, "word.cell-border", "row=1 column=1 side=bottom", "single");
    word_is_value(&m, "word.cell-border", "row=2 column=1 side=bottom", "dotted");
    word_is_value(&m, "word.cell-border", "row=2 column=1 side=right", "none");
    word_is_value(&m, "word.table-border", "side=top", "double");
    word_is_value(&m, "word.table-border", "side=inside-h", "single");
    word_is_value(&m, "word.table-border", "side=inside-v", "(absent: the table has no such side)");
}

static void W40_heights_widths_and_place(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = TBL(V("jc", "center") "<w:tblW w:type=\"pct\" w:w=\"2500\"/>", COL("1000") COL("2000"),
                    TR("<w:trHeight w:val=\"567\" w:hRule=\"exact\"/>",
                       TC("<w:tcW w:type=\"dxa\" w:w=\"1701\"/>", "<w:p/>") CELL("乙"))
                        TR("", CELL("") CELL("")))};
    word_is_value(&m, "word.row-height", "row=1", "360045");
    word_is_value(&m, "word.row-height-rule", "row=1", "exact");
    word_is_value(&m, "word.row-height", "row=2", "(absent: the height is automatic)");
    word_is_value(&m, "word.table-column-width", "column=1", "1080135");
    word_is_value(&m, "word.table-column-width", "column=2", "1270000");
    word_is_value(&m, "word.table-align", "", "center");
    word_is_value(&m, "word.table-width", "", "500");
}

static void W41_header_rows_and_the_order_of_a_column(void **state)
{
    (void)state;
    const struct word_made m = {.body = TBL("", COL("1"),
                                            TR("<w:tblHeader/>", CELL("成绩")) TR("", CELL("90"))
                                                TR("<w:tblHeader w:val=\"0\"/>", CELL("80")))};
    word_is_value(&m, "word.header-row", "row=1", "yes");
    word_is_value(&m, "word.header-row", "row=3", "no");
    word_is_value(&m, "word.table-column-texts", "column=1", "成绩 | 90 | 80");
}

static void W42_a_formula_is_the_field_and_its_result_the_text(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = TBL("", COL("1") COL("1"),
                    TR("", CELL("90") TC("", P("", FIELD(" =SUM(LEFT) \\# \"0.0\" ", T("90.0"))))))};
    word_is_value(&m, "word.cell-formula", "row=1 column=2", "=SUM(LEFT) \\# \"0.0\"");
    word_is_value(&m, "word.cell-text", "row=1 column=2", "90.0");
    word_is_value(&m, "word.cell-formula", "row=1 column=1", "(absent: there is no formula in the cell)");
}

static void W50_text_becomes_a_table_and_back(void **state)
{
    (void)state;
    const struct word_made table = {.body = merged}, text = {.body = P("", T("姓名\t学校"))};
    word_is_value(&table, "word.tables", "", "1");
    word_is_value(&text, "word.tables", "", "0");
    word_is_value(&text, "word.text", "paragraph=1", "姓名\t学校");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(W36_rows_and_grid_and_tables_inside_tables),
        cmocka_unit_test(W37_a_tables_style_lies_between_defaults_and_the_paragraphs_style),
        cmocka_unit_test(W38_a_merged_cell_is_found_from_each_of_its_places),
        cmocka_unit_test(W39_a_cells_line_is_its_own_else_the_tables_else_the_styles),
        cmocka_unit_test(W40_heights_widths_and_place),
        cmocka_unit_test(W41_header_rows_and_the_order_of_a_column),
        cmocka_unit_test(W42_a_formula_is_the_field_and_its_result_the_text),
        cmocka_unit_test(W50_text_becomes_a_table_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
