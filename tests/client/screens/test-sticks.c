/* SPDX-License-Identifier: Apache-2.0 */
/* Proctors come with their sticks: what the screen says to each, and that two of three open the session. */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/screens/proctor-desk.h"
#include "client/screens/proctor-run.h"
#include "client/screens/sticks.h"
#include "tests/client/screens/keys-hall.h"

enum { ZHANG, LI, WANG, STRANGER };

static struct {
    const char *home;
    struct proctor_desk *desk;
    struct app app;
    int64_t now_ms;
} s;

static void come_in(void)
{
    const char *const sticks[] = {keys_hall_sticks(), NULL};
    s.desk = proctor_desk_new(&(struct proctor_opening){.home = s.home, .sticks = sticks, .hold = true});
    s.app = proctor_desk_app(s.desk);
}

static void leave(void)
{
    proctor_desk_free(s.desk);
    s.desk = NULL;
}

/* Two seconds later. */
static void wait_a_little(void)
{
    struct clock_reading now = {.mono_ms = s.now_ms += 2000};
    s.app.time(s.app.self, &now);
}

static void press(enum key_code code)
{
    struct clock_reading now = {.mono_ms = s.now_ms};
    s.app.key(s.app.self, (struct key){.code = code});
    s.app.perform(s.app.self, &now);
}

static void type(const char *text)
{
    for (; *text; text++)
        s.app.key(s.app.self, (struct key){.code = K_CHAR, .ch = (uint32_t)*text});
}

static void shows(const char *text)
{
    struct grid g;
    struct bytes out = {0};
    grid_init(&g, 80, 24);
    s.app.draw(s.app.self, &g);
    grid_dump(&g, &out);
    if (!strstr((const char *)out.p, text))
        fail_msg("no \"%s\" in\n%s", text, (const char *)out.p);
    bytes_release(&out);
    grid_release(&g);
}

static void says_after(const char *text)
{
    wait_a_little();
    shows(text);
}

static int begin(void **state)
{
    (void)state;
    s.home = keys_hall_open();
    s.now_ms = 1000;
    return 0;
}

static int end(void **state)
{
    (void)state;
    keys_hall_close();
    return 0;
}

static int empty_ports(void **state)
{
    (void)state;
    static const char *const stick[] = {"A", "B", "C", "D", "E", "F"};
    for (size_t i = 0; i < sizeof stick / sizeof *stick; i++)
        keys_hall_pull(stick[i]);
    leave();
    return 0;
}

static void each_stick_is_answered(void **state)
{
    (void)state;
    come_in();
    says_after("Any 2 of these 3 proctors open the session");
    shows("Keys read: 0 of 2");
    keys_hall_put("A", "li-na.identity", LI, NULL);
    says_after("The key of 李娜 is read. The stick can be taken out.");
    keys_hall_pull("A");
    says_after("Keys read: 1 of 2");
    press(K_ENTER);
    shows("1 more of these proctors are needed: 张敏, 王伟");
    keys_hall_put("B", "zhao-jing.identity", STRANGER, NULL);
    says_after("zhao-jing.identity: the key of no proctor of this session");
    keys_hall_put_text("C", "holiday.jpg", "no key");
    says_after("C: this stick holds no key of a proctor");
    keys_hall_put("D", "copy.identity", LI, NULL);
    says_after("The key of 李娜 has been read before");
    keys_hall_put_text("E", "wang.identity", "AGE-SECRET-KEY-1");
    says_after("wang.identity: no key that can be read");
    shows("Keys read: 1 of 2");
    keys_hall_pull("B");
    wait_a_little();
    keys_hall_put("B", "zhao-jing.identity", STRANGER, NULL);
    says_after("zhao-jing.identity: the key of no proctor");
}

static void a_key_under_a_passphrase_is_asked_for_it(void **state)
{
    (void)state;
    come_in();
    keys_hall_put("A", "wang.identity", WANG, "correct horse");
    says_after("The key wang.identity has a passphrase");
    type("wrong");
    shows("[*****___");
    press(K_ENTER);
    shows("That is not the passphrase of this key. Try again.");
    keys_hall_pull("A"); /* read it was */
    type("correct horse");
    press(K_ENTER);
    shows("The key of 王伟 is read.");
    assert_int_equal(s.desk->locked.n, 0);
    assert_int_equal(s.desk->p.keys.passphrase.n, 0);
    keys_hall_put_text("B", "li.identity", "age-encryption.org/v1\n");
    says_after("has a passphrase");
    press(K_ESCAPE);
    shows("Keys read: 1 of 2");
}

static void two_sticks_open_and_one_comes_back(void **state)
{
    (void)state;
    come_in();
    keys_hall_put("A", "zhang.identity", ZHANG, NULL);
    keys_hall_put("B", "wang.identity", WANG, NULL);
    says_after("Press Enter to open the session.");
    assert_int_equal(s.desk->n_held, 2);
    press(K_ENTER);
    assert_int_equal(s.desk->p.screen, PROCTOR_ROOM);
    assert_int_equal(s.desk->n_held, 0);
    keys_hall_pull("A");
    keys_hall_pull("B");
    leave();
    come_in(); /* the screen was left: any one of them goes on */
    says_after("To go on, any one of these proctors");
    keys_hall_put("C", "li.identity", LI, NULL);
    says_after("The key is read. Press Enter.");
    press(K_ENTER);
    assert_int_equal(s.desk->p.screen, PROCTOR_ROOM);
    struct control_closing closing;
    struct err e;
    assert_done(control_close_room(s.desk->control, &closing, &e), e);
}

static void what_is_no_file_is_passed_over(void **state)
{
    (void)state;
    const char *const folder[] = {keys_hall_sticks(), NULL};
    struct sticks *sticks = sticks_new(folder);
    struct bytes text = {0};
    char name[100], *pipe = path_join(folder[0], "A/pipe.identity"),
                    *link = path_join(folder[0], "A/link.identity");
    come_in(); /* for the end of the test */
    keys_hall_put_text("A", "notes.txt", "x");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(symlink("/dev/zero", link), 0);
    assert_int_equal(sticks_look(sticks, name, sizeof name, &text), STICKS_NOTHING);
    keys_hall_put("B", "large.identity", LI, NULL);
    char *large = path_join(folder[0], "B/large.identity");
    assert_int_equal(truncate(large, 1 << 20), 0);
    assert_int_equal(sticks_look(sticks, name, sizeof name, &text), STICKS_FAILED);
    assert_string_equal(name, "large.identity");
    assert_int_equal(text.n, 0);
    assert_int_equal(sticks_look(sticks, name, sizeof name, &text), STICKS_NOTHING);
    sticks_free(sticks);
    free(large);
    free(link);
    free(pipe);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(each_stick_is_answered, empty_ports),
        cmocka_unit_test_teardown(a_key_under_a_passphrase_is_asked_for_it, empty_ports),
        cmocka_unit_test_teardown(what_is_no_file_is_passed_over, empty_ports),
        cmocka_unit_test_teardown(two_sticks_open_and_one_comes_back, empty_ports),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
