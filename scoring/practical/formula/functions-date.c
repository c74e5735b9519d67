/* SPDX-License-Identifier: Apache-2.0 */
/* Days and times: serials as in calendar.h. */
#include "scoring/practical/formula/compute.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scoring/practical/formula/calendar.h"
#include "scoring/practical/formula/decimal.h"

/* A day as a number, or as a text that reads as one. */
static bool serial_of(struct run *r, const value *v, int32_t *ret, value *error)
{
    double x;
    if (!to_number(r, v, &x, error))
        return false;
    *error = value_error(ERROR_NUM);
    if (x < 0 || x >= CALENDAR_MAX + 1.0)
        return false;
    *ret = (int32_t)decimal_floor(x);
    return true;
}

static bool day_of(struct run *r, const value *v, struct calendar_day *ret, value *error)
{
    int32_t serial;
    return serial_of(r, v, &serial, error) && calendar_day(serial, r->book->date1904, ret);
}

static value year(struct run *r, value *arg, uint32_t n)
{
    struct calendar_day d;
    value error;
    (void)n;
    return day_of(r, &arg[0], &d, &error) ? value_number(d.year) : error;
}

static value month(struct run *r, value *arg, uint32_t n)
{
    struct calendar_day d;
    value error;
    (void)n;
    return day_of(r, &arg[0], &d, &error) ? value_number(d.month) : error;
}

static value day(struct run *r, value *arg, uint32_t n)
{
    struct calendar_day d;
    value error;
    (void)n;
    return day_of(r, &arg[0], &d, &error) ? value_number(d.day) : error;
}

/* Seconds of the day, to the nearest. */
static bool seconds_of(struct run *r, const value *v, int32_t *ret, value *error)
{
    double x;
    if (!to_number(r, v, &x, error))
        return false;
    *error = value_error(ERROR_NUM);
    if (x < 0 || x >= CALENDAR_MAX + 1.0)
        return false;
    *ret = (int32_t)floor((x - floor(x)) * 86400 + 0.5) % 86400;
    return true;
}

static value hour(struct run *r, value *arg, uint32_t n)
{
    int32_t s;
    value error;
    (void)n;
    return seconds_of(r, &arg[0], &s, &error) ? value_number(s / 3600) : error;
}

static value minute(struct run *r, value *arg, uint32_t n)
{
    int32_t s;
    value error;
    (void)n;
    return seconds_of(r, &arg[0], &s, &error) ? value_number(s / 60 % 60) : error;
}

static value second(struct run *r, value *arg, uint32_t n)
{
    int32_t s;
    value error;
    (void)n;
    return seconds_of(r, &arg[0], &s, &error) ? value_number(s % 60) : error;
}

/* ---- making ---- */

static value date(struct run *r, value *arg, uint32_t n)
{
    int32_t part[3], serial;
    value error;
    (void)n;
    for (int i = 0; i < 3; i++)
        if (!to_whole(r, &arg[i], &part[i], &error))
            return error;
    if (!calendar_serial(part[0], part[1], part[2], r->book->date1904, &serial))
        return value_error(ERROR_NUM);
    return value_number(serial);
}

static value time_(struct run *r, value *arg, uint32_t n)
{
    int32_t part[3];
    value error;
    (void)n;
    for (int i = 0; i < 3; i++) {
        if (!to_whole(r, &arg[i], &part[i], &error))
            return error;
        if (part[i] > 32767)
            return value_error(ERROR_NUM);
    }
    int64_t seconds = (int64_t)part[0] * 3600 + part[1] * 60 + part[2];
    return seconds < 0 ? value_error(ERROR_NUM) : value_number((double)(seconds % 86400) / 86400);
}

static value today(struct run *r, value *arg, uint32_t n)
{
    (void)arg, (void)n;
    return r->book->now > 0 ? value_number(floor(r->book->now))
                            : formula_run_fail(r, "the day of TODAY is not given");
}

static value now(struct run *r, value *arg, uint32_t n)
{
    (void)arg, (void)n;
    return r->book->now > 0 ? value_number(r->book->now)
                            : formula_run_fail(r, "the time of NOW is not given");
}

static value of_text(struct run *r, const value *v, bool time)
{
    const char *s;
    double x;
    value error;
    if (!to_text(r, v, &s, &error))
        return error;
    enum reads_as reads = text_number(s, r->book->date1904, &x);
    if (reads == READS_UNSURE)
        return formula_run_fail(r, "the date \"%s\" has no certain order or year", s);
    if (reads != READS_NUMBER || (!strpbrk(s, "-/:") && !strstr(s, "年")))
        return value_error(ERROR_VALUE);
    return value_number(time ? x - floor(x) : floor(x));
}

static value datevalue(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return of_text(r, &arg[0], false);
}

static value timevalue(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return of_text(r, &arg[0], true);
}

/* ---- months on ---- */

static value months_on(struct run *r, value *arg, bool to_end)
{
    struct calendar_day d;
    int32_t months, serial;
    value error;
    if (!day_of(r, &arg[0], &d, &error) || !to_whole(r, &arg[1], &months, &error))
        return error;
    if (months < -100000 || months > 100000)
        return value_error(ERROR_NUM);
    int32_t all = d.year * 12 + d.month - 1 + months;
    if (all < 1900 * 12 || all >= 10000 * 12)
        return value_error(ERROR_NUM);
    int32_t last = calendar_month_days(all / 12, all % 12 + 1);
    if (!calendar_serial(all / 12, all % 12 + 1, to_end || d.day > last ? last : d.day, r->book->date1904,
                         &serial))
        return value_error(ERROR_NUM);
    return value_number(serial);
}

static value edate(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return months_on(r, arg, false);
}

static value eomonth(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return months_on(r, arg, true);
}

/* ---- between ---- */

static value days(struct run *r, value *arg, uint32_t n)
{
    int32_t end, start;
    value error;
    (void)n;
    if (!serial_of(r, &arg[0], &end, &error) || !serial_of(r, &arg[1], &start, &error))
        return error;
    return value_number(end - start);
}

/* MD: days since the last day of that number; from the end of the month before, as Excel counts. */
static int32_t days_beyond_months(const struct calendar_day *from, const struct calendar_day *to)
{
    if (to->day >= from->day)
        return to->day - from->day;
    int32_t month = to->month == 1 ? 12 : to->month - 1, year_ = to->month == 1 ? to->year - 1 : to->year;
    return calendar_month_days(year_, month) - from->day + to->day;
}

/* YD: days since the last such day of a year. */
static int32_t days_beyond_years(const struct calendar_day *from, const struct calendar_day *to)
{
    int32_t start = 0, end = 0;
    bool later = to->month > from->month || (to->month == from->month && to->day >= from->day);
    /* counted in the years that the dates have, the first year as Excel does */
    calendar_serial(from->year, from->month, from->day, false, &start);
    calendar_serial(from->year + !later, to->month, to->day, false, &end);
    return end - start;
}

static value datedif(struct run *r, value *arg, uint32_t n)
{
    struct calendar_day from, to;
    int32_t start, end;
    const char *unit;
    value error;
    (void)n;
    if (!day_of(r, &arg[0], &from, &error) || !day_of(r, &arg[1], &to, &error) ||
        !to_text(r, &arg[2], &unit, &error) || !serial_of(r, &arg[0], &start, &error) ||
        !serial_of(r, &arg[1], &end, &error))
        return error;
    if (start > end)
        return value_error(ERROR_NUM);
    int32_t months = (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day);
    if (ascii_casecmp(unit, "Y") == 0)
        return value_number(months / 12);
    if (ascii_casecmp(unit, "M") == 0)
        return value_number(months);
    if (ascii_casecmp(unit, "D") == 0)
        return value_number(end - start);
    if (ascii_casecmp(unit, "YM") == 0)
        return value_number(months % 12);
    if (ascii_casecmp(unit, "MD") == 0)
        return value_number(days_beyond_months(&from, &to));
    return ascii_casecmp(unit, "YD") == 0 ? value_number(days_beyond_years(&from, &to))
                                          : value_error(ERROR_NUM);
}

/* ---- weeks ---- */

static value weekday(struct run *r, value *arg, uint32_t n)
{
    int32_t serial, kind = 1;
    value error;
    if (!serial_of(r, &arg[0], &serial, &error) || (n > 1 && !to_whole(r, &arg[1], &kind, &error)))
        return error;
    int sunday0 = calendar_weekday(serial, r->book->date1904);
    if (kind == 1 || kind == 17)
        return value_number(sunday0 + 1);
    if (kind == 2 || kind == 3)
        return value_number((sunday0 + 6) % 7 + (kind == 2));
    return kind >= 11 && kind <= 16 ? value_number((sunday0 + 6 - (kind - 11)) % 7 + 1)
                                    : value_error(ERROR_NUM);
}

static value isoweeknum(struct run *r, value *arg, uint32_t n)
{
    int32_t serial, first;
    struct calendar_day d;
    value error;
    (void)n;
    if (!serial_of(r, &arg[0], &serial, &error))
        return error;
    /* the Thursday of the week tells its year */
    int32_t thursday = serial + 3 - (calendar_weekday(serial, r->book->date1904) + 6) % 7;
    if (!calendar_day(thursday, r->book->date1904, &d) ||
        !calendar_serial(d.year, 1, 1, r->book->date1904, &first))
        return value_error(ERROR_NUM);
    return value_number((thursday - first) / 7 + 1);
}

static value weeknum(struct run *r, value *arg, uint32_t n)
{
    int32_t serial, first, kind = 1;
    struct calendar_day d;
    value error;
    if (!serial_of(r, &arg[0], &serial, &error) || (n > 1 && !to_whole(r, &arg[1], &kind, &error)))
        return error;
    if (kind == 21)
        return isoweeknum(r, arg, 1);
    int begins = kind == 1 || kind == 17 ? 0 : kind == 2 ? 1 : kind >= 11 && kind <= 16 ? kind - 10 : -1;
    if (begins < 0)
        return value_error(ERROR_NUM);
    if (!calendar_day(serial, r->book->date1904, &d) ||
        !calendar_serial(d.year, 1, 1, r->book->date1904, &first))
        return value_error(ERROR_NUM);
    int lead = (calendar_weekday(first, r->book->date1904) - begins + 7) % 7;
    return value_number((serial - first + lead) / 7 + 1);
}

struct holidays {
    int32_t *day;
    size_t n;
};

static bool is_holiday(const struct holidays *h, int32_t serial)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->day[i] == serial)
            return true;
    return false;
}

static bool read_holidays(struct run *r, const value *v, struct holidays *h, value *error)
{
    double *x;
    if (!gather(r, v, 1, &x, &h->n, error))
        return false;
    h->day = arena_array(r->a, h->n + 1, sizeof *h->day);
    for (size_t i = 0; i < h->n; i++)
        h->day[i] = x[i] < 0 || x[i] > CALENDAR_MAX ? -1 : (int32_t)x[i];
    return true;
}

static bool works(struct run *r, const struct holidays *h, int32_t serial)
{
    int weekday0 = calendar_weekday(serial, r->book->date1904);
    return weekday0 != 0 && weekday0 != 6 && !is_holiday(h, serial);
}

static value networkdays(struct run *r, value *arg, uint32_t n)
{
    int32_t start, end;
    struct holidays h = {0};
    value error;
    if (!serial_of(r, &arg[0], &start, &error) || !serial_of(r, &arg[1], &end, &error) ||
        (n > 2 && !read_holidays(r, &arg[2], &h, &error)))
        return error;
    int sign = start <= end ? 1 : -1, total = 0;
    for (int32_t s = sign > 0 ? start : end; s <= (sign > 0 ? end : start) && run_step(r, 1 + h.n); s++)
        total += works(r, &h, s);
    return value_number(sign * total);
}

static value workday(struct run *r, value *arg, uint32_t n)
{
    int32_t serial, left_days;
    struct holidays h = {0};
    value error;
    if (!serial_of(r, &arg[0], &serial, &error) || !to_whole(r, &arg[1], &left_days, &error) ||
        (n > 2 && !read_holidays(r, &arg[2], &h, &error)))
        return error;
    int step = left_days < 0 ? -1 : 1;
    while (left_days != 0 && run_step(r, 1 + h.n)) {
        serial += step;
        if (serial < 0 || serial > CALENDAR_MAX)
            return value_error(ERROR_NUM);
        left_days -= works(r, &h, serial) ? step : 0;
    }
    return value_number(serial);
}

const struct function date_functions[] = {
    {"YEAR", 1, 1, "v", year, NULL},
    {"MONTH", 1, 1, "v", month, NULL},
    {"DAY", 1, 1, "v", day, NULL},
    {"HOUR", 1, 1, "v", hour, NULL},
    {"MINUTE", 1, 1, "v", minute, NULL},
    {"SECOND", 1, 1, "v", second, NULL},
    {"DATE", 3, 3, "v", date, NULL},
    {"TIME", 3, 3, "v", time_, NULL},
    {"TODAY", 0, 0, "", today, NULL},
    {"NOW", 0, 0, "", now, NULL},
    {"DATEVALUE", 1, 1, "v", datevalue, NULL},
    {"TIMEVALUE", 1, 1, "v", timevalue, NULL},
    {"EDATE", 2, 2, "v", edate, NULL},
    {"EOMONTH", 2, 2, "v", eomonth, NULL},
    {"DAYS", 2, 2, "v", days, NULL},
    {"DATEDIF", 3, 3, "v", datedif, NULL},
    {"WEEKDAY", 1, 2, "v", weekday, NULL},
    {"WEEKNUM", 1, 2, "v", weeknum, NULL},
    {"ISOWEEKNUM", 1, 1, "v", isoweeknum, NULL},
    {"NETWORKDAYS", 2, 3, "vvr", networkdays, NULL},
    {"WORKDAY", 2, 3, "vvr", workday, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};
