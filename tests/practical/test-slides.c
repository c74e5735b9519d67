/* SPDX-License-Identifier: Apache-2.0 */
/* P1 to P8, P13 to P15, P17, P18: the show, its slides, their text and what moves. Each row with its trap. */
#include "tests/check.h"

#include "tests/practical/slides-kit.h"

enum { PT = 12700 };

static const char two[] = PH("2", "标题 1", "type='title'", PLAIN("培训 目标")) PH(
    "3", "内容 2", "idx='1'",
    "<a:p>" RUN(
        "lang='zh-CN'",
        "掌握") "<a:r><a:rPr sz='2000' b='0'><a:solidFill><a:srgbClr val='FF0000'/></a:solidFill>"
                "<a:latin typeface='Arial'/><a:ea typeface='黑体'/></a:rPr><a:t>文档</a:t></a:r></a:p>"
                "<a:p><a:pPr lvl='1' algn='r'><a:lnSpc><a:spcPts val='2000'/></a:lnSpc></a:pPr><a:r><a:t>第二级</a:t></a:r></a:p><a:p/>");

static void P1_the_order_is_that_of_the_list_not_of_file_numbers(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_number(&s, "slides.count", "", 2);
    assert_show_text(&s, "slides.title", "slide=1", "培训 目标");
    assert_show_number(&s, "slides.hidden", "slide=1", 0);
    assert_show_number(&s, "slides.hidden", "slide=2", 1);
    struct fact f = show_fact(&s, "slides.titles", "");
    assert_int_equal(f.value.n_items, 2);
    assert_string_equal(f.value.item[1], "第二 张");
    assert_string_equal(show_fact(&s, "slides.title", "slide=1").place, "ppt/slides/slide7.xml, slide 1");
    assert_show_absent(&s, "slides.title", "slide=3");
    show_close(&s);
}

static void P2_a_layout_is_known_by_its_type_whatever_its_name(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.layout", "slide=1", "obj");
    assert_show_text(&s, "slides.layout-name", "slide=1", "标题和内容");
    assert_show_text(&s, "slides.layout", "slide-title=第二张", "title");
    show_close(&s);
}

static void P3_texts_are_those_of_placeholders_and_runs_are_joined(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.text", "slide=1 placeholder=body", "掌握文档\n第二级\n");
    assert_show_text(&s, "slides.paragraph", "paragraph-text=握文", "掌握文档");
    assert_show_text(&s, "slides.title", "slide=2", "第二 张");
    assert_show_number(&s, "slides.paragraph-count", "slide=1 placeholder=body", 2);
    assert_show_number(&s, "slides.shape-count", "slide=1", 2);
    assert_int_equal(show_fact_of(&s, "slides.word-count", "", "二").value.integer, 2);
    assert_string_equal(show_fact(&s, "slides.paragraph", "paragraph-text=没有").why,
                        "no paragraph holds \"没有\"");
    show_close(&s);
    show_open(&s, PH("2", "标题 1", "type='title'", "<a:p/>"), "");
    assert_show_text(&s, "slides.title", "slide=1", "");
    show_close(&s);
    show_open(&s, PH("3", "内容", "idx='1'", PLAIN("x")), "");
    assert_show_absent(&s, "slides.title", "slide=1");
    show_close(&s);
}

static void P4_theme_and_schemes_have_their_names(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.theme", "slide=1", "环保");
    assert_show_text(&s, "slides.master", "slide=1", "环保");
    assert_show_text(&s, "slides.color-scheme", "slide=1", "绿色");
    assert_show_text(&s, "slides.font-scheme", "slide=2", "办公");
    show_close(&s);
}

static void P5_properties_come_from_the_nearest_place(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_number(&s, "slides.size", "placeholder=title", 44 * PT); /* the master's title style */
    assert_show_number(&s, "slides.size", "placeholder=body", 32 * PT);  /* its body style, level 1 */
    assert_show_number(&s, "slides.size", "placeholder=body paragraph=2", 28 * PT); /* level 2 */
    assert_show_number(&s, "slides.size", "run-text=文档", 20 * PT);                /* its own */
    assert_show_number(&s, "slides.bold", "run-text=掌握", 1);
    assert_show_number(&s, "slides.bold", "run-text=文档", 0);
    assert_show_number(&s, "slides.italic", "run-text=文档", 1); /* the layout's placeholder, found by idx */
    assert_show_number(&s, "slides.color", "run-text=文档", 0xff0000);
    assert_show_number(&s, "slides.color", "placeholder=title", 0x44546a); /* tx2 by the map is dk2 */
    show_close(&s);
}

static void P5_latin_and_Chinese_fonts_are_told_apart_and_come_from_the_theme(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.font", "run-text=文档", "Arial");
    assert_show_text(&s, "slides.font-asian", "run-text=文档", "黑体");
    assert_show_text(&s, "slides.font", "placeholder=title", "Calibri Light");
    assert_show_text(&s, "slides.font-asian", "placeholder=title", "等线 Light"); /* empty: that for Hans */
    assert_show_text(&s, "slides.font-asian", "run-text=掌握", "宋体");
    show_close(&s);
}

static void P5_a_text_box_has_the_defaults_and_shrinking_is_told_apart(void **state)
{
    struct show s;
    (void)state;
    show_open(&s,
              SHAPE("5", "文本框 1", "", "",
                    "<a:bodyPr><a:normAutofit fontScale='90000'/></a:bodyPr><a:lstStyle/><a:p>" RUN(
                        "u='dbl' strike='sngStrike' baseline='30000' spc='300'", "上标") "</a:p>"),
              "");
    assert_show_number(&s, "slides.size", "", 18 * PT);
    assert_show_number(&s, "slides.size-shown", "", 16.2 * PT);
    assert_show_text(&s, "slides.underline", "", "double");
    assert_show_number(&s, "slides.strike", "", 1);
    assert_show_text(&s, "slides.script", "", "superscript");
    assert_show_number(&s, "slides.char-spacing", "", 3 * PT);
    assert_show_number(&s, "slides.color", "", 0);
    assert_show_number(&s, "slides.highlight", "", -1);
    show_close(&s);
}

static void P5_colours_of_the_theme_are_changed_as_asked(void **state)
{
    static const struct {
        const char *change;
        int64_t rgb;
    } cases[] = {{"", 0x4472c4},
                 {"<a:lumMod val='75000'/>", 0x2f5597},
                 {"<a:lumMod val='40000'/><a:lumOff val='60000'/>", 0xb4c7e7},
                 {"<a:shade val='50000'/>", 0x2f528f}, /* the outline of PowerPoint's shapes */
                 {"<a:tint val='50%'/>", 0xc0c9e4},
                 {"<a:lumMod val='0'/><a:tint val='75000'/>", 0x898989}}; /* its subtitles */
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct show s;
        char shape[1000];
        snprintf(
            shape, sizeof shape, "%s%s%s",
            "<p:sp><p:nvSpPr><p:cNvPr id='5' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:p><a:r>"
            "<a:rPr><a:solidFill><a:schemeClr val='accent1'>",
            cases[i].change,
            "</a:schemeClr></a:solidFill></a:rPr><a:t>x</a:t></a:r></a:p></p:txBody></p:sp>");
        show_open(&s, shape, "");
        assert_show_number(&s, "slides.color", "", cases[i].rgb);
        show_close(&s);
    }
}

static void P6_paragraphs_inherit_by_level(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.align", "placeholder=body", "center");
    assert_show_text(&s, "slides.align", "placeholder=body paragraph=2", "right");
    assert_show_text(&s, "slides.align", "placeholder=title", "left");
    assert_show_text(&s, "slides.bullet", "placeholder=body", "char");
    assert_show_text(&s, "slides.bullet-text", "placeholder=body", "•");
    assert_show_text(&s, "slides.bullet", "placeholder=body paragraph=2", "none");
    assert_show_number(&s, "slides.level", "placeholder=body paragraph=2", 2);
    assert_show_number(&s, "slides.space-before", "placeholder=body", 10 * PT);
    assert_show_number(&s, "slides.space-after", "placeholder=body", 0);
    assert_show_number(&s, "slides.indent-left", "placeholder=body", 342900);
    assert_show_number(&s, "slides.indent-first", "placeholder=body", -342900);
    struct fact f = show_fact(&s, "slides.line-spacing", "placeholder=body");
    assert_int_equal(f.value.type, FACT_RATIO);
    assert_int_equal(f.value.integer, 900);
    f = show_fact(&s, "slides.line-spacing", "placeholder=body paragraph=2");
    assert_int_equal(f.value.type, FACT_LENGTH);
    assert_int_equal(f.value.integer, 20 * PT);
    assert_show_text(&s, "slides.text-anchor", "placeholder=title", "middle");
    show_close(&s);
}

static void P7_a_transition_is_found_inside_alternate_content(void **state)
{
    struct show s;
    (void)state;
    show_open(
        &s, "",
        "<mc:AlternateContent><mc:Choice Requires='p14'><p:transition spd='slow' p14:dur='1500' advClick='0' "
        "advTm='3000'><p:sndAc><p:stSnd><p:snd name='鼓掌'/></p:stSnd></p:sndAc><p14:vortex dir='r'/></p:transition>"
        "</mc:Choice><mc:Fallback><p:transition><p:fade/></p:transition></mc:Fallback></mc:AlternateContent>");
    assert_show_text(&s, "slides.transition", "slide=1", "vortex");
    assert_show_text(&s, "slides.transition-option", "slide=1", "r");
    assert_show_text(&s, "slides.transition-speed", "slide=1", "slow");
    assert_show_number(&s, "slides.transition-duration", "slide=1", 1500);
    assert_show_text(&s, "slides.transition-sound", "slide=1", "鼓掌");
    assert_show_number(&s, "slides.advance-click", "slide=1", 0);
    assert_show_number(&s, "slides.advance-after", "slide=1", 3000);
    assert_show_text(&s, "slides.transition", "slide=2", "none");
    assert_show_absent(&s, "slides.transition-speed", "slide=2");
    assert_show_absent(&s, "slides.advance-after", "slide=2");
    show_close(&s);
    show_open(&s, "", "<p:transition spd='med'><p:split orient='vert' dir='in'/></p:transition>");
    assert_show_text(&s, "slides.transition", "slide=1", "split");
    assert_show_text(&s, "slides.transition-option", "slide=1", "vert-in");
    assert_show_absent(&s, "slides.transition-duration", "slide=1");
    assert_show_absent(&s, "slides.transition-sound", "slide=1");
    show_close(&s);
}

#define EFFECT(ID, CLASS, SUBTYPE, NODE, DELAY, SPID, DUR)                                                   \
    "<p:par><p:cTn presetID='" ID "' presetClass='" CLASS "' presetSubtype='" SUBTYPE "' nodeType='" NODE    \
    "'><p:stCondLst>"                                                                                        \
    "<p:cond delay='" DELAY "'/></p:stCondLst><p:childTnLst><p:set><p:cBhvr><p:cTn dur='1'/><p:tgtEl>"       \
    "<p:spTgt spid='" SPID "'/></p:tgtEl></p:cBhvr></p:set><p:anim><p:cBhvr><p:cTn dur='" DUR                \
    "'/></p:cBhvr></p:anim>"                                                                                 \
    "</p:childTnLst></p:cTn></p:par>"

static void P8_animations_stand_in_the_order_of_the_author(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two,
              "<p:timing><p:tnLst><p:par><p:cTn dur='indefinite'><p:childTnLst>" EFFECT(
                  "2", "entr", "8", "clickEffect", "0", "3", "500")
                  EFFECT("10", "exit", "0", "afterEffect", "250", "2", "2000")
                      EFFECT("8", "emph", "0", "withEffect", "0", "2", "300")
                          EFFECT("999", "entr", "0", "clickEffect", "0", "3",
                                 "1") "</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>");
    assert_show_number(&s, "slides.animation-count", "slide=1", 4);
    assert_show_text(&s, "slides.animation", "slide=1 effect=1", "fly-in");
    assert_show_text(&s, "slides.animation-direction", "effect=1", "from-left");
    assert_show_text(&s, "slides.animation-trigger", "effect=1", "click");
    assert_show_number(&s, "slides.animation-duration", "effect=1", 500);
    assert_show_text(&s, "slides.animation", "placeholder=title", "fade");
    assert_show_text(&s, "slides.animation-kind", "placeholder=title", "exit");
    assert_show_text(&s, "slides.animation-trigger", "placeholder=title", "after");
    assert_show_number(&s, "slides.animation-delay", "placeholder=title", 250);
    assert_show_number(&s, "slides.animation-order", "placeholder=title", 2);
    assert_show_text(&s, "slides.animation", "effect=3", "spin");
    assert_show_text(&s, "slides.animation", "effect=4", "999");
    assert_show_absent(&s, "slides.animation-duration", "effect=4");
    assert_show_absent(&s, "slides.animation", "slide=2");
    assert_show_absent(&s, "slides.animation", "effect=5");
    show_close(&s);
}

static void P13_notes_are_without_the_slide_picture_and_number(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.notes", "slide=1", "讲解\n要点");
    assert_show_text(&s, "slides.notes", "slide=2", "");
    show_close(&s);
}

static void P14_a_background_is_the_slide_s_or_else_the_master_s(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.background", "slide=1", "solid");
    assert_show_number(&s, "slides.background-color", "slide=1", 0xffffff);
    assert_show_number(&s, "slides.background-own", "slide=1", 0);
    assert_show_text(&s, "slides.background", "slide=2", "gradient");
    assert_show_number(&s, "slides.background-color", "slide=2", 0x00ff00);
    assert_show_number(&s, "slides.background-own", "slide=2", 1);
    show_close(&s);
}

static void P15_a_number_on_the_layout_alone_is_not_shown(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_number(&s, "slides.slide-number", "slide=1", 0);
    assert_show_absent(&s, "slides.footer", "slide=1");
    show_close(&s);
    show_open(
        &s,
        PH("4", "编号", "type='sldNum' idx='12'", "<a:p><a:fld type='slidenum'><a:t>1</a:t></a:fld></a:p>")
            PH("5", "页脚", "type='ftr' idx='11'", PLAIN("教研室"))
                PH("6", "日期", "type='dt' idx='10'", PLAIN("今天")),
        "");
    assert_show_number(&s, "slides.slide-number", "slide=1", 1);
    assert_show_number(&s, "slides.date", "slide=1", 1);
    assert_show_text(&s, "slides.footer", "slide=1", "教研室");
    show_close(&s);
}

static void P17_the_show_s_settings_are_told(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_text(&s, "slides.show-type", "", "kiosk");
    assert_show_number(&s, "slides.show-loop", "", 1);
    assert_show_number(&s, "slides.show-manual", "", 1);
    assert_show_number(&s, "slides.show-animation", "", 1);
    assert_show_number(&s, "slides.show-to", "", 2);
    show_close(&s);
    show_open_with(&s, two, "", "ppt/presProps.xml", "<p:presentationPr " OFFICE_P "/>");
    assert_show_text(&s, "slides.show-type", "", "present");
    assert_show_number(&s, "slides.show-loop", "", 0);
    assert_show_number(&s, "slides.show-narration", "", 1);
    show_close(&s);
}

static void P18_the_size_of_slides_is_told(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, two, "");
    assert_show_number(&s, "slides.slide-width", "", 12192000);
    assert_show_number(&s, "slides.slide-height", "", 6858000);
    assert_show_text(&s, "slides.orientation", "", "landscape");
    show_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(P1_the_order_is_that_of_the_list_not_of_file_numbers),
        cmocka_unit_test(P2_a_layout_is_known_by_its_type_whatever_its_name),
        cmocka_unit_test(P3_texts_are_those_of_placeholders_and_runs_are_joined),
        cmocka_unit_test(P4_theme_and_schemes_have_their_names),
        cmocka_unit_test(P5_properties_come_from_the_nearest_place),
        cmocka_unit_test(P5_latin_and_Chinese_fonts_are_told_apart_and_come_from_the_theme),
        cmocka_unit_test(P5_a_text_box_has_the_defaults_and_shrinking_is_told_apart),
        cmocka_unit_test(P5_colours_of_the_theme_are_changed_as_asked),
        cmocka_unit_test(P6_paragraphs_inherit_by_level),
        cmocka_unit_test(P7_a_transition_is_found_inside_alternate_content),
        cmocka_unit_test(P8_animations_stand_in_the_order_of_the_author),
        cmocka_unit_test(P13_notes_are_without_the_slide_picture_and_number),
        cmocka_unit_test(P14_a_background_is_the_slide_s_or_else_the_master_s),
        cmocka_unit_test(P15_a_number_on_the_layout_alone_is_not_shown),
        cmocka_unit_test(P17_the_show_s_settings_are_told),
        cmocka_unit_test(P18_the_size_of_slides_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
