/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/stage.h"
#include "client/screens/view.h"

static void view_stage(const struct model *m, struct grid *g)
{
    m->stage->draw(m->on_stage, m, g);
}

static void draw_screen(const struct model *m, struct grid *g)
{
    static void (*const view[SCREEN_COUNT])(const struct model *, struct grid *) = {
        [SCREEN_WAITING] = view_waiting,   [SCREEN_SIGN_IN] = view_sign_in, [SCREEN_CHECK] = view_check,
        [SCREEN_NOT_ME] = view_not_me,     [SCREEN_CODE] = view_code,       [SCREEN_RULES] = view_rules,
        [SCREEN_HELD] = view_held,         [SCREEN_PAPER] = view_paper,     [SCREEN_PICTURE] = view_picture,
        [SCREEN_OVERVIEW] = view_overview, [SCREEN_HAND_IN] = view_hand_in, [SCREEN_LEAVE] = view_leave,
        [SCREEN_ENDED] = view_ended,       [SCREEN_MOVED] = view_moved,     [SCREEN_ERROR] = view_error,     [SCREEN_STAGE] = view_stage,
    };
    if (m->reading)
        view_messages(m, g);
    else if (m->paused && model_in_exam(m) && !m->stage)
        view_paused(m, g);
    else
        view[m->screen](m, g);
}

void view_draw(const struct model *m, struct grid *g)
{
    grid_clear(g);
    g->colours = m->colours;
    if (!frame_too_small(g, !m->practice))
        draw_screen(m, g);
}

bool view_is_paper(const struct model *m)
{
    bool covered = m->reading || (m->paused && model_in_exam(m));
    return m->screen == SCREEN_PAPER && !covered && m->width >= FRAME_MIN_WIDTH && m->height >= FRAME_MIN_HEIGHT;
}

const char *view_title(const struct model *m)
{
    if (m->tutorial)
        return _("Practice before the exam: nothing here counts");
    if (m->practice && !m->title[0])
        return _("Practice");
    return m->title[0] ? m->title : _(model_words(m)->title);
}

const char *view_time_left(const struct model *m, char *buf, size_t size)
{
    char time[32];
    if (m->tutorial)
        return say(buf, size, "%s", m->begun ? _("EXAM BEGUN: Escape") : _("no time runs yet"));
    if (m->untimed)
        return say(buf, size, "%s", _("practice, no time limit"));
    return say(buf, size, _("Time left %s"), duration_text(m->remaining_ms, time, sizeof time));
}

const char *view_kind(const struct question *q)
{
    static const char *const names[ITEM_KINDS] = {
        [ITEM_SINGLE] = N_("single choice"),
        [ITEM_MULTIPLE] = N_("multiple choice"),
        [ITEM_TRUE_FALSE] = N_("true or false"),
        [ITEM_FILL] = N_("fill in"),
        [ITEM_NUMBER] = N_("number"),
        [ITEM_ORDER] = N_("ordering"),
        [ITEM_ASSOCIATE] = N_("pairs"),
        [ITEM_MATCH] = N_("matching"),
        [ITEM_GAP_MATCH] = N_("gaps and words"),
        [ITEM_INLINE] = N_("choice in text"),
        [ITEM_ESSAY] = N_("written answer"),
        [ITEM_HOTTEXT] = N_("words in a text"),
        [ITEM_SLIDER] = N_("slider"),
        [ITEM_UPLOAD] = N_("file upload"),
        [ITEM_GRAPHIC] = N_("on a picture"),
        [ITEM_MIXED] = N_("mixed"),
        [ITEM_MATERIAL] = N_("material"),
        [ITEM_OTHER] = N_("mixed"),
    };
    bool practical = q->n_parts == 1 && q->part[0].kind == &part_task;
    return practical ? _("practical") : _(names[q->item->kind]);
}

const char *view_points(points_t p, char *buf, size_t size)
{
    char number[32];
    points_text(p, number, sizeof number);
    return say(buf, size, ngettext("%s point", "%s points", p.milli == 1000 ? 1 : 2), number);
}

const char *view_mark(enum question_mark mark)
{
    switch (mark) {
    case MARK_RIGHT:
        return _("right");
    case MARK_PARTLY:
        return _("partly right");
    case MARK_WRONG:
        return _("wrong");
    case MARK_WAITING:
        return _("for a marker");
    default:
        return _("not checked");
    }
}

const char *view_counts(const struct model *m, char *buf, size_t size)
{
    struct work_counts c = work_counts(m->work);
    size_t closed = model_closed_items(m);
    if (closed > 0)
        return say(buf, size, _("answered %zu   not answered %zu   flagged %zu   closed %zu"), c.answered,
                   c.unanswered, c.flagged, closed);
    return say(buf, size, _("answered %zu      not answered %zu      flagged %zu"), c.answered, c.unanswered,
               c.flagged);
}

int view_shortened(struct grid *g, int x, int y, int columns, enum look look, const char *text)
{
    if ((int)text_width(text) <= columns)
        return grid_text(g, x, y, columns, look, text);
    char shown[MODEL_TOLD_TEXT];
    int room = columns > 2 ? columns - 2 : 0;
    say(shown, sizeof shown, "%.*s..", (int)text_fit(text, (size_t)room, NULL), text);
    return grid_text(g, x, y, columns, look, shown);
}

static enum look save_look(const struct model *m)
{
    if (m->save == SAVE_FAILED)
        return model_at_risk(m) ? LOOK_ALARM : LOOK_WARN;
    return m->save == SAVE_RUNNING || m->copy == COPY_AWAY ? LOOK_WARN : LOOK_GOOD;
}

static const char *failed_text(const struct model *m)
{
    if (m->copy == COPY_NONE)
        return _("!! NOT SAVED !!");
    return model_at_risk(m) ? _("!! AT RISK: the newest is saved nowhere yet !!")
                            : _("NOT saved on this machine   saved in the room");
}

static const char *copy_text(enum room_copy copy)
{
    switch (copy) {
    case COPY_RUNNING:
        return _("   saving in the room...");
    case COPY_DONE:
        return _("   saved in the room");
    case COPY_AWAY:
        return _("   room does not answer");
    default:
        return "";
    }
}

static const char *save_text(const struct model *m, char *buf, size_t size)
{
    char here[100];
    switch (m->save) {
    case SAVE_DONE:
        say(here, sizeof here, _("saved here %s"), m->saved_at);
        return say(buf, size, "%s%s", here, copy_text(m->copy));
    case SAVE_RUNNING:
        return say(buf, size, "%s", _("saving..."));
    case SAVE_FAILED:
        return say(buf, size, "%s", failed_text(m));
    default:
        return say(buf, size, "%s", _(model_words(m)->nothing_saved));
    }
}

/* Name, ticket, seat; a name too long for the line ends in "..". */
static const char *person_text(const struct model *m, int columns, char *buf, size_t size)
{
    char tail[200], name[MODEL_TEXT];
    say(tail, sizeof tail, _(" %s  seat %s"), m->person.ticket, m->person.seat);
    int room = columns - (int)text_width(tail);
    say(name, sizeof name, "%s", m->person.name);
    if (room > 2 && (int)text_width(name) > room) {
        size_t n = text_fit(name, (size_t)room - 2, NULL);
        say(name + n, sizeof name - n, "..");
    }
    return say(buf, size, "%s%s", name, tail);
}

void view_save_line(const struct model *m, struct grid *g, int y)
{
    char text[2 * MODEL_TEXT];
    if (m->practice) {
        grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_TEXT, m->practice_state);
        grid_text_right(g, frame_end(g), y, LOOK_TEXT, m->practice_tally);
        return;
    }
    if (m->tutorial) {
        grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_TEXT, _("practice: nothing is saved"));
        return;
    }
    int used = grid_text(g, FRAME_LEFT, y, frame_columns(g), save_look(m), save_text(m, text, sizeof text));
    grid_text_right(g, frame_end(g), y, LOOK_TEXT,
                    person_text(m, frame_columns(g) - used - 2, text, sizeof text));
}

int view_alert_rows(const struct model *m)
{
    return model_alert(m) == ALERT_NONE ? 0 : 3;
}

/* What happened, what is safe, whom to call. */
static const char *trouble_text(const struct model *m)
{
    return _(model_words(m)->trouble[m->copy][m->disk_full]);
}

static const char *time_text_of(const struct model *m)
{
    if (m->warning_of_section)
        return m->warning_is_last
                   ? _("Less than 1 minute left in this section. When its time is over the exam goes on with "
                       "the next one. Any key hides this.")
                   : _("Less than 5 minutes left in this section. When its time is over the exam goes on "
                       "with the next one. Any key hides this.");
    return m->warning_is_last
               ? _("Less than 1 minute left. When the time is over the paper is handed in by itself, with all "
                   "that is saved. Any key hides this.")
               : _("Less than 5 minutes left. When the time is over the paper is handed in by itself, with "
                   "all that is saved. Any key hides this.");
}

static const char *alert_text(const struct model *m, char *buf, size_t size)
{
    switch (model_alert(m)) {
    case ALERT_NOT_SAVED:
        return trouble_text(m);
    case ALERT_CODE:
        return say_of(buf, size, model_words(m)->code_wanted, model_function_key(m, 8));
    case ALERT_TIME:
        return time_text_of(m);
    default:
        return m->message;
    }
}

/* The proctor's words as far as they fit; the key shows all of them, and confirms. */
static void draw_told(const struct model *m, struct grid *g, int y)
{
    const struct told *last = &m->said.told[m->said.n - 1];
    char text[MODEL_TEXT], shown[MODEL_TOLD_TEXT];
    say(text, sizeof text, _("Message from the proctor, %s   %s: read it, and confirm"), last->at,
        model_function_key(m, 2));
    grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_ALARM, text);
    say(shown, sizeof shown, "%.*s", (int)strcspn(last->text, "\n"), last->text);
    view_shortened(g, FRAME_LEFT, y + 1, frame_columns(g), LOOK_WARN, shown);
}

void view_alert(const struct model *m, struct grid *g, int end)
{
    enum alert alert = model_alert(m);
    char text[2 * MODEL_TEXT];
    if (alert == ALERT_NONE)
        return;
    frame_rule(g, end - 3);
    if (alert == ALERT_TOLD)
        draw_told(m, g, end - 2);
    else
        frame_paragraph(g, end - 2, end, 0,
                        alert == ALERT_NOT_SAVED && model_at_risk(m) ? LOOK_ALARM : LOOK_WARN,
                        alert_text(m, text, sizeof text));
}
