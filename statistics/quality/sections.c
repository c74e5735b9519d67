/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/sections.h"

#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

static void add(struct report *r, const char *key, const char *head, const char *note, const char *figure,
                struct table *table)
{
    r->section[r->n_sections++] =
        (struct report_section){.key = key, .head = head, .note = note, .figure = figure, .table = table};
}

static const char *findings_note(const struct table *t)
{
    return t->n_rows
               ? _("An examiner is named where chance does not explain it (Benjamini-Hochberg, 1 %) and it matters: "
                   "a twentieth of the full marks or more. A finding is a reason to look, not a judgement.")
               : _("No examiner stands out.");
}

static const char *examiners_note(const struct quality *q)
{
    const char *what =
        _("Offset: points above what the others of the set would give to the same candidates, by school and "
          "experiment; below zero is severe. Spread: standard deviation of what school, experiment and "
          "examiner leave unexplained.");
    if (q->n_sets < 2)
        return what;
    return arena_printf(
        q->arena,
        _("%s The examiners fall into %zu sets that share no school: between sets nobody can say who is "
          "severe and whose candidates are weak, so each is compared with his own set only."),
        what, q->n_sets);
}

static const char *effects_note(const struct table *found)
{
    return found->n_rows
               ? _("Benches where candidates did otherwise than expected are listed below.")
               : _("Tests of what school, experiment and examiner leave unexplained. No single bench stands out.");
}

static const char *looks_note(const struct quality *q, const struct quality_view *v)
{
    if (q->n_looks == 0)
        return _("None.");
    if (q->n_looks <= v->top)
        return arena_printf(q->arena, _("%zu ratings, the most urgent first."), q->n_looks);
    return arena_printf(q->arena, _("The %zu most urgent of %zu ratings; --top shows more."), v->top,
                        q->n_looks);
}

void quality_sections(const struct quality *q, const struct quality_view *view, struct report *r)
{
    struct arena *a = q->arena;
    struct table *findings = quality_findings_table(q, view), *places = quality_places_table(q, view);
    add(r, "findings", _("Examiners who stand out"), findings_note(findings), "", findings);
    add(r, "looks", _("Ratings worth a second look"), looks_note(q, view), "", quality_looks_table(q, view));
    add(r, "examiners", _("Examiners"), examiners_note(q), quality_offsets_figure(q, a),
        quality_examiners_table(q, view));
    add(r, "agreement", _("Agreement of two examiners"),
        q->agreement.n ? _("First and second examiner of the same candidate, rated independently.")
                       : _("No candidate was rated by two examiners."),
        "", quality_agreement_table(q, view));
    add(r, "steps", _("Steps"), _("Points lost at each step, of those who were rated there."), "",
        quality_steps_table(q, view));
    add(r, "slips", _("What costs most"), _("Slips by the points that they cost all candidates together."),
        "", quality_slips_table(q, view));
    add(r, "effects", _("Bench, group, hour"), effects_note(places), quality_groups_figure(q, a),
        quality_effects_table(q, view));
    if (places->n_rows)
        add(r, "benches", _("Benches"), _("Offset: points above what was expected."), "", places);
    else
        table_free(places);
}

void quality_sections_release(struct report *r)
{
    for (size_t i = 0; i < r->n_sections; i++)
        table_free(r->section[i].table);
    r->n_sections = 0;
}
