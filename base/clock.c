/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

static int64_t milliseconds(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_again(struct clock_reading *now)
{
    const char *offset = getenv("KAOCHANG_CLOCK_OFFSET_MS");
    now->wall_ms = milliseconds(CLOCK_REALTIME) + (offset ? strtoll(offset, NULL, 10) : 0);
    now->mono_ms = milliseconds(CLOCK_BOOTTIME);
}

void clock_read(struct clock_reading *ret)
{
    clock_again(ret);
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, ret->boot_id, sizeof ret->boot_id - 1);
    if (fd >= 0)
        close(fd);
    ret->boot_id[n < 0 ? 0 : n] = '\0';
}

/* Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant, days_from_civil). */
static int64_t days_from_civil(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static void civil_from_days(int64_t z, int64_t *y, int *m, int *d)
{
    z += 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = yoe + era * 400 + (*m <= 2);
}

static bool digits(const char **s, int n, int *ret)
{
    int v = 0;
    for (int i = 0; i < n; i++, (*s)++) {
        if (**s < '0' || **s > '9')
            return false;
        v = v * 10 + (**s - '0');
    }
    *ret = v;
    return true;
}

static bool sign(const char **s, char c)
{
    return *(*s)++ == c;
}

static bool offset_minutes(const char **s, int *ret)
{
    char c = *(*s)++;
    int h, m;
    *ret = 0;
    if (c == 'Z')
        return true;
    if ((c != '+' && c != '-') || !digits(s, 2, &h) || !sign(s, ':') || !digits(s, 2, &m))
        return false;
    *ret = (c == '-' ? -1 : 1) * (h * 60 + m);
    return h <= 14 && m < 60;
}

int time_parse(const char *s, int64_t *ret_ms, struct err *e)
{
    const char *p = s;
    int y, mo, d, h, mi, sec = 0, off;
    bool ok = digits(&p, 4, &y) && sign(&p, '-') && digits(&p, 2, &mo) && sign(&p, '-') && digits(&p, 2, &d) &&
              (*p == 'T' || *p == ' ') && p++ && digits(&p, 2, &h) && sign(&p, ':') && digits(&p, 2, &mi);
    if (ok && *p == ':')
        ok = p++ && digits(&p, 2, &sec);
    ok = ok && offset_minutes(&p, &off) && *p == '\0' && mo >= 1 && mo <= 12 && d >= 1 && d <= 31 && h < 24 &&
         mi < 60 && sec < 60;
    if (!ok)
        return err_set(e, ERR_DATA, NULL, _("\"%.40s\" is not a time such as 2026-11-22T09:00:00+08:00"), s);
    int64_t days = days_from_civil(y, mo, d), check_y;
    int check_m, check_d;
    civil_from_days(days, &check_y, &check_m, &check_d);
    if (check_y != y || check_m != mo || check_d != d)
        return err_set(e, ERR_DATA, NULL, _("\"%.40s\": there is no such day"), s);
    *ret_ms = (((days * 24 + h) * 60 + mi - off) * 60 + sec) * 1000;
    return 0;
}

const char *time_text(int64_t ms, int offset, char *buf, size_t size)
{
    int64_t t = (ms >= 0 ? ms : ms - 999) / 1000 + (int64_t)offset * 60;
    int64_t days = (t >= 0 ? t : t - 86399) / 86400, in_day = t - days * 86400, y;
    int m, d;
    civil_from_days(days, &y, &m, &d);
    int magnitude = offset < 0 ? -offset : offset;
    snprintf(buf, size, "%04lld-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", (long long)y, m, d, (int)(in_day / 3600),
             (int)(in_day / 60 % 60), (int)(in_day % 60), offset < 0 ? '-' : '+', magnitude / 60,
             magnitude % 60);
    return buf;
}

const char *duration_text(int64_t ms, char *buf, size_t size)
{
    int64_t s = ms < 0 ? 0 : ms / 1000;
    snprintf(buf, size, "%02lld:%02d:%02d", (long long)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
    return buf;
}
