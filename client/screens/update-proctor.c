/* SPDX-License-Identifier: Apache-2.0 */
/* What the proctor and the room do to a candidate's screen: the start, a pause, messages, one-time codes,
 * what the room has of the answers, the move to another machine. */
#include <string.h>

#include "client/screens/frame.h"
#include "client/screens/update.h"
#include "client/screens/view.h"

/* ---- the start ---- */

void model_proceed(struct model *m, struct effects *out)
{
    m->refusal[0] = '\0';
    m->screen = m->held ? SCREEN_HELD : m->screen;
    if (m->held)
        return;
    m->busy = true;
    effects_add(out, EFFECT_START, 0);
}

static void on_begin(struct model *m, struct effects *out)
{
    m->begun = m->held;
    m->held = false;
    if (m->screen != SCREEN_HELD || m->busy)
        return;
    if (m->work) {
        model_proceed(m, out);
        return;
    }
    m->busy = true; /* the paper comes only now */
    effects_add(out, EFFECT_OPEN, 0);
}

/* ---- one-time codes ---- */

static char plain_sign(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

const char *model_code(const struct model *m, char buf[MODEL_CODE])
{
    size_t n = 0;
    for (const char *p = m->code.text; *p && n < 9; p++) {
        if (*p == '-')
            continue;
        if (n == 4)
            buf[n++] = '-';
        buf[n++] = plain_sign(*p);
    }
    buf[n] = '\0';
    return buf;
}

static void leave_code(struct model *m, struct effects *out)
{
    field_clear(&m->code);
    m->refusal[0] = '\0';
    if (m->code_wanted)
        model_enter_item(m, m->current, out);
    else
        m->screen = SCREEN_SIGN_IN;
}

static bool is_code_sign(uint32_t ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || ch == '-';
}

void update_code(struct model *m, struct key k, struct effects *out)
{
    enum { CODE_SIGNS = 9 };
    char code[MODEL_CODE];
    k = key_plain(k);
    if (m->busy)
        return;
    if (k.code == K_ESCAPE) {
        leave_code(m, out);
    } else if (k.code == K_ENTER && strlen(model_code(m, code)) == CODE_SIGNS) {
        m->busy = true;
        m->refusal[0] = '\0';
        effects_add(out, m->code_wanted ? EFFECT_REJOIN : EFFECT_SIGN_IN, 0);
    } else if (k.code != K_CHAR || (is_code_sign(k.ch) && m->code.n < CODE_SIGNS)) {
        field_key(&m->code, k, NULL);
    }
}

static void on_code_wanted(struct model *m, const struct event *e)
{
    bool asked = m->screen == SCREEN_CODE;
    m->busy = m->not_open = false;
    field_clear(&m->code);
    if (model_in_exam(m)) {
        m->code_wanted = true;
        m->message[0] = '\0';
    } else
        m->screen = SCREEN_CODE;
    say(m->refusal, sizeof m->refusal, "%s", asked ? e->text : "");
}

static void on_code_taken(struct model *m, struct effects *out)
{
    m->busy = false;
    if (m->screen == SCREEN_CODE)
        leave_code(m, out);
    m->code_wanted = false;
}

/* ---- messages ---- */

static void on_told(struct model *m, const struct event *e)
{
    struct told_list *l = &m->said;
    if (l->n == MODEL_TOLD) {
        memmove(&l->told[0], &l->told[1], (MODEL_TOLD - 1) * sizeof l->told[0]);
        l->n--;
    }
    say(l->told[l->n].text, sizeof l->told[l->n].text, "%s", e->text);
    say(l->told[l->n].at, sizeof l->told[l->n].at, "%s", e->at);
    l->n++;
    l->unread += l->unread < l->n;
    if (!model_in_exam(m) || m->paused) {
        m->reading = true;
        m->told_scroll = 0;
    } else if (m->screen == SCREEN_PAPER) {
        model_show_focus(m);
    }
}

static void scroll_told(struct model *m, int by)
{
    int most = view_messages_lines(m) - view_messages_rows(m);
    m->told_scroll += by;
    if (m->told_scroll > most)
        m->told_scroll = most;
    if (m->told_scroll < 0)
        m->told_scroll = 0;
}

void update_reading(struct model *m, struct key k)
{
    int page = view_messages_rows(m) - 1;
    if (k.code == K_UP || k.code == K_DOWN)
        scroll_told(m, k.code == K_DOWN ? 1 : -1);
    else if (k.code == K_PAGE_UP || k.code == K_PAGE_DOWN)
        scroll_told(m, k.code == K_PAGE_DOWN ? page : -page);
    else if (k.code == K_F2 || k.code == K_ENTER || k.code == K_ESCAPE) {
        m->reading = false;
        m->said.unread = 0;
    }
}

/* ---- the pause ---- */

static void on_paused(struct model *m, bool on, struct effects *out)
{
    bool before = m->paused;
    m->paused = on;
    if (before && !on)
        model_send_again(m, out);
}

bool update_proctor(struct model *m, const struct event *e, struct effects *out)
{
    switch (e->kind) {
    case EVENT_BEGIN:
        on_begin(m, out);
        return true;
    case EVENT_HELD:
        m->screen = SCREEN_HELD;
        m->held = true;
        m->busy = false;
        return true;
    case EVENT_NOT_OPEN:
        m->screen = SCREEN_WAITING;
        m->not_open = true;
        m->busy = false;
        return true;
    case EVENT_CODE_WANTED:
        on_code_wanted(m, e);
        return true;
    case EVENT_CODE_TAKEN:
        on_code_taken(m, out);
        return true;
    case EVENT_COPY:
        m->copy = e->copy;
        return true;
    case EVENT_TOLD:
        on_told(m, e);
        return true;
    case EVENT_PAUSED:
        on_paused(m, e->on, out);
        return true;
    case EVENT_SENT:
        if (model_in_exam(m))
            model_enter_item(m, e->item, out);
        say(m->message, sizeof m->message, "%s", e->text);
        return true;
    case EVENT_MOVED:
        tutorial_drop(m);
        m->screen = SCREEN_MOVED;
        m->busy = m->paused = m->reading = m->code_wanted = false;
        return true;
    default:
        return false;
    }
}
