/* SPDX-License-Identifier: Apache-2.0 */
/* The overview, the check before handing in, and clicks. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/update.h"
#include "client/screens/view.h"
#include "paperbank/item/paper.h"

/* ---- overview ---- */

void overview_show_cursor(struct model *m)
{
    int row = (int)m->list_cursor / view_overview_columns(m), rows = view_overview_rows(m);
    if (row < m->scroll)
        m->scroll = row;
    if (row >= m->scroll + rows)
        m->scroll = row - rows + 1;
}

void open_overview(struct model *m, struct effects *out)
{
    model_flush(m, out);
    m->screen = SCREEN_OVERVIEW;
    m->list_cursor = m->current;
    m->scroll = 0;
    overview_show_cursor(m);
}

static void overview_move(struct model *m, int by)
{
    int64_t to = (int64_t)m->list_cursor + by, last = (int64_t)m->work->n - 1;
    m->list_cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
    overview_show_cursor(m);
}

static void overview_next_open(struct model *m)
{
    size_t n = m->work->n;
    for (size_t step = 1; step <= n; step++) {
        size_t i = (m->list_cursor + step) % n;
        if (!question_answered(&m->work->question[i]) && !model_closed(m, i)) {
            overview_move(m, (int)i - (int)m->list_cursor);
            return;
        }
    }
    say(m->message, sizeof m->message, "%s", _("Every item is answered."));
}

void update_overview(struct model *m, struct key k, struct effects *out)
{
    int columns = view_overview_columns(m), page = view_overview_rows(m) * columns;
    switch (k.code) {
    case K_UP:
    case K_DOWN:
        overview_move(m, k.code == K_DOWN ? columns : -columns);
        break;
    case K_LEFT:
    case K_RIGHT:
        overview_move(m, k.code == K_RIGHT ? 1 : -1);
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        overview_move(m, k.code == K_PAGE_DOWN ? page : -page);
        break;
    case K_HOME:
    case K_END:
        overview_move(m, k.code == K_END ? (int)m->work->n : -(int)m->work->n);
        break;
    case K_ENTER:
        model_go_to(m, m->list_cursor, out);
        break;
    case K_F5:
    case K_ESCAPE:
        model_go_to(m, m->current, out);
        break;
    case K_F9:
        open_hand_in(m, out);
        break;
    default:
        if (k.code == K_CHAR && (k.ch == 'u' || k.ch == 'U'))
            overview_next_open(m);
    }
}

/* ---- handing in ---- */

void open_hand_in(struct model *m, struct effects *out)
{
    size_t first;
    model_send_again(m, out);
    model_flush(m, out);
    m->screen = SCREEN_HAND_IN;
    m->scroll = 0;
    m->confirming = false;
    field_clear(&m->confirm);
    m->button = model_open_items(m, &first, 1) > 0 ? BUTTON_GO_TO : BUTTON_BACK;
}

static void hand_in_move(struct model *m, int step)
{
    size_t first;
    int least = model_open_items(m, &first, 1) > 0 ? BUTTON_GO_TO : BUTTON_BACK;
    int to = (int)m->button + step;
    if (to >= least && to < BUTTONS)
        m->button = (enum hand_in_button)to;
}

static void hand_in_scroll(struct model *m, int by)
{
    size_t open[PAPER_MAX_ITEMS];
    int most = (int)model_open_items(m, open, PAPER_MAX_ITEMS) - view_hand_in_rows(m);
    m->scroll += by;
    if (m->scroll > most)
        m->scroll = most;
    if (m->scroll < 0)
        m->scroll = 0;
}

static void press(struct model *m, struct effects *out)
{
    size_t first = m->current;
    if (m->button == BUTTON_CONFIRM) {
        m->confirming = true;
        return;
    }
    if (m->button == BUTTON_GO_TO)
        model_open_items(m, &first, 1);
    model_go_to(m, first, out);
}

/* The last four characters of the ticket number, or all of a shorter one. */
static bool digits_fit(const struct model *m)
{
    size_t n = strlen(m->person.ticket), k = n < MODEL_CONFIRM_DIGITS ? n : MODEL_CONFIRM_DIGITS;
    return k > 0 && strcmp(m->person.ticket + n - k, m->confirm.text) == 0;
}

static void confirm(struct model *m, struct effects *out)
{
    if (!digits_fit(m)) {
        field_clear(&m->confirm);
        say(m->message, sizeof m->message, "%s",
            _("These are not the last four digits of your ticket number. Nothing was handed in."));
        return;
    }
    if (m->tutorial) {
        tutorial_end(m, out);
        return;
    }
    if (model_at_risk(m)) {
        say(m->message, sizeof m->message, "%s",
            _("Not yet: an answer is not saved. Please raise your hand."));
        return;
    }
    m->confirming = false;
    m->busy = true;
    effects_add(out, EFFECT_HAND_IN, 0);
}

static void confirming_key(struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_ENTER) {
        confirm(m, out);
    } else if (k.code == K_ESCAPE) {
        m->confirming = false;
        field_clear(&m->confirm);
        model_go_to(m, m->current, out);
    } else if (k.code != K_CHAR || m->confirm.n < MODEL_CONFIRM_DIGITS) {
        field_key(&m->confirm, k, NULL);
    }
}

void update_hand_in(struct model *m, struct key k, struct effects *out)
{
    if (m->busy)
        return;
    if (m->confirming) {
        confirming_key(m, k, out);
        return;
    }
    switch (k.code) {
    case K_LEFT:
    case K_RIGHT:
        hand_in_move(m, k.code == K_RIGHT ? 1 : -1);
        break;
    case K_TAB:
        hand_in_move(m, 1);
        break;
    case K_UP:
    case K_DOWN:
        hand_in_scroll(m, k.code == K_DOWN ? 1 : -1);
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        hand_in_scroll(m, k.code == K_PAGE_DOWN ? view_hand_in_rows(m) : -view_hand_in_rows(m));
        break;
    case K_ENTER:
        press(m, out);
        break;
    case K_ESCAPE:
    case K_F9:
        model_go_to(m, m->current, out);
        break;
    case K_F5:
        open_overview(m, out);
        break;
    default:
        break;
    }
}

/* ---- giving something up for good ---- */

void update_leave(struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_LEFT || k.code == K_UP)
        m->button = BUTTON_BACK;
    else if (k.code == K_RIGHT || k.code == K_DOWN)
        m->button = BUTTON_CONFIRM;
    else if (k.code == K_TAB)
        m->button = m->button == BUTTON_BACK ? BUTTON_CONFIRM : BUTTON_BACK;
    else if (k.code == K_ENTER || k.code == K_ESCAPE)
        model_enter_item(m, k.code == K_ENTER && m->button == BUTTON_CONFIRM ? m->leave_to : m->current, out);
}

/* ---- the mouse ---- */

static void click_button(struct model *m, int index, struct effects *out)
{
    if (m->busy)
        return;
    if (m->screen == SCREEN_RULES) {
        m->pledged = !m->pledged;
        return;
    }
    if (m->screen == SCREEN_CHECK || m->screen == SCREEN_LEAVE ||
        (m->screen == SCREEN_HAND_IN && !m->confirming)) {
        m->button = (enum hand_in_button)index;
        model_update(m, &(struct event){.kind = EVENT_KEY, .key = key_of(K_ENTER)}, out);
    }
}

void update_click(struct model *m, struct target t, struct effects *out)
{
    if (m->reading || (m->paused && model_in_exam(m)))
        return;
    if (t.kind == TARGET_BUTTON)
        click_button(m, t.index, out);
    if (t.kind == TARGET_ITEM && m->work && (m->screen == SCREEN_PAPER || m->screen == SCREEN_OVERVIEW))
        model_go_to(m, (size_t)t.index, out);
    if (t.kind == TARGET_PLACE)
        model_click(m, t, out);
}
