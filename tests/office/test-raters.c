/* SPDX-License-Identifier: Apache-2.0 */
/* Raters from a table: bad rows are told and left out, the rest goes in. */
#include <string.h>

#include "office/raters-import.h"
#include "tests/check.h"

#define HEAD "id,name,school,site,room,from,to,order\n"

struct complaints {
    struct bytes text;
};

static void take_complaint(void *context, const char *file, unsigned line, const char *what)
{
    struct complaints *c = context;
    bytes_printf(&c->text, "%s:%u: %s\n", file, line, what);
}

/* Room L1 of site S1 with eight seats: four of school one, four of school two. */
static struct roster *people(void)
{
    struct roster *r = roster_new();
    struct arena *a = r->arena;
    r->session = "lab";
    r->room = arena_array(a, 1, sizeof *r->room);
    r->room[r->n_rooms++] = (struct roster_room){.site = "S1", .id = "L1", .name = "L1", .seats = 8};
    r->candidate = arena_array(a, 8, sizeof *r->candidate);
    for (int i = 0; i < 8; i++)
        r->candidate[r->n_candidates++] = (struct roster_candidate){.ticket = arena_printf(a, "42010%d", i),
                                                                    .name = "王芳",
                                                                    .id_number = "",
                                                                    .county = "",
                                                                    .school = i < 4 ? "one" : "two",
                                                                    .site = "S1",
                                                                    .room = "L1",
                                                                    .seat = i + 1,
                                                                    .form = "P1"};
    return r;
}

static void good_rows_go_in_and_bad_ones_are_told(void **state)
{
    (void)state;
    struct roster *r = people();
    struct complaints c = {0};
    struct err e;
    size_t left_out = 0;
    assert_done(raters_import_csv(r, "t.csv",
                                  span_str(HEAD "E01,周,three,S1,L1,1,2,1\n"
                                                "E02,吴,two,S1,L1,3,4,1\n"
                                                "E03,郑,,S1,L1,3,5,1\n"
                                                "E04,冯,,S1,L9,1,2,1\n"
                                                "E05,陈\n"
                                                "E06,褚,,S1,L1,x,4,1\n"
                                                "E01,卫,,S1,L1,3,4,2\n"
                                                "E07,蒋,,S1,L1,2,3,1\n"
                                                "E08,沈,,S1,L1,1,4,2\n"
                                                "420101,韩,,S1,L1,1,4,3\n"),
                                  4, take_complaint, &c, &left_out, &e),
                e);
    assert_int_equal(left_out, 8);
    assert_int_equal(r->n_raters, 2);
    assert_string_equal(r->rater[0].id, "E01");
    assert_string_equal(r->rater[0].name, "周");
    assert_string_equal(r->rater[1].id, "E08");
    assert_int_equal(r->room[0].benches, 4);
    static const char *const said[] = {
        "t.csv:3: E02: the rater is of the same school as candidate",
        "t.csv:4: E03: benches 3 to 5 are not in room L1",
        "t.csv:5: E04: there is no room L9",
        "t.csv:6: 2 fields",
        "t.csv:7: benches and order are whole numbers",
        "t.csv:8: E01: the rater occurs twice",
        "t.csv:9: E07: bench 2 in room L1 is also rated by E01",
        "t.csv:11: 420101: a rater has the ticket number of a candidate",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!strstr((const char *)c.text.p, said[i]))
            fail_msg("not said: %s in\n%s", said[i], (const char *)c.text.p);
    bytes_release(&c.text);
    roster_free(r);
}

static void chinese_heads_and_full_width_digits_are_taken(void **state)
{
    (void)state;
    struct roster *r = people();
    struct complaints c = {0};
    struct err e;
    size_t left_out = 0;
    assert_done(raters_import_csv(r, "t.csv",
                                  span_str("编号,姓名,考点,考场,起始实验台,终止实验台\nE01,周,S1,L1,１,４\n"),
                                  4, take_complaint, &c, &left_out, &e),
                e);
    assert_int_equal(left_out, 0);
    assert_int_equal(r->rater[0].to, 4);
    assert_int_equal(r->rater[0].order, 1);
    assert_string_equal(r->rater[0].school, "");
    roster_free(r);
}

static void a_table_without_a_good_row_is_refused(void **state)
{
    (void)state;
    struct roster *r = people();
    struct complaints c = {0};
    struct err e;
    size_t left_out = 0;
    assert_refused(raters_import_csv(r, "t.csv", span_str(HEAD "E01,周,,S1,L1,1,4,1\n"), 0, take_complaint,
                                     &c, &left_out, &e),
                   ERR_DATA, "no rater in the table", e);
    assert_non_null(strstr((const char *)c.text.p, "no benches"));
    assert_refused(
        raters_import_csv(r, "t.csv", span_str("id,name\nE01,周\n"), 4, take_complaint, &c, &left_out, &e),
        ERR_DATA, "no column site", e);
    bytes_release(&c.text);
    roster_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_rows_go_in_and_bad_ones_are_told),
        cmocka_unit_test(chinese_heads_and_full_width_digits_are_taken),
        cmocka_unit_test(a_table_without_a_good_row_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
