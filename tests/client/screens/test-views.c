/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "tests/check.h"
#include "tests/client/screens/golden.h"
#include "tests/client/screens/sample.h"

static const struct {
    int width, height;
} sizes[] = {{80, 24}, {120, 40}, {132, 43}};

/* ---- the states that are looked at ---- */

static void waiting(struct sample *s)
{
    s->m.screen = SCREEN_WAITING;
    s->m.title[0] = '\0';
}

static void sign_in(struct sample *s)
{
    waiting(s);
    s->m.screen = SCREEN_SIGN_IN;
    sample_type(s, "420108030217");
}

static void sign_in_refused(struct sample *s)
{
    sign_in(s);
    struct effects out = {0};
    model_update(&s->m,
                 &(struct event){.kind = EVENT_REFUSED,
                                 .text = _("This ticket number is not on the list of this room. Check the "
                                           "number on the ticket, or raise your hand.")},
                 &out);
}

static void check(struct sample *s)
{
    s->m.screen = SCREEN_CHECK;
}

static void check_again(struct sample *s)
{
    check(s);
    s->m.person.resumes = s->m.person.clock_wrong = true;
    s->m.button = BUTTON_BACK;
}

static void not_me(struct sample *s)
{
    s->m.screen = SCREEN_NOT_ME;
}

static void rules(struct sample *s)
{
    s->m.screen = SCREEN_RULES;
}

static void rules_pledged(struct sample *s)
{
    rules(s);
    s->m.pledged = true;
}

static void choosing(struct sample *s)
{
    sample_in_the_middle(s);
    struct effects out = {0};
    model_go_to(&s->m, 15, &out);
    sample_key(s, K_DOWN);
}

static void choosing_several(struct sample *s)
{
    sample_in_the_middle(s);
    sample_char(s, 'a');
    sample_char(s, 'c');
    s->m.save = SAVE_RUNNING;
}

static void long_item(struct sample *s)
{
    sample_in_the_middle(s);
    sample_key(s, K_RIGHT);
    sample_key(s, K_RIGHT);
}

static void long_item_end(struct sample *s)
{
    long_item(s);
    for (int i = 0; i < 40; i++)
        sample_key(s, K_DOWN);
}

static void typing(struct sample *s)
{
    long_item(s);
    sample_key(s, K_RIGHT);
    sample_type(s, "复制文件");
    sample_key(s, K_LEFT);
}

static void disk_full(struct sample *s)
{
    choosing_several(s);
    sample_send(s, (struct event){.kind = EVENT_NOT_SAVED, .item = 16, .on = true});
}

static void disk_read_only(struct sample *s)
{
    choosing_several(s);
    sample_send(s, (struct event){.kind = EVENT_NOT_SAVED, .item = 16});
}

/* ---- with a room ---- */

static void room_has(struct sample *s, enum room_copy copy)
{
    choosing(s);
    sample_send(s, (struct event){.kind = EVENT_COPY, .copy = copy});
}

static void room_done(struct sample *s)
{
    room_has(s, COPY_DONE);
}

static void room_running(struct sample *s)
{
    room_has(s, COPY_RUNNING);
}

static void room_away(struct sample *s)
{
    room_has(s, COPY_AWAY);
}

static void disk_fails_room(struct sample *s, enum room_copy copy, bool full)
{
    choosing_several(s);
    sample_send(s, (struct event){.kind = EVENT_COPY, .copy = copy});
    sample_send(s, (struct event){.kind = EVENT_NOT_SAVED, .item = 16, .on = full});
}

static void disk_full_room_done(struct sample *s)
{
    disk_fails_room(s, COPY_DONE, true);
}

static void disk_full_room_running(struct sample *s)
{
    disk_fails_room(s, COPY_RUNNING, true);
}

static void disk_full_room_away(struct sample *s)
{
    disk_fails_room(s, COPY_AWAY, true);
}

static void disk_gone_room_done(struct sample *s)
{
    disk_fails_room(s, COPY_DONE, false);
}

static void disk_gone_room_running(struct sample *s)
{
    disk_fails_room(s, COPY_RUNNING, false);
}

static void disk_gone_room_away(struct sample *s)
{
    disk_fails_room(s, COPY_AWAY, false);
}

static void waiting_for_room(struct sample *s)
{
    sign_in(s);
    sample_send(s, (struct event){.kind = EVENT_NOT_OPEN});
}

static void rules_held(struct sample *s)
{
    rules_pledged(s);
    s->m.held = true;
}

static void held(struct sample *s)
{
    rules_held(s);
    sample_key(s, K_ENTER);
}

static void code(struct sample *s)
{
    sign_in(s);
    sample_send(s, (struct event){.kind = EVENT_CODE_WANTED, .text = ""});
    sample_type(s, "7k2mo");
}

static void code_wrong(struct sample *s)
{
    code(s);
    sample_send(s, (struct event){.kind = EVENT_CODE_WANTED,
                           .text = _("This code does not fit, or was used already. Nothing is lost: ask the "
                                     "proctor for a new one.")});
}

static void code_in_exam(struct sample *s)
{
    choosing(s);
    sample_send(s, (struct event){.kind = EVENT_CODE_WANTED, .text = ""});
}

static void pause(struct sample *s)
{
    choosing(s);
    sample_send(s, (struct event){.kind = EVENT_PAUSED, .on = true});
}

static void tell(struct sample *s)
{
    sample_send(s, (struct event){.kind = EVENT_TOLD, .at = "10:20:13", .text = "第 12 题的“大于”应为“大于等于”。"});
    sample_send(s, (struct event){
                .kind = EVENT_TOLD,
                .at = "10:31:40",
                .text =
                    "窗外施工噪声已联系处理。请各位考生继续作答，注意掌握时间；如有问题请举手，不要离开座位，"
                    "也不要与其他考生交谈。\n监考员 王"});
}

static void told(struct sample *s)
{
    choosing(s);
    tell(s);
}

static void messages(struct sample *s)
{
    told(s);
    sample_key(s, K_F2);
}

static void messages_before(struct sample *s)
{
    held(s);
    tell(s);
}

static void paused_with_message(struct sample *s)
{
    pause(s);
    tell(s);
    sample_key(s, K_ENTER);
}

static void moved(struct sample *s)
{
    choosing(s);
    sample_send(s, (struct event){.kind = EVENT_MOVED});
}

static void contrast(struct sample *s)
{
    sign_in(s);
    sample_key(s, K_F8);
}

static void no_colours(struct sample *s)
{
    contrast(s);
    sample_key(s, K_F8);
}

/* ---- sections ---- */

/* At item 17, in the second section; the first is left for good. */
static void sections(struct sample *s)
{
    sample_in_the_middle(s);
    sample_sections(s);
    sample_send(s, (struct event){.kind = EVENT_SENT, .item = 16, .text = ""});
}

static void section_overview(struct sample *s)
{
    sections(s);
    sample_key(s, K_F5);
}

static void section_hand_in(struct sample *s)
{
    sections(s);
    sample_key(s, K_F9);
}

static void section_leave(struct sample *s)
{
    sections(s);
    sample_char(s, 'a');
    struct effects out = {0};
    model_go_to(&s->m, 40, &out);
}

static void section_closed(struct sample *s)
{
    sections(s);
    struct effects out = {0};
    model_go_to(&s->m, 3, &out);
}

static void section_linear(struct sample *s)
{
    sections(s);
    sample_visit(s, 40);
    sample_visit(s, 41);
    sample_send(s, (struct event){.kind = EVENT_SENT, .item = 41, .text = ""});
}

static void section_linear_leave(struct sample *s)
{
    section_linear(s);
    sample_key(s, K_RIGHT);
}

static void section_warning(struct sample *s)
{
    sections(s);
    sample_pass(s, 17 * 60000);
    sample_send(s, (struct event){.kind = EVENT_TIME, .remaining_ms = 1600000, .passed_ms = 1000});
}

/* ---- tutorial, notes, calculator ---- */

static void tutorial_rules(struct sample *s)
{
    sample_tutorial(s);
}

static void tutorial(struct sample *s)
{
    sample_tutorial(s);
    s->m.held = true;
    sample_key(s, K_ENTER);
    sample_char(s, 'b');
}

static void tutorial_typing(struct sample *s)
{
    tutorial(s);
    sample_key(s, K_RIGHT);
    sample_type(s, "江城市第三中学");
}

static void tutorial_list(struct sample *s)
{
    tutorial_typing(s);
    sample_key(s, K_PAGE_DOWN);
    sample_key(s, K_F3);
}

static void tutorial_begun(struct sample *s)
{
    tutorial_list(s);
    sample_send(s, (struct event){.kind = EVENT_BEGIN});
}

static void tutorial_overview(struct sample *s)
{
    tutorial_list(s);
    sample_key(s, K_F5);
}

static void tutorial_hand_in(struct sample *s)
{
    tutorial_list(s);
    sample_key(s, K_F9);
}

static void held_after_tutorial(struct sample *s)
{
    tutorial(s);
    sample_key(s, K_ESCAPE);
}

static void tools(struct sample *s)
{
    choosing(s);
    sample_tools(s);
}

static void notes(struct sample *s)
{
    tools(s);
    sample_key(s, K_F6);
    sample_type(s, "第 3 题：2 的 10 次方 = 1024");
    sample_key(s, K_ENTER);
    sample_type(s, "第 12 题再看一遍：题目说的是“大于等于”，所以含 60 分；把 B 和 D "
                   "各算一次，比较结果。再检查一下区域。");
}

static void notes_long(struct sample *s)
{
    notes(s);
    for (int i = 0; i < 30; i++) {
        char text[32];
        snprintf(text, sizeof text, "%d", i);
        sample_key(s, K_ENTER);
        sample_type(s, text);
    }
    long_item(s);
    tell(s);
}

static void calculator(struct sample *s)
{
    tools(s);
    sample_key(s, K_F7);
    sample_press(s, "\"0.1+0.2\" Enter \"１２×（3＋4）÷7\" Enter \"1/3\" Enter \"(2+3)*\"");
}

static void calculator_wrong(struct sample *s)
{
    disk_fails_room(s, COPY_AWAY, false);
    calculator(s);
    sample_key(s, K_ENTER);
}

static void five_minutes(struct sample *s)
{
    choosing(s);
    struct effects out = {0};
    model_update(&s->m, &(struct event){.kind = EVENT_TIME, .remaining_ms = 299000, .passed_ms = 1000}, &out);
}

static void one_minute(struct sample *s)
{
    five_minutes(s);
    sample_key(s, K_DOWN);
    sample_send(s, (struct event){.kind = EVENT_TIME, .remaining_ms = 59000, .passed_ms = 1000});
}

static void no_function_keys(struct sample *s)
{
    choosing(s);
    s->m.function_keys = false;
}

static void overview(struct sample *s)
{
    choosing(s);
    sample_key(s, K_F5);
}

static void hand_in(struct sample *s)
{
    choosing(s);
    sample_key(s, K_F9);
}

static void hand_in_complete(struct sample *s)
{
    choosing(s);
    for (size_t i = 0; i < s->work->n; i++) {
        struct question *q = &s->work->question[i];
        for (size_t k = 0; k < q->n_parts; k++)
            if (q->part[k].chosen)
                q->part[k].chosen[0] = true;
            else
                field_set(q->part[k].field, "a");
        s->work->question[i].flagged = i == 11;
    }
    sample_key(s, K_F9);
}

static void hand_in_digits(struct sample *s)
{
    hand_in(s);
    sample_key(s, K_RIGHT);
    sample_key(s, K_RIGHT);
    sample_key(s, K_ENTER);
    sample_type(s, "02");
}

static void end(struct sample *s, enum ending ending)
{
    choosing(s);
    struct effects out = {0};
    model_update(&s->m,
                 &(struct event){.kind = EVENT_ENDED,
                                 .ending = ending,
                                 .text = "7K2MXQ4T9WZ5B8CDE",
                                 .sealed = ending == ENDING_HANDED_IN},
                 &out);
}

static void handed_in(struct sample *s)
{
    end(s, ENDING_HANDED_IN);
}

static void time_up(struct sample *s)
{
    end(s, ENDING_TIME_UP);
}

static void ended_by_proctor(struct sample *s)
{
    end(s, ENDING_BY_PROCTOR);
}

static void ended_before(struct sample *s)
{
    end(s, ENDING_BEFORE);
}

static void handed_in_at_risk(struct sample *s)
{
    disk_fails_room(s, COPY_RUNNING, true);
    sample_send(s, (struct event){.kind = EVENT_ENDED, .text = "7K2MXQ4T9WZ5B8CDE"});
}

static void handed_in_room(struct sample *s)
{
    handed_in_at_risk(s);
    sample_send(s, (struct event){.kind = EVENT_COPY, .copy = COPY_DONE});
}

static void failed(struct sample *s)
{
    struct effects out = {0};
    model_update(
        &s->m,
        &(struct event){.kind = EVENT_FAILED,
                        .text = "sessions/S1/journals/420108030217.journal: epoch 1, event 12 is missing"},
        &out);
}

static const struct {
    const char *name;
    void (*state)(struct sample *);
} screens[] = {
    {"waiting", waiting},
    {"sign-in", sign_in},
    {"sign-in-refused", sign_in_refused},
    {"check", check},
    {"check-again", check_again},
    {"not-me", not_me},
    {"rules", rules},
    {"rules-pledged", rules_pledged},
    {"paper", choosing},
    {"paper-several", choosing_several},
    {"paper-long", long_item},
    {"paper-long-end", long_item_end},
    {"paper-typing", typing},
    {"disk-full", disk_full},
    {"disk-read-only", disk_read_only},
    {"room-done", room_done},
    {"room-running", room_running},
    {"room-away", room_away},
    {"disk-full-room-done", disk_full_room_done},
    {"disk-full-room-running", disk_full_room_running},
    {"disk-full-room-away", disk_full_room_away},
    {"disk-gone-room-done", disk_gone_room_done},
    {"disk-gone-room-running", disk_gone_room_running},
    {"disk-gone-room-away", disk_gone_room_away},
    {"tutorial-rules", tutorial_rules},
    {"tutorial", tutorial},
    {"tutorial-typing", tutorial_typing},
    {"tutorial-list", tutorial_list},
    {"tutorial-begun", tutorial_begun},
    {"tutorial-overview", tutorial_overview},
    {"tutorial-hand-in", tutorial_hand_in},
    {"tutorial-held", held_after_tutorial},
    {"tools", tools},
    {"notes", notes},
    {"notes-long", notes_long},
    {"calculator", calculator},
    {"calculator-wrong", calculator_wrong},
    {"waiting-room", waiting_for_room},
    {"rules-held", rules_held},
    {"held", held},
    {"code", code},
    {"code-wrong", code_wrong},
    {"code-in-exam", code_in_exam},
    {"pause", pause},
    {"pause-told", paused_with_message},
    {"told", told},
    {"messages", messages},
    {"messages-before", messages_before},
    {"moved", moved},
    {"colours-contrast", contrast},
    {"colours-none", no_colours},
    {"section", sections},
    {"section-overview", section_overview},
    {"section-hand-in", section_hand_in},
    {"section-leave", section_leave},
    {"section-closed", section_closed},
    {"section-linear", section_linear},
    {"section-linear-leave", section_linear_leave},
    {"section-warning", section_warning},
    {"five-minutes", five_minutes},
    {"one-minute", one_minute},
    {"no-function-keys", no_function_keys},
    {"overview", overview},
    {"hand-in", hand_in},
    {"hand-in-complete", hand_in_complete},
    {"hand-in-digits", hand_in_digits},
    {"handed-in", handed_in},
    {"handed-in-room", handed_in_room},
    {"handed-in-at-risk", handed_in_at_risk},
    {"time-up", time_up},
    {"ended-by-proctor", ended_by_proctor},
    {"ended-before", ended_before},
    {"error", failed},
};
enum { SCREENS = sizeof screens / sizeof *screens };

static void show(size_t i, int width, int height)
{
    struct sample s;
    int cut;
    sample_init(&s, width, height, SAMPLE_LENGTH);
    screens[i].state(&s);
    char *text = sample_text(&s, &cut);
    golden_check(screens[i].name, width, height, text);
    golden_frame(screens[i].name, width, text, cut);
    free(text);
    sample_release(&s);
}

static void every_screen_looks_as_in_its_golden_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
            show(i, sizes[k].width, sizes[k].height);
}

static void no_text_is_cut_at_any_size_from_80x24_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++)
        for (int width = 80; width <= 200; width += 7) {
            struct sample s;
            int cut, height = 24 + (width - 80) / 3;
            sample_init(&s, width, height, SAMPLE_LENGTH);
            screens[i].state(&s);
            char *text = sample_text(&s, &cut);
            golden_frame(screens[i].name, width, text, cut);
            free(text);
            sample_release(&s);
        }
}

static void alternatives_to_function_keys_fit_on_every_screen(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++) {
        struct sample s;
        int cut;
        sample_init(&s, 80, 24, SAMPLE_LENGTH);
        s.m.function_keys = false;
        screens[i].state(&s);
        s.m.function_keys = false;
        char *text = sample_text(&s, &cut);
        golden_frame(screens[i].name, 80, text, cut);
        free(text);
        sample_release(&s);
    }
}

static void a_long_name_never_pushes_anything_off_the_screen(void **state)
{
    (void)state;
    struct sample s;
    int cut;
    sample_init(&s, 80, 24, SAMPLE_LENGTH);
    choosing(&s);
    say(s.m.person.name, sizeof s.m.person.name, "阿卜杜热合曼·阿卜杜克热木·买买提吐尔逊·阿布都热西提");
    say(s.m.title, sizeof s.m.title,
        "二〇二六年下半年全省中小学教师信息技术应用能力等级考试（第二批次，含补考和缓考考生）上机考试");
    char *text = sample_text(&s, &cut);
    golden_frame("long name", 80, text, cut);
    assert_non_null(strstr(text, "420108030217"));
    free(text);
    sample_release(&s);
}

static void a_small_terminal_asks_for_a_larger_window(void **state)
{
    (void)state;
    static const int small[][2] = {{60, 15}, {79, 24}, {80, 23}, {30, 8}, {12, 3}, {1, 1}};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        struct sample s;
        sample_init(&s, small[i][0], small[i][1], SAMPLE_LENGTH);
        choosing(&s);
        char *text = sample_text(&s, NULL);
        if (i == 0)
            golden_check("small", small[i][0], small[i][1], text);
        if (i < 3)
            assert_non_null(strstr(text, "80x24"));
        free(text);
        sample_release(&s);
    }
}

static void papers_of_any_length_have_a_palette(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 9, 10, 31, 60, 99, 100, 137, 1000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct sample s;
            int cut;
            sample_init(&s, sizes[k].width, sizes[k].height, lengths[i]);
            sample_key(&s, K_END);
            char *text = sample_text(&s, &cut);
            golden_frame("palette", sizes[k].width, text, cut);
            char last[16];
            snprintf(last, sizeof last, "[%zu.]", lengths[i]);
            assert_non_null(strstr(text, last));
            free(text);
            sample_release(&s);
        }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_looks_as_in_its_golden_file),
        cmocka_unit_test(no_text_is_cut_at_any_size_from_80x24_on),
        cmocka_unit_test(alternatives_to_function_keys_fit_on_every_screen),
        cmocka_unit_test(a_long_name_never_pushes_anything_off_the_screen),
        cmocka_unit_test(a_small_terminal_asks_for_a_larger_window),
        cmocka_unit_test(papers_of_any_length_have_a_palette),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
