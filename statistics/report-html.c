/* SPDX-License-Identifier: Apache-2.0 */
#include "base/html.h"
#include "base/i18n.h"
#include "base/report-style.h"
#include "statistics/report.h"

enum { CHART_MAX = 40 };

static void open_page(const struct report *r, struct bytes *out)
{
    /* TRANSLATORS: the language of the page, as in HTML's lang attribute: zh-CN */
    bytes_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", _("en"));
    bytes_str(out, "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    html_text(out, r->title);
    bytes_str(out, " – ");
    html_text(out, r->subject);
    bytes_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", report_style);
}

static void header(const struct report *r, struct bytes *out)
{
    bytes_str(out, "<header>\n<div><p class=\"office\">");
    html_text(out, r->office);
    bytes_str(out, "</p>\n");
    html_element(out, "h1", r->title);
    bytes_str(out, "</div>\n<p class=\"subject\">");
    html_text(out, r->subject);
    bytes_str(out, "</p>\n</header>\n<dl class=\"facts\">\n");
    for (size_t i = 0; i < r->n_facts; i++) {
        bytes_str(out, "<div>");
        html_element(out, "dt", r->fact[i].head);
        html_element(out, "dd", r->fact[i].text);
        bytes_str(out, "</div>\n");
    }
    bytes_str(out, "</dl>\n");
    if (!r->n_notices)
        return;
    bytes_str(out, "<ul class=\"notices\">\n");
    for (size_t i = 0; i < r->n_notices; i++) {
        html_element(out, "li", r->notice[i]);
        bytes_str(out, "\n");
    }
    bytes_str(out, "</ul>\n");
}

static void tile(struct bytes *out, const char *class, const char *head, const char *text, const char *sign)
{
    bytes_printf(out, "<div%s>", class);
    html_element(out, "p", head);
    bytes_str(out, "<b>");
    html_text(out, text);
    bytes_printf(out, "%s</b></div>\n", sign);
}

static void count_tile(struct bytes *out, const char *head, int64_t count)
{
    struct bytes text = {0};
    bytes_printf(&text, "%lld", (long long)count);
    tile(out, "", head, (const char *)text.p, "");
    bytes_release(&text);
}

static void rate_tile(struct bytes *out, const char *class, const char *head, int64_t num, int64_t den,
                      int decimals)
{
    char text[48];
    tile(out, class, head, percent_text(num, den, decimals, text, sizeof text), "%");
}

static void tiles(const struct report *r, struct bytes *out)
{
    const struct rates_count *c = &r->rates->unit[0].count;
    char text[48];
    bytes_str(out, "<div class=\"tiles\">\n");
    if (c->scored)
        rate_tile(out, " class=\"lead\"", _("Pass rate"), c->passed, c->sat, r->decimals);
    count_tile(out, _("Registered"), c->registered);
    count_tile(out, _("Sat"), c->sat);
    count_tile(out, _("Absent"), c->absent);
    count_tile(out, _("Passed"), c->passed);
    if (c->scored) {
        rate_tile(out, "", _("High rate"), c->high, c->sat, r->decimals);
        tile(out, "", _("Mean"), ratio_text(c->sum_milli, c->scored * 1000, r->decimals, text, sizeof text),
             "");
    }
    bytes_str(out, "</div>\n");
}

static size_t units_of(const struct rates *r, enum rates_level level)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n += r->unit[i].level == level;
    return n;
}

static void chart_rows(const struct report *r, enum rates_level level, struct bytes *out)
{
    char text[48];
    for (size_t i = 0; i < r->rates->n; i++) {
        const struct rates_unit *u = &r->rates->unit[i];
        if (u->level != level || u->count.scored == 0)
            continue;
        html_element(out, "span", level == RATES_COUNTY ? u->county : u->school);
        svg_bar(out, u->count.passed * 10000 / u->count.sat);
        bytes_printf(out, "<span>%s%%</span>\n",
                     percent_text(u->count.passed, u->count.sat, r->decimals, text, sizeof text));
    }
}

/* Pass rates of the counties; of the schools where there is one county only. A long list stays a table. */
static void chart(const struct report *r, struct bytes *out)
{
    enum rates_level level = units_of(r->rates, RATES_COUNTY) > 1 ? RATES_COUNTY : RATES_SCHOOL;
    size_t n = units_of(r->rates, level);
    if (n < 2 || n > CHART_MAX || r->rates->unit[0].count.scored == 0)
        return;
    html_element(out, "h2", level == RATES_COUNTY ? _("Pass rate by county") : _("Pass rate by school"));
    bytes_str(out, "\n<div class=\"chart\">\n");
    chart_rows(r, level, out);
    bytes_str(out, "</div>\n");
}

static void close_page(const struct report *r, struct bytes *out)
{
    char digest[65];
    const char *const sign[] = {_("Prepared by"), _("Checked by"), _("Date")};
    if (r->footnote) {
        bytes_str(out, "<p class=\"footnote\">");
        html_text(out, r->footnote);
        bytes_str(out, "</p>\n");
    }
    bytes_str(out, "<div class=\"sign\">");
    for (size_t i = 0; i < sizeof sign / sizeof *sign; i++)
        html_element(out, "div", sign[i]);
    bytes_str(out, "</div>\n<footer>");
    html_text(out, _("Digest of the store"));
    bytes_printf(out, ": %s</footer>\n</main>\n</body>\n</html>\n",
                 hex_encode(digest, r->digest, sizeof r->digest));
}

static void section(const struct report_section *s, struct bytes *out)
{
    bytes_str(out, "<section>\n");
    html_element(out, "h2", s->head);
    bytes_str(out, "\n");
    if (s->note[0]) {
        bytes_str(out, "<p class=\"note\">");
        html_text(out, s->note);
        bytes_str(out, "</p>\n");
    }
    bytes_str(out, s->figure);
    if (s->table->n_rows)
        table_html(s->table, out);
    bytes_str(out, "</section>\n");
}

void report_html(const struct report *r, struct bytes *out)
{
    open_page(r, out);
    header(r, out);
    if (r->rates && r->rates->n) {
        tiles(r, out);
        if (r->table && r->table->nested)
            chart(r, out);
    }
    if (r->table) {
        html_element(out, "h2", r->subject);
        bytes_str(out, "\n");
        table_html(r->table, out);
    }
    for (size_t i = 0; i < r->n_sections; i++)
        section(&r->section[i], out);
    close_page(r, out);
}
