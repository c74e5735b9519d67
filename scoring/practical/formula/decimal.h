/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal digits of doubles: Excel shows and compares 15 of them. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_DECIMAL_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

enum { DECIMAL_TEXT = 400 };

/* The shortest text that reads back as x: "0.1", "1E+20". */
char *decimal_shortest(char buf[DECIMAL_TEXT], double x);
/* With up to 15 digits, as & writes a number: fixed up to 20 digits long, else 1.5E+21. */
char *decimal_general(char buf[DECIMAL_TEXT], double x);
/* Digits of |x|, `n` of them (1 to 17), rounded; the value is 0.D1D2D3… × 10^*exponent. */
void decimal_digits(char *digits, int n, int *exponent, double x);

enum decimal_rounding { DECIMAL_NEAREST, DECIMAL_UP, DECIMAL_DOWN }; /* half away from zero; away; towards */
/* To `places` after the point (before it where negative), on the 15 digits that people see: 2.675 is 2.68. */
double decimal_round(double x, int places, enum decimal_rounding how);
/* The nearest double of its 15 digits: what is compared. */
double decimal_15(double x);
/* -1, 0, 1 on 15 digits. */
int decimal_order(double a, double b);
double decimal_floor(double x); /* of its 15 digits */
/* x to a whole power by multiplication; the same everywhere. */
double decimal_power(double x, int n);

#endif
