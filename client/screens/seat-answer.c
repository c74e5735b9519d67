/* SPDX-License-Identifier: Apache-2.0 */
/* During the sitting: answers, flags, time, what the proctor does, the end. */
#include <time.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/seat-internal.h"

#define NO_ITEM (SIZE_MAX - 1) /* an event that is about none */

enum { SQLITE_FULL_CODE = 13 }; /* low byte of err.code from base/db.h */

const char *seat_time_of_day(int64_t wall_ms, char buf[16])
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm local;
    if (wall_ms <= 0 || !localtime_r(&t, &local) || strftime(buf, 16, "%H:%M:%S", &local) == 0)
        buf[0] = '\0';
    return buf;
}

static void tell_saved(struct seat *s, size_t item)
{
    char time[16];
    seat_send(s, &(struct event){.kind = EVENT_SAVED,
                                 .item = item,
                                 .text = seat_time_of_day(sitting_saved_wall_ms(s->sitting), time)});
}

static bool is_full(const struct err *e)
{
    return (e->code & 0xFF) == SQLITE_FULL_CODE;
}

static void tell_not_saved(struct seat *s, size_t item, const struct err *e)
{
    seat_send(s, &(struct event){.kind = EVENT_NOT_SAVED, .item = item, .on = is_full(e)});
}

/* 0: the disk has it, and whatever was given before. */
static void settle(struct seat *s, size_t item, int result, const struct err *e)
{
    if ((result == 0 || result == -ERR_ENV) && s->link)
        link_stored(s->link); /* what the disk refused may go to the room all the same */
    if (result == 0)
        tell_saved(s, item);
    else if (result == -ERR_ENV)
        tell_not_saved(s, item, e);
    else
        seat_refuse(s, e);
}

void seat_stored_files(struct seat *s, bool refused)
{
    const struct err unknown = {0};
    if (s->link)
        link_stored(s->link);
    if (refused)
        tell_not_saved(s, NO_ITEM, &unknown);
    else if (sitting_unsaved(s->sitting) == 0)
        tell_saved(s, NO_ITEM);
}

/* A visit that the rules of the sections refuse, or that could not be saved where they need it: back to where
 * the candidate is. Without such rules nothing is lost: the next answer or the clock tells what is wrong. */
void seat_visit(struct seat *s, size_t item, const struct clock_reading *now)
{
    struct err e = {0};
    char text[sizeof e];
    if (!s->sitting || item >= sitting_session(s->sitting)->n)
        return;
    seat_leave_files(s, item, now);
    int r = sitting_visit(s->sitting, item, now, &e);
    size_t current = sitting_session(s->sitting)->current;
    bool of_section = e.code == ERR_SECTION_CLOSED || e.code == ERR_SECTION_TIME || e.code == ERR_LINEAR ||
                      (r == -ERR_ENV && session_has_rules(sitting_session(s->sitting)));
    if (r < 0 && of_section && current != item)
        seat_send(s, &(struct event){
                         .kind = EVENT_SENT, .item = current, .text = say_error(text, sizeof text, &e)});
    if (r == 0 && s->link)
        link_stored(s->link);
    if (r == 0)
        seat_enter_files(s, item);
}

void seat_start(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    char text[sizeof e];
    sitting_room(s->sitting, s->m.held ? ROOM_OPEN : ROOM_RUNNING);
    if (sitting_start(s->sitting, now, &e) == 0)
        seat_say(s, EVENT_STARTED, "");
    else if (e.kind == ERR_ENV)
        seat_say(s, EVENT_REFUSED,
                 _(model_words(&s->m)->not_started));
    else
        seat_say(s, EVENT_REFUSED, say_refusal(text, sizeof text, &e));
}

void seat_answer(struct seat *s, size_t item, const struct clock_reading *now)
{
    if (!s->sitting || !s->m.work)
        return;
    struct err e = {0};
    struct arena *a = arena_new();
    struct response_set set = question_response(&s->m.work->question[item], a);
    int r = sitting_answer(s->sitting, item, &set, now, &e);
    settle(s, item, r, &e);
    arena_free(a);
}

void seat_stage(struct seat *s, size_t item, const struct clock_reading *now)
{
    struct err e = {0};
    if (!s->sitting)
        return;
    int r = s->m.stage->perform(s->m.on_stage, s->sitting, item, now, &e);
    settle(s, item, r, &e);
}

void seat_flag(struct seat *s, size_t item, const struct clock_reading *now)
{
    if (!s->sitting || !s->m.work)
        return;
    struct err e = {0};
    int r = sitting_flag(s->sitting, item, s->m.work->question[item].flagged, now, &e);
    settle(s, NO_ITEM, r, &e);
}

void seat_notes(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    if (!s->sitting || !s->m.notes)
        return;
    int r = sitting_set_notes(s->sitting, s->m.notes->text, now, &e);
    settle(s, MODEL_NOTES, r, &e);
}

/* ---- the end ---- */

enum ending seat_ending(const struct session *x)
{
    if (x->state == SITTING_HANDED_IN)
        return ENDING_HANDED_IN;
    return session_left_ms(x) <= 0 ? ENDING_TIME_UP : ENDING_BY_PROCTOR;
}

void seat_ended(struct seat *s, enum ending ending)
{
    struct err e = {0};
    char receipt[22] = "";
    seat_end_programs(s);
    bool sealed = s->link && link_seal(s->link, receipt, &e) == 0;
    seat_send(s, &(struct event){.kind = EVENT_ENDED,
                                 .ending = ending,
                                 .sealed = sealed,
                                 .text = sealed ? receipt : sitting_receipt(s->sitting)});
}

static void refuse_early(struct seat *s)
{
    char text[MODEL_TEXT];
    int64_t minutes = (session_hand_in_wait_ms(sitting_session(s->sitting)) + 59999) / 60000;
    say(text, sizeof text,
        ngettext("Handing in is possible in %lld minute.", "Handing in is possible in %lld minutes.",
                 (unsigned long)minutes),
        (long long)minutes);
    seat_say(s, EVENT_REFUSED, text);
}

void seat_hand_in(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    if (session_may_hand_in(sitting_session(s->sitting), &e) == 0 && seat_look_before(s, LOOK_HAND_IN, now))
        return;
    if (sitting_hand_in(s->sitting, now, &e) == 0)
        seat_ended(s, ENDING_HANDED_IN);
    else if (e.code == ERR_HAND_IN_EARLY)
        refuse_early(s);
    else if (e.kind == ERR_ENV)
        seat_say(s, EVENT_REFUSED,
                 _(model_words(&s->m)->not_ended));
    else
        seat_refuse(s, &e);
}

/* ---- time ---- */

/* What the disk refused is tried again; what it has now is said, and what was left over by a killed program
 * too. What waited may also have been written with something else, such as a visit. */
static void retry(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    if (sitting_unsaved(s->sitting) == 0 && s->m.save != SAVE_FAILED)
        return;
    if (sitting_retry(s->sitting, now, &e) == 0)
        tell_saved(s, NO_ITEM);
    else if (e.kind == ERR_ENV && (s->m.save != SAVE_FAILED || s->m.disk_full != is_full(&e)))
        tell_not_saved(s, NO_ITEM, &e);
}

static void tell_copy(struct seat *s)
{
    enum room_copy copy = seat_copy(s);
    if (copy != s->m.copy)
        seat_send(s, &(struct event){.kind = EVENT_COPY, .copy = copy});
}

/* The section's time was over, and the sitting stands in the next one. */
static void follow(struct seat *s)
{
    const struct session *x = sitting_session(s->sitting);
    char text[MODEL_TEXT];
    say(text, sizeof text, _("The time of this section is over. You are now in the section \"%s\"."),
        x->item[x->current].section->title);
    seat_send(s, &(struct event){.kind = EVENT_SENT, .item = x->current, .text = text});
}

/* The end is held until the files were looked at once more. */
static bool waits_for_files(struct seat *s, enum session_notice notice, const struct clock_reading *now)
{
    return seat_look_before(s, notice == SESSION_OVER ? LOOK_END : LOOK_SECTION, now);
}

/* What was typed since the last look at the clock counts as of that look: this one may be beyond the end. */
static void tell_time(struct seat *s, const struct session *x, const struct clock_reading *now)
{
    const struct clock_reading before = *sitting_last_look(s->sitting);
    seat_send(s, &(struct event){.kind = EVENT_TIME,
                                 .remaining_ms = session_left_ms(x),
                                 .wall_ms = now->wall_ms,
                                 .passed_ms = s->last_ms ? now->mono_ms - s->last_ms : 0});
    seat_perform(s, &before);
}

void seat_pass_time(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    enum session_notice notice = SESSION_NO_NOTICE;
    if (!s->sitting)
        return;
    const struct session *x = sitting_session(s->sitting);
    if (x->state == SITTING_NEW)
        return;
    if (s->m.screen != SCREEN_ENDED)
        tell_time(s, x, now);
    if (!s->sitting)
        return;
    retry(s, now);
    tell_copy(s);
    if (s->m.screen == SCREEN_ENDED)
        return;
    int r = sitting_clock(s->sitting, now, &notice, &e);
    if (r == 0 && notice >= SESSION_SECTION_OVER && !sitting_state_ended(x->state) &&
        waits_for_files(s, notice, now))
        return;
    if (r < 0 && e.kind != ERR_ENV)
        seat_refuse(s, &e);
    if (notice < SESSION_SECTION_OVER)
        seat_not_over(s);
    if (sitting_state_ended(x->state))
        seat_ended(s, notice == SESSION_OVER ? ENDING_TIME_UP : seat_ending(x));
    else if (r == 0 && notice == SESSION_SECTION_OVER) {
        seat_look_again(s);
        follow(s);
    }
}
