/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "paperbank/item/expression/mapping.h"

enum shape_kind { SHAPE_NOWHERE, SHAPE_EVERYWHERE, SHAPE_RECT, SHAPE_CIRCLE, SHAPE_ELLIPSE, SHAPE_POLY };
enum { MAX_COORDS = 2000 };

struct shape {
    enum shape_kind kind;
    double *at;
    size_t n;
};

static size_t count_numbers(const char *coords)
{
    size_t n = 1;
    for (const char *p = coords; *p && n < MAX_COORDS; p++)
        n += *p == ',' || *p == ' ' || *p == '\t' || *p == '\n';
    return n;
}

static void read_coords(struct arena *a, struct shape *s, const char *coords)
{
    size_t room = count_numbers(coords);
    s->at = arena_array(a, room, sizeof *s->at);
    for (const char *p = coords; s->n < room;) {
        p += strspn(p, ", \t\n");
        char *end;
        double v = strtod(p, &end);
        if (end == p)
            break;
        s->at[s->n++] = v;
        p = end;
    }
}

const struct shape *shape_new(struct arena *a, const char *shape, const char *coords)
{
    static const struct {
        const char *name;
        enum shape_kind kind;
        size_t numbers;
    } known[] = {{"default", SHAPE_EVERYWHERE, 0},
                 {"rect", SHAPE_RECT, 4},
                 {"circle", SHAPE_CIRCLE, 3},
                 {"ellipse", SHAPE_ELLIPSE, 4},
                 {"poly", SHAPE_POLY, 6}};
    struct shape *s = arena_alloc(a, sizeof *s);
    if (coords)
        read_coords(a, s, coords);
    for (size_t i = 0; shape && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, shape) == 0 && s->n >= known[i].numbers)
            s->kind = known[i].kind;
    return s;
}

static bool on_segment(double x, double y, const double *a, const double *b)
{
    double cross = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    double dot = (x - a[0]) * (x - b[0]) + (y - a[1]) * (y - b[1]);
    return cross == 0 && dot <= 0;
}

/* Even-odd rule; the border belongs to the polygon. */
static bool in_polygon(const double *c, size_t points, double x, double y)
{
    bool inside = false;
    for (size_t i = 0, j = points - 1; i < points; j = i++) {
        const double *a = &c[2 * i], *b = &c[2 * j];
        if (on_segment(x, y, a, b))
            return true;
        if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
            inside = !inside;
    }
    return inside;
}

static double square(double v)
{
    return v * v;
}

bool shape_contains(const struct shape *s, double x, double y)
{
    const double *c = s->at;
    switch (s->kind) {
    case SHAPE_EVERYWHERE:
        return true;
    case SHAPE_RECT:
        return x >= c[0] && x <= c[2] && y >= c[1] && y <= c[3];
    case SHAPE_CIRCLE:
        return square(x - c[0]) + square(y - c[1]) <= square(c[2]);
    case SHAPE_ELLIPSE:
        return c[2] > 0 && c[3] > 0 && square(x - c[0]) / square(c[2]) + square(y - c[1]) / square(c[3]) <= 1;
    case SHAPE_POLY:
        return in_polygon(c, s->n / 2, x, y);
    default:
        return false;
    }
}
