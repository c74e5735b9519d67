/* SPDX-License-Identifier: Apache-2.0 */
/* Elements about single items, items that belong together or apart, and use in other forms and exams. */
#include "base/file.h"
#include "base/i18n.h"
#include "engine/blueprint/blueprint-internal.h"

enum { MAX_YEARS = 100 };

void blueprint_read_item(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"item", NULL};
    struct blueprint *b = r->b;
    struct blueprint_item *item =
        xml_named(n, "include") ? &b->include[b->n_includes++] : &b->exclude[b->n_excludes++];
    blueprint_only_within(r, n, known);
    item->id = blueprint_name(r, n, "item", true);
    item->line = xml_line(n);
}

void blueprint_read_group(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"items", "attribute", NULL};
    struct blueprint_group *g = &r->b->group[r->b->n_groups++];
    blueprint_only_within(r, n, known);
    *g = (struct blueprint_group){.together = xml_named(n, "allOrNone"), .line = xml_line(n)};
    g->items = blueprint_words(r, n, "items", NULL, path_is_plain_name, false);
    g->attribute = blueprint_name(r, n, "attribute", false);
    if (blueprint_has(r, n, "items") == blueprint_has(r, n, "attribute"))
        blueprint_fault(r->f, xml_line(n), _("<%s> needs either items or attribute"), xml_name(n));
    else if (blueprint_has(r, n, "items") && g->items.n < 2)
        blueprint_fault(r->f, xml_line(n), _("<%s> names fewer than two items"), xml_name(n));
}

static int64_t read_years(const struct blueprint_reader *r, const struct xml_node *n)
{
    if (blueprint_has(r, n, "years") && !r->b->date)
        blueprint_fault(r->f, xml_line(n), _("<%s> years: say the day of the exam in <blueprint date=\"…\">"),
                        xml_name(n));
    return blueprint_whole(r, n, "years", 1, MAX_YEARS, false, 0);
}

void blueprint_read_use(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {BLUEPRINT_SELECTORS, "min", "max", NULL};
    struct blueprint_use *u = &r->b->use[r->b->n_uses++];
    blueprint_only_within(r, n, known);
    *u = (struct blueprint_use){.what = blueprint_selector(r, n), .line = xml_line(n)};
    u->min = blueprint_whole(r, n, "min", 0, 100, false, 0);
    u->max = blueprint_whole(r, n, "max", 1, 100, true, 100);
}

void blueprint_read_exposure(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"maxExams", "maxCandidates", "years", NULL};
    struct blueprint_exposure *x = &r->b->exposure[r->b->n_exposures++];
    blueprint_only_within(r, n, known);
    *x = (struct blueprint_exposure){.years = read_years(r, n), .line = xml_line(n)};
    x->exams = blueprint_whole(r, n, "maxExams", 1, 1000, false, INT64_MAX);
    x->candidates = blueprint_whole(r, n, "maxCandidates", 1, 100000000, false, INT64_MAX);
    if (!blueprint_has(r, n, "maxExams") && !blueprint_has(r, n, "maxCandidates"))
        blueprint_fault(r->f, xml_line(n), _("<%s> asks for nothing: give %s, %s or both"), xml_name(n),
                        "maxExams", "maxCandidates");
}

static bool is_exam(const char *word)
{
    return *word != '\0';
}

void blueprint_read_past(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"exams", "years", "max", "weight", NULL};
    struct blueprint_past *p = &r->b->past[r->b->n_pasts++];
    blueprint_only_within(r, n, known);
    *p = (struct blueprint_past){.years = read_years(r, n), .line = xml_line(n)};
    p->exams = blueprint_words(r, n, "exams", NULL, is_exam, false);
    p->max = blueprint_whole(r, n, "max", 0, 1000, true, 0);
    p->weight = blueprint_whole(r, n, "weight", 1, 1000, false, 0);
    if (blueprint_has(r, n, "exams") == blueprint_has(r, n, "years"))
        blueprint_fault(r->f, xml_line(n), _("<past> needs either exams or years"));
}

void blueprint_read_stimuli(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"attribute", "min", "max", "itemsMin", "itemsMax", "maxForms", NULL};
    struct blueprint_stimuli *s = &r->b->stimuli;
    blueprint_twice(r, n, s->given);
    blueprint_only_within(r, n, known);
    *s = (struct blueprint_stimuli){.given = true, .line = xml_line(n)};
    s->attribute = blueprint_name(r, n, "attribute", false);
    s->attribute = s->attribute ? s->attribute : "stimulus";
    s->min = blueprint_whole(r, n, "min", 0, 1000, false, 0);
    s->max = blueprint_whole(r, n, "max", 0, 1000, false, INT64_MAX);
    s->items_min = blueprint_whole(r, n, "itemsMin", 1, 1000, false, 1);
    s->items_max = blueprint_whole(r, n, "itemsMax", 1, 1000, false, INT64_MAX);
    s->max_forms = blueprint_whole(r, n, "maxForms", 1, 100, false, INT64_MAX);
}
