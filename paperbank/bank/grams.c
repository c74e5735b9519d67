/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/grams.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "paperbank/bank/search-words.h"
#include "paperbank/bank/words.h"

enum { GRAM = 3 };

struct gram_set {
    uint32_t *hash;
    size_t n, room;
};

static void put(struct gram_set *s, uint32_t hash)
{
    if (s->n == s->room) {
        s->room = s->room ? 2 * s->room : 256;
        s->hash = mem_grow(s->hash, s->room, sizeof *s->hash);
    }
    s->hash[s->n++] = hash;
}

/* FNV-1a over the code points, then mixed so that all bits count. */
static uint32_t hash_of(const uint32_t c[GRAM], size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        for (int shift = 0; shift < 24; shift += 8)
            h = (h ^ (c[i] >> shift & 0xff)) * 16777619u;
    h ^= h >> 16;
    h *= 0x85ebca6bu;
    return h ^ h >> 13;
}

static void add_part(struct gram_set *s, const char *text, struct arena *a)
{
    const char *p = search_fold(a, text), *end = p + strlen(p);
    uint32_t last[GRAM] = {0};
    size_t n = 0;
    while (p < end) {
        uint32_t c = utf8_next(&p, end);
        if (search_char_of(c) == SEARCH_SPACE)
            continue;
        if (n >= GRAM)
            memmove(last, last + 1, (GRAM - 1) * sizeof *last);
        last[n < GRAM ? n : GRAM - 1] = c;
        if (++n >= GRAM)
            put(s, hash_of(last, GRAM));
    }
    if (n > 0 && n < GRAM)
        put(s, hash_of(last, n));
}

static void add_choices(struct gram_set *s, const struct item_choice *c, size_t n, struct arena *a)
{
    for (size_t i = 0; i < n; i++)
        if (c[i].content)
            add_part(s, item_node_text(c[i].content, a), a);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

void grams_add(struct bytes *out, const struct item *item)
{
    struct arena *a = arena_new();
    struct gram_set s = {0};
    add_part(&s, item_stem(item, a), a);
    for (const struct item_interaction *i = item->interaction; i; i = i->next) {
        add_choices(&s, i->choice, i->n_choices, a);
        add_choices(&s, i->target, i->n_targets, a);
    }
    if (s.n)
        qsort(s.hash, s.n, sizeof *s.hash, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < s.n && kept < GRAMS_MAX; i++)
        if (i == 0 || s.hash[i] != s.hash[i - 1]) {
            bytes_u32le(out, s.hash[i]);
            kept++;
        }
    free(s.hash);
    arena_free(a);
}
