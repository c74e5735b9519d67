/* SPDX-License-Identifier: Apache-2.0 */
/* What keys and clicks make of every interaction: the values of the answer, their limits, and what a journal gives
 * back. What is written is in test-answers-written.c. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "client/screens/view.h"
#include "tests/check.h"
#include "tests/client/screens/answers.h"

/* ---- order ---- */

static void an_untouched_order_is_no_answer(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "order", 80, 24);
    assert_false(question_answered(sample_question(&s)));
    check_answer(&s, "");
    sample_release(&s);
}

static void letters_order_one_after_another(void **state)
{
    (void)state;
    keys_give("order", "c d a b", "RESPONSE=open,select,copy,paste");
    keys_give("order", "c d", "RESPONSE=open,select");
}

static void space_orders_the_next_and_moves_what_is_ordered(void **state)
{
    (void)state;
    keys_give("order", "Space*4", "RESPONSE=copy,paste,open,select");
    keys_give("order", "a b c d Up*3 Space Down*2 Space", "RESPONSE=paste,open,copy,select");
    keys_give("order", "a b c d Space Up*9 Space Up Down Space Down Space", "RESPONSE=select,paste,copy,open");
}

static void backspace_takes_out_of_the_order(void **state)
{
    (void)state;
    keys_give("order", "c d a Backspace", "RESPONSE=open,select");
    keys_give("order", "c d a b Up*3 Backspace", "RESPONSE=select,copy,paste");
    keys_give("order", "c Backspace*3", "");
}

static void an_order_of_some_takes_no_more(void **state)
{
    (void)state;
    keys_are_refused("order-some", "b c a", "RESPONSE=fire,shut");
}

/* ---- pairs ---- */

static void two_letters_make_a_pair(void **state)
{
    (void)state;
    keys_give("associate", "a f b c", "RESPONSE=libai jingyesi,chunwang dufu");
    keys_give("associate", "a f f a", "RESPONSE=libai jingyesi");
    keys_give("associate", "a a b c", "RESPONSE=chunwang dufu");
}

static void a_choice_is_paired_no_oftener_than_it_may(void **state)
{
    (void)state;
    keys_are_refused("associate", "a f a", "RESPONSE=libai jingyesi");
    keys_are_refused("associate", "a f b a", "RESPONSE=libai jingyesi");
    keys_give("associate", "a f a b c", "RESPONSE=libai jingyesi,chunwang dufu");
    keys_are_refused("match", "b Down b", "RESPONSE=c copy");
}

static void backspace_takes_a_pair_back(void **state)
{
    (void)state;
    keys_give("associate", "a f b c Backspace", "RESPONSE=libai jingyesi");
    keys_give("associate", "a f Up*5 Backspace", "");
    keys_give("associate", "a Backspace b c", "RESPONSE=chunwang dufu");
}

static void a_row_that_takes_one_changes_its_mind(void **state)
{
    (void)state;
    keys_give("match", "a b", "RESPONSE=c copy");
    keys_give("match", "a a", "RESPONSE=c cut");
}

static void a_row_that_takes_several_collects_them(void **state)
{
    (void)state;
    keys_give("match-several", "a b b c", "RESPONSE=touch in,touch store");
    keys_are_refused("match-several", "a b c Down a b c", "RESPONSE=touch in,touch out,touch store,mouse in,mouse out");
}

static void space_goes_through_the_columns_of_a_row(void **state)
{
    (void)state;
    keys_give("match", "Space*2", "RESPONSE=c copy");
    keys_give("match", "Space*5", "");
    keys_give("match", "a Down Space", "RESPONSE=c cut,v copy");
}

static void a_digit_goes_to_a_row(void **state)
{
    (void)state;
    keys_give("match", "3 a", "RESPONSE=x cut");
    keys_give("gap-match", "2 d", "RESPONSE=ram G2");
}

static void a_gap_holds_one_word_and_a_word_stands_in_one_gap(void **state)
{
    (void)state;
    keys_give("gap-match", "b a", "RESPONSE=disk G1");
    keys_are_refused("gap-match", "b Down b", "RESPONSE=cpu G1");
    keys_give("gap-match", "b Backspace Down b", "RESPONSE=cpu G2");
}

/* ---- words in a text ---- */

static void each_inline_choice_has_its_own_letters(void **state)
{
    (void)state;
    keys_give("inline", "b Down b Down b", "R1=n8 R2=n1024 R3=bit");
    keys_give("inline", "b Backspace Down Space*4", "");
    keys_give("inline", "Space Down Space*2", "R1=n4 R2=n1024");
}

static void hottext_is_chosen_and_taken_back(void **state)
{
    (void)state;
    keys_give("hottext", "d c a a", "RESPONSE=id,phone");
    keys_give("hottext", "Down Space Down Space", "RESPONSE=place,id");
    keys_give("hottext", "a b Backspace", "");
}

/* ---- numbers ---- */

static void an_unset_slider_is_no_answer(void **state)
{
    (void)state;
    keys_give("slider", "", "");
    keys_give("slider", "\"7\" Backspace", "");
}

static void a_slider_is_typed_or_stepped(void **state)
{
    (void)state;
    keys_give("slider", "\"75\"", "RESPONSE=75");
    keys_give("slider", "+ + +", "RESPONSE=10");
    keys_give("slider", "\"75\" - -", "RESPONSE=65");
    keys_give("slider", "\"98\" + +", "RESPONSE=100");
    keys_give("slider-float", "\"-1.5\"", "RESPONSE=-1.5");
    keys_give("slider-float", "+ +", "RESPONSE=-4.5");
}

static void a_slider_takes_the_nearest_value_that_it_can_have(void **state)
{
    (void)state;
    keys_give("slider", "\"73\"", "RESPONSE=75");
    keys_give("slider", "\"999\"", "RESPONSE=100");
    keys_give("slider-float", "\"1.3\"", "RESPONSE=1.5");
    keys_give("slider-float", "\"-9\"", "RESPONSE=-5");
    keys_give("slider-float", "\"-\"", "");
}

static void a_number_is_typed_with_any_input_method(void **state)
{
    (void)state;
    keys_give("table", "\"１ ８０\" Tab \"-9.5\"", "R1=180 R2=-9.5");
    struct sample s;
    sample_init_one(&s, "table", 80, 24);
    sample_press(&s, "\"1\" Tab \"2\" Tab a");
    assert_true(question_complete(sample_question(&s)));
    sample_press(&s, "BackTab BackTab x");
    assert_false(question_complete(sample_question(&s)));
    sample_release(&s);
}

/* ---- the mouse ---- */

static void clicks_answer_as_letters_do(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "associate", 80, 24);
    click_text(&s, "李白", 0);
    click_text(&s, "《静夜思》", 2);
    check_answer(&s, "RESPONSE=libai jingyesi");
    sample_release(&s);
    sample_init_one(&s, "match", 80, 24);
    click_text(&s, "Ctrl+V   [ ]     [ ]", 18);
    check_answer(&s, "RESPONSE=v copy");
    click_text(&s, "[X]", 1);
    check_answer(&s, "");
    sample_release(&s);
    sample_init_one(&s, "gap-match", 80, 24);
    click_text(&s, "[2 ____]", 4);
    click_text(&s, "D 内存", 3);
    check_answer(&s, "RESPONSE=ram G2");
    sample_release(&s);
    sample_init_one(&s, "inline", 80, 24);
    click_text(&s, "[2 ____]", 1);
    click_text(&s, "B 1024", 0);
    check_answer(&s, "R2=n1024");
    sample_release(&s);
    sample_init_one(&s, "hottext", 80, 24);
    click_text(&s, "家庭电话", 0);
    check_answer(&s, "RESPONSE=phone");
    sample_release(&s);
    sample_init_one(&s, "order", 80, 24);
    click_text(&s, "单击选中文件", 0);
    click_text(&s, "Ctrl+C", 0);
    check_answer(&s, "RESPONSE=select,copy");
    sample_release(&s);
    sample_init_one(&s, "slider", 80, 24);
    click_text(&s, "0 |-----", 42);
    check_answer(&s, "RESPONSE=100");
    sample_release(&s);
}

/* ---- journals ---- */

static void restore(const char *item, const char *identifier, const char *const *value, size_t n, const char *wanted)
{
    struct sample s;
    sample_init_one(&s, item, 80, 24);
    struct response r = {.identifier = identifier, .value = (const char **)(uintptr_t)value, .n = n};
    struct response_set set = {.response = &r, .n = 1};
    question_restore(sample_question(&s), &set);
    check_answer(&s, wanted);
    sample_release(&s);
}

static void what_the_journal_has_comes_back_as_it_was(void **state)
{
    (void)state;
    static const struct {
        const char *item, *keys;
    } cases[] = {{"order", "d b"},
                 {"order", "d b a c"},
                 {"associate", "f a c b"},
                 {"match", "2 b 1 a"},
                 {"match-several", "2 a 1 b a"},
                 {"match-list", "3 f 1 a"},
                 {"gap-match", "3 a 1 d"},
                 {"inline", "b Down*2 c"},
                 {"hottext", "e a"},
                 {"slider", "\"41\""},
                 {"slider-float", "\"-.5\""},
                 {"extended", "\" 一 \" Enter Enter \"  x\" Enter"},
                 {"extended-several", "\"一\" Tab Tab \"三\""},
                 {"many", "z Down*4 Space"},
                 {"table", "\"1\" Tab Tab b"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample one, other;
        struct arena *a = arena_new();
        sample_init_one(&one, cases[i].item, 80, 24);
        sample_init_one(&other, cases[i].item, 80, 24);
        sample_press(&one, cases[i].keys);
        struct response_set set = question_response(sample_question(&one), a), read = {0};
        struct bytes stored = {0};
        struct err e = {0};
        response_encode(&set, &stored);
        assert_done(response_decode(&read, a, bytes_span(&stored), &e), e);
        question_restore(sample_question(&other), &read);
        char *wanted = answer_of(sample_question(&one));
        assert_true(*wanted);
        check_answer(&other, wanted);
        free(wanted);
        bytes_release(&stored);
        arena_free(a);
        sample_release(&one);
        sample_release(&other);
    }
}

static void what_does_not_belong_to_the_item_is_ignored(void **state)
{
    (void)state;
    static const char *const order[] = {"open", "", "nothing", "open", "copy", "paste select"};
    static const char *const pairs[] = {"libai", "libai jingyesi", "libai dufu", "x y", "jingyesi libai", " ", "dufu  chunwang"};
    static const char *const gaps[] = {"cpu G9", "cpu G1", "ram G1", "cpu G2", "G1 cpu", "ram G2"};
    static const char *const number[] = {"many", "3"};
    static const char *const two[] = {"n8", "n4"};
    restore("order", "RESPONSE", order, 6, "RESPONSE=open,copy");
    restore("associate", "RESPONSE", pairs, 7, "RESPONSE=libai jingyesi");
    restore("gap-match", "RESPONSE", gaps, 6, "RESPONSE=cpu G1,ram G2");
    restore("slider", "RESPONSE", number, 2, "");
    restore("inline", "R1", two, 2, "R1=n4");
    restore("extended", "RESPONSE", two, 2, "RESPONSE=n8");
}

/* ---- the check before handing in ---- */

static void what_lacks_a_part_is_incomplete(void **state)
{
    (void)state;
    static const struct {
        const char *item, *keys;
        bool complete;
    } cases[] = {{"order", "c d a", false},        {"order", "c d a b", true},       {"order-some", "b c", true},
                 {"associate", "a f b c", false},  {"associate", "a f b c d e", true}, {"inline", "b Down b", false},
                 {"inline", "b Down b Down b", true}, {"hottext", "a", false},       {"hottext", "a b", true},
                 {"extended-several", "x", false}, {"extended-several", "x Tab y", true}, {"many", "a", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample s;
        size_t open;
        sample_init_one(&s, cases[i].item, 80, 24);
        sample_press(&s, cases[i].keys);
        assert_true(question_answered(sample_question(&s)));
        assert_int_equal(question_complete(sample_question(&s)), cases[i].complete);
        assert_int_equal(model_open_items(&s.m, &open, 1), !cases[i].complete);
        sample_release(&s);
    }
}

/* ---- anything at all ---- */

static const char *const items[] = {"many",    "order",  "order-some",   "associate", "match", "match-several", "match-list",
                                    "gap-match", "gap-sentences", "inline", "hottext", "slider", "slider-float", "extended",
                                    "extended-several", "table", "upload", "password", "fill"};

static void check_limits(const struct part *p)
{
    struct arena *a = arena_new();
    struct response r = {0};
    p->kind->response(p, &r, a);
    assert_true(r.n <= RESPONSE_MAX_VALUES);
    for (size_t i = 0; i < r.n; i++)
        assert_true(strlen(r.value[i]) > 0 && strlen(r.value[i]) <= RESPONSE_MAX_TEXT);
    if (!p->kind->typed && p->interaction->max_choices > 0)
        assert_true((int64_t)r.n <= p->interaction->max_choices);
    arena_free(a);
}

static struct event any_event(struct rng *r, const struct grid *g)
{
    static const uint32_t signs[] = {'a', 'b', 'C', 'd', 'h', ' ', ' ', '1', '3', '9', '+', '-', '.', 0x6587, 0xFF22, 0x301};
    uint64_t kind = rng_below(r, 10);
    if (kind == 0)
        return (struct event){.kind = EVENT_RESIZE, .width = (int)rng_below(r, 80) + 70, .height = (int)rng_below(r, 30) + 20};
    if (kind <= 2)
        return (struct event){.kind = EVENT_CLICK,
                              .target = grid_target_at(g, (int)rng_below(r, (uint64_t)g->width), (int)rng_below(r, (uint64_t)g->height))};
    if (kind <= 6)
        return (struct event){.kind = EVENT_KEY, .key = key_char(signs[rng_below(r, sizeof signs / sizeof *signs)])};
    static const enum key_code codes[] = {K_UP, K_DOWN, K_UP, K_DOWN, K_TAB, K_BACK_TAB, K_BACKSPACE, K_DELETE, K_ENTER,
                                          K_PAGE_UP, K_PAGE_DOWN, K_HOME, K_END, K_LEFT, K_RIGHT};
    return (struct event){.kind = EVENT_KEY, .key = key_of(codes[rng_below(r, sizeof codes / sizeof *codes)])};
}

/* Whatever was done, the answer stays within its limits, nothing is cut, and a journal gives it back as it was. */
static void random_events_never_break_anything(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct sample s, again;
        struct rng r;
        rng_seed(&r, i + 1);
        sample_init_one(&s, items[i], 80, 24);
        sample_init_one(&again, items[i], 80, 24);
        for (int k = 0; k < 600; k++) {
            struct grid g;
            struct effects out = {0};
            grid_init(&g, s.m.width, s.m.height);
            view_draw(&s.m, &g);
            if (s.m.width >= 80 && s.m.height >= 24)
                assert_int_equal(g.cut, 0);
            struct event e = any_event(&r, &g);
            model_update(&s.m, &e, &out);
            assert_true(s.m.focus < question_places(sample_question(&s)));
            for (size_t p = 0; p < sample_question(&s)->n_parts; p++)
                check_limits(&sample_question(&s)->part[p]);
            grid_release(&g);
        }
        struct arena *a = arena_new();
        struct response_set set = question_response(sample_question(&s), a);
        question_restore(sample_question(&again), &set);
        char *wanted = answer_of(sample_question(&s));
        check_answer(&again, wanted);
        free(wanted);
        arena_free(a);
        sample_release(&s);
        sample_release(&again);
    }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_untouched_order_is_no_answer),
        cmocka_unit_test(letters_order_one_after_another),
        cmocka_unit_test(space_orders_the_next_and_moves_what_is_ordered),
        cmocka_unit_test(backspace_takes_out_of_the_order),
        cmocka_unit_test(an_order_of_some_takes_no_more),
        cmocka_unit_test(two_letters_make_a_pair),
        cmocka_unit_test(a_choice_is_paired_no_oftener_than_it_may),
        cmocka_unit_test(backspace_takes_a_pair_back),
        cmocka_unit_test(a_row_that_takes_one_changes_its_mind),
        cmocka_unit_test(a_row_that_takes_several_collects_them),
        cmocka_unit_test(space_goes_through_the_columns_of_a_row),
        cmocka_unit_test(a_digit_goes_to_a_row),
        cmocka_unit_test(a_gap_holds_one_word_and_a_word_stands_in_one_gap),
        cmocka_unit_test(each_inline_choice_has_its_own_letters),
        cmocka_unit_test(hottext_is_chosen_and_taken_back),
        cmocka_unit_test(an_unset_slider_is_no_answer),
        cmocka_unit_test(a_slider_is_typed_or_stepped),
        cmocka_unit_test(a_slider_takes_the_nearest_value_that_it_can_have),
        cmocka_unit_test(a_number_is_typed_with_any_input_method),
        cmocka_unit_test(clicks_answer_as_letters_do),
        cmocka_unit_test(what_the_journal_has_comes_back_as_it_was),
        cmocka_unit_test(what_does_not_belong_to_the_item_is_ignored),
        cmocka_unit_test(what_lacks_a_part_is_incomplete),
        cmocka_unit_test(random_events_never_break_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
