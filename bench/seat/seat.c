/* SPDX-License-Identifier: Apache-2.0 */
/* bench-seat HOME TICKET SAVES OUT: sits at an open station, on the terminal that it runs on, with the real
 * seat, sitting and journal; measures keys until they are saved, beside 4 KiB appended and synced to the same
 * file system, and what screens take. Writes "name microseconds…" to OUT. */
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "bench/seat/sitter.h"

/* As the loop does it: shown, then carried out, then shown again. */
static void settle(struct sitter *b)
{
    clock_again(&b->now);
    b->app.perform(b->app.self, &b->now);
    do {
        b->app.time(b->app.self, &b->now);
        b->app.perform(b->app.self, &b->now);
        sitter_show(b);
    } while (b->app.busy(b->app.self));
}

static void press(struct sitter *b, struct key k)
{
    b->app.key(b->app.self, k);
    sitter_show(b);
    settle(b);
}

static void sign_in(struct sitter *b, const char *ticket)
{
    for (int i = 0; b->seat->m.screen != SCREEN_PAPER; i++) {
        settle(b);
        if (i == 200)
            sitter_fault("the paper does not come");
        if (b->seat->m.screen == SCREEN_WAITING) {
            usleep(50000);
            continue;
        }
        if (b->seat->m.screen == SCREEN_SIGN_IN)
            for (const char *c = ticket; *c; c++)
                press(b, key_char((uint32_t)*c));
        else
            press(b, b->seat->m.screen == SCREEN_CHECK ? key_of(K_RIGHT) : key_char(' '));
        press(b, key_of(K_ENTER));
    }
}

/* Through the list: Home and End mean something else where one types. */
static void go_to(struct sitter *b, enum key_code end)
{
    if (b->seat->m.screen == SCREEN_PICTURE)
        press(b, key_of(K_ENTER));
    if (b->seat->m.screen == SCREEN_PAPER)
        press(b, key_of(K_F5));
    press(b, key_of(end));
    press(b, key_of(K_ENTER));
}

/* What is not ready is shown as words, then made. */
static void measure_pictures(struct sitter *b, const char *name, double start)
{
    while (b->app.busy(b->app.self)) {
        b->app.time(b->app.self, &b->now);
        sitter_show(b);
    }
    fprintf(b->out, "whole-%s-%dx%d %.1f\n", name, b->grid.width, b->grid.height, sitter_now_us() - start);
}

/* Update, drawing, and ncurses with its output; committing is not part of it. `looks`: after each key
 * somebody looks at it for a second. */
static void measure_keys(struct sitter *b, const char *name, const enum key_code *code, size_t n, int times,
                         bool looks)
{
    for (int tick = 0; looks && tick < 5; tick++)
        settle(b);
    for (int i = 0; i < times; i++) {
        double start = sitter_now_us(), cpu = sitter_cpu_us();
        b->app.key(b->app.self, key_of(code[(size_t)i % n]));
        sitter_show(b);
        fprintf(b->out, "screen-%s-%dx%d %.1f\n", name, b->grid.width, b->grid.height,
                sitter_now_us() - start);
        fprintf(b->out, "cpu-%s-%dx%d %.1f\n", name, b->grid.width, b->grid.height, sitter_cpu_us() - cpu);
        if (!looks)
            measure_pictures(b, name, start);
        for (int tick = looks ? 5 : 1; tick-- > 0;)
            settle(b);
    }
}

static void measure_screens(struct sitter *b)
{
    static const enum key_code through[] = {K_RIGHT}, cursor[] = {K_DOWN, K_DOWN, K_UP},
                               back[] = {K_LEFT, K_RIGHT};
    static const enum key_code picture[] = {K_F4, K_ENTER};
    go_to(b, K_HOME);
    measure_keys(b, "item-at-once", through, 1, 96, false);
    go_to(b, K_HOME);
    measure_keys(b, "paper", through, 1, 96, true);
    measure_keys(b, "cursor", cursor, 3, 300, true);
    go_to(b, K_HOME);
    press(b, key_of(K_F5));
    measure_keys(b, "overview", cursor, 3, 300, true);
    go_to(b, K_END);
    measure_keys(b, "table", back, 2, 300, true);
    go_to(b, K_HOME);
    measure_keys(b, "picture", picture, 2, 300, true);
    go_to(b, K_HOME);
}

int main(int argc, char **argv)
{
    struct sitter s = {0};
    if (argc != 5)
        sitter_fault("HOME TICKET SAVES OUT");
    i18n_init();
    sitter_open(&s, seat_new(&(struct seat_options){.home = argv[1], .fd = -1}), argv[4]);
    sign_in(&s, argv[2]);
    measure_screens(&s);
    sitter_measure_saves(&s, "ba", (int)strtol(argv[3], NULL, 10), argv[1]);
    sitter_close(&s);
    return 0;
}
