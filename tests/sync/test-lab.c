/* SPDX-License-Identifier: Apache-2.0 */
/* Lab sessions in the central store: raters, decisions, and what follows for each candidate. */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "sync/lab.h"
#include "sync/pack.h"
#include "sync/store-internal.h"
#include "tests/check.h"
#include "tests/sync/lab.h"

static struct err e;

static void two_raters_within_the_tolerance_give_their_mean(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    assert_waits(f, "T1", "waits");
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 4)));
    assert_points(f, "T1", 4500);
    assert_string_equal(made_result(f, "T1").form, "P9");
    assert_int_equal(made_result(f, "T2").mark, STORE_ABSENT);
}

static void raters_are_no_candidates(void **state)
{
    struct made_lab *f = *state;
    struct store_result *all = NULL;
    size_t n = 0;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    assert_done(store_results(f->store, "am1", "kaochang-1", f->arena, &all, &n, &e), e);
    assert_int_equal(n, 4);
}

static void a_third_rater_settles_what_is_too_far_apart(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 3)));
    assert_waits(f, "T1", "third");
    made_sheet_merge(f, made_sheet(f, "C", "T1", made_rating(f, 4)));
    assert_points(f, "T1", 4500);
}

static void a_stranger_stands_in_quarantine_until_a_decision_saw_him(void **state)
{
    struct made_lab *f = *state;
    struct store_quarantined *all = NULL;
    size_t n = 0;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 5)));
    made_sheet_merge(f, made_sheet(f, "Z", "T1", made_rating(f, 3)));
    assert_waits(f, "T1", "stranger");
    assert_done(store_quarantine(f->store, f->arena, &all, &n, &e), e);
    assert_int_equal(n, 3);
    assert_string_equal(all[0].reason, "raters");
    made_decision_put(f, made_decision(f, DECISION_CHIEF, "T1", 5000));
    assert_points(f, "T1", 5000);
    assert_done(store_quarantine(f->store, f->arena, &all, &n, &e), e);
    assert_int_equal(n, 0);
}

static void two_devices_of_one_rater_stand_apart_only_where_they_differ(void **state)
{
    struct made_lab *f = *state;
    const char *const tickets[] = {"T1", "T2"};
    const struct rating here[] = {made_rating(f, 5), made_rating(f, 5)},
                        there[] = {made_rating(f, 5), made_rating(f, 3)};
    struct made *one = made_bundle("one"), *two = made_bundle("two");
    made_ratings(f, made_sitting(one, "A", "s", "abc"), tickets, here, 2);
    made_ratings(f, made_sitting(two, "A", "s", "abx"), tickets, there, 2);
    made_sheet_merge(f, one);
    made_sheet_merge(f, two);
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 5)));
    struct made *b = made_bundle("b2");
    made_ratings(f, made_sitting(b, "B", "B", "abcd"), tickets, here, 2);
    made_sheet_merge(f, b);
    assert_points(f, "T1", 5000);
    assert_waits(f, "T2", "stranger");
}

static void a_device_that_is_found_a_day_later_adds_what_only_it_has(void **state)
{
    struct made_lab *f = *state;
    const char *const tickets[] = {"T1", "T2"};
    const struct rating spare[] = {made_rating(f, 4)}, lost[] = {made_rating(f, 2), made_rating(f, 5)},
                        second[] = {made_rating(f, 4), made_rating(f, 5)};
    struct made *b = made_bundle("b"), *fresh = made_bundle("fresh"), *old = made_bundle("old");
    made_ratings(f, made_sitting(b, "B", "B", "abc"), tickets, second, 2);
    made_sitting(fresh, "A", "A", "ab");
    made_epoch(fresh, "A2", "xyz");
    made_ratings(f, &fresh->sitting[0], tickets, spare, 1);
    made_ratings(f, made_sitting(old, "A", "A", "abcdef"), tickets, lost, 2);
    made_sheet_merge(f, b);
    made_sheet_merge(f, fresh);
    assert_points(f, "T1", 4000);
    assert_waits(f, "T2", "waits");
    made_sheet_merge(f, old);
    assert_points(f, "T1", 4000); /* the lost device's older word is superseded */
    assert_points(f, "T2", 5000); /* only it has this one */
}

/* The room's copy, where the lost device's journal has been put together with the spare one's. */
static struct made *copy_with_a_tail(struct made_lab *f)
{
    const char *const tickets[] = {"T1", "T2"};
    const struct rating spare[] = {made_rating(f, 4)}, lost[] = {made_rating(f, 2), made_rating(f, 5)};
    struct made *copy = made_bundle("copy");
    struct merge_sitting *tail = arena_array(f->arena, 1, sizeof *tail);
    made_sitting(copy, "A", "A", "abcdef");
    made_epoch(copy, "A2", "xyz");
    made_ratings(f, &copy->sitting[0], tickets, spare, 1);
    *tail = copy->sitting[0];
    tail->n_epochs = 1;
    made_ratings(f, tail, tickets, lost, 2);
    copy->sitting[0].tail = tail;
    copy->sitting[0].n_tails = 1;
    return copy;
}

static void a_tail_in_the_rooms_copy_adds_what_only_the_lost_device_had(void **state)
{
    struct made_lab *f = *state;
    const char *const tickets[] = {"T1", "T2"};
    const struct rating second[] = {made_rating(f, 4), made_rating(f, 5)}, spare[] = {made_rating(f, 4)};
    struct made *b = made_bundle("b"), *fresh = made_bundle("fresh");
    made_ratings(f, made_sitting(b, "B", "B", "abc"), tickets, second, 2);
    made_sitting(fresh, "A", "A", "ab");
    made_epoch(fresh, "A2", "xyz");
    made_ratings(f, &fresh->sitting[0], tickets, spare, 1);
    made_sheet_merge(f, b);
    made_sheet_merge(f, copy_with_a_tail(f));
    assert_points(f, "T1", 4000);
    assert_points(f, "T2", 5000);
    made_sheet_merge(f, fresh); /* the closing's bundle, late: less of the same */
    assert_points(f, "T1", 4000);
    assert_points(f, "T2", 5000);
}

static void a_clock_that_is_off_by_hours_changes_nothing(void **state)
{
    struct made_lab *f = *state;
    struct rating late = made_rating(f, 5);
    late.begun_ms -= 7 * 3600 * 1000;
    late.step[0].wall_ms += 9 * 3600 * 1000;
    made_sheet_merge(f, made_sheet(f, "A", "T1", late));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 4)));
    assert_points(f, "T1", 4500);
}

static void a_change_after_the_candidate_confirmed_needs_signatures(void **state)
{
    struct made_lab *f = *state;
    struct rating changed = made_rating(f, 5);
    changed.step[0].slips = 1;
    made_sheet_merge(f, made_sheet(f, "A", "T1", changed));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 4)));
    assert_waits(f, "T1", "unsigned");
    made_decision_put(f, made_decision(f, DECISION_CHANGE, "T1", 3500));
    assert_points(f, "T1", 3500);
}

static void statuses_are_what_they_are_and_no_zeros(void **state)
{
    struct made_lab *f = *state;
    const char *const tickets[] = {"T1", "T2", "T3", "T4"};
    const struct rating x[] = {made_status(f, RATING_ABSENT, ""), made_status(f, RATING_EXEMPT, "injury"),
                               made_status(f, RATING_POSTPONED, "lamp"),
                               made_status(f, RATING_BREACH, "5-3")};
    static const enum store_mark mark[] = {STORE_ABSENT, STORE_SCORED, STORE_POSTPONED, STORE_BREACH};
    for (int r = 0; r < 2; r++) {
        struct made *m = made_bundle(r ? "b" : "a");
        made_ratings(f, made_sitting(m, r ? "B" : "A", "s", "abc"), tickets, x, 4);
        made_sheet_merge(f, m);
    }
    for (int i = 0; i < 4; i++) {
        struct store_result got = made_result(f, tickets[i]);
        assert_int_equal(got.mark, mark[i]);
        assert_int_equal(got.points.milli, i == 1 ? 3000 : 0);
        assert_string_equal(got.status, rating_status_name(x[i].status));
    }
    struct decision *d = made_decision(f, DECISION_STATUS, "T4", -1);
    d->status = "void";
    made_decision_put(f, d);
    assert_int_equal(made_result(f, "T4").mark, STORE_VOID);
}

static void raters_who_say_different_statuses_ask_the_chief(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_status(f, RATING_ABSENT, "")));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 5)));
    assert_waits(f, "T1", "chief");
}

static void an_exemption_that_the_plan_does_not_know_asks_the_chief(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_status(f, RATING_EXEMPT, "hunger")));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_status(f, RATING_EXEMPT, "hunger")));
    assert_waits(f, "T1", "chief");
}

static void a_low_score_is_released_by_a_recheck_of_just_this_score(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 1)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 1)));
    assert_waits(f, "T1", "recheck");
    made_decision_put(f, made_decision(f, DECISION_RECHECK, "T1", 1500));
    assert_waits(f, "T1", "recheck");
    made_decision_put(f, made_decision(f, DECISION_RECHECK, "T1", 1000));
    assert_points(f, "T1", 1000);
}

static void a_rating_that_no_decision_saw_reopens_the_case(void **state)
{
    struct made_lab *f = *state;
    struct lab_session *l = NULL;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 3)));
    made_decision_put(f, made_decision(f, DECISION_CHIEF, "T1", 4000));
    assert_points(f, "T1", 4000);
    made_sheet_merge(f, made_sheet(f, "C", "T1", made_rating(f, 3)));
    assert_waits(f, "T1", "chief");
    assert_int_equal(store_lab(f->store, "am1", &l, &e), 1);
    assert_true(lab_session_find(l, "T1")->reopened);
    lab_session_free(l);
}

static void of_two_decisions_the_one_that_replaces_the_other_counts(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 3)));
    struct decision *first = made_decision(f, DECISION_CHIEF, "T1", 4000),
                    *second = made_decision(f, DECISION_APPEAL, "T1", 4500),
                    *beside = made_decision(f, DECISION_APPEAL, "T1", 5000);
    uint8_t hash[1][DECISION_HASH];
    decision_hash(made_decision_bytes(f, first), hash[0]);
    second->supersedes = hash;
    second->n_supersedes = 1;
    made_decision_put(f, second);
    assert_points(f, "T1", 4500);
    made_decision_put(f, first);
    assert_points(f, "T1", 4500);
    made_decision_put(f, beside);
    assert_waits(f, "T1", "chief");
}

static void what_less_than_a_chief_signs_replaces_no_decision_of_his(void **state)
{
    struct made_lab *f = *state;
    struct rating x = made_rating(f, 5);
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 5)));
    struct decision *status = made_decision(f, DECISION_STATUS, "T1", -1),
                    *recheck = made_decision(f, DECISION_RECHECK, "T1", 5000),
                    *sheet = made_decision(f, DECISION_SHEET, "T1", -1);
    uint8_t hash[1][DECISION_HASH];
    status->status = "cheating";
    status->article = "6";
    decision_hash(made_decision_bytes(f, status), hash[0]);
    recheck->supersedes = sheet->supersedes = hash;
    recheck->n_supersedes = sheet->n_supersedes = 1;
    sheet->n_saw = 0;
    sheet->rater = "A";
    sheet->rating = made_rating_bytes(f, &x);
    made_decision_put(f, status);
    made_decision_put(f, recheck);
    made_decision_put(f, sheet);
    assert_int_equal(made_result(f, "T1").mark, STORE_CHEATING);
}

static void a_settled_mark_is_not_changed_by_the_chief_and_one_rater(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 4)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 4)));
    made_decision_put(f, made_decision(f, DECISION_CHIEF, "T1", 5000));
    assert_waits(f, "T1", "chief");
    made_sheet_merge(f, made_sheet(f, "A", "T2", made_rating(f, 4)));
    made_sheet_merge(f, made_sheet(f, "B", "T2", made_rating(f, 4)));
    made_decision_put(f, made_decision(f, DECISION_CHANGE, "T2", 5000));
    assert_points(f, "T2", 5000);
}

static void a_status_after_the_candidate_confirmed_needs_signatures_too(void **state)
{
    struct made_lab *f = *state;
    static const enum rating_status said_then[] = {RATING_ABSENT, RATING_EXEMPT, RATING_BREACH, RATING_VOID};
    const char *const ticket[] = {"T1", "T2", "T3", "T4"};
    struct rating x[4];
    for (int i = 0; i < 4; i++) {
        x[i] = made_rating(f, 4);
        x[i].status = said_then[i];
        x[i].reason = "injury";
    }
    struct made *m = made_bundle("changed");
    made_ratings(f, made_sitting(m, "A", "s", "abc"), ticket, x, 4);
    made_sheet_merge(f, m);
    for (int i = 0; i < 4; i++)
        assert_waits(f, ticket[i], "unsigned");
}

static void who_is_absent_and_has_marks_is_for_the_chief(void **state)
{
    struct made_lab *f = *state;
    struct rating x = made_rating(f, 4);
    x.status = RATING_ABSENT;
    x.confirmed = false;
    x.confirmed_milli = 0;
    made_sheet_merge(f, made_sheet(f, "A", "T1", x));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_status(f, RATING_ABSENT, "")));
    assert_waits(f, "T1", "chief");
}

static void a_decision_gives_no_more_than_the_exam_has(void **state)
{
    struct made_lab *f = *state;
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 4)));
    made_sheet_merge(f, made_sheet(f, "B", "T1", made_rating(f, 4)));
    made_decision_put(f, made_decision(f, DECISION_CHANGE, "T1", 5100));
    assert_waits(f, "T1", "chief");
}

static void a_typed_sheet_is_a_rating(void **state)
{
    struct made_lab *f = *state;
    struct rating x = made_rating(f, 4);
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    struct decision *d = made_decision(f, DECISION_SHEET, "T1", -1);
    d->n_saw = 0;
    d->rater = "B";
    d->rating = made_rating_bytes(f, &x);
    made_decision_put(f, d);
    assert_points(f, "T1", 4500);
}

static void what_is_no_rating_is_looked_at_by_people(void **state)
{
    struct made_lab *f = *state;
    struct made *m = made_bundle("bad");
    const struct packed_answer given = {"T1", span_str("<rating>")};
    struct bytes packed = {0};
    answers_pack(&given, 1, &packed);
    struct merge_sitting *s = made_sitting(m, "A", "s", "abc");
    s->form = ROSTER_RATING_FORM;
    s->answers = bytes_span(&packed);
    made_sheet_merge(f, m);
    assert_waits(f, "T1", "stranger");
    bytes_release(&packed);
}

static void ratings_without_a_plan_are_refused_by_the_report(void **state)
{
    struct made_lab *f = *state;
    struct store_result *all = NULL;
    size_t n = 0;
    assert_done(db_script(f->store->db, "DELETE FROM policy WHERE kind = 'lab';", &e), e);
    made_sheet_merge(f, made_sheet(f, "A", "T1", made_rating(f, 5)));
    assert_refused(store_results(f->store, "am1", "kaochang-1", f->arena, &all, &n, &e), ERR_NO, "no plan",
                   e);
}

static void who_comes_to_a_make_up_session_counts_once(void **state)
{
    (void)state;
    const struct store_result first[] = {{.ticket = "T1", .mark = STORE_SCORED, .points = {1000}},
                                         {.ticket = "T2", .mark = STORE_POSTPONED},
                                         {.ticket = "T3", .mark = STORE_CHEATING},
                                         {.ticket = "T4", .mark = STORE_ABSENT}};
    const struct store_result second[] = {{.ticket = "T2", .mark = STORE_SCORED, .points = {2000}},
                                          {.ticket = "T3", .mark = STORE_SCORED, .points = {5000}},
                                          {.ticket = "T5", .mark = STORE_SCORED, .points = {3000}}};
    struct store_result all[7];
    static const enum store_mark want[] = {STORE_SCORED, STORE_SCORED, STORE_CHEATING, STORE_ABSENT,
                                           STORE_SCORED};
    assert_int_equal(store_results_join(first, 4, second, 3, all), 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(all[i].mark, want[i]);
    assert_int_equal(all[1].points.milli, 2000);
    assert_string_equal(all[4].ticket, "T5");
}

static void who_waits_for_a_decision_gets_no_second_mark_by_a_make_up(void **state)
{
    (void)state;
    const struct store_result first[] = {{.ticket = "T1", .mark = STORE_PENDING, .waits = "recheck"},
                                         {.ticket = "T2", .mark = STORE_SCORED, .points = {1000}}};
    const struct store_result second[] = {{.ticket = "T1", .mark = STORE_SCORED, .points = {5000}},
                                          {.ticket = "T2", .mark = STORE_SCORED, .points = {5000}}};
    struct store_result all[4];
    assert_int_equal(store_results_join(first, 2, second, 2, all), 2);
    assert_int_equal(all[0].mark, STORE_PENDING);
    assert_int_equal(all[1].points.milli, 1000);
}

/* ---- the order of coming ---- */

enum { PIECES = 9 };

static void put_piece(struct made_lab *f, struct store *s, struct made **bundle, struct decision **decision,
                      int i)
{
    static const struct lab_signature by[] = {
        {.keyid = "0123456789ABCDEF", .file = {(const uint8_t *)"s1", 2}},
        {.keyid = "0123456789ABCDE0", .file = {(const uint8_t *)"s2", 2}}};
    if (i < 5)
        made_merge(s, bundle[i]);
    else if (i < 7)
        assert_done(store_put_decision(s, decision[i - 5], made_decision_bytes(f, decision[i - 5]),
                                       &by[i - 5], 1, &e),
                    e);
    else if (i == 7)
        assert_done(store_put_plan(s, "am1", span_str(made_lab_plan), &e), e);
    else
        made_lab_roster(s);
}

static void in_any_order_and_twice_it_is_the_same_store(void **state)
{
    struct made_lab *f = *state;
    struct made *bundle[5] = {made_sheet(f, "A", "T1", made_rating(f, 5)),
                              made_sheet(f, "B", "T1", made_rating(f, 3)),
                              made_sheet(f, "C", "T1", made_rating(f, 3)),
                              made_sheet(f, "Z", "T2", made_rating(f, 3)), made_bundle("other device")};
    const char *const ticket = "T1";
    const struct rating other = made_rating(f, 4);
    made_ratings(f, made_sitting(bundle[4], "A", "A", "abx"), &ticket, &other, 1);
    for (int i = 0; i < 4; i++)
        made_merge(f->store, bundle[i]);
    struct decision *decision[2] = {made_decision(f, DECISION_CHIEF, "T1", 4000),
                                    made_decision(f, DECISION_CHIEF, "T2", 3000)};
    char *want = NULL, path[64];
    struct rng rng;
    rng_seed(&rng, 5);
    for (int round = 0; round < 12; round++) {
        struct store *s = made_store(path);
        bool done[PIECES] = {false};
        for (int n = 0, i; n < PIECES; n += !done[i], done[i] = true) {
            i = (int)rng_below(&rng, PIECES);
            put_piece(f, s, bundle, decision, i);
        }
        const char *digest = made_digest(s);
        if (!want)
            want = mem_strdup(digest);
        assert_string_equal(digest, want);
        made_remove(s, path);
    }
    free(want);
    for (int i = 0; i < 5; i++)
        made_free(bundle[i]);
    decision_free(decision[0]);
    decision_free(decision[1]);
}

static void schema_of(struct store *s, struct bytes *ret)
{
    struct db_stmt *q = NULL;
    assert_done(db_query(s->db, &q, &e, "SELECT name, sql FROM sqlite_master ORDER BY name", ""), e);
    while (db_step(q, &e) > 0)
        bytes_printf(ret, "%s: %s\n", db_text(q, 0), db_text(q, 1));
    db_done(q);
}

static void an_old_store_becomes_what_a_new_one_is(void **state)
{
    struct made_lab *f = *state;
    struct bytes fresh = {0}, upgraded = {0};
    char *file = path_join(f->path, "store.db");
    schema_of(f->store, &fresh);
    char *digest = mem_strdup(made_digest(f->store));
    assert_done(
        db_script(
            f->store->db,
            "DROP TABLE decision; DROP TABLE decision_signature; DROP TABLE closing; DROP TABLE closed_sitting;"
            "DROP TABLE announced; DROP TABLE announced_record; DROP TABLE admitted; DROP INDEX bundle_by_room;"
            "PRAGMA user_version = 2;",
            &e),
        e);
    store_close(f->store);
    assert_done(store_open(&f->store, file, DB_READ, &e), e);
    schema_of(f->store, &upgraded);
    assert_string_equal((const char *)upgraded.p, (const char *)fresh.p);
    assert_string_equal(made_digest(f->store), digest);
    bytes_release(&fresh);
    bytes_release(&upgraded);
    free(digest);
    free(file);
}

#define rule(name) cmocka_unit_test_setup_teardown(name, made_lab_open, made_lab_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(two_raters_within_the_tolerance_give_their_mean),
        rule(raters_are_no_candidates),
        rule(a_third_rater_settles_what_is_too_far_apart),
        rule(a_stranger_stands_in_quarantine_until_a_decision_saw_him),
        rule(two_devices_of_one_rater_stand_apart_only_where_they_differ),
        rule(a_device_that_is_found_a_day_later_adds_what_only_it_has),
        rule(a_tail_in_the_rooms_copy_adds_what_only_the_lost_device_had),
        rule(a_clock_that_is_off_by_hours_changes_nothing),
        rule(a_change_after_the_candidate_confirmed_needs_signatures),
        rule(statuses_are_what_they_are_and_no_zeros),
        rule(raters_who_say_different_statuses_ask_the_chief),
        rule(an_exemption_that_the_plan_does_not_know_asks_the_chief),
        rule(a_low_score_is_released_by_a_recheck_of_just_this_score),
        rule(a_rating_that_no_decision_saw_reopens_the_case),
        rule(of_two_decisions_the_one_that_replaces_the_other_counts),
        rule(what_less_than_a_chief_signs_replaces_no_decision_of_his),
        rule(a_settled_mark_is_not_changed_by_the_chief_and_one_rater),
        rule(a_status_after_the_candidate_confirmed_needs_signatures_too),
        rule(who_is_absent_and_has_marks_is_for_the_chief),
        rule(a_decision_gives_no_more_than_the_exam_has),
        rule(a_typed_sheet_is_a_rating),
        rule(what_is_no_rating_is_looked_at_by_people),
        rule(ratings_without_a_plan_are_refused_by_the_report),
        rule(who_comes_to_a_make_up_session_counts_once),
        rule(who_waits_for_a_decision_gets_no_second_mark_by_a_make_up),
        rule(in_any_order_and_twice_it_is_the_same_store),
        rule(an_old_store_becomes_what_a_new_one_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
