/* SPDX-License-Identifier: Apache-2.0 */
/* The store as a file: whole transactions, foreign files, packed values. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "sync/pack.h"
#include "sync/store-internal.h"
#include "tests/check.h"
#include "tests/sync/sittings.h"

static void a_full_disk_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    char path[64];
    struct store *s = made_store(path);
    struct made *small = made_bundle("small"), *large = made_bundle("large");
    struct merge_counts counts;
    struct err e;
    made_sitting(small, "T1", "s", "abc");
    made_merge(s, small);
    char *before = strdup(made_digest(s));
    uint8_t *answers = calloc(1, 1 << 20);
    made_sitting(large, "T2", "s", "abc");
    made_sitting(large, "T3", "s", "abd")->answers = span_of(answers, 1 << 20);
    assert_done(db_script(s->db, "PRAGMA max_page_count = 40;", &e), e);
    assert_int_equal(store_merge(s, &large->in, &counts, &e), -ERR_ENV);
    assert_non_null(strstr(e.hint, "disk is full"));
    assert_string_equal(made_digest(s), before);
    assert_done(db_script(s->db, "PRAGMA max_page_count = 100000;", &e), e);
    made_merge(s, large);
    assert_string_not_equal(made_digest(s), before);
    free(answers);
    free(before);
    made_free(small);
    made_free(large);
    made_remove(s, path);
}

static void what_is_no_store_is_refused(void **state)
{
    (void)state;
    char path[64];
    struct store *s = made_store(path), *other = NULL;
    struct err e;
    char *file = path_join(path, "other.db");
    assert_done(file_put(file, 0600, span_str("not a database at all, only words, long enough to be seen"), &e), e);
    assert_int_equal(store_open(&other, file, DB_WRITE, &e), -ERR_DATA);
    assert_done(file_put(file, 0600, span_str("x"), &e), e);
    assert_refused(store_open(&other, file, DB_READ, &e), ERR_DATA, "no central store", e);
    unlink(file);
    struct db *d = NULL;
    assert_done(db_open(&d, file, DB_CREATE, NULL, &e), e);
    assert_done(db_script(d, "CREATE TABLE t (x); PRAGMA application_id = 7;", &e), e);
    db_close(d);
    assert_int_equal(store_open(&other, file, DB_WRITE, &e), -ERR_DATA);
    assert_refused(store_open(&other, "/tmp/kaochang-no-such-store.db", DB_READ, &e), ERR_USAGE, "no central store", e);
    assert_refused(store_open(&other, "postgresql://host/db", DB_CREATE, &e), ERR_USAGE, "PostgreSQL", e);
    free(file);
    made_remove(s, path);
}

static void a_store_of_a_newer_version_is_refused(void **state)
{
    (void)state;
    char path[64];
    struct store *s = made_store(path), *again = NULL;
    struct err e;
    assert_done(db_script(s->db, "PRAGMA user_version = 99;", &e), e);
    char *file = path_join(path, "store.db");
    assert_refused(store_open(&again, file, DB_WRITE, &e), ERR_DATA, "newer version", e);
    free(file);
    made_remove(s, path);
}

static void an_unknown_session_has_no_results(void **state)
{
    (void)state;
    char path[64];
    struct arena *a = arena_new();
    struct store *s = made_store(path);
    struct store_result *all = NULL;
    size_t n = 0;
    struct err e;
    assert_refused(store_results(s, "pm9", "kaochang-1", a, &all, &n, &e), ERR_USAGE, "knows nothing", e);
    arena_free(a);
    made_remove(s, path);
}

static struct roster *roster_of(const char *name)
{
    struct roster *r = roster_new();
    static struct roster_room room = {.site = "S01", .id = "R1", .name = "R1", .seats = 2};
    r->session = "am1";
    r->room = &room;
    r->n_rooms = 1;
    r->candidate = arena_array(r->arena, 2, sizeof *r->candidate);
    r->candidate[0] = (struct roster_candidate){.ticket = "T1", .name = name, .id_number = "", .county = "C",
                                                .school = "X", .site = "S01", .room = "R1", .seat = 1, .form = "A"};
    r->n_candidates = 1;
    return r;
}

static void put(struct store *s, const char *name)
{
    struct roster *r = roster_of(name);
    struct bytes document = {0};
    struct err e;
    assert_done(roster_write(r, &document, &e), e);
    assert_done(store_put_roster(s, r, bytes_span(&document), &e), e);
    bytes_release(&document);
    roster_free(r);
}

static void the_roster_and_the_bundles_come_in_any_order(void **state)
{
    (void)state;
    char path[2][64];
    struct store *first = made_store(path[0]), *last = made_store(path[1]);
    struct made *m = made_bundle("one");
    struct arena *a = arena_new();
    struct store_result *all = NULL;
    size_t n = 0;
    struct err e;
    made_sitting(m, "T1", "s", "abc");
    put(first, "李华");
    made_merge(first, m);
    made_merge(last, m);
    put(last, "李华");
    put(last, "李华");
    assert_string_equal(made_digest(first), made_digest(last));
    assert_done(store_results(last, "am1", "kaochang-1", a, &all, &n, &e), e);
    assert_int_equal(n, 1);
    assert_true(all[0].registered);
    assert_string_equal(all[0].name, "李华");
    put(last, "李桦");
    assert_refused(store_results(last, "am1", "kaochang-1", a, &all, &n, &e), ERR_NO, "2 different rosters", e);
    arena_free(a);
    made_free(m);
    made_remove(first, path[0]);
    made_remove(last, path[1]);
}

static void packed_values_come_back_and_broken_ones_are_refused(void **state)
{
    (void)state;
    const struct packed_answer given[] = {{"k2", span_str("B")}, {"k1", span_str("A")}, {"k3", {NULL, 0}}};
    const struct packed_score score = {"k1", 3, {1500}, {2000}};
    struct arena *a = arena_new();
    struct bytes answers = {0}, scores = {0};
    struct packed_answer *answer = NULL;
    struct packed_score *back = NULL;
    size_t n = 0;
    struct err e;
    answers_pack(given, 3, &answers);
    assert_done(answers_unpack(bytes_span(&answers), a, &answer, &n, &e), e);
    assert_int_equal(n, 2);
    assert_string_equal(answer[0].item, "k1");
    assert_true(span_equal(answer[1].response, span_str("B")));
    scores_pack(&score, 1, &scores);
    assert_done(scores_unpack(bytes_span(&scores), a, &back, &n, &e), e);
    assert_int_equal(back[0].points.milli, 1500);
    for (size_t cut = 0; cut < answers.n; cut++)
        assert_int_equal(answers_unpack(span_of(answers.p, cut), a, &answer, &n, &e), -ERR_DATA);
    assert_int_equal(scores_unpack(bytes_span(&answers), a, &back, &n, &e), -ERR_DATA);
    bytes_release(&answers);
    bytes_release(&scores);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_leaves_the_store_as_it_was),
        cmocka_unit_test(what_is_no_store_is_refused),
        cmocka_unit_test(a_store_of_a_newer_version_is_refused),
        cmocka_unit_test(an_unknown_session_has_no_results),
        cmocka_unit_test(the_roster_and_the_bundles_come_in_any_order),
        cmocka_unit_test(packed_values_come_back_and_broken_ones_are_refused),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
