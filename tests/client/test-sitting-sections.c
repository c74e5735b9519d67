/* SPDX-License-Identifier: Apache-2.0 */
/* Sections with rules on the disk: a linear one of ten minutes, left for good; then two free ones, the last
 * of ten minutes too. */
#include "tests/client/exam.h"
#include "tests/client/play.h"

#include "base/rng.h"
#include "client/store/sitting-store.h"
#include "tests/failing-vfs.h"

static const struct paper_section sections[] = {
    {.time_s = 600, .navigation = PAPER_LINEAR, .once = true}, {0}, {.time_s = 600}};
enum { N_SECTIONS = sizeof sections / sizeof *sections };

struct fixture {
    struct desk desk;
    struct link_terms terms;
    struct paper *paper;
    struct arena *a;
    struct sitting *s;
    int64_t now; /* ms */
};

static struct clock_reading clock_now(const struct fixture *f)
{
    return exam_clock(f->now);
}

static void opens(struct fixture *f, const char *vfs)
{
    struct err e;
    struct clock_reading now = clock_now(f);
    f->terms.paper_fd = exam_fd_of(f->paper);
    assert_done(sitting_open(&f->s, &f->terms, vfs, &now, &e), e);
}

static struct fixture *fixture_with(const char *vfs, bool spill)
{
    struct err e;
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    desk_open(&f->desk);
    f->a = arena_new();
    f->paper = play_paper(sections, N_SECTIONS);
    assert_done(journal_create(f->desk.path, &f->desk.start, NULL, &e), e);
    f->terms = (struct link_terms){
        .session = "S1", .ticket = "T001", .form = "A", .journal = f->desk.path, .keys = f->desk.keys};
    if (!spill)
        desk_without_spill(&f->desk);
    opens(f, vfs);
    struct clock_reading now = clock_now(f);
    assert_done(sitting_start(f->s, &now, &e), e);
    return f;
}

static struct fixture *fixture_of(const char *vfs)
{
    return fixture_with(vfs, true);
}

static int begin(void **state)
{
    *state = fixture_of(NULL);
    return 0;
}

static int begin_on_a_failing_disk(void **state)
{
    *state = fixture_of(FAILING_VFS);
    return 0;
}

static int begin_on_a_failing_disk_without_memory(void **state)
{
    *state = fixture_with(FAILING_VFS, false);
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    failing_vfs()->countdown = -1;
    sitting_close(f->s);
    arena_free(f->a);
    paper_free(f->paper);
    desk_close(&f->desk);
    free(f);
    return 0;
}

/* kill -9, and the next program. */
static const struct session *comes_back(struct fixture *f)
{
    sitting_close(f->s);
    opens(f, NULL);
    return sitting_session(f->s);
}

static int visit(struct fixture *f, size_t item, struct err *e)
{
    struct clock_reading now = clock_now(f);
    return sitting_visit(f->s, item, &now, e);
}

static int answer(struct fixture *f, size_t item, const char *choice, struct err *e)
{
    struct response_set set = exam_choice(f->a, choice);
    struct clock_reading now = clock_now(f);
    return sitting_answer(f->s, item, &set, &now, e);
}

/* Looks at the clock once after that long. */
static enum session_notice looks_after(struct fixture *f, int64_t ms, int wanted)
{
    struct err e;
    enum session_notice n;
    f->now += ms;
    struct clock_reading now = clock_now(f);
    int r = sitting_clock(f->s, &now, &n, &e);
    if (r != wanted)
        fail_msg("%d instead of %d: %s", r, wanted, e.what);
    return n;
}

static enum session_notice waits(struct fixture *f, int64_t ms)
{
    enum session_notice n, last = SESSION_NO_NOTICE;
    for (int64_t until = f->now + ms; f->now < until; last = n ? n : last)
        n = looks_after(f, 1000, 0);
    return last;
}

static void what_is_closed_is_refused_and_not_on_the_disk(void **state)
{
    struct fixture *f = *state;
    struct err e;
    assert_done(visit(f, 0, &e), e);
    assert_not_allowed(visit(f, 2, &e_), ERR_LINEAR);
    assert_done(visit(f, 1, &e), e);
    assert_done(visit(f, 4, &e), e);
    assert_not_allowed(visit(f, 1, &e_), ERR_SECTION_CLOSED);
    assert_not_allowed(answer(f, 1, "A", &e_), ERR_SECTION_CLOSED);
    assert_int_equal(sitting_unsaved(f->s), 0);
    assert_int_equal(comes_back(f)->current, 4);
    assert_not_allowed(visit(f, 1, &e_), ERR_SECTION_CLOSED);
    assert_done(answer(f, 3, "A", &e), e);
}

static void the_time_of_a_section_survives_a_kill(void **state)
{
    struct fixture *f = *state;
    struct err e;
    assert_done(visit(f, 0, &e), e);
    waits(f, 100000);
    assert_done(visit(f, 3, &e), e);
    waits(f, 60000);
    const struct session *s = comes_back(f);
    assert_int_equal(s->section[0].used_ms, 100000);
    assert_int_equal(s->section[1].used_ms, 60000);
    assert_int_equal(s->here, 1);
}

static void at_the_end_of_a_section_the_sitting_stands_in_the_next(void **state)
{
    struct fixture *f = *state;
    struct err e;
    assert_done(visit(f, 0, &e), e);
    assert_done(answer(f, 0, "A", &e), e);
    assert_int_equal(waits(f, 601000), SESSION_SECTION_ONE_MINUTE);
    assert_done(answer(f, 0, "B", &e), e);
    assert_int_equal(waits(f, 1000), SESSION_SECTION_OVER);
    assert_int_equal(sitting_session(f->s)->current, 3);
    assert_int_equal(comes_back(f)->current, 3);
    assert_not_allowed(visit(f, 0, &e_), ERR_SECTION_CLOSED);
}

static void a_section_that_ran_out_while_the_program_was_down_ends_at_the_first_look(void **state)
{
    struct fixture *f = *state;
    struct err e;
    assert_done(visit(f, 0, &e), e);
    waits(f, 600000);
    f->now += 3600000;
    comes_back(f);
    assert_int_equal(sitting_session(f->s)->here, 0);
    waits(f, 12000); /* the last tick was ten seconds before the kill */
    assert_int_equal(sitting_session(f->s)->current, 3);
    assert_not_allowed(visit(f, 0, &e_), ERR_SECTION_CLOSED);
}

static void after_the_last_section_the_end_is_forced(void **state)
{
    struct fixture *f = *state;
    struct err e;
    static const struct paper_section one = {.time_s = 600};
    paper_free(f->paper);
    f->paper = play_paper(&one, 1);
    comes_back(f);
    assert_done(visit(f, 2, &e), e);
    assert_int_equal(waits(f, 602000), SESSION_OVER);
    assert_int_equal(sitting_session(f->s)->state, SITTING_FORCED_END);
    assert_int_equal(sitting_session(f->s)->used_ms, 602000);
}

static void time_granted_in_the_last_second_counts_before_the_end_of_the_section(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct bytes act = {0};
    struct journal_clock at = {.used_ms = 0};
    assert_done(visit(f, 0, &e), e);
    waits(f, 601000);
    struct journal *agent = desk_again(&f->desk);
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    desk_act(&f->desk, JOURNAL_EXTRA_TIME, 3, 60000, &act);
    assert_done(journal_append(agent, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    waits(f, 2000);
    assert_int_equal(sitting_session(f->s)->here, 0);
    assert_done(answer(f, 0, "B", &e), e);
    assert_int_equal(waits(f, 59000), SESSION_SECTION_OVER);
    journal_close(agent);
    bytes_release(&act);
}

static void on_a_dead_disk_nobody_leaves_a_section_and_an_answer_in_time_is_kept_for_it(void **state)
{
    struct fixture *f = *state;
    struct failing_vfs *vfs = failing_vfs();
    struct err e;
    assert_done(visit(f, 0, &e), e);
    waits(f, 590000);
    vfs->for_good = true;
    vfs->countdown = 0;
    assert_int_equal(answer(f, 0, "C", &e), -ERR_ENV);
    assert_int_equal(visit(f, 3, &e), -ERR_ENV);
    assert_int_equal(sitting_session(f->s)->here, 0);
    looks_after(f, 9000, 0);
    assert_int_equal(looks_after(f, 9000, -ERR_ENV), SESSION_SECTION_OVER);
    assert_int_equal(looks_after(f, 9000, -ERR_ENV), SESSION_SECTION_OVER);
    assert_not_allowed(answer(f, 0, "D", &e_), ERR_SECTION_TIME);
    vfs->countdown = -1;
    assert_int_equal(looks_after(f, 1000, 0), SESSION_SECTION_OVER);
    assert_int_equal(sitting_unsaved(f->s), 0);
    assert_int_equal(comes_back(f)->current, 3);
    struct response_set set = {0};
    assert_done(sitting_response(f->s, 0, f->a, &set, &e), e);
    assert_string_equal(set.response[0].value[0], "C");
}

static void with_a_spill_a_dead_disk_keeps_nobody_in_a_section(void **state)
{
    struct fixture *f = *state;
    struct failing_vfs *vfs = failing_vfs();
    struct err e;
    assert_done(visit(f, 0, &e), e);
    vfs->for_good = true;
    vfs->countdown = 0;
    assert_int_equal(answer(f, 0, "C", &e), -ERR_ENV);
    assert_done(visit(f, 3, &e), e);
    assert_int_equal(sitting_session(f->s)->here, 1);
    vfs->countdown = -1;
    assert_int_equal(comes_back(f)->current, 3); /* killed, and the disk has nothing of it */
    assert_int_equal(sitting_session(f->s)->item[0].state, ATTEMPT_ANSWERED);
    struct clock_reading now = clock_now(f);
    assert_done(sitting_retry(f->s, &now, &e), e);
    assert_int_equal(sitting_unsaved(f->s), 0);
}

static void an_edited_program_that_goes_back_makes_a_journal_that_is_refused(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct sitting_store *edited = NULL;
    struct session s;
    struct clock_reading now = clock_now(f);
    assert_done(visit(f, 0, &e), e);
    assert_done(visit(f, 3, &e), e);
    session_init(&s, f->paper, &f->paper->form[0], 0);
    assert_done(sitting_store_open(&edited, f->desk.path, &f->desk.keys, NULL, &e), e);
    assert_done(sitting_store_read(edited, &s, NULL, &e), e);
    const struct session_event back = {.kind = SESSION_VISIT, .item = "k001", .used_ms = 5000};
    assert_done(sitting_store_put(edited, &back, &now, &e), e);
    sitting_store_close(edited);
    session_release(&s);
    sitting_close(f->s);
    f->s = NULL;
    f->terms.paper_fd = exam_fd_of(f->paper);
    assert_not_allowed(sitting_open(&f->s, &f->terms, NULL, &now, &e_), ERR_SECTION_CLOSED);
}

/* Whatever the candidate tries while the disk fails now and then: the journal is read back, and nothing that
 * was acknowledged is missing. */
static void a_failing_disk_never_makes_a_journal_that_the_rules_refuse(void **state)
{
    (void)state;
    struct failing_vfs *vfs = failing_vfs();
    struct rng rng;
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct fixture *f = fixture_of(FAILING_VFS);
        struct err e;
        rng_seed(&rng, seed);
        for (int i = 0; i < 60 && sitting_session(f->s)->state == SITTING_ANSWERING; i++) {
            vfs->for_good = rng_below(&rng, 2);
            vfs->countdown = rng_below(&rng, 3) ? -1 : (long)rng_below(&rng, 6);
            size_t item = (size_t)rng_below(&rng, 9);
            int r = rng_below(&rng, 2) ? visit(f, item, &e) : answer(f, item, "B", &e);
            assert_true(r == 0 || r == -ERR_ENV || r == -ERR_NO);
            enum session_notice n;
            f->now += (int64_t)rng_below(&rng, 60) * 1000;
            struct clock_reading now = clock_now(f);
            sitting_simulate(f->s, 60000);
            r = sitting_clock(f->s, &now, &n, &e);
            assert_true(r == 0 || r == -ERR_ENV || r == -ERR_NO);
        }
        bool saved = sitting_unsaved(f->s) == 0;
        size_t answered = session_counts(sitting_session(f->s)).answered;
        vfs->countdown = -1;
        const struct session *s = comes_back(f);
        assert_true(!saved || session_counts(s).answered >= answered);
        void *own = f;
        end(&own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_closed_is_refused_and_not_on_the_disk, begin, end),
        cmocka_unit_test_setup_teardown(the_time_of_a_section_survives_a_kill, begin, end),
        cmocka_unit_test_setup_teardown(at_the_end_of_a_section_the_sitting_stands_in_the_next, begin, end),
        cmocka_unit_test_setup_teardown(
            a_section_that_ran_out_while_the_program_was_down_ends_at_the_first_look, begin, end),
        cmocka_unit_test_setup_teardown(after_the_last_section_the_end_is_forced, begin, end),
        cmocka_unit_test_setup_teardown(time_granted_in_the_last_second_counts_before_the_end_of_the_section,
                                        begin, end),
        cmocka_unit_test_setup_teardown(with_a_spill_a_dead_disk_keeps_nobody_in_a_section,
                                        begin_on_a_failing_disk, end),
        cmocka_unit_test_setup_teardown(
            on_a_dead_disk_nobody_leaves_a_section_and_an_answer_in_time_is_kept_for_it,
            begin_on_a_failing_disk_without_memory, end),
        cmocka_unit_test_setup_teardown(an_edited_program_that_goes_back_makes_a_journal_that_is_refused,
                                        begin, end),
        cmocka_unit_test(a_failing_disk_never_makes_a_journal_that_the_rules_refuse),
    };
    return cmocka_run_group_tests_name("sitting-sections", tests, NULL, NULL);
}
