/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db.h"
#include "base/file.h"
#include "base/mem.h"
#include "paperbank/bank/check.h"
#include "paperbank/bank/export.h"
#include "paperbank/bank/manifest.h"
#include "tests/check.h"
#include "tests/paperbank/bank-kit.h"

#define RESOURCE(id, metadata)                                                                                         \
    "<resource identifier=\"RES-" id "\" type=\"imsqti_item_xmlv2p2\" href=\"" id ".xml\"><metadata>" metadata        \
    "</metadata><file href=\"" id ".xml\"/></resource>\n"
#define FULL "<kc:item knowledgePoint=\"1.1\" cognitiveLevel=\"apply\" facility=\"0.72\" discrimination=\"-0.05\" points=\"2.5\" expectedTime=\"45\"/>"

static int setup(void **state)
{
    struct kit *k = mem_alloc(sizeof *k);
    kit_open(k);
    *state = k;
    return 0;
}

static int teardown(void **state)
{
    kit_close(*state);
    free(*state);
    return 0;
}

static struct bank_item item_of(const struct kit *k, const char *id, struct arena *a)
{
    struct bank_item i = {0};
    struct err e = {0};
    assert_done(bank_item(k->bank, id, a, &i, &e), e);
    return i;
}

static void an_item_comes_in_with_its_metadata(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    kit_write_item(k, "i1.xml", "i1", "first?");
    kit_write_manifest(k, RESOURCE("i1", FULL));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_NEW], 1);
    struct bank_item i = item_of(k, "i1", a);
    assert_string_equal(i.kind, "single");
    assert_string_equal(i.stem, "first?");
    assert_string_equal(i.knowledge_point, "1.1");
    assert_string_equal(i.level, "apply");
    assert_int_equal(i.facility, 720);
    assert_int_equal(i.discrimination, -50);
    assert_int_equal(i.points.milli, 2500);
    assert_int_equal(i.max_score.milli, 1000);
    assert_int_equal(i.expected_s, 45);
    arena_free(a);
}

static void parameters_and_attributes_come_in_with_it_and_go_out_again(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bytes text = {0};
    struct err e = {0};
    kit_write_item(k, "i1.xml", "i1", "first?");
    kit_write_manifest(k, RESOURCE("i1", "<kc:item irt=\"1.2  -0.35 0.2 normal\" attributes=\"theme=campus source=2025 theme=campus\"/>"));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_NEW], 1);
    struct bank_item i = item_of(k, "i1", a);
    assert_true(i.irt.a == 1200 && i.irt.b == -350 && i.irt.c == 200 && i.irt.normal);
    assert_string_equal(i.attributes, "source=2025 theme=campus");
    assert_done(manifest_write(k->bank, NULL, 0, &i, 1, NULL, 0, &text, &e), e);
    bytes_str(&text, "");
    assert_non_null(strstr((const char *)text.p, "irt=\"1.2 -0.35 0.2 normal\" attributes=\"source=2025 theme=campus\""));
    kit_write_manifest(k, RESOURCE("i1", "<kc:item attributes=\"source=2025 theme=campus\" irt=\"1.2 -0.35 0.2 normal\"/>"));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_UNCHANGED], 1);
    kit_write_manifest(k, RESOURCE("i1", "<kc:item/>"));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_UPDATED], 1);
    assert_int_equal(item_of(k, "i1", a).irt.a, 0);
    bytes_release(&text);
    arena_free(a);
}

static void a_single_file_takes_its_points_from_its_maximum_and_leaves_the_rest_unknown(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    kit_write_item(k, "i1.xml", "i1", "first?");
    kit_import(k, "i1.xml");
    struct bank_item i = item_of(k, "i1", a);
    assert_int_equal(i.points.milli, 1000);
    assert_int_equal(i.facility, BANK_UNKNOWN);
    assert_int_equal(i.expected_s, BANK_UNKNOWN);
    assert_string_equal(i.knowledge_point, "");
    arena_free(a);
}

static void the_same_again_changes_nothing(void **state)
{
    struct kit *k = *state;
    kit_write_item(k, "i1.xml", "i1", "first?");
    kit_write_manifest(k, RESOURCE("i1", FULL));
    kit_import(k, "imsmanifest.xml");
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_UNCHANGED], 1);
    kit_import(k, "i1.xml"); /* a file without metadata leaves what is known */
    assert_int_equal(k->n[IMPORT_UNCHANGED], 1);
}

static void other_bytes_make_a_new_version_and_the_old_one_stays(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct span old = {0}, now = {0};
    struct err e = {0};
    kit_write_item(k, "i1.xml", "i1", "first?");
    kit_import(k, "i1.xml");
    kit_write_item(k, "i1.xml", "i1", "second?");
    kit_import(k, "i1.xml");
    assert_int_equal(k->n[IMPORT_VERSION], 1);
    assert_int_equal(item_of(k, "i1", a).version, 2);
    assert_string_equal(item_of(k, "i1", a).stem, "second?");
    assert_done(bank_item_xml(k->bank, "i1", 1, a, &old, &e), e);
    assert_done(bank_item_xml(k->bank, "i1", 2, a, &now, &e), e);
    assert_non_null(memmem(old.p, old.n, "first?", 6));
    assert_non_null(memmem(now.p, now.n, "second?", 7));
    assert_refused(bank_item_xml(k->bank, "i1", 3, a, &now, &e), ERR_DATA, "no version 3", e);
    arena_free(a);
}

static void other_metadata_is_an_update_of_the_same_version(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    kit_write_item(k, "i1.xml", "i1", "first?");
    kit_write_manifest(k, RESOURCE("i1", FULL));
    kit_import(k, "imsmanifest.xml");
    kit_write_manifest(k, RESOURCE("i1", "<kc:item knowledgePoint=\"10\" points=\"2.5\"/>"));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_UPDATED], 1);
    struct bank_item i = item_of(k, "i1", a);
    assert_int_equal(i.version, 1);
    assert_string_equal(i.knowledge_point, "10");
    assert_int_equal(i.facility, BANK_UNKNOWN);
    arena_free(a);
}

static void a_bad_item_never_stops_the_others(void **state)
{
    struct kit *k = *state;
    kit_write_item(k, "a.xml", "a", "a?");
    kit_write(k, "b.xml", "<assessmentItem>\n\n<broken></assessmentItem>");
    kit_write_item(k, "d.xml", "d", "d?");
    kit_write_manifest(k, RESOURCE("a", FULL) RESOURCE("b", FULL) RESOURCE("missing", FULL) RESOURCE("d", FULL));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_NEW], 2);
    assert_int_equal(k->n[IMPORT_REFUSED], 2);
    kit_import(k, "b.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    assert_int_equal(k->line, 3);
    assert_non_null(strstr(k->reason, "not well-formed"));
    assert_int_equal(kit_items(k), 2);
}

static void an_item_that_cannot_be_delivered_says_what_it_lacks(void **state)
{
    struct kit *k = *state;
    kit_write(k, "h.xml",
              "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"h\" title=\"H\" "
              "adaptive=\"false\" timeDependent=\"false\">"
              "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"file\"/>\n<itemBody>\n"
              "<drawingInteraction responseIdentifier=\"RESPONSE\"/></itemBody></assessmentItem>");
    kit_import(k, "h.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    assert_string_equal(k->item, "h");
    assert_non_null(strstr(k->reason, "drawingInteraction"));
    assert_int_equal(k->line, 3);
}

static void refused_as(struct kit *k, const char *resource, const char *words)
{
    kit_write_manifest(k, resource);
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    if (!strstr(k->reason, words))
        fail_msg("the reason is \"%s\", not about \"%s\"", k->reason, words);
}

static void metadata_that_makes_no_sense_refuses_its_item_with_the_line(void **state)
{
    struct kit *k = *state;
    kit_write_item(k, "i.xml", "i", "i?");
    refused_as(k, RESOURCE("i", "<kc:item facility=\"1.2\"/>"), "facility");
    assert_int_equal(k->line, 4);
    refused_as(k, RESOURCE("i", "<kc:item facility=\"-0.2\"/>"), "facility");
    refused_as(k, RESOURCE("i", "<kc:item discrimination=\"2\"/>"), "discrimination");
    refused_as(k, RESOURCE("i", "<kc:item irt=\"0 1\"/>"), "irt is not");
    refused_as(k, RESOURCE("i", "<kc:item irt=\"1 1 0.2 probit\"/>"), "irt is not");
    refused_as(k, RESOURCE("i", "<kc:item irt=\"1 1 0.2 normal 3\"/>"), "irt is not");
    refused_as(k, RESOURCE("i", "<kc:item attributes=\"theme\"/>"), "NAME=VALUE");
    refused_as(k, RESOURCE("i", "<kc:item points=\"-2\"/>"), "points");
    refused_as(k, RESOURCE("i", "<kc:item points=\"0\"/>"), "points");
    refused_as(k, RESOURCE("i", "<kc:item expectedTime=\"-5\"/>"), "expectedTime");
    refused_as(k, RESOURCE("i", "<kc:item cognitiveLevel=\"know\"/>"), "cognitiveLevel");
    refused_as(k, RESOURCE("i", "<kc:item knowledgePoint=\"1..2\"/>"), "knowledgePoint");
    refused_as(k, RESOURCE("i", "<kc:item enemies=\"../x\"/>"), "enemies");
    refused_as(k, RESOURCE("i", "<kc:item difficulty=\"0.5\"/>"), "unknown attribute");
    assert_int_equal(kit_items(k), 0);
}

static void a_path_out_of_the_package_is_refused(void **state)
{
    struct kit *k = *state;
    static const char *const hrefs[] = {"../i.xml", "/etc/passwd", "a/../../i.xml", "%2e%2e/i.xml", "C:i.xml", "a\\i.xml", ""};
    for (size_t i = 0; i < sizeof hrefs / sizeof *hrefs; i++) {
        char *r = mem_printf("<resource type=\"imsqti_item_xmlv2p2\" href=\"%s\"/>", hrefs[i]);
        refused_as(k, r, "href is not a path inside the package");
        free(r);
    }
}

static void an_item_twice_in_a_package_comes_in_once(void **state)
{
    struct kit *k = *state;
    kit_write_item(k, "i.xml", "i", "i?");
    kit_write_item(k, "j.xml", "i", "j?");
    kit_write_manifest(k, RESOURCE("i", FULL) RESOURCE("j", FULL));
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_NEW], 1);
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    assert_non_null(strstr(k->reason, "come already"));
}

static void enemies_hold_both_ways_whoever_declares_them(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    kit_write_item(k, "i.xml", "i", "i?");
    kit_write_item(k, "j.xml", "j", "j?");
    kit_write_manifest(k, RESOURCE("i", "<kc:item enemies=\"j\"/>") RESOURCE("j", "<kc:item/>"));
    kit_import(k, "imsmanifest.xml");
    struct bank_item i = item_of(k, "i", a), j = item_of(k, "j", a);
    assert_int_equal(i.n_enemies, 1);
    assert_int_equal(j.n_enemies, 1);
    assert_string_equal(j.enemy[0], "i");
    assert_int_equal(j.n_declared, 0);
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_UNCHANGED], 2);
    arena_free(a);
}

static void hostile_files_are_refused_with_one_message(void **state)
{
    struct kit *k = *state;
    kit_write(k, "doctype.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><assessmentItem/>");
    kit_import(k, "doctype.xml");
    assert_non_null(strstr(k->reason, "DOCTYPE"));
    kit_write(k, "doctype-manifest.xml", "<!DOCTYPE a><manifest/>");
    kit_import(k, "doctype-manifest.xml");
    assert_non_null(strstr(k->reason, "DOCTYPE"));
    kit_write(k, "utf8.xml", "<assessmentItem title=\"\xff\xfe\"/>");
    kit_import(k, "utf8.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    kit_write(k, "empty.xml", "");
    kit_import(k, "empty.xml");
    assert_non_null(strstr(k->reason, "empty"));
    kit_write(k, "huge.xml", "<assessmentItem/>");
    char *path = kit_path(k, "huge.xml");
    assert_int_equal(truncate(path, 1 << 30), 0);
    kit_import(k, "huge.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    assert_non_null(strstr(k->reason, "larger"));
    free(path);
    kit_import(k, "not-there.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
}

static void an_identifier_that_is_no_plain_name_is_refused(void **state)
{
    struct kit *k = *state;
    kit_write_item(k, "i.xml", "../../etc/x", "i?");
    kit_import(k, "i.xml");
    assert_int_equal(k->n[IMPORT_REFUSED], 1);
    assert_int_equal(kit_items(k), 0);
}

static void a_full_disk_leaves_the_bank_as_before_the_file(void **state)
{
    struct kit *k = *state;
    struct bytes manifest = {0};
    struct err e = {0};
    kit_write_item(k, "first.xml", "first", "first?");
    kit_import(k, "first.xml");
    for (int i = 0; i < 300; i++) {
        char id[16], name[24];
        snprintf(id, sizeof id, "n%03d", i);
        snprintf(name, sizeof name, "%s.xml", id);
        kit_write_item(k, name, id, "a stem of some length so that the pages of the database are filled up quickly");
        bytes_printf(&manifest, "<resource type=\"imsqti_item_xmlv2p2\" href=\"%s\"/>", name);
    }
    kit_write_manifest(k, (const char *)manifest.p);
    bytes_release(&manifest);
    struct rlimit old, small = {.rlim_cur = 200000};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    char *path = kit_path(k, "imsmanifest.xml");
    int64_t n[IMPORT_OUTCOMES] = {0};
    int r = bank_import(k->bank, path, NULL, 1000, NULL, NULL, n, &e);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(r, -ERR_ENV);
    assert_int_equal(n[IMPORT_NEW], 0);
    assert_int_equal(kit_items(k), 1);
    kit_import(k, "imsmanifest.xml");
    assert_int_equal(k->n[IMPORT_NEW], 300);
    free(path);
}

static void a_knowledge_point_stands_for_what_lies_below_it(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bank_item *item = NULL;
    struct err e = {0};
    size_t n = 0;
    kit_write_item(k, "i.xml", "i", "i?");
    kit_write_item(k, "j.xml", "j", "j?");
    kit_write_manifest(k, RESOURCE("i", "<kc:item knowledgePoint=\"1.1\"/>") RESOURCE("j", "<kc:item knowledgePoint=\"10\"/>"));
    kit_import(k, "imsmanifest.xml");
    const struct bank_filter one = {.knowledge_point = "1"};
    assert_done(bank_items(k->bank, &one, a, &item, &n, &e), e);
    assert_int_equal(n, 1);
    assert_string_equal(item[0].id, "i");
    const struct bank_filter none = {.kind = "fill"};
    assert_done(bank_items(k->bank, &none, a, &item, &n, &e), e);
    assert_int_equal(n, 0);
    arena_free(a);
}

static void an_export_imports_as_unchanged_and_exports_the_same_bytes(void **state)
{
    struct kit *k = *state;
    struct err e = {0};
    struct bytes one = {0}, two = {0};
    size_t n = 0;
    kit_write_item(k, "i.xml", "i", "i?");
    kit_write_item(k, "j.xml", "j", "j?");
    kit_write_manifest(k, RESOURCE("i", FULL) RESOURCE("j", "<kc:item enemies=\"i\"/>"));
    kit_import(k, "imsmanifest.xml");
    char *first = kit_path(k, "out1"), *second = kit_path(k, "out2");
    assert_done(bank_export(k->bank, first, NULL, 0, &n, &e), e);
    assert_int_equal(n, 2);
    kit_import(k, "out1");
    assert_int_equal(k->n[IMPORT_UNCHANGED], 2);
    assert_done(bank_export(k->bank, second, NULL, 0, &n, &e), e);
    char *m1 = kit_path(k, "out1/imsmanifest.xml"), *m2 = kit_path(k, "out2/imsmanifest.xml");
    assert_done(file_read(m1, 1 << 20, &one, &e), e);
    assert_done(file_read(m2, 1 << 20, &two, &e), e);
    assert_true(span_equal(bytes_span(&one), bytes_span(&two)));
    assert_refused(bank_export(k->bank, first, NULL, 0, &n, &e), ERR_USAGE, "not empty", e);
    const char *const unknown[] = {"i", "zzz"};
    char *third = kit_path(k, "out3");
    assert_refused(bank_export(k->bank, third, unknown, 2, &n, &e), ERR_DATA, "no such item", e);
    assert_false(file_exists(third));
    bytes_release(&one);
    bytes_release(&two);
    free(first);
    free(second);
    free(third);
    free(m1);
    free(m2);
}

static void on_finding(void *context, const struct bank_finding *f)
{
    struct bytes *all = context;
    bytes_printf(all, "%s %s\n", f->item, f->code);
}

static void the_check_finds_what_is_missing_repeated_or_dangling(void **state)
{
    struct kit *k = *state;
    struct bytes all = {0};
    struct err e = {0};
    size_t n = 0;
    kit_write_item(k, "i.xml", "i", "the same?");
    kit_write_item(k, "j.xml", "j", "the same?");
    kit_write_manifest(k, RESOURCE("i", "<kc:item knowledgePoint=\"7\" enemies=\"gone\"/>") RESOURCE("j", FULL));
    kit_import(k, "imsmanifest.xml");
    assert_done(bank_check(k->bank, on_finding, &all, &n, &e), e);
    static const char *const wanted[] = {"i unknown-knowledge-point", "i no-level",       "i no-facility",
                                         "i no-expected-time",        "i dangling-enemy", "i no-explanation",
                                         "j no-explanation",          "j duplicate-stem"};
    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++)
        if (!strstr((const char *)all.p, wanted[w]))
            fail_msg("not found: %s", wanted[w]);
    assert_int_equal(n, sizeof wanted / sizeof *wanted);
    bytes_release(&all);
}

static void a_bank_of_a_newer_format_or_of_another_kind_is_refused(void **state)
{
    struct kit *k = *state;
    struct db *d = NULL;
    struct bank *b = NULL;
    struct err e = {0};
    char *path = kit_path(k, "newer.db");
    assert_done(bank_open(&b, path, true, &e), e);
    bank_close(b);
    assert_done(db_open(&d, path, DB_WRITE, NULL, &e), e);
    assert_done(db_script(d, "PRAGMA user_version=99", &e), e);
    db_close(d);
    assert_refused(bank_open(&b, path, false, &e), ERR_DATA, "newer version", e);
    assert_done(db_open(&d, path, DB_WRITE, NULL, &e), e);
    assert_done(db_script(d, "PRAGMA application_id=5", &e), e);
    db_close(d);
    assert_refused(bank_open(&b, path, false, &e), ERR_DATA, "not the database", e);
    free(path);
    path = kit_path(k, "absent.db");
    assert_refused(bank_open(&b, path, false, &e), ERR_DATA, "no item bank", e);
    free(path);
}

static void our_own_sixty_items_come_in_and_have_no_findings(void **state)
{
    struct kit *k = *state;
    struct bytes all = {0};
    struct err e = {0};
    size_t n = 0;
    int64_t count[IMPORT_OUTCOMES] = {0};
    char *path = path_join(getenv("SOURCE_ROOT"), "data/bank");
    assert_done(bank_import(k->bank, path, NULL, 1, NULL, NULL, count, &e), e);
    assert_true(count[IMPORT_NEW] >= 60);
    assert_int_equal(count[IMPORT_REFUSED], 0);
    assert_done(bank_check(k->bank, on_finding, &all, &n, &e), e);
    if (n)
        fail_msg("%s", (const char *)all.p);
    free(path);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(an_item_comes_in_with_its_metadata),
        RULE(parameters_and_attributes_come_in_with_it_and_go_out_again),
        RULE(a_single_file_takes_its_points_from_its_maximum_and_leaves_the_rest_unknown),
        RULE(the_same_again_changes_nothing),
        RULE(other_bytes_make_a_new_version_and_the_old_one_stays),
        RULE(other_metadata_is_an_update_of_the_same_version),
        RULE(a_bad_item_never_stops_the_others),
        RULE(an_item_that_cannot_be_delivered_says_what_it_lacks),
        RULE(metadata_that_makes_no_sense_refuses_its_item_with_the_line),
        RULE(a_path_out_of_the_package_is_refused),
        RULE(an_item_twice_in_a_package_comes_in_once),
        RULE(enemies_hold_both_ways_whoever_declares_them),
        RULE(hostile_files_are_refused_with_one_message),
        RULE(an_identifier_that_is_no_plain_name_is_refused),
        RULE(a_full_disk_leaves_the_bank_as_before_the_file),
        RULE(a_knowledge_point_stands_for_what_lies_below_it),
        RULE(an_export_imports_as_unchanged_and_exports_the_same_bytes),
        RULE(the_check_finds_what_is_missing_repeated_or_dangling),
        RULE(a_bank_of_a_newer_format_or_of_another_kind_is_refused),
        RULE(our_own_sixty_items_come_in_and_have_no_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
