/* SPDX-License-Identifier: Apache-2.0 */
/* W26–W35: pages, headers and footers; W51, W52: the document. */
#include "tests/check.h"

#include "tests/practical/word-kit.h"

#define SECT(INSIDE) "<w:sectPr>" INSIDE "</w:sectPr>"
#define A4 "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
#define REF(KIND, TYPE, ID) "<w:" KIND "Reference w:type=\"" TYPE "\" r:id=\"" ID "\"/>"

static void W26_the_sections_mark_stands_at_its_end(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P(SECT("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"), T("一"))
            P("", T("二")) SECT(A4)};
    word_is_value(&m, "word.orientation", "section=1", "landscape");
    word_is_value(&m, "word.paper", "section=1", "A4");
    word_is_value(&m, "word.orientation", "paragraph-text=二", "portrait");
    word_is_value(&m, "word.page-width", "section=last", "7560310");
    word_is_value(&m, "word.sections", "", "2");
}

static void W27_margins_and_gutter(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = SECT(
            "<w:pgMar w:top=\"1417\" w:right=\"1134\" w:bottom=\"1417\" w:left=\"1701\" w:header=\"851\" "
            "w:footer=\"992\" w:gutter=\"567\"/>")};
    word_is_value(&m, "word.margin", "side=left", "1080135");
    word_is_value(&m, "word.margin", "side=right", "720090");
    word_is_value(&m, "word.gutter", "", "360045");
    word_is_value(&m, "word.header-distance", "", "540385");
    word_is_value(&m, "word.margin", "side=middle", "(error: \"middle\" is no place: side)");
}

static void W28_columns_are_asked_of_the_section_that_holds_the_paragraph(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P(SECT(""), T("前"))
            P(SECT(V("type", "continuous") "<w:cols w:num=\"2\" w:sep=\"1\" w:space=\"425\"/>"), T("分栏"))
                P("", T("后"))
                    SECT("<w:cols w:equalWidth=\"0\" w:num=\"2\"><w:col w:w=\"3000\" w:space=\"400\"/>"
                         "<w:col w:w=\"5000\"/></w:cols>")};
    word_is_value(&m, "word.columns", "section=1", "1");
    word_is_value(&m, "word.columns", "paragraph-text=分栏", "2");
    word_is_value(&m, "word.column-separator", "paragraph-text=分栏", "yes");
    word_is_value(&m, "word.column-space", "paragraph-text=分栏", "269875");
    word_is_value(&m, "word.section-start", "paragraph-text=分栏", "continuous");
    word_is_value(&m, "word.columns-equal", "section=3", "no");
    word_is_value(&m, "word.column-width", "section=3 column=2", "3175000");
}

static void W29_a_header_is_inherited_and_the_first_page_may_have_its_own(void **state)
{
    (void)state;
    const struct word_made m = {
        .header = P("", R(V("sz", "18") "<w:rFonts w:eastAsia=\"楷体\"/>", "考试")),
        .first = P("", T("封面")),
        .settings = "<w:evenAndOddHeaders/>",
        .body = P(SECT(REF("header", "default", "header") REF("header", "first", "first") "<w:titlePg/>"),
                  T("一")) P("", T("二")) SECT("")};
    word_is_value(&m, "word.header-text", "section=1", "考试");
    word_is_value(&m, "word.header-text", "section=1 page=first", "封面");
    word_is_value(&m, "word.header-text", "section=2", "考试");
    word_is_value(&m, "word.header-first-differs", "section=1", "yes");
    word_is_value(&m, "word.header-first-differs", "section=2", "no");
    word_is_value(&m, "word.header-even-differs", "", "yes");
    word_is_value(&m, "word.font-asian", "header=default", "楷体");
    word_is_value(&m, "word.size", "header=default", "114300");
}

static void W30_a_footer_that_is_not_there_is_absent(void **state)
{
    (void)state;
    const struct word_made with = {.footer = P("", T("第1页")),
                                   .body = SECT(REF("footer", "default", "footer"))};
    const struct word_made without = {.body = SECT("")};
    word_is_value(&with, "word.footer-text", "", "第1页");
    word_is_value(&without, "word.footer-text", "", "(absent: there is no footer)");
}

static void W31_a_page_number_is_a_field_split_over_runs_or_in_a_box_not_a_digit(void **state)
{
    (void)state;
    const struct word_made typed = {.footer = P("", T("1")),
                                    .body = SECT(REF("footer", "default", "footer"))};
    const struct word_made split = {
        .footer = "<w:sdt><w:sdtContent>" P(
            V("jc", "center"), "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PA"
                               "</w:instrText></w:r><w:r><w:instrText>GE \\* ROMAN </w:instrText></w:r>"
                               "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>") "</w:sdtContent></w:sdt>",
        .body = SECT(REF("footer", "default", "footer") "<w:pgNumType w:fmt=\"lowerRoman\" w:start=\"3\"/>")};
    const struct word_made boxed = {
        .header =
            P("", "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:fldSimple w:instr=\"PAGE\">" T(
                      "1") "</w:fldSimple></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
        .body = SECT(REF("header", "default", "header"))};
    word_is_value(&typed, "word.page-number", "", "none");
    word_is_value(&split, "word.page-number", "", "footer");
    word_is_value(&split, "word.page-number-align", "", "center");
    word_is_value(&split, "word.page-number-format", "", "lowerRoman");
    word_is_value(&split, "word.page-number-start", "", "3");
    word_is_value(&boxed, "word.page-number", "", "header");
    word_is_value(&typed, "word.page-number-start", "",
                  "(absent: the numbers go on from the section before)");
}

static void W32_page_borders(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = SECT("<w:pgBorders><w:top w:val=\"double\" w:sz=\"6\" w:color=\"0000FF\"/></w:pgBorders>")};
    word_is_value(&m, "word.page-border", "side=top", "double");
    word_is_value(&m, "word.page-border-width", "side=top", "9525");
    word_is_value(&m, "word.page-border-color", "side=top", "#0000ff");
    word_is_value(&m, "word.page-border", "side=left", "none");
}

static void W33_a_page_colour_is_shown_only_where_the_settings_say_so(void **state)
{
    (void)state;
    struct word_made m = {.body = ""};
    m.background = "<w:background w:color=\"FFFFCC\"/>";
    word_is_value(&m, "word.page-color", "", "auto");
    m.settings = "<w:displayBackgroundShape/>";
    word_is_value(&m, "word.page-color", "", "#ffffcc");
}

static void W34_a_watermark_stands_in_the_header(void **state)
{
    (void)state;
    const struct word_made m = {
        .header =
            P("", "<w:r><w:pict><v:shape id=\"PowerPlusWaterMarkObject1\" fillcolor=\"#c0c0c0\"><v:textpath "
                  "string=\"机密\" style=\"font-family:&quot;宋体&quot;\"/></v:shape></w:pict></w:r>"),
        .body = SECT(REF("header", "default", "header"))};
    const struct word_made none = {.body = P("", T("机密"))};
    word_is_value(&m, "word.watermark", "", "机密");
    word_is_value(&m, "word.watermark-color", "", "#c0c0c0");
    word_is_value(&none, "word.watermark", "", "(absent: there is no watermark)");
}

static void W35_where_a_page_happened_to_end_is_no_break(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("", "<w:r><w:lastRenderedPageBreak/><w:t>一</w:t></w:r>")
                                    P("", "<w:r><w:br w:type=\"page\"/></w:r>") P("", T("二"))
                                        P("<w:pageBreakBefore/>", T("三")) P("", T("四"))};
    word_is_value(&m, "word.page-breaks", "", "2");
    word_is_value(&m, "word.begins-page", "paragraph-text=二", "yes");
    word_is_value(&m, "word.begins-page", "paragraph-text=三", "yes");
    word_is_value(&m, "word.begins-page", "paragraph-text=四", "no");
}

static void W51_properties(void **state)
{
    (void)state;
    const struct word_made m = {.core = "<dc:title>通知</dc:title><dc:creator>王老师</dc:creator>",
                                .body = ""};
    word_is_value(&m, "word.property", "property=title", "通知");
    word_is_value(&m, "word.property", "property=creator", "王老师");
    word_is_value(&m, "word.property", "property=subject", "(absent: no subject is given)");
}

static void W52_protection_counts_where_it_is_enforced(void **state)
{
    (void)state;
    const struct word_made off = {
        .settings = "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"0\"/>", .body = ""};
    const struct word_made on = {
        .settings = "<w:documentProtection w:edit=\"forms\" w:enforcement=\"1\"/><w:autoHyphenation/>"
                    "<w:mailMerge>" V("mainDocumentType", "formLetters") "</w:mailMerge>",
        .body = P("", FIELD(" MERGEFIELD \"姓 名\" ", T("«姓名»")))
            P("", "<w:fldSimple w:instr=\" MERGEFIELD 学校 \\* MERGEFORMAT \"/>")};
    word_is_value(&off, "word.protection", "", "none");
    word_is_value(&on, "word.protection", "", "forms");
    word_is_value(&on, "word.hyphenation", "", "yes");
    word_is_value(&on, "word.mail-merge", "", "formLetters");
    word_is_value(&on, "word.merge-fields", "", "姓 名 | 学校");
    word_is_counted(&on, "word.fields", "mergefield", "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(W26_the_sections_mark_stands_at_its_end),
        cmocka_unit_test(W27_margins_and_gutter),
        cmocka_unit_test(W28_columns_are_asked_of_the_section_that_holds_the_paragraph),
        cmocka_unit_test(W29_a_header_is_inherited_and_the_first_page_may_have_its_own),
        cmocka_unit_test(W30_a_footer_that_is_not_there_is_absent),
        cmocka_unit_test(W31_a_page_number_is_a_field_split_over_runs_or_in_a_box_not_a_digit),
        cmocka_unit_test(W32_page_borders),
        cmocka_unit_test(W33_a_page_colour_is_shown_only_where_the_settings_say_so),
        cmocka_unit_test(W34_a_watermark_stands_in_the_header),
        cmocka_unit_test(W35_where_a_page_happened_to_end_is_no_break),
        cmocka_unit_test(W51_properties),
        cmocka_unit_test(W52_protection_counts_where_it_is_enforced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
