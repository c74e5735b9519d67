/* SPDX-License-Identifier: Apache-2.0 */
/* What the proctor sees: every screen against its golden file, in three sizes. Rules of the keys are in
 * test-proctor-keys.c. */
#include <stdlib.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "tests/check.h"
#include "tests/client/screens/golden.h"
#include "tests/client/screens/proctor-room.h"

static const struct {
    int width, height;
} sizes[] = {{80, 24}, {120, 40}, {132, 43}};

static struct proctor_effect press(struct proctor *p, enum key_code code)
{
    struct proctor_effect x;
    proctor_key(p, key_of(code), &x);
    return x;
}

static void presses(struct proctor *p, enum key_code code, int times)
{
    for (int i = 0; i < times; i++)
        press(p, code);
}

static void type(struct proctor *p, const char *text)
{
    struct proctor_effect x;
    for (; *text; text++)
        proctor_key(p, key_char((unsigned char)*text), &x);
}

/* ---- rooms ---- */

static void alone(struct sample_room *s)
{
    sample_room(s, 12, false);
}

static void alone_troubles(struct sample_room *s)
{
    sample_room(s, 12, false);
    sample_troubles(s);
}

static void thirty(struct sample_room *s)
{
    sample_room(s, 30, true);
}

static void waiting(struct sample_room *s)
{
    sample_room(s, 30, true);
    sample_open(s);
}

static void troubles(struct sample_room *s)
{
    sample_room(s, 30, true);
    sample_troubles(s);
}

static void sixty(struct sample_room *s)
{
    sample_room(s, 60, true);
    sample_troubles(s);
}

static void only_asks(struct sample_room *s)
{
    sample_room(s, 30, true);
    s->station[31].state = CONTROL_ASKS;
}

static void finished(struct sample_room *s)
{
    sample_room(s, 30, true);
    for (size_t i = 0; i < 30; i++) {
        s->candidate[i].state = SITTING_HANDED_IN;
        s->candidate[i].sealed = true;
    }
}

static void closed_room(struct sample_room *s)
{
    finished(s);
    s->room.state = ROOM_CLOSED;
}

/* ---- states ---- */

static void nothing(struct proctor *p)
{
    (void)p;
}

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

static void unlock_busy(struct proctor *p)
{
    unlock_good(p);
    press(p, K_ENTER);
}

static void unlock_refused(struct proctor *p)
{
    unlock_busy(p);
    proctor_failed(p, _("This needs a candidate who is sitting the exam."));
}

static void unlock_waits(struct proctor *p)
{
    unlock(p);
    p->waits = true;
}

static void unlock_serves(struct proctor *p)
{
    unlock(p);
    p->serves = true;
}

static void unlock_missing(struct proctor *p)
{
    unlock_serves(p);
    type(p, "c9cr nezb kms2 4");
    press(p, K_ENTER);
    proctor_failed(
        p,
        _("it is the room service: have it installed beside kaochang-client; without it, open each station with the "
          "code by itself"));
}

static void unlock_stopped(struct proctor *p)
{
    proctor_lost(p);
}

static void keys_of(struct proctor *p, size_t n, size_t needed, bool is_open)
{
    static const char *const name[] = {"张敏", "李娜", "王伟", "欧阳建国（第三考场）"};
    static char number[16][8];
    struct proctors_key list[16];
    for (size_t i = 0; i < n; i++) {
        say(number[i], sizeof number[i], "p%02zu", i + 1);
        list[i].name = n <= 4 ? name[i] : number[i];
    }
    const struct proctors who = {.list = list, .n = n, .needed = (int64_t)needed};
    proctor_wants_keys(p, &who, false, is_open);
}

static void keys(struct proctor *p)
{
    keys_of(p, 3, 2, false);
}

static void keys_one(struct proctor *p)
{
    keys(p);
    proctor_key_came(p, 1);
}

static void keys_again(struct proctor *p)
{
    keys_one(p);
    proctor_key_came(p, 1);
}

static void keys_stranger(struct proctor *p)
{
    keys_one(p);
    proctor_key_refused(
        p, "zhao-jing.identity",
        _("the key of no proctor of this session. The proctors of this session stand above."));
}

static void keys_no_key(struct proctor *p)
{
    keys(p);
    proctor_key_refused(p, "KINGSTON", _("this stick holds no key of a proctor."));
}

static void keys_missing(struct proctor *p)
{
    keys_one(p);
    press(p, K_ENTER);
}

static void keys_all(struct proctor *p)
{
    keys_one(p);
    proctor_key_came(p, 2);
}

static void keys_busy(struct proctor *p)
{
    keys_all(p);
    press(p, K_ENTER);
}

static void keys_passphrase(struct proctor *p)
{
    keys_one(p);
    proctor_key_is_locked(p, "wang-wei.identity");
    type(p, "correct horse");
}

static void keys_wrong_passphrase(struct proctor *p)
{
    keys_passphrase(p);
    press(p, K_ENTER);
    proctor_key_is_locked(p, "wang-wei.identity");
    proctor_failed(p, _("That is not the passphrase of this key. Try again."));
}

static void keys_waits(struct proctor *p)
{
    keys(p);
    p->waits = true;
}

static void keys_stopped(struct proctor *p)
{
    keys(p);
    proctor_lost(p);
}

static void keys_open(struct proctor *p)
{
    keys_of(p, 4, 2, true);
    proctor_key_came(p, 3);
}

static void keys_many(struct proctor *p)
{
    keys_of(p, 16, 2, false);
    p->keys.has_code = true;
    proctor_key_came(p, 9);
}

static void keys_many_missing(struct proctor *p)
{
    keys_many(p);
    press(p, K_ENTER);
}

static void keys_code(struct proctor *p)
{
    keys_many(p);
    press(p, K_F2);
}

static void seat_seventeen(struct proctor *p)
{
    press(p, K_HOME);
    presses(p, K_RIGHT, 16);
}

static void last_seat(struct proctor *p)
{
    press(p, K_END);
}

static void tabs(struct proctor *p, int n)
{
    press(p, K_HOME);
    presses(p, K_TAB, n);
}

static void trouble(struct proctor *p)
{
    tabs(p, 2);
}

static void silent(struct proctor *p)
{
    tabs(p, 3);
}

static void stopped(struct proctor *p)
{
    tabs(p, 4);
}

static void room_only(struct proctor *p)
{
    tabs(p, 5);
}

static void unsigned_end(struct proctor *p)
{
    tabs(p, 6);
}

static void battery(struct proctor *p)
{
    tabs(p, 8);
}

static void handed_in(struct proctor *p)
{
    press(p, K_HOME);
}

static void with_message(struct proctor *p)
{
    seat_seventeen(p);
    say(p->ask.ticket, sizeof p->ask.ticket, "%s", "420108030217");
    proctor_done(p, ACT_EXTRA);
}

static void refused(struct proctor *p)
{
    press(p, K_HOME);
    press(p, K_F4);
}

static void start(struct proctor *p)
{
    press(p, K_F2);
}

static void pause_who(struct proctor *p)
{
    press(p, K_F2);
}

static void pause_sure(struct proctor *p)
{
    press(p, K_F2);
    presses(p, K_ENTER, 2);
}

static void extra_who(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F3);
}

static void extra_minutes(struct proctor *p)
{
    extra_who(p);
    press(p, K_ENTER);
    type(p, "999");
    press(p, K_ENTER);
}

static void extra_why(struct proctor *p)
{
    extra_who(p);
    presses(p, K_ENTER, 2);
    press(p, K_DOWN);
}

static void extra_own(struct proctor *p)
{
    extra_why(p);
    type(p, "the cleaning machine was loud");
}

static void extra_sure(struct proctor *p)
{
    extra_why(p);
    press(p, K_ENTER);
}

static void reseat_where(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F4);
}

static void reseat_sure(struct proctor *p)
{
    reseat_where(p);
    presses(p, K_ENTER, 2);
}

static void marks(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F5);
}

static void violation(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F5);
    press(p, K_DOWN);
    press(p, K_ENTER);
    presses(p, K_DOWN, 3);
}

static void cheating(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F5);
    presses(p, K_DOWN, 2);
    press(p, K_ENTER);
}

static void cheating_sure(struct proctor *p)
{
    cheating(p);
    presses(p, K_DOWN, 3);
    presses(p, K_ENTER, 2);
}

static void notes(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F6);
}

static void incident(struct proctor *p)
{
    notes(p);
    presses(p, K_ENTER, 2);
}

static void tell_what(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_F7);
    press(p, K_DOWN);
    press(p, K_ENTER);
}

static void end_sure(struct proctor *p)
{
    notes(p);
    presses(p, K_DOWN, 2);
    presses(p, K_ENTER, 2);
}

static void collect(struct proctor *p)
{
    press(p, K_F8);
}

static void close_sure(struct proctor *p)
{
    press(p, K_F8);
    presses(p, K_DOWN, 9);
    press(p, K_ENTER);
}

static void clear_sure(struct proctor *p)
{
    press(p, K_F8);
    presses(p, K_DOWN, 2);
    press(p, K_ENTER);
}

static void seat_menu(struct proctor *p)
{
    seat_seventeen(p);
    press(p, K_ENTER);
}

static void code(struct proctor *p)
{
    stopped(p);
    press(p, K_ENTER);
    press(p, K_ENTER);
    proctor_code(p, "7K2M-QX94");
}

static const struct control_check_line lines[] = {
    {"420108030201", "1", "王芳", true, "60 events, signed by st01"},
    {"420108030202", "2", "欧阳建国", false,
     "begun at st02 and not here: bring the machine, or a USB copy of its journal (kaochang-client collect)"},
    {"420108030204", "4", "赵敏", true, "58 events, signed by st04"},
};

static void check_missing(struct proctor *p)
{
    proctor_checked(p, &(struct control_check){.registered = 30,
                                               .sat = 3,
                                               .absent = 27,
                                               .complete = 2,
                                               .missing = 1,
                                               .line = (struct control_check_line *)lines,
                                               .n = 3});
}

static void check_fine(struct proctor *p)
{
    proctor_checked(p, &(struct control_check){.registered = 30,
                                               .sat = 1,
                                               .absent = 29,
                                               .complete = 1,
                                               .line = (struct control_check_line *)lines,
                                               .n = 1});
}

static void stations(struct proctor *p)
{
    press(p, K_F9);
    press(p, K_ENTER);
    presses(p, K_DOWN, 5);
}

static void station_menu(struct proctor *p)
{
    stations(p);
    press(p, K_END);
    press(p, K_ENTER);
}

static struct control_minute minutes[] = {
    {1, 1795307400000, "opened", "", "st01", "the proctor's code"},
    {2, 1795307700000, "started", "", "", ""},
    {3, 1795308000000, "violation", "420108030207", "st07",
     "5.4 looked at the neighbour's screen twice, was told once"},
    {4, 1795308300000, "extra-time", "420108030206", "st06", "10 min: machine failed and was started again"},
    {5, 1795308300000, "order", "420108030206", "st06", "extra-time"},
    {6, 1795308360000, "message", "*", "room", "Please be quiet."},
    {7, 1795309000000, "closed", "", "room", "registered 40, sat 2, absent 38, forced 0"},
};

static void list_minutes(struct proctor *p)
{
    proctor_listed(p, minutes, 7);
    press(p, K_UP);
}

static void closed(struct proctor *p)
{
    struct control_closing c = {.registered = 40, .sat = 36, .absent = 4, .forced = 2};
    say(c.path, sizeof c.path, "/srv/station/sessions/am1/close.xml");
    say(c.number, sizeof c.number, "0425 0561 7953 6140 1188 0159 1571 4787");
    proctor_room_closed(p, &c);
}

static void closed_record(struct proctor *p)
{
    closed(p);
    p->can_print = true;
    press(p, K_F2);
    proctor_recorded(p, "/srv/station/sessions/am1/record.pdf");
}

static void closed_printed(struct proctor *p)
{
    closed_record(p);
    press(p, K_F3);
    proctor_done(p, ACT_PRINT);
}

static void closed_no_printer(struct proctor *p)
{
    closed_record(p);
    p->can_print = false;
}

static void closed_no_record(struct proctor *p)
{
    closed(p);
    press(p, K_ENTER);
    proctor_failed(p, _("have it installed beside kaochang-client, then try again"));
}

static void closed_stranded(struct proctor *p)
{
    closed(p);
    p->closing.stranded = 2;
}

static void closed_stranded_record(struct proctor *p)
{
    closed_record(p);
    p->closing.stranded = 2;
    say(p->closing.path, sizeof p->closing.path,
        "/srv/examinations/2026-autumn/room-302/sessions/morning-of-the-first-day/close.xml");
    say(p->record, sizeof p->record,
        "/srv/examinations/2026-autumn/room-302/sessions/morning-of-the-first-day/record.pdf");
}

static void absent_all(struct proctor *p)
{
    press(p, K_F5);
    presses(p, K_DOWN, 9);
    press(p, K_ENTER);
}

static void about(struct proctor *p)
{
    trouble(p);
    type(p, " ");
}

static void about_refused(struct proctor *p)
{
    stopped(p);
    proctor_failed(
        p,
        _("This machine waits for the room. When the room's machine is there, it opens by itself. Type the code "
          "only to open it alone."));
    type(p, " ");
}

static void about_machine(struct proctor *p)
{
    type(p, " ");
}

static const struct {
    const char *name;
    void (*room)(struct sample_room *);
    void (*state)(struct proctor *);
} screens[] = {
    {"proctor-unlock", alone, unlock},
    {"proctor-unlock-half", alone, unlock_half},
    {"proctor-unlock-good", alone, unlock_good},
    {"proctor-unlock-mistyped", alone, unlock_mistyped},
    {"proctor-unlock-busy", alone, unlock_busy},
    {"proctor-unlock-refused", alone, unlock_refused},
    {"proctor-unlock-waits", alone, unlock_waits},
    {"proctor-unlock-serves", thirty, unlock_serves},
    {"proctor-unlock-missing", thirty, unlock_missing},
    {"proctor-unlock-stopped", alone, unlock_stopped},
    {"proctor-keys", alone, keys},
    {"proctor-keys-one", alone, keys_one},
    {"proctor-keys-again", alone, keys_again},
    {"proctor-keys-stranger", alone, keys_stranger},
    {"proctor-keys-no-key", alone, keys_no_key},
    {"proctor-keys-missing", alone, keys_missing},
    {"proctor-keys-all", alone, keys_all},
    {"proctor-keys-busy", alone, keys_busy},
    {"proctor-keys-passphrase", alone, keys_passphrase},
    {"proctor-keys-wrong-passphrase", alone, keys_wrong_passphrase},
    {"proctor-keys-waits", alone, keys_waits},
    {"proctor-keys-stopped", alone, keys_stopped},
    {"proctor-keys-open", alone, keys_open},
    {"proctor-keys-many", alone, keys_many},
    {"proctor-keys-many-missing", alone, keys_many_missing},
    {"proctor-keys-code", alone, keys_code},
    {"proctor-alone", alone, nothing},
    {"proctor-alone-troubles", alone_troubles, nothing},
    {"proctor-open", waiting, nothing},
    {"proctor-room", thirty, seat_seventeen},
    {"proctor-room-troubles", troubles, nothing},
    {"proctor-room-trouble", troubles, trouble},
    {"proctor-room-silent", troubles, silent},
    {"proctor-room-stopped", troubles, stopped},
    {"proctor-room-disk", troubles, room_only},
    {"proctor-room-unsigned", troubles, unsigned_end},
    {"proctor-room-battery", troubles, battery},
    {"proctor-room-handed-in", troubles, handed_in},
    {"proctor-room-asks", only_asks, nothing},
    {"proctor-room-message", thirty, with_message},
    {"proctor-room-refused", troubles, refused},
    {"proctor-room-closed", closed_room, nothing},
    {"proctor-sixty", sixty, nothing},
    {"proctor-sixty-end", sixty, last_seat},
    {"proctor-start", waiting, start},
    {"proctor-pause", thirty, pause_who},
    {"proctor-pause-sure", thirty, pause_sure},
    {"proctor-extra-who", thirty, extra_who},
    {"proctor-extra-minutes", thirty, extra_minutes},
    {"proctor-extra-why", thirty, extra_why},
    {"proctor-extra-own", thirty, extra_own},
    {"proctor-extra-sure", thirty, extra_sure},
    {"proctor-reseat", thirty, reseat_where},
    {"proctor-reseat-sure", thirty, reseat_sure},
    {"proctor-marks", thirty, marks},
    {"proctor-violation", thirty, violation},
    {"proctor-cheating", thirty, cheating},
    {"proctor-cheating-sure", thirty, cheating_sure},
    {"proctor-notes", thirty, notes},
    {"proctor-incident", thirty, incident},
    {"proctor-tell", thirty, tell_what},
    {"proctor-end", thirty, end_sure},
    {"proctor-collect", thirty, collect},
    {"proctor-close", troubles, close_sure},
    {"proctor-clear", finished, clear_sure},
    {"proctor-seat-menu", thirty, seat_menu},
    {"proctor-code", troubles, code},
    {"proctor-check-missing", troubles, check_missing},
    {"proctor-check-fine", troubles, check_fine},
    {"proctor-stations", troubles, stations},
    {"proctor-station-menu", troubles, station_menu},
    {"proctor-minutes", troubles, list_minutes},
    {"proctor-closed", alone, closed},
    {"proctor-closed-stranded", closed_room, closed_stranded},
    {"proctor-closed-record", closed_room, closed_record},
    {"proctor-closed-printed", closed_room, closed_printed},
    {"proctor-closed-no-printer", closed_room, closed_no_printer},
    {"proctor-closed-no-record", closed_room, closed_no_record},
    {"proctor-closed-stranded-record", closed_room, closed_stranded_record},
    {"proctor-absent-all", waiting, absent_all},
    {"proctor-about", troubles, about},
    {"proctor-about-refused", troubles, about_refused},
    {"proctor-about-machine", only_asks, about_machine},
};
enum { SCREENS = sizeof screens / sizeof *screens };

static char *draw(const struct proctor *p, int *ret_cut)
{
    struct grid g;
    struct bytes out = {0};
    grid_init(&g, p->width, p->height);
    proctor_draw(p, &g);
    grid_dump(&g, &out);
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
            struct sample_room s;
            int cut;
            proctor_init(&p, sizes[k].width, sizes[k].height);
            screens[i].room(&s);
            proctor_look(&p, &s.room);
            proctor_opened(&p);
            screens[i].state(&p);
            char *text = draw(&p, &cut);
            golden_check(screens[i].name, p.width, p.height, text);
            golden_frame(screens[i].name, p.width, text, cut);
            free(text);
        }
}

static void alternatives_to_function_keys_fit_on_every_screen(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++) {
        struct proctor p;
        struct sample_room s;
        int cut;
        proctor_init(&p, 80, 24);
        p.function_keys = false;
        screens[i].room(&s);
        proctor_look(&p, &s.room);
        proctor_opened(&p);
        screens[i].state(&p);
        char *text = draw(&p, &cut);
        golden_frame(screens[i].name, 80, text, cut);
        free(text);
    }
}

static void the_questions_and_advice_of_every_act_and_trouble_fit(void **state)
{
    (void)state;
    for (int service = 0; service < 2; service++)
        for (int act = 0; act < ACT_COUNT; act++)
            for (int step = 0; step < ACT_STEPS && proctor_act_of(act)->step[step]; step++) {
                struct proctor p;
                struct sample_room s;
                int cut;
                sample_room(&s, 60, service);
                sample_troubles(&s);
                proctor_init(&p, 80, 24);
                proctor_look(&p, &s.room);
                proctor_opened(&p);
                p.screen = PROCTOR_ASK;
                p.ask = (struct proctor_asked){
                    .act = act, .step = step, .ticket = "420108030202", .from = PROCTOR_ROOM};
                char *text = draw(&p, &cut);
                golden_frame(proctor_act_of(act)->name, 80, text, cut);
                free(text);
            }
}

int main(void)
{
    i18n_init();
    setenv("TZ", "Asia/Shanghai", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_looks_as_in_its_golden_file),
        cmocka_unit_test(alternatives_to_function_keys_fit_on_every_screen),
        cmocka_unit_test(the_questions_and_advice_of_every_act_and_trouble_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
