/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "base/xml.h"

static const char schema[] = "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0' "
                             "datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
                             "<oneOrMore><element name='b'><attribute name='n'><data type='integer'/></attribute>"
                             "</element></oneOrMore></element>";

static int read_text(struct xml_doc **d, const char *text, struct err *e)
{
    return xml_read(d, "t.xml", span_str(text), NULL, e);
}

static void a_tree_is_walked_by_names_and_namespaces(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    assert_done(read_text(&d, "<a xmlns='u:1' x='1 &lt; 2'>one<!-- c --><b/><p:b xmlns:p='u:2' p:y='z'/>"
                              "<b>t<i>w</i>o</b></a>", &e), e);
    const struct xml_node *root = xml_root(d);
    assert_string_equal(xml_ns(root), "u:1");
    assert_string_equal(xml_attr(d, root, "x"), "1 < 2");
    assert_null(xml_attr(d, root, "y"));
    assert_true(xml_is_text(xml_first(root)));
    assert_string_equal(xml_text(xml_first(root)), "one");
    const struct xml_node *b = xml_child(root, "b");
    assert_string_equal(xml_attr_ns(d, xml_next_element(b), "u:2", "y"), "z");
    const struct xml_node *last = xml_next_same(b);
    struct arena *a = arena_new();
    assert_string_equal(xml_content(last, a), "two");
    assert_null(xml_next_same(last));
    assert_ptr_equal(xml_parent(last), root);
    assert_null(xml_parent(root));
    arena_free(a);
    xml_free(d);
}

static void a_doctype_is_refused_with_its_line(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    assert_refused(read_text(&d, "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                             &e), ERR_DATA, "DOCTYPE", e);
    assert_string_equal(e.where, "t.xml:2");
    assert_refused(read_text(&d, "<!DOCTYPE a><a/>", &e), ERR_DATA, "DOCTYPE", e);
}

static void what_is_not_well_formed_names_its_line(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    assert_refused(read_text(&d, "<a>\n\n<b></a>", &e), ERR_DATA, "not well-formed", e);
    assert_string_equal(e.where, "t.xml:3");
    assert_refused(read_text(&d, "", &e), ERR_DATA, "empty", e);
    assert_int_equal(read_text(&d, "<a>&nbsp;</a>", &e), -ERR_DATA);
    assert_int_equal(read_text(&d, "<a>\xC4\xE3</a>", &e), -ERR_DATA);
    assert_int_equal(read_text(&d, "<a/><b/>", &e), -ERR_DATA);
}

static void limits_hold(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    struct xml_limits small = {.bytes = 100, .elements = 5, .depth = 3};
    assert_refused(xml_read(&d, "t", span_str("<a><b><c><d/></c></b></a>"), &small, &e), ERR_DATA, "deeper", e);
    assert_refused(xml_read(&d, "t", span_str("<a><b/><b/><b/><b/><b/></a>"), &small, &e), ERR_DATA, "elements", e);
    struct bytes big = {0};
    bytes_str(&big, "<a>");
    for (int i = 0; i < 100; i++)
        bytes_str(&big, "x");
    bytes_str(&big, "</a>");
    assert_refused(xml_read(&d, "t", bytes_span(&big), &small, &e), ERR_DATA, "larger", e);
    bytes_release(&big);
}

static void a_document_declared_gbk_is_read(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    assert_done(read_text(&d, "<?xml version='1.0' encoding='GBK'?><a>\xBF\xBC\xB3\xA1</a>", &e), e);
    assert_string_equal(xml_text(xml_first(xml_root(d))), "考场");
    xml_free(d);
}

static void needed_attributes_are_checked(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    int64_t v;
    points_t p;
    assert_done(read_text(&d, "<a n='12' m='x' p='2.5' o='99'/>", &e), e);
    const struct xml_node *a = xml_root(d);
    assert_done(xml_need_int(d, a, "n", 0, 20, &v, &e), e);
    assert_int_equal(v, 12);
    assert_refused(xml_need_int(d, a, "o", 0, 20, &v, &e), ERR_DATA, "from 0 to 20", e);
    assert_refused(xml_need_int(d, a, "m", 0, 20, &v, &e), ERR_DATA, "whole number", e);
    assert_refused(xml_need_int(d, a, "z", 0, 20, &v, &e), ERR_DATA, "no attribute", e);
    assert_done(xml_need_points(d, a, "p", &p, &e), e);
    assert_int_equal(p.milli, 2500);
    xml_free(d);
}

static void count_line(void *context, unsigned line, const char *message)
{
    (void)message;
    *(unsigned *)context = *(unsigned *)context * 10 + line;
}

static void a_schema_names_every_line_that_breaks_it(void **state)
{
    (void)state;
    struct xml_doc *d;
    struct err e;
    unsigned lines = 0;
    assert_done(read_text(&d, "<a>\n<b n='1'/>\n</a>", &e), e);
    assert_done(xml_validate(d, "t.rng", span_str(schema), count_line, &lines, &e), e);
    assert_int_equal(lines, 0);
    xml_free(d);
    assert_done(read_text(&d, "<a>\n<b n='x'/>\n</a>", &e), e);
    assert_int_equal(xml_validate(d, "t.rng", span_str(schema), count_line, &lines, &e), -ERR_DATA);
    assert_true(lines != 0);
    assert_string_equal(e.where, "t.xml:2");
    xml_free(d);
}

struct met {
    struct bytes all;
    int n, stop_at;
};

static int on_record(void *context, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    struct met *m = context;
    bytes_printf(&m->all, "%s/%s:%u=%s ", xml_name(xml_parent(n)), xml_name(n), xml_line(n), xml_attr(d, n, "v"));
    return ++m->n == m->stop_at ? err_set(e, ERR_NO, "here", "enough") : 0;
}

static int read_records(struct met *m, const char *text, struct err *e)
{
    struct span s = span_str(text);
    const struct xml_limits small = {.bytes = 40000, .elements = 6, .depth = 5};
    return xml_records("t.xml", xml_span_source, &s, "r", 3, &small, on_record, m, e);
}

static void a_long_document_is_read_record_by_record(void **state)
{
    (void)state;
    struct met m = {0};
    struct err e = {0};
    assert_done(read_records(&m, "<r><a><x v='1'><y/></x>\n</a><b><x v='2'/>\n<z v='3'/></b></r>", &e), e);
    assert_string_equal((const char *)m.all.p, "a/x:1=1 b/x:2=2 b/z:3=3 ");
    bytes_release(&m.all);
    struct bytes text = {0};
    bytes_str(&text, "<r><a>");
    for (int i = 0; i < 5000; i++) /* far beyond both limits, which hold for one record */
        bytes_str(&text, "<x v='one'><y/></x>\n");
    bytes_str(&text, "</a></r>");
    m = (struct met){0};
    assert_done(read_records(&m, (const char *)text.p, &e), e);
    assert_int_equal(m.n, 5000);
    bytes_release(&m.all);
    bytes_release(&text);
}

static void records_are_refused_where_a_document_would_be(void **state)
{
    (void)state;
    struct {
        const char *text, *words, *where;
        int records;
    } bad[] = {
        {"<s><a><x/></a></s>", "another kind of document", "t.xml:1", 0},
        {"<r><a><x/>\n<x></a></r>", "not well-formed", "t.xml:2", 1},
        {"<!DOCTYPE r><r><a><x/></a></r>", "DOCTYPE", "t.xml:1", 0},
        {"<r><a><x/><x><y/><y/><y/><y/><y/><y/></x></a></r>", "more elements", "t.xml:1", 1},
        {"<r><a><x><y><y><y><y/></y></y></y></x></a></r>", "nested deeper", "t.xml:1", 0},
        {"", "empty", "t.xml", 0},
        {"<r><a><x/>", "not well-formed", "t.xml:1", 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct met m = {0};
        struct err e = {0};
        assert_refused(read_records(&m, bad[i].text, &e), ERR_DATA, bad[i].words, e);
        assert_string_equal(e.where, bad[i].where);
        assert_int_equal(m.n, bad[i].records);
        bytes_release(&m.all);
    }
    struct met m = {.stop_at = 2};
    struct err e = {0};
    assert_refused(read_records(&m, "<r><a><x/><x/><x/></a></r>", &e), ERR_NO, "enough", e);
    assert_int_equal(m.n, 2);
    bytes_release(&m.all);
}

static void canonical_writing_is_byte_exact(void **state)
{
    (void)state;
    struct bytes out = {0};
    struct xml_out o;
    struct err e;
    xml_begin(&o, &out);
    xml_open(&o, "a");
    xml_put(&o, "xmlns", "u:1");
    xml_put_int(&o, "n", -3);
    xml_put_points(&o, "p", points_milli(1500));
    xml_open(&o, "b");
    xml_put_text(&o, "1 < 2 & \"三\"\n");
    xml_close(&o);
    xml_open(&o, "c");
    xml_close(&o);
    xml_close(&o);
    assert_done(xml_end(&o, &e), e);
    assert_string_equal((const char *)out.p,
                        "<a xmlns=\"u:1\" n=\"-3\" p=\"1.5\"><b>1 &lt; 2 &amp; &quot;三&quot;\n</b><c></c></a>\n");
    bytes_release(&out);
}

static void canonical_writing_refuses_control_characters(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x01", "a\rb", "\xFF"};
    for (size_t i = 0; i < 3; i++) {
        struct bytes out = {0};
        struct xml_out o;
        struct err e;
        xml_begin(&o, &out);
        xml_open(&o, "a");
        xml_put_text(&o, bad[i]);
        xml_close(&o);
        assert_int_equal(xml_end(&o, &e), -ERR_DATA);
        bytes_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_is_walked_by_names_and_namespaces),
        cmocka_unit_test(a_doctype_is_refused_with_its_line),
        cmocka_unit_test(what_is_not_well_formed_names_its_line),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(a_document_declared_gbk_is_read),
        cmocka_unit_test(needed_attributes_are_checked),
        cmocka_unit_test(a_schema_names_every_line_that_breaks_it),
        cmocka_unit_test(a_long_document_is_read_record_by_record),
        cmocka_unit_test(records_are_refused_where_a_document_would_be),
        cmocka_unit_test(canonical_writing_is_byte_exact),
        cmocka_unit_test(canonical_writing_refuses_control_characters),
    };
    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
