/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "paperbank/item/expression/value.h"

enum { MAX_EXPONENT = 1000000 };

static void add(struct value *v, const char *field, struct datum d)
{
    d.field = field;
    v->at[v->n++] = d;
}

static void add_count(struct value *v, const char *field, int64_t n)
{
    add(v, field, (struct datum){.base = BASE_INTEGER, .integer = n});
}

/* A number as it was written: its digits before and behind the point, its exponent. */
struct written {
    const char *left, *right, *exponent; /* exponent NULL: none */
    size_t n_left, n_right;
};

static struct written parts_of(const char *s)
{
    static const char digits[] = "0123456789";
    struct written w = {.left = s + (*s == '-' || *s == '+')};
    w.n_left = strspn(w.left, digits);
    w.right = w.left + w.n_left;
    w.right += *w.right == '.';
    w.n_right = strspn(w.right, digits);
    if (w.right[w.n_right])
        w.exponent = w.right + w.n_right + 1;
    return w;
}

/* Digits from the first one on that is not 0; those of a zero all count as one. */
static size_t significant(const struct written *w)
{
    size_t zeros = strspn(w->left, "0");
    if (zeros < w->n_left)
        return w->n_left - zeros + w->n_right;
    zeros = strspn(w->right, "0");
    return zeros < w->n_right ? w->n_right - zeros : 1;
}

/* Places behind the point once the exponent has moved it. */
static int64_t fractional(const struct written *w, int64_t exponent)
{
    int64_t n = (int64_t)w->n_right;
    if (exponent < -MAX_EXPONENT)
        exponent = -MAX_EXPONENT;
    return exponent < n ? n - exponent : 0;
}

struct value value_typed(struct arena *a, const char *text)
{
    struct value v = {.cardinality = CARDINALITY_RECORD, .at = arena_array(a, 8, sizeof *v.at)};
    struct datum d;
    if (!datum_parse(a, text, BASE_STRING, &d))
        return v;
    add(&v, "stringValue", d);
    const char *number = text_trim(a, text);
    if (!datum_parse(a, number, BASE_FLOAT, &d) || !strpbrk(number, "0123456789"))
        return v;
    struct written w = parts_of(number);
    int64_t exponent = w.exponent ? strtoll(w.exponent, NULL, 10) : 0;
    add(&v, "floatValue", d);
    if (w.n_right == 0 && !w.exponent && datum_parse(a, number, BASE_INTEGER, &d))
        add(&v, "integerValue", d);
    add_count(&v, "leftDigits", (int64_t)w.n_left);
    add_count(&v, "rightDigits", (int64_t)w.n_right);
    add_count(&v, "ndp", fractional(&w, exponent));
    add_count(&v, "nsf", (int64_t)significant(&w));
    if (w.exponent)
        add_count(&v, "exponent", exponent);
    return v;
}
