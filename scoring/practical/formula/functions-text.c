/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of texts, and texts joined. Characters are Unicode's; the B forms count two for each character beyond
 * ASCII, as a Chinese Excel does. */
#include "scoring/practical/formula/compute.h"

#include <string.h>

#include "base/bytes.h"
#include "base/text.h"

static size_t character_length(const char *s)
{
    size_t n = 0;
    for (const char *end = s + strlen(s); s < end; n++)
        utf8_next(&s, end);
    return n;
}

/* Where the character number n (from 0) begins. */
static const char *character(const char *s, size_t n)
{
    const char *end = s + strlen(s);
    while (n-- && s < end)
        utf8_next(&s, end);
    return s;
}

static value taken(struct run *r, struct bytes *b)
{
    value v = character_length(b->p ? (const char *)b->p : "") > COMPUTE_MAX_TEXT
                  ? value_error(ERROR_VALUE)
                  : value_text(arena_strndup(r->a, b->p ? (const char *)b->p : "", b->n));
    bytes_release(b);
    return v;
}

/* ---- parts ---- */

static value len(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    value error;
    (void)n;
    return to_text(r, &arg[0], &s, &error) ? value_number((double)character_length(s)) : error;
}

static size_t double_length(const char *s)
{
    size_t n = 0;
    const char *end = s + strlen(s);
    while (s < end)
        n += utf8_next(&s, end) >= 0x80 ? 2 : 1;
    return n;
}

static value lenb(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    value error;
    (void)n;
    return to_text(r, &arg[0], &s, &error) ? value_number((double)double_length(s)) : error;
}

static bool text_and_count(struct run *r, value *arg, uint32_t n, const char **s, int32_t *count,
                           value *error)
{
    *count = 1;
    if (!to_text(r, &arg[0], s, error) || (n > 1 && !to_whole(r, &arg[1], count, error)))
        return false;
    *error = value_error(ERROR_VALUE);
    return *count >= 0;
}

static value left(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t count;
    value error;
    if (!text_and_count(r, arg, n, &s, &count, &error))
        return error;
    return value_text(arena_strndup(r->a, s, (size_t)(character(s, (size_t)count) - s)));
}

static value right(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t count;
    value error;
    if (!text_and_count(r, arg, n, &s, &count, &error))
        return error;
    size_t all = character_length(s);
    return value_text(character(s, (size_t)count >= all ? 0 : all - (size_t)count));
}

/* Bytes that hold `count` halves; a character that would be cut becomes a blank. */
static value half_part(struct run *r, const char *s, size_t from, size_t count)
{
    struct bytes out = {0};
    size_t at = 0;
    const char *end = s + strlen(s);
    while (s < end && at < from + count) {
        const char *start = s;
        size_t width = utf8_next(&s, end) >= 0x80 ? 2 : 1;
        if (at >= from && at + width <= from + count)
            bytes_add(&out, start, (size_t)(s - start));
        else if (at + width > from)
            bytes_str(&out, " ");
        at += width;
    }
    return taken(r, &out);
}

static value leftb(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t count;
    value error;
    return text_and_count(r, arg, n, &s, &count, &error) ? half_part(r, s, 0, (size_t)count) : error;
}

static value rightb(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t count;
    value error;
    if (!text_and_count(r, arg, n, &s, &count, &error))
        return error;
    size_t all = double_length(s), part = (size_t)count > all ? all : (size_t)count;
    return half_part(r, s, all - part, part);
}

static bool middle(struct run *r, value *arg, const char **s, int32_t *from, int32_t *count, value *error)
{
    if (!to_text(r, &arg[0], s, error) || !to_whole(r, &arg[1], from, error) ||
        !to_whole(r, &arg[2], count, error))
        return false;
    *error = value_error(ERROR_VALUE);
    return *from >= 1 && *count >= 0;
}

static value mid(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t from, count;
    value error;
    (void)n;
    if (!middle(r, arg, &s, &from, &count, &error))
        return error;
    s = character(s, (size_t)from - 1);
    return value_text(arena_strndup(r->a, s, (size_t)(character(s, (size_t)count) - s)));
}

static value midb(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t from, count;
    value error;
    (void)n;
    return middle(r, arg, &s, &from, &count, &error) ? half_part(r, s, (size_t)from - 1, (size_t)count)
                                                     : error;
}

/* ---- looking for ---- */

/* Place of the first match from character `from` on, 1-based; 0: none. Prefixes of the rest are tried, for
 * a pattern stands for a whole text. */
static size_t search_from(struct run *r, const char *what, const char *in, size_t from)
{
    const char *end = in + strlen(in);
    char *pattern = arena_printf(r->a, "%s*", what);
    size_t place = from;
    for (const char *s = character(in, from - 1); s <= end && run_step(r, 1); place++) {
        if (wildcard_match(r, pattern, s))
            return place;
        if (s == end)
            break;
        utf8_next(&s, end);
    }
    return 0;
}

static size_t find_from(const char *what, const char *in, size_t from)
{
    size_t place = from, n = strlen(what);
    const char *end = in + strlen(in);
    for (const char *s = character(in, from - 1);; place++) {
        if (strncmp(s, what, n) == 0)
            return place;
        if (s == end)
            return 0;
        utf8_next(&s, end);
    }
}

static value place_of(struct run *r, value *arg, uint32_t n, bool patterns)
{
    const char *what, *in;
    int32_t from = 1;
    value error;
    if (!to_text(r, &arg[0], &what, &error) || !to_text(r, &arg[1], &in, &error) ||
        (n > 2 && !to_whole(r, &arg[2], &from, &error)))
        return error;
    if (from < 1 || (size_t)from > character_length(in) + 1)
        return value_error(ERROR_VALUE);
    size_t place = patterns ? search_from(r, what, in, (size_t)from) : find_from(what, in, (size_t)from);
    return place ? value_number((double)place) : value_error(ERROR_VALUE);
}

static value find(struct run *r, value *arg, uint32_t n)
{
    return place_of(r, arg, n, false);
}

static value search(struct run *r, value *arg, uint32_t n)
{
    return place_of(r, arg, n, true);
}

/* ---- changing ---- */

static value substitute(struct run *r, value *arg, uint32_t n)
{
    const char *s, *old, *new_, *found;
    int32_t which = 0, seen = 0;
    struct bytes out = {0};
    value error;
    if (!to_text(r, &arg[0], &s, &error) || !to_text(r, &arg[1], &old, &error) ||
        !to_text(r, &arg[2], &new_, &error) || (n > 3 && !to_whole(r, &arg[3], &which, &error)))
        return error;
    if (n > 3 && which < 1)
        return value_error(ERROR_VALUE);
    while (*old && (found = strstr(s, old)) && out.n < 1 << 20) {
        seen++;
        bytes_add(&out, s, (size_t)(found - s));
        bytes_str(&out, which == 0 || which == seen ? new_ : old);
        s = found + strlen(old);
    }
    bytes_str(&out, s);
    return taken(r, &out);
}

static value replace(struct run *r, value *arg, uint32_t n)
{
    const char *s, *new_;
    int32_t from, count;
    struct bytes out = {0};
    value error;
    (void)n;
    if (!middle(r, arg, &s, &from, &count, &error) || !to_text(r, &arg[3], &new_, &error))
        return error;
    const char *cut = character(s, (size_t)from - 1);
    bytes_add(&out, s, (size_t)(cut - s));
    bytes_str(&out, new_);
    bytes_str(&out, character(cut, (size_t)count));
    return taken(r, &out);
}

/* Blanks at both ends go, several inside become one; other white space stays. */
static value trim(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    struct bytes out = {0};
    value error;
    (void)n;
    if (!to_text(r, &arg[0], &s, &error))
        return error;
    for (; *s; s++)
        if (*s != ' ' || (out.n && s[1] && s[1] != ' '))
            bytes_add(&out, s, 1);
    return taken(r, &out);
}

static value clean(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    struct bytes out = {0};
    value error;
    (void)n;
    if (!to_text(r, &arg[0], &s, &error))
        return error;
    for (; *s; s++)
        if ((unsigned char)*s >= 0x20)
            bytes_add(&out, s, 1);
    return taken(r, &out);
}

static value rept(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    int32_t count;
    struct bytes out = {0};
    value error;
    (void)n;
    if (!to_text(r, &arg[0], &s, &error) || !to_whole(r, &arg[1], &count, &error))
        return error;
    if (count < 0 || (double)strlen(s) * count > 4 * COMPUTE_MAX_TEXT)
        return value_error(ERROR_VALUE);
    while (*s && count-- > 0)
        bytes_str(&out, s);
    return taken(r, &out);
}

static value exact(struct run *r, value *arg, uint32_t n)
{
    const char *x, *y;
    value error;
    (void)n;
    if (!to_text(r, &arg[0], &x, &error) || !to_text(r, &arg[1], &y, &error))
        return error;
    return value_bool(strcmp(x, y) == 0);
}

/* ---- joining ---- */

struct joining {
    struct bytes out;
    const char *between;
    bool skip_empty, begun;
    value error;
};

static bool join_one(struct run *r, void *context, const value *v, bool direct)
{
    struct joining *j = context;
    const char *s;
    (void)direct;
    if (!to_text(r, v, &s, &j->error))
        return false;
    j->error = (value){0};
    if (j->skip_empty && !*s)
        return true;
    bytes_str(&j->out, j->begun ? j->between : "");
    bytes_str(&j->out, s);
    j->begun = true;
    return j->out.n < 4 * COMPUTE_MAX_TEXT;
}

static value joined(struct run *r, struct joining *j, value *arg, uint32_t n)
{
    j->error = (value){0};
    visit(r, arg, n, join_one, j);
    value v = taken(r, &j->out);
    return j->error.kind == VALUE_ERROR ? j->error : v;
}

static value concat(struct run *r, value *arg, uint32_t n)
{
    struct joining j = {.between = ""};
    return joined(r, &j, arg, n);
}

static value textjoin(struct run *r, value *arg, uint32_t n)
{
    struct joining j = {.between = ""};
    value error;
    if (!to_text(r, &arg[0], &j.between, &error) || !to_bool(r, &arg[1], &j.skip_empty, &error))
        return error;
    return joined(r, &j, arg + 2, n - 2);
}

const struct function text_functions[] = {
    {"LEN", 1, 1, "v", len, NULL},
    {"LENB", 1, 1, "v", lenb, NULL},
    {"LEFT", 1, 2, "v", left, NULL},
    {"LEFTB", 1, 2, "v", leftb, NULL},
    {"RIGHT", 1, 2, "v", right, NULL},
    {"RIGHTB", 1, 2, "v", rightb, NULL},
    {"MID", 3, 3, "v", mid, NULL},
    {"MIDB", 3, 3, "v", midb, NULL},
    {"FIND", 2, 3, "v", find, NULL},
    {"SEARCH", 2, 3, "v", search, NULL},
    {"SUBSTITUTE", 3, 4, "v", substitute, NULL},
    {"REPLACE", 4, 4, "v", replace, NULL},
    {"TRIM", 1, 1, "v", trim, NULL},
    {"CLEAN", 1, 1, "v", clean, NULL},
    {"REPT", 2, 2, "v", rept, NULL},
    {"EXACT", 2, 2, "v", exact, NULL},
    {"CONCAT", 1, 255, "r", concat, NULL},
    {"CONCATENATE", 1, 255, "v", concat, NULL},
    {"TEXTJOIN", 3, 255, "vvr", textjoin, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};
