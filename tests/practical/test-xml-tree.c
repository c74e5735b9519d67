/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/xml-tree.h"

enum { NS_ONE = 1, NS_MC = 2 };

static const struct xml_tree_namespace names[] = {
    {"urn:one", NS_ONE}, {"urn:one:strict", NS_ONE}, {"urn:mc", NS_MC}, {NULL, 0}};

static int read_with(struct span data, struct xml_tree_options o, struct xml_tree **ret, struct err *e)
{
    o.ns = names;
    return xml_tree_read(ret, "t.xml", data, &o, e);
}

static struct xml_tree *read_text(const char *xml)
{
    struct xml_tree *t = NULL;
    struct err e;
    assert_done(read_with(span_str(xml), (struct xml_tree_options){.alternates_ns = NS_MC}, &t, &e), e);
    return t;
}

static void assert_fault(struct span data, struct xml_tree_options o, int fault)
{
    struct xml_tree *t = NULL;
    struct err e = {0};
    assert_int_equal(read_with(data, o, &t, &e), -ERR_DATA);
    assert_int_equal(e.code, fault);
    assert_null(t);
    assert_non_null(strstr(e.where, "t.xml"));
}

static void assert_text(const struct xml_tree_node *n, const char *wanted)
{
    struct bytes b = {0};
    assert_non_null(n);
    bytes_str(&b, "");
    xml_tree_text(n, &b);
    assert_string_equal(b.p ? (const char *)b.p : "", wanted);
    bytes_release(&b);
}

static void names_go_by_namespace_not_by_prefix(void **state)
{
    (void)state;
    struct xml_tree *t = read_text("<q:r xmlns:q='urn:one' xmlns:s='urn:one:strict' xmlns:o='urn:other'>"
                                   "<s:a k='1' q:k='2' o:k='3'/><o:a/><a/></q:r>");
    const struct xml_tree_node *a = xml_tree_child(xml_tree_root(t), NS_ONE, "a");
    assert_true(xml_tree_is(xml_tree_root(t), NS_ONE, "r"));
    assert_string_equal(xml_tree_attr(a, 0, "k"), "1");
    assert_string_equal(xml_tree_attr(a, NS_ONE, "k"), "2");
    assert_int_equal(a->n_attributes, 3);
    assert_true(a->attribute[2].foreign);
    assert_null(xml_tree_next(a, NS_ONE, "a"));
    assert_int_equal(xml_tree_next_element(a)->ns, 0);
    assert_null(xml_tree_attr(NULL, 0, "k"));
    assert_null(xml_tree_child(NULL, 0, "k"));
    xml_tree_free(t);
}

static void texts_are_joined_and_white_space_kept(void **state)
{
    (void)state;
    struct xml_tree *t = read_text("<r> a<!-- b -->&lt;<![CDATA[c<]]><?p d?>&#x4e2d; <e/>z</r>");
    const struct xml_tree_node *first = xml_tree_root(t)->first;
    assert_string_equal(first->text, " a<c<中 ");
    assert_string_equal(first->next->name, "e");
    assert_text(xml_tree_root(t), " a<c<中 z");
    xml_tree_free(t);
}

static void references_in_attributes_are_what_they_stand_for(void **state)
{
    (void)state;
    struct xml_tree *t = read_text("<r a='x&amp;y&lt;z&quot;' b='&#38;amp;&#x4e2d;'/>");
    assert_string_equal(xml_tree_attr(xml_tree_root(t), 0, "a"), "x&y<z\"");
    assert_string_equal(xml_tree_attr(xml_tree_root(t), 0, "b"), "&amp;中");
    xml_tree_free(t);
    assert_fault(span_str("<!DOCTYPE r [<!ENTITY e 'x'>]><r a='&e;'/>"), (struct xml_tree_options){0},
                 XML_TREE_DTD);
    assert_fault(span_str("<r a='&e;'/>"), (struct xml_tree_options){0}, XML_TREE_MALFORMED);
}

static void a_walk_is_in_document_order(void **state)
{
    (void)state;
    struct xml_tree *t = read_text("<r>x<a><b/>y<c/></a>\n<d/></r>");
    const struct xml_tree_node *top = xml_tree_root(t), *n = top;
    struct bytes seen = {0};
    while ((n = xml_tree_walk(top, n)))
        bytes_str(&seen, n->name);
    assert_string_equal(seen.p, "abcd");
    bytes_release(&seen);
    n = xml_tree_walk(top, top);
    assert_string_equal(xml_tree_skip(top, n)->name, "d");
    assert_int_equal(xml_tree_skip(top, n)->line, 2);
    assert_null(xml_tree_skip(top, top));
    xml_tree_free(t);
}

static void a_doctype_is_refused(void **state)
{
    (void)state;
    assert_fault(span_str("<!DOCTYPE r SYSTEM 'http://x.invalid/r.dtd'><r/>"), (struct xml_tree_options){0},
                 XML_TREE_DTD);
    assert_fault(span_str("<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>"), (struct xml_tree_options){0},
                 XML_TREE_DTD);
}

static void what_is_not_well_formed_is_refused(void **state)
{
    static const char *const bad[] = {"",       "<r>",        "<r></q>",  "<r>&a;</r>",  "<r a='1' a='2'/>",
                                      "<p:r/>", "<r>\1</r>",  "<r/><r/>", "<r>\xff</r>", "<r a=b/>",
                                      "text",   "<r>&#0;</r>"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_fault(span_str(bad[i]), (struct xml_tree_options){0}, XML_TREE_MALFORMED);
    assert_fault(span_of("<r>a\0b</r>", 10), (struct xml_tree_options){0}, XML_TREE_MALFORMED);
    assert_fault(span_of("<r>ab</r>\0", 10), (struct xml_tree_options){0}, XML_TREE_MALFORMED);
}

static char *nested(size_t levels)
{
    struct bytes b = {0};
    for (size_t i = 0; i < levels; i++)
        bytes_str(&b, "<a>");
    for (size_t i = 0; i < levels; i++)
        bytes_str(&b, "</a>");
    return (char *)b.p;
}

static void depth_is_limited_whatever_it_is(void **state)
{
    (void)state;
    struct xml_tree *t = NULL;
    struct err e;
    char *deep = nested(60000), *fits = nested(200);
    assert_fault(span_str(deep), (struct xml_tree_options){0}, XML_TREE_LIMIT);
    assert_done(read_with(span_str(deep), (struct xml_tree_options){.max_depth = 60000}, &t, &e), e);
    assert_text(xml_tree_root(t), "");
    xml_tree_free(t);
    assert_done(read_with(span_str(fits), (struct xml_tree_options){0}, &t, &e), e);
    xml_tree_free(t);
    assert_fault(span_str(fits), (struct xml_tree_options){.max_depth = 199}, XML_TREE_LIMIT);
    free(deep);
    free(fits);
}

static void memory_and_size_are_limited(void **state)
{
    struct bytes b = {0}, names_of_all_sorts = {0};
    (void)state;
    bytes_str(&b, "<r>");
    for (int i = 0; i < 20000; i++)
        bytes_str(&b, "<a/>");
    bytes_str(&b, "</r>");
    assert_fault(bytes_span(&b), (struct xml_tree_options){.max_memory = 500000}, XML_TREE_LIMIT);
    assert_fault(bytes_span(&b), (struct xml_tree_options){.max_bytes = b.n - 1}, XML_TREE_LIMIT);
    bytes_str(&names_of_all_sorts, "<r>");
    for (int i = 0; i < 20000; i++)
        bytes_printf(&names_of_all_sorts, "<a%d b%d='%d'/>", i, i, i);
    bytes_str(&names_of_all_sorts, "</r>");
    assert_fault(bytes_span(&names_of_all_sorts), (struct xml_tree_options){.max_memory = 500000},
                 XML_TREE_LIMIT);
    memset(b.p + 3, 'x', b.n - 7);
    assert_fault(bytes_span(&b), (struct xml_tree_options){.max_memory = 50000}, XML_TREE_LIMIT);
    bytes_release(&b);
    bytes_release(&names_of_all_sorts);
}

static struct bytes utf16(const char *text, bool big, bool mark)
{
    struct bytes b = {0};
    const char *end = text + strlen(text);
    for (bool first = mark; first || text < end; first = false) {
        uint32_t c = first ? 0xfeff : utf8_next(&text, end), unit[2] = {c, 0};
        if (c > 0xffff) {
            unit[0] = 0xd800 + ((c - 0x10000) >> 10);
            unit[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        for (int i = 0; i < (c > 0xffff ? 2 : 1); i++) {
            bytes_u8(&b, (uint8_t)(big ? unit[i] >> 8 : unit[i]));
            bytes_u8(&b, (uint8_t)(big ? unit[i] : unit[i] >> 8));
        }
    }
    return b;
}

static void UTF_16_and_byte_order_marks_are_read(void **state)
{
    (void)state;
    static const char xml[] = "<?xml version='1.0' encoding='UTF-16'?><r>考场𠀀</r>";
    for (int i = 0; i < 4; i++) {
        struct bytes b = utf16(xml, i & 1, i & 2);
        struct xml_tree *t = NULL;
        struct err e;
        assert_done(read_with(bytes_span(&b), (struct xml_tree_options){0}, &t, &e), e);
        assert_text(xml_tree_root(t), "考场𠀀");
        xml_tree_free(t);
        assert_fault(span_of(b.p, b.n - 1), (struct xml_tree_options){0}, XML_TREE_MALFORMED);
        bytes_release(&b);
    }
    struct xml_tree *t = read_text("\xef\xbb\xbf<r>中</r>");
    assert_text(xml_tree_root(t), "中");
    xml_tree_free(t);
}

static void of_alternates_the_choice_counts_once(void **state)
{
    (void)state;
    struct xml_tree *t =
        read_text("<r xmlns:m='urn:mc'><a/><m:AlternateContent><m:Choice><b/><c/></m:Choice>"
                  "<m:Choice><x/></m:Choice><m:Fallback><x/></m:Fallback></m:AlternateContent>"
                  "<m:AlternateContent><m:Fallback><d><m:AlternateContent/></d></m:Fallback>"
                  "</m:AlternateContent><m:AlternateContent/>"
                  "<m:AlternateContent><m:Choice/></m:AlternateContent><e/></r>");
    const struct xml_tree_node *top = xml_tree_root(t), *n = top;
    struct bytes seen = {0};
    while ((n = xml_tree_walk(top, n))) {
        bytes_str(&seen, n->name);
        assert_ptr_equal(n->parent, top);
    }
    assert_string_equal(seen.p, "abcde");
    bytes_release(&seen);
    xml_tree_free(t);
}

struct seen {
    struct bytes text;
    int n, stop_at;
};

static int see(void *context, const struct xml_tree_node *record, struct err *e)
{
    struct seen *s = context;
    if (s->n < 3)
        xml_tree_text(record, &s->text);
    assert_string_equal(record->parent->name, "rows");
    assert_string_equal(xml_tree_attr(record->parent, 0, "k"), "v");
    return ++s->n == s->stop_at ? err_set(e, ERR_NO, "", "enough") : 0;
}

static void records_are_handed_over_and_forgotten(void **state)
{
    struct bytes b = {0};
    struct seen s = {0};
    struct xml_tree *t = NULL;
    struct err e;
    (void)state;
    bytes_str(&b, "<r xmlns='urn:one'><before/><rows k='v'>");
    for (int i = 0; i < 30000; i++)
        bytes_printf(&b, "\n <row><c>%d</c><row/></row>", i);
    bytes_str(&b, "</rows><after>x</after></r>");
    struct xml_tree_options o = {
        .record_name = "row", .record_ns = NS_ONE, .record = see, .context = &s, .max_memory = 20000};
    assert_done(read_with(bytes_span(&b), o, &t, &e), e);
    assert_int_equal(s.n, 30000);
    assert_string_equal(s.text.p, "012");
    bytes_release(&s.text);
    assert_text(xml_tree_child(xml_tree_root(t), NS_ONE, "after"), "x");
    assert_null(xml_tree_first_element(xml_tree_child(xml_tree_root(t), NS_ONE, "rows")));
    xml_tree_free(t);
    s = (struct seen){.stop_at = 2};
    assert_refused(read_with(bytes_span(&b), o, &t, &e), ERR_NO, "enough", e);
    assert_int_equal(s.n, 2);
    bytes_release(&s.text);
    bytes_release(&b);
}

static struct span crowded(struct bytes *b, const char *begin, const char *each, size_t n, const char *end)
{
    bytes_clear(b);
    bytes_str(b, begin);
    for (size_t i = 0; i < n; i++)
        bytes_printf(b, each, i);
    bytes_str(b, end);
    return bytes_span(b);
}

/* Nor may any number of them that is let through take long. */
static void a_tag_of_very_many_attributes_or_namespaces_is_refused_at_once(void **state)
{
    struct xml_tree_options o = {.max_memory = 1 << 20};
    struct bytes b = {0};
    struct xml_tree *t = NULL;
    struct err e;
    (void)state;
    assert_fault(crowded(&b, "<r x='>' y='/>'", " xmlns:n%zu='u'", 2001, "/>"), o, XML_TREE_LIMIT);
    assert_fault(crowded(&b, "<!-- ' \" --><r", " a%zu = 'u'", 300000, "/>"), o, XML_TREE_LIMIT);
    o.max_memory = 0;
    assert_fault(crowded(&b, "<r>", "<a xmlns:n='u%zu'/>", 100001, "</r>"), o, XML_TREE_LIMIT);
    assert_done(read_with(crowded(&b, "<r><!--", "=%zu=", 3000, "--><a x='1'/>======</r>"), o, &t, &e), e);
    xml_tree_free(t);
    assert_done(read_with(crowded(&b, "<r>", "<a b='==='>=%zu=</a>", 3000, "</r>"), o, &t, &e), e);
    xml_tree_free(t);
    bytes_release(&b);
}

static void all_that_stands_in_an_element_can_be_records(void **state)
{
    struct seen s = {0};
    struct xml_tree *t = NULL;
    struct err e;
    (void)state;
    const char *xml =
        "<r xmlns='urn:one' xmlns:m='urn:mc'><rows k='v'> <a>1</a>-<m:AlternateContent><m:Choice>"
        "<b>2</b>-<rows><c>3</c></rows></m:Choice><m:Fallback><d>4</d></m:Fallback>"
        "</m:AlternateContent><e>5</e></rows><f>6</f></r>";
    struct xml_tree_options o = {
        .record_in = "rows", .record_ns = NS_ONE, .record = see, .context = &s, .alternates_ns = NS_MC};
    assert_done(read_with(span_str(xml), o, &t, &e), e);
    assert_int_equal(s.n, 4);
    assert_string_equal(s.text.p, "123");
    assert_text(xml_tree_child(xml_tree_root(t), NS_ONE, "f"), "6");
    bytes_release(&s.text);
    xml_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_by_namespace_not_by_prefix),
        cmocka_unit_test(texts_are_joined_and_white_space_kept),
        cmocka_unit_test(references_in_attributes_are_what_they_stand_for),
        cmocka_unit_test(a_walk_is_in_document_order),
        cmocka_unit_test(a_doctype_is_refused),
        cmocka_unit_test(what_is_not_well_formed_is_refused),
        cmocka_unit_test(depth_is_limited_whatever_it_is),
        cmocka_unit_test(memory_and_size_are_limited),
        cmocka_unit_test(UTF_16_and_byte_order_marks_are_read),
        cmocka_unit_test(of_alternates_the_choice_counts_once),
        cmocka_unit_test(records_are_handed_over_and_forgotten),
        cmocka_unit_test(a_tag_of_very_many_attributes_or_namespaces_is_refused_at_once),
        cmocka_unit_test(all_that_stands_in_an_element_can_be_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
