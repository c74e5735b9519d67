/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is there, or the program ends with a message (exit 4): what was acknowledged is on disk. */
#ifndef KAOCHANG_BASE_MEM_H
#define KAOCHANG_BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);                          /* zeroed; free() it */
void *mem_grow(void *p, size_t count, size_t size);    /* realloc to count*size, overflow checked */
char *mem_strdup(const char *s);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
