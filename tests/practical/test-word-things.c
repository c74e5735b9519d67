/* SPDX-License-Identifier: Apache-2.0 */
/* W43–W48: pictures, boxes, links, notes, tables of contents. */
#include "tests/check.h"

#include "tests/practical/word-kit.h"

#define GRAPHIC(INSIDE) "<a:graphic><a:graphicData>" INSIDE "</a:graphicData></a:graphic>"
#define PIC "<pic:pic><pic:blipFill><a:blip r:embed=\"image\"/></pic:blipFill><pic:spPr/></pic:pic>"
#define DRAWING(INSIDE) "<w:r><w:drawing>" INSIDE "</w:drawing></w:r>"
#define EXTENT "<wp:extent cx=\"3600000\" cy=\"1800000\"/><wp:docPr id=\"1\" name=\"图片 1\" descr=\"校徽\"/>"

static void W43_a_picture_has_size_wrap_and_content(void **state)
{
    (void)state;
    const struct word_made m = {
        .image = "given",
        .body = P(
            "",
            DRAWING(
                "<wp:anchor behindDoc=\"0\"><wp:positionH><wp:align>center</wp:align></wp:positionH>" EXTENT
                "<wp:wrapSquare wrapText=\"bothSides\"/>" GRAPHIC(PIC) "</wp:anchor>"))
            P("",
              "<w:r><w:pict><v:shape style=\"width:72pt;height:36pt\"><v:imagedata r:id=\"image\"/></v:shape></w:pict></w:r>")};
    word_is_value(&m, "word.pictures", "", "2");
    word_is_value(&m, "word.picture-width", "picture=1", "3600000");
    word_is_value(&m, "word.picture-wrap", "picture=1", "square");
    word_is_value(&m, "word.picture-align", "picture=1", "center");
    word_is_value(&m, "word.picture-description", "picture=1", "校徽");
    word_is_value(&m, "word.picture-width", "picture=2", "914400");
    word_is_value(&m, "word.picture-wrap", "picture=2", "inline");
    word_is_counted(&m, "word.picture-same", "given.png", "yes");
    word_is_counted(&m, "word.picture-same", "other.png", "(unknown: other.png is not among the files)");
    const struct word_made other = {.image = "another", .body = m.body};
    word_is_counted(&other, "word.picture-same", "given.png", "no");
}

#define BOX(TEXT) "<w:txbxContent>" P("", R(V("sz", "36"), TEXT)) "</w:txbxContent>"
#define SHAPE(PRESET, FILL, TEXTPART)                                                                        \
    "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:prstGeom prst=\"" PRESET "\"/><a:solidFill><a:srgbClr val=\"" FILL  \
    "\"/></a:solidFill><a:ln w=\"12700\"><a:solidFill><a:srgbClr val=\"0000FF\"/></a:solidFill><a:prstDash " \
    "val=\"dash\"/></a:ln></wps:spPr>" TEXTPART "</wps:wsp>"

static void W44_a_text_box_is_there_once_though_it_stands_there_twice(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P(
            "",
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor>" EXTENT
            "<wp:wrapNone/>" GRAPHIC(SHAPE(
                "rect", "FFFF00",
                "<wps:txbx>" BOX(
                    "框中文字") "</wps:txbx>")) "</wp:anchor></w:drawing>"
                                                "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>" BOX(
                                                    "框中文字") "</v:textbox></v:shape></w:pict>"
                                                                "</mc:Fallback></mc:AlternateContent></w:r>" T(
                                                                    "正文"))};
    word_is_value(&m, "word.text-boxes", "", "1");
    word_is_value(&m, "word.text-box-text", "text-box=1", "框中文字");
    word_is_value(&m, "word.text-box-fill", "", "#ffff00");
    word_is_value(&m, "word.text-box-wrap", "", "front");
    word_is_value(&m, "word.size", "text-box=1", "228600");
    word_is_value(&m, "word.text", "paragraph=1", "正文");
    struct arena *a = arena_new();
    assert_string_equal(word_place(a, &m, "word.size", "text-box=1"),
                        "word/document.xml, text box 1, paragraph 1, run 1");
    arena_free(a);
}

static void W45_shapes_and_word_art(void **state)
{
    (void)state;
    const struct word_made m = {
        .body = P("", DRAWING("<wp:inline>" EXTENT GRAPHIC(SHAPE("star5", "FF0000", "")) "</wp:inline>"))
            P("", DRAWING("<wp:inline>" EXTENT GRAPHIC(SHAPE(
                      "rect", "00FF00",
                      "<wps:txbx>" BOX("艺术") "</wps:txbx><wps:bodyPr><a:prstTxWarp prst=\"textWave1\"/>"
                                               "</wps:bodyPr>")) "</wp:inline>"))};
    word_is_value(&m, "word.shape", "shape=1", "star5");
    word_is_value(&m, "word.shape-fill", "shape=1", "#ff0000");
    word_is_value(&m, "word.shape-line", "shape=1", "#0000ff");
    word_is_value(&m, "word.shape-line-width", "shape=1", "12700");
    word_is_value(&m, "word.shape-line-kind", "shape=1", "dash");
    word_is_value(&m, "word.word-art-text", "", "艺术");
    word_is_value(&m, "word.word-arts", "", "1");
}

static void W46_links_by_relationship_by_field_and_inside(void **state)
{
    (void)state;
    const struct word_made m = {
        .body =
            P("", "<w:hyperlink r:id=\"link\">" T("考试")
                      T("网") "</w:hyperlink><w:hyperlink w:anchor=\"top\">" T("返回") "</w:hyperlink>" FIELD(
                          " HYPERLINK \"http://a.cn\" \\l \"x\" ", T("域")))};
    word_is_value(&m, "word.link", "run-text=考试网", "https://example.org/考试");
    word_is_value(&m, "word.link", "run-text=返回", "#top");
    word_is_value(&m, "word.link", "run-text=域", "http://a.cn#x");
    word_is_value(&m, "word.link-text", "link=1", "考试网");
    word_is_value(&m, "word.link", "run-text=无", "(absent: no link reads 无)");
}

static void W47_separators_are_no_footnotes(void **state)
{
    (void)state;
    const struct word_made m = {
        .footnotes = "<w:footnote w:id=\"-1\">" P("", T("-")) "</w:footnote><w:footnote w:id=\"2\">" P(
            "", T("出处")) "</w:footnote>",
        .comments = "<w:comment w:id=\"0\" w:author=\"王\">" P("", T("请核对")) "</w:comment>",
        .body = P("", "<w:bookmarkStart w:id=\"0\" w:name=\"要点\"/>" T(
                          "书签") "<w:bookmarkEnd w:id=\"0\"/><w:r><w:footnoteReference "
                                  "w:id=\"2\"/></w:r><w:commentRangeStart w:id=\"0\"/>" T(
                                      "数字") "<w:commentRangeEnd w:id=\"0\"/><w:r>"
                                              "<w:commentReference w:id=\"0\"/></w:r>" FIELD(" REF 要点 \\h ",
                                                                                             T("书签")))};
    word_is_value(&m, "word.footnotes", "", "1");
    word_is_value(&m, "word.footnote", "footnote=1", "出处");
    word_is_value(&m, "word.footnote-at", "footnote=1", "书签数字书签");
    word_is_value(&m, "word.endnotes", "", "0");
    word_is_value(&m, "word.comment", "comment=1", "请核对");
    word_is_value(&m, "word.comment-author", "comment=1", "王");
    word_is_value(&m, "word.comment-about", "comment=1", "数字");
    word_is_value(&m, "word.bookmark", "bookmark=要点", "书签");
    word_is_value(&m, "word.cross-references", "", "要点");
}

#define H STYLE("paragraph", "1", "heading 1", "<w:pPr>" V("outlineLvl", "0") "</w:pPr>")
#define TOC_BEGIN                                                                                              \
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o \"1-2\" \\h</w:instrText></w:r>" \
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
#define TOC_END "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
#define TOC(ENTRIES, HEADINGS)                                                                               \
    P("", TOC_BEGIN ENTRIES)                                                                                 \
    P("", TOC_END)                                                                                           \
    P(V("pStyle", "1"), T(HEADINGS))

static void W48_a_table_of_contents_is_a_field_and_not_typed_dots(void **state)
{
    (void)state;
    const struct word_made made = {.styles = H,
                                   .body = TOC(T("第一章") "<w:r><w:tab/><w:t>1</w:t></w:r>", "第一章")};
    const struct word_made stale = {
        .styles = H, .body = TOC(T("第一章") "<w:r><w:tab/><w:t>1</w:t></w:r>", "第一章 总则")};
    const struct word_made typed = {.styles = H,
                                    .body = P("", T("第一章……1")) P(V("pStyle", "1"), T("第一章"))};
    word_is_value(&made, "word.toc", "", "yes");
    word_is_value(&made, "word.toc-levels", "", "2");
    word_is_value(&made, "word.toc-current", "", "yes");
    word_is_value(&made, "word.toc-entries", "", "第一章");
    word_is_value(&made, "word.style", "paragraph-text=第一章", "heading 1");
    word_is_value(&stale, "word.toc-current", "", "no");
    word_is_value(&typed, "word.toc", "", "no");
    word_is_value(&typed, "word.style", "paragraph-text=第一章", "heading 1");
}

/* As LibreOffice writes it. */
static void W48_the_entry_in_which_the_field_ends_is_one_too(void **state)
{
    (void)state;
    const struct word_made one = {.styles = H,
                                  .body =
                                      P("", TOC_BEGIN T("第一章") "<w:r><w:tab/><w:t>1</w:t></w:r>" TOC_END)
                                          P(V("pStyle", "1"), T("第一章"))};
    word_is_value(&one, "word.toc-entries", "", "第一章");
    word_is_value(&one, "word.toc-current", "", "yes");
    word_is_value(&one, "word.style", "paragraph-text=第一章", "heading 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(W43_a_picture_has_size_wrap_and_content),
        cmocka_unit_test(W44_a_text_box_is_there_once_though_it_stands_there_twice),
        cmocka_unit_test(W45_shapes_and_word_art),
        cmocka_unit_test(W46_links_by_relationship_by_field_and_inside),
        cmocka_unit_test(W47_separators_are_no_footnotes),
        cmocka_unit_test(W48_a_table_of_contents_is_a_field_and_not_typed_dots),
        cmocka_unit_test(W48_the_entry_in_which_the_field_ends_is_one_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
