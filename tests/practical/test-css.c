/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "scoring/practical/web/css.h"
#include "scoring/practical/web/style.h"
#include "tests/practical/folder-kit.h"

#define BODY                                                                                                 \
    "<html><body><div id=\"box\" class=\"a b\"><p class=\"note big\" id=\"one\">x</p><p>y</p>"               \
    "<ul><li><b>z</b></li></ul></div></body></html>"

/* The declared value of a property for the first element of that name in BODY. */
static const char *declared(struct arena *a, const char *sheet, const char *element, const char *style,
                            const char *property)
{
    struct css c = {.arena = a};
    struct xml_doc *d = NULL;
    struct err e;
    assert_done(xml_read_html(&d, "t", BODY, &e), e);
    css_add(&c, sheet, NULL, NULL);
    const struct xml_node *n = xml_root(d);
    while (n && !xml_named(n, element))
        n = page_walk(xml_root(d), n);
    assert_non_null(n);
    const char *value = css_declared(&c, d, n, style, property);
    xml_free(d);
    return value ? value : "(none)";
}

static void selectors_of_types_classes_ids_and_families(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(declared(a, "P { color: red }", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, ".note{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "p.note.big{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, ".not{color:red}", "p", NULL, "color"), "(none)");
    assert_string_equal(declared(a, "#one{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "h1, p , td{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "#box p{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "body b{color:red}", "b", NULL, "color"), "red");
    assert_string_equal(declared(a, "body > b{color:red}", "b", NULL, "color"), "(none)");
    assert_string_equal(declared(a, "div>ul b{color:red}", "b", NULL, "color"), "red");
    assert_string_equal(declared(a, "body>ul b{color:red}", "b", NULL, "color"), "(none)");
    assert_string_equal(declared(a, "*{color:red}", "b", NULL, "color"), "red");
    assert_string_equal(declared(a, "p:hover{color:red}", "p", NULL, "color"), "(none)");
    assert_string_equal(declared(a, "p[id]{color:red} p{color:blue}", "p", NULL, "color"), "blue");
    arena_free(a);
}

static void the_strongest_declaration_counts(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(declared(a, "p{color:red} p{color:blue}", "p", NULL, "color"), "blue");
    assert_string_equal(declared(a, "#one{color:red} p.note{color:blue} p{color:green}", "p", NULL, "color"),
                        "red");
    assert_string_equal(declared(a, ".a .note{color:red} .big{color:blue}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "#one{color:red}", "p", "color:blue", "color"), "blue");
    assert_string_equal(declared(a, "p{color:red ! important}", "p", "color:blue", "color"), "red");
    assert_string_equal(declared(a, "p{color:red!important}", "p", "color:blue!important", "color"), "blue");
    arena_free(a);
}

static void shorthands_are_spread(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *font = "p{font: italic bold 14px/1.5 \"微软雅黑\", serif}";
    assert_string_equal(declared(a, font, "p", NULL, "font-size"), "14px");
    assert_string_equal(declared(a, font, "p", NULL, "font-weight"), "bold");
    assert_string_equal(declared(a, font, "p", NULL, "font-style"), "italic");
    assert_string_equal(declared(a, font, "p", NULL, "font-family"), "\"微软雅黑\", serif");
    const char *ground = "p{background: url(a b.gif) no-repeat #FFF center}";
    assert_string_equal(declared(a, ground, "p", NULL, "background-color"), "#FFF");
    assert_string_equal(declared(a, ground, "p", NULL, "background-image"), "url(a b.gif)");
    assert_string_equal(declared(a, "p{border: 2px solid red}", "p", NULL, "border-width"), "2px");
    assert_string_equal(declared(a, "ul{list-style: none inside}", "ul", NULL, "list-style-type"), "none");
    arena_free(a);
}

static void what_is_no_css_is_passed_over(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(declared(a, "/* p{color:blue} */ p{/*x*/color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "<!-- p{color:red} -->", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "p{color;;:;color:red", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "@font-face{font-family:x} p{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "@media print{p{color:blue}} p{color:red}", "p", NULL, "color"), "red");
    assert_string_equal(declared(a, "@media screen and (min-width:1px){p{color:red}}", "p", NULL, "color"),
                        "red");
    assert_string_equal(declared(a, "@charset 'gbk'; }} p{content:'}';color:red}", "p", NULL, "color"),
                        "red");
    assert_string_equal(declared(a, "p{", "p", NULL, "color"), "(none)");
    assert_string_equal(declared(a, "@media", "p", NULL, "color"), "(none)");
    assert_string_equal(declared(a, "{color:red}", "p", NULL, "color"), "(none)");
    arena_free(a);
}

static const char *itself(void *context, const char *address)
{
    ++*(int *)context;
    assert_string_equal(address, "a.css");
    return "@import 'a.css'; @import url(a.css); p{color:red}";
}

static void sheets_that_import_themselves_end(void **state)
{
    (void)state;
    struct css c = {.arena = arena_new()};
    int n = 0;
    css_add(&c, "@import url(\"a.css\");", itself, &n);
    assert_in_range(n, 1, 20);
    assert_true(c.n > 0);
    arena_free(c.arena);
}

static void colours_and_lengths(void **state)
{
    (void)state;
    int64_t emu = 0;
    assert_int_equal(style_read_color("Red"), 0xFF0000);
    assert_int_equal(style_read_color("#0f8"), 0x00FF88);
    assert_int_equal(style_read_color("#00FF7f"), 0x00FF7F);
    assert_int_equal(style_read_color("00ff7f"), 0x00FF7F);
    assert_int_equal(style_read_color("rgb(255, 0,50%)"), 0xFF0080);
    assert_int_equal(style_read_color("rgb(1,2"), STYLE_NONE);
    assert_int_equal(style_read_color("transparent"), STYLE_NONE);
    assert_int_equal(style_read_color("#12345"), STYLE_NONE);
    assert_true(style_read_length("12pt", 0, &emu) && emu == 12 * 12700);
    assert_true(style_read_length("1.5em", 20000, &emu) && emu == 30000);
    assert_true(style_read_length("16px", 0, &emu) && emu == 12 * 12700);
    assert_true(style_read_length("120%", 10000, &emu) && emu == 12000);
    assert_false(style_read_length("auto", 0, &emu));
    assert_false(style_read_length(".", 0, &emu));
}

static void a_sheet_of_any_size_ends(void **state)
{
    (void)state;
    struct css c = {.arena = arena_new()};
    struct bytes sheet = {0};
    struct xml_doc *d = NULL;
    struct err e;
    for (int i = 0; i < 20000; i++)
        bytes_str(&sheet, "div div > p div .a{color:red}");
    css_add(&c, (const char *)sheet.p, NULL, NULL);
    assert_int_equal(c.n, CSS_SELECTORS_MAX);
    assert_done(xml_read_html(&d, "t", BODY, &e), e);
    assert_null(css_declared(&c, d, xml_root(d), NULL, "color"));
    xml_free(d);
    bytes_release(&sheet);
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selectors_of_types_classes_ids_and_families),
        cmocka_unit_test(the_strongest_declaration_counts),
        cmocka_unit_test(shorthands_are_spread),
        cmocka_unit_test(what_is_no_css_is_passed_over),
        cmocka_unit_test(sheets_that_import_themselves_end),
        cmocka_unit_test(colours_and_lengths),
        cmocka_unit_test(a_sheet_of_any_size_ends),
    };
    return cmocka_run_group_tests_name("css", tests, NULL, NULL);
}
