/* SPDX-License-Identifier: Apache-2.0 */
/* A leak of each kind is planted in the part for candidates; packing must refuse it. */
#include "tests/check.h"

#include <stdlib.h>

#include "cli/package/inner.h"
#include "cli/package/secrecy.h"
#include "exam-packages/derive.h"
#include "exam-packages/zip.h"
#include "paperbank/item/view.h"

static struct err e;

#define HEAD(title)                                                                                          \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"q\" title=\"" title     \
    "\" "                                                                                                    \
    "adaptive=\"false\" timeDependent=\"false\">"
#define SCORE "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
#define RULES                                                                                                 \
    "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>" \
    "</assessmentItem>"
#define TEXT(title, body)                                                                                                 \
    HEAD(title)                                                                                                           \
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\"><correctResponse><value>SUM" \
    "</value></correctResponse><mapping defaultValue=\"0\"><mapEntry mapKey=\"SUM\" mappedValue=\"1\"/>"                  \
    "<mapEntry mapKey=\"SUMIF\" mappedValue=\"0.5\"/></mapping></responseDeclaration>" SCORE                              \
    "<itemBody>" body "</itemBody>" RULES
#define ENTRY(more) "<p>求和函数是 <textEntryInteraction responseIdentifier=\"RESPONSE\"" more "/></p>"
#define CHOICE(prompt, right, wrong)                                                                                \
    HEAD("选择")                                                                                                    \
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\"><correctResponse>" \
    "<value>" right "</value></correctResponse></responseDeclaration>" SCORE                                        \
    "<itemBody><choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><prompt>" prompt                 \
    "</prompt>"                                                                                                     \
    "<simpleChoice identifier=\"" right "\">主机</simpleChoice><simpleChoice identifier=\"" wrong "\">网线"       \
    "</simpleChoice></choiceInteraction></itemBody>" RULES

/* One item, as candidates get it and as it is scored. */
struct parts {
    struct bytes view, full;
    const char *extra_name, *extra; /* one more entry of the part for candidates */
    const char *rules;              /* rules/q.xml of the scoring part */
    size_t short_by;                /* of the padding */
};

static struct parts parts_of(const char *xml)
{
    struct parts p = {0};
    struct item *item = NULL;
    assert_done(item_read(&item, "q.xml", span_str(xml), &e), e);
    assert_done(item_view_write(item, &p.view, &e), e);
    bytes_str(&p.full, xml);
    item_free(item);
    return p;
}

static void add(struct zip_writer *w, const char *name, struct span data)
{
    assert_done(zip_add(w, name, data, &e), e);
}

static void write_key(const struct parts *p, size_t padding, struct bytes *out)
{
    struct zip_writer *w = zip_writer_new(out);
    uint8_t *zeros = test_calloc(1, padding + 1);
    add(w, "paper.xml", span_str("<paper/>"));
    add(w, "items/q.xml", bytes_span(&p->full));
    if (p->rules)
        add(w, "rules/q.xml", span_str(p->rules));
    add(w, "padding", span_of(zeros, padding));
    assert_done(zip_finish(w, &e), e);
    test_free(zeros);
}

static int check(struct parts *p)
{
    struct bytes paper = {0}, key = {0}, unpadded = {0};
    struct zip_writer *w = zip_writer_new(&paper);
    add(w, "paper.xml", span_str("<paper/>"));
    add(w, "items/q.xml", bytes_span(&p->view));
    if (p->extra)
        add(w, p->extra_name, span_str(p->extra));
    assert_done(zip_finish(w, &e), e);
    write_key(p, 0, &unpadded);
    write_key(p, INNER_KEY_MULTIPLE - unpadded.n % INNER_KEY_MULTIPLE - p->short_by, &key);
    int r = secrecy_check(bytes_span(&paper), bytes_span(&key), &e);
    bytes_release(&paper);
    bytes_release(&key);
    bytes_release(&unpadded);
    bytes_release(&p->view);
    bytes_release(&p->full);
    return r;
}

static void replace(struct bytes *b, const char *from, const char *to)
{
    const char *text = (const char *)b->p, *at = strstr(text, from);
    struct bytes out = {0};
    assert_non_null(at);
    bytes_add(&out, text, (size_t)(at - text));
    bytes_str(&out, to);
    bytes_str(&out, at + strlen(from));
    bytes_release(b);
    *b = out;
}

static void refused(const char *xml, const char *words)
{
    struct parts p = parts_of(xml);
    assert_refused(check(&p), ERR_DATA, words, e);
}

static void clean_parts_pass(void **state)
{
    (void)state;
    static const char *const clean[] = {
        TEXT("函数", ENTRY("")),
        TEXT("SUM", ENTRY("")),
        CHOICE("哪一个是硬件？", "A", "B"),
        CHOICE("写出答案：", "A", "B"),
        CHOICE("哪个对？", "answer1", "answer2"),
        TEXT("函数", "<p>SUM 的意思是求和。</p>" ENTRY(" placeholderText=\"函数名\""))};
    for (size_t i = 0; i < sizeof clean / sizeof *clean; i++) {
        struct parts p = parts_of(clean[i]);
        assert_done(check(&p), e);
    }
}

static void leak_an_element_of_the_key(void **state)
{
    (void)state;
    static const struct {
        const char *element, *name;
    } planted[] = {
        {"<correctResponse><value>SUM</value></correctResponse>", "<correctResponse>"},
        {"<defaultValue><value>SUM</value></defaultValue>", "<defaultValue>"},
        {"<mapping defaultValue=\"0\"><mapEntry mapKey=\"SUM\" mappedValue=\"1\"></mapEntry></mapping>",
         "<mapping>"},
        {"<areaMapping defaultValue=\"0\"></areaMapping>", "<areaMapping>"},
    };
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        struct parts p = parts_of(TEXT("函数", ENTRY("")));
        char with[300];
        snprintf(with, sizeof with, "baseType=\"string\">%s</responseDeclaration>", planted[i].element);
        replace(&p.view, "baseType=\"string\"></responseDeclaration>", with);
        assert_refused(check(&p), ERR_DATA, planted[i].name, e);
    }
}

static void leak_a_rule_or_feedback(void **state)
{
    (void)state;
    static const char *const planted[] = {
        "<responseProcessing></responseProcessing>",
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"></outcomeDeclaration>",
        "<modalFeedback outcomeIdentifier=\"F\" identifier=\"x\" showHide=\"show\">对</modalFeedback>",
        "<templateProcessing><setCorrectResponse identifier=\"RESPONSE\"></setCorrectResponse></templateProcessing>",
    };
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        struct parts p = parts_of(TEXT("函数", ENTRY("")));
        char with[300];
        snprintf(with, sizeof with, "</itemBody>%s", planted[i]);
        replace(&p.view, "</itemBody>", with);
        assert_refused(check(&p), ERR_DATA, "part of the key", e);
    }
}

static void leak_a_comment_or_another_item(void **state)
{
    (void)state;
    struct parts p = parts_of(TEXT("函数", ENTRY("")));
    replace(&p.view, "<itemBody>", "<!-- SUM --><itemBody>");
    assert_refused(check(&p), ERR_DATA, "not what candidates should see", e);
    p = parts_of(TEXT("函数", ENTRY("")));
    replace(&p.view, "求和函数是", "求和函数 SUM 是");
    assert_refused(check(&p), ERR_DATA, "not what candidates should see", e);
}

static void leak_an_entry(void **state)
{
    (void)state;
    static const char *const names[] = {"rules/q.xml", "model/q.docx", "key.xml", "padding",
                                        "items/q.xml.bak"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct parts p = parts_of(TEXT("函数", ENTRY("")));
        p.extra_name = names[i];
        p.extra = "x";
        assert_refused(check(&p), ERR_DATA, "has no business", e);
    }
}

static void leak_the_rules_as_a_file(void **state)
{
    (void)state;
    struct parts p = parts_of(TEXT("函数", ENTRY("")));
    p.extra_name = "files/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    p.extra = p.rules = "<rules/>";
    assert_refused(check(&p), ERR_DATA, "the rules", e);
}

static void leak_by_an_item_that_is_not_scored(void **state)
{
    (void)state;
    struct parts p = parts_of(TEXT("函数", ENTRY("")));
    p.extra_name = "items/z.xml";
    p.extra = "<assessmentItem/>";
    assert_refused(check(&p), ERR_DATA, "does not have", e);
}

static void leak_in_a_placeholder(void **state)
{
    (void)state;
    refused(TEXT("函数", ENTRY(" placeholderText=\"S U M\"")), "placeholderText");
    refused(TEXT("函数", ENTRY(" placeholderText=\"SUMIF\"")), "placeholderText");
}

static void leak_in_a_sentence(void **state)
{
    (void)state;
    refused(TEXT("函数", ENTRY("") "<p>参考答案： sum</p>"), "tells the answer");
    refused(CHOICE("哪一个是硬件？（答案：A）", "A", "B"), "tells the answer");
    refused(CHOICE("哪一个是硬件？正确答案是 主机", "A", "B"), "tells the answer");
    refused(CHOICE("Which is it? The correct answer is A.", "A", "B"), "tells the answer");
}

static void leak_by_the_names_of_choices(void **state)
{
    (void)state;
    refused(CHOICE("哪一个是硬件？", "correct", "B"), "right from wrong");
    refused(CHOICE("哪一个是硬件？", "A", "wrong1"), "right from wrong");
}

static void leak_in_a_template(void **state)
{
    (void)state;
    refused(
        HEAD(
            "函数") "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\">"
                    "<correctResponse><value>SUM</value></correctResponse></responseDeclaration>" SCORE
                    "<templateDeclaration identifier=\"T\" cardinality=\"single\" baseType=\"string\">"
                    "<defaultValue><value>SUM</value></defaultValue></templateDeclaration><itemBody>"
                    "<p><printedVariable identifier=\"T\"/></p>" ENTRY("") "</itemBody>" RULES,
        "template value");
}

static void the_size_of_the_key_tells_nothing(void **state)
{
    (void)state;
    struct parts p = parts_of(CHOICE("哪一个是硬件？", "A", "B"));
    p.short_by = 1;
    assert_refused(check(&p), ERR_DATA, "not padded", e);
}

/* ---- what a practical item gives ---- */

static struct practical_file file(const char *path, const char *text)
{
    struct practical_file f = {.path = path, .bytes = span_str(text), .size = strlen(text)};
    blake2b_256(f.hash, f.bytes);
    return f;
}

static int check_files(const struct practical_file *list, size_t n)
{
    struct practical_folder all = {list, n};
    return secrecy_files(&all, &e);
}

static void leak_the_model_solution(void **state)
{
    (void)state;
    struct practical_file honest[] = {
        file("material/picture.png", "p"), file("model/a.docx", "new"),       file("model/copy/old.txt", "o"),
        file("model/picture.png", "p"),    file("model/unchanged.docx", "u"), file("start/a.docx", "begun"),
        file("start/old.txt", "o"),        file("start/unchanged.docx", "u"),
    };
    struct practical_file material[] = {file("material/sample.docx", "new"), file("model/a.docx", "new")};
    struct practical_file start[] = {file("model/a.txt", "new"), file("start/a.txt", "begun"),
                                     file("start/backup/x.txt", "new")};
    struct practical_file rules[] = {file("material/x.xml", "<rules xmlns=\"urn:kaochang:practical:1\"/>")};
    assert_done(check_files(honest, 8), e);
    assert_refused(check_files(start, 3), ERR_DATA, "what they are to make", e);
    assert_string_equal(e.where, "start/backup/x.txt");
    assert_refused(check_files(material, 2), ERR_DATA, "what they are to make", e);
    assert_string_equal(e.where, "material/sample.docx");
    assert_refused(check_files(rules, 1), ERR_DATA, "holds rules", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_parts_pass),
        cmocka_unit_test(leak_an_element_of_the_key),
        cmocka_unit_test(leak_a_rule_or_feedback),
        cmocka_unit_test(leak_a_comment_or_another_item),
        cmocka_unit_test(leak_an_entry),
        cmocka_unit_test(leak_the_rules_as_a_file),
        cmocka_unit_test(leak_by_an_item_that_is_not_scored),
        cmocka_unit_test(leak_in_a_placeholder),
        cmocka_unit_test(leak_in_a_sentence),
        cmocka_unit_test(leak_by_the_names_of_choices),
        cmocka_unit_test(leak_in_a_template),
        cmocka_unit_test(the_size_of_the_key_tells_nothing),
        cmocka_unit_test(leak_the_model_solution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
