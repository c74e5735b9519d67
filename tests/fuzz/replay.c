/* SPDX-License-Identifier: Apache-2.0 */
/* replay FOLDER [MUTATIONS [SEED]]: gives a fuzz harness every file of its corpus, and seeded mutations of
 * each, without a fuzzing engine. One TAP case per file. The same seed gives the same inputs everywhere; the
 * harness or a sanitizer ends the program where something is wrong, after the case's name was printed to
 * standard error. With KAOCHANG_TEST_LONG set five times as many mutations. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/rng.h"

enum { MUTATIONS = 3000, LONG_TIMES = 5, INPUT_MAX = 1 << 20, FEW = 4, CHUNK = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly that size, so that a sanitizer sees reads past the end. */
static void give(struct span data)
{
    uint8_t *copy = malloc(data.n ? data.n : 1);
    if (!copy)
        abort();
    if (data.n)
        memcpy(copy, data.p, data.n);
    LLVMFuzzerTestOneInput(copy, data.n);
    free(copy);
}

static void add_part(struct bytes *out, struct span data, size_t from, size_t n)
{
    bytes_add(out, data.p + from, n);
}

static uint8_t odd_byte(struct rng *r)
{
    static const uint8_t odd[] = {0, 1, 0x7f, 0x80, 0xff, '\n', '\r', ' ', '-', '/', '<', '&', '"', '=', '9'};
    return rng_below(r, 2) ? odd[rng_below(r, sizeof odd)] : (uint8_t)rng_u64(r);
}

/* One change: a bit, a byte, a cut, a hole, an insertion, a piece twice. */
static void change(struct rng *r, struct bytes *b)
{
    struct bytes out = {0};
    struct span s = bytes_span(b);
    size_t at = rng_below(r, s.n + 1), left = s.n - at;
    size_t n = rng_below(r, (left < CHUNK ? left : CHUNK) + 1);
    switch (rng_below(r, 6)) {
    case 0:
        if (left)
            b->p[at] ^= (uint8_t)(1u << rng_below(r, 8));
        return;
    case 1:
        if (left)
            b->p[at] = odd_byte(r);
        return;
    case 2:
        b->n = at;
        return;
    case 3:
        add_part(&out, s, 0, at);
        add_part(&out, s, at + n, left - n);
        break;
    case 4:
        add_part(&out, s, 0, at);
        for (size_t i = 0; i <= n; i++)
            bytes_u8(&out, odd_byte(r));
        add_part(&out, s, at, left);
        break;
    default:
        add_part(&out, s, 0, at + n);
        add_part(&out, s, at, left);
    }
    bytes_release(b);
    *b = out;
}

static void replay(struct span data, uint64_t mutations, uint64_t seed)
{
    struct rng r;
    rng_seed(&r, seed);
    give(data);
    for (uint64_t i = 0; i < mutations; i++) {
        struct bytes b = {0};
        bytes_add(&b, data.p, data.n);
        for (uint64_t k = 0, n = 1 + rng_below(&r, FEW); k < n; k++)
            change(&r, &b);
        give(bytes_span(&b));
        bytes_release(&b);
    }
}

static int refuse(const struct err *e)
{
    char text[512];
    printf("Bail out! %s\n", err_text(e, text, sizeof text));
    return 1;
}

int main(int argc, char **argv)
{
    struct file_names names = {0};
    struct err e = {0};
    if (argc < 2) {
        fputs("usage: replay FOLDER [MUTATIONS [SEED]]\n", stderr);
        return 2;
    }
    uint64_t mutations = argc > 2 ? strtoull(argv[2], NULL, 10) : MUTATIONS;
    const char *lengthy = getenv("KAOCHANG_TEST_LONG");
    if (lengthy && lengthy[0])
        mutations *= LONG_TIMES;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (file_list(argv[1], &names, &e) < 0)
        return refuse(&e);
    printf("1..%zu\n", names.n + 1);
    replay(span_of("", 0), mutations, seed);
    printf("ok 1 - nothing, and %llu inputs grown from it\n", (unsigned long long)mutations);
    for (size_t i = 0; i < names.n; i++) {
        struct bytes data = {0};
        char *path = path_join(argv[1], names.name[i]);
        fprintf(stderr, "# %s\n", names.name[i]);
        if (file_read(path, INPUT_MAX, &data, &e) < 0)
            return refuse(&e);
        replay(bytes_span(&data), mutations, seed + i + 1);
        printf("ok %zu - %s and %llu mutations of it\n", i + 2, names.name[i], (unsigned long long)mutations);
        bytes_release(&data);
        free(path);
    }
    file_names_free(&names);
    return 0;
}
