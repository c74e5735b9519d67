/* SPDX-License-Identifier: Apache-2.0 */
#include <stdalign.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/xml-tree-internal.h"

enum { FIRST_BLOCK = 4096, BLOCK = 65536 };

struct tree_block {
    struct tree_block *older;
    size_t size, used;
    alignas(max_align_t) uint8_t at[];
};

struct xml_tree *tree_new(const char *name, size_t max)
{
    struct xml_tree *t = mem_alloc(sizeof *t);
    *t = (struct xml_tree){.name = mem_strdup(name), .max = max};
    return t;
}

static void free_blocks(struct tree_block *b)
{
    while (b) {
        struct tree_block *older = b->older;
        free(b);
        b = older;
    }
}

void xml_tree_free(struct xml_tree *t)
{
    if (!t)
        return;
    free_blocks(t->nodes);
    free_blocks(t->names);
    free(t->word);
    free(t->name);
    free(t);
}

bool tree_may_hold(const struct xml_tree *t, size_t more)
{
    return more <= t->max - t->held;
}

static void *take(struct xml_tree *t, struct tree_block **list, size_t size, size_t align)
{
    struct tree_block *b = *list;
    size_t used = b ? (b->used + align - 1) & ~(align - 1) : 0;
    if (size > t->max)
        return NULL;
    if (!b || used > b->size || size > b->size - used) {
        size_t room = b ? BLOCK : FIRST_BLOCK;
        room = size > room ? size : room;
        if (!tree_may_hold(t, room + sizeof *b))
            return NULL;
        b = mem_grow(NULL, 1, room + sizeof *b);
        *b = (struct tree_block){.older = *list, .size = room};
        t->held += room + sizeof *b;
        *list = b;
        used = 0;
    }
    b->used = used + size;
    return b->at + used;
}

void *tree_alloc(struct xml_tree *t, size_t size)
{
    return take(t, &t->nodes, size, alignof(struct xml_tree_node));
}

char *tree_alloc_text(struct xml_tree *t, size_t size)
{
    return take(t, &t->nodes, size, 1);
}

void *tree_alloc_word(struct xml_tree *t, size_t size)
{
    /* 8 bytes more: tree_word() may be asked for a part of it, and reads so much behind its end */
    return take(t, &t->names, size + 8, alignof(struct tree_word));
}

struct tree_mark tree_here(const struct xml_tree *t)
{
    return (struct tree_mark){t->nodes, t->nodes ? t->nodes->used : 0};
}

void tree_back_to(struct xml_tree *t, struct tree_mark mark)
{
    while (t->nodes != mark.block) {
        struct tree_block *older = t->nodes->older;
        t->held -= t->nodes->size + sizeof *t->nodes;
        free(t->nodes);
        t->nodes = older;
    }
    if (t->nodes)
        t->nodes->used = mark.used;
}

static void decide(struct tree_decoder *d, struct bytes *in)
{
    static const uint8_t mark8[] = {0xef, 0xbb, 0xbf};
    const uint8_t *p = in->p;
    size_t skip = 0;
    d->form = TREE_UTF8;
    if (in->n >= 2 && p[0] == 0xff && p[1] == 0xfe) {
        d->form = TREE_UTF16LE;
        skip = 2;
    } else if (in->n >= 2 && p[0] == 0xfe && p[1] == 0xff) {
        d->form = TREE_UTF16BE;
        skip = 2;
    } else if (in->n >= 4 && p[0] == '<' && p[1] == 0 && p[3] == 0)
        d->form = TREE_UTF16LE;
    else if (in->n >= 4 && p[0] == 0 && p[1] == '<' && p[2] == 0)
        d->form = TREE_UTF16BE;
    else if (in->n >= 3 && memcmp(p, mark8, 3) == 0)
        skip = 3;
    memmove(in->p, in->p + skip, in->n - skip);
    in->n -= skip;
}

static uint32_t unit(const struct tree_decoder *d, const uint8_t *p)
{
    return d->form == TREE_UTF16LE ? (uint32_t)(p[0] | p[1] << 8) : (uint32_t)(p[0] << 8 | p[1]);
}

static bool decode16(struct tree_decoder *d, struct span in, bool end, struct bytes *out)
{
    char text[4];
    while (in.n >= 2) {
        uint32_t c = unit(d, in.p);
        size_t n = 2;
        if (c >= 0xdc00 && c < 0xe000)
            return false;
        if (c >= 0xd800 && c < 0xdc00) {
            if (in.n < 4)
                break;
            uint32_t low = unit(d, in.p + 2);
            if (low < 0xdc00 || low >= 0xe000)
                return false;
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            n = 4;
        }
        bytes_add(out, text, utf8_put(text, c));
        in = span_of(in.p + n, in.n - n);
    }
    if (in.n)
        memcpy(d->carry, in.p, in.n);
    d->n_carry = in.n;
    return !end || in.n == 0;
}

bool tree_decode(struct tree_decoder *d, struct span chunk, struct bytes *out)
{
    bool end = chunk.n == 0, ok = true;
    struct bytes in = {0};
    if (d->form == TREE_UTF8) {
        bytes_add(out, chunk.p, chunk.n);
        return true;
    }
    bytes_add(&in, d->carry, d->n_carry);
    if (chunk.n)
        bytes_add(&in, chunk.p, chunk.n);
    d->n_carry = 0;
    if (d->form == TREE_UNDECIDED && in.n < 4 && !end) {
        memcpy(d->carry, in.p, in.n);
        d->n_carry = in.n;
    } else {
        if (d->form == TREE_UNDECIDED)
            decide(d, &in);
        if (d->form == TREE_UTF8)
            bytes_add(out, in.p, in.n);
        else
            ok = decode16(d, bytes_span(&in), end, out);
    }
    bytes_release(&in);
    return ok;
}
