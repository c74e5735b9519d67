/* SPDX-License-Identifier: Apache-2.0 */
/* What keys and clicks make of every interaction: the values of the answer, their limits, and what a journal gives back. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/rng.h"
#include "base/mem.h"
#include "base/text.h"
#include "client/screens/folder.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"
#include "tests/check.h"
#include "tests/client/screens/sample.h"

static struct question *shown(const struct sample *s)
{
    return model_question(&s->m);
}

/* All values of the answer, "R1=a,b R2=c". */
static char *answer_of(const struct question *q)
{
    struct arena *a = arena_new();
    struct response_set set = question_response(q, a);
    struct bytes out = {0};
    for (size_t i = 0; i < set.n; i++) {
        if (set.response[i].n == 0)
            continue;
        bytes_printf(&out, "%s%s=", out.n ? " " : "", set.response[i].identifier);
        for (size_t v = 0; v < set.response[i].n; v++)
            bytes_printf(&out, "%s%s", v ? "," : "", set.response[i].value[v]);
    }
    bytes_u8(&out, 0);
    arena_free(a);
    return (char *)out.p;
}

static void check_answer(const struct sample *s, const char *wanted)
{
    char *got = answer_of(shown(s));
    assert_string_equal(got, wanted);
    free(got);
}

/* The keys, pressed on the item, give this answer. */
static void keys_give(const char *item, const char *keys, const char *wanted)
{
    struct sample s;
    sample_init_one(&s, item, 80, 24);
    sample_press(&s, keys);
    check_answer(&s, wanted);
    sample_release(&s);
}

/* The same, and a message says why the last key did nothing. */
static void keys_are_refused(const char *item, const char *keys, const char *wanted)
{
    struct sample s;
    sample_init_one(&s, item, 80, 24);
    sample_press(&s, keys);
    check_answer(&s, wanted);
    assert_true(s.m.message[0] != '\0');
    sample_release(&s);
}

/* ---- order ---- */

static void an_untouched_order_is_no_answer(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "order", 80, 24);
    assert_false(question_answered(shown(&s)));
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
    assert_true(question_complete(shown(&s)));
    sample_press(&s, "BackTab BackTab x");
    assert_false(question_complete(shown(&s)));
    sample_release(&s);
}

/* ---- texts ---- */

static void an_essay_has_lines(void **state)
{
    (void)state;
    keys_give("extended", "\"一\" Enter \"二\"", "RESPONSE=一\n二");
    keys_give("extended", "\"二\" Home Enter Up \"一\"", "RESPONSE=一\n二");
    keys_give("extended", "\"ab\" Enter \"cd\" Up End Delete", "RESPONSE=abcd");
}

static void several_texts_are_several_values(void **state)
{
    (void)state;
    keys_give("extended-several", "\"一\" Tab \"二\"", "RESPONSE=一,二");
    keys_give("extended-several", "\"一\" Down*9 \"三\" Up*9 Backspace", "RESPONSE=三");
}

static void an_essay_stays_within_its_bound_and_says_so(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "extended", 80, 24);
    struct editor *e = &shown(&s)->part[0].editor[0];
    char *text = calloc(1, RESPONSE_MAX_TEXT + 100);
    memset(text, 'x', RESPONSE_MAX_TEXT + 50);
    editor_set(e, text);
    assert_int_equal(e->n, RESPONSE_MAX_TEXT);
    sample_char(&s, 'y');
    assert_int_equal(e->n, RESPONSE_MAX_TEXT);
    assert_true(s.m.message[0] != '\0');
    free(text);
    sample_release(&s);
}

static void press_with_more(struct sample *s, struct key k, bool more)
{
    struct effects out = {0};
    k.more = more;
    model_update(&s->m, &(struct event){.kind = EVENT_KEY, .key = k}, &out);
}

static void paste(struct sample *s, int characters, bool at_once)
{
    for (int i = 0; i < characters; i++)
        press_with_more(s, i % 50 == 49 ? key_of(K_ENTER) : key_char(0x4E00 + (uint32_t)i), at_once && i + 1 < characters);
}

static void a_pasted_text_is_seen_as_if_it_were_typed(void **state)
{
    (void)state;
    struct sample typed, pasted;
    sample_init_one(&typed, "extended", 80, 24);
    sample_init_one(&pasted, "extended", 80, 24);
    paste(&typed, 1500, false);
    paste(&pasted, 1500, true);
    assert_string_equal(shown(&typed)->part[0].editor[0].text, shown(&pasted)->part[0].editor[0].text);
    assert_true(typed.m.scroll > 0);
    assert_int_equal(typed.m.scroll, pasted.m.scroll);
    assert_int_equal(pasted.m.save, SAVE_RUNNING);
    sample_release(&typed);
    sample_release(&pasted);
}

static void a_full_text_is_not_laid_out_for_each_further_character(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "extended", 80, 24);
    struct editor *e = &shown(&s)->part[0].editor[0];
    e->max = e->n;
    press_with_more(&s, key_char('x'), true);
    assert_true(s.m.behind);
    press_with_more(&s, key_char('x'), false);
    assert_false(s.m.behind);
    assert_true(s.m.message[0]);
    assert_int_equal(e->n, e->max);
    sample_release(&s);
}

static void a_key_that_came_with_a_pasted_text_finds_it_on_the_screen(void **state)
{
    (void)state;
    struct sample typed, pasted;
    sample_init_one(&typed, "extended", 80, 24);
    sample_init_one(&pasted, "extended", 80, 24);
    paste(&typed, 1500, false);
    paste(&pasted, 1500, true);
    press_with_more(&pasted, key_char('x'), true);
    assert_true(pasted.m.behind);
    sample_char(&typed, 'x');
    press_with_more(&pasted, key_of(K_PAGE_UP), true);
    sample_key(&typed, K_PAGE_UP);
    assert_int_equal(typed.m.scroll, pasted.m.scroll);
    assert_false(pasted.m.behind);
    sample_release(&typed);
    sample_release(&pasted);
}

static void what_is_written_is_saved_after_a_pause(void **state)
{
    (void)state;
    struct sample s;
    struct effects out = {0};
    sample_init_one(&s, "extended", 80, 24);
    sample_press(&s, "\"一\" Enter");
    model_update(&s.m, &(struct event){.kind = EVENT_TIME, .remaining_ms = 100000000, .passed_ms = 200}, &out);
    assert_false(sample_has(&out, EFFECT_ANSWER));
    model_update(&s.m, &(struct event){.kind = EVENT_TIME, .remaining_ms = 100000000, .passed_ms = 200}, &out);
    assert_true(sample_has(&out, EFFECT_ANSWER));
    sample_release(&s);
}

static void the_cursor_keeps_its_column_over_wrapped_lines(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct editor e;
    editor_init(&e, a, 1000);
    editor_set(&e, "一二三四五六\nab\n甲乙丙");
    assert_int_equal(editor_lines(&e, 8), 4);
    editor_point(&e, 0, 6, 8);
    assert_int_equal(e.cursor, 9);
    for (int i = 0; i < 3; i++)
        assert_int_equal(editor_key(&e, key_of(K_DOWN), 8), EDITOR_USED);
    assert_int_equal(e.cursor, e.n);
    assert_int_equal(editor_key(&e, key_of(K_DOWN), 8), EDITOR_IGNORED);
    editor_key(&e, key_of(K_HOME), 8);
    assert_int_equal(e.cursor, e.n - 9);
    assert_int_equal(editor_characters(&e), 11);
    arena_free(a);
}

/* ---- files ---- */

static void a_file_is_typed_or_chosen_from_the_folder(void **state)
{
    (void)state;
    struct sample s;
    char one[] = "反思.txt", other[] = "成绩.xlsx", here[] = ".";
    struct folder_file file[] = {{one, 12}, {other, 18204}};
    struct folder_list folder = {.path = here, .file = file, .n = 2};
    sample_init_one(&s, "upload", 80, 24);
    sample_press(&s, "\"a/b.txt\"");
    check_answer(&s, "RESPONSE=a/b.txt");
    work_offer(s.work, &folder);
    sample_press(&s, "Down*2 Space");
    check_answer(&s, "RESPONSE=成绩.xlsx");
    sample_press(&s, "a");
    check_answer(&s, "RESPONSE=反思.txt");
    work_offer(s.work, NULL);
    check_answer(&s, "RESPONSE=反思.txt");
    sample_release(&s);
}

static void a_folder_offers_its_plain_files_by_name(void **state)
{
    (void)state;
    char path[] = "/tmp/kaochang-folder-XXXXXX", *inner;
    struct folder_list f, again;
    struct err e = {0};
    assert_non_null(mkdtemp(path));
    static const char *const names[] = {"b.txt", ".hidden", "a\nb", "a.txt"};
    for (size_t i = 0; i < 4; i++) {
        inner = mem_printf("%s/%s", path, names[i]);
        assert_done(file_put(inner, 0600, span_str("123"), &e), e);
        free(inner);
    }
    assert_done(folder_read(&f, path, &e), e);
    assert_int_equal(f.n, 2);
    assert_string_equal(f.file[0].name, "a.txt");
    assert_int_equal(f.file[1].size, 3);
    inner = mem_printf("%s/a.txt", path);
    assert_int_equal(unlink(inner), 0);
    free(inner);
    assert_done(folder_read(&again, path, &e), e);
    assert_false(folder_equal(&f, &again));
    for (size_t i = 0; i < 3; i++) {
        inner = mem_printf("%s/%s", path, names[i]);
        unlink(inner);
        free(inner);
    }
    rmdir(path);
    assert_refused(folder_read(&f, path, &e), ERR_ENV, "cannot be read", e);
    folder_release(&f);
    folder_release(&again);
}

/* ---- the mouse ---- */

/* Clicks where the text stands on the screen, `right` columns from its start. */
static void click(struct sample *s, const char *text, int right)
{
    struct grid g;
    struct bytes screen = {0};
    struct effects out = {0};
    grid_init(&g, s->m.width, s->m.height);
    view_draw(&s->m, &g);
    grid_dump(&g, &screen);
    const char *row = (const char *)screen.p, *found = strstr(row, text);
    int y = 0, x = 0;
    assert_non_null(found);
    for (const char *p = row; p < found; p++)
        if (*p == '\n') {
            y++;
            row = p + 1;
        }
    char *before = strndup(row, (size_t)(found - row));
    x = (int)text_width(before) + right;
    free(before);
    model_update(&s->m, &(struct event){.kind = EVENT_CLICK, .target = grid_target_at(&g, x, y)}, &out);
    bytes_release(&screen);
    grid_release(&g);
}

static void clicks_answer_as_letters_do(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "associate", 80, 24);
    click(&s, "李白", 0);
    click(&s, "《静夜思》", 2);
    check_answer(&s, "RESPONSE=libai jingyesi");
    sample_release(&s);
    sample_init_one(&s, "match", 80, 24);
    click(&s, "Ctrl+V   [ ]     [ ]", 18);
    check_answer(&s, "RESPONSE=v copy");
    click(&s, "[X]", 1);
    check_answer(&s, "");
    sample_release(&s);
    sample_init_one(&s, "gap-match", 80, 24);
    click(&s, "[2 ____]", 4);
    click(&s, "D 内存", 3);
    check_answer(&s, "RESPONSE=ram G2");
    sample_release(&s);
    sample_init_one(&s, "inline", 80, 24);
    click(&s, "[2 ____]", 1);
    click(&s, "B 1024", 0);
    check_answer(&s, "R2=n1024");
    sample_release(&s);
    sample_init_one(&s, "hottext", 80, 24);
    click(&s, "家庭电话", 0);
    check_answer(&s, "RESPONSE=phone");
    sample_release(&s);
    sample_init_one(&s, "order", 80, 24);
    click(&s, "单击选中文件", 0);
    click(&s, "Ctrl+C", 0);
    check_answer(&s, "RESPONSE=select,copy");
    sample_release(&s);
    sample_init_one(&s, "slider", 80, 24);
    click(&s, "0 |-----", 42);
    check_answer(&s, "RESPONSE=100");
    sample_release(&s);
}

static void a_click_in_an_essay_puts_the_cursor_there(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "extended", 80, 24);
    sample_press(&s, "\"一二三\" Enter \"四五六\"");
    click(&s, "二三", 0);
    sample_type(&s, "x");
    check_answer(&s, "RESPONSE=一x二三\n四五六");
    click(&s, "五六", 2);
    sample_type(&s, "y");
    check_answer(&s, "RESPONSE=一x二三\n四五y六");
    sample_release(&s);
}

/* ---- journals ---- */

static void restore(const char *item, const char *identifier, const char *const *value, size_t n, const char *wanted)
{
    struct sample s;
    sample_init_one(&s, item, 80, 24);
    struct response r = {.identifier = identifier, .value = (const char **)(uintptr_t)value, .n = n};
    struct response_set set = {.response = &r, .n = 1};
    question_restore(shown(&s), &set);
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
        struct response_set set = question_response(shown(&one), a), read = {0};
        struct bytes stored = {0};
        struct err e = {0};
        response_encode(&set, &stored);
        assert_done(response_decode(&read, a, bytes_span(&stored), &e), e);
        question_restore(shown(&other), &read);
        char *wanted = answer_of(shown(&one));
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
        assert_true(question_answered(shown(&s)));
        assert_int_equal(question_complete(shown(&s)), cases[i].complete);
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
            assert_true(s.m.focus < question_places(shown(&s)));
            for (size_t p = 0; p < shown(&s)->n_parts; p++)
                check_limits(&shown(&s)->part[p]);
            grid_release(&g);
        }
        struct arena *a = arena_new();
        struct response_set set = question_response(shown(&s), a);
        question_restore(shown(&again), &set);
        char *wanted = answer_of(shown(&s));
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
        cmocka_unit_test(an_essay_has_lines),
        cmocka_unit_test(several_texts_are_several_values),
        cmocka_unit_test(an_essay_stays_within_its_bound_and_says_so),
        cmocka_unit_test(a_pasted_text_is_seen_as_if_it_were_typed),
        cmocka_unit_test(a_full_text_is_not_laid_out_for_each_further_character),
        cmocka_unit_test(a_key_that_came_with_a_pasted_text_finds_it_on_the_screen),
        cmocka_unit_test(what_is_written_is_saved_after_a_pause),
        cmocka_unit_test(the_cursor_keeps_its_column_over_wrapped_lines),
        cmocka_unit_test(a_file_is_typed_or_chosen_from_the_folder),
        cmocka_unit_test(a_folder_offers_its_plain_files_by_name),
        cmocka_unit_test(clicks_answer_as_letters_do),
        cmocka_unit_test(a_click_in_an_essay_puts_the_cursor_there),
        cmocka_unit_test(what_the_journal_has_comes_back_as_it_was),
        cmocka_unit_test(what_does_not_belong_to_the_item_is_ignored),
        cmocka_unit_test(what_lacks_a_part_is_incomplete),
        cmocka_unit_test(random_events_never_break_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
