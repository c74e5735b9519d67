/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/store/sitting-store.h"
#include "exam-packages/journal-fold.h"
#include "tests/client/exam.h"
#include "tests/failing-vfs.h"

struct fixture {
    struct desk desk;
    struct link_terms terms;
    struct arena *a;
    int64_t now; /* ms */
};

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    desk_open(&f->desk);
    exam_terms(&f->desk, &f->terms);
    f->a = arena_new();
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    *failing_vfs() = (struct failing_vfs){.countdown = -1};
    arena_free(f->a);
    desk_close(&f->desk);
    free(f);
    return 0;
}

static struct sitting *opens(struct fixture *f, const char *vfs)
{
    struct err e;
    struct sitting *s = NULL;
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_open(&s, &f->terms, vfs, &now, &e), e);
    f->terms.paper_fd = -1;
    return s;
}

static struct sitting *starts(struct fixture *f, const char *vfs)
{
    struct err e;
    struct sitting *s = opens(f, vfs);
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_start(s, &now, &e), e);
    return s;
}

/* As after kill -9: nothing is closed in order. Then the next program, with a paper of its own. */
static struct sitting *is_killed_and_comes_back(struct fixture *f, struct sitting *s)
{
    sitting_close(s);
    f->terms.paper_fd = exam_paper_fd();
    return opens(f, NULL);
}

static int answer(struct fixture *f, struct sitting *s, size_t item, const char *choice, struct err *e)
{
    struct response_set set = exam_choice(f->a, choice);
    struct clock_reading now = exam_clock(f->now);
    return sitting_answer(s, item, &set, &now, e);
}

static const char *answer_of(struct fixture *f, struct sitting *s, size_t item)
{
    struct err e;
    struct response_set set = {0};
    assert_done(sitting_response(s, item, f->a, &set, &e), e);
    return set.n && set.response[0].n ? set.response[0].value[0] : "";
}

/* Looks at the clock every second for that long. */
static enum session_notice waits(struct fixture *f, struct sitting *s, int64_t ms)
{
    enum session_notice last = SESSION_NO_NOTICE;
    for (int64_t until = f->now + ms; f->now < until;) {
        struct err e;
        enum session_notice n;
        f->now += 1000;
        struct clock_reading now = exam_clock(f->now);
        assert_done(sitting_clock(s, &now, &n, &e), e);
        last = n ? n : last;
    }
    return last;
}

static void a_sitting_goes_on_where_it_was(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct sitting *s = starts(f, NULL);
    struct clock_reading now = exam_clock(3000);
    assert_done(sitting_visit(s, 2, &now, &e), e);
    assert_done(answer(f, s, 2, "C", &e), e);
    assert_done(sitting_flag(s, 2, true, &now, &e), e);
    f->now = 500000;
    s = is_killed_and_comes_back(f, s);
    assert_int_equal(sitting_session(s)->state, SITTING_ANSWERING);
    assert_int_equal(sitting_session(s)->current, 2);
    assert_true(sitting_session(s)->item[2].flagged);
    assert_string_equal(answer_of(f, s, 2), "C");
    assert_int_equal(sitting_session(s)->interruptions, 1);
    sitting_close(s);
}

static void time_while_it_was_down_is_not_charged(void **state)
{
    struct fixture *f = *state;
    struct sitting *s = starts(f, NULL);
    waits(f, s, 65000);
    int64_t used = sitting_session(s)->used_ms;
    assert_int_equal(used, 65000);
    f->now += 3600000;
    s = is_killed_and_comes_back(f, s);
    assert_in_range(sitting_session(s)->used_ms, used - 10000, used);
    sitting_close(s);
}

static void a_clock_set_back_one_hour_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct err e;
    enum session_notice n;
    struct sitting *s = starts(f, NULL);
    waits(f, s, 20000);
    int64_t left = session_left_ms(sitting_session(s));
    struct clock_reading now = exam_clock(f->now);
    now.wall_ms -= 3600000;
    assert_done(sitting_clock(s, &now, &n, &e), e);
    assert_int_equal(session_left_ms(sitting_session(s)), left);
    now.mono_ms += 1000;
    assert_done(sitting_clock(s, &now, &n, &e), e);
    assert_int_equal(session_left_ms(sitting_session(s)), left - 1000);
    sitting_close(s);
}

static void when_the_time_is_over_the_end_is_forced(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct sitting *s = starts(f, NULL);
    assert_done(answer(f, s, 0, "A", &e), e);
    assert_int_equal(waits(f, s, 3602000), SESSION_OVER);
    assert_int_equal(sitting_session(s)->state, SITTING_FORCED_END);
    assert_int_equal(answer(f, s, 0, "B", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_ENDED);
    assert_int_equal(strlen(sitting_receipt(s)), 21);
    sitting_close(s);
}

static void the_receipt_is_that_of_the_journal(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct journal *j = NULL;
    struct journal_work w = {0};
    struct sitting *s = starts(f, NULL);
    waits(f, s, 900000);
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_hand_in(s, &now, &e), e);
    assert_done(journal_open_file(&j, f->desk.path, &e), e);
    assert_done(journal_unseal(j, &f->desk.recovery, 1, &e), e);
    assert_done(journal_fold(j, &w, &e), e);
    assert_string_equal(sitting_receipt(s), w.receipt);
    assert_int_equal(w.status, JOURNAL_HANDED_IN);
    journal_work_release(&w);
    journal_close(j);
    sitting_close(s);
}

static void what_the_proctor_writes_is_seen_by_the_next_action(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct bytes act = {0};
    struct sitting *s = starts(f, NULL);
    struct journal *agent = desk_again(&f->desk);
    struct journal_clock at = {.used_ms = 0};
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    desk_act(&f->desk, JOURNAL_EXTRA_TIME, 2, 600000, &act);
    assert_done(journal_append(agent, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    assert_done(answer(f, s, 1, "B", &e), e);
    assert_int_equal(session_allowance_ms(sitting_session(s)), 4200000);
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    desk_act(&f->desk, JOURNAL_FORCED_END, 4, 0, &act);
    assert_done(journal_append(agent, &at, JOURNAL_FORCED_END, "", bytes_span(&act), &e), e);
    assert_int_equal(answer(f, s, 1, "C", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_ENDED);
    assert_int_equal(sitting_unsaved(s), 0);
    assert_string_equal(answer_of(f, s, 1), "B");
    journal_close(agent);
    bytes_release(&act);
    sitting_close(s);
}

static int paper_with_notes(void)
{
    struct paper *p = exam_paper();
    p->notes = true;
    int fd = exam_fd_of(p);
    paper_free(p);
    return fd;
}

static int notes(struct fixture *f, struct sitting *s, const char *text, struct err *e)
{
    struct clock_reading now = exam_clock(f->now);
    return sitting_set_notes(s, text, &now, e);
}

static void scratch_notes_survive_a_kill(void **state)
{
    struct fixture *f = *state;
    struct err e;
    f->terms.paper_fd = paper_with_notes();
    struct sitting *s = starts(f, NULL);
    assert_string_equal(sitting_notes(s), "");
    assert_done(notes(f, s, "第 3 题再看", &e), e);
    assert_done(notes(f, s, "第 3 题\n再看一遍", &e), e);
    sitting_close(s);
    f->terms.paper_fd = paper_with_notes();
    s = opens(f, NULL);
    assert_string_equal(sitting_notes(s), "第 3 题\n再看一遍");
    assert_int_equal(session_counts(sitting_session(s)).answered, 0);
    assert_done(notes(f, s, "", &e), e);
    assert_string_equal(sitting_notes(s), "");
    sitting_close(s);
}

static void notes_the_disk_refuses_are_kept_and_tried_again(void **state)
{
    struct fixture *f = *state;
    struct err e;
    f->terms.paper_fd = paper_with_notes();
    struct sitting *s = starts(f, FAILING_VFS);
    *failing_vfs() = (struct failing_vfs){.countdown = 0, .for_good = true};
    assert_int_equal(notes(f, s, "x", &e), -ERR_ENV);
    assert_string_equal(sitting_notes(s), "x");
    assert_true(sitting_notes_unsaved(s));
    *failing_vfs() = (struct failing_vfs){.countdown = -1};
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_retry(s, &now, &e), e);
    assert_false(sitting_notes_unsaved(s));
    assert_string_equal(sitting_notes(s), "x");
    sitting_close(s);
}

static void notes_have_a_bound_and_take_leave_of_the_paper(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct sitting *s = starts(f, NULL);
    assert_int_equal(notes(f, s, "x", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_NO_NOTES);
    sitting_close(s);
    char *text = calloc(1, SESSION_MAX_NOTES + 2);
    memset(text, 'x', SESSION_MAX_NOTES + 1);
    f->terms.paper_fd = paper_with_notes();
    s = opens(f, NULL);
    assert_int_equal(notes(f, s, text, &e), -ERR_NO);
    assert_int_equal(notes(f, s, "\xC3", &e), -ERR_NO);
    free(text);
    sitting_close(s);
}

static void an_answer_the_disk_refuses_is_kept_and_tried_again(void **state)
{
    struct fixture *f = *state;
    struct failing_vfs *vfs = failing_vfs();
    struct err e;
    struct sitting *s = starts(f, FAILING_VFS);
    assert_done(answer(f, s, 0, "A", &e), e);
    vfs->for_good = true;
    vfs->countdown = 0;
    assert_int_equal(answer(f, s, 0, "B", &e), -ERR_ENV);
    assert_true(e.what[0] && e.hint[0]);
    assert_int_equal(answer(f, s, 1, "C", &e), -ERR_ENV);
    assert_int_equal(answer(f, s, 1, "D", &e), -ERR_ENV);
    assert_int_equal(sitting_unsaved(s), 3);
    assert_true(sitting_item_unsaved(s, 0));
    assert_string_equal(answer_of(f, s, 0), "B");
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_visit(s, 3, &now, &e), e);
    assert_int_equal(sitting_session(s)->current, 3);
    assert_int_equal(sitting_retry(s, &now, &e), -ERR_ENV);
    vfs->countdown = -1;
    assert_done(sitting_retry(s, &now, &e), e);
    assert_int_equal(sitting_unsaved(s), 0);
    s = is_killed_and_comes_back(f, s);
    assert_string_equal(answer_of(f, s, 0), "B");
    assert_string_equal(answer_of(f, s, 1), "D");
    sitting_close(s);
}

static void with_an_unsaved_answer_nobody_hands_in(void **state)
{
    struct fixture *f = *state;
    struct failing_vfs *vfs = failing_vfs();
    struct err e;
    struct sitting *s = starts(f, FAILING_VFS);
    waits(f, s, 900000);
    vfs->for_good = true;
    vfs->countdown = 0;
    assert_int_equal(answer(f, s, 0, "B", &e), -ERR_ENV);
    struct clock_reading now = exam_clock(f->now);
    assert_int_equal(sitting_hand_in(s, &now, &e), -ERR_ENV);
    assert_int_equal(sitting_session(s)->state, SITTING_ANSWERING);
    assert_int_equal(sitting_unsaved(s), 1);
    vfs->countdown = -1;
    assert_done(sitting_hand_in(s, &now, &e), e);
    assert_int_equal(sitting_unsaved(s), 0);
    sitting_close(s);
}

/* The disk fails, and the room gets what is in the spill. */
static void with_a_failing_disk_one_hands_in_when_the_room_has_everything(void **state)
{
    struct fixture *f = *state;
    struct failing_vfs *vfs = failing_vfs();
    struct err e;
    int64_t epoch, seq;
    struct sitting *s = starts(f, FAILING_VFS);
    assert_int_equal(sitting_kept(s), SITTING_HERE);
    waits(f, s, 900000);
    sitting_head(s, &epoch, &seq);
    sitting_room_has(s, epoch, seq);
    assert_int_equal(sitting_kept(s), SITTING_BOTH);
    vfs->for_good = true;
    vfs->countdown = 0;
    assert_int_equal(answer(f, s, 0, "B", &e), -ERR_ENV);
    assert_int_equal(sitting_kept(s), SITTING_AT_RISK);
    struct clock_reading now = exam_clock(f->now);
    assert_int_equal(sitting_hand_in(s, &now, &e), -ERR_ENV);
    sitting_head(s, &epoch, &seq);
    sitting_room_has(s, epoch, seq);
    assert_int_equal(sitting_kept(s), SITTING_ROOM_ONLY);
    assert_done(sitting_hand_in(s, &now, &e), e);
    assert_int_equal(sitting_session(s)->state, SITTING_HANDED_IN);
    assert_int_equal(strlen(sitting_receipt(s)), 21);
    assert_int_equal(sitting_kept(s), SITTING_AT_RISK); /* the end itself is on its way */
    sitting_room_has(s, epoch, seq + 1);
    assert_int_equal(sitting_kept(s), SITTING_ROOM_ONLY);
    vfs->countdown = -1;
    assert_done(sitting_retry(s, &now, &e), e);
    assert_int_equal(sitting_kept(s), SITTING_BOTH);
    s = is_killed_and_comes_back(f, s);
    assert_int_equal(sitting_session(s)->state, SITTING_HANDED_IN);
    sitting_close(s);
}

/* The agent wrote just before, and then both of them while the disk is away. */
static void on_a_dead_disk_agent_and_candidate_go_on_together(void **state)
{
    struct fixture *f = *state;
    struct failing_vfs *vfs = failing_vfs();
    struct err e;
    struct session session;
    struct sitting_store *agent = NULL;
    struct paper *paper = exam_paper();
    struct clock_reading now = exam_clock(f->now);
    struct sitting_store_act act = {.kind = JOURNAL_EXTRA_TIME, .value_ms = 300000, .reason = "smoke"};
    struct sitting *s = starts(f, FAILING_VFS);
    session_init(&session, paper, paper_form(paper, "A"), 0);
    assert_done(sitting_store_open(&agent, f->desk.path, &f->desk.keys, FAILING_VFS, &e), e);
    assert_done(sitting_store_put_act(agent, &session, &act, &f->desk.station, &now, &e), e);
    vfs->for_good = true;
    vfs->countdown = 0;
    vfs->unreadable = true;
    assert_int_equal(answer(f, s, 0, "B", &e), -ERR_ENV);
    assert_int_equal(sitting_session(s)->granted_ms, 300000);
    act.kind = JOURNAL_PAUSE;
    act.value_ms = 0;
    assert_done(sitting_store_put_act(agent, &session, &act, &f->desk.station, &now, &e), e);
    assert_int_equal(session.item[0].state, ATTEMPT_ANSWERED);
    bool changed = false;
    assert_done(sitting_catch_up(s, &changed, &e), e);
    assert_true(changed);
    assert_int_equal(sitting_session(s)->state, SITTING_PAUSED);
    assert_int_equal(sitting_store_unspill(agent, &e), -ERR_ENV);
    vfs->unreadable = false;
    vfs->countdown = -1;
    assert_done(sitting_store_unspill(agent, &e), e);
    assert_done(sitting_retry(s, &now, &e), e);
    assert_int_equal(sitting_unsaved(s), 0);
    sitting_store_close(agent);
    session_release(&session);
    paper_free(paper);
    s = is_killed_and_comes_back(f, s);
    assert_int_equal(sitting_session(s)->state, SITTING_PAUSED);
    assert_string_equal(answer_of(f, s, 0), "B");
    sitting_close(s);
}

static void a_disk_that_fails_at_any_write_loses_nothing_acknowledged(void **state)
{
    (void)state;
    struct failing_vfs *vfs = failing_vfs();
    long n = 0;
    for (bool failed = true; failed; n++) {
        void *own = NULL;
        begin(&own);
        struct fixture *f = own;
        struct err e;
        struct sitting *s = starts(f, FAILING_VFS);
        const char *said[4] = {"", "", "", ""};
        failed = false;
        vfs->for_good = n % 2;
        vfs->countdown = n;
        for (int i = 0; i < 12; i++) {
            static const char *const choice[] = {"A", "B", "C"};
            int r = answer(f, s, (size_t)i % 4, choice[i / 4], &e);
            assert_true(r == 0 || r == -ERR_ENV);
            failed = failed || r < 0;
            if (r == 0)
                for (int k = 0; k < 4 && sitting_unsaved(s) == 0; k++)
                    said[k] = answer_of(f, s, (size_t)k);
        }
        vfs->countdown = -1;
        s = is_killed_and_comes_back(f, s);
        for (int k = 0; k < 4;
             k++) /* or one that came later: it may have reached the disk before the failure */
            assert_true(strcmp(answer_of(f, s, (size_t)k), said[k]) >= 0);
        sitting_close(s);
        end(&own);
    }
    assert_in_range(n, 12, 500);
}

static void a_file_may_not_grow(struct fixture *f, bool with_spill)
{
    struct err e;
    struct rlimit before, small;
    struct stat st;
    char wal[160];
    if (!with_spill)
        desk_without_spill(&f->desk);
    struct sitting *s = starts(f, NULL);
    assert_done(answer(f, s, 0, "A", &e), e);
    snprintf(wal, sizeof wal, "%s-wal", f->desk.path);
    assert_int_equal(stat(wal, &st), 0);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){.rlim_cur = (rlim_t)st.st_size, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    assert_int_equal(answer(f, s, 0, "B", &e), -ERR_ENV);
    assert_int_equal(answer(f, s, 1, "C", &e), -ERR_ENV);
    setrlimit(RLIMIT_FSIZE, &before);
    s = is_killed_and_comes_back(f, s);
    assert_string_equal(answer_of(f, s, 0), with_spill ? "B" : "A");
    assert_string_equal(answer_of(f, s, 1), with_spill ? "C" : "");
    sitting_close(s);
}

static void a_file_that_may_not_grow_harms_nothing_saved(void **state)
{
    a_file_may_not_grow(*state, true);
}

static void without_memory_for_a_spill_it_harms_nothing_saved_either(void **state)
{
    a_file_may_not_grow(*state, false);
}

static void an_edited_journal_is_not_continued(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct sitting *s = starts(f, NULL);
    struct clock_reading now = exam_clock(0);
    assert_done(answer(f, s, 0, "A", &e), e);
    sitting_close(s);
    f->terms.keys.chain[0] ^= 1;
    f->terms.paper_fd = exam_paper_fd();
    assert_refused(sitting_open(&s, &f->terms, NULL, &now, &e), ERR_DATA, "event 1", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sitting_goes_on_where_it_was, begin, end),
        cmocka_unit_test_setup_teardown(time_while_it_was_down_is_not_charged, begin, end),
        cmocka_unit_test_setup_teardown(a_clock_set_back_one_hour_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(when_the_time_is_over_the_end_is_forced, begin, end),
        cmocka_unit_test_setup_teardown(the_receipt_is_that_of_the_journal, begin, end),
        cmocka_unit_test_setup_teardown(what_the_proctor_writes_is_seen_by_the_next_action, begin, end),
        cmocka_unit_test_setup_teardown(scratch_notes_survive_a_kill, begin, end),
        cmocka_unit_test_setup_teardown(notes_the_disk_refuses_are_kept_and_tried_again, begin, end),
        cmocka_unit_test_setup_teardown(notes_have_a_bound_and_take_leave_of_the_paper, begin, end),
        cmocka_unit_test_setup_teardown(an_answer_the_disk_refuses_is_kept_and_tried_again, begin, end),
        cmocka_unit_test_setup_teardown(with_an_unsaved_answer_nobody_hands_in, begin, end),
        cmocka_unit_test_setup_teardown(with_a_failing_disk_one_hands_in_when_the_room_has_everything, begin,
                                        end),
        cmocka_unit_test_setup_teardown(on_a_dead_disk_agent_and_candidate_go_on_together, begin, end),
        cmocka_unit_test_setup_teardown(without_memory_for_a_spill_it_harms_nothing_saved_either, begin, end),
        cmocka_unit_test(a_disk_that_fails_at_any_write_loses_nothing_acknowledged),
        cmocka_unit_test_setup_teardown(a_file_that_may_not_grow_harms_nothing_saved, begin, end),
        cmocka_unit_test_setup_teardown(an_edited_journal_is_not_continued, begin, end),
    };
    return cmocka_run_group_tests_name("sitting", tests, NULL, NULL);
}
