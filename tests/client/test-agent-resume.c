/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/agent-steps.h"

#include "base/file.h"
#include "client/agent/resume-code.h"

static const struct agent_start with_codes = {.resume_codes = true};

static int signs_in_with(struct fixture *f, struct link *l, const char *shown, struct link_candidate *who,
                         struct err *e)
{
    return link_sign_in(l, "T001", shown, f->a, who, e);
}

/* T001 has begun and its program is gone; its token. */
static const char *interrupted(struct fixture *f)
{
    struct err e;
    struct link_candidate who;
    struct link *l = connects(f);
    assert_done(signs_in_with(f, l, "", &who, &e), e);
    assert_int_equal(strlen(who.token), 32);
    struct sitting *s = sits(f, l, "T001");
    answers(f, s, 0, "A");
    assert_done(signs_in_with(f, l, who.token, &who, &e), e);
    sitting_close(s);
    link_close(l);
    return who.token[0] ? arena_strdup(f->a, who.token) : NULL;
}

static void a_program_that_is_started_again_needs_no_code(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate who;
    unlocks(f, with_codes);
    const char *token = interrupted(f);
    struct link *l = connects(f);
    assert_done(signs_in_with(f, l, token, &who, &e), e);
    assert_string_equal(who.token, token);
    assert_int_equal(who.state, SITTING_ANSWERING);
    link_close(l);
}

static void another_program_needs_a_code_that_works_once(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate who;
    const char *code = "", *other = "";
    unlocks(f, with_codes);
    interrupted(f);
    struct link *l = connects(f);
    assert_int_equal(signs_in_with(f, l, "", &who, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_RESUME_CODE);
    assert_int_equal(signs_in_with(f, l, "00000000000000000000000000000000", &who, &e), -ERR_NO);
    struct control *c = proctor(f);
    assert_done(control_resume_code(c, "T001", "the machine was changed", f->a, &code, &e), e);
    assert_int_equal(strlen(code), 9);
    assert_int_equal(code[4], '-');
    assert_done(control_resume_code(c, "T001", "the machine was changed", f->a, &other, &e), e);
    assert_string_not_equal(code, other); /* the counter */
    char wrong[10];
    memcpy(wrong, code, sizeof wrong);
    wrong[0] = wrong[0] == '0' ? '1' : '0';
    assert_int_equal(signs_in_with(f, l, wrong, &who, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_RESUME_CODE);
    assert_non_null(strstr(e.what, "mistyped"));
    assert_done(signs_in_with(f, l, code, &who, &e), e);
    link_close(l);
    l = connects(f);
    assert_int_equal(signs_in_with(f, l, code, &who, &e), -ERR_NO);
    assert_non_null(strstr(e.what, "used"));
    link_close(l);
    assert_int_equal(noted(f, c, "resume-code", "T001", NULL), 2);
    assert_int_equal(noted(f, c, "wrong-resume-code", "T001", NULL), 1);
    control_close(c);
}

static void after_the_agent_was_started_anew_the_old_program_needs_a_code_too(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate who;
    const char *code = "", *used = "";
    unlocks(f, with_codes);
    const char *token = interrupted(f);
    struct control *c = proctor(f);
    struct link *l = connects(f);
    assert_done(control_resume_code(c, "T001", "first", f->a, &used, &e), e);
    assert_done(signs_in_with(f, l, used, &who, &e), e);
    assert_done(control_resume_code(c, "T001", "second", f->a, &code, &e), e);
    control_close(c);
    link_close(l);
    hall_kill_agent(&f->hall);
    unlocks(f, with_codes);
    l = connects(f);
    assert_int_equal(signs_in_with(f, l, token, &who, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_RESUME_CODE);
    assert_int_equal(signs_in_with(f, l, used, &who, &e), -ERR_NO); /* used before the restart */
    assert_done(signs_in_with(f, l, code, &who, &e), e);
    assert_int_equal(who.state, SITTING_ANSWERING);
    link_close(l);
}

static void guessing_codes_takes_time(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate who;
    char guess[SHORT_CODE_SHOWN];
    const char *code = "";
    unlocks(f, with_codes);
    interrupted(f);
    struct link *l = connects(f);
    for (uint8_t i = 0; i < 3; i++) {
        const uint8_t bits[5] = {i, 7, 7, 7, 0};
        assert_int_equal(signs_in_with(f, l, short_code_show(bits, guess), &who, &e), -ERR_NO);
    }
    struct control *c = proctor(f);
    assert_done(control_resume_code(c, "T001", "typed badly", f->a, &code, &e), e);
    assert_int_equal(signs_in_with(f, l, code, &who, &e), -ERR_NO);
    assert_non_null(strstr(e.what, "too soon"));
    control_close(c);
    link_close(l);
}

static void without_codes_asked_for_whoever_has_the_ticket_goes_on(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate who;
    const char *code = "";
    hall_unlock(&f->hall);
    interrupted(f);
    struct link *l = connects(f);
    assert_done(signs_in_with(f, l, "", &who, &e), e);
    struct control *c = proctor(f);
    assert_int_equal(control_resume_code(c, "T002", "has not begun", f->a, &code, &e), -ERR_NO);
    assert_refused(control_resume_code(c, "T001", "", f->a, &code, &e), ERR_USAGE, "reason", e);
    control_close(c);
    link_close(l);
}

static void a_code_is_bound_to_everything_that_it_is_for(void **state)
{
    struct err e;
    struct roster_room room = {.has_secret = true, .secret = {1, 2, 3}},
                       other = {.has_secret = true, .secret = {1, 2, 4}};
    const struct resume_code c = {.seat = 7, .ticket = "T007", .epoch = 1, .counter = 1, .reason = "power"};
    const struct resume_code not_it[] = {
        {.seat = 8, .ticket = "T007", .epoch = 1, .counter = 1, .reason = "power"},
        {.seat = 7, .ticket = "T008", .epoch = 1, .counter = 1, .reason = "power"},
        {.seat = 7, .ticket = "T007", .epoch = 2, .counter = 1, .reason = "power"},
        {.seat = 7, .ticket = "T007", .epoch = 1, .counter = 2, .reason = "power"},
        {.seat = 7, .ticket = "T007", .epoch = 1, .counter = 1, .reason = "powers"}};
    char code[SHORT_CODE_SHOWN], again[SHORT_CODE_SHOWN];
    (void)state;
    assert_done(resume_code_make(&c, &room, code, &e), e);
    assert_string_equal(code, "T34J-SWJG"); /* the format: a change here changes every printed code */
    for (size_t i = 0; i < sizeof not_it / sizeof *not_it; i++) {
        assert_done(resume_code_make(&not_it[i], &room, again, &e), e);
        assert_string_not_equal(again, code);
    }
    assert_done(resume_code_make(&c, &other, again, &e), e);
    assert_string_not_equal(again, code);
    room.has_secret = false;
    assert_int_equal(resume_code_make(&c, &room, again, &e), -ERR_ENV);
}

static void a_short_code_is_read_as_it_was_meant(void **state)
{
    struct err e;
    const uint8_t bits[5] = {0x12, 0x34, 0x56, 0x78, 0x9A};
    char shown[SHORT_CODE_SHOWN], read[SHORT_CODE_SHOWN], typed[40];
    (void)state;
    short_code_show(bits, shown);
    snprintf(typed, sizeof typed, " %.4s %s", shown, shown + 5);
    for (char *p = typed; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 32);
    assert_done(short_code_read(typed, read, &e), e);
    assert_string_equal(read, shown);
    for (int i = 0; i < 9; i++) {
        char bad[SHORT_CODE_SHOWN];
        memcpy(bad, shown, sizeof bad);
        if (bad[i] == '-')
            continue;
        bad[i] = bad[i] == '7' ? '8' : '7';
        assert_int_equal(short_code_read(bad, read, &e), -ERR_DATA);
    }
    assert_refused(short_code_read("1234-567", read, &e), ERR_DATA, "too short", e);
    assert_refused(short_code_read("1234-5678-9", read, &e), ERR_DATA, "too long", e);
    assert_int_equal(short_code_read("", read, &e), -ERR_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_program_that_is_started_again_needs_no_code, begin),
        cmocka_unit_test_setup(another_program_needs_a_code_that_works_once, begin),
        cmocka_unit_test_setup(after_the_agent_was_started_anew_the_old_program_needs_a_code_too, begin),
        cmocka_unit_test_setup(guessing_codes_takes_time, begin),
        cmocka_unit_test_setup(without_codes_asked_for_whoever_has_the_ticket_goes_on, begin),
        cmocka_unit_test(a_code_is_bound_to_everything_that_it_is_for),
        cmocka_unit_test(a_short_code_is_read_as_it_was_meant),
    };
    return cmocka_run_group_tests_name("agent-resume", tests, begin_all, end_all);
}
