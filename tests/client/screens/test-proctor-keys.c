/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the proctor's keys. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "client/screens/frame.h"
#include "tests/check.h"
#include "tests/client/screens/proctor-room.h"

static struct proctor_effect press(struct proctor *p, enum key_code code)
{
    struct proctor_effect x;
    proctor_key(p, key_of(code), &x);
    return x;
}

static void open_room(struct proctor *p, struct sample_room *s, size_t seats, bool service)
{
    sample_room(s, seats, service);
    proctor_init(p, 80, 24);
    proctor_look(p, &s->room);
    proctor_opened(p);
}

static char *draw(const struct proctor *p)
{
    struct grid g;
    struct bytes out = {0};
    grid_init(&g, p->width, p->height);
    proctor_draw(p, &g);
    grid_dump(&g, &out);
    grid_release(&g);
    return (char *)out.p;
}

static void forty_seats_fit_on_the_smallest_screen(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 40, true);
    char *text = draw(&p);
    assert_non_null(strstr(text, " 40 "));
    free(text);
}

static void sixty_are_reached_by_paging(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 60, true);
    press(&p, K_PAGE_DOWN);
    press(&p, K_PAGE_DOWN);
    char *text = draw(&p);
    assert_non_null(strstr(text, ">60 "));
    free(text);
}

static void whoever_needs_a_hand_comes_first_the_most_urgent_before(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    struct proctor_hands all;
    open_room(&p, &s, 30, true);
    assert_int_equal(proctor_focus(&p).kind, HAND_NONE);
    sample_troubles(&s);
    proctor_look(&p, &s.room);
    assert_int_equal(proctor_focus(&p).kind, HAND_AT_RISK);
    proctor_find_hands(&p, &all);
    assert_int_equal(all.n, 8);
    for (size_t i = 1; i < all.n; i++)
        assert_true(all.hand[i - 1].kind <= all.hand[i].kind);
}

static void tab_goes_through_all_who_need_a_hand_and_round(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    sample_troubles(&s);
    proctor_look(&p, &s.room);
    for (int i = 0; i < 8; i++)
        press(&p, K_TAB);
    assert_int_equal(proctor_focus(&p).kind, HAND_AT_RISK);
    press(&p, K_BACK_TAB);
    assert_int_equal(proctor_focus(&p).kind, HAND_BATTERY);
}

static void a_hand_that_is_over_gives_way_to_the_next(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    sample_troubles(&s);
    proctor_look(&p, &s.room);
    press(&p, K_TAB);
    press(&p, K_BACK_TAB);
    s.candidate[4].kept = CONTROL_BOTH;
    proctor_look(&p, &s.room);
    assert_int_equal(proctor_focus(&p).kind, HAND_TROUBLE);
}

static void a_new_trouble_takes_the_place_of_the_last_message(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    proctor_done(&p, ACT_PAUSE);
    proctor_look(&p, &s.room);
    assert_true(p.message[0] != '\0');
    struct sample_room later = s;
    later.room.candidate = later.candidate;
    later.candidate[3].connected = false;
    proctor_look(&p, &later.room);
    assert_string_equal(p.message, "");
}

static void the_cursor_stays_on_its_candidate_when_the_list_changes(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    for (int i = 0; i < 4; i++)
        press(&p, K_RIGHT);
    struct control_candidate first = s.candidate[0];
    s.candidate[0] = s.candidate[4];
    s.candidate[4] = first;
    proctor_look(&p, &s.room);
    assert_ptr_equal(proctor_focus(&p).candidate, &p.room.candidate[0]);
}

static void an_act_keeps_to_the_candidate_it_was_begun_for(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    s.candidate[1].connected = false;
    proctor_look(&p, &s.room);
    press(&p, K_ENTER); /* the one-time code of seat 2 */
    s.candidate[0].kept = CONTROL_AT_RISK;
    proctor_look(&p, &s.room);
    struct proctor_effect x = press(&p, K_ENTER);
    assert_true(x.wanted && x.act == ACT_CODE);
    assert_string_equal(x.ticket, "420108030202");
}

static void what_needs_a_service_is_not_offered_alone(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 12, false);
    sample_troubles(&s);
    proctor_look(&p, &s.room);
    assert_false(press(&p, K_F4).wanted);
    assert_int_equal(p.screen, PROCTOR_ROOM);
    assert_true(p.message[0] != '\0');
    for (int act = ACT_NONE + 1; act < ACT_COUNT; act++)
        if (proctor_act_of(act)->service)
            assert_false(proctor_act_possible(&p, act));
    struct proctor_hands all;
    proctor_find_hands(&p, &all);
    for (size_t i = 0; i < all.n; i++) {
        enum proctor_act_id steps[HAND_STEPS + 1];
        proctor_hand_steps(&p, &all.hand[i], steps);
        for (int k = 0; steps[k]; k++)
            assert_false(proctor_act_of(steps[k])->service);
    }
}

/* From any state, one key must not do what cannot be undone; two keys that are the safe answer must not
 * either. */
static void nothing_irreversible_is_one_key_away_and_the_safe_answer_stands_first(void **state)
{
    (void)state;
    static const enum proctor_act_id grave[] = {ACT_START,    ACT_EXTRA,    ACT_PAUSE, ACT_RESEAT,
                                                ACT_END,      ACT_FINISH,   ACT_CLOSE, ACT_CLEAR,
                                                ACT_CHEATING, ACT_VIOLATION};
    for (size_t i = 0; i < sizeof grave / sizeof *grave; i++) {
        const struct proctor_act_entry *x = proctor_act_of(grave[i]);
        int last = 0;
        while (last + 1 < ACT_STEPS && x->step[last + 1])
            last++;
        assert_int_equal(x->step[last], STEP_SURE);
        struct proctor p;
        struct sample_room s;
        open_room(&p, &s, 30, true);
        p.screen = PROCTOR_ASK;
        p.ask = (struct proctor_asked){.act = grave[i], .step = last, .from = PROCTOR_ROOM};
        assert_false(press(&p, K_ENTER).wanted);
        assert_int_equal(p.screen, PROCTOR_ROOM);
    }
}

static void escape_goes_one_step_back_and_in_the_end_to_the_room(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    press(&p, K_F5);
    press(&p, K_DOWN);
    press(&p, K_ENTER);
    press(&p, K_ENTER);
    assert_int_equal(proctor_step_now(&p), STEP_TEXT);
    press(&p, K_ESCAPE);
    assert_int_equal(proctor_step_now(&p), STEP_ARTICLE);
    press(&p, K_ESCAPE);
    assert_int_equal(p.ask.act, MENU_MARK);
    press(&p, K_ESCAPE);
    assert_int_equal(p.screen, PROCTOR_ROOM);
}

static void who_has_begun_cannot_be_marked_absent(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    assert_false(proctor_act_possible(&p, ACT_ABSENT));
    s.candidate[0].state = SITTING_NEW;
    proctor_look(&p, &s.room);
    assert_true(proctor_act_possible(&p, ACT_ABSENT));
}

static void extra_minutes_are_a_number_from_1_to_240(void **state)
{
    (void)state;
    static const char *const wrong[] = {"0", "241", "x", "5.5", "-1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct proctor p;
        struct sample_room s;
        struct proctor_effect x;
        open_room(&p, &s, 30, true);
        press(&p, K_F3);
        press(&p, K_ENTER);
        for (const char *c = wrong[i]; *c; c++)
            proctor_key(&p, key_char((unsigned char)*c), &x);
        press(&p, K_ENTER);
        assert_int_equal(proctor_step_now(&p), STEP_MINUTES);
        assert_true(p.alarm);
    }
}

static bool shows(const struct proctor *p, const char *text)
{
    char *screen = draw(p);
    bool there = strstr(screen, text) != NULL;
    free(screen);
    return there;
}

static void space(struct proctor *p)
{
    struct proctor_effect x;
    proctor_key(p, key_char(' '), &x);
}

static void space_shows_the_whole_of_what_is_cut_and_keeps_to_its_candidate(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 40, true);
    s.candidate[8].trouble =
        "two machines wrote this sitting: st09 and st31, from event 41 on; what st31 wrote is kept beside it, in "
        "the journal with the name of that machine, LAST";
    proctor_look(&p, &s.room);
    assert_false(shows(&p, "LAST"));
    space(&p);
    assert_true(shows(&p, "LAST"));
    assert_true(shows(&p, "Delete nothing"));
    s.candidate[2].kept = CONTROL_AT_RISK; /* more urgent */
    proctor_look(&p, &s.room);
    assert_true(shows(&p, "LAST"));
    press(&p, K_ESCAPE);
    assert_int_equal(p.screen, PROCTOR_ROOM);
    assert_int_equal(proctor_focus(&p).kind, HAND_AT_RISK);
}

static void space_shows_the_whole_of_a_refusal(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    char text[400] = "";
    for (int i = 0; i < 60; i++)
        memcpy(text + 5 * i, "word ", 5);
    memcpy(text + 300, "LAST", sizeof "LAST");
    proctor_failed(&p, text);
    assert_false(shows(&p, "LAST"));
    space(&p);
    assert_true(shows(&p, "LAST"));
    press(&p, K_ENTER);
    assert_false(shows(&p, "word"));
}

static void the_check_begins_at_the_first_line_that_is_not_in_order(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    struct control_check_line line[40];
    for (int i = 0; i < 40; i++)
        line[i] = (struct control_check_line){"", "1", "", i != 36, i == 36 ? "bring the machine" : "fine"};
    open_room(&p, &s, 40, true);
    proctor_checked(&p, &(struct control_check){.missing = 1, .line = line, .n = 40});
    assert_int_equal(p.list_cursor, 36);
    assert_true(shows(&p, "bring the machine"));
}

static void after_closing_enter_never_leaves(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 30, true);
    proctor_room_closed(&p, &(struct control_closing){0});
    struct proctor_effect x = press(&p, K_ENTER);
    assert_int_equal(x.act, ACT_RECORD);
    proctor_recorded(&p, "record.pdf");
    assert_false(press(&p, K_ENTER).wanted);
    assert_false(press(&p, K_F3).wanted); /* no printer here */
    p.can_print = true;
    assert_int_equal(press(&p, K_F3).act, ACT_PRINT);
    proctor_failed(&p, "no paper");
    assert_int_equal(press(&p, K_F10).act, ACT_LEAVE);
}

static void an_empty_room_can_be_looked_at(void **state)
{
    (void)state;
    struct proctor p;
    struct sample_room s;
    open_room(&p, &s, 0, false);
    for (int code = K_UP; code < K_COUNT; code++) {
        press(&p, (enum key_code)code);
        p.busy = false;
        free(draw(&p));
    }
}

static void change(struct sample_room *s, struct rng *r)
{
    struct control_candidate *c = &s->candidate[rng_below(r, SAMPLE_MAX - 2)];
    c->state = (enum sitting_state)rng_below(r, SITTING_STATES);
    c->connected = rng_below(r, 2);
    c->kept = (enum control_kept)rng_below(r, CONTROL_AT_RISK + 1);
    c->silent_ms = (int64_t)rng_below(r, 50000);
    c->sealed = rng_below(r, 2);
    s->room.state = (enum room_state)rng_below(r, ROOM_STATES);
    s->room.service = rng_below(r, 4) > 0;
    s->room.n = rng_below(r, 60);
    s->room.n_stations = rng_below(r, 60);
    struct control_station *t = &s->station[rng_below(r, 60)];
    t->state = (enum control_station_state)rng_below(r, CONTROL_SILENT + 1);
    t->disk = (enum control_disk)rng_below(r, CONTROL_DISK_GONE + 1);
}

static void outcome(struct proctor *p, const struct proctor_effect *x, struct rng *r)
{
    static struct control_minute minute[] = {{1, 0, "opened", "", "", ""}};
    if (!x->wanted || rng_below(r, 3) == 0)
        proctor_failed(p, "no");
    else if (x->act == ACT_UNLOCK)
        proctor_opened(p);
    else if (x->act == ACT_CODE)
        proctor_code(p, "7K2M-QX94");
    else if (x->act == ACT_CHECK)
        proctor_checked(p, &(struct control_check){0});
    else if (x->act == ACT_MINUTES)
        proctor_listed(p, minute, rng_below(r, 2));
    else if (x->act == ACT_CLOSE)
        proctor_room_closed(p, &(struct control_closing){0});
    else
        proctor_done(p, x->act);
}

static void random_keys_never_break_anything(void **state)
{
    (void)state;
    struct rng r;
    struct proctor p;
    struct sample_room s;
    const char *times = getenv("RANDOM_KEYS");
    rng_seed(&r, 7);
    open_room(&p, &s, 60, true);
    for (int i = 0, n = times ? (int)strtol(times, NULL, 10) : 20000; i < n; i++) {
        struct proctor_effect x;
        if (rng_below(&r, 20) == 0)
            proctor_click(
                &p,
                (struct target){.kind = (enum target_kind)rng_below(&r, 4), .index = (int)rng_below(&r, 70)},
                &x);
        else
            proctor_key(&p,
                        rng_below(&r, 3) ? key_of((enum key_code)rng_below(&r, K_COUNT))
                                         : key_char(' ' + (uint32_t)rng_below(&r, 96)),
                        &x);
        if (x.wanted)
            outcome(&p, &x, &r);
        if (i % 7 == 0)
            change(&s, &r);
        if (i % 11 == 0)
            proctor_look(&p, &s.room);
        if (i % 500 == 0)
            proctor_opened(&p);
        p.width = 80 + (int)rng_below(&r, 60);
        p.height = 24 + (int)rng_below(&r, 20);
        free(draw(&p));
    }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_seats_fit_on_the_smallest_screen),
        cmocka_unit_test(sixty_are_reached_by_paging),
        cmocka_unit_test(whoever_needs_a_hand_comes_first_the_most_urgent_before),
        cmocka_unit_test(tab_goes_through_all_who_need_a_hand_and_round),
        cmocka_unit_test(a_hand_that_is_over_gives_way_to_the_next),
        cmocka_unit_test(a_new_trouble_takes_the_place_of_the_last_message),
        cmocka_unit_test(the_cursor_stays_on_its_candidate_when_the_list_changes),
        cmocka_unit_test(an_act_keeps_to_the_candidate_it_was_begun_for),
        cmocka_unit_test(what_needs_a_service_is_not_offered_alone),
        cmocka_unit_test(nothing_irreversible_is_one_key_away_and_the_safe_answer_stands_first),
        cmocka_unit_test(escape_goes_one_step_back_and_in_the_end_to_the_room),
        cmocka_unit_test(who_has_begun_cannot_be_marked_absent),
        cmocka_unit_test(extra_minutes_are_a_number_from_1_to_240),
        cmocka_unit_test(space_shows_the_whole_of_what_is_cut_and_keeps_to_its_candidate),
        cmocka_unit_test(space_shows_the_whole_of_a_refusal),
        cmocka_unit_test(the_check_begins_at_the_first_line_that_is_not_in_order),
        cmocka_unit_test(after_closing_enter_never_leaves),
        cmocka_unit_test(an_empty_room_can_be_looked_at),
        cmocka_unit_test(random_keys_never_break_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
