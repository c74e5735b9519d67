/* SPDX-License-Identifier: Apache-2.0 */
/* What each form has, and what was asked of it. */
#include <math.h>
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "engine/exam/report-internal.h"

struct sums {
    int64_t points, facility, facility_points, seconds, fresh;
    size_t without_facility, without_time;
};

static struct sums sums_of(const struct report_form *f)
{
    struct sums s = {0};
    for (size_t i = 0; i < f->n; i++) {
        const struct exam_fact *x = f->item[i];
        bool facility = x && x->facility != BANK_UNKNOWN, time = x && x->expected_s != BANK_UNKNOWN;
        s.points += f->points[i].milli;
        s.without_facility += !facility;
        s.without_time += !time;
        s.facility += facility ? x->facility * f->points[i].milli : 0;
        s.facility_points += facility ? f->points[i].milli : 0;
        s.seconds += time ? x->expected_s : 0;
        s.fresh += x && x->exams == 0;
    }
    return s;
}

static const char *facility_text(struct exam_report *r, const struct sums *s)
{
    char text[48];
    if (s->facility_points <= 0)
        return "–";
    return arena_strdup(r->arena, ratio_text(s->facility, s->facility_points * 1000, 3, text, sizeof text));
}

static void form_row(struct exam_report *r, const struct report_form *f, struct sums *all)
{
    struct sums s = sums_of(f);
    char text[32];
    bytes_str(r->out, "<tr>");
    report_cell(r, "th", f->id);
    report_cell(r, "td", arena_printf(r->arena, "%zu", f->n));
    report_cell(r, "td", points_text(points_milli(s.points), text, sizeof text));
    report_cell(r, "td", facility_text(r, &s));
    report_cell(r, "td",
                s.without_time == f->n
                    ? "–"
                    : arena_printf(r->arena, _("%lld min %02lld s"), (long long)(s.seconds / 60),
                                   (long long)(s.seconds % 60)));
    report_cell(r, "td", arena_printf(r->arena, "%lld", (long long)s.fresh));
    bytes_str(r->out, "</tr>\n");
    all->without_facility += s.without_facility;
    all->without_time += s.without_time;
}

void report_forms(struct exam_report *r)
{
    const char *const head[] = {_("Form"),          _("Items"),         _("Points in all"),
                                _("Mean facility"), _("Expected time"), _("Items never used before")};
    struct sums all = {0};
    report_section_open(
        r, _("Forms"),
        _("Mean facility is weighted by points: the share of the points that is expected to be reached."));
    bytes_str(r->out, "<table><thead><tr>");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        report_cell(r, "th", head[i]);
    bytes_str(r->out, "</tr></thead><tbody>\n");
    for (size_t f = 0; f < r->n_forms; f++)
        form_row(r, &r->form[f], &all);
    bytes_str(r->out, "</tbody></table>\n");
    if (all.without_facility || all.without_time) {
        bytes_str(r->out, "<p class=\"note\">");
        html_text(
            r->out,
            arena_printf(
                r->arena,
                _("Places whose item has no facility: %zu; no expected time: %zu. They do not count there."),
                all.without_facility, all.without_time));
        bytes_str(r->out, "</p>\n");
    }
    report_section_close(r);
}

/* ---- requirements ---- */

static const char *words_of(const struct exam_report *r, const json_t *q)
{
    const char *id = json_string_value(json_object_get(q, "id"));
    json_int_t line = json_integer_value(json_object_get(q, "line"));
    id = id ? id : "";
    for (size_t k = 0; r->words && k < r->words->n_requirements; k++) {
        const struct requirement *x = &r->words->requirement[k];
        if (strcmp(x->id, id) == 0 && (json_int_t)x->line == line)
            return x->words;
    }
    return id;
}

/* At most three decimals; whole numbers as such. */
static const char *number_text(struct exam_report *r, const json_t *v)
{
    char text[48];
    double x = json_number_value(v);
    if (!json_is_number(v) || !(fabs(x) < 1e12))
        return NULL;
    return arena_strdup(r->arena,
                        points_text(points_milli((int64_t)floor(x * 1000 + 0.5)), text, sizeof text));
}

static const char *wanted_text(struct exam_report *r, const json_t *q)
{
    const char *lo = number_text(r, json_object_get(q, "min")),
               *hi = number_text(r, json_object_get(q, "max"));
    if (lo && hi && (strcmp(lo, "0") != 0 || strcmp(hi, "0") == 0))
        return strcmp(lo, hi) == 0 ? lo : arena_printf(r->arena, "%s–%s", lo, hi);
    return hi ? arena_printf(r->arena, "≤ %s", hi) : lo ? arena_printf(r->arena, "≥ %s", lo) : "–";
}

static const char *met_range(struct exam_report *r, const json_t *met)
{
    const json_t *least = json_array_get(met, 0), *most = least;
    for (size_t f = 1; f < json_array_size(met); f++) {
        const json_t *v = json_array_get(met, f);
        least = json_number_value(v) < json_number_value(least) ? v : least;
        most = json_number_value(v) > json_number_value(most) ? v : most;
    }
    const char *from = number_text(r, least), *to = number_text(r, most);
    return !from || !to ? "–" : strcmp(from, to) == 0 ? from : arena_printf(r->arena, "%s–%s", from, to);
}

static void requirement_row(struct exam_report *r, const json_t *q)
{
    const json_t *met = json_object_get(q, "met");
    bytes_str(r->out, "<tr>");
    report_cell(r, "th", words_of(r, q));
    report_cell(r, "td", wanted_text(r, q));
    if (r->n_forms > REPORT_LISTED_FORMS)
        report_cell(r, "td", met_range(r, met));
    else
        for (size_t f = 0; f < r->n_forms; f++) {
            const char *text = number_text(r, json_array_get(met, f));
            report_cell(r, "td", text ? text : "–");
        }
    bytes_str(r->out, "</tr>\n");
}

void report_requirements(struct exam_report *r)
{
    const json_t *list = json_object_get(r->certificate, "requirements");
    if (json_array_size(list) == 0)
        return;
    report_section_open(r, _("Requirements of the blueprint"), _("Each was checked again in whole numbers."));
    bytes_str(r->out, "<div class=\"scroll\"><table class=\"asked\"><thead><tr>");
    report_cell(r, "th", _("Requirement"));
    report_cell(r, "th", _("Wanted"));
    if (r->n_forms > REPORT_LISTED_FORMS)
        report_cell(r, "th", _("All forms"));
    else
        for (size_t f = 0; f < r->n_forms; f++)
            report_cell(r, "th", r->form[f].id);
    bytes_str(r->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < json_array_size(list); i++)
        requirement_row(r, json_array_get(list, i));
    bytes_str(r->out, "</tbody></table></div>\n");
    report_section_close(r);
}
