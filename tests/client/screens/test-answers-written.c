/* SPDX-License-Identifier: Apache-2.0 */
/* What is written: essays, pasted texts, files from the folder. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/folder.h"
#include "tests/check.h"
#include "tests/client/screens/answers.h"

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
    struct editor *e = &sample_question(&s)->part[0].editor[0];
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
        press_with_more(s, i % 50 == 49 ? key_of(K_ENTER) : key_char(0x4E00 + (uint32_t)i),
                        at_once && i + 1 < characters);
}

static void a_pasted_text_is_seen_as_if_it_were_typed(void **state)
{
    (void)state;
    struct sample typed, pasted;
    sample_init_one(&typed, "extended", 80, 24);
    sample_init_one(&pasted, "extended", 80, 24);
    paste(&typed, 1500, false);
    paste(&pasted, 1500, true);
    assert_string_equal(sample_question(&typed)->part[0].editor[0].text,
                        sample_question(&pasted)->part[0].editor[0].text);
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
    struct editor *e = &sample_question(&s)->part[0].editor[0];
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
    model_update(&s.m, &(struct event){.kind = EVENT_TIME, .remaining_ms = 100000000, .passed_ms = 200},
                 &out);
    assert_false(sample_has(&out, EFFECT_ANSWER));
    model_update(&s.m, &(struct event){.kind = EVENT_TIME, .remaining_ms = 100000000, .passed_ms = 200},
                 &out);
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

static void a_click_in_an_essay_puts_the_cursor_there(void **state)
{
    (void)state;
    struct sample s;
    sample_init_one(&s, "extended", 80, 24);
    sample_press(&s, "\"一二三\" Enter \"四五六\"");
    click_text(&s, "二三", 0);
    sample_type(&s, "x");
    check_answer(&s, "RESPONSE=一x二三\n四五六");
    click_text(&s, "五六", 2);
    sample_type(&s, "y");
    check_answer(&s, "RESPONSE=一x二三\n四五y六");
    sample_release(&s);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
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
        cmocka_unit_test(a_click_in_an_essay_puts_the_cursor_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
