/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/http/answer.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"

static const int64_t most = INT64_C(1) << 50;

/* Digits up to `end`; -1 when there are none, or too many. */
static int64_t number(const char **p, const char *end)
{
    int64_t value = 0;
    const char *begin = *p;
    for (; *p < end && **p >= '0' && **p <= '9'; (*p)++) {
        value = value * 10 + (**p - '0');
        if (value > most)
            return -1;
    }
    return *p == begin ? -1 : value;
}

static bool literal(const char **p, const char *end, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(end - *p) < n || strncasecmp(*p, text, n) != 0)
        return false;
    *p += n;
    return true;
}

static void read_range(struct answer *a, const char *p, const char *end)
{
    int64_t first, last, total = -1;
    if (!literal(&p, end, "bytes ") || (first = number(&p, end)) < 0 || !literal(&p, end, "-") ||
        (last = number(&p, end)) < first || !literal(&p, end, "/"))
        return;
    if (!literal(&p, end, "*") && (total = number(&p, end)) <= last)
        return;
    if (p != end)
        return;
    a->has_range = true;
    a->first = first;
    a->last = last;
    a->total = total;
}

static int month_number(const char *p)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int i = 0; i < 12; i++)
        if (strncmp(names + (ptrdiff_t)3 * i, p, 3) == 0)
            return i + 1;
    return 0;
}

/* "Sun, 22 Nov 2026 15:19:00 GMT", the one form that may be sent. */
static void read_date(struct answer *a, const char *p, const char *end)
{
    enum { LENGTH = 29 };
    char iso[32];
    if (end - p != LENGTH || memcmp(p + 25, " GMT", 4) != 0 || month_number(p + 8) == 0)
        return;
    snprintf(iso, sizeof iso, "%.4s-%02d-%.2sT%.8sZ", p + 12, month_number(p + 8), p + 5, p + 17);
    if (time_parse(iso, &a->date_ms, NULL) < 0 || a->date_ms < 0)
        a->date_ms = 0; /* also a year before 1970: no server's clock */
}

static void read_status(struct answer *a, const char *p, const char *end)
{
    const char *space = memchr(p, ' ', (size_t)(end - p));
    size_t bytes = a->bytes;
    *a = (struct answer){.bytes = bytes};
    if (!space)
        return;
    p = space + 1;
    int64_t status = number(&p, end);
    if (status >= 100 && status <= 599)
        a->status = (int)status;
}

bool answer_line(struct answer *a, const char *line, size_t n)
{
    const char *p = line, *end = line + n;
    if (n > ANSWER_HEADER_BYTES - a->bytes)
        return false;
    a->bytes += n;
    while (end > p && strchr("\r\n \t", end[-1]))
        end--;
    if (literal(&p, end, "HTTP/"))
        read_status(a, p, end);
    else if (literal(&p, end, "Content-Range: "))
        read_range(a, p, end);
    else if (literal(&p, end, "Date: "))
        read_date(a, p, end);
    return true;
}

bool answer_fits(const struct answer *a, int64_t first, int64_t total)
{
    return a->has_range && a->first == first && a->last == total - 1 && (a->total == total || a->total == -1);
}
