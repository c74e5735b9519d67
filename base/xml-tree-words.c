/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "base/xml-tree-internal.h"

#include <stdlib.h>

#include "base/mem.h"

/* Names that were made to fall into one place of the table are refused rather than compared for hours. */
enum { FIRST_SLOTS = 256, MOST_TRIES = 500 };

static uint64_t eight(const uint8_t *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

/* The first n bytes at p, 8 at most; the bytes behind them are read, too. */
static uint64_t head_of(const uint8_t *p, size_t n)
{
    static const uint8_t mask[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    return n < 8 ? eight(p) & eight(mask + 8 - n) : eight(p);
}

static size_t place_of(const struct xml_tree *t, uint64_t head, uint64_t tail, size_t n)
{
    uint64_t h = (head ^ n) * UINT64_C(0x9e3779b97f4a7c15) ^ tail * UINT64_C(0xc2b2ae3d27d4eb4f);
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return (size_t)(h >> 32) & (t->slots - 1);
}

static bool widen(struct xml_tree *t)
{
    size_t slots = t->slots ? 2 * t->slots : FIRST_SLOTS;
    if (!tree_may_hold(t, slots * sizeof *t->word))
        return false;
    struct xml_tree wider = {.word = mem_alloc(slots * sizeof *t->word), .slots = slots};
    for (size_t i = 0; i < t->slots; i++) {
        struct tree_word *w = t->word[i];
        size_t at = w ? place_of(&wider, w->head, w->tail, w->n) : 0;
        while (w && wider.word[at])
            at = (at + 1) & (slots - 1);
        if (w)
            wider.word[at] = w;
    }
    free(t->word);
    t->held += (slots - t->slots) * sizeof *t->word;
    t->word = wider.word;
    t->slots = slots;
    return true;
}

struct tree_word *tree_word(struct xml_tree *t, const uint8_t *p, size_t n)
{
    if (n > t->max || (2 * (t->words + 1) > t->slots && !widen(t)))
        return NULL;
    uint64_t head = head_of(p, n), tail = n > 8 ? eight(p + n - 8) : head;
    size_t at = place_of(t, head, tail, n);
    for (size_t tries = 0; t->word[at]; at = (at + 1) & (t->slots - 1)) {
        struct tree_word *w = t->word[at];
        if (w->head == head && w->tail == tail && w->n == n && (n <= 16 || memcmp(w->text, p, n) == 0))
            return w;
        if (++tries == MOST_TRIES)
            return NULL;
    }
    struct tree_word *w = tree_alloc_word(t, sizeof *w + n + 1);
    if (!w)
        return NULL;
    *w = (struct tree_word){.head = head, .tail = tail, .n = (uint32_t)n};
    memcpy(w->text, p, n);
    w->text[n] = '\0';
    t->word[at] = w;
    t->words++;
    return w;
}

/* Of all characters from p to end, the first of a name and others. */
static bool all_are_name(const char *p, const char *end)
{
    for (bool first = true; p < end; first = false) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        uint32_t c = letter ? 0 : utf8_next(&p, end);
        if (letter)
            p++;
        else if (c == ':' || !tree_is_name_char(c, first))
            return false;
    }
    return true;
}

bool tree_word_is_name(struct xml_tree *t, struct tree_word *w, bool *ret_full)
{
    if (w->kind != WORD_NEW)
        return w->kind == WORD_NAME;
    const char *end = w->text + w->n, *colon = memchr(w->text, ':', w->n);
    w->kind = WORD_NO_NAME;
    w->local = colon ? colon + 1 : w->text;
    if (colon == w->text || w->local == end || !all_are_name(w->local, end) ||
        (colon && !all_are_name(w->text, colon)))
        return false;
    size_t n_prefix = colon ? (size_t)(colon - w->text) : 0;
    w->prefix = tree_word(t, (const uint8_t *)w->text, n_prefix);
    if (n_prefix == 5 && memcmp(w->text, "xmlns", 5) == 0)
        w->declares = tree_word(t, (const uint8_t *)w->local, (size_t)(end - w->local));
    else if (!colon && strcmp(w->text, "xmlns") == 0)
        w->declares = w->prefix;
    *ret_full = !w->prefix || (n_prefix == 5 && memcmp(w->text, "xmlns", 5) == 0 && !w->declares);
    if (*ret_full)
        return false;
    w->kind = WORD_NAME;
    return true;
}
