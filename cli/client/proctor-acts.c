/* SPDX-License-Identifier: Apache-2.0 */
/* Acts of the proctor, one option each. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/client/proctor.h"
#include "client/screens/proctor-words.h"

enum { MAX_MINUTES_EXTRA = 240 };

/* "all", as it is typed, or a ticket. */
static const char *whom(const char *typed)
{
    return strcmp(typed, "all") == 0 ? CONTROL_ALL : typed;
}

static int start_room(const struct args *a, struct control *c, struct err *e)
{
    (void)a;
    return control_start_room(c, e);
}

static int admit(const struct args *a, struct control *c, struct err *e)
{
    return control_admit(c, whom(args_get(a, "admit")), true, e);
}

static int refuse(const struct args *a, struct control *c, struct err *e)
{
    return control_admit(c, whom(args_get(a, "refuse")), false, e);
}

static int extra(const struct args *a, struct control *c, struct err *e)
{
    const char *reason;
    int64_t minutes;
    int r = args_need(a, "reason", &reason, e);
    if (r == 0)
        r = args_int(a, "minutes", 1, MAX_MINUTES_EXTRA, 0, &minutes, e);
    if (r == 0 && minutes == 0)
        r = err_set(e, ERR_USAGE, NULL, _("--%s is missing"), "minutes");
    return r < 0 ? r : control_extra_time(c, whom(args_get(a, "extra")), minutes * 60, reason, e);
}

static int pause_or_not(const struct args *a, struct control *c, const char *option, bool pause,
                        struct err *e)
{
    const char *reason;
    int r = args_need(a, "reason", &reason, e);
    return r < 0 ? r : control_pause(c, whom(args_get(a, option)), pause, reason, e);
}

static int pause_one(const struct args *a, struct control *c, struct err *e)
{
    return pause_or_not(a, c, "pause", true, e);
}

static int go_on(const struct args *a, struct control *c, struct err *e)
{
    return pause_or_not(a, c, "continue", false, e);
}

static int absent(const struct args *a, struct control *c, struct err *e)
{
    return control_presence(c, args_get(a, "absent"), CONTROL_ABSENT, e);
}

/* As the room stands now; the agent looks once more. */
static int absent_all(const struct args *a, struct control *c, struct err *e)
{
    struct arena *arena = arena_new();
    struct control_room room = {0};
    size_t n = 0;
    int r = control_status(c, arena, &room, e);
    for (size_t i = 0; i < room.n; i++)
        n += seat_state_of(&room.candidate[i]) == SEAT_NEW;
    if (r == 0)
        r = control_presence(c, CONTROL_ALL, CONTROL_ABSENT, e);
    if (r == 0 && !args_json(a))
        printf(room.lab
                   ? ngettext("%zu rater is marked absent.\n", "%zu raters are marked absent.\n", n)
                   : ngettext("%zu candidate is marked absent.\n", "%zu candidates are marked absent.\n", n),
               n);
    arena_free(arena);
    return r;
}

static int late(const struct args *a, struct control *c, struct err *e)
{
    return control_presence(c, args_get(a, "late"), CONTROL_LATE, e);
}

static int present(const struct args *a, struct control *c, struct err *e)
{
    return control_presence(c, args_get(a, "present"), CONTROL_PRESENT, e);
}

static int breach(const struct args *a, struct control *c, const char *option, enum control_breach b,
                  struct err *e)
{
    const char *article, *note;
    int r = args_need(a, "article", &article, e);
    if (r == 0)
        r = args_need(a, "note", &note, e);
    return r < 0 ? r : control_breach(c, args_get(a, option), b, article, note, e);
}

static int violation(const struct args *a, struct control *c, struct err *e)
{
    return breach(a, c, "violation", CONTROL_VIOLATION, e);
}

static int cheating(const struct args *a, struct control *c, struct err *e)
{
    return breach(a, c, "cheating", CONTROL_CHEATING, e);
}

static int no_breach(const struct args *a, struct control *c, struct err *e)
{
    const char *reason;
    int r = args_need(a, "reason", &reason, e);
    return r < 0 ? r : control_breach(c, args_get(a, "no-breach"), CONTROL_NO_BREACH, "", reason, e);
}

static int incident(const struct args *a, struct control *c, struct err *e)
{
    const char *ticket = args_get(a, "ticket");
    return control_incident(c, ticket ? ticket : "", args_get(a, "incident"), e);
}

static int tell(const struct args *a, struct control *c, struct err *e)
{
    const char *ticket = args_get(a, "ticket");
    return control_tell(c, ticket ? whom(ticket) : CONTROL_ALL, args_get(a, "tell"), e);
}

static void print_code(const struct args *a, const char *ticket, const char *code)
{
    if (!args_json(a)) {
        printf("%s\n", code);
        return;
    }
    json_t *all = json_pack("{s:s, s:s}", "ticket", ticket, "code", code);
    json_dumpf(all, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(all);
}

static int resume_code(const struct args *a, struct control *c, struct err *e)
{
    const char *ticket = args_get(a, "resume-code"), *reason, *code;
    struct arena *arena = arena_new();
    int r = args_need(a, "reason", &reason, e);
    if (r == 0)
        r = control_resume_code(c, ticket, reason, arena, &code, e);
    if (r == 0)
        print_code(a, ticket, code);
    arena_free(arena);
    return r;
}

static int reseat(const struct args *a, struct control *c, struct err *e)
{
    const char *reason, *to = args_get(a, "to");
    int r = args_need(a, "reason", &reason, e);
    return r < 0 ? r : control_reseat(c, args_get(a, "reseat"), to ? to : "", reason, e);
}

static int end(const struct args *a, struct control *c, struct err *e)
{
    const char *reason;
    int r = args_need(a, "reason", &reason, e);
    return r < 0 ? r : control_force_end(c, args_get(a, "end"), reason, e);
}

static int finish(const struct args *a, struct control *c, struct err *e)
{
    const char *reason;
    int r = args_need(a, "reason", &reason, e);
    return r < 0 ? r : control_finish(c, args_get(a, "finish"), reason, e);
}

static int clear(const struct args *a, struct control *c, struct err *e)
{
    (void)a;
    return control_clear(c, e);
}

const struct proctor_act proctor_acts[] = {
    {"admit", admit},
    {"refuse", refuse},
    {"absent", absent},
    {"absent-all", absent_all},
    {"late", late},
    {"present", present},
    {"start", start_room},
    {"extra", extra},
    {"pause", pause_one},
    {"continue", go_on},
    {"violation", violation},
    {"cheating", cheating},
    {"no-breach", no_breach},
    {"incident", incident},
    {"tell", tell},
    {"resume-code", resume_code},
    {"reseat", reseat},
    {"end", end},
    {"finish", finish},
    {"status", proctor_show_status},
    {"check", proctor_show_check},
    {"minutes-list", proctor_show_minutes},
    {"clear", clear},
    {"close", proctor_close},
    {0},
};
