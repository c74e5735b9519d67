/* SPDX-License-Identifier: Apache-2.0 */
/* W12–W25: paragraphs. */
#include "tests/check.h"

#include "tests/practical/word-kit.h"

static void W12_alignment_is_left_where_nothing_says_and_ends_turn_with_direction(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("", T("a")) P(V("jc", "both"), T("b"))
                                    P("<w:bidi/>" V("jc", "end"), T("c"))};
    word_is_value(&m, "word.align", "paragraph=1", "left");
    word_is_value(&m, "word.align", "paragraph=2", "both");
    word_is_value(&m, "word.align", "paragraph=3", "left");
}

static void W13_characters_beat_twips_and_hanging_is_negative(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("<w:ind w:firstLineChars=\"200\" w:firstLine=\"100\"/>", R(V("sz", "24"), "a"))
            P("<w:ind w:firstLine=\"480\"/>", R(V("sz", "24"), "b")) P("<w:ind w:hanging=\"480\"/>", T("c"))};
    struct arena *a = arena_new();
    struct fact f;
    word_fact(a, &m, "word.first-line", "paragraph=1", &f);
    assert_int_equal(f.value.chars100, 200);
    assert_int_equal(f.value.em, 152400);
    word_is_value(&m, "word.first-line", "paragraph=2", "304800");
    word_is_value(&m, "word.first-line", "paragraph=3", "-304800");
    arena_free(a);
}

static const char list_part[] = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">" V("start", "1") V(
    "numFmt", "chineseCounting")
    V("lvlText",
      "第%1章") "<w:pPr><w:ind w:left=\"840\" w:hanging=\"420\"/></w:pPr></w:lvl>"
                "<w:lvl w:ilvl=\"1\">" V("start", "1") V("numFmt", "decimal") V("pStyle", "H") V(
                    "lvlText",
                    "%1.%2") "</w:lvl>"
                             "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\">" V(
                                 "numFmt", "bullet")
                                 V("lvlText", "●") "</w:lvl></w:abstractNum><w:num w:numId=\"1\">" V("abstractNumId", "0") "</w:num><w:num w:numId=\"2\">" V(
                                     "abstractNumId",
                                     "0") "<w:lvlOverride w:ilvl=\"0\">" V("startOverride",
                                                                           "5") "</w:lvlOverride></w:num>"
                                                                                "<w:num w:numId=\"3\">" V(
                                                                                    "abstractNumId",
                                                                                    "1") "</w:num>";
#define NUM(ID, LEVEL) "<w:numPr>" V("ilvl", LEVEL) V("numId", ID) "</w:numPr>"

static void W14_numbering_indents_under_the_paragraphs_own_indent(void **state)
{
    (void)state;
    const struct word_made m = {.numbering = list_part,
                                .body =
                                    P(NUM("1", "0"), T("a")) P(NUM("1", "0") "<w:ind w:left=\"0\"/>", T("b"))
                                        P("<w:ind w:right=\"240\"/>", T("c"))};
    word_is_value(&m, "word.indent-left", "paragraph=1", "533400");
    word_is_value(&m, "word.first-line", "paragraph=1", "-266700");
    word_is_value(&m, "word.indent-left", "paragraph=2", "0");
    word_is_value(&m, "word.indent-right", "paragraph=3", "152400");
}

static void W14_a_left_indent_in_characters_does_not_count_what_hangs(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("<w:ind w:leftChars=\"500\" w:left=\"1260\" w:hangingChars=\"100\" w:hanging=\"210\"/>",
                  R(V("sz", "21"), "a"))};
    struct arena *a = arena_new();
    struct fact f;
    word_fact(a, &m, "word.indent-left", "paragraph=1", &f);
    assert_int_equal(f.value.chars100, 600);
    assert_int_equal(f.value.em, 133350);
    assert_int_equal(f.value.integer, 800100);
    arena_free(a);
}

static void W15_lines_are_multiples_or_points_by_their_rule(void **state)
{
    (void)state;
    const struct word_made m = {.body = P("<w:spacing w:line=\"360\" w:lineRule=\"auto\"/>", T("a"))
                                    P("<w:spacing w:line=\"400\" w:lineRule=\"exact\"/>", T("b"))
                                        P("", T("c")) P("<w:spacing w:line=\"360\"/>", T("d"))};
    word_is_value(&m, "word.line-spacing", "paragraph=1", "1500");
    word_is_value(&m, "word.line-spacing", "paragraph=2", "254000");
    word_is_value(&m, "word.line-rule", "paragraph=2", "exact");
    word_is_value(&m, "word.line-spacing", "paragraph=3", "1000");
    word_is_value(&m, "word.line-rule", "paragraph=4", "multiple");
}

static void W16_space_in_lines_beats_twips_and_styles_are_inherited_attribute_by_attribute(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles =
            STYLE("paragraph", "S", "S", "<w:pPr><w:spacing w:before=\"240\" w:after=\"120\"/></w:pPr>"),
        .body = P(V("pStyle", "S") "<w:spacing w:after=\"60\"/>", T("a"))
            P("<w:spacing w:beforeLines=\"50\" w:before=\"156\"/>", T("b"))};
    word_is_value(&m, "word.space-before", "paragraph=1", "152400");
    word_is_value(&m, "word.space-after", "paragraph=1", "38100");
    word_is_value(&m, "word.space-before", "paragraph=2", "500");
}

static void W17_borders_are_told_side_by_side(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("<w:pBdr><w:top w:val=\"single\" w:sz=\"12\" w:color=\"FF0000\"/></w:pBdr>", T("a"))};
    word_is_value(&m, "word.border", "paragraph=1 side=top", "single");
    word_is_value(&m, "word.border-width", "paragraph=1 side=top", "19050");
    word_is_value(&m, "word.border-color", "paragraph=1 side=top", "#ff0000");
    word_is_value(&m, "word.border", "paragraph=1 side=left", "none");
    word_is_value(&m, "word.border", "paragraph=1", "(unknown: the sides differ)");
}

static void W18_shading_is_the_fill_and_a_solid_pattern_its_colour(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFFF00\"/>", T("a"))
            P("<w:shd w:val=\"solid\" w:color=\"00FF00\" w:fill=\"FFFF00\"/>", T("b")) P("", T("c"))};
    word_is_value(&m, "word.shading", "paragraph=1", "#ffff00");
    word_is_value(&m, "word.shading", "paragraph=2", "#00ff00");
    word_is_value(&m, "word.shading", "paragraph=3", "auto");
}

static void W19_keep_with_next_is_switched_off_by_zero(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles = STYLE("paragraph", "H", "H", "<w:pPr><w:keepNext/><w:pageBreakBefore/></w:pPr>"),
        .body = P(V("pStyle", "H"), T("a"))
            P(V("pStyle", "H") V("keepNext", "0") V("widowControl", "0"), T("b"))};
    word_is_value(&m, "word.keep-next", "paragraph=1", "yes");
    word_is_value(&m, "word.page-break-before", "paragraph=1", "yes");
    word_is_value(&m, "word.keep-next", "paragraph=2", "no");
    word_is_value(&m, "word.widow-control", "paragraph=1", "yes");
    word_is_value(&m, "word.widow-control", "paragraph=2", "no");
}

static void W20_a_drop_cap_does_not_move_the_paragraphs(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("", T("题"))
            P("<w:framePr w:dropCap=\"drop\" w:lines=\"3\" w:hSpace=\"57\" w:wrap=\"around\"/>", T("教"))
                P("", T("师考试")) P("", T("尾"))};
    word_is_value(&m, "word.text", "paragraph=2", "教师考试");
    word_is_value(&m, "word.text", "paragraph=3", "尾");
    word_is_value(&m, "word.drop-cap", "paragraph-text=教师", "drop");
    word_is_value(&m, "word.drop-cap-lines", "paragraph=2", "3");
    word_is_value(&m, "word.drop-cap-distance", "paragraph=2", "36195");
    word_is_value(&m, "word.drop-cap", "paragraph=1", "none");
}

#define HEADING                                                                                                 \
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>" STYLE( \
        "paragraph", "2", "heading 1",                                                                          \
        V("basedOn", "a") "<w:pPr>" V("outlineLvl", "0")                                                        \
            V("jc", "center") "</w:pPr><w:rPr>" V("sz", "44") "</w:rPr>")                                       \
        STYLE("paragraph", "ab", "我的标题", V("basedOn", "2"))

static void W21_a_style_is_known_by_its_name_not_its_id(void **state)
{
    (void)state;
    const struct word_made m = {.styles = HEADING, .body = P(V("pStyle", "2"), T("a")) P("", T("b"))};
    word_is_value(&m, "word.style", "paragraph=1", "heading 1");
    word_is_value(&m, "word.style", "paragraph=2", "Normal");
}

static void W22_a_style_is_asked_by_name_with_its_chain(void **state)
{
    (void)state;
    const struct word_made m = {.styles = HEADING, .body = P("", T("a"))};
    word_is_value(&m, "word.size", "style=我的标题", "279400");
    word_is_value(&m, "word.align", "style=标题1", "center");
    word_is_value(&m, "word.style-based-on", "style=我的标题", "heading 1");
    word_is_value(&m, "word.size", "style=没有", "(absent: no style is called 没有)");
}

static void W23_the_outline_level_comes_through_the_chain(void **state)
{
    (void)state;
    const struct word_made m = {.styles = HEADING, .body = P(V("pStyle", "ab"), T("a")) P("", T("b"))};
    word_is_value(&m, "word.outline-level", "paragraph=1", "1");
    word_is_value(&m, "word.outline-level", "paragraph=2", "0");
}

static void W24_lists_come_from_styles_too_and_zero_switches_them_off(void **state)
{
    (void)state;
    const struct word_made m = {
        .numbering = list_part,
        .styles = STYLE("paragraph", "H", "H", "<w:pPr><w:numPr>" V("numId", "1") "</w:numPr></w:pPr>"),
        .body = P(NUM("1", "0"), T("a")) P(V("pStyle", "H"), T("b")) P(V("pStyle", "H") NUM("0", "0"), T("c"))
            P(NUM("2", "0"), T("d")) P(NUM("3", "0"), T("e"))};
    word_is_value(&m, "word.list-format", "paragraph=1", "chineseCounting");
    word_is_value(&m, "word.list-text", "paragraph=1", "第%1章");
    word_is_value(&m, "word.list-level", "paragraph=2", "2");
    word_is_value(&m, "word.list-format", "paragraph=2", "decimal");
    word_is_value(&m, "word.in-list", "paragraph=3", "no");
    word_is_value(&m, "word.list-start", "paragraph=4", "5");
    word_is_value(&m, "word.list-format", "paragraph=5", "bullet");
    word_is_value(&m, "word.list-text", "paragraph=5", "●");
}

static void W24_a_level_that_shows_nothing_is_no_list_and_its_tab_no_tab_stop(void **state)
{
    (void)state;
    const struct word_made m = {
        .numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">" V("numFmt", "none") V(
            "lvlText",
            "%1") "<w:pPr><w:tabs><w:tab w:val=\"num\" w:pos=\"420\"/></w:tabs></w:pPr></w:lvl></w:abstractNum>"
                  "<w:num w:numId=\"1\">" V("abstractNumId", "0") "</w:num>",
        .body = P(NUM("1", "0"), T("a"))};
    word_is_value(&m, "word.in-list", "paragraph=1", "no");
    word_is_value(&m, "word.tabs", "paragraph=1", "0");
}

static void W25_a_cleared_tab_is_gone(void **state)
{
    (void)state;
    const struct word_made m = {
        .styles = STYLE(
            "paragraph", "S", "S",
            "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/><w:tab w:val=\"right\" w:leader=\"dot\" "
            "w:pos=\"8000\"/></w:tabs></w:pPr>"),
        .body = P(V("pStyle", "S") "<w:tabs><w:tab w:val=\"clear\" w:pos=\"720\"/></w:tabs>", T("a"))};
    word_is_value(&m, "word.tabs", "paragraph=1", "1");
    word_is_value(&m, "word.tab-position", "paragraph=1 tab=1", "5080000");
    word_is_value(&m, "word.tab-leader", "paragraph=1", "dot");
    word_is_value(&m, "word.tab-kind", "paragraph=1 tab=2", "(absent: there are 1 tab stops)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(W12_alignment_is_left_where_nothing_says_and_ends_turn_with_direction),
        cmocka_unit_test(W13_characters_beat_twips_and_hanging_is_negative),
        cmocka_unit_test(W14_numbering_indents_under_the_paragraphs_own_indent),
        cmocka_unit_test(W14_a_left_indent_in_characters_does_not_count_what_hangs),
        cmocka_unit_test(W15_lines_are_multiples_or_points_by_their_rule),
        cmocka_unit_test(W16_space_in_lines_beats_twips_and_styles_are_inherited_attribute_by_attribute),
        cmocka_unit_test(W17_borders_are_told_side_by_side),
        cmocka_unit_test(W18_shading_is_the_fill_and_a_solid_pattern_its_colour),
        cmocka_unit_test(W19_keep_with_next_is_switched_off_by_zero),
        cmocka_unit_test(W20_a_drop_cap_does_not_move_the_paragraphs),
        cmocka_unit_test(W21_a_style_is_known_by_its_name_not_its_id),
        cmocka_unit_test(W22_a_style_is_asked_by_name_with_its_chain),
        cmocka_unit_test(W23_the_outline_level_comes_through_the_chain),
        cmocka_unit_test(W24_lists_come_from_styles_too_and_zero_switches_them_off),
        cmocka_unit_test(W24_a_level_that_shows_nothing_is_no_list_and_its_tab_no_tab_stop),
        cmocka_unit_test(W25_a_cleared_tab_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
