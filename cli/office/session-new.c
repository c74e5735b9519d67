/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/exam.h"
#include "cli/office/session-spare.h"

static int check_duration(const struct office_session *s, int64_t needed_s, struct err *e)
{
    if (needed_s * 1000 <= s->end_ms - s->start_ms)
        return 0;
    err_set(e, ERR_USAGE, "--end", _("the paper allows %lld minutes, more than this session lasts"),
            (long long)(needed_s / 60));
    return err_hint(e, _("choose a later end"));
}

static int check_paper(struct office *o, struct office_session *s, struct arena *arena, struct err *e)
{
    struct paper *paper = NULL;
    int r = exam_paper(o, s, &paper, e);
    if (r < 0)
        return r;
    if (!s->title)
        s->title = arena_strdup(arena, paper->title);
    r = check_duration(s, paper->duration_s, e);
    paper_free(paper);
    return r;
}

/* One group at least. */
static int check_lab(struct office *o, struct office_session *s, struct arena *arena, struct err *e)
{
    struct lab_plan *plan = NULL;
    int r = exam_lab_plan(o, s, &plan, e);
    if (r < 0)
        return r;
    if (!s->title)
        s->title = arena_strdup(arena, plan->title);
    r = check_duration(s, exam_lab_seconds(plan), e);
    lab_plan_free(plan);
    return r;
}

/* The exam's own rules: a title to fall back on, and whether the time allowed fits into the window. */
static int check_exam(struct office *o, struct office_session *s, struct arena *arena, struct err *e)
{
    return exam_is_lab(o, s) ? check_lab(o, s, arena, e) : check_paper(o, s, arena, e);
}

static int add(struct office *o, struct office_session *s, struct arena *arena, struct err *e)
{
    if (!path_is_plain_name(s->exam))
        return err_set(e, ERR_USAGE, s->exam, _("not the name of an exam in the folder exams"));
    char *exam = office_session_exam_path(o, s, NULL);
    bool there = file_exists(exam);
    free(exam);
    int r =
        there ? check_exam(o, s, arena, e) : 0; /* a missing exam is refused, with a hint, by the next call */
    return r < 0 ? r : office_session_add(o, s, e);
}

static int read_window(const struct args *a, struct office_session *s, struct err *e)
{
    const char *start, *end;
    int r;
    if (args_get(a, "spare-for") && (args_get(a, "start") || args_get(a, "end")))
        return err_set(e, ERR_USAGE, "--spare-for",
                       _("a spare session has the window of the one that it is for"));
    if (args_get(a, "spare-for"))
        return 0;
    if ((r = args_need(a, "start", &start, e)) < 0 || (r = args_need(a, "end", &end, e)) < 0)
        return r;
    return office_session_window(s, start, end, e);
}

static int run(const struct args *a, struct err *e)
{
    struct office_session s = {.id = args_at(a, 0), .title = args_get(a, "title")};
    const char *main_id = args_get(a, "spare-for");
    int r;
    if ((r = args_need(a, "exam", &s.exam, e)) < 0 || (r = read_window(a, &s, e)) < 0)
        return r;
    if (strncmp(s.exam, "exams/", 6) == 0) /* as a shell completes it */
        s.exam += 6;
    struct office *o = NULL;
    if ((r = office_open(&o, args_home(a), e)) < 0)
        return r;
    struct arena *arena = arena_new();
    if ((r = main_id ? session_spare_add(o, &s, main_id, arena, e) : add(o, &s, arena, e)) == 0)
        printf(_("Session %s: %s\n"), s.id, s.title);
    arena_free(arena);
    office_close(o);
    return r;
}

static const struct command_option options[] = {
    {.name = "exam", .arg = "EXAM", .help = N_("The exam: a folder in exams, as assembled")},
    {.name = "start",
     .arg = "TIME",
     .help = N_("Start of the window, with its offset: 2026-11-22T09:00:00+08:00")},
    {.name = "end", .arg = "TIME", .help = N_("End of the window, without extra time of single candidates")},
    {.name = "spare-for",
     .arg = "ID",
     .help = N_("A spare session for that one: its window, candidates and seats, with another exam")},
    {.name = "title", .arg = "TEXT", .help = N_("Title for people (default: the paper's)")},
    {0},
};

const struct command cmd_session_new = {
    .name = "session new",
    .args = "ID",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Add a session: one time window with its exam"),
    .example = "kaochang session new am1 --exam teachers --start 2026-11-22T09:00:00+08:00 "
               "--end 2026-11-22T11:00:00+08:00",
    .options = options,
    .no_json = true,
    .run = run,
};
