/* SPDX-License-Identifier: Apache-2.0 */
/* What we write of QTI 2.2 follows data/schemas/qti22.rng, and what others found valid does too. */
#include "tests/check.h"

#include <ftw.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "paperbank/item/item.h"

#define HEAD                                                                                                           \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"t\" timeDependent=\"false\">"
#define RESPONSE "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"identifier\"/>"
#define TAIL "</assessmentItem>"
#define CHOICE(x) "<choiceInteraction responseIdentifier=\"R\">" x "</choiceInteraction>"
#define A "<simpleChoice identifier=\"A\">a</simpleChoice>"

/* nftw has no argument for its caller. */
static struct xml_schema *schema;
static size_t n_files;

static void tell(void *context, unsigned line, const char *message)
{
    print_message("%s:%u: %s\n", (const char *)context, line, message);
}

static void check_file(const char *path, bool wanted)
{
    struct bytes data = {0}, own = {0};
    struct xml_doc *d = NULL;
    const char *version;
    struct err e;
    assert_done(file_read(path, 4 << 20, &data, &e), e);
    assert_done(qti_read(&d, &version, path, bytes_span(&data), NULL, &e), e);
    qti_write(d, bytes_span(&data), &own);
    xml_free(d);
    int r = qti_valid(schema, path, bytes_span(&own), wanted ? tell : NULL, (void *)(uintptr_t)path, &e);
    if ((r == 0) != wanted)
        fail_msg("%s is %svalid", path, wanted ? "not " : "");
    bytes_release(&data);
    bytes_release(&own);
    n_files++;
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)ftw;
    const char *end = strrchr(path, '.');
    if (type == FTW_F && end && strcmp(end, ".xml") == 0 && !strstr(path, "imsmanifest"))
        check_file(path, true);
    return 0;
}

static void our_items_and_tests_are_valid(void **state)
{
    (void)state;
    static const char *const folders[] = {"data/bank/items", "data/practice", "data/city"};
    char path[4096];
    n_files = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", getenv("SOURCE_ROOT"), folders[i]);
        assert_int_equal(nftw(path, visit, 16, FTW_PHYS), 0);
    }
    assert_true(n_files > 70);
}

/* The cases say which items the schema of 1EdTech accepts. */
static void the_schema_agrees_with_others_on_their_items(void **state)
{
    (void)state;
    const char *fixtures = getenv("FIXTURES");
    char path[4096], line[65536];
    snprintf(path, sizeof path, "%s/qti/cases.jsonl", fixtures);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    n_files = 0;
    while (fgets(line, sizeof line, f)) {
        json_t *o = json_loads(line, 0, NULL);
        const char *xsd = json_string_value(json_object_get(o, "xsd"));
        snprintf(path, sizeof path, "%s/qti/%s", fixtures, json_string_value(json_object_get(o, "item_xml_path")));
        if (xsd && strcmp(xsd, "not_checked") != 0)
            check_file(path, strcmp(xsd, "valid") == 0);
        json_decref(o);
    }
    fclose(f);
    assert_true(n_files > 150);
}

static void what_is_not_qti_2_2_is_told_with_its_line(void **state)
{
    (void)state;
    static const char *const bad[] = {
        HEAD "<itemBody>words</itemBody>" TAIL,
        HEAD "<itemBody><p><p>x</p></p></itemBody>" TAIL,
        HEAD RESPONSE "<itemBody>" CHOICE("") "</itemBody>" TAIL,
        HEAD RESPONSE "<itemBody>" CHOICE(A "<prompt>late</prompt>") "</itemBody>" TAIL,
        HEAD "<itemBody><p>x</p></itemBody>" RESPONSE TAIL,
        HEAD "<itemBody><p hue=\"red\">x</p></itemBody>" TAIL,
        HEAD "<itemBody><drawingInteraction responseIdentifier=\"R\"/></itemBody>" TAIL,
        HEAD "<responseProcessing><setOutcomeValue identifier=\"S\"/></responseProcessing>" TAIL,
        HEAD "<responseProcessing><setOutcomeValue identifier=\"S\"><not><null/><null/></not></setOutcomeValue></responseProcessing>" TAIL,
        "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"t\" title=\"t\"/>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};
        if (qti_valid(schema, "k1.xml", span_str(bad[i]), NULL, NULL, &e) != -ERR_DATA || strncmp(e.where, "k1.xml:1", 8) != 0)
            fail_msg("%zu is not refused: %s: %s", i, e.where, e.what);
    }
}

static void what_is_mapped_is_valid(void **state)
{
    (void)state;
    static const char *const good[] = {
        "<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"a\" title=\"a\" time-dependent=\"false\">"
        "<qti-response-declaration identifier=\"R\" cardinality=\"single\" base-type=\"identifier\"/><qti-companion-materials-info/>"
        "<qti-item-body class=\"x\" data-a=\"b\" role=\"main\"><article><p>x</p></article><qti-rubric-block view=\"candidate\" use=\"instructions\">"
        "<qti-content-body><p>y</p></qti-content-body></qti-rubric-block><qti-hotspot-interaction response-identifier=\"R\" max-choices=\"1\">"
        "<img src=\"a.png\" alt=\"x\"/><qti-hotspot-choice identifier=\"A\" shape=\"default\"/></qti-hotspot-interaction></qti-item-body>"
        "<qti-catalog-info><qti-catalog id=\"c\"/></qti-catalog-info></qti-assessment-item>",
        HEAD RESPONSE "<itemBody><p aria-label=\"l\" xml:lang=\"zh\">1 <math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi></math></p>"
             CHOICE(A) "</itemBody><x:own xmlns:x=\"urn:x\" data-b=\"1\">2</x:own>" TAIL,
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct err e;
        assert_done(qti_valid(schema, "k1.xml", span_str(good[i]), tell, (void *)(uintptr_t) "k1.xml", &e), e);
    }
}

static int load(void **state)
{
    (void)state;
    struct err e;
    return qti_schema(&schema, &e);
}

static int unload(void **state)
{
    (void)state;
    xml_schema_free(schema);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_items_and_tests_are_valid),
        cmocka_unit_test(what_is_not_qti_2_2_is_told_with_its_line),
        cmocka_unit_test(what_is_mapped_is_valid),
        cmocka_unit_test(the_schema_agrees_with_others_on_their_items),
    };
    const char *fixtures = getenv("FIXTURES");
    char path[4096];
    snprintf(path, sizeof path, "%s/qti/cases.jsonl", fixtures ? fixtures : "");
    bool there = fixtures && access(path, R_OK) == 0;
    if (!there)
        fprintf(stderr, "SKIPPED: FIXTURES has no qti: items made elsewhere were not validated\n");
    return _cmocka_run_group_tests("qti-valid", tests, there ? 4 : 3, load, unload);
}
