/* SPDX-License-Identifier: Apache-2.0 */
/* Rosters: whole or not at all; rooms, seats and forms by lot; admission tickets. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "office/apart.h"
#include "office/arrange.h"
#include "office/roster-import.h"
#include "office/roster-store.h"
#include "office/tickets.h"
#include "tests/check.h"
#include "tests/office/home.h"

#define HEAD "ticket,name,id_number,county,school,site\n"

struct complaints {
    struct bytes text;
    size_t n;
};

static void take_complaint(void *context, const char *file, unsigned line, const char *what)
{
    struct complaints *c = context;
    bytes_printf(&c->text, "%s:%u: %s\n", file, line, what);
    c->n++;
}

static int import(struct roster **ret, const char *csv, struct complaints *c, struct err *e)
{
    struct bytes unused = {0};
    int r = roster_import_csv(ret, "am1", "list.csv", span_str(csv), take_complaint, c, &unused, e);
    bytes_release(&unused);
    return r;
}

/* n candidates at one or two sites. */
static struct roster *people(int n, int sites)
{
    struct complaints c = {0};
    struct bytes csv = {0};
    struct roster *r = NULL;
    struct err e;
    bytes_str(&csv, HEAD);
    for (int i = 0; i < n; i++)
        bytes_printf(&csv, "42%05d,考生%d,99%04d,东湖区,东湖区第%d中学,S%02d\n", i, i, i, i % 3,
                     i % sites + 1);
    assert_done(import(&r, (const char *)csv.p, &c, &e), e);
    bytes_release(&csv);
    return r;
}

static void a_table_with_chinese_heads_is_taken(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct err e;
    assert_done(import(&r,
                       "\xEF\xBB\xBF准考证号,姓名,证件号,区县,学校,考点,考场,座位号,卷别,加时分钟,备注\r\n"
                       "４２１,李华,990001,东湖区,第一中学,S01,R1,３,A,30,无\r\n",
                       &c, &e),
                e);
    assert_int_equal(r->n_candidates, 1);
    assert_string_equal(r->candidate[0].ticket, "421");
    assert_int_equal(r->candidate[0].seat, 3);
    assert_int_equal(r->candidate[0].extra_s, 1800);
    assert_true(roster_is_arranged(r));
    roster_free(r);
}

static void a_ticket_number_that_stands_twice_names_both_lines(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct err e;
    assert_int_equal(import(&r, HEAD "1,a,,C,X,S01\n2,b,,C,X,S01\n1,c,,C,X,S01\n", &c, &e), -ERR_DATA);
    assert_null(r);
    assert_int_equal(c.n, 1);
    assert_non_null(
        strstr((const char *)c.text.p, "list.csv:4: the ticket number 1 stands already in line 2"));
    bytes_release(&c.text);
}

static void every_bad_row_is_told_and_nothing_is_stored(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct err e;
    assert_refused(import(&r,
                          "ticket,name,county,school,site,seat,extra_minutes\n"
                          ",a,C,X,S01,,\n"
                          "2,,C,X,S01,,\n"
                          "3,c,C,X,考点,,\n"
                          "4,d,C,X,S01,,-5\n"
                          "5,e,C,X,S01\n"
                          "6,f,C,X,S01,7,\n"
                          "7,g,C,X,S01,,\n",
                          &c, &e),
                   ERR_DATA, "nothing was stored", e);
    static const char *const told[] = {":2: ticket is empty",
                                       ":3: name is empty",
                                       ":4: site",
                                       ":5: extra_minutes",
                                       ":6: 5 fields, but the header line has 7",
                                       ":7: a seat is given"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        assert_non_null(strstr((const char *)c.text.p, told[i]));
    assert_int_equal(c.n, 6);
    bytes_release(&c.text);
}

static void two_on_one_seat_are_told(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct err e;
    assert_int_equal(
        import(&r,
               "ticket,name,county,school,site,room,seat,form\n1,a,C,X,S01,R1,3,A\n2,b,C,X,S01,R1,3,B\n"
               "3,c,C,X,S02,R1,3,B\n",
               &c, &e),
        -ERR_DATA);
    assert_int_equal(c.n, 1);
    assert_non_null(
        strstr((const char *)c.text.p, "list.csv:3: seat 3 of room R1 is already given to line 2"));
    bytes_release(&c.text);
}

static void what_is_no_table_of_candidates_is_refused(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct err e;
    assert_refused(import(&r, "name,county\na,b\n", &c, &e), ERR_DATA, "no column ticket", e);
    assert_refused(import(&r, HEAD, &c, &e), ERR_DATA, "no candidate", e);
    assert_refused(import(&r, "", &c, &e), ERR_DATA, "no header", e);
    assert_refused(import(&r, HEAD "\xff\xfe,a,,C,X,S\n", &c, &e), ERR_DATA, "UTF-8", e);
    assert_refused(import(&r, "ticket,准考证号,name,county,school,site\n", &c, &e), ERR_DATA, "twice", e);
}

static const struct arrange_plan four = {
    .seed = 7, .seats = 40, .columns = 8, .n_forms = 4, .form = (const char *const[]){"A", "B", "C", "D"}};
static const struct arrange_plan two = {.seed = 7,
                                        .seats = 30,
                                        .columns = 6,
                                        .n_forms = 2,
                                        .snake = true,
                                        .form = (const char *const[]){"A", "B"}};

static void the_same_seed_gives_the_same_plan(void **state)
{
    (void)state;
    struct roster *a = people(97, 2), *b = people(97, 2), *other = people(97, 2);
    struct arrange_plan plan = four;
    struct bytes x = {0}, y = {0}, z = {0};
    struct err e;
    assert_done(roster_arrange(a, &plan, &e), e);
    assert_done(roster_arrange(b, &plan, &e), e);
    plan.seed = 8;
    assert_done(roster_arrange(other, &plan, &e), e);
    assert_done(roster_write(a, &x, &e), e);
    assert_done(roster_write(b, &y, &e), e);
    assert_done(roster_write(other, &z, &e), e);
    assert_true(span_equal(bytes_span(&x), bytes_span(&y)));
    assert_false(span_equal(bytes_span(&x), bytes_span(&z)));
    bytes_release(&x);
    bytes_release(&y);
    bytes_release(&z);
    roster_free(a);
    roster_free(b);
    roster_free(other);
}

static void check_neighbours(const struct arrange_plan *plan, bool diagonal)
{
    struct roster *r = people(97, 2);
    struct err e;
    assert_done(roster_arrange(r, plan, &e), e);
    assert_done(roster_check(r, &e), e);
    for (size_t i = 0; i < r->n_candidates; i++)
        for (size_t k = 0; k < i; k++) {
            const struct roster_candidate *x = &r->candidate[i], *y = &r->candidate[k];
            if (strcmp(x->site, y->site) != 0 || strcmp(x->room, y->room) != 0)
                continue;
            int64_t row[2], column[2];
            arrange_position(plan, x->seat, &row[0], &column[0]);
            arrange_position(plan, y->seat, &row[1], &column[1]);
            int64_t aside = llabs(column[0] - column[1]), behind = llabs(row[0] - row[1]);
            if (aside + behind == 1 || (diagonal && aside == 1 && behind == 1))
                assert_string_not_equal(x->form, y->form);
        }
    roster_free(r);
}

static void neighbours_have_different_forms(void **state)
{
    (void)state;
    struct arrange_plan three = four;
    three.n_forms = 3;
    check_neighbours(&four, true);
    check_neighbours(&three, false);
    check_neighbours(&two, false);
}

static void given_rooms_stay_and_others_get_new_ones(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct err e;
    assert_done(import(&r,
                       "ticket,name,county,school,site,room\n1,a,C,X,S01,01\n2,b,C,X,S01,\n3,c,C,X,S02,\n",
                       &c, &e),
                e);
    assert_false(roster_is_arranged(r));
    assert_done(roster_arrange(r, &four, &e), e);
    assert_done(roster_check(r, &e), e);
    assert_string_equal(roster_find(r, "1")->room, "01");
    assert_string_equal(roster_find(r, "2")->room, "02");
    assert_string_equal(roster_find(r, "3")->room, "01");
    assert_refused(roster_arrange(r, &four, &e), ERR_USAGE, "drawn once", e);
    roster_free(r);
}

static void a_room_with_too_few_seats_is_told(void **state)
{
    (void)state;
    struct complaints c = {0};
    struct roster *r = NULL;
    struct arrange_plan plan = four;
    struct err e;
    plan.seats = 1;
    assert_done(import(&r, "ticket,name,county,school,site,room\n1,a,C,X,S01,R\n2,b,C,X,S01,R\n", &c, &e), e);
    assert_refused(roster_arrange(r, &plan, &e), ERR_USAGE, "2 candidates and 1 seats", e);
    roster_free(r);
}

static void the_office_keeps_the_roster_and_its_document(void **state)
{
    (void)state;
    struct home h;
    struct roster *r = people(50, 1), *back = NULL, *read = NULL;
    struct bytes document = {0};
    struct err e;
    home_open(&h);
    assert_refused(office_roster_load(h.office, "am1", &back, &e), ERR_USAGE, "no roster yet", e);
    assert_done(office_roster_save(h.office, r, &e), e);
    char *path = office_session_path(h.office, "am1", "roster.xml");
    assert_false(file_exists(path));
    assert_done(office_roster_load(h.office, "am1", &back, &e), e);
    assert_done(roster_arrange(back, &four, &e), e);
    assert_done(office_roster_save(h.office, back, &e), e);
    assert_done(file_read(path, 1 << 20, &document, &e), e);
    assert_done(roster_read(&read, path, bytes_span(&document), &e), e);
    assert_int_equal(read->n_candidates, 50);
    assert_int_equal(read->n_rooms, 2);
    home_reload(&h);
    assert_int_equal(h.session.candidates, 50);
    free(path);
    roster_free(r);
    roster_free(back);
    roster_free(read);
    bytes_release(&document);
    home_close(&h);
}

static void a_signed_roster_stays_as_it_is(void **state)
{
    (void)state;
    struct home h;
    struct roster *r = people(5, 1);
    struct err e;
    home_open(&h);
    assert_done(roster_arrange(r, &four, &e), e);
    assert_done(office_roster_save(h.office, r, &e), e);
    char *path = office_session_path(h.office, "am1", "roster.xml.0123456789ABCDEF.minisig");
    assert_done(file_put(path, 0644, span_str("x"), &e), e);
    assert_refused(office_roster_save(h.office, r, &e), ERR_USAGE, "signed", e);
    free(path);
    roster_free(r);
    home_close(&h);
}

static int64_t in_session(struct home *h, const char *session)
{
    struct err e;
    int64_t n = 0;
    assert_done(db_get_int(office_db(h->office), &n, 0, &e,
                           "SELECT count(*) FROM candidate WHERE session = ?1", "t", session),
                e);
    return n;
}

static void who_changes_his_session_is_never_in_neither(void **state)
{
    (void)state;
    struct home h;
    struct roster *first = people(5, 1), *none = roster_new();
    struct err e;
    home_open(&h);
    struct office_session pm1 = h.session;
    pm1.id = "pm1";
    assert_done(office_session_add(h.office, &pm1, &e), e);
    assert_done(office_roster_save(h.office, first, &e), e);
    none->session = "am1";
    first->session = "pm1";
    assert_done(roster_arrange(first, &four, &e), e);
    char *path = office_session_path(h.office, "pm1", "roster.xml");
    assert_done(file_mkdirs(path, false, &e), e); /* where the document cannot be put */
    assert_int_equal(office_rosters_save(h.office, (struct roster *[]){none, first}, 2, &e), -ERR_ENV);
    assert_int_equal(in_session(&h, "am1"), 5);
    assert_int_equal(in_session(&h, "pm1"), 0);
    rmdir(path);
    assert_done(office_rosters_save(h.office, (struct roster *[]){none, first}, 2, &e), e);
    assert_int_equal(in_session(&h, "am1"), 0);
    assert_int_equal(in_session(&h, "pm1"), 5);
    free(path);
    roster_free(first);
    roster_free(none);
    home_close(&h);
}

static void tickets_are_printed_by_room_and_seat(void **state)
{
    (void)state;
    struct home h;
    struct roster *r = people(3, 1);
    struct bytes html = {0}, text = {0};
    struct err e;
    home_open(&h);
    r->candidate[0].name = "<李&华>";
    assert_done(roster_arrange(r, &four, &e), e);
    const struct tickets t = {.office = "O", .session = &h.session, .roster = r};
    tickets_html(&t, &html);
    tickets_text(&t, &text);
    assert_non_null(strstr((const char *)html.p, "&lt;李&amp;华&gt;"));
    assert_non_null(strstr((const char *)html.p, "2026-11-22 09:00 – 11:00"));
    const char *first = strstr((const char *)text.p, "Seat: 1\n"),
               *second = strstr((const char *)text.p, "Seat: 2\n");
    assert_true(first && second && first < second);
    bytes_release(&html);
    bytes_release(&text);
    roster_free(r);
    home_close(&h);
}

static void benches_and_raters_are_kept_also_in_a_home_of_the_first_format(void **state)
{
    (void)state;
    struct home h;
    struct roster *back = NULL, *r = people(4, 1);
    struct err e;
    home_open(&h);
    assert_done(db_script(office_db(h.office),
                          "ALTER TABLE room DROP COLUMN benches; DROP TABLE rater; DROP TABLE heard; "
                          "PRAGMA user_version=1;",
                          &e),
                e);
    office_close(h.office);
    assert_done(office_open(&h.office, h.dir, &e), e);
    r->room = arena_array(r->arena, 1, sizeof *r->room);
    r->room[r->n_rooms++] =
        (struct roster_room){.site = "S01", .id = "R1", .name = "R1", .seats = 8, .benches = 2};
    for (size_t i = 0; i < r->n_candidates; i++) {
        r->candidate[i].room = "R1";
        r->candidate[i].form = "P1";
        r->candidate[i].seat = (int64_t)i + 1;
    }
    r->rater = arena_array(r->arena, 1, sizeof *r->rater);
    r->rater[r->n_raters++] = (struct roster_rater){.id = "E1",
                                                    .name = "王老师",
                                                    .school = "外校",
                                                    .site = "S01",
                                                    .room = "R1",
                                                    .from = 1,
                                                    .to = 2,
                                                    .order = 1};
    assert_done(office_roster_save(h.office, r, &e), e);
    assert_done(office_roster_load(h.office, "am1", &back, &e), e);
    assert_int_equal(back->room[0].benches, 2);
    assert_int_equal(back->n_raters, 1);
    assert_string_equal(back->rater[0].name, "王老师");
    assert_int_equal(back->rater[0].to, 2);
    roster_free(r);
    roster_free(back);
    home_close(&h);
}

/* An arranged list of 16 with four forms; the candidate of seat 3 moved to a seat with a form. */
static int moved_to(int64_t seat, const char *form, const struct arrange_plan *plan, bool *known, struct err *e)
{
    struct roster *before = people(16, 1), *after = people(16, 1);
    struct err own;
    assert_done(roster_arrange(before, plan, &own), own);
    assert_done(roster_arrange(after, plan, &own), own);
    for (size_t i = 0; i < after->n_candidates; i++)
        if (after->candidate[i].seat == 3) {
            after->candidate[i].seat = seat;
            after->candidate[i].form = form;
        }
    int r = roster_apart(before, after, plan, known, e);
    roster_free(before);
    roster_free(after);
    return r;
}

static void a_late_change_never_seats_one_form_side_by_side(void **state)
{
    (void)state;
    struct roster *r = people(16, 1);
    struct arrange_plan plan = four, alone = four;
    struct err e;
    bool known;
    size_t refused = 0;
    plan.seats = alone.seats = 40;
    plan.columns = alone.columns = 8;
    assert_done(roster_arrange(r, &plan, &e), e);
    for (size_t f = 0; f < plan.n_forms; f++) { /* seat 17 is behind seat 9, and beside nobody */
        const char *behind = NULL;
        for (size_t i = 0; i < r->n_candidates; i++)
            behind = r->candidate[i].seat == 9 ? r->candidate[i].form : behind;
        if (strcmp(behind, plan.form[f]) != 0) {
            assert_done(moved_to(17, plan.form[f], &plan, &known, &e), e);
            assert_true(known);
            continue;
        }
        refused++;
        assert_refused(moved_to(17, plan.form[f], &plan, &known, &e), ERR_DATA, "has form", e);
        assert_non_null(strstr(e.hint, "give one of these forms"));
    }
    assert_int_equal(refused, 1);
    alone.n_forms = 1; /* one form for everybody: nothing to keep apart */
    assert_done(moved_to(17, four.form[0], &alone, &known, &e), e);
    assert_false(known);
    roster_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_with_chinese_heads_is_taken),
        cmocka_unit_test(a_ticket_number_that_stands_twice_names_both_lines),
        cmocka_unit_test(every_bad_row_is_told_and_nothing_is_stored),
        cmocka_unit_test(two_on_one_seat_are_told),
        cmocka_unit_test(what_is_no_table_of_candidates_is_refused),
        cmocka_unit_test(the_same_seed_gives_the_same_plan),
        cmocka_unit_test(neighbours_have_different_forms),
        cmocka_unit_test(a_late_change_never_seats_one_form_side_by_side),
        cmocka_unit_test(given_rooms_stay_and_others_get_new_ones),
        cmocka_unit_test(a_room_with_too_few_seats_is_told),
        cmocka_unit_test(the_office_keeps_the_roster_and_its_document),
        cmocka_unit_test(a_signed_roster_stays_as_it_is),
        cmocka_unit_test(who_changes_his_session_is_never_in_neither),
        cmocka_unit_test(tickets_are_printed_by_room_and_seat),
        cmocka_unit_test(benches_and_raters_are_kept_also_in_a_home_of_the_first_format),
    };
    return cmocka_run_group_tests_name("office-roster", tests, NULL, NULL);
}
