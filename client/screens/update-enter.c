/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of the screens before and after the sitting. */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/update.h"
#include "client/screens/view.h"

static bool leaves(struct key k, struct effects *out)
{
    if (k.code != K_F10)
        return false;
    effects_add(out, EFFECT_LEAVE, 0);
    return true;
}

static void sign_in_key(struct model *m, struct key k, struct effects *out)
{
    if (m->busy || leaves(k, out))
        return;
    if (k.code == K_F8)
        m->colours = (m->colours + 1) % COLOURS;
    if (k.code == K_ENTER) {
        if (m->ticket.n == 0)
            return;
        m->refusal[0] = '\0';
        m->busy = true;
        effects_add(out, EFFECT_SIGN_IN, 0);
        return;
    }
    enum { TICKET_MAX = 60 };
    if (k.code == K_CHAR && (m->ticket.n >= TICKET_MAX || k.ch == ' '))
        return;
    if (field_key(&m->ticket, k, NULL))
        m->refusal[0] = '\0';
}

static void confirm_person(struct model *m, struct effects *out)
{
    if (m->button == BUTTON_GO_TO) {
        m->screen = SCREEN_NOT_ME;
        effects_add(out, EFFECT_SIGN_OUT, 0);
        return;
    }
    m->busy = true;
    m->refusal[0] = '\0';
    effects_add(out, EFFECT_OPEN, 0);
}

static void check_key(struct model *m, struct key k, struct effects *out)
{
    if (m->busy)
        return;
    if (k.code == K_LEFT || k.code == K_UP)
        m->button = BUTTON_GO_TO;
    else if (k.code == K_RIGHT || k.code == K_DOWN)
        m->button = BUTTON_BACK;
    else if (k.code == K_TAB)
        m->button = m->button == BUTTON_GO_TO ? BUTTON_BACK : BUTTON_GO_TO;
    else if (k.code == K_ENTER)
        confirm_person(m, out);
}

static void back_to_sign_in(struct model *m)
{
    m->screen = SCREEN_SIGN_IN;
    m->not_open = false;
    m->refusal[0] = '\0';
    m->person = (struct person){0};
    field_clear(&m->ticket);
}

static void scroll_rules(struct model *m, int by)
{
    int most = view_rules_lines(m) - view_rules_rows(m);
    m->scroll += by;
    if (m->scroll > most)
        m->scroll = most;
    if (m->scroll < 0)
        m->scroll = 0;
}

static void rules_key(struct model *m, struct key k, struct effects *out)
{
    int page = view_rules_rows(m) - 1;
    if (k.code == K_DOWN || k.code == K_UP)
        scroll_rules(m, k.code == K_DOWN ? 1 : -1);
    else if (k.code == K_PAGE_DOWN || k.code == K_PAGE_UP)
        scroll_rules(m, k.code == K_PAGE_DOWN ? page : -page);
    else if (k.code == K_CHAR && k.ch == ' ')
        m->pledged = !m->pledged;
    else if (k.code == K_ENTER && m->pledged && !m->busy) {
        if (m->practice_work && !m->tutorial_done)
            tutorial_begin(m, out);
        else
            model_proceed(m, out);
    }
}

/* Waiting for the proctor's start; one that could not be saved is tried again. */
static void held_key(struct model *m, struct key k, struct effects *out)
{
    if (m->busy)
        return;
    if (k.code == K_ESCAPE)
        m->screen = m->work ? SCREEN_RULES : SCREEN_CHECK;
    else if (k.code == K_ENTER && !m->held)
        model_proceed(m, out);
    else if (k.code == K_F1)
        tutorial_begin(m, out);
}

static void waiting_key(struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_ESCAPE && m->not_open)
        back_to_sign_in(m);
    else
        leaves(k, out);
}

void update_enter(struct model *m, struct key k, struct effects *out)
{
    switch (m->screen) {
    case SCREEN_SIGN_IN:
        sign_in_key(m, k, out);
        break;
    case SCREEN_CHECK:
        check_key(m, k, out);
        break;
    case SCREEN_NOT_ME:
        if (k.code == K_ESCAPE)
            back_to_sign_in(m);
        break;
    case SCREEN_RULES:
        rules_key(m, k, out);
        break;
    case SCREEN_HELD:
        held_key(m, k, out);
        break;
    case SCREEN_WAITING:
        waiting_key(m, k, out);
        break;
    case SCREEN_MOVED:
    case SCREEN_ERROR:
        if (k.code == K_ENTER)
            effects_add(out, EFFECT_RETRY, 0);
        else
            leaves(k, out);
        break;
    default:
        leaves(k, out);
    }
}
