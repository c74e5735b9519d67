/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "scoring/practical/odf/odf.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/slides/model.h"
#include "tests/practical/odf-kit.h"

static struct slides *read_slides(const char *content, const char *styles)
{
    struct bytes file = odf_file("presentation", content, styles);
    struct slides *s = NULL;
    struct err e = {0};
    assert_done(odf_read_slides(&s, "a.odp", bytes_span(&file), &e), e);
    bytes_release(&file);
    return s;
}

#define FRAME(ATTRIBUTES, TEXT)                                                                              \
    "<draw:frame " ATTRIBUTES "><draw:text-box>" TEXT "</draw:text-box></draw:frame>"

static void P1_P3_titles_notes_and_hidden_slides(void **state)
{
    (void)state;
    struct slides *s = read_slides(
        ODF_CONTENT(
            "<style:style style:name=\"dp1\" style:family=\"drawing-page\"><style:drawing-page-properties "
            "presentation:visibility=\"hidden\"/></style:style>",
            "presentation",
            "<draw:page draw:name=\"page1\">" FRAME(
                "presentation:class=\"title\" svg:width=\"10cm\" svg:height=\"2cm\" "
                "svg:x=\"1cm\" svg:y=\"1cm\"",
                "<text:p>培训</text:p>")
                FRAME("presentation:class=\"subtitle\" presentation:placeholder=\"true\"", "<text:p>click</text:p>") "<presentation:notes>" FRAME(
                    "presentation:class=\"notes\"",
                    "<text:p>讲解</text:p><text:p>要点</text:p>") "</presentation:notes></draw:page><draw:page draw:style-name=\"dp1\"/>"),
        NULL);
    assert_int_equal(s->n_slides, 2);
    assert_string_equal(s->slide->shape->placeholder, "title");
    assert_string_equal(s->slide->shape->text.paragraph->text, "培训");
    assert_int_equal(s->slide->shape->x, 360000);
    assert_null(s->slide->shape->next->text.paragraph); /* a prompt is no text */
    assert_string_equal(s->slide->layout, "title");
    assert_string_equal(s->slide->notes, "讲解\n要点");
    assert_true(s->slide->next->hidden);
    slides_free(s);
}

static void P5_P6_outline_levels_have_styles_of_their_own(void **state)
{
    (void)state;
    struct slides *s = read_slides(
        ODF_CONTENT(
            "<style:style style:name=\"pr1\" style:family=\"presentation\" "
            "style:parent-style-name=\"M-outline1\"/><style:style style:name=\"T1\" style:family=\"text\">"
            "<style:text-properties fo:font-weight=\"bold\" style:font-weight-asian=\"bold\" fo:font-size=\"50%\"/>"
            "</style:style>",
            "presentation",
            "<draw:page>" FRAME(
                "presentation:class=\"outline\" presentation:style-name=\"pr1\"",
                "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two "
                "<text:span text:style-name=\"T1\">bold</text:span></text:p></text:list-item></text:list>"
                "</text:list-item></text:list>") "</draw:page>"),
        ODF_STYLES_PART(
            "<style:style style:name=\"M-outline1\" style:family=\"presentation\"><style:graphic-properties>"
            "<text:list-style><text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"●\"/>"
            "</text:list-style></style:graphic-properties><style:text-properties fo:font-size=\"32pt\"/>"
            "</style:style><style:style style:name=\"M-outline2\" style:family=\"presentation\" "
            "style:parent-style-name=\"M-outline1\"><style:text-properties fo:font-size=\"28pt\"/></style:style>",
            "", ""));
    const struct slides_paragraph *p = s->slide->shape->text.paragraph;
    assert_int_equal(p->level, 1);
    assert_int_equal(p->run->size, 32 * 12700);
    assert_string_equal(p->bullet_text, "●");
    assert_int_equal(p->next->level, 2);
    assert_int_equal(p->next->run->size, 28 * 12700);
    assert_false(p->next->run->bold);
    assert_true(p->next->run->next->bold);
    assert_int_equal(p->next->run->next->size, 14 * 12700);
    slides_free(s);
}

static void P7_P8_transitions_and_effects(void **state)
{
    (void)state;
    struct slides *s = read_slides(
        ODF_CONTENT(
            "<style:style style:name=\"dp1\" style:family=\"drawing-page\"><style:drawing-page-properties "
            "presentation:transition-type=\"automatic\" presentation:duration=\"PT00H00M05S\" smil:type=\"pushWipe\" "
            "smil:subtype=\"fromLeft\" presentation:transition-speed=\"slow\"/></style:style>",
            "presentation",
            "<draw:page draw:style-name=\"dp1\"><draw:custom-shape draw:id=\"id1\"><draw:enhanced-geometry "
            "draw:type=\"ellipse\"/></draw:custom-shape><anim:par><anim:seq><anim:par "
            "presentation:node-type=\"after-previous\" presentation:preset-id=\"ooo-entrance-fly-in\" "
            "presentation:preset-class=\"entrance\" presentation:preset-sub-type=\"from-bottom\" smil:begin=\"1s\">"
            "<anim:set smil:targetElement=\"id1\" smil:dur=\"0.5s\"/></anim:par><anim:par "
            "presentation:preset-id=\"ooo-entrance-fade-in\" presentation:preset-class=\"entrance\"/>"
            "</anim:seq></anim:par></draw:page>"),
        NULL);
    const struct slides_transition *t = &s->slide->transition;
    assert_string_equal(t->kind, "push");
    assert_string_equal(t->speed, "slow");
    assert_false(t->on_click);
    assert_int_equal(t->after, 5000);
    const struct slides_effect *e = s->slide->effect;
    assert_string_equal(e->kind, "entrance");
    assert_string_equal(e->name, "fly-in");
    assert_string_equal(e->trigger, "after");
    assert_string_equal(e->shape, "id1");
    assert_int_equal(e->duration, 500);
    assert_int_equal(e->delay, 1000);
    assert_string_equal(e->next->name, "fade"); /* PowerPoint's word for it */
    slides_free(s);
}

static void P10_P11_links_and_tables(void **state)
{
    (void)state;
    struct slides *s = read_slides(
        ODF_CONTENT(
            "", "presentation",
            "<draw:page draw:name=\"a\">" FRAME(
                "",
                "<text:p><text:a xlink:href=\"https://example.org/\">go</text:a></text:p>") "<draw:rect><office:event-listeners><presentation:event-listener presentation:action=\"show\" "
                                                                                            "xlink:href=\"#b\"/></office:event-listeners></draw:rect></draw:page><draw:page draw:name=\"b\">"
                                                                                            "<draw:frame><table:table><table:table-column table:number-columns-repeated=\"2\"/><table:table-row>"
                                                                                            "<table:table-cell table:number-columns-spanned=\"2\"><text:p>x</text:p></table:table-cell>"
                                                                                            "<table:covered-table-cell/></table:table-row></table:table></draw:frame></draw:page>"),
        NULL);
    const struct slides_shape *first = s->slide->shape;
    assert_string_equal(first->text.paragraph->run->link.target, "https://example.org/");
    assert_string_equal(first->next->preset, "rect");
    assert_int_equal(first->next->link.slide, 2);
    const struct slides_table *t = s->slide->next->shape->table;
    assert_int_equal(t->rows, 1);
    assert_int_equal(t->columns, 2);
    assert_int_equal(t->cell[0].column_span, 2);
    assert_int_equal(t->cell[1].column_span, 0);
    slides_free(s);
}

static void P14_P18_backgrounds_and_the_size_of_slides(void **state)
{
    (void)state;
    struct slides *s = read_slides(
        ODF_CONTENT("", "presentation", "<draw:page draw:master-page-name=\"M_20_1\"/>"),
        ODF_STYLES_PART(
            "",
            "<style:page-layout style:name=\"PM\"><style:page-layout-properties fo:page-width=\"25.4cm\" "
            "fo:page-height=\"19.05cm\"/></style:page-layout><style:style style:name=\"Mdp\" "
            "style:family=\"drawing-page\"><style:drawing-page-properties draw:fill=\"solid\" "
            "draw:fill-color=\"#336699\"/></style:style>",
            "<style:master-page style:name=\"M_20_1\" style:page-layout-name=\"PM\" draw:style-name=\"Mdp\"/>"));
    assert_int_equal(s->width, 9144000);
    assert_int_equal(s->height, 6858000);
    assert_string_equal(s->slide->master, "M 1");
    assert_string_equal(s->slide->background.kind, "solid");
    assert_int_equal(s->slide->background.color, 0x336699);
    assert_false(s->slide->own_background);
    assert_string_equal(s->slide->layout, "blank");
    slides_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(P1_P3_titles_notes_and_hidden_slides),
        cmocka_unit_test(P5_P6_outline_levels_have_styles_of_their_own),
        cmocka_unit_test(P7_P8_transitions_and_effects),
        cmocka_unit_test(P10_P11_links_and_tables),
        cmocka_unit_test(P14_P18_backgrounds_and_the_size_of_slides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
