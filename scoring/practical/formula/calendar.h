/* SPDX-License-Identifier: Apache-2.0 */
/* Days as spreadsheets count them: serial 1 is 1900-01-01 and 60 is a 1900-02-29 that never was; or, with
 * date1904, 0 is 1904-01-01. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_CALENDAR_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { CALENDAR_MAX = 2958465 /* 9999-12-31 */ };

struct calendar_day {
    int32_t year, month, day; /* month from 1 */
};

/* Months and days may overflow: month 14, day 0. Years 0 to 1899 count from 1900. False: outside the
 * calendar. */
bool calendar_serial(int32_t year, int32_t month, int32_t day, bool date1904, int32_t *ret);
/* Serial 0 is 1900-01-00. False: negative or beyond 9999. */
bool calendar_day(int32_t serial, bool date1904, struct calendar_day *ret);
int32_t calendar_month_days(int32_t year, int32_t month); /* 1900-02 has 29 */
int calendar_weekday(int32_t serial, bool date1904);      /* 0 Sunday … 6, as Excel counts */
bool calendar_valid(int32_t year, int32_t month, int32_t day);

#endif
