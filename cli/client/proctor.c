/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/client/proctor.h"

#include <stdio.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "cli/client/commands.h"
#include "cli/opening.h"
#include "cli/playing.h"
#include "client/screens/proctor-run.h"

enum { MAX_STICKS = 8 };

static bool runs_plainly(const struct args *a)
{
    bool plainly = args_get(a, "open") != NULL;
    for (const struct proctor_act *act = proctor_acts; act->option; act++)
        plainly |= args_get(a, act->option) != NULL;
    return plainly;
}

static int open_line(const struct args *a, const char *code, struct control **ret, struct err *e)
{
    const struct proctor_opening how = {.home = args_home(a),
                                        .session = args_get(a, "session"),
                                        .code = code,
                                        .listen = args_get(a, "listen"),
                                        .hold = args_get(a, "hold") != NULL,
                                        .resume_codes = args_get(a, "resume-codes") != NULL};
    if (!args_get(a, "open"))
        return control_open(ret, args_home(a), code, e);
    int r = proctor_connect(ret, &how, e);
    if (r == 0 && !args_json(a))
        fprintf(stderr, "%s\n", _("The session is open on this machine."));
    return r;
}

static int run_plainly(const struct args *a, const char *code, struct err *e)
{
    struct control *c = NULL;
    if (!code)
        return err_set(
            e, ERR_USAGE, NULL,
            _("without a screen, --code-file FILE with the unlock code, or --key FILE of a proctor, is needed"));
    int r = open_line(a, code, &c, e);
    for (const struct proctor_act *act = proctor_acts; act->option && r == 0; act++)
        if (args_get(a, act->option))
            r = act->run(a, c, e);
    control_close(c);
    return r;
}

static int run_screen(const struct args *a, const char *code, struct err *e)
{
    const char *sticks[MAX_STICKS + 1] = {0};
    for (int i = 0; i < MAX_STICKS && args_each(a, "keys-from", i); i++)
        sticks[i] = args_each(a, "keys-from", i);
    const struct proctor_opening how = {.home = args_home(a),
                                        .session = args_get(a, "session"),
                                        .code = code,
                                        .listen = args_get(a, "listen"),
                                        .sticks = sticks,
                                        .hold = true,
                                        .resume_codes = args_get(a, "resume-codes") != NULL};
    int r = proctor_opening_check(&how, e);
    if (r < 0)
        return r;
    struct proctor_desk *d = proctor_desk_new(&how);
    struct app app = proctor_desk_app(d);
    r = playing_run(a, &app, e);
    proctor_desk_free(d);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct bytes data = {0};
    const char *code = NULL;
    int r = opening_read(a, &data, &code, e);
    if (r == 0)
        r = runs_plainly(a) ? run_plainly(a, code, e) : run_screen(a, code, e);
    bytes_release(&data);
    return r;
}

static const struct command_option options[] = {
    {.name = "session",
     .arg = "SESSION",
     .help = N_("Which accepted package to open (default: the only one)")},
    {.name = "code-file", .arg = "FILE", .help = N_("Read the unlock code from the first line of this file")},
    OPENING_OPTIONS,
    {.name = "keys-from",
     .arg = "DIR",
     .help =
         N_("Where the screen finds the sticks of proctors, repeatable (default: /media, /run/media, /mnt)")},
    {.name = "open",
     .help = N_(
         "Open the session without a screen; the exam begins at once, in a room with a service at --start")},
    {.name = "listen",
     .arg = "ADDRESS:PORT",
     .help = N_(
         "On the room's machine: where stations find its service (default: the one address in room.xml, else port "
         "8443 of every address)")},
    {.name = "hold",
     .help = N_("With --open: candidates sign in, and begin at --start (on the screen always, at F2)")},
    {.name = "resume-codes",
     .help = N_("When opening: going on after an interruption takes a one-time code")},
    {.name = "status", .help = N_("Print who sits how far")},
    {.name = "start", .help = N_("Begin the exam of a room that waits")},
    {.name = "extra", .arg = "TICKET|all", .help = N_("Grant extra time: --minutes, --reason")},
    {.name = "pause", .arg = "TICKET|all", .help = N_("Let time stand still: --reason")},
    {.name = "continue", .arg = "TICKET|all", .help = N_("Let time run again: --reason")},
    {.name = "absent", .arg = "TICKET", .help = N_("Mark a candidate absent")},
    {.name = "absent-all", .help = N_("Mark absent whoever has neither signed in nor begun")},
    {.name = "late", .arg = "TICKET", .help = N_("Mark a candidate late")},
    {.name = "present", .arg = "TICKET", .help = N_("Take the mark absent or late back")},
    {.name = "violation",
     .arg = "TICKET",
     .help = N_("Mark a violation of the rules: --article 5.1 to 5.9, --note")},
    {.name = "cheating", .arg = "TICKET", .help = N_("Mark cheating: --article 6.1 to 6.9, --note")},
    {.name = "no-breach",
     .arg = "TICKET",
     .help = N_("Take that mark back; the minutes keep both: --reason")},
    {.name = "incident", .arg = "TEXT", .help = N_("Note what happened, of a candidate with --ticket")},
    {.name = "tell", .arg = "TEXT", .help = N_("Show a message to all candidates, or to one with --ticket")},
    {.name = "resume-code",
     .arg = "TICKET",
     .help = N_("Print a one-time code with which a candidate goes on: --reason")},
    {.name = "reseat", .arg = "TICKET", .help = N_("Move a sitting to another machine: --reason, --to")},
    {.name = "end", .arg = "TICKET", .help = N_("End a candidate's exam by force: --reason")},
    {.name = "finish",
     .arg = "TICKET",
     .help = N_("End a sitting whose machine is lost, from what the room has: --reason")},
    {.name = "admit", .arg = "STATION|all", .help = N_("Admit a machine, or all that ask, to the room")},
    {.name = "refuse", .arg = "STATION|all", .help = N_("Admit a machine no longer")},
    {.name = "check",
     .help = N_("Collection check: print who is complete and what is missing (exit status 1)")},
    {.name = "minutes-list", .help = N_("Print what happened in the room")},
    {.name = "close", .help = N_("Close the room without a screen: ends every open exam and signs all")},
    {.name = "clear",
     .help = N_("Before closing, remove from the machines of the room what the collection check found here")},
    {.name = "ticket", .arg = "TICKET", .help = N_("Whom --incident or --tell concerns")},
    {.name = "minutes", .arg = "N", .help = N_("Minutes of extra time, 1 to 240")},
    {.name = "reason", .arg = "TEXT", .help = N_("Why; it goes into the minutes of the room")},
    {.name = "article",
     .arg = "ARTICLE",
     .help = N_("Article of order 33 of the Ministry of Education, such as 5.3")},
    {.name = "note", .arg = "TEXT", .help = N_("What was seen")},
    {.name = "to",
     .arg = "STATION",
     .help = N_("The machine to move to; without it, wherever the candidate signs in")},
    PLAYING_OPTIONS,
    {0},
};

const struct command cmd_proctor = {
    .name = "proctor",
    .args = "",
    .summary = N_("the proctor's screen: open the session, see the room, close it"),
    .example = "kaochang-client proctor -C station",
    .options = options,
    .run = run,
};
