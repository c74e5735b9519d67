/* SPDX-License-Identifier: Apache-2.0 */
/* X11 to X19: number formats, fonts, fills, borders, alignment, merging, sizes. */
#include "tests/check.h"

#include "tests/practical/sheet-kit.h"

#define STYLES                                                                                                     \
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;¥&quot;#,##0.00;[Red]-#,##0.00\"/></numFmts>"           \
    "<fonts><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"                                                  \
    "<font><b/><i val=\"0\"/><u/><sz val=\"16\"/><color theme=\"4\" tint=\"-0.25\"/><name val=\"黑体\"/></font>" \
    "<font><sz val=\"10\"/><color indexed=\"10\"/><name val=\"宋体\"/></font></fonts>"                           \
    "<fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"   \
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFF00\"/><bgColor indexed=\"64\"/></patternFill>"  \
    "</fill></fills>"                                                                                              \
    "<borders><border/><border><right style=\"thin\"><color rgb=\"FFFF0000\"/></right></border>"                   \
    "<border><left style=\"thin\"><color rgb=\"FFFF0000\"/></left></border></borders>"                             \
    "<cellXfs><xf/><xf numFmtId=\"164\" fontId=\"1\" fillId=\"2\"/><xf numFmtId=\"10\" fontId=\"2\"/>"             \
    "<xf borderId=\"1\"/><xf borderId=\"2\"/>"                                                                     \
    "<xf><alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\" indent=\"2\" textRotation=\"135\"/>"  \
    "<protection locked=\"0\" hidden=\"1\"/></xf><xf numFmtId=\"31\"/></cellXfs>"

static const struct sheet_made looks = {
    .styles = STYLES,
    .head = "<sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"2\" width=\"14.7109375\" "
            "customWidth=\"1\"/><col min=\"4\" max=\"4\" width=\"9\" style=\"2\" hidden=\"1\"/></cols>",
    .rows = "<row r=\"1\" ht=\"30\" customHeight=\"1\"><c r=\"A1\" s=\"1\"><v>1234.5</v></c>"
            "<c r=\"B1\" s=\"2\"><v>0.5</v></c><c r=\"C1\" s=\"6\"><v>45536</v></c></row>"
            "<row r=\"2\"><c r=\"A2\" s=\"3\"/><c r=\"B2\"/><c r=\"C2\" s=\"4\"/></row>"
            "<row r=\"3\" hidden=\"1\"><c r=\"A3\" s=\"5\" t=\"inlineStr\"><is><t>标题</t></is></c></row>"
            "<row r=\"4\" s=\"1\" customFormat=\"1\"/>"
            "<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><r><rPr><sz val=\"20\"/><rFont val=\"楷体\"/></rPr>"
            "<t>富文本</t></r></is></c><c r=\"B5\" t=\"b\"><v>1</v></c></row>",
    .tail = "<mergeCells><mergeCell ref=\"A3:C3\"/></mergeCells>",
};

static void X11_a_builtin_format_has_its_code(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_text(&b, "sheet.number-format", "cell=A1", "\"¥\"#,##0.00;[Red]-#,##0.00");
    assert_text(&b, "sheet.number-format", "cell=B1", "0.00%");
    assert_text(&b, "sheet.number-format", "cell=C1", "yyyy\"年\"m\"月\"d\"日\"");
    made_close(&b);
}

static void X12_what_a_format_means(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_text(&b, "sheet.format-kind", "cell=A1", "currency");
    assert_integer(&b, "sheet.decimals", "cell=A1", 2);
    assert_integer(&b, "sheet.thousands", "cell=A1", 1);
    assert_text(&b, "sheet.currency", "cell=A1", "¥");
    assert_integer(&b, "sheet.negative-red", "cell=A1", 1);
    assert_text(&b, "sheet.format-kind", "cell=B1", "percent");
    assert_text(&b, "sheet.format-kind", "cell=C1", "date");
    assert_text(&b, "sheet.shown", "cell=A1", "¥1,234.50");
    assert_text(&b, "sheet.shown", "cell=B1", "50.00%");
    made_close(&b);
}

static void X13_the_font_counts_without_applyFont(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_text(&b, "sheet.font", "cell=A1", "黑体");
    assert_integer(&b, "sheet.size", "cell=A1", 16 * 12700);
    assert_integer(&b, "sheet.bold", "cell=A1", 1);
    assert_integer(&b, "sheet.italic", "cell=A1", 0);
    assert_text(&b, "sheet.underline", "cell=A1", "single");
    assert_integer(&b, "sheet.color", "cell=A1", 0x2F5597);
    assert_integer(&b, "sheet.color", "cell=B1", 0xFF0000);
    made_close(&b);
}

static void X13_empty_cells_look_as_their_row_or_column_and_runs_override(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_text(&b, "sheet.font", "cell=F4", "黑体");
    assert_text(&b, "sheet.font", "cell=D9", "宋体");
    assert_integer(&b, "sheet.size", "cell=A5", 20 * 12700);
    assert_text(&b, "sheet.font", "cell=A5", "楷体");
    assert_absent(&b, "sheet.font", "range=A1:B1", "differ");
    made_close(&b);
}

static void X14_a_solid_fill_is_its_foreground(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_integer(&b, "sheet.fill", "cell=A1", 0xFFFF00);
    assert_integer(&b, "sheet.fill", "cell=B1", -1);
    assert_text(&b, "sheet.fill-pattern", "cell=A1", "solid");
    made_close(&b);
}

static void X15_a_line_between_two_cells_belongs_to_either(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_text_of(&b, "sheet.border", "cell=B2", "left", "thin");
    assert_text_of(&b, "sheet.border", "cell=B2", "right", "thin");
    assert_text_of(&b, "sheet.border", "cell=B2", "top", "none");
    assert_text_of(&b, "sheet.border", "range=A2:C2", "inner", "thin");
    assert_integer_of(&b, "sheet.border-color", "range=A2:C2", "inner", 0xFF0000);
    assert_text_of(&b, "sheet.border", "range=A2:C2", "outer", "none");
    assert_absent(&b, "sheet.border", "range=A2:C2", "lines differ");
    made_close(&b);
}

static void X16_general_alignment_is_by_the_type(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_text(&b, "sheet.align", "cell=A1", "right");
    assert_text(&b, "sheet.align", "cell=A5", "left");
    assert_text(&b, "sheet.align", "cell=B5", "center");
    assert_text(&b, "sheet.align", "cell=A3", "center");
    assert_text(&b, "sheet.valign", "cell=A3", "center");
    assert_text(&b, "sheet.valign", "cell=A1", "bottom");
    assert_integer(&b, "sheet.wrap", "cell=A3", 1);
    assert_integer(&b, "sheet.indent", "cell=A3", 2);
    assert_integer(&b, "sheet.rotation", "cell=A3", -45);
    made_close(&b);
}

static void X17_merged_and_centred_is_both(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_integer(&b, "sheet.merged", "range=A3:C3", 1);
    assert_integer(&b, "sheet.merged", "range=A3:D3", 0);
    assert_integer(&b, "sheet.merge-center", "range=A3:C3", 1);
    assert_text(&b, "sheet.merge-of", "cell=B3", "A3:C3");
    assert_list(&b, "sheet.merges", "", "A3:C3");
    made_close(&b);
}

static void X18_widths_and_heights(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_number(&b, "sheet.width", "column=B", 14.7109375);
    assert_number(&b, "sheet.width", "column=C", 9.140625);
    assert_integer(&b, "sheet.height", "row=1", 30 * 12700);
    assert_integer(&b, "sheet.height", "row=2", 15 * 12700);
    assert_integer(&b, "sheet.row-hidden", "row=3", 1);
    assert_integer(&b, "sheet.column-hidden", "column=D", 1);
    assert_integer(&b, "sheet.column-hidden", "column=A", 0);
    made_close(&b);
}

static void X19_an_inserted_row_moves_the_text(void **state)
{
    (void)state;
    struct asked_book b = made_open(&looks);
    assert_integer_of(&b, "sheet.row-of", "", "标题", 3);
    assert_integer_of(&b, "sheet.column-of", "", "富文本", 1);
    made_close(&b);
}

static void X38_cells_are_locked_until_they_are_not(void **state)
{
    (void)state;
    struct sheet_made m = looks;
    m.before = "<workbookProtection lockStructure=\"1\"/>";
    m.tail = "<sheetProtection sheet=\"1\"/>";
    struct asked_book b = made_open(&m);
    assert_integer(&b, "sheet.protected", "", 1);
    assert_integer(&b, "sheet.book-protected", "", 1);
    assert_integer(&b, "sheet.locked", "cell=A1", 1);
    assert_integer(&b, "sheet.locked", "cell=A3", 0);
    assert_integer(&b, "sheet.formula-hidden", "cell=A3", 1);
    made_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(X11_a_builtin_format_has_its_code),
        cmocka_unit_test(X12_what_a_format_means),
        cmocka_unit_test(X13_the_font_counts_without_applyFont),
        cmocka_unit_test(X13_empty_cells_look_as_their_row_or_column_and_runs_override),
        cmocka_unit_test(X14_a_solid_fill_is_its_foreground),
        cmocka_unit_test(X15_a_line_between_two_cells_belongs_to_either),
        cmocka_unit_test(X16_general_alignment_is_by_the_type),
        cmocka_unit_test(X17_merged_and_centred_is_both),
        cmocka_unit_test(X18_widths_and_heights),
        cmocka_unit_test(X19_an_inserted_row_moves_the_text),
        cmocka_unit_test(X38_cells_are_locked_until_they_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
