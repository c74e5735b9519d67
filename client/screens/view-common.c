/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

void view_draw(const struct model *m, struct grid *g)
{
    static void (*const view[SCREEN_COUNT])(const struct model *, struct grid *) = {
        [SCREEN_WAITING] = view_waiting,   [SCREEN_SIGN_IN] = view_sign_in, [SCREEN_CHECK] = view_check,
        [SCREEN_NOT_ME] = view_not_me,     [SCREEN_RULES] = view_rules,     [SCREEN_PAPER] = view_paper,
        [SCREEN_OVERVIEW] = view_overview, [SCREEN_HAND_IN] = view_hand_in, [SCREEN_ENDED] = view_ended,
        [SCREEN_ERROR] = view_error,     [SCREEN_PICTURE] = view_picture,
    };
    grid_clear(g);
    if (!frame_too_small(g, !m->practice))
        view[m->screen](m, g);
}

const char *view_title(const struct model *m)
{
    if (m->practice && !m->title[0])
        return _("Practice");
    return m->title[0] ? m->title : _("Computer-based examination");
}

const char *view_time_left(const struct model *m, char *buf, size_t size)
{
    char time[32];
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
    return _(names[q->item->kind]);
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
    return say(buf, size, _("answered %zu      not answered %zu      flagged %zu"), c.answered, c.unanswered,
               c.flagged);
}

static enum look save_look(enum save_state s)
{
    return s == SAVE_FAILED ? LOOK_ALARM : s == SAVE_RUNNING ? LOOK_WARN : LOOK_GOOD;
}

static const char *save_text(const struct model *m, char *buf, size_t size)
{
    switch (m->save) {
    case SAVE_DONE:
        return say(buf, size, _("saved here %s"), m->saved_at);
    case SAVE_RUNNING:
        return say(buf, size, "%s", _("saving..."));
    case SAVE_FAILED:
        return say(buf, size, "%s", _("!! NOT SAVED !!"));
    default:
        return say(buf, size, "%s", _("nothing to save yet"));
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
    int used =
        grid_text(g, FRAME_LEFT, y, frame_columns(g), save_look(m->save), save_text(m, text, sizeof text));
    grid_text_right(g, frame_end(g), y, LOOK_TEXT,
                    person_text(m, frame_columns(g) - used - 2, text, sizeof text));
}

int view_alert_rows(const struct model *m)
{
    return model_alert(m) == ALERT_NONE ? 0 : 3;
}

static const char *alert_text(const struct model *m)
{
    switch (model_alert(m)) {
    case ALERT_NOT_SAVED:
        return m->problem;
    case ALERT_TIME:
        return _("Less than 5 minutes left. When the time is over the paper is handed in by itself, with all "
                 "that is saved. Any key hides this.");
    default:
        return m->message;
    }
}

void view_alert(const struct model *m, struct grid *g, int end)
{
    enum alert alert = model_alert(m);
    if (alert == ALERT_NONE)
        return;
    frame_rule(g, end - 3);
    frame_paragraph(g, end - 2, end, 0, alert == ALERT_NOT_SAVED ? LOOK_ALARM : LOOK_WARN, alert_text(m));
}
