/* SPDX-License-Identifier: Apache-2.0 */
/* Charts as inline SVG: whole pixels, colours from report.css. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

enum { WIDTH = 1080, HEIGHT = 300, LEFT = 46, RIGHT = 1064, TOP = 16, BOTTOM = 270 };

struct plot {
    struct bytes *out;
    double reach; /* points above and below zero */
};

static int64_t y_of(const struct plot *p, double points)
{
    double middle = (TOP + BOTTOM) / 2.0, y = middle - points / p->reach * (BOTTOM - TOP) / 2;
    return (int64_t)floor(y + 0.5);
}

static void level(const struct plot *p, double points, const char *class, struct arena *a)
{
    long long y = y_of(p, points);
    bytes_printf(p->out, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%lld\" y2=\"%lld\"/>", class, LEFT,
                 RIGHT, y, y);
    bytes_printf(p->out, "<text class=\"soft\" x=\"%d\" y=\"%lld\" text-anchor=\"end\">%s</text>\n", LEFT - 6,
                 y + 4, quality_signed(a, points, points < 1 && points > -1 && points != 0 ? 1 : 0));
}

static void frame(struct plot *p, const char *label, double limit, struct arena *a)
{
    bytes_printf(p->out, "<svg class=\"figure\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH,
                 HEIGHT);
    html_text(p->out, label);
    bytes_str(p->out, "\">\n");
    double step = p->reach > 4 ? 2 : p->reach > 1.5 ? 1 : 0.5;
    for (double v = step; v <= p->reach; v += step) {
        level(p, v, "axis", a);
        level(p, -v, "axis", a);
    }
    level(p, 0, "zero", a);
    for (int sign = -1; limit > 0 && limit < p->reach && sign <= 1; sign += 2)
        bytes_printf(p->out, "<line class=\"limit\" x1=\"%d\" x2=\"%d\" y1=\"%lld\" y2=\"%lld\"/>\n", LEFT,
                     RIGHT, (long long)y_of(p, sign * limit), (long long)y_of(p, sign * limit));
}

static void point(const struct plot *p, long long x, double value, double se, bool found, const char *label)
{
    long long top = y_of(p, value + 1.96 * se), bottom = y_of(p, value - 1.96 * se);
    bytes_printf(p->out, "<g%s><line class=\"reach\" x1=\"%lld\" x2=\"%lld\" y1=\"%lld\" y2=\"%lld\"/>",
                 found ? " class=\"found\"" : "", x, x, top, bottom);
    bytes_printf(p->out, "<circle class=\"dot\" cx=\"%lld\" cy=\"%lld\" r=\"%d\"/>", x,
                 (long long)y_of(p, value), found ? 5 : 3);
    if (label[0]) {
        bytes_printf(p->out, "<text x=\"%lld\" y=\"%lld\" text-anchor=\"middle\">", x,
                     value < 0 ? bottom + 13 : top - 5);
        html_text(p->out, label);
        bytes_str(p->out, "</text>");
    }
    bytes_str(p->out, "</g>\n");
}

static const char *finish(struct bytes *out, struct arena *a, const char *under)
{
    bytes_printf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", (LEFT + RIGHT) / 2,
                 HEIGHT - 6);
    html_text(out, under);
    bytes_str(out, "</text>\n</svg>\n");
    const char *text = arena_strdup(a, (const char *)out->p);
    bytes_release(out);
    return text;
}

static long long x_of(size_t i, size_t n)
{
    return LEFT + (long long)(2 * i + 1) * (RIGHT - LEFT) / (long long)(2 * n);
}

static int by_offset(const void *a, const void *b)
{
    const struct quality_rater *x = *(const struct quality_rater *const *)a,
                               *y = *(const struct quality_rater *const *)b;
    if (x->offset < y->offset || x->offset > y->offset)
        return x->offset < y->offset ? -1 : 1;
    return strcmp(x->id, y->id);
}

static double farther(double reach, double value, double se)
{
    double far = fabs(value) + 1.96 * se;
    return far > reach ? far : reach;
}

const char *quality_offsets_figure(const struct quality *q, struct arena *a)
{
    const struct quality_rater **r = arena_array(a, q->n_raters + 1, sizeof *r);
    struct bytes out = {0};
    struct plot p = {.out = &out, .reach = 0.5};
    size_t n = 0;
    for (size_t i = 0; i < q->n_raters; i++)
        if (!(q->rater[i].flags & QUALITY_ALONE) && q->rater[i].n >= QUALITY_FEW) {
            r[n++] = &q->rater[i];
            p.reach = farther(p.reach, q->rater[i].offset, q->rater[i].se);
        }
    if (n < 2)
        return "";
    qsort(r, n, sizeof *r, by_offset);
    p.reach *= 1.12;
    frame(&p, _("Offset of each examiner"), (double)q->in->full.milli / 1000 / QUALITY_SHARE, a);
    for (size_t i = 0; i < n; i++) {
        bool found = r[i]->flags & (QUALITY_SEVERE | QUALITY_LENIENT);
        point(&p, x_of(i, n), r[i]->offset, r[i]->se, found, found ? r[i]->id : "");
    }
    return finish(
        &out, a,
        _("Examiners from severe to lenient: points above the others, with the 95 per cent interval"));
}

const char *quality_groups_figure(const struct quality *q, struct arena *a)
{
    const struct quality_effect *x = &q->group;
    struct bytes out = {0};
    struct plot p = {.out = &out, .reach = 0.5};
    if (x->n < 2)
        return "";
    for (size_t i = 0; i < x->n; i++)
        p.reach = farther(p.reach, x->place[i].mean, x->place[i].se);
    p.reach *= 1.12;
    frame(&p, _("Mean of each group"), 0, a);
    for (size_t i = 0; i < x->n; i++)
        point(&p, x_of(i, x->n), x->place[i].mean, x->place[i].se, false,
              x->n <= 40 ? quality_integer(a, x->place[i].number) : "");
    return finish(&out, a,
                  _("Groups in their order: points above what was expected, with the 95 per cent interval"));
}
