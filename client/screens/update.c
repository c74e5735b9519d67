/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/update.h"

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/stage.h"
#include "client/screens/view.h"

void effects_add(struct effects *out, enum effect_kind kind, size_t item)
{
    if (out->n < EFFECTS_MAX)
        out->effect[out->n++] = (struct effect){.kind = kind, .item = item};
}

/* Keys that mean the same on every screen. */
static bool common_key(struct model *m, struct key k)
{
    if (m->reading) {
        update_reading(m, k);
        return true;
    }
    if (k.code == K_F2 && m->said.n > 0) {
        m->reading = true;
        m->told_scroll = 0;
        return true;
    }
    return m->paused && model_in_exam(m) && !m->stage;
}

static void on_key(struct model *m, struct key k, struct effects *out)
{
    if (m->width < FRAME_MIN_WIDTH || m->height < FRAME_MIN_HEIGHT)
        return;
    m->message[0] = '\0';
    m->warning_shown = false;
    if (common_key(m, k))
        return;
    if (k.code == K_F8 && m->code_wanted && m->screen != SCREEN_CODE) {
        model_flush(m, out);
        m->screen = SCREEN_CODE;
        return;
    }
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
    case SCREEN_LEAVE:
        update_leave(m, k, out);
        break;
    case SCREEN_CODE:
        update_code(m, k, out);
        break;
    case SCREEN_STAGE:
        m->stage->update(m->on_stage, m, &(struct event){.kind = EVENT_KEY, .key = k}, out);
        break;
    default:
        update_enter(m, k, out);
    }
}

static void warn(struct model *m, bool of_section, int64_t left_ms)
{
    m->warning_of_section = of_section;
    m->warning_is_last = left_ms <= MODEL_LAST_WARNING_MS;
    m->warning_shown = left_ms > 0;
    if (m->screen == SCREEN_PAPER)
        model_show_focus(m);
}

static int warning_level(int64_t left_ms)
{
    return left_ms <= MODEL_LAST_WARNING_MS ? 2 : left_ms <= MODEL_WARNING_MS ? 1 : 0;
}

static void warn_in_time(struct model *m)
{
    int64_t section_ms = model_section_left_ms(m);
    size_t section = section_ms == INT64_MAX ? 0 : m->session->here + 1;
    int level = warning_level(m->remaining_ms);
    if (level > m->warned)
        warn(m, false, m->remaining_ms);
    m->warned = level;
    level = section && section_ms < m->remaining_ms ? warning_level(section_ms) : 0;
    if (level > (section == m->section_warned ? m->section_level : 0)) {
        m->section_warned = section;
        m->section_level = level;
        warn(m, true, section_ms);
    }
}

/* What was typed is sent after a short pause; what the disk refused is tried again. */
static void on_time(struct model *m, const struct event *e, struct effects *out)
{
    m->remaining_ms = e->remaining_ms;
    if (!model_in_exam(m) || m->paused)
        return;
    warn_in_time(m);
    if (m->typed_ms >= 0)
        m->typed_ms += e->passed_ms;
    if (m->notes_typed_ms >= 0)
        m->notes_typed_ms += e->passed_ms;
    if (m->typed_ms >= MODEL_TYPING_PAUSE_MS || m->notes_typed_ms >= MODEL_TYPING_PAUSE_MS ||
        m->remaining_ms <= MODEL_TYPING_PAUSE_MS || model_section_left_ms(m) <= MODEL_TYPING_PAUSE_MS)
        model_flush(m, out);
}

static void on_signed_in(struct model *m, const struct event *e)
{
    m->person = *e->person;
    m->held = e->person->held;
    m->not_open = m->code_wanted = m->paused = m->reading = false;
    m->said = (struct told_list){0};
    field_clear(&m->code);
    say(m->title, sizeof m->title, "%s", e->title);
    m->busy = false;
    m->refusal[0] = '\0';
    m->button = BUTTON_GO_TO;
    m->screen = SCREEN_CHECK;
}

static void to_sign_in(struct model *m)
{
    m->screen = SCREEN_SIGN_IN;
    m->busy = m->not_open = false;
    m->refusal[0] = '\0';
    field_clear(&m->ticket);
}

/* An examiner has no rules to read. */
static void open_stage(struct model *m, bool resumed, struct effects *out)
{
    if (resumed)
        model_enter_item(m, 0, out);
    else
        model_proceed(m, out);
}

static void on_opened(struct model *m, const struct event *e, struct effects *out)
{
    m->work = e->work;
    m->session = e->session;
    m->practice_work = e->practice;
    m->tutorial = m->tutorial_done = m->begun = false;
    m->notes = e->notes;
    m->notes_typed_ms = -1;
    m->notes_edits = (struct edits){0};
    m->may_calculate = e->on;
    m->tool = TOOL_NONE;
    m->calculator = (struct calculator){0};
    m->rule = e->rule;
    m->n_rules = e->n_rules;
    m->allowance_ms = e->allowance_ms;
    m->remaining_ms = e->remaining_ms;
    say(m->points, sizeof m->points, "%s", e->points);
    m->busy = false;
    m->refusal[0] = '\0';
    m->scroll = 0;
    m->pledged = false;
    m->screen = m->stage ? SCREEN_CHECK : SCREEN_RULES;
    if (e->resumed) {
        m->screen = SCREEN_PAPER;
        m->save = SAVE_DONE;
        say(m->saved_at, sizeof m->saved_at, "%s", e->text);
    }
    if (m->stage)
        open_stage(m, e->resumed, out);
    else if (e->resumed)
        model_enter_item(m, e->item, out);
}

static void on_started(struct model *m, struct effects *out)
{
    m->busy = false;
    model_enter_item(m, 0, out);
}

static bool all_saved(const struct model *m)
{
    for (size_t i = 0; m->work && i < m->work->n; i++)
        if (!edits_saved(&m->work->question[i].edits))
            return false;
    return edits_saved(&m->notes_edits);
}

static void give(struct model *m, size_t item)
{
    if (m->work && item < m->work->n)
        edits_give(&m->work->question[item].edits);
    if (item == MODEL_NOTES)
        edits_give(&m->notes_edits);
}

static void on_saved(struct model *m, const struct event *e)
{
    give(m, e->item);
    for (size_t i = 0; m->work && i < m->work->n; i++)
        edits_store(&m->work->question[i].edits);
    edits_store(&m->notes_edits);
    say(m->saved_at, sizeof m->saved_at, "%s", e->text);
    if (all_saved(m))
        m->save = SAVE_DONE;
}

static void on_not_saved(struct model *m, const struct event *e)
{
    give(m, e->item);
    m->save = SAVE_FAILED;
    m->disk_full = e->on;
    if (m->screen == SCREEN_PAPER)
        model_show_focus(m);
}

static void on_refused(struct model *m, const struct event *e)
{
    m->busy = false;
    if (m->screen == SCREEN_WAITING)
        m->screen = SCREEN_SIGN_IN;
    if (model_in_exam(m))
        say(m->message, sizeof m->message, "%s", e->text);
    else
        say(m->refusal, sizeof m->refusal, "%s", e->text);
}

static void on_ended(struct model *m, const struct event *e)
{
    tutorial_drop(m);
    m->screen = SCREEN_ENDED;
    m->busy = m->paused = m->reading = m->code_wanted = false;
    m->ending = e->ending;
    m->sealed = e->sealed;
    say(m->receipt, sizeof m->receipt, "%s", e->text);
}

static void on_no_agent(struct model *m, struct effects *out)
{
    if (m->tutorial) {
        tutorial_drop(m);
        m->screen = SCREEN_WAITING;
    }
    if (model_in_exam(m)) {
        if (m->screen == SCREEN_CODE)
            model_enter_item(m, m->current, out);
        m->code_wanted = false;
        say(m->message, sizeof m->message, "%s",
            _(model_words(m)->agent_gone));
        return;
    }
    m->not_open = false;
    if (m->screen != SCREEN_ENDED && m->screen != SCREEN_MOVED)
        m->screen = SCREEN_WAITING;
}

static bool shows_paper(const struct model *m)
{
    return m->screen == SCREEN_PAPER && m->width >= FRAME_MIN_WIDTH && m->height >= FRAME_MIN_HEIGHT;
}

/* Fewer files, fewer places. */
static void on_files(struct model *m, size_t item)
{
    struct question *q = model_question(m);
    if (m->tutorial || m->current != item || !q)
        return;
    size_t n = question_places(q);
    if (m->focus >= n)
        m->focus = n > 0 ? n - 1 : 0;
    if (shows_paper(m))
        model_grown(m);
}

static void on_resize(struct model *m, const struct event *e)
{
    m->width = e->width;
    m->height = e->height;
    if (shows_paper(m))
        model_show_focus(m);
    if (m->screen != SCREEN_PAPER)
        m->scroll = 0;
}

static void update(struct model *m, const struct event *e, struct effects *out)
{
    if (update_proctor(m, e, out))
        return;
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
        if (m->screen == SCREEN_WAITING || m->screen == SCREEN_ERROR || m->screen == SCREEN_MOVED)
            to_sign_in(m);
        break;
    case EVENT_NO_AGENT:
        on_no_agent(m, out);
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
    case EVENT_FILES:
        on_files(m, e->item);
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
    case EVENT_PICTURE:
        if (shows_paper(m))
            model_grown(m);
        break;
    case EVENT_HANGUP:
        if (model_in_exam(m))
            model_flush(m, out);
        break;
    default:
        break;
    }
}

static bool is_told_to_stage(const struct model *m, const struct event *e)
{
    bool shown = m->screen == SCREEN_STAGE && !m->reading && m->width >= FRAME_MIN_WIDTH &&
                 m->height >= FRAME_MIN_HEIGHT;
    return m->stage && (e->kind == EVENT_TIME || e->kind == EVENT_SAVED || e->kind == EVENT_NOT_SAVED ||
                        e->kind == EVENT_ENDED || (e->kind == EVENT_CLICK && shown));
}

void model_update(struct model *m, const struct event *e, struct effects *out)
{
    bool practising = m->tutorial;
    int first = out->n;
    update(m, e, out);
    if (is_told_to_stage(m, e))
        m->stage->update(m->on_stage, m, e, out);
    if (m->screen == SCREEN_OVERVIEW)
        overview_show_cursor(m);
    if (practising || m->tutorial)
        tutorial_filter(out, first);
}
