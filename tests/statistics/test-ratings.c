/* SPDX-License-Identifier: Apache-2.0 */
/* From the store to the statistics: what examiners rated comes out as they rated it, and the statuses of
 * candidates stand in the rates. */
#include "statistics/quality/ratings.h"

#include <stdlib.h>

#include "statistics/quality/quality.h"
#include "statistics/tables.h"
#include "sync/pack.h"
#include "tests/check.h"
#include "tests/statistics/examiners.h"
#include "tests/sync/sittings.h"

static enum examiner_way third_is_severe(size_t rater)
{
    return rater == 2 ? WAY_SEVERE : WAY_PLAIN;
}

static const struct examiners exam = {
    .raters = 8, .each = 60, .schools = 4, .rubrics = 2, .sites = 1, .way = third_is_severe};

static struct err e;

struct fixture {
    struct arena *arena;
    struct quality_input in;
    struct store *store;
    char path[64];
};

static void put_plan(struct fixture *f)
{
    struct rubric *rubric[2] = {NULL};
    struct bytes out = {0};
    for (size_t i = 0; i < f->in.n; i++)
        rubric[f->in.rated[i].rubric->id[1] - '1'] = (struct rubric *)(uintptr_t)f->in.rated[i].rubric;
    const struct lab_plan plan = {.id = "lab",
                                  .title = "实验操作",
                                  .interval_s = 300,
                                  .raters = 1,
                                  .tolerance = {1000},
                                  .round = {500},
                                  .rubric = rubric,
                                  .n_rubrics = 2,
                                  .exemption = (struct lab_exemption[]){{"injury", "受伤", {9000}}},
                                  .n_exemptions = 1};
    assert_done(lab_plan_write(&plan, &out, &e), e);
    assert_done(store_put_plan(f->store, "am1", bytes_span(&out), &e), e);
    bytes_release(&out);
}

static void put_roster(struct fixture *f)
{
    struct roster *r = roster_new();
    struct bytes out = {0};
    r->session = "am1";
    r->site = "";
    r->room = arena_array(r->arena, exam.raters, sizeof *r->room);
    r->rater = arena_array(r->arena, exam.raters, sizeof *r->rater);
    r->candidate = arena_array(r->arena, f->in.n, sizeof *r->candidate);
    for (size_t i = 0; i < exam.raters; i++) {
        const char *room = arena_printf(r->arena, "R%02zu", i + 1);
        r->room[r->n_rooms++] = (struct roster_room){
            .site = "S01", .id = room, .name = room, .seats = (int64_t)exam.each, .benches = 4};
        r->rater[r->n_raters++] = (struct roster_rater){.id = examiners_id(i, r->arena),
                                                        .name = "周老师",
                                                        .school = "",
                                                        .site = "S01",
                                                        .room = room,
                                                        .from = 1,
                                                        .to = 4,
                                                        .order = 1};
    }
    for (size_t i = 0; i < f->in.n; i++) {
        const struct rated *x = &f->in.rated[i];
        r->candidate[r->n_candidates++] = (struct roster_candidate){.ticket = x->ticket,
                                                                    .name = "考生",
                                                                    .id_number = "",
                                                                    .county = x->county,
                                                                    .school = x->school,
                                                                    .site = "S01",
                                                                    .room = x->room,
                                                                    .form = x->rubric->id,
                                                                    .seat = (int64_t)(i % exam.each) + 1};
    }
    assert_done(roster_write(r, &out, &e), e);
    assert_done(store_put_roster(f->store, r, bytes_span(&out), &e), e);
    bytes_release(&out);
    roster_free(r);
}

static struct rating rating_of(const struct rated *x)
{
    struct rating r;
    rating_begin(&r, x->rubric);
    r.status = x->status;
    r.reason = x->status == RATING_EXEMPT                                ? "injury"
               : x->status == RATING_RATED || x->status == RATING_ABSENT ? ""
                                                                         : "5.3";
    if (x->status != RATING_RATED)
        return r;
    r.identified = r.confirmed = true;
    r.confirmed_milli = x->total.milli;
    r.begun_ms = x->begun_ms;
    r.used_ms = x->used_ms;
    for (size_t s = 0; s < x->n_steps; s++)
        r.step[s] =
            (struct rating_step){.mark = x->step[s].mark, .slips = x->step[s].slips, .wall_ms = x->wall_ms};
    return r;
}

static void put_ratings(struct fixture *f, size_t rater)
{
    const char *id = examiners_id(rater, f->arena);
    struct made *m = made_bundle(id);
    struct merge_sitting *s = made_sitting(m, id, id, "abc");
    struct packed_answer *given = arena_array(f->arena, exam.each, sizeof *given);
    struct bytes packed = {0};
    for (size_t i = 0; i < exam.each; i++) {
        const struct rated *x = &f->in.rated[rater * exam.each + i];
        const struct rating r = rating_of(x);
        struct bytes out = {0};
        assert_done(rating_write(&r, &out, &e), e);
        given[i] = (struct packed_answer){x->ticket, span_of(arena_copy(f->arena, out.p, out.n), out.n)};
        bytes_release(&out);
    }
    answers_pack(given, exam.each, &packed);
    s->form = ROSTER_RATING_FORM;
    s->answers = bytes_span(&packed);
    made_merge(f->store, m);
    bytes_release(&packed);
    made_free(m);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->in = examiners_make(&exam, 7, f->arena);
    struct rated *all = arena_copy(f->arena, f->in.rated, f->in.n * sizeof *all);
    all[3].status = RATING_ABSENT;
    all[4].status = RATING_EXEMPT;
    all[5].status = RATING_POSTPONED;
    all[66].status = RATING_BREACH;
    all[67].status = RATING_CHEATING;
    all[68].status = RATING_VOID;
    f->in.rated = all;
    f->store = made_store(f->path);
    put_plan(f);
    put_roster(f);
    for (size_t i = 0; i < exam.raters; i++)
        put_ratings(f, i);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    made_remove(f->store, f->path);
    arena_free(f->arena);
    free(f);
    return 0;
}

static void ratings_come_out_of_the_store_as_they_were_made(void **state)
{
    struct fixture *f = *state;
    struct lab_session *l = NULL;
    struct session_ratings s;
    assert_int_equal(store_lab(f->store, "am1", &l, &e), 1);
    assert_done(session_ratings_read(&s, l, f->arena, &e), e);
    assert_int_equal(s.n, f->in.n);
    assert_int_equal(s.unreadable, 0);
    for (size_t i = 0; i < s.n; i++) {
        const struct rated *x = &s.rated[i], *y = &f->in.rated[i];
        assert_string_equal(x->ticket, y->ticket);
        assert_string_equal(x->rater, y->rater);
        assert_string_equal(x->rater_name, "周老师");
        assert_string_equal(x->school, y->school);
        assert_string_equal(x->room, y->room);
        assert_int_equal(x->group, y->group);
        assert_int_equal(x->bench, y->bench);
        assert_int_equal(x->order, 1);
        assert_int_equal(x->status, y->status);
        if (!rated_counts(y) || y->status != RATING_RATED)
            continue;
        assert_true(rated_counts(x));
        assert_int_equal(x->total.milli, y->total.milli);
        assert_int_equal(x->begun_ms, y->begun_ms);
        for (size_t k = 0; k < x->n_steps; k++) {
            assert_int_equal(x->step[k].charged, y->step[k].charged);
            assert_int_equal(x->step[k].points.milli, y->step[k].points.milli);
        }
    }
    lab_session_free(l);
}

static void the_severe_examiner_is_found_in_the_store(void **state)
{
    struct fixture *f = *state;
    struct lab_session *l = NULL;
    struct session_ratings s;
    struct quality q;
    assert_int_equal(store_lab(f->store, "am1", &l, &e), 1);
    assert_done(session_ratings_read(&s, l, f->arena, &e), e);
    const struct quality_input in = {
        .rated = s.rated, .n = s.n, .full = {20000}, .tolerance = {1000}, .pass = {12000}};
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.n_raters, exam.raters);
    assert_int_equal(q.counted, f->in.n - 6);
    for (size_t i = 0; i < q.n_raters; i++)
        assert_int_equal(q.rater[i].flags, i == 2 ? QUALITY_SEVERE : 0);
    assert_string_equal(q.rater[2].name, "周老师");
    quality_release(&q);
    lab_session_free(l);
}

static void the_list_of_ratings_has_every_step(void **state)
{
    struct fixture *f = *state;
    struct lab_session *l = NULL;
    struct session_ratings s;
    struct bytes csv = {0};
    assert_int_equal(store_lab(f->store, "am1", &l, &e), 1);
    assert_done(session_ratings_read(&s, l, f->arena, &e), e);
    struct table *t = ratings_table(&s, 480);
    table_csv(t, &csv);
    assert_int_equal(t->n_rows, f->in.n);
    assert_non_null(strstr((const char *)csv.p, "exempt"));
    assert_non_null(strstr((const char *)csv.p, "breach"));
    bytes_release(&csv);
    table_free(t);
    lab_session_free(l);
}

static const char *cell(const struct table *t, size_t row, const char *key)
{
    for (size_t c = 0; c < t->n_columns; c++)
        if (strcmp(t->column[c].key, key) == 0)
            return t->row[row].cell[c];
    return "";
}

static void statuses_of_a_lab_exam_stand_in_the_rates(void **state)
{
    struct fixture *f = *state;
    const struct rates_lines lines = {{20000}, {12000}, {17000}};
    const struct rates_view view = {.level = {true, true, true, true}, .decimals = 2, .statuses = true};
    struct store_result *all = NULL;
    struct rates r;
    size_t n = 0;
    assert_done(store_results(f->store, "am1", "", f->arena, &all, &n, &e), e);
    assert_done(rates_compute(&r, all, n, &lines, &e), e);
    struct table *t = rates_table(&r, &view);
    assert_string_equal(cell(t, 0, "registered"), "479");
    assert_string_equal(cell(t, 0, "sat"), "477");
    assert_string_equal(cell(t, 0, "absent"), "1");
    assert_string_equal(cell(t, 0, "postponed"), "1");
    assert_string_equal(cell(t, 0, "exempt"), "1");
    assert_string_equal(cell(t, 0, "violation"), "1");
    assert_string_equal(cell(t, 0, "cheating"), "1");
    assert_int_equal(r.voided, 1);
    assert_int_equal(r.unit[0].count.scored, 475);
    table_free(t);
    rates_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratings_come_out_of_the_store_as_they_were_made),
        cmocka_unit_test(the_severe_examiner_is_found_in_the_store),
        cmocka_unit_test(the_list_of_ratings_has_every_step),
        cmocka_unit_test(statuses_of_a_lab_exam_stand_in_the_rates),
    };
    return cmocka_run_group_tests_name("ratings", tests, set_up, tear_down);
}
