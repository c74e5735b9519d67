/* SPDX-License-Identifier: Apache-2.0 */
/* bench-rate HOME RATER SAVES OUT: rates at an open station, on the terminal that it runs on, with the real seat,
 * stage, sitting and journal; measures keys until they are saved, beside 4 KiB appended and synced to the same
 * file system. Writes "name microseconds" to OUT. */
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/rate/rater.h"
#include "client/screens/seat-internal.h"
#include "client/screens/term.h"

struct bench {
    struct seat *seat;
    struct rater *rater;
    struct app app;
    struct term *term;
    struct grid grid;
    struct clock_reading now;
    FILE *out;
};

static void fault(const char *what)
{
    fprintf(stderr, "bench-rate: %s\n", what);
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

static void show(struct bench *b)
{
    b->app.draw(b->app.self, &b->grid);
    term_show(b->term, &b->grid);
}

static void press(struct bench *b, struct key k)
{
    b->app.key(b->app.self, k);
    show(b);
    clock_again(&b->now);
    b->app.perform(b->app.self, &b->now);
    b->app.time(b->app.self, &b->now);
    b->app.perform(b->app.self, &b->now);
    show(b);
}

static bool is_rating(const struct bench *b)
{
    const struct rate_model *r = rater_model(b->rater);
    return b->seat->m.screen == SCREEN_STAGE && r->book && r->book->n > 0 && r->screen == RATE_SHEETS &&
           rate_chosen(r)->rating.identified;
}

static void step_in(struct bench *b, const char *rater)
{
    if (b->seat->m.screen == SCREEN_SIGN_IN)
        for (const char *c = rater; *c; c++)
            press(b, key_char((uint32_t)*c));
    if (b->seat->m.screen == SCREEN_CHECK)
        press(b, key_of(K_RIGHT));
    bool asks = b->seat->m.screen == SCREEN_STAGE && rater_model(b->rater)->screen == RATE_IDENTITY;
    press(b, asks ? key_char('y') : key_of(K_ENTER));
}

static void sign_in(struct bench *b, const char *rater)
{
    for (int i = 0; !is_rating(b); i++) {
        clock_again(&b->now);
        b->app.time(b->app.self, &b->now);
        b->app.perform(b->app.self, &b->now);
        if (i == 400)
            fault("the sheets do not come");
        if (b->seat->m.screen == SCREEN_WAITING || b->seat->m.busy)
            usleep(50000);
        else
            step_in(b, rater);
    }
}

static void measure_saves(struct bench *b, int times, const char *plain)
{
    static const uint8_t page[4096];
    int fd = open(plain, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    for (int i = 0; i < times; i++) {
        double start = now_us(), cpu = cpu_us();
        b->app.key(b->app.self, key_char('a'));
        show(b);
        clock_again(&b->now);
        double drawn = now_us();
        b->app.perform(b->app.self, &b->now);
        fprintf(b->out, "commit %.1f\n", now_us() - drawn);
        show(b);
        fprintf(b->out, "save %.1f\ncpu-save %.1f\n", now_us() - start, cpu_us() - cpu);
        if (b->seat->m.save != SAVE_DONE)
            fault("a rating was not saved");
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

static void measure_screens(struct bench *b, int times)
{
    static const enum key_code keys[] = {K_DOWN, K_TAB, K_DOWN, K_UP};
    for (int i = 0; i < times; i++) {
        double start = now_us(), cpu = cpu_us();
        b->app.key(b->app.self, key_of(keys[i % 4]));
        show(b);
        fprintf(b->out, "screen-sheets-%dx%d %.1f\n", b->grid.width, b->grid.height, now_us() - start);
        fprintf(b->out, "cpu-sheets-%dx%d %.1f\n", b->grid.width, b->grid.height, cpu_us() - cpu);
        b->app.time(b->app.self, &b->now);
    }
    press(b, key_char('1'));
}

int main(int argc, char **argv)
{
    struct err e = {0};
    struct bench b = {0};
    int width, height;
    if (argc != 5)
        fault("HOME RATER SAVES OUT");
    i18n_init();
    clock_read(&b.now);
    b.rater = rater_new(argv[1]);
    b.seat = seat_new(
        &(struct seat_options){.home = argv[1], .fd = -1, .stage = &rater_stage, .on_stage = b.rater});
    b.app = seat_app(b.seat);
    b.out = fopen(argv[4], "we");
    if (!b.out || term_open(&b.term, &e) < 0)
        fault(b.out ? e.what : argv[4]);
    term_size(b.term, &width, &height);
    grid_init(&b.grid, width, height);
    b.app.resize(b.app.self, width, height, term_has_function_keys(b.term));
    sign_in(&b, argv[2]);
    measure_screens(&b, 300);
    char *plain = path_join(argv[1], "appended");
    measure_saves(&b, (int)strtol(argv[3], NULL, 10), plain);
    free(plain);
    term_close(b.term);
    grid_release(&b.grid);
    seat_free(b.seat);
    rater_free(b.rater);
    fclose(b.out);
    return 0;
}
