/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/proctor.h"

/* In a lab session those who sit at the machines are raters. */
static const char *of_raters(const char *text)
{
    static const char *const words[][2] = {
        {N_("the candidate is unwell"), N_("the rater is unwell")},
        {N_("the candidate can go on"), N_("the rater can go on")},
        {N_("the candidate gives up"), N_("the rater is called away for good")},
        {N_("the candidate is unwell and cannot go on"), N_("the rater is unwell and cannot go on")},
        {N_("the candidate left the room"), N_("the rater left the room")},
        {N_("decided after a breach of the rules"), N_("the rater is replaced, as the chief decided")},
        {N_("the machine is lost; the room has the answers"),
         N_("the device is lost; the room has the ratings")},
        {N_("the candidate had finished when the machine failed"),
         N_("the rater had finished when the device failed")},
        {N_("candidate unwell"), N_("rater unwell")},
        {N_("fault in an item"), N_("equipment of a bench failed")},
        {N_("candidate came late"), N_("rater came late")},
        {N_("Please look at your answers and hand in."), N_("Please look at your sheets and hand in.")},
        {N_("Choose a candidate with the arrow keys first."),
         N_("Choose a rater with the arrow keys first.")},
        {N_("This needs a candidate who is sitting the exam."), N_("This needs a rater who is rating.")},
        {N_("This needs an exam that has begun and is not signed yet."),
         N_("This needs a rater who has begun and whose sheets are not signed yet.")},
        {N_("Nobody is sitting the exam at present."), N_("Nobody is rating at present.")},
        {N_("Nobody is answering at present."), N_("Nobody is rating at present.")},
        {N_("This candidate is marked absent already."), N_("This rater is marked absent already.")},
        {N_("Only a candidate who has not begun can be marked absent."),
         N_("Only a rater who has not begun can be marked absent.")},
        {N_("This candidate is marked late already."), N_("This rater is marked late already.")},
        {N_("This candidate is marked neither absent nor late."),
         N_("This rater is marked neither absent nor late.")},
        {N_("No breach is marked for this candidate."), N_("No breach is marked for this rater.")},
        {N_("Clearing out comes when nobody answers any more."),
         N_("Clearing out comes when nobody rates any more.")},
        {N_("Move this candidate? What the room has is there at once; the old machine stops."),
         N_("Move this rater? What the room has is there at once; the old device stops.")},
        {N_("Moved. Let the candidate sign in there, with the one-time code if it is asked for."),
         N_("Moved. Let the rater sign in there, with the one-time code if it is asked for.")},
        {N_("Mark this candidate absent? The mark can be taken back (F5)."),
         N_("Mark this rater absent? The mark can be taken back (F5).")},
        {N_("Mark this candidate late? The mark can be taken back (F5)."),
         N_("Mark this rater late? The mark can be taken back (F5).")},
        {N_("Why does the candidate need a code to go on?"), N_("Why does the rater need a code to go on?")},
        {N_("Begin the exam now? Who is signed in may answer, and time runs from each one's own start."),
         N_("Begin the exam now? Who is signed in may rate.")},
        {N_("A candidate sits at this machine, or it is not admitted."),
         N_("A rater sits at this device, or it is not admitted.")},
        {N_("wherever the candidate signs in"), N_("wherever the rater signs in")},
        {N_("end this exam"), N_("end this rater's work")},
        {N_("End this candidate's exam for good? All saved answers count."),
         N_("End this rater's work for good? All saved ratings count.")},
        {N_("The exam of this candidate is ended."), N_("The work of this rater is ended.")},
        {N_("End this exam from what the room has? Only when the machine is lost: what only the machine has does not count then."),
         N_("End this rater's sheets from what the room has? Only when the device is lost: what only the device has does not count then.")},
        {N_("The exam is ended from the room's copy."), N_("The sheets are ended from the room's copy.")},
        {N_("end from the room's copy"), N_("end the sheets from the room's copy")},
        {N_("Close the room? Every open exam is ended with all saved answers and signed, and the key of this session is dropped. Nobody can answer afterwards."),
         N_("Close the room? The sheets of every rater are ended with all saved ratings and signed, and the key of this session is dropped. Nobody can rate afterwards.")},
        {N_("Read it out to the candidate, or type it there. It works once, for this candidate only. 0 is a zero and 1 a one: there is no letter O or I in it."),
         N_("Read it out to the rater, or type it there. It works once, for this rater only. 0 is a zero and 1 a one: there is no letter O or I in it.")},
        {N_("The disk fails; the newest answers are only in memory. Do not switch off; make room on the disk. It goes on saving by itself."),
         N_("The disk fails; the newest ratings are only in memory. Do not switch off; make room on the disk. It goes on saving by itself.")},
        {N_("The machine does not answer. All saved answers are on it. Look after power and cables."),
         N_("The device does not answer. All saved ratings are on it. Look after power and cables.")},
        {N_("The screen is not running; the answers are safe, time stands still. Start the seat's program again and let the candidate sign in."),
         N_("The screen is not running; the ratings are safe. Start kaochang-rate again and let the rater sign in.")},
        {N_("The program is not running; time stands still. Let the candidate sign in again with a one-time code, here or elsewhere."),
         N_("The program is not running; the ratings are safe. Let the rater sign in again with a one-time code, here or elsewhere.")},
        {N_("The disk of this machine fails; all answers are in the room. The candidate may go on; moving to another machine is safer."),
         N_("The disk of this device fails; all ratings are in the room. The rater may go on; moving to another device is safer.")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], text) == 0)
            return words[i][1];
    return text;
}

const char *proctor_says(const struct proctor *p, const char *text)
{
    return _(p->room.lab ? of_raters(text) : text);
}
