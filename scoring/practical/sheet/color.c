/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/model.h"

/* Hue in sixths of a turn, lightness and saturation: all from 0 to 1. */
struct hls {
    double hue, light, saturation;
};

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

static struct hls hls_of(int32_t rgb)
{
    double r = (rgb >> 16 & 255) / 255.0, g = (rgb >> 8 & 255) / 255.0, b = (rgb & 255) / 255.0;
    double high = most(r, most(g, b)), low = least(r, least(g, b)), span = high - low;
    struct hls x = {.light = (high + low) / 2};
    if (span == 0)
        return x;
    x.saturation = x.light <= 0.5 ? span / (high + low) : span / (2 - high - low);
    if (high == r)
        x.hue = (g - b) / span;
    else if (high == g)
        x.hue = 2 + (b - r) / span;
    else
        x.hue = 4 + (r - g) / span;
    if (x.hue < 0)
        x.hue += 6;
    return x;
}

static double channel(double low, double high, double hue)
{
    if (hue < 0)
        hue += 6;
    if (hue >= 6)
        hue -= 6;
    if (hue < 1)
        return low + (high - low) * hue;
    if (hue < 3)
        return high;
    if (hue < 4)
        return low + (high - low) * (4 - hue);
    return low;
}

static int32_t byte_of(double x)
{
    double y = x * 255 + 0.5;
    return y <= 0 ? 0 : y >= 255 ? 255 : (int32_t)y;
}

int32_t sheet_tint(int32_t rgb, double tint)
{
    if (rgb < 0 || !(tint >= -1 && tint <= 1) || tint == 0)
        return rgb;
    struct hls x = hls_of(rgb);
    x.light = tint < 0 ? x.light * (1 + tint) : x.light * (1 - tint) + tint;
    double high =
        x.light <= 0.5 ? x.light * (1 + x.saturation) : x.light + x.saturation - x.light * x.saturation;
    double low = 2 * x.light - high;
    return byte_of(channel(low, high, x.hue + 2)) << 16 | byte_of(channel(low, high, x.hue)) << 8 |
           byte_of(channel(low, high, x.hue - 2));
}
