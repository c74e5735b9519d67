/* SPDX-License-Identifier: Apache-2.0 */
/* What the screen calls saved is in the journal: random keys, sizes, kills and failing disks against the real
 * seat, sitting and journal; a kill before every change of the disk. $FUZZ_SECONDS sets how long (2 s; ten
 * minutes with KAOCHANG_TEST_LONG), $FUZZ_SEED where it begins. */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "client/screens/view.h"
#include "exam-packages/journal-fold.h"
#include "tests/client/exam.h"
#include "tests/client/rate/bench-desk.h"
#include "tests/failing-vfs.h"
#include "tests/killing.h"

enum { BETWEEN_LOOKS = 400, RESTARTS = 3, MAX_KEYS = 64 };

static struct err e;

struct fuzz {
    struct examiner x;
    struct rng rng;
    struct failing_vfs *disk;
    bool broken;
    long events, looks, sessions, confirmed;
};

static void the_disk_is(struct fuzz *f, bool broken)
{
    f->broken = broken;
    f->disk->for_good = true;
    f->disk->countdown = broken ? 0 : -1;
}

static void begins(struct fuzz *f)
{
    desk_open(&f->x.desk);
    the_disk_is(f, false);
    examiner_sits_down(&f->x);
    f->sessions++;
}

static void ends(struct fuzz *f)
{
    examiner_is_gone(&f->x);
    desk_close(&f->x.desk);
}

/* ---- random events ---- */

static struct key random_key(struct rng *r)
{
    static const uint32_t signs[] = {'1', '2', '3', '4', '0', 'a', 'b',    'c',    'd',    'h',   'f', '1',
                                     'y', 'u', 'n', '!', 's', 'S', 'y',    'y',    ' ',    'a',   'b', 'e',
                                     'k', 'E', '7', 'H', 'F', 'U', 0x7B2C, 0xFF01, 0xFF41, 0x301, 7};
    static const enum key_code codes[] = {
        K_ENTER,     K_ENTER,   K_ENTER, K_ENTER, K_UP, K_DOWN, K_LEFT, K_RIGHT, K_TAB,       K_ESCAPE,
        K_PAGE_DOWN, K_PAGE_UP, K_F1,    K_F4,    K_F5, K_F6,   K_F9,   K_F10,   K_BACKSPACE, K_DELETE};
    if (rng_below(r, 2))
        return key_char(signs[rng_below(r, sizeof signs / sizeof *signs)]);
    return key_of(codes[rng_below(r, sizeof codes / sizeof *codes)]);
}

/* The candidate who reads the own sheet mostly confirms it. */
static void confirms(struct fuzz *f)
{
    const struct rate_model *r = rater_model(f->x.rater);
    const char *ticket = r->book->entry[r->chosen].ticket;
    size_t entry = r->chosen;
    for (int i = 4; i < 8; i++)
        examiner_presses(&f->x, key_char((uint32_t)ticket[i]));
    f->confirmed += r->book->entry[entry].rating.confirmed;
}

static void is_resized(struct fuzz *f)
{
    int width = (int)rng_below(&f->rng, 90) + 60, height = (int)rng_below(&f->rng, 30) + 16;
    grid_release(&f->x.grid);
    grid_init(&f->x.grid, width, height);
    f->x.app.resize(f->x.app.self, width, height, true);
}

static void one_event(struct fuzz *f)
{
    uint64_t what = rng_below(&f->rng, 200);
    f->events++;
    if (what == 0)
        is_resized(f);
    else if (what < 4)
        f->x.app.click(f->x.app.self,
                       grid_target_at(&f->x.grid, (int)rng_below(&f->rng, 80), (int)rng_below(&f->rng, 24)));
    else if (what < 20)
        examiner_waits(&f->x, (int64_t)rng_below(&f->rng, 90000));
    else if (what == 20)
        the_disk_is(f, !f->broken);
    else if (rater_model(f->x.rater)->screen == RATE_OWN && what < 60)
        confirms(f);
    else
        examiner_presses(&f->x, random_key(&f->rng));
    f->x.app.draw(f->x.app.self, &f->x.grid);
}

/* ---- what the journal says, and the screen ---- */

static void folds(struct fuzz *f, struct journal_work *ret)
{
    struct journal *j = NULL;
    assert_done(journal_open(&j, f->x.desk.path, &f->x.desk.keys, NULL, &e), e);
    assert_done(journal_fold(j, ret, &e), e);
    journal_close(j);
}

static struct bytes stored_rating(const struct book_entry *x, const struct journal_work_item *item)
{
    struct arena *a = arena_new();
    struct rating stored;
    rating_begin(&stored, x->rubric);
    if (item && item->response.n)
        assert_done(rating_read(&stored, a, x->ticket, item->response, &e), e);
    struct bytes xml = examiner_rating(&stored);
    arena_free(a);
    return xml;
}

static void compare(struct fuzz *f, const struct book_entry *x, const struct journal_work_item *item)
{
    struct bytes shown = examiner_rating(&x->rating), stored = stored_rating(x, item);
    if (!edits_saved(&x->edits) || !span_equal(bytes_span(&shown), bytes_span(&stored)))
        fail_msg("%s (event %ld, %ssaved): on the screen\n%s\nin the journal\n%s", x->ticket, f->events,
                 edits_saved(&x->edits) ? "" : "not ", (const char *)shown.p, (const char *)stored.p);
    bytes_release(&shown);
    bytes_release(&stored);
}

static void the_screen_says_what_the_journal_says(struct fuzz *f)
{
    struct journal_work w = {0};
    const struct rate_model *r = rater_model(f->x.rater);
    the_disk_is(f, false);
    for (int i = 0; i < 12; i++)
        examiner_waits(&f->x, 200);
    folds(f, &w);
    for (size_t i = 0; i < r->book->n; i++)
        compare(f, &r->book->entry[i], journal_work_find(&w, r->book->entry[i].ticket));
    assert_int_not_equal(f->x.seat->m.save, SAVE_FAILED);
    assert_int_not_equal(f->x.seat->m.save, SAVE_RUNNING);
    journal_work_release(&w);
    f->looks++;
}

static bool has_ended(struct fuzz *f)
{
    return sitting_state_ended(sitting_session(f->x.seat->sitting)->state);
}

static void is_killed_and_comes_back(struct fuzz *f)
{
    examiner_is_gone(&f->x);
    examiner_sits_down(&f->x);
    the_screen_says_what_the_journal_says(f);
}

static int64_t seconds_wanted(void)
{
    const char *wanted = getenv("FUZZ_SECONDS"), *thorough = getenv("KAOCHANG_TEST_LONG");
    return wanted ? strtoll(wanted, NULL, 10) : thorough && *thorough ? 600 : 2;
}

static void random_keys_never_part_screen_and_journal(void **state)
{
    (void)state;
    const char *wanted = getenv("FUZZ_SEED");
    uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : 20261122;
    struct fuzz f = {.disk = failing_vfs(), .x = {.vfs = FAILING_VFS}};
    int64_t end = (int64_t)time(NULL) + seconds_wanted();
    printf("# FUZZ_SEED=%llu\n", (unsigned long long)seed);
    rng_seed(&f.rng, seed);
    grid_init(&f.x.grid, 80, 24);
    begins(&f);
    do {
        for (int i = 0; i < BETWEEN_LOOKS && !has_ended(&f); i++)
            one_event(&f);
        the_screen_says_what_the_journal_says(&f);
        if (has_ended(&f) || rng_below(&f.rng, 20) == 0) {
            ends(&f);
            begins(&f);
        } else if (rng_below(&f.rng, RESTARTS) == 0)
            is_killed_and_comes_back(&f);
    } while ((int64_t)time(NULL) < end || f.looks < 5);
    printf("# %ld events, %ld looks, %ld sessions, %ld confirmed\n", f.events, f.looks, f.sessions,
           f.confirmed);
    ends(&f);
    grid_release(&f.x.grid);
}

/* ---- a kill before every change of the disk ---- */

/* Seen by the examiner and by who looks afterwards. */
struct said {
    int acknowledged; /* keys for which "saved" was shown */
    char rating[MAX_KEYS][2048];
};

struct killed {
    struct examiner x;
    struct said *said;
    bool notes; /* the first run writes down what each key gives */
};

static const char keys[] = "\nyyyy1sbd\n0u!\n";

static void note_down(struct killed *k, int i)
{
    struct bytes xml = examiner_rating(&rater_model(k->x.rater)->book->entry[0].rating);
    if (k->notes)
        snprintf(k->said->rating[i], sizeof k->said->rating[i], "%s", (const char *)xml.p);
    bytes_release(&xml);
}

static int rates(void *context)
{
    struct killed *k = context;
    grid_init(&k->x.grid, 80, 24);
    examiner_sits_down(&k->x);
    note_down(k, 0);
    for (int i = 0; keys[i]; i++) {
        examiner_presses(&k->x, keys[i] == '\n' ? key_of(K_ENTER) : key_char((uint32_t)keys[i]));
        note_down(k, i + 1);
        if (k->x.seat->m.save != SAVE_DONE)
            return 1;
        k->said->acknowledged = i + 1;
    }
    return 0;
}

static bool begins_killed(struct killed *k, int changes)
{
    int status = 0;
    desk_open(&k->x.desk);
    k->said->acknowledged = 0;
    bool ended = run_until_change(changes, rates, k, &status);
    assert_true(!ended || status == 0);
    return ended;
}

/* The state after the acknowledged keys, or after the one that was under way. */
static void nothing_acknowledged_is_lost(struct killed *k)
{
    bool found = false;
    int last = k->said->acknowledged;
    grid_init(&k->x.grid, 80, 24);
    examiner_sits_down(&k->x);
    struct bytes xml = examiner_rating(&rater_model(k->x.rater)->book->entry[0].rating);
    for (int i = last; i <= last + 1 && i < (int)sizeof keys; i++)
        found = found || strcmp(k->said->rating[i], (const char *)xml.p) == 0;
    if (!found)
        fail_msg("after %d keys: found\n%s\ninstead of\n%s", last, (const char *)xml.p,
                 k->said->rating[last]);
    bytes_release(&xml);
    examiner_is_gone(&k->x);
    grid_release(&k->x.grid);
}

static void a_kill_before_any_change_of_the_disk_loses_no_key(void **state)
{
    (void)state;
    struct killed k = {.notes = true};
    k.said = mmap(NULL, sizeof *k.said, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(k.said != MAP_FAILED);
    assert_true(begins_killed(&k, 1000000));
    desk_close(&k.x.desk);
    k.notes = false;
    bool ended = false;
    int changes = 0, step = getenv("KAOCHANG_TEST_LONG") ? 1 : 3;
    for (changes = 1; !ended; changes += step) {
        ended = begins_killed(&k, changes);
        nothing_acknowledged_is_lost(&k);
        desk_close(&k.x.desk);
    }
    assert_true(changes > 40);
    munmap(k.said, sizeof *k.said);
}

/* ---- two programs of one device ---- */

static void a_sheet_that_is_open_in_one_program_is_closed_to_another(void **state)
{
    (void)state;
    struct examiner x = {0}, other = {0};
    desk_open(&x.desk);
    grid_init(&x.grid, 80, 24);
    examiner_sits_down(&x);
    other.rater = rater_new(x.desk.dir);
    struct arena *a = arena_new();
    struct link_terms terms;
    struct sitting *s = NULL;
    struct clock_reading now = exam_clock(0);
    lab_terms(&x.desk, a, &terms);
    assert_done(rater_open(other.rater, &terms, "", NULL, &now, &s, &e), e);
    assert_false(rater_model(x.rater)->book->entry[3].elsewhere);
    assert_true(rater_model(other.rater)->book->entry[3].elsewhere);
    sitting_close(s);
    rater_free(other.rater);
    examiner_is_gone(&x);
    grid_release(&x.grid);
    desk_close(&x.desk);
    arena_free(a);
}

/* ---- killed in the middle of an experiment ---- */

static void type(struct examiner *x, const char *text)
{
    for (const char *p = text; *p; p++)
        examiner_presses(x, *p == '\n' ? key_of(K_ENTER) : key_char((uint32_t)(unsigned char)*p));
}

static void who_comes_back_stands_where_it_was(void **state)
{
    (void)state;
    struct examiner x = {0};
    desk_open(&x.desk);
    grid_init(&x.grid, 80, 24);
    examiner_sits_down(&x);
    examiner_waits(&x, 1000);
    type(&x, "\nyyyyS");
    examiner_waits(&x, 60000);
    type(&x, "3\nb\n");
    examiner_is_gone(&x);
    x.now_ms += 45000; /* until somebody started it again */
    examiner_sits_down(&x);
    const struct rate_model *r = rater_model(x.rater);
    assert_int_equal(r->screen, RATE_SHEETS);
    assert_int_equal(r->chosen, 2);
    assert_int_equal(r->book->entry[2].step, 3);
    assert_int_equal(r->book->entry[2].rating.used_ms, 105000);
    examiner_is_gone(&x);
    x.now_ms -= INT64_C(9) * 3600000; /* the clock was set back */
    examiner_sits_down(&x);
    assert_int_equal(rater_model(x.rater)->book->entry[2].rating.used_ms, 60000);
    examiner_is_gone(&x);
    grid_release(&x.grid);
    desk_close(&x.desk);
}

static void undo_reaches_back_past_a_restart(void **state)
{
    (void)state;
    struct examiner x = {0};
    desk_open(&x.desk);
    grid_init(&x.grid, 80, 24);
    examiner_sits_down(&x);
    examiner_waits(&x, 1000);
    type(&x, "\nyyyyS1\n0u"); /* what was undone is not undone once more */
    examiner_is_gone(&x);
    x.now_ms += 60000;
    examiner_sits_down(&x);
    const struct book_entry *entry = &rater_model(x.rater)->book->entry[0];
    type(&x, "u");
    assert_int_equal(entry->rating.step[0].mark, RATING_UNMARKED);
    assert_true(entry->rating.begun_ms > 0);
    assert_int_equal(entry->rating.used_ms, 60000);
    type(&x, "u");
    assert_int_equal(entry->rating.begun_ms, 0);
    examiner_is_gone(&x);
    examiner_sits_down(&x);
    entry = &rater_model(x.rater)->book->entry[0];
    type(&x, "1u"); /* the face was compared */
    assert_false(entry->rating.identified);
    type(&x, "uu");
    assert_true(*x.seat->m.message);
    examiner_is_gone(&x);
    grid_release(&x.grid);
    desk_close(&x.desk);
}

static void after_a_restart_undo_takes_no_confirmation_back(void **state)
{
    (void)state;
    struct examiner x = {0};
    desk_open(&x.desk);
    grid_init(&x.grid, 80, 24);
    examiner_sits_down(&x);
    examiner_waits(&x, 1000);
    type(&x, "\nyyyyS1\n\n\n\n\n\n\n\n\n");
    const struct rate_model *r = rater_model(x.rater);
    assert_int_equal(r->screen, RATE_OWN);
    type(&x, r->book->entry[0].ticket + strlen(r->book->entry[0].ticket) - 4);
    assert_int_equal(book_state(&r->book->entry[0]), BOOK_CONFIRMED);
    examiner_is_gone(&x);
    examiner_sits_down(&x);
    r = rater_model(x.rater);
    type(&x, "1u");
    assert_int_equal(r->screen, RATE_REASON);
    type(&x, "why\nuuu");
    assert_int_equal(book_state(&r->book->entry[0]), BOOK_CONFIRMED);
    examiner_is_gone(&x);
    grid_release(&x.grid);
    desk_close(&x.desk);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_comes_back_stands_where_it_was),
        cmocka_unit_test(undo_reaches_back_past_a_restart),
        cmocka_unit_test(after_a_restart_undo_takes_no_confirmation_back),
        cmocka_unit_test(a_sheet_that_is_open_in_one_program_is_closed_to_another),
        cmocka_unit_test(a_kill_before_any_change_of_the_disk_loses_no_key),
        cmocka_unit_test(random_keys_never_part_screen_and_journal),
    };
    return cmocka_run_group_tests_name("rate-saving", tests, NULL, NULL);
}
