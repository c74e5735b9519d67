/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/exam-packages/variants.h"

enum { CHUNK = 24 };

void pieces_take(struct pieces *x, struct span container)
{
    struct zip *z = NULL;
    struct err e;
    *x = (struct pieces){0};
    assert_done(zip_open_span(&z, container, &e), e);
    for (; x->n < zip_count(z); x->n++) {
        assert_true(x->n < PIECES_MAX);
        bytes_str(&x->name[x->n], zip_name(z, x->n));
        bytes_add(&x->data[x->n], zip_part(z, x->n).p, zip_part(z, x->n).n);
    }
    zip_close(z);
}

void pieces_copy(struct pieces *x, const struct pieces *from)
{
    *x = (struct pieces){.n = from->n};
    for (size_t i = 0; i < from->n; i++) {
        bytes_add(&x->name[i], from->name[i].p, from->name[i].n);
        bytes_add(&x->data[i], from->data[i].p, from->data[i].n);
    }
}

void pieces_swap(struct pieces *x, size_t a, size_t b)
{
    struct bytes name = x->name[a], data = x->data[a];
    x->name[a] = x->name[b];
    x->data[a] = x->data[b];
    x->name[b] = name;
    x->data[b] = data;
}

bool pieces_join(struct pieces *x, struct bytes *ret)
{
    struct err e;
    struct zip_writer *w = zip_writer_new(ret);
    for (size_t i = 0; i < x->n; i++)
        if (zip_add(w, (const char *)x->name[i].p, bytes_span(&x->data[i]), &e) < 0) {
            zip_cancel(w);
            return false;
        }
    return zip_finish(w, &e) == 0;
}

void pieces_release(struct pieces *x)
{
    for (size_t i = 0; i < x->n; i++) {
        bytes_release(&x->name[i]);
        bytes_release(&x->data[i]);
    }
    x->n = 0;
}

static uint8_t odd_byte(struct rng *r)
{
    static const uint8_t odd[] = {0,   1,   0x7f, 0x80, 0xff, '\n', '\r', ' ',
                                  '-', '/', '<',  '&',  '"',  '=',  '0',  '9'};
    return rng_below(r, 2) ? odd[rng_below(r, sizeof odd)] : (uint8_t)rng_u64(r);
}

static void flip_digit(struct rng *r, struct bytes *b)
{
    for (size_t i = 0, at = rng_below(r, b->n); i < b->n; i++, at = (at + 1) % b->n)
        if (b->p[at] >= '0' && b->p[at] <= '9') {
            b->p[at] = (uint8_t)('0' + rng_below(r, 10));
            return;
        }
}

/* What stands at `at` for `n` bytes becomes these. */
static void put_in(struct bytes *b, size_t at, size_t n, struct span in)
{
    struct bytes out = {0};
    bytes_add(&out, b->p, at);
    bytes_add(&out, in.p, in.n);
    bytes_add(&out, b->p + at + n, b->n - at - n);
    bytes_release(b);
    *b = out;
}

void variant_bytes(struct rng *r, struct bytes *b, struct span other)
{
    uint8_t fresh[CHUNK];
    size_t at = rng_below(r, b->n + 1), left = b->n - at, n = rng_below(r, (left < CHUNK ? left : CHUNK) + 1);
    size_t from = rng_below(r, other.n + 1), more = other.n - from < CHUNK ? other.n - from : CHUNK;
    switch (left ? rng_below(r, 8) : 4) {
    case 0:
        b->p[at] ^= (uint8_t)(1u << rng_below(r, 8));
        return;
    case 1:
        b->p[at] = odd_byte(r);
        return;
    case 2:
        flip_digit(r, b);
        return;
    case 3:
        b->n = at;
        return;
    case 4:
        for (size_t i = 0; i < sizeof fresh; i++)
            fresh[i] = odd_byte(r);
        put_in(b, at, 0, span_of(fresh, 1 + rng_below(r, sizeof fresh)));
        return;
    case 5:
        put_in(b, at, n, span_of("", 0));
        return;
    case 6:
        memcpy(fresh, b->p + at, n);
        put_in(b, at, 0, span_of(fresh, n));
        return;
    default:
        put_in(b, at, n, span_of(other.p + from, more));
    }
}

static void rename_piece(struct rng *r, struct bytes *name)
{
    static const char *const names[] = {"paper.age",      "key.age",           "open.txt",      "unlock.age",
                                        "close.age",      "escrow.age",        "roster/S2.age", "mimetype",
                                        "unlock/1-2.age", "manifest.xml",      "results.age",   "bundle.xml",
                                        "issuer.xml",     "issuer.xml.minisig"};
    const char *to = names[rng_below(r, sizeof names / sizeof *names)];
    bytes_clear(name);
    bytes_str(name, to);
}

static void change_piece(struct rng *r, struct pieces *x, const struct pieces *other)
{
    size_t at = rng_below(r, x->n), with = rng_below(r, x->n), theirs = rng_below(r, other->n);
    struct bytes data;
    switch (rng_below(r, 8)) {
    case 0: /* another place */
        pieces_swap(x, at, with);
        return;
    case 1: /* another content */
        data = x->data[at];
        x->data[at] = x->data[with];
        x->data[with] = data;
        return;
    case 2:
        rename_piece(r, &x->name[at]);
        return;
    case 3: /* not there: the last one, after this took its place */
        pieces_swap(x, at, x->n - 1);
        if (x->n > 1) {
            bytes_release(&x->name[x->n - 1]);
            bytes_release(&x->data[--x->n]);
        }
        return;
    case 4: /* the other's */
        bytes_clear(&x->data[at]);
        bytes_add(&x->data[at], other->data[theirs].p, other->data[theirs].n);
        return;
    case 5: /* one more */
        if (x->n < PIECES_MAX) {
            bytes_add(&x->name[x->n], other->name[theirs].p, other->name[theirs].n);
            bytes_add(&x->data[x->n], other->data[theirs].p, other->data[theirs].n);
            rename_piece(r, &x->name[x->n++]);
        }
        return;
    default:
        variant_bytes(r, &x->data[at], bytes_span(&other->data[theirs]));
    }
}

bool variant_container(struct rng *r, const struct pieces *from, const struct pieces *other,
                       struct bytes *ret)
{
    struct pieces x;
    bool raw = rng_below(r, 8) == 0;
    pieces_copy(&x, from);
    for (uint64_t k = raw ? 0 : 1 + rng_below(r, 3); k > 0; k--)
        change_piece(r, &x, other);
    bool whole = pieces_join(&x, ret);
    for (uint64_t k = raw ? 1 + rng_below(r, 3) : 0; whole && k > 0; k--)
        variant_bytes(r, ret, bytes_span(&other->data[rng_below(r, other->n)]));
    pieces_release(&x);
    return whole;
}
