/* SPDX-License-Identifier: Apache-2.0 */
#include "base/html.h"
#include "cli/adjudicate/form.h"

static const char style[] =
    "@page{size:A4;margin:14mm}"
    "body{font:10.5pt/1.45 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"SimSun\",sans-serif;margin:0}"
    "h1{font-size:15pt;text-align:center;margin:0 0 1mm}p.office{text-align:center;margin:0 0 4mm}"
    "table{border-collapse:collapse;width:100%;margin:0 0 4mm}th,td{border:.2mm solid #444;padding:1mm 2mm;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}th{font-weight:600}table.facts th{width:9em}"
    "div.write{border:.2mm solid #444;min-height:32mm;padding:1mm 2mm;margin:0 0 4mm;break-inside:avoid}"
    "p.sign{display:inline-block;width:48%;margin:6mm 0 0}p.sign span{display:block;border-top:.2mm solid #444;"
    "margin-top:9mm}";

static void facts(const struct form *f, struct bytes *out)
{
    bytes_str(out, "<table class=\"facts\">\n");
    for (size_t i = 0; i < f->n_facts; i++) {
        bytes_str(out, "<tr>");
        html_element(out, "th", f->fact[i][0]);
        html_element(out, "td", f->fact[i][1]);
        bytes_str(out, "</tr>\n");
    }
    bytes_str(out, "</table>\n");
}

static void rows(const struct form *f, struct bytes *out)
{
    bytes_str(out, "<table>\n<tr>");
    for (size_t i = 0; i < FORM_COLUMNS; i++)
        html_element(out, "th", f->head[i]);
    bytes_str(out, "</tr>\n");
    for (size_t r = 0; r < f->n_rows; r++) {
        bytes_str(out, "<tr>");
        for (size_t i = 0; i < FORM_COLUMNS; i++)
            html_element(out, "td", f->cell[r * FORM_COLUMNS + i]);
        bytes_str(out, "</tr>\n");
    }
    bytes_str(out, "</table>\n");
}

void form_html(const struct form *f, struct bytes *out)
{
    bytes_str(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n");
    html_element(out, "title", f->title);
    bytes_printf(out, "\n<style>%s</style></head>\n<body>\n", style);
    html_element(out, "h1", f->title);
    bytes_str(out, "\n<p class=\"office\">");
    html_text(out, f->office);
    bytes_str(out, "</p>\n");
    facts(f, out);
    rows(f, out);
    for (size_t i = 0; i < sizeof f->question / sizeof *f->question; i++) {
        bytes_str(out, "<div class=\"write\">");
        html_text(out, f->question[i]);
        bytes_str(out, "</div>\n");
    }
    for (size_t i = 0; i < FORM_SIGNERS; i++) {
        bytes_str(out, "<p class=\"sign\"><span>");
        html_text(out, f->signer[i]);
        bytes_str(out, "</span></p>\n");
    }
    bytes_str(out, "</body></html>\n");
}
