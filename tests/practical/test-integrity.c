/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens in start files, and traces between candidates' files. */
#include "tests/check.h"

#include "base/text.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/rules/integrity.h"
#include "base/token.h"
#include "tests/practical/office-kit.h"

#define TYPES                                                                                                \
    "<Types xmlns=\"" OFFICE_OOXML                                                                           \
    "package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
#define DOCUMENT "<w:document " OFFICE_W "><w:body/></w:document>"

static struct bytes docx(const char *settings, const char *core, const char *picture)
{
    const struct zip_made part[] = {
        {.name = "[Content_Types].xml", .text = TYPES},     {.name = "word/document.xml", .text = DOCUMENT},
        {.name = "word/settings.xml", .text = settings},    {.name = "docProps/core.xml", .text = core},
        {.name = "word/media/image1.png", .text = picture}, {0}};
    return office_package("word/document.xml", part);
}

static struct bytes plain(void)
{
    return docx("<w:settings " OFFICE_W "/>", "<core/>", "PNG");
}

static void odt_meta(struct bytes *ret, const char *inside)
{
    char meta[800];
    snprintf(
        meta, sizeof meta,
        "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"><office:meta>%s</office:meta></office:document-meta>",
        inside);
    const struct zip_made part[] = {
        {.name = "meta.xml", .text = meta}, {.name = "content.xml", .text = "<a/>"}, {0}};
    *ret = office_opendocument("text", part);
}

static const char *token_of(struct arena *a, struct span file)
{
    const char *token;
    struct err e;
    assert_done(token_read("x", file, a, &token, &e), e);
    return token;
}

static void stamped(struct bytes *file, const char *token)
{
    struct bytes out = {0};
    struct err e;
    assert_done(token_stamp("x.docx", bytes_span(file), token, &out, &e), e);
    bytes_release(file);
    *file = out;
}

static void a_token_goes_in_and_comes_out_and_the_rest_stays(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes file = plain(), text = {0};
    struct parts *p;
    struct err e;
    assert_null(token_of(a, bytes_span(&file)));
    stamped(&file, "2026-1/0007");
    assert_string_equal(token_of(a, bytes_span(&file)), "2026-1/0007");
    assert_done(parts_open(&p, "x", bytes_span(&file), &e), e);
    assert_done(parts_read(p, "word/document.xml", 10000, &text, &e), e);
    assert_string_equal((const char *)text.p, DOCUMENT);
    bytes_release(&text);
    assert_done(parts_read(p, "[Content_Types].xml", 10000, &text, &e), e);
    assert_non_null(strstr((const char *)text.p, "PartName=\"/docProps/custom.xml\""));
    parts_close(p);
    bytes_release(&text);
    bytes_release(&file);
    arena_free(a);
}

static void a_new_token_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes once = plain(), twice = plain();
    stamped(&once, "b");
    stamped(&twice, "aaaa");
    stamped(&twice, "b");
    assert_string_equal(token_of(a, bytes_span(&twice)), "b");
    size_t first = twice.n;
    stamped(&twice, "c");
    assert_int_equal(twice.n, first);
    bytes_release(&once);
    bytes_release(&twice);
    arena_free(a);
}

static void the_same_file_and_token_give_the_same_bytes(void **state)
{
    (void)state;
    struct bytes x = plain(), y = plain();
    stamped(&x, "t");
    stamped(&y, "t");
    assert_true(span_equal(bytes_span(&x), bytes_span(&y)));
    bytes_release(&x);
    bytes_release(&y);
}

static void OpenDocument_carries_it_in_its_meta(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes file;
    odt_meta(&file, "<meta:user-defined meta:name=\"Info\">x</meta:user-defined>");
    stamped(&file, "s1/42");
    assert_string_equal(token_of(a, bytes_span(&file)), "s1/42");
    stamped(&file, "s1/43");
    assert_string_equal(token_of(a, bytes_span(&file)), "s1/43");
    assert_memory_equal(file.p + 30, "mimetype", 8);
    bytes_release(&file);
    arena_free(a);
}

static void what_carries_no_token_is_refused(void **state)
{
    (void)state;
    struct bytes file = plain(), out = {0};
    struct err e;
    assert_refused(token_stamp("x.txt", span_str("plain text"), "t", &out, &e), ERR_DATA, "", e);
    assert_refused(token_stamp("x.docx", bytes_span(&file), "a<b", &out, &e), ERR_DATA, "no token", e);
    assert_refused(token_stamp("x.docx", bytes_span(&file), "", &out, &e), ERR_DATA, "no token", e);
    assert_int_equal(out.n, 0);
    bytes_release(&file);
    bytes_release(&out);
}

static void a_token_names_session_candidate_and_item(void **state)
{
    (void)state;
    char token[TOKEN_MAX + 1];
    assert_string_equal(token_for(token, "am1", "4201", "k1"), "kc:am1:4201:k1");
    assert_string_equal(token_for(token, "a<1", "4 2", "k"), "kc:a_1:4_2:k");
    assert_true(token_fits("表/成绩.XLSX"));
    assert_true(token_fits("a.odp"));
    assert_false(token_fits("a.txt"));
    assert_false(token_fits("docx"));
}

/* Nothing grows: of entries that share their data a file of any size could be made. */
static void a_file_whose_parts_share_their_data_is_not_changed(void **state)
{
    (void)state;
    struct bytes file = plain(), out = {0};
    struct err e;
    uint8_t *last = NULL;
    uint32_t first = 0;
    for (size_t i = 0; i + 46 < file.n; i++)
        if (memcmp(file.p + i, "PK\1\2", 4) == 0) {
            first = last ? first : le32(file.p + i + 42);
            last = file.p + i;
        }
    assert_non_null(last);
    put_le32(last + 42, first);
    put_le32(last + 20, (uint32_t)file.n - first - 200);
    assert_refused(token_stamp("x.docx", bytes_span(&file), "t", &out, &e), ERR_DATA, "", e);
    assert_int_equal(out.n, 0);
    bytes_release(&file);
    bytes_release(&out);
}

struct told {
    char line[40][600];
    size_t n;
};

static void note(void *context, const struct trace *t)
{
    struct told *told = context;
    struct bytes b = {0};
    bytes_printf(&b, "%s %s %zu:", trace_kind_name(t->kind),
                 t->kind == TRACE_FILE || t->kind == TRACE_PART ? "#" : t->value, t->shared);
    for (size_t i = 0; i < t->n_files; i++)
        bytes_printf(&b, " %s", t->file[i]);
    assert_in_range(told->n, 0, 39);
    snprintf(told->line[told->n++], sizeof told->line[0], "%s", (const char *)b.p);
    bytes_release(&b);
}

static bool was_told(const struct told *told, const char *line)
{
    for (size_t i = 0; i < told->n; i++)
        if (strcmp(told->line[i], line) == 0)
            return true;
    return false;
}

static void add(struct traces *t, const char *candidate, struct bytes file)
{
    struct practical_file f = {.path = "通知.docx", .bytes = bytes_span(&file)};
    struct practical_folder folder = {&f, 1};
    struct err e;
    collect_describe(&f);
    assert_done(traces_add(t, candidate, &folder, &e), e);
    bytes_release(&file);
}

#define RSIDS(INSIDE)                                                                                        \
    "<w:settings " OFFICE_W "><w:rsids><w:rsidRoot w:val=\"00AA0001\"/>" INSIDE "</w:rsids></w:settings>"
#define CORE(WHO, WHEN)                                                                                      \
    "<c><dc:creator xmlns:dc=\"d\">" WHO "</dc:creator><dcterms:created xmlns:dcterms=\"t\">" WHEN           \
    "</dcterms:created></c>"

static void what_two_candidates_share_and_the_start_has_not_is_listed(void **state)
{
    (void)state;
    struct traces *t = traces_new();
    struct told told = {0};
    add(t, NULL, docx(RSIDS(""), CORE("老师", "2026-01-01"), "S"));
    add(t, "甲",
        docx(RSIDS("<w:rsid w:val=\"00BB0001\"/><w:rsid w:val=\"00BB0002\"/>"),
             CORE("小王", "2026-05-01T08:00:00Z"), "P"));
    add(t, "乙",
        docx(RSIDS("<w:rsid w:val=\"00BB0001\"/><w:rsid w:val=\"00BB0002\"/>"),
             CORE("小王", "2026-05-01T08:00:00Z"), "Q"));
    add(t, "丙", docx(RSIDS("<w:rsid w:val=\"00CC0001\"/>"), CORE("老师", "2026-01-01"), "P"));
    traces_tell(t, note, &told);
    assert_true(was_told(&told, "rsid editing sessions 2: 乙/通知.docx 甲/通知.docx"));
    assert_true(was_told(&told, "creator creator 小王 1: 乙/通知.docx 甲/通知.docx"));
    assert_true(was_told(&told, "created 2026-05-01T08:00:00Z 1: 乙/通知.docx 甲/通知.docx"));
    assert_true(was_told(&told, "part # 1: 丙/通知.docx 甲/通知.docx"));
    assert_int_equal(told.n, 4);
    traces_free(t);
}

static struct bytes with_token(const char *token, const char *picture)
{
    struct bytes b = docx("<w:settings " OFFICE_W "/>", "<core/>", picture);
    if (token)
        stamped(&b, token);
    return b;
}

static void a_copied_token_is_listed_and_a_lost_one_is_a_flag(void **state)
{
    (void)state;
    struct traces *t = traces_new();
    struct told told = {0};
    add(t, "1", with_token("s/1", "A"));
    add(t, "2", with_token("s/1", "B"));
    add(t, "3", with_token(NULL, "C"));
    add(t, "4", with_token("s/4", "D"));
    traces_tell(t, note, &told);
    assert_true(was_told(&told, "token s/1 1: 1/通知.docx 2/通知.docx"));
    assert_true(was_told(&told, "token-lost  1: 3/通知.docx"));
    assert_int_equal(told.n, 2);
    traces_free(t);
}

static void what_everybody_has_is_no_trace_and_order_does_not_matter(void **state)
{
    (void)state;
    struct told told[2] = {0};
    for (int way = 0; way < 2; way++) {
        struct traces *t = traces_new();
        for (int i = 0; i < 25; i++) {
            char who[8], picture[8];
            int k = way ? 24 - i : i;
            snprintf(who, sizeof who, "%02d", k);
            snprintf(picture, sizeof picture, "P%d", k / 2);
            add(t, who, docx("<w:settings " OFFICE_W "/>", CORE("User", "2026"), picture));
        }
        traces_tell(t, note, &told[way]);
        traces_free(t);
    }
    assert_int_equal(told[0].n, 24);
    for (size_t i = 0; i < told[0].n; i++)
        assert_string_equal(told[0].line[i], told[1].line[i]);
}

static void files_that_cannot_be_read_are_passed_over(void **state)
{
    (void)state;
    struct traces *t = traces_new();
    struct told told = {0};
    struct bytes rubbish = {0};
    bytes_str(&rubbish, "PK\x03\x04 nothing");
    add(t, "1", rubbish);
    add(t, "2", with_token("s/2", "A"));
    traces_tell(t, note, &told);
    assert_int_equal(told.n, 1);
    assert_true(was_told(&told, "token-lost  1: 1/通知.docx"));
    traces_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_goes_in_and_comes_out_and_the_rest_stays),
        cmocka_unit_test(a_new_token_takes_the_place_of_the_old_one),
        cmocka_unit_test(the_same_file_and_token_give_the_same_bytes),
        cmocka_unit_test(OpenDocument_carries_it_in_its_meta),
        cmocka_unit_test(what_carries_no_token_is_refused),
        cmocka_unit_test(a_token_names_session_candidate_and_item),
        cmocka_unit_test(a_file_whose_parts_share_their_data_is_not_changed),
        cmocka_unit_test(what_two_candidates_share_and_the_start_has_not_is_listed),
        cmocka_unit_test(a_copied_token_is_listed_and_a_lost_one_is_a_flag),
        cmocka_unit_test(what_everybody_has_is_no_trace_and_order_does_not_matter),
        cmocka_unit_test(files_that_cannot_be_read_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
