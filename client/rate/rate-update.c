/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/rate-update.h"

#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"

void rate_tell(struct model *m, const char *text)
{
    say(m->message, sizeof m->message, "%s", text);
}

void rate_save(struct model *m, size_t entry, struct effects *out)
{
    m->save = SAVE_RUNNING;
    effects_add(out, EFFECT_STAGE, entry);
}

bool rate_is_elsewhere(const struct rate_model *r, struct model *m)
{
    if (rate_chosen(r)->elsewhere)
        rate_tell(m, _("This candidate's sheet is open in another program of this device."));
    return rate_chosen(r)->elsewhere;
}

void rate_commit(struct rate_model *r, struct model *m, const struct rating *next, struct effects *out)
{
    if (rate_is_elsewhere(r, m))
        return;
    book_change(rate_chosen(r), next);
    rate_save(m, r->chosen, out);
}

bool rate_add_note(struct rate_model *r, struct model *m, struct rating *x, const char *text)
{
    char whole[RATING_MAX_NOTE + 1];
    if (strlen(x->note) + strlen(text) + 2 > RATING_MAX_NOTE) {
        rate_tell(m, _("The notes of this candidate are full."));
        return false;
    }
    x->note = book_text(r->book, say(whole, sizeof whole, "%s%s%s", x->note, *x->note ? "; " : "", text));
    return true;
}

/* ---- candidates and groups ---- */

void rate_show_sheets(struct rate_model *r)
{
    r->screen = RATE_SHEETS;
    r->asking = RATE_ASKS_NOTHING;
    r->scroll = 0;
    field_clear(&r->field);
}

void rate_choose(struct rate_model *r, size_t entry)
{
    rate_chosen(r)->held = 0;
    r->chosen = entry;
    r->group = rate_chosen(r)->group;
    rate_show_sheets(r);
}

size_t rate_unidentified(const struct rate_model *r)
{
    size_t n, first = book_group(r->book, rate_chosen(r)->group, &n);
    for (size_t k = 0; k < n; k++) {
        size_t i = first + (r->chosen - first + k) % n;
        const struct book_entry *x = &r->book->entry[i];
        if (!x->rating.identified && !x->elsewhere && !book_is_final(x))
            return i;
    }
    return r->book->n;
}

void rate_enter_group(struct rate_model *r, struct model *m, int64_t group)
{
    size_t n, first = book_group(r->book, group, &n), i = first;
    if (n == 0) {
        rate_tell(m, _("There is no other group."));
        return;
    }
    while (i < first + n && book_is_final(&r->book->entry[i]))
        i++;
    rate_choose(r, i < first + n ? i : first);
    if (rate_unidentified(r) < r->book->n) {
        r->chosen = rate_unidentified(r);
        r->screen = RATE_IDENTITY;
        r->button = 0;
    }
}

/* ---- events ---- */

static bool is_queued(const struct effects *out, size_t entry)
{
    for (int i = 0; i < out->n; i++)
        if (out->effect[i].kind == EFFECT_STAGE && out->effect[i].item == entry)
            return true;
    return false;
}

/* Time passes; what was not given to the sitting yet is sent again. */
static void on_time(struct rate_model *r, struct model *m, const struct event *e, struct effects *out)
{
    r->now_ms = e->wall_ms;
    for (size_t i = 0; r->book && i < r->book->n; i++) {
        struct book_entry *x = &r->book->entry[i];
        if (!m->paused)
            book_pass_time(x, e->passed_ms);
        if (edits_wait(&x->edits) && m->screen == SCREEN_STAGE && out->n < EFFECTS_MAX / 2 &&
            !is_queued(out, i))
            effects_add(out, EFFECT_STAGE, i);
    }
}

static void give(struct rate_model *r, const struct event *e)
{
    if (r->book && e->item < r->book->n)
        edits_give(&r->book->entry[e->item].edits);
}

/* Saved is all that was given; what was not is still being saved. */
static void on_saved(struct rate_model *r, struct model *m, const struct event *e)
{
    give(r, e);
    for (size_t i = 0; r->book && i < r->book->n; i++) {
        edits_store(&r->book->entry[i].edits);
        if (!edits_saved(&r->book->entry[i].edits))
            m->save = SAVE_RUNNING;
    }
}

static void on_click(struct rate_model *r, struct target t)
{
    if (r->screen != RATE_SHEETS || r->asking || t.kind != TARGET_PLACE || t.sub >= (int)r->book->n)
        return;
    rate_choose(r, (size_t)t.sub);
    if (t.index >= 0 && (size_t)t.index < rate_chosen(r)->rating.n_steps)
        rate_chosen(r)->step = (size_t)t.index;
}

static void on_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    switch (r->screen) {
    case RATE_GROUPS:
        rate_groups_key(r, m, k);
        break;
    case RATE_IDENTITY:
        rate_identity_key(r, m, k, out);
        break;
    case RATE_OWN:
        rate_own_key(r, m, k, out);
        break;
    case RATE_REASON:
        rate_reason_key(r, m, k, out);
        break;
    case RATE_STATUS:
    case RATE_ARTICLE:
    case RATE_DETAIL:
    case RATE_SURE:
        rate_status_key(r, m, k, out);
        break;
    case RATE_FINISH:
        rate_finish_key(r, m, k, out);
        break;
    case RATE_KEYS:
        rate_choose(r, r->chosen);
        break;
    default:
        rate_sheets_key(r, m, k, out);
    }
}

void rate_update(struct rate_model *r, struct model *m, const struct event *e, struct effects *out)
{
    if (e->kind == EVENT_TIME)
        on_time(r, m, e, out);
    if (e->kind == EVENT_SAVED)
        on_saved(r, m, e);
    if (e->kind == EVENT_NOT_SAVED)
        give(r, e);
    if (!r->book || r->book->n == 0)
        return;
    if (e->kind == EVENT_CLICK)
        on_click(r, e->target);
    if (e->kind == EVENT_KEY)
        on_key(r, m, e->key, out);
}
