/* SPDX-License-Identifier: Apache-2.0 */
/* What measurements share: processor time, memory, repetition. */
#ifndef KAOCHANG_BENCH_CLOCK_H
#define KAOCHANG_BENCH_CLOCK_H

#include <stddef.h>
#include <stdint.h>

/* Processor time of this process, in seconds. */
double clock_cpu(void);
/* Bytes in use on the heap. */
size_t clock_heap(void);

/* Calls `work` with growing numbers of rounds until that took `seconds`; rounds per second of the last call.
 */
typedef void clock_work_fn(void *context, uint64_t rounds);
double clock_rate(clock_work_fn *work, void *context, double seconds);

#endif
