/* SPDX-License-Identifier: Apache-2.0 */
/* Rules are refused with a fault, or they are written, read again, and score a folder within their points. */
#include <stdlib.h>
#include <string.h>

#include "scoring/practical/rules/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_fault(void *context, unsigned line, const char *message)
{
    unsigned *n = context;
    (void)line;
    if (!*message)
        abort();
    ++*n;
}

static void write_again(const struct rules *r)
{
    struct bytes first = {0}, second = {0};
    struct rules *again = NULL;
    struct err e;
    if (rules_write(r, &first, &e) < 0 ||
        rules_read(&again, "again", bytes_span(&first), NULL, NULL, &e) < 0 ||
        rules_write(again, &second, &e) < 0 || !span_equal(bytes_span(&first), bytes_span(&second)))
        abort();
    rules_free(again);
    bytes_release(&first);
    bytes_release(&second);
}

static void score(const struct rules *r)
{
    static const struct practical_file
        before = {.path = "a.txt", .bytes = {(const uint8_t *)"x", 1}, .size = 1},
        now[] = {{.path = "a.txt", .bytes = {(const uint8_t *)"1 x", 3}, .size = 3, .hash = {1}},
                 {.path = "b.txt", .bytes = {(const uint8_t *)"y", 1}, .size = 1, .hash = {2}}};
    static const struct practical_folder start = {&before, 1}, work = {now, 2};
    struct practical_start *s = NULL;
    struct practical_result result;
    struct err e;
    if (practical_start_read(&s, r, &start, &e) < 0)
        return;
    if (practical_score(&result, s, &work, &e) < 0)
        abort();
    int64_t sum = 0;
    for (size_t i = 0; i < result.n_checks; i++)
        sum += result.check[i].points.milli;
    if (sum != result.points.milli || sum < 0 || sum > result.maximum.milli)
        abort();
    practical_result_release(&result);
    practical_start_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rules *r = NULL;
    struct err e = {0};
    unsigned n = 0;
    int res = rules_read(&r, "fuzz", span_of(data, size), on_fault, &n, &e);
    if (res < 0) {
        if (res != -ERR_DATA || !e.what[0])
            abort();
        return 0;
    }
    if (n || r->n_checks == 0 || r->points.milli < 0)
        abort();
    write_again(r);
    score(r);
    rules_free(r);
    return 0;
}
