/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT 0xFFFD

bool utf8_valid(const char *s, size_t n)
{
    const uint8_t *p = (const uint8_t *)s;
    for (size_t i = 0; i < n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t k = utf8proc_iterate(p + i, (utf8proc_ssize_t)(n - i), &c);
        if (k <= 0)
            return false;
        i += (size_t)k;
    }
    return true;
}

void utf8_mend(char *s, char stand_in)
{
    char *to = s;
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t k = utf8proc_iterate((const uint8_t *)p, end - p, &c);
        if (k <= 0) {
            if (stand_in)
                *to++ = stand_in;
            p++;
            continue;
        }
        memmove(to, p, (size_t)k);
        to += k;
        p += k;
    }
    *to = '\0';
}

bool char_is_control(uint32_t c)
{
    return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void text_disarm(char *s)
{
    utf8_mend(s, '?');
    char *to = s;
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        const char *from = p;
        if (char_is_control(utf8_next(&p, end))) {
            *to++ = '?';
        } else {
            memmove(to, from, (size_t)(p - from));
            to += p - from;
        }
    }
    *to = '\0';
}

uint32_t utf8_next(const char **s, const char *end)
{
    utf8proc_int32_t c;
    if (*s < end && (uint8_t) * *s < 0x80)
        return (uint32_t) * (*s)++;
    utf8proc_ssize_t k = utf8proc_iterate((const uint8_t *)*s, end - *s, &c);
    if (k <= 0) {
        (*s)++;
        return REPLACEMENT;
    }
    *s += k;
    return (uint32_t)c;
}

size_t utf8_put(char *out, uint32_t c)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (uint8_t *)out);
}

int char_width(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
        return 0;
    if (c < 0x7F)
        return 1;
    return utf8proc_charwidth((utf8proc_int32_t)c);
}

size_t text_fit(const char *s, size_t columns, size_t *ret_columns)
{
    const char *p = s, *end = s + strlen(s);
    size_t used = 0;
    while (p < end) {
        const char *next = p;
        size_t w = (size_t)char_width(utf8_next(&next, end));
        if (used + w > columns)
            break;
        used += w;
        p = next;
    }
    if (ret_columns)
        *ret_columns = used;
    return (size_t)(p - s);
}

size_t text_width(const char *s)
{
    size_t columns;
    text_fit(s, SIZE_MAX / 2, &columns);
    return columns;
}

char *text_nfkc(struct arena *a, const char *s)
{
    if (!utf8_valid(s, strlen(s)))
        return NULL;
    utf8proc_uint8_t *n = utf8proc_NFKC((const utf8proc_uint8_t *)s);
    if (!n)
        return NULL;
    char *copy = arena_strdup(a, (const char *)n);
    free(n);
    return copy;
}

static char *mapped(struct arena *a, const char *s, utf8proc_option_t options)
{
    utf8proc_uint8_t *map = NULL;
    if (utf8proc_map((const utf8proc_uint8_t *)s, 0, &map, options | UTF8PROC_NULLTERM | UTF8PROC_STABLE) < 0)
        return NULL;
    char *copy = arena_strdup(a, (const char *)map);
    free(map);
    return copy;
}

char *text_fold_case(struct arena *a, const char *s)
{
    return mapped(a, s, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

char *text_strip_marks(struct arena *a, const char *s)
{
    return mapped(a, s, UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || c == 0xFEFF ||
           (c >= 0x2000 && c <= 0x200B);
}

char *text_trim(struct arena *a, const char *s)
{
    const char *end = s + strlen(s), *first = end, *last = s;
    for (const char *p = s; p < end;) {
        const char *start = p;
        if (is_space(utf8_next(&p, end)))
            continue;
        if (first == end)
            first = start;
        last = p;
    }
    return last > first ? arena_strndup(a, first, (size_t)(last - first)) : arena_strdup(a, "");
}

char *text_normalize_answer(struct arena *a, const char *s)
{
    char *n = text_nfkc(a, s);
    if (!n)
        return NULL;
    n = text_trim(a, n);
    char *out = n;
    const char *end = n + strlen(n);
    bool gap = false;
    for (const char *p = n; p < end;) {
        const char *start = p;
        if (is_space(utf8_next(&p, end))) {
            gap = true;
            continue;
        }
        if (gap)
            *out++ = ' ';
        gap = false;
        memmove(out, start, (size_t)(p - start));
        out += p - start;
    }
    *out = '\0';
    return n;
}

int ascii_casecmp(const char *a, const char *b)
{
    for (;; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
        if (x >= 'A' && x <= 'Z')
            x = (unsigned char)(x + 32);
        if (y >= 'A' && y <= 'Z')
            y = (unsigned char)(y + 32);
        if (x != y || !x)
            return (x > y) - (x < y);
    }
}
