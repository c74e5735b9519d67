/* SPDX-License-Identifier: Apache-2.0 */
/* An arena per unit of work: a loaded paper, a parsed item, a scored sheet. Freed as one. */
#ifndef KAOCHANG_BASE_ARENA_H
#define KAOCHANG_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* NULL is fine */

void *arena_alloc(struct arena *a, size_t size); /* zeroed, aligned for any type, never NULL */
void *arena_copy(struct arena *a, const void *p, size_t size);
/* `count` elements of `size` bytes; the multiplication is checked. */
void *arena_array(struct arena *a, size_t count, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Moves all that `from` handed out into `to`, where it lives on at its place, and frees `from`. */
void arena_join(struct arena *to, struct arena *from);

/* Takes everything back, for the next unit of work of the same kind; keeps one block. */
void arena_reset(struct arena *a);

/* Bytes handed out so far: readers of outside data hold this against their own limit. */
size_t arena_used(const struct arena *a);

#endif
