/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of a web server: a range that is read makes sense, and all of them together have an end. */
#include <stdlib.h>
#include <string.h>

#include "exam-packages/http/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct answer *a)
{
    if (a->bytes > ANSWER_HEADER_BYTES || (a->status != 0 && (a->status < 100 || a->status > 599)) ||
        a->date_ms < 0)
        abort();
    if (a->has_range && (a->first < 0 || a->last < a->first || (a->total >= 0 && a->total <= a->last)))
        abort();
    if (a->has_range && a->total >= 0 && answer_fits(a, a->first, a->total) != (a->last == a->total - 1))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct answer a = {0};
    while (size > 0) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t n = end ? (size_t)(end - data) + 1 : size;
        if (!answer_line(&a, (const char *)data, n))
            break;
        check(&a);
        data += n;
        size -= n;
    }
    return 0;
}
