/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/db.h"
#include "base/file.h"
#include "exam-packages/journal-fold.h"
#include "tests/desk.h"

static int begin(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    desk_open(d);
    *state = d;
    return 0;
}

static int end(void **state)
{
    desk_close(*state);
    free(*state);
    return 0;
}

/* Start, two answers to k001, one to k002, a flag. Left open, read to its end. */
static struct journal *a_short_sitting(struct desk *d)
{
    struct journal *j = desk_journal(d);
    desk_add(j, 0, JOURNAL_START, "", "");
    desk_add(j, 100, JOURNAL_VISIT, "k001", "");
    desk_add(j, 2000, JOURNAL_ANSWER, "k001", "first thought");
    desk_add(j, 4000, JOURNAL_ANSWER, "k002", "two");
    desk_add(j, 5000, JOURNAL_FLAG, "k002", "");
    desk_add(j, 9000, JOURNAL_ANSWER, "k001", "second thought");
    return j;
}

static int fold_file(struct desk *d, const char *path, struct journal_work *w, struct err *e)
{
    struct journal *j = NULL;
    int r = journal_open_file(&j, path, e);
    if (r == 0)
        r = journal_unseal(j, &d->recovery, 1, e);
    if (r == 0)
        r = journal_fold(j, w, e);
    journal_close(j);
    return r;
}

/* Someone with the file and sqlite3, but no key. */
static void tamper(struct desk *d, const char *sql)
{
    struct err e;
    struct db *db = NULL;
    assert_done(db_open(&db, d->path, DB_WRITE, NULL, &e), e);
    db_keep_wal(db, true);
    assert_done(db_script(db, "DROP TRIGGER event_stays; DROP TRIGGER event_remains;", &e), e);
    assert_done(db_script(db, sql, &e), e);
    db_close(db);
}

static void the_last_answer_to_an_item_counts(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    journal_close(a_short_sitting(d));
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_string_equal(w.ticket, "T001");
    assert_int_equal(w.status, JOURNAL_IN_PROGRESS);
    assert_int_equal(w.n_items, 2);
    assert_true(span_equal(journal_work_find(&w, "k001")->response, span_str("second thought")));
    assert_int_equal(journal_work_find(&w, "k001")->seq, 6);
    assert_true(journal_work_find(&w, "k002")->flagged);
    assert_int_equal(w.used_ms, 9000);
    assert_string_equal(w.receipt, "");
    assert_false(w.sealed);
    journal_work_release(&w);
}

static void the_last_rating_of_a_candidate_counts(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    d->start.form = "rating";
    struct journal *j = desk_journal(d);
    desk_add(j, 0, JOURNAL_START, "", "");
    desk_add(j, 2000, JOURNAL_RATING, "420101", "one step");
    desk_add(j, 3000, JOURNAL_RATING, "420102", "absent");
    desk_add(j, 4000, JOURNAL_RATING, "420101", "two steps");
    desk_add(j, 5000, JOURNAL_HAND_IN, "", "");
    journal_close(j);
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_string_equal(w.form, "rating");
    assert_int_equal(w.n_items, 2);
    assert_true(span_equal(journal_work_find(&w, "420101")->response, span_str("two steps")));
    assert_true(span_equal(journal_work_find(&w, "420102")->response, span_str("absent")));
    journal_work_release(&w);
}

static void a_candidate_rates_nobody(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    struct journal *j = desk_journal(d);
    desk_add(j, 0, JOURNAL_START, "", "");
    desk_add(j, 2000, JOURNAL_RATING, "T001", "full marks");
    journal_close(j);
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "event 2 (rating)", e);
}

static void a_rater_answers_nothing(void **state)
{
    static const enum journal_kind kind[] = {JOURNAL_VISIT,  JOURNAL_ANSWER, JOURNAL_FLAG,
                                             JOURNAL_UNFLAG, JOURNAL_FILE,   JOURNAL_SNAPSHOT};
    (void)state;
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        struct desk d;
        struct err e;
        struct journal_work w = {0};
        desk_open(&d);
        d.start.form = "rating";
        struct journal *j = desk_journal(&d);
        desk_add(j, 0, JOURNAL_START, "", "");
        desk_add(j, 2000, kind[i], "k001", "x");
        journal_close(j);
        assert_refused(fold_file(&d, d.path, &w, &e), ERR_DATA, "epoch 1, event 2", e);
        desk_close(&d);
    }
}

static void time_spent_since_the_last_event_is_in_the_tick(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    struct journal *j = a_short_sitting(d);
    struct journal_clock at = {.used_ms = 19000};
    assert_done(journal_tick(j, &at, &e), e);
    journal_close(j);
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_int_equal(w.used_ms, 19000);
    journal_work_release(&w);
}

static void an_edited_event_is_found_and_named(void **state)
{
    struct desk *d = *state;
    static const char *const edits[] = {
        "UPDATE event SET item = 'k002' WHERE seq = 3",
        "UPDATE event SET used_ms = used_ms - 1 WHERE seq = 3",
        "UPDATE event SET wall_ms = 0 WHERE seq = 3",
        "UPDATE event SET kind = 5 WHERE seq = 3",
        "UPDATE event SET boot = '' WHERE seq = 3",
        "UPDATE event SET payload = (SELECT payload FROM event WHERE seq = 4) WHERE seq = 3",
        "UPDATE event SET payload = zeroblob(60) WHERE seq = 3",
        "UPDATE event SET hash = zeroblob(32) WHERE seq = 3",
        "UPDATE event SET prev = (SELECT hash FROM event WHERE seq = 1) WHERE seq = 3",
        "UPDATE event SET seq = 99 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 99",
        "DELETE FROM event WHERE seq = 3",
    };
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct err e;
        struct journal_work w = {0};
        journal_close(a_short_sitting(d));
        tamper(d, edits[i]);
        assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "epoch 1, event 3", e);
        assert_int_equal(e.code, JOURNAL_BROKEN);
        desk_close(d);
        desk_open(d);
    }
}

static void an_edited_beginning_is_found(void **state)
{
    struct desk *d = *state;
    static const char *const edits[] = {"form = 'B'", "ticket = 'T002'", "package = zeroblob(32)", "station = zeroblob(42)"};
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct err e;
        struct journal_work w = {0};
        char sql[160];
        journal_close(a_short_sitting(d));
        snprintf(sql, sizeof sql, "DROP TRIGGER epoch_stays; UPDATE epoch SET %s", edits[i]);
        tamper(d, sql);
        assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "epoch 1, event 1", e);
        desk_close(d);
        desk_open(d);
    }
}

static void a_cut_tail_is_found_once_the_station_has_signed(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    struct journal *j = a_short_sitting(d);
    desk_add(j, 9500, JOURNAL_HAND_IN, "", "");
    desk_seal(d, j);
    journal_close(j);
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_true(w.sealed);
    assert_int_equal(w.status, JOURNAL_HANDED_IN);
    assert_int_equal(strlen(w.receipt), 21);
    journal_work_release(&w);
    tamper(d, "DELETE FROM event WHERE seq >= 6");
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "epoch 1, event 6: missing", e);
}

static void nothing_stands_after_the_end(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    struct journal *j = a_short_sitting(d);
    desk_add(j, 9500, JOURNAL_HAND_IN, "", "");
    desk_add(j, 9600, JOURNAL_ANSWER, "k001", "a late thought");
    journal_close(j);
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "after the end", e);
}

static void without_a_key_nothing_is_read(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal *j = NULL;
    struct age_identity other = {0};
    struct bytes file = {0};
    struct journal *writing = a_short_sitting(d);
    char copy[160];
    snprintf(copy, sizeof copy, "%s/copy", d->dir);
    assert_done(journal_copy(writing, copy, &e), e);
    journal_close(writing);
    assert_done(file_read(copy, 1 << 20, &file, &e), e);
    assert_null(memmem(file.p, file.n, "thought", 7));
    assert_done(journal_open_file(&j, copy, &e), e);
    assert_int_equal(journal_read(j, NULL, NULL, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_SEALED_TO_OTHERS);
    assert_done(age_identity_new(&other, &e), e);
    assert_int_equal(journal_unseal(j, &other, 1, &e), -ERR_NO);
    age_identity_free(&other);
    bytes_release(&file);
    journal_close(j);
}

static void a_copy_is_whole_and_opens_from_memory(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal *j = a_short_sitting(d), *again = NULL;
    struct journal_work w = {0};
    struct bytes file = {0};
    char copy[160];
    snprintf(copy, sizeof copy, "%s/copy", d->dir);
    assert_done(journal_copy(j, copy, &e), e);
    journal_close(j);
    assert_done(file_read(copy, 1 << 20, &file, &e), e);
    assert_done(journal_open_bytes(&again, "copy", bytes_span(&file), &e), e);
    assert_done(journal_unseal(again, &d->recovery, 1, &e), e);
    assert_done(journal_fold(again, &w, &e), e);
    assert_int_equal(w.seq, 6);
    journal_work_release(&w);
    journal_close(again);
    for (size_t cut = 0; cut < file.n; cut += 997)
        if (journal_open_bytes(&again, "cut", span_of(file.p, cut), &e) == 0)
            journal_close(again);
    bytes_release(&file);
}

static void a_raw_copy_without_its_wal_is_called_incomplete(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    char copy[160];
    snprintf(copy, sizeof copy, "%s/copy", d->dir);
    struct journal *j = a_short_sitting(d);
    assert_done(file_copy(d->path, copy, 0600, &e), e);
    assert_int_equal(fold_file(d, copy, &w, &e), -ERR_DATA);
    assert_int_equal(e.code, JOURNAL_INCOMPLETE);
    journal_close(j);
    assert_done(file_copy(d->path, copy, 0600, &e), e);
    assert_int_equal(fold_file(d, copy, &w, &e), -ERR_DATA);
    assert_int_equal(e.code, JOURNAL_INCOMPLETE);
}

static void two_writers_take_turns_and_nothing_is_overwritten(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal *client = a_short_sitting(d), *agent = desk_again(d);
    struct journal_clock at = {.used_ms = 9100};
    struct journal_work w = {0};
    assert_int_equal(journal_append(agent, &at, JOURNAL_FLAG, "k001", span_str(""), &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    desk_add(agent, 9100, JOURNAL_FLAG, "k001", "");
    assert_int_equal(journal_append(client, &at, JOURNAL_ANSWER, "k001", span_str("x"), &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    assert_done(journal_read(client, NULL, NULL, &e), e);
    desk_add(client, 9200, JOURNAL_ANSWER, "k001", "x");
    journal_close(client);
    journal_close(agent);
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_int_equal(w.seq, 8);
    journal_work_release(&w);
}

static void an_existing_journal_is_never_replaced(void **state)
{
    struct desk *d = *state;
    struct err e;
    journal_close(a_short_sitting(d));
    assert_int_equal(journal_create(d->path, &d->start, NULL, &e), -ERR_ENV);
    assert_int_equal(e.code, EEXIST);
}

static void a_journal_whose_main_file_was_lost_is_not_begun_anew_over_its_wal(void **state)
{
    struct desk *d = *state;
    struct err e;
    journal_close(a_short_sitting(d));
    assert_int_equal(unlink(d->path), 0);
    assert_int_equal(journal_create(d->path, &d->start, NULL, &e), -ERR_ENV);
    assert_int_equal(e.code, EEXIST);
    assert_false(file_exists(d->path));
}

static void extra_time_counts_when_the_station_signed_it_for_this_place(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct bytes act = {0};
    struct journal_work w = {0};
    struct journal *j = a_short_sitting(d);
    struct journal_clock at = {.used_ms = 9500};
    desk_act(d, JOURNAL_EXTRA_TIME, 7, 300000, &act);
    assert_done(journal_append(j, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    journal_close(j);
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_int_equal(w.extra_ms, 300000);
    journal_work_release(&w);
    bytes_release(&act);
}

static void the_same_extra_time_twice_is_refused(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct bytes act = {0};
    struct journal_work w = {0};
    struct journal *j = a_short_sitting(d);
    struct journal_clock at = {.used_ms = 9500};
    desk_act(d, JOURNAL_EXTRA_TIME, 7, 300000, &act);
    assert_done(journal_append(j, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    assert_done(journal_append(j, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    journal_close(j);
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "event 8 (extra-time)", e);
    bytes_release(&act);
}

static void extra_time_signed_by_anybody_else_is_refused(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct bytes act = {0};
    struct journal_work w = {0};
    struct journal_clock at = {.used_ms = 9500};
    struct journal *j = a_short_sitting(d);
    minisign_secret_free(&d->station);
    assert_done(minisign_new(&d->station, &e), e);
    desk_act(d, JOURNAL_EXTRA_TIME, 7, 300000, &act);
    assert_done(journal_append(j, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    journal_close(j);
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "not signed by this station", e);
    bytes_release(&act);
}

/* Writes epoch 2 into the same file, from epoch 1 at `fork_seq`. */
static struct journal *reseat(struct desk *d, int64_t fork_seq, struct err *e)
{
    struct db *db = NULL;
    struct db_stmt *row = NULL;
    assert_done(db_open(&db, d->path, DB_WRITE, NULL, e), *e);
    db_keep_wal(db, true);
    assert_done(db_query(db, &row, e, "SELECT hash FROM event WHERE epoch = 1 AND seq = ?1", "i", fork_seq), *e);
    assert_int_equal(db_step(row, e), 1);
    assert_done(db_run(db, e, "INSERT INTO epoch SELECT 2, session, ticket, form, package, station, 1, ?1, ?2, j_age FROM epoch",
                       "ib", fork_seq, db_blob(row, 0)),
                *e);
    db_done(row);
    db_close(db);
    d->start.epoch = 2;
    struct journal *j = NULL;
    assert_done(journal_open(&j, d->path, &d->keys, NULL, e), *e);
    assert_done(journal_unseal(j, &d->recovery, 1, e), *e);
    assert_done(journal_read(j, NULL, NULL, e), *e);
    return j;
}

static void a_new_machine_supersedes_the_tail_of_the_old_one(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct bytes act = {0};
    struct journal_work w = {0};
    struct journal_clock at = {.used_ms = 3000};
    journal_close(a_short_sitting(d));
    struct journal *j = reseat(d, 4, &e);
    desk_act(d, JOURNAL_RESEAT, 1, 0, &act);
    assert_done(journal_append(j, &at, JOURNAL_RESEAT, "", bytes_span(&act), &e), e);
    desk_add(j, 6000, JOURNAL_ANSWER, "k003", "three");
    journal_close(j);
    assert_done(fold_file(d, d->path, &w, &e), e);
    assert_true(span_equal(journal_work_find(&w, "k001")->response, span_str("first thought")));
    assert_false(journal_work_find(&w, "k002")->flagged);
    assert_int_equal(journal_work_find(&w, "k003")->epoch, 2);
    assert_int_equal(w.epoch, 2);
    journal_work_release(&w);
    bytes_release(&act);
}

static void an_epoch_that_forks_from_nowhere_is_refused(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    journal_close(a_short_sitting(d));
    journal_close(reseat(d, 4, &e));
    tamper(d, "DROP TRIGGER epoch_stays; UPDATE epoch SET fork_seq = 5 WHERE epoch = 2");
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "epoch 2", e);
}

struct refusing {
    int64_t at, seen;
};

static int refuse_one(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    struct refusing *r = context;
    (void)superseded;
    r->seen++;
    return event->seq == r->at ? err_set(e, ERR_NO, NULL, "no") : 0;
}

static void an_event_that_was_refused_once_is_not_passed_over_the_next_time(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct refusing r = {.at = 3};
    struct journal_clock at = {.used_ms = 9000};
    journal_close(a_short_sitting(d));
    struct journal *j = desk_again(d);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(journal_read(j, refuse_one, &r, &e), -ERR_NO);
        assert_int_equal(r.seen, 3 + i);
    }
    assert_int_equal(journal_append(j, &at, JOURNAL_VISIT, "k001", (struct span){0}, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    journal_close(j);
}

static void an_epoch_with_another_form_or_package_is_refused(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct journal_work w = {0};
    journal_close(a_short_sitting(d));
    journal_close(reseat(d, 4, &e));
    tamper(d, "DROP TRIGGER epoch_stays; UPDATE epoch SET form = 'B' WHERE epoch = 2");
    assert_refused(fold_file(d, d->path, &w, &e), ERR_DATA, "another sitting", e);
}

static void events_are_only_added(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct db *db = NULL;
    journal_close(a_short_sitting(d));
    assert_done(db_open(&db, d->path, DB_WRITE, NULL, &e), e);
    assert_int_equal(db_script(db, "DELETE FROM event WHERE seq = 6", &e), -ERR_DATA);
    assert_int_equal(db_script(db, "UPDATE event SET used_ms = 0", &e), -ERR_DATA);
    db_close(db);
}

static void what_is_no_journal_is_refused(void **state)
{
    struct desk *d = *state;
    struct err e;
    struct db *db = NULL;
    struct journal *j = NULL;
    assert_int_equal(journal_open_file(&j, d->path, &e), -ERR_ENV);
    assert_done(file_put(d->path, 0600, span_str(""), &e), e);
    assert_int_equal(journal_open_file(&j, d->path, &e), -ERR_DATA);
    assert_done(file_put(d->path, 0600, span_str("<xml/> and a lot more of it, so that a header would fit in here …"), &e), e);
    assert_int_equal(journal_open_file(&j, d->path, &e), -ERR_DATA);
    unlink(d->path);
    assert_done(db_open(&db, d->path, DB_CREATE, NULL, &e), e);
    assert_done(db_script(db, "CREATE TABLE event (x)", &e), e);
    db_close(db);
    assert_refused(journal_open_file(&j, d->path, &e), ERR_DATA, "not a journal", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_last_answer_to_an_item_counts, begin, end),
        cmocka_unit_test_setup_teardown(the_last_rating_of_a_candidate_counts, begin, end),
        cmocka_unit_test_setup_teardown(a_candidate_rates_nobody, begin, end),
        cmocka_unit_test(a_rater_answers_nothing),
        cmocka_unit_test_setup_teardown(time_spent_since_the_last_event_is_in_the_tick, begin, end),
        cmocka_unit_test_setup_teardown(an_edited_event_is_found_and_named, begin, end),
        cmocka_unit_test_setup_teardown(an_edited_beginning_is_found, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_tail_is_found_once_the_station_has_signed, begin, end),
        cmocka_unit_test_setup_teardown(nothing_stands_after_the_end, begin, end),
        cmocka_unit_test_setup_teardown(without_a_key_nothing_is_read, begin, end),
        cmocka_unit_test_setup_teardown(a_copy_is_whole_and_opens_from_memory, begin, end),
        cmocka_unit_test_setup_teardown(a_raw_copy_without_its_wal_is_called_incomplete, begin, end),
        cmocka_unit_test_setup_teardown(two_writers_take_turns_and_nothing_is_overwritten, begin, end),
        cmocka_unit_test_setup_teardown(an_existing_journal_is_never_replaced, begin, end),
        cmocka_unit_test_setup_teardown(a_journal_whose_main_file_was_lost_is_not_begun_anew_over_its_wal,
                                        begin, end),
        cmocka_unit_test_setup_teardown(extra_time_counts_when_the_station_signed_it_for_this_place, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_same_extra_time_twice_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(extra_time_signed_by_anybody_else_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_new_machine_supersedes_the_tail_of_the_old_one, begin, end),
        cmocka_unit_test_setup_teardown(an_epoch_that_forks_from_nowhere_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(an_event_that_was_refused_once_is_not_passed_over_the_next_time,
                                        begin, end),
        cmocka_unit_test_setup_teardown(an_epoch_with_another_form_or_package_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(events_are_only_added, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_journal_is_refused, begin, end),
    };
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
