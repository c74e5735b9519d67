/* SPDX-License-Identifier: Apache-2.0 */
/* Curves of all forms in one picture, as inline SVG in whole pixels. */
#include <math.h>
#include <stdlib.h>

#include "base/html.h"
#include "base/i18n.h"
#include "engine/exam/report-internal.h"

enum {
    WIDTH = 1080,
    HEIGHT = 300,
    LEFT = 46,
    RIGHT = 1064,
    TOP = 12,
    BOTTOM = 264,
    COLOURS = 8,
    LEGEND_MAX = 26
};

static const char *const colour[COLOURS] = {"#1f4e79", "#c77700", "#2e7d32", "#b3261e",
                                            "#6a4c93", "#00838f", "#8d6e63", "#ad1457"};
/* Forms beyond the colours differ by the dashes. */
static const char *const dashes[] = {"", "7 4", "2 3", "10 3 2 3"};

static const char *dashes_of(size_t form)
{
    return dashes[form / COLOURS % (sizeof dashes / sizeof *dashes)];
}

static void legend(struct exam_report *r)
{
    if (r->n_forms > LEGEND_MAX)
        return;
    bytes_str(r->out, "<ul class=\"legend\">");
    for (size_t f = 0; f < r->n_forms; f++) {
        bytes_printf(
            r->out,
            "<li><svg viewBox=\"0 0 26 8\" aria-hidden=\"true\"><line x1=\"0\" x2=\"26\" y1=\"4\" y2=\"4\" "
            "stroke=\"%s\" stroke-width=\"3\" stroke-dasharray=\"%s\"/></svg>",
            colour[f % COLOURS], dashes_of(f));
        html_text(r->out, r->form[f].id);
        bytes_str(r->out, "</li>\n");
    }
    bytes_str(r->out, "</ul>\n");
}

static void open_figure(struct exam_report *r, const char *label)
{
    bytes_printf(r->out, "<svg class=\"figure\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH,
                 HEIGHT);
    html_text(r->out, label);
    bytes_str(r->out, "\">\n");
}

static void level_line(struct exam_report *r, int64_t y, const char *text)
{
    bytes_printf(r->out, "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%lld\" y2=\"%lld\"/>", LEFT, RIGHT,
                 (long long)y, (long long)y);
    bytes_printf(r->out, "<text class=\"soft\" x=\"%d\" y=\"%lld\" text-anchor=\"end\">%s</text>\n", LEFT - 6,
                 (long long)y + 4, text);
}

static void close_figure(struct exam_report *r, const char *under)
{
    bytes_printf(r->out, "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", (LEFT + RIGHT) / 2,
                 HEIGHT - 6);
    html_text(r->out, under);
    bytes_str(r->out, "</text>\n</svg>\n");
}

static void open_curve(struct exam_report *r, size_t form)
{
    bytes_printf(r->out, "<polyline class=\"curve\" stroke=\"%s\" stroke-dasharray=\"%s\" points=\"",
                 colour[form % COLOURS], dashes_of(form));
}

/* ---- difficulty ---- */

static int easier_first(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

static int64_t y_of(int64_t facility)
{
    return BOTTOM - (facility * (BOTTOM - TOP) + 500) / 1000;
}

/* Items from the easiest to the hardest, over the whole width whatever their number. */
static void difficulty_curve(struct exam_report *r, size_t form)
{
    const struct report_form *f = &r->form[form];
    int64_t *facility = arena_array(r->arena, f->n + 1, sizeof *facility);
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i] && f->item[i]->facility != BANK_UNKNOWN)
            facility[n++] = f->item[i]->facility;
    qsort(facility, n, sizeof *facility, easier_first);
    open_curve(r, form);
    for (size_t i = 0; i < n; i++)
        bytes_printf(r->out, "%s%lld,%lld", i ? " " : "",
                     (long long)(LEFT + (RIGHT - LEFT) * (int64_t)(2 * i + 1) / (int64_t)(2 * n)),
                     (long long)y_of(facility[i]));
    bytes_str(r->out, "\"/>\n");
}

static bool any_facility(const struct exam_report *r)
{
    for (size_t i = 0; i < r->facts->n; i++)
        if (r->facts->item[i].facility != BANK_UNKNOWN)
            return true;
    return false;
}

void report_difficulty(struct exam_report *r)
{
    char text[48];
    if (!any_facility(r))
        return;
    report_section_open(r, _("Difficulty of all forms"),
                        _("Each form's items from the easiest to the hardest, by facility: "
                          "parallel forms lie on one another."));
    legend(r);
    open_figure(r, _("Difficulty of all forms"));
    for (int64_t v = 0; v <= 1000; v += 200)
        level_line(r, y_of(v), ratio_text(v, 1000, 1, text, sizeof text));
    for (size_t f = 0; f < r->n_forms; f++)
        difficulty_curve(r, f);
    close_figure(r, _("items, easiest to hardest"));
    report_section_close(r);
}

/* ---- information ---- */

enum { ABILITY_STEPS = 60 }; /* from -3 to 3 */

static double ability_of(size_t step)
{
    return -3 + 6.0 * (double)step / ABILITY_STEPS;
}

/* Fisher information of the three-parameter logistic model (Lord 1980, 5-9): (Da)²(P - c)²(1 - P) / ((1 -
 * c)²P). */
static double item_information(const struct bank_irt *irt, double ability)
{
    double a = (irt->normal ? 1.702 : 1.0) * (double)irt->a / 1000, b = (double)irt->b / 1000,
           c = (double)irt->c / 1000;
    double p = c + (1 - c) / (1 + exp(-a * (ability - b)));
    return a * a * (p - c) * (p - c) * (1 - p) / ((1 - c) * (1 - c) * p);
}

static double form_information(const struct report_form *f, double ability)
{
    double sum = 0;
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i] && f->item[i]->irt.a > 0)
            sum += item_information(&f->item[i]->irt, ability);
    return sum;
}

/* What four equal steps add up to so that all fits. */
static double reach_of(const struct exam_report *r)
{
    double most = 0, reach = 0.04;
    for (size_t f = 0; f < r->n_forms; f++)
        for (size_t s = 0; s <= ABILITY_STEPS; s++)
            most = fmax(most, form_information(&r->form[f], ability_of(s)));
    static const double factor[] = {1.5, 4 / 3.0, 1.25, 2, 2}; /* 4, 6, 8, 10, 20, 40 */
    for (size_t k = 0; reach < most; k = (k + 1) % 5)
        reach *= factor[k];
    return reach;
}

static int64_t x_of_step(size_t step)
{
    return LEFT + (RIGHT - LEFT) * (int64_t)step / ABILITY_STEPS;
}

static void information_curve(struct exam_report *r, size_t form, double reach)
{
    open_curve(r, form);
    for (size_t s = 0; s <= ABILITY_STEPS; s++)
        bytes_printf(
            r->out, "%s%lld,%lld", s ? " " : "", (long long)x_of_step(s),
            (long long)floor(BOTTOM -
                             form_information(&r->form[form], ability_of(s)) / reach * (BOTTOM - TOP) + 0.5));
    bytes_str(r->out, "\"/>\n");
}

static void ability_marks(struct exam_report *r)
{
    for (int t = -3; t <= 3; t++)
        bytes_printf(r->out, "<text class=\"soft\" x=\"%lld\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
                     (long long)x_of_step((size_t)((t + 3) * ABILITY_STEPS / 6)), BOTTOM + 14, t);
}

/* Where the blueprint aims at. */
static void information_aims(struct exam_report *r, double reach)
{
    const struct blueprint_information *wanted = r->blueprint ? &r->blueprint->information : NULL;
    for (size_t k = 0; wanted && wanted->goal == INFORMATION_TARGET && k < wanted->n; k++) {
        double x = LEFT + (RIGHT - LEFT) * ((double)wanted->at[k].theta / 1000 + 3) / 6;
        double y = BOTTOM - (double)wanted->at[k].target / 1000 / reach * (BOTTOM - TOP);
        if (x >= LEFT && x <= RIGHT && y >= TOP && y <= BOTTOM)
            bytes_printf(r->out, "<circle class=\"aim\" cx=\"%lld\" cy=\"%lld\" r=\"6\"/>\n",
                         (long long)floor(x + 0.5), (long long)floor(y + 0.5));
    }
}

static size_t without_parameters(const struct exam_report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->facts->n; i++)
        n += r->facts->item[i].irt.a == 0;
    return n;
}

void report_information(struct exam_report *r)
{
    char text[48];
    size_t without = without_parameters(r);
    if (without == r->facts->n)
        return;
    double reach = reach_of(r);
    report_section_open(
        r, _("Information of all forms"),
        without
            ? arena_printf(r->arena,
                           _("By ability, from the items' parameters; %zu items have none and do not count."),
                           without)
            : _("By ability, from the items' parameters: where a form measures well."));
    legend(r);
    open_figure(r, _("Information of all forms"));
    for (int k = 0; k <= 4; k++)
        level_line(r, BOTTOM - (BOTTOM - TOP) * k / 4,
                   ratio_text((int64_t)floor(reach * k / 4 * 1000 + 0.5), 1000,
                              reach < 1   ? 3
                              : reach < 8 ? 2
                                          : 1,
                              text, sizeof text));
    ability_marks(r);
    for (size_t f = 0; f < r->n_forms; f++)
        information_curve(r, f, reach);
    information_aims(r, reach);
    close_figure(r, _("ability"));
    report_section_close(r);
}
