/* SPDX-License-Identifier: Apache-2.0 */
/* A journal whose disk fails goes on in memory: nothing is lost, nothing is out of its order, and the disk
 * gets it all when it is back. */
#include "tests/check.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/journal-rows.h"
#include "exam-packages/journal-spill.h"
#include "tests/desk.h"
#include "tests/failing-vfs.h"

struct state {
    struct desk desk;
    struct failing_vfs *disk;
    char spill[160];
    int64_t used;
};
static struct err e;

static int begin(void **state)
{
    struct state *s = calloc(1, sizeof *s);
    desk_open(&s->desk);
    s->disk = failing_vfs();
    *s->disk = (struct failing_vfs){.countdown = -1};
    snprintf(s->spill, sizeof s->spill, "%s/T001.spill", s->desk.dir);
    assert_done(journal_create(s->desk.path, &s->desk.start, NULL, &e), e);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    *s->disk = (struct failing_vfs){.countdown = -1};
    desk_close(&s->desk);
    free(s);
    return 0;
}

/* A program at this journal, read to its end. */
static struct journal *opens(struct state *s, bool *ret_misfit)
{
    struct journal *j = NULL;
    assert_done(journal_open(&j, s->desk.path, &s->desk.keys, FAILING_VFS, &e), e);
    assert_done(journal_spill_to(j, s->spill, ret_misfit, &e), e);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    return j;
}

static void fails(struct state *s, int how)
{
    s->disk->for_good = true;
    s->disk->countdown = 0;
    s->disk->says = how == SQLITE_READONLY ? SQLITE_READONLY : 0;
    s->disk->unreadable = how == SQLITE_IOERR;
}

static void is_back(struct state *s)
{
    *s->disk = (struct failing_vfs){.countdown = -1};
}

static int adds(struct state *s, struct journal *j, const char *text)
{
    struct journal_clock at = {.used_ms = s->used += 1000, .mono_ms = 1, .wall_ms = 2};
    snprintf(at.boot, sizeof at.boot, "%s", "5c3c9a3e-0000-4000-8000-000000000000");
    return journal_append(j, &at, text[0] ? JOURNAL_ANSWER : JOURNAL_START, text[0] ? "k001" : "",
                          span_str(text), &e);
}

static struct journal *a_sitting(struct state *s)
{
    struct journal *j = opens(s, NULL);
    assert_int_equal(adds(s, j, ""), 0);
    assert_int_equal(adds(s, j, "one"), 0);
    return j;
}

/* What the disk alone tells. */
static void assert_on_disk(struct state *s, int64_t seq, const char *answer)
{
    struct journal *j = NULL;
    struct journal_work w = {0};
    assert_done(journal_open_file(&j, s->desk.path, &e), e);
    assert_done(journal_unseal(j, &s->desk.recovery, 1, &e), e);
    assert_done(journal_fold(j, &w, &e), e);
    assert_int_equal(w.seq, seq);
    assert_true(span_equal(journal_work_find(&w, "k001")->response, span_str(answer)));
    journal_work_release(&w);
    journal_close(j);
}

static int64_t head_of(const struct journal *j)
{
    int64_t epoch, seq;
    uint8_t hash[32];
    journal_head(j, &epoch, &seq, hash);
    return seq;
}

static void what_the_disk_refuses_is_kept_and_moved_when_it_is_back(void **state)
{
    static const int how[] = {SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR};
    for (int i = 0; i < 3; i++) {
        struct state *s = *state;
        struct journal *j = a_sitting(s);
        fails(s, how[i]);
        assert_int_equal(adds(s, j, "two"), 1);
        assert_true(e.kind == ERR_ENV && e.what[0]);
        assert_int_equal(adds(s, j, "three"), 1);
        assert_int_equal(journal_spilled(j), 2);
        assert_int_equal(head_of(j), 4);
        assert_int_equal(journal_unspill(j, &e), -ERR_ENV);
        is_back(s);
        assert_done(journal_unspill(j, &e), e);
        assert_int_equal(journal_spilled(j), 0);
        assert_int_equal(adds(s, j, "four"), 0);
        journal_close(j);
        assert_on_disk(s, 5, "four");
        end(state);
        begin(state);
    }
}

static void a_killed_program_finds_it_again(void **state)
{
    struct state *s = *state;
    bool misfit = true;
    struct journal *j = a_sitting(s);
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "two"), 1);
    journal_close(j);
    s->disk->countdown = -1; /* long enough to be opened */
    j = opens(s, &misfit);
    assert_false(misfit);
    assert_int_equal(journal_spilled(j), 1);
    assert_int_equal(head_of(j), 3);
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "three"), 1);
    is_back(s);
    assert_done(journal_unspill(j, &e), e);
    journal_close(j);
    assert_on_disk(s, 4, "three");
}

static void a_row_of_which_only_a_part_was_written_is_not_there(void **state)
{
    struct state *s = *state;
    struct stat st;
    struct journal *j = a_sitting(s);
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "two"), 1);
    assert_int_equal(stat(s->spill, &st), 0);
    assert_int_equal(adds(s, j, "three"), 1);
    journal_close(j);
    assert_int_equal(truncate(s->spill, st.st_size + 50), 0);
    s->disk->countdown = -1;
    j = opens(s, NULL);
    assert_int_equal(head_of(j), 3);
    assert_int_equal(journal_spilled(j), 1);
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "three again"), 1);
    is_back(s);
    assert_done(journal_unspill(j, &e), e);
    journal_close(j);
    assert_on_disk(s, 4, "three again");
}

static void what_is_just_being_written_is_no_failing_disk(void **state)
{
    struct state *s = *state;
    struct journal *sit = a_sitting(s), *agent = opens(s, NULL);
    fails(s, SQLITE_IOERR);
    assert_int_equal(adds(s, sit, "two"), 1);
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    assert_int_equal(journal_spilled(agent), 1);
    int writer = open(s->spill, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(writer, LOCK_EX), 0);
    assert_false(journal_spill_stays(agent));
    close(writer);
    assert_true(journal_spill_stays(agent));
    is_back(s);
    assert_done(journal_unspill(sit, &e), e);
    assert_false(journal_spill_stays(agent));
    journal_close(sit);
    journal_close(agent);
}

static void agent_and_candidate_take_turns_in_it(void **state)
{
    struct state *s = *state;
    struct journal *sit = a_sitting(s), *agent = opens(s, NULL);
    fails(s, SQLITE_IOERR);
    assert_int_equal(adds(s, sit, "two"), 1);
    assert_int_equal(adds(s, agent, "by the agent"), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    assert_int_equal(head_of(agent), 3);
    assert_int_equal(adds(s, agent, "by the agent"), 1);
    assert_int_equal(adds(s, sit, "three"), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    assert_done(journal_read(sit, NULL, NULL, &e), e);
    assert_int_equal(adds(s, sit, "three"), 1);
    is_back(s);
    assert_done(journal_unspill(agent, &e), e);
    assert_int_equal(journal_spilled(agent), 0);
    assert_done(journal_unspill(sit, &e), e);
    assert_int_equal(adds(s, sit, "four"), 0);
    assert_int_equal(adds(s, agent, "late"), -ERR_NO);
    assert_done(journal_read(agent, NULL, NULL, &e), e);
    assert_int_equal(head_of(agent), 6);
    journal_close(sit);
    journal_close(agent);
    assert_on_disk(s, 6, "four");
}

/* The agent wrote an act, and the disk went before the candidate's program read it. */
static void what_another_wrote_just_before_is_known_though_the_disk_is_gone(void **state)
{
    struct state *s = *state;
    struct journal *sit = a_sitting(s), *agent = opens(s, NULL);
    assert_int_equal(adds(s, agent, "by the agent"), 0);
    fails(s, SQLITE_IOERR);
    assert_int_equal(adds(s, sit, "two"), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_MOVED);
    assert_done(journal_read(sit, NULL, NULL, &e), e);
    assert_int_equal(head_of(sit), 3);
    assert_int_equal(adds(s, sit, "two"), 1);
    is_back(s);
    assert_done(journal_unspill(sit, &e), e);
    journal_close(sit);
    journal_close(agent);
    assert_on_disk(s, 4, "two");
}

struct given {
    int64_t first, last, n;
};

static int count(void *context, const struct journal_stored *row, struct err *e2)
{
    struct given *g = context;
    (void)e2;
    if (g->n++ == 0)
        g->first = row->seq;
    else
        assert_int_equal(row->seq, g->last + 1);
    g->last = row->seq;
    return 0;
}

static void what_is_in_it_goes_on_to_the_room_and_is_the_same_on_the_disk(void **state)
{
    struct state *s = *state;
    struct given g = {0};
    struct journal *sit = a_sitting(s), *agent = opens(s, NULL), *room = NULL;
    char path[160];
    uint8_t before[32], after[32];
    int64_t epoch, seq;
    fails(s, SQLITE_IOERR);
    assert_int_equal(adds(s, sit, "two"), 1);
    assert_int_equal(adds(s, sit, "three"), 1);
    journal_head(sit, &epoch, &seq, before);
    assert_done(journal_stored_after(agent, 1, 2, 100, count, &g, &e), e); /* the room has two */
    assert_int_equal(g.first, 3);
    assert_int_equal(g.last, 4);
    g = (struct given){0};
    assert_done(journal_stored_after(agent, 1, 3, 100, count, &g, &e), e);
    assert_int_equal(g.n, 1);
    is_back(s);
    assert_done(journal_unspill(sit, &e), e);
    g = (struct given){0};
    assert_done(journal_stored_after(agent, 1, 0, 100, count, &g, &e), e);
    assert_int_equal(g.last, 4);
    snprintf(path, sizeof path, "%s/room.journal", s->desk.dir);
    assert_done(journal_copy(sit, path, &e), e);
    journal_close(sit);
    journal_close(agent);
    assert_done(journal_open_file(&room, path, &e), e);
    assert_true(journal_epoch_end(room, 0, &seq, after));
    assert_int_equal(seq, 4);
    assert_memory_equal(before, after, sizeof before);
    journal_close(room);
}

static void a_spill_that_does_not_fit_is_moved_aside(void **state)
{
    struct state *s = *state;
    bool misfit = false;
    struct journal *j = a_sitting(s);
    char aside[180];
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "two"), 1);
    journal_close(j);
    is_back(s);
    assert_done(journal_open(&j, s->desk.path, &s->desk.keys, NULL, &e),
                e); /* a program that knows no spill */
    assert_done(journal_read(j, NULL, NULL, &e), e);
    assert_int_equal(adds(s, j, "another two"), 0);
    journal_close(j);
    j = opens(s, &misfit);
    assert_true(misfit);
    assert_int_equal(journal_spilled(j), 0);
    snprintf(aside, sizeof aside, "%s.old", s->spill);
    assert_true(file_exists(aside));
    assert_int_equal(adds(s, j, "three"), 0);
    journal_close(j);
    assert_on_disk(s, 4, "three");
}

static void garbage_is_moved_aside(void **state)
{
    struct state *s = *state;
    bool misfit = false;
    journal_close(a_sitting(s));
    assert_done(file_put(s->spill, 0600, span_str("this is not what a spill looks like, not at all"), &e), e);
    struct journal *j = opens(s, &misfit);
    assert_true(misfit);
    assert_int_equal(adds(s, j, "two"), 0);
    journal_close(j);
}

static void killed_between_disk_and_note_nothing_counts_twice(void **state)
{
    struct state *s = *state;
    struct bytes spill = {0};
    struct journal *j = a_sitting(s);
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "two"), 1);
    assert_done(file_read(s->spill, 1 << 20, &spill, &e), e);
    is_back(s);
    assert_done(journal_unspill(j, &e), e);
    journal_close(j);
    assert_done(file_put(s->spill, 0600, bytes_span(&spill), &e),
                e); /* the disk had taken it, the note was not written */
    bool misfit = true;
    j = opens(s, &misfit);
    assert_false(misfit);
    assert_int_equal(journal_spilled(j), 0);
    assert_int_equal(adds(s, j, "three"), 0);
    journal_close(j);
    assert_on_disk(s, 4, "three");
    bytes_release(&spill);
}

/* The disk fails at every single write in turn, and comes back some time later. */
static void whichever_write_fails_first_everything_arrives_in_its_order(void **state)
{
    bool failed = true;
    long n = 0;
    for (; failed; n++) {
        struct state *s = *state;
        struct journal *sit = a_sitting(s), *agent = opens(s, NULL);
        char last[20] = "one";
        failed = false;
        s->disk->for_good = n % 2;
        s->disk->countdown = n;
        for (int i = 0; i < 12; i++) {
            struct journal *who = i % 5 == 4 ? agent : sit;
            int r;
            snprintf(last, sizeof last, "answer %d", i);
            while ((r = adds(s, who, last)) == -ERR_NO && e.code == JOURNAL_MOVED)
                assert_done(journal_read(who, NULL, NULL, &e), e);
            assert_true(r >= 0);
            failed = failed || r == 1;
            if (i == 8)
                is_back(s);
            if (i % 3 == 2 && journal_unspill(sit, &e) < 0)
                assert_int_equal(e.kind, ERR_ENV);
        }
        is_back(s);
        assert_done(journal_unspill(agent, &e), e);
        journal_close(sit);
        journal_close(agent);
        assert_on_disk(s, 14, last);
        end(state);
        begin(state);
    }
    assert_in_range(n, 10, 500);
}

static void a_long_sitting_leaves_a_short_spill(void **state)
{
    struct state *s = *state;
    struct stat st;
    char *text = mem_alloc(20001);
    struct journal *j = a_sitting(s);
    memset(text, 'x', 20000);
    for (int i = 0; i < 60; i++)
        assert_int_equal(adds(s, j, text), 0);
    assert_int_equal(stat(s->spill, &st), 0);
    assert_true(st.st_size < 400000);
    fails(s, SQLITE_FULL);
    assert_int_equal(adds(s, j, "two"), 1);
    is_back(s);
    assert_done(journal_unspill(j, &e), e);
    journal_close(j);
    assert_on_disk(s, 63, "two");
    free(text);
}

static void the_signature_of_the_end_waits_for_the_disk(void **state)
{
    struct state *s = *state;
    struct journal_clock at = {.used_ms = 9000};
    struct journal_seal seal;
    struct journal_work w = {0};
    struct journal *j = a_sitting(s), *again = NULL;
    fails(s, SQLITE_FULL);
    assert_int_equal(journal_append(j, &at, JOURNAL_HAND_IN, "", (struct span){0}, &e), 1);
    struct journal_seal mine = {.epoch = 1,
                                .signature = span_str("sig"),
                                .certificate = span_str("c"),
                                .certificate_signature = span_str("cs")};
    journal_head(j, &mine.epoch, &mine.seq, mine.head);
    assert_int_equal(journal_put_seal(j, &mine, &e), 1);
    assert_true(journal_epoch_seal(j, 0, &seal)); /* the room gets it */
    assert_int_equal(seal.seq, 3);
    is_back(s);
    assert_done(journal_unspill(j, &e), e);
    assert_false(file_exists(s->spill));
    journal_close(j);
    assert_done(journal_open_file(&again, s->desk.path, &e), e);
    assert_done(journal_unseal(again, &s->desk.recovery, 1, &e), e);
    assert_done(journal_fold(again, &w, &e), e);
    assert_true(w.sealed);
    journal_work_release(&w);
    journal_close(again);
}

static void where_it_is_depends_on_the_journal_alone(void **state)
{
    struct state *s = *state;
    char *one = journal_spill_path(s->desk.path), *other = journal_spill_path("/tmp/elsewhere/T001.journal");
    assert_string_not_equal(one, other);
    assert_int_equal(strncmp(one, "/dev/shm/kaochang-", 18), 0);
    assert_string_equal(strrchr(one, '/'), "/T001.spill");
    free(one);
    free(other);
}

#define RULE(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(what_the_disk_refuses_is_kept_and_moved_when_it_is_back),
        RULE(a_killed_program_finds_it_again),
        RULE(a_row_of_which_only_a_part_was_written_is_not_there),
        RULE(what_is_just_being_written_is_no_failing_disk),
        RULE(agent_and_candidate_take_turns_in_it),
        RULE(what_another_wrote_just_before_is_known_though_the_disk_is_gone),
        RULE(what_is_in_it_goes_on_to_the_room_and_is_the_same_on_the_disk),
        RULE(a_spill_that_does_not_fit_is_moved_aside),
        RULE(garbage_is_moved_aside),
        RULE(killed_between_disk_and_note_nothing_counts_twice),
        RULE(whichever_write_fails_first_everything_arrives_in_its_order),
        RULE(a_long_sitting_leaves_a_short_spill),
        RULE(the_signature_of_the_end_waits_for_the_disk),
        RULE(where_it_is_depends_on_the_journal_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
