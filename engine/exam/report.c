/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "base/report-style.h"
#include "engine/exam/report-internal.h"
#include "engine/exam/report-page.h"

void report_section_open(struct exam_report *r, const char *head, const char *note)
{
    bytes_str(r->out, "<section>\n");
    html_element(r->out, "h2", head);
    bytes_str(r->out, "\n");
    if (note) {
        bytes_str(r->out, "<p class=\"note\">");
        html_text(r->out, note);
        bytes_str(r->out, "</p>\n");
    }
}

void report_section_close(struct exam_report *r)
{
    bytes_str(r->out, "</section>\n");
}

void report_cell(struct exam_report *r, const char *tag, const char *text)
{
    html_element(r->out, tag, text);
}

const char *report_counts(struct exam_report *r, const int64_t *count)
{
    const char *text = "";
    int64_t least = count[0], most = count[0];
    for (size_t f = 0; f < r->n_forms; f++) {
        least = count[f] < least ? count[f] : least;
        most = count[f] > most ? count[f] : most;
        if (r->n_forms <= REPORT_LISTED_FORMS)
            text = arena_printf(r->arena, "%s%s%lld", text, f ? " / " : "", (long long)count[f]);
    }
    return r->n_forms <= REPORT_LISTED_FORMS ? text : report_limits(r, least, most);
}

const char *report_limits(struct exam_report *r, int64_t lo, int64_t hi)
{
    if (lo == hi)
        return arena_printf(r->arena, "%lld", (long long)lo);
    if (hi == INT64_MAX)
        return arena_printf(r->arena, "≥ %lld", (long long)lo);
    if (lo == INT64_MIN)
        return arena_printf(r->arena, "≤ %lld", (long long)hi);
    return arena_printf(r->arena, "%lld–%lld", (long long)lo, (long long)hi);
}

/* ---- reading ---- */

static void fill_forms(struct exam_report *r)
{
    r->n_forms = r->paper->n_forms;
    r->form = arena_array(r->arena, r->n_forms, sizeof *r->form);
    for (size_t f = 0; f < r->n_forms; f++) {
        const struct paper_form *from = &r->paper->form[f];
        size_t n = paper_form_items(from);
        const struct exam_fact **item = arena_array(r->arena, n, sizeof *item);
        points_t *points = arena_array(r->arena, n, sizeof *points);
        for (size_t i = 0; i < n; i++) {
            const struct paper_item *x = paper_form_item(from, i, NULL);
            item[i] = exam_fact(r->facts, x->id);
            points[i] = x->points;
        }
        r->form[f] = (struct report_form){.id = from->id, .item = item, .points = points, .n = n};
    }
}

static int open_report(struct exam_report *r, const struct exam_report_source *s, struct err *e)
{
    json_error_t fault;
    r->certificate = json_loadb((const char *)s->certificate.p, s->certificate.n, 0, &fault);
    if (!json_is_object(r->certificate))
        return err_set(e, ERR_DATA, "certificate.json", _("this is no certificate of an exam"));
    if (s->blueprint.n && blueprint_read(&r->blueprint, "blueprint.xml", s->blueprint, NULL, NULL, e) < 0)
        return -ERR_DATA;
    fill_forms(r);
    return 0;
}

/* ---- the page ---- */

static void open_page(struct exam_report *r)
{
    struct bytes *out = r->out;
    /* TRANSLATORS: the language of the page, as in HTML's lang attribute: zh-CN */
    bytes_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", _("en"));
    bytes_str(out, "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    html_text(out, r->paper->title);
    bytes_printf(out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n<main>\n<header>\n<div>",
                 report_style, exam_report_style);
    html_element(out, "h1", r->paper->title);
    bytes_str(out, "</div>\n<p class=\"subject\">");
    html_text(out, _("Report on the papers"));
    bytes_str(out, "</p>\n</header>\n");
}

static void fact(struct exam_report *r, const char *head, const char *text)
{
    bytes_str(r->out, "<div>");
    html_element(r->out, "dt", head);
    html_element(r->out, "dd", text);
    bytes_str(r->out, "</div>\n");
}

static void facts(struct exam_report *r)
{
    const struct paper *p = r->paper;
    char text[32];
    json_t *seed = json_object_get(r->certificate, "seed");
    bytes_str(r->out, "<dl class=\"facts\">\n");
    fact(r, _("Exam"), p->id);
    if (r->blueprint)
        fact(r, _("Blueprint"), r->blueprint->id);
    fact(r, _("Duration"), arena_printf(r->arena, _("%lld min"), (long long)(p->duration_s / 60)));
    fact(r, _("Points in all"), points_text(p->points, text, sizeof text));
    fact(r, _("Pass line"), points_text(p->pass, text, sizeof text));
    fact(r, _("High-score line"), points_text(p->high, text, sizeof text));
    if (json_is_integer(seed))
        fact(r, _("Seed"), arena_printf(r->arena, "%lld", (long long)json_integer_value(seed)));
    bytes_str(r->out, "</dl>\n");
}

static void tile(struct exam_report *r, bool lead, const char *head, const char *text)
{
    bytes_printf(r->out, "<div%s>", lead ? " class=\"lead\"" : "");
    html_element(r->out, "p", head);
    html_element(r->out, "b", text);
    bytes_str(r->out, "</div>\n");
}

/* A real number of the certificate with four decimals; "–" where there is none. */
static const char *real_text(struct exam_report *r, const json_t *v)
{
    char text[48];
    double x = json_number_value(v);
    if (!json_is_number(v) || !(fabs(x) < 1e12))
        return "–";
    return arena_strdup(r->arena, ratio_text((int64_t)floor(x * 10000 + 0.5), 10000, 4, text, sizeof text));
}

/* The first objective; certificates of several have them in their order. */
static const json_t *objective_of(const struct exam_report *r)
{
    const json_t *one = json_object_get(r->certificate, "objective");
    const json_t *all = json_object_get(r->certificate, "objectives");
    const json_t *first = json_is_array(all) ? json_array_get(all, 0) : NULL;
    return first ? first : one;
}

static void tiles(struct exam_report *r)
{
    const json_t *o = objective_of(r);
    const char *status = json_string_value(json_object_get(r->certificate, "status"));
    size_t most = 0;
    bytes_str(r->out, "<div class=\"tiles\">\n");
    for (size_t f = 0; f < r->n_forms; f++)
        most = r->form[f].n > most ? r->form[f].n : most;
    if (status)
        tile(r, true, _("Papers"),
             strcmp(status, "optimal") != 0                                   ? _("good, bound known")
             : json_is_false(json_object_get(r->certificate, "proven")) ? _("the best, says the solver; not proven")
                                                                          : _("proven best"));
    tile(r, false, _("Number of forms"), arena_printf(r->arena, "%zu", r->n_forms));
    tile(r, false, _("Items of a form"), arena_printf(r->arena, "%zu", most));
    tile(r, false, _("Items in all"), arena_printf(r->arena, "%zu", r->facts->n));
    if (json_is_number(json_object_get(o, "value"))) {
        tile(r, false, _("Objective"), real_text(r, json_object_get(o, "value")));
        tile(r, false, _("Proven bound"), real_text(r, json_object_get(o, "bound")));
    }
    bytes_str(r->out, "</div>\n");
}

static const char *objective_words(const struct exam_report *r, const json_t *o, size_t k)
{
    const char *kind = json_string_value(json_object_get(o, "kind"));
    if (r->words && k < r->words->n_objectives && r->words->objective[k].words)
        return r->words->objective[k].words;
    return kind ? kind : "";
}

static void objective_row(struct exam_report *r, const json_t *o, size_t k)
{
    const json_t *gap = json_object_get(o, "gap");
    char text[48];
    bytes_str(r->out, "<tr>");
    report_cell(r, "th", arena_printf(r->arena, "%zu. %s", k + 1, objective_words(r, o, k)));
    report_cell(r, "td", real_text(r, json_object_get(o, "value")));
    report_cell(r, "td", real_text(r, json_object_get(o, "bound")));
    if (json_is_true(json_object_get(o, "best")))
        report_cell(r, "td", _("proven best"));
    else if (json_is_number(gap) && json_number_value(gap) < 1e4)
        report_cell(r, "td",
                    arena_printf(r->arena, "%s %%",
                                 ratio_text((int64_t)floor(json_number_value(gap) * 10000 + 0.5), 100, 2,
                                            text, sizeof text)));
    else
        report_cell(r, "td", "–");
    bytes_str(r->out, "</tr>\n");
}

/* In their order: each was held while the next was bettered. */
static void objectives(struct exam_report *r)
{
    const json_t *all = json_object_get(r->certificate, "objectives");
    if (json_array_size(all) == 0)
        return;
    report_section_open(
        r, _("Objectives"),
        _("In their order: what an earlier one reached was kept while the next was improved."));
    bytes_str(r->out, "<table><thead><tr>");
    const char *const head[] = {_("Objective"), _("Reached"), _("Proven bound"), _("Gap")};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        report_cell(r, "th", head[i]);
    bytes_str(r->out, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < json_array_size(all); k++)
        objective_row(r, json_array_get(all, k), k);
    bytes_str(r->out, "</tbody></table>\n");
    report_section_close(r);
}

static const char *const notice_of[][2] = {
    {"interrupted", N_("The search was interrupted: these are the best papers found until then.")},
    {"cutByClock", N_("The search was cut by the clock: another run may give other forms.")},
};

static void notices(struct exam_report *r)
{
    bool any = false;
    for (size_t i = 0; i < sizeof notice_of / sizeof *notice_of; i++)
        if (json_is_true(json_object_get(r->certificate, notice_of[i][0]))) {
            bytes_str(r->out, any ? "" : "<ul class=\"notices\">\n");
            html_element(r->out, "li", _(notice_of[i][1]));
            any = true;
        }
    bytes_str(r->out, any ? "</ul>\n" : "");
}

static void close_page(struct exam_report *r)
{
    const char *const sign[] = {_("Prepared by"), _("Checked by"), _("Date")};
    bytes_str(r->out, "<div class=\"sign\">");
    for (size_t i = 0; i < sizeof sign / sizeof *sign; i++)
        html_element(r->out, "div", sign[i]);
    bytes_str(r->out, "</div>\n</main>\n</body>\n</html>\n");
}

int exam_report(const struct exam_report_source *s, struct bytes *out, struct err *e)
{
    struct exam_report r = {
        .arena = arena_new(), .paper = s->paper, .facts = s->facts, .words = s->words, .out = out};
    int status = open_report(&r, s, e);
    if (status == 0) {
        open_page(&r);
        facts(&r);
        tiles(&r);
        notices(&r);
        objectives(&r);
        report_forms(&r);
        report_cells(&r);
        report_difficulty(&r);
        report_information(&r);
        report_requirements(&r);
        report_overlap(&r);
        report_exposure(&r);
        close_page(&r);
    }
    blueprint_free(r.blueprint);
    json_decref(r.certificate);
    arena_free(r.arena);
    return status;
}
