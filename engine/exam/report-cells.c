/* SPDX-License-Identifier: Apache-2.0 */
/* The two-way table: knowledge point × cognitive level. */
#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "engine/exam/report-internal.h"

enum { LEVELS = 6 };
static const char *const level[LEVELS] = {"remember", "understand", "apply", "analyse", "evaluate", "create"};

struct rows {
    const char **code; /* "1", "1.2" */
    size_t n;
    bool level[LEVELS]; /* columns that somebody asks for or has */
};

/* "2" before "10", "1" before "1.2". */
static int by_code(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    while (*x && *y) {
        char *after_x, *after_y;
        long i = strtol(x, &after_x, 10), j = strtol(y, &after_y, 10);
        if (after_x != x && after_y != y && i != j)
            return i < j ? -1 : 1;
        if (*x != *y && (after_x == x || after_y == y))
            return *x < *y ? -1 : 1;
        x = after_x == x ? x + 1 : after_x;
        y = after_y == y ? y + 1 : after_y;
    }
    return *x ? 1 : *y ? -1 : 0;
}

static void add_row(struct rows *t, const char *code)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->code[i], code) == 0)
            return;
    t->code[t->n++] = code;
}

static void mark_levels(struct rows *t, const char *name)
{
    for (size_t k = 0; k < LEVELS; k++)
        t->level[k] = t->level[k] || strcmp(level[k], name) == 0;
}

static struct rows rows_of(struct exam_report *r)
{
    size_t rules = r->blueprint ? r->blueprint->n_rules : 0;
    struct rows t = {.code = arena_array(r->arena, rules + r->facts->n + 1, sizeof *t.code)};
    for (size_t i = 0; i < rules; i++) {
        const struct blueprint_selector *w = &r->blueprint->rule[i].what;
        if (r->blueprint->rule[i].kind != RULE_CELL)
            continue;
        if (w->knowledge_point)
            add_row(&t, w->knowledge_point);
        if (w->levels.n == 1)
            mark_levels(&t, w->levels.text[0]);
    }
    for (size_t i = 0; i < r->facts->n; i++) {
        if (r->facts->item[i].area[0])
            add_row(&t, r->facts->item[i].area);
        mark_levels(&t, r->facts->item[i].level);
    }
    qsort(t.code, t.n, sizeof *t.code, by_code);
    return t;
}

static const char *title_of(const struct exam_report *r, const char *code)
{
    for (size_t i = 0; i < r->facts->n; i++) {
        const struct exam_fact *x = &r->facts->item[i];
        if (strcmp(x->point, code) == 0)
            return x->point_title;
        if (strcmp(x->area, code) == 0)
            return x->area_title;
    }
    return "";
}

static bool counts_in(const struct exam_fact *x, const char *code, const char *name)
{
    return x && (!code || knowledge_point_within(x->point, code)) && (!name || strcmp(x->level, name) == 0);
}

/* A rule about the number of items of just this cell. */
static const struct blueprint_rule *rule_of(const struct exam_report *r, const char *code, const char *name)
{
    for (size_t i = 0; r->blueprint && i < r->blueprint->n_rules; i++) {
        const struct blueprint_rule *rule = &r->blueprint->rule[i];
        const struct blueprint_selector *w = &rule->what;
        const char *point = w->knowledge_point;
        bool same_point = code ? point && strcmp(point, code) == 0 : !point;
        bool same_level = name ? w->levels.n == 1 && strcmp(w->levels.text[0], name) == 0 : w->levels.n == 0;
        if (rule->kind == RULE_CELL && same_point && same_level && w->kinds.n == 0 && !w->has_facility &&
            (code || name))
            return rule;
    }
    return NULL;
}

/* code NULL: all points, name NULL: all levels. */
static void cell(struct exam_report *r, const char *code, const char *name, bool total)
{
    int64_t *count = arena_array(r->arena, r->n_forms, sizeof *count);
    const struct blueprint_rule *rule = rule_of(r, code, name);
    bool out = false, any = rule != NULL;
    for (size_t f = 0; f < r->n_forms; f++) {
        for (size_t i = 0; i < r->form[f].n; i++)
            count[f] += counts_in(r->form[f].item[i], code, name);
        any = any || count[f] > 0;
        out = out || (rule && (count[f] < rule->min || count[f] > rule->max));
    }
    bytes_printf(r->out, "<td%s>", out ? " class=\"out\"" : total ? " class=\"all\"" : "");
    html_text(r->out, any ? report_counts(r, count) : "·");
    if (rule)
        html_element(r->out, "small", report_limits(r, rule->min > 0 ? rule->min : INT64_MIN, rule->max));
    bytes_str(r->out, "</td>");
}

static void row(struct exam_report *r, const struct rows *t, const char *code)
{
    bytes_str(r->out, code ? "<tr>" : "<tr class=\"all\">");
    report_cell(r, "th", code ? arena_printf(r->arena, "%s %s", code, title_of(r, code)) : _("All"));
    for (size_t k = 0; k < LEVELS; k++)
        if (t->level[k])
            cell(r, code, level[k], false);
    cell(r, code, NULL, true);
    bytes_str(r->out, "</tr>\n");
}

static const char *note(struct exam_report *r)
{
    const char *forms = "";
    if (r->n_forms > REPORT_LISTED_FORMS)
        return _("Number of items: above, from which to which number the forms have; below, "
                 "small, what the blueprint wants of this cell. Wishes over several cells stand below.");
    for (size_t f = 0; f < r->n_forms; f++)
        forms = arena_printf(r->arena, "%s%s%s", forms, f ? " / " : "", r->form[f].id);
    return arena_printf(r->arena,
                        _("Number of items: above, what the forms %s have; below, small, "
                          "what the blueprint wants of this cell. Wishes over several cells stand below."),
                        forms);
}

void report_cells(struct exam_report *r)
{
    struct rows t = rows_of(r);
    if (t.n == 0)
        return;
    report_section_open(r, _("Knowledge points and cognitive levels"), note(r));
    bytes_str(r->out, "<div class=\"scroll\"><table class=\"cells\"><thead><tr>");
    report_cell(r, "th", _("Knowledge point"));
    for (size_t k = 0; k < LEVELS; k++)
        if (t.level[k])
            report_cell(r, "th", _(level[k]));
    report_cell(r, "th", _("All"));
    bytes_str(r->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < t.n; i++)
        row(r, &t, t.code[i]);
    row(r, &t, NULL);
    bytes_str(r->out, "</tbody></table></div>\n");
    report_section_close(r);
}
