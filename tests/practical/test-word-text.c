/* SPDX-License-Identifier: Apache-2.0 */
/* W1–W11: texts and characters. */
#include "tests/check.h"

#include "tests/practical/word-kit.h"

static void W1_deleted_text_is_gone_and_inserted_text_is_there(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = "<w:p>" T("甲") "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins>" T(
            "丙") "</w:ins></w:p>"};
    word_is_value(&m, "word.text", "paragraph=1", "甲丙");
}

static void W1_controls_count_and_alternatives_are_read_once(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = "<w:sdt><w:sdtContent>" P(
            "",
            T("控件")) "</w:sdtContent></w:sdt>"
                       "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:t>新</w:t></mc:Choice><mc:Fallback>"
                       "<w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"};
    word_is_value(&m, "word.text", "paragraph=1", "控件");
    word_is_value(&m, "word.text", "paragraph=2", "新");
    word_is_value(&m, "word.paragraphs", "", "2");
}

static void W2_a_paragraph_is_found_by_its_text_whatever_lines_stand_before(void **state)
{
    (void)state;
    const struct word_made m = {.body =
                                    "<w:p/><w:p/>" P("", T("１．关于 ") T("培训的通知")) P("", T("关于"))};
    word_is_value(&m, "word.text", "paragraph-text=关于培训", "１．关于 培训的通知");
    word_is_value(&m, "word.paragraph-number", "paragraph-text=1.关于", "3");
    word_is_value(&m, "word.text", "paragraph-text=乙", "(absent: no paragraph contains: 乙)");
    struct arena *a = arena_new();
    assert_string_equal(word_place(a, &m, "word.size", "paragraph-text=关于培训"),
                        "word/document.xml, paragraph 3, run 1");
    arena_free(a);
}

#define THEME                                                                                                            \
    "<a:clrScheme name=\"x\"><a:dk1><a:sysClr val=\"windowText\" lastClr=\"000000\"/></a:dk1><a:accent1><a:srgbClr "     \
    "val=\"4F81BD\"/></a:accent1></a:clrScheme><a:fontScheme name=\"x\"><a:majorFont><a:latin typeface=\"Cambria\"/>"    \
    "<a:ea typeface=\"\"/><a:font script=\"Jpan\" typeface=\"MS Gothic\"/><a:font script=\"Hans\" typeface=\"黑体\"/>" \
    "</a:majorFont><a:minorFont><a:latin typeface=\"Calibri\"/><a:ea typeface=\"\"/>"                                    \
    "<a:font script=\"Hans\" typeface=\"宋体\"/></a:minorFont></a:fontScheme>"

static void W3_a_theme_beats_a_name_on_the_same_element(void **state)
{
    (void)state;
    const struct word_made m = {.theme = THEME,
                                .body = P("", R("<w:rFonts w:ascii=\"Arial\" w:asciiTheme=\"minorHAnsi\"/>",
                                                "a")) P("", R("<w:rFonts w:ascii=\"Arial\"/>", "b"))};
    word_is_value(&m, "word.font-latin", "paragraph=1", "Calibri");
    word_is_value(&m, "word.font-latin", "paragraph=2", "Arial");
}

static void W4_the_Chinese_font_is_not_the_Latin_one(void **state)
{
    (void)state;
    const struct word_made m = {.theme = THEME,
                                .body = P("", R("<w:rFonts w:ascii=\"黑体\" w:eastAsia=\"楷体\"/>", "标题")
                                                  R("<w:rFonts w:eastAsia=\"宋体\"/>", "ABC"))
                                    P("", R("<w:rFonts w:eastAsiaTheme=\"majorEastAsia\"/>", "标题"))};
    word_is_value(&m, "word.font-asian", "paragraph=1", "楷体");
    word_is_value(&m, "word.font-asian", "paragraph=2", "黑体");
}

#define STYLES                                                                                                            \
    "<w:docDefaults><w:rPrDefault><w:rPr>" V(                                                                             \
        "sz",                                                                                                             \
        "22") "</w:rPr></w:rPrDefault></w:docDefaults>"                                                                   \
              "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>" STYLE( \
                  "paragraph", "1", "heading 1", V("basedOn", "a") "<w:rPr><w:b/>" V("sz", "44") "</w:rPr>")              \
                  STYLE("paragraph", "2", "Sub", V("basedOn", "1") "<w:rPr>" V("sz", "32") "</w:rPr>")                    \
                      STYLE("character", "Strong", "Strong",                                                              \
                            "<w:rPr><w:b/>" V("color", "00FF00") "</w:rPr>")

static void W5_direct_before_character_style_before_paragraph_style_before_defaults(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles = STYLES STYLE("character", "Big", "Big", "<w:rPr>" V("sz", "60") "</w:rPr>"),
        .body = P("", T("a")) P(V("pStyle", "2"), T("b")) P(V("pStyle", "2"), R(V("rStyle", "Big"), "c"))
            P(V("pStyle", "2"), R(V("rStyle", "Big") V("sz", "21"), "d")) P(V("pStyle", "gone"), T("e"))};
    word_is_value(&m, "word.size", "paragraph=1", "139700");
    word_is_value(&m, "word.size", "paragraph=2", "203200");
    word_is_value(&m, "word.size", "paragraph=3", "381000");
    word_is_value(&m, "word.size", "paragraph=4", "133350");
    word_is_value(&m, "word.size", "paragraph=5", "139700");
}

static void W5_without_any_word_of_size_it_is_ten_points(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("", T("a"))};
    word_is_value(&m, "word.size", "paragraph=1", "127000");
}

static void W5_text_of_two_sizes_is_not_told(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("", R(V("sz", "32"), "标题") R(V("sz", "20"), " ")
                                                  R(V("sz", "32"), "一") R(V("sz", "24"), "注"))};
    word_is_value(&m, "word.size", "paragraph=1", "(unknown: the text is not formatted alike throughout)");
    word_is_value(&m, "word.size", "paragraph=1 run-text=标题一", "203200");
    word_is_value(&m, "word.size", "paragraph=1 run-text=注", "152400");
}

static void W6_bold_of_two_styles_cancels_and_direct_bold_decides(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles = STYLES,
        .body = P(V("pStyle", "1"), T("a")) P(V("pStyle", "1"), R(V("rStyle", "Strong"), "b"))
            P("", R(V("rStyle", "Strong"), "c")) P(V("pStyle", "1"), R(V("b", "0"), "d"))
                P("", R("<w:b/><w:i w:val=\"off\"/>", "e"))};
    word_is_value(&m, "word.bold", "paragraph=1", "yes");
    word_is_value(&m, "word.bold", "paragraph=2", "no");
    word_is_value(&m, "word.bold", "paragraph=3", "yes");
    word_is_value(&m, "word.bold", "paragraph=4", "no");
    word_is_value(&m, "word.bold", "paragraph=5", "yes");
    word_is_value(&m, "word.italic", "paragraph=5", "no");
}

static void W7_none_is_an_underline_switched_off(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles =
            STYLES STYLE("character", "U", "U", "<w:rPr><w:u w:val=\"wave\" w:color=\"FF0000\"/></w:rPr>"),
        .body = P("", R(V("rStyle", "U"), "a")) P("", R(V("rStyle", "U") V("u", "none"), "b"))};
    word_is_value(&m, "word.underline", "paragraph=1", "wave");
    word_is_value(&m, "word.underline-color", "paragraph=1", "#ff0000");
    word_is_value(&m, "word.underline", "paragraph=2", "none");
}

static void W8_a_theme_colour_has_its_shade_and_automatic_is_none(void **state)
{
    (void)state;
    const struct word_made m = {
        .theme = THEME,
        .body = P("", R("<w:color w:val=\"365F91\" w:themeColor=\"accent1\" w:themeShade=\"BF\"/>", "a"))
            P("", R("<w:color w:val=\"123456\" w:themeColor=\"accent1\"/>", "b"))
                P("", R(V("color", "auto"), "c"))};
    word_is_value(&m, "word.color", "paragraph=1", "#365f91");
    word_is_value(&m, "word.color", "paragraph=2", "#4f81bd");
    word_is_value(&m, "word.color", "paragraph=3", "auto");
}

static void W9_highlight_and_shading_are_two_things(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("", R(V("highlight", "yellow"), "a"))
            P("", R("<w:shd w:val=\"clear\" w:fill=\"D9D9D9\"/><w:bdr w:val=\"single\"/>", "b"))};
    word_is_value(&m, "word.highlight", "paragraph=1", "#ffff00");
    word_is_value(&m, "word.text-shading", "paragraph=1", "auto");
    word_is_value(&m, "word.text-shading", "paragraph=2", "#d9d9d9");
    word_is_value(&m, "word.text-border", "paragraph=2", "single");
}

static void W10_strike_scripts_capitals_and_marks(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("", R("<w:strike/><w:smallCaps/>" V("vertAlign", "superscript") V("em", "dot"), "2")
                          R("", "x"))};
    word_is_value(&m, "word.strike", "paragraph=1 run-text=2", "yes");
    word_is_value(&m, "word.small-caps", "paragraph=1 run-text=2", "yes");
    word_is_value(&m, "word.vertical", "paragraph=1 run-text=2", "superscript");
    word_is_value(&m, "word.emphasis", "paragraph=1 run-text=2", "dot");
    word_is_value(&m, "word.vertical", "paragraph=1 run-text=x", "baseline");
}

static void W11_spacing_scale_and_position_have_units_of_their_own(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("", R(V("spacing", "40") V("w", "150") V("position", "-6"), "a"))};
    word_is_value(&m, "word.spacing", "paragraph=1", "25400");
    word_is_value(&m, "word.scale", "paragraph=1", "1500");
    word_is_value(&m, "word.position", "paragraph=1", "-38100");
}

static void W49_a_word_split_over_runs_is_found_with_its_formatting_everywhere(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("", T("电") R(V("color", "FF0000"), "x") T("脑和电") T("脑"))
            P("", R(V("color", "FF0000"), "计算") R(V("color", "FF0000"), "机")) "<w:tbl><w:tr><w:tc>" P(
                "", R(V("color", "FF0000"), "计算机")) "</w:tc></w:tr></w:tbl>"};
    word_is_counted(&m, "word.replaced", "电脑", "1");
    word_is_counted(&m, "word.count", "计算机", "2");
    word_is_value(&m, "word.color", "everywhere=计算机", "#ff0000");
}

static void W50_full_width_letters_and_case_are_seen(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("", T("ＡＢ１")) P("", T("ab")) P("", T("Ab１"))};
    word_is_value(&m, "word.letter-width", "paragraph=1", "full");
    word_is_value(&m, "word.letter-case", "paragraph=1", "upper");
    word_is_value(&m, "word.letter-case", "paragraph=2", "lower");
    word_is_value(&m, "word.letter-width", "paragraph=3", "mixed");
}

static void strict_documents_are_read_like_others(void **state)
{
    (void)state;
    const struct word_made m = {
        .strict = true, .body = P(V("jc", "end") "<w:ind w:start=\"24pt\"/>", R(V("sz", "16pt"), "a"))};
    word_is_value(&m, "word.size", "paragraph=1", "203200");
    word_is_value(&m, "word.align", "paragraph=1", "right");
    word_is_value(&m, "word.indent-left", "paragraph=1", "304800");
}

static void styles_that_rest_on_each_other_end(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles = STYLE("paragraph", "A", "A", V("basedOn", "B") "<w:rPr>" V("sz", "30") "</w:rPr>")
            STYLE("paragraph", "B", "B", V("basedOn", "A") "<w:rPr>" V("sz", "40") "<w:b/></w:rPr>"),
        .body = P(V("pStyle", "A"), T("a")) P(V("pStyle", "B"), T("b"))};
    word_is_value(&m, "word.size", "paragraph=1", "190500");
    word_is_value(&m, "word.bold", "paragraph=1", "yes");
    word_is_value(&m, "word.size", "paragraph=2", "254000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(W1_deleted_text_is_gone_and_inserted_text_is_there),
        cmocka_unit_test(W1_controls_count_and_alternatives_are_read_once),
        cmocka_unit_test(W2_a_paragraph_is_found_by_its_text_whatever_lines_stand_before),
        cmocka_unit_test(W3_a_theme_beats_a_name_on_the_same_element),
        cmocka_unit_test(W4_the_Chinese_font_is_not_the_Latin_one),
        cmocka_unit_test(W5_direct_before_character_style_before_paragraph_style_before_defaults),
        cmocka_unit_test(W5_without_any_word_of_size_it_is_ten_points),
        cmocka_unit_test(W5_text_of_two_sizes_is_not_told),
        cmocka_unit_test(W6_bold_of_two_styles_cancels_and_direct_bold_decides),
        cmocka_unit_test(W7_none_is_an_underline_switched_off),
        cmocka_unit_test(W8_a_theme_colour_has_its_shade_and_automatic_is_none),
        cmocka_unit_test(W9_highlight_and_shading_are_two_things),
        cmocka_unit_test(W10_strike_scripts_capitals_and_marks),
        cmocka_unit_test(W11_spacing_scale_and_position_have_units_of_their_own),
        cmocka_unit_test(W49_a_word_split_over_runs_is_found_with_its_formatting_everywhere),
        cmocka_unit_test(W50_full_width_letters_and_case_are_seen),
        cmocka_unit_test(strict_documents_are_read_like_others),
        cmocka_unit_test(styles_that_rest_on_each_other_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
