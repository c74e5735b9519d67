/* SPDX-License-Identifier: Apache-2.0 */
/* The examiner's screens against tests/golden/screens/rate-*: every row is as wide as the screen, nothing is
 * cut. */
#include "base/i18n.h"
#include "client/rate/rate-view.h"
#include "tests/check.h"
#include "tests/client/rate/lab.h"
#include "tests/client/screens/golden.h"

static const struct {
    int width, height;
} sizes[] = {{80, 24}, {120, 40}};

/* ---- the states that are looked at ---- */

static void groups(struct lab_screen *s)
{
    lab_press(s, key_of(K_F5));
    lab_type(s, "02");
}

static void identity(struct lab_screen *s)
{
    for (size_t i = 0; i < 4; i++)
        s->book->entry[i].rating.identified = false;
    rate_enter_group(&s->r, &s->m, 1);
}

static void begins(struct lab_screen *s)
{
    lab_type(s, "S");
    lab_pass(s, 65000);
}

static void sheets(struct lab_screen *s)
{
    begins(s);
    lab_type(s, "\nbd\n2\n\na\n\n3\n\n0\na4\na\n2");
}

static void slip(struct lab_screen *s)
{
    sheets(s);
    lab_type(s, "1n连线较乱\n");
    lab_press(s, key_of(K_UP));
    lab_press(s, key_of(K_UP));
    lab_press(s, key_of(K_UP));
    lab_type(s, "ach");
}

static void fatal(struct lab_screen *s)
{
    sheets(s);
    lab_type(s, "1f");
}

static void fatal_sure(struct lab_screen *s)
{
    fatal(s);
    lab_type(s, "1");
}

static void note(struct lab_screen *s)
{
    sheets(s);
    lab_type(s, "3n表针没有停稳就读");
}

static void late(struct lab_screen *s)
{
    sheets(s);
    lab_type(s, "!");
    lab_pass(s, 15 * 60000);
}

static void message(struct lab_screen *s)
{
    sheets(s);
    lab_press(s, key_of(K_F9));
}

static void disk(struct lab_screen *s)
{
    sheets(s);
    model_update(&s->m, &(struct event){.kind = EVENT_COPY, .copy = COPY_RUNNING}, &(struct effects){0});
    model_update(&s->m, &(struct event){.kind = EVENT_NOT_SAVED, .item = 1, .on = true},
                 &(struct effects){0});
}

static void told(struct lab_screen *s)
{
    sheets(s);
    model_update(&s->m, &(struct event){.kind = EVENT_TOLD, .text = "第三组推迟五分钟。", .at = "09:20:01"},
                 &(struct effects){0});
}

/* Everything lost in every way. */
static void own(struct lab_screen *s)
{
    begins(s);
    lab_type(s, "abac"); /* a taken back */
    lab_type(s, "\nbd0aabc\nab");
    lab_type(s, "\n\n\n\n\n\n\n\n");
}

static void own_long(struct lab_screen *s)
{
    begins(s);
    for (int i = 0; i < 8; i++) {
        lab_type(s, "ab");
        lab_press(s, key_of(K_DOWN));
    }
    lab_type(s, "\n\n\n");
}

static void own_full(struct lab_screen *s)
{
    lab_type(s, "4\n\n\n\n\n\n\n\n");
}

static void own_refused(struct lab_screen *s)
{
    own_full(s);
    lab_type(s, "1234");
}

static void reason(struct lab_screen *s)
{
    own_full(s);
    lab_type(s, s->book->entry[3].ticket + 4);
    lab_type(s, "40看错了一步");
}

static void unsigned_sheet(struct lab_screen *s)
{
    reason(s);
    lab_type(s, "\n");
    lab_press(s, key_of(K_UP));
    lab_type(s, "0");
}

static void status(struct lab_screen *s)
{
    sheets(s);
    lab_press(s, key_of(K_F6));
    lab_press(s, key_of(K_DOWN));
}

static void chooses(struct lab_screen *s, int row)
{
    sheets(s);
    lab_press(s, key_of(K_F6));
    for (int i = 0; i < row; i++)
        lab_press(s, key_of(K_DOWN));
    lab_type(s, "\n");
}

static void minutes(struct lab_screen *s)
{
    chooses(s, 2);
    lab_type(s, "5");
}

static void article(struct lab_screen *s)
{
    chooses(s, 6);
}

static void sure(struct lab_screen *s)
{
    article(s);
    lab_type(s, "\n");
}

static void sure_postponed(struct lab_screen *s)
{
    minutes(s);
    lab_type(s, "\n");
}

static void void_reason(struct lab_screen *s)
{
    chooses(s, 7);
}

static void settled(struct lab_screen *s)
{
    sure(s);
    lab_type(s, "y3");
    lab_press(s, key_of(K_F6));
    lab_press(s, key_of(K_DOWN));
    lab_type(s, "\ny4\n\n\n\n\n\n\n\n");
    lab_type(s, s->book->entry[3].ticket + 4);
}

static void finish(struct lab_screen *s)
{
    settled(s);
    lab_press(s, key_of(K_F10));
}

static void finish_confirming(struct lab_screen *s)
{
    finish(s);
    lab_press(s, key_of(K_RIGHT));
    lab_type(s, "\nE08\n");
}

static void finish_all(struct lab_screen *s)
{
    for (size_t i = 0; i < s->book->n; i++)
        s->book->entry[i].rating.status = RATING_ABSENT;
    lab_press(s, key_of(K_F10));
}

static void keys(struct lab_screen *s)
{
    lab_press(s, key_of(K_F1));
}

static void nobody(struct lab_screen *s)
{
    s->book->n = 0;
}

static const struct {
    const char *name;
    void (*prepare)(struct lab_screen *s);
} states[] = {
    {"groups", groups},
    {"identity", identity},
    {"begins", begins},
    {"sheets", sheets},
    {"slip", slip},
    {"fatal", fatal},
    {"fatal-sure", fatal_sure},
    {"note", note},
    {"late", late},
    {"message", message},
    {"disk-full", disk},
    {"told", told},
    {"own", own},
    {"own-long", own_long},
    {"own-full", own_full},
    {"own-refused", own_refused},
    {"reason", reason},
    {"unsigned", unsigned_sheet},
    {"status", status},
    {"minutes", minutes},
    {"article", article},
    {"sure", sure},
    {"sure-postponed", sure_postponed},
    {"void", void_reason},
    {"settled", settled},
    {"finish", finish},
    {"finish-confirming", finish_confirming},
    {"finish-all", finish_all},
    {"keys", keys},
    {"nobody", nobody},
};

static void looks_as_ever(const char *state, void (*prepare)(struct lab_screen *), int width, int height)
{
    struct lab_screen s;
    struct grid g;
    struct bytes text = {0};
    char name[80];
    snprintf(name, sizeof name, "rate-%s", state);
    grid_init(&g, width, height);
    lab_screen_open(&s, width, height);
    lab_identified(&s);
    prepare(&s);
    rate_draw(&s.r, &s.m, &g);
    grid_dump(&g, &text);
    golden_frame(name, width, (const char *)text.p, g.cut);
    golden_check(name, width, height, (const char *)text.p);
    bytes_release(&text);
    grid_release(&g);
    lab_screen_close(&s);
}

static void every_screen_is_as_it_was_and_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
            looks_as_ever(states[i].name, states[i].prepare, sizes[k].width, sizes[k].height);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_screen_is_as_it_was_and_fits)};
    return cmocka_run_group_tests_name("rate-views", tests, NULL, NULL);
}
