/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "tests/practical/folder-kit.h"

/* A fact of a page that is alone in its folder. */
static const char *of(struct arena *a, const char *html, const char *kind, const char *at,
                      const char *argument)
{
    return kit_value(a, kit_folder(a, "index.htm", html, NULL), NULL, "index.htm", kind, at, argument);
}

static void H1_title(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(of(a, "<TITLE> 我的 主页\n</TITLE><p>x", "web.title", "", NULL), "我的 主页");
    assert_string_equal(of(a, "<p>x", "web.title", "", NULL), "(absent: no such element)");
    assert_string_equal(of(a, "", "web.title", "", NULL), "(absent: no such element)");
    arena_free(a);
}

static void H2_text_without_scripts_and_with_missing_end_tags(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *page =
        "<body><script>var x='北京'</script><p>第一<b>段<p id=two>第二&nbsp;段<br>北京<div class='x "
        "y'>北 京</div>";
    assert_string_equal(of(a, page, "web.text", "element=p", NULL), "第一段");
    assert_string_equal(of(a, page, "web.text", "element-id=two", NULL), "第二\xC2\xA0段 北京");
    assert_string_equal(of(a, page, "web.text", "class=y", NULL), "北 京");
    assert_string_equal(of(a, page, "web.text", "element-text=第二", NULL), "第二\xC2\xA0段 北京");
    assert_string_equal(of(a, page, "web.text", "element=p index=2", NULL), "第二\xC2\xA0段 北京");
    assert_string_equal(of(a, page, "web.text", "element=p index=3", NULL), "(absent: no such element)");
    assert_string_equal(of(a, page, "web.text", "element-text=上海", NULL),
                        "(absent: no element contains 上海)");
    assert_string_equal(of(a, page, "web.word-count", "", "北京"), "1");
    assert_string_equal(of(a, "<hr><br><HR>", "web.element-count", "", "hr"), "2");
    assert_string_equal(of(a, "<marquee direction=up>x", "web.attribute", "element=marquee", "direction"),
                        "up");
    arena_free(a);
}

static void H3_headings(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *page = "<h2>甲</h2><H1>题<font color=red>目</font></H1><h2>乙";
    assert_string_equal(of(a, page, "web.heading", "level=1", NULL), "题目");
    assert_string_equal(of(a, page, "web.heading", "level=2 index=2", NULL), "乙");
    assert_string_equal(of(a, page, "web.headings", "", NULL), "甲 | 题目 | 乙");
    assert_string_equal(of(a, page, "web.heading", "level=9", NULL),
                        "(error: the rule names no \"level\", or one that cannot be)");
    arena_free(a);
}

static void H4_links_are_resolved_in_the_folder(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *f = kit_folder(
        a, "pages/a.htm",
        "<a href='../%E5%85%B3%E4%BA%8E.htm#top'>关于</a><a name=x>锚</a><A HREF=none.htm>无</A>"
        "<a href=http://www.example.cn/ target=_blank><img src=i.gif alt=站></a>"
        "<a href=../../etc/passwd>外</a><a href='mailto:a@b.cn'>信</a><a href='..\\关于.htm'>反</a>",
        "关于.htm", "x", NULL);
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link", "link-text=关于", NULL),
                        "关于.htm#top");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link-exists", "link-text=关于", NULL),
                        "yes");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link-exists", "link-text=反", NULL), "yes");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link-exists", "link-text=无", NULL), "no");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link-exists", "link-text=外", NULL), "no");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link", "link-text=站", NULL),
                        "http://www.example.cn/");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link-frame", "link-text=站", NULL),
                        "_blank");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link-text", "target=mailto:a@b.cn", NULL),
                        "信");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.link", "link-text=锚", NULL),
                        "(absent: no link with the text 锚)");
    assert_string_equal(kit_value(a, f, NULL, "pages/a.htm", "web.links", "", NULL),
                        "关于.htm#top | pages/none.htm | http://www.example.cn/ | ../../etc/passwd | "
                        "mailto:a@b.cn | 关于.htm");
    arena_free(a);
}

static void H5_pictures(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *f = kit_folder(
        a, "p.htm",
        "<img src=img/a.gif width=120 height=50% alt=标志><IMG SRC='C:\\x\\b.gif' style='width:3cm'>",
        "img/a.gif", "GIF", NULL);
    const struct practical_folder *s = kit_folder(a, "logo.gif", "GIF", "other.gif", "gif", NULL);
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image", "", NULL), "img/a.gif");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-exists", "image=a.gif", NULL), "yes");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-exists", "image=b.gif", NULL), "no");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-same", "", "logo.gif"), "yes");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-same", "", "other.gif"), "no");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-alt", "", NULL), "标志");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-width", "", NULL), "120");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-width", "index=2", NULL), "113");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.image-height", "", NULL),
                        "(absent: it is given as 50%)");
    assert_string_equal(kit_value(a, f, s, "p.htm", "web.images", "", NULL), "img/a.gif | C:\\x\\b.gif");
    arena_free(a);
}

static void H6_tables_with_merged_cells_and_tables_in_cells(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *page =
        "<table border width=80%><caption>课表<tr><th colspan=2>星期一<th>二<tr><td rowspan=2>语<td>数"
        "<td><table><tr><td>里</table><tbody><tr><td>英<td>体</table>"
        "<table style='border:2px solid; width:300px'><tr><td>x</table>";
    assert_string_equal(of(a, page, "web.table-rows", "", NULL), "3");
    assert_string_equal(of(a, page, "web.table-columns", "", NULL), "3");
    assert_string_equal(of(a, page, "web.table-cell", "row=1 column=3", NULL), "二");
    assert_string_equal(of(a, page, "web.table-cell", "row=1 column=2", NULL), "星期一");
    assert_string_equal(of(a, page, "web.table-cell", "row=3 column=1", NULL), "语");
    assert_string_equal(of(a, page, "web.table-cell", "row=3 column=2", NULL), "英");
    assert_string_equal(of(a, page, "web.table-cell", "row=4 column=1", NULL),
                        "(absent: there is no such cell)");
    assert_string_equal(of(a, page, "web.table-merged", "row=1 column=1", NULL), "1x2");
    assert_string_equal(of(a, page, "web.table-row", "row=3", NULL), "英 | 体");
    assert_string_equal(of(a, page, "web.table-border", "", NULL), "1");
    assert_string_equal(of(a, page, "web.table-border", "table=2", NULL), "0");
    assert_string_equal(of(a, page, "web.table-border", "table=3", NULL), "2");
    assert_string_equal(of(a, "<style>td{border:1px solid}</style><table><tr><td>x</table>", "web.table-border",
                           "", NULL),
                        "1");
    assert_string_equal(of(a, page, "web.table-width", "", NULL), "80%");
    assert_string_equal(of(a, page, "web.table-width", "table=3", NULL), "300");
    arena_free(a);
}

static void H7_lists(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *page =
        "<ul type=square><li>甲<li>乙</ul><ol type=A><li>丙</ol><ol style='list-style:lower-roman'><li>丁";
    assert_string_equal(of(a, page, "web.list", "", NULL), "甲 | 乙");
    assert_string_equal(of(a, page, "web.list-type", "", NULL), "square");
    assert_string_equal(of(a, page, "web.list-type", "list=2", NULL), "upper-alpha");
    assert_string_equal(of(a, page, "web.list-type", "list=3", NULL), "lower-roman");
    assert_string_equal(of(a, "<ol><li>x", "web.list-type", "", NULL), "decimal");
    arena_free(a);
}

static void H8_a_look_by_attribute_inline_style_and_sheet(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *page =
        "<head><style>.r{color:#f00;font:bold 18pt 黑体} h1{text-align:center;color:green} body{font-family:'宋体'}"
        "</style><body text=#0000ff><p><font color=red size=5 face=楷体>甲</font></p><p class=r>乙</p>"
        "<p style='color:rgb(0,128,0);text-decoration:underline' align=right>丙</p><h1 style='color:navy'>丁</h1>"
        "<center>戊</center><p><i>己</i> 庚</p><a href=x>辛</a><div style='font-size:2em'><p>壬";
    assert_string_equal(of(a, page, "web.color", "element=p", NULL), "#ff0000");
    assert_string_equal(of(a, page, "web.size", "element=p", NULL), "228600");
    assert_string_equal(of(a, page, "web.font", "element=p", NULL), "楷体");
    assert_string_equal(of(a, page, "web.color", "element-text=乙", NULL), "#ff0000");
    assert_string_equal(of(a, page, "web.size", "element-text=乙", NULL), "228600");
    assert_string_equal(of(a, page, "web.bold", "element-text=乙", NULL), "yes");
    assert_string_equal(of(a, page, "web.font", "element-text=乙", NULL), "黑体");
    assert_string_equal(of(a, page, "web.color", "element-text=丙", NULL), "#008000");
    assert_string_equal(of(a, page, "web.underline", "element-text=丙", NULL), "yes");
    assert_string_equal(of(a, page, "web.alignment", "element-text=丙", NULL), "right");
    assert_string_equal(of(a, page, "web.color", "element=h1", NULL), "#000080");
    assert_string_equal(of(a, page, "web.alignment", "element=h1", NULL), "center");
    assert_string_equal(of(a, page, "web.bold", "element=h1", NULL), "yes");
    assert_string_equal(of(a, page, "web.size", "element=h1", NULL), "304800");
    assert_string_equal(of(a, page, "web.alignment", "element-text=戊", NULL), "center");
    assert_string_equal(of(a, page, "web.italic", "element-text=己", NULL), "yes");
    assert_string_equal(of(a, page, "web.italic", "element-text=庚", NULL), "no");
    assert_string_equal(of(a, page, "web.font", "element-text=庚", NULL), "宋体");
    assert_string_equal(of(a, page, "web.color", "element-text=庚", NULL), "#0000ff");
    assert_string_equal(of(a, page, "web.color", "element-text=辛", NULL), "#0000ee");
    assert_string_equal(of(a, page, "web.underline", "element-text=辛", NULL), "yes");
    assert_string_equal(of(a, page, "web.size", "element-text=壬", NULL), "304800");
    assert_string_equal(of(a, page, "web.style", "element=h1", "text-align"), "center");
    arena_free(a);
}

static void H8_linked_sheets_are_read_from_the_folder(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *f =
        kit_folder(a, "a/p.htm",
                   "<link rel=stylesheet href=../css/main.css><link rel=stylesheet href=http://x/y.css><p>x",
                   "css/main.css", "@import 'more.css'; p{color:red}", "css/more.css",
                   "p{color:blue;text-align:center}", NULL);
    assert_string_equal(kit_value(a, f, NULL, "a/p.htm", "web.color", "element=p", NULL), "#ff0000");
    assert_string_equal(kit_value(a, f, NULL, "a/p.htm", "web.alignment", "element=p", NULL), "center");
    arena_free(a);
}

static void H9_backgrounds(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *page = "<body bgcolor=#FFFFCC background=img/b.jpg><table><tr bgcolor=silver><td>x<td "
                       "style='background:url(y.gif) yellow'>y</table>";
    assert_string_equal(of(a, page, "web.background", "", NULL), "#ffffcc");
    assert_string_equal(of(a, page, "web.background-image", "", NULL), "img/b.jpg");
    assert_string_equal(of(a, page, "web.background", "element=td", NULL), "#c0c0c0");
    assert_string_equal(of(a, page, "web.background", "element=td index=2", NULL), "#ffff00");
    assert_string_equal(of(a, page, "web.background-image", "element=td index=2", NULL), "y.gif");
    assert_string_equal(of(a, "<p>x", "web.background", "", NULL), "auto");
    assert_string_equal(
        of(a, "<style>body{background-color:pink}</style><body bgcolor=red>x", "web.background", "", NULL),
        "#ffc0cb");
    arena_free(a);
}

static void H10_forms_charset_and_frames(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *form =
        "<form action=/go METHOD=Post><input name=n maxlength=8><input type=RADIO name=s><select "
        "name=c><option>甲<option>乙</select><textarea name=t></textarea><input type=submit></form>";
    assert_string_equal(of(a, form, "web.fields", "", NULL),
                        "text n | radio s | select c | textarea t | submit ");
    assert_string_equal(of(a, form, "web.field", "name=s", NULL), "radio");
    assert_string_equal(of(a, form, "web.field-attribute", "name=n", "maxlength"), "8");
    assert_string_equal(of(a, form, "web.options", "name=c", NULL), "甲 | 乙");
    const char *choice = "<input type=radio name=r value=家长><input type=radio name=x value=y>"
                         "<input type=RADIO name=r value=学生><input type=checkbox name=r value=z>";
    assert_string_equal(of(a, choice, "web.options", "name=r", NULL), "家长 | 学生");
    assert_string_equal(of(a, form, "web.form-method", "", NULL), "post");
    assert_string_equal(of(a, form, "web.form-action", "", NULL), "/go");
    const char *frames = "<frameset cols='20%,*'><frame src=left.htm name=l><frame src=main.htm></frameset>";
    assert_string_equal(of(a, frames, "web.frames", "", NULL), "left.htm | main.htm");
    assert_string_equal(of(a, frames, "web.frameset", "", NULL), "cols=20%,*");
    assert_string_equal(of(a, "<meta name=Keywords content=考试>", "web.meta", "", "keywords"), "考试");
    arena_free(a);
}

static void H10_a_page_in_GBK_is_read_however_late_it_says_so(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes page = {0};
    bytes_str(&page, "<html><head><title>\xC4\xE3\xBA\xC3</title>");
    for (int i = 0; i < 200; i++)
        bytes_str(&page, "<meta name=x content=yyyyyyyyyyyyyyyy>");
    bytes_str(&page, "<META http-equiv=Content-Type content=\"text/html; charset=GB2312\"><body>\xC4\xE3");
    assert_string_equal(of(a, (const char *)page.p, "web.title", "", NULL), "你好");
    assert_string_equal(of(a, (const char *)page.p, "web.text", "", NULL), "你");
    assert_string_equal(of(a, (const char *)page.p, "web.charset", "", NULL), "gb2312");
    assert_string_equal(of(a, "<meta charset=gbk><title>你好</title>", "web.title", "", NULL), "你好");
    assert_string_equal(
        of(a, "<meta charset=\"utf-8\"><title>\xC4\xE3\xBA\xC3</title>", "web.title", "", NULL), "你好");
    assert_string_equal(of(a, "<title>x", "web.charset", "", NULL), "(absent: no charset)");
    bytes_release(&page);
    arena_free(a);
}

static void hostile_pages_end(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes page = {0};
    for (int i = 0; i < 5000; i++)
        bytes_str(&page, "<div>");
    assert_string_equal(of(a, (const char *)page.p, "web.title", "", NULL),
                        "(error: nested deeper than the limit)");
    bytes_clear(&page);
    for (int i = 0; i < 60000; i++)
        bytes_str(&page, "<br>");
    assert_string_equal(of(a, (const char *)page.p, "web.title", "", NULL),
                        "(error: more elements than the limit)");
    bytes_clear(&page);
    for (int i = 0; i < 200; i++)
        bytes_str(&page, "<div>");
    for (int i = 0; i < 5000; i++)
        bytes_str(&page, "一二三四五六七八九十一二三四五六七八九十");
    assert_string_equal(of(a, (const char *)page.p, "web.bold", "element-text=十一二三", NULL), "no");
    assert_string_equal(
        of(a, "<table><tr><td rowspan=99999999 colspan=99999999>x", "web.table-columns", "", NULL), "200");
    bytes_release(&page);
    arena_free(a);
}

static void count(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    (void)kind, (void)at, (void)found;
    ++*(size_t *)context;
}

static void a_rule_maker_sees_what_is_on_a_page(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct err e;
    size_t n = 0;
    struct check_target t = {.folder = kit_folder(a, "i.htm",
                                                  "<title>x</title><h1>y</h1><p>z<a href=u>v</a><img src=w>"
                                                  "<table border=1><tr><td>1</table>",
                                                  NULL),
                             .path = "i.htm"};
    assert_done(web_family.open(&t.document, t.folder, t.path, &e), e);
    web_family.enumerate(&t, a, count, &n);
    assert_in_range(n, 15, 40);
    web_family.close(t.document);
    arena_free(a);
}

/* libxml2 holds each attribute against all before it: a page of 2 MiB took minutes. */
static void a_tag_of_very_many_attributes_is_refused_at_once(void **state)
{
    static const char *const begin[] = {"<p", "<p a='>' \"b = <c d=\"></script> <\" ", "<script> <p a=\" </script> <b"};
    (void)state;
    for (size_t k = 0; k < sizeof begin / sizeof *begin; k++) {
        struct arena *a = arena_new();
        struct bytes b = {0};
        bytes_str(&b, begin[k]);
        for (size_t i = 0; i < 150000; i++)
            bytes_printf(&b, " a%zu=1", i);
        bytes_add(&b, ">x", 3);
        assert_non_null(strstr(of(a, (const char *)b.p, "web.text", "", NULL), "more attributes than the limit"));
        bytes_release(&b);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(H1_title),
        cmocka_unit_test(H2_text_without_scripts_and_with_missing_end_tags),
        cmocka_unit_test(H3_headings),
        cmocka_unit_test(H4_links_are_resolved_in_the_folder),
        cmocka_unit_test(H5_pictures),
        cmocka_unit_test(H6_tables_with_merged_cells_and_tables_in_cells),
        cmocka_unit_test(H7_lists),
        cmocka_unit_test(H8_a_look_by_attribute_inline_style_and_sheet),
        cmocka_unit_test(H8_linked_sheets_are_read_from_the_folder),
        cmocka_unit_test(H9_backgrounds),
        cmocka_unit_test(H10_forms_charset_and_frames),
        cmocka_unit_test(H10_a_page_in_GBK_is_read_however_late_it_says_so),
        cmocka_unit_test(hostile_pages_end),
        cmocka_unit_test(a_rule_maker_sees_what_is_on_a_page),
        cmocka_unit_test(a_tag_of_very_many_attributes_is_refused_at_once),
    };
    return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
