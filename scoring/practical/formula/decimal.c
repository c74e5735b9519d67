/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void decimal_digits(char *digits, int n, int *exponent, double x)
{
    char text[40];
    x = isfinite(x) ? x : 1.7976931348623157e308;
    snprintf(text, sizeof text, "%.*e", n > 17 ? 16 : n - 1, fabs(x));
    char *e = strchr(text, 'e');
    size_t k = 0;
    for (const char *s = text; s < e; s++)
        if (*s >= '0' && *s <= '9')
            digits[k++] = *s;
    digits[k] = '\0';
    *exponent = x == 0 ? 0 : (int)strtol(e + 1, NULL, 10) + 1;
}

/* Digits without the zeros at the end; at least one. */
static int significant(const char *digits)
{
    int n = (int)strlen(digits);
    while (n > 1 && digits[n - 1] == '0')
        n--;
    return n;
}

static char *write_fixed(char *out, const char *digits, int n, int exponent)
{
    if (exponent <= 0) {
        *out++ = '0';
        *out++ = '.';
        for (int i = exponent; i < 0; i++)
            *out++ = '0';
    }
    for (int i = 0; i < n || i < exponent; i++) {
        if (i == exponent && i > 0)
            *out++ = '.';
        *out++ = i < n ? digits[i] : '0';
    }
    *out = '\0';
    return out;
}

static void write_scientific(char *out, const char *digits, int n, int exponent)
{
    *out++ = digits[0];
    if (n > 1)
        *out++ = '.';
    for (int i = 1; i < n; i++)
        *out++ = digits[i];
    snprintf(out, 16, "E%c%02d", exponent < 1 ? '-' : '+', abs(exponent - 1));
}

static char *write_text(char *buf, double x, const char *digits, int exponent)
{
    int n = significant(digits);
    int length = exponent > 0 ? exponent : 2 - exponent + n;
    char *out = buf;
    if (x == 0) {
        snprintf(buf, 2, "0");
        return buf;
    }
    if (x < 0)
        *out++ = '-';
    if (length <= 20)
        write_fixed(out, digits, n, exponent);
    else
        write_scientific(out, digits, n, exponent);
    return buf;
}

char *decimal_general(char buf[DECIMAL_TEXT], double x)
{
    char digits[20];
    int exponent;
    decimal_digits(digits, 15, &exponent, x);
    return write_text(buf, x, digits, exponent);
}

char *decimal_shortest(char buf[DECIMAL_TEXT], double x)
{
    char digits[20];
    int exponent, n = 15;
    for (; n < 17; n++) {
        snprintf(buf, DECIMAL_TEXT, "%.*e", n - 1, x);
        if (strtod(buf, NULL) == x)
            break;
    }
    decimal_digits(digits, n, &exponent, x);
    return write_text(buf, x, digits, exponent);
}

/* 0.DIGITS × 10^exponent as the nearest double. */
static double of_digits(const char *digits, int exponent)
{
    char text[64];
    snprintf(text, sizeof text, "0.%se%d", digits, exponent);
    return strtod(text, NULL);
}

double decimal_15(double x)
{
    char digits[20];
    int exponent;
    decimal_digits(digits, 15, &exponent, x);
    return copysign(of_digits(digits, exponent), x);
}

static bool any_digit(const char *digits)
{
    return digits[strspn(digits, "0")] != '\0';
}

double decimal_round(double x, int places, enum decimal_rounding how)
{
    char digits[20], kept[24] = "0";
    int exponent;
    if (x == 0 || !isfinite(x))
        return x;
    decimal_digits(digits, 15, &exponent, x);
    int keep = exponent + places; /* digits before the cut */
    if (keep >= 15)
        return x;
    bool up = how == DECIMAL_UP ? any_digit(digits + (keep < 0 ? 0 : keep))
                                : how == DECIMAL_NEAREST && keep >= 0 && digits[keep] >= '5';
    if (keep < 0 && !up)
        return 0;
    /* kept[0] takes the carry */
    int n = keep < 0 ? 0 : keep;
    memcpy(kept + 1, digits, (size_t)n);
    kept[n + 1] = '\0';
    int i = n;
    for (; up && i > 0 && kept[i] == '9'; i--)
        kept[i] = '0';
    kept[i] = (char)(kept[i] + up);
    return copysign(of_digits(kept, keep < 0 ? 1 - places : exponent + 1), x);
}

int decimal_order(double a, double b)
{
    if (a == b)
        return 0;
    double wide = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    if (fabs(a - b) > wide * 1e-14)
        return a < b ? -1 : 1;
    a = decimal_15(a);
    b = decimal_15(b);
    return a < b ? -1 : a > b;
}

double decimal_floor(double x)
{
    return floor(decimal_15(x));
}

double decimal_power(double x, int n)
{
    double result = 1;
    unsigned left = n < 0 ? 0U - (unsigned)n : (unsigned)n;
    for (; left; left >>= 1, x *= x)
        if (left & 1)
            result *= x;
    return n < 0 ? 1 / result : result;
}
