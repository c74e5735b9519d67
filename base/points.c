/* SPDX-License-Identifier: Apache-2.0 */
#include "base/points.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static int within_range(__int128 milli, points_t *ret, struct err *e)
{
    if (milli > POINTS_MAX_MILLI || milli < -POINTS_MAX_MILLI)
        return err_set(e, ERR_DATA, NULL, _("points out of range"));
    *ret = points_milli((int64_t)milli);
    return 0;
}

/* num/den, half away from zero; den > 0. */
static __int128 divide_half_up(__int128 num, __int128 den)
{
    __int128 magnitude = num < 0 ? -num : num;
    __int128 q = (2 * magnitude + den) / (2 * den);
    return num < 0 ? -q : q;
}

int points_add(points_t a, points_t b, points_t *ret, struct err *e)
{
    return within_range((__int128)a.milli + b.milli, ret, e);
}

int points_part(points_t max, int64_t num, int64_t den, points_t *ret, struct err *e)
{
    if (den <= 0)
        return err_set(e, ERR_BUG, NULL, "points_part: denominator %lld", (long long)den);
    return within_range(divide_half_up((__int128)max.milli * num, den), ret, e);
}

int points_from_outcome(double value, points_t *ret, struct err *e)
{
    if (!isfinite(value) || fabs(value) > (double)POINTS_MAX_MILLI / 1000)
        return err_set(e, ERR_DATA, NULL, _("an outcome is not a number of points"));
    return within_range((__int128)llround(value * 1000.0), ret, e);
}

int points_parse(const char *s, points_t *ret, struct err *e)
{
    const char *p = s;
    bool negative = *p == '-';
    if (negative)
        p++;
    int64_t milli = 0;
    int digits = 0, decimals = -1;
    for (; *p; p++) {
        if (*p == '.' && decimals < 0 && digits > 0) {
            decimals = 0;
            continue;
        }
        if (*p < '0' || *p > '9' || decimals >= 3 || milli > POINTS_MAX_MILLI)
            goto bad;
        milli = milli * 10 + (*p - '0');
        digits++;
        if (decimals >= 0)
            decimals++;
    }
    if (digits == 0 || decimals == 0)
        goto bad;
    for (int d = decimals < 0 ? 0 : decimals; d < 3; d++)
        milli *= 10;
    return within_range(negative ? -(__int128)milli : milli, ret, e);
bad:
    return err_set(e, ERR_DATA, NULL, _("\"%.40s\" is not a number of points (such as 2 or 2.5)"), s);
}

const char *points_text(points_t p, char *buf, size_t size)
{
    uint64_t m = p.milli < 0 ? -(uint64_t)p.milli : (uint64_t)p.milli;
    char frac[8];
    snprintf(frac, sizeof frac, ".%03u", (unsigned)(m % 1000));
    size_t n = strlen(frac);
    while (n > 0 && (frac[n - 1] == '0' || frac[n - 1] == '.'))
        frac[--n] = '\0';
    snprintf(buf, size, "%s%llu%s", p.milli < 0 ? "-" : "", (unsigned long long)(m / 1000), frac);
    return buf;
}

const char *ratio_text(int64_t num, int64_t den, int decimals, char *buf, size_t size)
{
    __int128 scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    __int128 q = divide_half_up((__int128)num * scale, den);
    bool negative = q < 0;
    if (negative)
        q = -q;
    unsigned long long whole = (unsigned long long)(q / scale), frac = (unsigned long long)(q % scale);
    const char *sign = negative ? "-" : "";
    if (decimals > 0)
        snprintf(buf, size, "%s%llu.%0*llu", sign, whole, decimals, frac);
    else
        snprintf(buf, size, "%s%llu", sign, whole);
    return buf;
}

const char *percent_text(int64_t num, int64_t den, int decimals, char *buf, size_t size)
{
    return ratio_text(num * 100, den, decimals, buf, size);
}
