/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/web/style.h"

static const struct {
    const char *name;
    uint32_t rgb;
} colors[] = {
    {"black", 0x000000},   {"white", 0xFFFFFF},       {"red", 0xFF0000},       {"green", 0x008000},
    {"blue", 0x0000FF},    {"yellow", 0xFFFF00},      {"gray", 0x808080},      {"grey", 0x808080},
    {"silver", 0xC0C0C0},  {"maroon", 0x800000},      {"olive", 0x808000},     {"lime", 0x00FF00},
    {"aqua", 0x00FFFF},    {"cyan", 0x00FFFF},        {"teal", 0x008080},      {"navy", 0x000080},
    {"fuchsia", 0xFF00FF}, {"magenta", 0xFF00FF},     {"purple", 0x800080},    {"orange", 0xFFA500},
    {"pink", 0xFFC0CB},    {"brown", 0xA52A2A},       {"gold", 0xFFD700},      {"violet", 0xEE82EE},
    {"indigo", 0x4B0082},  {"coral", 0xFF7F50},       {"crimson", 0xDC143C},   {"khaki", 0xF0E68C},
    {"tan", 0xD2B48C},     {"skyblue", 0x87CEEB},     {"lightblue", 0xADD8E6}, {"darkblue", 0x00008B},
    {"tomato", 0xFF6347},  {"lightgreen", 0x90EE90},  {"darkgreen", 0x006400}, {"lightgray", 0xD3D3D3},
    {"beige", 0xF5F5DC},   {"lightyellow", 0xFFFFE0}, {"darkred", 0x8B0000},   {"lightgrey", 0xD3D3D3},
    {"ivory", 0xFFFFF0},   {"darkgray", 0xA9A9A9},    {"turquoise", 0x40E0D0}, {"steelblue", 0x4682B4},
    {"salmon", 0xFA8072},  {"chocolate", 0xD2691E},   {"hotpink", 0xFF69B4},   {"royalblue", 0x4169E1},
    {"snow", 0xFFFAFA},    {"lavender", 0xE6E6FA},    {"plum", 0xDDA0DD},      {"orchid", 0xDA70D6}};

static int64_t read_hex(const char *s)
{
    size_t n = strspn(s, "0123456789abcdefABCDEF");
    char six[7];
    uint8_t rgb[3];
    if (s[n] || (n != 3 && n != 6))
        return STYLE_NONE;
    for (size_t i = 0; i < 6; i++)
        six[i] = n == 6 ? s[i] : s[i / 2];
    six[6] = '\0';
    hex_decode(rgb, 3, six);
    return (int64_t)rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}

static int64_t read_rgb(const char *s)
{
    int64_t value = 0;
    s += strcspn(s, "(");
    for (int i = 0; i < 3; i++) {
        s += *s != '\0';
        s += strspn(s, " ");
        int64_t x = 0;
        if (*s < '0' || *s > '9')
            return STYLE_NONE;
        for (; *s >= '0' && *s <= '9' && x < 1000; s++)
            x = 10 * x + (*s - '0');
        if (*s == '%') {
            x = (x * 255 + 50) / 100;
            s++;
        }
        value = value << 8 | (x > 255 ? 255 : x);
        s += strspn(s, " ");
    }
    return value;
}

int64_t style_read_color(const char *text)
{
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        if (ascii_casecmp(colors[i].name, text) == 0)
            return colors[i].rgb;
    if (text[0] == '#')
        return read_hex(text + 1);
    if ((text[0] | 32) == 'r' && (text[1] | 32) == 'g' && (text[2] | 32) == 'b')
        return read_rgb(text);
    return strlen(text) == 6 ? read_hex(text) : STYLE_NONE;
}

bool style_read_length(const char *text, int64_t em, int64_t *ret)
{
    int64_t value = 0, scale = 1;
    const char *p = text;
    bool point = false, any = false;
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        any = true;
        if (value > 10000000 || scale >= 10000)
            continue;
        value = 10 * value + (*p - '0');
        scale = point ? 10 * scale : scale;
    }
    const struct {
        const char *unit;
        int64_t emu;
    } units[] = {{"px", STYLE_PIXEL}, {"", STYLE_PIXEL}, {"pt", 12700},
                 {"cm", 360000},      {"mm", 36000},     {"in", 914400},
                 {"pc", 152400},      {"em", em},        {"rem", 16 * STYLE_PIXEL},
                 {"%", em / 100}};
    for (size_t i = 0; any && i < sizeof units / sizeof *units; i++)
        if (ascii_casecmp(p, units[i].unit) == 0) {
            *ret = (value * units[i].emu + scale / 2) / scale;
            return true;
        }
    return false;
}
