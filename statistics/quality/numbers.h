/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of statistics from + - * / and sqrt alone, so that every machine prints the same bytes: no libm
 * function that may differ is called. Formulas: docs/statistics.md, "Tests". */
#ifndef KAOCHANG_STATISTICS_QUALITY_NUMBERS_H
#define KAOCHANG_STATISTICS_QUALITY_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

double num_log(double x); /* x > 0 and finite */
double num_exp(double x);
/* Logarithm of the gamma function, x > 0 (Lanczos 1964, g = 7). */
double num_log_gamma(double x);
/* Regularised incomplete beta function I_x(a, b), a, b > 0, 0 <= x <= 1 (continued fraction, Lentz 1976). */
double num_beta(double a, double b, double x);
/* P(|T| >= |t|) of Student's t with df degrees of freedom; 1 where df <= 0. */
double num_t_tails(double t, double df);
/* P(F >= f) of the F distribution; 1 where a df is not positive. */
double num_f_tail(double f, double df1, double df2);
/* x raised to a whole power. */
double num_power(double x, size_t n);

/* Which of n probabilities are findings when a share of at most q of all findings may be chance: Benjamini
 * and Hochberg 1995. */
void num_discoveries(const double *p, size_t n, double q, bool *ret);

/* With `decimals` (0..6) decimals, half up away from zero, never "-0.00". Beyond 1e12: "". buf of 40. Returns
 * buf. */
const char *num_text(double x, int decimals, char *buf, size_t size);

/* The middle one, of two middle ones their mean; sorts the array. n > 0. */
double num_median(double *x, size_t n);

#endif
