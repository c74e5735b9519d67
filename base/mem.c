/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static void *there_or_die(void *p)
{
    if (!p) {
        fputs("kaochang: out of memory; what was saved is safe\n", stderr);
        _Exit(ERR_ENV);
    }
    return p;
}

void *mem_alloc(size_t size)
{
    return there_or_die(calloc(1, size ? size : 1));
}

void *mem_grow(void *p, size_t count, size_t size)
{
    return there_or_die(reallocarray(p, count ? count : 1, size));
}

char *mem_strdup(const char *s)
{
    return there_or_die(strdup(s));
}

char *mem_printf(const char *fmt, ...)
{
    char *s = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&s, fmt, ap);
    va_end(ap);
    return there_or_die(n < 0 ? NULL : s);
}
