/* SPDX-License-Identifier: Apache-2.0 */
/* An exam on paper: what is in which of the three documents. */
#include <stdlib.h>
#include <string.h>

#include "engine/print/print-exam.h"
#include "tests/check.h"

/* Items whose documents differ in the key alone. */
struct folder {
    const char *right, *explanation;
};

static const char paper_text[] =
    "<paper xmlns=\"urn:kaochang:paper:1\" id=\"spring\" title=\"T\" ruleset=\"kaochang-1\" duration=\"600\" "
    "earliestHandIn=\"0\" points=\"6\" pass=\"2\" high=\"3\"><form id=\"A\"><section id=\"s1\" title=\"S\"><item id=\"k1\" "
    "version=\"1\" points=\"2\"></item><item id=\"u1\" version=\"1\" points=\"4\"></item></section></form></paper>\n";

#define ITEM                                                                                                               \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"t\" adaptive=\"false\" " \
    "timeDependent=\"false\">"
#define SCORE "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"

static const char choice_text[] = ITEM
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\"><correctResponse>"
    "<value>%s</value></correctResponse></responseDeclaration>" SCORE
    "<outcomeDeclaration identifier=\"F\" cardinality=\"single\" baseType=\"identifier\"/><itemBody><p>Which?</p>"
    "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"1\"><simpleChoice identifier=\"P\">"
    "pear</simpleChoice><simpleChoice identifier=\"Q\">quince</simpleChoice><simpleChoice identifier=\"R\">rowan"
    "</simpleChoice></choiceInteraction></itemBody><responseProcessing "
    "template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/><modalFeedback "
    "outcomeIdentifier=\"F\" identifier=\"e\" showHide=\"show\"><p>%s</p></modalFeedback></assessmentItem>";

static const char upload_text[] = ITEM
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"file\"/>" SCORE
    "<itemBody><p>Write a file.</p><uploadInteraction responseIdentifier=\"RESPONSE\"/></itemBody></assessmentItem>";

static int part(void *context, const char *name, struct bytes *ret, struct err *e)
{
    const struct folder *f = context;
    if (strcmp(name, "items/k1.xml") == 0)
        bytes_printf(ret, choice_text, f->right, f->explanation);
    else if (strcmp(name, "items/u1.xml") == 0)
        bytes_str(ret, upload_text);
    else
        return err_set(e, ERR_DATA, name, "not there");
    return 0;
}

typedef int make_fn(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                    struct err *e);

static struct paper *paper_of(void)
{
    struct paper *p = NULL;
    struct err e = {0};
    assert_done(paper_read(&p, "paper.xml", span_str(paper_text), &e), e);
    return p;
}

static struct bytes made(make_fn *make, const char *right, const char *explanation)
{
    struct folder f = {right, explanation};
    struct paper *p = paper_of();
    struct bytes pdf = {0};
    struct err e = {0};
    const struct print_exam x = {.paper = p, .file = part, .context = &f, .made_ms = 1000};
    assert_done(make(&x, &p->form[0], &pdf, &e), e);
    assert_true(pdf.n > 1000 && memcmp(pdf.p, "%PDF-", 5) == 0);
    paper_free(p);
    return pdf;
}

static bool same(make_fn *make)
{
    struct bytes one = made(make, "P", "since pears are"), other = made(make, "R", "see page 7");
    bool equal = span_equal(bytes_span(&one), bytes_span(&other));
    bytes_release(&one);
    bytes_release(&other);
    return equal;
}

static void the_key_has_no_part_in_paper_and_sheet(void **state)
{
    (void)state;
    assert_true(same(print_exam_paper));
    assert_true(same(print_exam_sheet));
    assert_false(same(print_exam_guide));
}

static void what_needs_a_computer_is_told(void **state)
{
    (void)state;
    struct folder f = {"P", "x"};
    struct paper *p = paper_of();
    size_t n = 0;
    points_t points = {0};
    struct err e = {0};
    const struct print_exam x = {.paper = p, .file = part, .context = &f};
    assert_done(print_exam_unfit(&x, &p->form[0], &n, &points, &e), e);
    assert_int_equal(n, 1);
    assert_int_equal(points.milli, 4000);
    paper_free(p);
}

static int nothing(void *context, const char *name, struct bytes *ret, struct err *e)
{
    (void)context, (void)ret;
    return err_set(e, ERR_ENV, name, "cannot be read");
}

static void an_item_that_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    struct paper *p = paper_of();
    struct bytes pdf = {0};
    struct err e = {0};
    const struct print_exam x = {.paper = p, .file = nothing};
    assert_refused(print_exam_paper(&x, &p->form[0], &pdf, &e), ERR_ENV, "cannot be read", e);
    assert_refused(print_exam_guide(&x, &p->form[0], &pdf, &e), ERR_ENV, "cannot be read", e);
    assert_int_equal(pdf.n, 0);
    paper_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_has_no_part_in_paper_and_sheet),
        cmocka_unit_test(what_needs_a_computer_is_told),
        cmocka_unit_test(an_item_that_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
