/* SPDX-License-Identifier: Apache-2.0 */
/* What happened last, for a test that fails after millions of random events. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_TRACE_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_TRACE_H

enum { TRACE_KEPT = 400, TRACE_WIDTH = 120 };

struct trace {
    char line[TRACE_KEPT][TRACE_WIDTH];
    long n; /* of all that were added */
};

void trace_add(struct trace *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The lines that are kept, as comments of TAP. */
void trace_print(const struct trace *t);

#endif
