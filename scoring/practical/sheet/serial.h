/* SPDX-License-Identifier: Apache-2.0 */
/* Days as numbers, as sheets keep dates: 1 is 1900-01-01 with the 29 February 1900 (serial 60) that never
 * was; in the 1904 system 0 is 1904-01-01. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_SERIAL_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

struct serial_moment {
    int year, month, day;                  /* year 0: a time only */
    int hour, minute, second, millisecond; /* rounded to the millisecond */
};

/* "2021-12-31", "2021-12-31T23:44:51.894", "23:44:51", with an optional Z. False for anything else. */
bool serial_from_iso(const char *text, bool date1904, double *ret, bool *ret_has_day, bool *ret_has_time);
double serial_from_day(int year, int month, int day, bool date1904);
/* False outside 0 … 9999-12-31. Serial 60 of the 1900 system is 1900-02-29; 0 is 1900-01-00. */
bool serial_to_moment(double serial, bool date1904, struct serial_moment *ret);

#endif
