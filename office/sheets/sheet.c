/* SPDX-License-Identifier: Apache-2.0 */
#include "office/sheets/sheet.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

void sheet_begin(struct sheet *ret, const struct sheet_place *p)
{
    *ret = (struct sheet){.rater = p->rater ? p->rater->id : ""};
    memcpy(ret->id, p->id, sizeof ret->id);
    rating_begin(&ret->rating, p->rubric);
    ret->rating.status = RATING_RATED;
    ret->rating.identified = true;
    ret->rating.confirmed = true;
}

void sheet_points(const struct sheet *s, const struct sheet_place *p, struct rating_points *ret)
{
    rating_points(&s->rating, p->rubric, ret);
}

bool sheet_needs_reason(enum rating_status status)
{
    return status == RATING_EXEMPT || status == RATING_BREACH || status == RATING_CHEATING ||
           status == RATING_VOID;
}

void sheet_settle(struct sheet *s, const struct sheet_place *p)
{
    struct rating *x = &s->rating;
    struct rating_points points;
    if (x->status != RATING_RATED) {
        s->has_sum = false;
        s->sum = points_milli(0);
        x->confirmed = false;
        x->identified = x->status != RATING_ABSENT && x->status != RATING_EXEMPT;
        x->fatals = 0;
        for (size_t i = 0; i < x->n_steps; i++)
            x->step[i] = (struct rating_step){0};
    } else {
        x->reason = "";
    }
    sheet_points(s, p, &points);
    for (size_t i = 0; i < x->n_steps; i++)
        if (points.ended[i])
            x->step[i] = (struct rating_step){0};
    x->confirmed_milli = x->confirmed ? points.total.milli : 0;
}

/* ---- is it whole? ---- */

static int check_marks(const struct sheet *s, const struct sheet_place *p, struct err *e)
{
    struct rating_points points;
    char typed[32], counted[32];
    sheet_points(s, p, &points);
    for (size_t i = 0; i < p->rubric->n_steps; i++)
        if (s->rating.step[i].mark == RATING_UNMARKED && !points.ended[i]) {
            err_set(e, ERR_DATA, s->id, _("step %zu is not marked"), i + 1);
            return err_hint(
                e, _("what was not done at all is 0; what cannot be read is for the chief examiner"));
        }
    if (!s->has_sum)
        return err_set(e, ERR_DATA, s->id, _("the sum that the sheet says is missing"));
    if (s->sum.milli == points.raw.milli || s->rating.chief)
        return 0;
    err_set(e, ERR_DATA, s->id, _("the sheet says %s, its marks give %s"),
            points_text(s->sum, typed, sizeof typed), points_text(points.raw, counted, sizeof counted));
    return err_hint(
        e, _("look at each step again; where the sheet itself is wrong, ask for the chief examiner"));
}

static int check_status(const struct sheet *s, const struct lab_plan *plan, struct err *e)
{
    const struct rating *x = &s->rating;
    if (x->status == RATING_OPEN)
        return err_set(e, ERR_DATA, s->id, _("the sheet has no status"));
    if (sheet_needs_reason(x->status) && !x->reason[0])
        return err_set(e, ERR_DATA, s->id, _("the status \"%s\" needs its reason"),
                       rating_status_name(x->status));
    if (x->status == RATING_EXEMPT && !lab_plan_exemption(plan, x->reason))
        return err_set(e, ERR_DATA, s->id, _("the exam has no exemption \"%s\""), x->reason);
    return 0;
}

int sheet_check(const struct sheet *s, const struct sheet_place *p, const struct lab_plan *plan,
                struct err *e)
{
    int r = rating_fits(&s->rating, p->rubric, e);
    if (r < 0)
        return err_within(e, s->id);
    if (!path_is_plain_name(s->rater)) {
        err_set(e, ERR_DATA, s->id, _("it is not said who rated"));
        return err_hint(e, _("type the rater's number that stands on the sheet"));
    }
    r = check_status(s, plan, e);
    return r == 0 && s->rating.status == RATING_RATED ? check_marks(s, p, e) : r;
}

/* ---- marks as words ---- */

const char *sheet_marks_text(const struct rating_step *s, char ret[SHEET_MARKS])
{
    char *out = ret;
    if (s->mark != RATING_MARKED || !s->slips) {
        snprintf(ret, SHEET_MARKS, "%s",
                 s->mark == RATING_ZERO     ? "0"
                 : s->mark == RATING_MARKED ? "full"
                                            : "-");
        return ret;
    }
    for (int i = 0; i < RUBRIC_MAX_SLIPS; i++)
        if (s->slips >> i & 1) {
            *out++ = (char)('a' + i);
            if (s->hinted >> i & 1)
                *out++ = '*';
        }
    *out = '\0';
    return ret;
}

static bool is_one_of(const char *text, const char *const *word)
{
    for (; *word; word++)
        if (strcmp(text, *word) == 0)
            return true;
    return false;
}

static int read_slips(const char *text, const struct rubric_step *step, struct rating_step *ret,
                      struct err *e)
{
    uint32_t last = 0;
    for (const char *p = text; *p; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
        if (c == ' ' || c == ',')
            continue;
        if (c == '*' && last && step->fix)
            ret->hinted |= last;
        else if (c == '*')
            return err_set(e, ERR_DATA, NULL, _("a hint costs nothing less here: \"%s\""), text);
        else if (c >= 'a' && c < (char)('a' + step->n_slips))
            ret->slips |= last = UINT32_C(1) << (c - 'a');
        else
            return err_set(e, ERR_DATA, NULL, _("\"%s\" is no mark of the step \"%s\""), text, step->title);
    }
    return 0;
}

int sheet_marks_read(const char *text, const struct rubric_step *step, struct rating_step *ret, struct err *e)
{
    static const char *const full[] = {"full", "FULL", "Full", ".", "满", "满分", "√", "✓", NULL};
    static const char *const none[] = {"", "-", NULL};
    struct rating_step s = {.mark = RATING_MARKED};
    int r = 0;
    if (is_one_of(text, none))
        s.mark = RATING_UNMARKED;
    else if (strcmp(text, "0") == 0)
        s.mark = RATING_ZERO;
    else if (!is_one_of(text, full))
        r = read_slips(text, step, &s, e);
    if (r == 0)
        *ret = s;
    return r;
}
