/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/update.h"

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

void effects_add(struct effects *out, enum effect_kind kind, size_t item)
{
    if (out->n < EFFECTS_MAX)
        out->effect[out->n++] = (struct effect){.kind = kind, .item = item};
}

static bool in_exam(const struct model *m)
{
    return m->screen == SCREEN_PAPER || m->screen == SCREEN_PICTURE || m->screen == SCREEN_OVERVIEW ||
           m->screen == SCREEN_HAND_IN;
}

static void on_key(struct model *m, struct key k, struct effects *out)
{
    if (m->width < FRAME_MIN_WIDTH || m->height < FRAME_MIN_HEIGHT)
        return;
    m->message[0] = '\0';
    m->warning_shown = false;
    switch (m->screen) {
    case SCREEN_PAPER:
        update_paper(m, k, out);
        break;
    case SCREEN_PICTURE:
        update_picture(m, k);
        break;
    case SCREEN_OVERVIEW:
        update_overview(m, k, out);
        break;
    case SCREEN_HAND_IN:
        update_hand_in(m, k, out);
        break;
    default:
        update_enter(m, k, out);
    }
}

/* What was typed is sent after a short pause; what the disk refused is tried again. */
static void on_time(struct model *m, const struct event *e, struct effects *out)
{
    m->remaining_ms = e->remaining_ms;
    if (!in_exam(m))
        return;
    if (m->remaining_ms > MODEL_WARNING_MS)
        m->warned = false;
    if (!m->warned && m->remaining_ms <= MODEL_WARNING_MS) {
        m->warned = true;
        m->warning_shown = m->remaining_ms > 0;
        if (m->screen == SCREEN_PAPER)
            model_show_focus(m);
    }
    if (m->typed_ms >= 0) {
        m->typed_ms += e->passed_ms;
        if (m->typed_ms >= MODEL_TYPING_PAUSE_MS || m->remaining_ms <= MODEL_TYPING_PAUSE_MS)
            model_flush(m, out);
    }
}

static void on_signed_in(struct model *m, const struct event *e)
{
    m->person = *e->person;
    say(m->title, sizeof m->title, "%s", e->title);
    m->busy = false;
    m->refusal[0] = '\0';
    m->button = BUTTON_GO_TO;
    m->screen = SCREEN_CHECK;
}

static void to_sign_in(struct model *m)
{
    m->screen = SCREEN_SIGN_IN;
    m->busy = false;
    field_clear(&m->ticket);
}

static void on_opened(struct model *m, const struct event *e, struct effects *out)
{
    m->work = e->work;
    m->rule = e->rule;
    m->n_rules = e->n_rules;
    m->allowance_ms = e->allowance_ms;
    m->remaining_ms = e->remaining_ms;
    say(m->points, sizeof m->points, "%s", e->points);
    m->busy = false;
    m->refusal[0] = '\0';
    m->scroll = 0;
    m->pledged = false;
    m->screen = SCREEN_RULES;
    if (e->resumed) {
        m->screen = SCREEN_PAPER;
        m->save = SAVE_DONE;
        say(m->saved_at, sizeof m->saved_at, "%s", e->text);
        model_go_to(m, e->item, out);
    }
}

static void on_started(struct model *m, struct effects *out)
{
    m->busy = false;
    m->screen = SCREEN_PAPER;
    model_go_to(m, 0, out);
}

static bool anything_unsaved(const struct model *m)
{
    for (size_t i = 0; m->work && i < m->work->n; i++)
        if (m->work->question[i].unsaved)
            return true;
    return false;
}

static void on_saved(struct model *m, const struct event *e)
{
    if (m->work && e->item < m->work->n)
        m->work->question[e->item].unsaved = false;
    say(m->saved_at, sizeof m->saved_at, "%s", e->text);
    if (!anything_unsaved(m) && m->typed_ms < 0)
        m->save = SAVE_DONE;
}

static void on_not_saved(struct model *m, const struct event *e)
{
    if (m->work && e->item < m->work->n)
        m->work->question[e->item].unsaved = true;
    m->save = SAVE_FAILED;
    say(m->problem, sizeof m->problem, "%s", e->text);
    if (m->screen == SCREEN_PAPER)
        model_show_focus(m);
}

static void on_refused(struct model *m, const struct event *e)
{
    m->busy = false;
    if (in_exam(m))
        say(m->message, sizeof m->message, "%s", e->text);
    else
        say(m->refusal, sizeof m->refusal, "%s", e->text);
}

static void on_ended(struct model *m, const struct event *e)
{
    m->screen = SCREEN_ENDED;
    m->busy = false;
    m->ending = e->ending;
    m->sealed = e->sealed;
    say(m->receipt, sizeof m->receipt, "%s", e->text);
}

static void on_no_agent(struct model *m)
{
    if (in_exam(m)) {
        say(m->message, sizeof m->message, "%s",
            _("The session's agent does not answer. Answers are still saved here. Please tell the proctor."));
        return;
    }
    if (m->screen != SCREEN_ENDED)
        m->screen = SCREEN_WAITING;
}

static void on_resize(struct model *m, const struct event *e)
{
    m->width = e->width;
    m->height = e->height;
    if (m->screen == SCREEN_PAPER && m->width >= FRAME_MIN_WIDTH && m->height >= FRAME_MIN_HEIGHT)
        model_show_focus(m);
    if (m->screen != SCREEN_PAPER)
        m->scroll = 0;
}

void model_update(struct model *m, const struct event *e, struct effects *out)
{
    switch (e->kind) {
    case EVENT_KEY:
        on_key(m, e->key, out);
        break;
    case EVENT_CLICK:
        update_click(m, e->target, out);
        break;
    case EVENT_RESIZE:
        on_resize(m, e);
        break;
    case EVENT_TIME:
        on_time(m, e, out);
        break;
    case EVENT_AGENT:
        if (m->screen == SCREEN_WAITING || m->screen == SCREEN_ERROR)
            to_sign_in(m);
        break;
    case EVENT_NO_AGENT:
        on_no_agent(m);
        break;
    case EVENT_SIGNED_IN:
        on_signed_in(m, e);
        break;
    case EVENT_REFUSED:
        on_refused(m, e);
        break;
    case EVENT_OPENED:
        on_opened(m, e, out);
        break;
    case EVENT_STARTED:
        on_started(m, out);
        break;
    case EVENT_SAVED:
        on_saved(m, e);
        break;
    case EVENT_NOT_SAVED:
        on_not_saved(m, e);
        break;
    case EVENT_MESSAGE:
        say(m->message, sizeof m->message, "%s", e->text);
        break;
    case EVENT_ENDED:
        on_ended(m, e);
        break;
    case EVENT_FAILED:
        m->screen = SCREEN_ERROR;
        say(m->refusal, sizeof m->refusal, "%s", e->text);
        break;
    case EVENT_HANGUP:
        if (in_exam(m))
            model_flush(m, out);
        break;
    }
}
