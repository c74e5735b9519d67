/* SPDX-License-Identifier: Apache-2.0 */
/* bench-seat HOME TICKET SAVES OUT: sits at an open station, on the terminal that it runs on, with the real
 * seat, sitting and journal; measures keys until they are saved, beside 4 KiB appended and synced to the same
 * file system, and what screens take. Writes "name microseconds…" to OUT. */
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/screens/seat-internal.h"
#include "client/screens/term.h"

struct bench {
    struct seat *seat;
    struct app app;
    struct term *term;
    struct grid grid;
    struct clock_reading now;
    FILE *out;
};

static void fault(const char *what)
{
    fprintf(stderr, "bench-seat: %s\n", what);
    exit(1);
}

static double clock_us(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double now_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

static double cpu_us(void)
{
    return clock_us(CLOCK_PROCESS_CPUTIME_ID);
}

/* As the loop does it: shown, then carried out, then shown again. */
static void show(struct bench *b)
{
    b->app.draw(b->app.self, &b->grid);
    term_show(b->term, &b->grid);
}

static void settle(struct bench *b)
{
    clock_again(&b->now);
    b->app.perform(b->app.self, &b->now);
    do {
        b->app.time(b->app.self, &b->now);
        b->app.perform(b->app.self, &b->now);
        show(b);
    } while (b->app.busy(b->app.self));
}

static void press(struct bench *b, struct key k)
{
    b->app.key(b->app.self, k);
    show(b);
    settle(b);
}

static void sign_in(struct bench *b, const char *ticket)
{
    for (int i = 0; b->seat->m.screen != SCREEN_PAPER; i++) {
        settle(b);
        if (i == 200)
            fault("the paper does not come");
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
static void go_to(struct bench *b, enum key_code end)
{
    if (b->seat->m.screen == SCREEN_PICTURE)
        press(b, key_of(K_ENTER));
    if (b->seat->m.screen == SCREEN_PAPER)
        press(b, key_of(K_F5));
    press(b, key_of(end));
    press(b, key_of(K_ENTER));
}

static void measure_saves(struct bench *b, int times, const char *plain)
{
    static const uint8_t page[4096];
    int fd = open(plain, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    for (int i = 0; i < times; i++) {
        double start = now_us(), cpu = cpu_us();
        b->app.key(b->app.self, key_char(i % 2 ? 'a' : 'b'));
        show(b);
        clock_again(&b->now);
        double drawn = now_us();
        b->app.perform(b->app.self, &b->now);
        fprintf(b->out, "commit %.1f\n", now_us() - drawn);
        show(b);
        fprintf(b->out, "save %.1f\ncpu-save %.1f\n", now_us() - start, cpu_us() - cpu);
        if (b->seat->m.save != SAVE_DONE)
            fault("an answer was not saved");
        start = now_us();
        cpu = cpu_us();
        if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd) < 0)
            fault("cannot append");
        fprintf(b->out, "append %.1f\ncpu-append %.1f\n", now_us() - start, cpu_us() - cpu);
        b->app.time(b->app.self, &b->now);
    }
    close(fd);
    unlink(plain);
}

/* What is not ready is shown as words, then made. */
static void measure_pictures(struct bench *b, const char *name, double start)
{
    while (b->app.busy(b->app.self)) {
        b->app.time(b->app.self, &b->now);
        show(b);
    }
    fprintf(b->out, "whole-%s-%dx%d %.1f\n", name, b->grid.width, b->grid.height, now_us() - start);
}

/* Update, drawing, and ncurses with its output; committing is not part of it. `looks`: after each key
 * somebody looks at it for a second. */
static void measure_keys(struct bench *b, const char *name, const enum key_code *code, size_t n, int times,
                         bool looks)
{
    for (int tick = 0; looks && tick < 5; tick++)
        settle(b);
    for (int i = 0; i < times; i++) {
        double start = now_us(), cpu = cpu_us();
        b->app.key(b->app.self, key_of(code[(size_t)i % n]));
        show(b);
        fprintf(b->out, "screen-%s-%dx%d %.1f\n", name, b->grid.width, b->grid.height, now_us() - start);
        fprintf(b->out, "cpu-%s-%dx%d %.1f\n", name, b->grid.width, b->grid.height, cpu_us() - cpu);
        if (!looks)
            measure_pictures(b, name, start);
        for (int tick = looks ? 5 : 1; tick-- > 0;)
            settle(b);
    }
}

static void measure_screens(struct bench *b)
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
    struct err e = {0};
    struct bench b = {0};
    int width, height;
    if (argc != 5)
        fault("HOME TICKET SAVES OUT");
    i18n_init();
    clock_read(&b.now);
    b.seat = seat_new(&(struct seat_options){.home = argv[1], .fd = -1});
    b.app = seat_app(b.seat);
    b.out = fopen(argv[4], "we");
    if (!b.out || term_open(&b.term, &e) < 0)
        fault(b.out ? e.what : argv[4]);
    term_size(b.term, &width, &height);
    grid_init(&b.grid, width, height);
    b.app.resize(b.app.self, width, height, term_has_function_keys(b.term));
    sign_in(&b, argv[2]);
    char *plain = path_join(argv[1], "appended");
    measure_screens(&b);
    measure_saves(&b, (int)strtol(argv[3], NULL, 10), plain);
    free(plain);
    term_close(b.term);
    grid_release(&b.grid);
    seat_free(b.seat);
    fclose(b.out);
    return 0;
}
