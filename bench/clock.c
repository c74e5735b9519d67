/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/clock.h"

#include <malloc.h>
#include <time.h>

double clock_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

size_t clock_heap(void)
{
    struct mallinfo2 m = mallinfo2();
    return m.uordblks + m.hblkhd;
}

double clock_rate(clock_work_fn *work, void *context, double seconds)
{
    for (uint64_t rounds = 1000;; rounds *= 2) {
        double start = clock_cpu();
        work(context, rounds);
        double took = clock_cpu() - start;
        if (took >= seconds)
            return (double)rounds / took;
    }
}
