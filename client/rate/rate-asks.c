/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked before and after the rating of a candidate: who it is, that the sheet is right, why it is
 * changed; which group; and the end. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/rate-update.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"

static bool is_yes(struct key k)
{
    k = key_plain(k);
    return k.code == K_CHAR && (k.ch == 'y' || k.ch == 'Y');
}

static void scroll(struct rate_model *r, struct key k, int most)
{
    r->scroll += k.code == K_DOWN ? 1 : -1;
    r->scroll = r->scroll > most ? most : r->scroll;
    r->scroll = r->scroll < 0 ? 0 : r->scroll;
}

/* ---- is this the candidate? ---- */

static void identified(struct rate_model *r, struct model *m, struct effects *out)
{
    struct rating next = rate_chosen(r)->rating;
    next.identified = true;
    if (!rate_chosen(r)->rating.identified)
        rate_commit(r, m, &next, out);
    size_t other = rate_unidentified(r), n, first = book_group(r->book, rate_chosen(r)->group, &n);
    if (other < r->book->n && !rate_chosen(r)->rating.begun_ms) {
        r->chosen = other;
        r->button = 0;
        return;
    }
    bool begun = rate_chosen(r)->rating.begun_ms > 0;
    rate_choose(r, begun ? r->chosen : first);
}

void rate_identity_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_LEFT || k.code == K_RIGHT || k.code == K_TAB)
        r->button = k.code == K_RIGHT || (k.code == K_TAB && r->button == 0);
    else if (is_yes(k) || (k.code == K_ENTER && r->button))
        identified(r, m, out);
    else if (k.code == K_ENTER || k.code == K_ESCAPE)
        rate_choose(r, r->chosen);
    else if (k.code == K_F6) {
        rate_show_sheets(r);
        r->screen = RATE_STATUS;
        r->row = 0;
    } else if (k.code == K_F5)
        r->screen = RATE_GROUPS;
}

/* ---- turned to the candidate ---- */

static bool is_end_of_ticket(const struct book_entry *x, const char *typed)
{
    size_t n = strlen(x->ticket), k = strlen(typed);
    return k > 0 && k <= n && strcmp(x->ticket + n - k, typed) == 0;
}

/* The next one in the group who is not done; or that the group is done. */
static void to_next(struct rate_model *r, struct model *m)
{
    size_t n, first = book_group(r->book, rate_chosen(r)->group, &n);
    char text[MODEL_TEXT];
    for (size_t k = 1; k < n; k++) {
        size_t i = first + (r->chosen - first + k) % n;
        if (!book_is_final(&r->book->entry[i])) {
            rate_choose(r, i);
            return;
        }
    }
    rate_show_sheets(r);
    if (rate_chosen(r)->group < book_groups(r->book))
        rate_tell(m, say(text, sizeof text, _("Group %lld is complete. PageDown: the next group."),
                         (long long)rate_chosen(r)->group));
    else
        rate_tell(m, say(text, sizeof text, _("The last group is complete. %s: hand the sheets in."),
                         model_function_key(m, 10)));
}

static void confirm(struct rate_model *r, struct model *m, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    struct rating next = x->rating;
    next.confirmed = true;
    next.confirmed_milli = x->points.total.milli;
    rate_commit(r, m, &next, out);
    x->n_undo = 0; /* what was confirmed is changed with a reason only */
    to_next(r, m);
}

static size_t digits_wanted(const struct book_entry *x)
{
    size_t n = strlen(x->ticket);
    return n < RATE_CONFIRM_DIGITS ? n : RATE_CONFIRM_DIGITS;
}

static void type_digits(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    r->refused = false;
    field_key(&r->field, key_plain(k), NULL);
    if (r->field.n < digits_wanted(x))
        return;
    if (is_end_of_ticket(x, r->field.text)) {
        confirm(r, m, out);
        return;
    }
    r->refused = true;
    field_clear(&r->field);
}

static void object(struct rate_model *r, struct model *m, struct effects *out)
{
    struct rating next = rate_chosen(r)->rating;
    next.chief = true;
    if (!rate_chosen(r)->rating.chief)
        rate_commit(r, m, &next, out);
    rate_choose(r, r->chosen);
    rate_tell(m, _("Noted: the chief examiner is needed for this candidate."));
}

void rate_own_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_ESCAPE)
        rate_choose(r, r->chosen);
    else if (k.code == K_CHAR && key_plain(k).ch == '!')
        object(r, m, out);
    else if (k.code == K_UP || k.code == K_DOWN)
        scroll(r, k, rate_own_most(r, m));
    else if (k.code == K_CHAR || k.code == K_BACKSPACE)
        type_digits(r, m, k, out);
}

/* ---- a confirmed sheet is changed ---- */

void rate_reason_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    struct rating next = rate_chosen(r)->rating;
    char text[FIELD_MAX + 16];
    if (k.code == K_ESCAPE)
        rate_choose(r, r->chosen);
    else if (k.code != K_ENTER)
        field_key(&r->field, k, NULL);
    else if (r->field.n > 0 &&
             rate_add_note(r, m, &next, say(text, sizeof text, "changed: %s", r->field.text))) {
        rate_commit(r, m, &next, out);
        rate_chosen(r)->reopened = true;
        rate_chosen(r)->n_undo = 0;
        rate_choose(r, r->chosen);
        rate_tell(m, _("The sheet is open. A change is void until the chief and two raters have signed it."));
    }
}

/* ---- groups ---- */

static size_t find_typed(const struct rate_model *r, const char *typed, size_t *ret_found)
{
    *ret_found = 0;
    size_t at = r->book->n;
    for (size_t i = 0; i < r->book->n; i++)
        if (is_end_of_ticket(&r->book->entry[i], typed)) {
            at = i;
            (*ret_found)++;
        }
    return at;
}

/* Whose the candidate is, where the room's list tells. */
static void tell_nobody(struct rate_model *r, struct model *m)
{
    char text[MODEL_TEXT];
    const struct book_other *x = book_find_other(r->book, r->field.text);
    if (x && *x->rater)
        rate_tell(m, say(text, sizeof text, _("%s (group %lld, bench %lld) is rated by %s %s."), x->ticket,
                         (long long)x->group, (long long)x->bench, x->rater_name, x->rater));
    else
        rate_tell(m, _("Nobody whose ticket ends so is yours to rate."));
}

static void find(struct rate_model *r, struct model *m)
{
    size_t found, at = find_typed(r, r->field.text, &found);
    if (found == 1) {
        rate_choose(r, at);
        return;
    }
    if (found > 1)
        rate_tell(m, _("More than one ticket ends so. Type more of it."));
    else
        tell_nobody(r, m);
    field_clear(&r->field);
}

void rate_groups_key(struct rate_model *r, struct model *m, struct key k)
{
    int64_t most = book_groups(r->book);
    k = key_plain(k);
    if (k.code == K_UP || k.code == K_DOWN) {
        int64_t to = r->group + (k.code == K_DOWN ? 1 : -1);
        r->group = to < 1 ? 1 : to > most ? most : to;
    } else if (k.code == K_ENTER && r->field.n > 0)
        find(r, m);
    else if (k.code == K_ENTER)
        rate_enter_group(r, m, r->group);
    else if (k.code == K_ESCAPE)
        rate_choose(r, r->chosen);
    else if (k.code == K_F10) {
        r->screen = RATE_FINISH;
        r->button = 0;
        r->confirming = false;
        field_clear(&r->field);
    } else if (k.code != K_CHAR || (k.ch != ' ' && r->field.n < 40))
        field_key(&r->field, k, NULL);
}

/* ---- the end ---- */

static void hand_in(struct rate_model *r, struct model *m, struct effects *out)
{
    if (strcmp(r->field.text, m->person.ticket) != 0) {
        r->refused = true;
        field_clear(&r->field);
        return;
    }
    r->confirming = false;
    if (model_at_risk(m))
        rate_tell(m, _("Not yet: a rating is not saved. Please tell the proctor."));
    else
        effects_add(out, EFFECT_HAND_IN, 0);
}

static void confirming_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    r->refused = false;
    if (k.code == K_ESCAPE)
        r->confirming = false;
    else if (k.code == K_ENTER)
        hand_in(r, m, out);
    else if (k.code != K_CHAR || r->field.n < 60)
        field_key(&r->field, key_plain(k), NULL);
}

void rate_finish_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    if (r->confirming)
        confirming_key(r, m, k, out);
    else if (k.code == K_LEFT || k.code == K_RIGHT || k.code == K_TAB)
        r->button = k.code == K_RIGHT || (k.code == K_TAB && r->button == 0);
    else if (k.code == K_UP || k.code == K_DOWN)
        scroll(r, k, rate_finish_most(r, m));
    else if (k.code == K_ENTER && r->button) {
        r->confirming = true;
        r->refused = false;
        field_clear(&r->field);
    } else if (k.code == K_ENTER || k.code == K_ESCAPE)
        rate_choose(r, r->chosen);
}
