/* SPDX-License-Identifier: Apache-2.0 */
/* Random keys, clicks, sizes, kills and failing disks against the real seat, sitting and journal; after each
 * event an answer that counts as saved is the one of the sitting, and after each thousand what the journal
 * says is what the screen says. $FUZZ_SECONDS sets how long (some seconds; an hour with KAOCHANG_TEST_LONG),
 * $FUZZ_SEED where it begins, $FUZZ_DURATION how many seconds a sitting has (else it varies). */
#include <stdlib.h>
#include <time.h>

#include "base/i18n.h"
#include "client/screens/view.h"
#include "tests/check.h"
#include "tests/client/exam.h"
#include "tests/client/screens/player.h"

enum { BETWEEN_LOOKS = 1000, RESTARTS = 4 };

/* From one minute to half an hour: the end is an event like others. */
static int64_t random_duration(struct rng *r)
{
    const char *wanted = getenv("FUZZ_DURATION");
    return wanted ? strtoll(wanted, NULL, 10) : 60 << rng_below(r, 6);
}

/* ---- random events ---- */

static struct key random_key(struct rng *r)
{
    static const uint32_t signs[] = {'a', 'b', 'B', 'c', 'd', 'h',    'x',    ' ',   '0', '2',
                                     '1', '7', 'u', '-', '.', 0x6587, 0xFF21, 0x301, 7};
    if (rng_below(r, 2))
        return key_char(signs[rng_below(r, sizeof signs / sizeof *signs)]);
    enum key_code code = (enum key_code)rng_below(r, K_COUNT);
    return key_of(code == K_F10 ? K_F5 : code);
}

static void is_resized(struct player *p)
{
    int width = (int)rng_below(&p->rng, 120) + 30, height = (int)rng_below(&p->rng, 40) + 10;
    trace_add(&p->trace, "size %dx%d", width, height);
    grid_release(&p->grid);
    grid_init(&p->grid, width, height);
    p->app.resize(p->app.self, width, height, true);
}

static void is_clicked(struct player *p)
{
    int y = (int)rng_below(&p->rng, 24), x;
    x = (int)rng_below(&p->rng, 80);
    struct target t = grid_target_at(&p->grid, x, y);
    trace_add(&p->trace, "click %d, %d: kind %d, index %d, %d", x, y, t.kind, t.index, t.sub);
    p->app.click(p->app.self, t);
}

static void is_pressed(struct player *p)
{
    struct key k = random_key(&p->rng);
    trace_add(&p->trace, "key %d %x", k.code, k.ch);
    p->app.key(p->app.self, k);
}

/* Where only a line is drawn anew, the screen is what drawing all of it gives. */
static void is_drawn(struct player *p)
{
    struct grid whole;
    p->app.draw(p->app.self, &p->grid);
    grid_init(&whole, p->grid.width, p->grid.height);
    view_draw(&p->seat->m, &whole);
    if (!grid_equal(&whole, &p->grid))
        player_fail(p, p->seat->m.current, "the screen is not what drawing all of it gives");
    grid_release(&whole);
}

static void something_happens(struct player *p)
{
    struct clock_reading now = exam_clock(p->now_ms);
    uint64_t what = rng_below(&p->rng, 200);
    p->events++;
    if (what == 0)
        is_resized(p);
    else if (what < 20)
        is_clicked(p);
    else if (what < 40)
        player_wait(p, (int64_t)rng_below(&p->rng, 900));
    else if (what == 40)
        player_disk(p, !p->broken);
    else
        is_pressed(p);
    if (rng_below(&p->rng, 4) == 0)
        is_drawn(p);
    p->app.perform(p->app.self, &now);
    if (rng_below(&p->rng, 4) == 0)
        is_drawn(p);
}

static void one_event(struct player *p)
{
    size_t before = p->seat->m.current;
    something_happens(p);
    trace_add(&p->trace, "   item %zu, screen %d, save %d, %lld ms left", p->seat->m.current,
              p->seat->m.screen, p->seat->m.save, (long long)p->seat->m.remaining_ms);
    player_check_saved(p, before);
    player_check_saved(p, p->seat->m.current);
}

/* Killed, and started again: it shows what was shown before. */
static void is_killed_and_comes_back(struct player *p)
{
    seat_free(p->seat);
    player_sits_down(p);
    player_look(p);
}

static int64_t seconds_wanted(void)
{
    const char *wanted = getenv("FUZZ_SECONDS"), *thorough = getenv("KAOCHANG_TEST_LONG");
    return wanted ? strtoll(wanted, NULL, 10) : thorough && *thorough ? 3600 : 5;
}

static void random_keys_never_part_screen_and_journal(void **state)
{
    (void)state;
    const char *wanted = getenv("FUZZ_SEED");
    uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : 20261122;
    struct player p = {.disk = failing_vfs()};
    int64_t end = (int64_t)time(NULL) + seconds_wanted();
    printf("# FUZZ_SEED=%llu\n", (unsigned long long)seed);
    rng_seed(&p.rng, seed);
    p.duration_s = random_duration(&p.rng);
    grid_init(&p.grid, 80, 24);
    player_begin(&p);
    do {
        for (int i = 0; i < BETWEEN_LOOKS; i++)
            one_event(&p);
        player_look(&p);
        if (sitting_state_ended(sitting_session(p.seat->sitting)->state)) {
            player_end(&p);
            p.duration_s = random_duration(&p.rng);
            player_begin(&p);
        } else if (rng_below(&p.rng, RESTARTS) == 0) {
            is_killed_and_comes_back(&p);
        }
    } while ((int64_t)time(NULL) < end || p.looks < 5);
    printf("# %ld events, %ld looks, %ld sittings\n", p.events, p.looks, p.sittings);
    player_end(&p);
    grid_release(&p.grid);
}

static void goes_to(struct player *p, const char *name)
{
    player_press(p, key_of(K_F5));
    player_press(p, key_of(K_HOME));
    for (size_t i = 0; strcmp(player_items[i], name) != 0; i++)
        player_press(p, key_of(K_RIGHT));
    player_press(p, key_of(K_ENTER));
    assert_string_equal(player_items[p->seat->m.current], name);
}

/* Typing is stored after a short pause, and the clock comes once in a while: the end, or the end of the grace
 * after it, may lie in between. */
static void what_is_typed_then_counts(int64_t left_ms, bool disk_fails)
{
    struct player p = {.disk = failing_vfs(), .duration_s = 60};
    struct journal_work w = {0};
    grid_init(&p.grid, 80, 24);
    player_begin(&p);
    goes_to(&p, "fill");
    const struct session *x = sitting_session(p.seat->sitting);
    for (int64_t ms = 60000 - left_ms; x->used_ms < ms;)
        player_wait(&p, ms - x->used_ms < 900 ? ms - x->used_ms : 900);
    player_disk(&p, disk_fails);
    player_press(&p, key_char('7'));
    for (int i = 0; i < 20 && p.seat->m.screen != SCREEN_ENDED; i++)
        player_wait(&p, 900);
    assert_int_equal(p.seat->m.screen, SCREEN_ENDED);
    player_disk(&p, false);
    player_wait(&p, 200);
    player_fold(&p, &w);
    player_compare(&p, p.seat->m.current, journal_work_find(&w, "fill"));
    assert_true(journal_work_find(&w, "fill")->response.n > 0);
    journal_work_release(&w);
    player_end(&p);
    grid_release(&p.grid);
}

static void what_is_typed_just_before_the_end_counts(void **state)
{
    (void)state;
    what_is_typed_then_counts(150, false);
    what_is_typed_then_counts(150, true);
}

static void what_is_typed_at_the_end_of_the_grace_counts(void **state)
{
    (void)state;
    what_is_typed_then_counts(-1900, false);
    what_is_typed_then_counts(-1900, true);
}

/* The disk is back between two keys: what was typed last has not been given to it. */
static void a_disk_that_is_back_is_not_said_to_have_what_was_typed_since(void **state)
{
    (void)state;
    struct player p = {.disk = failing_vfs(), .duration_s = 60};
    grid_init(&p.grid, 80, 24);
    player_begin(&p);
    goes_to(&p, "fill");
    player_wait(&p, 100);
    player_disk(&p, true);
    player_press(&p, key_char('7'));
    player_wait(&p, 400);
    assert_int_equal(p.seat->m.save, SAVE_FAILED);
    player_press(&p, key_char('8'));
    player_disk(&p, false);
    player_wait(&p, 100);
    assert_int_equal(sitting_unsaved(p.seat->sitting), 0);
    player_check_saved(&p, p.seat->m.current);
    assert_false(edits_saved(&model_question(&p.seat->m)->edits));
    player_look(&p);
    player_end(&p);
    grid_release(&p.grid);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_typed_just_before_the_end_counts),
        cmocka_unit_test(what_is_typed_at_the_end_of_the_grace_counts),
        cmocka_unit_test(a_disk_that_is_back_is_not_said_to_have_what_was_typed_since),
        cmocka_unit_test(random_keys_never_part_screen_and_journal),
    };
    return cmocka_run_group_tests_name("screens-fuzz", tests, NULL, NULL);
}
