/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/rng.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"
#include "tests/check.h"
#include "tests/client/screens/golden.h"

enum { SEATS = 40 };
static const struct {
    int width, height;
} sizes[] = {{80, 24}, {120, 40}, {132, 43}};

static struct proctor_row *rows(size_t n)
{
    static const enum row_state states[] = {ROW_WORKING, ROW_WORKING, ROW_NEW,       ROW_WORKING, ROW_WORKING,
                                            ROW_STOPPED, ROW_WORKING, ROW_HANDED_IN, ROW_ABSENT,  ROW_ENDED};
    struct proctor_row *row = mem_grow(NULL, n + 1, sizeof *row);
    for (size_t i = 0; i < n; i++) {
        row[i] = (struct proctor_row){.state = states[i % 10],
                                      .answered = (int64_t)(i % 60),
                                      .items = 60,
                                      .left_ms = 2510000,
                                      .interruptions = i % 10 == 5,
                                      .sealed = i % 10 == 7};
        say(row[i].ticket, sizeof row[i].ticket, "4201080302%02zu", i + 1);
        say(row[i].name, sizeof row[i].name, "%s", i % 3 ? "王芳" : "欧阳建国");
        say(row[i].seat, sizeof row[i].seat, "%zu", i + 1);
        if (row[i].state == ROW_HANDED_IN)
            say(row[i].receipt, sizeof row[i].receipt, "8EDE-F21F-D1T3-RGQZ-X");
    }
    return row;
}

static void set_up(struct proctor *p, int width, int height)
{
    proctor_init(p, width, height);
    free(proctor_rows(p, rows(SEATS), SEATS));
    say(p->room, sizeof p->room, "第三考场  教师计算机等级考试  上机考试");
    say(p->window, sizeof p->window, "11-22 09:00 - 11:00");
    p->screen = PROCTOR_ROOM;
}

static struct proctor_effect press(struct proctor *p, enum key_code code)
{
    struct proctor_effect x;
    proctor_key(p, key_of(code), &x);
    return x;
}

static void type(struct proctor *p, const char *text)
{
    struct proctor_effect x;
    for (; *text; text++)
        proctor_key(p, key_char((unsigned char)*text), &x);
}

/* ---- the states that are looked at ---- */

static void unlock(struct proctor *p)
{
    p->screen = PROCTOR_UNLOCK;
}

static void unlock_half(struct proctor *p)
{
    unlock(p);
    type(p, "C9CR-NEZB");
}

static void unlock_good(struct proctor *p)
{
    unlock(p);
    type(p, "c9cr nezb kms2 4");
}

static void unlock_mistyped(struct proctor *p)
{
    unlock(p);
    type(p, "C9CR-NEZB-KMS2-5");
}

static void unlock_wait(struct proctor *p)
{
    unlock_good(p);
    press(p, K_ENTER);
    proctor_failed(p, _("This needs a candidate who is sitting the exam."));
}

static void room(struct proctor *p)
{
    press(p, K_RIGHT);
}

static void room_stopped(struct proctor *p)
{
    press(p, K_TAB);
}

static void room_ended(struct proctor *p)
{
    for (int i = 0; i < 7; i++)
        press(p, K_RIGHT);
}

static void later(struct proctor *p)
{
    press(p, K_F4);
}

static void extra(struct proctor *p)
{
    press(p, K_F3);
    type(p, "5");
    press(p, K_ENTER);
}

static void end(struct proctor *p)
{
    press(p, K_F6);
    type(p, "ill");
}

static void absent(struct proctor *p)
{
    press(p, K_RIGHT);
    press(p, K_RIGHT);
    press(p, K_F5);
}

static void closing(struct proctor *p)
{
    press(p, K_F8);
}

static void closed(struct proctor *p)
{
    struct proctor_closing c = {.registered = 40, .sat = 36, .absent = 4, .forced = 2};
    say(c.path, sizeof c.path, "/srv/station/sessions/am1/close.record");
    proctor_room_closed(p, &c);
}

static const struct {
    const char *name;
    void (*state)(struct proctor *);
} screens[] = {
    {"proctor-unlock", unlock},
    {"proctor-unlock-half", unlock_half},
    {"proctor-unlock-good", unlock_good},
    {"proctor-unlock-mistyped", unlock_mistyped},
    {"proctor-unlock-refused", unlock_wait},
    {"proctor-room", room},
    {"proctor-room-stopped", room_stopped},
    {"proctor-room-ended", room_ended},
    {"proctor-later", later},
    {"proctor-extra", extra},
    {"proctor-end", end},
    {"proctor-absent", absent},
    {"proctor-close", closing},
    {"proctor-closed", closed},
};
enum { SCREENS = sizeof screens / sizeof *screens };

static char *draw(const struct proctor *p, int *ret_cut)
{
    struct grid g;
    struct bytes out = {0};
    grid_init(&g, p->width, p->height);
    proctor_draw(p, &g);
    grid_dump(&g, &out);
    if (ret_cut)
        *ret_cut = g.cut;
    grid_release(&g);
    return (char *)out.p;
}

static void every_screen_looks_as_in_its_golden_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct proctor p;
            int cut;
            set_up(&p, sizes[k].width, sizes[k].height);
            screens[i].state(&p);
            char *text = draw(&p, &cut);
            golden_check(screens[i].name, p.width, p.height, text);
            golden_frame(screens[i].name, p.width, text, cut);
            free(text);
            free(p.row);
        }
}

static void alternatives_to_function_keys_fit_on_every_screen(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++) {
        struct proctor p;
        int cut;
        set_up(&p, 80, 24);
        p.function_keys = false;
        screens[i].state(&p);
        char *text = draw(&p, &cut);
        golden_frame(screens[i].name, 80, text, cut);
        free(text);
        free(p.row);
    }
}

/* ---- rules ---- */

static void forty_seats_fit_on_the_smallest_screen(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    char *text = draw(&p, NULL);
    assert_non_null(strstr(text, " 40 "));
    free(text);
    free(p.row);
}

static void the_cursor_stays_on_its_candidate_when_the_list_changes(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    for (int i = 0; i < 4; i++)
        press(&p, K_RIGHT);
    struct proctor_row *next = rows(SEATS);
    struct proctor_row first = next[0];
    next[0] = next[4];
    next[4] = first;
    free(proctor_rows(&p, next, SEATS));
    assert_int_equal(p.cursor, 0);
    free(p.row);
}

static void tab_finds_who_needs_a_hand(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    press(&p, K_TAB);
    assert_int_equal(p.row[p.cursor].state, ROW_STOPPED);
    free(p.row);
}

static void extra_time_needs_minutes_and_a_reason(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    press(&p, K_F3);
    assert_false(press(&p, K_ENTER).wanted);
    type(&p, "0");
    assert_false(press(&p, K_ENTER).wanted);
    press(&p, K_BACKSPACE);
    type(&p, "5");
    assert_false(press(&p, K_ENTER).wanted);
    type(&p, "power cut");
    struct proctor_effect x = press(&p, K_ENTER);
    assert_true(x.wanted && x.kind == PROCTOR_DO_EXTRA);
    assert_int_equal(x.seconds, 300);
    assert_string_equal(p.reason.text, "power cut");
    free(p.row);
}

static void an_exam_is_ended_only_with_a_reason(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    press(&p, K_F6);
    assert_false(press(&p, K_ENTER).wanted);
    type(&p, "ill");
    struct proctor_effect x = press(&p, K_ENTER);
    assert_true(x.wanted && x.kind == PROCTOR_DO_END);
    free(p.row);
}

static void who_has_begun_cannot_be_marked_absent(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    press(&p, K_F5);
    assert_int_equal(p.screen, PROCTOR_ROOM);
    assert_true(p.message[0] != '\0');
    free(p.row);
}

static void the_safe_answer_to_closing_comes_first(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    press(&p, K_F8);
    assert_false(press(&p, K_ENTER).wanted);
    assert_int_equal(p.screen, PROCTOR_ROOM);
    press(&p, K_F8);
    press(&p, K_RIGHT);
    struct proctor_effect x = press(&p, K_ENTER);
    assert_true(x.wanted && x.kind == PROCTOR_DO_CLOSE);
    free(p.row);
}

static void features_of_later_versions_are_named_and_do_nothing(void **state)
{
    (void)state;
    struct proctor p;
    set_up(&p, 80, 24);
    assert_false(press(&p, K_F4).wanted);
    assert_true(p.message[0] != '\0');
    free(p.row);
}

static void an_empty_room_can_be_looked_at(void **state)
{
    (void)state;
    struct proctor p;
    proctor_init(&p, 80, 24);
    p.screen = PROCTOR_ROOM;
    for (int code = K_UP; code < K_F8; code++)
        press(&p, (enum key_code)code);
    char *text = draw(&p, NULL);
    free(text);
}

static void random_keys_never_break_anything(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 7);
    struct proctor p;
    set_up(&p, 80, 24);
    for (int i = 0; i < 5000; i++) {
        struct proctor_effect x;
        proctor_key(&p,
                    rng_below(&r, 3) ? key_of((enum key_code)rng_below(&r, K_COUNT))
                                     : key_char('0' + (uint32_t)rng_below(&r, 80)),
                    &x);
        if (x.wanted)
            rng_below(&r, 2) ? proctor_done(&p, "done") : proctor_failed(&p, "no");
        if (i % 50 == 0)
            p.screen = (enum proctor_screen)rng_below(&r, PROCTOR_SCREENS);
        if (i % 97 == 0) {
            size_t n = rng_below(&r, 60);
            free(proctor_rows(&p, rows(n), n));
        }
        p.width = 80 + (int)rng_below(&r, 60);
        p.height = 24 + (int)rng_below(&r, 20);
        free(draw(&p, NULL));
        assert_true(p.n == 0 || p.cursor < p.n);
    }
    free(p.row);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_looks_as_in_its_golden_file),
        cmocka_unit_test(alternatives_to_function_keys_fit_on_every_screen),
        cmocka_unit_test(forty_seats_fit_on_the_smallest_screen),
        cmocka_unit_test(the_cursor_stays_on_its_candidate_when_the_list_changes),
        cmocka_unit_test(tab_finds_who_needs_a_hand),
        cmocka_unit_test(extra_time_needs_minutes_and_a_reason),
        cmocka_unit_test(an_exam_is_ended_only_with_a_reason),
        cmocka_unit_test(who_has_begun_cannot_be_marked_absent),
        cmocka_unit_test(the_safe_answer_to_closing_comes_first),
        cmocka_unit_test(features_of_later_versions_are_named_and_do_nothing),
        cmocka_unit_test(an_empty_room_can_be_looked_at),
        cmocka_unit_test(random_keys_never_break_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
