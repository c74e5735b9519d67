/* SPDX-License-Identifier: Apache-2.0 */
/* Days and times under a format that shows them. */
#include "scoring/practical/formula/format-section.h"

#include <math.h>
#include <string.h>

#include "scoring/practical/formula/calendar.h"

struct moment {
    struct calendar_day day;
    int weekday;
    int64_t seconds; /* from the beginning */
    int hour, minute, second, parts, digits;
    bool half; /* AM/PM stands in the format */
};

static bool moment_of(struct moment *m, const struct section *s, double x, bool date1904)
{
    int64_t unit = 1;
    for (size_t i = 0; i < s->n; i++) {
        if (s->token[i].kind == TOKEN_DATE && s->token[i].letter == '.')
            m->digits = s->token[i].count > 3 ? 3 : s->token[i].count;
        m->half |= s->token[i].kind == TOKEN_DATE && s->token[i].letter == 'a';
    }
    for (int i = 0; i < m->digits; i++)
        unit *= 10;
    if (x < 0 || x > CALENDAR_MAX + 1.0)
        return false;
    int64_t all = (int64_t)floor(x * 86400.0 * (double)unit + 0.5);
    m->parts = (int)(all % unit);
    m->seconds = all / unit;
    m->hour = (int)(m->seconds / 3600 % 24);
    m->minute = (int)(m->seconds / 60 % 60);
    m->second = (int)(m->seconds % 60);
    int32_t serial = (int32_t)(m->seconds / 86400);
    m->weekday = calendar_weekday(serial, date1904);
    return calendar_day(serial, date1904, &m->day);
}

static void put_month(struct bytes *out, int month, int count)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    if (count <= 2)
        bytes_printf(out, "%0*d", count, month);
    else
        bytes_printf(out, "%.*s", count == 3 ? 3 : count == 5 ? 1 : 20, names[month - 1]);
}

static void put_weekday(struct bytes *out, const struct moment *m, const struct token *t)
{
    static const char *const names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
    static const char *const chinese[] = {"日", "一", "二", "三", "四", "五", "六"};
    if (t->letter == 'w')
        bytes_printf(out, "%s%s", t->count > 3 ? "星期" : "", chinese[m->weekday]);
    else
        bytes_printf(out, "%.*s", t->count == 3 ? 3 : 20, names[m->weekday]);
}

static void put_half(struct bytes *out, const struct moment *m, const char *words)
{
    const char *slash = strchr(words, '/');
    if (m->hour < 12)
        bytes_printf(out, "%.*s", (int)(slash - words), words);
    else
        bytes_str(out, slash + 1);
}

static void put_date_part(struct bytes *out, const struct moment *m, const struct token *t)
{
    int width = t->count > 1 ? 2 : 1;
    switch (t->letter) {
    case 'y':
        bytes_printf(out, "%0*d", t->count > 2 ? 4 : 2, t->count > 2 ? m->day.year : m->day.year % 100);
        break;
    case 'm':
        put_month(out, m->day.month, t->count);
        break;
    case 'd':
        if (t->count > 2)
            put_weekday(out, m, t);
        else
            bytes_printf(out, "%0*d", width, m->day.day);
        break;
    case 'w':
        put_weekday(out, m, t);
        break;
    case 'h':
        bytes_printf(out, "%0*d", width, m->half ? (m->hour + 11) % 12 + 1 : m->hour);
        break;
    case 'M':
        bytes_printf(out, "%0*d", width, m->minute);
        break;
    case 's':
        bytes_printf(out, "%0*d", width, m->second);
        break;
    case '.':
        bytes_printf(out, ".%0*d", m->digits, m->parts);
        break;
    default:
        put_half(out, m, t->text);
        break;
    }
}

bool section_put_date(struct bytes *out, const struct section *s, double x, bool date1904)
{
    struct moment m = {0};
    if (!moment_of(&m, s, x, date1904))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct token *t = &s->token[i];
        int64_t unit = t->letter == 'h' ? 3600 : t->letter == 'M' ? 60 : 1;
        if (t->kind == TOKEN_DATE)
            put_date_part(out, &m, t);
        else if (t->kind == TOKEN_ELAPSED)
            bytes_printf(out, "%0*lld", t->count > 20 ? 20 : t->count, (long long)(m.seconds / unit));
        else if (t->kind == TOKEN_LITERAL)
            bytes_str(out, t->text);
        else if (t->kind == TOKEN_POINT)
            bytes_str(out, ".");
    }
    return true;
}
