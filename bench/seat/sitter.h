/* SPDX-License-Identifier: Apache-2.0 */
/* A seat on the terminal that the measurement runs on, with its real screens and journal: what bench-seat and
 * bench-rate share. Measured values go to a file as "name microseconds". */
#ifndef KAOCHANG_BENCH_SEAT_SITTER_H
#define KAOCHANG_BENCH_SEAT_SITTER_H

#include <stdio.h>

#include "base/clock.h"
#include "client/screens/seat-internal.h"
#include "client/screens/term.h"

struct sitter {
    struct seat *seat;
    struct app app;
    struct term *term;
    struct grid grid;
    struct clock_reading now;
    FILE *out;
};

/* Takes over the seat; `out` is the file of values. Ends the program when the terminal cannot be had. */
void sitter_open(struct sitter *s, struct seat *seat, const char *out);
void sitter_close(struct sitter *s);

/* Ends the program with these words. */
_Noreturn void sitter_fault(const char *what);

/* On the clock, and of the processor. */
double sitter_now_us(void);
double sitter_cpu_us(void);

void sitter_show(struct sitter *s);
/* Time passes, and what is asked for is carried out. */
void sitter_tick(struct sitter *s);

/* `times` of the keys, in turn, until each is saved, beside 4 KiB appended and synced to a file in `home`. */
void sitter_measure_saves(struct sitter *s, const char *keys, int times, const char *home);

#endif
