/* SPDX-License-Identifier: Apache-2.0 */
/* P9 to P12, P16, P19, P20: pictures, links, tables, charts, places, films, drawn shapes. Each row with its
 * trap. */
#include "tests/check.h"

#include "scoring/practical/slides/model.h"
#include "tests/practical/slides-kit.h"

#define PIC(ID, NAME, NVPR, BLIP)                                                                            \
    "<p:pic><p:nvPicPr><p:cNvPr id='" ID "' name='" NAME "' descr='校徽'/><p:cNvPicPr/><p:nvPr>" NVPR        \
    "</p:nvPr></p:nvPicPr><p:blipFill><a:blip " BLIP "/></p:blipFill><p:spPr/></p:pic>"
#define FRAME(NAME, DATA)                                                                                             \
    "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='9' name='" NAME "'/><p:cNvGraphicFramePr/><p:nvPr/>"            \
    "</p:nvGraphicFramePr><p:xfrm><a:off x='5' y='6'/><a:ext cx='7' cy='8'/></p:xfrm><a:graphic><a:graphicData>" DATA \
    "</a:graphicData></a:graphic></p:graphicFrame>"
#define CELL(ATTRIBUTES, TEXT)                                                                               \
    "<a:tc " ATTRIBUTES "><a:txBody><a:bodyPr/>" PLAIN(TEXT) "</a:txBody><a:tcPr/></a:tc>"

static void P9_a_picture_in_a_placeholder_is_a_picture(void **state)
{
    struct show s;
    (void)state;
    show_open(&s, PIC("4", "图片 3", "<p:ph idx='1'/>", "r:embed='rIdPic'"), "");
    assert_show_number(&s, "slides.picture-count", "slide=1", 1);
    assert_show_text(&s, "slides.alternative-text", "slide=1 shape=1", "校徽");
    assert_show_text(&s, "slides.alternative-text", "slide=1 placeholder=picture", "校徽"); /* in none */
    assert_int_equal(show_fact_of(&s, "slides.picture", "slide=1", "logo.png").value.integer, 1);
    assert_int_equal(show_fact_of(&s, "slides.picture", "slide=1", "show.pptx").value.integer, 0);
    assert_int_equal(show_fact_of(&s, "slides.picture", "slide=1", "none.png").state, FACT_ABSENT);
    assert_show_number(&s, "slides.left", "slide=1", 360000); /* of the layout's placeholder */
    assert_show_absent(&s, "slides.picture-hash", "slide=2");
    show_close(&s);
    show_open(&s, PIC("4", "图片 3", "", "r:link='rIdWeb'"), "");
    assert_show_absent(&s, "slides.picture-hash", "slide=1");
    show_close(&s);
}

static void P10_links_stand_on_text_or_on_shapes(void **state)
{
    struct show s;
    (void)state;
    show_open(
        &s,
        PH("3", "内容", "idx='1'",
           "<a:p><a:r><a:rPr><a:hlinkClick r:id='rIdWeb'/></a:rPr><a:t>网站</a:t></a:r></a:p>"
           "<a:p><a:r><a:rPr><a:hlinkClick r:id='rIdTwo' action='ppaction://hlinksldjump'/></a:rPr><a:t>第二</a:t></a:r></a:p>"
           "<a:p><a:r><a:t>没有</a:t></a:r></a:p>") "<p:sp><p:nvSpPr><p:cNvPr id='5' name='按钮'><a:hlinkClick r:id='' action='ppaction://hlinkshowjump?jump=lastslide'/>"
                                                    "</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>",
        "");
    assert_show_text(&s, "slides.link", "run-text=网站", "https://www.example.org/");
    assert_show_text(&s, "slides.link-action", "run-text=网站", "url");
    assert_show_number(&s, "slides.color", "run-text=网站", 0x0563c1);
    assert_show_number(&s, "slides.link-slide", "run-text=第二", 2);
    assert_show_text(&s, "slides.link-action", "run-text=第二", "slide");
    assert_show_absent(&s, "slides.link", "run-text=没有");
    assert_show_text(&s, "slides.link-action", "run-text=没有", "none");
    assert_show_text(&s, "slides.shape-action", "shape-name=按钮", "last");
    assert_show_absent(&s, "slides.shape-link-slide", "shape-name=按钮");
    show_close(&s);
}

static void P11_tables_have_rows_columns_and_merged_cells(void **state)
{
    struct show s;
    (void)state;
    show_open(
        &s,
        FRAME(
            "表格 1",
            "<a:tbl><a:tblPr firstRow='1'><a:tableStyleId>{5C22}</a:tableStyleId></a:tblPr><a:tblGrid><a:gridCol/>"
            "<a:gridCol/></a:tblGrid><a:tr>" CELL("gridSpan='2'", "成绩")
                CELL("hMerge='1'", "") "</a:tr><a:tr>" CELL("", "语文") CELL("", "90") "</a:tr></a:tbl>"),
        "");
    assert_show_number(&s, "slides.table-rows", "slide=1", 2);
    assert_show_number(&s, "slides.table-columns", "slide=1", 2);
    assert_show_number(&s, "slides.table-header", "slide=1", 1);
    assert_show_text(&s, "slides.table-style", "slide=1", "{5C22}");
    assert_show_text(&s, "slides.cell", "row=2 column=2", "90");
    assert_show_number(&s, "slides.cell-columns", "row=1 column=1", 2);
    assert_show_number(&s, "slides.cell-columns", "row=1 column=2", 0);
    assert_show_absent(&s, "slides.cell", "row=3 column=1");
    assert_show_number(&s, "slides.bold", "row=2 column=1", 0);
    assert_int_equal(show_fact(&s, "slides.table-cells", "").value.n_items, 4);
    assert_string_equal(show_fact(&s, "slides.cell", "row=2 column=1").place,
                        "ppt/slides/slide7.xml, slide 1, shape 1 (表格 1), row 2, column 1");
    show_close(&s);
}

static void P12_charts_and_diagrams_are_known_by_their_parts(void **state)
{
    struct show s;
    (void)state;
    show_open(&s,
              FRAME("图表 1", "<c:chart " OFFICE_C "r:id='rIdChart'/>")
                  FRAME("图示 2", "<d:relIds xmlns:d='" OFFICE_OOXML
                                  "drawingml/2006/diagram' r:lo='rIdLo' r:dm='rIdDm'/>"),
              "");
    assert_show_text(&s, "slides.chart", "slide=1", "pie");
    assert_show_text(&s, "slides.diagram", "slide=1", "hierarchy1");
    assert_show_text(&s, "slides.text", "shape-name=图示_2", "校长");
    show_close(&s);
}

static void P16_places_are_inherited_and_groups_are_unfolded(void **state)
{
    struct show s;
    (void)state;
    show_open(
        &s,
        PH("2", "标题", "type='title'", PLAIN("题")) PH(
            "3", "内容", "idx='1'",
            PLAIN(
                "文")) "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='7' name='组合'/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
                       "<a:off x='1000' y='2000'/><a:ext cx='500' cy='600'/><a:chOff x='100' y='0'/><a:chExt cx='1000' cy='1200'/></a:xfrm>"
                       "</p:grpSpPr>" SHAPE(
                           "8", "内", "",
                           "<a:xfrm rot='5400000'><a:off x='300' y='200'/><a:ext cx='400' cy='100'/></a:xfrm>",
                           "") "</p:grpSp>" SHAPE("9", "外", "", "", ""),
        "");
    assert_show_number(&s, "slides.top", "placeholder=title", 200); /* of the master's placeholder */
    assert_show_number(&s, "slides.height", "placeholder=body", 1800000);
    assert_show_number(&s, "slides.left", "shape-name=内", 1100);
    assert_show_number(&s, "slides.top", "shape-name=内", 2100);
    assert_show_number(&s, "slides.width", "shape-name=内", 200);
    assert_show_number(&s, "slides.rotation", "shape-name=内", 90000);
    assert_show_absent(&s, "slides.left", "shape-name=外");
    assert_show_number(&s, "slides.shape-count", "slide=1", 4);
    show_close(&s);
}

static void P19_a_film_is_a_picture_with_something_behind_it(void **state)
{
    struct show s;
    (void)state;
    show_open(
        &s,
        PIC("4", "film.mp4",
            "<a:videoFile r:link='rIdWeb'/><p:extLst><p:ext><p14:media r:embed='rIdFilm'/></p:ext></p:extLst>",
            "r:embed='rIdPic'"),
        "");
    assert_show_number(&s, "slides.media-count", "slide=1", 1);
    assert_show_number(&s, "slides.picture-count", "slide=1", 0);
    assert_show_text(&s, "slides.media", "slide=1", "video");
    assert_int_equal(show_fact_of(&s, "slides.media-file", "slide=1", "logo.png").value.integer, 0);
    show_close(&s);
}

static void P20_shapes_have_a_preset_a_fill_and_an_outline(void **state)
{
    struct show s;
    (void)state;
    show_open(
        &s,
        SHAPE(
            "4", "星", "",
            "<a:prstGeom prst='star5'/><a:solidFill><a:srgbClr val='FFC000'/></a:solidFill><a:ln w='38100'>"
            "<a:solidFill><a:srgbClr val='FF0000'/></a:solidFill><a:prstDash val='dash'/></a:ln><a:effectLst><a:outerShdw/>"
            "</a:effectLst>",
            "<a:bodyPr><a:prstTxWarp prst='textWave1'/></a:bodyPr>" PLAIN(
                "艺术字")) "<p:sp><p:nvSpPr><p:cNvPr id='5' name='框'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:prstGeom prst='rect'/></p:spPr>"
                           "<p:style><a:lnRef idx='2'><a:srgbClr val='112233'/></a:lnRef><a:fillRef idx='1'><a:schemeClr val='accent1'/></a:fillRef>"
                           "<a:fontRef idx='minor'><a:schemeClr val='lt1'/></a:fontRef></p:style><p:txBody><a:bodyPr/>" PLAIN(
                               "白") "</p:txBody></p:sp>",
        "");
    assert_show_text(&s, "slides.shape", "shape-name=星", "star5");
    assert_show_text(&s, "slides.word-art", "shape-name=星", "textWave1");
    assert_show_number(&s, "slides.fill-color", "shape-name=星", 0xffc000);
    assert_show_number(&s, "slides.line-color", "shape-name=星", 0xff0000);
    assert_show_number(&s, "slides.line-width", "shape-name=星", 38100);
    assert_show_text(&s, "slides.line-dash", "shape-name=星", "dash");
    assert_show_text(&s, "slides.effects", "shape-name=星", "shadow");
    assert_show_text(&s, "slides.word-art", "shape-name=框", "none");
    assert_show_text(&s, "slides.fill", "shape-name=框",
                     "solid"); /* by the style's reference into the theme */
    assert_show_number(&s, "slides.fill-color", "shape-name=框", 0x4472c4);
    assert_show_number(&s, "slides.line-color", "shape-name=框", 0x112233);
    assert_show_number(&s, "slides.color", "shape-name=框", 0xffffff);
    show_close(&s);
}

struct counted {
    size_t all, wrong;
    struct show *s;
};

/* What the rule maker is told is what the kind finds again by those locators. */
static void count_fact(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    struct counted *c = context;
    const struct practical_family *family;
    const struct check_kind *k = check_kind_find(kind, &family);
    struct check_target t = {
        .document = c->s->document, .folder = &c->s->folder, .start = &c->s->folder, .kind = k};
    struct fact again;
    struct err e;
    assert_done(k->find(&t, at, NULL, c->s->arena, &again, &e), e);
    c->all++;
    bool same = again.state == found->state && again.value.integer == found->value.integer &&
                strcmp(again.place, found->place) == 0;
    c->wrong += !same && found->state == FACT_FOUND;
}

static void every_fact_that_is_listed_is_found_again(void **state)
{
    struct show s;
    struct counted c = {.s = &s};
    (void)state;
    show_open(&s,
              PH("2", "标题", "type='title'", PLAIN("题")) PIC("4", "图片 3", "", "r:embed='rIdPic'")
                  FRAME("表格 1", "<a:tbl><a:tblGrid><a:gridCol/></a:tblGrid><a:tr>" CELL(
                                      "", "语文") "</a:tr></a:tbl>"),
              "<p:transition><p:fade/></p:transition>");
    struct check_target t = {.document = s.document, .folder = &s.folder, .start = &s.folder};
    slides_family.enumerate(&t, s.arena, count_fact, &c);
    assert_true(c.all > 150);
    assert_int_equal(c.wrong, 0);
    show_close(&s);
}

static void a_locator_that_makes_no_sense_is_the_rule_s_fault(void **state)
{
    struct show s;
    struct err e;
    struct fact f;
    const struct practical_family *family;
    struct locator_key key = {"slide", "first"};
    struct locator at = {&key, 1};
    (void)state;
    show_open(&s, "", "");
    const struct check_kind *k = check_kind_find("slides.title", &family);
    struct check_target t = {.document = s.document, .folder = &s.folder, .kind = k};
    assert_refused(k->find(&t, &at, NULL, s.arena, &f, &e), ERR_DATA, "not a number from 1", e);
    show_close(&s);
}

static void a_show_beyond_the_limits_is_refused(void **state)
{
    struct slides *s = slides_new("pptx");
    struct slides_slide *slide = slides_add(s);
    struct err e = {0};
    (void)state;
    for (int i = 0; i < SLIDES_MAX_EFFECTS; i++)
        slides_add_effect(s, slide);
    assert_done(slides_finish(s, "a.pptx", &e), e);
    slides_add_effect(s, slide);
    assert_refused(slides_finish(s, "a.pptx", &e), ERR_DATA, "more than the limit", e);
    slides_free(s);
    s = slides_new("pptx");
    slide = slides_add(s);
    for (int i = 0; i < 100000; i++)
        slides_add_paragraph(s, &slides_add_shape(s, slide, SHAPE_TEXT, 0)->text);
    assert_refused(slides_finish(s, "a.pptx", &e), ERR_DATA, "more than the limit", e);
    assert_true(arena_used(s->arena) <= SLIDES_MAX_MEMORY);
    slides_free(s);
}

static void a_text_document_is_no_slide_show(void **state)
{
    struct bytes file = office_package(
        "d.xml", (struct zip_made[]){{.name = "d.xml", .text = "<w:document " OFFICE_W "/>"}, {0}});
    struct practical_file entry = {.path = "a.pptx", .bytes = bytes_span(&file)};
    struct practical_folder folder = {&entry, 1};
    void *document = NULL;
    struct err e;
    (void)state;
    assert_refused(slides_family.open(&document, &folder, "a.pptx", &e), ERR_DATA, "no slide show", e);
    assert_int_equal(slides_family.open(&document, &folder, "b.pptx", &e), -ERR_NO);
    bytes_release(&file);
}

static void groups_in_groups_cannot_grow_without_end(void **state)
{
    struct bytes b = {0};
    struct show s;
    (void)state;
    for (int i = 0; i < 30; i++)
        bytes_str(&b, "<p:grpSp><p:grpSpPr><a:xfrm><a:off x='2147483647' y='-2147483648'/>"
                      "<a:ext cx='2147483647' cy='2147483647'/><a:chOff x='-2147483648' y='0'/>"
                      "<a:chExt cx='1' cy='1'/></a:xfrm></p:grpSpPr>");
    bytes_str(&b, PIC("4", "图片 3", "", "r:embed='rIdPic'"));
    for (int i = 0; i < 30; i++)
        bytes_str(&b, "</p:grpSp>");
    bytes_add(&b, "", 1);
    show_open(&s, (const char *)b.p, "");
    assert_show_number(&s, "slides.picture-count", "slide=1", 1);
    show_close(&s);
    bytes_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(P9_a_picture_in_a_placeholder_is_a_picture),
        cmocka_unit_test(P10_links_stand_on_text_or_on_shapes),
        cmocka_unit_test(P11_tables_have_rows_columns_and_merged_cells),
        cmocka_unit_test(P12_charts_and_diagrams_are_known_by_their_parts),
        cmocka_unit_test(P16_places_are_inherited_and_groups_are_unfolded),
        cmocka_unit_test(P19_a_film_is_a_picture_with_something_behind_it),
        cmocka_unit_test(P20_shapes_have_a_preset_a_fill_and_an_outline),
        cmocka_unit_test(every_fact_that_is_listed_is_found_again),
        cmocka_unit_test(a_locator_that_makes_no_sense_is_the_rule_s_fault),
        cmocka_unit_test(a_show_beyond_the_limits_is_refused),
        cmocka_unit_test(a_text_document_is_no_slide_show),
        cmocka_unit_test(groups_in_groups_cannot_grow_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
