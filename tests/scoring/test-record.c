/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "scoring/record.h"

static const char document[] =
    "<score xmlns=\"urn:kaochang:score:1\" ruleset=\"kaochang-1\""
    " package=\"0102000000000000000000000000000000000000000000000000000000000000\" session=\"S1\" form=\"A\" ticket=\"T001\""
    " epoch=\"1\" seq=\"7\" hash=\"0304000000000000000000000000000000000000000000000000000000000000\" points=\"2\""
    " maximum=\"3.5\" status=\"auto\"><item id=\"k001\" version=\"3\" points=\"2\" maximum=\"2\" rule=\"match_correct\""
    " status=\"auto\" evidence=\"answered B; correct B\"></item><item id=\"k002\" version=\"1\" points=\"0\" maximum=\"1.5\""
    " rule=\"map_response\" status=\"auto\" evidence=\"no answer; accepted &quot;CPU&quot;\"></item></score>\n";

/* The document with the first `from` replaced. */
static struct bytes altered(const char *from, const char *to)
{
    struct bytes b = {0};
    const char *at = strstr(document, from);
    assert_non_null(at);
    bytes_add(&b, document, (size_t)(at - document));
    bytes_str(&b, to);
    bytes_str(&b, at + strlen(from));
    return b;
}

static void a_record_reads_back_to_its_bytes(void **state)
{
    (void)state;
    struct err e;
    struct score_record r = {0};
    struct bytes again = {0};
    assert_done(score_record_read(&r, "r", span_str(document), &e), e);
    assert_int_equal(r.n_items, 2);
    assert_int_equal(r.points.milli, 2000);
    assert_string_equal(r.item[1].evidence, "no answer; accepted \"CPU\"");
    assert_done(score_record_write(&r, &again, &e), e);
    assert_true(span_equal(bytes_span(&again), span_str(document)));
    bytes_release(&again);
    score_record_release(&r);
}

static void what_is_not_a_true_record_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } bad[] = {
        {"points=\"2\"", "points=\"3\"", "totals"},
        {"maximum=\"3.5\"", "maximum=\"4\"", "totals"},
        {"points=\"2\" maximum=\"2\"", "points=\"2.5\" maximum=\"2\"", "outside"},
        {"points=\"0\" maximum=\"1.5\"", "points=\"-0\" maximum=\"1.5\"", ""},
        {"points=\"2\" maximum=\"2\"", "points=\"2.000\" maximum=\"2\"", "canonical"},
        {"status=\"auto\" evidence", "status=\"pending\" evidence", "totals"},
        {"status=\"auto\">", "status=\"fine\">", "status"},
        {" seq=\"7\"", "", "seq"},
        {"hash=\"0304", "hash=\"03zz", "hash"},
        {"urn:kaochang:score:1", "urn:kaochang:score:2", "format"},
        {"<item id=\"k002\"", "<mark id=\"k002\"", ""},
        {"</score>\n", "</score>", "canonical"},
        {"<score", "<!DOCTYPE score><score", "DOCTYPE"},
        {"version=\"3\"", "version=\"0\"", "version"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e;
        struct score_record r = {0};
        struct bytes b = altered(bad[i].from, bad[i].to);
        assert_refused(score_record_read(&r, "r", bytes_span(&b), &e), ERR_DATA, bad[i].words, e);
        assert_null(r.arena);
        bytes_release(&b);
    }
}

static void a_difference_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } pair[] = {
        {"S1", "S2", "sitting"},
        {"package=\"0102", "package=\"ff02", "package"},
        {"seq=\"7\"", "seq=\"8\"", "different states"},
        {"kaochang-1", "kaochang-2", "rule set"},
        {"answered B; correct B", "answered B; correct C", "correct C"},
        {"id=\"k002\"", "id=\"k003\"", "k003"},
    };
    struct err e;
    struct score_record here = {0}, there = {0};
    assert_done(score_record_read(&here, "r", span_str(document), &e), e);
    assert_done(score_record_compare(&here, &here, &e), e);
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        struct bytes b = altered(pair[i].from, pair[i].to);
        assert_done(score_record_read(&there, "r", bytes_span(&b), &e), e);
        assert_refused(score_record_compare(&here, &there, &e), ERR_NO, pair[i].words, e);
        score_record_release(&there);
        bytes_release(&b);
    }
    score_record_release(&here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_reads_back_to_its_bytes),
        cmocka_unit_test(what_is_not_a_true_record_is_refused),
        cmocka_unit_test(a_difference_is_named),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
