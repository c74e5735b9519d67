/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/seat/sitter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

void sitter_fault(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static double clock_us(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

double sitter_now_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

double sitter_cpu_us(void)
{
    return clock_us(CLOCK_PROCESS_CPUTIME_ID);
}

void sitter_open(struct sitter *s, struct seat *seat, const char *out)
{
    struct err e = {0};
    int width, height;
    clock_read(&s->now);
    s->seat = seat;
    s->app = seat_app(seat);
    s->out = fopen(out, "we");
    if (!s->out || term_open(&s->term, &e) < 0)
        sitter_fault(s->out ? e.what : out);
    term_size(s->term, &width, &height);
    grid_init(&s->grid, width, height);
    s->app.resize(s->app.self, width, height, term_has_function_keys(s->term));
}

void sitter_close(struct sitter *s)
{
    term_close(s->term);
    grid_release(&s->grid);
    seat_free(s->seat);
    fclose(s->out);
}

void sitter_show(struct sitter *s)
{
    s->app.draw(s->app.self, &s->grid);
    term_show(s->term, &s->grid);
}

void sitter_tick(struct sitter *s)
{
    clock_again(&s->now);
    s->app.time(s->app.self, &s->now);
    s->app.perform(s->app.self, &s->now);
}

static void measure_save(struct sitter *s, struct key k)
{
    double start = sitter_now_us(), cpu = sitter_cpu_us();
    s->app.key(s->app.self, k);
    sitter_show(s);
    clock_again(&s->now);
    double drawn = sitter_now_us();
    s->app.perform(s->app.self, &s->now);
    fprintf(s->out, "commit %.1f\n", sitter_now_us() - drawn);
    sitter_show(s);
    fprintf(s->out, "save %.1f\ncpu-save %.1f\n", sitter_now_us() - start, sitter_cpu_us() - cpu);
    if (s->seat->m.save != SAVE_DONE)
        sitter_fault("it was not saved");
}

static void measure_append(const struct sitter *s, int fd)
{
    static const uint8_t page[4096];
    double start = sitter_now_us(), cpu = sitter_cpu_us();
    if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd) < 0)
        sitter_fault("cannot append");
    fprintf(s->out, "append %.1f\ncpu-append %.1f\n", sitter_now_us() - start, sitter_cpu_us() - cpu);
}

void sitter_measure_saves(struct sitter *s, const char *keys, int times, const char *home)
{
    size_t n = strlen(keys);
    char *plain = path_join(home, "appended");
    int fd = open(plain, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    for (int i = 0; i < times; i++) {
        measure_save(s, key_char((uint32_t)keys[(size_t)i % n]));
        measure_append(s, fd);
        s->app.time(s->app.self, &s->now);
    }
    close(fd);
    unlink(plain);
    free(plain);
}
