/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "scoring/practical/odf/odf.h"
#include "scoring/practical/odf/number-format.h"
#include "scoring/practical/odf/units.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/word/build.h"
#include "tests/practical/odf-kit.h"

static struct word_document *read_text(const char *content, const char *styles)
{
    struct bytes file = odf_file("text", content, styles);
    struct word_document *d = NULL;
    struct err e = {0};
    assert_true(odf_recognised(bytes_span(&file)));
    assert_done(odf_read_text(&d, "a.odt", bytes_span(&file), &e), e);
    bytes_release(&file);
    return d;
}

static void assert_fault(struct bytes file, int fault)
{
    struct word_document *d = NULL;
    struct err e = {0};
    assert_int_equal(odf_read_text(&d, "a.odt", bytes_span(&file), &e), -ERR_DATA);
    assert_string_equal(practical_fault_name(e.code), practical_fault_name(fault));
    bytes_release(&file);
}

#define STYLE(NAME, FAMILY, PARENT, INSIDE)                                                                  \
    "<style:style style:name=\"" NAME "\" style:family=\"" FAMILY "\" style:parent-style-name=\"" PARENT     \
    "\">" INSIDE "</style:style>"
#define TEXT(ATTRIBUTES) "<style:text-properties " ATTRIBUTES "/>"
#define PARAGRAPH(ATTRIBUTES) "<style:paragraph-properties " ATTRIBUTES "/>"

static void lengths_of_every_unit_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t emu;
    } good[] = {{"2.54cm", 914400}, {"1in", 914400}, {"-0.25in", -228600}, {"12pt", 152400},
                {"10mm", 360000},   {"1pc", 152400}, {"1px", 9525},        {"21.7999992370605pt", 276860}};
    int64_t x = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(odf_length(good[i].text, &x));
        assert_int_equal(x, good[i].emu);
    }
    assert_false(odf_length("12", &x));
    assert_false(odf_length("9999999999cm", &x));
    assert_false(odf_length(NULL, &x));
    assert_true(odf_percent("115%", &x));
    assert_int_equal(x, 1150);
    assert_int_equal(odf_color("#1f2A3b"), 0x1f2a3b);
    assert_int_equal(odf_color("transparent"), -1);
}

static void W1_blanks_tabs_and_deletions_are_read_as_shown(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            "", "text",
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            "<text:p>  a\n  b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e<text:change/>"
            "<text:span> f </text:span> g </text:p>"),
        NULL);
    assert_int_equal(d->n_paragraphs, 1);
    assert_string_equal(d->paragraph[0]->text, "a b   c\td\ne f g");
    word_document_free(d);
}

static void W5_sizes_in_percent_are_of_the_parent_and_spans_win(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            STYLE("T1", "text", "",
                  TEXT("fo:font-size=\"9pt\" style:font-size-asian=\"16pt\" "
                       "style:font-weight-asian=\"bold\"")),
            "text",
            "<text:p text:style-name=\"Big\">x<text:span text:style-name=\"T1\">通知</text:span></text:p>"),
        ODF_STYLES_PART(STYLE("Standard", "paragraph", "", TEXT("fo:font-size=\"14pt\""))
                            STYLE("Big", "paragraph", "Standard", TEXT("fo:font-size=\"150%\"")),
                        "", ""));
    const struct word_run *run = d->paragraph[0]->first;
    assert_int_equal(run->chars->size, 21 * 12700);
    assert_string_equal(run->chars->size_raw, "150%");
    assert_int_equal(run->next->chars->size, 9 * 12700);
    assert_int_equal(run->next->chars->size_asian, 16 * 12700);
    assert_true(run->next->chars->on & WORD_BOLD_ASIAN);
    assert_false(run->next->chars->on & WORD_BOLD);
    word_document_free(d);
}

static void W4_chinese_fonts_come_from_the_declaration_of_the_same_file(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        "<office:document-content " ODF_NS
        "><office:font-face-decls><style:font-face style:name=\"F\" svg:font-family=\"'Microsoft YaHei', x\"/>"
        "</office:font-face-decls><office:automatic-styles>" STYLE(
            "P1", "paragraph", "",
            TEXT(
                "style:font-name-asian=\"F\" style:font-name=\"Arial\"")) "</office:automatic-styles>"
                                                                          "<office:body><office:text><text:p text:style-name=\"P1\">字</text:p></office:text></office:body>"
                                                                          "</office:document-content>",
        NULL);
    assert_string_equal(d->paragraph[0]->first->chars->asian, "Microsoft YaHei");
    assert_string_equal(d->paragraph[0]->first->chars->latin, "Arial");
    word_document_free(d);
}

static void W22_automatic_styles_of_both_files_are_apart_and_cycles_end(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(STYLE("P1", "paragraph", "A", PARAGRAPH("fo:text-align=\"center\"")), "text",
                    "<text:p text:style-name=\"P1\">body</text:p>"),
        ODF_STYLES_PART(
            STYLE("A", "paragraph", "B", TEXT("fo:font-weight=\"bold\""))
                STYLE("B", "paragraph", "A", PARAGRAPH("fo:text-indent=\"1cm\"")),
            STYLE(
                "P1", "paragraph", "",
                PARAGRAPH(
                    "fo:text-align=\"end\"")) "<style:page-layout style:name=\"L\"><style:page-layout-properties fo:page-width=\"21cm\" "
                                              "fo:page-height=\"29.7cm\" fo:margin-top=\"1cm\"/><style:header-style>"
                                              "<style:header-footer-properties fo:min-height=\"1.5cm\"/></style:header-style></style:page-layout>",
            "<style:master-page style:name=\"Standard\" style:page-layout-name=\"L\"><style:header>"
            "<text:p text:style-name=\"P1\">head <text:page-number>1</text:page-number></text:p>"
            "</style:header></style:master-page>"));
    const struct word_paragraph *p = d->paragraph[0];
    assert_string_equal(p->format->align, "center");
    assert_string_equal(p->format->style, "A");
    assert_true(p->chars->on & WORD_BOLD);
    assert_int_equal(p->format->first.emu, 360000);
    const struct word_section *s = d->section[0];
    assert_int_equal(s->margin[WORD_TOP], 900000); /* the header's height is part of it */
    const struct word_paragraph *head = word_next_paragraph(s->header[WORD_PAGE_DEFAULT], NULL);
    assert_string_equal(head->format->align, "right");
    assert_string_equal(head->text, "head 1");
    assert_string_equal(d->field->name, "PAGE");
    word_document_free(d);
}

static void W13_W15_W20_indents_lines_and_drop_caps(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            STYLE(
                "P1", "paragraph", "",
                "<style:paragraph-properties fo:text-indent=\"0.74cm\" fo:line-height=\"150%\" "
                "fo:margin-top=\"6pt\" fo:break-before=\"page\"><style:drop-cap style:lines=\"3\" "
                "style:length=\"1\" style:distance=\"0.2cm\"/><style:tab-stops><style:tab-stop "
                "style:position=\"2cm\" style:type=\"right\" style:leader-style=\"dotted\"/></style:tab-stops>"
                "</style:paragraph-properties>")
                STYLE("P2", "paragraph", "", PARAGRAPH("style:line-height-at-least=\"20pt\"")),
            "text", "<text:p text:style-name=\"P1\">a</text:p><text:p text:style-name=\"P2\">b</text:p>"),
        NULL);
    const struct word_format *f = d->paragraph[0]->format;
    assert_int_equal(f->first.emu, 266400);
    assert_int_equal(f->line, 1500);
    assert_int_equal(f->before.emu, 76200);
    assert_true(f->page_break_before);
    assert_int_equal(f->drop_lines, 3);
    assert_string_equal(f->tab[0].leader, "dot");
    assert_int_equal(d->paragraph[1]->format->line_rule, WORD_LINE_AT_LEAST);
    assert_int_equal(d->paragraph[1]->format->line, 254000);
    word_document_free(d);
}

static void W24_lists_have_levels_and_formats(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" "
            "style:num-format=\"1\" style:num-suffix=\".\"/><text:list-level-style-bullet text:level=\"2\" "
            "text:bullet-char=\"•\"/></text:list-style>",
            "text",
            "<text:list text:style-name=\"L1\"><text:list-item><text:p>a</text:p><text:list><text:list-item>"
            "<text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>"),
        NULL);
    const struct word_list *a = d->paragraph[0]->format->list, *b = d->paragraph[1]->format->list;
    assert_string_equal(a->format, "decimal");
    assert_string_equal(a->text, "%1.");
    assert_string_equal(b->format, "bullet");
    assert_int_equal(b->level, 2);
    assert_int_equal(a->id, b->id);
    word_document_free(d);
}

static void W28_columns_make_a_section_of_their_own(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            "<style:style style:name=\"S\" style:family=\"section\"><style:section-properties><style:columns "
            "fo:column-count=\"2\" fo:column-gap=\"1cm\"><style:column-sep style:width=\"0.01cm\" style:style=\"none\"/>"
            "</style:columns>"
            "</style:section-properties></style:style>",
            "text",
            "<text:p>a</text:p><text:section text:style-name=\"S\"><text:p>b</text:p></text:section><text:p>c</text:p>"),
        NULL);
    assert_int_equal(d->n_sections, 3);
    assert_int_equal(d->paragraph[1]->section, 1);
    assert_int_equal(d->section[1]->columns, 2);
    assert_true(d->section[1]->column_separator);
    assert_int_equal(d->section[1]->column_space, 360000);
    assert_int_equal(d->section[2]->columns, 1);
    word_document_free(d);
}

static void W36_W38_tables_are_told_as_in_OOXML(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            STYLE("C", "table-cell", "",
                  "<style:table-cell-properties fo:border-left=\"0.5pt solid #000000\" "
                  "fo:border-right=\"none\" fo:background-color=\"#ffff00\"/>"),
            "text",
            "<table:table><table:table-column table:number-columns-repeated=\"3\"/><table:table-header-rows>"
            "<table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\">"
            "<text:p>合并</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:style-name=\"C\"/>"
            "</table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell "
            "table:number-columns-repeated=\"2\"/><table:table-cell><table:table><table:table-column/><table:table-row>"
            "<table:table-cell><text:p>内</text:p></table:table-cell></table:table-row></table:table></table:table-cell>"
            "</table:table-row></table:table>"),
        NULL);
    const struct word_table *t = d->table[0];
    assert_int_equal(d->n_tables, 1);
    assert_int_equal(t->n_rows, 2);
    assert_int_equal(t->n_columns, 3);
    assert_true(t->first->header);
    assert_int_equal(t->first->first->span, 2);
    assert_int_equal(t->first->first->row_span, 2);
    assert_int_equal(t->first->n_cells, 2);
    assert_true(t->last->first->covered);
    assert_string_equal(t->first->first->border[WORD_RIGHT].kind, "single"); /* its neighbour's left */
    assert_int_equal(t->first->last->shading, 0xffff00);
    word_document_free(d);
}

static void W43_W44_W47_things_in_a_paragraph(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            "<style:style style:name=\"G\" style:family=\"graphic\"><style:graphic-properties "
            "style:wrap=\"parallel\"/></style:style>",
            "text",
            "<text:p><text:bookmark-start text:name=\"m\"/>here<text:bookmark-end text:name=\"m\"/>"
            "<text:a xlink:href=\"https://example.org/\">go</text:a><text:note text:note-class=\"footnote\">"
            "<text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p></text:note-body></text:note>"
            "<office:annotation><dc:creator>L</dc:creator><text:p>why</text:p></office:annotation>"
            "<draw:frame draw:style-name=\"G\" text:anchor-type=\"paragraph\" svg:width=\"2cm\" svg:height=\"1cm\">"
            "<draw:text-box><text:p>box</text:p></draw:text-box></draw:frame><draw:custom-shape svg:width=\"1cm\" "
            "svg:height=\"1cm\"><draw:enhanced-geometry draw:type=\"round-rectangle\"/></draw:custom-shape></text:p>"),
        NULL);
    assert_string_equal(d->paragraph[0]->text, "herego");
    assert_string_equal(d->bookmark->text, "here");
    assert_string_equal(d->link->address, "https://example.org/");
    assert_string_equal(word_flow_text(d->note->flow, d->arena), "foot");
    assert_string_equal(d->comment->author, "L");
    assert_string_equal(d->object->wrap, "square");
    assert_int_equal(d->object->width, 720000);
    assert_string_equal(word_flow_text(d->object->flow, d->arena), "box");
    assert_string_equal(d->object->next->shape, "roundRect");
    word_document_free(d);
}

static void W48_a_table_of_contents_is_its_entries(void **state)
{
    (void)state;
    struct word_document *d = read_text(
        ODF_CONTENT(
            "", "text",
            "<text:table-of-content><text:table-of-content-source text:outline-level=\"3\"/><text:index-body>"
            "<text:index-title><text:p>目录</text:p></text:index-title><text:p>第一章<text:tab/>2</text:p>"
            "</text:index-body></text:table-of-content><text:h text:outline-level=\"2\">第一章</text:h>"),
        NULL);
    assert_int_equal(d->toc->to, 3);
    assert_string_equal(d->toc->first->text, "第一章");
    assert_string_equal(d->toc->first->page, "2");
    assert_null(d->toc->first->next);
    assert_int_equal(d->paragraph[2]->format->outline, 2);
    word_document_free(d);
}

static void a_flat_file_is_the_same_document(void **state)
{
    (void)state;
    const char *flat = "<?xml version=\"1.0\"?><office:document " ODF_NS "><office:styles>" STYLE(
        "Standard", "paragraph", "",
        TEXT(
            "fo:font-weight=\"bold\"")) "</office:styles><office:body><office:text>"
                                        "<text:p text:style-name=\"Standard\">x</text:p></office:text></office:body></office:document>";
    struct word_document *d = NULL;
    struct err e = {0};
    assert_true(odf_recognised(span_str(flat)));
    assert_done(odf_read_text(&d, "a.fodt", span_str(flat), &e), e);
    assert_true(d->paragraph[0]->chars->on & WORD_BOLD);
    assert_string_equal(d->paragraph[0]->format->style, "Normal");
    word_document_free(d);
}

static void what_is_no_text_document_is_told(void **state)
{
    (void)state;
    assert_fault(odf_file("text", ODF_CONTENT("", "spreadsheet", ""), NULL), FAULT_WRONG_TYPE);
    assert_fault(odf_file("text", "<!DOCTYPE x>" ODF_CONTENT("", "text", ""), NULL), XML_TREE_DTD);
    struct zip_made locked[] = {
        {.name = "content.xml", .text = "\x01\x02 not XML"},
        {.name = "META-INF/manifest.xml",
         .text = "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry "
                 "m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry></m:manifest>"},
        {0}};
    assert_fault(office_opendocument("text", locked), FAULT_ENCRYPTED);
}

static void a_doctype_in_a_part_that_nobody_needs_does_not_matter(void **state)
{
    (void)state;
    struct zip_made part[] = {{.name = "content.xml", .text = ODF_CONTENT("", "text", "<text:p>x</text:p>")},
                              {.name = "meta.xml", .text = "<!DOCTYPE m><m/>"},
                              {.name = "META-INF/manifest.xml", .text = "<!DOCTYPE m><m/>"},
                              {0}};
    struct bytes file = office_opendocument("text", part);
    struct word_document *d = NULL;
    struct err e = {0};
    assert_done(odf_read_text(&d, "a.odt", bytes_span(&file), &e), e);
    assert_int_equal(d->n_paragraphs, 1);
    word_document_free(d);
    bytes_release(&file);
}

static void three_thousand_nested_lists_are_refused_and_do_not_overflow(void **state)
{
    (void)state;
    struct bytes content = {0};
    bytes_str(&content, "<office:document-content " ODF_NS "><office:body><office:text>");
    for (int i = 0; i < 3000; i++)
        bytes_str(&content, "<text:list><text:list-item>");
    bytes_str(&content, "<text:p>x</text:p>");
    for (int i = 0; i < 3000; i++)
        bytes_str(&content, "</text:list-item></text:list>");
    bytes_str(&content, "</office:text></office:body></office:document-content>");
    assert_fault(odf_file("text", (const char *)content.p, NULL), XML_TREE_LIMIT);
    bytes_release(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_of_every_unit_are_exact),
        cmocka_unit_test(W1_blanks_tabs_and_deletions_are_read_as_shown),
        cmocka_unit_test(W4_chinese_fonts_come_from_the_declaration_of_the_same_file),
        cmocka_unit_test(W5_sizes_in_percent_are_of_the_parent_and_spans_win),
        cmocka_unit_test(W13_W15_W20_indents_lines_and_drop_caps),
        cmocka_unit_test(W22_automatic_styles_of_both_files_are_apart_and_cycles_end),
        cmocka_unit_test(W24_lists_have_levels_and_formats),
        cmocka_unit_test(W28_columns_make_a_section_of_their_own),
        cmocka_unit_test(W36_W38_tables_are_told_as_in_OOXML),
        cmocka_unit_test(W43_W44_W47_things_in_a_paragraph),
        cmocka_unit_test(W48_a_table_of_contents_is_its_entries),
        cmocka_unit_test(a_flat_file_is_the_same_document),
        cmocka_unit_test(what_is_no_text_document_is_told),
        cmocka_unit_test(a_doctype_in_a_part_that_nobody_needs_does_not_matter),
        cmocka_unit_test(three_thousand_nested_lists_are_refused_and_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
