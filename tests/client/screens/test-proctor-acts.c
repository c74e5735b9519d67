/* SPDX-License-Identifier: Apache-2.0 */
/* Every act of the proctor, from the keys to what the agent is asked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/frame.h"
#include "client/screens/proctor-run.h"
#include "tests/check.h"
#include "tests/client/fake-agent.h"
#include "tests/client/screens/proctor-room.h"

struct stage {
    struct fake_agent agent;
    struct sample_room room;
    struct proctor_desk *desk;
    struct app app;
    int64_t ms;
    char *screen;
};

static struct control_check_line lines[] = {{"420108030202", "2", "欧阳建国", false, "bring the machine"}};
static const struct control_check check = {.registered = 30, .sat = 1, .missing = 1, .line = lines, .n = 1};
static const struct control_minute minutes[] = {{1, 0, "opened", "", "st01", "by code"},
                                                {2, 0, "started", "", "", ""}};

static void settle(struct stage *s)
{
    const struct clock_reading now = {.mono_ms = s->ms += 3000};
    s->app.time(s->app.self, &now);
    s->app.perform(s->app.self, &now);
}

static const char *screen(struct stage *s)
{
    struct grid g;
    struct bytes out = {0};
    grid_init(&g, 80, 24);
    s->app.draw(s->app.self, &g);
    grid_dump(&g, &out);
    grid_release(&g);
    free(s->screen);
    return s->screen = (char *)out.p;
}

static void open_desk(struct stage *s)
{
    s->agent.room = &s->room.room;
    s->agent.check = &check;
    s->agent.minute = minutes;
    s->agent.n_minutes = 2;
    fake_agent_open(&s->agent);
    s->desk = proctor_desk_new(&(struct proctor_opening){.home = s->agent.home, .code = "C9CR-NEZB-KMS2-4"});
    s->app = proctor_desk_app(s->desk);
    s->app.resize(s->app.self, 80, 24, true);
    settle(s);
}

static struct stage *running(void)
{
    struct stage *s = calloc(1, sizeof *s);
    sample_room(&s->room, 30, true);
    sample_troubles(&s->room);
    s->room.station[4].disk = CONTROL_DISK_FINE;
    s->room.candidate[4].kept = CONTROL_BOTH;
    open_desk(s);
    return s;
}

static void leave(struct stage *s)
{
    proctor_desk_free(s->desk);
    fake_agent_close(&s->agent);
    free(s->screen);
    free(s);
}

/* Keys by name, parted by blanks; "text" in quotes is typed. */
static void keys(struct stage *s, const char *names)
{
    char *copy = strdup(names), *rest = copy;
    for (char *name; (name = strsep(&rest, " "));) {
        struct key k;
        int times = 1;
        char *star = strlen(name) > 1 ? strchr(name, '*') : NULL;
        if (star) {
            times = (int)strtol(star + 1, NULL, 10);
            *star = '\0';
        }
        assert_true(key_parse(name, &k));
        for (int i = 0; i < times; i++) {
            s->app.key(s->app.self, k);
            settle(s);
        }
    }
    free(copy);
}

static void asked(struct stage *s, enum message_type type, const char *ticket, int64_t value,
                  const char *text)
{
    if (s->agent.acts != 1)
        fail_msg("%d acts on\n%s", s->agent.acts, screen(s));
    assert_int_equal(s->agent.type, type);
    assert_string_equal(s->agent.ticket, ticket);
    assert_int_equal(s->agent.value, value);
    assert_string_equal(s->agent.text, text);
    s->agent.acts = 0;
}

static void shows(struct stage *s, const char *text)
{
    if (!strstr(screen(s), text))
        fail_msg("no \"%s\" on\n%s", text, s->screen);
}

#define SEAT_17 "Home Right*16 "
#define T17 "420108030217"

static void extra_time_for_one_and_for_all(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, SEAT_17 "F3 Enter Enter Enter Right");
    assert_int_equal(s->agent.acts, 0);
    keys(s, "Enter");
    asked(s, MESSAGE_EXTRA_TIME, T17, 300, "machine failed and was started again");
    shows(s, "The extra time is granted.");
    keys(s, "F3 Down Enter 1 2 Enter n o i s e Enter Right Enter");
    asked(s, MESSAGE_EXTRA_TIME, CONTROL_ALL, 720, "noise");
    leave(s);
}

static void a_pause_for_all_and_going_on(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, "F2 Enter Enter Enter Right Enter");
    asked(s, MESSAGE_PAUSE, CONTROL_ALL, 1, "fire alarm");
    keys(s, "F2 Down Enter Enter Enter Right Enter");
    asked(s, MESSAGE_PAUSE, CONTROL_ALL, 0, "the alarm is over");
    leave(s);
}

static void when_all_are_paused_f2_lets_them_go_on(void **state)
{
    (void)state;
    struct stage *s = running();
    for (size_t i = 0; i < 30; i++)
        if (s->room.candidate[i].state == SITTING_ANSWERING)
            s->room.candidate[i].state = SITTING_PAUSED;
    settle(s);
    keys(s, "F2 Enter Enter Right Enter");
    asked(s, MESSAGE_PAUSE, CONTROL_ALL, 0, "the alarm is over");
    leave(s);
}

static void another_machine(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, SEAT_17 "F4 Enter Enter Right Enter");
    asked(s, MESSAGE_RESEAT, T17, 0, "st31\nmachine does not start any more");
    keys(s, "F4 Down Enter Enter Right Enter");
    asked(s, MESSAGE_RESEAT, T17, 0, "\nmachine does not start any more");
    leave(s);
}

static void absent_late_and_present_again(void **state)
{
    (void)state;
    struct stage *s = running();
    s->room.candidate[16].state = SITTING_NEW;
    settle(s);
    keys(s, SEAT_17 "F5 Enter Right Enter");
    asked(s, MESSAGE_ABSENT, T17, CONTROL_ABSENT, "");
    keys(s, "F5 Down Enter Right Enter");
    asked(s, MESSAGE_ABSENT, T17, CONTROL_LATE, "");
    s->room.candidate[16].absent = true;
    settle(s);
    keys(s, "F5 Down Enter Right Enter");
    asked(s, MESSAGE_ABSENT, T17, CONTROL_PRESENT, "");
    leave(s);
}

static void all_who_have_not_come_are_absent_in_one_act(void **state)
{
    (void)state;
    struct stage *s = calloc(1, sizeof *s);
    sample_room(&s->room, 30, true);
    sample_open(&s->room);
    open_desk(s);
    keys(s, "F5 Down*9 Enter");
    shows(s, "not here, marked absent now  9");
    keys(s, "Enter");
    assert_int_equal(s->agent.acts, 0);
    keys(s, "F5 Down*9 Enter Right Enter");
    asked(s, MESSAGE_ABSENT, CONTROL_ALL, CONTROL_ABSENT, "");
    shows(s, "All who have not come are marked as absent.");
    for (size_t i = 0; i < 30; i++)
        s->room.candidate[i].absent = !s->room.candidate[i].connected;
    settle(s);
    keys(s, "F8 Enter");
    s->agent.acts = 0;
    keys(s, "F5");
    shows(s, "Everybody has come, or is marked as absent.");
    leave(s);
}

static void from_the_check_it_is_checked_again(void **state)
{
    (void)state;
    struct stage *s = calloc(1, sizeof *s);
    sample_room(&s->room, 30, true);
    sample_open(&s->room);
    open_desk(s);
    keys(s, "F8 Enter");
    s->agent.acts = 0;
    keys(s, "F5 Escape");
    shows(s, "MISSING 1");
    keys(s, "F5 Right Enter");
    assert_int_equal(s->agent.acts, 2);
    assert_int_equal(s->agent.type, MESSAGE_CHECK);
    shows(s, "MISSING 1");
    leave(s);
}

static void violation_cheating_and_taking_it_back(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, SEAT_17 "F5 Down Enter Down*3 Enter Enter Right Enter");
    asked(s, MESSAGE_VIOLATION, T17, CONTROL_VIOLATION, "5.4\nseen by the proctor");
    keys(s, "F5 Down*2 Enter Down*3 Enter p h o n e Enter Right Enter");
    asked(s, MESSAGE_VIOLATION, T17, CONTROL_CHEATING, "6.4\nphone");
    s->room.candidate[16].breach = CONTROL_CHEATING;
    settle(s);
    keys(s, "F5 Down*3 Enter Enter Right Enter");
    asked(s, MESSAGE_VIOLATION, T17, CONTROL_NO_BREACH, "\nmarked by mistake");
    leave(s);
}

static void incidents_and_messages_go_at_once(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, SEAT_17 "F6 Enter Enter Down Enter");
    asked(s, MESSAGE_INCIDENT, T17, 0, "power cut");
    keys(s, "F6 Enter Down Enter Enter");
    asked(s, MESSAGE_INCIDENT, "", 0, "machine failed");
    keys(s, "F7 Enter Enter");
    asked(s, MESSAGE_TELL, T17, 0, "Fifteen minutes are left.");
    keys(s, "F7 Down Enter Down Enter");
    asked(s, MESSAGE_TELL, CONTROL_ALL, 0, "Please be quiet.");
    leave(s);
}

static void a_one_time_code_is_shown_large_and_forgotten(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, SEAT_17 "F6 Down Enter Enter");
    asked(s, MESSAGE_RESUME_CODE, T17, 0, "machine was started again");
    shows(s, "7K2M-QX94");
    shows(s, "#####");
    keys(s, "Enter");
    assert_null(strstr(screen(s), "7K2M"));
    leave(s);
}

static void force_end_and_end_from_the_copy(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, SEAT_17 "F8 Down Enter Enter Right Enter");
    asked(s, MESSAGE_FORCE_END, T17, 0, "the candidate gives up");
    keys(s, "F8 Down*2 Enter Enter Right Enter");
    asked(s, MESSAGE_FINISH, T17, 0, "the machine is lost; the room has the answers");
    leave(s);
}

static void stations_are_admitted_and_sent_away(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, "F9 Enter End Enter Enter");
    asked(s, MESSAGE_ADMIT, "st32", 1, "");
    keys(s, "Enter Down Enter");
    asked(s, MESSAGE_ADMIT, CONTROL_ALL, 1, "");
    keys(s, "Up Enter Down Enter Right Enter");
    asked(s, MESSAGE_ADMIT, "st31", 0, "");
    leave(s);
}

static void the_check_says_what_is_missing_and_leads_to_the_seat(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, "F8 Enter");
    asked(s, MESSAGE_CHECK, "", 0, "");
    shows(s, "MISSING 1");
    shows(s, "bring the machine");
    keys(s, "Enter");
    shows(s, ">2 ");
    leave(s);
}

static void the_minutes_are_listed(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, "F9 Down Enter");
    shows(s, "exam started");
    leave(s);
}

static void closing_asks_once(void **state)
{
    (void)state;
    struct stage *s = running();
    keys(s, "F8 Down*5 Enter Enter");
    assert_int_equal(s->agent.acts, 0);
    keys(s, "F8 Down*5 Enter Right Enter");
    asked(s, MESSAGE_CLOSE_ROOM, "", 0, "");
    shows(s, "The room is closed.");
    leave(s);
}

/* Programs of one's own in the place of kaochang-room and lp. */
static char *fake_program(const char *folder, const char *name, const char *script)
{
    char *path = mem_printf("%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s\n", script);
    fclose(f);
    assert_int_equal(chmod(path, 0755), 0);
    return path;
}

static void after_closing_the_record_is_drawn_up_and_printed(void **state)
{
    (void)state;
    struct stage *s = running();
    char folder[] = "/tmp/proctor-XXXXXX", *before = strdup(getenv("PATH"));
    assert_non_null(mkdtemp(folder));
    char *room =
        fake_program(folder, "kaochang-room", "echo 'kaochang-room record: am1: no room' >&2; exit 3");
    char *path = mem_printf("%s:%s", folder, before), *said = mem_printf("%s/said", folder);
    char *lp = fake_program(folder, "lp", "echo \"$@\" >\"$(dirname \"$0\")/said\"");
    setenv("PATH", path, 1);
    leave(s);
    s = running();
    keys(s, "F8 Down*5 Enter Right Enter Enter Enter");
    shows(s, "   am1: no room");
    free(fake_program(folder, "kaochang-room", "test \"$1 $4 $5 $6\" = 'record --session am1 -o'\n"));
    keys(s, "Enter");
    shows(s, "/sessions/am1/record.pdf");
    shows(s, "F3 print it");
    keys(s, "Enter");
    assert_false(s->app.done(s->app.self));
    keys(s, "F3");
    shows(s, "on its way to the printer");
    assert_int_equal(access(said, R_OK), 0);
    keys(s, "F10");
    assert_true(s->app.done(s->app.self));
    leave(s);
    setenv("PATH", before, 1);
    unlink(room), unlink(lp), unlink(said), rmdir(folder);
    free(room), free(lp), free(said), free(path), free(before);
}

static void clearing_out_when_nobody_answers_any_more(void **state)
{
    (void)state;
    struct stage *s = running();
    for (size_t i = 0; i < 30; i++)
        s->room.candidate[i].state = SITTING_HANDED_IN;
    settle(s);
    keys(s, "F8 Down*2 Enter Enter");
    assert_int_equal(s->agent.acts, 0);
    keys(s, "F8 Down*2 Enter Right Enter");
    asked(s, MESSAGE_CLEAR, "", 0, "");
    leave(s);
}

static void the_exam_begins_with_f2(void **state)
{
    (void)state;
    struct stage *s = calloc(1, sizeof *s);
    sample_room(&s->room, 30, true);
    sample_open(&s->room);
    open_desk(s);
    keys(s, "F2 Enter");
    assert_int_equal(s->agent.acts, 0);
    keys(s, "F2 Right Enter");
    asked(s, MESSAGE_START_ROOM, "", 0, "");
    leave(s);
}

static void the_preselected_step_of_a_trouble_is_one_key_away(void **state)
{
    (void)state;
    struct stage *s = running();
    shows(s, "two machines wrote this sitting");
    keys(s, "Tab Enter Enter Enter Right Enter");
    asked(s, MESSAGE_RESEAT, "420108030206", 0, "st31\nmachine does not start any more");
    leave(s);
}

static void a_refusal_is_shown_and_nothing_is_lost(void **state)
{
    (void)state;
    struct stage *s = running();
    s->agent.refusal = "this service is not in this room yet";
    keys(s, SEAT_17 "F3 Enter Enter Enter Right Enter");
    shows(s, "this service is not in this room yet");
    s->agent.refusal = NULL;
    s->agent.acts = 0;
    keys(s, "Enter");
    asked(s, MESSAGE_EXTRA_TIME, T17, 300, "machine failed and was started again");
    leave(s);
}

static void a_station_that_waits_says_so_before_the_code(void **state)
{
    (void)state;
    struct stage *s = calloc(1, sizeof *s);
    sample_room(&s->room, 12, false);
    s->agent.locked = true;
    s->agent.room = &s->room.room;
    fake_agent_open(&s->agent);
    s->desk = proctor_desk_new(&(struct proctor_opening){.home = s->agent.home});
    s->app = proctor_desk_app(s->desk);
    shows(s, "This machine waits for the room.");
    leave(s);
}

static void in_a_lab_session_the_words_are_of_raters(void **state)
{
    (void)state;
    struct stage *s = running();
    s->room.room.lab = true;
    settle(s);
    keys(s, SEAT_17 "F8");
    shows(s, "end this rater's work");
    keys(s, "Down Enter Enter");
    shows(s, "All saved ratings count.");
    assert_null(strstr(screen(s), "candidate"));
    keys(s, "Right Enter");
    asked(s, MESSAGE_FORCE_END, T17, 0, "the rater is called away for good");
    shows(s, "The work of this rater is ended.");
    leave(s);
}

static void in_a_lab_session_there_is_no_exam_time_to_extend(void **state)
{
    (void)state;
    struct stage *s = running();
    s->room.room.lab = true;
    settle(s);
    keys(s, "Home Right*16");
    assert_null(strstr(screen(s), "F3"));
    keys(s, "F3");
    assert_int_equal(s->agent.acts, 0);
    shows(s, "Raters have no exam time.");
    keys(s, "Enter");
    assert_null(strstr(screen(s), "extra time"));
    leave(s);
}

static void in_a_lab_session_the_states_are_of_raters(void **state)
{
    (void)state;
    struct stage *s = running();
    s->room.room.lab = true;
    for (size_t i = 0; i < s->room.room.n; i++)
        s->room.candidate[i].form = "rating";
    settle(s);
    keys(s, "Home Right*16");
    shows(s, "rating  rated");
    assert_null(strstr(screen(s), "work"));
    s->room.candidate[16].kept = CONTROL_AT_RISK;
    settle(s);
    shows(s, "ratings in danger");
    assert_null(strstr(screen(s), "answers"));
    s->room.candidate[16].kept = CONTROL_BOTH;
    s->room.candidate[16].state = SITTING_HANDED_IN;
    s->room.candidate[16].sealed = true;
    settle(s);
    shows(s, "has finished rating");
    leave(s);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extra_time_for_one_and_for_all),
        cmocka_unit_test(a_pause_for_all_and_going_on),
        cmocka_unit_test(when_all_are_paused_f2_lets_them_go_on),
        cmocka_unit_test(another_machine),
        cmocka_unit_test(absent_late_and_present_again),
        cmocka_unit_test(all_who_have_not_come_are_absent_in_one_act),
        cmocka_unit_test(from_the_check_it_is_checked_again),
        cmocka_unit_test(violation_cheating_and_taking_it_back),
        cmocka_unit_test(incidents_and_messages_go_at_once),
        cmocka_unit_test(a_one_time_code_is_shown_large_and_forgotten),
        cmocka_unit_test(force_end_and_end_from_the_copy),
        cmocka_unit_test(stations_are_admitted_and_sent_away),
        cmocka_unit_test(the_check_says_what_is_missing_and_leads_to_the_seat),
        cmocka_unit_test(the_minutes_are_listed),
        cmocka_unit_test(closing_asks_once),
        cmocka_unit_test(after_closing_the_record_is_drawn_up_and_printed),
        cmocka_unit_test(clearing_out_when_nobody_answers_any_more),
        cmocka_unit_test(the_exam_begins_with_f2),
        cmocka_unit_test(the_preselected_step_of_a_trouble_is_one_key_away),
        cmocka_unit_test(in_a_lab_session_the_words_are_of_raters),
        cmocka_unit_test(in_a_lab_session_there_is_no_exam_time_to_extend),
        cmocka_unit_test(in_a_lab_session_the_states_are_of_raters),
        cmocka_unit_test(a_refusal_is_shown_and_nothing_is_lost),
        cmocka_unit_test(a_station_that_waits_says_so_before_the_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
