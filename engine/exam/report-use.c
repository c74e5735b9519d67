/* SPDX-License-Identifier: Apache-2.0 */
/* What any two forms share, and how often the items were used before. */
#include <stdlib.h>

#include "base/html.h"
#include "base/i18n.h"
#include "engine/exam/report-internal.h"

enum { MOST_USED = 12, EXPOSURE_COLUMNS = 5 };

static bool has(const struct report_form *f, const struct exam_fact *x)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i] == x)
            return true;
    return false;
}

/* Bit i: the form has item i of the facts. */
static uint8_t *membership(struct exam_report *r)
{
    uint8_t *in = arena_array(r->arena, r->n_forms * (r->facts->n + 1), sizeof *in);
    for (size_t f = 0; f < r->n_forms; f++)
        for (size_t i = 0; i < r->form[f].n; i++)
            if (r->form[f].item[i])
                in[f * r->facts->n + (size_t)(r->form[f].item[i] - r->facts->item)] = 1;
    return in;
}

static size_t shared(const struct exam_report *r, const uint8_t *in, size_t f, size_t g)
{
    size_t n = 0;
    for (size_t i = 0; i < r->facts->n; i++)
        n += in[f * r->facts->n + i] && in[g * r->facts->n + i];
    return n;
}

void report_overlap(struct exam_report *r)
{
    if (r->n_forms < 2)
        return;
    uint8_t *in = membership(r);
    report_section_open(r, _("Items that two forms share"), NULL);
    bytes_str(r->out, "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th></th>");
    for (size_t f = 0; f < r->n_forms; f++)
        report_cell(r, "th", r->form[f].id);
    bytes_str(r->out, "</tr></thead><tbody>\n");
    for (size_t f = 0; f < r->n_forms; f++) {
        bytes_str(r->out, "<tr>");
        report_cell(r, "th", r->form[f].id);
        for (size_t g = 0; g < r->n_forms; g++)
            bytes_printf(r->out, "<td%s>%zu</td>", f == g ? " class=\"self\"" : "", shared(r, in, f, g));
        bytes_str(r->out, "</tr>\n");
    }
    bytes_str(r->out, "</tbody></table></div>\n");
    report_section_close(r);
}

/* ---- exposure ---- */

static void exposure_row(struct exam_report *r, const struct report_form *f)
{
    size_t count[EXPOSURE_COLUMNS] = {0};
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i] && f->item[i]->exams >= 0)
            count[f->item[i]->exams < EXPOSURE_COLUMNS - 1 ? (size_t)f->item[i]->exams
                                                           : EXPOSURE_COLUMNS - 1]++;
    bytes_str(r->out, "<tr>");
    report_cell(r, "th", f->id);
    for (size_t k = 0; k < EXPOSURE_COLUMNS; k++)
        bytes_printf(r->out, "<td>%zu</td>", count[k]);
    bytes_str(r->out, "</tr>\n");
}

static int more_used_first(const void *a, const void *b)
{
    const struct exam_fact *x = *(const struct exam_fact *const *)a, *y = *(const struct exam_fact *const *)b;
    if (x->exams != y->exams)
        return x->exams > y->exams ? -1 : 1;
    return x < y ? -1 : x > y;
}

static const char *forms_with(struct exam_report *r, const struct exam_fact *x)
{
    const char *text = "";
    for (size_t f = 0; f < r->n_forms; f++)
        if (has(&r->form[f], x))
            text = arena_printf(r->arena, "%s%s%s", text, *text ? " " : "", r->form[f].id);
    return text;
}

static void most_used(struct exam_report *r)
{
    const struct exam_fact **x = arena_array(r->arena, r->facts->n + 1, sizeof *x);
    size_t n = r->facts->n;
    for (size_t i = 0; i < n; i++)
        x[i] = &r->facts->item[i];
    qsort(x, n, sizeof *x, more_used_first);
    if (n == 0 || x[0]->exams <= 0)
        return;
    html_element(r->out, "h2", _("Items that were used most"));
    bytes_str(r->out, "\n<table><thead><tr>");
    report_cell(r, "th", _("Item"));
    report_cell(r, "th", _("Forms"));
    report_cell(r, "th", _("Exams before this one"));
    bytes_str(r->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < n && i < MOST_USED && x[i]->exams > 0; i++) {
        bytes_str(r->out, "<tr>");
        report_cell(r, "th", arena_printf(r->arena, "%s %s", x[i]->id, x[i]->title));
        report_cell(r, "td", forms_with(r, x[i]));
        report_cell(r, "td", arena_printf(r->arena, "%lld", (long long)x[i]->exams));
        bytes_str(r->out, "</tr>\n");
    }
    bytes_str(r->out, "</tbody></table>\n");
}

void report_exposure(struct exam_report *r)
{
    report_section_open(
        r, _("Exposure"),
        _("In how many exams the items had been before this one was assembled, as the bank knows it."));
    bytes_str(r->out, "<table><thead><tr>");
    report_cell(r, "th", _("Form"));
    report_cell(r, "th", _("never"));
    for (int k = 1; k < EXPOSURE_COLUMNS - 1; k++)
        bytes_printf(r->out, "<th>%d</th>", k);
    bytes_printf(r->out, "<th>≥ %d</th></tr></thead><tbody>\n", EXPOSURE_COLUMNS - 1);
    for (size_t f = 0; f < r->n_forms; f++)
        exposure_row(r, &r->form[f]);
    bytes_str(r->out, "</tbody></table>\n");
    most_used(r);
    report_section_close(r);
}
