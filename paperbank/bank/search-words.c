/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/search-words.h"

#include <string.h>

#include "base/text.h"

enum { MAX_RUNS = 32, MAX_LETTERS = 200 };

static bool within(uint32_t c, uint32_t lo, uint32_t hi)
{
    return c >= lo && c <= hi;
}

enum search_char search_char_of(uint32_t c)
{
    if (c < 0x80)
        return within(c, '0', '9') || within(c, 'a', 'z') || within(c, 'A', 'Z') ? SEARCH_LETTER
                                                                                 : SEARCH_SPACE;
    if (within(c, 0x3040, 0x30fa) || within(c, 0x30fc, 0x318f) || within(c, 0x31a0, 0x31bf) ||
        within(c, 0x3400, 0x4dbf) || within(c, 0x4e00, 0x9fff) || within(c, 0xac00, 0xd7a3) ||
        within(c, 0xf900, 0xfaff) || within(c, 0x20000, 0x3ffff) || within(c, 0x3005, 0x3007) ||
        within(c, 0x2e80, 0x2fdf))
        return SEARCH_IDEOGRAPH;
    if (within(c, 0x80, 0xbf) || c == 0xd7 || c == 0xf7 || within(c, 0x2000, 0x2bff) ||
        within(c, 0x3000, 0x303f) || within(c, 0xe000, 0xf8ff) || within(c, 0xfe10, 0xfe6f) || c >= 0xfff0)
        return SEARCH_SPACE;
    return SEARCH_LETTER;
}

/* The form of a character that has one by itself, whatever stands around it, under NFKC and case folding; 0:
 * look it up. */
static uint32_t folded_alone(uint32_t c)
{
    if (within(c, 0xff01, 0xff5e))
        c -= 0xff01 - '!';
    if (c < 0x80)
        return within(c, 'A', 'Z') ? c + ('a' - 'A') : c;
    if (c == 0x3000)
        return ' ';
    return within(c, 0x4e00, 0x9fff) || within(c, 0x3001, 0x3029) || within(c, 0x2018, 0x201d) ? c : 0;
}

/* Of the usual Chinese text, all of whose characters are such; NULL for any other. */
static const char *fold_plain(struct arena *a, const char *text)
{
    size_t n = strlen(text);
    char *folded = arena_alloc(a, n + 1), *out = folded;
    for (const char *p = text; p < text + n;) {
        uint32_t c = folded_alone(utf8_next(&p, text + n));
        if (c == 0)
            return NULL;
        out += utf8_put(out, c);
    }
    *out = '\0';
    return folded;
}

const char *search_fold(struct arena *a, const char *text)
{
    const char *usual = fold_plain(a, text);
    if (usual)
        return usual;
    const char *plain = text_nfkc(a, text);
    const char *folded = plain ? text_fold_case(a, plain) : NULL;
    return folded ? folded : "";
}

struct run {
    enum search_char kind;
    const char *begin, *end;
};

/* The next run of letters or of ideographs at *at; false at the end. */
static bool next_run(const char **at, const char *end, struct run *ret)
{
    const char *p = *at;
    *ret = (struct run){.kind = SEARCH_SPACE};
    while (p < end) {
        const char *begin = p;
        enum search_char kind = search_char_of(utf8_next(&p, end));
        if (ret->kind == SEARCH_SPACE && kind != SEARCH_SPACE)
            *ret = (struct run){kind, begin, p};
        else if (ret->kind != SEARCH_SPACE && kind == ret->kind && p - ret->begin < MAX_LETTERS * 8)
            ret->end = p;
        else if (ret->kind != SEARCH_SPACE)
            break;
    }
    *at = ret->kind == SEARCH_SPACE ? end : ret->end;
    return ret->kind != SEARCH_SPACE;
}

/* "题库管 库管理 管理 理 " for 题库管理: so each ideograph begins a word, and each pair. `whole`: only triples. */
static void add_triples(struct bytes *out, const struct run *r, bool whole)
{
    for (const char *p = r->begin; p < r->end;) {
        const char *first = p, *after;
        utf8_next(&p, r->end);
        after = p;
        for (int more = 0; more < 2; more++) {
            if (after == r->end && whole)
                return;
            if (after < r->end)
                utf8_next(&after, r->end);
        }
        bytes_add(out, first, (size_t)(after - first));
        bytes_str(out, " ");
    }
}

void search_words_add(struct bytes *out, const char *text, struct arena *a)
{
    const char *at = search_fold(a, text), *end = at + strlen(at);
    struct run r;
    while (next_run(&at, end, &r)) {
        if (r.kind == SEARCH_IDEOGRAPH) {
            add_triples(out, &r, false);
        } else {
            bytes_add(out, r.begin, (size_t)(r.end - r.begin));
            bytes_str(out, " ");
        }
    }
}

static bool is_short(const struct run *r)
{
    const char *p = r->begin;
    for (int i = 0; i < 2 && p < r->end; i++)
        utf8_next(&p, r->end);
    return p == r->end;
}

const char *search_query(struct arena *a, const char *text)
{
    struct bytes out = {0};
    const char *at = search_fold(a, text), *end = at + strlen(at);
    struct run r;
    for (int n = 0; n < MAX_RUNS && next_run(&at, end, &r); n++) {
        bytes_str(&out, out.n ? " AND \"" : "\"");
        bool phrase = r.kind == SEARCH_IDEOGRAPH && !is_short(&r);
        if (phrase)
            add_triples(&out, &r, true);
        else
            bytes_add(&out, r.begin, (size_t)(r.end - r.begin));
        bytes_str(&out, phrase ? "\"" : "\"*");
    }
    const char *query = out.n ? arena_strdup(a, (const char *)out.p) : NULL;
    bytes_release(&out);
    return query;
}
