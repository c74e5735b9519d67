/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/fields.h"

#include <stdio.h>
#include <string.h>

static void put(const struct field *f, const uint8_t *at, struct bytes *out)
{
    switch (f->kind) {
    case FIELD_TEXT:
        canon_text(out, *(const char *const *)at ? *(const char *const *)at : "");
        return;
    case FIELD_CHARS:
        canon_text(out, (const char *)at);
        return;
    case FIELD_INTEGER:
        canon_int(out, *(const int64_t *)at);
        return;
    case FIELD_FLAG:
        canon_int(out, *(const bool *)at);
        return;
    case FIELD_ENUM:
        canon_int(out, *(const unsigned *)at);
        return;
    case FIELD_BYTES:
        canon_blob(out, span_of(at, f->size));
        return;
    case FIELD_SPAN:
        canon_blob(out, ((const struct span *)at)->p ? *(const struct span *)at : span_str(""));
        return;
    }
}

void fields_put(const struct field *f, size_t n, const void *from, struct bytes *out)
{
    for (size_t i = 0; i < n; i++)
        put(&f[i], (const uint8_t *)from + f[i].at, out);
}

static bool get_bounded(struct canon_reader *r, int64_t max, int64_t *ret)
{
    return canon_read_int(r, ret) && *ret >= 0 && *ret <= max;
}

bool fields_get_count(struct canon_reader *r, int64_t max, size_t *ret)
{
    int64_t n = 0;
    bool fine = get_bounded(r, max, &n);
    *ret = fine ? (size_t)n : 0;
    return fine;
}

static bool get_chars(struct canon_reader *r, struct arena *a, char *to, size_t size)
{
    const char *text = NULL;
    if (!canon_read_text(r, a, size - 1, &text))
        return false;
    snprintf(to, size, "%s", text);
    return true;
}

static bool get_bytes(struct canon_reader *r, uint8_t *to, size_t size)
{
    struct span s = {0};
    if (!canon_read_blob(r, &s) || s.n != size)
        return false;
    memcpy(to, s.p, size);
    return true;
}

static bool get(const struct field *f, struct canon_reader *r, struct arena *a, uint8_t *at)
{
    int64_t v = 0;
    switch (f->kind) {
    case FIELD_TEXT:
        return canon_read_text(r, a, FIELD_MAX_TEXT, (const char **)at);
    case FIELD_CHARS:
        return get_chars(r, a, (char *)at, f->size);
    case FIELD_INTEGER:
        return canon_read_int(r, (int64_t *)at);
    case FIELD_FLAG:
        if (!get_bounded(r, 1, &v))
            return false;
        *(bool *)at = v;
        return true;
    case FIELD_ENUM:
        if (!get_bounded(r, (int64_t)f->size - 1, &v))
            return false;
        *(unsigned *)at = (unsigned)v;
        return true;
    case FIELD_BYTES:
        return get_bytes(r, at, f->size);
    case FIELD_SPAN:
        return canon_read_blob(r, (struct span *)at) && ((struct span *)at)->n <= f->size;
    }
    return false;
}

bool fields_get(const struct field *f, size_t n, struct canon_reader *r, struct arena *a, void *to)
{
    for (size_t i = 0; i < n; i++)
        if (!get(&f[i], r, a, (uint8_t *)to + f[i].at))
            return false;
    return true;
}

void fields_put_list(const struct fields_list *l, const void *from, size_t n, struct bytes *out)
{
    canon_int(out, (int64_t)n);
    for (size_t i = 0; i < n; i++)
        fields_put(l->field, l->n_fields, (const uint8_t *)from + i * l->size, out);
}

bool fields_get_list(const struct fields_list *l, struct canon_reader *r, struct arena *a, void *ret,
                     size_t *ret_n)
{
    const size_t least = 4 * l->n_fields; /* no field is shorter than the length of a text */
    uint8_t *to;
    if (!fields_get_count(r, (int64_t)l->max, ret_n) || *ret_n > (size_t)(r->end - r->p) / least)
        return false;
    *(void **)ret = to = arena_array(a, *ret_n, l->size);
    for (size_t i = 0; i < *ret_n; i++)
        if (!fields_get(l->field, l->n_fields, r, a, to + i * l->size))
            return false;
    return true;
}
