/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/calendar.h"

enum { OFFSET_1904 = 1462 };

/* Days from 0000-03-01 of the Gregorian calendar, by whole 400-year cycles. */
static int32_t days_from_civil(int32_t year, int32_t month, int32_t day)
{
    year -= month <= 2;
    int32_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

static void civil_from_days(int32_t days, struct calendar_day *ret)
{
    int32_t era = days / 146097, of_era = days - era * 146097;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * of_year + 2) / 153;
    ret->day = of_year - (153 * month + 2) / 5 + 1;
    ret->month = month < 10 ? month + 3 : month - 9;
    ret->year = year + era * 400 + (ret->month <= 2);
}

static int32_t epoch(void)
{
    return days_from_civil(1899, 12, 31);
}

int32_t calendar_month_days(int32_t year, int32_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) || year == 1900;
    return days[month - 1] + (month == 2 && leap);
}

bool calendar_valid(int32_t year, int32_t month, int32_t day)
{
    return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= calendar_month_days(year, month);
}

bool calendar_serial(int32_t year, int32_t month, int32_t day, bool date1904, int32_t *ret)
{
    if (year < 0 || year > 9999 || month < -120000 || month > 120000 || day < -4000000 || day > 4000000)
        return false;
    year += year < 1900 ? 1900 : 0;
    int32_t months = year * 12 + month - 1;
    if (months < 1899 * 12)
        return false;
    int32_t first = days_from_civil(months / 12, months % 12 + 1, 1) - epoch();
    first += first > 59; /* 1900-02-29 */
    int32_t serial = first + day - 1 - (date1904 ? OFFSET_1904 : 0);
    *ret = serial;
    return serial >= 0 && serial <= CALENDAR_MAX;
}

bool calendar_day(int32_t serial, bool date1904, struct calendar_day *ret)
{
    serial += date1904 ? OFFSET_1904 : 0;
    if (serial < 0 || serial > CALENDAR_MAX)
        return false;
    if (serial == 0 || serial == 60)
        *ret = serial ? (struct calendar_day){1900, 2, 29} : (struct calendar_day){1900, 1, 0};
    else
        civil_from_days(epoch() + serial - (serial > 60), ret);
    return true;
}

int calendar_weekday(int32_t serial, bool date1904)
{
    return (int)((serial + (date1904 ? OFFSET_1904 : 0) + 6) % 7);
}
