/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "scoring/practical/odf/odf.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/sheet/model.h"
#include "tests/practical/odf-kit.h"

static struct workbook *read_parts(const struct zip_made *part)
{
    struct bytes file = office_opendocument("spreadsheet", part);
    struct workbook *w = NULL;
    struct err e = {0};
    assert_done(odf_read_sheet(&w, "a.ods", bytes_span(&file), &e), e);
    bytes_release(&file);
    return w;
}

static struct workbook *read_book(const char *content, const char *styles)
{
    struct zip_made part[] = {
        {.name = "content.xml", .text = content}, {.name = "styles.xml", .text = styles}, {0}};
    if (!styles)
        part[1] = (struct zip_made){0};
    return read_parts(part);
}

#define SHEET(NAME, INSIDE) "<table:table table:name=\"" NAME "\">" INSIDE "</table:table>"
#define ROW(INSIDE) "<table:table-row>" INSIDE "</table:table-row>"
#define CELL(ATTRIBUTES, TEXT) "<table:table-cell " ATTRIBUTES "><text:p>" TEXT "</text:p></table:table-cell>"
#define NUMBER(X) CELL("office:value-type=\"float\" office:value=\"" X "\"", X)

static const struct sheet_cell *at(const struct workbook *w, const char *cell)
{
    uint32_t row, column;
    assert_true(sheet_reference_cell(cell, &row, &column));
    return sheet_cell_at(&w->sheet[0], row, column);
}

static void X2_X5_values_of_every_type(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT(
            "", "spreadsheet",
            SHEET("成绩",
                  ROW(CELL("office:value-type=\"string\"", "202601") NUMBER("88.5")
                          CELL("office:value-type=\"percentage\" office:value=\"0.5\"", "50%")
                              CELL("office:value-type=\"boolean\" office:boolean-value=\"true\"", "TRUE")
                                  CELL("office:value-type=\"date\" office:date-value=\"2024-09-10\"", "x")
                                      CELL("office:value-type=\"time\" office:time-value=\"PT12H00M00S\"",
                                           "x") CELL("table:formula=\"of:=1/0\" office:value-type=\"string\" "
                                                     "calcext:value-type=\"error\"",
                                                     "#DIV/0!")))),
        NULL);
    assert_string_equal(at(w, "A1")->value.text->text, "202601");
    assert_true(at(w, "B1")->value.number == 88.5);
    assert_true(at(w, "C1")->value.number == 0.5);
    assert_int_equal(at(w, "D1")->type, CELL_BOOL);
    assert_int_equal(at(w, "E1")->type, CELL_DATE);
    assert_true(at(w, "E1")->value.number == 45545);
    assert_true(at(w, "F1")->value.number == 0.5);
    assert_int_equal(at(w, "G1")->type, CELL_ERROR);
    assert_string_equal(at(w, "G1")->value.text->text, "#DIV/0!");
    workbook_free(w);
}

static void X6_formulas_stay_in_their_dialect(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT(
            "", "spreadsheet",
            SHEET("S", ROW(NUMBER("1") CELL("table:formula=\"of:=SUM([.A1:.A1])\"", "") CELL(
                           "table:formula=\"of:=[.A1]*2\" office:value-type=\"float\" office:value=\"2\" "
                           "table:number-matrix-rows-spanned=\"2\" "
                           "table:number-matrix-columns-spanned=\"1\"",
                           "2")))),
        NULL);
    const struct sheet_cell *b = at(w, "B1"), *c = at(w, "C1");
    assert_string_equal(w->formula[b->formula].text, "of:=SUM([.A1:.A1])");
    assert_true(w->formula[b->formula].odf);
    assert_true(b->flags & CELL_NO_RESULT);
    assert_int_equal(w->formula[c->formula].kind, FORMULA_ARRAY);
    assert_int_equal(w->formula[c->formula].range.last_row, 2);
    workbook_free(w);
}

static void repeats_are_runs_and_two_billion_of_them_end_quickly(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT("", "spreadsheet",
                    SHEET("S", "<table:table-row table:number-rows-repeated=\"2147483647\">"
                               "<table:table-cell table:number-columns-repeated=\"2147483647\" "
                               "office:value-type=\"float\" office:value=\"1\"/></table:table-row>" ROW(
                                   NUMBER("2")))),
        NULL);
    assert_int_equal(w->sheet[0].n_rows, 1);
    assert_int_equal(w->sheet[0].n_cells, 1);
    assert_int_equal(w->sheet[0].row[0].last, SHEET_ROWS);
    assert_int_equal(sheet_cell_at(&w->sheet[0], 1048576, 16384)->type, CELL_NUMBER);
    workbook_free(w);
}

static void X17_X18_merges_widths_and_hidden_rows(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT(
            "<style:style style:name=\"co\" style:family=\"table-column\"><style:table-column-properties "
            "style:column-width=\"1in\"/></style:style>",
            "spreadsheet",
            SHEET(
                "S",
                "<table:table-column table:style-name=\"co\" table:visibility=\"collapse\"/>" ROW(CELL(
                    "table:number-columns-spanned=\"3\" table:number-rows-spanned=\"1\" "
                    "office:value-type=\"string\"",
                    "x") "<table:covered-table-cell table:number-columns-repeated=\"2\"/>") "<table:table-row table:visibility=\"filter\"><table:table-cell/></table:table-row>")),
        NULL);
    const struct sheet *s = &w->sheet[0];
    assert_int_equal(s->n_merges, 1);
    assert_int_equal(s->merge[0].last_column, 3);
    assert_true(s->column[0].hidden);
    assert_true(s->column[0].width > 13.7 && s->column[0].width < 13.8);
    assert_true(s->row[1].hidden && s->row[1].filtered);
    workbook_free(w);
}

static void X11_X16_looks_of_a_cell(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT(
            "<number:currency-style style:name=\"N1\"><number:currency-symbol>¥</number:currency-symbol>"
            "<number:number number:decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/>"
            "</number:currency-style><number:date-style style:name=\"N2\"><number:year number:style=\"long\"/>"
            "<number:text>年</number:text><number:month/><number:text>月</number:text></number:date-style>"
            "<style:style style:name=\"a\" style:family=\"table-cell\" style:parent-style-name=\"Default\" "
            "style:data-style-name=\"N1\"><style:table-cell-properties fo:background-color=\"#ffff00\" "
            "fo:border-bottom=\"1.76pt solid #ff0000\" style:text-align-source=\"fix\" fo:wrap-option=\"wrap\"/>"
            "<style:paragraph-properties fo:text-align=\"center\"/><style:text-properties fo:font-weight=\"bold\" "
            "fo:color=\"#0000ff\"/></style:style><style:style style:name=\"b\" style:family=\"table-cell\" "
            "style:data-style-name=\"N2\"/>",
            "spreadsheet",
            SHEET("S",
                  ROW(CELL("table:style-name=\"a\" office:value-type=\"float\" office:value=\"1\"", "1") CELL(
                      "table:style-name=\"b\" office:value-type=\"float\" office:value=\"1\"", "1")))),
        ODF_STYLES_PART(
            "<style:style style:name=\"Default\" style:family=\"table-cell\"><style:text-properties "
            "fo:font-size=\"14pt\" style:font-name=\"Arial\"/></style:style>",
            "", ""));
    const struct sheet_style *a = &w->style[at(w, "A1")->style], *b = &w->style[at(w, "B1")->style];
    assert_string_equal(a->number_format, "¥#,##0.00");
    assert_string_equal(b->number_format, "yyyy\"年\"m\"月\"");
    assert_int_equal(a->fill->color.rgb, 0xffff00);
    assert_string_equal(a->border->edge[EDGE_BOTTOM].style, "medium");
    assert_string_equal(a->horizontal, "center");
    assert_true(a->wrap && a->font->bold);
    assert_true(a->font->size == 14);
    assert_int_equal(a->font->color.rgb, 0x0000ff);
    workbook_free(w);
}

static void X24_conditions_of_both_ways_of_writing(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT(
            "<style:style style:name=\"m\" style:family=\"table-cell\"><style:map "
            "style:condition=\"cell-content-is-between(1,10)\" style:apply-style-name=\"Bad\"/></style:style>",
            "spreadsheet",
            SHEET(
                "S",
                ROW(NUMBER(
                    "1") "<table:table-cell/>") "<calcext:conditional-formats><calcext:conditional-format "
                                                "calcext:target-range-address=\"S.C3:S.D6\"><calcext:condition calcext:value=\"&lt;60\" "
                                                "calcext:apply-style-name=\"Bad\"/><calcext:condition calcext:value=\"top-elements(3)\" "
                                                "calcext:apply-style-name=\"Bad\"/></calcext:conditional-format>"
                                                "</calcext:conditional-formats>")
                SHEET("T",
                      ROW(CELL("table:style-name=\"m\" office:value-type=\"float\" office:value=\"1\"", "1"))
                          ROW(CELL("table:style-name=\"m\" office:value-type=\"float\" office:value=\"1\"",
                                   "1")))),
        ODF_STYLES_PART(
            "<style:style style:name=\"Bad\" style:family=\"table-cell\"><style:table-cell-properties "
            "fo:background-color=\"#ff0000\"/></style:style>",
            "", ""));
    const struct sheet_condition *c = w->sheet[0].condition;
    assert_int_equal(w->sheet[0].n_conditions, 2);
    assert_string_equal(c->ranges, "C3:D6");
    assert_string_equal(c->operator_, "lessThan");
    assert_string_equal(c->formula[0], "60");
    assert_int_equal(c->format->fill->color.rgb, 0xff0000);
    assert_string_equal(c[1].type, "top10");
    assert_true(c[1].rank == 3);
    c = w->sheet[1].condition;
    assert_int_equal(w->sheet[1].n_conditions, 1);
    assert_string_equal(c->ranges, "A1:A2");
    assert_string_equal(c->operator_, "between");
    assert_string_equal(c->formula[1], "10");
    workbook_free(w);
}

static void X21_X25_X30_ranges_of_the_book(void **state)
{
    (void)state;
    struct workbook *w = read_book(
        ODF_CONTENT(
            "", "spreadsheet",
            "<table:content-validations><table:content-validation table:name=\"v\" "
            "table:condition=\"of:cell-content-is-in-list(&quot;男&quot;;&quot;女&quot;)\"/>"
            "</table:content-validations>" SHEET(
                "成绩 表",
                ROW("<table:table-cell table:content-validation-name=\"v\" "
                    "table:number-columns-repeated=\"2\"/>")) "<table:named-expressions><table:named-range table:name=\"总分\" "
                                                              "table:cell-range-address=\"$'成绩 表'.$A$1:.$B$2\"/></table:named-expressions><table:database-ranges>"
                                                              "<table:database-range table:target-range-address=\"'成绩 表'.A2:'成绩 表'.E6\" "
                                                              "table:display-filter-buttons=\"true\"><table:filter><table:filter-condition table:field-number=\"2\" "
                                                              "table:operator=\"&gt;=\" table:value=\"60\"/></table:filter></table:database-range>"
                                                              "</table:database-ranges>"),
        NULL);
    const struct sheet *s = &w->sheet[0];
    assert_string_equal(s->validation[0].type, "list");
    assert_string_equal(s->validation[0].formula1, "\"男,女\"");
    assert_string_equal(s->validation[0].ranges, "A1:B1");
    assert_int_equal(s->filter.range.last_row, 6);
    assert_int_equal(s->filter.criterion[0].column, 3);
    assert_string_equal(s->filter.criterion[0].value[0], "greaterThanOrEqual 60");
    assert_string_equal(w->name[0].refers, "'成绩 表'!$A$1:$B$2");
    workbook_free(w);
}

static void X26_X32_freeze_and_charts_come_from_other_parts(void **state)
{
    (void)state;
#define ITEM(NAME, VALUE) "<config:config-item config:name=\"" NAME "\">" VALUE "</config:config-item>"
    struct zip_made part[] = {
        {.name = "content.xml",
         .text = ODF_CONTENT(
             "", "spreadsheet",
             SHEET("S",
                   ROW(CELL("office:value-type=\"string\"",
                            "数学") "<table:table-cell><draw:frame "
                                    "table:end-cell-address=\"S.H9\"><draw:object xlink:href=\"./Object 1\"/>"
                                    "</draw:frame></table:table-cell>")))},
        {.name = "Object 1/content.xml",
         .text =
             "<office:document-content " ODF_NS
             "><office:body><office:chart><chart:chart chart:class=\"chart:bar\">"
             "<chart:title><text:p>成绩</text:p></chart:title><chart:legend chart:legend-position=\"bottom\"/>"
             "<chart:plot-area><chart:axis chart:dimension=\"x\"><chart:categories "
             "table:cell-range-address=\"S.A2:S.A4\"/></chart:axis><chart:series "
             "chart:values-cell-range-address=\"S.B2:S.B4\" chart:label-cell-address=\"S.A1\"/></chart:plot-area>"
             "</chart:chart></office:chart></office:body></office:document-content>"},
        {.name = "settings.xml",
         .text =
             "<office:document-settings " ODF_NS "><office:settings><config:config-item-set "
             "config:name=\"ooo:view-settings\"><config:config-item-map-indexed config:name=\"Views\">"
             "<config:config-item-map-entry><config:config-item-map-named config:name=\"Tables\">"
             "<config:config-item-map-entry config:name=\"S\">" ITEM("VerticalSplitMode", "2") ITEM(
                 "VerticalSplitPosition",
                 "2") "</config:config-item-map-entry></config:config-item-map-named>"
                      "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
                      "</office:settings></office:document-settings>"},
        {0}};
    struct workbook *w = read_parts(part);
    const struct sheet *s = &w->sheet[0];
    assert_true(s->frozen);
    assert_int_equal(s->freeze_row, 3);
    assert_int_equal(s->freeze_column, 1);
    assert_int_equal(s->n_charts, 1);
    assert_string_equal(s->chart[0].type, "column");
    assert_string_equal(s->chart[0].title, "成绩");
    assert_string_equal(s->chart[0].legend, "bottom");
    assert_string_equal(s->chart[0].series[0].name, "数学");
    assert_string_equal(s->chart[0].series[0].values, "S!B2:B4");
    assert_string_equal(s->chart[0].series[0].categories, "S!A2:A4");
    assert_int_equal(s->chart[0].anchor.last_column, 8);
    workbook_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(X2_X5_values_of_every_type),
        cmocka_unit_test(X6_formulas_stay_in_their_dialect),
        cmocka_unit_test(repeats_are_runs_and_two_billion_of_them_end_quickly),
        cmocka_unit_test(X17_X18_merges_widths_and_hidden_rows),
        cmocka_unit_test(X11_X16_looks_of_a_cell),
        cmocka_unit_test(X24_conditions_of_both_ways_of_writing),
        cmocka_unit_test(X21_X25_X30_ranges_of_the_book),
        cmocka_unit_test(X26_X32_freeze_and_charts_come_from_other_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
