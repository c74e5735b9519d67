/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/journal-rows.h"
#include "tests/desk.h"

/* The station's journal of a sitting, and the room's copy of it. */
struct room {
    struct desk desk;
    struct journal *station, *copy;
    char path[160];
};
static struct err e;

static struct journal *opened(struct room *r, const char *path)
{
    struct journal *j = NULL;
    assert_done(journal_open(&j, path, NULL, NULL, &e), e);
    assert_done(journal_unseal(j, &r->desk.recovery, 1, &e), e);
    return j;
}

static int begin(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    desk_open(&r->desk);
    r->station = desk_journal(&r->desk);
    snprintf(r->path, sizeof r->path, "%s/copy.journal", r->desk.dir);
    assert_done(journal_create(r->path, &r->desk.start, NULL, &e), e);
    r->copy = opened(r, r->path);
    desk_add(r->station, 0, JOURNAL_START, "", "");
    desk_add(r->station, 100, JOURNAL_VISIT, "k001", "");
    desk_add(r->station, 2000, JOURNAL_ANSWER, "k001", "first thought");
    desk_add(r->station, 4000, JOURNAL_ANSWER, "k002", "two");
    desk_add(r->station, 5000, JOURNAL_FLAG, "k002", "");
    *state = r;
    return 0;
}

static int end(void **state)
{
    struct room *r = *state;
    journal_close(r->station);
    journal_close(r->copy);
    desk_close(&r->desk);
    free(r);
    return 0;
}

/* Rows on their way, in memory of their own. */
struct parcel {
    struct arena *arena;
    struct journal_stored row[50];
    size_t n;
};

static int pack(void *context, const struct journal_stored *row, struct err *e2)
{
    struct parcel *p = context;
    (void)e2;
    struct journal_stored *mine = &p->row[p->n++];
    *mine = *row;
    mine->item = arena_strdup(p->arena, row->item);
    mine->payload.p = arena_copy(p->arena, row->payload.p, row->payload.n);
    return 0;
}

static struct parcel rows_of(struct journal *j, int64_t epoch, int64_t after)
{
    struct parcel p = {.arena = arena_new()};
    assert_done(journal_stored_after(j, epoch, after, 50, pack, &p, &e), e);
    return p;
}

static int send(struct journal *from, struct journal *to, int64_t epoch, int64_t after, int64_t *ret_seq)
{
    struct parcel p = rows_of(from, epoch, after);
    int r = journal_take(to, p.row, p.n, ret_seq, &e);
    arena_free(p.arena);
    return r;
}

static void assert_same_work(struct journal *a, struct journal *b)
{
    struct journal_work one = {0}, other = {0};
    assert_done(journal_fold(a, &one, &e), e);
    assert_done(journal_fold(b, &other, &e), e);
    assert_int_equal(one.epoch, other.epoch);
    assert_int_equal(one.seq, other.seq);
    assert_memory_equal(one.hash, other.hash, sizeof one.hash);
    assert_int_equal(one.used_ms, other.used_ms);
    assert_int_equal(one.n_items, other.n_items);
    for (size_t i = 0; i < one.n_items; i++)
        assert_true(span_equal(one.item[i].response, other.item[i].response));
    journal_work_release(&one);
    journal_work_release(&other);
}

static void a_copy_is_equal_event_for_event(void **state)
{
    struct room *r = *state;
    int64_t seq = 0;
    struct journal_clock at = {.used_ms = 7000}, earlier = {.used_ms = 6000};
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    assert_int_equal(seq, 5);
    assert_same_work(r->station, r->copy);
    desk_add(r->station, 6000, JOURNAL_ANSWER, "k001", "second thought");
    assert_done(journal_tick(r->station, &at, &e), e);
    assert_done(send(r->station, r->copy, 1, seq, &seq), e);
    assert_done(journal_take_tick(r->copy, &at, &e), e);
    assert_done(journal_take_tick(r->copy, &earlier, &e), e);
    assert_int_equal(seq, 6);
    assert_same_work(r->station, r->copy);
    journal_close(r->copy);
    r->copy = opened(r, r->path);
    assert_same_work(r->station, r->copy);
}

static void so_many_rows_at_a_time(void **state)
{
    struct room *r = *state;
    struct parcel p = {.arena = arena_new()};
    assert_done(journal_stored_after(r->station, 1, 1, 2, pack, &p, &e), e);
    assert_int_equal(p.n, 2);
    assert_int_equal(p.row[0].seq, 2);
    arena_free(p.arena);
}

static void the_same_again_is_passed_over(void **state)
{
    struct room *r = *state;
    int64_t seq = 0;
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    assert_done(send(r->station, r->copy, 1, 2, &seq), e);
    assert_int_equal(seq, 5);
    assert_done(journal_take_epoch(r->copy, &r->desk.start, &e), e);
    assert_same_work(r->station, r->copy);
}

static void what_is_missing_is_asked_for(void **state)
{
    struct room *r = *state;
    int64_t seq = 0;
    struct parcel p = rows_of(r->station, 1, 0);
    p.row[3] = p.row[4];
    assert_int_equal(journal_take(r->copy, p.row, 4, &seq, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_GAP);
    assert_int_equal(seq, 3);
    assert_int_equal(send(r->station, r->copy, 1, 4, &seq), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_GAP);
    assert_done(send(r->station, r->copy, 1, seq, &seq), e);
    assert_same_work(r->station, r->copy);
    arena_free(p.arena);
}

static void a_garbled_row_is_refused_and_what_came_before_it_is_kept(void **state)
{
    struct room *r = *state;
    for (int i = 0; i < 7; i++) {
        struct parcel p = rows_of(r->station, 1, 0);
        struct journal_stored *row = &p.row[3];
        int64_t seq = 0;
        switch (i) {
        case 0:
            row->item = "k003";
            break;
        case 1:
            row->at.used_ms++;
            break;
        case 2:
            row->hash[5] ^= 1;
            break;
        case 3:
            row->prev[5] ^= 1;
            break;
        case 4:
            ((uint8_t *)row->payload.p)[40] ^= 1;
            break;
        case 5:
            row->payload.n = 10;
            break;
        default:
            row->kind = JOURNAL_FLAG;
        }
        assert_int_equal(journal_take(r->copy, p.row, p.n, &seq, &e), -ERR_DATA);
        assert_int_equal(e.code, JOURNAL_BROKEN);
        assert_non_null(strstr(e.what, "epoch 1, event 4"));
        assert_int_equal(seq, 3);
        arena_free(p.arena);
    }
}

static void a_row_of_another_sitting_is_refused(void **state)
{
    struct room *r = *state;
    struct desk other;
    int64_t seq = 0;
    desk_open(&other);
    struct journal *j = desk_journal(&other);
    desk_add(j, 0, JOURNAL_START, "", "");
    assert_int_equal(send(j, r->copy, 1, 0, &seq), -ERR_DATA);
    assert_int_equal(seq, 0);
    struct journal_epoch start = r->desk.start;
    start.ticket = "T002";
    start.epoch = 2;
    start.fork_epoch = 1;
    assert_int_equal(journal_take_epoch(r->copy, &start, &e), -ERR_DATA);
    journal_close(j);
    desk_close(&other);
}

/* Another journal of the same sitting with the same J, as a machine makes it that was set back. */
static struct journal *a_twin(struct room *r, char path[160])
{
    struct journal *j = NULL;
    snprintf(path, 160, "%s/twin.journal", r->desk.dir);
    assert_done(journal_create(path, &r->desk.start, NULL, &e), e);
    j = opened(r, path);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    return j;
}

static void of_two_events_in_one_place_the_first_stays(void **state)
{
    struct room *r = *state;
    char path[160];
    int64_t seq = 0;
    struct journal *twin = a_twin(r, path);
    desk_add(twin, 0, JOURNAL_START, "", "");
    for (int64_t n = 2; n <= 7; n++)
        desk_add(twin, n, JOURNAL_VISIT, "k009", "");
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    assert_int_equal(send(twin, r->copy, 1, 0, &seq), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_FORKED);
    assert_int_equal(send(twin, r->copy, 1, 5, &seq), -ERR_NO); /* event 6 continues another event 5 */
    assert_int_equal(e.code, JOURNAL_FORKED);
    assert_int_equal(seq, 5);
    assert_same_work(r->station, r->copy);
    journal_close(twin);
}

static void of_two_starts_of_one_epoch_the_first_stays(void **state)
{
    struct room *r = *state;
    struct journal_epoch start = r->desk.start;
    start.station[20] ^= 1;
    assert_int_equal(journal_take_epoch(r->copy, &start, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_FORKED);
}

static void a_signed_end_comes_along_and_is_the_end(void **state)
{
    struct room *r = *state;
    struct journal_work w = {0};
    struct journal_seal seal;
    int64_t seq = 0;
    desk_add(r->station, 9000, JOURNAL_HAND_IN, "", "");
    desk_seal(&r->desk, r->station);
    assert_true(journal_epoch_seal(r->station, 0, &seal));
    assert_int_equal(journal_take_seal(r->copy, &seal, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_GAP);
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    struct journal_seal wrong = seal;
    wrong.head[0] ^= 1;
    assert_int_equal(journal_take_seal(r->copy, &wrong, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_FORKED);
    assert_done(journal_take_seal(r->copy, &seal, &e), e);
    assert_done(journal_take_seal(r->copy, &seal, &e), e);
    assert_done(journal_fold(r->copy, &w, &e), e);
    assert_true(w.sealed);
    assert_int_equal(w.status, JOURNAL_HANDED_IN);
    journal_work_release(&w);
}

static void nothing_is_taken_after_a_signed_end(void **state)
{
    struct room *r = *state;
    char path[160];
    int64_t seq = 0;
    struct journal_seal seal;
    desk_add(r->station, 9000, JOURNAL_HAND_IN, "", "");
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    desk_add(r->station, 9100, JOURNAL_ANSWER, "k001", "a late thought");
    struct journal *twin = a_twin(r, path);
    assert_done(send(r->station, twin, 1, 0, &seq), e);
    assert_done(journal_read(r->copy, NULL, NULL, &e), e);
    desk_seal(&r->desk, r->copy);
    assert_true(journal_epoch_seal(r->copy, 0, &seal));
    assert_int_equal(send(twin, r->copy, 1, 6, &seq), -ERR_DATA);
    assert_non_null(strstr(e.what, "after the end"));
    journal_close(twin);
}

static struct journal_epoch second_epoch(struct room *r, struct journal *j, int64_t fork)
{
    struct journal_epoch start = r->desk.start;
    struct parcel p = rows_of(j, 1, fork - 1);
    start.epoch = 2;
    start.fork_epoch = 1;
    start.fork_seq = fork;
    memcpy(start.fork_hash, p.row[0].hash, 32);
    arena_free(p.arena);
    return start;
}

static int count_superseded(void *context, const struct journal_event *event, bool superseded, struct err *e2)
{
    (void)event;
    (void)e2;
    *(int *)context += superseded;
    return 0;
}

static void the_tail_of_a_machine_that_was_given_up_is_kept_as_evidence(void **state)
{
    struct room *r = *state;
    struct journal_work w = {0};
    struct parcel early = rows_of(r->station, 1, 0);
    int64_t seq = 0;
    int superseded = 0;
    assert_done(journal_take(r->copy, early.row, 4, &seq, &e), e);
    assert_done(journal_fold(r->copy, &w, &e), e);
    journal_work_release(&w);
    struct journal_epoch start = second_epoch(r, r->copy, 3);
    assert_done(journal_take_epoch(r->copy, &start, &e), e);
    assert_done(journal_take_epoch(r->copy, &start, &e), e);
    assert_int_equal(journal_take(r->copy, early.row, 5, &seq, &e), 0); /* the old machine is found again */
    assert_int_equal(seq, 5);
    assert_done(journal_unseal(r->copy, &r->desk.recovery, 1, &e), e);
    assert_done(journal_read(r->copy, count_superseded, &superseded, &e), e);
    assert_int_equal(superseded, 2);
    assert_done(journal_fold(r->copy, &w, &e), e);
    assert_null(journal_work_find(&w, "k002"));
    assert_true(span_equal(journal_work_find(&w, "k001")->response, span_str("first thought")));
    journal_work_release(&w);
    early.row[4].hash[0] ^= 1;
    assert_int_equal(journal_take(r->copy, early.row + 4, 1, &seq, &e), -ERR_DATA);
    arena_free(early.arena);
}

static void an_epoch_waits_for_the_event_that_it_continues(void **state)
{
    struct room *r = *state;
    int64_t seq = 0;
    struct journal_epoch start = second_epoch(r, r->station, 3);
    assert_int_equal(journal_take_epoch(r->copy, &start, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_GAP);
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    start.fork_hash[3] ^= 1;
    assert_int_equal(journal_take_epoch(r->copy, &start, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_FORKED);
    start.fork_hash[3] ^= 1;
    start.epoch = 3;
    assert_int_equal(journal_take_epoch(r->copy, &start, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_GAP);
    start.epoch = 2;
    assert_done(journal_take_epoch(r->copy, &start, &e), e);
}

/* The spare machine has what the room has, and goes on from there. */
static void a_spare_machine_begins_its_own_epoch(void **state)
{
    struct room *r = *state;
    struct journal_work w = {0};
    struct journal_clock at = {.used_ms = 5000};
    struct bytes act = {0};
    int64_t seq = 0;
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    struct journal_epoch start = second_epoch(r, r->copy, 5);
    r->desk.start.epoch = 2;
    desk_act(&r->desk, JOURNAL_RESEAT, 1, 0, &act);
    assert_done(journal_begin_epoch(r->copy, &start, &r->desk.recovery, &at, bytes_span(&act), &e), e);
    assert_int_equal(journal_begin_epoch(r->copy, &start, &r->desk.recovery, &at, bytes_span(&act), &e),
                     -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    assert_done(journal_read(r->copy, NULL, NULL, &e), e);
    desk_add(r->copy, 8000, JOURNAL_ANSWER, "k001", "at the spare machine");
    assert_done(journal_fold(r->copy, &w, &e), e);
    assert_int_equal(w.epoch, 2);
    assert_int_equal(w.seq, 2);
    assert_int_equal(w.used_ms, 8000);
    assert_true(span_equal(journal_work_find(&w, "k002")->response, span_str("two")));
    assert_true(span_equal(journal_work_find(&w, "k001")->response, span_str("at the spare machine")));
    journal_work_release(&w);
    bytes_release(&act);
}

static void an_epoch_begins_with_its_re_seat_and_a_re_seat_is_nowhere_else(void **state)
{
    struct room *r = *state;
    struct journal_work w = {0};
    struct journal_clock at = {.used_ms = 5000};
    struct bytes act = {0};
    int64_t seq = 0;
    desk_act(&r->desk, JOURNAL_RESEAT, 6, 0, &act);
    assert_done(send(r->station, r->copy, 1, 0, &seq), e);
    struct journal_epoch start = second_epoch(r, r->copy, 5);
    assert_done(journal_append(r->station, &at, JOURNAL_RESEAT, "", bytes_span(&act), &e), e);
    assert_refused(journal_fold(r->station, &w, &e), ERR_DATA, "begins with the re-seat", e);
    assert_done(journal_take_epoch(r->copy, &start, &e), e);
    assert_done(journal_unseal(r->copy, &r->desk.recovery, 1, &e), e);
    assert_done(journal_read(r->copy, NULL, NULL, &e), e);
    desk_add(r->copy, 8000, JOURNAL_ANSWER, "k001", "without an order");
    assert_refused(journal_fold(r->copy, &w, &e), ERR_DATA, "begins with the re-seat", e);
    bytes_release(&act);
}

/* The machine was lost between the making of its journal and the first copy. */
static void a_sitting_of_which_the_room_has_only_the_beginning_starts_elsewhere(void **state)
{
    struct room *r = *state;
    struct journal_work w = {0};
    struct journal_clock at = {0};
    struct bytes act = {0};
    struct journal_epoch start = r->desk.start;
    int64_t epoch, seq;
    start.epoch = 2;
    start.fork_epoch = 1;
    assert_done(journal_read(r->copy, NULL, NULL, &e), e);
    journal_head(r->copy, &epoch, &seq, start.fork_hash);
    assert_int_equal(seq, 0);
    r->desk.start.epoch = 2;
    desk_act(&r->desk, JOURNAL_RESEAT, 1, 0, &act);
    start.fork_hash[0] ^= 1;
    assert_int_equal(journal_begin_epoch(r->copy, &start, &r->desk.recovery, &at, bytes_span(&act), &e),
                     -ERR_DATA);
    start.fork_hash[0] ^= 1;
    assert_done(journal_begin_epoch(r->copy, &start, &r->desk.recovery, &at, bytes_span(&act), &e), e);
    assert_done(journal_read(r->copy, NULL, NULL, &e), e);
    desk_add(r->copy, 0, JOURNAL_START, "", "");
    desk_add(r->copy, 900, JOURNAL_VISIT, "k001", "");
    assert_done(journal_fold(r->copy, &w, &e), e);
    assert_true(w.started);
    assert_int_equal(w.seq, 3);
    journal_work_release(&w);
    bytes_release(&act);
}

static void a_sitting_changes_its_machine_so_often_and_no_more(void **state)
{
    struct room *r = *state;
    struct journal_epoch start = r->desk.start;
    for (int64_t epoch = 2; epoch <= JOURNAL_MAX_EPOCHS + 1; epoch++) {
        int64_t at, seq;
        assert_done(journal_unseal(r->copy, &r->desk.recovery, 1, &e), e);
        assert_done(journal_read(r->copy, NULL, NULL, &e), e);
        journal_head(r->copy, &at, &seq, start.fork_hash);
        start.epoch = epoch;
        start.fork_epoch = epoch - 1;
        int taken = journal_take_epoch(r->copy, &start, &e);
        assert_int_equal(taken, epoch > JOURNAL_MAX_EPOCHS ? -ERR_NO : 0);
    }
}

static void without_the_key_nothing_is_taken(void **state)
{
    struct room *r = *state;
    int64_t seq = 0;
    journal_close(r->copy);
    assert_done(journal_open(&r->copy, r->path, NULL, NULL, &e), e);
    assert_int_equal(send(r->station, r->copy, 1, 0, &seq), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_SEALED_TO_OTHERS);
}

#define RULE(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(a_copy_is_equal_event_for_event),
        RULE(so_many_rows_at_a_time),
        RULE(the_same_again_is_passed_over),
        RULE(what_is_missing_is_asked_for),
        RULE(a_garbled_row_is_refused_and_what_came_before_it_is_kept),
        RULE(a_row_of_another_sitting_is_refused),
        RULE(of_two_events_in_one_place_the_first_stays),
        RULE(of_two_starts_of_one_epoch_the_first_stays),
        RULE(a_signed_end_comes_along_and_is_the_end),
        RULE(nothing_is_taken_after_a_signed_end),
        RULE(the_tail_of_a_machine_that_was_given_up_is_kept_as_evidence),
        RULE(an_epoch_waits_for_the_event_that_it_continues),
        RULE(a_spare_machine_begins_its_own_epoch),
        RULE(an_epoch_begins_with_its_re_seat_and_a_re_seat_is_nowhere_else),
        RULE(a_sitting_of_which_the_room_has_only_the_beginning_starts_elsewhere),
        RULE(a_sitting_changes_its_machine_so_often_and_no_more),
        RULE(without_the_key_nothing_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
