/* SPDX-License-Identifier: Apache-2.0 */
/* The sum that the paper says, then what a sheet has besides marks: status, reason, remark. */
#include <string.h>

#include "base/i18n.h"
#include "cli/sheets/typing/typing.h"
#include "client/screens/frame.h"

static void leave_aside(struct typing *t)
{
    enum typing_stage back = t->before;
    if (back != TYPING_MARKS && back != TYPING_SUM)
        back = TYPING_MARKS;
    typing_go(t, t->sheet.rating.status == RATING_RATED ? back : TYPING_SUM);
}

/* ---- the sum ---- */

static void try_save(struct typing *t)
{
    struct err e = {0};
    struct sheet *s = &t->sheet;
    if (s->rating.status == RATING_RATED) {
        s->has_sum = points_parse(t->input.text, &s->sum, &e) == 0 && s->sum.milli >= 0;
        if (!s->has_sum) {
            say(t->message, sizeof t->message, "%s",
                _("Type the sum that stands on the sheet, such as 17.5."));
            t->alarm = true;
            return;
        }
    }
    sheet_settle(s, t->place);
    if (s->rating.status == RATING_RATED)
        t->reason[0] = '\0';
    s->rating.reason = t->reason;
    if (sheet_check(s, t->place, t->list->plan, &e) < 0)
        typing_refuse(t, &e);
    else
        t->save = true;
}

static bool sum_command(struct typing *t, char letter)
{
    bool rated = t->sheet.rating.status == RATING_RATED;
    if (letter == '!')
        t->sheet.rating.chief = !t->sheet.rating.chief;
    else if (letter == 'm' && rated)
        t->sheet.rating.confirmed = !t->sheet.rating.confirmed;
    else if (letter == 'n')
        typing_go(t, TYPING_NOTE);
    else if (letter == 'u' && rated && t->input.n == 0)
        typing_go(t, TYPING_MARKS);
    else
        return false;
    return true;
}

static bool is_number_sign(struct key k)
{
    char c = typing_letter(k);
    return k.code != K_CHAR || (c >= '0' && c <= '9') || c == '.';
}

void update_sum(struct typing *t, struct key k)
{
    bool rated = t->sheet.rating.status == RATING_RATED;
    if (k.code == K_ENTER)
        try_save(t);
    else if (k.code == K_ESCAPE)
        typing_go(t, TYPING_LEAVE);
    else if (rated && (k.code == K_UP || k.code == K_BACK_TAB || (k.code == K_BACKSPACE && t->input.n == 0)))
        typing_go(t, TYPING_MARKS);
    else if (k.code == K_F5)
        typing_go(t, TYPING_STATUS);
    else if (k.code == K_F6)
        typing_go(t, TYPING_RATER);
    else if (!sum_command(t, typing_letter(k)) && rated && is_number_sign(k))
        field_key(&t->input, key_plain(k), NULL);
}

/* ---- status and reason ---- */

enum rating_status typing_status_at(int i)
{
    static const enum rating_status status[TYPING_STATUSES] = {
        RATING_RATED,  RATING_ABSENT,   RATING_EXEMPT, RATING_POSTPONED,
        RATING_BREACH, RATING_CHEATING, RATING_VOID,
    };
    return status[i >= 0 && i < TYPING_STATUSES ? i : 0];
}

static void choose(struct typing *t, int i)
{
    enum rating_status status = typing_status_at(i);
    if (status != t->sheet.rating.status)
        t->reason[0] = '\0';
    t->sheet.rating.status = status;
    if (status == RATING_RATED) {
        t->sheet.rating.confirmed = true;
        typing_go(t, TYPING_MARKS);
    } else if (status == RATING_ABSENT) {
        leave_aside(t);
    } else {
        typing_go(t, TYPING_REASON);
    }
}

void update_status(struct typing *t, struct key k)
{
    char c = typing_letter(k);
    if (c >= '1' && c < '1' + TYPING_STATUSES)
        choose(t, c - '1');
    else if (k.code == K_ENTER)
        choose(t, t->choice);
    else if (k.code == K_ESCAPE)
        leave_aside(t);
    else if (k.code == K_DOWN && t->choice + 1 < TYPING_STATUSES)
        t->choice++;
    else if (k.code == K_UP && t->choice > 0)
        t->choice--;
}

/* The plan's exemptions are chosen by their number. */
static const char *reason_typed(const struct typing *t)
{
    const char *text = t->input.text;
    const struct lab_plan *plan = t->list->plan;
    if (t->sheet.rating.status == RATING_EXEMPT && text[0] >= '1' && text[0] <= '9' && !text[1] &&
        (size_t)(text[0] - '0') <= plan->n_exemptions)
        return plan->exemption[text[0] - '1'].name;
    return text;
}

void update_reason(struct typing *t, struct key k)
{
    enum rating_status status = t->sheet.rating.status;
    const char *reason = reason_typed(t);
    if (k.code == K_ESCAPE) {
        t->sheet.rating.status = RATING_RATED;
        typing_go(t, TYPING_STATUS);
    } else if (k.code != K_ENTER) {
        if (t->input.n < SHEET_MAX_TEXT || k.code != K_CHAR)
            field_key(&t->input, k, NULL);
    } else if (status == RATING_EXEMPT && !lab_plan_exemption(t->list->plan, reason)) {
        say(t->message, sizeof t->message, "%s", _("Type the number of the exemption."));
        t->alarm = true;
    } else if (sheet_needs_reason(status) && !reason[0]) {
        say(t->message, sizeof t->message, "%s",
            _("Type the article or the reason that stands on the sheet."));
        t->alarm = true;
    } else {
        say(t->reason, sizeof t->reason, "%s", reason);
        leave_aside(t);
    }
}

/* ---- remark ---- */

void update_note(struct typing *t, struct key k)
{
    if (k.code == K_ENTER)
        say(t->note, sizeof t->note, "%s", t->input.text);
    if (k.code == K_ENTER || k.code == K_ESCAPE)
        leave_aside(t);
    else if (t->input.n < SHEET_MAX_TEXT || k.code != K_CHAR)
        field_key(&t->input, k, NULL);
}
