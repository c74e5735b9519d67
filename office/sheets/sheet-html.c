/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/html.h"
#include "base/i18n.h"
#include "office/sheets/sheet-print-internal.h"

static const char style[] =
    "@page{size:A4;margin:12mm}"
    "body{font:9.5pt/1.4 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"SimSun\",sans-serif;margin:0}"
    "section{break-after:page}h1{font-size:17pt;text-align:center;letter-spacing:.12em;margin:0 0 2mm}"
    "h2{font-size:11pt;margin:0 0 2mm}dl{display:grid;grid-template-columns:auto 1fr auto 1fr;gap:.6mm 4mm;margin:0 0 3mm}"
    "dt{color:#444}dd{margin:0;font-weight:600}table{border-collapse:collapse;width:100%;margin:0 0 3mm}"
    "th,td{border:.2mm solid #333;padding:.8mm 1.4mm;vertical-align:top;text-align:left}td.n{text-align:right;width:2.2em}"
    "td.words{width:26%}td.points{width:3.6em}small{display:block;color:#333}p{margin:0 0 2mm}"
    "p.sign span{display:inline-block;width:31%;border-bottom:.2mm solid #333;margin:7mm 2% 0 0;font-size:9pt}";

static void element(struct bytes *out, const char *tag, const char *class, const char *text)
{
    bytes_printf(out, "<%s%s%s%s>", tag, *class ? " class=\"" : "", class, *class ? "\"" : "");
    html_text(out, text);
    bytes_printf(out, "</%s>", tag);
}

static void put_cover(const struct sheet_printing *x, const struct sheet_bag *b, struct arena *a,
                      struct bytes *out)
{
    const char *cell[SHEET_LIST_COLUMNS];
    const char *const label[] = {_("Packed"), _("Seal opened"), _("Counted and sealed again"),
                                 _("Received at the office")};
    bytes_str(out, "<section>\n");
    html_element(out, "h1", x->session->title);
    html_element(out, "h2", sheet_bag_title(b, a));
    bytes_str(out, "\n<table><tr>");
    for (size_t i = 0; i < SHEET_LIST_COLUMNS; i++)
        html_element(out, "th", sheet_list_title(i));
    bytes_str(out, "</tr>\n");
    for (size_t i = 0; i < b->n; i++) {
        sheet_list_row(b, i, a, cell);
        bytes_str(out, "<tr>");
        for (size_t k = 0; k < SHEET_LIST_COLUMNS; k++)
            html_element(out, "td", cell[k]);
        bytes_str(out, "</tr>\n");
    }
    bytes_str(out, "</table>\n<p class=\"sign\">");
    for (size_t i = 0; i < 4; i++)
        html_element(out, "span", label[i]);
    bytes_str(out, "</p></section>\n");
}

static void put_step(const struct rubric_step *s, size_t i, struct arena *a, struct bytes *out)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", i + 1);
    bytes_str(out, "<tr>");
    element(out, "td", "n", text);
    bytes_str(out, "<td class=\"words\">");
    html_text(out, s->title);
    if (s->text[0])
        html_element(out, "small", s->text);
    bytes_str(out, "</td>");
    element(out, "td", "n", points_text(s->points, text, sizeof text));
    element(out, "td", "", sheet_step_boxes(s, a));
    element(out, "td", "points", "");
    bytes_str(out, "</tr>\n");
}

static void put_sheet(const struct sheet_printing *x, const struct sheet_place *p, struct arena *a,
                      struct bytes *out)
{
    const char *fact[SHEET_FACTS][2];
    bytes_str(out, "<section>\n");
    html_element(out, "h1", p->id);
    html_element(out, "h2", arena_printf(a, _("%s: rating sheet"), x->session->title));
    sheet_facts(p, a, fact);
    bytes_str(out, "\n<dl>");
    for (size_t i = 0; i < SHEET_FACTS; i++) {
        html_element(out, "dt", fact[i][0]);
        html_element(out, "dd", fact[i][1]);
    }
    bytes_str(out, "</dl>\n<table><tr><th></th>");
    html_element(out, "th", _("Step"));
    html_element(out, "th", _("Full"));
    html_element(out, "th", _("Tick what happened"));
    html_element(out, "th", _("Points"));
    bytes_str(out, "</tr>\n");
    for (size_t i = 0; i < p->rubric->n_steps; i++)
        put_step(&p->rubric->step[i], i, a, out);
    bytes_str(out, "</table>\n");
    if (p->rubric->n_fatals)
        html_element(out, "p", sheet_fatal_boxes(p->rubric, a));
    html_element(out, "p", sheet_sum_line(p->rubric, a));
    html_element(out, "p", sheet_status_boxes(x->list->plan, a));
    bytes_str(out, "\n<p class=\"sign\">");
    for (size_t i = 0; i < SHEET_SIGNERS; i++)
        html_element(out, "span", sheet_signer(i));
    bytes_str(out, "</p>\n");
    html_element(out, "p", sheet_how_to());
    bytes_str(out, "</section>\n");
}

void sheet_bag_html(const struct sheet_printing *x, const struct sheet_bag *b, struct bytes *out)
{
    struct arena *a = arena_new();
    bytes_str(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>");
    html_text(out, sheet_bag_title(b, a));
    bytes_printf(out, "</title>\n<style>%s</style></head>\n<body>\n", style);
    put_cover(x, b, a, out);
    for (size_t i = 0; i < b->n; i++)
        put_sheet(x, b->place[i], a, out);
    bytes_str(out, "</body></html>\n");
    arena_free(a);
}
