/* SPDX-License-Identifier: Apache-2.0 */
#include "office/rubric-sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/print/print.h"

static const char style[] =
    "@page{size:A4;margin:14mm}"
    "body{font:10.5pt/1.5 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"SimSun\",sans-serif;margin:0 auto;max-width:190mm}"
    "h1{font-size:16pt;text-align:center;margin:0 0 1mm}p.facts{text-align:center;margin:0 0 4mm;color:#333}"
    "table{border-collapse:collapse;width:100%}th,td{border:.3mm solid #555;padding:1.2mm 2mm;vertical-align:top;"
    "text-align:left}th{background:#eee;font-weight:600}th,td.t{white-space:nowrap}td.n{text-align:center;white-space:nowrap}td.s{width:44%}"
    "tr{break-inside:avoid}ul{margin:0;padding:0;list-style:none}li{padding-left:1em;text-indent:-1em}"
    "p{margin:0 0 1mm}h2{font-size:12pt;margin:4mm 0 1mm}.how{color:#333}";

/* What stands beside the slips: how the step counts. */
static void step_rule(const struct rubric_step *s, struct bytes *out)
{
    char cap[32], hint[32];
    if (s->mode == RUBRIC_ALL)
        bytes_str(out, _("Any slip: 0 points."));
    else if (s->mode == RUBRIC_FATAL)
        bytes_str(out, _("Any slip: 0 points, and the experiment ends here."));
    else if (s->cap.milli != s->points.milli)
        bytes_printf(out, _("At most %s off."), points_text(s->cap, cap, sizeof cap));
    if (s->fix) {
        bytes_str(out, out->n ? " " : "");
        bytes_printf(out, _("Put right after a hint: %s off instead."),
                     points_text(s->hint, hint, sizeof hint));
    }
    if (s->must_report)
        bytes_printf(out, "%s%s", out->n ? " " : "", _("The candidate reports and waits."));
}

/* "a  text  -2 (contains bc)" */
static void slip_line(const struct rubric_step *s, const struct rubric_slip *slip, struct bytes *out)
{
    char minus[32];
    bytes_printf(out, "%c  %s", slip->code, slip->text);
    if (s->mode == RUBRIC_DEDUCT)
        bytes_printf(out, "  -%s", points_text(slip->minus, minus, sizeof minus));
    if (slip->includes) {
        char codes[RUBRIC_MAX_SLIPS + 1];
        size_t n = 0;
        for (size_t i = 0; i < s->n_slips; i++)
            if (slip->includes >> i & 1)
                codes[n++] = (char)('a' + i);
        codes[n] = '\0';
        bytes_str(out, " ");
        bytes_printf(out, _("(contains %s)"), codes);
    }
    if (slip->same[0])
        bytes_printf(out, " %s", _("(once in the experiment)"));
}

static void facts_line(const struct rubric *r, struct bytes *out)
{
    char total[32], raw[32], step[32];
    bytes_printf(out, _("%s · %s, version %lld · %lld min · %s points"), r->subject, r->id,
                 (long long)r->version, (long long)r->minutes, points_text(r->total, total, sizeof total));
    if (r->fold_step.milli)
        bytes_printf(out, _(" · rated out of %s, folded to %s in steps of %s, half up"),
                     points_text(r->raw, raw, sizeof raw), total,
                     points_text(r->fold_step, step, sizeof step));
}

static void fatal_line(const struct rubric_fatal *f, struct bytes *out)
{
    if (f->from == f->to)
        bytes_printf(out, _("%s: step %zu is 0."), f->text, f->from + 1);
    else
        bytes_printf(out, _("%s: steps %zu to %zu are 0."), f->text, f->from + 1, f->to + 1);
}

/* ---- HTML ---- */

static void html_line(struct bytes *out, const char *tag, struct bytes *text)
{
    html_element(out, tag, text->p ? (const char *)text->p : "");
    bytes_clear(text);
}

static void html_step(const struct rubric_step *s, size_t number, struct bytes *out)
{
    char points[32];
    struct bytes line = {0};
    bytes_printf(out, "<tr><td class=\"n\">%zu</td>", number);
    bytes_str(out, "<td class=\"t\">");
    html_text(out, s->title);
    bytes_str(out, "</td>");
    bytes_printf(out, "<td class=\"n\">%s</td><td>", points_text(s->points, points, sizeof points));
    if (s->text[0])
        html_element(out, "p", s->text);
    step_rule(s, &line);
    if (line.n) {
        bytes_str(out, "<p class=\"how\">");
        html_text(out, (const char *)line.p);
        bytes_str(out, "</p>");
        bytes_clear(&line);
    }
    bytes_str(out, "</td><td class=\"s\"><ul>");
    for (size_t i = 0; i < s->n_slips; i++) {
        slip_line(s, &s->slip[i], &line);
        html_line(out, "li", &line);
    }
    bytes_str(out, "</ul></td></tr>\n");
    bytes_release(&line);
}

void rubric_sheet_html(const struct rubric *r, struct bytes *out)
{
    struct bytes line = {0};
    bytes_str(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n");
    html_element(out, "title", r->title);
    bytes_printf(out, "\n<style>%s</style></head>\n<body>\n", style);
    html_element(out, "h1", r->title);
    bytes_str(out, "\n<p class=\"facts\">");
    facts_line(r, &line);
    html_text(out, (const char *)line.p);
    bytes_clear(&line);
    bytes_str(out, "</p>\n<table><thead><tr>");
    html_element(out, "th", _("No."));
    html_element(out, "th", _("Step"));
    html_element(out, "th", _("Worth"));
    html_element(out, "th", _("What is to be done"));
    html_element(out, "th", _("Slips"));
    bytes_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < r->n_steps; i++)
        html_step(&r->step[i], i + 1, out);
    bytes_str(out, "</tbody></table>\n");
    if (r->n_fatals)
        html_element(out, "h2", _("What ends the experiment or parts of it"));
    for (size_t i = 0; i < r->n_fatals; i++) {
        fatal_line(&r->fatal[i], &line);
        html_line(out, "p", &line);
    }
    bytes_str(out, "\n</body></html>\n");
    bytes_release(&line);
}

/* ---- PDF ---- */

static char *taken(struct bytes *text)
{
    char *s = mem_strdup(text->p ? (const char *)text->p : "");
    bytes_release(text);
    return s;
}

static void print_rows(struct print *p, const struct rubric *r)
{
    static const int shares[] = {7, 17, 8, 38, 40};
    const char *title[] = {_("No."), _("Step"), _("Worth"), _("What is to be done"), _("Slips")};
    struct print_column column[5];
    struct arena *a = arena_new();
    const char **cell = arena_array(a, 5 * r->n_steps, sizeof *cell);
    for (size_t i = 0; i < 5; i++)
        column[i] = (struct print_column){.title = title[i], .share = shares[i], .right = i == 2};
    for (size_t i = 0; i < r->n_steps; i++) {
        const struct rubric_step *s = &r->step[i];
        struct bytes rule = {0}, slips = {0};
        char points[32];
        step_rule(s, &rule);
        for (size_t k = 0; k < s->n_slips; k++) {
            bytes_str(&slips, k ? "\n" : "");
            slip_line(s, &s->slip[k], &slips);
        }
        cell[5 * i] = arena_printf(a, "%zu", i + 1);
        cell[5 * i + 1] = s->title;
        cell[5 * i + 2] = arena_strdup(a, points_text(s->points, points, sizeof points));
        cell[5 * i + 3] = arena_printf(a, "%s%s%s", s->text, s->text[0] && rule.n ? "\n" : "",
                                       rule.n ? (const char *)rule.p : "");
        cell[5 * i + 4] = arena_strdup(a, slips.n ? (const char *)slips.p : "");
        bytes_release(&rule);
        bytes_release(&slips);
    }
    print_table(p, column, 5, cell, r->n_steps);
    arena_free(a);
}

int rubric_sheet_pdf(const struct rubric *r, int64_t made_ms, struct bytes *out, struct err *e)
{
    struct bytes line = {0};
    facts_line(r, &line);
    char *facts = taken(&line);
    const struct print_options options = {.title = r->title, .footer = facts, .made_ms = made_ms};
    struct print *p = print_new(&options);
    print_heading(p, 1, r->title);
    print_paragraph(p, facts);
    print_rows(p, r);
    if (r->n_fatals)
        print_heading(p, 2, _("What ends the experiment or parts of it"));
    for (size_t i = 0; i < r->n_fatals; i++) {
        fatal_line(&r->fatal[i], &line);
        char *text = taken(&line);
        print_paragraph(p, text);
        free(text);
    }
    int result = print_finish(p, out, e);
    print_free(p);
    free(facts);
    return result;
}
