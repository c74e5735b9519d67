/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/words.h"

#include "base/i18n.h"

const struct seat_words candidate_words = {
    .title = N_("Computer-based examination"),
    .number = N_("Ticket number"),
    .number_prompt = N_("Type your ticket number, then press Enter."),
    .number_noted = N_("Your ticket number %s is noted; you are signed in as soon as it is open."),
    .unknown = N_("This ticket number is not on the list of this room. Check the number on the ticket, or "
                  "raise your hand."),
    .other_room =
        N_("This ticket number belongs to another room. Check the room on the ticket, or raise your hand."),
    .absent = N_("This ticket number was marked as absent. Please raise your hand."),
    .elsewhere = N_("This ticket number is being used at another seat. Please raise your hand."),
    .moved = N_("This exam goes on at another machine. Please raise your hand."),
    .closed = N_("The session of this room is closed. Please raise your hand."),
    .resumes = N_("Your earlier answers are here; you go on where you stopped."),
    .clock_wrong = N_("The clock of this machine is wrong. Please tell the proctor."),
    .stop_heading = N_("Please raise your hand and wait for the proctor."),
    .stop_text = N_("Do not begin. The proctor compares your admission ticket, your identity card and this seat. "
                    "If the ticket number was mistyped, go back and type it again."),
    .code_text = N_("Your exam was interrupted. All answers that were saved are there. Raise your hand: the "
                    "proctor reads out a code of eight signs, for you alone and for this once."),
    .code_keys = N_("Enter go on  Backspace correct  Escape back to the paper"),
    .moved_heading = N_("Your exam goes on at another machine."),
    .moved_text =
        N_("The answers that the room has are there, with the time you have left. Nothing can be answered "
           "here any more. The proctor shows you your seat."),
    .moved_keys = N_("Enter next candidate  %s leave"),
    .failed_heading = N_("This machine cannot go on. Please raise your hand."),
    .failed_safe = N_("All answers for which the screen said \"saved here\" are on the disk."),
    .agent_gone =
        N_("The session's agent does not answer. Answers are still saved here. Please tell the proctor."),
    .code_wanted = N_("This machine's session was opened anew. Answers are still saved here. Ask the proctor for "
                      "a code; %s lets you type it in."),
    .not_started = N_("The start could not be saved on this machine. Please raise your hand."),
    .not_ended =
        N_("Handing in could not be saved on this machine. All answers are saved. Please raise your "
           "hand."),
    .trouble =
        {
            {N_("The disk of this machine cannot be written. All earlier answers are saved; saving the "
                "newest is tried again and again. Please raise your hand."),
             N_("The disk of this machine is full. All earlier answers are saved; saving the newest is "
                "tried again and again. Please raise your hand.")},
            {N_("The disk of this machine cannot be written. All earlier answers are saved; new "
                "answers are being saved in the room. Please raise your hand."),
             N_("The disk of this machine is full. All earlier answers are saved; new answers are "
                "being saved in the room. Please raise your hand.")},
            {N_("The disk of this machine cannot be written. Nothing is lost: all answers are saved in "
                "the room, new ones too. Please raise your hand."),
             N_("The disk of this machine is full. Nothing is lost: all answers are saved in the room, "
                "new ones too. Please raise your hand.")},
            {N_("The disk cannot be written, and the room does not answer. Earlier answers are saved, "
                "the newest are not: switch nothing off. Please raise your hand."),
             N_("The disk is full, and the room does not answer. Earlier answers are saved, the newest "
                "are not: switch nothing off. Please raise your hand.")},
        },
    .ended = {N_("Your paper has been handed in."), N_("The time is over. Your paper has been handed in."),
              N_("The proctor has ended your exam. Your paper has been handed in."),
              N_("Your exam is over. Your paper has been handed in.")},
    .at_risk = N_("!! Still on its way to the room: switch nothing off, raise your hand !!"),
    .stay = N_("Stay in your seat until the proctor has confirmed that your paper was "
               "received. Switch nothing off."),
    .nothing_saved = N_("nothing to save yet"),
};
