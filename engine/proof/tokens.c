/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/tokens.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

struct tokens tokens_of(struct span text)
{
    const char *p = text.n ? (const char *)text.p : "";
    return (struct tokens){.p = p, .end = p + text.n, .line = 1};
}

size_t tokens_left(const struct tokens *t)
{
    return (size_t)(t->end - t->p);
}

bool tokens_try(struct tokens *t, const char *what)
{
    size_t n = strlen(what);
    if (t->bad || tokens_left(t) < n || memcmp(t->p, what, n) != 0)
        return false;
    t->p += n;
    return true;
}

void tokens_expect(struct tokens *t, const char *what)
{
    if (!tokens_try(t, what))
        t->bad = true;
}

void tokens_end_line(struct tokens *t)
{
    tokens_expect(t, "\n");
    t->line += !t->bad;
}

int64_t tokens_number(struct tokens *t, int64_t lo, int64_t hi)
{
    bool minus = tokens_try(t, "-");
    const char *from = t->p;
    int64_t v = 0;
    while (!t->bad && t->p < t->end && *t->p >= '0' && *t->p <= '9') {
        int digit = *t->p++ - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
            t->bad = true;
    }
    if (t->p == from || (!minus && v == INT64_MIN))
        t->bad = true;
    else if (!minus)
        v = -v;
    if (v < lo || v > hi)
        t->bad = true;
    return t->bad ? lo : v;
}

int64_t tokens_number_or(struct tokens *t, int64_t open)
{
    bool is_open = !t->bad && tokens_left(t) >= 2 && t->p[0] == '-' && (t->p[1] < '0' || t->p[1] > '9');
    if (!is_open)
        return tokens_number(t, INT64_MIN + 1, INT64_MAX - 1);
    t->p++;
    return open;
}

size_t tokens_count(struct tokens *t, size_t most, size_t bytes)
{
    size_t n = (size_t)tokens_number(t, 0, (int64_t)most);
    if (n * bytes > tokens_left(t))
        t->bad = true;
    return t->bad ? 0 : n;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes n bytes in place; false for what is no %XX, or a zero byte. */
static bool decode(char *s, size_t n)
{
    char *to = s;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '%') {
            int high = i + 2 < n ? hex_digit(s[i + 1]) : -1, low = i + 2 < n ? hex_digit(s[i + 2]) : -1;
            if (high < 0 || low < 0 || high + low == 0)
                return false;
            *to++ = (char)(high * 16 + low);
            i += 2;
        } else if (s[i] == '\0') {
            return false;
        } else {
            *to++ = s[i];
        }
    }
    *to = '\0';
    return true;
}

static const char *up_to(struct tokens *t, struct arena *a, const char *stop)
{
    const char *from = t->p;
    while (!t->bad && t->p < t->end && !(*t->p && strchr(stop, *t->p)))
        t->p++;
    size_t n = (size_t)(t->p - from);
    char *s = arena_strndup(a, from, n);
    if (t->bad || strlen(s) != n || !decode(s, n)) {
        t->bad = true;
        return "";
    }
    return s;
}

const char *tokens_word(struct tokens *t, struct arena *a)
{
    return tokens_try(t, "%-") ? "" : up_to(t, a, " \n");
}

const char *tokens_rest(struct tokens *t, struct arena *a)
{
    return up_to(t, a, "\n");
}

int tokens_choice(struct tokens *t, const char *const *word, int n)
{
    for (int i = 0; i < n; i++) {
        size_t length = strlen(word[i]);
        if (tokens_left(t) > length && t->p[length] == ' ' && tokens_try(t, word[i]))
            return i;
    }
    t->bad = true;
    return 0;
}

int tokens_done(const struct tokens *t, const char *name, struct err *e)
{
    char where[80];
    if (!t->bad && t->p == t->end)
        return 0;
    snprintf(where, sizeof where, "%.60s:%zu", name, t->line);
    return err_set(e, ERR_DATA, where, _("this line is not as it must be"));
}

static void put_encoded(struct bytes *out, const char *s, bool blanks)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < ' ' || c == '%' || c == 0x7f || (c == ' ' && !blanks))
            bytes_printf(out, "%%%02x", c);
        else
            bytes_u8(out, c);
    }
}

void tokens_put_word(struct bytes *out, const char *s)
{
    if (*s)
        put_encoded(out, s, false);
    else
        bytes_str(out, "%-");
}

void tokens_put_rest(struct bytes *out, const char *s)
{
    put_encoded(out, s, true);
}

void tokens_put_number(struct bytes *out, char before, int64_t v)
{
    char digits[24], *p = digits + sizeof digits;
    uint64_t rest = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0)
        *--p = '-';
    if (before)
        *--p = before;
    bytes_add(out, p, (size_t)(digits + sizeof digits - p));
}
