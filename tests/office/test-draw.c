/* SPDX-License-Identifier: Apache-2.0 */
/* The draw: everybody one place, balanced sheets, no equal neighbours, the same for everybody who computes
 * it. */
#include "office/draw.h"

#include <math.h>

#include "tests/check.h"
#include "tests/office/draw-kit.h"

static void numbers_are_those_of_blake2b_with_the_seed_as_key(void **state)
{
    (void)state;
    struct draw_stream s;
    uint8_t seed[DRAW_SEED];
    for (int i = 0; i < DRAW_SEED; i++)
        seed[i] = (uint8_t)i;
    draw_stream_begin(&s, seed, "schools/%s", "S01");
    /* hashlib.blake2b(b'schools/S01\0' + bytes(8), key=bytes(range(32))) of Python, and of its second block
     */
    assert_int_equal(draw_stream_next(&s), UINT64_C(0xfb1b3cecd3d2c066));
    assert_int_equal(draw_stream_next(&s), UINT64_C(0xb98b3bdf49ab1910));
    for (int i = 2; i < 8; i++)
        (void)draw_stream_next(&s);
    assert_int_equal(draw_stream_next(&s), UINT64_C(0x8773a5b89caa4d89));
}

static void everybody_has_exactly_one_place(void **state)
{
    (void)state;
    struct draw_list *l = shape_list(&shape_usual);
    for (int seed = 0; seed < 20; seed++) {
        struct draw_result *r = draw_with(l, seed);
        bool taken[16][5][13] = {0};
        for (size_t i = 0; i < l->n_candidates; i++) {
            const struct draw_place *p = &r->place[i];
            assert_true(p->room < l->n_rooms);
            assert_string_equal(l->room[p->room].site, l->candidate[i].site);
            assert_in_range(p->group, 1, 4);
            assert_in_range(p->bench, 1, 12);
            assert_true(p->experiment < 3);
            assert_false(taken[p->room][p->group][p->bench]);
            taken[p->room][p->group][p->bench] = true;
        }
        draw_result_free(r);
    }
    draw_list_free(l);
}

static void check_groups(const struct draw_list *l, const struct draw_result *r, int experiments)
{
    for (size_t room = 0; room < l->n_rooms; room++)
        for (int64_t group = 1; group <= l->room[room].groups; group++) {
            int at[64], count[8] = {0}, n = 0, columns = (int)l->room[room].columns;
            for (size_t i = 0; i < l->n_candidates; i++)
                if (r->place[i].room == room && r->place[i].group == group) {
                    at[r->place[i].bench - 1] = (int)r->place[i].experiment;
                    count[r->place[i].experiment]++;
                    n++;
                }
            for (int k = 0; k < experiments; k++)
                assert_in_range(count[k], n / experiments, (n + experiments - 1) / experiments);
            for (int b = 0; b < n; b++) {
                assert_false(b % columns && at[b - 1] == at[b]);
                assert_false(b >= columns && at[b - columns] == at[b]);
            }
        }
}

static void experiments_of_a_group_are_balanced_and_neighbours_differ(void **state)
{
    (void)state;
    for (int experiments = 2; experiments <= 6; experiments++)
        for (int columns = 1; columns <= 6; columns++) {
            struct shape s = shape_usual;
            s.experiments = experiments;
            s.columns = columns;
            struct draw_list *l = shape_list(&s);
            struct draw_result *r = draw_with(l, experiments * 10 + columns);
            check_groups(l, r, experiments);
            assert_int_equal(r->neighbours, 0);
            draw_result_free(r);
            draw_list_free(l);
        }
}

static void the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_table(void **state)
{
    (void)state;
    struct draw_list *l = shape_list(&shape_usual), *m = shape_list(&shape_usual);
    struct bytes x = {0}, y = {0}, z = {0};
    for (size_t i = 0, k = m->n_candidates - 1; i < k; i++, k--) {
        struct draw_candidate c = m->candidate[i];
        m->candidate[i] = m->candidate[k];
        m->candidate[k] = c;
    }
    struct draw_result *r = draw_with(l, 1), *s = draw_with(m, 1), *t = draw_with(m, 2);
    draw_result_write(r, l, &x);
    draw_result_write(s, m, &y);
    draw_result_write(t, m, &z);
    assert_true(span_equal(bytes_span(&x), bytes_span(&y)));
    assert_false(span_equal(bytes_span(&x), bytes_span(&z)));
    bytes_release(&x);
    bytes_release(&y);
    bytes_release(&z);
    draw_result_free(r);
    draw_result_free(s);
    draw_result_free(t);
    draw_list_free(l);
    draw_list_free(m);
}

static void a_school_that_fits_a_room_stays_together(void **state)
{
    (void)state;
    struct shape s = shape_usual;
    s.sites = 1;
    s.candidates = 100;
    struct draw_list *l = shape_list(&s);
    for (int seed = 0; seed < 20; seed++) {
        struct draw_result *r = draw_with(l, seed);
        assert_int_equal(r->split_rooms, 0);
        draw_result_free(r);
    }
    draw_list_free(l);
}

static void a_school_larger_than_a_room_stays_in_one_session(void **state)
{
    (void)state;
    struct shape s = shape_usual;
    s.sites = s.schools = 1;
    s.candidates = 130;
    s.raters = 0;
    struct draw_list *l = shape_list(&s);
    struct draw_result *r = draw_with(l, 3);
    assert_int_equal(r->split_rooms, 1);
    assert_int_equal(r->split_sessions, 0);
    draw_result_free(r);
    draw_list_free(l);
}

/* Each candidate comes to each bench and each experiment about equally often. */
static void every_bench_and_experiment_is_as_likely_for_everybody(void **state)
{
    (void)state;
    enum { N = 12, RUNS = 3000 };
    struct shape s = {.candidates = N,
                      .schools = 3,
                      .sites = 1,
                      .rooms = 1,
                      .benches = N,
                      .groups = 1,
                      .columns = 4,
                      .sessions = 1,
                      .experiments = 3,
                      .ratings = 1,
                      .watch = 4};
    struct draw_list *l = shape_list(&s);
    int bench[N][N] = {{0}}, experiment[N][3] = {{0}};
    for (int i = 0; i < RUNS; i++) {
        struct draw_result *r = draw_with(l, i);
        for (size_t c = 0; c < N; c++) {
            bench[c][r->place[c].bench - 1]++;
            experiment[c][r->place[c].experiment]++;
        }
        draw_result_free(r);
    }
    double chi_bench = 0, chi_experiment = 0;
    for (int c = 0; c < N; c++) {
        for (int b = 0; b < N; b++)
            chi_bench += pow(bench[c][b] - (double)RUNS / N, 2) / ((double)RUNS / N);
        for (int x = 0; x < 3; x++)
            chi_experiment += pow(experiment[c][x] - RUNS / 3.0, 2) / (RUNS / 3.0);
    }
    assert_true(chi_bench > 70 && chi_bench < 200);         /* 121 degrees of freedom: 121 +- 15.6 */
    assert_true(chi_experiment > 4 && chi_experiment < 60); /* about 22 */
    draw_list_free(l);
}

static void nobody_rates_pupils_of_the_own_school(void **state)
{
    (void)state;
    struct draw_list *l = shape_list(&shape_usual);
    for (int seed = 0; seed < 10; seed++) {
        struct draw_result *r = draw_with(l, seed);
        for (size_t i = 0; i < l->n_candidates; i++) {
            int seen[4] = {0};
            const struct draw_place *p = &r->place[i];
            for (size_t k = 0; k < l->n_raters; k++) {
                const struct draw_duty *d = &r->duty[k];
                if (d->room != p->room || p->bench < d->from || p->bench > d->to)
                    continue;
                assert_string_not_equal(l->rater[k].school, l->candidate[i].school);
                assert_int_equal(l->rater[k].session, l->room[p->room].session);
                seen[d->order]++;
            }
            assert_int_equal(seen[1], 1);
            assert_int_equal(seen[2], 1);
        }
        draw_result_free(r);
    }
    draw_list_free(l);
}

struct complaints {
    size_t n;
    char where[64], what[400];
};

static void complain(void *context, const char *where, const char *what)
{
    struct complaints *c = context;
    if (c->n++ == 0) {
        snprintf(c->where, sizeof c->where, "%s", where);
        snprintf(c->what, sizeof c->what, "%s", what);
    }
}

static void refuse(const struct shape *s, const char *says, const char *complaint)
{
    struct draw_list *l = shape_list(s);
    struct draw_result *r = NULL;
    struct complaints c = {0};
    struct err e;
    uint8_t seed[DRAW_SEED] = {0};
    assert_done(draw_list_check(l, &e), e);
    assert_refused(draw_run(&r, l, seed, complain, &c, &e), ERR_NO, says, e);
    assert_null(r);
    if (!strstr(c.what, complaint))
        fail_msg("the complaint is \"%s\"", c.what);
    draw_list_free(l);
}

static void more_candidates_than_benches_is_told_by_site(void **state)
{
    (void)state;
    struct shape s = shape_usual;
    s.sites = 1;
    s.candidates = 300;
    refuse(&s, "1 site has more", "site S00: 300 candidates and 288 places: 12 are missing");
}

static void raters_all_of_one_school_are_explained(void **state)
{
    (void)state;
    struct shape s = shape_usual;
    s.schools = s.sites = 1;
    s.candidates = 40;
    refuse(&s, "have no rater",
           "of 60 raters 0 are bound to other sites, 60 are of the schools rated there (第0中学)");
}

static void one_rater_only_is_explained(void **state)
{
    (void)state;
    struct shape s = shape_usual;
    s.raters = 1;
    refuse(&s, "have no rater", "of 1 rater ");
}

static void fewer_than_two_experiments_are_refused(void **state)
{
    (void)state;
    struct shape s = shape_usual;
    struct err e;
    s.experiments = 1;
    struct draw_list *l = shape_list(&s);
    assert_refused(draw_list_check(l, &e), ERR_DATA, "1 experiment: a draw needs between 2", e);
    draw_list_free(l);
}

static void a_ticket_or_a_rater_that_stands_twice_is_refused(void **state)
{
    (void)state;
    struct err e;
    struct draw_list *l = shape_list(&shape_usual);
    l->candidate[7].ticket = "T00001";
    assert_refused(draw_list_check(l, &e), ERR_DATA, "the ticket number occurs twice", e);
    assert_string_equal(e.where, "T00001");
    draw_list_free(l);
    l = shape_list(&shape_usual);
    l->rater[2].id = l->rater[0].id;
    assert_refused(draw_list_check(l, &e), ERR_DATA, "the rater stands twice", e);
    draw_list_free(l);
}

static void a_list_reads_as_it_was_written_and_only_so(void **state)
{
    (void)state;
    struct draw_list *l = shape_list(&shape_usual), *m = NULL;
    struct bytes text = {0}, again = {0};
    struct err e;
    l->candidate[0].school = "=1+1, \"x\"";
    assert_done(draw_list_write(l, &text, &e), e);
    assert_done(draw_list_read(&m, "list.csv", bytes_span(&text), &e), e);
    assert_done(draw_list_write(m, &again, &e), e);
    assert_true(span_equal(bytes_span(&text), bytes_span(&again)));
    draw_list_free(m);
    bytes_str(&text, "candidate,,S00,A0,Z,,,,\r\n");
    assert_refused(draw_list_read(&m, "list.csv", bytes_span(&text), &e), ERR_DATA, "not in canonical form",
                   e);
    bytes_release(&text);
    bytes_release(&again);
    draw_list_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_of_blake2b_with_the_seed_as_key),
        cmocka_unit_test(everybody_has_exactly_one_place),
        cmocka_unit_test(experiments_of_a_group_are_balanced_and_neighbours_differ),
        cmocka_unit_test(the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_table),
        cmocka_unit_test(a_school_that_fits_a_room_stays_together),
        cmocka_unit_test(a_school_larger_than_a_room_stays_in_one_session),
        cmocka_unit_test(every_bench_and_experiment_is_as_likely_for_everybody),
        cmocka_unit_test(nobody_rates_pupils_of_the_own_school),
        cmocka_unit_test(more_candidates_than_benches_is_told_by_site),
        cmocka_unit_test(raters_all_of_one_school_are_explained),
        cmocka_unit_test(one_rater_only_is_explained),
        cmocka_unit_test(fewer_than_two_experiments_are_refused),
        cmocka_unit_test(a_ticket_or_a_rater_that_stands_twice_is_refused),
        cmocka_unit_test(a_list_reads_as_it_was_written_and_only_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
