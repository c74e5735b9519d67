/* SPDX-License-Identifier: Apache-2.0 */
/* Figures that can be read from the other side of a bench. */
#include <string.h>

#include "client/rate/rate-view.h"

enum { SIGN_COLUMNS = 6, POINT_COLUMNS = 2, GAP = 2 };

/* Three columns of two cells each, five rows: bit 2 is the left one. */
static const unsigned char sign[10][RATE_BIG_ROWS] = {
    {7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1},
    {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 2, 2}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7},
};

static bool is_sign(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

static int columns(char c)
{
    return c == '.' ? POINT_COLUMNS : SIGN_COLUMNS;
}

int rate_big_columns(const char *text)
{
    int n = 0;
    for (; *text; text++)
        if (is_sign(*text))
            n += columns(*text) + GAP;
    return n > 0 ? n - GAP : 0;
}

static void draw(struct grid *g, int x, int y, enum look look, char c)
{
    if (c == '.') {
        grid_fill(g, x, y + RATE_BIG_ROWS - 1, 2, look, '#');
        return;
    }
    for (int row = 0; row < RATE_BIG_ROWS; row++)
        for (int k = 0; k < 3; k++)
            if (sign[c - '0'][row] & (4 >> k))
                grid_fill(g, x + 2 * k, y + row, 2, look, '#');
}

int rate_big(struct grid *g, int x, int y, enum look look, const char *text)
{
    int at = x;
    for (; *text; text++)
        if (is_sign(*text)) {
            draw(g, at, y, look, *text);
            at += columns(*text) + GAP;
        }
    return at - x;
}
