/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/rng.h"
#include "client/screens/view.h"
#include "tests/check.h"
#include "tests/client/screens/sample.h"

static void go_to(struct sample *s, size_t item)
{
    struct effects out = {0};
    model_go_to(&s->m, item, &out);
}

/* ---- choosing ---- */

static void a_letter_chooses_and_saves(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    struct effects x = sample_char(&s, 'b');
    assert_true(sample_question(&s)->part[0].chosen[1]);
    assert_true(sample_has(&x, EFFECT_ANSWER));
    assert_int_equal(s.m.save, SAVE_RUNNING);
    sample_release(&s);
}

static void another_letter_moves_a_single_choice(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'B');
    sample_char(&s, 'd');
    assert_false(sample_question(&s)->part[0].chosen[1]);
    assert_true(sample_question(&s)->part[0].chosen[3]);
    sample_release(&s);
}

static void the_same_letter_again_changes_nothing(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'b');
    struct effects x = sample_char(&s, 'b');
    assert_false(sample_has(&x, EFFECT_ANSWER));
    assert_true(sample_question(&s)->part[0].chosen[1]);
    sample_release(&s);
}

static void a_letter_beyond_the_choices_means_nothing(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    struct effects x = sample_char(&s, 'e');
    assert_int_equal(x.n, 0);
    assert_false(question_answered(sample_question(&s)));
    sample_release(&s);
}

static void a_full_width_letter_means_the_plain_one(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 0xFF23); /* Ｃ */
    assert_true(sample_question(&s)->part[0].chosen[2]);
    sample_release(&s);
}

static void space_chooses_at_the_cursor(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_key(&s, K_DOWN);
    sample_key(&s, K_DOWN);
    sample_char(&s, ' ');
    assert_true(sample_question(&s)->part[0].chosen[2]);
    sample_release(&s);
}

static void backspace_takes_a_choice_back(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'a');
    struct effects x = sample_key(&s, K_BACKSPACE);
    assert_false(question_answered(sample_question(&s)));
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

static void more_than_the_permitted_choices_are_refused_with_a_reason(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_PASSWORD);
    sample_type(&s, "ac");
    struct effects x = sample_char(&s, 'd');
    assert_false(sample_question(&s)->part[0].chosen[3]);
    assert_false(sample_has(&x, EFFECT_ANSWER));
    assert_true(s.m.message[0] != '\0');
    sample_char(&s, 'a');
    sample_char(&s, 'd');
    assert_true(sample_question(&s)->part[0].chosen[3]);
    sample_release(&s);
}

static void an_answer_names_its_choices_in_the_items_order(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    struct arena *a = arena_new();
    go_to(&s, SAMPLE_PASSWORD);
    sample_type(&s, "ca");
    struct response_set set = question_response(sample_question(&s), a);
    assert_int_equal(set.n, 1);
    assert_int_equal(set.response[0].n, 2);
    assert_string_equal(set.response[0].value[0], "A");
    assert_string_equal(set.response[0].value[1], "C");
    arena_free(a);
    sample_release(&s);
}

static void a_click_chooses(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    struct grid g;
    grid_init(&g, 80, 24);
    view_draw(&s.m, &g);
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_CLICK, .target = grid_target_at(&g, 20, 8)});
    assert_true(sample_has(&x, EFFECT_ANSWER));
    assert_true(sample_question(&s)->part[0].chosen[2]);
    sample_send(&s, (struct event){.kind = EVENT_CLICK, .target = grid_target_at(&g, 8, 16)});
    assert_int_equal(s.m.current, 1);
    grid_release(&g);
    sample_release(&s);
}

/* ---- typing ---- */

static void what_is_typed_is_saved_after_a_pause(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_FILL);
    sample_type(&s, "复制");
    assert_int_equal(s.m.save, SAVE_RUNNING);
    struct effects x =
        sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 100000000, .passed_ms = 200});
    assert_false(sample_has(&x, EFFECT_ANSWER));
    x = sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 100000000, .passed_ms = 700});
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

static void what_is_typed_is_saved_before_anything_else_happens(void **state)
{
    (void)state;
    static const enum key_code keys[] = {K_PAGE_DOWN, K_TAB, K_F3, K_F5, K_F9, K_UP};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct sample s = sample_new(10);
        go_to(&s, SAMPLE_FILL);
        sample_type(&s, "x");
        struct effects x = sample_key(&s, keys[i]);
        assert_int_equal(x.effect[0].kind, EFFECT_ANSWER);
        assert_int_equal(x.effect[0].item, SAMPLE_FILL);
        sample_release(&s);
    }
}

static void what_is_typed_is_saved_when_the_terminal_is_gone(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_FILL);
    sample_type(&s, "x");
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_HANGUP});
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

static void wide_characters_are_edited_whole(void **state)
{
    (void)state;
    struct field f = {0};
    field_set(&f, "复制文件");
    field_key(&f, key_of(K_LEFT), NULL);
    field_key(&f, key_of(K_BACKSPACE), NULL);
    assert_string_equal(f.text, "复制件");
    field_key(&f, key_char(0x7C98), NULL);
    assert_string_equal(f.text, "复制粘件");
    field_key(&f, key_of(K_HOME), NULL);
    field_key(&f, key_of(K_DELETE), NULL);
    assert_string_equal(f.text, "制粘件");
    struct field_window w = field_window(&f, 4);
    assert_int_equal(w.n, 6);
    assert_int_equal(w.cursor, 0);
}

static void a_field_never_grows_beyond_its_bound(void **state)
{
    (void)state;
    struct field f = {0};
    for (int i = 0; i < 2000; i++)
        field_key(&f, key_char(0x6587), NULL);
    assert_true(f.n <= FIELD_MAX);
    assert_int_equal(strlen(f.text), f.n);
}

static void letters_type_in_a_field_and_do_not_choose(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_FILL);
    sample_type(&s, "a b");
    assert_string_equal(sample_question(&s)->part[0].field->text, "a b");
    sample_key(&s, K_TAB);
    sample_type(&s, "Ctrl+V");
    assert_string_equal(sample_question(&s)->part[1].field->text, "Ctrl+V");
    sample_release(&s);
}

static void at_the_end_of_a_text_the_arrow_goes_to_the_next_item(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_FILL);
    sample_type(&s, "ab");
    sample_key(&s, K_LEFT);
    sample_key(&s, K_RIGHT);
    assert_int_equal(s.m.current, SAMPLE_FILL);
    sample_key(&s, K_RIGHT);
    assert_int_equal(s.m.current, SAMPLE_FILL + 1);
    sample_release(&s);
}

/* ---- what is saved ---- */

static void saved_is_said_only_when_the_disk_has_it(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'b');
    assert_int_equal(s.m.save, SAVE_RUNNING);
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = 0, .text = "10:18:52"});
    assert_int_equal(s.m.save, SAVE_DONE);
    assert_string_equal(s.m.saved_at, "10:18:52");
    sample_release(&s);
}

static void not_saved_stays_until_every_answer_is_saved(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_NOT_SAVED, .item = 0, .text = "full"});
    sample_key(&s, K_RIGHT);
    sample_char(&s, 'a');
    assert_int_equal(s.m.save, SAVE_FAILED);
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = 0, .text = "10:00:00"});
    assert_int_equal(s.m.save, SAVE_FAILED);
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = 1, .text = "10:00:01"});
    assert_int_equal(s.m.save, SAVE_DONE);
    sample_release(&s);
}

static void a_disk_that_is_back_has_what_it_was_given_and_nothing_typed_since(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    struct event back = {.kind = EVENT_SAVED, .item = SIZE_MAX - 1, .text = "10:00:00"};
    go_to(&s, SAMPLE_FILL);
    sample_char(&s, 'x');
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 10000000, .passed_ms = 400});
    sample_send(&s, (struct event){.kind = EVENT_NOT_SAVED, .item = SAMPLE_FILL});
    assert_false(edits_saved(&sample_question(&s)->edits));
    sample_char(&s, 'y');
    sample_send(&s, back);
    assert_false(edits_saved(&sample_question(&s)->edits));
    assert_int_equal(s.m.save, SAVE_FAILED);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 10000000, .passed_ms = 400});
    sample_send(&s, back);
    assert_false(edits_saved(&sample_question(&s)->edits)); /* sent, and perhaps refused */
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = SAMPLE_FILL, .text = "10:00:01"});
    assert_true(edits_saved(&sample_question(&s)->edits));
    assert_int_equal(s.m.save, SAVE_DONE);
    sample_release(&s);
}

static void a_flag_that_is_saved_says_nothing_of_the_answer(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_REFUSED, .text = "paused"});
    sample_key(&s, K_F3);
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = SIZE_MAX - 1, .text = "10:00:00"});
    assert_false(edits_saved(&sample_question(&s)->edits));
    assert_int_equal(s.m.save, SAVE_RUNNING);
    struct effects x = sample_key(&s, K_F9);
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

/* ---- the list and the window ---- */

static void the_list_keeps_its_cursor_in_sight(void **state)
{
    (void)state;
    struct sample s;
    sample_init(&s, 120, 60, 100);
    go_to(&s, 99);
    sample_key(&s, K_F5);
    sample_send(&s, (struct event){.kind = EVENT_RESIZE, .width = 80, .height = 24});
    int row = (int)s.m.list_cursor / view_overview_columns(&s.m);
    assert_true(row >= s.m.scroll && row < s.m.scroll + view_overview_rows(&s.m));
    sample_send(&s, (struct event){.kind = EVENT_MESSAGE, .text = "three rows less"});
    assert_true(row >= s.m.scroll && row < s.m.scroll + view_overview_rows(&s.m));
    sample_release(&s);
}

static void in_a_small_window_keys_do_nothing(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_send(&s, (struct event){.kind = EVENT_RESIZE, .width = 60, .height = 15});
    struct effects x = sample_char(&s, 'a');
    assert_int_equal(x.n, 0);
    assert_false(question_answered(sample_question(&s)));
    sample_send(&s, (struct event){.kind = EVENT_RESIZE, .width = 80, .height = 24});
    sample_char(&s, 'a');
    assert_true(question_answered(sample_question(&s)));
    sample_release(&s);
}

/* ---- long items ---- */

static void a_long_item_starts_at_its_top_and_scrolls_to_every_choice(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_LONG);
    assert_true(sample_shows(&s, "某校教师"));
    assert_false(sample_shows(&s, "92.7%"));
    for (int i = 0; i < 60; i++)
        sample_key(&s, K_DOWN);
    assert_true(sample_shows(&s, "> D  92.7%"));
    sample_key(&s, K_PAGE_UP);
    sample_key(&s, K_PAGE_UP);
    sample_key(&s, K_PAGE_UP);
    assert_true(sample_shows(&s, "某校教师"));
    sample_release(&s);
}

static void a_letter_shows_the_choice_it_chose(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    go_to(&s, SAMPLE_LONG);
    sample_char(&s, 'c');
    assert_true(sample_shows(&s, "> C  91.8%"));
    sample_release(&s);
}

/* ---- anything at all ---- */

static void check_invariants(struct sample *s)
{
    const struct model *m = &s->m;
    assert_true(m->screen < SCREEN_COUNT);
    assert_true(m->said.n <= MODEL_TOLD && m->said.unread <= m->said.n);
    assert_true(!m->code_wanted || model_in_exam(m));
    assert_true(m->current < m->work->n && m->list_cursor < m->work->n);
    assert_true(m->scroll >= 0);
    size_t places = question_places(sample_question(s));
    assert_true(places == 0 || m->focus < places);
    for (size_t i = 0; i < m->work->n; i++)
        for (size_t k = 0; k < m->work->question[i].n_parts; k++) {
            const struct part *p = &m->work->question[i].part[k];
            size_t chosen = 0;
            for (size_t c = 0; p->chosen && c < p->interaction->n_choices; c++)
                chosen += p->chosen[c];
            assert_true(p->interaction->max_choices == 0 || (int64_t)chosen <= p->interaction->max_choices);
        }
}

static struct event proctor_event(struct rng *r)
{
    static const enum event_kind kinds[] = {EVENT_REFUSED, EVENT_COPY,        EVENT_PAUSED,
                                            EVENT_TOLD,    EVENT_CODE_WANTED, EVENT_CODE_TAKEN,
                                            EVENT_BEGIN,   EVENT_SENT,        EVENT_PAUSED};
    return (struct event){.kind = kinds[rng_below(r, sizeof kinds / sizeof *kinds)],
                          .text = "no, 请举手\n, no",
                          .at = "10:18:52",
                          .on = rng_below(r, 2),
                          .copy = (enum room_copy)rng_below(r, 4),
                          .item = rng_below(r, 10)};
}

static struct event random_event(struct rng *r, const struct grid *g)
{
    static const uint32_t signs[] = {'a', 'B', 'c', 'h',    ' ',    '0',   '2',
                                     '1', '7', 'u', 0x6587, 0xFF21, 0x301, 7};
    switch (rng_below(r, 12)) {
    case 0:
        return (struct event){
            .kind = EVENT_RESIZE, .width = (int)rng_below(r, 150) + 1, .height = (int)rng_below(r, 50) + 1};
    case 1:
        return (struct event){.kind = EVENT_TIME,
                              .remaining_ms = (int64_t)rng_below(r, 400000),
                              .passed_ms = (int64_t)rng_below(r, 3000)};
    case 2:
        return (struct event){
            .kind = rng_below(r, 2) ? EVENT_SAVED : EVENT_NOT_SAVED, .item = rng_below(r, 12), .text = "x"};
    case 3:
        return (struct event){.kind = EVENT_CLICK,
                              .target = grid_target_at(g, (int)rng_below(r, 80), (int)rng_below(r, 24))};
    case 4:
    case 5:
    case 6:
        return (struct event){.kind = EVENT_KEY,
                              .key = key_char(signs[rng_below(r, sizeof signs / sizeof *signs)])};
    case 7:
        return proctor_event(r);
    default:
        return (struct event){.kind = EVENT_KEY, .key = key_of((enum key_code)rng_below(r, K_COUNT))};
    }
}

static void random_events_never_break_anything(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct sample s = sample_new(10);
        struct rng r;
        rng_seed(&r, seed);
        for (int i = 0; i < 1500; i++) {
            struct grid g;
            int width = s.m.width, height = s.m.height;
            grid_init(&g, width, height);
            view_draw(&s.m, &g);
            if (width >= 80 && height >= 24)
                assert_int_equal(g.cut, 0);
            struct effects x = sample_send(&s, random_event(&r, &g));
            assert_true(x.n < EFFECTS_MAX);
            check_invariants(&s);
            grid_release(&g);
        }
        sample_release(&s);
    }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_chooses_and_saves),
        cmocka_unit_test(another_letter_moves_a_single_choice),
        cmocka_unit_test(the_same_letter_again_changes_nothing),
        cmocka_unit_test(a_letter_beyond_the_choices_means_nothing),
        cmocka_unit_test(a_full_width_letter_means_the_plain_one),
        cmocka_unit_test(space_chooses_at_the_cursor),
        cmocka_unit_test(backspace_takes_a_choice_back),
        cmocka_unit_test(more_than_the_permitted_choices_are_refused_with_a_reason),
        cmocka_unit_test(an_answer_names_its_choices_in_the_items_order),
        cmocka_unit_test(a_click_chooses),
        cmocka_unit_test(what_is_typed_is_saved_after_a_pause),
        cmocka_unit_test(what_is_typed_is_saved_before_anything_else_happens),
        cmocka_unit_test(what_is_typed_is_saved_when_the_terminal_is_gone),
        cmocka_unit_test(wide_characters_are_edited_whole),
        cmocka_unit_test(a_field_never_grows_beyond_its_bound),
        cmocka_unit_test(letters_type_in_a_field_and_do_not_choose),
        cmocka_unit_test(at_the_end_of_a_text_the_arrow_goes_to_the_next_item),
        cmocka_unit_test(saved_is_said_only_when_the_disk_has_it),
        cmocka_unit_test(not_saved_stays_until_every_answer_is_saved),
        cmocka_unit_test(a_disk_that_is_back_has_what_it_was_given_and_nothing_typed_since),
        cmocka_unit_test(a_flag_that_is_saved_says_nothing_of_the_answer),
        cmocka_unit_test(the_list_keeps_its_cursor_in_sight),
        cmocka_unit_test(in_a_small_window_keys_do_nothing),
        cmocka_unit_test(a_long_item_starts_at_its_top_and_scrolls_to_every_choice),
        cmocka_unit_test(a_letter_shows_the_choice_it_chose),
        cmocka_unit_test(random_events_never_break_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
