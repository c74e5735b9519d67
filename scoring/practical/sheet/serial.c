/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/serial.h"

#include <math.h>
#include <stddef.h>

/* Days since 1970-01-01 of the Gregorian calendar. */
static int64_t days_from_civil(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void civil_from_days(int64_t z, int *y, int *m, int *d)
{
    z += 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = (int)(yoe + era * 400 + (*m <= 2));
}

enum { DAY_1899_12_30 = -25569, DAY_1904_01_01 = -24107 };

double serial_from_day(int year, int month, int day, bool date1904)
{
    int64_t days = days_from_civil(year, month, day);
    if (date1904)
        return (double)(days - DAY_1904_01_01);
    int64_t serial = days - DAY_1899_12_30;
    return (double)(serial > 60 ? serial : serial - 1);
}

bool serial_to_moment(double serial, bool date1904, struct serial_moment *ret)
{
    if (!(serial >= 0 && serial < 2958466))
        return false;
    double day = floor(serial);
    int64_t ms = (int64_t)floor((serial - day) * 86400000 + 0.5), n = (int64_t)day + ms / 86400000;
    ms %= 86400000;
    struct serial_moment t = {.hour = (int)(ms / 3600000),
                              .minute = (int)(ms / 60000 % 60),
                              .second = (int)(ms / 1000 % 60),
                              .millisecond = (int)(ms % 1000)};
    if (!date1904 && n == 60) {
        t.year = 1900;
        t.month = 2;
        t.day = 29;
    } else if (!date1904 && n == 0) {
        t.year = 1900;
        t.month = 1;
    } else {
        int64_t base = date1904 ? DAY_1904_01_01 : n < 60 ? DAY_1899_12_30 + 1 : DAY_1899_12_30;
        civil_from_days(base + n, &t.year, &t.month, &t.day);
    }
    *ret = t;
    return true;
}

/* n digits at *p. */
static bool digits(const char **p, int n, int *ret)
{
    int x = 0;
    for (int i = 0; i < n; i++, ++*p) {
        if (**p < '0' || **p > '9')
            return false;
        x = 10 * x + (**p - '0');
    }
    *ret = x;
    return true;
}

static bool take(const char **p, char c)
{
    if (**p != c)
        return false;
    ++*p;
    return true;
}

static bool take_day(const char **p, int *y, int *m, int *d)
{
    const char *s = *p;
    if (!digits(&s, 4, y) || !take(&s, '-') || !digits(&s, 2, m) || !take(&s, '-') || !digits(&s, 2, d))
        return false;
    if (*y < 1 || *m < 1 || *m > 12 || *d < 1 || *d > 31)
        return false;
    *p = s;
    return true;
}

static bool take_time(const char **p, double *ret)
{
    int h, m, s = 0;
    int64_t fraction = 0, unit = 1;
    if (!digits(p, 2, &h) || !take(p, ':') || !digits(p, 2, &m))
        return false;
    if (take(p, ':') && !digits(p, 2, &s))
        return false;
    if (take(p, '.'))
        for (; **p >= '0' && **p <= '9'; ++*p)
            if (unit < 1000000) {
                fraction = 10 * fraction + (**p - '0');
                unit *= 10;
            }
    if (h > 24 || m > 59 || s > 60)
        return false;
    *ret = (h * 3600 + m * 60 + s + (double)fraction / (double)unit) / 86400;
    return true;
}

bool serial_from_iso(const char *text, bool date1904, double *ret, bool *ret_has_day, bool *ret_has_time)
{
    int y, m, d;
    double serial = 0, time = 0;
    const char *p = text;
    *ret_has_day = take_day(&p, &y, &m, &d);
    if (*ret_has_day)
        serial = serial_from_day(y, m, d, date1904);
    *ret_has_time = false;
    if (!*ret_has_day || *p == 'T' || *p == ' ') {
        p += *ret_has_day;
        if (!take_time(&p, &time))
            return false;
        *ret_has_time = true;
    }
    take(&p, 'Z');
    if (*p != '\0')
        return false;
    *ret = serial + time;
    return true;
}
