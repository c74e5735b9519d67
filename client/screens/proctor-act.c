/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor-act.h"

#include <string.h>

#include "base/i18n.h"
#include "client/screens/proctor.h"

/* ---- ready texts ---- */

static const char *const for_extra[] = {N_("machine failed and was started again"),
                                        N_("power cut"),
                                        N_("moved to another machine"),
                                        N_("disturbance in the room"),
                                        N_("help for a handicap, as decided before"),
                                        NULL};
static const char *const for_pause[] = {N_("fire alarm"),
                                        N_("power cut"),
                                        N_("the machine is being repaired"),
                                        N_("the candidate is unwell"),
                                        N_("identity is being checked"),
                                        NULL};
static const char *const for_going_on[] = {N_("the alarm is over"), N_("the machine works again"),
                                           N_("the candidate can go on"), NULL};
static const char *const for_moving[] = {
    N_("machine does not start any more"), N_("disk of the machine fails"),
    N_("screen, keyboard or mouse broken"), N_("network of the machine is cut"), NULL};
static const char *const for_code[] = {N_("machine was started again"), N_("program ended by itself"),
                                       N_("power cut"), N_("moved to another machine"), NULL};
static const char *const for_end[] = {
    N_("the candidate gives up"), N_("the candidate is unwell and cannot go on"),
    N_("the candidate left the room"), N_("decided after a breach of the rules"), NULL};
static const char *const for_finish[] = {N_("the machine is lost; the room has the answers"),
                                         N_("the candidate had finished when the machine failed"), NULL};
static const char *const for_taking_back[] = {N_("marked by mistake"), N_("looked into: it was no breach"),
                                              NULL};
static const char *const for_note[] = {N_("seen by the proctor"), N_("seen by both proctors"),
                                       N_("things were kept as evidence"), NULL};
static const char *const for_incident[] = {
    N_("machine failed"),        N_("power cut"),           N_("network cut"),
    N_("candidate unwell"),      N_("fault in an item"),    N_("disturbance from outside"),
    N_("identity does not fit"), N_("candidate came late"), NULL};
static const char *const for_telling[] = {N_("Fifteen minutes are left."),
                                          N_("Please be quiet."),
                                          N_("Please stay seated and wait."),
                                          N_("Please raise your hand."),
                                          N_("Please look at your answers and hand in."),
                                          NULL};

/* ---- menus ---- */

static const enum proctor_act_id clock_menu[] = {ACT_PAUSE, ACT_CONTINUE, ACT_NONE};
static const enum proctor_act_id mark_menu[] = {ACT_ABSENT,   ACT_LATE,      ACT_PRESENT,    ACT_VIOLATION,
                                                ACT_CHEATING, ACT_NO_BREACH, ACT_ABSENT_ALL, ACT_NONE};
static const enum proctor_act_id note_menu[] = {ACT_INCIDENT, ACT_CODE, ACT_END, ACT_FINISH, ACT_NONE};
static const enum proctor_act_id collect_menu[] = {ACT_CHECK, ACT_ABSENT_ALL, ACT_END, ACT_FINISH,
                                                   ACT_CLEAR, ACT_CLOSE,      ACT_NONE};
static const enum proctor_act_id lists_menu[] = {ACT_STATIONS, ACT_MINUTES, ACT_NONE};
static const enum proctor_act_id seat_menu[] = {ACT_INCIDENT,  ACT_TELL,    ACT_EXTRA,     ACT_CODE,
                                                ACT_RESEAT,    ACT_PAUSE,   ACT_CONTINUE,  ACT_ABSENT,
                                                ACT_LATE,      ACT_PRESENT, ACT_VIOLATION, ACT_CHEATING,
                                                ACT_NO_BREACH, ACT_END,     ACT_FINISH,    ACT_NONE};
static const enum proctor_act_id station_menu[] = {ACT_ADMIT, ACT_ADMIT_ALL, ACT_REFUSE, ACT_NONE};

/* ---- what stands in the way ---- */

static const struct control_candidate *candidate(const struct proctor *p)
{
    return proctor_focus(p).candidate;
}

static const char *not_here(const struct proctor *p)
{
    return candidate(p) ? NULL : N_("Choose a candidate with the arrow keys first.");
}

static const char *not_sitting(const struct proctor *p)
{
    const struct control_candidate *c = candidate(p);
    return c && proctor_begun(c) && !proctor_ended(c) ? NULL
                                                      : N_("This needs a candidate who is sitting the exam.");
}

static const char *signed_already(const struct proctor *p)
{
    const struct control_candidate *c = candidate(p);
    return c && proctor_begun(c) && !c->sealed
               ? NULL
               : N_("This needs an exam that has begun and is not signed yet.");
}

static const char *nobody_sits(const struct proctor *p)
{
    return proctor_count(p).sitting > 0 ? NULL : N_("Nobody is sitting the exam at present.");
}

/* Raters have no exam time of their own. */
static const char *no_exam_time(const struct proctor *p)
{
    if (p->room.lab)
        return N_(
            "Raters have no exam time. What a candidate lost, the rater gives back himself: status \"postponed\".");
    return nobody_sits(p);
}

static const char *nobody_answers(const struct proctor *p)
{
    const struct proctor_counts c = proctor_count(p);
    return c.seat[SEAT_WORKING] + c.seat[SEAT_STOPPED] > 0 ? NULL : N_("Nobody is answering at present.");
}

static const char *nobody_pauses(const struct proctor *p)
{
    return proctor_count(p).seat[SEAT_PAUSED] > 0 ? NULL : N_("Nobody is paused at present.");
}

static const char *has_begun(const struct proctor *p)
{
    const struct control_candidate *c = candidate(p);
    if (c && c->absent)
        return N_("This candidate is marked absent already.");
    return c && !proctor_begun(c) ? NULL : N_("Only a candidate who has not begun can be marked absent.");
}

static const char *all_came(const struct proctor *p)
{
    return proctor_count(p).seat[SEAT_NEW] > 0 ? NULL : N_("Everybody has come, or is marked as absent.");
}

static const char *not_in_time(const struct proctor *p)
{
    const struct control_candidate *c = candidate(p);
    return c && !c->late ? NULL : N_("This candidate is marked late already.");
}

static const char *no_presence_mark(const struct proctor *p)
{
    const struct control_candidate *c = candidate(p);
    return c && (c->absent || c->late) ? NULL : N_("This candidate is marked neither absent nor late.");
}

static const char *no_breach(const struct proctor *p)
{
    const struct control_candidate *c = candidate(p);
    return c && c->breach ? NULL : N_("No breach is marked for this candidate.");
}

static const char *running_already(const struct proctor *p)
{
    return p->room.state == ROOM_OPEN ? NULL : N_("The exam has begun already.");
}

static const char *closed_already(const struct proctor *p)
{
    return p->room.state != ROOM_CLOSED ? NULL : N_("The room is closed already.");
}

static const char *somebody_sits(const struct proctor *p)
{
    if (p->room.state == ROOM_CLOSED)
        return N_("The room is closed already.");
    return proctor_count(p).sitting == 0 ? NULL : N_("Clearing out comes when nobody answers any more.");
}

static const char *no_station(const struct proctor *p)
{
    return proctor_focus(p).station ? NULL : N_("Choose a machine from the list first.");
}

static const char *not_asking(const struct proctor *p)
{
    const struct control_station *s = proctor_focus(p).station;
    return s && s->state == CONTROL_ASKS ? NULL : N_("This machine does not ask to be admitted.");
}

static const char *nobody_asks(const struct proctor *p)
{
    for (size_t i = 0; i < p->room.n_stations; i++)
        if (p->room.station[i].state == CONTROL_ASKS)
            return NULL;
    return N_("No machine asks to be admitted.");
}

static const char *not_admitted(const struct proctor *p)
{
    const struct control_station *s = proctor_focus(p).station;
    return s && s->state != CONTROL_ASKS && !*s->ticket
               ? NULL
               : N_("A candidate sits at this machine, or it is not admitted.");
}

/* ---- the table ---- */

static const struct proctor_act_entry acts[ACT_COUNT] = {
    [ACT_START] = {.name = N_("begin the exam"),
                   .sure = N_(
                       "Begin the exam now? Who is signed in may answer, and time runs from each one's own "
                       "start."),
                   .done = N_("The exam has begun."),
                   .step = {STEP_SURE},
                   .hindrance = running_already},
    [ACT_EXTRA] = {.name = N_("extra time"),
                   .ask_text = N_("Why?"),
                   .sure = N_("Grant this extra time? It cannot be taken back."),
                   .done = N_("The extra time is granted."),
                   .step = {STEP_WHO, STEP_MINUTES, STEP_TEXT, STEP_SURE},
                   .text = for_extra,
                   .hindrance = no_exam_time},
    [ACT_PAUSE] =
        {.name = N_("pause"),
         .ask_text = N_("Why?"),
         .sure = N_("Pause now? The screens are locked, and time stands still until you let it go on (F2)."),
         .done = N_("Paused. F2 lets it go on."),
         .step = {STEP_WHO, STEP_TEXT, STEP_SURE},
         .text = for_pause,
         .hindrance = nobody_answers},
    [ACT_CONTINUE] = {.name = N_("go on after a pause"),
                      .ask_text = N_("Why?"),
                      .sure = N_("Go on now? Time runs again at once."),
                      .done = N_("Time runs again."),
                      .step = {STEP_WHO, STEP_TEXT, STEP_SURE},
                      .text = for_going_on,
                      .hindrance = nobody_pauses},
    [ACT_RESEAT] = {.name = N_("other machine"),
                    .ask_text = N_("Why?"),
                    .sure =
                        N_("Move this candidate? What the room has is there at once; the old machine stops."),
                    .done = N_(
                        "Moved. Let the candidate sign in there, with the one-time code if it is asked for."),
                    .step = {STEP_STATION, STEP_TEXT, STEP_SURE},
                    .text = for_moving,
                    .service = true,
                    .hindrance = not_sitting},
    [ACT_ABSENT] = {.name = N_("mark absent"),
                    .sure = N_("Mark this candidate absent? The mark can be taken back (F5)."),
                    .done = N_("Marked as absent."),
                    .step = {STEP_SURE},
                    .hindrance = has_begun},
    [ACT_ABSENT_ALL] = {.name = N_("mark absent all who have not come"),
                        .sure = N_("Mark all of these absent? Each mark can be taken back (F5)."),
                        .done = N_("All who have not come are marked as absent."),
                        .step = {STEP_SURE},
                        .hindrance = all_came},
    [ACT_LATE] = {.name = N_("mark late"),
                  .sure = N_("Mark this candidate late? The mark can be taken back (F5)."),
                  .done = N_("Marked as late."),
                  .step = {STEP_SURE},
                  .hindrance = not_in_time},
    [ACT_PRESENT] = {.name = N_("take \"absent\" or \"late\" back"),
                     .sure = N_("Take the mark back?"),
                     .done = N_("The mark is taken back."),
                     .step = {STEP_SURE},
                     .hindrance = no_presence_mark},
    [ACT_VIOLATION] = {.name = N_("violation of the rules (article 5)"),
                       .ask_text = N_("What was seen?"),
                       .sure = N_("Mark this violation? The mark can be taken back; the minutes keep both."),
                       .done = N_("The violation is in the minutes."),
                       .step = {STEP_ARTICLE, STEP_TEXT, STEP_SURE},
                       .text = for_note,
                       .hindrance = not_here},
    [ACT_CHEATING] = {.name = N_("cheating (article 6)"),
                      .ask_text = N_("What was seen?"),
                      .sure = N_("Mark this as cheating? The mark can be taken back; the minutes keep both."),
                      .done = N_("The cheating is in the minutes."),
                      .step = {STEP_ARTICLE, STEP_TEXT, STEP_SURE},
                      .text = for_note,
                      .hindrance = not_here},
    [ACT_NO_BREACH] = {.name = N_("take violation or cheating back"),
                       .ask_text = N_("Why?"),
                       .sure = N_("Take the mark back? The minutes keep both."),
                       .done = N_("The mark is taken back."),
                       .step = {STEP_TEXT, STEP_SURE},
                       .text = for_taking_back,
                       .hindrance = no_breach},
    [ACT_INCIDENT] = {.name = N_("note what happened"),
                      .ask_text = N_("What happened?"),
                      .done = N_("Noted in the minutes."),
                      .step = {STEP_WHO, STEP_TEXT},
                      .text = for_incident},
    [ACT_TELL] = {.name = N_("message"),
                  .ask_text = N_("What is to be shown?"),
                  .done = N_("The message is on its way."),
                  .step = {STEP_WHO, STEP_TEXT},
                  .text = for_telling},
    [ACT_CODE] = {.name = N_("one-time code"),
                  .ask_text = N_("Why does the candidate need a code to go on?"),
                  .step = {STEP_TEXT},
                  .text = for_code,
                  .hindrance = not_sitting},
    [ACT_END] = {.name = N_("end this exam"),
                 .ask_text = N_("Why?"),
                 .sure = N_("End this candidate's exam for good? All saved answers count."),
                 .done = N_("The exam of this candidate is ended."),
                 .step = {STEP_TEXT, STEP_SURE},
                 .text = for_end,
                 .hindrance = not_sitting},
    [ACT_FINISH] = {.name = N_("end from the room's copy"),
                    .ask_text = N_("Why?"),
                    .sure = N_(
                        "End this exam from what the room has? Only when the machine is lost: what only the "
                        "machine has does not count then."),
                    .done = N_("The exam is ended from the room's copy."),
                    .step = {STEP_TEXT, STEP_SURE},
                    .text = for_finish,
                    .service = true,
                    .hindrance = signed_already},
    [ACT_ADMIT] = {.name = N_("admit this machine"),
                   .done = N_("The machine is admitted."),
                   .service = true,
                   .hindrance = not_asking},
    [ACT_ADMIT_ALL] = {.name = N_("admit all that ask"),
                       .done = N_("All are admitted."),
                       .service = true,
                       .hindrance = nobody_asks},
    [ACT_REFUSE] = {.name = N_("admit it no longer"),
                    .sure = N_("Admit this machine no longer? It can be admitted again."),
                    .done = N_("The machine is not admitted any more."),
                    .step = {STEP_SURE},
                    .service = true,
                    .hindrance = not_admitted},
    [ACT_CHECK] = {.name = N_("collection check")},
    [ACT_CLOSE] =
        {.name = N_("close the room"),
         .sure = N_("Close the room? Every open exam is ended with all saved answers and signed, and the key "
                    "of this session is dropped. Nobody can answer afterwards."),
         .step = {STEP_SURE},
         .hindrance = closed_already},
    [ACT_CLEAR] =
        {.name = N_("clear out the machines"),
         .sure = N_(
             "Clear out? The machines remove their copies of what this machine has; what it has not got "
             "stays there. Do it after the collection check, before closing."),
         .done = N_("The machines are clearing out."),
         .step = {STEP_SURE},
         .service = true,
         .hindrance = somebody_sits},
    [ACT_RECORD] = {.name = N_("room record")},
    [ACT_PRINT] = {.name = N_("print the room record"),
                   .done = N_("The room record is on its way to the printer.")},
    [ACT_STATIONS] = {.name = N_("machines"), .service = true},
    [ACT_MINUTES] = {.name = N_("minutes")},
    [ACT_LEAVE] = {.name = N_("leave this screen; the room goes on")},
    [MENU_CLOCK] = {.name = N_("Pause and go on"), .step = {STEP_MENU}, .menu = clock_menu},
    [MENU_MARK] = {.name = N_("Absent, late, breaches"),
                   .step = {STEP_MENU},
                   .menu = mark_menu,
                   .hindrance = not_here},
    [MENU_NOTE] = {.name = N_("What happened"), .step = {STEP_MENU}, .menu = note_menu},
    [MENU_COLLECT] = {.name = N_("Collect and close"), .step = {STEP_MENU}, .menu = collect_menu},
    [MENU_LISTS] = {.name = N_("Lists"), .step = {STEP_MENU}, .menu = lists_menu},
    [MENU_SEAT] = {.name = N_("What is to be done?"),
                   .step = {STEP_MENU},
                   .menu = seat_menu,
                   .hindrance = not_here},
    [MENU_STATION] = {.name = N_("This machine"),
                      .step = {STEP_MENU},
                      .menu = station_menu,
                      .service = true,
                      .hindrance = no_station},
};

const struct proctor_act_entry *proctor_act_of(enum proctor_act_id act)
{
    return &acts[act];
}

bool proctor_act_possible(const struct proctor *p, enum proctor_act_id act)
{
    const struct proctor_act_entry *x = &acts[act];
    return (p->room.service || !x->service) && (!x->hindrance || !x->hindrance(p));
}
