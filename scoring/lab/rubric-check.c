/* SPDX-License-Identifier: Apache-2.0 */
/* Rubrics that contradict themselves are refused before anybody rates by them. */
#include "base/i18n.h"
#include "scoring/lab/rubric-internal.h"

static const char *written(points_t p, char buf[32])
{
    return points_text(p, buf, 32);
}

points_t rubric_most(const struct rubric_step *s, uint32_t slips)
{
    uint32_t absorbed = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < s->n_slips; i++)
        if (slips >> i & 1)
            absorbed |= s->slip[i].includes;
    for (size_t i = 0; i < s->n_slips; i++)
        if (slips >> i & 1 && !(absorbed >> i & 1))
            sum += s->slip[i].minus.milli;
    return points_milli(sum);
}

/* A slip that contains others never costs less than they do: seeing more must not give more points. */
static void check_includes(const struct rubric_step *s, size_t number, size_t i, unsigned line,
                           struct lab_faults *f)
{
    const struct rubric_slip *slip = &s->slip[i];
    char own[32], others[32];
    int64_t price = s->fix && s->hint.milli < slip->minus.milli ? s->hint.milli : slip->minus.milli;
    if (slip->includes >> i & 1)
        lab_fault(f, line, _("step %zu: slip %c includes itself"), number, slip->code);
    else if (slip->includes >> s->n_slips)
        lab_fault(f, line, _("step %zu: slip %c includes a slip that there is not"), number, slip->code);
    else if (slip->includes && s->mode != RUBRIC_DEDUCT)
        lab_fault(f, line, _("step %zu: slips include others only in a step of mode deduct"), number);
    else if (slip->includes) {
        points_t most = rubric_most(s, slip->includes);
        if (price < most.milli && price < s->cap.milli)
            lab_fault(f, line, _("step %zu: slip %c costs %s and includes slips that cost %s"), number,
                      slip->code, written(points_milli(price), own), written(most, others));
    }
}

void rubric_check_slip(const struct rubric_step *s, size_t number, size_t i, unsigned line,
                       struct lab_faults *f)
{
    const struct rubric_slip *slip = &s->slip[i];
    if (!slip->text[0])
        lab_fault(f, line, _("step %zu: slip %c says nothing"), number, slip->code);
    if (s->mode == RUBRIC_DEDUCT && slip->minus.milli == 0)
        lab_fault(f, line, _("step %zu: slip %c says no minus"), number, slip->code);
    if (s->mode != RUBRIC_DEDUCT && slip->minus.milli)
        lab_fault(f, line, _("step %zu: slip %c costs the whole step (mode %s): no minus"), number,
                  slip->code, rubric_mode_name(s->mode));
    if (s->mode == RUBRIC_FATAL && slip->same[0])
        lab_fault(f, line, _("step %zu: slip %c ends the experiment: it is not charged once (same)"), number,
                  slip->code);
    check_includes(s, number, i, line, f);
}

static void check_report(const struct rubric_step *s, size_t number, unsigned line, struct lab_faults *f)
{
    size_t reports = 0;
    for (size_t i = 0; i < s->n_slips; i++)
        reports += s->slip[i].report;
    if (reports != (s->must_report ? 1u : 0u))
        lab_fault(f, line,
                  s->must_report ? _("step %zu must be reported: exactly one slip has report=\"yes\"")
                                 : _("step %zu need not be reported: no slip has report=\"yes\""),
                  number);
}

void rubric_check_step(const struct rubric_step *s, size_t number, unsigned line, struct lab_faults *f)
{
    char most[32], cap[32];
    points_t all = rubric_most(s, UINT32_MAX);
    if (!s->title[0])
        lab_fault(f, line, _("step %zu has no title"), number);
    if (s->points.milli == 0)
        lab_fault(f, line, _("step %zu is worth nothing"), number);
    if (s->cap.milli > s->points.milli)
        lab_fault(f, line, _("step %zu: cap=\"%s\" is more than its points"), number, written(s->cap, cap));
    if (s->mode != RUBRIC_DEDUCT && s->cap.milli != s->points.milli)
        lab_fault(f, line, _("step %zu: only a step of mode deduct has a cap"), number);
    if (s->mode == RUBRIC_DEDUCT && s->cap.milli <= s->points.milli && all.milli < s->cap.milli)
        lab_fault(f, line,
                  _("step %zu: its slips cost %s together, never %s; say cap=\"%s\" if that is meant"),
                  number, written(all, most), written(s->cap, cap), most);
    if (s->fix && (s->mode == RUBRIC_FATAL || s->hint.milli == 0 || s->hint.milli > s->points.milli))
        lab_fault(f, line,
                  _("step %zu: hint is what a slip costs that was put right: above 0, not above the "
                    "points, and not of a fatal step"),
                  number);
    check_report(s, number, line, f);
}

void rubric_check_whole(const struct rubric *r, unsigned line, struct lab_faults *f)
{
    int64_t sum = 0;
    char all[32], wanted[32], total[32];
    for (size_t i = 0; i < r->n_steps; i++)
        sum += r->step[i].points.milli;
    if (!r->title[0])
        lab_fault(f, line, _("the rubric has no title"));
    if (r->n_steps == 0 || r->total.milli == 0)
        lab_fault(f, line, _("a rubric has steps and a total above 0"));
    else if (sum != r->raw.milli)
        lab_fault(f, line, _("the steps are worth %s together, not %s"), written(points_milli(sum), all),
                  written(r->raw, wanted));
    if (r->raw.milli != r->total.milli && r->fold_step.milli == 0)
        lab_fault(f, line, _("%s points are rated and %s count: say foldTo, the steps of the folded score"),
                  written(r->raw, wanted), written(r->total, total));
    if (r->fold_step.milli && (r->raw.milli == r->total.milli || r->total.milli % r->fold_step.milli))
        lab_fault(f, line, _("foldTo=\"%s\" is for a raw total that differs, and divides the total"),
                  written(r->fold_step, all));
}
