/* SPDX-License-Identifier: Apache-2.0 */
/* Browsing, editing and reviewing on the screens, against the bank itself. */
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db.h"
#include "base/i18n.h"
#include "base/rng.h"
#include "base/text.h"
#include "paperbank/bank/history.h"
#include "paperbank/bank/review.h"
#include "tests/check.h"
#include "tests/cli/browse/sample.h"
#include "tests/failing-vfs.h"

static struct bank_item item_of(struct sample *s, const char *id, struct arena *a)
{
    struct bank_item i = {0};
    struct err e = {0};
    assert_done(bank_item(s->bank, id, a, &i, &e), e);
    return i;
}

static size_t events_of(struct sample *s, const char *id, struct arena *a, struct bank_event **ret)
{
    size_t n = 0;
    struct err e = {0};
    assert_done(bank_history(s->bank, id, a, ret, &n, &e), e);
    return n;
}

static void shows(struct sample *s, const char *text)
{
    char *screen = sample_text(s, NULL);
    if (!strstr(screen, text))
        fail_msg("\"%s\" is not on the screen:\n%s", text, screen);
    free(screen);
}

static void hides(struct sample *s, const char *text)
{
    if (sample_shows(s, text))
        fail_msg("\"%s\" is on the screen", text);
}

#define WITH(s, who)                                                                               \
    struct sample s;                                                                               \
    (void)state;                                                                                   \
    sample_open(&s, who, 80, 24)

/* ---- looking ---- */

static void typing_searches_and_escape_shows_everything_again(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "\"复制 快捷键\"");
    shows(&s, "1 item ");
    shows(&s, "> b3");
    hides(&s, "b1 ");
    sample_press(&s, "Escape");
    shows(&s, "6 items");
    sample_close(&s);
}

static void a_knowledge_point_stands_for_all_below_it(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "F2 Down Enter");
    shows(&s, "3 items");
    shows(&s, "3 电子表格");
    sample_press(&s, "F2 Down Enter");
    shows(&s, "1 item ");
    sample_press(&s, "F2 Home Enter F3 Down*3 Enter");
    shows(&s, "No item fits");
    sample_close(&s);
}

static void typing_in_the_tree_goes_to_code_or_title(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "F2 \"安全\"");
    shows(&s, "> 4  资料的安全");
    sample_press(&s, "Backspace*2 \"3.2\" Enter");
    shows(&s, "2 items");
    sample_close(&s);
}

static void the_preview_is_what_a_candidate_sees_until_the_key_is_asked_for(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "Enter");
    shows(&s, "=COUNTIF(B2:B41");
    hides(&s, "[selected]");
    hides(&s, "COUNTIF 数出区域");
    sample_press(&s, "k");
    shows(&s, "[selected]");
    shows(&s, "COUNTIF 数出区域");
    sample_press(&s, "ｋ");
    hides(&s, "[selected]");
    sample_close(&s);
}

/* The number after `before` on the screen. */
static long number_after(struct sample *s, const char *before)
{
    char *text = sample_text(s, NULL), *at = strstr(text, before);
    assert_non_null(at);
    long n = strtol(at + strlen(before), NULL, 10);
    free(text);
    return n;
}

static void the_key_of_a_template_fits_the_numbers_shown(void **state)
{
    WITH(s, NULL);
    long seen[6];
    bool other = false;
    sample_press(&s, "Down Enter k");
    for (int i = 0; i < 6; i++) {
        char key[32];
        long speed = number_after(&s, "汽车以每小时 "), hours = number_after(&s, "千米的速度行驶 ");
        snprintf(key, sizeof key, "  %ld ", speed * hours);
        shows(&s, key);
        seen[i] = speed * hours;
        other = other || seen[i] != seen[0];
        sample_press(&s, "n");
    }
    assert_true(other);
    sample_close(&s);
}

static void an_item_for_no_terminal_says_so(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "Down*3 Enter");
    shows(&s, "No sealed exam takes it");
    sample_close(&s);
}

static void left_and_right_go_through_the_list(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "Enter Right");
    shows(&s, "2 of 6");
    shows(&s, "两段路程");
    sample_press(&s, "Left Left");
    shows(&s, "This is the first item");
    sample_press(&s, "d Right*2");
    shows(&s, "3 of 6");
    shows(&s, "Estimates and results");
    sample_close(&s);
}

static void details_tell_what_the_check_finds(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "Enter d PageDown*5");
    shows(&s, "its enemy b9 is not in the bank");
    sample_close(&s);
}

/* ---- editing ---- */

static void nothing_is_saved_before_the_confirmation(void **state)
{
    WITH(s, "李四");
    struct arena *a = arena_new();
    struct bank_event *event;
    size_t before = events_of(&s, "b1", a, &event);
    sample_press(&s, "Enter e Down*2 Backspace*2 \"65\" F9");
    shows(&s, "0.72 -> 0.65");
    sample_press(&s, "Enter");
    shows(&s, "Edit b1");
    sample_press(&s, "F9 Escape Escape Down Enter");
    assert_int_equal(item_of(&s, "b1", a).facility, 720);
    assert_int_equal(events_of(&s, "b1", a, &event), before);
    arena_free(a);
    sample_close(&s);
}

static void all_values_are_saved_together_with_the_name(void **state)
{
    WITH(s, "李四");
    struct arena *a = arena_new();
    struct bank_event *event;
    size_t before = events_of(&s, "b1", a, &event);
    sample_press(&s,
                 "Enter e Enter Home Down*3 Enter Down Enter Down Enter Down Backspace*2 \"65\"");
    sample_press(
        &s, "Down*2 Backspace \"3\" Down Backspace*2 \"90\" Down Backspace*5 \"b2\" F9 Down Enter");
    shows(&s, "6 values were saved");
    struct bank_item i = item_of(&s, "b1", a);
    assert_string_equal(i.knowledge_point, "3.2");
    assert_string_equal(i.level, "analyse");
    assert_int_equal(i.facility, 650);
    assert_int_equal(i.points.milli, 3000);
    assert_int_equal(i.expected_s, 90);
    assert_int_equal(i.n_declared, 1);
    assert_string_equal(i.declared[0], "b2");
    assert_int_equal(events_of(&s, "b1", a, &event), before + 6);
    assert_string_equal(event[before].who, "李四");
    arena_free(a);
    sample_close(&s);
}

static void a_value_that_makes_no_sense_is_told_and_not_saved(void **state)
{
    static const struct {
        const char *keys, *label;
    } wrong[] = {
        {"\"9.9\"", "Knowledge point: "},   {"Down*6 Backspace*5 \"?\"", "Enemies: "},
        {"Down*2 \"99x\"", "Facility: "},   {"Down*3 \"x\"", "Discrimination: "},
        {"Down*4 \"-\"", "Usual points: "}, {"Down*5 \"0000\"", "Expected time: "},
    };
    WITH(s, "李四");
    struct arena *a = arena_new();
    sample_press(&s, "Enter");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sample_press(&s, "e");
        sample_press(&s, wrong[i].keys);
        sample_press(&s, "F9");
        shows(&s, wrong[i].label);
        shows(&s, "Edit b1");
        sample_press(&s, "Escape Down Enter");
    }
    assert_int_equal(item_of(&s, "b1", a).facility, 720);
    arena_free(a);
    sample_close(&s);
}

static void an_enemy_that_the_bank_lacks_is_told_before_saving(void **state)
{
    WITH(s, "李四");
    sample_press(&s, "Enter e Up \" b77\" F9");
    shows(&s, "perhaps misspelt: b77 b9");
    sample_close(&s);
}

static void the_name_is_asked_once(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "Enter e");
    shows(&s, "Who are you?");
    sample_press(&s, "\"  \" Enter");
    shows(&s, "Please type a name");
    sample_press(&s, "Backspace*2 \"李四\" Enter");
    shows(&s, "Edit b1");
    sample_press(&s, "Escape r");
    shows(&s, "Review of b1");
    sample_close(&s);
}

/* ---- review ---- */

static void two_persons_are_needed_and_the_refusal_is_a_sentence(void **state)
{
    WITH(s, "赵敏");
    struct arena *a = arena_new();
    sample_press(&s, "Down Enter r Down Enter");
    shows(&s, "wrote this version");
    assert_string_equal(item_of(&s, "b2", a).state, "draft");
    browsing_free(s.browsing);
    s.browsing = browsing_new(s.bank, "李四");
    s.app = browsing_app(s.browsing);
    sample_size(&s, 80, 24, true);
    sample_press(&s, "Down Enter r Down \"好\" Enter");
    shows(&s, "It is reviewed now");
    sample_press(&s, "r Down Enter");
    shows(&s, "has reviewed this version");
    assert_string_equal(item_of(&s, "b2", a).state, "reviewed");
    arena_free(a);
    sample_close(&s);
}

static void leaving_it_as_it_is_comes_first(void **state)
{
    WITH(s, "李四");
    struct arena *a = arena_new();
    sample_press(&s, "Enter r Enter");
    assert_string_equal(item_of(&s, "b1", a).state, "approved");
    arena_free(a);
    sample_close(&s);
}

static void an_item_that_no_longer_fits_the_filter_leaves_the_list_not_the_screen(void **state)
{
    WITH(s, "李四");
    sample_press(&s, "F4 Down Enter");
    shows(&s, "5 items");
    sample_press(&s, "Down Enter r Down Enter");
    shows(&s, "It is reviewed now");
    sample_press(&s, "Escape");
    shows(&s, "4 items");
    sample_close(&s);
}

/* ---- when the bank cannot be written ---- */

static void a_bank_that_another_program_writes_is_told_and_nothing_is_lost(void **state)
{
    WITH(s, "李四");
    struct arena *a = arena_new();
    struct db *other = NULL;
    struct err e = {0};
    assert_done(db_open(&other, s.path, DB_WRITE, NULL, &e), e);
    assert_done(db_begin(other, &e), e);
    sample_press(&s, "Enter e Down*2 Backspace*2 \"65\" F9 Down Enter");
    shows(&s, "Save these changes of b1?");
    db_rollback(other);
    db_close(other);
    assert_int_equal(item_of(&s, "b1", a).facility, 720);
    sample_press(&s, "Enter");
    shows(&s, "1 value was saved");
    assert_int_equal(item_of(&s, "b1", a).facility, 650);
    arena_free(a);
    sample_close(&s);
}

static void a_full_disk_is_told_and_leaves_nothing_half_written(void **state)
{
    struct failing_vfs *vfs = failing_vfs();
    sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    sqlite3_vfs_register(sqlite3_vfs_find(FAILING_VFS), 1);
    vfs->countdown = -1;
    WITH(s, "李四");
    sqlite3_vfs_register(usual, 1);
    struct arena *a = arena_new();
    struct bank_event *event;
    size_t before = events_of(&s, "b1", a, &event);
    sample_press(&s, "Enter e Down*2 Backspace*2 \"65\" Down*2 Backspace \"5\" F9 Down");
    vfs->countdown = 0;
    vfs->for_good = true;
    sample_press(&s, "Enter");
    shows(&s, "disk");
    shows(&s, "Save these changes of b1?");
    vfs->countdown = -1;
    assert_int_equal(item_of(&s, "b1", a).facility, 720);
    assert_int_equal(events_of(&s, "b1", a, &event), before);
    sample_press(&s, "Enter");
    shows(&s, "2 values were saved");
    assert_int_equal(events_of(&s, "b1", a, &event), before + 2);
    arena_free(a);
    sample_close(&s);
}

/* ---- mouse, sizes, any keys ---- */

static void a_click_chooses_and_a_second_one_opens(void **state)
{
    WITH(s, NULL);
    sample_click(&s, 10, 8);
    shows(&s, "> b3");
    sample_click(&s, 10, 8);
    shows(&s, "复制选中内容");
    sample_close(&s);
}

static void a_small_window_asks_for_more_and_forgets_nothing(void **state)
{
    WITH(s, NULL);
    sample_press(&s, "\"备份\"");
    sample_size(&s, 60, 15, true);
    shows(&s, "80x24");
    sample_press(&s, "Escape F10");
    sample_size(&s, 80, 24, true);
    shows(&s, "[备份");
    assert_false(s.app.done(s.app.self));
    sample_close(&s);
}

static struct key any_key(struct rng *r)
{
    static const uint32_t letters[] = {'k', 'n', 'd', 'e',    'r',    'p',
                                       ' ', '1', '.', 0x5907, 0x4EFD, 0xFF4B};
    uint32_t code = (uint32_t)rng_below(r, K_COUNT + 4);
    if (code == K_F10 || code == K_NONE)
        code = K_ENTER;
    if (code == K_CHAR || code >= K_COUNT)
        return key_char(letters[rng_below(r, sizeof letters / sizeof *letters)]);
    return key_of((enum key_code)code);
}

static void no_keys_bring_it_out_of_step(void **state)
{
    (void)state;
    struct sample s;
    struct rng r;
    sample_open_of(&s, "data/practice", "李四", 80, 24);
    rng_seed(&r, 20261122);
    for (int i = 0; i < 3000; i++) {
        int cut;
        sample_key(&s, any_key(&r));
        if (rng_below(&r, 10) == 0)
            sample_click(&s, (int)rng_below(&r, (uint32_t)s.width),
                         (int)rng_below(&r, (uint32_t)s.height));
        if (rng_below(&r, 60) == 0)
            sample_size(&s, 78 + (int)rng_below(&r, 60), 22 + (int)rng_below(&r, 30),
                        rng_below(&r, 2) == 0);
        char *text = sample_text(&s, &cut);
        if (cut && s.width >= 80 && s.height >= 24)
            fail_msg("key %d: %d texts do not fit:\n%s", i, cut, text);
        free(text);
    }
    sample_close(&s);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_searches_and_escape_shows_everything_again),
        cmocka_unit_test(a_knowledge_point_stands_for_all_below_it),
        cmocka_unit_test(typing_in_the_tree_goes_to_code_or_title),
        cmocka_unit_test(the_preview_is_what_a_candidate_sees_until_the_key_is_asked_for),
        cmocka_unit_test(the_key_of_a_template_fits_the_numbers_shown),
        cmocka_unit_test(an_item_for_no_terminal_says_so),
        cmocka_unit_test(left_and_right_go_through_the_list),
        cmocka_unit_test(details_tell_what_the_check_finds),
        cmocka_unit_test(nothing_is_saved_before_the_confirmation),
        cmocka_unit_test(all_values_are_saved_together_with_the_name),
        cmocka_unit_test(a_value_that_makes_no_sense_is_told_and_not_saved),
        cmocka_unit_test(an_enemy_that_the_bank_lacks_is_told_before_saving),
        cmocka_unit_test(the_name_is_asked_once),
        cmocka_unit_test(two_persons_are_needed_and_the_refusal_is_a_sentence),
        cmocka_unit_test(leaving_it_as_it_is_comes_first),
        cmocka_unit_test(an_item_that_no_longer_fits_the_filter_leaves_the_list_not_the_screen),
        cmocka_unit_test(a_bank_that_another_program_writes_is_told_and_nothing_is_lost),
        cmocka_unit_test(a_full_disk_is_told_and_leaves_nothing_half_written),
        cmocka_unit_test(a_click_chooses_and_a_second_one_opens),
        cmocka_unit_test(a_small_window_asks_for_more_and_forgets_nothing),
        cmocka_unit_test(no_keys_bring_it_out_of_step),
    };
    return cmocka_run_group_tests_name("browsing the bank", tests, NULL, NULL);
}
