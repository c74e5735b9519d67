/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/odf/units.h"

#include <stddef.h>
#include <string.h>

#include "base/bytes.h"

enum { FRACTION = 1000000, MAX_WHOLE = 100000 };

static const struct {
    const char *name;
    int64_t emu;
} units[] = {
    {"cm", 360000}, {"mm", 36000},  {"in", 914400}, {"inch", 914400},
    {"pt", 12700},  {"pc", 152400}, {"px", 9525},
};

/* A decimal number in millionths; returns what follows it, or NULL. */
static const char *decimal(const char *p, int64_t *ret)
{
    while (*p == ' ')
        p++;
    bool negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    int64_t whole = 0, fraction = 0, scale = FRACTION;
    bool any = false;
    for (; *p >= '0' && *p <= '9'; p++, any = true)
        if ((whole = 10 * whole + (*p - '0')) > MAX_WHOLE)
            return NULL;
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9'; p++, any = true)
            if (scale > 1)
                fraction += (scale /= 10) * (*p - '0');
    *ret = (whole * FRACTION + fraction) * (negative ? -1 : 1);
    return any ? p : NULL;
}

static int64_t divided(int64_t x, int64_t by)
{
    return x < 0 ? -((-x + by / 2) / by) : (x + by / 2) / by;
}

bool odf_length(const char *text, int64_t *ret_emu)
{
    int64_t x;
    const char *unit = text ? decimal(text, &x) : NULL;
    for (size_t i = 0; unit && i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].name) == 0) {
            *ret_emu = divided(x * units[i].emu, FRACTION);
            return true;
        }
    return false;
}

bool odf_percent(const char *text, int64_t *ret_thousandths)
{
    int64_t x;
    const char *unit = text ? decimal(text, &x) : NULL;
    if (!unit || strcmp(unit, "%") != 0)
        return false;
    *ret_thousandths = divided(x, FRACTION / 10);
    return true;
}

int32_t odf_color(const char *text)
{
    uint8_t rgb[3];
    if (!text || text[0] != '#' || strlen(text) != 7 || !hex_decode(rgb, 3, text + 1))
        return -1;
    return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}

int64_t odf_integer(const char *text, int64_t low, int64_t high, int64_t otherwise)
{
    if (!text)
        return otherwise;
    bool negative = *text == '-';
    const char *p = text + negative;
    int64_t x = 0;
    if (*p < '0' || *p > '9')
        return otherwise;
    for (; *p >= '0' && *p <= '9'; p++)
        if (x <= INT64_C(100000000000))
            x = 10 * x + (*p - '0');
    x = negative ? -x : x;
    return x < low ? low : x > high ? high : x;
}

bool odf_is(const char *text, const char *word)
{
    return text && strcmp(text, word) == 0;
}

bool odf_true(const char *text)
{
    return odf_is(text, "true");
}

int64_t odf_half_points(int64_t emu)
{
    return divided(emu, 6350);
}
