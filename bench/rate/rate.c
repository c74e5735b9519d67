/* SPDX-License-Identifier: Apache-2.0 */
/* bench-rate HOME RATER SAVES OUT: rates at an open station, on the terminal that it runs on, with the real
 * seat, stage, sitting and journal; measures keys until they are saved, beside 4 KiB appended and synced to
 * the same file system. Writes "name microseconds" to OUT. */
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "bench/seat/sitter.h"
#include "client/rate/rater.h"

struct bench {
    struct sitter s;
    struct rater *rater;
};

static void press(struct sitter *s, struct key k)
{
    s->app.key(s->app.self, k);
    sitter_show(s);
    clock_again(&s->now);
    s->app.perform(s->app.self, &s->now);
    s->app.time(s->app.self, &s->now);
    s->app.perform(s->app.self, &s->now);
    sitter_show(s);
}

static bool is_rating(const struct bench *b)
{
    const struct rate_model *r = rater_model(b->rater);
    return b->s.seat->m.screen == SCREEN_STAGE && r->book && r->book->n > 0 && r->screen == RATE_SHEETS &&
           rate_chosen(r)->rating.identified;
}

static void step_in(struct bench *b, const char *rater)
{
    const struct model *m = &b->s.seat->m;
    if (m->screen == SCREEN_SIGN_IN)
        for (const char *c = rater; *c; c++)
            press(&b->s, key_char((uint32_t)*c));
    if (m->screen == SCREEN_CHECK)
        press(&b->s, key_of(K_RIGHT));
    bool asks = m->screen == SCREEN_STAGE && rater_model(b->rater)->screen == RATE_IDENTITY;
    press(&b->s, asks ? key_char('y') : key_of(K_ENTER));
}

static void sign_in(struct bench *b, const char *rater)
{
    const struct model *m = &b->s.seat->m;
    for (int i = 0; !is_rating(b); i++) {
        sitter_tick(&b->s);
        if (i == 400)
            sitter_fault("the sheets do not come");
        if (m->screen == SCREEN_WAITING || m->busy)
            usleep(50000);
        else
            step_in(b, rater);
    }
}

static void measure_screens(struct sitter *s, int times)
{
    static const enum key_code keys[] = {K_DOWN, K_TAB, K_DOWN, K_UP};
    for (int i = 0; i < times; i++) {
        double start = sitter_now_us(), cpu = sitter_cpu_us();
        s->app.key(s->app.self, key_of(keys[i % 4]));
        sitter_show(s);
        fprintf(s->out, "screen-sheets-%dx%d %.1f\n", s->grid.width, s->grid.height, sitter_now_us() - start);
        fprintf(s->out, "cpu-sheets-%dx%d %.1f\n", s->grid.width, s->grid.height, sitter_cpu_us() - cpu);
        s->app.time(s->app.self, &s->now);
    }
    press(s, key_char('1'));
}

int main(int argc, char **argv)
{
    struct bench b = {0};
    if (argc != 5)
        sitter_fault("HOME RATER SAVES OUT");
    i18n_init();
    b.rater = rater_new(argv[1]);
    struct seat_options o = {.home = argv[1], .fd = -1, .stage = &rater_stage, .on_stage = b.rater};
    sitter_open(&b.s, seat_new(&o), argv[4]);
    sign_in(&b, argv[2]);
    measure_screens(&b.s, 300);
    sitter_measure_saves(&b.s, "a", (int)strtol(argv[3], NULL, 10), argv[1]);
    sitter_close(&b.s);
    rater_free(b.rater);
    return 0;
}
