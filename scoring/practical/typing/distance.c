/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/typing/distance.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Chinese punctuation that NFKC leaves as it is, and what western keyboards have for it. */
static uint32_t plain_form(uint32_t c)
{
    switch (c) {
    case 0x3002: /* 。 */
        return '.';
    case 0x3001: /* 、 */
        return ',';
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x300C:
    case 0x300D:
        return '"';
    case 0x2014:
    case 0x2013:
        return '-';
    case 0x300A:
        return '<';
    case 0x300B:
        return '>';
    default:
        return c;
    }
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000 || c == 0xFEFF;
}

static bool is_narrow(uint32_t c)
{
    return c > 0x20 && c < 0x2E80;
}

void typing_read(struct arena *a, const char *text, bool forms, struct typing_text *ret)
{
    const char *folded = forms ? text_nfkc(a, text) : text, *p = folded ? folded : text;
    const char *end = p + strlen(p);
    bool blank = false;
    *ret = (struct typing_text){.c = arena_array(a, TYPING_CHARACTERS_MAX + 2, sizeof *ret->c)};
    while (p < end && ret->n < TYPING_CHARACTERS_MAX) {
        uint32_t c = utf8_next(&p, end);
        if (is_blank(c)) {
            blank = ret->n > 0;
            continue;
        }
        c = forms ? plain_form(c) : c;
        if (blank && is_narrow(c) && is_narrow(ret->c[ret->n - 1]))
            ret->c[ret->n++] = ' ';
        blank = false;
        ret->c[ret->n++] = c;
    }
}

/* Fewer errors first, then more correct ones. */
struct way {
    uint32_t errors, correct;
};

static const struct way no_way = {.errors = UINT32_MAX / 2, .correct = 0};

static struct way better(struct way x, struct way y)
{
    if (x.errors != y.errors)
        return x.errors < y.errors ? x : y;
    return x.correct >= y.correct ? x : y;
}

static struct way step(struct way w, bool correct)
{
    w.errors += !correct;
    w.correct += correct;
    return w;
}

/* A row holds the ways to i typed and j given characters for j in i - BAND … i + BAND; place j - i + BAND. */
enum { WIDTH = 2 * TYPING_BAND + 1 };

static void first_row(struct way *row, size_t n_given)
{
    for (size_t k = 0; k < WIDTH; k++) {
        size_t j = k - TYPING_BAND;
        row[k] = k < TYPING_BAND || j > n_given ? no_way : (struct way){.errors = (uint32_t)j};
    }
}

static void next_row(const struct way *above, struct way *row, size_t i, const struct typing_text *typed,
                     const struct typing_text *given)
{
    for (size_t k = 0; k < WIDTH; k++) {
        row[k] = no_way;
        if (i + k < TYPING_BAND || i + k - TYPING_BAND > given->n)
            continue;
        size_t j = i + k - TYPING_BAND;
        if (j > 0)
            row[k] = step(above[k], typed->c[i - 1] == given->c[j - 1]);
        if (k + 1 < WIDTH)
            row[k] = better(row[k], step(above[k + 1], false));
        if (j > 0 && k > 0)
            row[k] = better(row[k], step(row[k - 1], false));
    }
}

static struct way best_of(const struct way *row)
{
    struct way best = no_way;
    for (size_t k = 0; k < WIDTH; k++)
        best = better(best, row[k]);
    return best;
}

struct typing_result typing_compare(const struct typing_text *typed, const struct typing_text *given)
{
    struct way *rows = mem_alloc(2 * WIDTH * sizeof *rows), *above = rows, *row = rows + WIDTH;
    struct typing_text t = *typed;
    size_t most = given->n + TYPING_BAND, beyond = t.n > most ? t.n - most : 0;
    t.n -= beyond;
    first_row(above, given->n);
    for (size_t i = 1; i <= t.n; i++) {
        struct way *unused = above;
        next_row(above, row, i, &t, given);
        above = row;
        row = unused;
    }
    struct way best = best_of(above);
    free(rows);
    return (struct typing_result){.correct = best.correct, .errors = best.errors + beyond};
}
