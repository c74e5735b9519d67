/* SPDX-License-Identifier: Apache-2.0 */
/* The tutorial before the exam; scratch notes and calculator beside an item. */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/update.h"
#include "client/screens/view.h"

/* ---- the tutorial: the paper's own screens over practice items ---- */

void tutorial_begin(struct model *m, struct effects *out)
{
    if (!m->practice_work || m->tutorial)
        return;
    m->exam_work = m->work;
    m->exam_session = m->session;
    m->work = m->practice_work;
    m->session = NULL;
    m->tutorial = true;
    m->typed_ms = -1;
    model_enter_item(m, 0, out);
}

void tutorial_drop(struct model *m)
{
    if (!m->tutorial)
        return;
    m->work = m->exam_work;
    m->session = m->exam_session;
    m->tutorial = false;
    m->tutorial_done = true;
    m->confirming = false;
    m->typed_ms = -1;
    m->current = 0;
    m->scroll = 0;
    m->save = SAVE_NOTHING;
}

void tutorial_end(struct model *m, struct effects *out)
{
    tutorial_drop(m);
    m->message[0] = '\0';
    m->screen = SCREEN_RULES;
    model_proceed(m, out);
}

static bool is_of_exam(enum effect_kind kind)
{
    return kind == EFFECT_VISIT || kind == EFFECT_ANSWER || kind == EFFECT_FLAG || kind == EFFECT_NOTES ||
           kind == EFFECT_HAND_IN || kind == EFFECT_OPEN_FILE || kind == EFFECT_BEGIN_AGAIN ||
           kind == EFFECT_SHELL;
}

void tutorial_filter(struct effects *out, int first)
{
    int n = first;
    for (int i = first; i < out->n; i++)
        if (!is_of_exam(out->effect[i].kind))
            out->effect[n++] = out->effect[i];
    out->n = n;
}

/* ---- notes and calculator ---- */

bool model_may_use(const struct model *m, enum tool tool)
{
    if (m->tutorial)
        return false;
    return tool == TOOL_NOTES ? m->notes != NULL : tool == TOOL_CALCULATOR && m->may_calculate;
}

static void toggle(struct model *m, enum tool tool, struct effects *out)
{
    model_flush(m, out);
    m->tool = m->tool == tool ? TOOL_NONE : tool;
    m->calculator.complaint[0] = '\0';
    model_show_focus(m);
}

static void note_key(struct model *m, struct key k)
{
    enum editor_result r = editor_key(m->notes, k, view_notes_columns(m));
    if (r == EDITOR_FULL)
        say(m->message, sizeof m->message, _("The notes are full: they cannot be longer than %zu bytes."),
            m->notes->max);
    if (r != EDITOR_CHANGED)
        return;
    m->notes_typed_ms = 0;
    edits_add(&m->notes_edits);
    if (m->save != SAVE_FAILED)
        m->save = SAVE_RUNNING;
}

static bool is_for_item(enum key_code code)
{
    return code == K_PAGE_UP || code == K_PAGE_DOWN || code == K_TAB || code == K_BACK_TAB ||
           (code >= K_F1 && code <= K_F10);
}

bool update_tools(struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_F6 && model_may_use(m, TOOL_NOTES)) {
        toggle(m, TOOL_NOTES, out);
        return true;
    }
    if (k.code == K_F7 && model_may_use(m, TOOL_CALCULATOR)) {
        toggle(m, TOOL_CALCULATOR, out);
        return true;
    }
    if (!model_may_use(m, m->tool))
        return false;
    if (k.code == K_ESCAPE) {
        toggle(m, m->tool, out);
        return true;
    }
    if (is_for_item(k.code))
        return false;
    if (m->tool == TOOL_NOTES)
        note_key(m, k);
    else
        calculator_key(&m->calculator, k);
    return true;
}
