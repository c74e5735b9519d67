/* SPDX-License-Identifier: Apache-2.0 */
/* Time is an argument: only main files and the event loop read the clock, everything else is told. */
#ifndef KAOCHANG_BASE_CLOCK_H
#define KAOCHANG_BASE_CLOCK_H

#include <stdint.h>

#include "base/err.h"

struct clock_reading {
    int64_t wall_ms;  /* since 1970-01-01 UTC; for people, may jump */
    int64_t mono_ms;  /* since boot, including suspend; only comparable within one boot */
    char boot_id[37]; /* the kernel's id of this boot */
};

/* Reads the machine's clocks. $KAOCHANG_CLOCK_OFFSET_MS shifts wall_ms, for tests and training. */
void clock_read(struct clock_reading *ret);
/* The same into a reading that clock_read gave to this process: its boot_id stays. */
void clock_again(struct clock_reading *now);

/* "2026-11-22T09:00:00+08:00" (offset or Z required; seconds optional) to milliseconds since 1970 UTC. */
MUST_CHECK int time_parse(const char *s, int64_t *ret_ms, struct err *e);
/* Writes "2026-11-22T09:00:00+08:00" for the offset in minutes; buf of 32 is enough. Returns buf. */
const char *time_text(int64_t ms, int offset_minutes, char *buf, size_t size);
/* "HH:MM:SS" of a duration >= 0 in ms, whole seconds rounded down. Returns buf. */
const char *duration_text(int64_t ms, char *buf, size_t size);

#endif
