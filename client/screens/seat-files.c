/* SPDX-License-Identifier: Apache-2.0 */
/* The files of practical items during the sitting: collected a step at a time, shown, opened; and the last
 * look before the end. */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/frame.h"
#include "client/screens/seat-internal.h"

enum { LAST_LOOK_MS = 60000, LEAVING_MS = 3000 };

int seat_open_files(struct seat *s, struct work *w, struct err *e)
{
    int r = workspace_open(&s->workspace, s->sitting, &(struct workspace_options){.root = s->work_dir}, e);
    if (r < 0 || !s->workspace)
        return r;
    sitting_hold_end(s->sitting, true);
    s->programs = programs_new();
    s->task = arena_array(w->arena, w->n, sizeof *s->task);
    for (size_t i = 0; i < w->n; i++) {
        struct workspace_item item;
        if (!workspace_item(s->workspace, i, &item))
            continue;
        s->task[i].arena = arena_new();
        s->task[i].folder = "";
        work_task(w, i, &s->task[i]);
    }
    return 0;
}

void seat_close_files(struct seat *s)
{
    for (size_t i = 0; s->task && i < s->n_items; i++)
        arena_free(s->task[i].arena);
    s->task = NULL;
    workspace_close(s->workspace);
    s->workspace = NULL;
    seat_end_programs(s);
    s->look = LOOK_NONE;
}

/* ---- showing ---- */

static void show_item(struct seat *s, size_t i, const struct workspace_item *item)
{
    struct task_view *v = &s->task[i];
    struct arena *a = v->arena;
    arena_reset(a);
    struct task_line *line = arena_array(a, item->n, sizeof *line);
    for (size_t k = 0; k < item->n; k++) {
        const struct workspace_file *f = &item->file[k];
        char time[16], older[16];
        line[k] = (struct task_line){
            .name = arena_strdup(a, f->name),
            .time = arena_strdup(a, seat_time_of_day(f->mtime_ms, time)),
            .size = f->size,
            .folder = f->folder,
            .state = f->state,
            .why = f->why,
            .older = f->older_ms ? arena_strdup(a, seat_time_of_day(f->older_ms, older)) : NULL};
    }
    *v = (struct task_view){.arena = a,
                            .folder = arena_strdup(a, item->folder),
                            .line = line,
                            .n = item->n,
                            .more = item->more,
                            .worked = item->worked,
                            .may_open = s->open_with != NULL,
                            .may_shell = s->shell != NULL};
    work_task(s->work, i, v);
    seat_send(s, &(struct event){.kind = EVENT_FILES, .item = i});
}

static void show_files(struct seat *s)
{
    struct workspace_item item;
    for (size_t i = 0; i < s->n_items; i++)
        if (s->task[i].arena && workspace_item(s->workspace, i, &item))
            show_item(s, i, &item);
}

/* ---- steps ---- */

static void tell_programs(struct seat *s)
{
    char name[64], text[MODEL_TEXT];
    while (s->programs && programs_failed(s->programs, name, sizeof name))
        seat_say(s, EVENT_MESSAGE,
                 say(text, sizeof text,
                     _("The program %s has ended with an error. Your files are as you saved them."), name));
}

static void step(struct seat *s, const struct clock_reading *now)
{
    int64_t epoch, before, after;
    size_t unsaved = sitting_unsaved(s->sitting);
    sitting_head(s->sitting, &epoch, &before);
    s->gathering = workspace_step(s->workspace, now);
    sitting_head(s->sitting, &epoch, &after);
    if (after != before)
        seat_stored_files(s, sitting_unsaved(s->sitting) > unsaved);
}

void seat_enter_files(struct seat *s, size_t item)
{
    struct err e = {0};
    if (!s->workspace)
        return;
    if (workspace_enter(s->workspace, item, &e) < 0)
        seat_refuse(s, &e);
}

/* Leaving a section for good takes its files along, as far as a moment allows. */
void seat_leave_files(struct seat *s, size_t item, const struct clock_reading *now)
{
    const struct session *x = sitting_session(s->sitting);
    struct session_leave leave = session_leaves(x, item);
    struct clock_reading at = *now;
    if (!s->workspace || leave.loss != SESSION_LOSES_SECTION)
        return;
    workspace_finish(s->workspace, x->section[leave.section].first, x->section[leave.section].n);
    while (workspace_finished(s->workspace) == WORKSPACE_FINISHING &&
           at.mono_ms - now->mono_ms < LEAVING_MS) {
        clock_again(&at);
        step(s, &at);
    }
}

/* ---- the last look ---- */

bool seat_look_before(struct seat *s, enum seat_look look, const struct clock_reading *now)
{
    const struct session *x = sitting_session(s->sitting);
    size_t first = 0, n = x->n;
    if (!s->workspace || s->look == LOOK_DONE)
        return false;
    if (s->look == look)
        return true;
    if (look == LOOK_SECTION) {
        first = x->section[x->here].first;
        n = x->section[x->here].n;
    }
    workspace_finish(s->workspace, first, n);
    s->look = look;
    s->look_until_ms = now->mono_ms + LAST_LOOK_MS;
    seat_say(s, EVENT_MESSAGE,
             look == LOOK_HAND_IN ? _("Your files are being collected once more...")
                                  : _("The time is over. Your files are being collected once more..."));
    return true;
}

static void looked(struct seat *s, bool all, const struct clock_reading *now)
{
    enum seat_look look = s->look;
    s->look = LOOK_DONE;
    if (look == LOOK_HAND_IN && all)
        seat_hand_in(s, now);
    else if (look == LOOK_HAND_IN)
        seat_say(s, EVENT_REFUSED,
                 _("Not handed in: your files could not be stored on this machine. Please raise your hand."));
    else
        sitting_hold_end(s->sitting, false); /* the clock goes on to the end */
    if (look == LOOK_HAND_IN)
        s->look = LOOK_NONE;
}

void seat_files_time(struct seat *s, const struct clock_reading *now)
{
    s->gathering = false;
    if (!s->workspace || !s->sitting || s->m.screen == SCREEN_ENDED)
        return;
    step(s, now);
    enum workspace_finish finish = workspace_finished(s->workspace);
    if (s->look != LOOK_NONE && s->look != LOOK_DONE &&
        (finish != WORKSPACE_FINISHING || now->mono_ms > s->look_until_ms))
        looked(s, finish == WORKSPACE_FINISHED, now);
    if (!s->workspace)
        return;
    if (workspace_news(s->workspace))
        show_files(s);
    tell_programs(s);
}

/* The clock has moved on past the end of a section. */
void seat_look_again(struct seat *s)
{
    if (!s->workspace)
        return;
    s->look = LOOK_NONE;
    sitting_hold_end(s->sitting, true);
}

void seat_not_over(struct seat *s)
{
    if (s->look == LOOK_DONE)
        seat_look_again(s);
}

/* ---- what the candidate asks for ---- */

void seat_end_programs(struct seat *s)
{
    programs_free(s->programs);
    s->programs = NULL;
}

void seat_open_file(struct seat *s, size_t item, size_t file)
{
    struct err e = {0};
    if (!s->programs || !s->open_with || !s->task[item].arena)
        return;
    const struct task_view *v = &s->task[item];
    char *path =
        file > 0 && file <= v->n ? path_join(v->folder, v->line[file - 1].name) : mem_strdup(v->folder);
    char text[MODEL_TEXT];
    if (programs_start(s->programs, s->open_with, v->folder, (char *[]){path, NULL}, &e) < 0)
        seat_refuse(s, &e);
    else
        seat_say(s, EVENT_MESSAGE,
                 say(text, sizeof text, _("%s is being opened. Save there; what is saved is collected here."),
                     path_base(path)));
    free(path);
}

void seat_shell(struct seat *s, size_t item)
{
    struct err e = {0};
    if (s->programs && s->shell && s->task[item].arena &&
        programs_shell(s->programs, s->shell, s->task[item].folder, &e) < 0)
        seat_refuse(s, &e);
}

void seat_begin_again(struct seat *s, size_t item)
{
    if (s->workspace)
        workspace_start_again(s->workspace, item);
}
