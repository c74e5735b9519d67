/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/trace.h"

#include <stdarg.h>
#include <stdio.h>

void trace_add(struct trace *t, const char *fmt, ...)
{
    va_list values;
    va_start(values, fmt);
    vsnprintf(t->line[t->n++ % TRACE_KEPT], TRACE_WIDTH, fmt, values);
    va_end(values);
}

void trace_print(const struct trace *t)
{
    for (long i = t->n > TRACE_KEPT ? t->n - TRACE_KEPT : 0; i < t->n; i++)
        printf("# %s\n", t->line[i % TRACE_KEPT]);
}
