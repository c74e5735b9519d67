/* SPDX-License-Identifier: Apache-2.0 */
/* What the central store makes of what it is given: a pure function of a set. */
#include <stdlib.h>

#include "base/rng.h"
#include "sync/pack.h"
#include "tests/check.h"
#include "tests/sync/sittings.h"

struct fixture {
    struct store *store;
    char path[64];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->store = made_store(f->path);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    made_remove(f->store, f->path);
    free(f);
    return 0;
}

static size_t quarantined(struct store *s, const char *reason)
{
    struct arena *a = arena_new();
    struct store_quarantined *all = NULL;
    size_t n = 0, found = 0;
    struct err e;
    assert_done(store_quarantine(s, a, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        found += strcmp(all[i].reason, reason) == 0;
    arena_free(a);
    return found;
}

static struct store_result result_of(struct store *s, struct arena *a, const char *ticket)
{
    struct store_result *all = NULL;
    size_t n = 0;
    struct err e;
    assert_done(store_results(s, "am1", "kaochang-1", a, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].ticket, ticket) == 0)
            return all[i];
    fail_msg("no result of %s", ticket);
    return (struct store_result){0};
}

static void the_same_bundle_twice_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct made *m = made_bundle("one");
    made_sitting(m, "T1", "s", "abc");
    made_record(m, 80, "<score 80>");
    assert_false(made_merge(f->store, m).known);
    const char *before = made_digest(f->store);
    assert_true(made_merge(f->store, m).known);
    assert_string_equal(before, made_digest(f->store));
    made_free(m);
}

static void a_longer_journal_takes_the_place_of_its_prefix(void **state)
{
    struct fixture *f = *state;
    struct arena *a = arena_new();
    struct made *early = made_bundle("early"), *late = made_bundle("late");
    made_sitting(early, "T1", "s", "ab")->status = "in-progress";
    made_sitting(late, "T1", "s", "abcd");
    made_merge(f->store, early);
    assert_string_equal(result_of(f->store, a, "T1").status, "in-progress");
    made_merge(f->store, late);
    assert_string_equal(result_of(f->store, a, "T1").status, "handed-in");
    made_merge(f->store, early);
    assert_int_equal(result_of(f->store, a, "T1").used_ms, 4000);
    assert_int_equal(quarantined(f->store, "heads"), 0);
    arena_free(a);
    made_free(early);
    made_free(late);
}

static void two_ends_of_one_epoch_are_both_kept_apart(void **state)
{
    struct fixture *f = *state;
    struct arena *a = arena_new();
    struct made *one = made_bundle("one"), *two = made_bundle("two");
    made_sitting(one, "T1", "s", "abc");
    made_record(one, 80, "<score 80>");
    made_sitting(two, "T1", "s", "abx");
    made_merge(f->store, one);
    assert_int_equal(made_merge(f->store, two).contradictory, 1);
    assert_int_equal(quarantined(f->store, "heads"), 2);
    assert_int_equal(result_of(f->store, a, "T1").mark, STORE_QUARANTINED);
    arena_free(a);
    made_free(one);
    made_free(two);
}

static void two_starts_of_one_epoch_are_both_kept_apart(void **state)
{
    struct fixture *f = *state;
    struct made *one = made_bundle("one"), *two = made_bundle("two");
    made_sitting(one, "T1", "here", "abc");
    made_sitting(two, "T1", "there", "xyz");
    made_merge(f->store, one);
    made_merge(f->store, two);
    assert_int_equal(quarantined(f->store, "starts"), 2);
    assert_int_equal(quarantined(f->store, "heads"), 0);
    made_free(one);
    made_free(two);
}

static void different_records_of_one_work_are_both_kept_apart(void **state)
{
    struct fixture *f = *state;
    struct arena *a = arena_new();
    struct made *one = made_bundle("one"), *two = made_bundle("two"), *same = made_bundle("same");
    made_sitting(one, "T1", "s", "abc");
    made_record(one, 80, "<score 80>");
    made_sitting(two, "T1", "s", "abc");
    made_record(two, 90, "<score 90>");
    made_sitting(same, "T1", "s", "abc");
    made_record(same, 80, "<score 80>");
    made_merge(f->store, one);
    assert_int_equal(made_merge(f->store, same).contradictory, 0);
    assert_int_equal(made_merge(f->store, two).contradictory, 1);
    assert_int_equal(quarantined(f->store, "records"), 2);
    assert_int_equal(result_of(f->store, a, "T1").mark, STORE_QUARANTINED);
    arena_free(a);
    made_free(one);
    made_free(two);
    made_free(same);
}

static void a_new_epoch_supersedes_the_old_machines_tail(void **state)
{
    struct fixture *f = *state;
    struct arena *a = arena_new();
    struct made *fresh = made_bundle("new machine"), *old = made_bundle("old machine");
    made_sitting(fresh, "T1", "s", "ab");
    made_epoch(fresh, "s2", "xyz");
    fresh->sitting[0].receipt = "NEW";
    made_sitting(old, "T1", "s", "abcdef")->receipt = "OLD";
    made_merge(f->store, fresh);
    made_merge(f->store, old);
    assert_string_equal(result_of(f->store, a, "T1").receipt, "NEW");
    assert_int_equal(quarantined(f->store, "heads"), 0);
    arena_free(a);
    made_free(fresh);
    made_free(old);
}

static void attested_once_is_attested(void **state)
{
    struct fixture *f = *state;
    struct arena *a = arena_new();
    struct made *plain = made_bundle("plain"), *sealed = made_bundle("sealed");
    made_sitting(plain, "T1", "s", "abc");
    made_sitting(sealed, "T1", "s", "abc");
    ((struct merge_epoch *)(uintptr_t)sealed->sitting[0].epoch)->attested = true;
    made_merge(f->store, plain);
    assert_false(result_of(f->store, a, "T1").attested);
    made_merge(f->store, sealed);
    assert_true(result_of(f->store, a, "T1").attested);
    arena_free(a);
    made_free(plain);
    made_free(sealed);
}

static int score_it(void *context, const struct store_work *w, struct err *e)
{
    struct store *s = context;
    struct arena *a = arena_new();
    struct packed_answer *answer = NULL;
    size_t n = 0;
    struct made *m = made_bundle("office");
    struct bytes items = {0};
    assert_done(answers_unpack(w->answers, a, &answer, &n, e), *e);
    assert_int_equal(n, 2);
    assert_string_equal(answer[0].item, "k001");
    scores_pack(NULL, 0, &items);
    struct merge_record r = {.ticket = w->ticket, .epoch = w->epoch, .seq = w->seq, .ruleset = "kaochang-1",
                             .points = points_milli(60000), .maximum = points_milli(100000), .status = "auto",
                             .items = bytes_span(&items), .document = span_str("<score 60>")};
    memcpy(r.hash, w->hash, sizeof r.hash);
    int k = store_put_record(s, w->session, &r, e);
    bytes_release(&items);
    made_free(m);
    arena_free(a);
    return k;
}

static void work_without_a_record_waits_for_the_office(void **state)
{
    struct fixture *f = *state;
    struct arena *a = arena_new();
    struct made *m = made_bundle("one");
    struct err e;
    made_sitting(m, "T1", "s", "abc");
    made_sitting(m, "T2", "s", "abd");
    made_merge(f->store, m);
    assert_int_equal(result_of(f->store, a, "T1").mark, STORE_UNSCORED);
    assert_done(store_unscored(f->store, NULL, NULL, "kaochang-1", score_it, f->store, &e), e);
    assert_int_equal(result_of(f->store, a, "T2").mark, STORE_SCORED);
    assert_int_equal(result_of(f->store, a, "T2").points.milli, 60000);
    assert_int_equal(store_unscored(f->store, "am1", NULL, "kaochang-1", NULL, NULL, &e), 0);
    arena_free(a);
    made_free(m);
}

static void a_record_without_its_work_is_refused(void **state)
{
    struct fixture *f = *state;
    struct made *m = made_bundle("one");
    struct err e;
    made_sitting(m, "T1", "s", "abc");
    made_record(m, 80, "<score 80>");
    assert_refused(store_put_record(f->store, "am1", &m->record[0], &e), ERR_DATA, "no such work", e);
    made_free(m);
}

static void a_held_bundle_is_let_in_once_its_key_is_known(void **state)
{
    struct fixture *f = *state;
    struct made *m = made_bundle("one");
    struct err e;
    made_sitting(m, "T1", "s", "abc");
    assert_done(store_hold(f->store, "am1", m->in.bundle, "unknown-key", &e), e);
    assert_int_equal(quarantined(f->store, "unknown-key"), 1);
    made_merge(f->store, m);
    assert_int_equal(quarantined(f->store, "unknown-key"), 0);
    assert_done(store_hold(f->store, "am1", m->in.bundle, "unknown-key", &e), e);
    assert_int_equal(quarantined(f->store, "unknown-key"), 0);
    made_free(m);
}

/* ---- any order, any duplicates, any prefixes: one digest ---- */

enum { N_BUNDLES = 12, N_ORDERS = 60 };

/* Early and late copies, contradictions, re-seats, records of works that are superseded later. */
static void make_set(struct made *set[N_BUNDLES])
{
    static const char *const chains[N_BUNDLES] = {"a",    "ab",   "abc", "abcd", "abx",  "abcdef",
                                                  "abxy", "abcq", "ab",  "abcd", "abcde", "abxyz"};
    for (size_t i = 0; i < N_BUNDLES; i++) {
        char name[16];
        snprintf(name, sizeof name, "bundle %zu", i);
        set[i] = made_bundle(name);
        made_sitting(set[i], "T1", "s", i % 4 == 3 ? "abcd" : chains[i]);
        set[i]->sitting[0].used_ms += (int64_t)i; /* the tick went on */
        made_sitting(set[i], "T2", i == 5 ? "elsewhere" : "s", chains[i]);
        made_record(set[i], 50, i == 7 ? "<other>" : chains[i]);
        if (i % 3 == 0) {
            made_sitting(set[i], "T3", "s", "ab");
            made_epoch(set[i], "again", chains[i]);
        }
        ((struct merge_epoch *)(uintptr_t)set[i]->sitting[1].epoch)->attested = i % 2;
    }
}

static void any_order_and_any_duplicates_give_one_store(void **state)
{
    (void)state;
    struct made *set[N_BUNDLES];
    struct rng rng;
    char first[65] = "";
    make_set(set);
    rng_seed(&rng, 20261122);
    for (int order = 0; order < N_ORDERS; order++) {
        uint32_t index[N_BUNDLES];
        char path[64];
        struct store *s = made_store(path);
        for (uint32_t i = 0; i < N_BUNDLES; i++)
            index[i] = i;
        rng_shuffle(&rng, index, N_BUNDLES);
        for (size_t i = 0; i < N_BUNDLES; i++) {
            made_merge(s, set[index[i]]);
            if (rng_below(&rng, 3) == 0)
                made_merge(s, set[index[rng_below(&rng, i + 1)]]);
        }
        if (order == 0)
            snprintf(first, sizeof first, "%s", made_digest(s));
        else
            assert_string_equal(made_digest(s), first);
        made_remove(s, path);
    }
    for (size_t i = 0; i < N_BUNDLES; i++)
        made_free(set[i]);
}

/* Two offices merge each a half, then what the other had: as if one had had it all. */
static void halves_merged_apart_come_together(void **state)
{
    (void)state;
    struct made *set[N_BUNDLES];
    char path[3][64];
    struct store *s[3] = {made_store(path[0]), made_store(path[1]), made_store(path[2])};
    make_set(set);
    for (size_t i = 0; i < N_BUNDLES; i++) {
        made_merge(s[2], set[i]);
        made_merge(s[i % 2], set[i]);
    }
    assert_string_not_equal(made_digest(s[0]), made_digest(s[1]));
    for (size_t i = 0; i < N_BUNDLES; i++)
        made_merge(s[(i + 1) % 2], set[i]);
    assert_string_equal(made_digest(s[0]), made_digest(s[2]));
    assert_string_equal(made_digest(s[1]), made_digest(s[2]));
    for (size_t i = 0; i < N_BUNDLES; i++)
        made_free(set[i]);
    for (size_t i = 0; i < 3; i++)
        made_remove(s[i], path[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_bundle_twice_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_longer_journal_takes_the_place_of_its_prefix, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_ends_of_one_epoch_are_both_kept_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_starts_of_one_epoch_are_both_kept_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(different_records_of_one_work_are_both_kept_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_epoch_supersedes_the_old_machines_tail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attested_once_is_attested, set_up, tear_down),
        cmocka_unit_test_setup_teardown(work_without_a_record_waits_for_the_office, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_without_its_work_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_held_bundle_is_let_in_once_its_key_is_known, set_up, tear_down),
        cmocka_unit_test(any_order_and_any_duplicates_give_one_store),
        cmocka_unit_test(halves_merged_apart_come_together),
    };
    return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
