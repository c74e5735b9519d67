/* SPDX-License-Identifier: Apache-2.0 */
/* A struct as the list of its fields, in the order in which they travel as canonical bytes (base/canon.h):
 * for the messages of the agent and of the room service. */
#ifndef KAOCHANG_CLIENT_AGENT_FIELDS_H
#define KAOCHANG_CLIENT_AGENT_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/canon.h"

enum field_kind {
    FIELD_TEXT,    /* const char *; at most FIELD_MAX_TEXT bytes; NULL travels as "" */
    FIELD_CHARS,   /* char[size] */
    FIELD_INTEGER, /* int64_t */
    FIELD_FLAG,    /* bool */
    FIELD_ENUM,    /* an enum of `size` values, from 0 */
    FIELD_BYTES,   /* uint8_t[size], or a struct of so many bytes that has no padding */
    FIELD_SPAN,    /* struct span of at most `size` bytes; borrowed from the message when read */
};
enum { FIELD_MAX_TEXT = 4096 };

struct field {
    enum field_kind kind;
    size_t at, size; /* offset in the struct */
};

#define FIELD_OF(kind, type, name)                                                                           \
    {                                                                                                        \
        kind, offsetof(type, name), sizeof((type *)0)->name                                                  \
    }
#define FIELD_ENUM_OF(type, name, values)                                                                    \
    {                                                                                                        \
        FIELD_ENUM, offsetof(type, name), values                                                             \
    }
#define FIELD_SPAN_OF(type, name, max)                                                                       \
    {                                                                                                        \
        FIELD_SPAN, offsetof(type, name), max                                                                \
    }
#define FIELD_COUNT(list) (sizeof(list) / sizeof *(list))

void fields_put(const struct field *f, size_t n, const void *from, struct bytes *out);
/* False when a field does not fit; texts go into the arena. */
bool fields_get(const struct field *f, size_t n, struct canon_reader *r, struct arena *a, void *to);
/* A count from 0 to max. */
bool fields_get_count(struct canon_reader *r, int64_t max, size_t *ret);

/* A list: its length, then the fields of each. */
struct fields_list {
    const struct field *field;
    size_t n_fields, size, max; /* size of an element in memory; how many at most */
};
#define FIELDS_LIST(fields, type, max)                                                                       \
    {                                                                                                        \
        fields, FIELD_COUNT(fields), sizeof(type), max                                                       \
    }

void fields_put_list(const struct fields_list *l, const void *from, size_t n, struct bytes *out);
/* *ret (a pointer to elements, in the arena) and *ret_n; a length that the rest of the bytes cannot hold is
 * refused before any memory is taken. */
bool fields_get_list(const struct fields_list *l, struct canon_reader *r, struct arena *a, void *ret,
                     size_t *ret_n);

#endif
