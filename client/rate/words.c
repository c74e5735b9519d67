/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/words.h"

#include "base/i18n.h"

const struct seat_words examiner_words = {
    .title = N_("Lab-skills examination"),
    .number = N_("Examiner's number"),
    .number_prompt = N_("Type your examiner's number, then press Enter."),
    .number_noted = N_("Your number %s is noted; you are signed in as soon as it is open."),
    .unknown =
        N_("This number is not on the list of this room's examiners. Check it, or ask the chief examiner."),
    .other_room = N_("This examiner's number belongs to another room."),
    .absent = N_("This examiner was marked as absent. Ask the proctor to take that back."),
    .elsewhere = N_("This examiner's number is being used at another device."),
    .moved = N_("Your sheets were moved to another device. Ask the proctor which one."),
    .closed = N_("The session of this room is closed."),
    .resumes = N_("Your earlier ratings are here; you go on where you stopped."),
    .clock_wrong = N_("The clock of this device is wrong. Rating goes on; please tell the proctor."),
    .stop_heading = N_("Please sign in with your own number."),
    .stop_text =
        N_("Raters are assigned by lot. If the number was mistyped, go back and type it again; if the list "
           "is wrong, ask the chief examiner."),
    .code_text =
        N_("Rating was interrupted. All ratings that were saved are there. The proctor reads out a code "
           "of eight signs, for you alone and for this once."),
    .code_keys = N_("Enter go on  Backspace correct  Escape back to the sheets"),
    .moved_heading = N_("Your sheets go on at another device."),
    .moved_text =
        N_("The ratings that the room has are there. Nothing can be rated here any more. The proctor "
           "shows you the device."),
    .moved_keys = N_("Enter next examiner  %s leave"),
    .failed_heading = N_("This device cannot go on. Please tell the proctor."),
    .failed_safe = N_("All ratings for which the screen said \"saved here\" are on the disk."),
    .agent_gone =
        N_("The session's agent does not answer. Ratings are still saved here. Please tell the proctor."),
    .code_wanted =
        N_("This device's session was opened anew. Ratings are still saved here. Ask the proctor for "
           "a code; %s lets you type it in."),
    .not_started = N_("The start could not be saved on this device. Please tell the proctor."),
    .not_ended = N_("Handing in could not be saved on this device. All ratings are saved. Please tell the "
                    "proctor."),
    .trouble =
        {
            {N_("The disk of this device cannot be written. All earlier ratings are saved; saving the "
                "newest is tried again and again. Please tell the proctor."),
             N_("The disk of this device is full. All earlier ratings are saved; saving the newest is "
                "tried again and again. Please tell the proctor.")},
            {N_("The disk of this device cannot be written. All earlier ratings are saved; new "
                "ratings are being saved in the room. Please tell the proctor."),
             N_("The disk of this device is full. All earlier ratings are saved; new ratings are "
                "being saved in the room. Please tell the proctor.")},
            {N_("The disk of this device cannot be written. Nothing is lost: all ratings are saved in "
                "the room, new ones too. Please tell the proctor."),
             N_("The disk of this device is full. Nothing is lost: all ratings are saved in the room, "
                "new ones too. Please tell the proctor.")},
            {N_("The disk cannot be written, and the room does not answer. Earlier ratings are saved, "
                "the newest are not: switch nothing off. Please tell the proctor."),
             N_("The disk is full, and the room does not answer. Earlier ratings are saved, the newest "
                "are not: switch nothing off. Please tell the proctor.")},
        },
    .ended = {N_("All sheets have been handed in."),
              N_("The session is over. All sheets have been handed in."),
              N_("The proctor has ended the session. All sheets have been handed in."),
              N_("The session is over. All sheets have been handed in.")},
    .at_risk = N_("!! Still on its way to the room: switch nothing off, tell the proctor !!"),
    .stay =
        N_("Sign the record with the chief examiner. Switch nothing off until the proctor has confirmed that "
           "the sheets were received."),
    .nothing_saved = N_("nothing rated yet"),
};
